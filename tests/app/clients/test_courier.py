"""One call over a real socket: what comes back, what is tried again, what is cut, and what is never said."""

from __future__ import annotations

import gzip
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.clients.calls import MAIN, Call, TookTooLong
from app.clients.courier import Courier
from app.clients.pacing import Limit, Pacer
from app.clients.retries import RetryRules, cliniko_rate_wait
from app.clients.transport import Transport
from app.clock import Clock, SystemClock
from app.errors import (
    BudgetSpent,
    Cancelled,
    KeysRefused,
    OutcomeUnknown,
    RateLimited,
    RequestRefused,
    RightsMissing,
    ServiceUnavailable,
)
from tests.app.clients.small_server import Asked, Say, SmallServer, reset, small_server
from tests.app.owned_clock import OwnedClock

SECRET = "Basic c2VjcmV0LWtleQ=="
READ = Call("GET", "/patients", [("q[]", "email:=ana@example.test")])
CREATE = Call("POST", "/patients", body={"first_name": "Ana"}, is_repeatable=False)
UPDATE = Call("PATCH", "/patients/5", body={"first_name": "Ana"})

Make = Callable[..., Courier]


@pytest.fixture
def courier(clock: OwnedClock) -> Iterator[Make]:
    """Makes couriers whose waiting passes at once."""
    made: list[Courier] = []

    def make(
        server: SmallServer | str, clock: Clock = clock, rules: RetryRules | None = None, **more: Any
    ) -> Courier:
        base_url = server if isinstance(server, str) else server.base_url + "/v1"
        pacers = {MAIN: Pacer(Limit(1000, 1.0), clock, 100)}
        way = Transport(base_url, {"Authorization": SECRET, "Accept": "x"}, **more)
        made.append(Courier("Cliniko", way, clock, pacers, cliniko_rate_wait(60.0), rules=rules))
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_exact_query_and_headers(courier: Make) -> None:
    """apis: `q[]` arrives as q%5B%5D with every operator encoded; the key and a JSON content type go along."""
    with small_server([Say(body={"ok": 1})]) as server:
        way = courier(server)
        way.send(Call("GET", "/x", [("q[]", "a:>=1%~+"), ("q[]", "b:*"), ("sort", "id")]))
        way.send(UPDATE)
    assert server.asked[0].target == "/v1/x?q%5B%5D=a%3A%3E%3D1%25%7E%2B&q%5B%5D=b%3A%2A&sort=id"
    assert server.asked[0].headers["authorization"] == SECRET
    assert "content-type" not in server.asked[0].headers
    assert server.asked[1].headers["content-type"] == "application/json"
    assert server.asked[1].json == {"first_name": "Ana"}


def test_connections_are_kept(courier: Make) -> None:
    """Performance: calls one after another travel over one connection."""
    ports = set()
    with small_server([Say()]) as server:
        way = courier(server)
        for _ in range(3):
            way.send(READ)
            ports.add(len(way._transport._idle))
    assert ports == {1}


def test_odd_text_travels(courier: Make) -> None:
    """reliability: right-to-left, control characters and halves of a pair do not break a call."""
    with small_server([Say()]) as server:
        courier(server).send(Call("PATCH", "/p/1", body={"x": "שלום \u202e \x00 \ud800 é"}))
    assert server.asked[0].json == {"x": "שלום \u202e \x00 ? é"}


@pytest.mark.parametrize(
    "bad",
    [
        Say(500, b"oops"),
        Say(502, b"<html>"),
        Say(503, {}),
        Say(504, {}),
        Say(524, b""),
        Say(423, {}),
        Say(429, {}, {"Retry-After": "2"}),
        Say(477, {}, {"Retry-After": "20"}),
        Say(200, b"<html><body>maintenance</body></html>"),
        Say(200, b""),
        Say(200, b'{"patients": ['),
        Say(200, b"[]"),
        Say(200, b"[" * 100_000),
        Say(200, b"xx", {"Content-Encoding": "gzip"}),
        Say(200, gzip.compress(b'{"a": 1}')[:-12], {"Content-Encoding": "gzip"}),
        Say(200, b"{}", {"Content-Encoding": "br"}),
        Say(raw_socket=reset),
        Say(
            raw_socket=lambda connection: connection.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}"
            )
        ),
        Say(
            raw_socket=lambda connection: connection.sendall(
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}"
            )
        ),
        Say(raw_socket=lambda connection: connection.sendall(b"no http at all\r\n\r\n")),
    ],
)
def test_reads_and_repeatable_writes_outlast_one_fault(courier: Make, bad: Say) -> None:
    """I3: every passing fault is outlasted by trying again."""
    for call in (READ, UPDATE):
        with small_server([bad, Say(body={"id": "1"})]) as server:
            assert courier(server).send(call).body == {"id": "1"}
            assert len(server.asked) == 2


