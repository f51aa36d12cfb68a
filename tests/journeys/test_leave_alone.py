"""What must be left alone, and what must not be told: holds in HubSpot, owners and stages of contacts, words in logs."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.rig import PEOPLE, Rig

ALL = PEOPLE | {"appointments", "write_back", "unlink"}
DEALS = ALL | {"invoices"}


@pytest.fixture
def seen(rig: Rig) -> Rig:
    """A clinic whose patient had a visit, with a practitioner who is a HubSpot user."""
    user = rig.cliniko.add_user(email="ari@example.test", first_name="Ari", last_name="Novak")
    rig.ari = rig.cliniko.add_practitioner(
        first_name="Ari", last_name="Novak", display_name="Ari Novak", user_id=user
    )
    rig.owner = rig.hubspot.add_owner("ari@example.test", "Ari", "Novak")
    rig.place = rig.cliniko.add_business(business_name="Harbour", time_zone_identifier="Australia/Melbourne")
    rig.kind = rig.cliniko.add_appointment_type("Standard 45", 45)
    rig.patient = rig.cliniko.add_patient(
        first_name="Ines", last_name="Okafor", email="ines@example.test", date_of_birth="1984-11-02"
    )
    rig.visit = book(rig, days=-2)
    return rig


def book(rig: Rig, **delta: float) -> str:
    return rig.cliniko.add_appointment(
        rig.patient,
        rig.clock.now() + timedelta(**delta),
        practitioner_id=rig.ari,
        business_id=rig.place,
        appointment_type_id=rig.kind,
    )


def run(rig: Rig) -> None:
    """One whole execution: roll-ups are part of it."""
    rig.clock.passes(900)
    rig.engine.run()


def test_a_hold_stops_roll_ups_and_households_too(seen: Rig) -> None:
    """Schema §5: while true nothing but the sync's own group is written; lifted, everything missed comes."""
    run(seen)
    contact = seen.contact_of(seen.patient)["hs_object_id"]
    assert seen.contact_of(seen.patient)["cliniko_visits_total"] == "1"
    seen.hubspot.edit_contact(contact, cliniko_sync_hold="true")
    before = seen.contact_of(seen.patient)
    book(seen, days=2)
    sibling = seen.cliniko.add_patient(
        first_name="Al", last_name="Okafor", email="ines@example.test", date_of_birth="1985-01-01"
    )
    seen.cliniko.edit_patient(seen.patient, city="Colac")
    for _ in range(3):
        run(seen)
    now = seen.contact_of(seen.patient)
    own = ("cliniko_account_id", "cliniko_record_kind", "cliniko_last_synced_at", "cliniko_link_rule")
    own += ("cliniko_last_error", "cliniko_review_needed", "lastmodifieddate", "cliniko_not_patient_ids")
    assert {k: v for k, v in now.items() if k not in own} == {k: v for k, v in before.items() if k not in own}
    assert seen.has_contact(sibling)
    seen.hubspot.edit_contact(contact, cliniko_sync_hold="false")
    for _ in range(2):
        run(seen)
    now = seen.contact_of(seen.patient)
    assert (now["city"], now["cliniko_household_size"], now["cliniko_has_upcoming"]) == ("Colac", "2", "true")


def test_owner_and_lifecycle_of_contacts(seen: Rig) -> None:
    """Schema §1: both off by default; switched on, a customer after the first attended visit, forward only."""
    other = seen.cliniko.add_patient(first_name="Al", last_name="Poe", email="al@example.test")
    run(seen)
    assert not seen.contact_of(seen.patient).get("hubspot_owner_id")
    assert seen.contact_of(seen.patient)["lifecyclestage"] == "lead"
    seen.settings = seen.settings.replaced("contacts.owner", True)
    seen.set("contacts.lifecycle", True)
    run(seen)
    mine = seen.contact_of(seen.patient)
    assert (mine["hubspot_owner_id"], mine["lifecyclestage"]) == (seen.owner, "customer")
    assert seen.contact_of(other)["lifecyclestage"] == "lead"
    seen.hubspot.edit_contact(mine["hs_object_id"], lifecyclestage="evangelist", hubspot_owner_id="")
    book(seen, days=-1)
    for _ in range(2):
        run(seen)
    assert seen.contact_of(seen.patient)["lifecyclestage"] == "evangelist"
    seen.forget_calls()
    run(seen)
    assert seen.hubspot_writes() == 0


@pytest.mark.parametrize("sort_id", ["refused", "ignored"])
def test_every_list_is_read_whole_without_an_order(seen: Rig, sort_id: Any) -> None:
    """R3: appointments, attendees, invoices and their history where `sort=id` is refused or ignored."""
    seen.cliniko.switches.sort_id = sort_id
    seen.set("streams.invoices", True)
    visits = [book(seen, days=3, hours=n / 10) for n in range(130)]
    bills = [seen.cliniko.add_invoice(seen.patient) for _ in range(130)]
    seen.clock.passes(900)
    seen.engine.run_until_caught_up()
    assert len(seen.hubspot.deals()) == len(visits) + len(bills) + 1
    seen.cliniko.cancel_appointment(visits[120])
    seen.cliniko.edit_invoice(bills[3], number=77)
    run(seen)
    (deal,) = seen.hubspot.having("deals", "cliniko_appointment_key", visits[120])
    assert deal["dealstage"] == "cliniko_appt_cancelled"
    seen.forget_calls()
    run(seen)
    assert seen.hubspot_writes() == 0


def test_nothing_personal_is_told(seen: Rig, caplog: pytest.LogCaptureFixture) -> None:
    """I6: names, addresses and numbers appear in no log line, problem or history, whatever goes wrong."""
    caplog.set_level(logging.DEBUG)
    seen.cliniko.edit_patient(
        seen.patient, patient_phone_numbers=[{"phone_type": "Mobile", "number": "0400 111 222"}]
    )
    seen.hubspot.add_contact(firstname="Inez", lastname="Okafor", email="ines@example.test")
    seen.cliniko.add_patient(first_name="Bad", last_name="Okafor", email="blocked@invalid")
    seen.cliniko.add_patient(first_name="Long" * 70, last_name="Okafor", email="long@example.test")
    run(seen)
    lead = seen.hubspot.add_contact(
        firstname="Ana", lastname="x" * 300, email="roe@example.test", update_cliniko_patient="yes"
    )
    assert lead
    seen.disturb(3, 0.2, ("500", "lost", "html", "422"))
    for _ in range(4):
        try:
            run(seen)
        except Exception as error:
            told = f"{error} {getattr(error, 'sentence', '')} {getattr(error, 'next_step', '')}"
            assert_quiet(told)
    seen.calm()
    run(seen)
    for row in seen.store.executions(50):
        assert_quiet(json.dumps(row, default=str))
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("app")]
    assert lines
    assert_quiet("\n".join(lines))
    for event in seen.events:
        if type(event).__name__ in ("Trouble", "QuestionOpened", "ActionDone", "ExecutionFinished"):
            assert_quiet(repr(event))


def assert_quiet(text: str) -> None:
    """None of what is personal here."""
    for word in (
        "Okafor",
        "ines@",
        "Inez",
        "roe@example",
        "0400 111",
        "1984-11-02",
        "Longlong",
        "long@example",
    ):
        assert word.lower() not in text.lower(), word
