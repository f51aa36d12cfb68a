"""Deals in detail: owners by every setting, prices of several items, cases, who has no contact."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.rig import PEOPLE, Rig

ALL = PEOPLE | {"appointments"}


@pytest.fixture
def booked(rig: Rig) -> Rig:
    """A clinic in Melbourne with one practitioner, one kind of appointment without a price, and one patient."""
    user = rig.cliniko.add_user(email="ari@example.test", first_name="Ari", last_name="Novak")
    rig.ari = rig.cliniko.add_practitioner(
        first_name="Ari", last_name="Novak", display_name="Ari Novak", user_id=user
    )
    rig.place = rig.cliniko.add_business(business_name="Harbour", time_zone_identifier="Australia/Melbourne")
    rig.kind = rig.cliniko.add_appointment_type("Standard 45", 45, category="Physiotherapy")
    rig.patient = rig.cliniko.add_patient(first_name="Ines", last_name="Okafor", email="ines@example.test")
    rig.owner = rig.hubspot.add_owner("ari@example.test", "Ari", "Novak")
    return rig


def book(rig: Rig, *, patient: str = "", **extra: Any) -> str:
    """An appointment in three days, or `days` from now."""
    days = extra.pop("days", 3)
    return rig.cliniko.add_appointment(
        patient or rig.patient,
        rig.clock.now() + timedelta(days=days),
        practitioner_id=rig.ari,
        business_id=rig.place,
        **{"appointment_type_id": rig.kind, **extra},
    )


def deal_of(rig: Rig, appointment: str) -> dict[str, str]:
    found = rig.hubspot.having("deals", "cliniko_appointment_key", appointment)
    assert len(found) == 1, f"{len(found)} deals carry the key {appointment}"
    return dict(found[0])


def quiet(rig: Rig) -> None:
    """A further run writes nothing."""
    rig.forget_calls()
    rig.sync(ALL)
    assert rig.hubspot_writes() == 0


@pytest.mark.parametrize("first", ["catch_up", "sync"])
def test_the_contacts_owner_owns_the_deal(booked: Rig, first: str) -> None:
    """R26: `contact_owner`: the owner of the patient's contact, else the fallback; a person's own choice stays."""
    mine = booked.hubspot.add_owner("mine@example.test", "My", "Own")
    spare = booked.hubspot.add_owner("spare@example.test", "Sp", "Are")
    other = booked.cliniko.add_patient(first_name="Al", last_name="Poe", email="al@example.test")
    booked.hubspot.add_contact(
        firstname="Ines", lastname="Okafor", email="ines@example.test", hubspot_owner_id=mine
    )
    booked.settings = booked.settings.replaced("deals.fallback_owner", spare)
    booked.set("deals.owner", "contact_owner")
    hers, his = book(booked), book(booked, patient=other)
    getattr(booked, first)(ALL)
    assert deal_of(booked, hers)["hubspot_owner_id"] == mine
    assert deal_of(booked, his)["hubspot_owner_id"] == spare
    quiet(booked)
    booked.hubspot.edit_deal(deal_of(booked, hers)["hs_object_id"], hubspot_owner_id=booked.owner)
    booked.cliniko.edit_appointment(hers, starts_at=booked.clock.now() + timedelta(days=9))
    booked.sync(ALL)
    assert deal_of(booked, hers)["hubspot_owner_id"] == booked.owner


def test_other_ways_to_an_owner(booked: Rig) -> None:
    """R26: table by hand, fixed, none; a changed setting reaches the deals that still have our owner."""
    other = booked.hubspot.add_owner("other@example.test", "O", "Ther")
    visit = book(booked)
    booked.sync(ALL)
    assert deal_of(booked, visit)["hubspot_owner_id"] == booked.owner
    booked.set("deals.owner_table", {booked.ari: other})
    booked.sync(ALL)
    assert deal_of(booked, visit)["hubspot_owner_id"] == other
    booked.settings = booked.settings.replaced("deals.fixed_owner", booked.owner)
    booked.set("deals.owner", "fixed")
    booked.sync(ALL)
    assert deal_of(booked, visit)["hubspot_owner_id"] == booked.owner
    booked.set("deals.owner", "none")
    again = book(booked, days=4)
    booked.sync(ALL)
    assert not deal_of(booked, again).get("hubspot_owner_id")
    quiet(booked)


def test_an_owner_who_left_hubspot_costs_only_the_owner(booked: Rig) -> None:
    """R26: a refused owner is left out; the deal is written."""
    booked.settings = booked.settings.replaced("deals.fixed_owner", "999999")
    booked.set("deals.owner", "fixed")
    visit = book(booked)
    report = booked.sync(ALL)
    assert not deal_of(booked, visit).get("hubspot_owner_id")
    assert report.streams["appointments"].failed == 0
    quiet(booked)


def test_two_items_with_discounts_and_taxes(booked: Rig) -> None:
    """R24: the formula over two lines, products left out, half up to cents at the end."""
    gst, none = booked.cliniko.add_tax("GST", "10.0"), booked.cliniko.add_tax("Levy", "2.5")
    one = booked.cliniko.add_billable_item("Consultation", "99.95", gst)
    two = booked.cliniko.add_billable_item("Taping", "20.05", none)
    booked.cliniko.add_type_item(
        booked.kind, one, "2.0", discount_percentage="12.5", is_monetary_discount=False
    )
    booked.cliniko.add_type_item(booked.kind, two, "1.0", discounted_amount="5.0", is_monetary_discount=True)
    visit = book(booked)
    booked.set("appointments.add_amount", True)
    booked.sync(ALL)
    # 2 x 99.95 x 0.875 x 1.1 = 192.40375; 20.05 x 1.025 - 5 = 15.55125; together 207.955
    assert deal_of(booked, visit)["amount"] == "207.96"
    assert deal_of(booked, visit)["cliniko_estimated_value"] == "207.96"
    quiet(booked)


def test_turning_amounts_off_clears_only_ours(booked: Rig) -> None:
    """R24: an amount that a person typed stays, in the past too."""
    item = booked.cliniko.add_billable_item("Consultation", "100.0")
    booked.cliniko.add_type_item(booked.kind, item)
    ours, past, theirs, typed = (
        book(booked),
        book(booked, days=-2),
        book(booked, days=4),
        book(booked, days=5),
    )
    booked.set("appointments.add_amount", True)
    booked.sync(ALL)
    booked.hubspot.edit_deal(deal_of(booked, theirs)["hs_object_id"], amount="77")
    booked.set("appointments.add_amount", False)
    booked.sync(ALL)
    assert [deal_of(booked, v).get("amount") or "" for v in (ours, past, theirs)] == ["", "", "77"]
    booked.hubspot.edit_deal(deal_of(booked, typed)["hs_object_id"], amount="55")
    booked.cliniko.edit_appointment(typed, starts_at=booked.clock.now() + timedelta(days=8))
    booked.sync(ALL)
    assert deal_of(booked, typed)["amount"] == "55"
    quiet(booked)


def test_the_case_of_the_attendee(booked: Rig) -> None:
    """R25: an appointment without a case of its own has the attendee's; a change there reaches the deal."""
    case = booked.cliniko.add_case(booked.patient, "Left knee", max_sessions=6)
    visit = book(booked)
    booked.sync(ALL)
    assert not deal_of(booked, visit).get("cliniko_case_id")
    booked.cliniko.edit("attendees", booked.cliniko.attendee_of(visit), patient_case_id=int(case))
    booked.sync(ALL)
    deal = deal_of(booked, visit)
    assert (deal["cliniko_case_id"], deal["cliniko_case_name"], deal["cliniko_case_status"]) == (
        case,
        "Left knee",
        "open",
    )
    booked.cliniko.close_case(case)
    booked.sync(ALL)
    assert deal_of(booked, visit)["cliniko_case_status"] == "closed"
    quiet(booked)


