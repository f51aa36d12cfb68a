"""Appointment to deal: pipeline, stages, properties, and how each value is made (R20 to R27)."""

from __future__ import annotations

from app.domain.clinic_time import english_day, local_day
from app.domain.hubspot_text import day_text, flag_text, moment_text, money_text, whole_text
from app.domain.stream import Group, Pipeline, Property, Stage
from app.domain.visits import STATUSES, AppointmentView, Case, status_of
from app.streams.rows import Rows, values_of
from app.streams.visit_reading import parse_appointment, parse_attendee, parse_case, parse_group_appointment

__all__ = [
    "APPOINTMENT_GROUP",
    "APPOINTMENT_PIPELINE",
    "APPOINTMENT_PROPERTIES",
    "PRICE_PROPERTIES",
    "appointment_values",
    "parse_appointment",
    "parse_attendee",
    "parse_case",
    "parse_group_appointment",
]

APPOINTMENT_GROUP = Group("cliniko_appointment", "Cliniko appointment", "deals")

APPOINTMENT_PIPELINE = Pipeline(
    "cliniko_appointments",
    "Cliniko appointments",
    (
        Stage("cliniko_appt_booked", "Booked", "0.6", "booked"),
        Stage("cliniko_appt_arrived", "Arrived", "0.9", "arrived"),
        Stage("cliniko_appt_attended", "Attended", "1.0", "attended"),
        Stage("cliniko_appt_not_marked", "Not marked", "0.5", "not_marked"),
        Stage("cliniko_appt_did_not_arrive", "Did not arrive", "0.0", "did_not_arrive"),
        Stage("cliniko_appt_cancelled", "Cancelled", "0.0", "cancelled"),
        Stage("cliniko_appt_removed", "Removed", "0.0", "removed"),
    ),
    "appointments",
)

PRICE_PROPERTIES = ("amount", "cliniko_estimated_value")
"""What a change of prices leaves alone once the appointment has begun (R24)."""

CANCELLATION_REASONS = {
    10: "Feeling better",
    20: "Condition worse",
    30: "Sick",
    31: "COVID-19 related",
    40: "Away",
    50: "Other",
    60: "Work",
}
INVOICE_STATUSES = {10: "open", 20: "paid", 30: "closed", 40: "open_credit"}
_STAGE_OF = {stage.status: stage.id for stage in APPOINTMENT_PIPELINE.stages}


def _status(view: AppointmentView) -> str:
    return status_of(view.appointment, view.now, view.require_tick)


def _stage(view: AppointmentView) -> str:
    """The stage as HubSpot calls it, which may not be the id we asked for."""
    wanted = _STAGE_OF[_status(view)]
    return view.ids.get(wanted, wanted)


def _pipeline(view: AppointmentView) -> str:
    return view.ids.get(APPOINTMENT_PIPELINE.id, APPOINTMENT_PIPELINE.id)


def _deal_name(view: AppointmentView) -> str:
    """Neutral at minimal; who treats at standard; what kind of visit at detailed (schema §6)."""
    day = english_day(local_day(view.appointment.starts_at, view.zone))
    if view.level == "minimal":
        return f"Appointment {day}"
    kind = view.type_name if view.level == "detailed" else ""
    return " – ".join(part for part in ("Appointment", view.practitioner, day, kind) if part)


def _url(view: AppointmentView) -> str:
    return f"{view.web_url}/appointments/{view.appointment.id}" if view.web_url else ""


def _invoice_status(view: AppointmentView) -> str:
    code = view.appointment.invoice_status
    return INVOICE_STATUSES.get(code, "none") if code is not None else "none"


def _cancellation_reason(view: AppointmentView) -> str:
    code = view.appointment.cancellation_reason
    return CANCELLATION_REASONS.get(code, "") if code is not None and view.appointment.cancelled_at else ""


def _case(view: AppointmentView) -> Case:
    """The case, or one with nothing in it."""
    return view.case or Case(id="")


def _case_name(view: AppointmentView) -> str:
    """Case names are often clinical, so the clinic may keep them to itself."""
    return _case(view).name if view.send_case_name else ""


def _sessions_left(view: AppointmentView) -> str:
    allowed, used = _case(view).max_sessions, view.sessions_used
    return "" if allowed is None or used is None else whole_text(max(0, allowed - used))


