"""Taking one execution back: journal to actions, newest first, only where the service still shows our value (R81).

It is a run of its own in the history and can be taken back in turn. What cannot go back is listed with the
reason; the records' memory stays as it is, so that the next sync does not simply write it all again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.ids import Kind
from app.domain.records import Intent, JournalEntry, Record, Separation
from app.domain.stream import ObjectKind
from app.errors import BadInput
from app.schema.catalogue import CATALOGUE, KEY_OF, OBJECT_OF
from app.sync import direct
from app.sync.before import keep_before, record_before
from app.sync.fields import field_hash
from app.sync.portal import Portal
from app.sync.repair import index_afresh, moved_entry, replace_run
from app.sync.repair_plan import SEPARATED
from app.sync.run import Run
from app.sync.storage import Storage
from app.sync.traces import MOST, entries_on, traces
from app.sync.undo_cliniko import note_undone, undo_cliniko
from app.sync.undo_here import undo_here
from app.sync.undo_plan import CREATED, Owner, Pair, Undoing, plan_undo

ACT = "undo"
SOURCE = "undo"
PAGE = 10_000
ON_HOLD, ELSEWHERE = "on_hold", "linked_elsewhere"

Rows = list[dict[str, Any]]


def entries_of(store: Storage, run_id: int, record: tuple[str, str] | None = None) -> list[JournalEntry]:
    """Everything one execution journaled, oldest first; of one record where one is named."""
    found: list[JournalEntry] = []
    while page := store.journal_of_run(run_id, found[-1].id if found else 0, PAGE):
        found += page
    return [entry for entry in found if record is None or (entry.kind, entry.cliniko_id) == record]


def check_run(store: Storage, run_id: int) -> None:
    """Raise BadInput (exit 2) where there is no such execution, or it wrote nothing."""
    row = next(iter(store.executions(1, run_id + 1)), None)
    if row is None or row["run_id"] != run_id:
        raise BadInput(
            f"no run {run_id}",
            sentence=f"There is no run with the number {run_id}.",
            next_step="The numbers stand in the history.",
        )
    if row["dry_run"]:
        raise BadInput(f"run {run_id} was a rehearsal", sentence="A rehearsal writes nothing to take back.")


def begin(run: Run, undone: int, record: tuple[str, str] | None) -> Intent:
    """Note what is about to be taken back, and the records as they are, before anything is written."""
    entries = entries_of(run.store, undone, record)
    intent = Intent(
        run.run_id,
        "hubspot",
        ACT,
        record[0] if record else "run",
        record[1] if record else str(undone),
        str(undone),
        {"run": undone, "record": list(record) if record else []},
        run.now(),
    )
    with run.store.write():
        keep_before(run, _records_of(run.store, entries).values())
        [number] = run.store.save_intents([intent])
    return replace(intent, id=number)


def _records_of(store: Storage, entries: Sequence[JournalEntry]) -> dict[tuple[Kind, str], Record]:
    found: dict[tuple[Kind, str], Record] = {}
    for kind in OBJECT_OF:
        ids = {entry.cliniko_id for entry in entries if entry.kind == kind}
        found |= {(kind, key): record for key, record in store.records(kind, ids).items()}
    return found


def carry_out(run: Run, portal: Portal, intent: Intent, resumed: bool = False) -> dict[str, Any]:
    """Take it back, or go on with it; the answer lists each line with what became of it."""
    here = replace_run(run, intent.run_id)
    listed = intent.payload.get("record")
    record = (str(listed[0]), str(listed[1])) if isinstance(listed, list) and listed else None
    undone = int(str(intent.payload["run"]))
    rows = work(here, portal, undone, entries_of(here.store, undone, record), resumed)
    here.store.close_intents([intent.id])
    return {"changes": rows}


def work(
    run: Run, portal: Portal, undone: int, entries: Sequence[JournalEntry], resumed: bool = False
) -> Rows:
    """Everything that can go back goes back; in a rehearsal it is only listed."""
    planned = plan_undo(entries)
    rows: Rows = [
        _made_row(entry) if why == CREATED else _row(entry, entry.field, entry.new, None, why)
        for entry, why in planned.stays
    ]
    held = _hold_back(run, planned, rows)
    rows += _undo_cliniko(run, planned, held, resumed)
    done: dict[str, dict[str, tuple[str, str]]] = {}
    for kind in ("deals", "contacts"):
        rows += _undo_hubspot(run, planned, kind, resumed, done)
    rows += _undo_moves(run, planned.moved, resumed)
    if not run.is_rehearsal:
        _settle_links(run, portal, planned, undone, done)
    rows += undo_here(run, planned.here, undone)
    return rows


def _hold_back(run: Run, planned: Undoing, rows: Rows) -> set[Owner]:
    """Take out what belongs to records that nobody may write to now."""
    owners = {*planned.owners.values(), *planned.cliniko}
    held: set[Owner] = set()
    for kind in OBJECT_OF:
        ids = {owner.cliniko_id for owner in owners if owner.kind == kind}
        found = run.store.records(kind, ids).items()
        held |= {Owner(kind, key) for key, record in found if record.on_hold}
    for object_kind, targets in planned.hubspot.items():
        for target in [one for one in targets if planned.owners[one] in held]:
            owner = planned.owners[target]
            for name, (now, then) in targets.pop(target).items():
                rows.append(_line(owner, target, object_kind, name, now, then, ON_HOLD))
    return held


def _undo_cliniko(run: Run, planned: Undoing, held: set[Owner], resumed: bool) -> Rows:
    rows: Rows = []
    for owner, fields in planned.cliniko.items():
        run.check_stop()
        verdicts = (
            dict.fromkeys(fields, ON_HOLD) if owner in held else undo_cliniko(run, owner, fields, resumed)
        )
        gone_back = {name: fields[name] for name, why in verdicts.items() if not why}
        if gone_back and not run.is_rehearsal:
            note_undone(run, owner, gone_back, SOURCE)
        rows += [
            _line(owner, owner.cliniko_id, "cliniko", name, *fields[name], why)
            for name, why in verdicts.items()
        ]
    return rows


def _undo_hubspot(
    run: Run,
    planned: Undoing,
    kind: ObjectKind,
    resumed: bool,
    done: dict[str, dict[str, tuple[str, str]]],
) -> Rows:
    wanted: Mapping[str, Mapping[str, Pair]] = planned.hubspot[kind]
    results = direct.change(run, kind, wanted, resumed)
    rows: Rows = []
    for target, result in results.items():
        owner = planned.owners[target]
        shown = result.contact.id if result.contact else target
        if result.done and not run.is_rehearsal:
            direct.journal(run, owner.kind, owner.cliniko_id, shown, result.done, SOURCE)
        done[shown] = result.done
        rows += [_line(owner, shown, kind, name, *pair, "") for name, pair in result.done.items()]
        rows += [
            _line(owner, shown, kind, name, *wanted[target][name], why) for name, why in result.stays.items()
        ]
    return rows


def _undo_moves(run: Run, moved: Sequence[JournalEntry], resumed: bool) -> Rows:
    """Deals back to the contact they hung on, where they still hang on the one they were moved to."""
    rows: Rows = []
    last = {entry.target_id: entry for entry in moved}
    on = run.hubspot.associations("deals", "contacts", list(last)) if last else {}
    back = []
    for deal, entry in last.items():
        still = entry.new in on.get(deal, ()) or (resumed and (entry.old or "") in on.get(deal, ()))
        why = "" if still and entry.old else direct.CHANGED
        rows.append(_row(entry, "contact", entry.new, entry.old, why))
        if not why:
            back.append(entry)
    if run.is_rehearsal or not back:
        return rows
    run.hubspot.associate("deals", "contacts", [(e.target_id, e.old or "") for e in back])
    run.hubspot.dissociate("deals", "contacts", [(e.target_id, e.new or "") for e in back])
    noted = {e.target_id for e in run.store.journal_of_run(run.run_id, 0, MOST) if e.field == "contact"}
    for entry in back:
        kind: Kind = "invoice" if entry.kind == "invoice" else "appointment"
        deal_record = run.store.record(kind, entry.cliniko_id)
        if deal_record is None:
            continue
        with run.store.write():
            refs = {**deal_record.refs, "contact": entry.old or ""}
            run.store.save_records([replace(deal_record, refs=refs)])
            if entry.target_id not in noted:
                run.store.write_journal(
                    [moved_entry(run, deal_record, entry.new or "", entry.old or "", SOURCE)]
                )
    return rows


# links follow the keys


def _settle_links(
    run: Run,
    portal: Portal,
    planned: Undoing,
    undone: int,
    done: Mapping[str, Mapping[str, tuple[str, str]]],
) -> None:
    """Where a key went off a contact, the record is loose; where one came back, it is linked there again."""
    keyed = [
        (target, planned.owners[target], done[target][KEY_OF[planned.owners[target].kind]])
        for target in done
        if target in planned.owners and KEY_OF[planned.owners[target].kind] in done[target]
    ]
    for target, owner, (_, then) in keyed:
        record = run.store.record(owner.kind, owner.cliniko_id)
        if not then and record is not None and record.hubspot_id == target:
            run.store.save_records([_loose(record)])
            if record.rule == "manual":
                run.want("patients" if owner.kind == "patient" else "contacts", [owner.cliniko_id])
    for target, owner, (_, then) in keyed:
        if then == owner.cliniko_id:
            _attach(run, owner, target, undone)
    _settle_separations(run, done)
    contacts = [target for target in done if target in planned.owners]
    people = [one for one in contacts if planned.owners[one].kind in ("patient", "contact")]
    if people:
        index_afresh(run, portal, people)


def _settle_separations(run: Run, done: Mapping[str, Mapping[str, tuple[str, str]]]) -> None:
    """What a contact says of separated patients counts here too (R51)."""
    for target, changes in done.items():
        now, then = changes.get(SEPARATED, ("", ""))
        before, after = (set(filter(None, text.split(";"))) for text in (now, then))
        for patient in before - after:
            run.store.drop_separation(Separation("patient", patient, target))
        run.store.save_separations([Separation("patient", patient, target) for patient in after - before])


def _loose(record: Record) -> Record:
    """A record whose link was taken back. A person's own pairing is decided again at once, one by the rules only
    with the next change in Cliniko."""
    state = "waiting" if record.rule == "manual" else "unlinked"
    return replace(
        record,
        state=state,  # type: ignore[arg-type]
        hubspot_id=None,
        reason="undone",
        rule=None,
        found_by="",
        row_hash="",
        fields={},
    )


def _attach(run: Run, owner: Owner, target: str, undone: int) -> None:
    """The record on this contact again, as it was there before, or by what we still know to stand there."""
    store = run.store
    record = store.record(owner.kind, owner.cliniko_id)
    other = store.records_on(owner.kind, [target]).get(target)
    if record is None or (other is not None and other.cliniko_id != owner.cliniko_id):
        return
    if record.hubspot_id and record.hubspot_id != target:
        return
    before = record_before(store, undone, owner.kind, owner.cliniko_id)
    if before is not None and before.hubspot_id == target:
        store.save_records([before])
        return
    props = direct.PROPS["contacts"]
    left = traces(entries_on(store, owner.kind, owner.cliniko_id, [target]), props)
    marks = {
        name: field_hash(run.salt, name, trace.ours, props[name].type)
        for name, trace in left.items()
        if trace.ours
    }
    linked = replace(
        record, state="linked", hubspot_id=target, rule="manual", reason=None, fields=marks, row_hash=""
    )
    store.save_records([linked])


# lines


def _made_row(entry: JournalEntry) -> dict[str, Any]:
    """A contact, deal or patient that the run made: it stays as a whole (R13)."""
    return {**_row(entry, "record", None, None, CREATED), "label": "Whole record"}


def _row(entry: JournalEntry, name: str, now: str | None, then: str | None, why: str) -> dict[str, Any]:
    kind = OBJECT_OF.get(entry.kind, "contacts")  # type: ignore[call-overload]
    known = CATALOGUE.named(kind, name)
    return {
        "type": entry.kind,
        "cliniko_id": entry.cliniko_id,
        "hubspot_id": entry.target_id if entry.service == "hubspot" else None,
        "field": name,
        "label": known.label if known else name.replace("_", " ").capitalize(),
        "now": now or "",
        "again": then or "",
        "note": why,
        "undone": not why,
    }


def _line(
    owner: Owner, target: str, where: str, name: str, now: str | None, then: str | None, why: str
) -> dict[str, Any]:
    known = CATALOGUE.named(where, name) if where in ("contacts", "deals") else None  # type: ignore[arg-type]
    return {
        "type": owner.kind,
        "cliniko_id": owner.cliniko_id,
        "hubspot_id": target if where != "cliniko" else None,
        "field": name,
        "label": known.label if known else name.replace("_", " ").capitalize(),
        "now": now or "",
        "again": then or "",
        "note": why,
        "undone": not why,
    }
