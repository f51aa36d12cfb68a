"""Undo: an execution is taken back where the service still shows its values; the rest is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.errors import BadInput, ClinicBridgeError
from tests.journeys.rig import Rig

ALL = frozenset({"patients", "contacts", "appointments", "unlink", "write_back"})
DATED = ("lastmodifieddate", "hs_lastmodifieddate")


@pytest.fixture
def linked(rig: Rig) -> Rig:
    """A patient linked to a contact that was there before."""
    rig.contact = rig.hubspot.add_contact(
        firstname="Ines", lastname="Okafor", email="ines@example.test", city="Colac", state="VIC"
    )
    rig.ines = rig.cliniko.add_patient(
        first_name="Ines",
        last_name="Okafor",
        email="ines@example.test",
        city="Sale",
        date_of_birth="1984-11-02",
    )
    return rig


def everything(rig: Rig) -> dict[str, Any]:
    """All of HubSpot as a person sees it: contacts, deals, and which hangs on which."""
    contacts = {key: _seen(values) for key, values in rig.hubspot.contacts().items()}
    deals = {key: _seen(values) for key, values in rig.hubspot.deals().items()}
    return {
        "contacts": contacts,
        "deals": deals,
        "on": {key: sorted(rig.hubspot.contacts_of(key)) for key in deals},
    }


def _seen(values: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value and name not in DATED}


def test_an_update_goes_back_and_is_not_written_again(linked: Rig) -> None:
    """R81: only where HubSpot still shows it; the next change in Cliniko is written."""
    linked.sync(ALL)
    linked.clock.passes(3600)
    linked.cliniko.edit_patient(linked.ines, city="Lorne", state="NSW")
    run = linked.sync(ALL).run_id
    linked.hubspot.edit_contact(linked.contact, state="QLD")
    preview = linked.engine.undo(run, dry_run=True)["changes"]
    assert {(row["field"], row["undone"]) for row in preview} >= {("city", True), ("state", False)}
    assert linked.hubspot.contact(linked.contact)["city"] == "Lorne"
    rows = linked.engine.undo(run)["changes"]
    assert next(row for row in rows if row["field"] == "state")["note"] == "changed_since"
    contact = linked.hubspot.contact(linked.contact)
    assert (contact["city"], contact["state"]) == ("Sale", "QLD")
    linked.forget_calls()
    linked.sync(ALL)
    linked.sync(ALL)
    assert linked.hubspot_writes() == 0
    linked.clock.passes(3600)
    linked.cliniko.edit_patient(linked.ines, city="Torquay")
    linked.sync(ALL)
    assert linked.hubspot.contact(linked.contact)["city"] == "Torquay"


def test_a_link_goes_back_and_a_made_contact_stays(linked: Rig) -> None:
    """R81, R13: the linked contact is as before us; the made one is told of and never deleted."""
    other = linked.cliniko.add_patient(first_name="Al", last_name="Wu", email="al@example.test")
    before = _seen(linked.hubspot.contact(linked.contact))
    run = linked.sync(frozenset({"patients"})).run_id
    assert linked.contact_of(linked.ines)["city"] == "Sale"
    rows = linked.engine.undo(run)["changes"]
    assert _seen(linked.hubspot.contact(linked.contact)).items() >= before.items()
    assert not linked.has_contact(linked.ines)
    assert linked.has_contact(other)
    assert [row["note"] for row in rows if row["cliniko_id"] == other] == ["created_stays"]
    linked.sync(ALL)
    assert not linked.has_contact(linked.ines)
    assert linked.engine.why("patient", linked.ines)["reason"] == "undone"
    linked.clock.passes(3600)
    linked.cliniko.edit_patient(linked.ines, city="Lorne")
    linked.sync(ALL)
    assert linked.contact_of(linked.ines)["hs_object_id"] == linked.contact


def test_a_request_from_hubspot_goes_back_in_cliniko(linked: Rig) -> None:
    """R81 for write-back: the old value stands in Cliniko again, and HubSpot keeps what the user typed."""
    linked.sync(ALL)
    linked.hubspot.edit_contact(
        linked.contact, city="Torquay", mobilephone="0400 000 002", update_cliniko_patient="yes"
    )
    run = linked.sync(ALL).run_id
    assert linked.cliniko.patient(linked.ines)["city"] == "Torquay"
    linked.cliniko.edit_patient(linked.ines, state="NSW")
    linked.engine.undo(run)
    row = linked.cliniko.patient(linked.ines)
    assert (row["city"], row["state"], row["patient_phone_numbers"]) == ("Sale", "NSW", [])
    linked.sync(ALL)
    assert linked.hubspot.contact(linked.contact)["city"] == "Torquay"


def test_a_repair_done_undone_and_redone_ends_the_same(rig: Rig) -> None:
    """R52: undoable; byte for byte the same when it was done, undone and done again."""
    old = rig.hubspot.add_contact(firstname="M", lastname="Lee", email="lee@example.test", city="Colac")
    mia = rig.cliniko.add_patient(
        first_name="Mia",
        last_name="Lee",
        email="lee@example.test",
        city="Geelong",
        date_of_birth="1990-05-05",
    )
    for days in (2, 3):
        rig.cliniko.add_appointment(mia, rig.clock.now() + timedelta(days=days))
    rig.sync(ALL)
    rig.answer("same_person", "link")
    rig.catch_up(ALL)
    before = everything(rig)
    record = rig.store.record("patient", mia)
    run = rig.engine.unlink("patient", mia)["run_id"]
    done = everything(rig)
    assert done != before
    back = rig.engine.undo(run)
    undone = everything(rig)
    assert undone["on"] == before["on"]
    assert undone["contacts"][old] == before["contacts"][old]
    assert undone["deals"] == before["deals"]
    assert rig.store.record("patient", mia) == record
    assert rig.store.separations("patient", [mia]) == {}
    rig.forget_calls()
    rig.sync(ALL)
    assert rig.hubspot_writes() == 0
    again = rig.engine.undo(back["run_id"])
    assert everything(rig) == done
    assert rig.store.separations("patient", [mia]) == {mia: frozenset({old})}
    rig.engine.undo(again["run_id"])
    assert everything(rig) == undone


def test_relinking_goes_back_too(rig: Rig) -> None:
    """R52 with a chosen contact."""
    one = rig.hubspot.add_contact(
        firstname="Ines", lastname="Okafor", email="ines@example.test", city="Colac"
    )
    two = rig.hubspot.add_contact(firstname="Inez", lastname="Okafor", city="Torquay")
    patient = rig.cliniko.add_patient(
        first_name="Ines", last_name="Okafor", email="ines@example.test", city="Sale"
    )
    rig.catch_up(ALL)
    before = everything(rig)
    run = rig.engine.relink("patient", patient, two)["run_id"]
    assert rig.contact_of(patient)["hs_object_id"] == two
    done = everything(rig)
    back = rig.engine.undo(run)["run_id"]
    undone = everything(rig)
    del undone["contacts"][two]["cliniko_last_synced_at"]
    assert undone == before
    assert rig.contact_of(patient)["hs_object_id"] == one
    rig.engine.undo(back)
    assert everything(rig) == done


def test_an_unlinking_asked_for_in_hubspot_goes_back(linked: Rig) -> None:
    """R50, R81: linked again, and matched as before."""
    linked.sync(ALL)
    linked.hubspot.edit_contact(linked.contact, unlink_cliniko_patient="yes")
    run = linked.sync(ALL).run_id
    assert not linked.has_contact(linked.ines)
    linked.engine.undo(run)
    assert linked.contact_of(linked.ines)["hs_object_id"] == linked.contact
    assert not linked.hubspot.contact(linked.contact).get("cliniko_not_patient_ids")
    linked.sync(ALL)
    assert linked.engine.why("patient", linked.ines)["state"] == "linked"
    assert len(linked.hubspot.contacts()) == 1


def test_a_hold_goes_back(linked: Rig) -> None:
    """R84 with R81."""
    linked.sync(ALL)
    run = linked.engine.hold("patient", linked.ines)["run_id"]
    linked.engine.undo(run)
    linked.sync(ALL)
    assert linked.engine.why("patient", linked.ines)["state"] == "linked"


def test_one_record_of_a_run(linked: Rig) -> None:
    """R81: per record."""
    other = linked.cliniko.add_patient(first_name="Al", last_name="Wu", email="al@example.test", city="Sale")
    linked.sync(ALL)
    linked.clock.passes(3600)
    for patient in (linked.ines, other):
        linked.cliniko.edit_patient(patient, city="Lorne")
    run = linked.sync(ALL).run_id
    linked.engine.undo(run, record=("patient", other))
    assert linked.contact_of(other)["city"] == "Sale"
    assert linked.contact_of(linked.ines)["city"] == "Lorne"


def test_a_deal_goes_back(linked: Rig) -> None:
    """R81 for deals."""
    visit = linked.cliniko.add_appointment(linked.ines, linked.clock.now() + timedelta(days=2))
    linked.catch_up(ALL)
    linked.cliniko.cancel_appointment(visit)
    run = linked.sync(ALL).run_id
    [deal] = linked.hubspot.having("deals", "cliniko_appointment_key", visit)
    assert deal["dealstage"] == "cliniko_appt_cancelled"
    linked.engine.undo(run)
    assert linked.hubspot.deal(deal["hs_object_id"])["dealstage"] == "cliniko_appt_booked"


@pytest.mark.parametrize("action", ["link", "separate"])
def test_an_answer_goes_back(rig: Rig, action: str) -> None:
    """Matching §3: all answers are undoable; the question stands again."""
    contact = rig.hubspot.add_contact(email="rob@example.test", firstname="Bob", lastname="Smith")
    patient = rig.cliniko.add_patient(first_name="Robert", last_name="Smith", email="rob@example.test")
    rig.sync(ALL)
    rig.answer("same_person", action)
    run = rig.sync(ALL).run_id
    assert rig.questions() == []
    rig.engine.undo(run)
    assert rig.store.separations("patient", [patient]) == {}
    assert not rig.hubspot.contact(contact).get("cliniko_not_patient_ids")
    if action == "link":
        rig.sync(ALL)
        assert rig.questions() == ["same_person"]
        assert rig.hubspot.contact(contact)["firstname"] == "Bob"


def test_what_cannot_be_undone_is_refused(linked: Rig) -> None:
    """Exit 2: no such run, or a rehearsal."""
    rehearsal = linked.engine.run(frozenset({"patients"}), dry_run=True).run_id
    for run in (rehearsal, 4711, 0):
        with pytest.raises(BadInput):
            linked.engine.undo(run)


@pytest.mark.parametrize("call", range(1, 5))
def test_a_crash_while_undoing_is_gone_on_with(linked: Rig, call: int) -> None:
    """I1."""
    linked.sync(ALL)
    run = linked.engine.unlink("patient", linked.ines)["run_id"]
    linked.hubspot_faults.add(("POST", "batch/update"), "lost", skip=call - 1)
    for number in range(3):
        try:
            if number:
                linked.sync(ALL)
            else:
                linked.engine.undo(run)
        except ClinicBridgeError:
            linked.restart()
    assert linked.contact_of(linked.ines)["hs_object_id"] == linked.contact
    assert linked.hubspot.contact(linked.contact)["city"] == "Sale"
    assert linked.store.open_intents() == []


def test_the_holder_of_an_inbox_goes_back(rig: Rig) -> None:
    """shared_email: the address is where it was, and the question stands again."""
    one, two = (
        rig.cliniko.add_patient(
            first_name=name, last_name="Lee", email="lee@example.test", date_of_birth=f"198{n}-01-01"
        )
        for n, name in enumerate(("Mia", "Jo"))
    )
    rig.sync(ALL)
    rig.answer("shared_email", "holder", patient=two)
    run = rig.sync(ALL).run_id
    assert rig.contact_of(two)["email"] == "lee@example.test"
    rig.engine.undo(run)
    assert rig.contact_of(one)["email"] == "lee@example.test"
    assert rig.questions() == ["shared_email"]


def test_leaving_out_goes_back(linked: Rig) -> None:
    """contact_vanished, leave_out."""
    linked.sync(ALL)
    linked.hubspot.delete_contact(linked.contact)
    linked.clock.passes(3600)
    linked.cliniko.edit_patient(linked.ines, city="Lorne")
    linked.sync(ALL)
    linked.answer("contact_vanished", "leave_out")
    run = linked.sync(ALL).run_id
    linked.engine.undo(run)
    assert linked.questions() == ["contact_vanished"]
    linked.answer("contact_vanished", "create")
    linked.sync(ALL)
    assert linked.has_contact(linked.ines)
