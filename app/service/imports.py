"""Importing a file: open it, see how its columns are understood, rehearse, run, pause, cancel, read the report."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final, Protocol

from app.domain.imported import FileKind, ImportJob, PatientFile, RowResult, VisitFile
from app.domain.reports import Report
from app.errors import BadInput, Cancelled
from app.imports.appointments import Appointments
from app.imports.cells import Order
from app.imports.columns import (
    Columns,
    check_complete,
    heading_key,
    understand,
    with_orders,
    with_wishes,
)
from app.imports.headings import FIELDS
from app.imports.inspection import Inspection
from app.imports.patients import Patients
from app.imports.progress import ReportFile, Standing, import_key, standing_from
from app.imports.reader import Row, Sheet, open_sheet, preview_sheet

PREVIEW_ROWS: Final = 50
TABLE_ROWS: Final = 500
"""Lines of the table that is shown; the report file has them all."""
MONTH_FIRST: Final = frozenset({"US", "PH", "FM", "MH", "PW"})
DELIMITER_WORDS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}


class ImportStore(Protocol):
    """What is kept of imports: small facts, and the clinic's cached lists."""

    def fact(self, key: str) -> str | None: ...
    def set_fact(self, key: str, value: str) -> None: ...
    def cached(self, name: str) -> tuple[Any, datetime] | None: ...


@dataclass(frozen=True)
class Preview:
    """The beginning of a file. `columns` is how it is understood, `is_remembered` whether a person said so before;
    `problem` is what has to be answered or mended before it can be imported, in words ("" = nothing)."""

    kind: FileKind
    encoding: str
    delimiter: str
    columns: Columns
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    is_remembered: bool = False
    problem: str = ""


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


@dataclass
class _Told:
    """Collects results while they come: the report file, the standing, and the table that is shown."""

    file: ReportFile
    standing: Standing
    keep: Callable[[Standing], None]
    is_rehearsal: bool
    table: list[RowResult] = field(default_factory=list)

    def __call__(self, results: list[RowResult]) -> None:
        self.file.add(results)
        self.standing = self.standing.with_results(results)
        self.keep(self.standing)
        wanted = results if self.is_rehearsal else [r for r in results if r.outcome in ("held", "refused")]
        self.table.extend(wanted[: TABLE_ROWS - len(self.table)])


