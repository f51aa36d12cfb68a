"""A lower privacy level: what it no longer sends is taken out of HubSpot too, as far as it is ours (R84).

Own properties are blanked, HubSpot's standard ones only while they still show what was filled. Like roll-ups this
counts in no stream. Records on hold, left out or without a link are not touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from app.domain.ids import Kind
from app.domain.records import Record
from app.domain.stream import ObjectKind, Property
from app.schema.levels import LEVELS, is_sent
from app.sync import direct
from app.sync.apply import BATCH
from app.sync.fields import field_hash
from app.sync.ports import Contact
from app.sync.run import Run

FACT: Final = "withdraw"
"""`kind|id`: how far the records were looked at; blank where nothing is to be taken out."""

OBJECT: Final[Mapping[Kind, ObjectKind]] = {
    "patient": "contacts",
    "contact": "contacts",
    "appointment": "deals",
    "invoice": "deals",
}
LATE: Final = "withdraw_late"
"""Side rows `kind:id`: records that were left out or on hold meanwhile, and are written again now."""

STAYS: Final = frozenset({"hubspot_owner_id", "lifecyclestage"})
"""Say nothing about the patient that HubSpot does not know, and cannot be taken back."""

HOLD: Final = "cliniko_sync_hold"


def note_lowered(run: Run, before: str, level: str) -> None:
    """Have everything looked at once, where the level is lower than the one things were written at."""
    if before in LEVELS and level in LEVELS and LEVELS.index(level) < LEVELS.index(before):
        run.store.set_fact(FACT, f"{next(iter(OBJECT))}|")


def note_back(run: Run, record: Record) -> None:
    """Have a record that was left alone looked at, where it still shows what today's level does not send."""
    beyond = record.fields.keys() - run.names.get(OBJECT[record.kind], frozenset())
    if beyond and beyond & _withdrawn(run, record.kind).keys():
        run.store.save_side_rows(LATE, {f"{record.kind}:{record.cliniko_id}": {}})


def withdraw_late(run: Run) -> None:
    """Take it out of those that came back in this execution."""
    noted = [] if run.is_rehearsal else run.store.side_ids(LATE, 10_000)
    for kind in OBJECT if noted else ():
        ids = [one.partition(":")[2] for one in noted if one.startswith(f"{kind}:")]
        for start in range(0, len(ids), BATCH):
            part = ids[start : start + BATCH]
            run.check_stop()
            records = [one for one in run.store.records(kind, part).values() if one.state == "linked"]
            _batch(run, kind, _withdrawn(run, kind), records)
            run.store.drop_side_rows(LATE, [f"{kind}:{one}" for one in part])


def withdraw(run: Run) -> None:
    """Take out what today's level does not send, batch by batch; an interrupted one goes on where it was."""
    fact = run.store.fact(FACT)
    if not fact or run.is_rehearsal:
        return
    began, _, place = fact.partition("|")
    kinds = list(OBJECT)
    for kind in kinds[kinds.index(began) :] if began in OBJECT else kinds:  # type: ignore[arg-type]
        props = _withdrawn(run, kind)
        while ids := run.store.ids_in_state(kind, "linked", BATCH, place):
            run.check_stop()
            _batch(run, kind, props, list(run.store.records(kind, ids).values()))
            place = ids[-1]
            run.store.set_fact(FACT, f"{kind}|{place}")
        place = ""
    run.store.set_fact(FACT, "")


def _withdrawn(run: Run, kind: Kind) -> dict[str, Property]:
    level = run.settings.text("privacy.level")
    return {
        name: row
        for name, row in direct.PROPS[OBJECT[kind]].items()
        if not is_sent(row, level) and name not in STAYS
    }


def _batch(run: Run, kind: Kind, props: Mapping[str, Property], records: list[Record]) -> None:
    object_kind = OBJECT[kind]
    ours = {
        record.hubspot_id: record
        for record in records
        if record.hubspot_id and not record.on_hold and record.fields.keys() & props.keys()
    }
    found = direct.read(run, object_kind, [key for key in ours if key], {*props, HOLD})
    by_id: dict[str, Record] = {}
    wanted: dict[str, dict[str, tuple[str | None, str]]] = {}
    for key, record in ours.items():
        shown = found.get(key or "")
        if shown is None or shown.properties.get(HOLD) == "true":
            continue
        by_id[shown.id] = record
        wanted[shown.id] = _changes(run, record, shown, props)
    results = direct.change(run, object_kind, {key: one for key, one in wanted.items() if one})
    kept: list[Record] = []
    for key, record in by_id.items():
        result = results.get(key, direct.Changed())
        direct.journal(run, kind, record.cliniko_id, key, result.done, "sync")
        stays = {name for name, why in result.stays.items() if why == direct.REFUSED}
        left = props.keys() - stays
        kept.append(
            replace(record, fields={name: mark for name, mark in record.fields.items() if name not in left})
        )
    run.store.save_records(kept)


def _changes(
    run: Run, record: Record, shown: Contact, props: Mapping[str, Property]
) -> dict[str, tuple[str | None, str]]:
    changes: dict[str, tuple[str | None, str]] = {}
    for name in record.fields.keys() & props.keys():
        now, row = shown.properties.get(name) or "", props[name]
        if not now:
            continue
        if not row.standard or field_hash(run.salt, name, now, row.type) == record.fields[name]:
            changes[name] = (now, "")
    return changes
