"""Pacing ahead of the limits: no window ever holds too many calls, and nobody waits for nothing."""

from __future__ import annotations

import threading
from bisect import bisect_left

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.clients.pacing import CLINIKO_LIMIT, Limit, Pacer
from app.clock import SystemClock
from app.errors import Cancelled
from tests.app.owned_clock import OwnedClock


def fullest_window(moments: list[float], window_s: float) -> int:
    """The most moments any half-open window of this length holds."""
    ordered = sorted(moments)
    return max(bisect_left(ordered, start + window_s) - number for number, start in enumerate(ordered))


def test_1800_calls_take_nine_windows() -> None:
    """Performance (a): at the whole limit 1,800 calls are nine bursts of 200, never refused, within 540 s."""
    clock = OwnedClock()
    pacer = Pacer(CLINIKO_LIMIT, clock, share_percent=100)
    began = clock.monotonic()
    moments = []
    for _ in range(1800):
        permit = pacer.acquire()
        moments.append(clock.monotonic())
        permit.done()
    assert fullest_window(moments, 60.0) == 200
    assert moments[199] == began, "a free window is used at once"
    assert 480 <= moments[-1] - began <= 540


def test_latency_is_covered_by_calls_in_flight() -> None:
    """Performance (a): with answers after 0.9 s and three calls in flight the pace of the limit is kept."""
    clock = OwnedClock()
    pacer = Pacer(CLINIKO_LIMIT, clock, share_percent=100)
    began = clock.monotonic()
    in_flight = []
    for _ in range(1800):
        if len(in_flight) == 3:
            permit, ends = in_flight.pop(0)
            clock.passes(max(0.0, ends - clock.monotonic()))
            permit.done()
        permit = pacer.acquire()
        in_flight.append((permit, clock.monotonic() + 0.9))
    assert clock.monotonic() - began <= 594


@given(
    calls=st.integers(1, 12),
    window_s=st.sampled_from([1.0, 6.0, 10.0, 60.0]),
    share=st.integers(1, 100),
    steps=st.lists(st.tuples(st.floats(0, 8), st.floats(0, 3), st.floats(0, 1)), min_size=1, max_size=60),
)
@settings(max_examples=150, deadline=None)
def test_no_window_at_the_service_exceeds_the_limit(
    calls: int, window_s: float, share: int, steps: list[tuple[float, float, float]]
) -> None:
    """I7: whenever within a call the service counts it, no window holds more than the share of the limit."""
    clock = OwnedClock()
    pacer = Pacer(Limit(calls, window_s), clock, share)
    allowed = max(1, calls * share // 100)
    counted = []
    for pause, latency, part in steps:
        clock.passes(pause)
        before = clock.monotonic()
        permit = pacer.acquire()
        assert clock.monotonic() - before <= window_s * 1.01 + 0.01, "nobody starves"
        sent = clock.monotonic()
        clock.passes(latency)
        permit.done()
        counted.append(sent + latency * part)
    assert fullest_window(counted, window_s) <= allowed


def test_threads_share_one_limit() -> None:
    """I7: reader threads and the writer together stay within the limit."""
    clock = SystemClock()
    pacer = Pacer(Limit(10, 0.25), clock, 100)
    moments: list[float] = []
    guard = threading.Lock()

    def work() -> None:
        for _ in range(8):
            permit = pacer.acquire()
            with guard:
                moments.append(clock.monotonic())
            permit.done()

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(moments) == 40
    assert fullest_window(moments, 0.25) <= 10


def test_a_refusal_pauses_everyone_and_slows_for_a_while() -> None:
    """I7: after a 429 nobody calls until the wait is over, then only half of the limit is used."""
    clock = OwnedClock()
    pacer = Pacer(Limit(10, 10.0), clock, 100)
    pacer.pause(4.0)
    began = clock.monotonic()
    moments = []
    for _ in range(6):
        permit = pacer.acquire()
        moments.append(clock.monotonic() - began)
        permit.done()
    assert moments[0] == pytest.approx(4.0, abs=0.02)
    assert moments[4] < 5.0 and moments[5] >= 14.0
    clock.passes(100)
    before = clock.monotonic()
    for _ in range(10):
        pacer.acquire().done()
    assert clock.monotonic() == before, "later the whole limit is used again"


def test_calls_of_an_earlier_process_count() -> None:
    """I7: what the service has counted already in this window is not spent a second time."""
    clock = OwnedClock()
    pacer = Pacer(Limit(100, 10.0), clock, 100)
    pacer.acquire().done()
    pacer.learn_used(98)
    pacer.learn_used(40)
    assert pacer.in_window == 98
    pacer.learn_limit(190)
    pacer.learn_limit(0)
    assert pacer.limit.calls == 190


def test_a_next_process_may_know_of_the_last() -> None:
    """I7: calls of a process that has just ended count until their window is over."""
    clock = OwnedClock()
    pacer = Pacer(Limit(10, 60.0), clock, 100)
    pacer.assume(8, ago_s=50.0)
    pacer.assume(500, ago_s=100.0)
    began = clock.monotonic()
    for _ in range(3):
        pacer.acquire().done()
    assert 10.0 <= clock.monotonic() - began <= 10.1


def test_waiting_ends_at_once_when_asked_to_stop() -> None:
    """Cancel acts at once, also while waiting for the limit; the place in the queue is freed."""
    stop = threading.Event()
    pacer = Pacer(Limit(1, 30.0), SystemClock(), 100)
    pacer.acquire(stop).done()
    threading.Timer(0.05, stop.set).start()
    with pytest.raises(Cancelled):
        pacer.acquire(stop)
    assert pacer._queue == type(pacer._queue)()
