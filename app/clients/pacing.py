"""How long to wait before the next call: windows that never hold more than a service allows.

Pure arithmetic over a clock that is handed in, shared by all threads of one program. Nothing here knows HTTP.
"""

from __future__ import annotations

import itertools
import threading
from collections import deque
from dataclasses import dataclass

from app.clock import Clock
from app.errors import Cancelled

MARGIN = 0.001
"""Share of the window by which a permit comes later, so that two clocks that round differently still agree."""

POLL_S = 0.005
"""How often a caller looks again while only calls in flight, or callers before it, keep it waiting."""

SLOWED_WINDOWS = 2
"""For so many windows after a refusal only half of the limit is used."""


@dataclass(frozen=True)
class Limit:
    """At most `calls` in any `window_s` seconds."""

    calls: int
    window_s: float

    def shared(self, percent: int) -> Limit:
        """The part of it this program may use; at least one call."""
        return Limit(max(1, self.calls * percent // 100), self.window_s)


CLINIKO_LIMIT = Limit(200, 60.0)
HUBSPOT_LIMIT = Limit(100, 10.0)
HUBSPOT_SEARCH_LIMIT = Limit(5, 1.0)


class Permit:
    """One call's place in a window, from `Pacer.acquire` until `done`."""

    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer
        self._is_open = True

    def done(self) -> None:
        """The answer is here (or never comes): from now on the place is freed after one window."""
        if self._is_open:
            self._is_open = False
            self._pacer._finish()


class Pacer:
    """Permits for one limit of one service, first come, first served.

    A service counts a call somewhere between our sending it and our hearing the answer. A call therefore holds
    its place until one window after it *ended*: no window at the service can ever hold more than the limit,
    however long the network takes. While the window is free calls go out at once.
    """

    def __init__(self, limit: Limit, clock: Clock, share_percent: int = 90) -> None:
        """`share_percent` (1 to 100) is the part of the limit to use."""
        self._clock = clock
        self._share = min(100, max(1, share_percent))
        self._limit = limit
        self._lock = threading.Lock()
        self._tickets = itertools.count()
        self._queue: deque[int] = deque()
        self._in_flight = 0
        self._ended: deque[float] = deque()
        self._paused_until = float("-inf")
        self._slowed_until = float("-inf")

    # taking and giving back

    def acquire(self, stop: threading.Event | None = None) -> Permit:
        """Wait for a place and take it. Raises Cancelled as soon as `stop` is set."""
        with self._lock:
            ticket = next(self._tickets)
            self._queue.append(ticket)
        try:
            while True:
                if stop is not None and stop.is_set():
                    raise Cancelled("stopped while waiting for the rate limit")
                with self._lock:
                    wait = self._wait_s(self._clock.monotonic())
                    if self._queue[0] == ticket:
                        if wait <= 0:
                            self._in_flight += 1
                            return Permit(self)
                    else:
                        wait = max(wait, POLL_S)
                if self._clock.sleep(wait, stop):
                    raise Cancelled("stopped while waiting for the rate limit")
        finally:
            with self._lock:
                self._queue.remove(ticket)

    def _finish(self) -> None:
        with self._lock:
            self._in_flight -= 1
            self._ended.append(self._clock.monotonic())

    def _wait_s(self, now: float) -> float:
        """Seconds until one more call fits; 0 when it fits now."""
        held_s = self._limit.window_s * (1 + MARGIN)
        while self._ended and self._ended[0] + held_s <= now:
            self._ended.popleft()
        if now < self._paused_until:
            return self._paused_until - now
        surplus = self._in_flight + len(self._ended) + 1 - self._allowed(now)
        if surplus <= 0:
            return 0.0
        if surplus > len(self._ended):
            return POLL_S
        return max(POLL_S, self._ended[surplus - 1] + held_s - now)

    def _allowed(self, now: float) -> int:
        allowed = self._limit.shared(self._share).calls
        return max(1, allowed // 2) if now < self._slowed_until else allowed

    # learning from answers

    def pause(self, seconds: float) -> None:
        """No call for so long, and fewer for a while after: the service has refused one (429)."""
        with self._lock:
            until = self._clock.monotonic() + max(0.0, seconds)
            self._paused_until = max(self._paused_until, until)
            self._slowed_until = max(
                self._slowed_until, self._paused_until + SLOWED_WINDOWS * self._limit.window_s
            )

    def learn_limit(self, calls: int) -> None:
        """The service names its limit for our window: use it from now on."""
        if 1 <= calls <= 100_000:
            with self._lock:
                self._limit = Limit(calls, self._limit.window_s)

    def learn_used(self, used: int) -> None:
        """The service counts so many calls in the present window: those we did not send hold places too.

        They come from an earlier process with the same key, or from another program.
        """
        with self._lock:
            now = self._clock.monotonic()
            self._wait_s(now)
            foreign = min(used, self._limit.calls) - self._in_flight - len(self._ended)
            self._ended.extend([now] * max(0, foreign))

    def assume(self, calls: int, ago_s: float) -> None:
        """So many calls ended `ago_s` seconds ago, before this pacer began."""
        with self._lock:
            moment = self._clock.monotonic() - max(0.0, ago_s)
            self._ended.extendleft([moment] * max(0, min(calls, self._limit.calls)))

    @property
    def limit(self) -> Limit:
        """The limit in force, before the share is taken."""
        return self._limit

    @property
    def in_window(self) -> int:
        """Calls that hold a place at present, in flight or ended."""
        with self._lock:
            self._wait_s(self._clock.monotonic())
            return self._in_flight + len(self._ended)
