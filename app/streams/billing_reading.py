"""Invoices, their items and price lists, read once from Cliniko's rows into records.

Every function raises `BadInput` for a row without a readable id; what else cannot be read counts as empty.
Free text of invoices is never read, but for whom one is addressed to, which is compared and forgotten.
"""

from __future__ import annotations

from decimal import Decimal

from app.domain.billing import BillableItem, Invoice, InvoiceItem, Tax, TypeItem
from app.streams import cliniko_json as read

_DAY_LENGTH = len("2026-04-02")


def parse_invoice(row: object) -> Invoice:
    """An invoice; amounts are exact decimals."""
    source = read.as_row(row, "an invoice")
    closed_on = _day_only(source, "closed_at")
    addressee = source.get("invoice_to")
    return Invoice(
        id=read.record_id(source, "an invoice"),
        number=read.whole(source, "number"),
        issue_date=read.day(source, "issue_date"),
        status=read.whole(source, "status"),
        total=read.number(source, "total_amount"),
        net=read.number(source, "net_amount"),
        tax=read.number(source, "tax_amount"),
        discount=read.number(source, "discounted_amount"),
        closed_at=None if closed_on else read.moment(source, "closed_at"),
        closed_on=read.day(source, "closed_at") if closed_on else None,
        invoice_to=addressee.strip() if isinstance(addressee, str) else "",
        patient_id=read.link(source, "patient"),
        practitioner_id=read.link(source, "practitioner"),
        business_id=read.link(source, "business"),
        appointment_id=read.link(source, "appointment"),
        attendee_id=read.link(source, "attendee"),
        original_invoice_id=read.link(source, "original_invoice"),
        created_at=read.moment(source, "created_at"),
        updated_at=read.moment(source, "updated_at"),
        archived_at=read.moment(source, "archived_at"),
        deleted_at=read.moment(source, "deleted_at"),
    )


def _day_only(source: read.Row, name: str) -> bool:
    """Whether a moment was sent as a day without a time."""
    return len(read.text(source, name)) == _DAY_LENGTH and read.day(source, name) is not None


def parse_invoice_item(row: object) -> InvoiceItem:
    """One line of an invoice, with tax."""
    source = read.as_row(row, "an invoice item")
    return InvoiceItem(
        id=read.record_id(source, "an invoice item"),
        invoice_id=read.link(source, "invoice"),
        name=read.text(source, "name"),
        code=read.text(source, "code"),
        total=read.number(source, "total_including_tax"),
        concession=read.text(source, "concession_type_name"),
        updated_at=read.moment(source, "updated_at"),
        archived_at=read.moment(source, "archived_at"),
        deleted_at=read.moment(source, "deleted_at"),
    )


def parse_billable_item(row: object) -> BillableItem:
    """A service or product with its price before tax."""
    source = read.as_row(row, "a billable item")
    return BillableItem(
        id=read.record_id(source, "a billable item"),
        name=read.text(source, "name"),
        price=read.number(source, "price"),
        tax_id=read.link(source, "tax"),
        updated_at=read.moment(source, "updated_at"),
    )


def parse_tax(row: object) -> Tax:
    """A tax; `amount` is an older name of its rate in percent, not money."""
    source = read.as_row(row, "a tax")
    rate = read.number(source, "rate")
    return Tax(
        id=read.record_id(source, "a tax"),
        name=read.text(source, "name"),
        rate=rate if rate is not None else read.number(source, "amount") or Decimal(0),
    )


def parse_type_item(row: object) -> TypeItem:
    """One line of what an appointment type bills."""
    source = read.as_row(row, "an appointment type's billable item")
    quantity = read.number(source, "quantity")
    return TypeItem(
        id=read.record_id(source, "an appointment type's billable item"),
        appointment_type_id=read.link(source, "appointment_type"),
        billable_item_id=read.link(source, "billable_item"),
        quantity=Decimal(1) if quantity is None else quantity,
        discount_percentage=read.number(source, "discount_percentage"),
        discounted_amount=read.number(source, "discounted_amount"),
        is_monetary_discount=read.flag(source, "is_monetary_discount"),
    )