_DEAL: Rows[AppointmentView] = Rows("dealinformation", "deals", standard=True)
_A: Rows[AppointmentView] = Rows(APPOINTMENT_GROUP.name, "deals")

# fmt: off
# A table: as few lines a row as fit.
_STANDARD: tuple[Property, ...] = (
    _DEAL.row("string", "dealname", "M*", "starts_at, practitioner, type", "Name of the deal", _deal_name,
        "Deal name"),
    _DEAL.row("enumeration", "pipeline", "M*", "kind of record", "Pipeline of the appointments", _pipeline,
        "Pipeline"),
    _DEAL.row("enumeration", "dealstage", "M*", "status", "Stage by the appointment's status", _stage,
        "Deal stage"),
    _DEAL.row("datetime", "closedate", "M*", "starts_at", "When the appointment begins",
        lambda v: moment_text(v.appointment.starts_at), "Close date"),
    _DEAL.row("number", "amount", "M*", "price list",
        "Price of the appointment, where amounts are switched on",
        lambda v: money_text(v.estimated) if v.add_amount else "", "Amount"),
    _DEAL.row("enumeration", "hubspot_owner_id", "M*", "practitioner, by setting", "Owner of the deal",
        lambda v: v.owner_id, "Deal owner"),
)
_OWN: tuple[Property, ...] = (
    _A.key("cliniko_appointment_key", "id, in groups with the attendee's",
        "Unique key of the appointment; never edit it", lambda v: v.appointment.key, "Appointment key"),
    _A.row("string", "cliniko_appointment_id", "M*", "id", "Cliniko's number of the booking",
        lambda v: v.appointment.id),
    _A.row("string", "cliniko_appointment_url", "M*", "web address and id",
        "Opens the appointment in Cliniko", _url),
    _A.row("string", "cliniko_deal_patient_id", "M*", "patient", "Patient of the appointment",
        lambda v: v.appointment.patient_id),
    _A.row("datetime", "cliniko_appointment_start", "M*", "starts_at", "Begin",
        lambda v: moment_text(v.appointment.starts_at)),
    _A.row("datetime", "cliniko_appointment_end", "M*", "ends_at", "End",
        lambda v: moment_text(v.appointment.ends_at)),
    _A.row("number", "cliniko_appointment_minutes", "S", "starts_at, ends_at", "Length in minutes",
        lambda v: whole_text(v.appointment.minutes)),
    _A.row("enumeration", "cliniko_appointment_status", "M*", "worked out",
        "Status, also where the deal is in another pipeline", _status, options=STATUSES),
    _A.row("string", "cliniko_appointment_type_id", "S", "appointment_type", "Number of the appointment type",
        lambda v: v.appointment.appointment_type_id),
    _A.row("string", "cliniko_appointment_type", "S", "appointment_type, or its alias", "Kind of appointment",
        lambda v: v.type_name),
    _A.row("string", "cliniko_appointment_category", "S", "appointment_type, category",
        "Category of the appointment type", lambda v: v.type.category if v.type else ""),
    _A.row("string", "cliniko_practitioner_id", "S*", "practitioner", "Number of the practitioner",
        lambda v: v.appointment.practitioner_id),
    _A.row("string", "cliniko_practitioner", "S*", "practitioner", "Who treats", lambda v: v.practitioner),
    _A.row("string", "cliniko_practitioner_email", "S*", "user of the practitioner",
        "Address of the practitioner's user", lambda v: v.practitioner_email),
    _A.row("string", "cliniko_business_id", "S", "business", "Number of the location",
        lambda v: v.appointment.business_id),
    _A.row("string", "cliniko_business", "S", "business", "Location", lambda v: v.business),
    _A.row("bool", "cliniko_patient_arrived", "S", "patient_arrived", "Arrival was ticked",
        lambda v: flag_text(v.appointment.patient_arrived)),
    _A.row("bool", "cliniko_did_not_arrive", "S", "did_not_arrive", "The patient did not come",
        lambda v: flag_text(v.appointment.did_not_arrive)),
    _A.row("datetime", "cliniko_cancelled_at", "S", "cancelled_at", "When it was cancelled",
        lambda v: moment_text(v.appointment.cancelled_at)),
    _A.row("enumeration", "cliniko_cancellation_reason", "D", "cancellation_reason", "Why it was cancelled",
        _cancellation_reason, options=tuple(CANCELLATION_REASONS.values())),
    _A.row("datetime", "cliniko_booked_at", "S", "created_at", "When it was booked",
        lambda v: moment_text(v.appointment.created_at)),
    _A.row("datetime", "cliniko_appointment_updated_at", "S", "updated_at", "When it was last changed",
        lambda v: moment_text(v.appointment.updated_at)),
    _A.row("bool", "cliniko_booked_online", "S", "online policy or booking address present",
        "Booked on the booking page", lambda v: flag_text(v.appointment.booked_online)),
    _A.row("bool", "cliniko_is_telehealth", "S", "appointment_type, telehealth_enabled",
        "The kind of appointment is held by video",
        lambda v: flag_text(v.type.telehealth_enabled) if v.type else ""),
    _A.row("bool", "cliniko_is_first_visit", "S*", "visits", "The patient's earliest appointment that stands",
        lambda v: flag_text(v.is_first_visit)),
    _A.row("bool", "cliniko_is_group", "S", "kind of booking", "A place in a group appointment",
        lambda v: flag_text(v.appointment.is_group)),
    _A.row("bool", "cliniko_repeat_series", "D", "repeat_rule, repeated_from", "Part of a series",
        lambda v: flag_text(v.appointment.is_repeat)),
    _A.row("enumeration", "cliniko_invoice_status", "S", "invoice_status", "How far it is invoiced",
        _invoice_status, options=("none", "open", "paid", "closed", "open_credit")),
    _A.row("bool", "cliniko_reminder_sent", "D", "reminder flags", "A reminder went out",
        lambda v: flag_text(v.appointment.reminder_sent)),
    _A.row("number", "cliniko_estimated_value", "S", "price list", "Price of the appointment by its type",
        lambda v: money_text(v.estimated)),
    _A.row("string", "cliniko_case_id", "S", "patient_case", "Number of the case",
        lambda v: _case(v).id or v.appointment.case_id),
    _A.row("string", "cliniko_case_name", "S", "patient_case, name", "Name of the case, unless switched off",
        _case_name),
    _A.row("date", "cliniko_case_issue_date", "S", "patient_case, issue_date", "First day of the case",
        lambda v: day_text(_case(v).issue_date)),
    _A.row("date", "cliniko_case_expiry_date", "S", "patient_case, expiry_date", "Last day of the case",
        lambda v: day_text(_case(v).expiry_date)),
    _A.row("enumeration", "cliniko_case_status", "S", "patient_case, closed_at and archived_at",
        "Whether the case is open", lambda v: v.case.status if v.case else "",
        options=("open", "closed", "archived")),
    _A.row("number", "cliniko_case_max_sessions", "D", "patient_case, max_sessions",
        "Sessions the case allows", lambda v: whole_text(_case(v).max_sessions)),
    _A.row("number", "cliniko_case_sessions_used", "D", "attendees of the case", "Sessions used",
        lambda v: whole_text(v.sessions_used) if v.case else ""),
    _A.row("number", "cliniko_case_sessions_left", "D", "attendees of the case", "Sessions left",
        _sessions_left),
    _A.row("number", "cliniko_case_max_amount", "D", "patient_case, max_invoiceable_amount",
        "Most that may be invoiced", lambda v: money_text(_case(v).max_amount)),
    _A.row("enumeration", "cliniko_case_referral_type", "D", "patient_case, referral_type",
        "Kind of referral", lambda v: _case(v).referral_type, options=("medicare", "dva")),
    _A.row("string", "cliniko_case_doctor", "D", "patient_case, contact", "Doctor of the case",
        lambda v: v.case_doctor if v.case else ""),
)
# fmt: on

APPOINTMENT_PROPERTIES: tuple[Property, ...] = _STANDARD + _OWN
"""Everything an appointment brings: HubSpot's own deal properties, then ours."""


def appointment_values(view: AppointmentView) -> dict[str, str]:
    """Property name to value at every privacy level; "" means blank (R20 to R26)."""
    return values_of(APPOINTMENT_PROPERTIES, view)
