"""Patients, contacts and where patients come from: what is shown, filtered and written."""

from __future__ import annotations

from typing import Any

from app.sandbox.cliniko_checks import (
    DVA,
    EMAIL,
    country,
    custom_fields,
    day,
    one_of,
    phones,
    pronouns,
    reference,
    text,
    yes_no,
)
from app.sandbox.cliniko_filters import FieldType, Filter, Row
from app.sandbox.cliniko_phones import country_name, normalized
from app.sandbox.cliniko_resource import Json, Resource, View

TIME, TEXT, NUMBER = Filter(FieldType.TIME), Filter(FieldType.TEXT), Filter(FieldType.NUMBER)

REMINDERS = ("None", "SMS", "Email", "SMS & Email")
CONTACT_TYPES = {0: "Standard", 1: "Doctor", 2: "3rd Party Payer"}


def shown_phones(numbers: list[dict[str, str]] | None, country_code: str | None) -> list[Json]:
    """Phone numbers as given out, each with its international digits."""
    return [
        {
            "number": one["number"],
            "normalized_number": normalized(one["number"], country_code),
            "phone_type": one["phone_type"],
        }
        for one in numbers or ()
    ]


def full_name(row: Row) -> str:
    """First and last name, as far as there are any."""
    return " ".join(part for part in (row.get("first_name"), row.get("last_name")) if part)


def _finish_patient(row: Row, shown: Json, view: View) -> None:
    code = row.get("country_code") or view.data.country_code
    shown["label"] = full_name(row)
    shown["country"] = country_name(row.get("country_code"))
    shown["patient_phone_numbers"] = shown_phones(row.get("patient_phone_numbers"), code)
    visits = view.data.tables["individual_appointments"].where("patient_id", row["id"])
    standing = [one for one in visits if one.get("cancelled_at") is None and one.get("archived_at") is None]
    if standing:
        latest = max(standing, key=lambda one: str(one["starts_at"]))
        shown["latest_booking"] = view.link(f"bookings/{latest['id']}")
    shown["custom_fields"] = _shown_custom_fields(row.get("custom_fields"), view)


def _shown_custom_fields(held: Any, view: View) -> Any:
    if held is None:
        return None
    defined = view.data.custom_field_names()
    sections = []
    for section in held["sections"]:
        fields = [{**one, **defined.get(one.get("token"), {})} for one in section.get("fields") or ()]
        named = defined.get(section.get("token"), {})
        sections.append({**section, **named, "fields": fields})
    return {"sections": sections}


_PATIENT_TEXTS = {
    "title": 255,
    "preferred_first_name": 255,
    "address_1": 255,
    "address_2": 255,
    "address_3": 255,
    "city": 255,
    "occupation": 255,
    "emergency_contact": 255,
    "medicare": 255,
    "medicare_reference_number": 255,
    "old_reference_id": 255,
    "referral_source": 255,
    "sex": 0,
    "gender_identity": 0,
    "state": 0,
    "post_code": 0,
    "time_zone": 0,
    "notes": 0,
    "appointment_notes": 0,
    "invoice_default_to": 0,
    "invoice_extra_information": 0,
}

PATIENTS = Resource(
    name="patients",
    verbs=frozenset({"list", "read", "create", "update", "delete", "archive", "unarchive"}),
    plain={
        "title": None,
        "first_name": None,
        "last_name": None,
        "preferred_first_name": None,
        "label": None,
        "date_of_birth": None,
        "sex": None,
        "gender": None,
        "gender_identity": None,
        "pronouns": None,
        "email": None,
        "patient_phone_numbers": None,
        "address_1": None,
        "address_2": None,
        "address_3": None,
        "city": None,
        "state": None,
        "post_code": None,
        "country": None,
        "country_code": None,
        "time_zone": None,
        "occupation": None,
        "emergency_contact": None,
        "medicare": None,
        "medicare_reference_number": None,
        "dva_card_number": None,
        "old_reference_id": None,
        "notes": None,
        "appointment_notes": None,
        "invoice_default_to": None,
        "invoice_email": None,
        "invoice_extra_information": None,
        "reminder_type": "SMS & Email",
        "receives_confirmation_emails": True,
        "receives_cancellation_emails": True,
        "accepted_privacy_policy": None,
        "accepted_email_marketing": None,
        "accepted_sms_marketing": None,
        "referral_source": None,
        "custom_fields": None,
    },
    times=("archived_at", "deleted_at", "merged_at"),
    one={
        "concession_type": ("concession_type_id", "concession_types"),
        "referring_doctor": ("referring_doctor_id", "contacts"),
        "merged_with_patient": ("merged_with_patient_id", "patients"),
    },
    many={
        "appointments": "patients/{id}/appointments",
        "attendees": "attendees?q%5B%5D=patient_id%3A%3D{id}",
        "invoices": "patients/{id}/invoices?page=1",
        "medical_alerts": "patients/{id}/medical_alerts",
        "patient_attachments": "patients/{id}/patient_attachments",
        "relationships": "relationships?q%5B%5D=patient_id%3A%3D{id}",
    },
    filters={
        "accepted_privacy_policy": Filter(FieldType.BOOLEAN),
        "archived_at": TIME,
        "date_of_birth": Filter(FieldType.DATE),
        "email": TEXT,
        "first_name": TEXT,
        "last_name": TEXT,
        "old_reference_id": TEXT,
        "preferred_first_name": TEXT,
    },
    hidden=("archived_at",),
    writes={
        **{name: text(most) for name, most in _PATIENT_TEXTS.items()},
        "first_name": text(255, needed=True),
        "last_name": text(255, needed=True),
        "date_of_birth": day,
        "pronouns": pronouns,
        "email": text(255, pattern=EMAIL),
        "invoice_email": text(pattern=EMAIL),
        "dva_card_number": text(pattern=DVA),
        "patient_phone_numbers": phones,
        "country_code": country,
        "reminder_type": one_of(*REMINDERS),
        "receives_confirmation_emails": yes_no,
        "receives_cancellation_emails": yes_no,
        "accepted_privacy_policy": yes_no,
        "accepted_email_marketing": yes_no,
        "unsubscribe_sms_marketing": yes_no,
        "custom_fields": custom_fields,
        "concession_type_id": reference("concession_types", as_field="concession_type"),
        "referring_doctor_id": reference("contacts", as_field="referring_doctor"),
    },
    required=("first_name", "last_name"),
    finish=_finish_patient,
)


