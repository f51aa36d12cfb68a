"""Appointments of one and of many, their attendees, the bookings that join them, and patient cases."""

from __future__ import annotations

from typing import Any

from app.sandbox.cliniko_checks import (
    day,
    decimal,
    id_list,
    moment,
    one_of,
    reference,
    repeat_rule,
    text,
    whole,
    yes_no,
)
from app.sandbox.cliniko_filters import FieldType, Filter, Row
from app.sandbox.cliniko_people import NUMBER, TEXT, TIME
from app.sandbox.cliniko_resource import Json, Resource, View

CANCELLATIONS = {
    10: "Feeling Better",
    20: "Condition Worse",
    30: "Sick",
    31: "COVID-19 related",
    40: "Away",
    50: "Other",
    60: "Work",
}

_BOOLEAN, _DATE, _ARRAY = Filter(FieldType.BOOLEAN), Filter(FieldType.DATE), Filter(FieldType.ARRAY)

_SLOT_WRITES = {
    "starts_at": moment,
    "ends_at": moment,
    "notes": text(),
    "repeat_rule": repeat_rule,
    "practitioner_id": reference("practitioners", needed=True, as_field="practitioner"),
    "business_id": reference("businesses", needed=True, as_field="business"),
    # The service answers a missing type with a complaint about another field; clients have to cope.
    "appointment_type_id": reference(
        "appointment_types", needed=True, as_field="max_attendees", message="is not a number"
    ),
}


def _finish_cancelled(row: Row, shown: Json) -> None:
    shown["cancellation_reason_description"] = CANCELLATIONS.get(row.get("cancellation_reason") or 0, "")


def _finish_repeats(kind: str, row: Row, shown: Json, view: View) -> None:
    shown["repeats"] = None
    if row.get("repeat_rule"):
        shown["repeats"] = view.link(f"{kind}?q[]=repeated_from_id:={row['id']}")


def _finish_individual(row: Row, shown: Json, view: View) -> None:
    _finish_cancelled(row, shown)
    _finish_repeats("individual_appointments", row, shown, view)
    patient = view.data.tables["patients"].get(row.get("patient_id") or 0)
    shown["has_patient_appointment_notes"] = bool(patient and patient.get("appointment_notes"))
    subdomain = view.data.settings["account"]["subdomain"]
    shown["telehealth_url"] = f"https://{subdomain}.au1.cliniko.example.test/appointments/{row['id']}/connect"


INDIVIDUAL_APPOINTMENTS = Resource(
    name="individual_appointments",
    verbs=frozenset({"list", "read", "create", "update", "delete", "archive", "cancel", "conflicts"}),
    plain={
        "patient_name": None,
        "patient_arrived": False,
        "did_not_arrive": False,
        "cancellation_reason": None,
        "cancellation_reason_description": "",
        "cancellation_note": None,
        "invoice_status": None,
        "treatment_note_status": None,
        "email_reminder_sent": False,
        "sms_reminder_sent": False,
        "has_patient_appointment_notes": False,
        "online_booking_policy_accepted": None,
        "booking_ip_address": None,
        "notes": None,
        "repeat_rule": {},
        "telehealth_url": None,
    },
    times=("starts_at", "ends_at", "cancelled_at", "archived_at", "deleted_at"),
    one={
        "patient": ("patient_id", "patients"),
        "practitioner": ("practitioner_id", "practitioners"),
        "business": ("business_id", "businesses"),
        "appointment_type": ("appointment_type_id", "appointment_types"),
        "patient_case": ("patient_case_id", "patient_cases"),
        "repeated_from": ("repeated_from_id", "individual_appointments"),
    },
    many={
        "attendees": "individual_appointments/{id}/attendees",
        "conflicts": "individual_appointments/{id}/conflicts",
    },
    filters={
        "appointment_type_id": NUMBER,
        "archived_at": TIME,
        "business_id": NUMBER,
        "cancelled_at": TIME,
        "deleted_at": TIME,
        "did_not_arrive": _BOOLEAN,
        "ends_at": TIME,
        "patient_id": NUMBER,
        "practitioner_id": NUMBER,
        "repeated_from_id": NUMBER,
        "starts_at": TIME,
    },
    hidden=("archived_at", "cancelled_at", "deleted_at"),
    writes={
        **_SLOT_WRITES,
        "patient_id": reference("patients", needed=True, as_field="patient"),
        "patient_case_id": reference("patient_cases", as_field="patient_case"),
    },
    required=("starts_at", "patient_id", "practitioner_id", "business_id", "appointment_type_id"),
    finish=_finish_individual,
)