@pytest.mark.parametrize(
    "bad", [Say(500, {}), Say(502, {}), Say(504, {}), Say(200, b""), Say(raw_socket=reset)]
)
def test_a_create_is_never_sent_twice(courier: Make, bad: Say) -> None:
    """I1: where a create may have happened it is not repeated; its outcome is unknown."""
    with small_server([bad, Say(201, {"id": "1"})]) as server:
        with pytest.raises(OutcomeUnknown):
            courier(server).send(CREATE)
        assert len(server.asked) == 1


@pytest.mark.parametrize("bad", [Say(429, {}), Say(423, {})])
def test_a_create_refused_before_acting_is_sent_again(courier: Make, bad: Say) -> None:
    """I3: a create that was turned away for pace has not happened."""
    with small_server([bad, Say(201, {"id": "1"})]) as server:
        assert courier(server).send(CREATE).status == 201


def test_nobody_there(courier: Make, clock: OwnedClock) -> None:
    """Exit 5: a refused connection is tried a few times, soon given up, and a create is known not to have happened."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        way = courier(f"http://127.0.0.1:{taken.getsockname()[1]}")
        began = clock.monotonic()
        for call in (READ, CREATE):
            with pytest.raises(ServiceUnavailable) as failure:
                way.send(call)
            assert not isinstance(failure.value, OutcomeUnknown)
        assert way.calls == 8
        assert clock.monotonic() - began < 40


def test_patience_ends(courier: Make) -> None:
    """I7: a service that stays broken is left alone after three or four tries; a write's outcome is unknown."""
    with small_server([Say(500, {})]) as server:
        with pytest.raises(ServiceUnavailable):
            courier(server).send(READ)
        assert len(server.asked) == 3
        with pytest.raises(OutcomeUnknown):
            courier(server).send(UPDATE)
    with small_server([Say(504, {})]) as server, pytest.raises(TookTooLong):
        courier(server).send(UPDATE)


def test_a_long_move_is_waited_out_by_others(courier: Make) -> None:
    """477 with a long Retry-After: told upwards at once, with the time."""
    with small_server([Say(477, {}, {"Retry-After": "7200"})]) as server:
        with pytest.raises(ServiceUnavailable) as failure:
            courier(server).send(READ)
        assert failure.value.retry_after_s == 7200
        assert "asks to wait" in failure.value.sentence
        assert len(server.asked) == 1


def test_an_endless_429(courier: Make, clock: OwnedClock) -> None:
    """I7: a limit that never frees ends as RateLimited after a little more than two minutes."""
    with small_server([Say(429, {})]) as server:
        began = clock.monotonic()
        with pytest.raises(RateLimited) as failure:
            courier(server).send(READ)
        assert "limit is used up" in failure.value.sentence
        assert clock.monotonic() - began <= 140
        assert len(server.asked) <= 7
        assert courier(server).calls == 0


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_refused(courier: Make, status: int) -> None:
    """I9: the key goes nowhere else, even when the service itself says so."""
    with small_server([Say()]) as other:
        with small_server([Say(status, {}, {"Location": other.base_url})]) as server:
            with pytest.raises(ServiceUnavailable) as failure:
                courier(server).send(READ)
            assert len(server.asked) == 1
            assert "another address" in failure.value.sentence
        assert other.asked == []


def test_statuses_become_our_errors(courier: Make) -> None:
    """401 and 403 name service and right; other refusals keep status and body."""
    scopes = {"errors": [{"context": {"requiredGranularScopes": ["crm.objects.deals.read"]}}]}
    with small_server([Say(401, b"<html>")]) as server, pytest.raises(KeysRefused) as keys:
        courier(server).send(READ)
    assert keys.value.service == "Cliniko"
    for body, rights in (
        (scopes, ("crm.objects.deals.read",)),
        (scopes["errors"][0], ("crm.objects.deals.read",)),
        ({}, ("invoices",)),
    ):
        with small_server([Say(403, body)]) as server, pytest.raises(RightsMissing) as right:
            courier(server).send(Call("GET", "/invoices", right="invoices"))
        assert right.value.rights == rights
    with small_server([Say(422, {"errors": {"email": "x"}}, {"X-Request-Id": "r-1"})]) as server:
        with pytest.raises(RequestRefused) as refused:
            courier(server).send(CREATE)
        assert len(server.asked) == 1
    assert (refused.value.status, refused.value.body) == (422, {"errors": {"email": "x"}})
    assert "r-1" in str(refused.value)


def test_bombs_are_not_unpacked(courier: Make) -> None:
    """reliability: a small answer that swells beyond all measure is dropped while it swells."""
    bomb = gzip.compress(b'{"a": "' + b" " * (80 * 1024 * 1024) + b'"}', 9)
    with (
        small_server([Say(200, bomb, {"Content-Encoding": "gzip"})]) as server,
        pytest.raises(ServiceUnavailable, match="larger"),
    ):
        courier(server).send(READ)


