"""The program's own time: now, elapsed seconds and a sleep that can be cancelled, so that tests own it."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What anything that needs time is handed."""

    def now(self) -> datetime:
        """The present as aware UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never jump, for measuring and pacing."""
        ...

    def sleep(self, seconds: float, stop: threading.Event | None = None) -> bool:
        """Wait; True if `stop` was set meanwhile (or before)."""
        ...


class SystemClock:
    """The real one."""

    def now(self) -> datetime:
        """The present as aware UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds of the machine's steady clock."""
        return time.monotonic()

    def sleep(self, seconds: float, stop: threading.Event | None = None) -> bool:
        """Wait for `seconds`; return at once, with True, when `stop` is set."""
        if stop is not None:
            return stop.wait(max(0.0, seconds))
        time.sleep(max(0.0, seconds))
        return False
