"""Requests from HubSpot: writing back to Cliniko, creating there, unlinking."""

from __future__ import annotations

from typing import Any

import pytest

from app.errors import ClinicBridgeError
from tests.journeys.rig import PEOPLE, Rig

ALL = PEOPLE | {"write_back", "unlink"}


def pair(rig: Rig, **fields: Any) -> tuple[str, str]:
    """A linked patient: ids on both sides."""
    patient = rig.cliniko.add_patient(
        **{
            "first_name": "Ines",
            "last_name": "Okafor",
            "email": "ines@example.test",
            "date_of_birth": "1984-11-02",
            "city": "Geelong",
            "patient_phone_numbers": [
                {"phone_type": "Mobile", "number": "0400 000 001"},
                {"phone_type": "Work", "number": "03 5200 0009"},
            ],
            **fields,
        }
    )
    rig.sync(ALL)
    return patient, rig.contact_of(patient)["hs_object_id"]


def patient_row(rig: Rig, patient: str) -> dict[str, Any]:
    return next(row for row in rig.cliniko.patients() if row["id"] == patient)


def test_every_field_is_written_back_and_the_request_answered(rig: Rig) -> None:
    """R40, R41, R42: fourteen fields; other numbers stay; no echo afterwards."""
    kind = rig.cliniko.add("referral_source_types", name="Website")
    assert kind
    patient, contact = pair(rig)
    rig.hubspot.edit_contact(
        contact,
        firstname="Inez",
        lastname="Okafor-Lee",
        cliniko_home_phone="03 5200 0001",
        mobilephone="0400 000 002",
        cliniko_address_line_1="1 New St",
        city="Colac",
        state="VIC",
        zip="3250",
        cliniko_country_code="NZ",
        email="inez@example.test",
        cliniko_gender_identity="Woman",
        cliniko_date_of_birth="1984-11-03",
        cliniko_referral_source="Website",
        update_cliniko_patient="yes",
    )
    report = rig.sync(ALL)
    assert report.streams["write_back"].updated == 1
    row = patient_row(rig, patient)
    wanted = {
        "first_name": "Inez",
        "last_name": "Okafor-Lee",
        "address_1": "1 New St",
        "city": "Colac",
        "state": "VIC",
        "post_code": "3250",
        "country_code": "NZ",
        "email": "inez@example.test",
        "gender_identity": "Woman",
        "date_of_birth": "1984-11-03",
    }
    assert {name: row[name] for name in wanted} == wanted
    phones = {phone["phone_type"]: phone["number"] for phone in row["patient_phone_numbers"]}
    assert phones == {"Mobile": "0400 000 002", "Work": "03 5200 0009", "Home": "03 5200 0001"}
    assert rig.contact_of(patient)["update_cliniko_patient"] == "no"
    rig.sync(ALL)
    assert rig.contact_of(patient)["cliniko_referral_source"] == "Website"
    rig.forget_calls()
    rig.sync(ALL)
    assert rig.hubspot_writes() == 0


def test_blank_never_blanks(rig: Rig) -> None:
    """R41."""
    patient, contact = pair(rig)
    rig.hubspot.edit_contact(contact, city="", email="", mobilephone="", update_cliniko_patient="yes")
    rig.sync(ALL)
    row = patient_row(rig, patient)
    assert (row["city"], row["email"]) == ("Geelong", "ines@example.test")
    assert len(row["patient_phone_numbers"]) == 2
    assert rig.contact_of(patient)["update_cliniko_patient"] == "no"


def test_a_refusal_is_told_on_the_contact_and_here(rig: Rig) -> None:
    """R42: 422 sets no, writes the reason, opens cliniko_refused; the neighbour goes through."""
    patient, contact = pair(rig)
    other, other_contact = pair(rig, first_name="Al", email="al@example.test", date_of_birth="1970-01-01")
    rig.hubspot.edit_contact(
        contact, cliniko_country_code="QQ", lastname="x" * 300, update_cliniko_patient="yes"
    )
    rig.hubspot.edit_contact(other_contact, city="Sale", update_cliniko_patient="yes")
    report = rig.sync(ALL)
    assert patient_row(rig, other)["city"] == "Sale"
    now = rig.contact_of(patient)
    assert now["update_cliniko_patient"] == "no"
    assert now["cliniko_last_error"]
    assert "cliniko_refused" in rig.questions()
    assert report.exit_code == 1


