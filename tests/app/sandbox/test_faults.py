"""Trouble on order, met over real HTTP."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
import requests

from app.sandbox.faults import Faults, Kind
from app.sandbox.server import Reply, Request, RunningServer, serve


class Counter:
    """Counts what it has done."""

    def __init__(self) -> None:
        self.done = 0

    def handle(self, request: Request) -> Reply:
        self.done += 1
        return Reply(200, {"done": self.done, "filler": "x" * 500})


@pytest.fixture
def counter() -> Counter:
    """A service that counts."""
    return Counter()


@pytest.fixture
def server(counter: Counter) -> Iterator[RunningServer]:
    """The counter, running."""
    with serve(counter) as running:
        yield running


def fetch(server: RunningServer, path: str = "/x", timeout: float = 5) -> requests.Response:
    with requests.Session() as session:
        return session.get(server.base_url + path, timeout=timeout, allow_redirects=False)


@pytest.mark.parametrize(("kind", "done"), [("reset", 0), ("refused", 0), ("lost", 1)])
def test_a_reset_before_and_after_the_act(
    server: RunningServer, counter: Counter, kind: str, done: int
) -> None:
    """I1: a lost answer leaves its deed behind, a reset before it does not."""
    server.faults.add(kind=kind)
    with pytest.raises(requests.ConnectionError):
        fetch(server)
    assert counter.done == done
    assert server.calls[0].status == 0
    assert fetch(server).status_code == 200


def test_no_answer_until_the_client_gives_up(server: RunningServer) -> None:
    """Reliability: no answer until the time-out."""
    server.faults.add(kind="timeout", seconds=30)
    with pytest.raises(requests.Timeout):
        fetch(server, timeout=0.1)


def test_closing_ends_a_time_out() -> None:
    """Reliability: a hanging call does not outlive its server."""
    running = serve(Counter())
    running.faults.add(kind="timeout", seconds=30)
    raised: list[Exception] = []

    def call() -> None:
        try:
            fetch(running)
        except requests.ConnectionError as error:
            raised.append(error)

    waiting = threading.Thread(target=call)
    waiting.start()
    deadline = time.monotonic() + 5
    while not running.calls and time.monotonic() < deadline:
        time.sleep(0.005)
    running.close()
    waiting.join(2)
    assert not waiting.is_alive()
    assert raised


def test_a_truncated_body_after_the_act(server: RunningServer, counter: Counter) -> None:
    """Reliability: half an answer, the deed done."""
    server.faults.add(kind="truncated")
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        fetch(server)
    assert counter.done == 1


def test_html_and_an_empty_body_instead_of_json(server: RunningServer) -> None:
    """Reliability: 200 with a page, 200 with nothing."""
    server.faults.add(kind="html")
    server.faults.add(kind="empty")
    page, empty = fetch(server), fetch(server)
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert (empty.status_code, empty.content) == (200, b"")


def test_429_with_and_without_headers(server: RunningServer) -> None:
    """I7: told how long to wait, and not told."""
    server.faults.add(kind=429, seconds=3)
    server.faults.add(kind=Kind.BARE_429)
    told, bare = fetch(server), fetch(server)
    assert told.headers["Retry-After"] == "3"
    assert int(told.headers["X-RateLimit-Reset"]) >= time.time()
    assert bare.status_code == 429
    assert not {"Retry-After", "X-RateLimit-Reset"} & set(bare.headers)


def test_477_says_when_to_come_back(server: RunningServer) -> None:
    """Reliability: 477 with Retry-After."""
    server.faults.add(kind=477, seconds=7)
    assert fetch(server).headers["Retry-After"] == "7"


@pytest.mark.parametrize("status", [401, 403, 422, 423, 500, 502, 503, 504, 521, 522, 523, 524])
def test_each_status(server: RunningServer, counter: Counter, status: int) -> None:
    """Reliability: every status of the list, before the act unless asked otherwise."""
    server.faults.add(kind=status)
    server.faults.add(kind=status, after_act=True, body={"message": "own words"})
    assert (fetch(server).status_code, counter.done) == (status, 0)
    second = fetch(server)
    assert (second.status_code, second.json(), counter.done) == (status, {"message": "own words"}, 1)


def test_a_gzip_bomb_is_small_on_the_wire(server: RunningServer) -> None:
    """Reliability: gzip bombs."""
    server.faults.add(kind="gzip_bomb", megabytes=8)
    with requests.Session() as session, session.get(server.base_url, stream=True, timeout=5) as answer:
        assert int(answer.headers["Content-Length"]) < 100_000
        assert sum(len(part) for part in answer.iter_content(65536)) > 8_000_000


def test_a_redirect_to_a_foreign_host(server: RunningServer) -> None:
    """I9: redirects are offered, to somewhere else."""
    server.faults.add(kind="redirect", status=307)
    answer = fetch(server)
    assert answer.status_code == 307
    assert answer.headers["Location"].startswith("https://elsewhere.example.test/")


def test_a_slow_drip_takes_its_time(server: RunningServer) -> None:
    """Reliability: an answer that trickles."""
    server.faults.add(kind="slow_drip", seconds=0.2)
    started = time.perf_counter()
    assert fetch(server).json()["done"] == 1
    assert time.perf_counter() - started >= 0.2


def test_only_matching_calls_are_struck(server: RunningServer) -> None:
    """Reliability: by method and path or by a function, so many times, sparing the first."""
    server.faults.add(match=("GET", r"^/a"), kind=500, times=2, skip=1)
    server.faults.add(match=lambda request: request.path == "/b", kind=503, times=None)
    assert [fetch(server, path).status_code for path in ("/c", "/a", "/a1", "/a", "/a")] == [
        200,
        200,
        500,
        500,
        200,
    ]
    assert [fetch(server, "/b").status_code for _ in range(3)] == [503] * 3
    assert server.faults.pending == 1
    server.faults.clear()
    assert fetch(server, "/b").status_code == 200


def test_a_seed_strikes_the_same_calls() -> None:
    """Reliability: random seeded schedules can be played again."""

    def strokes(seed: int) -> list[tuple[int, Kind, bool]]:
        faults = Faults.random(seed, 0.3)
        for _ in range(200):
            faults.take(Request("GET", "/"))
        return [(one.number, one.fault.kind, one.fault.after_act) for one in faults.struck]

    assert strokes(7) == strokes(7)
    assert strokes(7) != strokes(8)
    assert 30 < len(strokes(7)) < 90


def test_random_trouble_ends_where_told() -> None:
    """I3: faults end, so that one more execution can be seen to heal."""
    faults = Faults.random(1, 1.0, kinds=[500], until_call=5)
    struck = [faults.take(Request("GET", "/")) is not None for _ in range(10)]
    assert struck == [True] * 5 + [False] * 5
