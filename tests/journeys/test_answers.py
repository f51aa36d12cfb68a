"""Questions that hold nothing back: people who left, owners, a patient who is a referrer too."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.errors import BadInput
from app.review.answers import take_back
from tests.journeys.rig import Rig

ALL = frozenset({"patients", "contacts", "appointments"})


@pytest.fixture
def linked(rig: Rig) -> Rig:
    """One linked patient who said yes to marketing."""
    rig.ines = rig.cliniko.add_patient(
        first_name="Ines",
        last_name="Okafor",
        email="ines@example.test",
        accepted_email_marketing=True,
    )
    rig.catch_up(ALL)
    rig.contact = rig.contact_of(rig.ines)["hs_object_id"]
    rig.clock.passes(600)
    return rig


@pytest.mark.parametrize("action", ["mark", "stop_marketing", "remove"])
def test_a_patient_who_was_archived(linked: Rig, action: str) -> None:
    """archived_in_cliniko: the status follows anyway; the answers offer the extras; a file in use again is as before."""
    linked.cliniko.archive_patient(linked.ines)
    report = linked.sync(ALL)
    assert (report.exit_code, linked.questions()) == (0, ["archived_in_cliniko"])
    assert linked.hubspot.contact(linked.contact)["cliniko_patient_status"] == "archived"
    linked.answer("archived_in_cliniko", action)
    linked.sync(ALL)
    if action == "remove":
        assert linked.contact not in linked.hubspot.contacts()
        noted = linked.store.journal_of_target("hubspot", linked.contact, 5)
        assert ("archived", "yes", "answer") in {(e.field, e.new, e.source) for e in noted}
    else:
        marketing = linked.hubspot.contact(linked.contact)["cliniko_email_marketing"]
        assert marketing == ("no" if action == "stop_marketing" else "yes")
    linked.sync(ALL)
    assert linked.questions() == []
    linked.forget_calls()
    linked.sync(ALL)
    assert linked.hubspot_writes() == 0
    linked.clock.passes(600)
    linked.cliniko.unarchive_patient(linked.ines)
    linked.sync(ALL)
    again = linked.contact_of(linked.ines)
    assert (again["cliniko_patient_status"], again["cliniko_email_marketing"]) == ("active", "yes")
    assert (again["hs_object_id"] == linked.contact) is (action != "remove")


def test_an_answer_taken_back_is_not_applied(linked: Rig) -> None:
    """Until the next run an answer can be taken back; the question is there again, and nothing was done."""
    linked.cliniko.archive_patient(linked.ines)
    linked.sync(ALL)
    linked.answer("archived_in_cliniko", "remove")
    assert linked.questions() == []
    (answered,) = linked.store.answered()
    take_back(linked.store, linked.clock.now(), answered.id)
    linked.sync(ALL)
    assert linked.questions() == ["archived_in_cliniko"]
    assert linked.contact in linked.hubspot.contacts()
    linked.answer("archived_in_cliniko", "remove")
    linked.sync(ALL)
    assert linked.contact not in linked.hubspot.contacts()
    with pytest.raises(BadInput):
        take_back(linked.store, linked.clock.now(), answered.id)


def test_unarchived_before_anybody_answered(linked: Rig) -> None:
    """A conflict that solves itself closes itself."""
    linked.cliniko.archive_patient(linked.ines)
    linked.sync(ALL)
    linked.clock.passes(600)
    linked.cliniko.unarchive_patient(linked.ines)
    linked.sync(ALL)
    assert linked.questions() == []


@pytest.fixture
def no_owner(rig: Rig) -> Rig:
    """A visit of a practitioner whom no HubSpot user stands for."""
    user = rig.cliniko.add_user(email="ari@example.test", first_name="Ari", last_name="Novak")
    rig.ari = rig.cliniko.add_practitioner(first_name="Ari", last_name="Novak", user_id=user)
    rig.boss = rig.hubspot.add_owner("boss@example.test", "Bo", "Ss")
    rig.other = rig.hubspot.add_owner("other@example.test", "Al", "Wu")
    rig.set("deals.fallback_owner", rig.boss)
    patient = rig.cliniko.add_patient(first_name="Ines", last_name="Okafor", email="ines@example.test")
    rig.visit = rig.cliniko.add_appointment(
        patient, rig.clock.now() + timedelta(days=2), practitioner_id=rig.ari
    )
    rig.patient = patient
    rig.catch_up(ALL)
    assert rig.questions() == ["owner_missing"]
    return rig


def owner(rig: Rig, visit: str) -> str:
    [deal] = rig.hubspot.having("deals", "cliniko_appointment_key", visit)
    return deal.get("hubspot_owner_id") or ""


@pytest.mark.parametrize("action", ["choose", "default", "ignore"])
def test_a_practitioner_without_a_hubspot_user(no_owner: Rig, action: str) -> None:
    """owner_missing: the chosen owner stands in the table and on the deals; default and ignore count from now on."""
    rig = no_owner
    assert owner(rig, rig.visit) == rig.boss
    rig.answer("owner_missing", action, **({"owner": rig.other} if action == "choose" else {}))
    second = rig.cliniko.add_appointment(
        rig.patient, rig.clock.now() + timedelta(days=3), practitioner_id=rig.ari
    )
    rig.catch_up(ALL)
    expected = {"choose": rig.other, "default": rig.boss, "ignore": ""}[action]
    assert owner(rig, second) == expected
    if action == "choose":
        assert owner(rig, rig.visit) == rig.other
        assert rig.store.settings()["deals.owner_table"] == {rig.ari: rig.other}
    rig.catch_up(ALL)
    assert rig.questions() == []
    assert owner(rig, second) == expected


@pytest.mark.parametrize("action", ["one", "two"])
@pytest.mark.parametrize("first", ["patient", "contact"])
def test_a_patient_who_is_a_referrer_too(rig: Rig, action: str, first: str) -> None:
    """patient_and_referrer: one contact for both, or two for good; undoable."""

    def person() -> None:
        rig.patient = rig.cliniko.add_patient(
            first_name="Kim", last_name="Park", email="kim@example.test", date_of_birth="1970-01-01"
        )

    def doctor() -> None:
        rig.doctor = rig.cliniko.add_contact(first_name="Kim", last_name="Park", email="kim@example.test")

    for make in (person, doctor) if first == "patient" else (doctor, person):
        make()
        rig.clock.passes(60)
        rig.catch_up(ALL)
    assert rig.questions() == ["patient_and_referrer"]
    assert len(rig.hubspot.contacts()) == 2
    rig.answer("patient_and_referrer", action)
    run = rig.sync(ALL).run_id
    rig.sync(ALL)
    patient = rig.contact_of(rig.patient)["hs_object_id"]
    contact = rig.contact_of(rig.doctor, "cliniko_contact_key")["hs_object_id"]
    assert (patient == contact) is (action == "one")
    if action == "one":
        shown = rig.hubspot.contact(patient)
        assert (shown["cliniko_record_kind"], shown["email"]) == ("both", "kim@example.test")
        assert rig.engine.audit()["differences"] == []
    assert rig.questions() == []
    rig.forget_calls()
    rig.sync(ALL)
    assert rig.hubspot_writes() == 0
    if action == "one":
        rig.engine.undo(run)
        patient = rig.contact_of(rig.patient)["hs_object_id"]
        assert patient != rig.contact_of(rig.doctor, "cliniko_contact_key")["hs_object_id"]
        assert rig.questions() == ["patient_and_referrer"]


@pytest.mark.parametrize("action", ["keep", "move"])
def test_two_patients_on_one_contact_after_a_merge_in_hubspot(rig: Rig, action: str) -> None:
    """contact_taken: keep makes a new contact; move repairs the one who had it, deals and values included."""
    jo = rig.cliniko.add_patient(
        first_name="Jo", last_name="Lee", email="jo@example.test", city="Colac", date_of_birth="1980-01-01"
    )
    mia = rig.cliniko.add_patient(
        first_name="Mia", last_name="Lee", email="mia@example.test", city="Sale", date_of_birth="1990-01-01"
    )
    visits = {who: rig.cliniko.add_appointment(who, rig.clock.now() + timedelta(days=2)) for who in (jo, mia)}
    rig.catch_up(ALL)
    kept = rig.hubspot.merge_contacts(rig.contact_of(jo)["hs_object_id"], rig.contact_of(mia)["hs_object_id"])
    for _ in range(3):
        rig.clock.passes(600)
        rig.cliniko.edit_patient(mia, city="Lorne")
        rig.cliniko.edit_patient(jo, city="Torquay")
        rig.sync(ALL)
    assert "contact_taken" in rig.questions()
    rig.answer("contact_taken", action)
    for _ in range(3):
        rig.sync(ALL)
    held_by = rig.store.records_on("patient", [kept])
    contacts = {who: rig.contact_of(who) for who in (jo, mia)}
    assert len({contact["hs_object_id"] for contact in contacts.values()}) == 2
    assert len(held_by) == 1
    assert contacts[mia]["city"] == "Lorne"
    assert contacts[jo]["city"] == "Torquay"
    assert "contact_taken" not in rig.questions()
    rig.forget_calls()
    rig.sync(ALL)
    assert rig.hubspot_writes() == 0
    if action == "move":
        for who, visit in visits.items():
            [deal] = rig.hubspot.having("deals", "cliniko_appointment_key", visit)
            assert contacts[who]["hs_object_id"] in rig.hubspot.contacts_of(deal["hs_object_id"])


def test_a_stage_that_a_person_replaced(rig: Rig) -> None:
    """schema_drift, replace: the stage of theirs that counts alike stands for the one that is gone."""
    patient = rig.cliniko.add_patient(first_name="Ines", last_name="Okafor", email="ines@example.test")
    visit = rig.cliniko.add_appointment(patient, rig.clock.now() + timedelta(days=2))
    rig.catch_up(ALL)
    rig.hubspot.delete_stage("cliniko_appt_cancelled")
    body = {"label": "Called off", "displayOrder": 9, "metadata": {"probability": "0.0"}}
    theirs = rig.engine._hubspot.create_stage("cliniko_appointments", body)["id"]
    rig.cliniko.cancel_appointment(visit)
    rig.sync(ALL)
    assert "schema_drift" in rig.questions()
    rig.answer("schema_drift", "replace")
    rig.sync(ALL)
    [deal] = rig.hubspot.having("deals", "cliniko_appointment_key", visit)
    assert deal["dealstage"] == theirs
    assert "schema_drift" not in rig.questions()
    rig.restart()
    rig.forget_calls()
    rig.sync(ALL)
    assert rig.hubspot_writes() == 0
    assert "schema_drift" not in rig.questions()
