"""The report of an import, as it is looked at: page by page, however many rows it has, and saved where one likes."""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from app.domain.imported import RowOutcome, RowResult
from app.errors import BadInput
from app.imports.progress import HEADINGS, OUTCOMES


@dataclass(frozen=True)
class RowsPage:
    """Some rows of a report. `position` is where the next page begins, in bytes; `is_last` that there is none."""

    rows: tuple[RowResult, ...]
    position: int
    is_last: bool


def read_rows(
    report: Path, position: int, limit: int, outcomes: frozenset[str] = frozenset(), text: str = ""
) -> RowsPage:
    """Up to `limit` rows from `position` on (0: the beginning), only with these outcomes (none: all) and with this
    text in their number, id or reason. BadInput where the report is gone."""
    found: list[RowResult] = []
    needle = text.casefold().strip()
    try:
        with report.open("rb") as file:
            file.seek(position)
            if not position:
                file.readline()
            while len(found) < limit and (line := file.readline()):
                row = _row(line)
                if row is None or (outcomes and row.outcome not in outcomes):
                    continue
                if not needle or needle in f"{row.number} {row.cliniko_id} {row.reason}".casefold():
                    found.append(row)
            return RowsPage(tuple(found), file.tell(), not file.peek(1)[:1])
    except OSError as error:
        raise _gone(error) from error


def copy_report(report: Path, target: Path) -> None:
    """Copy a report. BadInput where that does not work; a report copied onto itself stays as it is."""
    try:
        shutil.copyfile(report, target)
    except shutil.SameFileError:
        return
    except OSError as error:
        raise BadInput(
            f"the report cannot be saved: {type(error).__name__}",
            sentence="The report cannot be saved there.",
            next_step="Choose another folder, or close the file in other programs.",
        ) from error


def _row(line: bytes) -> RowResult | None:
    """One line; no cell of a report has a line break in it."""
    cells = next(csv.reader([line.decode("utf-8", "replace")]), [])
    if len(cells) != len(HEADINGS) or not cells[0].isdigit() or cells[1] not in OUTCOMES:
        return None
    number, outcome, what, cliniko_id, reason = cells
    return RowResult(int(number), cast(RowOutcome, outcome), cliniko_id, what, reason.removeprefix("'"))


def _gone(error: OSError) -> BadInput:
    return BadInput(
        f"the report cannot be read: {type(error).__name__}",
        sentence="The report of the import is not there any more.",
        next_step="Rehearse the file again.",
    )
