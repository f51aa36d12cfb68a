"""The list of every property we own, as rows and as a CSV a spreadsheet opens safely (R63)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Final

from app.schema.catalogue import CATALOGUE
from app.schema.levels import LEVEL_NAME
from app.schema.repair import wire_type

Row = dict[str, str | bool | int | None]

COLUMNS: Final = ("name", "label", "object", "group", "type", "meaning", "source", "level", "compact")
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def rows(filled: Mapping[str, int] | None = None) -> list[Row]:
    """One row for each property we create: name, label, object, group, type, meaning, source field in
    Cliniko, privacy level, whether it is in the compact set; with `filled` also how many records have it."""
    listed: list[Row] = []
    for row in CATALOGUE.owned:
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
        }
        if filled is not None:
            entry["filled"] = filled.get(row.name)
        listed.append(entry)
    return listed


def csv_text(filled: Mapping[str, int] | None = None) -> str:
    """The same list as CSV with a heading row and CRLF line ends."""
    columns = (*COLUMNS, "filled") if filled is not None else COLUMNS
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(columns)
    for row in rows(filled):
        writer.writerow([safe_cell(row[column]) for column in columns])
    return target.getvalue()


def safe_cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    shown = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    return f"'{shown}" if shown.startswith(_FORMULA_STARTS) and not isinstance(value, (int, float)) else shown
