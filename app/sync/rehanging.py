"""Deals of a patient whose contact was lost or went to somebody else: they hang on the one it gets next (R20).

What an unlinking leaves behind is not among them: those deals stay where they are until a person cleans up (R50).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.domain.ids import Kind
from app.domain.records import Intent, Record
from app.sync.deals import CONTACT, LEAVES, associate_open
from app.sync.repair import moved_entry
from app.sync.run import Run

NAME: Final = "rehang"
"""Side rows: patient id → the contacts its deals hung on, and the one they come off."""

DEAL_KINDS: Final[tuple[Kind, ...]] = ("appointment", "invoice")
NOT_YET: Final = frozenset({"waiting", "held", "failed"})
"""States of a patient who may still get a contact."""


def note_lost_contact(run: Run, record: Record, leaves: str = "") -> None:
    """Remember that this patient's deals have to follow it to its next contact. `leaves`: the contact of somebody
    else on which they hang meanwhile, because HubSpot merged the two."""
    if record.kind == "patient" and record.hubspot_id:
        row = {"was": record.hubspot_id, "leaves": leaves}
        run.store.save_side_rows(NAME, {record.cliniko_id: row})


def hang_deals_anew(run: Run) -> None:
    """Associate what was noted with the contacts that are there by now; the intents come first (I1)."""
    store = run.store
    ids = store.side_ids(NAME, 10_000)
    if not ids:
        return
    noted, patients = store.side_rows(NAME, ids), store.records("patient", ids)
    for cliniko_id, row in noted.items():
        run.check_stop()
        patient = patients.get(cliniko_id)
        is_linked = patient is not None and patient.state == "linked" and patient.hubspot_id
        if patient is not None and not is_linked and patient.state in NOT_YET:
            continue
        was, leaves = str(row.get("was") or ""), str(row.get("leaves") or "")
        target = patient.hubspot_id or "" if patient is not None and is_linked else ""
        deals = _deals(run, cliniko_id, {"", was, leaves}) if target and target != leaves else []
        with store.write():
            store.save_records([replace(one, refs=_refs(one, leaves)) for one in deals])
            store.save_intents([_intent(run, one, target) for one in deals])
            if leaves:
                store.write_journal([moved_entry(run, one, leaves, target, "answer") for one in deals])
            store.drop_side_rows(NAME, [cliniko_id])
    associate_open(run)


def _deals(run: Run, patient_id: str, hung_on: set[str]) -> list[Record]:
    return [
        record
        for kind in DEAL_KINDS
        for record in run.store.records_where_ref(kind, "patient", patient_id)
        if record.hubspot_id and record.refs.get(CONTACT, "") in hung_on
    ]


def _refs(deal: Record, leaves: str) -> dict[str, str]:
    refs = {name: value for name, value in deal.refs.items() if name != CONTACT}
    return {**refs, LEAVES: leaves} if leaves else refs


def _intent(run: Run, deal: Record, contact_id: str) -> Intent:
    payload: dict[str, object] = {"to": [["contacts", contact_id]]}
    return Intent(
        run.run_id,
        "hubspot",
        "associate",
        deal.kind,
        deal.cliniko_id,
        deal.hubspot_id or "",
        payload,
        run.now(),
    )
