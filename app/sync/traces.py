"""What of ours stands on a HubSpot record, and what stood there before: read from the journal, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.records import JournalEntry
from app.domain.stream import Property
from app.schema.catalogue import CATALOGUE
from app.streams.custom_fields import PREFIX
from app.sync.fields import comparable
from app.sync.storage import Storage

MOST = 100_000
"""Journal rows of one record that are looked at."""

TypeOf = Callable[[str], str]
"""The HubSpot type of a property's name, by which values are compared."""


@dataclass(frozen=True)
class Trace:
    """One property that we wrote: the text last written and what stood there before anything of ours.

    `before` is None where nobody looked at it before the first write."""

    field: str
    ours: str
    before: str | None
    is_own: bool

    @property
    def is_cleared(self) -> bool:
        """Whether nothing of ours is left, by our own memory."""
        return self.ours == (self.before or "")


def type_of(props: Mapping[str, Property], name: str) -> str:
    """The type of one of our properties, text where it is not known."""
    return props[name].type if name in props else "string"


def same_value(name: str, one: str | None, other: str | None, props: Mapping[str, Property]) -> bool:
    """Whether HubSpot means the same by both texts."""
    kind = type_of(props, name)
    return comparable(one or "", kind) == comparable(other or "", kind)


def traces(
    entries: Iterable[JournalEntry], props: Mapping[str, Property], kind: str = "contacts"
) -> dict[str, Trace]:
    """Property → its trace, from the entries of one record on one HubSpot object, newest first.

    Going back, an older write of ours is followed as long as it wrote what the newer one found: a value that a
    person typed in between is what stood there before.
    """
    found: dict[str, Trace] = {}
    ended: set[str] = set()
    owned = CATALOGUE.owned_names("contacts" if kind == "contacts" else "deals")
    for entry in entries:
        name = entry.field
        known = found.get(name)
        if known is None:
            is_own = name in owned or name.startswith(PREFIX)
            found[name] = Trace(name, entry.new or "", entry.old, is_own)
        elif name not in ended and same_value(name, entry.new, known.before, props):
            found[name] = Trace(name, known.ours, entry.old, known.is_own)
        else:
            ended.add(name)
    return found


def entries_on(store: Storage, kind: str, cliniko_id: str, targets: Sequence[str]) -> list[JournalEntry]:
    """What was written to these HubSpot records for one record of Cliniko, newest first."""
    wanted = set(targets)
    return [
        entry
        for entry in store.journal_of_record(kind, cliniko_id, MOST)
        if entry.service == "hubspot" and entry.target_id in wanted and _is_property(kind, entry.field)
    ]


def targets_of(store: Storage, kind: str, cliniko_id: str) -> list[str]:
    """Every HubSpot record that was ever written for one record of Cliniko, the latest first."""
    listed = store.journal_of_record(kind, cliniko_id, MOST)
    return list(dict.fromkeys(entry.target_id for entry in listed if entry.service == "hubspot"))


def _is_property(kind: str, name: str) -> bool:
    if kind in ("patient", "contact"):
        return name in CONTACT_NAMES or name.startswith(PREFIX)
    return name in DEAL_NAMES


def contact_names(readable: Iterable[str]) -> frozenset[str]:
    """Of the properties that may be read, those that we may ever have written on a contact."""
    return frozenset(name for name in readable if name in CONTACT_NAMES or name.startswith(PREFIX))


CONTACT_NAMES = frozenset(row.name for row in CATALOGUE.properties if row.object == "contacts")
DEAL_NAMES = frozenset(row.name for row in CATALOGUE.properties if row.object == "deals")
