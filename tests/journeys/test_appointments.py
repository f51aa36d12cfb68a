"""Appointments become deals: window, stages, amounts, cases, owners and what a user does to a deal."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.journeys.rig import Rig

ALL = frozenset({"patients", "contacts", "appointments"})


@pytest.fixture
def booked(rig: Rig) -> Rig:
    """A clinic in Melbourne with one practitioner, one type that costs 100 plus 10 % tax, and one patient."""
    user = rig.cliniko.add_user(email="ari@example.test", first_name="Ari", last_name="Novak")
    rig.ari = rig.cliniko.add_practitioner(
        first_name="Ari", last_name="Novak", display_name="Ari Novak", user_id=user
    )
    rig.place = rig.cliniko.add_business(business_name="Harbour", time_zone_identifier="Australia/Melbourne")
    rig.kind = rig.cliniko.add_appointment_type("Standard 45", 45, category="Physiotherapy")
    tax = rig.cliniko.add_tax("GST", "10.0")
    rig.item = rig.cliniko.add_billable_item("Consultation", "100.0", tax)
    rig.line = rig.cliniko.add_type_item(rig.kind, rig.item)
    rig.patient = rig.cliniko.add_patient(first_name="Ines", last_name="Okafor", email="ines@example.test")
    return rig


def book(rig: Rig, **delta: float) -> str:
    """An appointment so far from now."""
    return rig.cliniko.add_appointment(
        rig.patient,
        rig.clock.now() + timedelta(**delta),
        practitioner_id=rig.ari,
        business_id=rig.place,
        appointment_type_id=rig.kind,
    )


def deal_of(rig: Rig, appointment: str) -> dict[str, str]:
    """The one deal of an appointment."""
    found = rig.hubspot.having("deals", "cliniko_appointment_key", appointment)
    assert len(found) == 1, f"{len(found)} deals carry the key {appointment}"
    return dict(found[0])


def has_deal(rig: Rig, appointment: str) -> bool:
    return bool(rig.hubspot.having("deals", "cliniko_appointment_key", appointment))


def stage(rig: Rig, appointment: str) -> str:
    return deal_of(rig, appointment)["dealstage"].removeprefix("cliniko_appt_")


def test_an_appointment_is_a_deal_on_the_patients_contact(booked: Rig) -> None:
    """R20: the patient is synced first in the same execution."""
    owner = booked.hubspot.add_owner("ari@example.test", "Ari", "Novak")
    visit = book(booked, days=3)
    booked.sync(ALL)
    deal = deal_of(booked, visit)
    assert booked.hubspot.contacts_of(deal["hs_object_id"]) == [
        booked.contact_of(booked.patient)["hs_object_id"]
    ]
    assert deal["dealname"] == "Appointment – Ari Novak – 25 Nov 2026"
    assert (deal["pipeline"], stage(booked, visit)) == ("cliniko_appointments", "booked")
    assert deal["cliniko_estimated_value"] in ("110", "110.00")
    assert not deal.get("amount")
    assert deal["cliniko_appointment_minutes"] == "45"
    assert deal["cliniko_is_first_visit"] == "true"
    assert deal["hubspot_owner_id"] == owner


def test_the_window(booked: Rig) -> None:
    """R21: clinic-local days, seven back and so many ahead; cancelled in the window has a deal, removed has none."""
    near, far, past, long_past = (
        book(booked, days=40),
        book(booked, days=60),
        book(booked, days=-6),
        book(booked, days=-20),
    )
    cancelled, removed = book(booked, days=5), book(booked, days=6)
    booked.cliniko.cancel_appointment(cancelled)
    booked.cliniko.delete_appointment(removed)
    booked.sync(ALL)
    shown = {visit: has_deal(booked, visit) for visit in (near, far, past, long_past, cancelled, removed)}
    assert shown == {near: True, far: False, past: True, long_past: False, cancelled: True, removed: False}
    assert stage(booked, cancelled) == "cancelled"
    assert stage(booked, past) == "attended"


def test_it_drifts_into_the_window_without_any_change(booked: Rig) -> None:
    """R22."""
    visit = book(booked, days=60)
    booked.sync(ALL)
    assert not has_deal(booked, visit)
    booked.clock.passes(16 * 86_400)
    booked.sync(ALL)
    assert has_deal(booked, visit)


def test_changes_beyond_the_window_are_followed(booked: Rig) -> None:
    """R22, R23: rescheduled beyond it keeps the deal; did-not-arrive nine days later; deleted."""
    moved, missed, deleted = book(booked, days=3), book(booked, days=1), book(booked, days=2)
    booked.sync(ALL)
    deal = deal_of(booked, moved)["hs_object_id"]
    booked.cliniko.edit_appointment(moved, starts_at=booked.clock.now() + timedelta(days=90))
    booked.cliniko.delete_appointment(deleted)
    booked.sync(ALL)
    assert deal_of(booked, moved)["hs_object_id"] == deal
    assert deal_of(booked, moved)["cliniko_appointment_start"].startswith("2027-02")
    assert stage(booked, deleted) == "removed"
    booked.clock.passes(10 * 86_400)
    booked.sync(ALL)
    assert stage(booked, missed) == "attended"
    booked.cliniko.mark_did_not_arrive(missed)
    booked.sync(ALL)
    assert stage(booked, missed) == "did_not_arrive"
    booked.cliniko.unmark(missed)
    booked.sync(ALL)
    assert stage(booked, missed) == "attended"


def test_time_alone_moves_booked_to_attended(booked: Rig) -> None:
    """R23."""
    visit = book(booked, hours=1)
    booked.sync(ALL)
    assert stage(booked, visit) == "booked"
    booked.cliniko.mark_arrived(visit)
    booked.sync(ALL)
    assert stage(booked, visit) == "arrived"
    booked.clock.passes(3 * 3600)
    booked.sync(ALL)
    assert stage(booked, visit) == "attended"
    booked.forget_calls()
    booked.sync(ALL)
    assert booked.hubspot_writes() == 0


def test_amounts_follow_the_price_of_what_is_booked_only(booked: Rig) -> None:
    """R24: switched on everybody gets one; a price change reaches booked ones within a day, not past ones."""
    past, future = book(booked, days=-2), book(booked, days=4)
    free = booked.cliniko.add_appointment_type("Free call", 10)
    nothing = booked.cliniko.add_appointment(
        booked.patient,
        booked.clock.now() + timedelta(days=5),
        appointment_type_id=free,
        practitioner_id=booked.ari,
        business_id=booked.place,
    )
    booked.sync(ALL)
    booked.set("appointments.add_amount", True)
    booked.sync(ALL)
    assert [float(deal_of(booked, v)["amount"]) for v in (past, future)] == [110, 110]
    assert not deal_of(booked, nothing).get("amount")
    booked.cliniko.edit_billable_item(booked.item, price="120.0")
    booked.clock.passes(86_400)
    booked.sync(ALL)
    assert [float(deal_of(booked, v)["amount"]) for v in (past, future)] == [110, 132]
    booked.set("appointments.add_amount", False)
    booked.sync(ALL)
    assert not deal_of(booked, future).get("amount")


def test_a_case_and_its_changes_reach_the_deal(booked: Rig) -> None:
    """R25."""
    case = booked.cliniko.add_case(booked.patient, "Left knee")
    visit = book(booked, days=3)
    booked.cliniko.edit_appointment(visit, patient_case_id=case)
    booked.sync(ALL)
    assert deal_of(booked, visit)["cliniko_case_name"] == "Left knee"
    booked.cliniko.edit_case(case, name="Left knee, again")
    booked.sync(ALL)
    assert deal_of(booked, visit)["cliniko_case_name"] == "Left knee, again"
    booked.set("cases.send_name", False)
    booked.sync(ALL)
    assert not deal_of(booked, visit).get("cliniko_case_name")


def test_a_deal_that_a_user_moved_keeps_its_data_and_gets_no_stage(booked: Rig) -> None:
    """R27."""
    visit = book(booked, days=3)
    booked.sync(ALL)
    deal = deal_of(booked, visit)["hs_object_id"]
    booked.hubspot.move_deal(deal, "default", "qualifiedtobuy")
    booked.cliniko.cancel_appointment(visit)
    report = booked.sync(ALL)
    now = deal_of(booked, visit)
    assert (now["pipeline"], now["dealstage"], now["cliniko_appointment_status"]) == (
        "default",
        "qualifiedtobuy",
        "cancelled",
    )
    assert [p.code for p in report.problems] == ["deal_moved"]
    booked.forget_calls()
    report = booked.sync(ALL)
    assert booked.hubspot_writes() == 0
    assert report.problems == []


def test_the_cap_holds_for_the_patients_of_appointments_that_wait(booked: Rig) -> None:
    """R2, R20: patients are brought for the appointments that are worked, and each is counted once."""
    for n in range(9):
        who = booked.cliniko.add_patient(first_name=f"P{n}", last_name="Reed", email=f"p{n}@example.test")
        booked.cliniko.add_appointment(who, booked.clock.now() + timedelta(days=2, hours=n))
    booked.set("sync.items_per_execution", 3)
    patients = booked.sync(ALL).streams["patients"]
    assert patients.created + patients.waiting == 10
    assert len(booked.hubspot.contacts()) <= 6
    booked.catch_up(ALL)
    assert (len(booked.hubspot.contacts()), len(booked.hubspot.deals())) == (10, 9)


def test_groups_beyond_the_cap_wait_and_are_counted(booked: Rig) -> None:
    """R2, I3: what the cap leaves of groups comes next, changes of their attendees too."""
    booked.set("appointments.groups", True)
    booked.set("sync.items_per_execution", 2)
    soon = booked.clock.now() + timedelta(days=2)
    groups = [
        booked.cliniko.add_group_appointment(soon + timedelta(hours=n), [booked.patient]) for n in range(5)
    ]
    booked.catch_up(ALL)
    assert len(booked.hubspot.deals()) == 5
    booked.clock.passes(7200)
    for row in booked.cliniko.attendees():
        booked.cliniko.cancel_attendee(str(row["id"]))
    report = booked.sync(ALL)
    assert (report.streams["appointments"].updated, report.streams["appointments"].waiting) == (2, 3)
    booked.catch_up(ALL)
    stages = {deal["dealstage"] for deal in booked.hubspot.deals().values()}
    assert (len(groups), stages) == (5, {"cliniko_appt_cancelled"})


def test_an_appointment_that_goes_to_another_patient_is_first_there(booked: Rig) -> None:
    """Schema §6: both patients' earliest visits say so, in whatever order the two are looked at."""
    others = [
        booked.cliniko.add_patient(first_name=f"P{n}", last_name="Dam", email=f"p{n}@example.test")
        for n in range(6)
    ]
    visits = [book(booked, days=1, hours=n) for n in range(7)]
    booked.catch_up(ALL)
    booked.clock.passes(7200)
    for who, visit in zip([*others, booked.patient], visits, strict=True):
        booked.cliniko.edit("individual_appointments", visit, patient_id=who)
        booked.cliniko.edit("attendees", booked.cliniko.attendee_of(visit), patient_id=who)
    booked.catch_up(ALL)
    assert {deal_of(booked, visit)["cliniko_is_first_visit"] for visit in visits} == {"true"}


