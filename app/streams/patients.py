"""Patient to HubSpot contact: every property a patient fills, beside the function that makes its value."""

from __future__ import annotations

from app.domain.countries import country_code
from app.domain.hubspot_text import day_text, flag_text, moment_text, whole_text, yes_no
from app.domain.mailbox import usable_email
from app.domain.normalise import eighteenth_birthday
from app.domain.people import Patient, PatientView
from app.domain.stream import Group, Property
from app.streams.patient_reading import parse_patient, parse_referral
from app.streams.person_values import first_phone, phone_list, standard_rows
from app.streams.rows import Rows, in_smallest_set, values_of

__all__ = [
    "PATIENT_GROUP",
    "PATIENT_PROPERTIES",
    "parse_patient",
    "parse_referral",
    "patient_values",
    "usable_email",
]

PATIENT_GROUP = Group("cliniko_patient", "Cliniko patient", "contacts")

_CONSENT = ("yes", "no", "not_asked")
_OTHER_PHONES = ("Work", "Fax", "Other")


def _first_name(view: PatientView) -> str:
    """The legal first name, or the preferred one where the clinic wants it so (R11)."""
    if view.preferred_first_name == "first_name" and view.patient.preferred_first_name:
        return view.patient.preferred_first_name
    return view.patient.first_name


def _own_preferred_name(view: PatientView) -> str:
    """Blank where the clinic does not share preferred names at all (R11)."""
    return "" if view.preferred_first_name == "off" else view.patient.preferred_first_name


def _email(view: PatientView) -> str:
    """The address, only on the contact of the inbox's holder (R12)."""
    if not view.household.has_address or not view.email_usable:
        return ""
    return usable_email(view.patient.email)


def _shared_email(view: PatientView) -> str:
    """The address of somebody who shares an inbox that another one holds."""
    return "" if view.household.has_address else usable_email(view.patient.email)


def _holder(view: PatientView) -> str:
    return view.household.holder_id if usable_email(view.patient.email) else ""


def _household_size(view: PatientView) -> str:
    return whole_text(view.household.size) if usable_email(view.patient.email) else ""


def _is_minor(view: PatientView) -> str:
    """Under 18 on the clinic's day, blank without a birth date."""
    born = view.patient.date_of_birth
    return "" if born is None else flag_text(view.today < eighteenth_birthday(born))


def _url(view: PatientView) -> str:
    return f"{view.web_url}/patients/{view.patient.id}" if view.web_url else ""


def _referrer_type(view: PatientView) -> str:
    """Patient or Contact; Other for every further kind of referral source."""
    kind = view.referral.referrer_type.strip().capitalize()
    if kind in ("Patient", "Contact"):
        return kind
    return "Other" if kind or view.referral.type_name else ""


def _referrer(view: PatientView) -> str:
    """A Cliniko contact by name; a patient who referred only by id, since names of patients are private."""
    kind = _referrer_type(view)
    if kind == "Patient":
        return view.referral.referrer_id
    return view.referral.referrer_name if kind == "Contact" else ""


def _privacy_policy(view: PatientView) -> str:
    accepted = view.patient.accepted_privacy_policy
    return "no_response" if accepted is None else ("accepted" if accepted else "rejected")


def _country_code(view: PatientView) -> str:
    patient: Patient = view.patient
    return patient.country_code or country_code(patient.country)


_STANDARD: tuple[Property, ...] = standard_rows(
    lambda view: view.patient, _first_name, lambda view: view.patient.last_name, _email, "patient"
)

_ROWS: Rows[PatientView] = Rows("contactinformation", standard=True)
_OPTIONAL: tuple[Property, ...] = (
    _ROWS.row(
        "string",
        "hubspot_owner_id",
        "S",
        "owner of the main practitioner",
        "HubSpot owner, where the clinic wants it set",
        lambda v: v.owner_id,
        "Contact owner",
    ),
    _ROWS.row(
        "enumeration",
        "lifecyclestage",
        "S",
        "first attended visit",
        "Becomes customer after the first attended visit, where wanted; never goes back",
        None,
        "Lifecycle stage",
    ),
)