def test_sessions_of_a_case_count_all_its_visits(booked: Rig) -> None:
    """Schema §6: sessions used and left, visits long before the window included, missed ones by the case's rule."""
    booked.set("privacy.level", "detailed")
    case = booked.cliniko.add_case(
        booked.patient,
        "Left knee",
        max_sessions=6,
        include_cancelled_attendees=False,
        include_dna_attendees=False,
    )
    for days in (-60, -50):
        book(booked, days=days, patient_case_id=case)
    missed = book(booked, days=-40, patient_case_id=case)
    booked.cliniko.mark_did_not_arrive(missed)
    visit = book(booked, patient_case_id=case)
    booked.catch_up(ALL)
    deal = deal_of(booked, visit)
    assert (deal["cliniko_case_sessions_used"], deal["cliniko_case_sessions_left"]) == ("3", "3")
    later = book(booked, days=5, patient_case_id=case)
    booked.sync(ALL)
    booked.sync(ALL)
    assert [deal_of(booked, v)["cliniko_case_sessions_used"] for v in (visit, later)] == ["4", "4"]
    booked.cliniko.cancel_appointment(later)
    booked.sync(ALL)
    booked.sync(ALL)
    assert deal_of(booked, visit)["cliniko_case_sessions_used"] == "3"
    quiet(booked)


