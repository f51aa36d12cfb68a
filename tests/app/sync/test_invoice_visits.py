"""An invoice's deal hangs together with its appointment's, whichever came first (R30)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.sandbox.hubspot_kinds import DEALS
from tests.app.sync.front_desk import FrontDesk, front_desk


@pytest.fixture
def desk() -> Iterator[FrontDesk]:
    with front_desk() as made:
        yield made


def linked_deals(desk: FrontDesk, invoice_key: str) -> set[str]:
    """The appointment keys of the deals that an invoice's deal is associated with."""
    with desk.hubspot.lock:
        ids = desk.hubspot.links.of(DEALS, desk.deal_id(invoice_key), DEALS)
    return {desk.hubspot.deal(one)["cliniko_appointment_key"] for one in ids}


def test_deal_to_deal(desk: FrontDesk) -> None:
    """R30: both in one execution; the appointment's id on the deal, the association between them."""
    patient = desk.patient()
    visit = desk.cliniko.add_appointment(patient, desk.days_ago(-1))
    invoice = desk.invoice(patient, "80.00", appointment_id=visit)
    desk.sync()
    assert desk.deal(invoice)["cliniko_invoice_appointment_id"] == visit
    assert linked_deals(desk, invoice) == {visit}


def test_an_appointment_that_gets_its_deal_later(desk: FrontDesk) -> None:
    """R30: prepaid, beyond the window; once it drifts in they are associated, at no other write."""
    patient = desk.patient()
    visit = desk.cliniko.add_appointment(patient, desk.clock.now() + timedelta(days=60))
    invoice = desk.invoice(patient, "80.00", appointment_id=visit)
    desk.sync()
    assert linked_deals(desk, invoice) == set()
    desk.clock.passes(30 * 86_400)
    numbers = desk.sync()
    assert linked_deals(desk, invoice) == {visit} and numbers.updated == 0
    desk.forget_calls()
    desk.sync()
    assert desk.writes() == 0


def test_after_a_first_load_in_one_go(desk: FrontDesk) -> None:
    """R30: invoices written before their appointments are associated at the end."""
    desk.settings["sync.items_per_execution"] = 2
    patient = desk.patient()
    visits = [desk.cliniko.add_appointment(patient, desk.days_ago(-1 - i / 24)) for i in range(7)]
    invoices = [desk.invoice(patient, "80.00", appointment_id=visit) for visit in reversed(visits)]
    desk.catch_up()
    assert [linked_deals(desk, one) for one in invoices] == [{visit} for visit in reversed(visits)]


def test_the_place_in_a_group(desk: FrontDesk) -> None:
    """R30, R20: an invoice that names only the attendee finds the deal of that place in the group."""
    desk.settings["appointments.groups"] = True
    patients = [desk.patient(), desk.patient()]
    group = desk.cliniko.add_group_appointment(desk.days_ago(-1), patients)
    place = next(str(row["id"]) for row in desk.cliniko.attendees() if str(row["patient_id"]) == patients[1])
    invoice = desk.invoice(patients[1], "30.00", attendee_id=place)
    desk.sync()
    desk.sync()
    assert linked_deals(desk, invoice) == {f"{group}-{place}"}


def test_the_case_at_detailed(desk: FrontDesk) -> None:
    """Schema §7: the case of the appointment, or of the attendee where only that is known."""
    desk.settings["privacy.level"] = "detailed"
    patient = desk.patient()
    case = desk.cliniko.add_case(patient)
    visit = desk.cliniko.add_appointment(patient, desk.days_ago(-1), patient_case_id=case)
    invoice = desk.invoice(patient, "80.00", appointment_id=visit)
    desk.sync()
    assert desk.deal(invoice)["cliniko_invoice_case_id"] == case
