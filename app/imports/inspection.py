"""A first look at every row of a file: how many there are, and which can never be imported, before anything is planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from app.imports.cells import Unreadable, read_id
from app.imports.columns import Columns
from app.imports.reader import Row, Sheet

MOST_SHOWN: Final = 500


@dataclass
class Inspection:
    """What was seen so far. `refused` counts rows that cannot be imported; `shown` has the first of them with
    number and reason. `repeats` are further rows of a record met before."""

    rows: int = 0
    refused: int = 0
    repeats: int = 0
    shown: list[tuple[int, str]] = field(default_factory=list)

    def over(self, sheet: Sheet, columns: Columns, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows, each looked at while it passes; nothing is kept of them but their ids."""
        place = columns.places.get("id")
        seen: set[str] = set()
        for row in rows:
            self.rows += 1
            if row.problem or row.missing:
                self._note(row.number, row.problem or self._cut_off(sheet, row))
            if place is not None and row.cells[place]:
                self._look_at_id(row.number, row.cells[place], seen)
            yield row

    def _look_at_id(self, number: int, cell: str, seen: set[str]) -> None:
        try:
            found = read_id(cell)
        except Unreadable as why:
            self._note(number, str(why))
            return
        if found in seen:
            self.repeats += 1
        seen.add(found)

    def _cut_off(self, sheet: Sheet, row: Row) -> str:
        return "the file breaks off within this row" if sheet.is_cut_off(row) else ""

    def _note(self, number: int, reason: str) -> None:
        if reason:
            self.refused += 1
            if len(self.shown) < MOST_SHOWN:
                self.shown.append((number, reason))
