"""Patients: reading whatever Cliniko sends, and the value of every property."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.people import Household, Patient, PatientView, Phone, Referral
from app.errors import BadInput
from app.streams.patients import (
    PATIENT_PROPERTIES,
    parse_patient,
    parse_referral,
    patient_values,
    usable_email,
)
from tests.app.streams.junk import JUNK, check_formats, patiently

TODAY = date(2026, 3, 12)
ROW: dict[str, Any] = {
    "id": "1390710863102480001",
    "title": "Ms",
    "first_name": " Ines ",
    "last_name": "Okafor",
    "preferred_first_name": None,
    "date_of_birth": "1984-11-02",
    "sex": "Female",
    "gender_identity": None,
    "pronouns": {"nominative": "she", "accusative": "her", "reflexive": "herself"},
    "email": " Ines@Example.test ",
    "patient_phone_numbers": [
        {"number": "0400 000 001", "normalized_number": "61400000001", "phone_type": "Mobile"},
        {"number": "03 5200 0000", "normalized_number": "61352000000", "phone_type": "Work"},
    ],
    "address_1": "12 Sample St",
    "address_2": "",
    "address_3": "Rear",
    "city": "Geelong",
    "state": "VIC",
    "post_code": "3220",
    "country": None,
    "country_code": "AU",
    "reminder_type": "SMS & Email",
    "receives_confirmation_emails": True,
    "accepted_privacy_policy": True,
    "accepted_email_marketing": None,
    "accepted_sms_marketing": False,
    "custom_fields": None,
    "created_at": "2024-04-02T00:11:09Z",
    "updated_at": "2025-02-14T13:20:41.5+10:00",
    "archived_at": "",
    "deleted_at": None,
    "referring_doctor": {
        "links": {"self": "https://api.au2.cliniko.com/v1/contacts/1390053863163170002?page=1"}
    },
}


def view(**changes: Any) -> PatientView:
    """A patient's view with parts of it changed."""
    return replace(PatientView(parse_patient(ROW), TODAY, web_url="https://demo.au2.cliniko.com"), **changes)


def of(patient: Patient, **changes: Any) -> dict[str, str]:
    """The values of a patient."""
    return patient_values(view(patient=patient, **changes))


def test_reads_a_whole_row() -> None:
    """R10: text trimmed, empty and null the same, times in UTC, links by their path."""
    patient = parse_patient(ROW)
    assert patient.first_name == "Ines"
    assert patient.email == "ines@example.test"
    assert patient.date_of_birth == date(1984, 11, 2)
    assert patient.pronouns == "she/her"
    assert patient.updated_at == datetime(2025, 2, 14, 3, 20, 41, 500000, tzinfo=UTC)
    assert patient.archived_at is None
    assert patient.referring_doctor_id == "1390053863163170002"
    assert patient.accepted_email_marketing is None
    assert patient.phones[0] == Phone("Mobile", "0400 000 001", "61400000001")


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("2025-03-04T23:00:00Z", datetime(2025, 3, 4, 23, tzinfo=UTC)),
        ("2025-03-04T23:00:00+10:00", datetime(2025, 3, 4, 13, tzinfo=UTC)),
        ("2025-03-04T23:00:00+1000", datetime(2025, 3, 4, 13, tzinfo=UTC)),
        ("2025-03-04T23:00:00.123Z", datetime(2025, 3, 4, 23, 0, 0, 123000, tzinfo=UTC)),
        ("2025-03-04t23:00:00z", datetime(2025, 3, 4, 23, tzinfo=UTC)),
        ("2025-03-04T23:00:00", datetime(2025, 3, 4, 23, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        ("", None),
        ([], None),
        (1741129200, None),
    ],
)
def test_reads_every_form_of_time(sent: object, read: datetime | None) -> None:
    """Cliniko facts 2.5: every ISO 8601 form is understood, anything else counts as empty."""
    assert parse_patient({"id": 5, "created_at": sent}).created_at == read


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ({"links": {"self": "https://api.au1.cliniko.com/v1/patients/7"}}, "7"),
        ({"links": {"self": "/v1/patients/7?page=1"}}, "7"),
        ({"links": {"self": "https://api.au1.cliniko.com/v1/patients/7/referral_source"}}, "7"),
        ({"links": {"self": "https://api.au1.cliniko.com/v1/attendees?q[]=patient_id:=7"}}, ""),
        ({"links": {"self": "http://[broken/7"}}, ""),
        ({"links": []}, ""),
        ({}, ""),
        ([], ""),
        (None, ""),
    ],
)
def test_takes_ids_from_link_paths(relation: object, expected: str) -> None:
    """Cliniko facts 4.1: foreign keys are the last id in a link's path; host and query do not matter."""
    assert parse_patient({"id": "1", "merged_with_patient": relation}).merged_into == expected


