"""The one background thread: a queue of jobs, a fence round each, a token to cancel what runs, an end in time.

Whatever writes is a job here, one after another; what comes due by itself is queued like what a person asks for.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app import memory
from app.clock import Clock
from app.errors import Bug, Cancelled, ClinicBridgeError
from app.events import PauseBegan, PauseEnded, Stopping, Trouble
from app.scheduler import Scheduler

log = logging.getLogger(__name__)

TICK_S: Final = 5.0
STOP_WITHIN_S: Final = 5.0


@dataclass(frozen=True)
class Job:
    """Something to be done on the worker's thread. Two jobs of one name never wait at the same time."""

    name: str
    act: Callable[[], None]


class Worker:
    """Runs jobs and what the scheduler names. `cancel` is the token that jobs look at; it is set when the
    running job should end early and cleared before the next one begins."""

    def __init__(
        self,
        scheduler: Scheduler,
        clock: Clock,
        emit: Callable[[object], None],
        regular: Mapping[str, Callable[[], None]] | None = None,
        cancel: threading.Event | None = None,
    ) -> None:
        self.scheduler = scheduler
        self.cancel = cancel or threading.Event()
        self._clock = clock
        self._emit = emit
        self._regular = dict(regular or {})
        self._queue: deque[Job] = deque()
        self._changed = threading.Condition()
        self._running: Job | None = None
        self._stopping = False
        self._was_paused = False
        self._thread: threading.Thread | None = None

    # asked from any thread

    def submit(self, name: str, act: Callable[[], None] | None = None) -> bool:
        """Queue a job; `act` may be left out for a regular one. False where one of that name waits already:
        asked for once more while it runs, it runs exactly once more (R5)."""
        job = Job(name, act or self._regular[name])
        with self._changed:
            if self._stopping or any(waiting.name == name for waiting in self._queue):
                return False
            self._queue.append(job)
            self._changed.notify_all()
        return True

    def pause(self, until: datetime | None = None) -> None:
        """Begin nothing by itself until then (aware UTC; None: until resumed), and end a regular job that runs
        after its batch. What a person asks for is still done."""
        with self._changed:
            self.scheduler.pause(until)
            self._was_paused = True
            if self._running is not None and self._running.name in self._regular:
                self.cancel.set()
            self._changed.notify_all()
        self._emit(PauseBegan(until))

    def resume(self) -> None:
        """End a pause."""
        with self._changed:
            self.scheduler.resume()
            self._changed.notify_all()
        self._tell_resumed()

    def ask_to_stop(self) -> None:
        """End after the batch in flight; further jobs are not taken. Safe in a signal handler's thread."""
        with self._changed:
            self._stopping = True
            self._queue.clear()
            self.cancel.set()
            self._changed.notify_all()
        self._emit(Stopping())

    @property
    def is_busy(self) -> bool:
        """Whether a job runs or waits."""
        with self._changed:
            return self._running is not None or bool(self._queue)

    @property
    def running(self) -> str:
        """The name of the job that runs, "" for none."""
        with self._changed:
            return self._running.name if self._running else ""

    # its life

    def start(self) -> None:
        """Begin to work in the background; not any more where the end was asked for before."""
        with self._changed:
            if not self._stopping:
                thread = threading.Thread(target=self.run, name="worker", daemon=True)
                thread.start()
                self._thread = thread

    def stop(self, within_s: float = STOP_WITHIN_S) -> bool:
        """Ask to stop and wait. False where the job did not end in time: a call in flight is then abandoned and
        its intent settled at the next start."""
        self.ask_to_stop()
        return self.join(within_s)

    def join(self, within_s: float | None = None) -> bool:
        """Wait for the end; whether it came in time."""
        with self._changed:
            thread = self._thread
        if thread is None:
            return True
        thread.join(within_s)
        return not thread.is_alive()

    def run(self) -> None:
        """Work until asked to stop."""
        while (job := self._next()) is not None:
            try:
                self._fenced(job)
            finally:
                with self._changed:
                    self._running = None
                    rests = not self._queue
                if rests:
                    memory.give_back()

    def _next(self) -> Job | None:
        while True:
            self._queue_what_is_due()
            with self._changed:
                if self._stopping:
                    return None
                if self._queue:
                    self._running = self._queue.popleft()
                    self.cancel.clear()
                    return self._running
                self._changed.wait(max(0.01, self.scheduler.seconds_left(TICK_S)))

    def _queue_what_is_due(self) -> None:
        with self._changed:
            due = self.scheduler.take_due()
            ended = self._was_paused and not self.scheduler.is_paused
        if ended:
            self._tell_resumed()
        for name in due:
            self.submit(name)

    def _tell_resumed(self) -> None:
        with self._changed:
            was_paused, self._was_paused = self._was_paused, False
        if was_paused:
            self._emit(PauseEnded())

    def _fenced(self, job: Job) -> None:
        """Nothing a job does ends the thread; each failure is told once (I11)."""
        try:
            job.act()
        except Cancelled:
            log.info("job %s ended early as asked", job.name)
        except ClinicBridgeError as error:
            log.warning("job %s: %s: %s", job.name, error.code, error)
            self._emit(Trouble(error.code, error.sentence, error.next_step))
        except Exception:  # noqa: BLE001 - a bug in one job must not end all further ones; it is logged and told
            log.exception("job %s failed", job.name)
            self._emit(Trouble(Bug.code, Bug.sentence, Bug.next_step))