def _finish_group(row: Row, shown: Json, view: View) -> None:
    _finish_repeats("group_appointments", row, shown, view)
    subdomain = view.data.settings["account"]["subdomain"]
    shown["telehealth_url"] = f"https://{subdomain}.au1.cliniko.example.test/appointments/{row['id']}/connect"


GROUP_APPOINTMENTS = Resource(
    name="group_appointments",
    verbs=frozenset({"list", "read", "create", "update", "delete", "archive", "conflicts"}),
    plain={"max_attendees": 1, "notes": None, "repeat_rule": {}, "telehealth_url": None},
    times=("starts_at", "ends_at", "archived_at", "deleted_at"),
    one={
        "practitioner": ("practitioner_id", "practitioners"),
        "business": ("business_id", "businesses"),
        "appointment_type": ("appointment_type_id", "appointment_types"),
        "repeated_from": ("repeated_from_id", "group_appointments"),
    },
    many={
        "attendees": "group_appointments/{id}/attendees",
        "conflicts": "group_appointments/{id}/conflicts",
    },
    id_lists=("patient_ids",),
    filters={
        "appointment_type_id": NUMBER,
        "archived_at": TIME,
        "business_id": NUMBER,
        "deleted_at": TIME,
        "ends_at": TIME,
        "patient_ids": _ARRAY,
        "practitioner_id": NUMBER,
        "repeated_from_id": NUMBER,
        "starts_at": TIME,
    },
    hidden=("archived_at", "deleted_at"),
    writes={**_SLOT_WRITES, "max_attendees": whole(1, 99)},
    required=("starts_at", "practitioner_id", "business_id", "appointment_type_id"),
    finish=_finish_group,
)

UNAVAILABLE_BLOCKS = Resource(
    name="unavailable_blocks",
    verbs=frozenset({"list", "read", "archive", "delete", "conflicts"}),
    plain={"notes": None, "repeat_rule": {}, "repeats": None},
    times=("starts_at", "ends_at", "archived_at", "deleted_at"),
    one={"practitioner": ("practitioner_id", "practitioners"), "business": ("business_id", "businesses")},
    many={"conflicts": "unavailable_blocks/{id}/conflicts"},
    filters={
        "archived_at": TIME,
        "business_id": NUMBER,
        "deleted_at": TIME,
        "ends_at": TIME,
        "practitioner_id": NUMBER,
        "repeated_from_id": NUMBER,
        "starts_at": TIME,
    },
    hidden=("archived_at", "deleted_at"),
)


def _booked_patients(row: Row) -> Any:
    return row["patient_ids"] if "patient_ids" in row else [row.get("patient_id")]


BOOKINGS = Resource(
    name="bookings",
    verbs=frozenset({"list", "read"}),
    filters={
        "appointment_type_id": NUMBER,
        "archived_at": TIME,
        "business_id": NUMBER,
        "cancelled_at": TIME,
        "deleted_at": TIME,
        "did_not_arrive": _BOOLEAN,
        "email_reminder_sent": _BOOLEAN,
        "ends_at": TIME,
        "invoice_status": NUMBER,
        "patient_ids": Filter(FieldType.ARRAY, _booked_patients),
        "practitioner_id": NUMBER,
        "repeated_from_id": NUMBER,
        "sms_reminder_sent": _BOOLEAN,
        "starts_at": TIME,
        "treatment_note_status": NUMBER,
    },
    hidden=("archived_at", "cancelled_at", "deleted_at"),
)


def _finish_attendee(row: Row, shown: Json, view: View) -> None:
    _finish_cancelled(row, shown)
    subdomain = view.data.settings["account"]["subdomain"]
    secret = f"https://{subdomain}.au1.cliniko.example.test/a/{row['id']:x}"
    shown["telehealth_url"], shown["cancellation_url"] = f"{secret}/join", f"{secret}/cancel"
    shown["sms_reminder_sent"] = bool(row.get("sent_sms_reminders_count"))
    shown["email_reminder_sent"] = bool(row.get("sent_email_reminders_count"))


