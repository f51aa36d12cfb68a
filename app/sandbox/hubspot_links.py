"""Which record is associated with which, in both directions, with the types of each link."""

from __future__ import annotations

from collections.abc import Iterator

from app.sandbox.hubspot_kinds import CONTACTS, DEALS, Kind

HUBSPOT_DEFINED = "HUBSPOT_DEFINED"

# The unlabelled type by direction: a deal knows its contact under another number than the contact its deal.
DEFAULT_TYPES = {
    ("deals", "contacts"): 3,
    ("contacts", "deals"): 4,
    ("contacts", "contacts"): 449,
    ("deals", "deals"): 451,
}

# A link as (category, type id), more than one where it is labelled.
Types = frozenset[tuple[str, int]]


class Label:
    """A label that a user made for links from one kind to another; the way back has the next number."""

    __slots__ = ("from_kind", "name", "to_kind", "type_id")

    def __init__(self, name: str, type_id: int, from_kind: str, to_kind: str) -> None:
        self.name, self.type_id, self.from_kind, self.to_kind = name, type_id, from_kind, to_kind


class Links:
    """All associations of the account."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], dict[str, dict[str, Types]]] = {pair: {} for pair in DEFAULT_TYPES}
        self.labels: list[Label] = []
        self._shared: dict[Types, Types] = {}
        self._defaults = {
            pair: frozenset({(HUBSPOT_DEFINED, number)}) for pair, number in DEFAULT_TYPES.items()
        }

    def default(self, from_kind: Kind, to_kind: Kind) -> Types:
        """The unlabelled link in this direction."""
        return self._defaults[from_kind.name, to_kind.name]

    def join(
        self, from_kind: Kind, from_id: str, to_kind: Kind, to_id: str, labels: Types = frozenset()
    ) -> None:
        """Link two records both ways; the labels replace those there were, the unlabelled link stays."""
        self._set(from_kind, from_id, to_kind, to_id, labels)
        self._set(to_kind, to_id, from_kind, from_id, self._turned(labels))

    def _set(self, from_kind: Kind, from_id: str, to_kind: Kind, to_id: str, labels: Types) -> None:
        pair = (from_kind.name, to_kind.name)
        types = self._defaults[pair] | labels if labels else self._defaults[pair]
        self._held[pair].setdefault(from_id, {})[to_id] = self._shared.setdefault(types, types)

    def _turned(self, labels: Types) -> Types:
        """The same labels seen from the other end."""
        numbers = {label.type_id for label in self.labels}
        return frozenset(
            (category, number + 1 if number in numbers else number - 1) for category, number in labels
        )

    def part(self, from_kind: Kind, from_id: str, to_kind: Kind, to_id: str) -> bool:
        """Remove every link of a pair; False when there was none."""
        there = self._held[from_kind.name, to_kind.name].get(from_id, {})
        back = self._held[to_kind.name, from_kind.name].get(to_id, {})
        back.pop(from_id, None)
        return there.pop(to_id, None) is not None

    def of(self, from_kind: Kind, from_id: str, to_kind: Kind) -> dict[str, Types]:
        """What a record is linked with, oldest link first."""
        return self._held[from_kind.name, to_kind.name].get(from_id, {})

    def count(self, from_kind: Kind, from_id: str, to_kind: Kind) -> int:
        """How many records of a kind a record is linked with."""
        return len(self.of(from_kind, from_id, to_kind))

    def forget(self, kind: Kind, record_id: str) -> None:
        """Remove all links of a record."""
        for other in (CONTACTS, DEALS):
            for to_id in list(self.of(kind, record_id, other)):
                self.part(kind, record_id, other, to_id)
            self._held[kind.name, other.name].pop(record_id, None)

    def hand_over(self, kind: Kind, from_id: str, to_id: str) -> None:
        """Give all links of one record to another of its kind."""
        for other in (CONTACTS, DEALS):
            for far_id, types in list(self.of(kind, from_id, other).items()):
                if far_id != to_id:
                    labels = types - self.default(kind, other)
                    self.join(kind, to_id, other, far_id, labels)
        self.forget(kind, from_id)

    def pairs(self, from_kind: Kind, to_kind: Kind) -> Iterator[tuple[str, str]]:
        """Every linked pair of two kinds as (from id, to id)."""
        for from_id, far in self._held[from_kind.name, to_kind.name].items():
            for to_id in far:
                yield from_id, to_id