def _finish_contact(row: Row, shown: Json, view: View) -> None:
    code = row.get("country_code") or view.data.country_code
    shown["country"] = country_name(row.get("country_code"))
    shown["type"] = CONTACT_TYPES.get(row.get("type_code", 0))
    shown["phone_numbers"] = shown_phones(row.get("phone_numbers"), code)


CONTACTS = Resource(
    name="contacts",
    verbs=frozenset({"list", "read", "create", "update", "delete", "archive"}),
    plain={
        "title": None,
        "first_name": None,
        "last_name": None,
        "preferred_name": None,
        "company_name": None,
        "occupation": None,
        "email": None,
        "phone_numbers": None,
        "address_1": None,
        "address_2": None,
        "address_3": None,
        "city": None,
        "state": None,
        "post_code": None,
        "country": None,
        "country_code": None,
        "provider_number": None,
        "doctor_type": None,
        "type": None,
        "type_code": 0,
        "notes": None,
    },
    times=("archived_at", "deleted_at"),
    filters={
        "archived_at": TIME,
        "deleted_at": TIME,
        "company_name": TEXT,
        "email": TEXT,
        "first_name": TEXT,
        "last_name": TEXT,
        "occupation": TEXT,
        "type_code": NUMBER,
    },
    hidden=("archived_at", "deleted_at"),
    writes={
        **{
            name: text(255)
            for name in (
                "first_name",
                "last_name",
                "company_name",
                "occupation",
                "address_1",
                "address_2",
                "address_3",
                "city",
                "state",
                "post_code",
                "provider_number",
            )
        },
        "title": text(),
        "preferred_name": text(),
        "notes": text(),
        "email": text(255, pattern=EMAIL),
        "phone_numbers": phones,
        "country_code": country,
        "doctor_type": one_of("general_practitioner", "specialist"),
        "type_code": one_of(0, 1, 2),
    },
    finish=_finish_contact,
)


def _finish_referral_source(row: Row, shown: Json, view: View) -> None:
    referrer_id, kind = row.get("referrer_id"), row.get("referrer_type")
    if referrer_id is not None:
        shown["referrer"] = view.link(f"{'contacts' if kind == 'Contact' else 'patients'}/{referrer_id}")


REFERRAL_SOURCES = Resource(
    name="referral_sources",
    verbs=frozenset({"list"}),
    plain={"referrer_type": None, "subcategory": None, "notes": None},
    times=("archived_at",),
    one={
        "patient": ("patient_id", "patients"),
        "referral_source_type": ("referral_source_type_id", "referral_source_types"),
    },
    filters={"archived_at": TIME, "referral_source_type_id": NUMBER, "referrer_id": NUMBER},
    hidden=("archived_at",),
    writes={
        "referral_source_type_id": reference("referral_source_types", as_field="referral_source_type"),
        "referrer_id": lambda data, value: value,
        "subcategory": text(),
        "notes": text(),
    },
    finish=_finish_referral_source,
    self_path="patients/{patient_id}/referral_source",
)


def _finish_referral_source_type(row: Row, shown: Json, view: View) -> None:
    kind = row.get("referrer_type")
    if kind is not None:
        shown["referrers"] = view.link("contacts" if kind == "Contact" else "patients")


REFERRAL_SOURCE_TYPES = Resource(
    name="referral_source_types",
    verbs=frozenset({"list", "read"}),
    plain={"name": "", "referrer_type": None, "subcategories": None},
    times=("archived_at",),
    filters={"archived_at": TIME},
    hidden=("archived_at",),
    finish=_finish_referral_source_type,
)

CONCESSION_TYPES = Resource(
    name="concession_types",
    verbs=frozenset({"list", "read", "create", "update"}),
    plain={"name": ""},
    times=("archived_at",),
    filters={"archived_at": TIME},
    hidden=("archived_at",),
    writes={"name": text(255, needed=True)},
    required=("name",),
)
