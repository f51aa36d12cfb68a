"""The import service, small enough to read: it understands headings as the real one does, and imports nothing."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.domain.imported import RowResult
from app.domain.reports import Problem, Report
from app.errors import BadInput, DateOrderOpen
from app.imports.columns import check_complete, lacking, understand, with_wishes
from app.imports.inspection import Inspection
from app.service.imports import Going, Imported, Preview, RowsPage

HEADINGS = ("Patient ID", "First Name", "Nickname", "Last Name")
CELLS = (("7001", "Mia", "Mimi", "Lee"), ("7002", "Tim", "", "Ash"))
NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


class Imports:
    """The import service, small: understands headings as the real one does, and does nothing."""

    def __init__(self, headings: tuple[str, ...] = HEADINGS) -> None:
        self.headings, self.cells = headings, CELLS
        self.going = Going()
        self.asks_order = self.asks_zone = False
        self.seen = Inspection(rows=2)
        self.trouble: BaseException | None = None
        self.rows_done = {"total": 2, "done": 2, "unchanged": 0, "held": 0, "refused": 0, "waiting": 0}
        self.runs: list[tuple[dict[str, str], bool]] = []
        self.asked: list[tuple[int, frozenset[str], str]] = []
        self.saved: list[Path] = []
        self.pauses: list[bool] = []
        self.reads = 0
        self.more: dict[str, Any] = {}

    def preview(self, path: Path, kind: Any = None, wishes: Mapping[str, str] | None = None) -> Preview:
        if self.trouble is not None:
            raise self.trouble
        self.reads += 1
        columns = with_wishes(understand(self.headings, kind, trust=bool(wishes)), wishes or {})
        problem = ""
        try:
            check_complete(columns)
        except BadInput as error:
            problem = error.sentence
        rows = tuple(enumerate(self.cells, 2))
        lacks = lacking(columns)
        return Preview(columns.kind, "UTF-8", ",", columns, rows, False, problem, lacks, self.asks_zone)

    def fields(self, kind: str) -> tuple[str, ...]:
        return ("id", "first_name", "last_name", "preferred_first_name", "patient_ids", "starts_at")

    def usual_order(self) -> str:
        return "day_first"

    def check(self, path: Path, kind: str, wishes: Mapping[str, str], cancel: threading.Event) -> Any:
        self._ask_order(wishes)
        return None, self.seen

    def _ask_order(self, wishes: Mapping[str, str]) -> None:
        if self.asks_order and not wishes.get("date_order"):
            raise DateOrderOpen

    def run(
        self, path: Path, kind: str, wishes: Any, dry_run: bool, waits: bool, cancel: threading.Event
    ) -> Imported:
        assert waits
        if self.trouble is not None:
            raise self.trouble
        self._ask_order(wishes)
        self.runs.append((dict(wishes), dry_run))
        report = Report(1, NOW, dry_run=dry_run, problems=[Problem("refused", "A row was refused.")])
        columns = understand(self.headings, "patients", trust=True)
        return replace(
            Imported(report, "patients", "UTF-8", ",", columns, self.rows_done, (), Path("r.csv")),
            **self.more,
        )

    def rows(self, report: Path, position: int, limit: int, outcomes: frozenset[str], text: str) -> RowsPage:
        self.asked.append((position, outcomes, text))
        first = position + 2
        rows = tuple(RowResult(n, "done", str(7000 + n), "created", "") for n in range(first, first + limit))
        return RowsPage(rows, position + limit, position >= limit)

    def save_report(self, report: Path, target: Path) -> None:
        self.saved.append(target)

    def pause(self) -> None:
        self.pauses.append(True)

    def resume(self) -> None:
        self.pauses.append(False)
