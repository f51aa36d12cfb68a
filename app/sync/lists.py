"""The clinic's small lists, read whole once a day: who treats, where, what kind of visit, at what price (R4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import tzinfo
from decimal import Decimal
from typing import Any, TypeVar

from app.domain.billing import amount_of, lines_of
from app.domain.visits import AppointmentType, Business, Practitioner
from app.streams.billing_reading import parse_billable_item, parse_tax, parse_type_item
from app.streams.visit_reading import parse_appointment_type, parse_business, parse_practitioner, parse_user
from app.sync.accounts import cached_list
from app.sync.ports import Json
from app.sync.run import Run

T = TypeVar("T")

HIDDEN: Mapping[str, tuple[str, ...]] = {
    "practitioners": (),
    "practitioners/inactive": (),
    "users": (),
    "businesses": ("archived_at:*", "deleted_at:*"),
    "appointment_types": ("archived_at:*",),
    "billable_items": ("archived_at:*",),
    "taxes": (),
    "appointment_type_billable_items": (),
}


class Lists:
    """Look-ups over the small lists of one execution. An id that is not in a list makes it read afresh, once."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._kept: dict[str, dict[str, Any]] = {}
        self._refreshed: set[str] = set()

    def practitioner(self, cliniko_id: str) -> Practitioner | None:
        """A practitioner, active or not."""
        found = self._find("practitioners", cliniko_id, parse_practitioner, refresh=False)
        if found is None:
            found = self._find("practitioners/inactive", cliniko_id, parse_practitioner, refresh=False)
        return found or self._find("practitioners", cliniko_id, parse_practitioner)

    def practitioner_email(self, cliniko_id: str) -> str:
        """The address of the practitioner's user, "" where the key may not read users (R26)."""
        practitioner = self.practitioner(cliniko_id)
        if practitioner is None or not practitioner.user_id:
            return ""
        user = self._find("users", practitioner.user_id, parse_user)
        return user.email if user else ""

    def business(self, cliniko_id: str) -> Business | None:
        """A location, archived or not."""
        return self._find("businesses", cliniko_id, parse_business)

    def zone(self, business_id: str) -> tzinfo:
        """The zone of a location, else the clinic's."""
        business = self.business(business_id)
        return (business.zone if business else None) or self._run.clinic.zone

    def type(self, cliniko_id: str) -> AppointmentType | None:
        """A kind of appointment, archived or not."""
        return self._find("appointment_types", cliniko_id, parse_appointment_type)

    def alias(self, type_id: str) -> str:
        """The plain name the clinic gave a type (R84)."""
        return self._run.settings.table("appointments.aliases").get(type_id, "")

    def price(self, type_id: str) -> Decimal | None:
        """The amount of a type by R24; None where nothing is billed or a price is unknown."""
        lines = [
            line
            for line in self._all("appointment_type_billable_items", parse_type_item).values()
            if line.appointment_type_id == type_id
        ]
        items = self._all("billable_items", parse_billable_item)
        if any(line.billable_item_id and line.billable_item_id not in items for line in lines):
            items = self._refresh("billable_items", parse_billable_item)
        return amount_of(lines_of(lines, items, self._all("taxes", parse_tax)))

    def prices(self) -> dict[str, str]:
        """Every type's amount as text, to see which prices changed since the last look."""
        return {
            type_id: str(price)
            for type_id in self._all("appointment_types", parse_appointment_type)
            if (price := self.price(type_id)) is not None
        }

    def shown(self) -> dict[str, dict[str, str]]:
        """What records show of each list that was asked for so far: its name and id to the words and numbers."""
        people: dict[str, str] = {}
        for name in ("practitioners", "practitioners/inactive"):
            for one in self._asked_for(name, parse_practitioner).values():
                people[one.id] = f"{one.name}|{self._address_of(one)}"
        places = self._asked_for("businesses", parse_business)
        kinds = self._asked_for("appointment_types", parse_appointment_type)
        return {
            "practitioners": people,
            "businesses": {one.id: f"{one.name}|{one.time_zone}" for one in places.values()},
            "types": {
                one.id: f"{one.name}|{one.category}|{one.telehealth_enabled}" for one in kinds.values()
            },
            "prices": self.prices(),
        }

    def _address_of(self, practitioner: Practitioner) -> str:
        user = self._asked_for("users", parse_user).get(practitioner.user_id)
        return user.email if user else ""

    def _asked_for(self, name: str, parse: Callable[[object], T]) -> dict[str, T]:
        """A list that is kept, read afresh when it is a day old; empty where nobody asked for it yet."""
        return self._all(name, parse) if self._run.store.cached(name) is not None else {}

    # reading

    def _find(
        self, name: str, cliniko_id: str, parse: Callable[[object], T], refresh: bool = True
    ) -> T | None:
        if not cliniko_id:
            return None
        found: T | None = self._all(name, parse).get(cliniko_id)
        if found is None and refresh and name not in self._refreshed:
            found = self._refresh(name, parse).get(cliniko_id)
        return found

    def _all(self, name: str, parse: Callable[[object], T]) -> dict[str, T]:
        if name not in self._kept:
            self._kept[name] = _parsed(self._read(name, False), parse)
        return self._kept[name]

    def _refresh(self, name: str, parse: Callable[[object], T]) -> dict[str, T]:
        self._refreshed.add(name)
        self._kept[name] = _parsed(self._read(name, True), parse)
        return self._kept[name]

    def _read(self, name: str, refresh: bool) -> list[Json]:
        run = self._run
        rows = cached_list(run.store, run.cliniko, run.clock, name, HIDDEN[name], refresh)
        if not rows and name == "users":
            run.note_once(
                "no_users",
                "The Cliniko key may not read users; deals get the fallback owner.",
                "appointments",
            )
        return rows


def _parsed(rows: list[Json], parse: Callable[[object], T]) -> dict[str, T]:
    found: dict[str, T] = {}
    for row in rows:
        parsed = parse(row)
        found[str(getattr(parsed, "id", ""))] = parsed
    return found
