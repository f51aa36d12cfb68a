"""Choosing by name where a setting keeps ids: places, practitioners, kinds of appointment, HubSpot users."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from app.errors import RightsMissing
from app.streams.custom_fields import defined_fields
from app.streams.visit_reading import parse_appointment_type, parse_business, parse_practitioner
from app.sync.fetch import whole_list
from app.sync.lists import HIDDEN
from app.sync.ports import ClinikoPort, HubSpotPort, Json, Owner

LISTED: Final[Mapping[str, tuple[str, str]]] = {
    "patients.businesses": ("businesses", ""),
    "patients.practitioners": ("practitioners", ""),
    "patients.custom_fields": ("own_fields", ""),
    "appointments.excluded_categories": ("categories", ""),
    "appointments.aliases": ("appointment_types", ""),
    "deals.fixed_owner": ("owners", ""),
    "deals.fallback_owner": ("owners", ""),
    "deals.owner_table": ("practitioners", "owners"),
}
"""Setting to what it keeps ids of; for a table also to what its values are, "" where they are typed."""

PRACTITIONERS: Final = ("practitioners", "practitioners/inactive")


@dataclass(frozen=True)
class Named:
    """Something with an id, and what people call it."""

    id: str
    name: str


@dataclass(frozen=True)
class Choices:
    """What a setting may be chosen from: its ids, and for a table what may stand beside each (empty: any text)."""

    ids: tuple[Named, ...]
    values: tuple[Named, ...] = ()


class Clients(Protocol):
    """Makes the way to a service with its key. Both raise NotSetUp, KeyringUnusable, AddressRefused."""

    def cliniko(self) -> ClinikoPort: ...
    def hubspot(self) -> HubSpotPort: ...


class Cache(Protocol):
    """What the last runs read of the small lists."""

    def cached(self, name: str) -> tuple[Any, Any] | None: ...


class ByName:
    """Looks names up: in the services where somebody chooses, in what is kept here where they are only shown."""

    def __init__(self, store: Callable[[], Cache], clients: Clients) -> None:
        self._store, self._clients = store, clients

    def choices(self, key: str) -> Choices:
        """Everything there is to choose from for a setting of `LISTED`, by name. One call to a service for each
        list; raises what the call raises."""
        what, values = LISTED[key]
        return Choices(self._read(what), self._read(values) if values else ())

    def known(self, key: str) -> dict[str, str]:
        """Ids to names as far as they are known on this computer; asks no service."""
        what, _ = LISTED[key]
        if what not in HIDDEN:
            return {}
        names = PRACTITIONERS if what == "practitioners" else (what,)
        rows = [row for name in names for row in (self._store().cached(name) or ([], None))[0]]
        return {one.id: one.name for one in _named(what, rows)}

    def _read(self, what: str) -> tuple[Named, ...]:
        if what == "owners":
            found = [
                Named(one.id, _owner_words(one))
                for one in self._clients.hubspot().owners()
                if not one.archived
            ]
        elif what == "own_fields":
            found = [Named(one.token, one.name or one.token) for one in self._own_fields()]
        elif what == "categories":
            types = self._whole("appointment_types")
            found = [
                Named(name, name) for name in {parse_appointment_type(row).category for row in types} if name
            ]
        else:
            found = list(_named(what, self._whole(what)))
        return tuple(sorted(found, key=lambda one: one.name.casefold()))

    def _whole(self, resource: str) -> list[Json]:
        return list(whole_list(self._clients.cliniko(), resource))

    def _own_fields(self) -> list[Any]:
        cliniko = self._clients.cliniko()
        found = {one.token: one for one in defined_fields(cliniko.public_settings())}
        try:
            found |= {one.token: one for one in defined_fields(cliniko.get("settings"))}
        except RightsMissing:
            # Only administrators may read these; what is public is what there is then.
            return list(found.values())
        return list(found.values())


def _named(what: str, rows: list[Json]) -> list[Named]:
    if what == "businesses":
        return [Named(one.id, one.name or one.id) for one in map(parse_business, rows)]
    if what == "practitioners":
        return [Named(one.id, one.name or one.id) for one in map(parse_practitioner, rows)]
    return [Named(one.id, one.name or one.id) for one in map(parse_appointment_type, rows)]


def _owner_words(owner: Owner) -> str:
    return (
        f"{owner.name} ({owner.email})"
        if owner.name and owner.email
        else owner.name or owner.email or owner.id
    )
