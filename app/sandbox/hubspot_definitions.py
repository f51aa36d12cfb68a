"""Property definitions and groups as an account keeps them, active and archived; no addresses, no scopes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.sandbox.hubspot_kinds import iso
from app.sandbox.hubspot_replies import Json


@dataclass(frozen=True)
class Option:
    """One choice of an enumeration; records hold the value, people see the label."""

    label: str
    value: str
    order: int = 0
    hidden: bool = False
    description: str = ""

    def shown(self) -> Json:
        """As the API tells it."""
        return {
            "label": self.label,
            "value": self.value,
            "displayOrder": self.order,
            "hidden": self.hidden,
            "description": self.description,
        }


@dataclass
class Definition:
    """One property of an object. `standard` ones came with HubSpot; `settled_ms` is when writes may use it."""

    name: str
    label: str
    type: str = "string"
    field_type: str = "text"
    group: str = "contactinformation"
    description: str = ""
    options: tuple[Option, ...] = ()
    display_order: int = -1
    hidden: bool = False
    form_field: bool = False
    unique: bool = False
    sensitivity: str = "non_sensitive"
    standard: bool = False
    read_only: bool = False
    fixed: bool = False
    calculated: bool = False
    external: bool = False
    hint: dict[str, Any] = field(default_factory=dict)
    created_ms: int = 0
    updated_ms: int = 0
    created_by: str = ""
    updated_by: str = ""
    archived_ms: int | None = None
    settled_ms: int = 0
    used_in: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.allowed = frozenset(option.value for option in self.options)

    def set_options(self, options: Iterable[Option]) -> None:
        """Replace the whole list."""
        self.options = tuple(options)
        self.allowed = frozenset(option.value for option in self.options)

    @property
    def many(self) -> bool:
        """Whether several options may be chosen at once."""
        return self.type == "enumeration" and self.field_type == "checkbox"

    def shown(self) -> Json:
        """As the API tells it; standard properties carry no `archived` of their own."""
        told: Json = {
            "name": self.name,
            "label": self.label,
            "type": self.type,
            "fieldType": self.field_type,
            "description": self.description,
            "groupName": self.group,
            "options": [option.shown() for option in self.options],
            "displayOrder": self.display_order,
            "calculated": self.calculated,
            "externalOptions": self.external,
            "hasUniqueValue": self.unique,
            "hidden": self.hidden,
            "formField": self.form_field,
            "dataSensitivity": self.sensitivity,
            "createdAt": iso(self.created_ms),
            "updatedAt": iso(self.updated_ms),
            "modificationMetadata": self._metadata(),
            **self.hint,
        }
        if self.standard:
            told["hubspotDefined"] = True
        else:
            told["archived"] = self.archived_ms is not None
            told["createdUserId"] = self.created_by
            told["updatedUserId"] = self.updated_by
        if self.archived_ms is not None:
            told["archived"] = True
            told["archivedAt"] = iso(self.archived_ms)
        return told

    def _metadata(self) -> Json:
        told: Json = {
            "archivable": not self.standard,
            "readOnlyDefinition": self.fixed,
            "readOnlyValue": self.read_only,
        }
        if self.type in ("enumeration", "bool"):
            told["readOnlyOptions"] = self.external or self.calculated
        return told


@dataclass
class Group:
    """A heading under which properties are listed."""

    name: str
    label: str
    order: int = -1
    archived: bool = False

    def shown(self) -> Json:
        """As the API tells it."""
        return {
            "name": self.name,
            "label": self.label,
            "displayOrder": self.order,
            "archived": self.archived,
        }


@dataclass
class Definitions:
    """The properties and groups of one kind of record."""

    active: dict[str, Definition] = field(default_factory=dict)
    archived: dict[str, Definition] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)

    @property
    def custom_count(self) -> int:
        """How many active properties did not come with HubSpot."""
        return sum(not one.standard for one in self.active.values())

    @property
    def unique_count(self) -> int:
        """How many active properties of the account's own hold unique values."""
        return sum(one.unique and not one.standard for one in self.active.values())

    def put(self, definition: Definition) -> Definition | None:
        """Take a definition in; returns the archived one of that name that it revives, if any."""
        self.active[definition.name] = definition
        return self.archived.pop(definition.name, None)

    def archive(self, name: str, at_ms: int) -> Definition:
        """Set an active property aside; values of records stay but are no longer shown."""
        definition = self.active.pop(name)
        definition.archived_ms = at_ms
        self.archived[name] = definition
        return definition
