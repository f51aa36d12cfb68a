"""Cliniko contact (doctor, payer, employer) to HubSpot contact: its properties and how each value is made."""

from __future__ import annotations

from app.domain.hubspot_text import day_text, whole_text
from app.domain.mailbox import usable_email
from app.domain.people import ClinikoContact, ContactView
from app.domain.stream import Group, Property
from app.streams import cliniko_json as read
from app.streams.person_values import phone_list, standard_rows
from app.streams.rows import Rows, in_smallest_set, values_of

CONTACT_GROUP = Group("cliniko_contact", "Cliniko contact", "contacts")

_TYPES = ("Standard", "Doctor", "3rd party payer")
_TYPE_BY_WORD = {word.casefold(): word for word in _TYPES}
_TYPE_BY_CODE = dict(enumerate(_TYPES))
_DOCTOR_TYPES = ("general_practitioner", "specialist")
_PHONE_TYPES = ("Mobile", "Home", "Work", "Fax", "Other")


def parse_contact(row: object) -> ClinikoContact:
    """The Cliniko contact in a row as sent. `BadInput` when it has no readable id; else what cannot be read
    counts as empty."""
    source = read.as_row(row, "a contact")
    doctor_type = read.text(source, "doctor_type").lower().replace(" ", "_")
    return ClinikoContact(
        id=read.record_id(source, "a contact"),
        first_name=read.text(source, "first_name"),
        last_name=read.text(source, "last_name"),
        preferred_name=read.text(source, "preferred_name"),
        title=read.text(source, "title"),
        company_name=read.text(source, "company_name"),
        occupation=read.text(source, "occupation"),
        email=read.text(source, "email").lower(),
        phones=read.phones(source, "phone_numbers"),
        address_1=read.text(source, "address_1"),
        address_2=read.text(source, "address_2"),
        address_3=read.text(source, "address_3"),
        city=read.text(source, "city"),
        state=read.text(source, "state"),
        post_code=read.text(source, "post_code"),
        country=read.text(source, "country"),
        country_code=read.text(source, "country_code").upper(),
        provider_number=read.text(source, "provider_number"),
        doctor_type=doctor_type if doctor_type in _DOCTOR_TYPES else "",
        type=_type(source),
        created_at=read.moment(source, "created_at"),
        updated_at=read.moment(source, "updated_at"),
        archived_at=read.moment(source, "archived_at"),
        deleted_at=read.moment(source, "deleted_at"),
    )


def display_name(contact: ClinikoContact) -> str:
    """What a third party is called where only one text fits: first and last name, else the company."""
    named = " ".join(
        part for part in (contact.first_name or contact.preferred_name, contact.last_name) if part
    )
    return named or contact.company_name


def _type(source: read.Row) -> str:
    """The kind of third party by its word, else by its code, "" when neither is known."""
    by_word = _TYPE_BY_WORD.get(read.text(source, "type").casefold())
    code = read.whole(source, "type_code")
    return by_word or (_TYPE_BY_CODE.get(code, "") if code is not None else "")


def _first_name(view: ContactView) -> str:
    """The first name, or what the contact is called where the clinic wants it so (R11)."""
    contact = view.contact
    if view.preferred_first_name == "first_name" and contact.preferred_name:
        return contact.preferred_name
    return contact.first_name


def _last_name(view: ContactView) -> str:
    """The last name; the company stands in for a contact without any name."""
    contact = view.contact
    named = contact.first_name or contact.last_name or contact.preferred_name
    return contact.last_name if named else contact.company_name


def _email(view: ContactView) -> str:
    return usable_email(view.contact.email) if view.email_usable else ""


def _preferred_name(view: ContactView) -> str:
    return "" if view.preferred_first_name == "off" else view.contact.preferred_name


def _url(view: ContactView) -> str:
    return f"{view.web_url}/contacts/{view.contact.id}" if view.web_url else ""


_STANDARD_ROWS: Rows[ContactView] = Rows("contactinformation", standard=True)
_STANDARD: tuple[Property, ...] = (
    *standard_rows(lambda view: view.contact, _first_name, _last_name, _email, "contact"),
    _STANDARD_ROWS.row(
        "string",
        "company",
        "S",
        "contact.company_name",
        "Company",
        lambda v: v.contact.company_name,
        "Company name",
    ),
)

# fmt: off
# A table: as few lines a row as fit.
_C: Rows[ContactView] = Rows(CONTACT_GROUP.name)
_OWN: tuple[Property, ...] = (
    in_smallest_set(_C.key("cliniko_contact_key", "id", "Unique key of the Cliniko contact; never edit it",
        lambda v: v.contact.id, "Cliniko contact key")),
    _C.row("string", "cliniko_contact_id", "M*", "id", "Cliniko's number of the contact",
        lambda v: v.contact.id, "Cliniko contact ID"),
    _C.row("string", "cliniko_contact_url", "S", "web address and id", "Opens the contact in Cliniko", _url,
        "Cliniko contact URL"),
    _C.trigger("update_cliniko_contact", "Set to yes to send this contact to Cliniko as a third party",
        "Update Cliniko contact"),
    _C.trigger("unlink_cliniko_contact", "Set to yes to separate this contact from its Cliniko contact",
        "Unlink Cliniko contact"),
    _C.row("enumeration", "cliniko_contact_type", "S", "type, else type_code", "Kind of third party",
        lambda v: v.contact.type, "Contact type", _TYPES),
    _C.row("enumeration", "cliniko_doctor_type", "S", "doctor_type", "Kind of doctor",
        lambda v: v.contact.doctor_type, "Doctor type", _DOCTOR_TYPES),
    _C.row("string", "cliniko_contact_preferred_name", "S", "preferred_name", "What the contact is called",
        _preferred_name, "Preferred name"),
    _C.row("string", "cliniko_contact_company", "S", "company_name", "Company in Cliniko",
        lambda v: v.contact.company_name, "Company"),
    _C.row("string", "cliniko_contact_occupation", "S", "occupation", "Occupation",
        lambda v: v.contact.occupation, "Occupation"),
    _C.row("string", "cliniko_provider_number", "D", "provider_number", "Number as a health provider",
        lambda v: v.contact.provider_number, "Provider number"),
    _C.row("string", "cliniko_contact_phones", "S", "phone_numbers", "All numbers with their kind",
        lambda v: phone_list(v.contact.phones, _PHONE_TYPES), "Phones"),
    _C.row("enumeration", "cliniko_contact_status", "M*", "archived_at, deleted_at",
        "Whether the contact is in use", lambda v: v.contact.status, "Status",
        ("active", "archived", "deleted")),
    _C.row("number", "cliniko_referrals_made", "S", "worked out", "How many patients this contact referred",
        lambda v: whole_text(v.referrals_made), "Patients referred"),
    _C.row("date", "cliniko_last_referral", "S", "worked out", "Day of the latest referral",
        lambda v: day_text(v.last_referral), "Last referral"),
)
# fmt: on

CONTACT_PROPERTIES: tuple[Property, ...] = _STANDARD + _OWN
"""Everything a Cliniko contact brings: HubSpot's own properties, then ours."""


def contact_values(view: ContactView) -> dict[str, str]:
    """Property name to value at every privacy level; "" means blank.

    On a HubSpot contact that is a patient too, HubSpot's own properties are the patient's and are left out.
    """
    return values_of(_OWN if view.is_patient_too else CONTACT_PROPERTIES, view)
