"""The kinds of record the simulator keeps, the names they go by in addresses, and time as HubSpot writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from app.sandbox.hubspot_replies import Refusal


@dataclass(frozen=True)
class Kind:
    """One kind of record. `modified` is the property that carries the time of its last change."""

    name: str
    singular: str
    type_id: str
    legacy: str
    modified: str
    defaults: tuple[str, ...]
    always: tuple[str, ...]
    first_number: int

    def __str__(self) -> str:
        return self.name


CONTACTS = Kind(
    "contacts",
    "contact",
    "0-1",
    "CONTACT",
    "lastmodifieddate",
    ("createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"),
    ("createdate", "hs_object_id", "lastmodifieddate"),
    5_003,
)
DEALS = Kind(
    "deals",
    "deal",
    "0-3",
    "DEAL",
    "hs_lastmodifieddate",
    (
        "amount",
        "closedate",
        "createdate",
        "dealname",
        "dealstage",
        "hs_lastmodifieddate",
        "hs_object_id",
        "pipeline",
    ),
    ("createdate", "hs_lastmodifieddate", "hs_object_id"),
    90_000_007,
)
KINDS = {kind.name: kind for kind in (CONTACTS, DEALS)}
_NAMES = {
    name: kind for kind in KINDS.values() for name in (kind.name, kind.singular, kind.type_id, kind.legacy)
}


def kind_of(name: str, any_case: bool = False) -> Kind:
    """The kind that an address names; raises Refusal (400) for one that HubSpot would not know."""
    kind = _NAMES.get(name.lower() if any_case else name)
    if kind is None or name == kind.legacy and not any_case:
        raise Refusal(400, f"Unable to infer object type from: {name}", category=None)
    return kind


def millis(moment: datetime) -> int:
    """An aware time as milliseconds since 1970."""
    return round(moment.timestamp() * 1000)


def moment(ms: int) -> datetime:
    """Milliseconds since 1970 as aware UTC."""
    return datetime.fromtimestamp(ms / 1000, UTC)


def iso(ms: int) -> str:
    """Milliseconds since 1970 as HubSpot writes a time: 2026-11-20T01:02:03.004Z."""
    whole, rest = divmod(ms, 1000)
    return f"{datetime.fromtimestamp(whole, UTC):%Y-%m-%dT%H:%M:%S}.{rest:03d}Z"
