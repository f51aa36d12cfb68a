"""A clock that a test owns: time passes only when told to, and the wall clock may be set apart from it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta


class OwnedClock:
    """Fulfils `app.clock.Clock`. `sleep` lets the time pass at once."""

    def __init__(self, now: datetime | None = None) -> None:
        self.wall = now or datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
        self.steady = 1000.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.steady

    def sleep(self, seconds: float, stop: threading.Event | None = None) -> bool:
        self.passes(seconds)
        return stop is not None and stop.is_set()

    def passes(self, seconds: float) -> None:
        """The computer is awake this long."""
        self.wall += timedelta(seconds=seconds)
        self.steady += seconds

    def is_set(self, by_seconds: float) -> None:
        """Somebody sets the wall clock; or, forwards, the computer slept."""
        self.wall += timedelta(seconds=by_seconds)
