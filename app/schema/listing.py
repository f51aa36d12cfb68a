"""The list of every property we own, as rows and as a CSV a spreadsheet opens safely (R63)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final

from app.domain.stream import Property
from app.schema.catalogue import CATALOGUE
from app.schema.levels import LEVEL_NAME
from app.schema.repair import wire_type
from app.streams.sync_state import SYNC_GROUP

Row = dict[str, str | bool | int | None]

COLUMNS: Final = (
    "name",
    "label",
    "object",
    "group",
    "type",
    "meaning",
    "source",
    "level",
    "compact",
    "filled",
)
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def rows(own: Sequence[Property] = (), filled: Mapping[str, int] | None = None) -> list[Row]:
    """One row for each property we create: name, label, object, group, type, meaning, source field in Cliniko,
    privacy level, whether it is in the compact set, and on how many records it is filled in: None where that is not
    known here. `own`: the clinic's own fields that were chosen."""
    listed: list[Row] = []
    for row in (*CATALOGUE.owned, *own):
        entry: Row = {
            "name": row.name,
            "label": row.label,
            "object": row.object,
            "group": row.group,
            "type": wire_type(row),
            "meaning": row.meaning,
            "source": row.source,
            "level": LEVEL_NAME[row.level],
            "compact": row.compact,
            "filled": None if filled is None or _is_kept_elsewhere(row) else filled.get(row.name, 0),
        }
        listed.append(entry)
    return listed


def _is_kept_elsewhere(row: Property) -> bool:
    """Requests, and what the sync says of itself, of which no value is remembered."""
    return row.trigger or row.group == SYNC_GROUP.name


def csv_text(listed: Sequence[Mapping[str, object]]) -> str:
    """Such a list as CSV with a heading row and CRLF line ends."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(COLUMNS)
    for row in listed:
        writer.writerow([safe_cell(row[column]) for column in COLUMNS])
    return target.getvalue()


def safe_cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    shown = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    return f"'{shown}" if shown.startswith(_FORMULA_STARTS) and not isinstance(value, (int, float)) else shown
