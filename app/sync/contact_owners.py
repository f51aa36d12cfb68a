"""The owners of contacts, where deals take theirs from the patient's contact (R26)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.domain.records import Record
from app.sync.portal import Portal
from app.sync.run import Run

OWNER = "owner"
"""In the refs of a record handed on, never kept: who owns its contact."""


def with_owners(run: Run, portal: Portal, patients: Mapping[str, Record]) -> dict[str, Record]:
    """These records, each with its contact's owner where deals follow it: one read for all, none otherwise."""
    if run.settings.text("deals.owner") != "contact_owner":
        return dict(patients)
    found = portal.read([record.hubspot_id for record in patients.values() if record.hubspot_id]).found
    owners = {asked: contact.properties.get("hubspot_owner_id") or "" for asked, contact in found.items()}
    return {
        key: replace(record, refs={**record.refs, OWNER: owners.get(record.hubspot_id or "", "")})
        for key, record in patients.items()
    }
