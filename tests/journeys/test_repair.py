"""A wrong pairing taken apart: values, deals and links put right, verified, and never joined again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.errors import BadInput, ClinicBridgeError
from tests.journeys.rig import Rig

ALL = frozenset({"patients", "contacts", "appointments", "unlink", "write_back"})


@pytest.fixture
def wrong(rig: Rig) -> Rig:
    """Mia was linked by hand to the contact of somebody else, whose values are overwritten; she has two deals."""
    rig.jo = rig.hubspot.add_contact(
        firstname="Jo", lastname="Lee", email="lee@example.test", city="Colac", mobilephone="0400 000 777"
    )
    rig.mia = rig.cliniko.add_patient(
        first_name="Mia",
        last_name="Lee",
        email="lee@example.test",
        city="Geelong",
        date_of_birth="1990-05-05",
        patient_phone_numbers=[{"phone_type": "Mobile", "number": "0400 000 001"}],
    )
    rig.visits = [rig.cliniko.add_appointment(rig.mia, rig.clock.now() + timedelta(days=n)) for n in (2, 3)]
    rig.hubspot.edit_contact(rig.jo, firstname="M")
    rig.sync(ALL)
    assert "same_person" in rig.questions()
    rig.answer("same_person", "link")
    rig.sync(ALL)
    rig.sync(ALL)
    assert rig.contact_of(rig.mia)["hs_object_id"] == rig.jo
    assert rig.hubspot.contact(rig.jo)["city"] == "Geelong"
    return rig


def on(rig: Rig, contact: str) -> set[str]:
    return set(rig.hubspot.deals_of(contact))


def shown(rig: Rig, contact: str) -> dict[str, str]:
    """Everything a person sees, less what HubSpot dates itself."""
    return {
        name: value
        for name, value in rig.hubspot.contact(contact).items()
        if value and name not in ("lastmodifieddate", "hs_lastmodifieddate", "cliniko_last_synced_at")
    }


def test_unlink_restores_makes_a_new_contact_and_moves_the_deals(wrong: Rig) -> None:
    """R51, R52: what stood there before is back, our keys are gone, the deals hang on the new contact."""
    deals = on(wrong, wrong.jo)
    assert len(deals) == 2
    answer = wrong.engine.unlink("patient", wrong.mia)
    jo = shown(wrong, wrong.jo)
    assert (jo["firstname"], jo["city"], jo["mobilephone"]) == ("M", "Colac", "0400 000 777")
    assert jo["email"] == "lee@example.test"
    ours = {name for name in jo if name.startswith("cliniko_")}
    assert ours == {"cliniko_not_patient_ids"}
    assert jo["cliniko_not_patient_ids"] == wrong.mia
    new = wrong.contact_of(wrong.mia)
    assert new["hs_object_id"] == answer["hubspot_id"] != wrong.jo
    assert (new.get("email") or "", new["cliniko_shared_email"]) == ("", "lee@example.test")
    assert on(wrong, wrong.jo) == set()
    assert on(wrong, new["hs_object_id"]) == deals
    assert answer["unverified"] == []
    wrong.sync(ALL)
    wrong.forget_calls()
    wrong.sync(ALL)
    assert wrong.hubspot_writes() == 0
    wrong.lose_database()
    wrong.catch_up(ALL)
    assert wrong.contact_of(wrong.mia)["hs_object_id"] == new["hs_object_id"]
    assert len(wrong.hubspot.contacts()) == 2


def test_a_preview_writes_nothing_and_lists_everything(wrong: Rig) -> None:
    """R52: --dry-run."""
    runs = len(wrong.store.executions(100))
    wrong.forget_calls()
    answer = wrong.engine.unlink("patient", wrong.mia, dry_run=True)
    assert wrong.hubspot_writes() == 0
    assert {"city", "cliniko_patient_key", "contact"} <= {row["field"] for row in answer["changes"]}
    city = next(row for row in answer["changes"] if row["field"] == "city")
    assert (city["now"], city["again"]) == ("Geelong", "Colac")
    assert len(wrong.store.executions(100)) == runs
    assert wrong.store.record("patient", wrong.mia).state == "linked"


def test_a_value_somebody_changed_since_stays(wrong: Rig) -> None:
    """R52: restored only where HubSpot still shows our value."""
    wrong.hubspot.edit_contact(wrong.jo, city="Lorne")
    answer = wrong.engine.unlink("patient", wrong.mia)
    assert wrong.hubspot.contact(wrong.jo)["city"] == "Lorne"
    assert "city" in {row["field"] for row in answer["changes"] if row["note"] == "changed_since"}


def test_deals_may_stay(wrong: Rig) -> None:
    """--no-move-deals; Why lists what is left to clean up, and relinking to the same contact cleans it."""
    deals = on(wrong, wrong.jo)
    wrong.engine.unlink("patient", wrong.mia, move_deals=False)
    assert on(wrong, wrong.jo) == deals
    [note] = [n for n in wrong.engine.why("patient", wrong.mia)["notes"] if n["code"] == "left_to_clean"]
    assert (note["contact"], len(note["deals"]), note["properties"]) == (wrong.jo, 2, [])
    new = wrong.contact_of(wrong.mia)["hs_object_id"]
    wrong.engine.relink("patient", wrong.mia, new)
    assert on(wrong, new) == deals
    assert on(wrong, wrong.jo) == set()
    assert not [n for n in wrong.engine.why("patient", wrong.mia)["notes"] if n["code"] == "left_to_clean"]


def test_what_a_trigger_left_is_cleaned_up_later(wrong: Rig) -> None:
    """R50, R52: Why names the values and deals that stay after the request in HubSpot; unlink cleans them."""
    wrong.hubspot.edit_contact(wrong.jo, unlink_cliniko_patient="yes")
    wrong.sync(ALL)
    found = wrong.engine.why("patient", wrong.mia)
    assert (found["state"], found["reason"]) == ("left_out", "unlinked")
    [note] = [n for n in found["notes"] if n["code"] == "left_to_clean"]
    assert "city" in note["properties"]
    assert len(note["deals"]) == 2
    wrong.engine.unlink("patient", wrong.mia)
    assert wrong.hubspot.contact(wrong.jo)["city"] == "Colac"
    new = wrong.contact_of(wrong.mia)["hs_object_id"]
    assert new != wrong.jo
    assert len(on(wrong, new)) == 2
    assert not [n for n in wrong.engine.why("patient", wrong.mia)["notes"] if n["code"] == "left_to_clean"]


def test_relink_to_a_chosen_contact(wrong: Rig) -> None:
    """R52: an existing contact takes the place of the new one."""
    right = wrong.hubspot.add_contact(firstname="Mia", lastname="Lee", city="Torquay")
    deals = on(wrong, wrong.jo)
    wrong.engine.relink("patient", wrong.mia, right)
    assert wrong.contact_of(wrong.mia)["hs_object_id"] == right
    assert wrong.hubspot.contact(right)["cliniko_link_rule"] == "manual"
    assert wrong.hubspot.contact(right)["city"] == "Geelong"
    assert wrong.hubspot.contact(wrong.jo)["city"] == "Colac"
    assert on(wrong, right) == deals
    assert wrong.engine.why("patient", wrong.mia)["rule"] == "manual"


def test_relink_refuses_what_is_not_there_or_taken(wrong: Rig) -> None:
    """Exit 2, and nothing is written."""
    other = wrong.cliniko.add_patient(first_name="Al", last_name="Wu", email="al@example.test")
    wrong.sync(ALL)
    wrong.forget_calls()
    for target in ("999999999", "abc", wrong.contact_of(other)["hs_object_id"]):
        with pytest.raises(BadInput):
            wrong.engine.relink("patient", wrong.mia, target)
    for kind, unknown in (("patient", "4711"), ("contact", wrong.mia)):
        with pytest.raises(BadInput):
            wrong.engine.unlink(kind, unknown)
    assert wrong.hubspot_writes() == 0


def test_a_made_contact_that_still_is_this_person_keeps_its_name(rig: Rig) -> None:
    """R52: nothing on it came from somebody wrong; our own properties go, the new one has no address."""
    patient = rig.cliniko.add_patient(
        first_name="Ines", last_name="Okafor", email="ines@example.test", city="Sale"
    )
    rig.sync(ALL)
    contact = rig.contact_of(patient)["hs_object_id"]
    rig.engine.unlink("patient", patient)
    old = shown(rig, contact)
    assert (old["firstname"], old["email"], old["city"]) == ("Ines", "ines@example.test", "Sale")
    assert [name for name in old if name.startswith("cliniko_")] == ["cliniko_not_patient_ids"]
    assert not rig.contact_of(patient).get("email")


def test_a_cliniko_contact_is_repaired_too(rig: Rig) -> None:
    """R52 for third parties."""
    old = rig.hubspot.add_contact(
        firstname="Kim", lastname="Park", email="kim@example.test", phone="03 1111 1111"
    )
    doctor = rig.cliniko.add_contact(
        first_name="Kim",
        last_name="Park",
        email="kim@example.test",
        phone_numbers=[{"phone_type": "Work", "number": "03 5200 0001"}],
    )
    rig.sync(ALL)
    assert rig.contact_of(doctor, "cliniko_contact_key")["hs_object_id"] == old
    rig.engine.unlink("contact", doctor)
    assert rig.contact_of(doctor, "cliniko_contact_key")["hs_object_id"] != old
    assert rig.hubspot.contact(old)["phone"] == "03 1111 1111"
    rig.sync(ALL)
    assert len(rig.hubspot.contacts()) == 2


@pytest.mark.parametrize("call", range(1, 9))
def test_a_crash_in_the_middle_is_gone_on_with(wrong: Rig, call: int) -> None:
    """I1: whichever call's answer is lost, the next run completes the repair; nothing doubles."""
    deals = on(wrong, wrong.jo)
    wrong.hubspot_faults.add(("POST", "batch/(update|upsert)|associate|archive"), "lost", skip=call - 1)
    for _ in range(4):
        try:
            wrong.engine.unlink("patient", wrong.mia) if _ == 0 else wrong.sync(ALL)
        except ClinicBridgeError:
            wrong.restart()
    new = wrong.contact_of(wrong.mia)["hs_object_id"]
    assert new != wrong.jo
    assert len(wrong.hubspot.contacts()) == 2
    assert wrong.hubspot.contact(wrong.jo)["city"] == "Colac"
    assert on(wrong, new) == deals
    assert wrong.store.open_intents() == []
