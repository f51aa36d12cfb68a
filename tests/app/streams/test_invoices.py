"""Invoices: reading them and their items, and the value of every deal property."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.billing import InvoiceItem, InvoiceView
from app.errors import BadInput
from app.streams.billing_reading import (
    parse_billable_item,
    parse_invoice,
    parse_invoice_item,
    parse_tax,
    parse_type_item,
)
from app.streams.invoices import INVOICE_PROPERTIES, deal_key, invoice_values
from tests.app.streams.junk import JUNK, check_formats, patiently

HOST = "https://api.au2.cliniko.com/v1"
ROW: dict[str, Any] = {
    "id": "880001",
    "number": 104,
    "issue_date": "2026-04-02",
    "status": 10,
    "total_amount": "99.0",
    "net_amount": "90.0",
    "tax_amount": "9.0",
    "discounted_amount": "0.0",
    "closed_at": None,
    "archived_at": None,
    "invoice_to": "Ms Ines Okafor\r\n12 Sample St",
    "notes": "private",
    "patient": {"links": {"self": f"{HOST}/patients/5"}},
    "appointment": {"links": {"self": f"{HOST}/bookings/139072"}},
    "practitioner": {"links": {"self": f"{HOST}/practitioners/77"}},
}
ITEMS = (
    InvoiceItem("990001", "880001", "Standard consultation", "505", Decimal("66.666"), "Student"),
    InvoiceItem("990002", "880001", "Tape", "T1", Decimal("32.334")),
)


def view(row: dict[str, Any] | None = None, **changes: Any) -> InvoiceView:
    """A view of that invoice, in Melbourne, with parts changed."""
    base = InvoiceView(
        parse_invoice({**ROW, **(row or {})}),
        zone=ZoneInfo("Australia/Melbourne"),
        web_url="https://demo.au2.cliniko.com",
        patient_first_name="Ines",
        patient_last_name="Okafor",
    )
    return replace(base, **changes)


def test_values_of_an_invoice() -> None:
    """Schema §7: what the deal says at every level."""
    values = invoice_values(view(items=ITEMS))
    assert values["cliniko_invoice_key"] == values["cliniko_invoice_id"] == "880001"
    assert values["cliniko_invoice_number"] == "104"
    assert values["amount"] == values["cliniko_invoice_total"] == "99.00"
    assert values["pipeline"] == "cliniko_invoices"
    assert values["dealstage"] == "cliniko_inv_open"
    assert values["cliniko_invoice_appointment_id"] == "139072"
    assert values["cliniko_invoice_item_count"] == "2"
    assert values["cliniko_invoice_item_codes"] == "505; T1"
    assert values["cliniko_invoice_concession"] == "Student"
    assert values["cliniko_invoice_third_party"] == "false"
    assert values["cliniko_invoice_days_to_pay"] == ""
    assert invoice_values(view())["cliniko_invoice_item_count"] == ""


@pytest.mark.parametrize(
    ("level", "name"),
    [
        ("minimal", "Invoice 104 – 2 Apr 2026"),
        ("standard", "Invoice 104 – 2 Apr 2026 – IO"),
        ("detailed", "Invoice 104 – 2 Apr 2026 – Ines Okafor"),
    ],
)
def test_deal_name_by_level(level: str, name: str) -> None:
    """Schema §7: number and date; initials from standard up; the full name only at detailed."""
    assert invoice_values(view(level=level))["dealname"] == name


@pytest.mark.parametrize(
    ("row", "close_date", "days"),
    [
        ({}, "2026-04-02T01:00:00.000Z", ""),
        ({"status": 20, "closed_at": "2026-04-10T03:04:05Z"}, "2026-04-10T03:04:05.000Z", "8"),
        # 23:30 UTC on the 9th is the 10th in Melbourne.
        ({"status": 20, "closed_at": "2026-04-09T23:30:00Z"}, "2026-04-09T23:30:00.000Z", "8"),
        ({"status": 20, "closed_at": "2026-04-10"}, "2026-04-10T02:00:00.000Z", "8"),
        ({"status": 20, "closed_at": None}, "2026-04-02T01:00:00.000Z", ""),
        ({"status": 30, "closed_at": "2026-04-10T03:04:05Z"}, "2026-04-02T01:00:00.000Z", ""),
        ({"issue_date": None}, "", ""),
    ],
)
def test_close_date(row: dict[str, Any], close_date: str, days: str) -> None:
    """Schema §7: closed date if paid, else issue date; a day without a time is noon at the business."""
    values = invoice_values(view(row))
    assert (values["closedate"], values["cliniko_invoice_days_to_pay"]) == (close_date, days)


@pytest.mark.parametrize(
    ("row", "state", "stage", "amount"),
    [
        ({"status": 20}, "paid", "cliniko_inv_paid", "99.00"),
        ({"status": 30}, "closed", "cliniko_inv_closed", "99.00"),
        ({"status": 40}, "open_credit", "cliniko_inv_credit", "-99.00"),
        ({"status": 40, "total_amount": "-99.0"}, "open_credit", "cliniko_inv_credit", "-99.00"),
        ({"status": 20, "deleted_at": "2026-04-03T00:00:00Z"}, "removed", "cliniko_inv_removed", "99.00"),
        ({"total_amount": None}, "open", "cliniko_inv_open", ""),
        ({"total_amount": 99.005}, "open", "cliniko_inv_open", "99.01"),
    ],
)
def test_state_stage_and_amount(row: dict[str, Any], state: str, stage: str, amount: str) -> None:
    """R30: stage by status, amount = total, a credit is negative."""
    values = invoice_values(view(row))
    assert (values["cliniko_invoice_state"], values["dealstage"], values["amount"]) == (state, stage, amount)


def test_one_deal_per_item_adds_up() -> None:
    """R31: keyed by invoice and item, the amounts add up to the invoice, the id stays the invoice's."""
    deals = [view(items=ITEMS, item=item) for item in ITEMS]
    assert [deal_key(deal) for deal in deals] == ["880001-990001", "880001-990002"]
    values = [invoice_values(deal) for deal in deals]
    assert [value["amount"] for value in values] == ["66.67", "32.33"]
    assert {value["cliniko_invoice_id"] for value in values} == {"880001"}
    assert values[1]["dealname"] == "Invoice 104 (2 of 2) – 2 Apr 2026 – IO"
    assert values[1]["cliniko_invoice_item_names"] == "Tape"
    gone = replace(ITEMS[1], archived_at=datetime(2026, 4, 3, tzinfo=UTC))
    assert invoice_values(view(items=(ITEMS[0], gone), item=gone))["cliniko_invoice_state"] == "removed"
    assert invoice_values(view(items=(ITEMS[0], gone), item=ITEMS[0]))["amount"] == "99.00"


