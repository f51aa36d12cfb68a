"""Rows that wait for an answer are kept, so that the next execution can do what was answered without the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, Final

from app.domain.imported import VisitRow
from app.domain.visits import Appointment

NAME: Final = "import_rows"
"""The side rows' name; their ids are those of the questions' subjects."""

_TIMES: Final = frozenset(
    {"starts_at", "ends_at", "cancelled_at", "created_at", "updated_at", "archived_at", "deleted_at"}
)


def pack_row(row: VisitRow, present: frozenset[str]) -> dict[str, Any]:
    """A row in JSON's own types, less what says nothing. `present` are the columns its file has."""
    packed = {name: value for name, value in asdict(row).items() if value and name != "appointment"}
    if row.appointment is not None:
        packed["appointment"] = {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in asdict(row.appointment).items()
            if value not in (None, "", ())
        }
    packed["patient_ids"] = list(row.patient_ids)
    packed["present"] = sorted(present)
    return packed


def unpack_row(packed: Mapping[str, Any]) -> tuple[VisitRow, frozenset[str]]:
    """The row and its file's columns from what was kept."""
    kept = dict(packed)
    present = frozenset(map(str, kept.pop("present", [])))
    place: dict[str, Any] = {
        name: datetime.fromisoformat(value) if name in _TIMES else value
        for name, value in dict(kept.pop("appointment", {})).items()
    }
    place["patient_ids"] = tuple(place.get("patient_ids", ()))
    kept["patient_ids"] = tuple(kept.get("patient_ids", ()))
    known = {one.name for one in fields(VisitRow)}
    row = VisitRow(
        **{"number": 0, **{name: value for name, value in kept.items() if name in known}},
        appointment=Appointment(**{"id": "", **place}) if "starts_at" in place else None,
    )
    return row, present
