"""Importing a file: open it, see how its columns are understood, rehearse, run, pause, cancel, read the report."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final, Protocol

from app.domain.imported import FileKind, ImportJob, PatientFile, RowResult, VisitFile
from app.domain.reports import Report
from app.errors import BadInput, Cancelled, OtherInstance
from app.imports.appointments import Appointments
from app.imports.cells import Order, names_no_zone
from app.imports.columns import (
    Columns,
    check_complete,
    heading_key,
    lacking,
    understand,
    with_orders,
    with_wishes,
)
from app.imports.headings import FIELDS
from app.imports.inspection import Inspection
from app.imports.patients import Patients
from app.imports.progress import ReportFile, Standing, import_key, standing_from
from app.imports.reader import Row, Sheet, open_sheet, preview_sheet
from app.service.import_report import RowsPage, copy_report, read_rows
from app.service.import_values import Going, Imported, Preview

__all__ = ["Going", "Imported", "Imports", "Inspection", "Preview", "RowsPage"]

PREVIEW_ROWS: Final = 50
TABLE_ROWS: Final = 500
"""Lines of the table that is shown; the report file has them all."""
LOOK_AGAIN_S: Final = 0.25
"""How often an import that waits for another run looks whether it has ended."""
MONTH_FIRST: Final = frozenset({"US", "PH", "FM", "MH", "PW"})


class ImportStore(Protocol):
    """What is kept of imports: small facts, and the clinic's cached lists."""

    def fact(self, key: str) -> str | None: ...
    def set_fact(self, key: str, value: str) -> None: ...
    def cached(self, name: str) -> tuple[Any, datetime] | None: ...


@dataclass
class _Told:
    """Collects results while they come: the report file, the standing, and the table that is shown."""

    file: ReportFile
    standing: Standing
    keep: Callable[[Standing], None]
    stands: Callable[[Standing], None]
    is_rehearsal: bool
    table: list[RowResult] = field(default_factory=list)

    def __call__(self, results: list[RowResult]) -> None:
        self.file.add(results)
        self.standing = self.standing.with_results(results)
        self.keep(self.standing)
        self.stands(self.standing)
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
        self._now = Going()

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
            lacking(columns),
            _asks_zone(columns, rows),
        )

    def fields(self, kind: FileKind) -> tuple[str, ...]:
        """The fields that a column can be given to, for whoever changes the mapping."""
        return tuple(dict.fromkeys(FIELDS[kind].values()))

    def check(
        self,
        path: Path,
        kind: FileKind,
        wishes: Mapping[str, Any] | None = None,
        cancel: threading.Event | None = None,
    ) -> tuple[Columns, Inspection]:
        """Look through a whole file before anything is planned: the columns with the order of their dates, how
        many rows there are and which cannot be imported. BadInput as for `run`; `cancel` ends it with Cancelled."""

        def check() -> None:
            if self._stop.is_set() or (cancel is not None and cancel.is_set()):
                raise Cancelled

        sheet = open_sheet(path, check)
        columns, _ = self._columns(sheet, kind, wishes)
        check_complete(columns)
        seen = Inspection()
        rows = seen.over(sheet, columns, sheet.rows(check))
        return with_orders(columns, rows, self.usual_order()), seen

    def _seen(self, seen: Inspection, sheet: Sheet, columns: Columns) -> Iterator[Row]:
        return seen.over(sheet, columns, sheet.rows(self._check))

    # running

    def run(
        self,
        path: Path,
        kind: FileKind,
        wishes: Mapping[str, Any] | None = None,
        dry_run: bool = False,
        waits: bool = False,
        cancel: threading.Event | None = None,
    ) -> Imported:
        """Import a file, or say what an import would do. An import that was broken off goes on where it stood.

        BadInput for a file or mapping that cannot be used; ClinicBridgeError for what stops all of it. A cancel
        is no error: what is done stays done. `waits`: a run that is under way is waited for, else it raises
        OtherInstance. `cancel` ends it like `cancel()`, also before it has begun.
        """
        self._cancel = cancel or threading.Event()
        self._going.set()
        self._now = Going("reading")
        try:
            return self._run(path, kind, wishes, dry_run, waits)
        finally:
            self._now = Going()

    def _run(
        self, path: Path, kind: FileKind, wishes: Mapping[str, Any] | None, dry_run: bool, waits: bool
    ) -> Imported:
        sheet = open_sheet(path, self._check)
        columns, _ = self._columns(sheet, kind, wishes)
        check_complete(columns)
        seen = Inspection()
        columns = with_orders(columns, self._seen(seen, sheet, columns), self.usual_order())
        assert sheet.survey is not None
        key = f"import:{import_key(sheet.survey, columns)}"
        standing = Standing() if dry_run else standing_from(self._store().fact(key))
        report_path = self._report_path(kind, sheet.survey.sha256, dry_run)
        with self._alone(waits):
            if not dry_run:
                self._remember(columns)
            file = ReportFile(report_path, standing.after)
            self._now = Going("working", total=seen.rows)
            self._stands(standing)
            told = _Told(file, standing, self._keeper(key, dry_run), self._stands, dry_run)
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

    def _alone(self, waits: bool) -> AbstractContextManager[object]:
        """The lock of an execution, entered; with `waits` as soon as whoever holds it lets go."""
        while True:
            held = ExitStack()
            try:
                held.enter_context(self._lock())
                return held
            except OtherInstance:
                if not waits:
                    raise
            self._now = Going("queued")
            self._cancel.wait(LOOK_AGAIN_S)
            self._check()

    def _stands(self, standing: Standing) -> None:
        counts = dict(standing.counts)
        self._now = replace(self._now, done=sum(counts.values()), counts=counts)

    @property
    def going(self) -> Going:
        """Where the import that goes on stands; an empty phase while none does. Safe from every thread."""
        return replace(self._now, is_paused=self.is_paused)

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

    # the report

    def rows(
        self, report: Path, position: int, limit: int, outcomes: frozenset[str] = frozenset(), text: str = ""
    ) -> RowsPage:
        """One page of a report's rows; see `read_rows`."""
        return read_rows(report, position, limit, outcomes, text)

    def save_report(self, report: Path, target: Path) -> None:
        """Copy a report to where a person wants it. BadInput where it cannot be written."""
        copy_report(report, target)

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

    def usual_order(self) -> Order | None:
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


def _asks_zone(columns: Columns, rows: Sequence[Row]) -> bool:
    """Whether the times of an appointments file mean another moment in another zone (R71)."""
    if columns.kind != "appointments":
        return False
    places = [columns.places[name] for name in ("starts_at", "date") if name in columns.places]
    return any(names_no_zone(row.cells[place]) for row in rows for place in places[:1])
