"""`cliniko_review_needed` on everybody whom a question about a shared inbox concerns, whichever execution opened or
closed it, and whoever was looked at then (schema §5)."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.actions import PlannedWrite
from app.domain.records import Record
from app.sync.people_writes import PeopleWriter
from app.sync.portal import Portal
from app.sync.ports import Contact
from app.sync.record import Recorder
from app.sync.run import Run
from app.sync.sides import PatientSide
from app.sync.standing import members_of

REVIEW, HOLD = "cliniko_review_needed", "cliniko_sync_hold"
ASKED = "asked_about_inbox"
"""Side rows: patients whose contact says that it waits for an answer about an inbox."""

MOST = 100_000
"""All there can be: a part of them would take the sign off everybody else."""


def settle_reviews(run: Run, portal: Portal) -> None:
    """Let the contacts of all members of a household say whether a question about its inbox is open. Where nothing
    changed since the last execution, nothing is read or written."""
    is_midway = run.chain.is_chained and PatientSide.stream not in run.chain.finished_passes
    if is_midway or REVIEW not in run.names["contacts"]:
        return
    store = run.store
    wanted: set[str] = set()
    for conflict in store.open_conflicts("shared_email", limit=MOST):
        if conflict.answer is None:
            wanted.update(members_of(conflict))
    shown = set(store.side_ids(ASKED, MOST))
    differing = wanted ^ shown
    if not differing:
        return
    records = store.records("patient", differing)
    ready = {key: one for key, one in records.items() if one.state == "linked" and not one.on_hold}
    read = portal.read([one.hubspot_id or "" for one in ready.values()])
    writes = [
        write
        for key, record in ready.items()
        if (contact := read.found.get(record.hubspot_id or "")) is not None
        and (write := _planned(run, record, contact, key in wanted)) is not None
    ]
    if writes:
        PeopleWriter(run, PatientSide(run), portal, Recorder(run, PatientSide.stream)).write(writes)
    gone = differing - wanted - {key for key, one in records.items() if key not in ready and one.hubspot_id}
    with store.write():
        store.save_side_rows(ASKED, {key: dict[str, str]() for key in ready if key in wanted})
        store.drop_side_rows(ASKED, gone)


def _planned(run: Run, record: Record, contact: Contact, is_asked: bool) -> PlannedWrite | None:
    """The write that makes the contact say so; None where it does, or is not to be touched."""
    known: Mapping[str, str] = contact.properties
    others = (one for one in run.store.conflicts_of(record.kind, [record.cliniko_id]) if one.answer is None)
    new = "true" if is_asked or any(others) else "false"
    old = known.get(REVIEW) or ""
    if known.get(HOLD) == "true" or contact.id != record.hubspot_id or (old or "false") == new:
        return None
    return PlannedWrite(
        record=record,
        changes={REVIEW: (old, new)},
        fields=record.fields,
        target_id=contact.id,
        known=known,
        counts_as="none",
    )
