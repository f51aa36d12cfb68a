"""Hold and release: a person says do not sync a record, and later sync it again; nothing but our memory changes
(R84). A patient's deals go with the patient."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.domain.ids import Kind
from app.domain.records import JournalEntry, Record
from app.sync.run import WANTED
from app.sync.storage import Storage

HERE = "clinicbridge"
SOURCE = "repair"
ON_HOLD, FIELD = "on_hold", "on_hold"
DEAL_KINDS: tuple[Kind, ...] = ("appointment", "invoice")
STREAM = {"patient": "patients", "contact": "contacts", "appointment": "appointments", "invoice": "invoices"}

STAYS_OUT = frozenset({"leave_out", "forgotten", "deal_deleted"})
"""Reasons of a record that a person left out for good: releasing a hold changes nothing about them."""


def concerned(store: Storage, record: Record) -> list[Record]:
    """The record and, of a patient, the records of all deals."""
    deals: list[Record] = []
    if record.kind == "patient":
        for kind in DEAL_KINDS:
            deals += store.records_where_ref(kind, "patient", record.cliniko_id)
    return [record, *deals]


def held(record: Record) -> Record:
    """The record while nothing is written to it."""
    if record.reason in STAYS_OUT:
        return replace(record, on_hold=True)
    return replace(record, on_hold=True, state="left_out", reason=ON_HOLD, row_hash="")


def released(record: Record, is_asked_for: bool) -> Record:
    """The record when it is synced again. `is_asked_for`: it is the one a person named, so that even a forgotten
    one comes back."""
    stays = STAYS_OUT - {"forgotten"} if is_asked_for else STAYS_OUT
    if record.reason in stays:
        return replace(record, on_hold=False)
    state = "linked" if record.hubspot_id else "waiting"
    return replace(record, on_hold=False, state=state, reason=None, row_hash="")  # type: ignore[arg-type]


def is_patient_on_hold(store: Storage, patient_id: str) -> bool:
    """Whether nothing may be made for this patient now."""
    patient = store.record("patient", patient_id) if patient_id else None
    return patient is not None and patient.on_hold


def hold(store: Storage, run_id: int, now: datetime, record: Record) -> list[Record]:
    """Stop all writing to this record and its deals; returns those that changed."""
    changed = [held(one) for one in concerned(store, record) if not one.on_hold]
    with store.write():
        store.save_records(changed)
        store.write_journal(_entries(changed, run_id, now, "no", "yes"))
    return changed


def release(store: Storage, run_id: int, now: datetime, record: Record) -> list[Record]:
    """Sync these again: all that was missed comes with the next run."""
    before = [one for one in concerned(store, record) if one.on_hold or _is_forgotten(one, record)]
    changed = [released(one, one is record or _is_forgotten(record, record)) for one in before]
    with store.write():
        store.save_records(changed)
        store.write_journal(_entries([one for one in before if one.on_hold], run_id, now, "yes", "no"))
        want_again(store, changed)
    return changed


def _is_forgotten(one: Record, named: Record) -> bool:
    return one.reason == "forgotten" and named.reason == "forgotten"


def want_again(store: Storage, records: Iterable[Record]) -> None:
    """Have these read afresh by the next run."""
    by_stream: dict[str, dict[str, dict[str, str]]] = {}
    patients: list[str] = []
    for record in records:
        by_stream.setdefault(STREAM[record.kind], {})[record.cliniko_id] = {}
        if record.kind == "patient":
            patients.append(record.cliniko_id)
    for stream, rows in by_stream.items():
        store.save_side_rows(WANTED + stream, rows)
    store.mark_due(patients)


def _entries(records: Sequence[Record], run_id: int, now: datetime, old: str, new: str) -> list[JournalEntry]:
    return [
        JournalEntry(
            run_id, one.kind, one.cliniko_id, HERE, one.hubspot_id or "", FIELD, old, new, SOURCE, now
        )
        for one in records
    ]


def preview(records: Iterable[Record], note: str) -> list[dict[str, Any]]:
    """One line for each record concerned."""
    return [
        {
            "type": one.kind,
            "cliniko_id": one.cliniko_id,
            "hubspot_id": one.hubspot_id,
            "field": FIELD,
            "label": "Sync",
            "now": "no" if one.on_hold else "yes",
            "again": "yes" if one.on_hold else "no",
            "note": note,
            "undone": True,
        }
        for one in records
    ]
