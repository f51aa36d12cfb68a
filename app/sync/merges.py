"""Merged files in Cliniko: the link follows to the survivor at once, and no contact is made or lost (R13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.ids import Kind
from app.domain.people import Patient
from app.domain.records import Record
from app.streams.patients import parse_patient
from app.sync.fetch import rows_by_id
from app.sync.ports import Json
from app.sync.questions import ask, cliniko_card
from app.sync.run import Run

MOST_STEPS = 10


def follow_merges(run: Run, rows: Sequence[Json], patients: Sequence[Patient]) -> list[Json]:
    """Move links of merged patients to their survivors. Returns rows of survivors to be worked in this batch.

    Where the survivor has a contact already, both stay and a question offers to merge them in HubSpot too.
    """
    merged = [patient for patient in patients if patient.status == "merged" and patient.merged_into]
    if not merged:
        return []
    records = run.store.records("patient", [patient.id for patient in merged])
    linked = [p for p in merged if p.id in records and records[p.id].hubspot_id]
    if not linked:
        return []
    survivors = _survivors(run, linked)
    extra: dict[str, Json] = {}
    for loser in linked:
        found = survivors.get(loser.id)
        if found is None:
            continue
        survivor, row = found
        extra[survivor.id] = row
        _follow(run, loser, records[loser.id], survivor)
    present = {str(row.get("id")) for row in rows}
    return [row for cliniko_id, row in extra.items() if cliniko_id not in present]


def _survivors(run: Run, losers: Sequence[Patient]) -> dict[str, tuple[Patient, Json]]:
    """Loser id → the patient at the end of its chain, with that row; chains may have several steps."""
    target = {patient.id: patient.merged_into for patient in losers}
    found: dict[str, tuple[Patient, Json]] = {}
    known: dict[str, tuple[Patient, Json]] = {}
    for _ in range(MOST_STEPS):
        wanted = sorted({into for loser, into in target.items() if loser not in found and into not in known})
        if wanted:
            for row in rows_by_id(run.cliniko, "patients", ("archived_at:*",), wanted):
                patient = parse_patient(row)
                known[patient.id] = (patient, row)
        for loser, into in target.items():
            step = known.get(into)
            if loser in found or step is None:
                continue
            if step[0].status == "merged" and step[0].merged_into and step[0].merged_into != into:
                target[loser] = step[0].merged_into
            else:
                found[loser] = step
        if len(found) == len(target):
            break
    return found


def _follow(run: Run, loser: Patient, record: Record, survivor: Patient) -> None:
    _want_deals(run, loser.id)
    theirs = run.store.record("patient", survivor.id)
    if theirs is not None and theirs.hubspot_id:
        if theirs.hubspot_id != record.hubspot_id:
            _ask_to_merge(run, loser, record, theirs)
        return
    before = theirs or Record("patient", survivor.id, "waiting")
    moved = replace(
        before,
        state="linked",
        hubspot_id=record.hubspot_id,
        rule=record.rule,
        found_by=f"merged:{loser.id}",
        fields=record.fields,
        row_hash="",
        reason=None,
        on_hold=before.on_hold or record.on_hold,
        refs={**record.refs, **before.refs},
    )
    left = replace(record, state="left_out", reason="merged", hubspot_id=None, row_hash="", status="merged")
    with run.store.write():
        run.store.save_records([left])
        run.store.save_records([moved])


def _want_deals(run: Run, loser_id: str) -> None:
    """Deals of the merged file are looked at again: in Cliniko its visits and invoices name the survivor now."""
    kinds: tuple[tuple[Kind, str], ...] = (("appointment", "appointments"), ("invoice", "invoices"))
    for kind, stream in kinds:
        records = run.store.records_where_ref(kind, "patient", loser_id)
        run.want(stream, [record.cliniko_id for record in records if record.hubspot_id])


def _ask_to_merge(run: Run, loser: Patient, record: Record, survivor: Record) -> None:
    answered = any(c.kind == "merged_in_cliniko" for c in run.store.remembered("patient", [loser.id]))
    if answered or record.status == "merged":
        return
    conflict = ask(
        "merged_in_cliniko",
        "patient",
        loser.id,
        candidates=[record.hubspot_id or "", survivor.hubspot_id or ""],
        details={"cliniko": cliniko_card(loser), "survivor": survivor.cliniko_id},
        person=f"{loser.first_name} {loser.last_name}".strip(),
    )
    run.store.open_conflict(replace(conflict, opened_at=run.now()))