def test_both_changed_is_asked_per_field(rig: Rig) -> None:
    """R44: other fields go through."""
    patient, contact = pair(rig)
    rig.hubspot.edit_contact(contact, city="Colac", state="NSW", update_cliniko_patient="yes")
    rig.cliniko.edit_patient(patient, city="Sale")
    rig.sync(ALL)
    row = patient_row(rig, patient)
    assert (row["city"], row["state"]) == ("Sale", "NSW")
    assert rig.questions() == ["both_changed"]


def test_an_edit_during_the_push_keeps_the_request(rig: Rig) -> None:
    """R42: an edit made meanwhile is pushed next."""
    patient, contact = pair(rig)
    rig.hubspot.edit_contact(contact, city="Colac", update_cliniko_patient="yes")
    done = []

    def meddle(request: Any) -> None:
        if request.method == "PATCH" and "patients" in request.path and not done:
            done.append(1)
            rig.hubspot.edit_contact(contact, city="Winchelsea")

    rig.cliniko.before_call = meddle
    rig.sync(ALL)
    assert rig.hubspot.contact(contact)["update_cliniko_patient"] == "yes"
    rig.sync(ALL)
    assert patient_row(rig, patient)["city"] == "Winchelsea"
    assert rig.hubspot.contact(contact)["update_cliniko_patient"] == "no"


def test_a_lead_becomes_a_patient(rig: Rig) -> None:
    """R40: created and linked."""
    rig.sync(ALL)
    contact = rig.hubspot.add_contact(
        firstname="Kim",
        lastname="Park",
        email="kim@example.test",
        mobilephone="0400 777 000",
        update_cliniko_patient="yes",
    )
    report = rig.sync(ALL)
    assert report.streams["write_back"].created == 1
    [row] = [row for row in rig.cliniko.patients() if row["last_name"] == "Park"]
    linked = rig.contact_of(row["id"])
    assert (linked["hs_object_id"], linked["update_cliniko_patient"]) == (contact, "no")
    rig.sync(ALL)
    assert len(rig.hubspot.contacts()) == 1


def test_somebody_like_that_exists(rig: Rig) -> None:
    """R43: asked first; the answers update, create or discard."""
    patient, _ = pair(rig)
    lead = rig.hubspot.add_contact(
        firstname="Ines", lastname="Okafor", mobilephone="0400 000 001", update_cliniko_patient="yes"
    )
    rig.sync(ALL)
    assert rig.questions() == ["would_duplicate_patient"]
    assert len(rig.cliniko.patients()) == 1
    rig.answer("would_duplicate_patient", "create")
    rig.sync(ALL)
    assert len(rig.cliniko.patients()) == 2
    assert rig.hubspot.contact(lead)["cliniko_patient_key"] not in ("", patient)


def test_the_daily_limit_keeps_the_rest_for_tomorrow(rig: Rig) -> None:
    """R43: waiting, request kept, pushed the next clinic day; catching up does not spin on it."""
    rig.set("write_back.max_creations_per_day", 2)
    rig.sync(ALL)
    for n in range(4):
        rig.hubspot.add_contact(
            firstname=f"Kim{n}", lastname="Park", email=f"kim{n}@example.test", update_cliniko_patient="yes"
        )
    report = rig.catch_up(ALL)
    assert (report.streams["write_back"].created, report.streams["write_back"].waiting) == (2, 2)
    rig.clock.passes(86_400)
    rig.sync(ALL)
    assert len(rig.cliniko.patients()) == 4


