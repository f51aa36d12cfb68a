"""Records as they stood before a person's repair or undo, so that taking it back restores them whole (R52, R81)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.domain.records import Record
from app.sync.intents import pack_record, unpack_record
from app.sync.run import Run
from app.sync.storage import Storage

SIDE = "before"


def keep_before(run: Run, records: Iterable[Record]) -> None:
    """Remember these as they are; the first look of an execution counts."""
    listed = {_key(run.run_id, record.kind, record.cliniko_id): record for record in records}
    known = run.store.side_rows(SIDE, listed)
    rows = {
        key: {"record": {**pack_record(record), "fields": dict(record.fields)}}
        for key, record in listed.items()
        if key not in known
    }
    if rows:
        run.store.save_side_rows(SIDE, rows)


def record_before(store: Storage, run_id: int, kind: str, cliniko_id: str) -> Record | None:
    """The record as an execution found it, None where it was not kept."""
    key = _key(run_id, kind, cliniko_id)
    row = store.side_rows(SIDE, [key]).get(key)
    if row is None:
        return None
    packed = row["record"]
    return replace(unpack_record(packed), fields=dict(packed["fields"]))


def forget_before(store: Storage, kind: str, cliniko_id: str) -> None:
    """Drop what was kept of one record (R84)."""
    after, found = "", list[str]()
    while ids := store.side_ids(SIDE, 1000, after):
        after = ids[-1]
        found += [key for key in ids if key.endswith(f":{kind}:{cliniko_id}")]
    store.drop_side_rows(SIDE, found)


def _key(run_id: int, kind: str, cliniko_id: str) -> str:
    return f"{run_id}:{kind}:{cliniko_id}"
