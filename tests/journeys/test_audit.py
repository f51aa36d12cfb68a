"""The audit: silent after a whole sync, and every kind of difference named."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.sandbox.clinic import build_clinic
from tests.journeys.rig import Rig

ALL = frozenset({"patients", "contacts", "appointments", "invoices"})


@pytest.fixture
def clinic(rig: Rig) -> Rig:
    """A patient with a visit and an invoice, all in HubSpot."""
    rig.set("streams.invoices", True)
    rig.set("deals.owner", "none")
    rig.ines = rig.cliniko.add_patient(
        first_name="Ines",
        last_name="Okafor",
        email="ines@example.test",
        city="Sale",
        accepted_email_marketing=True,
        date_of_birth="1984-11-02",
    )
    rig.visit = rig.cliniko.add_appointment(rig.ines, rig.clock.now() + timedelta(days=2))
    rig.invoice = rig.cliniko.add_invoice(rig.ines)
    rig.clock.passes(600)
    rig.catch_up(ALL)
    rig.contact = rig.contact_of(rig.ines)["hs_object_id"]
    return rig


def what(rig: Rig) -> list[tuple[str, str]]:
    return sorted((row["type"], row["what"]) for row in rig.engine.audit()["differences"])


def test_a_whole_clinic_after_a_sync_has_no_difference(tmp_path: Path) -> None:
    """R83: nothing is wrong where nothing went wrong, with everything switched on; no write, no history."""
    rig = Rig(
        tmp_path, **{"streams.invoices": True, "appointments.groups": True, "privacy.level": "detailed"}
    )
    try:
        build_clinic(rig.cliniko, 3, 60)
        rig.catch_up(ALL)
        runs = len(rig.store.executions(100))
        rig.forget_calls()
        found = rig.engine.audit()
        assert found["differences"] == []
        linked = sum(
            rig.store.count_records(kind, "linked")
            for kind in ("patient", "contact", "appointment", "invoice")
        )
        assert found["checked"] == linked > 50
        assert rig.hubspot_writes() == 0
        assert len(rig.store.executions(100)) == runs
    finally:
        rig.close()


def test_changes_that_the_next_run_brings_are_no_difference(clinic: Rig) -> None:
    """R83: what changed in Cliniko since is the next run's work."""
    clinic.clock.passes(300)
    clinic.cliniko.edit_patient(clinic.ines, city="Lorne", occupation="Pilot")
    clinic.cliniko.cancel_appointment(clinic.visit)
    clinic.cliniko.pay_invoice(clinic.invoice)
    assert what(clinic) == []


def test_ids_keys_values_and_stages(clinic: Rig) -> None:
    """R83: each is named by record, both ids given."""
    [visit] = clinic.hubspot.having("deals", "cliniko_appointment_key", clinic.visit)
    [invoice] = clinic.hubspot.having("deals", "cliniko_invoice_key", clinic.invoice)
    clinic.hubspot.edit_contact(clinic.contact, cliniko_patient_key="", cliniko_patient_status="archived")
    clinic.hubspot.edit_deal(visit["hs_object_id"], dealstage="cliniko_appt_attended")
    clinic.hubspot.edit_deal(invoice["hs_object_id"], amount="1.00")
    found = clinic.engine.audit()["differences"]
    assert {row["type"] for row in found} == {"patient", "appointment", "invoice"}
    row = next(row for row in found if row["type"] == "appointment")
    assert (row["cliniko_id"], row["hubspot_id"]) == (clinic.visit, visit["hs_object_id"])
    told = " ".join(row["what"] for row in found)
    for word in ("Cliniko patient key", "Patient status", "stage", "Amount", "add up"):
        assert word in told


def test_records_that_are_gone(clinic: Rig) -> None:
    """R83."""
    [visit] = clinic.hubspot.having("deals", "cliniko_appointment_key", clinic.visit)
    clinic.hubspot.delete_deal(visit["hs_object_id"])
    clinic.hubspot.delete_contact(clinic.contact)
    told = " ".join(word for _, word in what(clinic))
    assert "contact no longer exists" in told
    assert "deal no longer exists" in told


