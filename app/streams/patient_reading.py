"""A patient row of Cliniko, and its referral source, read once into records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.people import Patient, Referral
from app.errors import BadInput
from app.streams import cliniko_json as read

_REMINDERS = {word.casefold(): word for word in ("None", "SMS", "Email", "SMS & Email")}


def parse_patient(row: object) -> Patient:
    """The patient in a row as Cliniko sent it. `BadInput` when it has no readable id.

    Empty text and null are the same; what cannot be read counts as empty. The e-mail address is trimmed and
    in lower case, but kept even when it is malformed, so that it can be asked about.
    """
    source = read.as_row(row, "a patient")
    custom = source.get("custom_fields")
    return Patient(
        id=read.record_id(source, "a patient"),
        first_name=read.text(source, "first_name"),
        last_name=read.text(source, "last_name"),
        preferred_first_name=read.text(source, "preferred_first_name"),
        title=read.text(source, "title"),
        date_of_birth=read.day(source, "date_of_birth"),
        sex=read.text(source, "sex"),
        gender_identity=read.text(source, "gender_identity"),
        pronouns=_pronouns(source),
        email=read.text(source, "email").lower(),
        phones=read.phones(source, "patient_phone_numbers"),
        address_1=read.text(source, "address_1"),
        address_2=read.text(source, "address_2"),
        address_3=read.text(source, "address_3"),
        city=read.text(source, "city"),
        state=read.text(source, "state"),
        post_code=read.text(source, "post_code"),
        country=read.text(source, "country"),
        country_code=read.text(source, "country_code").upper(),
        time_zone=read.text(source, "time_zone"),
        occupation=read.text(source, "occupation"),
        old_reference_id=read.text(source, "old_reference_id"),
        reminder_type=_REMINDERS.get(read.text(source, "reminder_type").casefold(), ""),
        receives_confirmation_emails=read.flag(source, "receives_confirmation_emails"),
        accepted_privacy_policy=read.flag(source, "accepted_privacy_policy"),
        accepted_email_marketing=read.flag(source, "accepted_email_marketing"),
        accepted_sms_marketing=read.flag(source, "accepted_sms_marketing"),
        concession_type_id=read.link(source, "concession_type"),
        referring_doctor_id=read.link(source, "referring_doctor"),
        merged_into=read.link(source, "merged_with_patient"),
        created_at=read.moment(source, "created_at"),
        updated_at=read.moment(source, "updated_at"),
        archived_at=read.moment(source, "archived_at"),
        deleted_at=read.moment(source, "deleted_at"),
        merged_at=read.moment(source, "merged_at"),
        custom_fields=dict(custom) if isinstance(custom, Mapping) else {},
    )


def _pronouns(source: Mapping[str, Any]) -> str:
    """`she/her` from Cliniko's five forms (or the text that older records hold)."""
    forms = source.get("pronouns")
    if not isinstance(forms, Mapping):
        return read.text(source, "pronouns")
    return "/".join(form for form in (read.text(forms, "nominative"), read.text(forms, "accusative")) if form)


def parse_referral(
    row: object, type_names: Mapping[str, str], contact_names: Mapping[str, str]
) -> tuple[str, Referral]:
    """A referral-source row as (patient id, referral); the look-ups map ids to names (R4).

    `BadInput` when it names no patient. A referrer's name is taken only from `contact_names`.
    """
    source = read.as_row(row, "a referral source")
    patient_id = read.link(source, "patient") or read.id_in_address(_self(source))
    if not patient_id:
        raise BadInput("Cliniko sent a referral source without a readable patient")
    referrer_type = read.text(source, "referrer_type")
    referrer_id = read.link(source, "referrer")
    return patient_id, Referral(
        type_name=type_names.get(read.link(source, "referral_source_type"), ""),
        subcategory=read.text(source, "subcategory"),
        referrer_type=referrer_type,
        referrer_id=referrer_id,
        referrer_name=contact_names.get(referrer_id, "") if referrer_type == "Contact" else "",
    )


def _self(source: Mapping[str, Any]) -> str:
    """The record's own address, "" without one."""
    links = source.get("links")
    own = links.get("self") if isinstance(links, Mapping) else None
    return own if isinstance(own, str) else ""
