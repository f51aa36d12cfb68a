"""How much of a service has been used: calls, refusals, what its headers said last, and an execution's budget."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.clock import Clock
from app.errors import BudgetSpent


@dataclass(frozen=True)
class Usage:
    """Use of one service by this process, for the window's API page. None where the service did not say."""

    service: str
    calls: int
    calls_today: int
    refused_by_limit: int
    burst_limit: int | None = None
    burst_left: int | None = None
    daily_limit: int | None = None
    daily_left: int | None = None


class Counter:
    """Counts the calls of one service; safe for several threads."""

    def __init__(self, service: str, clock: Clock) -> None:
        self._service = service
        self._clock = clock
        self._lock = threading.Lock()
        self._calls = 0
        self._today: date | None = None
        self._calls_today = 0
        self._refused = 0
        self._left: int | None = None
        self._said: dict[str, int] = {}

    def start_budget(self, calls: int | None) -> None:
        """From now on at most so many calls (None: no bound)."""
        with self._lock:
            self._left = calls

    def spend(self) -> None:
        """Count one call. Raises BudgetSpent when the execution has used all it may (I7)."""
        with self._lock:
            if self._left is not None:
                if self._left <= 0:
                    raise BudgetSpent(
                        self._service, f"all calls to {self._service} for one execution are used"
                    )
                self._left -= 1
            today = self._clock.now().date()
            if today != self._today:
                self._today, self._calls_today = today, 0
            self._calls += 1
            self._calls_today += 1

    def heard(self, status: int, headers: Mapping[str, str]) -> None:
        """Remember what an answer says about limits."""
        with self._lock:
            if status == 429:
                self._refused += 1
            for header in ("max", "remaining", "daily", "daily-remaining"):
                number = header_number(headers, f"x-hubspot-ratelimit-{header}")
                if number is not None:
                    self._said[header] = number

    @property
    def calls(self) -> int:
        """Calls sent so far, repeated ones included."""
        return self._calls

    def usage(self) -> Usage:
        """A picture of the present."""
        with self._lock:
            is_today = self._today == self._clock.now().date()
            return Usage(
                self._service,
                self._calls,
                self._calls_today if is_today else 0,
                self._refused,
                self._said.get("max"),
                self._said.get("remaining"),
                self._said.get("daily"),
                self._said.get("daily-remaining"),
            )


def header_number(headers: Mapping[str, str], name: str) -> int | None:
    """A header that holds a whole number of modest size, else None."""
    text = headers.get(name, "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
