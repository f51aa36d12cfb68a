"""The list of every property the program owns in HubSpot (R63). Needs neither keys nor data."""

from __future__ import annotations

from typing import Any

from app.schema import listing


def property_rows() -> list[dict[str, Any]]:
    """One row for each property: name, label, object, group, type, meaning, source, privacy level, compact."""
    return [dict(row) for row in listing.rows()]


def property_csv() -> str:
    """The same as CSV, safe to open in a spreadsheet."""
    return listing.csv_text()
