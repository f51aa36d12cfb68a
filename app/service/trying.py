"""Trying before it counts: a rehearsal that writes nothing, then a trial with a few patients (R80)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Event
from typing import Final, Protocol

from app.domain.reports import Report
from app.errors import Cancelled
from app.settings import Settings

TRIAL_SIZE: Final = 10


class TryingEngine(Protocol):
    """What runs an execution."""

    def run(self, only: frozenset[str] | None = None, dry_run: bool = False) -> Report: ...


class Trying:
    """Runs on whatever thread asks, one at a time. `engine` makes an engine for the settings it is given."""

    def __init__(
        self,
        engine: Callable[[Settings], TryingEngine],
        settings: Callable[[], Settings],
        lock: Callable[[], AbstractContextManager[object]],
        stop: Event,
    ) -> None:
        self._engine, self._settings, self._lock, self._stop = engine, settings, lock, stop

    def rehearse(self) -> Report:
        """What a first sync would do: numbers and samples, no write. Raises ClinicBridgeError."""
        return self._run(self._settings(), None, dry_run=True)

    def trial(self) -> Report:
        """Sync ten patients for real, whatever the settings say about size. Raises ClinicBridgeError."""
        few = self._settings().replaced("sync.items_per_execution", TRIAL_SIZE)
        return self._run(few, frozenset({"patients"}), dry_run=False)

    def cancel(self) -> None:
        """Let what runs end after its batch."""
        self._stop.set()

    def _run(self, settings: Settings, only: frozenset[str] | None, dry_run: bool) -> Report:
        engine = self._engine(settings)
        self._stop.clear()
        try:
            with self._lock():
                report = engine.run(only, dry_run)
        finally:
            cancelled = self._stop.is_set()
            self._stop.clear()
        if cancelled:
            raise Cancelled("stopped by the person who tried")
        return report
