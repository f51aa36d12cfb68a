"""Executions as a service: what is asked of the engine, the lock round it, catching up, retries and pauses."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from app.clock import SystemClock
from app.domain.reports import Report
from app.errors import ClinicBridgeError, DatabaseUnusable, OtherInstance, RateLimited, ServiceUnavailable
from app.events import NextRunPlanned, QuestionsCounted, Trouble
from app.service.live_state import LiveState
from app.service.syncing import NIGHT, REQUESTS, SYNC, Syncing
from app.settings import Settings

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
PATIENCE_S = 10.0


class FakeEngine:
    """Notes what it is asked; fails as often as told."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.failures: list[ClinicBridgeError] = []
        self.requests: list[Report | None] = []
        self.called = threading.Event()
        self.is_held = False
        self.saw_lock: list[bool] = []

    def run(self, only: frozenset[str] | None = None, dry_run: bool = False) -> Report:
        return self._do("dry run" if dry_run else "run")

    def run_until_caught_up(self, only: frozenset[str] | None = None, dry_run: bool = False) -> Report:
        return self._do("catch up")

    def sync_record(self, kind: str, cliniko_id: str) -> Report:
        return self._do(f"{kind} {cliniko_id}")

    def poll_triggers(self) -> Report | None:
        self._do("requests")
        return self.requests.pop(0) if self.requests else None

    def _do(self, what: str) -> Report:
        self.asked.append(what)
        self.saw_lock.append(self.is_held)
        self.called.set()
        if self.failures:
            raise self.failures.pop(0)
        return Report(len(self.asked), NOW, finished_at=NOW)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


class Counted:
    def count_conflicts(self, blocking: bool | None = None) -> int:
        return 1 if blocking else 3


class Setting:
    """Syncing with everything around it."""

    def __init__(self, **settings: Any) -> None:
        self.engine, self.events = FakeEngine(), []  # type: ignore[var-annotated]
        self.settings = Settings({key.replace("__", "."): value for key, value in settings.items()})
        self.live = LiveState()
        self.live.listen(self.events.append)
        self.syncing = Syncing(
            lambda: self.engine,  # type: ignore[arg-type, return-value]
            self.lock,
            lambda: self.settings,
            Counted,
            SystemClock(),
            self.live,
            threading.Event(),
        )

    @contextmanager
    def lock(self) -> Iterator[None]:
        if self.engine.is_held:
            raise OtherInstance
        self.engine.is_held = True
        try:
            yield
        finally:
            self.engine.is_held = False


@pytest.fixture
def setting() -> Iterator[Setting]:
    made = Setting()
    yield made
    assert made.syncing.stop(PATIENCE_S)


def test_each_execution_holds_the_lock(setting: Setting) -> None:
    """The lock is held during an execution and free after it, however it ended; questions are counted anew."""
    setting.syncing.run()
    setting.syncing.run(dry_run=True)
    setting.syncing.run(until_caught_up=True)
    setting.syncing.sync_record("patient", "5")
    setting.engine.failures = [ServiceUnavailable("HubSpot")]
    with pytest.raises(ServiceUnavailable):
        setting.syncing.run()
    assert setting.engine.asked == ["run", "dry run", "catch up", "patient 5", "run"]
    assert setting.engine.saw_lock == [True] * 5
    assert not setting.engine.is_held
    assert setting.events.count(QuestionsCounted(3, 1)) == 5


@pytest.mark.parametrize(("catch_up", "asked"), [(True, "catch up"), (False, "run")])
def test_catching_up_is_a_setting(catch_up: bool, asked: str) -> None:
    """R2: on, a due run goes on while something waits that it can do; off, it is exactly one execution."""
    setting = Setting(sync__catch_up=catch_up)
    setting.syncing.start()
    assert setting.engine.called.wait(PATIENCE_S)
    assert setting.syncing.stop(PATIENCE_S)
    assert setting.engine.asked == [asked]


def test_a_service_that_is_away_is_tried_again_soon(setting: Setting) -> None:
    """The retry comes long before the next turn, but not before the service wants it; it is told once."""
    setting.engine.failures = [RateLimited("HubSpot", retry_after_s=77.0)]
    setting.syncing.start()
    assert setting.engine.called.wait(PATIENCE_S)
    assert setting.syncing.stop(PATIENCE_S)
    due = setting.syncing.scheduler.next_due_at(SYNC)
    assert due is not None
    assert 60 < (due - SystemClock().now()).total_seconds() < 78
    planned = [event for event in setting.events if isinstance(event, NextRunPlanned)]
    assert len(planned) == 1
    assert [event.code for event in setting.events if isinstance(event, Trouble)] == ["rate_limited"]


def test_requests_are_looked_for_sooner_after_one(setting: Setting) -> None:
    """R40: every minute as set, every 15 seconds for ten minutes after a hit."""
    look = setting.syncing._look_for_requests
    look()
    assert setting.syncing._poll_every_s() == 60
    setting.engine.requests = [Report(1, NOW)]
    look()
    assert setting.syncing._poll_every_s() == 15
    setting.settings = Settings({"write_back.enabled": False})
    look()
    assert setting.engine.asked == ["requests", "requests"]


def test_sync_now_and_one_record(setting: Setting) -> None:
    """Both are queued for the worker; a rehearsal too."""
    setting.syncing.scheduler.every(REQUESTS, lambda: 900.0, first_in_s=900.0)
    setting.syncing.worker.start()
    assert setting.syncing.sync_record_now("patient", "5")
    assert setting.syncing.rehearse()
    assert setting.syncing.sync_now()
    done = threading.Event()
    setting.syncing.worker.submit("last", done.set)
    assert done.wait(PATIENCE_S)
    assert setting.engine.asked == ["patient 5", "dry run", "catch up"]


def test_listeners_hear_until_they_are_let_go() -> None:
    """The state changes before anybody is told."""
    live, seen = LiveState(), []
    stop = live.listen(lambda event: seen.append(live.state.open_questions))
    live(QuestionsCounted(4, 0))
    stop()
    live(QuestionsCounted(5, 0))
    assert (seen, live.state.open_questions) == ([4], 5)


def test_the_timetable_goes_on_without_the_local_data(setting: Setting) -> None:
    """A database that cannot be read for a moment does not end the worker's thread."""
    assert setting.syncing._set_number("sync.interval_minutes") == 15

    def broken() -> Settings:
        raise DatabaseUnusable

    setting.syncing._settings = broken
    assert setting.syncing._set_number("sync.interval_minutes") == 15


def test_nightly_work_is_done_by_day_where_nights_are_off() -> None:
    """R85: planned for the night, and ten minutes after each start at the latest."""
    setting = Setting()
    setting.syncing.start()
    assert setting.syncing.stop(PATIENCE_S)
    due = setting.syncing.scheduler.next_due_at(NIGHT)
    assert due is not None
    assert (due - SystemClock().now()).total_seconds() <= 600
