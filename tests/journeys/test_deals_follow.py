"""Deals of somebody whose contact was lost, or went to somebody else, follow to the contact that comes next."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.journeys.rig import PEOPLE, Rig

ALL = PEOPLE | {"appointments", "unlink"}


def jo_with_a_visit(rig: Rig) -> str:
    jo = rig.cliniko.add_patient(
        first_name="Jo", last_name="Lee", email="jo@example.test", date_of_birth="1980-01-01"
    )
    rig.cliniko.add_appointment(jo, rig.clock.now() + timedelta(days=2))
    return jo


def on(rig: Rig, patient: str) -> int:
    return len(rig.hubspot.deals_of(rig.contact_of(patient)["hs_object_id"]))


@pytest.mark.parametrize("action", ["create", "link"])
def test_deals_hang_on_the_contact_that_replaces_a_vanished_one(rig: Rig, action: str) -> None:
    """R14, R20: HubSpot dropped the association with the contact; the deal is never without one afterwards."""
    jo = jo_with_a_visit(rig)
    rig.sync(ALL)
    rig.hubspot.delete_contact(rig.contact_of(jo)["hs_object_id"])
    rig.cliniko.edit_patient(jo, city="Colac")
    rig.sync(ALL)
    args = {}
    if action == "link":
        args = {"contact": rig.hubspot.add_contact(firstname="Jo", lastname="Lee")}
    rig.answer("contact_vanished", action, **args)
    rig.sync(ALL)
    assert on(rig, jo) == 1
    assert rig.engine.audit()["differences"] == []
    rig.forget_calls()
    rig.sync(ALL)
    assert rig.hubspot_writes() == 0


def test_deals_leave_a_contact_that_stays_with_somebody_else(rig: Rig) -> None:
    """contact_taken, keep: HubSpot merged two people's contacts; each has its own deals again (I2, R20)."""
    jo = jo_with_a_visit(rig)
    mia = rig.cliniko.add_patient(
        first_name="Mia", last_name="Lee", email="mia@example.test", date_of_birth="1981-01-01"
    )
    rig.cliniko.add_appointment(mia, rig.clock.now() + timedelta(days=3))
    rig.sync(ALL)
    kept = rig.hubspot.merge_contacts(rig.contact_of(jo)["hs_object_id"], rig.contact_of(mia)["hs_object_id"])
    rig.cliniko.edit_patient(mia, city="Colac")
    rig.cliniko.edit_patient(jo, city="Geelong")
    rig.sync(ALL)
    assert len(rig.hubspot.deals_of(kept)) == 2
    rig.answer("contact_taken", "keep")
    rig.sync(ALL)
    assert (on(rig, jo), on(rig, mia)) == (1, 1)
    assert rig.engine.audit()["differences"] == []
    rig.forget_calls()
    rig.sync(ALL)
    assert rig.hubspot_writes() == 0


def test_deals_from_before_an_unlinking_stay(rig: Rig) -> None:
    """R50: an unlinking is no loss; its deals stay until somebody cleans up."""
    jo = jo_with_a_visit(rig)
    rig.sync(ALL)
    first = rig.contact_of(jo)["hs_object_id"]
    rig.hubspot.edit_contact(first, unlink_cliniko_patient="yes")
    rig.sync(ALL)
    rig.cliniko.edit_patient(jo, city="Colac")
    rig.sync(ALL)
    assert (on(rig, jo), len(rig.hubspot.deals_of(first))) == (0, 1)