def test_a_deal_on_the_wrong_contact_is_asked_about(clinic: Rig) -> None:
    """deal_on_wrong_contact: move, undoable; closes itself when somebody puts it right; leave is remembered."""
    [deal] = [
        d["hs_object_id"] for d in clinic.hubspot.having("deals", "cliniko_appointment_key", clinic.visit)
    ]
    other = clinic.hubspot.add_contact(firstname="Jo", lastname="Lee")
    clinic.hubspot.unlink(deal, clinic.contact)
    clinic.hubspot.link(deal, other)
    assert ("appointment", "The deal hangs on another contact than its patient's.") in what(clinic)
    assert clinic.questions() == ["deal_on_wrong_contact"]
    clinic.answer("deal_on_wrong_contact", "move")
    run = clinic.sync(ALL).run_id
    assert clinic.hubspot.contacts_of(deal) == [clinic.contact]
    assert what(clinic) == []
    clinic.engine.undo(run)
    assert clinic.hubspot.contacts_of(deal) == [other]
    assert clinic.questions() == ["deal_on_wrong_contact"]
    clinic.hubspot.link(deal, clinic.contact)
    assert what(clinic) == []
    assert clinic.questions() == []
    clinic.hubspot.unlink(deal, clinic.contact)
    what(clinic)
    clinic.answer("deal_on_wrong_contact", "leave")
    clinic.sync(ALL)
    what(clinic)
    assert clinic.questions() == []
    assert clinic.hubspot.contacts_of(deal) == [other]


@pytest.mark.parametrize("action", ["record_opt_out", "leave"])
def test_consent_that_disagrees(clinic: Rig, action: str) -> None:
    """consent_disagrees: found by the sync as soon as HubSpot says so, and by the audit."""
    clinic.clock.passes(60)
    clinic.hubspot.edit_contact(clinic.contact, hs_email_optout="true")
    clinic.sync(ALL)
    assert clinic.questions() == ["consent_disagrees"]
    assert ("patient", "Unsubscribed in HubSpot, while Cliniko says yes to e-mail.") in what(clinic)
    clinic.answer("consent_disagrees", action)
    run = clinic.sync(ALL).run_id
    clinic.sync(ALL)
    assert clinic.questions() == []
    told = clinic.cliniko.patient(clinic.ines)["accepted_email_marketing"]
    assert told is (action == "leave")
    shown = clinic.hubspot.contact(clinic.contact)["cliniko_email_marketing"]
    assert shown == ("yes" if action == "leave" else "no")
    clinic.engine.undo(run)
    assert clinic.cliniko.patient(clinic.ines)["accepted_email_marketing"] is True
    clinic.sync(ALL)
    assert clinic.questions() == ["consent_disagrees"]


def test_consent_that_agrees_again_closes_itself(clinic: Rig) -> None:
    """A conflict that solves itself closes itself."""
    clinic.clock.passes(60)
    clinic.hubspot.edit_contact(clinic.contact, hs_email_optout="true")
    clinic.sync(ALL)
    clinic.clock.passes(600)
    clinic.cliniko.edit_patient(clinic.ines, accepted_email_marketing=False)
    clinic.sync(ALL)
    assert clinic.questions() == []


@pytest.mark.parametrize("action", ["fine", "pause"])
def test_a_second_writer(clinic: Rig, action: str) -> None:
    """R64: values of ours replaced by values nobody types; pause stops all writing until it is said to be fine."""
    clinic.hubspot.edit_contact(
        clinic.contact, cliniko_patient_status="merged", cliniko_privacy_policy="rejected"
    )
    assert len(what(clinic)) >= 2
    assert clinic.questions() == ["second_writer"]
    clinic.answer("second_writer", action)
    clinic.cliniko.edit_patient(clinic.ines, city="Lorne")
    clinic.forget_calls()
    report = clinic.sync(ALL)
    if action == "pause":
        assert clinic.hubspot_writes() == 0
        assert report.exit_code == 1
        clinic.answer("second_writer", "fine")
        clinic.sync(ALL)
    assert clinic.hubspot.contact(clinic.contact)["city"] == "Lorne"
    clinic.hubspot.edit_contact(
        clinic.contact, cliniko_patient_status="merged", cliniko_privacy_policy="rejected"
    )
    what(clinic)
    assert clinic.questions() == []


def test_what_a_person_types_to_push_it_is_no_second_writer(clinic: Rig) -> None:
    """R41: properties that are filled in HubSpot on purpose."""
    clinic.hubspot.edit_contact(
        clinic.contact, cliniko_date_of_birth="1984-11-03", cliniko_gender_identity="Woman", city="Colac"
    )
    what(clinic)
    assert clinic.questions() == []