@pytest.mark.parametrize(
    ("addressee", "preferred", "flag"),
    [
        ("Ines Okafor", "", "false"),
        ("Mrs. Okafor, Inés", "", "false"),
        ("Nessie Okafor\nStreet", "Nessie", "false"),
        ("Harbour Insurance Ltd", "", "true"),
        ("Jo Okafor", "", "true"),
        ("", "", "false"),
        (None, "", "false"),
    ],
)
def test_third_party(addressee: object, preferred: str, flag: str) -> None:
    """Schema §7: whether somebody else pays; who that is stays in Cliniko."""
    values = invoice_values(view({"invoice_to": addressee}, patient_preferred_name=preferred))
    assert values["cliniko_invoice_third_party"] == flag
    assert "Harbour" not in " ".join(values.values())


def test_third_party_is_unknown_without_a_patient() -> None:
    """Nothing is guessed where the patient's name is not known."""
    unknown = view(patient_first_name="", patient_last_name="")
    assert invoice_values(unknown)["cliniko_invoice_third_party"] == ""


def test_price_list_rows() -> None:
    """Cliniko facts 3.6 to 3.8: decimals as text or numbers; a tax's `amount` is its rate."""
    item = parse_invoice_item(
        {"id": "1", "total_including_tax": 99.0, "invoice": {"links": {"self": "/invoices/8"}}}
    )
    assert (item.total, item.invoice_id) == (Decimal("99.0"), "8")
    assert parse_tax({"id": "2", "rate": "10.0", "amount": "7"}).rate == Decimal("10.0")
    assert parse_tax({"id": "2", "amount": "10.0"}).rate == Decimal("10.0")
    assert parse_tax({"id": "2"}).rate == 0
    billable = parse_billable_item({"id": "41", "price": "90.0", "tax": {"links": {"self": "/taxes/2"}}})
    assert (billable.price, billable.tax_id) == (Decimal("90.0"), "2")
    assert parse_type_item({"id": "1", "quantity": None}).quantity == 1
    assert parse_type_item({"id": "1", "quantity": "0"}).quantity == 0


@patiently
@given(
    st.dictionaries(st.sampled_from(list(ROW)), JUNK), st.sampled_from(["minimal", "standard", "detailed"])
)
def test_any_junk_is_an_invoice_or_bad_input(row: dict[str, Any], level: str) -> None:
    """Reliability: malformed rows never raise anything but BadInput, and values always fit HubSpot."""
    try:
        invoice = parse_invoice({"id": "8", **row})
    except BadInput:
        return
    check_formats(INVOICE_PROPERTIES, invoice_values(view(invoice=invoice, level=level, items=ITEMS)))
