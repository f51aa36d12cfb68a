"""The list of everything we own, as rows and as CSV."""

from __future__ import annotations

import csv
import io

import pytest

from app.schema.catalogue import CATALOGUE
from app.schema.listing import COLUMNS, csv_text, rows, safe_cell


def test_rows_name_every_owned_property() -> None:
    """R63: name, label, type, meaning, source field and privacy level of each."""
    listed = rows()
    assert [row["name"] for row in listed] == [row.name for row in CATALOGUE.owned]
    assert all(tuple(row) == COLUMNS and all(value != "" for value in row.values()) for row in listed)
    assert {row["level"] for row in listed} == {"minimal", "standard", "detailed"}
    assert {row["object"] for row in listed} == {"contacts", "deals"}


def test_filled_in_counts() -> None:
    """R63: with counts, each row says how many records have the property."""
    listed = rows(filled={"cliniko_patient_key": 12})
    counts = {row["name"]: row["filled"] for row in listed}
    assert (counts["cliniko_patient_key"], counts["cliniko_title"]) == (12, 0)
    assert counts["update_cliniko_patient"] is None
    assert {row["filled"] for row in rows()} == {None}


def test_csv_reads_back() -> None:
    """R63: one heading row and one row a property."""
    lines = list(csv.reader(io.StringIO(csv_text(rows()))))
    assert tuple(lines[0]) == COLUMNS
    assert len(lines) == len(CATALOGUE.owned) + 1
    filled = {
        row["name"]: row["filled"]
        for row in csv.DictReader(io.StringIO(csv_text(rows(filled={"cliniko_title": 3}))))
    }
    assert (filled["cliniko_title"], filled["cliniko_pronouns"], filled["cliniko_last_error"]) == (
        "3",
        "0",
        "",
    )


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+61", "'+61"),
        ("-x", "'-x"),
        ("@a", "'@a"),
        ("\tx", "'\tx"),
        (-3, "-3"),
        (True, "yes"),
        (None, ""),
    ],
)
def test_cells_are_never_formulas(value: object, cell: str) -> None:
    """Reliability: a CSV opened in a spreadsheet runs nothing."""
    assert safe_cell(value) == cell
