"""Bytes to rows: an exported file read row by row, whatever wrote it. What the columns mean is not known here.

Rows are numbered as a spreadsheet shows them: the heading is row 1, blank lines count, a line break inside
quotation marks does not. Nothing is held in memory but the row at hand (R70, R72).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from app.errors import BadInput
from app.imports.encoding import (
    SAVE_AGAIN,
    Encoding,
    Survey,
    check_file,
    encoding_of,
    sample_of,
    survey,
    unreadable,
)

MOST_COLUMNS: Final = 1_000
LONGEST_LINE: Final = 1_000_000
"""Characters of one line; a longer one is not a row of any export."""
LONGEST_ROW: Final = 4_000_000
"""Characters of one row over all its lines."""
CHECK_EVERY: Final = 500
"""Rows between two looks at whether to stop."""
DELIMITERS: Final = ",;\t|"

_SEPARATOR_LINE: Final = re.compile(r'"?sep=(.)"?\Z', re.IGNORECASE)
_WRAPPED: Final = re.compile(r'="(.*)"\s*\Z', re.DOTALL)


class Row(NamedTuple):
    """One row: its number in a spreadsheet, its cells (as many as there are headings), and what is wrong with
    it ("" = nothing). `missing` counts cells at the end that the row does not have at all."""

    number: int
    cells: Sequence[str]
    problem: str = ""
    missing: int = 0


@dataclass(frozen=True)
class Sheet:
    """A file that can be read row by row, as often as wanted."""

    path: Path
    encoding: Encoding
    delimiter: str
    headings: tuple[str, ...]
    heading_number: int
    """The row the headings stand in: 1 unless blank lines come before."""
    survey: Survey | None = None
    """What the whole file told; None for a preview."""

    def rows(self, check: Callable[[], None] = lambda: None) -> Iterator[Row]:
        """Every row after the headings that holds anything. `check` is called every few rows and raises what
        stops the work. BadInput where the file turns out to be no CSV after all."""
        width = len(self.headings)
        for number, record in _records(self.path, self.encoding, self.delimiter):
            if number % CHECK_EVERY == 0:
                check()
            if number <= self.heading_number or not record:
                continue
            if not record[0] and not any(map(str.strip, record)):
                continue
            yield _row(number, record, width)

    def is_cut_off(self, row: Row) -> bool:
        """Whether this may be a row of which the end is missing, since the file breaks off within it."""
        return bool(row.missing) and self.survey is not None and not self.survey.ends_with_newline


def open_sheet(path: Path, check: Callable[[], None] = lambda: None) -> Sheet:
    """Open a file for an import: it is looked through once, whole. BadInput says why it cannot be read."""
    found = survey(path, check)
    return _sheet(path, found.encoding, found)


def preview_sheet(path: Path) -> Sheet:
    """Open a file to show its beginning; however large it is, only that is read."""
    size = check_file(path)
    sample = sample_of(path)
    return _sheet(path, encoding_of(sample, size <= len(sample)), None)


def unwrap(cell: str) -> str:
    """The text of a cell that was wrapped so that Excel keeps its digits: `="1558…"` gives `1558…`."""
    found = _WRAPPED.match(cell)
    return found.group(1).replace('""', '"') if found else cell


def _row(number: int, record: list[str], width: int) -> Row:
    if '="' in "".join(record):
        record = [unwrap(cell) if cell[:2] == '="' else cell for cell in record]
    missing = width - len(record)
    if not missing:
        return Row(number, record)
    if missing > 0:
        record.extend([""] * missing)
        return Row(number, record, "", missing)
    extra = any(map(str.strip, record[width:]))
    del record[width:]
    return Row(number, record, "it has more cells than there are headings" if extra else "")


def _sheet(path: Path, encoding: Encoding, found: Survey | None) -> Sheet:
    delimiter = _delimiter(path, encoding)
    for number, record in _records(path, encoding, delimiter):
        if not any(map(str.strip, record)):
            continue
        if len(record) > MOST_COLUMNS:
            raise BadInput(
                f"{len(record)} columns",
                sentence=f"The file has more than {MOST_COLUMNS} columns; no export of Cliniko has that many.",
                next_step=SAVE_AGAIN,
            )
        return Sheet(path, encoding, delimiter, tuple(map(str.strip, record)), number, found)
    raise BadInput("no row in the file", sentence="There is no row in the file.", next_step=SAVE_AGAIN)


def _lines(path: Path, encoding: Encoding, spent: list[int]) -> Iterator[str]:
    """The lines, none longer than allowed. `spent` counts the characters of the row at hand."""
    try:
        with path.open("rb") as raw:
            raw.seek(encoding.skip)
            text = io.TextIOWrapper(raw, encoding=encoding.name, errors="strict", newline="")
            while line := text.readline(LONGEST_LINE):
                spent[0] += len(line)
                if len(line) == LONGEST_LINE or spent[0] > LONGEST_ROW:
                    raise BadInput(
                        "a row is too long",
                        sentence="A row of the file is far too long; a quotation mark may never be closed.",
                        next_step=SAVE_AGAIN,
                    )
                yield line
    except UnicodeDecodeError as error:
        raise BadInput(
            f"bytes that are not {encoding.label}",
            sentence=f"The file is damaged: it begins as {encoding.label} and does not go on like that.",
            next_step=SAVE_AGAIN,
        ) from error
    except OSError as error:
        raise unreadable(error) from error


def _records(path: Path, encoding: Encoding, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every record with its number, blank ones too. Excel's `sep=` line is no row."""
    spent = [0]
    reader = csv.reader(_lines(path, encoding, spent), delimiter=delimiter)
    number = 0
    try:
        for record in reader:
            spent[0] = 0
            if number == 0 and reader.line_num == 1 and _separator(record, delimiter):
                continue
            number += 1
            yield number, record
    except csv.Error as error:
        raise BadInput(
            f"csv: {error}",
            sentence=f"The file cannot be read as CSV after row {number}: a quotation mark may never be closed.",
            next_step=SAVE_AGAIN,
        ) from error


def _separator(record: list[str], delimiter: str) -> str:
    """The delimiter that Excel's first line `sep=;` names, "" when it is no such line."""
    found = _SEPARATOR_LINE.match(delimiter.join(record).strip())
    return found.group(1) if found else ""


def _delimiter(path: Path, encoding: Encoding) -> str:
    """Named by the file, else the one that gives the heading the most cells; a comma when none does (R70)."""
    counts: dict[str, int] = {}
    for delimiter in DELIMITERS:
        first = next(_lines(path, encoding, [0]), "")
        named = _separator([first.strip()], "")
        if named:
            return named if named in DELIMITERS else ","
        try:
            records = _records(path, encoding, delimiter)
            heading = next((record for _, record in records if any(map(str.strip, record))), [])
        except BadInput:
            # Read with the wrong delimiter, quotation marks may mean nothing; the right one is still to come.
            heading = []
        counts[delimiter] = len(heading)
    return max(DELIMITERS, key=lambda delimiter: counts[delimiter])