@pytest.mark.parametrize(
    "row", [None, [], "5", {}, {"id": None}, {"id": ""}, {"id": True}, {"id": 1.5}, {"id": "a b"}]
)
def test_refuses_a_row_without_an_id(row: object) -> None:
    """One unreadable row is a named problem, not a crash."""
    with pytest.raises(BadInput):
        parse_patient(row)


def test_numbers_as_ids_become_text() -> None:
    """Schema, conventions: ids are text, also beyond what a float can hold."""
    assert parse_patient({"id": 1390710863102480001}).id == "1390710863102480001"


@pytest.mark.parametrize(
    ("mode", "preferred", "first", "own"),
    [
        ("off", "Nessie", "Ines", ""),
        ("own_property", "Nessie", "Ines", "Nessie"),
        ("first_name", "Nessie", "Nessie", "Nessie"),
        ("first_name", "", "Ines", ""),
    ],
)
def test_preferred_first_name(mode: str, preferred: str, first: str, own: str) -> None:
    """R11: off, a property of its own, or HubSpot's first name with the legal one as a fallback."""
    values = of(replace(parse_patient(ROW), preferred_first_name=preferred), preferred_first_name=mode)
    assert (values["firstname"], values["cliniko_preferred_first_name"]) == (first, own)


@pytest.mark.parametrize(
    ("phones", "phone", "mobile"),
    [
        ((("Mobile", "1"), ("Work", "2"), ("Home", "3")), "3", "1"),
        ((("Mobile", "1"), ("Work", "2")), "2", "1"),
        ((("Mobile", "1"),), "1", "1"),
        ((("Fax", "9"),), "", ""),
        ((), "", ""),
    ],
)
def test_phone_order(phones: tuple[tuple[str, str], ...], phone: str, mobile: str) -> None:
    """Schema §1: phone is Home, else Work, else Mobile; the mobile number is kept as typed."""
    values = of(Patient("1", phones=tuple(Phone(kind, number) for kind, number in phones)))
    assert (values["phone"], values["mobilephone"]) == (phone, mobile)


def test_address_and_country() -> None:
    """Schema, conventions: lines joined by a comma; country by name, else by the code's English name."""
    values = patient_values(view())
    assert values["address"] == "12 Sample St, Rear"
    assert values["country"] == "Australia"
    assert of(Patient("1", country="Aotearoa", country_code="NZ"))["country"] == "Aotearoa"
    assert of(Patient("1", country_code="XX"))["country"] == ""
    assert values["zip"] == "3220"


@pytest.mark.parametrize(
    ("household", "usable", "email", "shared", "holder", "size"),
    [
        (Household(1, "", True), True, "ines@example.test", "", "", "1"),
        (Household(2, "9", False), True, "", "ines@example.test", "9", "2"),
        (
            Household(2, "1390710863102480001", True),
            True,
            "ines@example.test",
            "",
            "1390710863102480001",
            "2",
        ),
        (Household(1, "", True), False, "", "", "", "1"),
    ],
)
def test_shared_inbox(
    household: Household, usable: bool, email: str, shared: str, holder: str, size: str
) -> None:
    """R12: the address only on its holder's contact, beside it for the others; never one that was refused."""
    values = patient_values(view(household=household, email_usable=usable))
    assert values["email"] == email
    assert values["cliniko_shared_email"] == shared
    assert values["cliniko_email_holder"] == holder
    assert values["cliniko_household_size"] == size


def test_without_an_address_there_is_no_household() -> None:
    """Schema §2: inbox holder and people on the inbox are blank without an address."""
    values = of(Patient("1", email="jo@gmial"), household=Household(2, "9", True))
    assert values["email"] == values["cliniko_email_holder"] == values["cliniko_household_size"] == ""


@pytest.mark.parametrize(
    ("typed", "usable"),
    [
        (" Jo@Example.TEST ", "jo@example.test"),
        ("jo.o'neil+x@mail.example.test", "jo.o'neil+x@mail.example.test"),
        ("jo@gmial", ""),
        ("jo@@example.test", ""),
        ("jo @example.test", ""),
        (".jo@example.test", ""),
        ("jo..l@example.test", ""),
        ("jo@-example.test", ""),
        ("jo@example..test", ""),
        ("jo@10.0.0.1", ""),
        ("a" * 65 + "@example.test", ""),
        ("", ""),
    ],
)
def test_usable_email(typed: str, usable: str) -> None:
    """Schema §1: trimmed, lower-cased, and only what HubSpot can take."""
    assert usable_email(typed) == usable