@pytest.mark.parametrize("where", ["head", "body"])
def test_a_drip_does_not_hold_a_call_for_ever(courier: Make, where: str) -> None:
    """reliability: a half-open or dripping connection ends at the call's own deadline."""

    def drip(connection: socket.socket) -> None:
        connection.sendall(
            b"HTTP/1.1 200 OK\r\n" + (b"Content-Length: 1000\r\n\r\n" if where == "body" else b"")
        )
        try:
            while not server.ending.wait(0.05):
                connection.sendall(b" " if where == "body" else b"X-A: b\r\n")
        except OSError:
            return

    with small_server([Say(raw_socket=drip)]) as server:
        way = courier(server, connect_s=0.1, rules=RetryRules(tries=1))
        began = time.monotonic()
        with pytest.raises(ServiceUnavailable, match="in time"):
            way.send(Call("GET", "/x", timeout_s=0.3, tries=1))
        assert time.monotonic() - began < 10


def test_silence_ends_with_the_time_out(courier: Make) -> None:
    """reliability: no answer until the time-out."""

    def nothing(connection: socket.socket) -> None:
        server.ending.wait(5)

    with (
        small_server([Say(raw_socket=nothing)]) as server,
        pytest.raises(ServiceUnavailable, match="in time"),
    ):
        courier(server).send(Call("GET", "/x", timeout_s=0.2, tries=1))


def test_stop_acts_between_calls_and_while_waiting(courier: Make) -> None:
    """Cancel acts at once: before a call, and in the middle of a long wait."""
    stop = threading.Event()
    with small_server([Say(503, {}, {"Retry-After": "60"})]) as server:
        way = courier(server, stop=stop, clock=SystemClock())
        threading.Timer(0.1, stop.set).start()
        began = time.monotonic()
        with pytest.raises(Cancelled):
            way.send(READ)
        with pytest.raises(Cancelled):
            way.send(READ)
        assert time.monotonic() - began < 15
        assert len(server.asked) == 1


def test_stop_lets_a_call_in_flight_finish(courier: Make) -> None:
    """Quit: what is in flight may finish; its answer is not thrown away."""
    stop = threading.Event()

    def answer(asked: Asked) -> Say:
        stop.set()
        time.sleep(0.2)
        return Say(body={"id": "7"})

    with small_server(answer) as server:
        assert courier(server, stop=stop).send(READ).body == {"id": "7"}


def test_stop_abandons_a_call_that_does_not_end(courier: Make) -> None:
    """Quit within 5 s: a call still in flight after the grace is cut."""
    stop = threading.Event()

    def silent(connection: socket.socket) -> None:
        stop.set()
        server.ending.wait(10)

    with small_server([Say(raw_socket=silent)]) as server:
        began = time.monotonic()
        with pytest.raises(Cancelled):
            courier(server, stop=stop, grace_s=0.2).send(UPDATE)
        assert time.monotonic() - began < 10


def test_the_budget_bounds_an_execution(courier: Make) -> None:
    """I7: repeated calls count; when all are used the execution ends."""
    with small_server([Say(500, {}), Say(), Say()]) as server:
        way = courier(server)
        way.start_budget(2)
        way.send(READ)
        with pytest.raises(BudgetSpent):
            way.send(READ)
        assert len(server.asked) == 2
        way.start_budget(None)
        way.send(READ)
        assert way.usage().calls == way.usage().calls_today == 3


def test_nothing_private_is_said(courier: Make, caplog: pytest.LogCaptureFixture) -> None:
    """I6: no key, query value or body in logs, error texts, reprs or chained errors."""
    caplog.set_level(logging.DEBUG)
    for bad in (
        Say(raw_socket=reset),
        Say(500, b"ana@example.test"),
        Say(400, {"message": "ana@example.test"}),
    ):
        with small_server([bad]) as server, pytest.raises(Exception) as failure:  # noqa: PT011
            courier(server).send(READ)
        chain: BaseException | None = failure.value
        while chain is not None:
            assert "ana@" not in str(chain) and "ana%40" not in str(chain)
            chain = chain.__cause__ or chain.__context__
    ours = "".join(record.getMessage() for record in caplog.records if record.name.startswith("app."))
    for private in ("ana", "c2VjcmV0", "example.test"):
        assert private not in ours
    assert "c2VjcmV0" not in repr(courier("https://api.example.test"))


def test_no_netrc_no_cookies(courier: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """I9: a netrc file cannot replace the key, and a cookie is not carried on."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login a password b\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    with small_server([Say(headers={"Set-Cookie": "a=b"})]) as server:
        way = courier(server)
        way.send(READ)
        way.send(READ)
    assert server.asked[1].headers["authorization"] == SECRET
    assert "cookie" not in server.asked[1].headers


def test_no_proxy_for_this_computer(courier: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """I9: what goes to this computer in the clear is never handed to a proxy."""
    for name in ("http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with small_server([Say()]) as server:
        assert courier(server).send(READ).status == 200


def test_threads_call_at_once(courier: Make) -> None:
    """Several readers and the writer share one transport."""
    with small_server(lambda asked: Say(body={"at": asked.target})) as server:
        way = courier(server, clock=SystemClock())
        got: dict[int, object] = {}

        def work(number: int) -> None:
            for _ in range(5):
                got[number] = way.send(Call("GET", f"/x/{number}")).body["at"]

        threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
    assert got == {number: f"/v1/x/{number}" for number in range(6)}
    assert way.calls == 30
