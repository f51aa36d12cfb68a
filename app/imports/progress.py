"""Where an import stands, so that it can go on after a pause or a crash, and the report of what each row came to."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, get_args

from app.domain.imported import RowOutcome, RowResult
from app.errors import BadInput
from app.imports.columns import Columns
from app.imports.encoding import Survey

OUTCOMES: Final[tuple[RowOutcome, ...]] = get_args(RowOutcome)
HEADINGS: Final = ("row", "outcome", "what", "cliniko_id", "reason")
_ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a cell for a formula."""


@dataclass(frozen=True)
class Standing:
    """How far an import came: every row up to number `after` is done, with these outcomes so far."""

    after: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    def with_results(self, results: Sequence[RowResult]) -> Standing:
        """The standing once these rows are done too."""
        counts = dict(self.counts)
        for result in results:
            counts[result.outcome] = counts.get(result.outcome, 0) + 1
        return replace(self, after=max([self.after, *(result.number for result in results)]), counts=counts)

    def rows(self, total: int) -> dict[str, int]:
        """The numbers of rows by outcome; what was not come to is waiting."""
        counts = {str(outcome): self.counts.get(outcome, 0) for outcome in OUTCOMES}
        seen = sum(counts.values())
        total = max(total, seen)
        return {"total": total, **counts, "waiting": total - seen}

    def as_text(self) -> str:
        """As kept in the local database."""
        return json.dumps({"after": self.after, "counts": dict(self.counts)}, sort_keys=True)


def standing_from(text: str | None) -> Standing:
    """The standing that was kept; the beginning where there is none, or none that can be read."""
    try:
        kept = json.loads(text or "")
        counts = {str(name): int(count) for name, count in kept["counts"].items() if name in OUTCOMES}
        return Standing(int(kept["after"]), counts)
    except (ValueError, TypeError, KeyError, AttributeError):
        return Standing()


def import_key(survey: Survey, columns: Columns) -> str:
    """The same for the same file understood in the same way: an import goes on only where nothing changed."""
    wishes = json.dumps([columns.kind, columns.as_wishes()], sort_keys=True)
    return hashlib.sha256(f"{survey.sha256} {wishes}".encode()).hexdigest()[:24]


class ReportFile:
    """A CSV with one line a row: number, outcome, what was done, the id in Cliniko, and why not. No names (I6)."""

    def __init__(self, path: Path, after: int = 0) -> None:
        """Open it; lines of rows up to number `after` are kept. Raises BadInput where it cannot be written."""
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            kept = _lines_up_to(path, after) if after and path.is_file() else []
            self._file = path.open("w", encoding="utf-8-sig", newline="")
            if os.name == "posix":
                path.chmod(0o600)
        except OSError as error:
            raise BadInput(
                f"the report cannot be written: {type(error).__name__}",
                sentence="The report of the import cannot be written.",
                next_step="Close it in other programs, check the free space, and try again.",
            ) from error
        self._writer = csv.writer(self._file)
        self._writer.writerow(HEADINGS)
        self._writer.writerows(kept)

    def add(self, results: Sequence[RowResult]) -> None:
        """Write these lines through to the disk."""
        for result in results:
            cells = (str(result.number), result.outcome, result.what, result.cliniko_id, result.reason)
            self._writer.writerow([safe_cell(cell) for cell in cells])
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_ACTIVE) else text


def _lines_up_to(path: Path, after: int) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file) if len(row) == len(HEADINGS) and row[0].isdigit()]
    return [row for row in rows if int(row[0]) <= after]