class Imports:
    """One import at a time, on whatever thread asks. `engine` runs a job (with an event that cancels it, and
    whether it is a rehearsal); `folder` is where reports are kept; `stop` ends the whole program."""

    def __init__(
        self,
        store: Callable[[], ImportStore],
        engine: Callable[[ImportJob, threading.Event, bool], Report],
        lock: Callable[[], AbstractContextManager[object]],
        folder: Path,
        stop: threading.Event,
    ) -> None:
        self._store, self._engine, self._lock = store, engine, lock
        self._folder, self._stop = folder, stop
        self._going = threading.Event()
        self._going.set()
        self._cancel = threading.Event()

    # looking

    def preview(
        self, path: Path, kind: FileKind | None = None, wishes: Mapping[str, Any] | None = None
    ) -> Preview:
        """The beginning of a file and how it is understood; however large it is, this is quick. BadInput where it
        is no file that can be imported."""
        sheet = preview_sheet(path)
        columns, is_remembered = self._columns(sheet, kind, wishes)
        rows = list(islice(sheet.rows(), PREVIEW_ROWS))
        problem = ""
        try:
            check_complete(columns)
        except BadInput as error:
            problem = f"{error.sentence} {error.next_step}".strip()
        return Preview(
            columns.kind,
            sheet.encoding.label,
            sheet.delimiter,
            columns,
            tuple((row.number, tuple(row.cells)) for row in rows),
            is_remembered,
            problem,
        )

    def fields(self, kind: FileKind) -> tuple[str, ...]:
        """The fields that a column can be given to, for whoever changes the mapping."""
        return tuple(dict.fromkeys(FIELDS[kind].values()))

    def check(
        self, path: Path, kind: FileKind, wishes: Mapping[str, Any] | None = None
    ) -> tuple[Columns, Inspection]:
        """Look through a whole file before anything is planned: the columns with the order of their dates, how
        many rows there are and which cannot be imported. BadInput as for `run`; `cancel` ends it with Cancelled."""
        self._cancel.clear()
        sheet = open_sheet(path, self._check)
        columns, _ = self._columns(sheet, kind, wishes)
        check_complete(columns)
        seen = Inspection()
        return with_orders(columns, self._seen(seen, sheet, columns), self._usual_order()), seen

    def _seen(self, seen: Inspection, sheet: Sheet, columns: Columns) -> Iterator[Row]:
        return seen.over(sheet, columns, sheet.rows(self._check))

    # running

    def run(
        self,
        path: Path,
        kind: FileKind,
        wishes: Mapping[str, Any] | None = None,
        dry_run: bool = False,
    ) -> Imported:
        """Import a file, or say what an import would do. An import that was broken off goes on where it stood.

        BadInput for a file or mapping that cannot be used; ClinicBridgeError for what stops all of it. A cancel
        is no error: what is done stays done.
        """
        self._cancel.clear()
        self._going.set()
        sheet = open_sheet(path, self._check)
        columns, _ = self._columns(sheet, kind, wishes)
        check_complete(columns)
        seen = Inspection()
        columns = with_orders(columns, self._seen(seen, sheet, columns), self._usual_order())
        assert sheet.survey is not None
        key = f"import:{import_key(sheet.survey, columns)}"
        standing = Standing() if dry_run else standing_from(self._store().fact(key))
        report_path = self._report_path(kind, sheet.survey.sha256, dry_run)
        with self._lock():
            if not dry_run:
                self._remember(columns)
            file = ReportFile(report_path, standing.after)
            told = _Told(file, standing, self._keeper(key, dry_run), dry_run)
            source: PatientFile | VisitFile = (
                Patients(sheet, columns) if kind == "patients" else Appointments(sheet, columns)
            )
            job = ImportJob(kind, source, told, self._wait, standing.after, seen.rows)
            try:
                report = self._engine(job, self._cancel, dry_run)
            finally:
                file.close()
        rows = told.standing.rows(seen.rows)
        if not dry_run and not rows["waiting"]:
            self._store().set_fact(key, "")
        return Imported(
            report,
            kind,
            sheet.encoding.label,
            sheet.delimiter,
            columns,
            rows,
            tuple(told.table),
            report_path,
            standing.after,
            self._cancel.is_set() or self._stop.is_set(),
        )

    def pause(self) -> None:
        """Wait before the next batch."""
        self._going.clear()

    def resume(self) -> None:
        """Go on after a pause."""
        self._going.set()

    @property
    def is_paused(self) -> bool:
        """Whether a pause is on."""
        return not self._going.is_set()

    def cancel(self) -> None:
        """End after the batch in flight; running the file again goes on from there."""
        self._cancel.set()
        self._going.set()

    def _wait(self) -> None:
        while not self._going.wait(0.1):
            self._check()

    def _check(self) -> None:
        if self._cancel.is_set() or self._stop.is_set():
            raise Cancelled

    # columns

    def _columns(
        self, sheet: Sheet, kind: FileKind | None, wishes: Mapping[str, Any] | None
    ) -> tuple[Columns, bool]:
        """As headings tell, changed by what was remembered for such a file, changed by what is wished now."""
        guessed = understand(sheet.headings, kind, trust=bool(wishes))
        kept = self._store().fact(_mapping_key(guessed))
        if kept:
            guessed = with_wishes(understand(sheet.headings, guessed.kind, trust=True), json.loads(kept))
        return with_wishes(guessed, wishes or {}), bool(kept)

    def _remember(self, columns: Columns) -> None:
        """Keep what a person changed, for the next file with the same headings (R70)."""
        chosen = columns.as_wishes()
        plain = understand(columns.headings, columns.kind, trust=True).as_wishes()
        key, store = _mapping_key(columns), self._store()
        text = "" if chosen == plain else json.dumps(chosen, sort_keys=True)
        if (store.fact(key) or "") != text:
            store.set_fact(key, text)

    def _usual_order(self) -> Order | None:
        """The order of day and month that the clinic's country uses, to be offered; None where it is unknown."""
        kept = self._store().cached("businesses")
        countries = [str(row.get("country_code") or "") for row in kept[0]] if kept else []
        known = [country.upper() for country in countries if country]
        if not known:
            return None
        return "month_first" if known[0] in MONTH_FIRST else "day_first"

    def _keeper(self, key: str, dry_run: bool) -> Callable[[Standing], None]:
        def keep(standing: Standing) -> None:
            if not dry_run:
                self._store().set_fact(key, standing.as_text())

        return keep

    def _report_path(self, kind: FileKind, sha256: str, dry_run: bool) -> Path:
        ending = "-rehearsal" if dry_run else ""
        return self._folder / f"import-{kind}-{sha256[:12]}{ending}.csv"


def _mapping_key(columns: Columns) -> str:
    return f"import_mapping:{columns.kind}:{heading_key(columns.headings)}"
