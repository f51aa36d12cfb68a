"""The list of every property the program owns in HubSpot (R63). Needs neither keys nor data."""

from __future__ import annotations

from typing import Any

from app.schema import listing
from app.streams import GROUPS, PIPELINES


def property_rows() -> list[dict[str, Any]]:
    """One row for each property: name, label, object, group, type, meaning, source, privacy level, compact."""
    return [dict(row) for row in listing.rows()]


def property_csv() -> str:
    """The same as CSV, safe to open in a spreadsheet."""
    return listing.csv_text()


def owned_rows() -> list[dict[str, Any]]:
    """Everything the program owns in HubSpot: groups, pipelines, stages and properties, each with `kind`, `label`,
    `name`, `object`, `level` and `meaning` ("" where there is none)."""
    rows = [_row("group", group.label, group.name, group.object) for group in GROUPS]
    for pipeline in PIPELINES:
        rows.append(_row("pipeline", pipeline.label, pipeline.id, "deals"))
        rows += [_row("stage", stage.label, stage.id, "deals") for stage in pipeline.stages]
    for row in listing.rows():
        rows.append(_row("property", str(row["label"]), str(row["name"]), str(row["object"])))
        rows[-1] |= {"level": row["level"], "meaning": row["meaning"]}
    return rows


def _row(kind: str, label: str, name: str, object_kind: str) -> dict[str, Any]:
    return {"kind": kind, "label": label, "name": name, "object": object_kind, "level": "", "meaning": ""}
