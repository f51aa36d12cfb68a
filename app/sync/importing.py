"""A file joins the line at *map*: the engine that runs one import, for real or as a rehearsal (R70 to R72).

Accounts are checked, the set-up is made sure of and what a crash left is settled, exactly as in an execution of
live sync; then the rows are worked in batches, each safe in both places before it is told.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo
from typing import Any, TypeVar, cast

from app.domain.clinic_time import zone_named
from app.domain.imported import FileFacts, ImportJob, PatientFile, PatientRow, VisitFile, VisitRow
from app.domain.reports import Report
from app.events import PhaseStarted, Progress
from app.streams.visit_reading import parse_business
from app.sync.accounts import cached_list
from app.sync.apply import SchemaBroken
from app.sync.execution import Engine, RehearsalEngine
from app.sync.fetch import shared_executor, stop_executor
from app.sync.import_people import ImportPeople
from app.sync.import_visits import ImportVisits
from app.sync.lists import HIDDEN, Lists
from app.sync.portal import Portal
from app.sync.run import Chain, Run
from app.sync.set_up import SetUp
from app.sync.settle import settle
from app.sync.stopping import EitherStop

BATCH = 100
"""Rows that are worked at a time: what one call to HubSpot takes."""

T = TypeVar("T")


class _Importing:
    """Replaces the streams of an execution by one file."""

    job: ImportJob

    def _work(self, run: Run, only: frozenset[str] | None, restate: frozenset[str]) -> None:
        work_import(run, self.job)

    def rehearse_or_run(self, dry_run: bool) -> Report:
        """One import. Raises ClinicBridgeError for what stops all of it; a cancel is no error."""
        chain = Chain(shared_executor(), False)
        try:
            return cast(Any, self)._execute(chain, None, dry_run)  # type: ignore[no-any-return]
        finally:
            stop_executor(chain.executor)


class ImportEngine(_Importing, Engine):
    """An engine for one import, with clients and memory of the one it is made like."""

    def __init__(self, like: Engine, job: ImportJob, cancel: threading.Event) -> None:
        super().__init__(
            like._store,
            like._cliniko,
            like._hubspot,
            like._settings,
            like._clock,
            like._emit,
            EitherStop(like._stop, cancel),
        )
        self.job = job

    def _rehearsing(self) -> Engine:
        return ImportRehearsal(self)


class ImportRehearsal(_Importing, RehearsalEngine):
    """The same import on a throw-away copy of the memory, with every write answered and none sent."""

    def __init__(self, real: ImportEngine) -> None:
        super().__init__(real)
        self.job = real.job


def work_import(run: Run, job: ImportJob) -> None:
    """Work every row of the file that is not done yet."""
    is_visits = job.kind == "appointments"
    set_up = SetUp(run, works_deals=is_visits)
    set_up.ensure()
    for stream in (job.kind, "patients"):
        if stream in run.paused:
            run.problem(
                "schema_drift", "HubSpot's set-up is not as it should be; nothing was imported.", stream
            )
            return
    settle(run)
    portal = Portal(run)
    portal.freshen()
    facts = file_facts(run)
    run.emit(PhaseStarted(job.kind, "apply"))
    try:
        if is_visits:
            _work_visits(run, job, portal, facts)
        else:
            _work_patients(run, job, portal, facts)
    except SchemaBroken:
        run.problem(
            "schema_drift", "HubSpot no longer accepts some properties; the import stopped.", job.kind
        )


def _work_patients(run: Run, job: ImportJob, portal: Portal, facts: FileFacts) -> None:
    file = cast(PatientFile, job.file)
    line = ImportPeople(run, portal, file.present)
    rows: Iterator[PatientRow] = file.rows(facts, run.check_stop, job.after)
    for part in _parts(run, job, rows):
        job.told(line.work_rows(part))


def _work_visits(run: Run, job: ImportJob, portal: Portal, facts: FileFacts) -> None:
    file = cast(VisitFile, job.file)
    lists = Lists(run)
    line = ImportVisits(run, portal, lists, file.present)
    span = file.span(facts, run.check_stop)
    if span is not None:
        line.who.learn_visits(*span)
    rows: Iterator[VisitRow] = file.rows(facts, run.check_stop, job.after)
    for part in _parts(run, job, rows):
        job.told(line.work_rows(part))
    line.finish()


def _parts(run: Run, job: ImportJob, rows: Iterable[T]) -> Iterator[list[T]]:
    """The rows in lists of a batch; between two of them a pause or a cancel is heard."""
    done, part = 0, []
    for row in rows:
        part.append(row)
        if len(part) == BATCH:
            job.wait()
            run.check_stop()
            yield part
            done, part = done + len(part), []
            run.emit(Progress(job.kind, done=done, total=job.total))
    if part:
        job.wait()
        run.check_stop()
        yield part
        run.emit(Progress(job.kind, done=done + len(part), total=job.total))


def file_facts(run: Run) -> FileFacts:
    """The clinic's zone, and the zones of its locations by name and by id."""
    zones: dict[str, tzinfo] = {}
    rows: list[Mapping[str, Any]] = list(
        cached_list(run.store, run.cliniko, run.clock, "businesses", HIDDEN["businesses"])
    )
    for row in rows:
        business = parse_business(row)
        zone = zone_named(business.time_zone)
        if zone is not None:
            zones |= {business.id: zone, business.name.lower(): zone}
    return FileFacts(run.clinic.zone, zones)
