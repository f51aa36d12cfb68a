"""What an audit found: differences by record, and the questions they call for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.conflicts import Conflict
from app.domain.records import Record
from app.domain.stream import Property
from app.sync.fields import field_hash
from app.sync.traces import same_value


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it should be; `what` is a plain sentence without personal data (I6)."""

    type: str
    cliniko_id: str
    hubspot_id: str
    what: str


@dataclass
class Findings:
    """The outcome of an audit so far. `foreign` counts values that neither we nor a person typed."""

    checked: int = 0
    differences: list[Difference] = field(default_factory=list)
    questions: list[Conflict] = field(default_factory=list)
    foreign: int = 0

    def add(self, record: Record, what: str) -> None:
        """Name a difference of one record."""
        self.differences.append(Difference(record.kind, record.cliniko_id, record.hubspot_id or "", what))

    def as_json(self) -> dict[str, Any]:
        """The object of `audit --json`."""
        return {"checked": self.checked, "differences": [vars(one).copy() for one in self.differences]}


def replaced(
    record: Record,
    shown: Mapping[str, str],
    names: frozenset[str],
    props: Mapping[str, Property],
    salt: bytes,
) -> list[str]:
    """Which of these properties no longer show what we wrote last."""
    return [
        name
        for name, mark in record.fields.items()
        if name in names
        and name in props
        and field_hash(salt, name, shown.get(name, ""), props[name].type) != mark
    ]


def behind(
    expected: Mapping[str, str],
    shown: Mapping[str, str],
    names: frozenset[str],
    props: Mapping[str, Property],
) -> list[str]:
    """Which of these properties do not show what Cliniko says now."""
    return [
        name
        for name, value in expected.items()
        if name in names and not same_value(name, shown.get(name, ""), value, props)
    ]