def test_what_a_person_did_to_deals_outlives_the_database(booked: Rig) -> None:
    """R26, R27, R85: with the local data gone, a deal in a pipeline of theirs gets no stage, and their owner stays."""
    moved, owned = book(booked, days=3), book(booked, days=4)
    booked.sync(ALL)
    booked.hubspot.move_deal(deal_of(booked, moved)["hs_object_id"], "default", "qualifiedtobuy")
    theirs = booked.hubspot.add_owner("boss@example.test", "Bo", "Dam")
    booked.hubspot.edit_deal(deal_of(booked, owned)["hs_object_id"], hubspot_owner_id=theirs)
    booked.lose_database()
    booked.cliniko.cancel_appointment(moved)
    booked.catch_up(ALL)
    now = deal_of(booked, moved)
    assert (now["pipeline"], now["dealstage"], now["cliniko_appointment_status"]) == (
        "default",
        "qualifiedtobuy",
        "cancelled",
    )
    assert deal_of(booked, owned)["hubspot_owner_id"] == theirs
    assert len(booked.hubspot.deals()) == 2
    booked.cliniko.mark_did_not_arrive(owned)
    booked.catch_up(ALL)
    assert deal_of(booked, owned)["dealstage"] == "cliniko_appt_did_not_arrive"
    booked.forget_calls()
    assert booked.sync(ALL).problems == []
    assert booked.hubspot_writes() == 0