ATTENDEES = Resource(
    name="attendees",
    verbs=frozenset({"list", "read", "create", "update", "delete", "archive", "cancel"}),
    plain={
        "arrived": None,
        "notes": None,
        "cancellation_reason": None,
        "cancellation_reason_description": "",
        "cancellation_note": None,
        "cancellation_url": None,
        "invoice_status": None,
        "treatment_note_status": None,
        "sent_email_reminders_count": 0,
        "sent_sms_reminders_count": 0,
        "sent_email_follow_ups_count": 0,
        "sent_sms_follow_ups_count": 0,
        "email_reminder_sent": False,
        "sms_reminder_sent": False,
        "online_booking_policy_accepted": None,
        "booking_ip_address": None,
        "telehealth_url": None,
    },
    times=("cancelled_at", "archived_at", "deleted_at"),
    one={
        "booking": ("booking_id", "bookings"),
        "patient": ("patient_id", "patients"),
        "patient_case": ("patient_case_id", "patient_cases"),
    },
    many={"invoices": "attendees/{id}/invoices", "patient_forms": "attendees/{id}/patient_forms"},
    filters={
        "appointment_id": Filter(FieldType.NUMBER, "booking_id"),
        "archived_at": TIME,
        "booking_id": NUMBER,
        "cancelled_at": TIME,
        "deleted_at": TIME,
        "patient_case_id": NUMBER,
        "patient_id": NUMBER,
    },
    hidden=("archived_at", "cancelled_at", "deleted_at"),
    writes={
        "arrived": yes_no,
        "notes": text(),
        "patient_case_id": reference("patient_cases", as_field="patient_case"),
        "booking_id": reference("bookings", needed=True, as_field="booking"),
        "patient_id": reference("patients", needed=True, as_field="patient"),
    },
    required=("booking_id", "patient_id"),
    finish=_finish_attendee,
)


def _finish_case(row: Row, shown: Json, view: View) -> None:
    shown["closed"] = row.get("closed_at") is not None
    attendees = view.data.tables["attendees"].where("patient_id", row.get("patient_id"))
    shown["attendee_ids"] = [str(one["id"]) for one in attendees if one.get("patient_case_id") == row["id"]]


PATIENT_CASES = Resource(
    name="patient_cases",
    verbs=frozenset({"list", "read", "create", "update", "archive"}),
    plain={
        "name": "",
        "issue_date": None,
        "expiry_date": None,
        "max_sessions": None,
        "max_invoiceable_amount": None,
        "referral": None,
        "referral_type": None,
        "closed": None,
        "include_cancelled_attendees": None,
        "include_dna_attendees": None,
        "notes": None,
    },
    times=("closed_at", "archived_at"),
    one={"patient": ("patient_id", "patients"), "contact": ("contact_id", "contacts")},
    many={
        "attendees": "patient_cases/{id}/attendees",
        "bookings": "patient_cases/{id}/bookings",
        "invoices": "patient_cases/{id}/invoices",
        "patient_attachments": "patient_cases/{id}/patient_attachments",
    },
    filters={
        "archived_at": TIME,
        "closed_at": TIME,
        "expiry_date": _DATE,
        "issue_date": _DATE,
        "name": TEXT,
        "patient_id": NUMBER,
        "referral_type": TEXT,
    },
    hidden=("archived_at",),
    writes={
        "name": text(needed=True),
        "patient_id": reference("patients", needed=True, as_field="patient"),
        "contact_id": reference("contacts", as_field="contact"),
        "issue_date": day,
        "expiry_date": day,
        "max_sessions": whole(1, 200),
        "max_invoiceable_amount": decimal(),
        "referral": yes_no,
        "referral_type": one_of("medicare", "dva"),
        "closed": yes_no,
        "include_cancelled_attendees": yes_no,
        "include_dna_attendees": yes_no,
        "notes": text(),
        "attendee_ids": id_list,
    },
    required=("name", "patient_id"),
    finish=_finish_case,
)
