"""Unlink and repair, relink: a wrong pairing is taken apart, what came from it taken back, and the deals moved.

One intent holds the whole repair until it is verified: should the program stop anywhere, the next execution goes
on with it (R52, I1). A chosen contact takes the place of the new one where a person named it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.ids import Kind
from app.domain.records import Intent, JournalEntry, Record, Separation
from app.errors import BadInput
from app.sync import direct
from app.sync.before import keep_before
from app.sync.intents import pack_record, unpack_record
from app.sync.people_line import PeopleLine
from app.sync.portal import Portal
from app.sync.ports import Contact
from app.sync.repair_plan import (
    DEAL_KINDS,
    DEALS_STAY,
    SEPARATED,
    Repair,
    as_rows,
    plan_repair,
)
from app.sync.run import Run
from app.sync.sides import ContactSide, PatientSide
from app.sync.traces import contact_names, entries_on, targets_of

ACT = "repair"
SOURCE = "repair"
HERE = "clinicbridge"
"""The service of journal entries about our own memory: links, separations, holds."""

STREAM: Mapping[Kind, str] = {"patient": "patients", "contact": "contacts"}
OTHER: Mapping[Kind, Kind] = {"patient": "contact", "contact": "patient"}
READ_TOO = ("hs_merged_object_ids", "hs_additional_emails", "lastmodifieddate")


def known_record(run_store: Any, kind: Kind, cliniko_id: str) -> Record:
    """The record of a person. Raises BadInput (exit 2) for an id that was never met."""
    record: Record | None = run_store.record(kind, cliniko_id)
    if record is None:
        raise BadInput(
            f"unknown {kind} {cliniko_id}",
            sentence=f"There is no {'patient' if kind == 'patient' else 'Cliniko contact'} with this id here.",
            next_step="Check the id, or let a sync read it first.",
        )
    return record


def check_open(record: Record) -> None:
    """Raise BadInput for a record that nobody may write to now."""
    if record.on_hold or record.reason == "forgotten":
        raise BadInput(
            f"{record.kind} {record.cliniko_id} is on hold",
            sentence="This record is on hold, so nothing is written to it.",
            next_step="Release it first.",
        )


# planning


def wrong_contact(run: Run, record: Record, target: str = "") -> str:
    """The contact to be repaired: the record's own, or, where it is on the chosen one already or on none, the one
    it was unlinked from last. "" where there is none."""
    own = record.hubspot_id if record.hubspot_id != target else None
    return own or _was_on(run, record)


def plan(run: Run, record: Record, contact_id: str, move_deals: bool = True) -> Repair:
    """What this contact would lose, and which deals would leave it."""
    contact = _read(run, contact_id)
    if contact is None:
        return Repair(record, contact_id, stays={}, deals=tuple(_deals(run, record, contact_id)))
    merged = contact.properties.get("hs_merged_object_ids", "").split(";")
    targets = [contact.id, contact_id, *filter(None, merged)]
    entries = entries_on(run.store, record.kind, record.cliniko_id, targets)
    other = run.store.records_on(OTHER[record.kind], [contact.id]).get(contact.id)
    deals = _deals(run, record, contact.id) if move_deals else []
    names = frozenset(run.readable["contacts"])
    return plan_repair(record, contact, entries, deals, other.kind if other else None, names)


def _was_on(run: Run, record: Record) -> str:
    """The contact that an unlinking left without cleaning up."""
    apart = run.store.separations(record.kind, [record.cliniko_id]).get(record.cliniko_id, frozenset())
    was_on = record.refs.get("was_on", "")
    if was_on in apart:
        return was_on
    return next((one for one in targets_of(run.store, record.kind, record.cliniko_id) if one in apart), "")


def _read(run: Run, contact_id: str) -> Contact | None:
    names = contact_names(run.readable["contacts"]) | set(READ_TOO)
    return direct.read(run, "contacts", [contact_id], names).get(contact_id)


def _deals(run: Run, record: Record, contact_id: str) -> list[Record]:
    """This patient's deals that hang on the contact, by what HubSpot says."""
    if record.kind != "patient":
        return []
    mine = {
        deal.hubspot_id: deal
        for kind in DEAL_KINDS
        for deal in run.store.records_where_ref(kind, "patient", record.cliniko_id)
        if deal.hubspot_id
    }
    on = run.hubspot.associations("deals", "contacts", list(mine)) if mine else {}
    return [deal for key, deal in mine.items() if key and contact_id in on.get(key, ())]


def check_target(run: Run, record: Record, hubspot_id: str) -> Contact:
    """The contact a person chose. Raises BadInput where it does not exist or belongs to somebody else."""
    contact = _read(run, hubspot_id) if hubspot_id.isdigit() else None
    if contact is None:
        raise BadInput(
            f"no HubSpot contact {hubspot_id}", sentence="HubSpot has no contact with this number."
        )
    owner = run.store.records_on(record.kind, [contact.id]).get(contact.id)
    key = contact.properties.get("cliniko_patient_key" if record.kind == "patient" else "cliniko_contact_key")
    is_taken = owner is not None and owner.cliniko_id != record.cliniko_id
    if is_taken or (owner is None and key and key != record.cliniko_id):
        raise BadInput(
            f"HubSpot contact {contact.id} is taken",
            sentence="This HubSpot contact already belongs to another record of Cliniko.",
            next_step="Unlink that one first, or choose another contact.",
        )
    return contact