def test_a_stage_deleted_by_a_user_pauses_only_appointments(booked: Rig) -> None:
    """R61: patients go on; repair loses nothing."""
    visit = book(booked, days=3)
    booked.sync(ALL)
    booked.hubspot.delete_stage("cliniko_appt_cancelled")
    booked.cliniko.cancel_appointment(visit)
    booked.cliniko.edit_patient(booked.patient, city="Sale")
    report = booked.sync(ALL)
    assert report.exit_code == 1
    assert booked.contact_of(booked.patient)["city"] == "Sale"
    assert stage(booked, visit) == "booked"
    assert "schema_drift" in booked.questions()
    booked.answer("schema_drift", "repair")
    report = booked.sync(ALL)
    stages = booked.hubspot.having("deals", "cliniko_appointment_key", visit)[0]["dealstage"]
    assert stages != "cliniko_appt_booked"
    assert booked.questions() == ["owner_missing"]


def test_a_group_gets_a_deal_for_each_attendee(booked: Rig) -> None:
    """R20: off by default."""
    other = booked.cliniko.add_patient(first_name="Al", last_name="Poe", email="al@example.test")
    group = booked.cliniko.add_appointment_type("Pilates", 45, max_attendees=6)
    booking = booked.cliniko.add_group_appointment(
        booked.clock.now() + timedelta(days=2),
        [booked.patient, other],
        practitioner_id=booked.ari,
        business_id=booked.place,
        appointment_type_id=group,
    )
    booked.sync(ALL)
    assert booked.hubspot.deals() == {}
    booked.set("appointments.groups", True)
    booked.sync(ALL)
    keys = sorted(deal["cliniko_appointment_key"] for deal in booked.hubspot.deals().values())
    assert len(keys) == 2
    assert all(key.startswith(f"{booking}-") for key in keys)


