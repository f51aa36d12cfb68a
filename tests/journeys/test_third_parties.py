"""Cliniko contacts on their own: names, requests from HubSpot, unlinking."""

from __future__ import annotations

import pytest

from tests.journeys.rig import PEOPLE, Rig

ALL = PEOPLE | {"write_back", "unlink"}
KEY = "cliniko_contact_key"


def doctor(rig: Rig, **fields: object) -> str:
    """A doctor with a preferred name and two numbers."""
    return rig.cliniko.add_contact(
        **{
            "first_name": "Mohammed",
            "last_name": "Kim",
            "preferred_name": "Mo",
            "company_name": "Harbour Clinic",
            "email": "kim@example.test",
            "city": "Geelong",
            "phone_numbers": [
                {"phone_type": "Mobile", "number": "0400 000 001"},
                {"phone_type": "Work", "number": "03 5200 0009"},
            ],
            **fields,
        }
    )


def row(rig: Rig, contact: str) -> dict[str, object]:
    return next(one for one in rig.cliniko.contacts() if one["id"] == contact)


def test_the_preferred_name_follows_the_setting(rig: Rig) -> None:
    """R11: Cliniko contacts use `preferred_name`; a changed setting restates them all."""
    who, plain = doctor(rig), doctor(rig, preferred_name=None, email="b@example.test", last_name="Bo")
    rig.sync()
    there = rig.contact_of(who, KEY)
    assert (there["firstname"], there["cliniko_contact_preferred_name"]) == ("Mohammed", "Mo")
    rig.set("patients.preferred_first_name", "first_name")
    rig.sync()
    assert rig.contact_of(who, KEY)["firstname"] == "Mo"
    assert rig.contact_of(plain, KEY)["firstname"] == "Mohammed"
    rig.set("patients.preferred_first_name", "off")
    rig.sync()
    there = rig.contact_of(who, KEY)
    assert there["firstname"] == "Mohammed"
    assert not there.get("cliniko_contact_preferred_name")
    rig.forget_calls()
    rig.sync()
    assert rig.hubspot_writes() == 0


def test_a_request_changes_the_cliniko_contact(rig: Rig) -> None:
    """R40, R41: the same fields less gender, birth date and referral source; no echo."""
    who = doctor(rig)
    rig.sync(ALL)
    contact = rig.contact_of(who, KEY)["hs_object_id"]
    rig.hubspot.edit_contact(
        contact,
        firstname="Moh",
        mobilephone="0400 000 002",
        cliniko_home_phone="03 5200 0001",
        city="Colac",
        cliniko_country_code="NZ",
        update_cliniko_contact="yes",
    )
    report = rig.sync(ALL)
    assert report.streams["write_back"].updated == 1
    now = row(rig, who)
    assert (now["first_name"], now["city"], now["country_code"]) == ("Moh", "Colac", "NZ")
    assert {p["phone_type"]: p["number"] for p in now["phone_numbers"]} == {
        "Mobile": "0400 000 002",
        "Work": "03 5200 0009",
        "Home": "03 5200 0001",
    }
    assert rig.contact_of(who, KEY)["update_cliniko_contact"] == "no"
    rig.forget_calls()
    rig.sync(ALL)
    assert rig.hubspot_writes() == 0


def test_a_request_makes_a_cliniko_contact(rig: Rig) -> None:
    """R40: created and linked."""
    rig.sync(ALL)
    contact = rig.hubspot.add_contact(
        firstname="Ana", lastname="Roe", email="roe@example.test", update_cliniko_contact="yes"
    )
    report = rig.sync(ALL)
    assert report.streams["write_back"].created == 1
    (made,) = rig.cliniko.contacts()
    assert (made["first_name"], made["last_name"], made["email"]) == ("Ana", "Roe", "roe@example.test")
    assert rig.contact_of(made["id"], KEY)["hs_object_id"] == contact
    rig.forget_calls()
    rig.sync(ALL)
    assert rig.hubspot_writes() == 0
    assert len(rig.cliniko.contacts()) == 1


def test_unlinking_a_cliniko_contact(rig: Rig) -> None:
    """R50, R51: taken apart, never matched again, a new contact with the next change and without the address."""
    who = doctor(rig)
    rig.sync(ALL)
    old = rig.contact_of(who, KEY)["hs_object_id"]
    rig.hubspot.edit_contact(old, unlink_cliniko_contact="yes")
    report = rig.sync(ALL)
    assert report.streams["unlink"].updated == 1
    there = rig.hubspot.contact(old)
    assert not there.get("cliniko_contact_key")
    assert not there.get("cliniko_contact_id")
    assert not there.get("cliniko_contact_url")
    assert there["unlink_cliniko_contact"] == "no"
    assert not rig.has_contact(who, KEY)
    rig.sync(ALL)
    assert not rig.has_contact(who, KEY)
    rig.cliniko.edit_contact(who, city="Colac")
    rig.sync(ALL)
    new = rig.contact_of(who, KEY)
    assert new["hs_object_id"] != old
    assert not new.get("email")
    assert new["city"] == "Colac"