# acting


def begin(
    run: Run, repair: Repair, target: str = "", move_deals: bool = True, separate: bool = True
) -> Intent:
    """Take the link apart here, never to be matched again (with `separate`), and note the whole repair before
    anything is written."""
    record, contact_id = repair.record, repair.contact_id
    is_there = bool(target) and record.hubspot_id == target
    loose = replace(
        record,
        state="linked" if target else "waiting",
        hubspot_id=target or None,
        reason=None,
        rule="manual" if target else None,
        found_by="",
        row_hash="",
        fields={},
        refs={name: value for name, value in record.refs.items() if name not in ("was_on", "link_to")},
    )
    payload: dict[str, object] = {
        "contact": contact_id,
        "target": target,
        "record": {**pack_record(record), "fields": dict(record.fields)},
        "changes": {name: list(pair) for name, pair in repair.changes.items()},
        "deals": [[deal.kind, deal.cliniko_id] for deal in repair.deals] if move_deals else [],
    }
    intent = Intent(
        run.run_id, "hubspot", ACT, record.kind, record.cliniko_id, contact_id, payload, run.now()
    )
    with run.store.write():
        keep_before(run, [record, *repair.deals])
        apart = run.store.separations(record.kind, [record.cliniko_id]).get(record.cliniko_id, frozenset())
        if separate and contact_id and contact_id not in apart:
            run.store.save_separations([Separation(record.kind, record.cliniko_id, contact_id)])
            _note_here(run, record, contact_id, "separated", "", record.cliniko_id)
        if target in apart:
            run.store.drop_separation(Separation(record.kind, record.cliniko_id, target))
            _note_here(run, record, target, "separated", record.cliniko_id, "")
        if not is_there:
            run.store.save_records([loose])
        [number] = run.store.save_intents([intent])
    return replace(intent, id=number)


def _note_here(run: Run, record: Record, target: str, name: str, old: str, new: str) -> None:
    entry = JournalEntry(
        run.run_id, record.kind, record.cliniko_id, HERE, target, name, old or None, new, SOURCE, run.now()
    )
    run.store.write_journal([entry])


def carry_out(run: Run, portal: Portal, intent: Intent, resumed: bool = False) -> dict[str, Any]:
    """Do, or go on with, one repair; returns where the record is now and what stayed, with the reason.

    An interrupted one is journaled under the execution that began it, so that undo finds all of it."""
    here = replace_run(run, intent.run_id)
    payload: Mapping[str, Any] = intent.payload
    before = replace(unpack_record(payload["record"]), fields=dict(payload["record"]["fields"]))
    kind, contact_id, target = before.kind, str(payload["contact"]), str(payload["target"])
    stays = _clean(here, portal, before, contact_id, payload["changes"], resumed)
    if target:
        _let_in(here, before, target)
    new_id = _new_contact(here, portal, before)
    moved = _move_deals(here, payload["deals"], contact_id, new_id)
    if payload["deals"] and not new_id:
        stays["deals"] = DEALS_STAY
    with run.store.write():
        _note_link(here, before, contact_id, new_id)
        run.store.close_intents([intent.id])
    _restate_other(run, kind, contact_id)
    return {
        "hubspot_id": new_id or None,
        "moved_deals": moved,
        "stays": stays,
        "unverified": _verify(here, before, contact_id, new_id, moved),
    }


def replace_run(run: Run, run_id: int) -> Run:
    """The same execution under the number of the one that began the work."""
    if run.run_id == run_id:
        return run
    return replace(run, report=replace(run.report, run_id=run_id))


def _clean(
    run: Run,
    portal: Portal,
    record: Record,
    contact_id: str,
    wanted: Mapping[str, Sequence[str]],
    resumed: bool,
) -> dict[str, str]:
    """Take back what came from the wrong record; returns what stays, with the reason."""
    if not contact_id or not wanted:
        return {}
    changes = {name: (pair[0], pair[1]) for name, pair in wanted.items()}
    result = direct.change(run, "contacts", {contact_id: changes}, resumed)[contact_id]
    target = result.contact.id if result.contact else contact_id
    direct.journal(run, record.kind, record.cliniko_id, target, result.done, SOURCE)
    portal.read([contact_id], fresh=True)
    index_afresh(run, portal, [contact_id])
    return dict(result.stays)


def index_afresh(run: Run, portal: Portal, contact_ids: Sequence[str]) -> None:
    """Bring the local index of candidates up to date for these contacts."""
    read = portal.read(contact_ids, fresh=True)
    portal.wrote(
        [(contact.id, dict(contact.properties), contact.updated_at) for contact in read.found.values()]
    )


