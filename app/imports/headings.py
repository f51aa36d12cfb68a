"""The headings that exports of Cliniko, and files made from them, are known to have: each with the field it means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from app.domain.imported import FileKind

_SIGNS: Final = re.compile(r"[_\-/().:#?*\"'\s]+")
_WORDS: Final = {
    "client": "patient",
    "clients": "patients",
    "clientid": "patientid",
    "surname": "last name",
    "suburb": "city",
    "town": "city",
    "postcode": "post code",
    "zip": "post code",
    "firstname": "first name",
    "lastname": "last name",
    "cancelation": "cancellation",
}
_WHOLE: Final = {
    "mobile": "mobile phone",
    "mobile number": "mobile phone",
    "phone mobile": "mobile phone",
    "mobile phone number": "mobile phone",
    "phone home": "home phone",
    "home phone number": "home phone",
    "phone work": "work phone",
    "work phone number": "work phone",
    "zip code": "post code",
    "post code code": "post code",
    "postal code": "post code",
}


def normal_heading(heading: str) -> str:
    """A heading in the form that synonyms are compared in: `PatientID(s)` gives `patientid s`."""
    words = _SIGNS.sub(" ", heading.replace("\ufeff", "").lower()).split()
    text = " ".join(_WORDS.get(word, word) for word in words)
    return _WHOLE.get(text, text)


def _table(**synonyms: str) -> dict[str, str]:
    """Normalised heading → field, from `field="one, another"`; each field also by its own name."""
    found: dict[str, str] = {}
    for name, listed in synonyms.items():
        for heading in (name, *listed.split(",")):
            found[normal_heading(heading)] = name
    return found


PATIENT_FIELDS: Final = _table(
    id="patient id, patientid, patient id s, patientid s, id, cliniko id, patient key",
    first_name="first name, given name, given names, legal first name",
    last_name="last name, family name, legal last name",
    full_name="name, patient name, full name, patient",
    preferred_first_name="preferred first name, preferred name, known as, nickname",
    title="title, salutation",
    date_of_birth="date of birth, dob, birth date, birthdate, birthday",
    sex="sex, sex assigned at birth",
    gender_identity="gender identity, gender",
    pronouns="pronouns",
    email="email, email address, e mail, e mail address, patient email",
    mobile_phone="mobile phone, cell phone, cell",
    home_phone="home phone",
    work_phone="work phone, business phone",
    other_phone="other phone",
    fax="fax, fax number",
    phone="phone, phone number, phone numbers, phone number s, telephone, contact number",
    address_1="address 1, address line 1, address, street, street address",
    address_2="address 2, address line 2",
    address_3="address 3, address line 3",
    city="city",
    state="state, region, county, province",
    post_code="post code",
    country="country",
    country_code="country code",
    time_zone="time zone, timezone",
    occupation="occupation",
    old_reference_id="old reference id, reference number, reference, external id, reference id",
    reminder_type="reminder type, appointment reminder type, reminders",
    receives_confirmation_emails="receives confirmation emails, confirmation emails, receives booking confirmation emails",
    accepted_privacy_policy="accepted privacy policy, privacy policy, privacy policy accepted",
    accepted_email_marketing="accepted email marketing, email marketing, accepts email marketing",
    accepted_sms_marketing="accepted sms marketing, sms marketing, accepts sms marketing",
    unsubscribed_email_marketing="unsubscribed from email marketing, unsubscribed email marketing, email unsubscribed",
    unsubscribed_sms_marketing="unsubscribed from sms marketing, unsubscribed sms marketing, sms unsubscribed",
    referral_source="referral source, referral source type, referrer, source",
    referring_doctor="referring doctor",
    concession_type="concession type, concession",
    created_at="created at, created date, date created, created",
    updated_at="updated at, updated date, date updated, updated, last updated",
    archived_at="archived at, archived date, archived",
    deleted_at="deleted at",
    last_appointment="last appointment",
    next_appointment="next appointment",
    account_credit="unapplied account credit, account credit, balance, outstanding",
)
APPOINTMENT_FIELDS: Final = _table(
    id="appointment id, appointmentid, id, booking id, bookingid, cliniko id",
    patient_ids="patient id, patientid, patient id s, patientid s, patient ids, patientids",
    patient_name="patient, patient name, patients, patient s, name, full name, patient full name",
    patient_first_name="patient first name, first name",
    patient_last_name="patient last name, last name",
    patient_email="patient email, email, email address",
    starts_at="start time, starts at, start, appointment start, start date, appointment time, start date time",
    date="date, appointment date",
    ends_at="end time, ends at, end, appointment end, end date time",
    duration="duration, duration mins, minutes, duration minutes, length",
    practitioner_id="practitioner id, practitionerid",
    practitioner="practitioner, practitioner name, staff member, staff",
    business_id="business id, businessid, location id",
    business="business, location, business name, clinic",
    appointment_type_id="appointment type id, type id",
    appointment_type="appointment type, type, service, appointment type name",
    appointment_category="appointment category, category",
    patient_arrived="patient arrived, arrived",
    did_not_arrive="did not arrive, dna, no show",
    cancelled_at="cancellation time, cancelled at, cancelled, canceled at, cancellation date",
    cancellation_reason="cancellation reason",
    cancellation_note="cancellation note",
    attendance="attendance, status",
    notes="notes, appointment notes",
    treatment_notes="treatment notes status, treatment note status",
    number_of_patients="number of patients",
    most_patients="maximum number of patients, max attendees, maximum patients",
    number_of_cancellations="number of cancellations",
    invoice_id="invoice id",
    email_reminder_sent="email reminder sent",
    sms_reminder_sent="sms reminder sent",
    created_at="created at, created date, booked at",
    updated_at="updated at, updated date",
    archived_at="archived at",
    deleted_at="deleted at",
)
FIELDS: Final[Mapping[FileKind, Mapping[str, str]]] = {
    "patients": PATIENT_FIELDS,
    "appointments": APPOINTMENT_FIELDS,
}
INVOICES: Final = frozenset({"issue date", "invoice amount", "invoice number"})


def normal_key(heading: str) -> str:
    """A heading as a key of the mapping would be written."""
    return normal_heading(heading).replace(" ", "_")
