"""Amounts of appointments and invoices, in exact decimals."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.billing import (
    BillableItem,
    Invoice,
    InvoiceItem,
    Line,
    Tax,
    TypeItem,
    amount_of,
    item_amounts,
    lines_of,
)

D = Decimal
TAXES = {"2": Tax("2", "GST", D("10.0")), "3": Tax("3", "Half", D("12.5"))}
ITEMS = {
    "41": BillableItem("41", "Consultation", D("90.0"), "2"),
    "42": BillableItem("42", "Tape", D("10.01"), ""),
    "43": BillableItem("43", "Report", D("33.33"), "3"),
    "44": BillableItem("44", "Unpriced", None, ""),
    "45": BillableItem("45", "Old tax", D("50"), "99"),
}


@pytest.mark.parametrize(
    ("lines", "amount"),
    [
        ([], None),
        (None, None),
        ([Line(D("90"), rate=D("10"))], "99.00"),
        ([Line(D("90"))], "90.00"),
        ([Line(D("0"))], "0.00"),
        ([Line(D("90"), D("2"), D("10"), discount_percentage=D("25"))], "148.50"),
        ([Line(D("100"), D("1"), D("10"), money_discount=D("20"))], "90.00"),
        ([Line(D("90"), rate=D("10")), Line(D("33.33"), rate=D("12.5"))], "136.50"),
        ([Line(D("0.005"))], "0.01"),
        ([Line(D("0.0049999999"))], "0.00"),
        ([Line(D("0.004")), Line(D("0.004"))], "0.01"),
        ([Line(D("2.675"))], "2.68"),
        ([Line(D("10"), D("1"), D("0"), money_discount=D("12.345"))], "-2.35"),
        ([Line(D("99999999999999.995"), D("1"), D("12.3456789"))], "112345678899999.99"),
    ],
)
def test_amount_of(lines: list[Line] | None, amount: str | None) -> None:
    """R24: tax and discounts per line, half up to cents at the end; nothing billed is blank, never zero."""
    assert amount_of(lines) == (None if amount is None else D(amount))


@pytest.mark.parametrize(
    ("items", "amount"),
    [
        ((), None),
        ((TypeItem("1", "31", "41"),), "99.00"),
        ((TypeItem("1", "31", "41"), TypeItem("2", "31", "42", D("3"))), "129.03"),
        ((TypeItem("1", "31", "41", D(1), D("10"), D("9.9"), False),), "89.10"),
        ((TypeItem("1", "31", "41", D(1), D("18.1818"), D("20"), True),), "79.00"),
        ((TypeItem("1", "31", "41", D(1), None, D("20"), None),), "79.00"),
        ((TypeItem("1", "31", "41", D(1), D("10"), D("9.9"), None),), "89.10"),
        ((TypeItem("1", "31", "45"),), "50.00"),
        ((TypeItem("1", "31", "44"),), None),
        ((TypeItem("1", "31", "41"), TypeItem("2", "31", "77")), None),
        ((TypeItem("1", "31", "41"), TypeItem("2", "31", "")), "99.00"),
    ],
)
def test_lines_of_a_type(items: tuple[TypeItem, ...], amount: str | None) -> None:
    """R24: percentage or money discount, a tax that is gone counts as none, an unknown price leaves it blank,
    products are not counted."""
    assert amount_of(lines_of(items, ITEMS, TAXES)) == (None if amount is None else D(amount))


@pytest.mark.parametrize(
    ("status", "state"),
    [(10, "open"), (20, "paid"), (30, "closed"), (40, "open_credit"), (None, "open"), (99, "open")],
)
def test_state(status: int | None, state: str) -> None:
    """Schema §7: state by Cliniko's status; deleted or archived is removed."""
    invoice = Invoice("1", status=status)
    assert invoice.state == state
    assert replace(invoice, deleted_at=datetime(2026, 1, 1, tzinfo=UTC)).state == "removed"


def test_credits_are_negative() -> None:
    """R30: whichever sign Cliniko gives a credit, it goes back to the patient."""
    assert Invoice("1", status=40, total=D("50")).amount == D("-50")
    assert Invoice("1", status=40, total=D("-50")).amount == D("-50")
    assert Invoice("1", status=10, total=D("50")).amount == D("50")
    assert Invoice("1", status=40).amount is None


def test_removed_items_have_no_share() -> None:
    """R31: an item taken off the invoice no longer counts."""
    gone = InvoiceItem("2", total=D("5"), archived_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert item_amounts(Invoice("1", total=D("10")), [InvoiceItem("1", total=D("10")), gone]) == {
        "1": D("10.00")
    }


money = st.decimals(min_value=-1000, max_value=1000, places=4)


@given(st.lists(money, min_size=1, max_size=8), st.one_of(st.none(), money), st.sampled_from([10, 40]))
def test_item_amounts_add_up_to_the_invoice(
    totals: list[Decimal], total: Decimal | None, status: int
) -> None:
    """R31: the deals of one invoice add up to its total, to the cent."""
    invoice = Invoice("1", status=status, total=total)
    items = [InvoiceItem(str(place + 9), total=value) for place, value in enumerate(totals)]
    amounts = item_amounts(invoice, items)
    assert set(amounts) == {item.id for item in items}
    if invoice.amount is not None:
        assert sum(amounts.values()) == invoice.amount.quantize(D("0.01"), rounding="ROUND_HALF_UP")
    assert all(amount.as_tuple().exponent == -2 for amount in amounts.values())
