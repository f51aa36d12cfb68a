"""What managers set up: users, practitioners, businesses, appointment types, their prices and taxes."""

from __future__ import annotations

from typing import Any

from app.sandbox.cliniko_people_desk import PeopleDesk


class PracticeDesk(PeopleDesk):
    """Set-up of the practice."""

    def add_user(self, **fields: Any) -> str:
        """A new user of the account."""
        return self.add("users", **{"role": "practitioner", **fields})

    def add_practitioner(self, **fields: Any) -> str:
        """A new practitioner, with a user of the same name unless one is given."""
        names = {"first_name": "Ari", "last_name": "Novak", **fields}
        email = names.pop("email", f"{names['first_name']}.{names['last_name']}@clinic.example.test".lower())
        if "user_id" not in names:
            user = {"first_name": names["first_name"], "last_name": names["last_name"], "email": email}
            made = self.made(fields)
            names["user_id"] = self.add_user(**user, **made)
        names.setdefault("display_name", f"{names['first_name']} {names['last_name']}")
        return self.add("practitioners", **names)

    def edit_practitioner(self, practitioner_id: str, **fields: Any) -> None:
        """Change a practitioner; `active=False` retires them."""
        self.edit("practitioners", practitioner_id, **fields)

    def add_business(self, **fields: Any) -> str:
        """A new location."""
        given = {"business_name": "Harbour Street Physiotherapy", "country_code": self.country_code}
        return self.add("businesses", **{**given, **fields})

    def edit_business(self, business_id: str, **fields: Any) -> None:
        """Change a location."""
        self.edit("businesses", business_id, **fields)

    def add_tax(self, name: str = "GST", rate: str = "10.0", **fields: Any) -> str:
        """A new tax; the rate is in per cent."""
        return self.add("taxes", name=name, rate=rate, **fields)

    def edit_tax(self, tax_id: str, **fields: Any) -> None:
        """Change a tax."""
        self.edit("taxes", tax_id, **fields)

    def delete_tax(self, tax_id: str) -> None:
        """Remove a tax; no trace is left, not even in the items that named it."""
        with self.lock:
            for item in self.tables["billable_items"].rows.values():
                if item.get("tax_id") == int(tax_id):
                    self.change("billable_items", item["id"], {"tax_id": None}, bump=False)
            self.vanish("taxes", tax_id)

    def add_billable_item(self, name: str, price: str, tax_id: str | None = None, **fields: Any) -> str:
        """A new item with its price before tax."""
        return self.add("billable_items", name=name, price=price, tax_id=tax_id, **fields)

    def edit_billable_item(self, item_id: str, **fields: Any) -> None:
        """Change an item, such as its price."""
        self.edit("billable_items", item_id, **fields)

    def add_appointment_type(self, name: str, duration_in_minutes: int = 30, **fields: Any) -> str:
        """A new kind of appointment, so far without a price."""
        return self.add("appointment_types", name=name, duration_in_minutes=duration_in_minutes, **fields)

    def edit_appointment_type(self, type_id: str, **fields: Any) -> None:
        """Change a kind of appointment."""
        self.edit("appointment_types", type_id, **fields)

    def add_type_item(self, type_id: str, item_id: str, quantity: str = "1.0", **fields: Any) -> str:
        """Let a kind of appointment bill an item; discounts by percentage or amount."""
        return self.add(
            "appointment_type_billable_items",
            appointment_type_id=type_id,
            billable_item_id=item_id,
            quantity=quantity,
            **fields,
        )

    def edit_type_item(self, row_id: str, **fields: Any) -> None:
        """Change what a kind of appointment bills."""
        self.edit("appointment_type_billable_items", row_id, **fields)

    def remove_type_item(self, row_id: str) -> None:
        """Bill it no more; no trace is left."""
        self.vanish("appointment_type_billable_items", row_id)

    def some_practitioner(self) -> str:
        """The first practitioner; made if there is none."""
        return self.first_id("practitioners") or self.add_practitioner()

    def some_business(self) -> str:
        """The first location; made if there is none."""
        return self.first_id("businesses") or self.add_business()

    def some_appointment_type(self) -> str:
        """The first kind of appointment; made if there is none."""
        return self.first_id("appointment_types") or self.add_appointment_type("Standard consultation")
