"""What staff do at the front desk: the ground that the desks of all subjects share."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.sandbox.cliniko_catalogue import RESOURCES
from app.sandbox.cliniko_checks import decimal_text
from app.sandbox.cliniko_data import ClinicData
from app.sandbox.cliniko_filters import Row
from app.sandbox.cliniko_resource import Resource

_ALWAYS = frozenset({"id", "created_at", "updated_at", "archived_at", "deleted_at"})

_DECIMALS = frozenset(
    {"price", "rate", "quantity", "unit_price", "tax_rate", "discount_percentage", "discounted_amount"}
    | {"total_amount", "net_amount", "tax_amount", "max_invoiceable_amount", "deposit_price"}
)


class Desk(ClinicData):
    """Adds, edits and archives records as staff would; whatever is done counts as edited now.

    Field names are those of the API, links by their `_id`. Ids are text outside. Unlike the API, staff may
    enter values that no check would let pass. Unknown field names raise TypeError, unknown ids KeyError.
    """

    def add(self, table: str, **fields: Any) -> str:
        """A new record; returns its id."""
        resource = RESOURCES[table]
        row = {name: unset for name, unset in resource.plain.items() if name in resource.filters}
        return str(self.insert(table, {**row, **self.kept(resource, fields)})["id"])

    def edit(self, table: str, record_id: str, bump: bool = True, **fields: Any) -> None:
        """Change fields of a record; without `bump` its `updated_at` stays."""
        row = self.row(table, record_id)
        self.change(table, row["id"], self.kept(RESOURCES[table], fields), bump)

    def touch(self, table: str, record_id: str) -> None:
        """Count the record as edited now though nothing in it changed."""
        self.edit(table, record_id)

    def archive(self, table: str, record_id: str) -> None:
        """Hide the record from plain lists."""
        self.edit(table, record_id, archived_at=self.now())

    def vanish(self, table: str, record_id: str) -> None:
        """Remove the record without a trace."""
        with self.lock:
            self.tables[table].remove(int(record_id))

    def kept(self, resource: Resource, fields: dict[str, Any]) -> Row:
        """Fields as rows keep them; raises TypeError on a name the resource does not know."""
        known = _ALWAYS | resource.plain.keys() | set(resource.times) | set(resource.id_lists)
        known |= {column for column, _ in resource.one.values()} | resource.writes.keys()
        known |= {name for name in resource.filters if name.endswith("_id")}
        unknown = fields.keys() - known - {"referrer_id", "patient_case_id", "business_ids"}
        unknown -= {"practitioner_ids", "appointment_type_ids"}
        if unknown:
            raise TypeError(f"{resource.name} has no {', '.join(sorted(unknown))}")
        return {name: self._kept_value(name, value) for name, value in fields.items()}

    def _kept_value(self, name: str, value: Any) -> Any:
        match value:
            case datetime():
                return self.stamp(value)
            case date():
                return value.isoformat()
            case Decimal():
                return decimal_text(value)
            case str() if name in _DECIMALS:
                return decimal_text(Decimal(value))
            case str() if name == "id" or (name.endswith("_id") and name != "old_reference_id"):
                return int(value)
            case list() | tuple() if name.endswith("_ids"):
                return [int(one) for one in value]
            case list() | tuple() if name in ("patient_phone_numbers", "phone_numbers"):
                return [self._phone(one) for one in value]
            case _:
                return value

    @staticmethod
    def _phone(one: Any) -> dict[str, str]:
        if isinstance(one, tuple):
            return {"phone_type": one[0], "number": one[1]}
        return {"phone_type": one["phone_type"], "number": one["number"]}

    @staticmethod
    def made(fields: dict[str, Any]) -> dict[str, Any]:
        """When a record was made and edited, if `fields` say so, for the records that come with it."""
        return {name: value for name, value in fields.items() if name in ("created_at", "updated_at")}

    def first_id(self, table: str) -> str | None:
        """The id of the oldest record that is not archived, if there is any."""
        for row in self.tables[table].rows.values():
            if row.get("archived_at") is None and row.get("active", True):
                return str(row["id"])
        return None
