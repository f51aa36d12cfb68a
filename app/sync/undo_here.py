"""Taking back what an execution changed in our own memory: separations, holds, and answers to questions (R81)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.domain.ids import Kind
from app.domain.records import JournalEntry, Separation
from app.sync.before import record_before
from app.sync.holding import held, released, want_again
from app.sync.run import Run

ANSWER, SEPARATED, HOLD, INBOX = "answer", "separated", "on_hold", "inbox"
WORDS = {
    ANSWER: "Answer to a question",
    SEPARATED: "Never match again",
    HOLD: "Do not sync",
    INBOX: "Holder of an inbox",
}


def undo_here(run: Run, entries: Sequence[JournalEntry], undone: int) -> list[dict[str, Any]]:
    """Turn each of these around, newest first, and note it so that it can be turned again."""
    rows: list[dict[str, Any]] = []
    for entry in entries:
        if entry.field not in WORDS:
            continue
        if not run.is_rehearsal:
            with run.store.write():
                _turn(run, entry, undone)
                _note(run, entry)
        rows.append(
            {
                "type": entry.kind,
                "cliniko_id": entry.cliniko_id,
                "hubspot_id": None,
                "field": entry.field,
                "label": WORDS[entry.field],
                "now": entry.new or "",
                "again": entry.old or "",
                "note": "",
                "undone": True,
            }
        )
    return rows


def _turn(run: Run, entry: JournalEntry, undone: int) -> None:
    store = run.store
    kind: Kind = "contact" if entry.kind == "contact" else "patient"
    if entry.field == SEPARATED:
        pair = Separation(kind, entry.cliniko_id, entry.target_id)
        if entry.new:
            store.drop_separation(pair)
        else:
            store.save_separations([pair])
    elif entry.field == INBOX:
        store.set_inbox_choice(entry.target_id, entry.old or "")
    elif entry.field == HOLD:
        record = store.record(entry.kind, entry.cliniko_id)  # type: ignore[arg-type]
        if record is not None:
            after = held(record) if entry.old == "yes" else released(record, False)
            store.save_records([after])
            if entry.old != "yes":
                want_again(store, [after])
    elif entry.field == ANSWER and entry.new:
        _reopen(run, entry, kind, undone)


def _reopen(run: Run, entry: JournalEntry, kind: Kind, undone: int) -> None:
    """The question stands again, and a record that the answer left out, or told to keep something, is as before."""
    store = run.store
    if entry.target_id.isdigit():
        store.reopen_conflict(int(entry.target_id))
    if entry.kind not in ("patient", "contact"):
        return
    record = store.record(kind, entry.cliniko_id)
    before = record_before(store, undone, kind, entry.cliniko_id)
    if record is None or before is None:
        return
    refs = {name: value for name, value in record.refs.items() if name != "keep_old_email"}
    if record.reason == "leave_out":
        record = replace(before, row_hash="")
    store.save_records(
        [replace(record, refs=refs if record.reason != "leave_out" else record.refs, row_hash="")]
    )
    want_again(store, [record])


def _note(run: Run, entry: JournalEntry) -> None:
    run.store.write_journal(
        [
            replace(
                entry,
                id=0,
                run_id=run.run_id,
                old=entry.new,
                new=entry.old or "",
                source="undo",
                at=run.now(),
            )
        ]
    )
