"""The language in which a stream is declared: properties, stages, and the stream itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

ObjectKind = Literal["contacts", "deals"]
Level = Literal["M", "S", "D"]
PropertyType = Literal["string", "enumeration", "bool", "number", "date", "datetime", "phone_number"]


@dataclass(frozen=True)
class Property:
    """One HubSpot property we write: what it is, at which privacy level, and how its value is made.

    `value` turns the stream's view of one record into the text HubSpot is sent; "" means blank. `standard` marks
    HubSpot's own properties (R10: an empty Cliniko value never blanks one we did not fill). `compact` is the
    ★ set for small plans. `minimal_plan` is the smallest set of all (schema §8). `unique` is an idempotency key.
    `trigger` marks the four yes/no requests a HubSpot user sets: never written but to answer them.
    `computed` marks rows whose value does not come from the record itself (roll-ups, sync state): they are
    written by their own code and have no `value`.
    """

    name: str
    label: str
    type: PropertyType
    group: str
    level: Level
    source: str
    meaning: str
    object: ObjectKind = "contacts"
    compact: bool = False
    minimal_plan: bool = False
    unique: bool = False
    standard: bool = False
    trigger: bool = False
    options: tuple[tuple[str, str], ...] = ()
    """(value, label) of an enumeration."""
    value: Callable[[Any], str] | None = None

    @property
    def field_type(self) -> str:
        """HubSpot's fieldType for this type."""
        return {
            "string": "text",
            "enumeration": "select",
            "bool": "booleancheckbox",
            "number": "number",
            "date": "date",
            "datetime": "date",
            "phone_number": "phonenumber",
        }[self.type]


@dataclass(frozen=True)
class Group:
    """One property group we own."""

    name: str
    label: str
    object: ObjectKind


@dataclass(frozen=True)
class Stage:
    """One stage of a pipeline: its wished id, label and probability as HubSpot text ("0.6")."""

    id: str
    label: str
    probability: str
    status: str


@dataclass(frozen=True)
class Pipeline:
    """One deal pipeline we own, with the stream that needs it."""

    id: str
    label: str
    stages: tuple[Stage, ...]
    stream: str