def test_the_window_becomes_smaller_and_larger_again(booked: Rig) -> None:
    """R21, R22: deals beyond a smaller window stay and follow; what is booked beyond comes when it drifts in."""
    near, far = book(booked, days=10), book(booked, days=40)
    booked.sync(ALL)
    booked.set("appointments.days_forward", 20)
    late = book(booked, days=30)
    booked.cliniko.cancel_appointment(far)
    booked.sync(ALL)
    assert deal_of(booked, far)["dealstage"] == "cliniko_appt_cancelled"
    assert not booked.hubspot.having("deals", "cliniko_appointment_key", late)
    booked.clock.passes(11 * 86_400)
    booked.sync(ALL)
    assert deal_of(booked, late)["cliniko_appointment_status"] == "booked"
    last = book(booked, days=35)
    booked.sync(ALL)
    booked.set("appointments.days_forward", 45)
    booked.sync(ALL)
    assert deal_of(booked, last)["cliniko_appointment_status"] == "booked"
    assert deal_of(booked, near)["cliniko_appointment_status"] == "attended"
    quiet(booked)


def test_the_visit_of_somebody_left_out_is_left_out_too(booked: Rig) -> None:
    """Counters: held means that a person has to decide; nobody has to here. It comes when its patient comes."""
    booked.set("patients.only_with_email", True)
    shy = booked.cliniko.add_patient(first_name="Al", last_name="Poe", date_of_birth="1980-01-01")
    visit = book(booked, patient=shy)
    report = booked.sync(ALL)
    counters = report.streams["appointments"]
    assert (counters.held, counters.unchanged, report.exit_code) == (0, 1, 0)
    booked.set("patients.only_with_email", False)
    booked.sync(ALL)
    assert deal_of(booked, visit)["cliniko_deal_patient_id"] == shy
    quiet(booked)


def test_what_the_clinic_renames_reaches_the_deals_within_a_day(booked: Rig) -> None:
    """R4: practitioner, location and kind by their names now, on past and booked deals; and only where shown."""
    other = booked.cliniko.add_practitioner(first_name="Bo", last_name="Reed", display_name="Bo Reed")
    past, future = book(booked, days=-2), book(booked)
    elsewhere = booked.cliniko.add_appointment(
        booked.patient,
        booked.clock.now() + timedelta(days=4),
        practitioner_id=other,
        business_id=booked.place,
        appointment_type_id=booked.kind,
    )
    booked.sync(ALL)
    booked.cliniko.edit_practitioner(booked.ari, display_name="Ari Novak-Li")
    booked.clock.passes(21 * 3600)
    booked.forget_calls()
    booked.sync(ALL)
    for visit in (past, future):
        assert deal_of(booked, visit)["cliniko_practitioner"] == "Ari Novak-Li"
        assert deal_of(booked, visit)["dealname"].startswith("Appointment – Ari Novak-Li – ")
    assert deal_of(booked, elsewhere)["cliniko_practitioner"] == "Bo Reed"
    booked.cliniko.edit_business(booked.place, business_name="Harbour East")
    booked.cliniko.edit_appointment_type(booked.kind, name="Standard visit")
    booked.clock.passes(21 * 3600)
    booked.sync(ALL)
    assert deal_of(booked, elsewhere)["cliniko_business"] == "Harbour East"
    assert deal_of(booked, elsewhere)["cliniko_appointment_type"] == "Standard visit"
    quiet(booked)


