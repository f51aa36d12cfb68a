"""The clinic's records and the switches of the simulator; everything else works on these."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app.sandbox.cliniko_filters import Row
from app.sandbox.cliniko_settings import account_settings
from app.sandbox.cliniko_table import Table
from app.sandbox.messages import Now, utc_now

# Columns in which rows are looked up often, by table.
INDEXED: Mapping[str, tuple[str, ...]] = {
    "patients": (),
    "contacts": (),
    "referral_sources": ("patient_id",),
    "referral_source_types": (),
    "concession_types": (),
    "individual_appointments": ("patient_id",),
    "group_appointments": (),
    "unavailable_blocks": (),
    "attendees": ("booking_id", "patient_id"),
    "patient_cases": ("patient_id",),
    "invoices": ("patient_id", "appointment_id", "attendee_id"),
    "invoice_items": ("invoice_id",),
    "billable_items": (),
    "taxes": (),
    "appointment_types": (),
    "appointment_type_billable_items": ("appointment_type_id",),
    "practitioners": (),
    "users": (),
    "businesses": (),
}

BOOKING_KINDS = ("individual_appointments", "group_appointments", "unavailable_blocks")

# Bookings share one space of numbers. Elsewhere each kind counts for itself: equal ids of two kinds occur.
_ID_SPACE = {"group_appointments": "individual_appointments", "unavailable_blocks": "individual_appointments"}
_FIRST_SHORT = (9_999_998, 10_000_004, 123_456_789)
_FIRST_LONG = (139_071_086_310_248_001, 999_071_086_310_248_002)
_LONG = 1_390_710_863_102_480_000


@dataclass
class Switches:
    """What is not documented or may go wrong, each as a choice.

    `sort_id` is accepted, refused or ignored. `timestamps` is Z, offset or fraction. `stale_reads` is how
    many reads after a change still show the record as it was before. The `..._bumps_...` switches say whether
    a change of a child moves its parent's `updated_at`.
    """

    require_user_agent: bool = True
    rate_limit: int | None = 200
    rate_window_s: float = 60.0
    rate_fixed_window: bool = False
    sort_id: str = "accepted"
    case_sensitive: bool = False
    did_not_arrive_filterable: bool = True
    subseconds: bool = False
    timestamps: str = "Z"
    link_base: str | None = None
    stale_reads: int = 0
    attendee_bumps_appointment: bool = False
    item_bumps_invoice: bool = False
    case_bumps_appointment: bool = False
    referral_bumps_patient: bool = False
    rename_bumps_appointments: bool = False
    merge_bumps_children: bool = True
    same_write_bumps: bool = False
    total_as_text: bool = False


@dataclass
class _Ids:
    """Ids in creation order: a few of 7 to 9 digits, `short_left` more, then of 18 and 19 digits."""

    given: dict[str, int] = field(default_factory=dict)
    short_left: dict[str, int] = field(default_factory=dict)

    def next(self, table: str) -> int:
        space = _ID_SPACE.get(table, table)
        number = self.given.get(space, 0)
        self.given[space] = number + 1
        if number < len(_FIRST_SHORT):
            return _FIRST_SHORT[number]
        short_left = self.short_left.get(space, 0)
        if short_left > 0:
            self.short_left[space] = short_left - 1
            return _FIRST_SHORT[-1] + 13 * number
        number -= len(_FIRST_SHORT)
        if number < len(_FIRST_LONG):
            return _FIRST_LONG[number]
        return _LONG + 7919 * number


class ClinicData:
    """Tables, ids and time of one clinic; times are aware UTC outside and text without the Z inside."""

    def __init__(self, now: Now = utc_now, country_code: str = "AU") -> None:
        self.now = now
        self.country_code = country_code
        self.switches = Switches()
        self.lock = threading.RLock()
        self.ids = _Ids()
        self.tables = {name: Table(name, indexed) for name, indexed in INDEXED.items()}
        self._union: tuple[tuple[int, ...], Table] | None = None
        self.settings = account_settings("Harbour Street Physiotherapy", "harbour-street", country_code, "$")
        self.stale: dict[tuple[str, int], tuple[Row, int]] = {}

    def stamp(self, moment: datetime | None = None) -> str:
        """A moment (default: now) as it is kept."""
        aware = (moment or self.now()).astimezone(UTC)
        if self.switches.subseconds and aware.microsecond:
            return aware.isoformat(timespec="microseconds")[:26].rstrip("0")
        return aware.isoformat(timespec="seconds")[:19]

    def insert(self, table: str, fields: Mapping[str, Any]) -> Row:
        """A new row with the next id, made now, unless `fields` say otherwise."""
        with self.lock:
            now = self.stamp()
            row: Row = {"id": None, "created_at": now, "updated_at": fields.get("created_at", now), **fields}
            if row["id"] is None:
                row["id"] = self.ids.next(table)
            self.tables[table].insert(row)
            return row

    def change(self, table: str, row_id: int, fields: Mapping[str, Any], bump: bool = True) -> Row:
        """Write fields into a row; with `bump` it counts as edited now."""
        with self.lock:
            held = self.tables[table]
            if self.switches.stale_reads > 0:
                self.stale[table, row_id] = (dict(held.rows[row_id]), self.switches.stale_reads)
            written = dict(fields)
            if bump:
                written["updated_at"] = self.stamp()
            return held.change(row_id, written)

    def table(self, name: str) -> Table:
        """A table by its name; `bookings` is put together from the three kinds that share its numbers."""
        return self._bookings() if name == "bookings" else self.tables[name]

    def _bookings(self) -> Table:
        parts = [self.tables[name] for name in BOOKING_KINDS]
        versions = tuple(part.version for part in parts)
        if self._union is None or self._union[0] != versions:
            union = Table("bookings")
            for part in parts:
                for row in part.rows.values():
                    union.insert(row)
            self._union = (versions, union)
        return self._union[1]

    def custom_field_names(self) -> dict[Any, dict[str, Any]]:
        """Name, and type of a field, by the token of each section and field the account has defined."""
        found: dict[Any, dict[str, Any]] = {}
        for section in self.settings["patient_custom_fields_definition"]["sections"]:
            found[section["token"]] = {"name": section["name"], "archived": section["archived"]}
            for one in section["fields"]:
                found[one["token"]] = {"name": one["name"], "type": one["type"]}
        return found

    def as_last_seen(self, table: str, row: Row) -> Row:
        """The row, or its state before the last change while reads are switched to lag."""
        key = (table, row["id"])
        found = self.stale.get(key)
        if found is None:
            return row
        before, left = found
        if left <= 1:
            del self.stale[key]
        else:
            self.stale[key] = (before, left - 1)
        return before

    def row(self, table: str, record_id: str | int) -> Row:
        """A row by its id; raises KeyError when there is none."""
        found = self.tables[table].get(int(record_id))
        if found is None:
            raise KeyError(f"no such record in {table}: {record_id}")
        return found

    def snapshot(self, table: str) -> list[dict[str, Any]]:
        """Plain copies of all rows, hidden ones as well, by id; ids as text, times with their Z."""
        with self.lock:
            rows = sorted(self.tables[table].rows.values(), key=lambda row: int(row["id"]))
            return [plain(row) for row in rows]


def plain(row: Row) -> dict[str, Any]:
    """A copy of a row as an observer sees it: ids as text, times with their Z, lists of their own."""
    copy: dict[str, Any] = {}
    for name, value in row.items():
        if name == "id" or name.endswith("_id") and isinstance(value, int):
            copy[name] = str(value)
        elif name.endswith("_ids") and value is not None:
            copy[name] = [str(one) for one in value]
        elif name.endswith("_at") and isinstance(value, str):
            copy[name] = value + "Z"
        elif isinstance(value, list):
            copy[name] = [dict(one) if isinstance(one, dict) else one for one in value]
        else:
            copy[name] = value
    return copy
