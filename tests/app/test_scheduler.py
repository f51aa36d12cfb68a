"""When things are due: intervals, nights, retries, pauses, and every kind of jump of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scheduler import Scheduler
from tests.app.owned_clock import OwnedClock

MINUTES_15 = 900.0


def every_15_minutes(clock: OwnedClock) -> Scheduler:
    scheduler = Scheduler(clock)
    scheduler.every("sync", lambda: MINUTES_15)
    return scheduler


def test_an_execution_every_15_minutes() -> None:
    """R1: at once after the start, then every interval."""
    clock = OwnedClock()
    scheduler = every_15_minutes(clock)
    assert scheduler.take_due() == ["sync"]
    assert scheduler.take_due() == []
    clock.passes(899)
    assert scheduler.take_due() == []
    clock.passes(1)
    assert scheduler.take_due() == ["sync"]
    assert scheduler.next_due_at("sync") == clock.now() + timedelta(minutes=15)


def test_a_shorter_interval_counts_at_once() -> None:
    """A setting changed from 240 to 5 minutes does not wait four hours."""
    clock, minutes = OwnedClock(), [240]
    scheduler = Scheduler(clock)
    scheduler.every("sync", lambda: minutes[0] * 60)
    scheduler.take_due()
    clock.passes(60)
    minutes[0] = 5
    assert scheduler.take_due() == []
    clock.passes(300)
    assert scheduler.take_due() == ["sync"]


def test_a_computer_that_slept_catches_up_at_once() -> None:
    """The steady clock stands still in a sleep of two weeks; one run follows, not one for each missed."""
    clock = OwnedClock()
    scheduler = every_15_minutes(clock)
    scheduler.take_due()
    clock.is_set(14 * 86_400)
    assert scheduler.take_due() == ["sync"]
    assert scheduler.take_due() == []


def test_an_autumn_clock_change_stretches_nothing() -> None:
    """A wall clock that is set back by an hour: still 15 minutes between runs, not 75."""
    clock = OwnedClock()
    scheduler = every_15_minutes(clock)
    scheduler.take_due()
    clock.passes(60)
    clock.is_set(-3600)
    clock.passes(839)
    assert scheduler.take_due() == []
    clock.passes(1)
    assert scheduler.take_due() == ["sync"]


@given(
    st.lists(
        st.tuples(st.sampled_from(["awake", "set"]), st.floats(-100_000, 100_000, allow_nan=False)),
        max_size=40,
    )
)
def test_no_jump_stretches_or_doubles(moves: list[tuple[str, float]]) -> None:
    """Whatever the wall clock does: awake for an interval without a turn never happens, and turns come closer
    together than an interval only where the wall clock went on by one."""
    clock = OwnedClock(datetime(2030, 1, 1, tzinfo=UTC))
    scheduler = every_15_minutes(clock)
    scheduler.take_due()
    last_steady, last_wall = clock.steady, clock.wall
    for kind, seconds in moves:
        if kind == "awake":
            clock.passes(abs(seconds) % 2000)
        else:
            clock.is_set(seconds)
        due = scheduler.take_due()
        assert len(due) <= 1
        if due:
            awake, shown = clock.steady - last_steady, (clock.wall - last_wall).total_seconds()
            assert max(awake, shown) >= MINUTES_15 - 0.001
            last_steady, last_wall = clock.steady, clock.wall
        else:
            assert clock.steady - last_steady < MINUTES_15
            assert scheduler.seconds_left(1e9) <= MINUTES_15 + 0.001


@pytest.mark.parametrize("day", [datetime(2026, 10, 3, tzinfo=UTC), datetime(2026, 4, 4, tzinfo=UTC)])
def test_the_night_slot_keeps_the_clinics_time(day: datetime) -> None:
    """R83: once each local night, also over the two nights of the clock change in Sydney."""
    clock = OwnedClock(day)
    zone = ZoneInfo("Australia/Sydney")
    scheduler = Scheduler(clock)
    scheduler.daily("audit", time(2, 30), lambda: zone)
    turns = []
    for _ in range(4 * 24 * 4):
        clock.passes(MINUTES_15)
        if scheduler.take_due():
            turns.append(clock.now().astimezone(zone))
    assert [turn.day for turn in turns] == sorted({turn.day for turn in turns})
    assert len(turns) == 4
    assert all(abs(turn.hour * 60 + turn.minute - 150) <= 75 for turn in turns)


def test_a_missed_night_is_made_up_for() -> None:
    """A computer that was off at night does the nightly work when it starts."""
    clock = OwnedClock()
    scheduler = Scheduler(clock)
    scheduler.daily("audit", time(2, 30), lambda: UTC, last_at=clock.now() - timedelta(days=2))
    scheduler.daily("other", time(2, 30), lambda: UTC, last_at=clock.now() - timedelta(hours=2))
    assert scheduler.take_due() == ["audit"]


def test_short_retries_grow_and_honour_the_service() -> None:
    """Half a minute, a minute, two ...; never longer than the interval, nor shorter than asked for."""
    clock = OwnedClock()
    scheduler = every_15_minutes(clock)
    scheduler.take_due()
    assert [scheduler.try_again("sync") for _ in range(7)] == [30, 60, 120, 240, 480, 900, 900]
    assert scheduler.try_again("sync", retry_after_s=4000.0) == 4000
    clock.passes(3999)
    assert scheduler.take_due() == []
    clock.passes(1)
    assert scheduler.take_due() == ["sync"]
    scheduler.went_well("sync")
    assert scheduler.try_again("sync") == 30


def test_hurrying_never_delays() -> None:
    """Catching up brings the next turn forward, never back."""
    clock = OwnedClock()
    scheduler = every_15_minutes(clock)
    scheduler.take_due()
    scheduler.hurry("sync", 20.0)
    scheduler.hurry("sync", 500.0)
    clock.passes(20)
    assert scheduler.take_due() == ["sync"]
    scheduler.hurry("unknown")


def test_a_pause_ends_by_itself_or_when_told() -> None:
    """Paused for an hour: nothing comes due, then at once what was missed."""
    clock = OwnedClock()
    scheduler = every_15_minutes(clock)
    scheduler.pause(clock.now() + timedelta(hours=1))
    clock.passes(3599)
    assert scheduler.take_due() == []
    clock.passes(1)
    assert scheduler.take_due() == ["sync"]
    scheduler.pause(None)
    clock.passes(100_000)
    assert scheduler.take_due() == []
    assert scheduler.seconds_left(5.0) == 5.0
    scheduler.resume()
    assert scheduler.take_due() == ["sync"]


def test_the_earliest_comes_first() -> None:
    """What has been due longest is named first."""
    clock = OwnedClock()
    scheduler = Scheduler(clock)
    scheduler.every("sync", lambda: MINUTES_15, first_in_s=30)
    scheduler.every("requests", lambda: 60.0, first_in_s=10)
    clock.passes(40)
    assert scheduler.take_due() == ["requests", "sync"]
