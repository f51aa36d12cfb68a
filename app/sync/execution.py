"""The straight line, stream after stream: settle → fetch → map → match → plan → apply → record."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.clock import Clock
from app.domain.ids import KIND_OF_STREAM, STREAM_ORDER, Kind
from app.domain.reports import Problem, Report
from app.errors import Bug, Cancelled, ClinicBridgeError, RightsMissing
from app.events import ExecutionFinished, ExecutionStarted, Trouble
from app.settings import Settings
from app.sync.accounts import check_accounts
from app.sync.answered import apply_answers
from app.sync.answered_trust import pause_if_asked
from app.sync.birthdays import note_birthdays
from app.sync.catalogue_watch import want_by_referral_types
from app.sync.chains import made_progress, open_chain, summed_up
from app.sync.deals import associate_open
from app.sync.desk import Desk
from app.sync.fetch import PassReader
from app.sync.first_pages import begin_accounts, begin_lists, begin_passes
from app.sync.history import STREAMS as HISTORY
from app.sync.history import choose_day, chosen_day
from app.sync.lists import Lists
from app.sync.made import load as made_of
from app.sync.portal import Portal
from app.sync.ports import ClinikoPort, HubSpotPort
from app.sync.referrals import HIDDEN as REFERRALS_HIDDEN
from app.sync.referrals import RESOURCE as REFERRALS
from app.sync.referrals import read_referrals
from app.sync.rehearsal import RehearsalCliniko, RehearsalHubSpot
from app.sync.renamed import want_by_concessions
from app.sync.requests import is_any_new
from app.sync.rollup_line import RollUps
from app.sync.run import Chain, Clinic, Run
from app.sync.set_up import REPAIR_FACT, SetUp
from app.sync.set_up_acts import NO_ROOM
from app.sync.settle import settle
from app.sync.stopping import EitherStop
from app.sync.storage import Storage
from app.sync.stream_work import work_stream
from app.sync.unfinished import finish_interrupted
from app.sync.visit_history import VisitsOnly
from app.sync.withdrawing import withdraw, withdraw_late

SWITCHED = ("patients", "contacts", "appointments", "invoices")
MOST_CALLS = 50_000
"""Of one execution to either service: far beyond any honest run, short of a loop (I7)."""

NEEDS_A_PERSON = frozenset(
    {
        "refused",
        "unreadable",
        "schema_drift",
        "schema_refused",
        "pipeline_refused",
        "mass_change",
        "second_writer",
    }
)
"""Problem codes that make an execution `attention` (exit 1)."""


@dataclass
class Accounts:
    """Both ends, checked once per process before any write (I10)."""

    clinic: Clinic
    portal_id: str
    is_pinned: bool = False
    """Whether they are remembered: a mere look does not tie this database to them."""


class Engine(Desk):
    """Runs executions against one clinic and one portal.

    All outside things are handed in. `run` is one execution, `run_until_caught_up` as many as have something
    to do. Errors that stop a whole execution are recorded and raised; what was done stays recorded.
    """

    def __init__(
        self,
        store: Storage,
        cliniko: ClinikoPort,
        hubspot: HubSpotPort,
        settings: Settings,
        clock: Clock,
        emit: Callable[[object], None],
        stop: threading.Event,
    ) -> None:
        self._store = store
        self._cliniko = cliniko
        self._hubspot = hubspot
        self._settings = settings
        self._clock = clock
        self._emit = emit
        self._stop = stop
        self._accounts: Accounts | None = None

    # executions

    def run(self, only: frozenset[str] | None = None, dry_run: bool = False) -> Report:
        """One execution (R2). Raises ClinicBridgeError for what stops all of it."""
        with open_chain(False) as chain:
            return self._execute(chain, only, dry_run)

    def run_until_caught_up(self, only: frozenset[str] | None = None, dry_run: bool = False) -> Report:
        """Executions until nothing waits that the next one could do; counters summed (R2)."""
        total: Report | None = None
        with open_chain(True) as chain:
            engine = self._rehearsing() if dry_run else self
            while True:
                try:
                    report = engine._execute(chain, only, dry_run)
                except ClinicBridgeError as error:
                    if total is not None and isinstance(error.report, Report):
                        error.report = summed_up(total, error.report)
                    raise
                total = report if total is None else summed_up(total, report)
                is_over = report.waiting <= report.postponed or self._stop.is_set()
                if is_over or not made_progress(report, chain):
                    break
        if chain.first_denied is not None:
            chain.first_denied.report = total
            raise chain.first_denied
        return total

    def sync_record(self, kind: Kind, cliniko_id: str) -> Report:
        """Read one record afresh and restate every field of it (R4)."""
        stream = next(name for name, of in KIND_OF_STREAM.items() if of == kind)
        with open_chain(False) as chain:
            return self._execute(chain, frozenset({stream}), False, restate=frozenset({cliniko_id}))

    def load_history(self, since: date) -> None:
        """From the next execution on, bring in appointments and invoices since this clinic day (R73): under the cap,
        resumable, beside the running schedule. A later day than before changes nothing."""
        choose_day(self._store, since)

    def history_since(self) -> date | None:
        """The clinic day that `load_history` was told, None before."""
        return chosen_day(self._store)

    def rehearse_history(self, since: date, cancel: threading.Event) -> Report:
        """One execution on a copy of the memory, as if `load_history` had been told this day; what comes after it
        counts as waiting (R73). `cancel` ends it after the batch in hand."""
        engine = RehearsalEngine(self)
        engine._stop = EitherStop(self._stop, cancel)
        engine.load_history(since)
        return engine.run(HISTORY, dry_run=True)

    def poll_triggers(self) -> Report | None:
        """Look for requests in HubSpot with one search; an execution of the two request streams only where there
        are any (R40). None when nobody asked for anything."""
        with open_chain(False) as chain:
            run = self._open(chain, Report(0, self._clock.now(), dry_run=True))
            if not is_any_new(run, made_of(run).contacts):
                return None
        return self.run(frozenset({"unlink", "write_back"}))

    # set-up

    def schema_check(self) -> list[dict[str, Any]]:
        """Every difference between HubSpot's definitions and ours (`schema check`)."""
        with open_chain(False) as chain:
            run = self._open(chain, Report(0, self._clock.now(), dry_run=True))
            return [
                {
                    "kind": finding.kind,
                    "object": finding.object,
                    "name": finding.name,
                    "level": finding.level,
                    "message": finding.message,
                }
                for finding in SetUp(run).findings()
            ]

    def schema_repair(self) -> list[dict[str, Any]]:
        """Create or restore what is missing; returns what still differs."""
        with open_chain(False) as chain:
            report = Report(self._store.start_execution(self._clock.now(), False), self._clock.now())
            try:
                run = self._open(chain, report)
                self._store.set_fact(REPAIR_FACT, "yes")
                SetUp(run).ensure()
            finally:
                self._finish(report, None)
        return self.schema_check()

    # one execution

    def _execute(
        self,
        chain: Chain,
        only: frozenset[str] | None,
        dry_run: bool,
        restate: frozenset[str] = frozenset(),
    ) -> Report:
        if dry_run and not isinstance(self._hubspot, RehearsalHubSpot):
            return self._rehearsing()._execute(chain, only, dry_run, restate)
        now = self._clock.now()
        report = Report(self._history.start_execution(now, dry_run), now, dry_run=dry_run)
        self._emit(ExecutionStarted(run_id=report.run_id, dry_run=dry_run, streams=STREAM_ORDER))
        before = chain.calls_before or (self._cliniko.calls, self._hubspot.calls)
        self._cliniko.start_budget(MOST_CALLS)
        self._hubspot.start_budget(MOST_CALLS)
        error: ClinicBridgeError | None = None
        try:
            if not (chain.executions or restate):
                begin_lists(chain, self._store, self._cliniko, self._hubspot, self._streams(only))
            run = self._open(chain, report)
            self._work(run, only, restate)
        except ClinicBridgeError as caught:
            error = caught
        except Exception as caught:
            # Our own mistake: the history must not show an execution that never ended.
            self._finish(report, Bug(type(caught).__name__))
            raise
        finally:
            report.calls = {
                "cliniko": self._cliniko.calls - before[0],
                "hubspot": self._hubspot.calls - before[1],
            }
            # What is read ahead while one execution ends and the next begins belongs to the next.
            chain.calls_before = (self._cliniko.calls, self._hubspot.calls)
            chain.executions += 1
        error = error or chain.first_denied
        self._finish(report, error)
        if error is not None and not isinstance(error, Cancelled):
            error.report = report
            if not (chain.is_chained and error is chain.first_denied):
                raise error
        return report

    @property
    def _history(self) -> Storage:
        """Where executions are noted: a rehearsal leaves its row in the real database."""
        return self._store

    def _rehearsing(self) -> Engine:
        return RehearsalEngine(self)

    def _open(self, chain: Chain, report: Report) -> Run:
        pin = not report.dry_run
        if self._accounts is None or (pin and not self._accounts.is_pinned):
            begin_accounts(chain, self._cliniko, self._hubspot)
            both = self._cliniko, self._hubspot
            found = check_accounts(self._store, *both, self._clock, pin, chain.ahead)
            self._accounts = Accounts(*found, is_pinned=pin)
        return Run(
            store=self._store,
            cliniko=self._cliniko,
            hubspot=self._hubspot,
            settings=self._settings,
            clock=self._clock,
            emit=self._emit,
            stop=self._stop,
            report=report,
            chain=chain,
            clinic=self._accounts.clinic,
            portal_id=self._accounts.portal_id,
            salt=self._store.secret_salt(),
            names={"contacts": frozenset()},
            readable={"contacts": ()},
            triggered=dict(chain.triggered),
        )

    def _work(self, run: Run, only: frozenset[str] | None, restate: frozenset[str]) -> None:
        streams = self._streams(only)
        only_one = bool(restate) or self._polls_only(only)
        referrals = self._referrals(run, streams)
        set_up = SetUp(run, works_deals=bool({"appointments", "invoices"} & set(streams)))
        if referrals is not None and set_up.is_first:
            with suppress(RightsMissing):
                referrals.peek()
        if not run.chain.schema_checked:
            set_up.ensure()
            run.chain.schema_checked = True
            run.chain.names = (run.names, run.props, run.readable, dict(run.paused))
        else:
            run.names, run.props, run.readable, run.paused = run.chain.names
        if not run.chain.executions:
            settle(run)
            associate_open(run)
            withdraw(run)
        portal = Portal(run)
        if run.store.cursor("portal").floor is None:
            begin_passes(run, streams, portal, self._lists(run))
        portal.freshen()
        finish_interrupted(run, portal)
        apply_answers(run, portal)
        self._settings = run.settings
        begin_passes(run, streams, portal, self._lists(run))
        pause_if_asked(run)
        note_birthdays(run)
        if referrals is not None and "cliniko_referral_source" in run.names["contacts"]:
            want_by_referral_types(run)
            read_referrals(run, referrals)
        if referrals is not None:
            want_by_concessions(run)
        for stream in streams:
            run.check_stop()
            if stream in run.paused or stream in run.chain.denied:
                self._tell_paused(run, stream)
                continue
            work_stream(run, stream, portal, self._lists(run), restate)
        if referrals is not None:
            want_by_referral_types(run)
        has_no_deals = "appointments" not in streams or run.paused.get("appointments") == NO_ROOM
        if only is None and has_no_deals and "patients" in streams:
            VisitsOnly(run, self._lists(run)).work()
        if ((restate and only == frozenset({"patients"})) or not only_one) and "patients" not in run.paused:
            RollUps(run, portal, self._lists(run)).work(restate)
        withdraw_late(run)

    def _lists(self, run: Run) -> Lists:
        """One look-up of the clinic's small lists per execution."""
        if run.lists is None:
            run.lists = Lists(run)
        found: Lists = run.lists
        return found

    def _streams(self, only: frozenset[str] | None) -> list[str]:
        on = {name for name in SWITCHED if self._settings.flag(f"streams.{name}")} | {"unlink"}
        if self._settings.flag("write_back.enabled"):
            on.add("write_back")
        return [name for name in STREAM_ORDER if name in on and (only is None or name in only)]

    def _polls_only(self, only: frozenset[str] | None) -> bool:
        return only is not None and only <= {"unlink", "write_back"}

    def _referrals(self, run: Run, streams: list[str]) -> PassReader | None:
        """The list of referral sources, under way while HubSpot's definitions are looked at."""
        if "patients" not in streams or run.chain.executions:
            return None
        reader = run.reader(REFERRALS, REFERRALS_HIDDEN, run.store.cursor(REFERRALS))
        reader.read_ahead()
        return reader

    def _tell_paused(self, run: Run, stream: str) -> None:
        reader = run.chain.readers.get(stream)
        if reader is not None:
            run.counters(stream).waiting = reader.waiting

    def _finish(self, report: Report, error: ClinicBridgeError | None) -> None:
        report.finished_at = self._clock.now()
        if isinstance(error, Cancelled):
            # What is not finished must not look finished (I8).
            report.problems.append(Problem(error.code, f"{error.sentence} {error.next_step}"))
        if error is not None and not isinstance(error, Cancelled):
            report.status = "attention" if error.exit_code == 1 else "failed"
            report.exit_code = error.exit_code
            report.problems.append(Problem(error.code, f"{error.sentence} {error.next_step}".strip()))
            self._emit(Trouble(code=error.code, sentence=error.sentence, next_step=error.next_step))
        else:
            blocking = self._store.count_conflicts(blocking=True)
            failed = sum(counters.failed for counters in report.streams.values())
            serious = any(problem.code in NEEDS_A_PERSON for problem in report.problems)
            if blocking or failed or serious:
                report.status, report.exit_code = "attention", 1
        summary = report.as_json() | {"exit_code": report.exit_code}
        self._history.finish_execution(report.run_id, report.status, report.finished_at, summary)
        self._emit(ExecutionFinished(report=report))


class RehearsalEngine(Engine):
    """The same engine on a copy of the memory; only its history row stays (R80)."""

    def __init__(self, real: Engine) -> None:
        self._real_store = real._store
        super().__init__(
            real._store.scratch_copy(),
            RehearsalCliniko(real._cliniko),
            RehearsalHubSpot(real._hubspot),
            real._settings,
            real._clock,
            real._emit,
            real._stop,
        )

    @property
    def _history(self) -> Storage:
        return self._real_store

    def _rehearsing(self) -> Engine:
        return self
