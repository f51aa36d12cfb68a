"""Why: where a record is, by which rule, or the one reason it is not, naming the setting."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.journeys.rig import Rig

ALL = frozenset({"patients", "contacts", "appointments", "invoices"})


def state_of(rig: Rig, kind: str, cliniko_id: str) -> tuple[str, str | None]:
    found = rig.engine.why(kind, cliniko_id, ask_cliniko=True)
    return found["state"], found["reason"]


def test_linked_held_and_left_out(rig: Rig) -> None:
    """R82: rule, contact and moment; the question that holds; the setting that leaves out."""
    rig.hubspot.add_contact(email="rob@example.test", firstname="Bob", lastname="Smith")
    held = rig.cliniko.add_patient(first_name="Robert", last_name="Smith", email="rob@example.test")
    linked = rig.cliniko.add_patient(first_name="Ines", last_name="Okafor", email="ines@example.test")
    nameless = rig.cliniko.add_patient(first_name="", last_name="", email="x@example.test")
    rig.set("patients.only_with_email", True)
    without = rig.cliniko.add_patient(first_name="Al", last_name="Wu")
    rig.sync(ALL)
    found = rig.engine.why("patient", linked)
    assert (found["state"], found["rule"], found["reason"]) == ("linked", "created", None)
    assert found["hubspot_id"] == rig.contact_of(linked)["hs_object_id"]
    assert found["last_changed_at"].endswith("Z")
    found = rig.engine.why("patient", held)
    [conflict] = rig.store.open_conflicts("same_person")
    assert (found["state"], found["reason"], found["conflict_id"]) == ("held", "same_person", conflict.id)
    assert state_of(rig, "patient", without) == ("left_out", "no_email")
    assert state_of(rig, "patient", nameless) == ("left_out", "no_name")
    assert state_of(rig, "patient", "4711") == ("unknown", None)
    assert state_of(rig, "patient", "no-id") == ("unknown", None)


def test_a_secondary_address_and_namesakes_are_told(rig: Rig) -> None:
    """Matching §2: Why says so."""
    one = rig.hubspot.add_contact(firstname="Ines", lastname="Okafor", email="a@example.test")
    rig.hubspot.edit_contact(one, hs_additional_emails="ines@example.test")
    rig.hubspot.add_contact(firstname="Al", lastname="Wu", email="other@example.test")
    first = rig.cliniko.add_patient(first_name="Ines", last_name="Okafor", email="ines@example.test")
    second = rig.cliniko.add_patient(first_name="Al", last_name="Wu", email="al@example.test")
    rig.sync(ALL)
    [note] = rig.engine.why("patient", first)["notes"]
    assert note == {"code": "found_by", "how": "secondary e-mail and name"}
    [note] = rig.engine.why("patient", second)["notes"]
    assert note["code"] == "namesakes"


@pytest.mark.parametrize("has_network", [True, False])
def test_an_appointment_without_a_deal(rig: Rig, has_network: bool) -> None:
    """R21, R82: outside the window, removed, excluded, its patient left out."""
    rig.set("appointments.excluded_categories", ["Admin"])
    kind = rig.cliniko.add_appointment_type("Standard", 45, category="Physio")
    admin = rig.cliniko.add_appointment_type("Tag", 15, category="Admin")
    patient = rig.cliniko.add_patient(first_name="Ines", last_name="Okafor", email="ines@example.test")
    bare = rig.cliniko.add_patient(first_name="Al", last_name="")

    def book(days: float, who: str = patient, **fields: str) -> str:
        fields = {"appointment_type_id": kind, **fields}
        return rig.cliniko.add_appointment(who, rig.clock.now() + timedelta(days=days), **fields)

    visits = {
        "outside_window": book(60),
        "removed": book(2),
        "excluded_category": book(3, appointment_type_id=admin),
        "linked": book(4),
    }
    theirs = book(5, bare)
    rig.cliniko.delete_appointment(visits["removed"])
    rig.catch_up(ALL)
    for wish, visit in visits.items():
        found = rig.engine.why("appointment", visit, ask_cliniko=has_network)
        assert (found["reason"] or found["state"]) == wish
    assert rig.engine.why("appointment", theirs)["reason"] in ("no_patient", "patient_not_linked")
    late = book(70)
    expected = ("left_out", "outside_window") if has_network else ("unknown", None)
    found = rig.engine.why("appointment", late, ask_cliniko=has_network)
    assert (found["state"], found["reason"]) == expected
    soon = book(6)
    assert state_of(rig, "appointment", soon) == ("waiting", "next_run")


def test_a_stream_that_is_off_is_the_reason(rig: Rig) -> None:
    """R82: the setting is named."""
    patient = rig.cliniko.add_patient(first_name="Ines", last_name="Okafor", email="ines@example.test")
    rig.sync(ALL)
    invoice = rig.cliniko.add_invoice(patient)
    assert state_of(rig, "invoice", invoice) == ("left_out", "stream_off")
    rig.set("streams.patients", False)
    other = rig.cliniko.add_patient(first_name="Al", last_name="Wu", email="al@example.test")
    assert state_of(rig, "patient", other) == ("left_out", "stream_off")


def test_an_archived_patient_never_synced(rig: Rig) -> None:
    """R13."""
    patient = rig.cliniko.add_patient(first_name="Ines", last_name="Okafor", email="ines@example.test")
    rig.cliniko.archive_patient(patient)
    assert state_of(rig, "patient", patient) == ("left_out", "archived")
    rig.sync(ALL)
    assert state_of(rig, "patient", patient) == ("left_out", "archived")
