"""The loopback server: keep-alive, headers, recorded calls, up and down."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import requests

from app.sandbox.server import Reply, Request, RunningServer, serve


class Echo:
    """Answers with what it was asked."""

    def handle(self, request: Request) -> Reply:
        if request.path == "/fails":
            raise RuntimeError("on purpose")
        if request.path == "/nothing":
            return Reply(204)
        if request.path == "/page":
            return Reply(200, "<p>hello</p>")
        filler = "x" * 3000 if request.path == "/long" else ""
        return Reply(
            200,
            {
                "method": request.method,
                "path": request.path,
                "query": list(request.query),
                "agent": request.headers.get("user-agent", ""),
                "body": request.body.decode(),
                "filler": filler,
            },
        )


@pytest.fixture
def server() -> Iterator[RunningServer]:
    """A running echo."""
    with serve(Echo()) as running:
        yield running


@pytest.fixture
def session() -> Iterator[requests.Session]:
    """A session that is closed."""
    with requests.Session() as opened:
        yield opened


def test_a_call_arrives_whole(server: RunningServer, session: requests.Session) -> None:
    """Performance, reliability: method, decoded path, repeated query names, lower-case headers and body."""
    url = f"{server.base_url}/a%20b?q%5B%5D=x:%3E%3D1&q[]=y:*"
    answer = session.post(url, data="bödy".encode(), headers={"User-Agent": "me"}).json()
    assert answer == {
        "method": "POST",
        "path": "/a b",
        "query": [["q[]", "x:>=1"], ["q[]", "y:*"]],
        "agent": "me",
        "body": "bödy",
        "filler": "",
    }


def test_answers_on_a_kept_connection_take_no_40_ms(server: RunningServer, session: requests.Session) -> None:
    """Performance: head and body leave in one packet, so a second call on a connection is not delayed."""
    session.get(server.base_url)
    started = time.perf_counter()
    for _ in range(20):
        session.get(server.base_url)
    assert (time.perf_counter() - started) / 20 < 0.2


def test_it_comes_up_and_goes_down_quickly(session: requests.Session) -> None:
    """Performance: a fixture costs milliseconds, open connections or not."""
    started = time.perf_counter()
    with serve(Echo()) as running:
        session.get(running.base_url)
    assert time.perf_counter() - started < 5


def test_the_date_header_tells_the_simulated_time(session: requests.Session) -> None:
    """R3: the floor of a pass is the Date header, so a moved clock must show there."""
    moment = datetime(2026, 10, 4, 2, 30, tzinfo=UTC)
    with serve(Echo(), now=lambda: moment) as running:
        for path in ("/", "/nothing", "/page"):
            assert session.get(running.base_url + path).headers["Date"] == "Sun, 04 Oct 2026 02:30:00 GMT"


def test_gzip_only_where_asked_for(server: RunningServer, session: requests.Session) -> None:
    """Reliability: compression follows Accept-Encoding."""
    asked = session.get(f"{server.base_url}/long", headers={"Accept-Encoding": "gzip"})
    plain = session.get(f"{server.base_url}/long", headers={"Accept-Encoding": "identity"})
    assert asked.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert asked.json() == plain.json()


def test_calls_are_recorded_with_their_status(server: RunningServer, session: requests.Session) -> None:
    """Performance: a test can count calls and see what they were answered."""
    session.get(f"{server.base_url}/one?a=1")
    session.delete(f"{server.base_url}/nothing")
    assert [(call.method, call.path, call.query, call.status) for call in server.calls] == [
        ("GET", "/one", (("a", "1"),), 200),
        ("DELETE", "/nothing", (), 204),
    ]
    server.forget_calls()
    assert server.calls == []


def test_a_failing_service_answers_500_and_is_noted(server: RunningServer, session: requests.Session) -> None:
    """I11: a fault of the simulator itself is never silent."""
    assert session.get(f"{server.base_url}/fails").status_code == 500
    assert "on purpose" in server.failures[0]


def test_latency_is_added_to_each_answer(session: requests.Session) -> None:
    """Performance: benchmarks ask for a network's delay."""
    with serve(Echo(), latency_s=0.05) as running:
        started = time.perf_counter()
        session.get(running.base_url)
        assert time.perf_counter() - started >= 0.05


def test_down_means_refused_and_up_means_the_same_port(
    server: RunningServer, session: requests.Session
) -> None:
    """Reliability: connection refused, then the service is back where it was."""
    url = server.base_url
    session.get(url)
    server.go_down()
    with pytest.raises(requests.ConnectionError):
        session.get(url)
    server.come_up()
    assert server.base_url == url
    assert session.get(url).status_code == 200


def test_a_taken_port_is_refused() -> None:
    """Command line: a port that is in use raises instead of being shared."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use|permission|Only one usage"):
            serve(Echo(), port=taken.getsockname()[1])
