"""A clinic's own patient fields as properties, each chosen by the clinic one by one (detailed level only)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.domain.hubspot_text import day_text
from app.domain.people import PatientView
from app.domain.stream import Property, PropertyType
from app.streams import cliniko_json as read
from app.streams.patients import PATIENT_GROUP
from app.streams.rows import Rows

PREFIX: Final = "cliniko_cf_"
_LONGEST_NAME: Final = 100
_UNFIT: Final = re.compile(r"[^a-z0-9_]+")


@dataclass(frozen=True)
class OwnField:
    """One field a clinic defined. `token` identifies it, `kind` is text, paragraph, date or a choice."""

    token: str
    name: str
    kind: str = "text"

    @property
    def property_name(self) -> str:
        """The internal name of its property."""
        return (PREFIX + _UNFIT.sub("_", self.token.lower()))[:_LONGEST_NAME]


def defined_fields(settings: object) -> tuple[OwnField, ...]:
    """The fields in Cliniko's settings (or in a patient's own copy of them) that are not archived."""
    source = settings if isinstance(settings, Mapping) else {}
    definition = source.get("patient_custom_fields_definition", source)
    found: dict[str, OwnField] = {}
    for row in _fields(definition):
        token = read.text(row, "token")
        if token and row.get("archived") is not True:
            found.setdefault(token, OwnField(token, read.text(row, "name") or token, read.text(row, "type")))
    return tuple(found.values())


def _fields(definition: object) -> Iterator[Mapping[str, Any]]:
    """Every field of every section that is in use."""
    sections = definition.get("sections") if isinstance(definition, Mapping) else None
    for section in sections if isinstance(sections, list) else ():
        fields = section.get("fields") if isinstance(section, Mapping) else None
        if isinstance(fields, list) and section.get("archived") is not True:
            yield from (row for row in fields if isinstance(row, Mapping))


def own_field_properties(fields: Collection[OwnField], chosen: Collection[str]) -> tuple[Property, ...]:
    """A property for each field whose token the clinic chose."""
    rows: Rows[PatientView] = Rows(PATIENT_GROUP.name)
    made: dict[str, Property] = {}
    for own in fields:
        if own.token in chosen:
            kind: PropertyType = "date" if own.kind == "date" else "string"
            made.setdefault(
                own.property_name,
                rows.row(
                    kind,
                    own.property_name,
                    "D",
                    f"custom_fields, {own.token}",
                    "One of the clinic's own fields",
                    lambda view, own=own: field_value(view.patient.custom_fields, own),  # type: ignore[misc]
                    own.name,
                ),
            )
    return tuple(made.values())


def field_value(custom_fields: Mapping[str, Any], own: OwnField) -> str:
    """What a patient's record says in that field: text, a day, or the chosen words joined by `; `."""
    row = next((one for one in _fields(custom_fields) if read.text(one, "token") == own.token), None)
    if row is None:
        return ""
    if own.kind == "date":
        return day_text(read.day(row, "value"))
    if own.kind not in ("checkboxes", "radiobuttons"):
        return read.text(row, "value")
    return "; ".join(_chosen(row))


def _chosen(row: Mapping[str, Any]) -> Iterator[str]:
    """The names of the selected options, then what was written beside them."""
    options = row.get("options")
    for option in options if isinstance(options, list) else ():
        if isinstance(option, Mapping) and option.get("selected") is True and read.text(option, "name"):
            yield read.text(option, "name")
    other = row.get("other")
    if isinstance(other, Mapping) and other.get("selected") is True and read.text(other, "value"):
        yield read.text(other, "value")
