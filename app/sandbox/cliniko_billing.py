"""Invoices and their items, billable items, taxes, and what appointment types bill."""

from __future__ import annotations

from app.sandbox.cliniko_checks import decimal, one_of, reference, text
from app.sandbox.cliniko_filters import FieldType, Filter, Row
from app.sandbox.cliniko_people import NUMBER, TIME
from app.sandbox.cliniko_resource import Json, Resource, View

STATUSES = {10: "Open", 20: "Paid", 30: "Closed", 40: "Open credit"}
METHODS = {1: "Legacy", 2: "Tax exclusive", 3: "Tax inclusive"}


def _finish_invoice(row: Row, shown: Json, view: View) -> None:
    shown["status_description"] = STATUSES.get(row.get("status", 10))
    shown["calculation_method_description"] = METHODS.get(row.get("calculation_method", 2))


INVOICES = Resource(
    name="invoices",
    verbs=frozenset({"list", "read"}),
    plain={
        "number": 0,
        "issue_date": None,
        "status": 10,
        "status_description": None,
        "total_amount": None,
        "net_amount": None,
        "tax_amount": None,
        "discounted_amount": None,
        "calculation_method": 2,
        "calculation_method_description": None,
        "invoice_to": None,
        "patient_extra_information": None,
        "notes": None,
        "online_payment_url": None,
    },
    times=("closed_at", "archived_at", "deleted_at"),
    one={
        "patient": ("patient_id", "patients"),
        "practitioner": ("practitioner_id", "practitioners"),
        "business": ("business_id", "businesses"),
        "appointment": ("appointment_id", "appointments"),
        "attendee": ("attendee_id", "attendees"),
        "original_invoice": ("original_invoice_id", "invoices"),
    },
    many={
        "invoice_items": "invoices/{id}/invoice_items",
        "reversed_invoices": "invoices?q%5B%5D=invoice_id%3A%3D{id}",
    },
    filters={
        "appointment_id": NUMBER,
        "archived_at": TIME,
        "attendee_id": NUMBER,
        "business_id": NUMBER,
        "closed_at": TIME,
        "deleted_at": TIME,
        "issue_date": Filter(FieldType.DATE),
        "number": NUMBER,
        "original_invoice_id": NUMBER,
        "patient_id": NUMBER,
        "practitioner_id": NUMBER,
        "status": NUMBER,
    },
    hidden=("archived_at", "deleted_at"),
    finish=_finish_invoice,
)


def _finish_invoice_item(row: Row, shown: Json, view: View) -> None:
    total = row.get("total_including_tax")
    as_text = view.data.switches.total_as_text
    shown["total_including_tax"] = total if as_text or total is None else float(total)
    # The published sample repeats the rate here; the name promises an amount. Clients must not trust it.
    shown["tax_amount"] = row.get("tax_rate")


INVOICE_ITEMS = Resource(
    name="invoice_items",
    verbs=frozenset({"list", "read"}),
    plain={
        "name": None,
        "code": None,
        "quantity": "1.0",
        "unit_price": "0.0",
        "net_price": None,
        "tax_name": None,
        "tax_rate": None,
        "tax_amount": None,
        "discount_percentage": None,
        "discounted_amount": None,
        "is_monetary_discount": False,
        "concession_type_name": None,
        "total_including_tax": None,
    },
    times=("archived_at", "deleted_at"),
    one={
        "invoice": ("invoice_id", "invoices"),
        "billable_item": ("billable_item_id", "billable_items"),
        "product": ("product_id", "products"),
    },
    filters={
        "archived_at": TIME,
        "deleted_at": TIME,
        "invoice_id": NUMBER,
        "source_item_id": Filter(FieldType.NUMBER, "billable_item_id"),
    },
    hidden=("archived_at", "deleted_at"),
    finish=_finish_invoice_item,
)

BILLABLE_ITEMS = Resource(
    name="billable_items",
    verbs=frozenset({"list", "read", "create", "update", "delete", "archive"}),
    plain={"name": "", "item_code": None, "item_type": "Service", "price": "0.0"},
    times=("archived_at",),
    one={"tax": ("tax_id", "taxes")},
    filters={"archived_at": TIME, "tax_id": NUMBER},
    hidden=("archived_at",),
    writes={
        "name": text(255, needed=True),
        "item_code": text(100),
        "item_type": one_of("Service", "Product", "Other"),
        "price": decimal(needed=True),
        "tax_id": reference("taxes", as_field="tax"),
    },
    required=("name", "price"),
)


def _finish_tax(row: Row, shown: Json, view: View) -> None:
    shown["amount"] = row.get("rate", "0.0")


TAXES = Resource(
    name="taxes",
    verbs=frozenset({"list", "read", "create", "update", "remove"}),
    plain={"name": "", "rate": "0.0", "amount": "0.0"},
    writes={"name": text(needed=True), "rate": decimal(needed=True), "amount": decimal()},
    required=("name", "rate"),
    finish=_finish_tax,
)


def _finish_type_item(row: Row, shown: Json, view: View) -> None:
    shown["is_monetary_discount"] = row.get("discounted_amount") not in (None, "0.0")


APPOINTMENT_TYPE_BILLABLE_ITEMS = Resource(
    name="appointment_type_billable_items",
    verbs=frozenset({"list", "read", "create", "update", "remove"}),
    plain={
        "quantity": "1.0",
        "discount_percentage": None,
        "discounted_amount": None,
        "is_monetary_discount": False,
    },
    one={
        "appointment_type": ("appointment_type_id", "appointment_types"),
        "billable_item": ("billable_item_id", "billable_items"),
    },
    filters={"appointment_type_id": NUMBER, "billable_item_id": NUMBER},
    writes={
        "appointment_type_id": reference("appointment_types", needed=True, as_field="appointment_type"),
        "billable_item_id": reference("billable_items", needed=True, as_field="billable_item"),
        "quantity": decimal(needed=True),
        "discount_percentage": decimal(),
        "discounted_amount": decimal(),
    },
    required=("appointment_type_id", "billable_item_id"),
    finish=_finish_type_item,
)