def test_a_new_price_is_there_within_a_day_whatever_the_hour(booked: Rig) -> None:
    """R24: lists are read again when they are a day old, not when the date changes."""
    item = booked.cliniko.add_billable_item("Consultation", "100.0")
    booked.cliniko.add_type_item(booked.kind, item)
    booked.set("appointments.add_amount", True)
    visit = book(booked, days=9)
    booked.clock.passes(9 * 3600)
    booked.sync(ALL)
    booked.cliniko.edit_billable_item(item, price="120.0")
    for _ in range(8):
        booked.sync(ALL, minutes=180)
    assert deal_of(booked, visit)["amount"] in ("120", "120.00")
    quiet(booked)


def test_a_kind_of_referral_that_is_renamed(booked: Rig) -> None:
    """R4: the patients who have it say its new name within a day."""
    kind = booked.cliniko.add_referral_source_type("Web")
    booked.cliniko.set_referral_source(booked.patient, kind)
    booked.sync(ALL)
    assert booked.contact_of(booked.patient)["cliniko_referral_source"] == "Web"
    booked.cliniko.edit("referral_source_types", kind, name="Website")
    booked.clock.passes(21 * 3600)
    booked.sync(ALL)
    assert booked.contact_of(booked.patient)["cliniko_referral_source"] == "Website"
    quiet(booked)


def test_the_arrival_tick_where_it_is_required(booked: Rig) -> None:
    """R23: ended without the tick: booked for a day, then not marked, by time alone; ticked later, attended."""
    booked.set("appointments.require_arrival_tick", True)
    visit = book(booked, days=1)
    booked.sync(ALL)
    booked.clock.passes(26 * 3600)
    booked.sync(ALL)
    assert deal_of(booked, visit)["dealstage"] == "cliniko_appt_booked"
    booked.clock.passes(24 * 3600)
    booked.sync(ALL)
    assert deal_of(booked, visit)["dealstage"] == "cliniko_appt_not_marked"
    booked.cliniko.mark_arrived(visit)
    booked.sync(ALL)
    assert deal_of(booked, visit)["dealstage"] == "cliniko_appt_attended"
    booked.cliniko.mark_did_not_arrive(visit)
    booked.sync(ALL)
    assert deal_of(booked, visit)["dealstage"] == "cliniko_appt_did_not_arrive"
    booked.cliniko.cancel_appointment(visit)
    booked.sync(ALL)
    assert deal_of(booked, visit)["dealstage"] == "cliniko_appt_cancelled"
    booked.cliniko.archive_appointment(visit)
    booked.sync(ALL)
    assert deal_of(booked, visit)["dealstage"] == "cliniko_appt_removed"
    quiet(booked)


