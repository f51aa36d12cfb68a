"""Visits in Cliniko become what a contact shows of them (R16), over both simulated services."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.journeys.rig import Rig

ALL = frozenset({"patients", "contacts", "appointments"})


@pytest.fixture
def seen(rig: Rig) -> Rig:
    """A clinic in Melbourne with two practitioners and two patients, one of them without any visit."""
    rig.ari = rig.cliniko.add_practitioner(first_name="Ari", last_name="Novak", display_name="Ari Novak")
    rig.bea = rig.cliniko.add_practitioner(first_name="Bea", last_name="Lind", display_name="Bea Lind")
    rig.place = rig.cliniko.add_business(business_name="Harbour", time_zone_identifier="Australia/Melbourne")
    rig.kind = rig.cliniko.add_appointment_type("Standard 45", 45, category="Physiotherapy")
    rig.tag = rig.cliniko.add_appointment_type("Reminder", 5, category="Admin")
    rig.patient = rig.cliniko.add_patient(first_name="Ines", last_name="Okafor", email="ines@example.test")
    rig.other = rig.cliniko.add_patient(first_name="Lou", last_name="Berg", email="lou@example.test")
    return rig


def book(rig: Rig, by: str = "", kind: str = "", **delta: float) -> str:
    """An appointment so far from now."""
    return rig.cliniko.add_appointment(
        rig.patient,
        rig.clock.now() + timedelta(**delta),
        practitioner_id=by or rig.ari,
        business_id=rig.place,
        appointment_type_id=kind or rig.kind,
    )


def text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def test_all_visits_of_all_times_are_counted(seen: Rig) -> None:
    """R16: the history far outside the window of deals counts, excluded categories do not."""
    seen.set("appointments.excluded_categories", ["Admin"])
    start = seen.clock.now()
    for days in (-900, -400, -300, -40):
        book(seen, days=days)
    book(seen, by=seen.bea, days=-20)
    book(seen, kind=seen.tag, days=-1)
    book(seen, by=seen.bea, days=200)
    missed = book(seen, days=-10)
    seen.cliniko.mark_did_not_arrive(missed)
    seen.catch_up(ALL, minutes=0)
    contact = seen.contact_of(seen.patient)
    assert contact["cliniko_visits_total"] == "5"
    assert contact["cliniko_visits_12m"] == "3"
    assert contact["cliniko_no_shows"] == "1"
    assert contact["cliniko_main_practitioner"] == "Ari Novak"
    assert contact["cliniko_last_practitioner"] == "Bea Lind"
    assert contact["cliniko_lapse_band"] == "14-29d"
    assert contact["cliniko_patient_stage"] == "active"
    assert contact["cliniko_rebooked"] == "true"
    assert contact["cliniko_first_appointment"].startswith(text(start - timedelta(days=900)))
    assert contact["cliniko_next_appointment"].startswith(text(start + timedelta(days=200)))
    assert not contact.get("cliniko_invoiced_total")
    other = seen.contact_of(seen.other)
    assert (other["cliniko_patient_stage"], other["cliniko_lapse_band"]) == ("enquiry", "never")
    assert other["cliniko_visits_total"] == "0"


def test_days_that_pass_move_the_roll_ups(seen: Rig) -> None:
    """R16, I13: a booked visit comes and goes; in between nothing is written."""
    book(seen, days=2)
    seen.catch_up(ALL)
    assert seen.contact_of(seen.patient)["cliniko_patient_stage"] == "first_booked"
    seen.sync(ALL)
    seen.forget_calls()
    seen.sync(ALL)
    assert seen.hubspot_writes() == 0
    seen.sync(ALL, minutes=3 * 1440)
    contact = seen.contact_of(seen.patient)
    assert (contact["cliniko_patient_stage"], contact["cliniko_lapse_band"]) == ("new", "0-6d")
    assert contact["cliniko_has_upcoming"] == "false"
    assert not contact.get("cliniko_next_appointment")
    seen.sync(ALL, minutes=7 * 1440)
    assert seen.contact_of(seen.patient)["cliniko_lapse_band"] == "7-13d"
    seen.sync(ALL)
    seen.forget_calls()
    seen.sync(ALL)
    assert seen.hubspot_writes() == 0


def test_a_cancelled_visit_is_taken_back(seen: Rig) -> None:
    """R16, R22: cancelled within a day before its start."""
    booked = book(seen, hours=20)
    seen.catch_up(ALL)
    assert seen.contact_of(seen.patient)["cliniko_has_upcoming"] == "true"
    seen.cliniko.cancel_appointment(booked)
    seen.sync(ALL)
    contact = seen.contact_of(seen.patient)
    assert contact["cliniko_has_upcoming"] == "false"
    assert (contact["cliniko_cancellations"], contact["cliniko_late_cancellations"]) == ("1", "1")


def test_a_deleted_contact_is_asked_about_when_roll_ups_meet_it(seen: Rig) -> None:
    """R14: the change of a visit finds the contact gone; the next execution asks."""
    seen.catch_up(ALL)
    seen.hubspot.delete_contact(seen.contact_of(seen.patient)["hs_object_id"])
    book(seen, days=3)
    seen.catch_up(ALL)
    assert not seen.has_contact(seen.patient)
    assert "contact_vanished" in seen.questions()


def test_a_lost_database_restates_nothing(seen: Rig) -> None:
    """R85: the roll-ups that stand in HubSpot are found equal."""
    book(seen, days=-3)
    seen.catch_up(ALL)
    before = seen.contact_of(seen.patient)
    seen.lose_database()
    seen.catch_up(ALL)
    after = seen.contact_of(seen.patient)
    for name in ("cliniko_visits_total", "cliniko_last_appointment", "cliniko_lapse_band"):
        assert after[name] == before[name]
