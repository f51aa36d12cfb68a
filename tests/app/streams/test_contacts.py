"""Cliniko contacts: reading them, and the value of every property."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.people import ClinikoContact, ContactView, Phone
from app.errors import BadInput
from app.streams.cliniko_json import id_and_name
from app.streams.contacts import CONTACT_PROPERTIES, contact_values, display_name, parse_contact
from tests.app.streams.junk import JUNK, check_formats, patiently

ROW: dict[str, Any] = {
    "id": "1390053863163170002",
    "title": "Dr",
    "first_name": "Sam",
    "last_name": "Lindqvist",
    "preferred_name": "Sammy",
    "company_name": "Harbour GP",
    "email": "Sam@Harbour.test",
    "type": "Doctor",
    "type_code": 1,
    "doctor_type": "general_practitioner",
    "provider_number": "0000000A",
    "phone_numbers": [
        {"number": "03 5200 0000", "normalized_number": "61352000000", "phone_type": "Work"},
        {"number": "03 5200 0009", "phone_type": "Pager"},
        {"number": "", "phone_type": "Home"},
    ],
    "country_code": "AU",
    "archived_at": None,
}


def values(contact: ClinikoContact, **changes: Any) -> dict[str, str]:
    """The values of a Cliniko contact."""
    return contact_values(replace(ContactView(contact, web_url="https://demo.au2.cliniko.com"), **changes))


def test_values_of_a_doctor() -> None:
    """Schema §4: the standard properties as for patients, the rest in properties of their own."""
    found = values(parse_contact(ROW), referrals_made=3, last_referral=date(2026, 2, 1))
    assert found["firstname"] == "Sam"
    assert found["email"] == "sam@harbour.test"
    assert found["company"] == found["cliniko_contact_company"] == "Harbour GP"
    assert found["phone"] == "03 5200 0000"
    assert found["cliniko_contact_phones"] == "Work: 03 5200 0000; Other: 03 5200 0009"
    assert found["cliniko_contact_key"] == found["cliniko_contact_id"] == "1390053863163170002"
    assert found["cliniko_contact_url"] == "https://demo.au2.cliniko.com/contacts/1390053863163170002"
    assert found["cliniko_contact_type"] == "Doctor"
    assert found["cliniko_contact_status"] == "active"
    assert (found["cliniko_referrals_made"], found["cliniko_last_referral"]) == ("3", "2026-02-01")


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"type": "3rd Party Payer"}, "3rd party payer"),
        ({"type": None, "type_code": 2}, "3rd party payer"),
        ({"type": "", "type_code": "0"}, "Standard"),
        ({"type": "Alien", "type_code": 9}, ""),
    ],
)
def test_type_by_word_or_code(changes: dict[str, Any], kind: str) -> None:
    """Cliniko facts 3.2: the word, else the code."""
    assert parse_contact({**ROW, **changes}).type == kind


def test_without_a_name_the_company_stands_in() -> None:
    """Schema §4: no name at all means that the last name is the company."""
    nameless = ClinikoContact("1", company_name="Harbour GP")
    assert values(nameless)["lastname"] == "Harbour GP"
    assert values(replace(nameless, first_name="Sam"))["lastname"] == ""


def test_on_a_patients_contact_the_standard_rows_are_the_patients() -> None:
    """Schema §4: on a contact that is both, the patient writes the standard properties."""
    found = values(parse_contact(ROW), is_patient_too=True)
    assert not {"firstname", "email", "company", "phone"} & set(found)
    assert found["cliniko_contact_company"] == "Harbour GP"


@pytest.mark.parametrize(
    ("mode", "first", "own"),
    [("off", "Sam", ""), ("own_property", "Sam", "Sammy"), ("first_name", "Sammy", "Sammy")],
)
def test_preferred_name(mode: str, first: str, own: str) -> None:
    """R11: Cliniko contacts use their preferred name in the same three ways."""
    found = values(parse_contact(ROW), preferred_first_name=mode)
    assert (found["firstname"], found["cliniko_contact_preferred_name"]) == (first, own)


def test_display_name() -> None:
    """Cliniko facts 3.2: first and last name, else the company."""
    assert display_name(parse_contact(ROW)) == "Sam Lindqvist"
    assert display_name(ClinikoContact("1", company_name="Harbour GP")) == "Harbour GP"


def test_id_and_name_of_catalogue_rows() -> None:
    """R4: referral source types and concession types are looked up by id."""
    assert id_and_name({"id": 220, "name": " Student "}, "a concession type") == ("220", "Student")
    with pytest.raises(BadInput):
        id_and_name({"name": "Student"}, "a concession type")


def test_refused_address_is_left_out() -> None:
    """R12: a record goes without an address that HubSpot does not take."""
    assert values(parse_contact(ROW), email_usable=False)["email"] == ""


def test_unknown_phone_type_counts_as_other() -> None:
    """A type Cliniko may add later does not lose the number."""
    assert parse_contact(ROW).phones[1] == Phone("Other", "03 5200 0009")


@patiently
@given(st.dictionaries(st.sampled_from(list(ROW)), JUNK), st.booleans())
def test_any_junk_is_a_contact_or_bad_input(row: dict[str, Any], has_id: bool) -> None:
    """Reliability: malformed rows never raise anything but BadInput, and values always fit HubSpot."""
    try:
        contact = parse_contact({**row, "id": "7"} if has_id else row)
    except BadInput:
        return
    check_formats(CONTACT_PROPERTIES, values(contact))
