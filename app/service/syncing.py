"""Executions, asked for or due by themselves: sync now, one record now, rehearse, pause, catch up, stop."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import date, datetime, time
from threading import Event
from typing import Any, Final, Protocol

from app.clock import Clock
from app.domain.ids import Kind
from app.domain.reports import Report
from app.errors import Cancelled, DatabaseUnusable, LeaseHeld, OtherInstance, TryLater
from app.events import NextRunPlanned, OtherComputer, QuestionsCounted
from app.scheduler import Scheduler
from app.settings import Settings
from app.worker import STOP_WITHIN_S, Worker

SYNC: Final = "sync"
REQUESTS: Final = "requests"
NIGHT: Final = "night"
OTHERS: Final = "others"
NIGHT_AT: Final = time(2, 30)
AFTER_START_S: Final = 600.0
LOOK_EVERY_S: Final = 15.0
HOT_S: Final = 600.0
HOT_POLL_S: Final = 15.0


class SyncEngine(Protocol):
    """What runs executions."""

    def run(self, only: frozenset[str] | None = None, dry_run: bool = False) -> Report: ...
    def run_until_caught_up(self, only: frozenset[str] | None = None, dry_run: bool = False) -> Report: ...
    def sync_record(self, kind: Kind, cliniko_id: str) -> Report: ...
    def poll_triggers(self) -> Report | None: ...
    def history_since(self) -> date | None: ...
    def load_history(self, since: date) -> None: ...
    def rehearse_history(self, since: date, cancel: Event) -> Report: ...
    def why(self, kind: Kind, cliniko_id: str) -> dict[str, Any]: ...
    def schema_check(self) -> list[dict[str, Any]]: ...
    def schema_repair(self) -> list[dict[str, Any]]: ...


class Questions(Protocol):
    """How many questions there are."""

    def count_conflicts(self, blocking: bool | None = None) -> int: ...


class Others(Protocol):
    """What other computers do that share the database (R86)."""

    @property
    def is_shared(self) -> bool: ...
    def look(self) -> None: ...
    def did_lately(self, every_s: float) -> bool: ...
    def note_run(self) -> None: ...


class Syncing:
    """Runs executions: in the foreground for the command line, on the worker for the window and `watch`.

    `engine` gives the engine for the settings as they are now and raises NotSetUp without keys; `lock` is held
    during each execution and raises OtherInstance where another copy is syncing; `tonight` is the nightly work
    on the local data, and does nothing where it was done less than a day ago; `others` tells of other computers.
    """

    def __init__(
        self,
        engine: Callable[[], SyncEngine],
        lock: Callable[[], AbstractContextManager[object]],
        settings: Callable[[], Settings],
        questions: Callable[[], Questions],
        clock: Clock,
        emit: Callable[[object], None],
        stop: Event,
        tonight: Callable[[], None] = lambda: None,
        others: Others | None = None,
    ) -> None:
        self._engine, self._lock, self._settings, self._questions = engine, lock, settings, questions
        self._clock, self._emit, self._tonight, self._others = clock, emit, tonight, others
        self._hot_until = 0.0
        self._last_settings = Settings()
        self.scheduler = Scheduler(clock)
        regular = {SYNC: self._regular_run, REQUESTS: self._look_for_requests, NIGHT: self._night_work}
        if others is not None:
            regular[OTHERS] = others.look
        self.worker = Worker(self.scheduler, clock, emit, regular, stop)

    # in the foreground

    def run(
        self, only: frozenset[str] | None = None, dry_run: bool = False, until_caught_up: bool = False
    ) -> Report:
        """One execution, or as many as have something to do (R2). Raises ClinicBridgeError for what stops all."""
        engine = self._engine()
        with self._lock():
            try:
                if until_caught_up:
                    return engine.run_until_caught_up(only, dry_run)
                return engine.run(only, dry_run)
            finally:
                self._count_questions()

    def sync_record(self, kind: Kind, cliniko_id: str) -> Report:
        """Read one record afresh and restate every field of it (R4)."""
        engine = self._engine()
        with self._lock():
            try:
                return engine.sync_record(kind, cliniko_id)
            finally:
                self._count_questions()

    def history_since(self) -> date | None:
        """The clinic day since which past appointments are brought in, None while nobody chose one (R73)."""
        return self._engine().history_since()

    def rehearse_history(self, since: date, cancel: Event) -> Report:
        """What the next execution would do if history were loaded since that clinic day, with all that would wait
        for later ones; no write. `cancel` ends it, then it raises Cancelled (R73)."""
        engine = self._engine()
        with self._lock():
            report = engine.rehearse_history(since, cancel)
        if cancel.is_set():
            raise Cancelled("stopped by the person who asked")
        return report

    def load_history(self, since: date) -> None:
        """From the next execution on, bring in what happened since that clinic day, and ask for one now (R73). It
        comes under the cap, goes on after a break, and a later day than before changes nothing."""
        self._engine().load_history(since)
        self.sync_now()

    def check_ready(self) -> None:
        """Raise NotSetUp, KeyringUnusable or AddressRefused where no execution could even begin."""
        self._engine()

    # by itself

    def start(self, in_background: bool = True) -> None:
        """Plan executions and looks for requests, and begin to work; in the caller's thread if told so."""
        self.scheduler.every(SYNC, lambda: self._set_number("sync.interval_minutes") * 60.0)
        self.scheduler.every(REQUESTS, self._poll_every_s, first_in_s=self._poll_every_s())
        self.scheduler.daily(NIGHT, NIGHT_AT)
        self.scheduler.hurry(NIGHT, AFTER_START_S)  # a computer that is off at night does it by day
        if self._others is not None and self._others.is_shared:
            self.scheduler.every(OTHERS, lambda: LOOK_EVERY_S)
        if in_background:
            self.worker.start()
        else:
            self.worker.run()

    def sync_now(self) -> bool:
        """Queue an execution; False where one waits already (R5)."""
        return self.worker.submit(SYNC, self._asked_run)

    def sync_record_now(self, kind: Kind, cliniko_id: str) -> bool:
        """Queue a fresh look at one record."""
        return self.worker.submit(f"record {kind} {cliniko_id}", lambda: self._one_record(kind, cliniko_id))

    def rehearse(self) -> bool:
        """Queue a rehearsal: the same plan, no write (R80)."""
        return self.worker.submit("rehearsal", lambda: self._rehearsal())

    def pause(self, until: datetime | None = None) -> None:
        """Begin nothing by itself until then (aware UTC), or until resumed."""
        self.worker.pause(until)

    def resume(self) -> None:
        """End a pause, and look at once whether something is due."""
        self.worker.resume()

    def stop(self, within_s: float = STOP_WITHIN_S) -> bool:
        """Finish the batch in flight and end; False where that took longer than allowed."""
        return self.worker.stop(within_s)

    # jobs on the worker's thread

    def _regular_run(self) -> None:
        """What is due by itself; another computer that did the same just now has done it for all (R86)."""
        every_s = self._set_number("sync.interval_minutes") * 60.0
        if self._others is not None and self._others.did_lately(every_s):
            self.scheduler.went_well(SYNC)
            self._emit(NextRunPlanned(self.scheduler.next_due_at(SYNC)))
        else:
            self._asked_run()

    def _asked_run(self) -> None:
        try:
            self.run(until_caught_up=self._settings().flag("sync.catch_up"))
            if self._others is not None:
                self._others.note_run()
        except LeaseHeld as error:
            self._give_way(SYNC, error)
        except (TryLater, OtherInstance) as error:
            self.scheduler.try_again(SYNC, getattr(error, "retry_after_s", None))
            raise
        else:
            self.scheduler.went_well(SYNC)
        finally:
            self._emit(NextRunPlanned(self.scheduler.next_due_at(SYNC)))

    def _look_for_requests(self) -> None:
        if not self._settings().flag("write_back.enabled"):
            return
        engine = self._engine()
        try:
            with self._lock():
                report = engine.poll_triggers()
        except LeaseHeld as error:
            self._give_way(REQUESTS, error)
            return
        except (TryLater, OtherInstance) as error:
            self.scheduler.try_again(REQUESTS, getattr(error, "retry_after_s", None))
            raise
        self.scheduler.went_well(REQUESTS)
        if report is not None:
            self._hot_until = self._clock.monotonic() + HOT_S
            self._count_questions()

    def _night_work(self) -> None:
        try:
            self._tonight()
        except LeaseHeld as error:
            self._give_way(NIGHT, error)

    def _give_way(self, name: str, error: LeaseHeld) -> None:
        """Another computer works: nothing is wrong, and what is due waits until it has finished (R86)."""
        self._emit(OtherComputer(error.pc))
        self.scheduler.try_again(name)

    def _poll_every_s(self) -> float:
        """As set; sooner for ten minutes after a request was found (R40)."""
        usual = float(self._set_number("write_back.poll_seconds"))
        return min(usual, HOT_POLL_S) if self._clock.monotonic() < self._hot_until else usual

    def _set_number(self, key: str) -> int:
        """A setting for the timetable, which must go on where the local data cannot be read just now."""
        with suppress(DatabaseUnusable):
            self._last_settings = self._settings()
        return self._last_settings.number(key)

    def _one_record(self, kind: Kind, cliniko_id: str) -> None:
        self.sync_record(kind, cliniko_id)

    def _rehearsal(self) -> None:
        self.run(dry_run=True)

    def _count_questions(self) -> None:
        found = self._questions()
        self._emit(QuestionsCounted(found.count_conflicts(), found.count_conflicts(blocking=True)))
