"""Where a record is in HubSpot, by which rule, or the one reason it is not: from the local data alone (R82)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.domain.clinic_time import window
from app.domain.conflicts import Conflict
from app.domain.ids import Kind
from app.domain.records import Record, Visit
from app.domain.reports import stamp
from app.settings import Settings
from app.sync.accounts import clinic_zone
from app.sync.repair_plan import leftovers
from app.sync.storage import Storage

STREAM = {"patient": "patients", "contact": "contacts", "appointment": "appointments", "invoice": "invoices"}
GROUPS = "appointments.groups"

Note = dict[str, Any]
"""Something else worth knowing: its slug under `code`, and what goes into its words."""


def answer(
    kind: Kind, cliniko_id: str, state: str, reason: str | None = None, **known: Any
) -> dict[str, Any]:
    """The object of `why --json`, with `notes` beside it."""
    return {
        "type": kind,
        "cliniko_id": cliniko_id,
        "state": state,
        "hubspot_id": known.get("hubspot_id"),
        "rule": known.get("rule"),
        "reason": reason,
        "conflict_id": known.get("conflict_id"),
        "last_changed_at": known.get("last_changed_at"),
        "notes": known.get("notes", []),
    }


def why(store: Storage, settings: Settings, now: datetime, kind: Kind, cliniko_id: str) -> dict[str, Any]:
    """What is remembered of one record. State `unknown` where it was never met."""
    record = store.record(kind, cliniko_id)
    if record is None and kind in ("appointment", "invoice"):
        record = _first_of_several(store, kind, cliniko_id)
    if record is not None:
        return _of_record(store, settings, kind, cliniko_id, record)
    visit = store.visit(cliniko_id) if kind == "appointment" else None
    if visit is not None:
        return why_no_deal(store, settings, now, cliniko_id, visit)
    return answer(kind, cliniko_id, "unknown")


def _first_of_several(store: Storage, kind: Kind, cliniko_id: str) -> Record | None:
    """A group appointment or an itemised invoice has one record for each attendee or item."""
    if not cliniko_id.isdigit():
        return None
    found = store.records_below(kind, cliniko_id)
    return next((record for record in found if record.hubspot_id), found[0] if found else None)


def _of_record(
    store: Storage, settings: Settings, kind: Kind, cliniko_id: str, record: Record
) -> dict[str, Any]:
    questions = _questions(store, record)
    blocking = next((c for c in questions if c.blocking), questions[0] if questions else None)
    state, reason = _state(settings, record, bool(blocking and blocking.blocking))
    return answer(
        kind,
        cliniko_id,
        state,
        reason,
        hubspot_id=record.hubspot_id,
        rule=record.rule if record.hubspot_id else None,
        conflict_id=blocking.id if blocking else None,
        last_changed_at=stamp(record.changed_at) if record.changed_at else None,
        notes=_notes(store, record),
    )


def _state(settings: Settings, record: Record, is_asked: bool) -> tuple[str, str | None]:
    """The state as it is told, and the slug of the one reason."""
    if record.on_hold:
        return "left_out", "on_hold"
    if record.state == "linked":
        return "linked", None
    if record.state == "unlinked":
        return "left_out", record.reason or "unlinked"
    if record.state == "left_out":
        return "left_out", record.reason
    if not settings.flag(f"streams.{STREAM[record.kind]}"):
        return "left_out", "stream_off"
    if record.state == "held" or is_asked:
        return "held", record.reason
    return "waiting", record.reason or "next_run"


def _questions(store: Storage, record: Record) -> list[Conflict]:
    """Open questions about the record, or about the patient it waits for."""
    found = store.conflicts_of(record.kind, [record.cliniko_id])
    patient = record.refs.get("patient", "")
    if record.state == "held" and patient and not found:
        found = store.conflicts_of("patient", [patient])
    return [conflict for conflict in found if conflict.answer is None]


def _notes(store: Storage, record: Record) -> list[Note]:
    """How the link was found, namesakes, and what an unlinking left to clean up."""
    notes: list[Note] = []
    found_by = record.found_by
    if found_by.startswith("namesakes:"):
        notes.append({"code": "namesakes", "contacts": found_by.partition(":")[2].replace(",", ", ")})
    elif found_by.startswith("merged:"):
        notes.append({"code": "merged_from", "patient": found_by.partition(":")[2]})
    elif found_by == "write_back":
        notes.append({"code": "asked_in_hubspot"})
    elif found_by and record.hubspot_id:
        notes.append({"code": "found_by", "how": found_by})
    if record.kind not in ("patient", "contact"):
        return notes
    for left in leftovers(store, record.kind, record.cliniko_id):
        notes.append(
            {
                "code": "left_to_clean",
                "contact": left.contact_id,
                "properties": list(left.properties),
                "deals": list(left.deals),
            }
        )
    return notes


def why_no_deal(
    store: Storage, settings: Settings, now: datetime, cliniko_id: str, visit: Visit
) -> dict[str, Any]:
    """The one reason why an appointment that was read has no deal (R21, R22)."""
    reason = _reason_of_visit(store, settings, now, visit)
    state = "waiting" if reason == "next_run" else "left_out"
    return answer("appointment", cliniko_id, state, reason)


def _reason_of_visit(store: Storage, settings: Settings, now: datetime, visit: Visit) -> str:
    if not settings.flag("streams.appointments"):
        return "stream_off"
    if "-" in visit.id and not settings.flag(GROUPS):
        return "group"
    if visit.is_removed:
        return "removed"
    if not visit.is_counted:
        return "excluded_category"
    kept = store.cached("businesses")
    zone = clinic_zone(list(kept[0]) if kept else [], "UTC")
    if visit.starts_at not in window(now, zone, settings.number("appointments.days_forward")):
        return "outside_window"
    return why_no_contact(store, visit.patient_id) or "next_run"


def why_no_contact(store: Storage, patient_id: str) -> str:
    """The slug that says a deal has no contact to hang on, "" where it has one."""
    patient = store.record("patient", patient_id) if patient_id else None
    if patient is not None and patient.hubspot_id and patient.state == "linked":
        return ""
    return "no_patient"
