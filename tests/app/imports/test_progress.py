"""Where an import stands, and its report (R72)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from app.domain.imported import RowResult
from app.imports.progress import ReportFile, Standing, safe_cell, standing_from


def test_a_standing_is_kept_and_found_again() -> None:
    """R72: what was done is counted over breaks."""
    standing = Standing().with_results([RowResult(2, "done"), RowResult(3, "held"), RowResult(5, "done")])
    again = standing_from(standing.as_text())
    assert again == standing
    assert again.after == 5
    assert again.rows(10) == {"total": 10, "done": 2, "unchanged": 0, "held": 1, "refused": 0, "waiting": 7}


@pytest.mark.parametrize(
    "text", [None, "", "x", "[]", "{}", '{"after": "x", "counts": {}}', '{"after": 1, "counts": 3}']
)
def test_an_unreadable_standing_is_the_beginning(text: str | None) -> None:
    """Nothing is lost by starting again, since a row is never done twice."""
    assert standing_from(text) == Standing()


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_cells_are_no_formulas(cell: str) -> None:
    """Reliability: a spreadsheet takes no cell of the report for a formula."""
    assert safe_cell(cell) == f"'{cell}"
    assert safe_cell("plain") == "plain"


def test_a_report_goes_on_after_a_break(tmp_path: Path) -> None:
    """R72: one line a row; lines beyond the last safe row are written anew."""
    path = tmp_path / "reports" / "report.csv"
    report = ReportFile(path)
    report.add([RowResult(2, "done", "=5", "created"), RowResult(3, "refused", reason="no id")])
    report.close()
    report = ReportFile(path, after=2)
    report.add([RowResult(3, "done", "6", "created")])
    report.close()
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [row[:4] for row in csv.reader(file)][1:] == [
            ["2", "done", "created", "'=5"],
            ["3", "done", "created", "6"],
        ]
