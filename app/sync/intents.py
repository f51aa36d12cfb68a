"""Intents as kept: everything that recording needs, so that a crash after the act loses no link and no journal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.domain.actions import PlannedWrite
from app.domain.records import Person, Record

Packed = dict[str, Any]


def pack_write(write: PlannedWrite) -> Packed:
    """A planned write as JSON."""
    return {
        "record": pack_record(write.record),
        "person": pack_person(write.person) if write.person else None,
        "changes": {name: [old, new] for name, (old, new) in write.changes.items()},
        "fields": dict(write.fields),
        "target_id": write.target_id,
        "source": write.source,
        "counts_as": write.counts_as,
        "associate_to": [list(pair) for pair in write.associate_to],
    }


def unpack_write(packed: Mapping[str, Any]) -> PlannedWrite:
    """The planned write an intent was made from; what HubSpot showed before is not kept."""
    return PlannedWrite(
        record=unpack_record(packed["record"]),
        person=unpack_person(packed["person"]) if packed.get("person") else None,
        changes={name: (pair[0], pair[1]) for name, pair in packed["changes"].items()},
        fields=dict(packed["fields"]),
        target_id=packed.get("target_id"),
        source=packed.get("source", "sync"),
        counts_as=packed.get("counts_as", "updated"),
        associate_to=tuple((str(pair[0]), str(pair[1])) for pair in packed.get("associate_to", [])),
    )


def pack_record(record: Record) -> Packed:
    """A record as JSON."""
    return {
        "kind": record.kind,
        "cliniko_id": record.cliniko_id,
        "state": record.state,
        "hubspot_id": record.hubspot_id,
        "rule": record.rule,
        "reason": record.reason,
        "row_hash": record.row_hash,
        "changed_at": record.changed_at.isoformat() if record.changed_at else None,
        "cliniko_updated_at": record.cliniko_updated_at.isoformat() if record.cliniko_updated_at else None,
        "found_by": record.found_by,
        "on_hold": record.on_hold,
        "status": record.status,
        "refs": dict(record.refs),
    }


def unpack_record(packed: Mapping[str, Any]) -> Record:
    """A record from its JSON; fields come separately."""
    return Record(
        kind=packed["kind"],
        cliniko_id=packed["cliniko_id"],
        state=packed["state"],
        hubspot_id=packed.get("hubspot_id"),
        rule=packed.get("rule"),
        reason=packed.get("reason"),
        row_hash=packed.get("row_hash", ""),
        changed_at=_moment(packed.get("changed_at")),
        cliniko_updated_at=_moment(packed.get("cliniko_updated_at")),
        found_by=packed.get("found_by", ""),
        on_hold=bool(packed.get("on_hold")),
        status=packed.get("status", ""),
        refs=dict(packed.get("refs") or {}),
    )


def pack_person(person: Person) -> Packed:
    """A person of the local index as JSON."""
    return {
        "kind": person.kind,
        "cliniko_id": person.cliniko_id,
        "name": person.name,
        "email_hash": person.email_hash,
        "name_hash": person.name_hash,
        "name_dob_hash": person.name_dob_hash,
        "last_dob_hash": person.last_dob_hash,
        "phone_hashes": list(person.phone_hashes),
        "adult_on": person.adult_on.isoformat() if person.adult_on else None,
        "status": person.status,
    }


def unpack_person(packed: Mapping[str, Any]) -> Person:
    """A person from its JSON."""
    adult_on = packed.get("adult_on")
    return Person(
        kind=packed["kind"],
        cliniko_id=packed["cliniko_id"],
        name=packed["name"],
        email_hash=packed.get("email_hash", ""),
        name_hash=packed.get("name_hash", ""),
        name_dob_hash=packed.get("name_dob_hash", ""),
        last_dob_hash=packed.get("last_dob_hash", ""),
        phone_hashes=tuple(packed.get("phone_hashes") or ()),
        adult_on=date.fromisoformat(adult_on) if adult_on else None,
        status=packed.get("status", "active"),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
