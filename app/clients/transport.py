"""Sends one call to one pinned service and brings back a usable answer or one of our errors.

Time-outs, retries, pacing, the budget of an execution and redaction live here; the only file that knows requests.
"""

from __future__ import annotations

import json
import logging
import os
import random
import ssl
import threading
import time
from collections.abc import Mapping
from functools import lru_cache
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any
from urllib.request import getproxies, proxy_bypass

from app.clients.addresses import BaseAddress, pinned
from app.clients.answers import Answer, BrokenAnswer, Unpacker, error_of_status, json_object, json_or_none
from app.clients.calls import MAIN, SEARCH, Call, given_up
from app.clients.pacing import Pacer
from app.clients.retries import RateWait, RetryRules, Trouble, next_wait, trouble_of_status
from app.clients.usage import Counter, Usage, header_number
from app.clients.watchdog import Watchdog, Watched
from app.clock import Clock
from app.errors import Cancelled

if TYPE_CHECKING:
    import requests

log = logging.getLogger(__name__)

CONNECT_S = 5.0
PIECE = 64 * 1024
REQUEST_ID_HEADERS = ("x-hubspot-correlation-id", "x-request-id")


class Transport:
    """The way to one service. Several threads may call at once; each uses a connection of its own meanwhile."""

    def __init__(
        self,
        service: str,
        base_url: str,
        headers: Mapping[str, str],
        clock: Clock,
        pacers: Mapping[str, Pacer],
        rate_wait: RateWait,
        *,
        stop: threading.Event | None = None,
        rules: RetryRules | None = None,
        dice: random.Random | None = None,
        grace_s: float = 3.0,
        connect_s: float = CONNECT_S,
    ) -> None:
        """`headers` go with every call (the key is among them). Raises AddressRefused before anything is sent (I9).

        `stop` ends waiting at once and a call in flight after `grace_s` seconds. `pacers` by lane; `main` is needed.
        """
        self.service = service
        self.stop = stop
        self.address: BaseAddress = pinned(base_url)
        self._headers = dict(headers)
        self._clock = clock
        self._pacers = dict(pacers)
        self._rate_wait = rate_wait
        self._rules = rules or RetryRules()
        self._dice = dice or random.Random()
        self._grace_s = grace_s
        self._connect_s = connect_s
        self._counter = Counter(service, clock)
        self._watchdog = Watchdog()
        self._lock = threading.Lock()
        self._idle: list[requests.Session] = []
        self._is_closed = False

    def __repr__(self) -> str:
        return f"Transport({self.service!r}, {self.address.origin!r})"

    # what callers use

    def start_budget(self, calls: int | None) -> None:
        """From now on at most so many calls, repeated ones included; then BudgetSpent (I7)."""
        self._counter.start_budget(calls)

    @property
    def calls(self) -> int:
        """Calls sent so far, repeated ones included."""
        return self._counter.calls

    def usage(self) -> Usage:
        """Counts and what the service said about its limits."""
        return self._counter.usage()

    def pause_s(self, seconds: float) -> None:
        """Wait on the clock that was handed in. Raises Cancelled when a person asks to stop."""
        if self._clock.sleep(seconds, self.stop):
            raise Cancelled(f"stopped while waiting for {self.service}")

    def close(self) -> None:
        """Close the connections that are not in use."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for session in idle:
            session.close()

    def send(self, call: Call) -> Answer:
        """Send until there is an answer, within the rules.

        Raises KeysRefused (401), RightsMissing (403), RequestRefused (other 4xx, body kept), ServiceUnavailable,
        RateLimited, OutcomeUnknown (a write that may have happened), BudgetSpent, Cancelled.
        """
        started = self._clock.monotonic()
        tries = 0
        may_have_acted = False
        while True:
            result = self._try_once(call, tries + 1)
            tries += 1
            if isinstance(result, Answer):
                return result
            may_have_acted = may_have_acted or not result.unsent
            most = min(result.tries, call.tries or result.tries)
            if tries >= most or (may_have_acted and not call.is_repeatable):
                raise given_up(self.service, call, result, may_have_acted)
            wait = next_wait(result, tries, self._clock.monotonic() - started, self._rules, self._dice)
            if wait is None:
                raise given_up(self.service, call, result, may_have_acted)
            log.info("%s %s: %s, try %d, again in %.1f s", self.service, call.where, result.what, tries, wait)
            if result.is_rate_limit:
                self._hold_back(call, wait)
            self.pause_s(wait)

    def _hold_back(self, call: Call, wait_s: float) -> None:
        """Keep other threads from running into the same refusal; a search's own second concerns searches only."""
        for lane in call.lanes:
            if lane == SEARCH or SEARCH not in call.lanes or wait_s >= self._pacers[MAIN].limit.window_s / 2:
                self._pacers[lane].pause(wait_s)

    # one try

    def _try_once(self, call: Call, number: int) -> Answer | Trouble:
        if self.stop is not None and self.stop.is_set():
            raise Cancelled(f"stopped before {call.where}")
        permits = [self._pacers[lane].acquire(self.stop) for lane in call.lanes]
        watched = self._watchdog.watch(self._connect_s + 1.5 * call.timeout_s, self.stop, self._grace_s)
        began = time.monotonic()
        try:
            self._counter.spend()
            result = self._exchange(call, number, watched)
        finally:
            self._watchdog.release(watched)
            for permit in permits:
                permit.done()
        if watched.cut_for == "stop" and not isinstance(result, Answer):
            raise Cancelled(f"stopped during {call.where}")
        log.debug("%s %s: %.3f s", self.service, call.where, time.monotonic() - began)
        return result

    def _exchange(self, call: Call, number: int, watched: Watched) -> Answer | Trouble:
        import requests
        from urllib3.exceptions import HTTPError

        session = self._session(call)
        is_reusable = False
        _in_flight.watched = watched
        try:
            response = session.send(
                self._prepared(call),
                stream=True,
                timeout=(self._connect_s, call.timeout_s),
                allow_redirects=False,
                verify=_authorities(),
                proxies=self._proxies(),
            )
            try:
                headers = {name.lower(): value for name, value in response.headers.items()}
                raw = _read(response, headers, watched)
            finally:
                response.close()
            is_reusable = True
        except BrokenAnswer as broken:
            return self._broken(str(broken), watched)
        except (requests.RequestException, HTTPError, HTTPException, OSError) as failure:
            return _connection_trouble(failure, watched)
        finally:
            _in_flight.watched = None
            self._give_back(session, is_reusable)
        return self._judge(call, number, response.status_code, headers, raw)

    def _judge(
        self, call: Call, number: int, status: int, headers: Mapping[str, str], raw: bytes
    ) -> Answer | Trouble:
        self._learn(call, status, headers)
        if 300 <= status < 400:
            return Trouble("redirected", status, True, None)
        if status >= 400:
            body = json_or_none(raw)
            trouble = trouble_of_status(
                status, headers, body, number, self._clock.now(), self._rate_wait, self._rules
            )
            if trouble is not None:
                return trouble
            request_id = next((headers[name] for name in REQUEST_ID_HEADERS if name in headers), "")
            raise error_of_status(self.service, status, call.where, request_id[:64], body, call.right)
        if not call.reads_body:
            return Answer(status, headers, {})
        try:
            return Answer(status, headers, json_object(raw))
        except BrokenAnswer as broken:
            return Trouble(f"sent an answer that is {broken}", None)

    def _broken(self, words: str, watched: Watched) -> Trouble:
        if watched.cut_for:
            return Trouble("did not answer in time")
        return Trouble(f"sent an answer that is {words}", tries=2 if "larger" in words else self._rules.tries)

    def _learn(self, call: Call, status: int, headers: Mapping[str, str]) -> None:
        self._counter.heard(status, headers)
        most = header_number(headers, "x-hubspot-ratelimit-max")
        if most is None or SEARCH in call.lanes:
            return
        pacer = self._pacers[MAIN]
        pacer.learn_limit(most)
        left = header_number(headers, "x-hubspot-ratelimit-remaining")
        if left is not None and 0 <= left < most:
            pacer.learn_used(most - left)

    # connections

    def _prepared(self, call: Call) -> requests.PreparedRequest:
        import requests

        headers = dict(self._headers)
        data = None
        if call.body is not None:
            data = json.dumps(call.body, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")
            headers["Content-Type"] = "application/json"
        prepared = requests.Request(call.method, self.address.origin, headers=headers, data=data).prepare()
        # Set afterwards, so that our own percent-encoding arrives as it is.
        prepared.url = f"{self.address.origin}{self.address.prefix}{call.target}"
        return prepared

    def _session(self, call: Call) -> requests.Session:
        # A kept connection may be dying: what must not be sent twice goes over a new one.
        if call.is_repeatable:
            with self._lock:
                if self._idle:
                    return self._idle.pop()
        return _new_session()

    def _give_back(self, session: requests.Session, is_reusable: bool) -> None:
        with self._lock:
            if is_reusable and not self._is_closed:
                self._idle.append(session)
                return
        session.close()

    def _proxies(self) -> dict[str, str]:
        # A proxy only tunnels TLS and never sees the key; plain http stays on this computer.
        if self.address.scheme != "https" or self.address.is_loopback or proxy_bypass(self.address.host):
            return {}
        proxy = getproxies().get("https")
        return {"https": proxy} if proxy else {}


class _InFlight(threading.local):
    """The call the present thread is busy with, so that a new connection can be watched from its birth."""

    watched: Watched | None = None


_in_flight = _InFlight()


def _authorities() -> bool | str:
    """Where the trusted certificates are: the bundled ones, or the file the system's owner names."""
    named = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("SSL_CERT_FILE") or ""
    return named if named and os.path.exists(named) else True  # noqa: PTH110


def _read(response: requests.Response, headers: Mapping[str, str], watched: Watched) -> bytes:
    unpacker = Unpacker(headers.get("content-encoding", ""))
    # read1 returns what is there; read would sit through a drip until the piece is full.
    while piece := response.raw.read1(PIECE, decode_content=False):
        unpacker.feed(piece)
    if watched.cut_for:
        raise BrokenAnswer("cut short")
    return unpacker.whole()


def _connection_trouble(failure: Exception, watched: Watched) -> Trouble:
    """What a failed connection means: never the failure's own text, which repeats the query (I6)."""
    import requests

    if watched.cut_for:
        return Trouble("did not answer in time")
    causes = _causes(failure)
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return Trouble("has a problem with its certificate", None, True, None)
    if isinstance(failure, requests.ConnectTimeout) or _never_connected(causes):
        return Trouble("cannot be reached", None, True)
    if isinstance(failure, requests.Timeout):
        return Trouble("did not answer in time", tries=3)
    return Trouble("broke the connection")


def _never_connected(causes: list[BaseException]) -> bool:
    from urllib3.exceptions import NameResolutionError, NewConnectionError, ProxyError

    return any(isinstance(cause, NewConnectionError | NameResolutionError | ProxyError) for cause in causes)


def _causes(failure: BaseException) -> list[BaseException]:
    """The failure and what it wraps, each once."""
    found: list[BaseException] = []
    waiting: list[BaseException | None] = [failure]
    while waiting:
        each = waiting.pop()
        if each is None or each in found:
            continue
        found.append(each)
        waiting += [each.__cause__, each.__context__, getattr(each, "reason", None)]
        waiting += [inner for inner in each.args if isinstance(inner, BaseException)]
    return found


def _new_session() -> requests.Session:
    """A session that knows no netrc file, keeps no cookies, and lets the watchdog see its connections."""
    import requests

    session = requests.Session()
    # With trust_env a netrc file would replace our Authorization header.
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.clear()
    adapter = _adapter_class()(pool_connections=1, pool_maxsize=1, max_retries=0)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


@lru_cache(maxsize=1)
def _adapter_class() -> type[requests.adapters.HTTPAdapter]:
    """Made on first use, since requests and urllib3 are read late."""
    from requests.adapters import HTTPAdapter
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
    from urllib3.connection import HTTPConnection, HTTPSConnection

    def show(connection: HTTPConnection) -> None:
        watched, sock = _in_flight.watched, connection.sock
        if watched is not None and sock is not None:
            watched.carries(sock)

    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            show(self)

        def request(self, *args: Any, **named: Any) -> None:
            show(self)
            super().request(*args, **named)

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            show(self)

        def request(self, *args: Any, **named: Any) -> None:
            show(self)
            super().request(*args, **named)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    class WatchedAdapter(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **named: Any) -> None:
            super().init_poolmanager(*args, **named)
            self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}

        def proxy_manager_for(self, *args: Any, **named: Any) -> Any:
            manager = super().proxy_manager_for(*args, **named)
            manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
            return manager

    return WatchedAdapter
