"""Appointments, attendees, bookings and cases of the simulated Cliniko."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.app.sandbox.cliniko_caller import START, Caller


def slot(caller: Caller, **fields: Any) -> dict[str, Any]:
    clinic = caller.clinic
    return {
        "starts_at": "2026-03-04T23:00:00Z",
        "patient_id": clinic.first_id("patients") or clinic.add_patient(),
        "practitioner_id": clinic.some_practitioner(),
        "business_id": clinic.some_business(),
        "appointment_type_id": clinic.some_appointment_type(),
        **fields,
    }


def test_booking_makes_the_attendee_and_the_default_end(caller: Caller) -> None:
    """R20: an individual appointment has one attendee; its type's duration ends it."""
    kind = caller.clinic.add_appointment_type("Long", duration_in_minutes=45)
    made = caller.send("POST", "individual_appointments", json=slot(caller, appointment_type_id=kind))
    visit = made.json()
    assert made.status_code == 201
    assert visit["ends_at"] == "2026-03-04T23:45:00Z"
    assert (visit["patient_name"], visit["cancellation_reason_description"]) == ("Kim Example", "")
    assert (visit["repeat_rule"], visit["repeats"], visit["did_not_arrive"]) == ({}, None, False)
    assert not {"patient_case", "repeated_from"} & visit.keys()
    attendees = caller.rows("attendees", f"booking_id:={visit['id']}")
    assert attendees == caller.rows(f"individual_appointments/{visit['id']}/attendees")
    assert attendees[0]["booking"]["links"]["self"] == f"{caller.base}/bookings/{visit['id']}"
    assert attendees[0]["arrived"] is None


def test_a_missing_type_is_reported_as_something_else(caller: Caller) -> None:
    """Status codes: the misleading refusal about `max_attendees`."""
    answer = caller.send("POST", "individual_appointments", json=slot(caller, appointment_type_id="1390"))
    assert answer.status_code == 422
    assert answer.json()["errors"] == {"max_attendees": "is not a number"}


def test_an_archived_case_cannot_be_booked(caller: Caller) -> None:
    """R25: the refusal comes under `base`."""
    body = slot(caller)
    case = caller.clinic.add_case(body["patient_id"])
    caller.clinic.archive_case(case)
    answer = caller.send("POST", "individual_appointments", json={**body, "patient_case_id": case})
    assert answer.json()["errors"] == {"base": "Case has been archived."}


def test_an_end_of_null_falls_back_to_the_duration(caller: Caller) -> None:
    """Individual appointments: null on update means the type's duration."""
    visit = caller.clinic.add_appointment(caller.clinic.add_patient(), START, ends_at=START)
    moved = caller.send(
        "PATCH",
        f"individual_appointments/{visit}",
        json={"ends_at": None, "starts_at": "2026-03-09T00:00:00Z"},
    )
    assert moved.json()["ends_at"] == "2026-03-09T00:30:00Z"


def test_cancelling_goes_by_patch_with_a_reason(caller: Caller) -> None:
    """R23: cancelled with a code from the list; the COVID code is read, not sent."""
    visit = caller.clinic.add_appointment(caller.clinic.add_patient(), START)
    path = f"individual_appointments/{visit}/cancel"
    assert caller.send("POST", path, json={"cancellation_reason": 30}).status_code == 404
    assert caller.send("PATCH", path, json={}).status_code == 422
    assert caller.send("PATCH", path, json={"cancellation_reason": 31}).status_code == 422
    caller.clock.forward(seconds=1)
    done = caller.send("PATCH", path, json={"cancellation_reason": 30, "cancellation_note": "flu"})
    assert (done.status_code, done.content) == (204, b"")
    shown = caller.get(f"individual_appointments/{visit}", "cancelled_at:*").json()
    assert shown["cancelled_at"] == shown["updated_at"]
    assert (shown["cancellation_reason_description"], shown["cancellation_note"]) == ("Sick", "flu")
    assert caller.rows("attendees", "cancelled_at:?")[0]["cancellation_reason"] == 30


@pytest.mark.parametrize("bumps", [False, True])
def test_arrival_is_the_attendee_s(caller: Caller, bumps: bool) -> None:
    """R4: a mark moves the attendee's `updated_at`; whether the appointment's follows is a switch."""
    caller.clinic.switches.attendee_bumps_appointment = bumps
    visit = caller.clinic.add_appointment(caller.clinic.add_patient(), START)
    attendee = caller.clinic.attendee_of(visit)
    caller.clock.forward(minutes=1)
    marked = caller.send("PATCH", f"attendees/{attendee}", json={"arrived": False, "patient_id": "1"}).json()
    shown = caller.get(f"individual_appointments/{visit}").json()
    assert marked["arrived"] is False
    assert (shown["did_not_arrive"], shown["patient_arrived"]) == (True, False)
    assert marked["updated_at"] > marked["created_at"]
    assert (shown["updated_at"] > shown["created_at"]) is bumps
    assert caller.ids("individual_appointments", "did_not_arrive:=true") == [visit]
    caller.clinic.mark_arrived(visit)
    assert caller.get(f"individual_appointments/{visit}").json()["patient_arrived"] is True
    caller.clinic.unmark(visit)
    assert caller.get(f"attendees/{attendee}").json()["arrived"] is None


def test_did_not_arrive_may_not_be_filterable(caller: Caller) -> None:
    """Filterable fields: one project met a refusal where the description lists the field."""
    caller.clinic.switches.did_not_arrive_filterable = False
    assert caller.message("individual_appointments", "did_not_arrive:=true").endswith("is not filterable")