# fmt: off
# A table: as few lines a row as fit.
_P: Rows[PatientView] = Rows(PATIENT_GROUP.name)
_small = in_smallest_set
_OWN: tuple[Property, ...] = (
    _small(_P.key("cliniko_patient_key", "id", "Unique key of the patient; never edit it",
        lambda v: v.patient.id, "Cliniko patient key")),
    _small(_P.row("string", "cliniko_patient_id", "M*", "id", "Cliniko's number of the patient",
        lambda v: v.patient.id, "Cliniko patient ID")),
    _P.row("string", "cliniko_patient_url", "M*", "web address and id", "Opens the patient in Cliniko", _url,
        "Cliniko URL"),
    _small(_P.trigger("update_cliniko_patient", "Set to yes to send this contact to Cliniko",
        "Update Cliniko patient")),
    _small(_P.trigger("unlink_cliniko_patient", "Set to yes to separate this contact from its patient",
        "Unlink Cliniko patient")),
    _P.row("string", "cliniko_preferred_first_name", "S*", "preferred_first_name",
        "What the patient is called", _own_preferred_name, "Preferred first name"),
    _P.row("string", "cliniko_title", "S", "title", "Form of address", lambda v: v.patient.title, "Title"),
    _P.row("date", "cliniko_date_of_birth", "S*", "date_of_birth", "Birthday",
        lambda v: day_text(v.patient.date_of_birth), "Date of birth"),
    _P.row("bool", "cliniko_is_minor", "M*", "date_of_birth", "Not yet 18, worked out each day", _is_minor,
        "Under 18"),
    _P.row("string", "cliniko_gender_identity", "S", "gender_identity", "Gender in the patient's own words",
        lambda v: v.patient.gender_identity, "Gender identity"),
    _P.row("string", "cliniko_sex", "D", "sex", "Sex as recorded", lambda v: v.patient.sex, "Sex"),
    _P.row("string", "cliniko_pronouns", "D", "pronouns", "Pronouns", lambda v: v.patient.pronouns,
        "Pronouns"),
    _P.row("phone_number", "cliniko_home_phone", "S", "phone of type Home", "Home number as typed",
        lambda v: first_phone(v.patient.phones, "Home"), "Home phone"),
    _P.row("phone_number", "cliniko_mobile_phone", "S", "phone of type Mobile", "Mobile number as typed",
        lambda v: first_phone(v.patient.phones, "Mobile"), "Mobile phone"),
    _P.row("string", "cliniko_other_phones", "D", "phones of type Work, Fax and Other", "Further numbers",
        lambda v: phone_list(v.patient.phones, _OTHER_PHONES), "Other phones"),
    _P.row("string", "cliniko_address_line_1", "S", "address_1", "First line of the address",
        lambda v: v.patient.address_1, "Address line 1"),
    _P.row("string", "cliniko_address_line_2", "S", "address_2", "Second line of the address",
        lambda v: v.patient.address_2, "Address line 2"),
    _P.row("string", "cliniko_address_line_3", "S", "address_3", "Third line of the address",
        lambda v: v.patient.address_3, "Address line 3"),
    _P.row("string", "cliniko_country_code", "S", "country_code", "Country as a two-letter code",
        _country_code, "Country code"),
    _P.row("string", "cliniko_time_zone", "S", "time_zone", "The patient's time zone",
        lambda v: v.patient.time_zone, "Time zone"),
    _P.row("string", "cliniko_occupation", "D", "occupation", "Occupation", lambda v: v.patient.occupation,
        "Occupation"),
    _P.row("string", "cliniko_referral_source", "S*", "referral source, name of its type",
        "How the patient heard of the clinic", lambda v: v.referral.type_name, "Referral source"),
    _P.row("string", "cliniko_referral_subcategory", "S", "referral source, subcategory",
        "Finer kind of the referral source", lambda v: v.referral.subcategory, "Referral subcategory"),
    _P.row("enumeration", "cliniko_referrer_type", "S", "referral source, referrer_type",
        "Who referred: a patient, a Cliniko contact or something else", _referrer_type, "Referrer type",
        ("Patient", "Contact", "Other")),
    _P.row("string", "cliniko_referrer_name", "D", "referral source, referrer",
        "Referring Cliniko contact by name, referring patient by id", _referrer, "Referred by"),
    _P.row("string", "cliniko_referring_doctor", "D", "referring_doctor", "Referring doctor",
        lambda v: v.referring_doctor, "Referring doctor"),
    _P.row("string", "cliniko_concession_type", "D", "concession_type, name", "Concession the patient has",
        lambda v: v.concession, "Concession"),
    _P.row("enumeration", "cliniko_email_marketing", "M*", "accepted_email_marketing",
        "Answer to marketing by e-mail", lambda v: yes_no(v.patient.accepted_email_marketing, "not_asked"),
        "Accepts e-mail marketing", _CONSENT),
    _P.row("enumeration", "cliniko_sms_marketing", "M*", "accepted_sms_marketing",
        "Answer to marketing by SMS", lambda v: yes_no(v.patient.accepted_sms_marketing, "not_asked"),
        "Accepts SMS marketing", _CONSENT),
    _P.row("enumeration", "cliniko_privacy_policy", "M*", "accepted_privacy_policy",
        "Answer to the privacy policy", _privacy_policy, "Privacy policy",
        ("accepted", "rejected", "no_response")),
    _P.row("enumeration", "cliniko_reminder_type", "S", "reminder_type", "How reminders are sent",
        lambda v: v.patient.reminder_type, "Reminder type", ("None", "SMS", "Email", "SMS & Email")),
    _P.row("bool", "cliniko_receives_confirmations", "S", "receives_confirmation_emails",
        "Whether confirmations are e-mailed", lambda v: flag_text(v.patient.receives_confirmation_emails),
        "Gets confirmations"),
    _small(_P.row("string", "cliniko_shared_email", "M*", "email",
        "Address of an inbox that somebody else holds", _shared_email, "Shared e-mail")),
    _P.row("string", "cliniko_email_holder", "M", "worked out", "Patient who holds the shared inbox", _holder,
        "Inbox holder"),
    _P.row("number", "cliniko_household_size", "S", "worked out", "How many patients use this inbox",
        _household_size, "People on this inbox"),
    _small(_P.row("enumeration", "cliniko_patient_status", "M*", "archived_at, deleted_at, merged_at",
        "Whether the patient's file is in use", lambda v: v.patient.status, "Patient status",
        ("active", "archived", "deleted", "merged"))),
    _P.row("datetime", "cliniko_patient_created_at", "S", "created_at", "When the file was made",
        lambda v: moment_text(v.patient.created_at), "Created in Cliniko"),
    _P.row("datetime", "cliniko_patient_updated_at", "S", "updated_at", "When the file was last changed",
        lambda v: moment_text(v.patient.updated_at), "Updated in Cliniko"),
    _P.row("string", "cliniko_old_reference_id", "D", "old_reference_id", "Number in an older system",
        lambda v: v.patient.old_reference_id, "Old reference ID"),
)
# fmt: on

PATIENT_PROPERTIES: tuple[Property, ...] = _STANDARD + _OPTIONAL + _OWN
"""Everything a patient brings, in the order of the documentation: HubSpot's own properties, then ours."""


def patient_values(view: PatientView) -> dict[str, str]:
    """Property name to value at every privacy level; "" means blank (R10, R11, R12, R15)."""
    return values_of(PATIENT_PROPERTIES, view)
