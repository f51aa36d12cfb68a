"""After a crash: intents are read back and closed before anything new is done (I1, I3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.domain.actions import PlannedWrite
from app.domain.records import Intent, JournalEntry
from app.sync.fields import comparable
from app.sync.intents import unpack_write
from app.sync.ports import Contact
from app.sync.run import Run


def settle(run: Run) -> int:
    """Read back every open HubSpot write; what took effect is recorded, the rest is left to be planned anew.

    Returns how many were settled. Nothing is written to HubSpot.
    """
    intents = [
        intent
        for intent in run.store.open_intents()
        if intent.service == "hubspot" and intent.act in ("update", "upsert")
    ]
    groups: dict[tuple[str, str, str], list[Intent]] = defaultdict(list)
    for intent in intents:
        groups[(str(intent.payload["object"]), intent.act, str(intent.payload["key"]))].append(intent)
    for (object_kind, act, key), group in groups.items():
        _settle_group(run, object_kind, act, key, group)
    return len(intents)


def _settle_group(run: Run, object_kind: str, act: str, key: str, group: list[Intent]) -> None:
    writes: dict[int, PlannedWrite] = {}
    for intent in group:
        packed = intent.payload["write"]
        assert isinstance(packed, dict)
        writes[intent.id] = unpack_write(packed)
    names = sorted({name for write in writes.values() for name in write.changes} | {key})
    existing = set(run.readable.get(object_kind, ())) or set(names)
    ids = sorted({intent.target_id for intent in group})
    read = run.hubspot.batch_read(
        object_kind, ids, [name for name in names if name in existing], key if act == "upsert" else None
    )
    with run.store.write():
        for intent in group:
            contact = read.found.get(intent.target_id)
            write = writes[intent.id]
            if contact is not None and _took_effect(run, object_kind, write, contact):
                _record(run, intent, write, contact)
        run.store.close_intents([intent.id for intent in group])


def _took_effect(run: Run, object_kind: str, write: PlannedWrite, contact: Contact) -> bool:
    props: Mapping[str, Any] = run.props.get(object_kind, {})
    for name, (_, new) in write.changes.items():
        type_ = props[name].type if name in props else "string"
        if comparable(contact.properties.get(name) or "", type_) != comparable(new, type_):
            return False
    return True


def _record(run: Run, intent: Intent, write: PlannedWrite, contact: Contact) -> None:
    others = run.store.records_on(write.record.kind, [contact.id])
    other = others.get(contact.id)
    if other is not None and other.cliniko_id != write.record.cliniko_id:
        return
    state = "linked" if write.record.state == "waiting" else write.record.state
    record = replace(
        write.record, state=state, hubspot_id=contact.id, fields=dict(write.fields), changed_at=intent.at
    )
    run.store.save_records([record])
    if write.associate_to:
        run.store.save_intents(
            [
                replace(
                    intent,
                    id=0,
                    act="associate",
                    target_id=contact.id,
                    payload={"to": [list(pair) for pair in write.associate_to]},
                )
            ]
        )
    if write.person is not None:
        run.store.save_people([write.person])
    run.store.write_journal(
        [
            JournalEntry(
                intent.run_id,
                write.record.kind,
                write.record.cliniko_id,
                "hubspot",
                contact.id,
                name,
                old,
                new,
                write.source,
                intent.at,
            )
            for name, (old, new) in write.changes.items()
        ]
    )
