"""Invoices, what appointment types bill, and the amounts that follow, in exact decimals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal, localcontext
from typing import Final, Literal

from app.domain.hubspot_text import to_cents
from app.domain.ids import id_order

InvoiceState = Literal["open", "paid", "closed", "open_credit", "removed"]
STATES: Final[tuple[InvoiceState, ...]] = ("open", "paid", "closed", "open_credit", "removed")
STATE_OF_CODE: Final[dict[int, InvoiceState]] = {10: "open", 20: "paid", 30: "closed", 40: "open_credit"}

_HUNDRED: Final = Decimal(100)
_PRECISION: Final = 90
"""Digits enough for every product below, so that only the one rounding at the end rounds."""


@dataclass(frozen=True)
class Tax:
    """A tax by its rate in percent."""

    id: str
    name: str = ""
    rate: Decimal = Decimal(0)


@dataclass(frozen=True)
class BillableItem:
    """A service or product with its price before tax; None when the price is unreadable."""

    id: str
    name: str = ""
    price: Decimal | None = None
    tax_id: str = ""
    updated_at: datetime | None = None


@dataclass(frozen=True)
class TypeItem:
    """One line of what an appointment type bills: which item, how many, with what discount."""

    id: str
    appointment_type_id: str = ""
    billable_item_id: str = ""
    quantity: Decimal = Decimal(1)
    discount_percentage: Decimal | None = None
    discounted_amount: Decimal | None = None
    is_monetary_discount: bool | None = None


@dataclass(frozen=True)
class Line:
    """One priced line, ready to be added up. `rate` is the tax in percent."""

    price: Decimal
    quantity: Decimal = Decimal(1)
    rate: Decimal = Decimal(0)
    discount_percentage: Decimal = Decimal(0)
    money_discount: Decimal = Decimal(0)


@dataclass(frozen=True)
class Invoice:
    """An invoice. `closed_on` is set instead of `closed_at` where Cliniko gave a day without a time."""

    id: str
    number: int | None = None
    issue_date: date | None = None
    status: int | None = None
    total: Decimal | None = None
    net: Decimal | None = None
    tax: Decimal | None = None
    discount: Decimal | None = None
    closed_at: datetime | None = None
    closed_on: date | None = None
    invoice_to: str = ""
    patient_id: str = ""
    practitioner_id: str = ""
    business_id: str = ""
    appointment_id: str = ""
    attendee_id: str = ""
    original_invoice_id: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    archived_at: datetime | None = None
    deleted_at: datetime | None = None

    @property
    def state(self) -> InvoiceState:
        """open, paid, closed, open_credit or removed (schema §7); an unknown code counts as open."""
        if self.deleted_at or self.archived_at:
            return "removed"
        return STATE_OF_CODE.get(self.status or 10, "open")

    @property
    def is_credit(self) -> bool:
        """Money that goes back to the patient."""
        return self.status == 40

    @property
    def amount(self) -> Decimal | None:
        """The total as it counts for the clinic: a credit is negative, whatever its sign in Cliniko (R30)."""
        return -abs(self.total) if self.is_credit and self.total is not None else self.total


@dataclass(frozen=True)
class InvoiceItem:
    """One line of an invoice, with tax."""

    id: str
    invoice_id: str = ""
    name: str = ""
    code: str = ""
    total: Decimal | None = None
    concession: str = ""
    updated_at: datetime | None = None
    archived_at: datetime | None = None
    deleted_at: datetime | None = None

    @property
    def is_removed(self) -> bool:
        """Deleted or archived in Cliniko."""
        return bool(self.deleted_at or self.archived_at)


@dataclass(frozen=True)
class InvoiceView:
    """All that an invoice's deal is made from. With `item` set, the deal is one item's (R31).

    `zone` is the business's; `items` is None while they have not been read; `level` is minimal, standard or
    detailed; `ids` maps the ids we ask HubSpot for to those it gave.
    """

    invoice: Invoice
    zone: tzinfo = UTC
    level: str = "standard"
    web_url: str = ""
    items: tuple[InvoiceItem, ...] | None = None
    item: InvoiceItem | None = None
    patient_first_name: str = ""
    patient_last_name: str = ""
    patient_preferred_name: str = ""
    practitioner: str = ""
    business: str = ""
    case_id: str = ""
    owner_id: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)


def amount_of(lines: Iterable[Line] | None) -> Decimal | None:
    """The sum of the lines with tax and discounts, rounded half up to cents at the end (R24).

    A percentage comes off before tax, a sum of money off the price with tax. None, never zero, when there is
    no line or a price is unknown.
    """
    priced = tuple(lines or ())
    if not priced:
        return None
    with localcontext() as context:
        context.prec = _PRECISION
        total = sum((_line_total(line) for line in priced), Decimal(0))
    return to_cents(total)


def _line_total(line: Line) -> Decimal:
    """One line, unrounded."""
    with_tax = line.quantity * line.price * (1 + line.rate / _HUNDRED)
    return with_tax * (1 - line.discount_percentage / _HUNDRED) - line.money_discount


def lines_of(
    items: Iterable[TypeItem], billables: Mapping[str, BillableItem], taxes: Mapping[str, Tax]
) -> tuple[Line, ...] | None:
    """The priced lines of an appointment type; None when the price of one is not known. A tax that is gone
    counts as none."""
    lines = []
    for item in items:
        if not item.billable_item_id:
            continue
        billable = billables.get(item.billable_item_id)
        if billable is None or billable.price is None:
            return None
        tax = taxes.get(billable.tax_id)
        percentage, money = _discounts(item)
        lines.append(Line(billable.price, item.quantity, tax.rate if tax else Decimal(0), percentage, money))
    return tuple(lines)


def _discounts(item: TypeItem) -> tuple[Decimal, Decimal]:
    """Percentage and sum of money; only one of them counts, and where Cliniko does not say which, the
    percentage does if there is one."""
    percentage, money = item.discount_percentage or Decimal(0), item.discounted_amount or Decimal(0)
    is_money = item.is_monetary_discount if item.is_monetary_discount is not None else not percentage
    return (Decimal(0), money) if is_money else (percentage, Decimal(0))


def item_amounts(invoice: Invoice, items: Sequence[InvoiceItem]) -> dict[str, Decimal]:
    """Item id to amount in cents, so that the amounts add up to the invoice's exactly (R31).

    Each item is rounded by itself; what rounding leaves over goes to the last item.
    """
    counted = sorted((item for item in items if not item.is_removed), key=lambda item: id_order(item.id))
    totals = [item.total or Decimal(0) for item in counted]
    sign = -1 if invoice.is_credit and sum(totals) > 0 else 1
    amounts = {item.id: to_cents(total * sign) for item, total in zip(counted, totals, strict=True)}
    if counted and invoice.amount is not None:
        left_over = to_cents(invoice.amount) - sum(amounts.values(), Decimal(0))
        amounts[counted[-1].id] += left_over
    return amounts
