"""The one background thread: order, exactly one more, the fence, pausing and ending in time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from app.clock import SystemClock
from app.errors import Cancelled, ServiceUnavailable
from app.events import PauseBegan, PauseEnded, Stopping, Trouble
from app.scheduler import Scheduler
from app.worker import Worker

PATIENCE_S = 10.0


class Gate:
    """A job that says when it begins and ends when it is let go or cancelled."""

    def __init__(self) -> None:
        self.begun, self.go = threading.Event(), threading.Event()
        self.runs = 0
        self.cancel: threading.Event | None = None

    def __call__(self) -> None:
        self.runs += 1
        self.begun.set()
        while not self.go.wait(0.005):
            if self.cancel is not None and self.cancel.is_set():
                raise Cancelled


@contextmanager
def working(
    regular: dict[str, Callable[[], None]] | None = None, scheduler: Scheduler | None = None
) -> Iterator[tuple[Worker, list[object]]]:
    events: list[object] = []
    worker = Worker(scheduler or Scheduler(SystemClock()), SystemClock(), events.append, regular)
    worker.start()
    try:
        yield worker, events
    finally:
        assert worker.stop(PATIENCE_S)


def test_the_end_may_be_asked_for_while_it_begins() -> None:
    """Somebody who quits at once is not kept: whichever comes first, it ends, and begins no more afterwards."""
    for _ in range(200):
        worker = Worker(Scheduler(SystemClock()), SystemClock(), lambda event: None)
        beginning = threading.Thread(target=worker.start)
        beginning.start()
        assert worker.stop(PATIENCE_S)
        beginning.join(PATIENCE_S)
        assert worker.join(PATIENCE_S)


def test_pressed_while_running_queues_exactly_one_more() -> None:
    """R5: five presses during an execution make one more."""
    gate = Gate()
    with working() as (worker, _):
        assert worker.submit("sync", gate)
        assert gate.begun.wait(PATIENCE_S)
        assert [worker.submit("sync", gate) for _ in range(5)] == [True, False, False, False, False]
        done = threading.Event()
        worker.submit("last", done.set)
        gate.go.set()
        assert done.wait(PATIENCE_S)
    assert gate.runs == 2


def test_a_failing_job_does_not_end_the_others(caplog: pytest.LogCaptureFixture) -> None:
    """I11: a bug and a service that is away are each told once; the next job runs."""

    def bug() -> None:
        raise ZeroDivisionError

    def away() -> None:
        raise ServiceUnavailable("HubSpot")

    done = threading.Event()
    with working() as (worker, events):
        worker.submit("bug", bug)
        worker.submit("away", away)
        worker.submit("last", done.set)
        assert done.wait(PATIENCE_S)
    codes = [event.code for event in events if isinstance(event, Trouble)]
    assert codes == ["bug", "unavailable"]
    assert "ZeroDivisionError" in caplog.text


def test_what_comes_due_is_run() -> None:
    """The scheduler's names are the regular jobs."""
    done = threading.Event()
    scheduler = Scheduler(SystemClock())
    scheduler.every("sync", lambda: 900.0)
    with working({"sync": done.set}, scheduler):
        assert done.wait(PATIENCE_S)


def test_stopping_cancels_what_runs_and_takes_nothing_more() -> None:
    """Quitting during a run ends after the batch in flight, well within five seconds."""
    gate = Gate()
    with working({"sync": gate}) as (worker, events):
        gate.cancel = worker.cancel
        worker.submit("sync")
        assert gate.begun.wait(PATIENCE_S)
        assert worker.stop(PATIENCE_S)
        assert not worker.submit("sync")
        assert Stopping() in events
    assert gate.runs == 1


def test_a_job_that_does_not_end_is_abandoned() -> None:
    """A call in flight does not hold up quitting; the answer says so."""
    gate = Gate()
    events: list[object] = []
    worker = Worker(Scheduler(SystemClock()), SystemClock(), events.append, {"sync": gate})
    worker.start()
    worker.submit("sync")
    assert gate.begun.wait(PATIENCE_S)
    assert worker.stop(0.05) is False
    gate.go.set()
    assert worker.join(PATIENCE_S)


def test_a_pause_ends_the_regular_run_and_resuming_goes_on() -> None:
    """Pause: the batch in flight is finished, nothing begins by itself, what a person asks for is done."""
    gate, asked = Gate(), threading.Event()
    scheduler = Scheduler(SystemClock())
    scheduler.every("sync", lambda: 900.0)
    with working({"sync": gate}, scheduler) as (worker, events):
        gate.cancel = worker.cancel
        assert gate.begun.wait(PATIENCE_S)
        until = datetime(2100, 1, 1, tzinfo=UTC)
        worker.pause(until)
        worker.submit("asked", asked.set)
        assert asked.wait(PATIENCE_S)
        gate.begun.clear()
        scheduler.hurry("sync")
        assert not gate.begun.wait(0.1)
        worker.resume()
        assert gate.begun.wait(PATIENCE_S)
        gate.go.set()
        assert [event for event in events if isinstance(event, PauseBegan | PauseEnded)] == [
            PauseBegan(until),
            PauseEnded(),
        ]
