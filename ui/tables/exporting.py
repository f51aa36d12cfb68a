"""Saving a table as CSV, page by page: a long list is written as it is read and never held in memory whole."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ui.tables.rows import Column, safe_cell


class CsvFile:
    """A file in the making. It takes its name only once it is whole; what is broken off leaves nothing behind.

    Cells that a spreadsheet would run are escaped; the file begins with the mark that spreadsheets look for.
    """

    def __init__(self, file: Path, columns: Sequence[Column]) -> None:
        """Raises OSError where nothing can be written."""
        self.file = file
        self.written = 0
        self._columns = tuple(columns)
        self._part = file.with_name(f"{file.name}.part")
        self._out = self._part.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._out, lineterminator="\r\n")
        self._writer.writerow([safe_cell(column.title) for column in self._columns])

    def write(self, rows: Iterable[Any]) -> None:
        """Add rows. Raises OSError where the disk is full."""
        for row in rows:
            self._writer.writerow([safe_cell(column.text(row)) for column in self._columns])
            self.written += 1

    def finish(self) -> None:
        """The last row was written: give the file its name."""
        self._out.close()
        self._part.replace(self.file)

    def drop(self) -> None:
        """Leave nothing behind."""
        self._out.close()
        self._part.unlink(missing_ok=True)