def test_somebody_taken_out_of_a_group(booked: Rig) -> None:
    """R20, R23: each place goes its own way: cancelled, removed, and new ones."""
    booked.set("appointments.groups", True)
    other = booked.cliniko.add_patient(first_name="Al", last_name="Poe", email="al@example.test")
    third = booked.cliniko.add_patient(first_name="Cy", last_name="Ray", email="cy@example.test")
    kind = booked.cliniko.add_appointment_type("Pilates", 45, max_attendees=6)
    group = booked.cliniko.add_group_appointment(
        booked.clock.now() + timedelta(days=2),
        [booked.patient, other],
        practitioner_id=booked.ari,
        business_id=booked.place,
        appointment_type_id=kind,
    )
    booked.sync(ALL)
    places = {deal["cliniko_deal_patient_id"]: deal for deal in booked.hubspot.deals().values()}
    assert set(places) == {booked.patient, other}
    attendee = places[other]["cliniko_appointment_key"].split("-")[1]
    booked.cliniko.cancel_attendee(attendee)
    booked.cliniko.add_attendee(group, third)
    booked.sync(ALL)
    booked.sync(ALL)
    stages = {deal["cliniko_deal_patient_id"]: deal["dealstage"] for deal in booked.hubspot.deals().values()}
    assert stages == {
        booked.patient: "cliniko_appt_booked",
        other: "cliniko_appt_cancelled",
        third: "cliniko_appt_booked",
    }
    quiet(booked)


@pytest.mark.parametrize("on", ["attendee", "appointment"])
def test_an_invoice_follows_the_case_of_its_appointment(booked: Rig, on: str) -> None:
    """R4, schema §7: neither the appointment's case nor its attendee's moves anything on the invoice itself."""
    everything = ALL | {"invoices"}
    booked.set("streams.invoices", True)
    booked.set("privacy.level", "detailed")
    visit = book(booked)
    invoice = booked.cliniko.add_invoice(
        booked.patient, [{"name": "Visit", "unit_price": "80.00"}], appointment_id=visit
    )
    booked.catch_up(everything)
    booked.clock.passes(7200)
    case = booked.cliniko.add_case(booked.patient)
    if on == "attendee":
        booked.cliniko.edit("attendees", booked.cliniko.attendee_of(visit), patient_case_id=case)
    else:
        booked.cliniko.edit("individual_appointments", visit, patient_case_id=case)
    booked.catch_up(everything)
    [deal] = booked.hubspot.having("deals", "cliniko_invoice_key", invoice)
    assert deal["cliniko_invoice_case_id"] == case
    booked.forget_calls()
    booked.sync(everything)
    assert booked.hubspot_writes() == 0


def test_times_at_the_ends_of_the_calendar_stop_nothing(booked: Rig) -> None:
    """Reliability: one absurd record neither ends a run nor hides that it could not be read (I11)."""
    everything = ALL | {"invoices"}
    booked.set("streams.invoices", True)
    visits = [book(booked) for _ in range(3)]
    booked.cliniko.edit("individual_appointments", visits[0], ends_at="9999-12-31T23:59:59Z")
    booked.cliniko.edit("individual_appointments", visits[1], cancelled_at="9999-12-31T23:59:59Z")
    invoice = booked.cliniko.add_invoice(booked.patient, [{"name": "Visit", "unit_price": "80.00"}])
    booked.cliniko.edit("invoices", invoice, status=20, closed_at="9999-12-31T23:59:59Z")
    assert booked.catch_up(everything).exit_code == 0
    stages = [deal_of(booked, visit)["dealstage"] for visit in visits]
    assert stages == ["cliniko_appt_booked", "cliniko_appt_cancelled", "cliniko_appt_booked"]
    [deal] = booked.hubspot.having("deals", "cliniko_invoice_key", invoice)
    assert deal["dealstage"] == "cliniko_inv_paid"


def test_a_record_that_failed_early_in_a_chain_still_needs_a_person(booked: Rig) -> None:
    """Exit codes, I11: executions until caught up end as their worst record says, not as the last one."""
    broken = book(booked)
    booked.cliniko.edit("individual_appointments", broken, starts_at="soon")
    booked.set("sync.items_per_execution", 1)
    for n in range(3):
        booked.cliniko.add_patient(first_name=f"P{n}", last_name="Reed", email=f"p{n}@example.test")
        book(booked)
    report = booked.catch_up(ALL)
    assert (report.streams["appointments"].failed, report.status, report.exit_code) == (1, "attention", 1)
