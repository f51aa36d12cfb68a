"""What staff do with invoices; the API itself only reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.sandbox.cliniko_checks import decimal_text
from app.sandbox.cliniko_filters import Row
from app.sandbox.cliniko_visits_desk import VisitsDesk

_CENT_FRACTION = Decimal("0.0001")


class BillingDesk(VisitsDesk):
    """Invoicing; sums follow from the items, tax exclusive."""

    def add_invoice(
        self,
        patient_id: str,
        items: Sequence[Mapping[str, Any]] = (),
        *,
        appointment_id: str | None = None,
        issue_date: date | str | None = None,
        **fields: Any,
    ) -> str:
        """A new invoice with its items (see `add_invoice_item`), tied to a visit when one is given."""
        with self.lock:
            number = self.ids.given.get("invoices", 0) + 1001
            tied: dict[str, Any] = {}
            if appointment_id is not None:
                visit = self.row("individual_appointments", appointment_id)
                tied = {
                    "appointment_id": appointment_id,
                    "attendee_id": self.attendee_of(appointment_id),
                    "practitioner_id": visit["practitioner_id"],
                    "business_id": visit["business_id"],
                }
            tied.setdefault("business_id", self.some_business())
            given = {"number": number, "issue_date": issue_date or self.now().date(), **tied, **fields}
            made = self.made(fields)
            invoice = self.add("invoices", patient_id=patient_id, **given)
            for item in items:
                self._insert_item(invoice, {**item, **made})
            self._sum_up(int(invoice), bump=False)
            if appointment_id is not None:
                self._tell_visit(appointment_id, int(fields.get("status", 10)))
            return invoice

    def _tell_visit(self, appointment_id: str, status: int) -> None:
        told = {"invoice_status": status}
        self.change("individual_appointments", int(appointment_id), told, bump=False)
        self.change("attendees", int(self.attendee_of(appointment_id)), told, bump=False)

    def edit_invoice(self, invoice_id: str, **fields: Any) -> None:
        """Change an invoice, such as its status."""
        self.edit("invoices", invoice_id, **fields)

    def pay_invoice(self, invoice_id: str) -> None:
        """Mark an invoice paid."""
        self.edit("invoices", invoice_id, status=20)

    def close_invoice(self, invoice_id: str) -> None:
        """Close an invoice without payment."""
        self.edit("invoices", invoice_id, status=30, closed_at=self.now())

    def archive_invoice(self, invoice_id: str) -> None:
        """Archive an invoice."""
        self.archive("invoices", invoice_id)

    def delete_invoice(self, invoice_id: str) -> None:
        """Mark an invoice deleted."""
        self.edit("invoices", invoice_id, deleted_at=self.now())

    def credit_invoice(self, invoice_id: str) -> str:
        """Reverse an invoice: a new one with the sums turned round, in status 40."""
        original = self.row("invoices", invoice_id)
        with self.lock:
            items = self.tables["invoice_items"].where("invoice_id", original["id"])
            names = ("name", "unit_price", "tax_name", "tax_rate", "billable_item_id", "discount_percentage")
            turned = [
                {**{name: one.get(name) for name in names}, "quantity": str(-Decimal(one["quantity"]))}
                for one in items
                if one.get("archived_at") is None and one.get("deleted_at") is None
            ]
            return self.add_invoice(
                str(original["patient_id"]),
                turned,
                status=40,
                original_invoice_id=original["id"],
                business_id=original.get("business_id"),
            )

    def add_invoice_item(self, invoice_id: str, **fields: Any) -> str:
        """One more line: `billable_item_id` brings name, price and tax; else give `name` and `unit_price`."""
        with self.lock:
            item = self._insert_item(invoice_id, fields)
            self._sum_up(int(invoice_id), self.switches.item_bumps_invoice)
            return item

    def edit_invoice_item(self, item_id: str, **fields: Any) -> None:
        """Change a line; the invoice's sums follow."""
        with self.lock:
            self.edit("invoice_items", item_id, **fields)
            row = self.row("invoice_items", item_id)
            self.change("invoice_items", row["id"], _line(row), bump=False)
            self._sum_up(row["invoice_id"], self.switches.item_bumps_invoice)

    def remove_invoice_item(self, item_id: str) -> None:
        """Mark a line deleted; the invoice's sums follow."""
        with self.lock:
            self.edit("invoice_items", item_id, deleted_at=self.now())
            self._sum_up(self.row("invoice_items", item_id)["invoice_id"], self.switches.item_bumps_invoice)

    def _insert_item(self, invoice_id: str, fields: Mapping[str, Any]) -> str:
        given: dict[str, Any] = {"quantity": "1.0", "unit_price": "0.0", **fields}
        if fields.get("billable_item_id") is not None and "unit_price" not in fields:
            item = self.row("billable_items", fields["billable_item_id"])
            given |= {"name": item["name"], "code": item.get("item_code"), "unit_price": item["price"]}
            tax = self.tables["taxes"].get(item.get("tax_id") or 0)
            if tax is not None:
                given |= {"tax_name": tax["name"], "tax_rate": tax["rate"]}
        return self.add("invoice_items", invoice_id=invoice_id, **{**given, **_line(given)})

    def _sum_up(self, invoice_id: int, bump: bool) -> None:
        lines = [
            row
            for row in self.tables["invoice_items"].where("invoice_id", invoice_id)
            if row.get("archived_at") is None and row.get("deleted_at") is None
        ]
        total = sum((Decimal(row["total_including_tax"]) for row in lines), Decimal(0))
        net = sum((Decimal(row["net_price"]) for row in lines), Decimal(0))
        sums = {
            "total_amount": decimal_text(total),
            "net_amount": decimal_text(net),
            "tax_amount": decimal_text(total - net),
            "discounted_amount": "0.0",
        }
        self.change("invoices", invoice_id, sums, bump)

    def invoices(self) -> list[dict[str, Any]]:
        """Plain copies of all invoices."""
        return self.snapshot("invoices")

    def invoice_items(self) -> list[dict[str, Any]]:
        """Plain copies of all lines."""
        return self.snapshot("invoice_items")


def _line(row: Row | Mapping[str, Any]) -> Row:
    """What follows from quantity, price, tax and discount of a line, as the service computes it."""
    rate = Decimal(row.get("tax_rate") or 0)
    with_tax = Decimal(row["quantity"]) * Decimal(row["unit_price"]) * (1 + rate / 100)
    total = with_tax * (1 - Decimal(row.get("discount_percentage") or 0) / 100)
    total -= Decimal(row.get("discounted_amount") or 0)
    return {
        "total_including_tax": decimal_text(total.quantize(_CENT_FRACTION)),
        "net_price": decimal_text((total / (1 + rate / 100)).quantize(_CENT_FRACTION)),
        "is_monetary_discount": bool(Decimal(row.get("discounted_amount") or 0)),
    }
