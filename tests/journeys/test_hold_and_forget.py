"""Hold, release and forget: nothing is written to a held record, and nothing is kept of a forgotten one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.errors import BadInput, ClinicBridgeError
from tests.journeys.rig import Rig

ALL = frozenset({"patients", "contacts", "appointments", "unlink", "write_back"})


@pytest.fixture
def clinic(rig: Rig) -> Rig:
    """One patient with a visit, linked."""
    rig.ines = rig.cliniko.add_patient(
        first_name="Ines",
        last_name="Okafor",
        email="ines@example.test",
        city="Sale",
        patient_phone_numbers=[{"phone_type": "Mobile", "number": "0400 111 222"}],
    )
    rig.visit = rig.cliniko.add_appointment(rig.ines, rig.clock.now() + timedelta(days=2))
    rig.catch_up(ALL)
    rig.contact = rig.contact_of(rig.ines)["hs_object_id"]
    return rig


def test_nothing_is_written_while_on_hold_and_everything_after(clinic: Rig) -> None:
    """R84: the contact, its roll-ups and its deals stay as they are; release brings all of it at once."""
    [deal] = clinic.hubspot.deals_of(clinic.contact)
    contact, shown = clinic.hubspot.contact(clinic.contact), clinic.hubspot.deal(deal)
    clinic.engine.hold("patient", clinic.ines)
    clinic.cliniko.edit_patient(clinic.ines, city="Lorne")
    clinic.cliniko.cancel_appointment(clinic.visit)
    second = clinic.cliniko.add_appointment(clinic.ines, clinic.clock.now() + timedelta(days=5))
    clinic.forget_calls()
    for _ in range(2):
        report = clinic.sync(ALL)
    clinic.clock.passes(86_400 * 3)
    clinic.catch_up(ALL)
    assert report.exit_code == 0
    assert clinic.hubspot_writes() == 0
    assert (clinic.hubspot.contact(clinic.contact), clinic.hubspot.deal(deal)) == (contact, shown)
    assert clinic.engine.why("patient", clinic.ines)["reason"] == "on_hold"
    assert clinic.engine.why("appointment", second)["reason"] == "on_hold"
    clinic.engine.release("patient", clinic.ines)
    clinic.sync(ALL)
    assert clinic.hubspot.contact(clinic.contact)["city"] == "Lorne"
    assert clinic.hubspot.deal(deal)["cliniko_appointment_status"] == "cancelled"
    assert len(clinic.hubspot.deals_of(clinic.contact)) == 2
    assert clinic.engine.why("patient", clinic.ines)["state"] == "linked"


def test_a_request_in_hubspot_waits_for_the_release(clinic: Rig) -> None:
    """R84 with R40 and R50."""
    clinic.engine.hold("patient", clinic.ines)
    clinic.hubspot.edit_contact(clinic.contact, city="Colac", update_cliniko_patient="yes")
    clinic.sync(ALL)
    assert clinic.cliniko.patient(clinic.ines)["city"] == "Sale"
    assert clinic.hubspot.contact(clinic.contact)["update_cliniko_patient"] == "yes"
    clinic.engine.release("patient", clinic.ines)
    clinic.sync(ALL)
    assert clinic.cliniko.patient(clinic.ines)["city"] == "Colac"
    clinic.engine.hold("patient", clinic.ines)
    clinic.hubspot.edit_contact(clinic.contact, unlink_cliniko_patient="yes")
    clinic.sync(ALL)
    assert clinic.contact_of(clinic.ines)["unlink_cliniko_patient"] == "yes"


def test_somebody_never_met_may_be_held(clinic: Rig) -> None:
    """R84: no contact is made; an unknown id is refused (exit 2); a repair is refused while on hold."""
    new = clinic.cliniko.add_patient(first_name="Al", last_name="Wu", email="al@example.test")
    clinic.engine.hold("patient", new)
    clinic.sync(ALL)
    assert not clinic.has_contact(new)
    with pytest.raises(BadInput):
        clinic.engine.hold("patient", "4711")
    clinic.engine.hold("patient", clinic.ines)
    with pytest.raises(BadInput):
        clinic.engine.unlink("patient", clinic.ines)
    clinic.engine.release("patient", new)
    clinic.sync(ALL)
    assert clinic.has_contact(new)


def ours(values: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if name.startswith("cliniko_") and value}


def test_forget_removes_there_and_here_and_never_syncs_again(clinic: Rig) -> None:
    """R84: what a person typed stays; what we wrote goes; ids stay out of every later run."""
    clinic.hubspot.edit_contact(clinic.contact, jobtitle="Pilot", city="Torquay")
    [deal] = clinic.hubspot.deals_of(clinic.contact)
    preview = clinic.engine.forget("patient", clinic.ines, dry_run=True)
    assert {"firstname", "cliniko_patient_key", "dealstage"} <= {row["field"] for row in preview["changes"]}
    assert clinic.has_contact(clinic.ines)
    clinic.engine.forget("patient", clinic.ines)
    left = clinic.hubspot.contact(clinic.contact)
    assert (ours(left), left.get("firstname") or "", left.get("email") or "") == ({}, "", "")
    assert (left["jobtitle"], left["city"]) == ("Pilot", "Torquay")
    gone = clinic.hubspot.deal(deal)
    assert (ours(gone), gone["dealstage"], gone["dealname"]) == ({}, "cliniko_appt_removed", "Removed")
    assert clinic.hubspot.contacts_of(deal) == []
    assert clinic.store.people("patient", [clinic.ines]) == {}
    assert clinic.store.visits_of([clinic.ines]) == {}
    clinic.cliniko.edit_patient(clinic.ines, city="Lorne")
    clinic.cliniko.mark_arrived(clinic.visit)
    clinic.cliniko.add_appointment(clinic.ines, clinic.clock.now() + timedelta(days=3))
    contact = clinic.hubspot.contact(clinic.contact)
    clinic.forget_calls()
    clinic.sync(ALL)
    clinic.clock.passes(86_400 * 4)
    clinic.catch_up(ALL)
    assert clinic.hubspot_writes() == 0
    assert clinic.hubspot.contact(clinic.contact) == contact
    assert clinic.store.people("patient", [clinic.ines]) == {}
    assert clinic.store.visits_of([clinic.ines]) == {}
    assert clinic.engine.why("patient", clinic.ines)["reason"] == "forgotten"
    entries = clinic.store.journal_of_record("patient", clinic.ines)
    assert {(entry.old, entry.new) for entry in entries} == {(None, None)}


def test_what_stood_there_before_us_is_not_forgotten(rig: Rig) -> None:
    """R84: our values only."""
    old = rig.hubspot.add_contact(
        firstname="Ines", lastname="Okafor", email="ines@example.test", city="Colac"
    )
    patient = rig.cliniko.add_patient(
        first_name="Ines", last_name="Okafor", email="ines@example.test", city="Sale", state="VIC"
    )
    rig.sync(ALL)
    assert rig.contact_of(patient)["hs_object_id"] == old
    rig.engine.forget("patient", patient)
    left = rig.hubspot.contact(old)
    assert (left["firstname"], left["email"], left["city"]) == ("Ines", "ines@example.test", "Colac")
    assert (left.get("state") or "", ours(left)) == ("", {})


@pytest.mark.parametrize("call", range(1, 5))
def test_a_crash_while_forgetting_is_gone_on_with(clinic: Rig, call: int) -> None:
    """I1."""
    clinic.hubspot_faults.add(("POST", "batch/(update|archive)"), "lost", skip=call - 1)
    for number in range(3):
        try:
            if number:
                clinic.sync(ALL)
            else:
                clinic.engine.forget("patient", clinic.ines)
        except ClinicBridgeError:
            clinic.restart()
    assert ours(clinic.hubspot.contact(clinic.contact)) == {}
    assert clinic.store.people("patient", [clinic.ines]) == {}
    assert clinic.store.open_intents() == []


def test_a_forgotten_person_comes_back_only_when_released(clinic: Rig) -> None:
    """R84: a person's own word, by id, is the one way back."""
    clinic.engine.forget("patient", clinic.ines)
    clinic.engine.release("patient", clinic.ines)
    clinic.catch_up(ALL)
    again = clinic.contact_of(clinic.ines)
    assert again["firstname"] == "Ines"
    assert len(clinic.hubspot.deals_of(again["hs_object_id"])) == 1


def test_a_look_first_does_not_keep_the_accounts_from_being_remembered(rig: Rig) -> None:
    """I10: whatever only looks comes first in a process; the first run still ties the database to both accounts."""
    rig.engine.schema_check()
    rig.sync(ALL)
    assert rig.store.fact("portal_id")