@pytest.mark.parametrize("act", ["archive", "delete"])
def test_archived_and_deleted_ones(rig: Rig, act: str) -> None:
    """Schema §4: the status follows; nothing is deleted in HubSpot."""
    who = doctor(rig)
    rig.sync()
    getattr(rig.cliniko, f"{act}_contact")(who)
    rig.sync()
    assert rig.contact_of(who, KEY)["cliniko_contact_status"] == f"{act}d".replace("ed" * 2, "ed")


def test_a_company_without_a_person(rig: Rig) -> None:
    """Schema §4: the company stands as last name and as company."""
    who = rig.cliniko.add_contact(company_name="WorkCover", first_name=None, last_name=None)
    rig.sync()
    there = rig.contact_of(who, KEY)
    assert (there["lastname"], there["company"], there.get("firstname", "")) == ("WorkCover", "WorkCover", "")


def test_a_patient_and_a_cliniko_contact_with_one_id(rig: Rig) -> None:
    """I2: ids of patients and of Cliniko contacts may be equal; nothing mixes them up."""
    patient = rig.cliniko.add_patient(
        id="77", first_name="Ines", last_name="Okafor", email="ines@example.test"
    )
    third = doctor(rig, id="77")
    assert patient == third == "77"
    rig.sync()
    one, other = rig.contact_of("77"), rig.contact_of("77", KEY)
    assert one["hs_object_id"] != other["hs_object_id"]
    assert (one["lastname"], other["lastname"]) == ("Okafor", "Kim")
    rig.cliniko.edit_contact("77", city="Colac")
    rig.sync()
    assert not rig.contact_of("77").get("city")
    assert rig.contact_of("77", KEY)["city"] == "Colac"
    rig.hubspot.edit_contact(other["hs_object_id"], unlink_cliniko_contact="yes")
    rig.sync(ALL)
    assert rig.contact_of("77")["hs_object_id"] == one["hs_object_id"]


def test_one_contact_for_both_until_one_is_unlinked(rig: Rig) -> None:
    """Schema §4: `cliniko_record_kind` both; the patient writes the standard properties; unlinked, the other does."""
    patient = rig.cliniko.add_patient(
        first_name="Mohammed", last_name="Kim", email="kim@example.test", city="Sale"
    )
    rig.sync(ALL)
    who = doctor(rig)
    rig.sync(ALL)
    rig.answer("patient_and_referrer", "one")
    rig.sync(ALL)
    there = rig.contact_of(who, KEY)
    assert there["cliniko_patient_key"] == patient
    assert (there["cliniko_record_kind"], there["city"]) == ("both", "Sale")
    rig.hubspot.edit_contact(there["hs_object_id"], unlink_cliniko_patient="yes")
    rig.sync(ALL)
    there = rig.contact_of(who, KEY)
    assert (there["cliniko_record_kind"], there["city"]) == ("contact", "Geelong")
    assert not rig.has_contact(patient)
    rig.forget_calls()
    rig.sync(ALL)
    assert rig.hubspot_writes() == 0


def test_new_names_reach_the_patients_who_name_them(rig: Rig) -> None:
    """R4: a renamed doctor and referrer at once, a concession within a day; nobody else is written, and a quiet run
    asks for nothing more than before."""
    rig.set("privacy.level", "detailed")
    kim = doctor(rig)
    student = rig.cliniko.add_concession_type("Student")
    one = rig.cliniko.add_patient(
        first_name="Ines", last_name="Okafor", email="i@example.test", referring_doctor_id=kim
    )
    two = rig.cliniko.add_patient(
        first_name="Al", last_name="Poe", email="a@example.test", concession_type_id=student
    )
    three = rig.cliniko.add_patient(first_name="Bo", last_name="Roe", email="b@example.test")
    kind = rig.cliniko.add_referral_source_type("Doctor", "Contact")
    rig.cliniko.set_referral_source(three, kind, referrer_id=kim)
    rig.catch_up()
    rig.sync()
    assert rig.contact_of(one)["cliniko_referring_doctor"] == "Mohammed Kim"
    assert rig.contact_of(two)["cliniko_concession_type"] == "Student"
    assert rig.contact_of(three)["cliniko_referrer_name"] == "Mohammed Kim"
    rig.forget_calls()
    rig.sync()
    quiet = sum(rig.cliniko_calls().values()) + sum(rig.hubspot_calls().values())
    assert quiet <= 13
    before = rig.contact_of(two)
    rig.cliniko.edit_contact(kim, last_name="Kim-Novak")
    report = rig.sync()
    assert report.streams["patients"].updated == 2
    assert rig.contact_of(one)["cliniko_referring_doctor"] == "Mohammed Kim-Novak"
    assert rig.contact_of(three)["cliniko_referrer_name"] == "Mohammed Kim-Novak"
    assert rig.contact_of(two) == before
    rig.cliniko.edit("concession_types", student, name="Student card")
    rig.sync(minutes=24 * 60)
    assert rig.contact_of(two)["cliniko_concession_type"] == "Student card"
    rig.forget_calls()
    rig.sync()
    assert sum(rig.cliniko_calls().values()) + sum(rig.hubspot_calls().values()) <= quiet
    assert rig.hubspot_writes() == 0
