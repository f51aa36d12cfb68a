"""When things are due: executions, looks for requests, nightly work; through sleep and any change of the clock.

The `schedule` library keeps the list and its order. Its own clock is naive local time, so each slot here decides
by itself when it is due: by the wall clock in UTC, which goes on while a computer sleeps, or by the steady clock,
which no change of the wall clock moves, whichever comes first. Jobs only name what is due and never raise.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final

import schedule

from app.clock import Clock

SHORT_RETRY_S: Final = 30.0
LONGEST_RETRY_S: Final = 3600.0


class _Slot(schedule.Job):
    """One thing that comes due again and again. Two deadlines: `due_at` (aware UTC) and `due_monotonic`.

    `period_s` tells the seconds from now to the next regular turn; it is asked anew, so a changed setting counts
    at once.
    """

    def __init__(
        self, name: str, owner: schedule.Scheduler, clock: Clock, period_s: Callable[[], float]
    ) -> None:
        super().__init__(1, owner)
        self.name = name
        self.clock = clock
        self.period_s = period_s
        self.failures = 0
        self.set_due(0.0)

    @property
    def should_run(self) -> bool:
        """Whether either clock says that it is time. A period that became shorter meanwhile counts."""
        period_s = self.period_s()
        if not self.failures and self.due_monotonic - self.clock.monotonic() > period_s + 1.0:
            self.set_due(period_s)
        return self.clock.now() >= self.due_at or self.clock.monotonic() >= self.due_monotonic

    def set_due(self, in_s: float) -> None:
        """Come due after these seconds by either clock."""
        self.due_at = self.clock.now() + timedelta(seconds=in_s)
        self.due_monotonic = self.clock.monotonic() + in_s
        self.next_run = self.due_at.astimezone(UTC).replace(tzinfo=None)

    def seconds_left(self) -> float:
        """Until it is due by the clock that is nearer; 0 where it is due."""
        by_wall = (self.due_at - self.clock.now()).total_seconds()
        return max(0.0, min(by_wall, self.due_monotonic - self.clock.monotonic()))

    def run(self) -> object:
        """Plan the next turn first, then say that it is due: a job can never stay due for ever."""
        self._schedule_next_run()
        return self.job_func() if self.job_func is not None else None

    def _schedule_next_run(self) -> None:
        self.set_due(self.period_s())


class Scheduler:
    """Names what is due. Not for two threads at once: whoever owns the worker's thread asks it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._jobs = schedule.Scheduler()
        self._slots: dict[str, _Slot] = {}
        self._due: list[str] = []
        self._paused_until: datetime | None = None
        self._is_paused = False

    def every(self, name: str, every_s: Callable[[], float], first_in_s: float = 0.0) -> None:
        """Let `name` come due every so many seconds, at first after `first_in_s`."""
        self._add(_Slot(name, self._jobs, self._clock, lambda: max(1.0, every_s())), first_in_s)

    def daily(
        self,
        name: str,
        at: time,
        zone: Callable[[], tzinfo | None] = lambda: None,
        last_at: datetime | None = None,
    ) -> None:
        """Let `name` come due once a day at a local time in `zone` (None: this computer's). `last_at` tells when
        it was last done: more than a day ago means at once."""
        slot = _Slot(name, self._jobs, self._clock, lambda: _seconds_until(at, zone(), self._clock.now()))
        is_missed = last_at is not None and self._clock.now() - last_at > timedelta(days=1)
        self._add(slot, 0.0 if is_missed else slot.period_s())

    def take_due(self) -> list[str]:
        """The names that are due now, earliest first; each is planned for its next turn. None while paused."""
        if self.is_paused:
            return []
        self._due.clear()
        self._jobs.run_pending()
        return list(self._due)

    def hurry(self, name: str, in_s: float = 0.0) -> None:
        """Let it come due that soon, unless it is due sooner anyway."""
        slot = self._slots.get(name)
        if slot is not None and in_s < slot.seconds_left():
            slot.set_due(in_s)

    def went_well(self, name: str) -> None:
        """Forget failures of before."""
        slot = self._slots.get(name)
        if slot is not None:
            slot.failures = 0

    def try_again(self, name: str, retry_after_s: float | None = None) -> float:
        """Plan a short retry after a failure that passes: half a minute, then twice as long each time, never
        longer than the regular turn nor shorter than the service asked for. Returns the seconds until then."""
        slot = self._slots.get(name)
        if slot is None:
            return 0.0
        patience = min(SHORT_RETRY_S * 2.0 ** min(slot.failures, 10), LONGEST_RETRY_S, slot.period_s())
        delay = max(patience, retry_after_s or 0.0)
        slot.failures += 1
        slot.set_due(delay)
        return delay

    def pause(self, until: datetime | None) -> None:
        """Name nothing until then (aware UTC), or until `resume` where that is None."""
        self._is_paused, self._paused_until = True, until

    def resume(self) -> None:
        """Go on; what came due meanwhile is due now."""
        self._is_paused, self._paused_until = False, None

    @property
    def is_paused(self) -> bool:
        """Whether a pause lasts; one whose time has come ends here."""
        if self._is_paused and self._paused_until is not None and self._clock.now() >= self._paused_until:
            self.resume()
        return self._is_paused

    def next_due_at(self, name: str) -> datetime | None:
        """When it comes due next (aware UTC); None where it is not planned."""
        slot = self._slots.get(name)
        return None if slot is None else self._clock.now() + timedelta(seconds=slot.seconds_left())

    def seconds_left(self, at_most: float) -> float:
        """Until anything is due, `at_most` where that is later or nothing is planned."""
        if self.is_paused or not self._slots:
            return at_most
        return min(at_most, *(slot.seconds_left() for slot in self._slots.values()))

    def _add(self, slot: _Slot, first_in_s: float) -> None:
        self._slots[slot.name] = slot
        slot.do(self._due.append, slot.name)
        slot.set_due(first_in_s)


def _seconds_until(at: time, zone: tzinfo | None, now: datetime) -> float:
    """Seconds from `now` (aware) to the next time of day `at` in a zone; None is this computer's."""
    today = now.astimezone(zone).date()
    for later in range(3):
        naive = datetime.combine(today + timedelta(days=later), at)
        moment = naive.astimezone() if zone is None else naive.replace(tzinfo=zone)
        if moment > now:
            return (moment - now).total_seconds()
    return 86_400.0