def test_a_class_and_its_people(caller: Caller) -> None:
    """R20: no patient link, patient ids as text, people cancelled one by one, no cancel of the whole."""
    clinic = caller.clinic
    first, second, third = (clinic.add_patient() for _ in range(3))
    group = clinic.add_group_appointment(START, [first, second], max_attendees=6)
    shown = caller.get(f"group_appointments/{group}").json()
    assert (shown["patient_ids"], shown["max_attendees"]) == ([first, second], 6)
    assert "patient" not in shown
    assert caller.ids("group_appointments", f"patient_ids:~{second}") == [group]
    assert caller.send("PATCH", f"group_appointments/{group}/cancel", json={}).status_code == 404
    joined = caller.send("POST", "attendees", json={"booking_id": group, "patient_id": third})
    assert joined.status_code == 201
    missing = caller.send("POST", "attendees", json={"appointment_id": group, "patient_id": third})
    assert missing.status_code == 422
    body = {"cancellation_reason": 40}
    assert caller.send("PATCH", f"attendees/{joined.json()['id']}/cancel", json=body).status_code == 204
    assert len(caller.rows("attendees", f"booking_id:={group}")) == 2
    alone = clinic.attendee_of(clinic.add_appointment(first, START))
    assert caller.send("PATCH", f"attendees/{alone}/cancel", json=body).status_code == 422


def test_bookings_join_three_kinds_without_a_type(caller: Caller) -> None:
    """Bookings: one space of ids; the keys tell the kinds apart; read-only."""
    clinic = caller.clinic
    patient = clinic.add_patient()
    visit = clinic.add_appointment(patient, START)
    group = clinic.add_group_appointment(START, [patient])
    block = clinic.add_unavailable_block(START)
    rows = caller.rows("bookings", sort="id")
    assert [row["id"] for row in rows] == [visit, group, block]
    assert ["patient_name" in row for row in rows] == [True, False, False]
    assert ["max_attendees" in row for row in rows] == [False, True, False]
    assert rows[0]["links"]["self"] == f"{caller.base}/bookings/{visit}"
    assert "individual_appointments" in rows[0]["conflicts"]["links"]["self"]
    assert caller.ids("bookings", f"patient_ids:~{patient}") == [visit, group]
    assert caller.message("bookings", f"patient_id:={patient}") == "patient_id is not filterable"
    assert caller.get(f"bookings/{group}").json()["max_attendees"] == 8
    assert caller.send("POST", "bookings", json={}).status_code == 404


def test_conflicts_are_told_not_refused(caller: Caller) -> None:
    """Individual appointments: a double booking is made, and read as a conflict."""
    first = caller.clinic.add_appointment(caller.clinic.add_patient(), START)
    assert caller.get(f"individual_appointments/{first}/conflicts").json() == {"conflicts": {"exist": False}}
    second = caller.clinic.add_appointment(caller.clinic.add_patient(), START + timedelta(minutes=10))
    assert caller.get(f"individual_appointments/{second}/conflicts").json() == {"conflicts": {"exist": True}}


def test_windows_and_ties(caller: Caller) -> None:
    """R21, R22: a stretch of starts; many rows may share one second."""
    patient = caller.clinic.add_patient()
    visits = [caller.clinic.add_appointment(patient, START + timedelta(days=number)) for number in range(4)]
    assert (
        caller.ids(
            "individual_appointments",
            "starts_at:>=2026-03-03T01:00:00Z",
            "starts_at:<2026-03-05T01:00:00Z",
        )
        == visits[1:3]
    )
    assert len({row["updated_at"] for row in caller.rows("individual_appointments")}) == 1


def test_moving_a_visit_keeps_its_length(caller: Caller) -> None:
    """R23: rescheduled by staff, attendee untouched."""
    visit = caller.clinic.add_appointment(caller.clinic.add_patient(), START)
    caller.clock.forward(minutes=1)
    caller.clinic.edit_appointment(visit, starts_at=START + timedelta(days=1))
    shown = caller.get(f"individual_appointments/{visit}").json()
    assert (shown["starts_at"], shown["ends_at"]) == ("2026-03-03T01:00:00Z", "2026-03-03T01:30:00Z")
    attendee = caller.rows("attendees")[0]
    assert attendee["updated_at"] == attendee["created_at"]


def test_a_case_and_who_is_in_it(caller: Caller) -> None:
    """R25: dates, sessions, attendees; closing shows in both spellings and in the list of active ones."""
    patient = caller.clinic.add_patient()
    visit = caller.clinic.add_appointment(patient, START)
    attendee = caller.clinic.attendee_of(visit)
    made = caller.send(
        "POST",
        "patient_cases",
        json={
            "name": "Left knee",
            "patient_id": patient,
            "issue_date": "2026-01-10",
            "max_sessions": 5,
            "max_invoiceable_amount": "500",
            "attendee_ids": [attendee],
        },
    ).json()
    assert (made["attendee_ids"], made["max_invoiceable_amount"]) == ([attendee], "500.0")
    assert caller.get(f"attendees/{attendee}").json()["patient_case"]["links"]["self"].endswith(made["id"])
    assert caller.ids("patient_cases/active") == [made["id"]]
    caller.clinic.close_case(made["id"])
    shown = caller.get(f"patient_cases/{made['id']}").json()
    assert shown["closed"] is True
    assert shown["closed_at"] is not None
    assert caller.ids("patient_cases/active") == []
    assert caller.send("POST", "patient_cases", json={"name": ""}).json()["errors"] == {
        "name": "can’t be blank",
        "patient": "must exist",
    }