def test_first_visit_moves_when_an_earlier_one_turns_up(booked: Rig) -> None:
    """Schema §6: cliniko_is_first_visit."""
    later = book(booked, days=9)
    booked.sync(ALL)
    assert deal_of(booked, later)["cliniko_is_first_visit"] == "true"
    earlier = book(booked, days=2)
    booked.sync(ALL)
    assert deal_of(booked, earlier)["cliniko_is_first_visit"] == "true"
    assert deal_of(booked, later)["cliniko_is_first_visit"] == "false"
    booked.cliniko.cancel_appointment(earlier)
    booked.sync(ALL)
    assert deal_of(booked, later)["cliniko_is_first_visit"] == "true"


def test_a_lost_database_doubles_no_deal(booked: Rig) -> None:
    """R85, I1."""
    visits = [book(booked, days=n) for n in range(1, 9)]
    booked.catch_up(ALL)
    booked.lose_database()
    booked.catch_up(ALL)
    assert len(booked.hubspot.deals()) == 8
    assert all(booked.store.record("appointment", visit).hubspot_id for visit in visits)


def test_a_key_that_may_not_read_users_costs_only_owners(booked: Rig) -> None:
    """R26: one note, never exit 4."""
    booked.cliniko.deny("users")
    visit = book(booked, days=3)
    report = booked.sync(ALL)
    assert report.exit_code == 0
    assert has_deal(booked, visit)
    assert [p.code for p in report.problems] == ["no_users"]


def test_days_around_daylight_saving(booked: Rig) -> None:
    """R21: 24:00 of day N in the clinic's zone, across the autumn change of 4 April 2027."""
    booked.clock.wall = datetime.fromisoformat("2027-03-30T01:00:00+00:00")
    booked.set("appointments.days_forward", 6)
    inside = booked.cliniko.add_appointment(
        booked.patient,
        "2027-04-05T13:30:00Z",
        practitioner_id=booked.ari,
        business_id=booked.place,
        appointment_type_id=booked.kind,
    )
    outside = booked.cliniko.add_appointment(
        booked.patient,
        "2027-04-05T14:30:00Z",
        practitioner_id=booked.ari,
        business_id=booked.place,
        appointment_type_id=booked.kind,
    )
    booked.sync(ALL)
    assert has_deal(booked, inside)
    assert not has_deal(booked, outside)


def test_history_is_loaded_since_a_chosen_day(booked: Rig) -> None:
    """R73: past appointments of any age through the API, once, and nothing twice."""
    old, older = book(booked, days=-40), book(booked, days=-200)
    booked.sync(ALL)
    assert not has_deal(booked, old)
    booked.engine.load_history((booked.clock.now() - timedelta(days=100)).date())
    booked.sync(ALL)
    assert has_deal(booked, old)
    assert not has_deal(booked, older)
    assert stage(booked, old) == "attended"
    booked.engine.load_history((booked.clock.now() - timedelta(days=300)).date())
    booked.catch_up(ALL)
    assert has_deal(booked, older)
    booked.forget_calls()
    booked.sync(ALL)
    assert booked.hubspot_writes() == 0


def test_the_cap_loses_no_appointment(booked: Rig) -> None:
    """I4, R2: changed and new ones mixed in one page, a cap smaller than the page: every one arrives."""
    visits = [book(booked, days=1 + n / 10) for n in range(12)]
    booked.set("sync.items_per_execution", 5)
    booked.catch_up(ALL)
    booked.clock.passes(3600)
    for visit in visits[::2]:
        booked.cliniko.edit_appointment(visit, starts_at=booked.clock.now() + timedelta(days=9))
    more = [book(booked, days=2) for _ in range(6)]
    for _ in range(4):
        booked.sync(ALL)
    moved = {deal_of(booked, visit)["cliniko_appointment_start"][:10] for visit in visits[::2]}
    assert moved == {"2026-12-01"}
    assert all(has_deal(booked, visit) for visit in more)
