"""What importing tells: how a file is understood, where an import stands, and what it came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from app.domain.imported import FileKind, RowResult
from app.domain.reports import Report
from app.imports.columns import Columns

DELIMITER_WORDS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}


@dataclass(frozen=True)
class Preview:
    """The beginning of a file. `columns` is how it is understood, `is_remembered` whether a person said so before;
    `problem` is what has to be answered or mended before it can be imported, in words ("" = nothing); `lacks` names
    the field that no column is taken for. `asks_zone`: its times do not tell in which time zone they are."""

    kind: FileKind
    encoding: str
    delimiter: str
    columns: Columns
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    is_remembered: bool = False
    problem: str = ""
    lacks: str = ""
    asks_zone: bool = False


@dataclass(frozen=True)
class Going:
    """Where the import that goes on stands. `reading`: the file is looked through; `queued`: another run has to
    end first; `working`: rows are worked, `done` of `total`, with the numbers by outcome so far."""

    phase: Literal["", "reading", "queued", "working"] = ""
    done: int = 0
    total: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    is_paused: bool = False


@dataclass(frozen=True)
class Imported:
    """What an import came to. `rows` counts the file's rows by outcome, `table` shows those that need a look first
    (of a rehearsal: all, as far as there is room), `report_path` has one line a row."""

    report: Report
    kind: FileKind
    encoding: str
    delimiter: str
    columns: Columns
    rows: Mapping[str, int]
    table: tuple[RowResult, ...]
    report_path: Path
    went_on_after: int = 0
    is_cancelled: bool = False

    def as_json(self) -> dict[str, Any]:
        """The object of `import --json`: that of `sync --json`, and what concerns the file."""
        return self.report.as_json() | {
            "kind": self.kind,
            "file": {
                "encoding": self.encoding,
                "delimiter": DELIMITER_WORDS.get(self.delimiter, self.delimiter),
                "unused_headings": list(self.columns.unused),
            },
            "mapping": self.columns.as_wishes(),
            "rows": dict(self.rows),
            "table": [
                {
                    "row": line.number,
                    "outcome": line.outcome,
                    "what": line.what,
                    "cliniko_id": line.cliniko_id,
                    "reason": line.reason,
                }
                for line in self.table
            ],
            "report": str(self.report_path),
            "went_on_after": self.went_on_after,
            "cancelled": self.is_cancelled,
        }
