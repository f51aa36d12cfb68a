"""Looking for requests between executions, and requests that cannot be answered now."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.rig import PEOPLE, Rig

ALL = PEOPLE | {"write_back", "unlink"}


def pair(rig: Rig, **fields: Any) -> tuple[str, str]:
    """A linked patient: ids on both sides."""
    patient = rig.cliniko.add_patient(
        **{"first_name": "Ines", "last_name": "Okafor", "email": "ines@example.test", **fields}
    )
    rig.sync(ALL)
    return patient, rig.contact_of(patient)["hs_object_id"]


def executions(rig: Rig) -> int:
    return len(rig.store.executions(100))


def test_a_poll_costs_one_search_and_leaves_no_trace(rig: Rig) -> None:
    """R40, I13: one search for all triggers, no execution in the history where nobody asked."""
    pair(rig)
    rig.engine.poll_triggers()
    before = executions(rig)
    rig.forget_calls()
    assert rig.engine.poll_triggers() is None
    assert sum(rig.hubspot_calls().values()) == 1
    assert sum(rig.cliniko_calls().values()) == 0
    assert executions(rig) == before


def test_a_poll_answers_a_request(rig: Rig) -> None:
    """R40: between two executions."""
    patient, contact = pair(rig)
    rig.hubspot.edit_contact(contact, city="Colac", update_cliniko_patient="yes")
    rig.clock.passes(60)
    report = rig.engine.poll_triggers()
    assert report is not None
    assert report.streams["write_back"].updated == 1
    assert rig.cliniko.patient(patient)["city"] == "Colac"
    rig.clock.passes(60)
    assert rig.engine.poll_triggers() is None


def test_requests_are_left_alone_while_writing_back_is_off(rig: Rig) -> None:
    """Settings, I7: no execution every minute for what nobody will answer; unlinking goes on."""
    patient, contact = pair(rig)
    rig.set("write_back.enabled", False)
    rig.hubspot.edit_contact(contact, city="Colac", update_cliniko_patient="yes")
    rig.clock.passes(60)
    assert rig.engine.poll_triggers() is None
    assert not rig.cliniko.patient(patient).get("city")
    rig.hubspot.edit_contact(contact, unlink_cliniko_patient="yes")
    assert rig.engine.poll_triggers() is not None
    assert not rig.has_contact(patient)


@pytest.mark.parametrize("cause", ["asked", "limit", "hold"])
def test_a_request_that_has_to_wait_is_not_worked_every_minute(rig: Rig, cause: str) -> None:
    """R43, I7: it keeps its yes; polls go on without an execution until something about it changes."""
    patient, contact = pair(rig, date_of_birth="1984-11-02")
    if cause == "limit":
        rig.set("write_back.max_creations_per_day", 0)
        contact = rig.hubspot.add_contact(firstname="Ana", lastname="Roe", email="roe@example.test")
    elif cause == "asked":
        contact = rig.hubspot.add_contact(
            firstname="Ines", lastname="Okafor", cliniko_date_of_birth="1984-11-02"
        )
    else:
        rig.hubspot.edit_contact(contact, cliniko_sync_hold="true", city="Colac")
    rig.hubspot.edit_contact(contact, update_cliniko_patient="yes")
    rig.clock.passes(60)
    assert rig.engine.poll_triggers() is not None
    for _ in range(3):
        rig.clock.passes(60)
        assert rig.engine.poll_triggers() is None
    assert rig.hubspot.contact(contact)["update_cliniko_patient"] == "yes"
    if cause == "hold":
        rig.hubspot.edit_contact(contact, cliniko_sync_hold="false")
        rig.clock.passes(60)
        assert rig.engine.poll_triggers() is not None
        assert rig.cliniko.patient(patient)["city"] == "Colac"
    elif cause == "limit":
        rig.clock.passes(86_400)
        rig.set("write_back.max_creations_per_day", 20)
        rig.sync(ALL)
        assert rig.hubspot.contact(contact)["update_cliniko_patient"] == "no"
        assert len(rig.cliniko.patients()) == 2


def test_unlinking_waits_for_a_hold_in_hubspot(rig: Rig) -> None:
    """Schema §5: while somebody says do not touch, nothing is written to the contact."""
    patient, contact = pair(rig)
    rig.hubspot.edit_contact(contact, cliniko_sync_hold="true", unlink_cliniko_patient="yes")
    report = rig.sync(ALL)
    assert report.streams["unlink"].held == 1
    assert rig.hubspot.contact(contact)["cliniko_patient_key"] == patient
    rig.hubspot.edit_contact(contact, cliniko_sync_hold="false")
    rig.sync(ALL)
    assert not rig.has_contact(patient)


def test_a_common_last_name_is_looked_through_to_its_end(rig: Rig) -> None:
    """R43: the person may stand behind a hundred others of that name."""
    for n in range(130):
        rig.cliniko.add_patient(first_name=f"P{n}", last_name="Smith", date_of_birth="1970-01-01")
    late = rig.cliniko.add_patient(first_name="Bo", last_name="Smith", date_of_birth="1984-11-02")
    rig.catch_up(ALL)
    contact = rig.hubspot.add_contact(
        firstname="Bo", lastname="Smith", date_of_birth="1984-11-02", update_cliniko_patient="yes"
    )
    rig.sync(ALL)
    assert rig.questions() == ["would_duplicate_patient"]
    rig.answer("would_duplicate_patient", "update", patient=late)
    rig.sync(ALL)
    assert rig.hubspot.contact(contact)["update_cliniko_patient"] == "no"
    assert len(rig.cliniko.patients()) == 131


@pytest.mark.parametrize(
    ("there", "linked"),
    [
        ({"lastname": "Okafor"}, True),
        ({"lastname": "Else", "date_of_birth": "1984-11-02"}, True),
        ({"lastname": "Else"}, False),
        ({"lastname": "Okafor", "date_of_birth": "1999-01-01"}, False),
    ],
)
def test_ids_of_another_tool_are_adopted(rig: Rig, there: dict[str, str], linked: bool) -> None:
    """R64, matching rule 1: an id together with a last name or a birthday; else it is asked about."""
    rig.hubspot.add_property("contacts", "cliniko_patient_id", "Cliniko Patient ID")
    who = rig.cliniko.add_patient(
        first_name="Ines", last_name="Okafor", email="ines@example.test", date_of_birth="1984-11-02"
    )
    contact = rig.hubspot.add_contact(firstname="I", cliniko_patient_id=who, **there)
    rig.sync(ALL)
    now = rig.hubspot.contact(contact)
    assert (now.get("cliniko_patient_key") == who) == linked
    if linked:
        assert now["cliniko_link_rule"] == "adopted"
        assert rig.hubspot.property("contacts", "cliniko_patient_id").label == "Cliniko Patient ID"
        assert len(rig.hubspot.contacts()) == 1
    else:
        assert rig.questions() == ["id_mismatch"]
