"""Keys that may not read something: it costs what hangs on it and nothing else."""

from __future__ import annotations

from datetime import timedelta

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


def test_owners_of_hubspot_denied(clinic: Rig) -> None:
    """R26: without the scope to read owners deals go without; the missing scope is named where HubSpot tells it."""
    clinic.hubspot.deny("crm.objects.owners.read")
    clinic.hubspot.switches.token_info = False
    report = clinic.catch_up(ALL)
    assert report.exit_code == 0
    assert deals(clinic) == {"appointment", "invoice"}
