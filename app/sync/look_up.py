"""A record that was never met, looked up in Cliniko: the one reason why it is not in HubSpot, or unknown (R82)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from app.domain.clinic_time import window
from app.domain.ids import Kind
from app.domain.visits import Appointment
from app.errors import BadInput, RequestRefused
from app.streams.billing_reading import parse_invoice
from app.streams.visit_reading import parse_appointment, parse_group_appointment
from app.sync.appointments import AppointmentDrafts
from app.sync.invoice_items import InvoiceItems
from app.sync.invoice_line import ISSUED_FROM, SINCE
from app.sync.invoices import InvoiceDrafts
from app.sync.lists import Lists
from app.sync.ports import Json
from app.sync.run import Run
from app.sync.sides import ContactSide, PatientSide, Side
from app.sync.why import STREAM, answer, why_no_contact

WAITS = "next_run"


def look_up(run: Run, kind: Kind, cliniko_id: str) -> dict[str, Any]:
    """Ask Cliniko for one record and say why it is not in HubSpot. `unknown` where Cliniko has none."""
    found = _reason(run, kind, cliniko_id) if cliniko_id.isdigit() else None
    if found is None:
        return answer(kind, cliniko_id, "unknown")
    if not run.settings.flag(f"streams.{STREAM[kind]}"):
        found = "stream_off"
    return answer(kind, cliniko_id, "waiting" if found == WAITS else "left_out", found)


def _reason(run: Run, kind: Kind, cliniko_id: str) -> str | None:
    """The slug, None where Cliniko does not know the id."""
    try:
        if kind in ("patient", "contact"):
            side = PatientSide(run) if kind == "patient" else ContactSide(run)
            return _of_person(run, side, cliniko_id)
        return _of_visit(run, cliniko_id) if kind == "appointment" else _of_invoice(run, cliniko_id)
    except BadInput:
        return "unreadable"


def _get(run: Run, path: str) -> Json | None:
    try:
        return run.cliniko.get(path)
    except RequestRefused as error:
        # An id longer than Cliniko's own is answered with a refusal instead of "not found".
        if error.status in (400, 422):
            return None
        raise


def _of_person(run: Run, side: Side, cliniko_id: str) -> str | None:
    row = _get(run, f"{side.resource}/{cliniko_id}")
    if row is None:
        return None
    draft = side.draft(row)
    if draft.status != "active":
        return draft.status
    return side.left_out(draft) or WAITS


def _of_visit(run: Run, cliniko_id: str) -> str | None:
    row = _get(run, f"individual_appointments/{cliniko_id}")
    place: Appointment
    if row is not None:
        place = parse_appointment(row)
    else:
        group = _get(run, f"group_appointments/{cliniko_id}")
        if group is None:
            return None
        if not run.settings.flag("appointments.groups"):
            return "group"
        place = parse_group_appointment(group)
    days = window(run.now(), run.clinic.zone, run.settings.number("appointments.days_forward"))
    if row is None:
        return WAITS if place.starts_at in days else "outside_window"
    reason = AppointmentDrafts(run, Lists(run)).left_out(place, None, days)
    return reason or why_no_contact(run.store, place.patient_id) or WAITS


def _of_invoice(run: Run, cliniko_id: str) -> str | None:
    row = _get(run, f"invoices/{cliniko_id}")
    if row is None:
        return None
    invoice = parse_invoice(row)
    since, issued_from = run.store.fact(SINCE), run.store.fact(ISSUED_FROM)
    if since is None or issued_from is None:
        return WAITS
    moment = datetime.fromisoformat(since)
    items = InvoiceItems(run, moment, run.settings.flag("invoices.deal_per_item"))
    drafts = InvoiceDrafts(run, Lists(run), items, moment, date.fromisoformat(issued_from))
    reason = drafts.left_out(drafts.known([invoice])[0])
    return reason or why_no_contact(run.store, invoice.patient_id) or WAITS
