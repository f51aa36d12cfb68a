"""Patients, contacts and referral sources: shapes, writes, refusals, archiving and merging."""

from __future__ import annotations

from typing import Any

import pytest

from tests.app.sandbox.cliniko_caller import START, Caller


def create(caller: Caller, **fields: Any) -> dict[str, Any]:
    body = {"first_name": "Ines", "last_name": "Okafor", **fields}
    answer = caller.send("POST", "patients", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def refused(caller: Caller, method: str, path: str, body: Any) -> dict[str, str]:
    answer = caller.send(method, path, json=body)
    assert answer.status_code == 422, answer.text
    assert answer.json()["message"] == "Validation Failed"
    errors: dict[str, str] = answer.json()["errors"]
    return errors


def test_a_created_patient_comes_back_whole(caller: Caller) -> None:
    """R40: 201, a Location, the id as text, computed phone digits and country name."""
    answer = caller.send(
        "POST",
        "patients",
        json={
            "first_name": "Ines",
            "last_name": "Okafor",
            "email": "ines@example.test",
            "date_of_birth": "1984-11-02",
            "country_code": "au",
            "gender_identity": "Female",
            "patient_phone_numbers": [{"phone_type": "Mobile", "number": "0400 000 001"}],
            "id": 5,
            "label": "ignored",
            "country": "New Zealand",
            "gender": "ignored",
            "shoe_size": 41,
        },
    )
    patient = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"].endswith(f"/v1/patients/{patient['id']}")
    assert isinstance(patient["id"], str)
    assert (patient["label"], patient["country"], patient["country_code"]) == (
        "Ines Okafor",
        "Australia",
        "AU",
    )
    assert patient["gender"] is None
    assert "shoe_size" not in patient
    assert patient["patient_phone_numbers"] == [
        {"number": "0400 000 001", "normalized_number": "61400000001", "phone_type": "Mobile"}
    ]
    assert patient == caller.get(f"patients/{patient['id']}").json()
    assert caller.clinic.patient(patient["id"])["created_at"] == "2026-03-02T01:00:00Z"


def test_names_are_needed(caller: Caller) -> None:
    """R42: a refusal names the fields, with the curly apostrophe."""
    assert refused(caller, "POST", "patients", {"first_name": "  "}) == {
        "first_name": "can’t be blank",
        "last_name": "can’t be blank",
    }
    patient = create(caller)
    assert refused(caller, "PATCH", f"patients/{patient['id']}", {"last_name": ""}) == {
        "last_name": "can’t be blank"
    }


@pytest.mark.parametrize(
    "body",
    [
        {"email": "not an address"},
        {"email": "ines@example"},
        {"invoice_email": "x"},
        {"dva_card_number": "12"},
        {"city": "x" * 256},
        {"date_of_birth": "02/11/1984"},
        {"date_of_birth": "1984-02-30"},
        {"country_code": "Australia"},
        {"reminder_type": "Pigeon"},
        {"accepted_privacy_policy": "yes"},
        {"patient_phone_numbers": [{"phone_type": "Pager", "number": "1"}]},
        {"patient_phone_numbers": [{"phone_type": "Home", "number": ""}]},
        {"pronouns": {"nominative": "they"}},
        {"concession_type_id": "999"},
        {"custom_fields": {"sections": [{"fields": [{"token": "unknown", "value": "x"}]}]}},
    ],
)
def test_values_that_are_not_accepted(caller: Caller, body: dict[str, Any]) -> None:
    """R42: one bad field fails the whole write, and nothing of it is kept."""
    patient = create(caller)
    errors = refused(caller, "PATCH", f"patients/{patient['id']}", {"state": "VIC", **body})
    assert [next(iter(body)).removesuffix("_id")] == list(errors)
    assert caller.get(f"patients/{patient['id']}").json()["state"] is None


def test_a_body_without_its_content_type_is_silently_ignored(caller: Caller) -> None:
    """Connection: 200 and nothing changed."""
    patient = create(caller)
    caller.clock.forward(seconds=5)
    answer = caller.send("PATCH", f"patients/{patient['id']}", data=b'{"city": "Geelong"}')
    assert answer.status_code == 200
    assert answer.json() == patient


def test_a_body_has_to_be_an_object(caller: Caller) -> None:
    """Status codes: broken JSON is a 400, a list is refused without naming fields."""
    assert caller.send("POST", "patients", json=[1]).json() == {"message": "must be an object"}
    broken = caller.send("POST", "patients", data="{", headers={"Content-Type": "application/json"})
    assert broken.status_code == 400


def test_an_update_is_partial_and_counts_as_edited(caller: Caller) -> None:
    """R6: a write moves `updated_at` and comes back in the next poll; PUT still works."""
    patient = create(caller, city="Geelong", state="VIC")
    caller.clock.forward(minutes=1)
    changed = caller.send("PUT", f"patients/{patient['id']}", json={"city": "Ballarat"}).json()
    assert (changed["city"], changed["state"]) == ("Ballarat", "VIC")
    assert changed["updated_at"] > changed["created_at"] == patient["created_at"]
    caller.clock.forward(minutes=1)
    again = caller.send("PATCH", f"patients/{patient['id']}", json={"city": "Ballarat"}).json()
    assert again["updated_at"] == changed["updated_at"]


def test_phones_are_replaced_whole(caller: Caller) -> None:
    """R41: what is not sent along is gone."""
    home, work = {"phone_type": "Home", "number": "03 5200 0000"}, {"phone_type": "Work", "number": "+61352"}
    patient = create(caller, patient_phone_numbers=[home, work])
    changed = caller.send("PATCH", f"patients/{patient['id']}", json={"patient_phone_numbers": [work]}).json()
    assert [one["phone_type"] for one in changed["patient_phone_numbers"]] == ["Work"]


@pytest.mark.parametrize(
    ("number", "country", "digits"),
    [
        ("0400 000 001", None, "61400000001"),
        ("+61 (0)400 000 001", None, "61400000001"),
        ("61400000001", None, "61400000001"),
        ("0011 64 21 123 456", None, "6421123456"),
        ("07700 900123", "GB", "447700900123"),
        ("(03) 9000-0000", "AU", "61390000000"),
        ("ask mum", None, ""),
    ],
)
def test_international_digits(caller: Caller, number: str, country: str | None, digits: str) -> None:
    """R43: `normalized_number` follows the patient's country, else the account's."""
    patient = create(
        caller, country_code=country, patient_phone_numbers=[{"phone_type": "Mobile", "number": number}]
    )
    assert patient["patient_phone_numbers"][0]["normalized_number"] == digits


def test_sms_marketing_can_only_be_switched_off(caller: Caller) -> None:
    """R15: consent by SMS has a one-way switch."""
    patient = caller.clinic.add_patient(accepted_sms_marketing=True)
    ignored = caller.send("PATCH", f"patients/{patient}", json={"unsubscribe_sms_marketing": False}).json()
    assert ignored["accepted_sms_marketing"] is True
    off = caller.send("PATCH", f"patients/{patient}", json={"unsubscribe_sms_marketing": True}).json()
    assert off["accepted_sms_marketing"] is False
    back = caller.send("PATCH", f"patients/{patient}", json={"accepted_sms_marketing": True}).json()
    assert back["accepted_sms_marketing"] is False


def test_relations_are_links_and_missing_when_empty(caller: Caller) -> None:
    """Common to all records: a foreign key is the last segment of a link."""
    doctor = caller.clinic.add_contact(first_name="Sam", last_name="Lindqvist", type_code=1)
    patient = create(caller)
    assert not {"referring_doctor", "merged_with_patient", "latest_booking"} & patient.keys()
    changed = caller.send("PATCH", f"patients/{patient['id']}", json={"referring_doctor_id": doctor}).json()
    assert changed["referring_doctor"]["links"]["self"] == f"{caller.base}/contacts/{doctor}"
    visit = caller.clinic.add_appointment(patient["id"], START)
    shown = caller.get(f"patients/{patient['id']}").json()
    assert shown["latest_booking"]["links"]["self"] == f"{caller.base}/bookings/{visit}"


def test_archive_and_unarchive(caller: Caller) -> None:
    """R13: 204 without a body, 200 with the record; DELETE archives as well; both count as edits."""
    patient = create(caller)
    caller.clock.forward(seconds=1)
    archived = caller.send("POST", f"patients/{patient['id']}/archive")
    assert (archived.status_code, archived.content) == (204, b"")
    assert caller.send("PATCH", f"patients/{patient['id']}", json={"city": "x"}).status_code == 404
    row = caller.get(f"patients/{patient['id']}", "archived_at:*").json()
    assert row["archived_at"] == row["updated_at"] > row["created_at"]
    back = caller.send("POST", f"patients/{patient['id']}/unarchive")
    assert (back.status_code, back.json()["archived_at"]) == (200, None)
    assert caller.send("DELETE", f"patients/{patient['id']}").status_code == 204
    assert caller.ids("patients", "archived_at:?") == [patient["id"]]


def test_a_deleted_patient_vanishes_or_leaves_a_trace(caller: Caller) -> None:
    """R13: deletion for good may leave nothing behind."""
    gone, marked = caller.clinic.add_patient(), caller.clinic.add_patient()
    caller.clinic.delete_patient(gone)
    caller.clinic.delete_patient(marked, trace=True)
    assert caller.ids("patients", "archived_at:*") == [marked]
    assert caller.get(f"patients/{marked}", "archived_at:*").json()["deleted_at"] is not None


def test_a_merge_archives_the_loser_and_moves_its_visits(caller: Caller) -> None:
    """R13: the loser names the winner; visits, cases and invoices name the winner from then on."""
    clinic = caller.clinic
    loser, winner, other = (clinic.add_patient(first_name=name) for name in ("Ann", "Anna", "Bo"))
    visit = clinic.add_appointment(loser, START)
    case = clinic.add_case(loser)
    invoice = clinic.add_invoice(loser, [{"name": "Consultation", "unit_price": "90"}])
    group = clinic.add_group_appointment(START, [loser, other])
    caller.clock.forward(minutes=1)
    clinic.merge_patients(loser, winner)
    shown = caller.get(f"patients/{loser}", "archived_at:*").json()
    assert shown["merged_at"] == shown["archived_at"]
    assert shown["merged_with_patient"]["links"]["self"].endswith(f"/patients/{winner}")
    assert "merged_with_patient" not in caller.get(f"patients/{winner}").json()
    edited = shown["updated_at"]
    for path, one in (("individual_appointments", visit), ("patient_cases", case), ("invoices", invoice)):
        row = caller.get(f"{path}/{one}").json()
        assert row["patient"]["links"]["self"].endswith(f"/patients/{winner}")
        assert row["updated_at"] == edited
    assert caller.get(f"group_appointments/{group}").json()["patient_ids"] == [winner, other]
    assert len(caller.rows("attendees", f"patient_id:={winner}")) == 2


def test_custom_fields_carry_the_names_of_their_definition(caller: Caller) -> None:
    """Patients: on write only tokens matter, an empty value is invalid."""
    section, field = "0b5e2f0e-9f5a-4a57-9a3e-6a3f6f0a1c01", "0b5e2f0e-9f5a-4a57-9a3e-6a3f6f0a1c02"
    caller.clinic.settings["patient_custom_fields_definition"]["sections"] = [
        {
            "token": section,
            "name": "Sport",
            "archived": False,
            "fields": [{"token": field, "name": "Club", "type": "text"}],
        }
    ]
    body = {"sections": [{"token": section, "fields": [{"token": field, "value": "Geelong"}]}]}
    patient = create(caller, custom_fields=body)
    assert patient["custom_fields"]["sections"][0]["fields"] == [
        {"token": field, "name": "Club", "type": "text", "value": "Geelong"}
    ]
    body["sections"][0]["fields"] = [{"token": field, "value": ""}]
    assert refused(caller, "PATCH", f"patients/{patient['id']}", {"custom_fields": body}) == {
        "custom_fields": "is invalid"
    }


def test_contacts_are_third_parties(caller: Caller) -> None:
    """R10, R40: all names may be missing, the type has words, phones have no prefix in their name."""
    made = caller.send(
        "POST",
        "contacts",
        json={
            "company_name": "Harbour GP",
            "type_code": 1,
            "doctor_type": "general_practitioner",
            "phone_numbers": [{"phone_type": "Work", "number": "03 5200 0000"}],
        },
    )
    contact = made.json()
    assert made.status_code == 201
    assert (contact["first_name"], contact["type"]) == (None, "Doctor")
    assert contact["phone_numbers"][0]["normalized_number"] == "61352000000"
    assert refused(caller, "PATCH", f"contacts/{contact['id']}", {"type_code": 7}) == {
        "type_code": "is not included in the list"
    }
    caller.clinic.delete_contact(contact["id"])
    assert caller.ids("contacts") == []
    assert caller.ids("contacts", "deleted_at:*") == [contact["id"]]


def test_ids_of_different_kinds_may_be_equal(caller: Caller) -> None:
    """I2: a patient and a contact can share a number; only the kind tells them apart."""
    assert caller.clinic.add_patient() == caller.clinic.add_contact()


def test_a_referral_source_hangs_on_its_patient(caller: Caller) -> None:
    """R41: 404 while there is none, made by the first PATCH, found in the join table."""
    clinic = caller.clinic
    doctor = clinic.add_contact(first_name="Sam", type_code=1)
    by_doctor = clinic.add_referral_source_type("Contact", "Contact")
    patient = clinic.add_patient()
    path = f"patients/{patient}/referral_source"
    before = clinic.patient(patient)["updated_at"]
    assert caller.get(path).status_code == 404
    caller.clock.forward(seconds=1)
    made = caller.send("PATCH", path, json={"referral_source_type_id": by_doctor, "referrer_id": doctor})
    assert made.status_code == 200
    shown = made.json()
    assert shown["links"]["self"] == f"{caller.base}/{path}"
    assert (shown["referrer_type"], shown["subcategory"]) == ("Contact", None)
    assert shown["referrer"]["links"]["self"].endswith(f"/contacts/{doctor}")
    assert caller.rows("referral_sources", f"referrer_id:={doctor}") == [shown]
    assert clinic.patient(patient)["updated_at"] == before
    clinic.clear_referral_source(patient)
    assert caller.get(path).status_code == 404


def test_a_referral_source_has_to_fit_its_type(caller: Caller) -> None:
    """R42: the type must exist, the referrer be of its kind, the subcategory be on its list."""
    clinic = caller.clinic
    campaign = clinic.add_referral_source_type("Advertising", subcategories=["Radio", "Paper"])
    by_patient = clinic.add_referral_source_type("Patient", "Patient")
    patient = clinic.add_patient()
    path = f"patients/{patient}/referral_source"
    assert refused(caller, "PATCH", path, {"notes": "x"}) == {"referral_source_type": "can’t be blank"}
    assert refused(caller, "PATCH", path, {"referral_source_type_id": "77"}) == {
        "referral_source_type": "must exist"
    }
    assert refused(caller, "PATCH", path, {"referral_source_type_id": by_patient, "referrer_id": "123"}) == {
        "referrer": "must exist"
    }
    wrong = {"referral_source_type_id": campaign, "subcategory": "Television"}
    assert refused(caller, "PATCH", path, wrong) == {"subcategory": "is not included in the list"}
    fine = caller.send("PATCH", path, json={"referral_source_type_id": campaign, "subcategory": "Radio"})
    assert fine.json()["subcategory"] == "Radio"
    assert "referrer" not in fine.json()
    types = caller.rows("referral_source_types")
    assert [kind["referrer_type"] for kind in types] == [None, "Patient"]
    assert "referrers" not in types[0]


def test_staff_may_enter_what_no_check_would_pass(caller: Caller) -> None:
    """R3: malformed values are in real data; a misspelt field name in a test is not."""
    patient = caller.clinic.add_patient(first_name=None, last_name=None, email="two at once; x@y")
    assert caller.get(f"patients/{patient}").json()["email"] == "two at once; x@y"
    with pytest.raises(TypeError, match="shoe_size"):
        caller.clinic.edit_patient(patient, shoe_size=41)
    with pytest.raises(KeyError):
        caller.clinic.edit_patient("1", city="x")