def test_a_create_whose_answer_was_lost_makes_no_second_patient(rig: Rig) -> None:
    """R43, I1."""
    rig.sync(ALL)
    rig.hubspot.add_contact(
        firstname="Kim", lastname="Park", email="kim@example.test", update_cliniko_patient="yes"
    )
    rig.cliniko_faults.add(("POST", "/v1/patients$"), "lost")
    for _ in range(3):
        try:
            rig.sync(ALL)
        except ClinicBridgeError:
            rig.restart()
    [row] = [row for row in rig.cliniko.patients() if row["last_name"] == "Park"]
    assert rig.contact_of(row["id"])["update_cliniko_patient"] == "no"


def test_unlink(rig: Rig) -> None:
    """R50, R51: cleared there, separated for good, a new contact with the next change and without the address."""
    patient, contact = pair(rig)
    rig.clock.passes(3600)
    rig.hubspot.edit_contact(contact, unlink_cliniko_patient="yes")
    report = rig.sync(ALL)
    assert report.streams["unlink"].updated == 1
    left = rig.hubspot.contact(contact)
    assert (left.get("cliniko_patient_key") or "", left["unlink_cliniko_patient"]) == ("", "no")
    assert left["cliniko_not_patient_ids"] == patient
    rig.sync(ALL)
    assert not rig.has_contact(patient)
    rig.cliniko.edit_patient(patient, city="Lorne")
    rig.sync(ALL)
    new = rig.contact_of(patient)
    assert new["hs_object_id"] != contact
    assert not new.get("email")
    assert new["cliniko_shared_email"] == "ines@example.test"
    rig.lose_database()
    rig.catch_up(ALL)
    assert rig.contact_of(patient)["hs_object_id"] == new["hs_object_id"]
    assert len(rig.hubspot.contacts()) == 2


@pytest.mark.parametrize("action", ["update", "discard"])
def test_other_answers_about_a_double(rig: Rig, action: str) -> None:
    """would_duplicate_patient: update that patient, or drop the request."""
    patient, contact = pair(rig)
    lead = rig.hubspot.add_contact(
        firstname="Ines",
        lastname="Okafor",
        mobilephone="0400 000 001",
        city="Sale",
        update_cliniko_patient="yes",
    )
    rig.sync(ALL)
    rig.answer("would_duplicate_patient", action, **({"patient": patient} if action == "update" else {}))
    rig.sync(ALL)
    assert len(rig.cliniko.patients()) == 1
    assert rig.hubspot.contact(lead)["update_cliniko_patient"] == "no"
    assert rig.questions() == []
    assert rig.contact_of(patient)["hs_object_id"] == contact
    if action == "update":
        assert patient_row(rig, patient)["city"] == "Sale"


@pytest.mark.parametrize(("action", "city"), [("cliniko", "Sale"), ("hubspot", "Colac")])
def test_answers_about_both_changed(rig: Rig, action: str, city: str) -> None:
    """both_changed: keep Cliniko's, or HubSpot's."""
    patient, contact = pair(rig)
    rig.hubspot.edit_contact(contact, city="Colac", update_cliniko_patient="yes")
    rig.cliniko.edit_patient(patient, city="Sale")
    rig.sync(ALL)
    rig.answer("both_changed", action)
    rig.sync(ALL)
    rig.sync(ALL)
    assert patient_row(rig, patient)["city"] == city
    assert rig.contact_of(patient)["city"] == city
    assert rig.questions() == []


def test_a_referral_source_just_pushed_stands_at_once(rig: Rig) -> None:
    """R6, R41: the contact never shows the former source again, and the next execution has nothing to write."""
    for name in ("Website", "Friend"):
        rig.cliniko.add("referral_source_types", name=name)
    patient, contact = pair(rig)
    for name in ("Website", "Friend"):
        rig.hubspot.edit_contact(contact, cliniko_referral_source=name, update_cliniko_patient="yes")
        rig.sync(ALL)
        found = rig.contact_of(patient)
        assert (found["cliniko_referral_source"], found["update_cliniko_patient"]) == (name, "no")
    rig.forget_calls()
    rig.sync(ALL)
    assert rig.hubspot_writes() == 0