def _let_in(run: Run, record: Record, target: str) -> None:
    """The chosen contact no longer says that it is somebody else."""
    if record.kind != "patient" or SEPARATED not in run.readable["contacts"]:
        return
    contact = _read(run, target)
    noted = contact.properties.get(SEPARATED, "") if contact else ""
    ids = [part for part in noted.split(";") if part]
    if record.cliniko_id in ids:
        without = ";".join(part for part in ids if part != record.cliniko_id)
        done = direct.change(run, "contacts", {target: {SEPARATED: (noted, without)}})[target].done
        direct.journal(run, record.kind, record.cliniko_id, target, done, SOURCE)


def _new_contact(run: Run, portal: Portal, before: Record) -> str:
    """The record on its own (or the chosen) contact, at once; "" where it gets none now."""
    kind = before.kind
    stream = STREAM[kind]
    if run.settings.flag(f"streams.{stream}") and stream not in run.paused:
        side = PatientSide(run) if kind == "patient" else ContactSide(run)
        PeopleLine(run, side, portal).bring([before.cliniko_id])
    record = run.store.record(kind, before.cliniko_id)
    is_there = record is not None and record.hubspot_id and record.state == "linked"
    return (record.hubspot_id or "") if record is not None and is_there else ""


def _move_deals(run: Run, listed: Sequence[Sequence[str]], old: str, new: str) -> list[str]:
    """The patient's deals from one contact to the other: first hung on the new one, then taken off the old."""
    if not listed or not new or old == new:
        return []
    records: list[Record] = []
    for kind in DEAL_KINDS:
        ids = [key for each, key in listed if each == kind]
        records += [r for r in run.store.records(kind, ids).values() if r.hubspot_id]
    pairs = [(record.hubspot_id or "", new) for record in records]
    refused = set(run.hubspot.associate("deals", "contacts", pairs))
    moved = [record for record in records if (record.hubspot_id or "", new) not in refused]
    run.hubspot.dissociate("deals", "contacts", [(record.hubspot_id or "", old) for record in moved])
    noted = {entry.target_id for entry in _noted_moves(run)}
    with run.store.write():
        run.store.save_records([replace(r, refs={**r.refs, "contact": new}) for r in moved])
        run.store.write_journal(
            [moved_entry(run, r, old, new, SOURCE) for r in moved if r.hubspot_id not in noted]
        )
    if refused:
        run.problem("refused", "HubSpot did not move some deals.", "appointments")
    return [record.cliniko_id for record in moved]


def _noted_moves(run: Run) -> list[JournalEntry]:
    return [entry for entry in run.store.journal_of_run(run.run_id, 0, 100_000) if entry.field == "contact"]


def moved_entry(run: Run, deal: Record, old: str, new: str, source: str) -> JournalEntry:
    """The journal's line for a deal that hangs on another contact now."""
    return JournalEntry(
        run.run_id,
        deal.kind,
        deal.cliniko_id,
        "hubspot",
        deal.hubspot_id or "",
        "contact",
        old or None,
        new,
        source,
        run.now(),
    )


def _note_link(run: Run, before: Record, contact_id: str, new_id: str) -> None:
    if new_id != before.hubspot_id:
        _note_here(run, before, new_id or contact_id, "link", before.hubspot_id or "", new_id)


def _restate_other(run: Run, kind: Kind, contact_id: str) -> None:
    """Whoever stays on the contact writes its own values there again."""
    other = run.store.records_on(OTHER[kind], [contact_id]).get(contact_id) if contact_id else None
    if other is not None and other.state == "linked":
        standard = {row.name for row in direct.PROPS["contacts"].values() if row.standard}
        fields = {name: mark for name, mark in other.fields.items() if name not in standard}
        run.store.save_records([replace(other, row_hash="", fields=fields)])
        run.want(STREAM[OTHER[kind]], [other.cliniko_id])


def _verify(run: Run, before: Record, old: str, new: str, moved: Sequence[str]) -> list[str]:
    """Read both contacts again by id: the key is gone here and stands there (R52)."""
    key = "cliniko_patient_key" if before.kind == "patient" else "cliniko_contact_key"
    found = direct.read(run, "contacts", filter(None, [old, new]), [key])
    wrong: list[str] = []
    if old and old != new and old in found and found[old].properties.get(key) == before.cliniko_id:
        wrong.append("The key still stands on the contact it was taken off.")
    if new and (new not in found or found[new].properties.get(key) != before.cliniko_id):
        wrong.append("The key does not stand on the contact it was given to.")
    for sentence in wrong:
        run.problem("not_verified", sentence, STREAM[before.kind], before.cliniko_id)
    return wrong


def preview(repair: Repair | None) -> list[dict[str, Any]]:
    """The lines of what a repair would do."""
    if repair is None:
        return []
    rows = as_rows(repair)
    rows += [
        {
            "type": deal.kind,
            "cliniko_id": deal.cliniko_id,
            "hubspot_id": deal.hubspot_id,
            "field": "contact",
            "label": "Contact",
            "now": repair.contact_id,
            "again": "",
            "note": "moves",
            "undone": True,
        }
        for deal in repair.deals
    ]
    return rows
