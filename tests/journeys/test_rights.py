"""Keys that may not read something: it costs what hangs on it and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.errors import RightsMissing
from tests.journeys.rig import PEOPLE, Rig

ALL = PEOPLE | {"appointments", "invoices"}


@pytest.fixture
def clinic(rig: Rig) -> Rig:
    """Two people, an appointment with a case and a price, and an invoice."""
    user = rig.cliniko.add_user(email="ari@example.test", first_name="Ari", last_name="Novak")
    rig.ari = rig.cliniko.add_practitioner(
        first_name="Ari", last_name="Novak", display_name="Ari Novak", user_id=user
    )
    rig.place = rig.cliniko.add_business(business_name="Harbour", time_zone_identifier="Australia/Melbourne")
    rig.kind = rig.cliniko.add_appointment_type("Standard 45", 45)
    item = rig.cliniko.add_billable_item("Consultation", "100.0", rig.cliniko.add_tax("GST", "10.0"))
    rig.cliniko.add_type_item(rig.kind, item)
    rig.patient = rig.cliniko.add_patient(first_name="Ines", last_name="Okafor", email="ines@example.test")
    rig.doctor = rig.cliniko.add_contact(first_name="Mo", last_name="Kim", email="kim@example.test")
    rig.visit = rig.cliniko.add_appointment(
        rig.patient,
        rig.clock.now() + timedelta(days=3),
        practitioner_id=rig.ari,
        business_id=rig.place,
        appointment_type_id=rig.kind,
        patient_case_id=rig.cliniko.add_case(rig.patient, "Left knee"),
    )
    rig.bill = rig.cliniko.add_invoice(rig.patient)
    rig.hubspot.add_owner("ari@example.test", "Ari", "Novak")
    rig.set("streams.invoices", True)
    return rig


def deals(rig: Rig) -> set[str]:
    """Which kinds of deals there are."""
    keys = ("cliniko_appointment_key", "cliniko_invoice_key")
    return {key.split("_")[1] for key in keys for deal in rig.hubspot.deals().values() if deal.get(key)}


@pytest.mark.parametrize(
    "denied",
    [
        "users",
        "settings/public",
        "businesses",
        "taxes",
        "billable_items",
        "appointment_type_billable_items",
        "appointment_types",
        "practitioners",
        "patient_cases",
        "attendees",
        "referral_sources",
        "referral_source_types",
        "concession_types",
        "invoice_items",
    ],
)
def test_a_side_list_that_is_denied_stops_no_stream(clinic: Rig, denied: str) -> None:
    """R26: its words are missing, nothing else; at most one note, never exit 4, and a quiet run writes nothing."""
    clinic.cliniko.deny(denied)
    report = clinic.catch_up(ALL)
    assert report.exit_code == 0
    assert deals(clinic) == {"appointment", "invoice"}
    assert clinic.has_contact(clinic.patient)
    assert clinic.has_contact(clinic.doctor, "cliniko_contact_key")
    assert len(report.problems) <= 1
    clinic.forget_calls()
    clinic.sync(ALL)
    assert clinic.hubspot_writes() == 0


@pytest.mark.parametrize(
    ("denied", "missing"),
    [
        ("contacts", "third party"),
        ("individual_appointments", "appointment"),
        ("invoices", "invoice"),
    ],
)
def test_a_stream_that_is_denied_leaves_the_others_alone(clinic: Rig, denied: str, missing: str) -> None:
    """I11: told with exit 4; the other streams are worked all the same."""
    clinic.cliniko.deny(denied)
    with pytest.raises(RightsMissing) as caught:
        clinic.catch_up(ALL)
    assert caught.value.exit_code == 4
    there = deals(clinic) | (
        {"third party"} if clinic.has_contact(clinic.doctor, "cliniko_contact_key") else set()
    )
    assert there == {"appointment", "invoice", "third party"} - {missing}
    report = caught.value.report
    assert report is not None
    assert [p.code for p in report.problems] == ["rights_missing"]
    clinic.cliniko.allow(denied)
    assert clinic.catch_up(ALL).exit_code == 0
    assert deals(clinic) == {"appointment", "invoice"}
    assert clinic.has_contact(clinic.doctor, "cliniko_contact_key")


def test_patients_denied(clinic: Rig) -> None:
    """Exit 4; nothing is half done and everything comes once it is allowed."""
    clinic.cliniko.deny("patients")
    with pytest.raises(RightsMissing):
        clinic.catch_up(ALL)
    assert deals(clinic) == set()
    clinic.cliniko.allow("patients")
    clinic.catch_up(ALL)
    assert deals(clinic) == {"appointment", "invoice"}


@pytest.mark.parametrize("token_info", [True, False])
def test_owners_of_hubspot_denied(clinic: Rig, token_info: bool) -> None:
    """R26: without the scope to read owners deals go without, whether or not HubSpot tells the scopes; one note."""
    clinic.hubspot.deny("crm.objects.owners.read")
    clinic.hubspot.switches.token_info = token_info
    report = clinic.catch_up(ALL)
    assert report.exit_code == 0
    assert deals(clinic) == {"appointment", "invoice"}
    assert [problem.code for problem in report.problems] == ["no_owners"]
    clinic.forget_calls()
    assert clinic.sync(ALL).problems == []
    assert clinic.hubspot_writes() == 0


@pytest.mark.parametrize("shape", ["errors", "context", "bare"])
@pytest.mark.parametrize(
    "scope",
    [
        "crm.objects.contacts.write",
        "crm.objects.deals.write",
        "crm.schemas.contacts.write",
        "crm.schemas.deals.write",
    ],
)
def test_a_write_scope_that_only_the_first_write_shows(clinic: Rig, scope: str, shape: Any) -> None:
    """R26, I3, I11: exit 4 naming the scope; once it is granted everything comes, and nothing twice."""
    clinic.hubspot.switches.token_info = False
    clinic.hubspot.switches.scope_error = shape
    clinic.hubspot.deny(scope)
    with pytest.raises(RightsMissing) as caught:
        clinic.catch_up(ALL)
    assert (caught.value.exit_code, caught.value.rights) == (4, (scope,))
    assert scope in caught.value.sentence
    clinic.hubspot.allow(scope)
    assert clinic.catch_up(ALL).exit_code == 0
    assert deals(clinic) == {"appointment", "invoice"}
    assert len(clinic.hubspot.deals()) == 2
    assert clinic.has_contact(clinic.patient)
    assert clinic.has_contact(clinic.doctor, "cliniko_contact_key")
    assert clinic.store.open_intents() == []


def test_a_write_scope_taken_away_later(clinic: Rig) -> None:
    """I3: what changed meanwhile comes once it is granted again."""
    clinic.catch_up(ALL)
    clinic.hubspot.deny("crm.objects.contacts.write")
    clinic.cliniko.edit_patient(clinic.patient, city="Lorne")
    for _ in range(2):
        with pytest.raises(RightsMissing) as caught:
            clinic.sync(ALL)
        assert caught.value.rights == ("crm.objects.contacts.write",)
    clinic.hubspot.allow("crm.objects.contacts.write")
    assert clinic.sync(ALL).exit_code == 0
    assert clinic.contact_of(clinic.patient)["city"] == "Lorne"