@pytest.mark.parametrize(
    ("born", "minor"),
    [
        (date(2008, 3, 12), "false"),
        (date(2008, 3, 13), "true"),
        (date(2027, 1, 1), "true"),
        (None, ""),
    ],
)
def test_is_minor(born: date | None, minor: str) -> None:
    """Schema §2: under 18 on the clinic's day, unknown without a birth date."""
    assert of(Patient("1", date_of_birth=born))["cliniko_is_minor"] == minor


def test_consent_stays_three_valued() -> None:
    """R15: yes, no and never asked are three things."""
    values = patient_values(view())
    assert values["cliniko_email_marketing"] == "not_asked"
    assert values["cliniko_sms_marketing"] == "no"
    assert values["cliniko_privacy_policy"] == "accepted"
    blank = of(Patient("1"))
    assert blank["cliniko_privacy_policy"] == "no_response"
    assert blank["cliniko_receives_confirmations"] == ""


@pytest.mark.parametrize(
    ("referral", "kind", "name"),
    [
        (Referral(), "", ""),
        (Referral(type_name="Google"), "Other", ""),
        (Referral("A patient", "", "Patient", "77", "Jo Lee"), "Patient", "77"),
        (Referral("A doctor", "", "Contact", "78", "Dr Kim"), "Contact", "Dr Kim"),
    ],
)
def test_referrer(referral: Referral, kind: str, name: str) -> None:
    """Schema §2: a Cliniko contact by name, a patient by id only."""
    values = patient_values(view(referral=referral))
    assert (values["cliniko_referrer_type"], values["cliniko_referrer_name"]) == (kind, name)


def test_parse_referral() -> None:
    """R4: the row joins by its patient and is named by look-ups; patients' names are never taken."""
    row = {
        "id": "61",
        "referrer_type": "Contact",
        "subcategory": None,
        "referrer": {"links": {"self": ".../contacts/139"}},
        "patient": {"links": {"self": ".../patients/5"}},
        "referral_source_type": {"links": {"self": ".../referral_source_types/2"}},
    }
    assert parse_referral(row, {"2": "Doctor"}, {"139": "Sam Lindqvist"}) == (
        "5",
        Referral("Doctor", "", "Contact", "139", "Sam Lindqvist"),
    )
    by_own_address = {"links": {"self": "https://api.au1.cliniko.com/v1/patients/8/referral_source"}}
    assert parse_referral(by_own_address, {}, {})[0] == "8"
    with pytest.raises(BadInput):
        parse_referral({"id": "61"}, {}, {})


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "active"),
        ({"archived_at": "2025-01-01T00:00:00Z"}, "archived"),
        ({"archived_at": "2025-01-01T00:00:00Z", "deleted_at": "2025-01-01T00:00:00Z"}, "deleted"),
        (
            {
                "archived_at": "2025-01-01T00:00:00Z",
                "merged_with_patient": {"links": {"self": "https://api.au1.cliniko.com/v1/patients/3"}},
            },
            "merged",
        ),
    ],
)
def test_status(changes: dict[str, Any], status: str) -> None:
    """R13: the status property follows the file."""
    assert of(parse_patient({**ROW, **changes}))["cliniko_patient_status"] == status


def test_text_is_made_fit_for_hubspot() -> None:
    """I5 and hubspot facts 5.2: no control characters, no half characters, at most 65,536 of them."""
    values = of(Patient("1", first_name="\x00A\u0007n\na\ud800 ", last_name="😀" * 70_000, city="\u202eשלום"))
    assert values["firstname"] == "An a"
    assert values["lastname"] == "😀" * 32_768
    assert values["city"] == "\u202eשלום"


def test_times_dates_and_links() -> None:
    """Schema, conventions: days as they are, times in UTC, the record's own page."""
    values = patient_values(view())
    assert values["cliniko_date_of_birth"] == "1984-11-02"
    assert values["cliniko_patient_created_at"] == "2024-04-02T00:11:09.000Z"
    assert values["cliniko_patient_updated_at"] == "2025-02-14T03:20:41.000Z"
    assert values["cliniko_patient_url"] == "https://demo.au2.cliniko.com/patients/1390710863102480001"
    assert values["cliniko_other_phones"] == "Work: 03 5200 0000"
    assert patient_values(view(web_url=""))["cliniko_patient_url"] == ""


@patiently
@given(
    st.dictionaries(st.sampled_from([*ROW, "merged_with_patient", "concession_type", "pronouns"]), JUNK),
    st.sampled_from(["5", 5, None]),
)
def test_any_junk_is_a_patient_or_bad_input(row: dict[str, Any], own_id: object) -> None:
    """Reliability: malformed rows never raise anything but BadInput, and values always fit HubSpot."""
    try:
        patient = parse_patient({**row, "id": own_id} if own_id else row)
    except BadInput:
        return
    check_formats(PATIENT_PROPERTIES, of(patient))
