"""Writes property rows in a line or two each: the grammar in which every stream declares what it sends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Generic, Literal, TypeVar

from app.domain.hubspot_text import clean
from app.domain.stream import Level, ObjectKind, Property, PropertyType

View = TypeVar("View")
Mark = Literal["M", "S", "D", "M*", "S*"]
"""Privacy level; a star puts the row into the compact set for small plans."""

YES_NO = (("yes", "Yes"), ("no", "No"))
BOOL_OPTIONS = (("true", "Yes"), ("false", "No"))

_LEVEL_OF: dict[Mark, Level] = {"M": "M", "M*": "M", "S": "S", "S*": "S", "D": "D"}


def label_of(name: str) -> str:
    """The label of a row that names none: its name without our prefix, in sentence case."""
    return name.removeprefix("cliniko_").replace("_", " ").capitalize()


@dataclass(frozen=True)
class Rows(Generic[View]):
    """Makes the rows of one group; `View` is what their value functions are given."""

    group: str
    object: ObjectKind = "contacts"
    standard: bool = False

    def row(
        self,
        kind: PropertyType,
        name: str,
        mark: Mark,
        source: str,
        meaning: str,
        value: Callable[[View], str] | None = None,
        label: str = "",
        options: tuple[str, ...] = (),
    ) -> Property:
        """One property; `options` are words that equal the text shown."""
        return Property(
            name=name,
            label=label or label_of(name),
            type=kind,
            group=self.group,
            level=_LEVEL_OF[mark],
            source=source,
            meaning=meaning,
            object=self.object,
            compact=mark.endswith("*"),
            standard=self.standard,
            options=BOOL_OPTIONS if kind == "bool" else tuple((word, word) for word in options),
            value=value,
        )

    def key(self, name: str, source: str, meaning: str, value: Callable[[View], str], label: str) -> Property:
        """The unique key on which new records are upserted."""
        return replace(self.row("string", name, "M*", source, meaning, value, label), unique=True)

    def trigger(self, name: str, meaning: str, label: str) -> Property:
        """A request that a HubSpot user sets to yes (R40, R50)."""
        row = self.row("enumeration", name, "M*", "set in HubSpot", meaning, None, label)
        return replace(row, options=YES_NO, trigger=True)


def in_smallest_set(row: Property) -> Property:
    """The row as one of those kept even on the smallest plan."""
    return replace(row, minimal_plan=True)


def values_of(rows: Iterable[Property], view: Any) -> dict[str, str]:
    """Name to value for every row whose value comes from the record itself; "" means blank."""
    return {row.name: clean(row.value(view)) for row in rows if row.value is not None}
