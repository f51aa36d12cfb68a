"""Carries one request to one pinned service and brings back what was said; the only file that knows requests.

Connections, time-outs, verified TLS and the bounds of an answer live here. What to make of an answer, and whether
to try again, is decided in `courier.py`.
"""

from __future__ import annotations

import json
import os
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.request import getproxies, proxy_bypass

from app.clients.addresses import BaseAddress, pinned
from app.clients.answers import BrokenAnswer, Unpacker
from app.clients.calls import Call
from app.clients.retries import Trouble
from app.clients.watchdog import Watchdog, Watched

CONNECT_S = 4.0
PIECE = 64 * 1024

STOPPED = "was not waited for any longer"
"""What a trouble is called when a person asked to stop."""


Session = Any
"""A requests.Session: that library is read late, so its names cannot stand in signatures."""


@dataclass(frozen=True)
class Said:
    """What a service said: header names in lower case, the body unpacked but not read."""

    status: int
    headers: Mapping[str, str]
    raw: bytes


class Transport:
    """Connections to one service. Several threads may send at once; each uses a connection of its own meanwhile."""

    def __init__(
        self,
        base_url: str,
        headers: Mapping[str, str],
        *,
        stop: threading.Event | None = None,
        grace_s: float = 4.0,
        connect_s: float = CONNECT_S,
    ) -> None:
        """`headers` go with every call (the key is among them). Raises AddressRefused before anything is sent (I9).

        Once `stop` is set, a call in flight may take `grace_s` seconds more.
        """
        self.address: BaseAddress = pinned(base_url)
        self.stop = stop
        self._headers = dict(headers)
        self._proxies = _proxies_for(self.address)
        self._grace_s = grace_s
        self._connect_s = connect_s
        self._watchdog = Watchdog()
        self._lock = threading.Lock()
        self._idle: list[Session] = []
        self._is_closed = False

    def __repr__(self) -> str:
        return f"Transport({self.address.origin!r})"

    def send(self, call: Call) -> Said | Trouble:
        """Send once. A redirect is an answer like any other: it is not followed (I9)."""
        watched = self._watchdog.watch(self._connect_s + 1.5 * call.timeout_s, self.stop, self._grace_s)
        try:
            return self._exchange(call, watched)
        finally:
            self._watchdog.release(watched)

    def close(self) -> None:
        """Close the connections that are not in use; those in use close when their call ends."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for session in idle:
            session.close()

    def _exchange(self, call: Call, watched: Watched) -> Said | Trouble:
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
                proxies=self._proxies,
            )
            try:
                headers = {name.lower(): value for name, value in response.headers.items()}
                raw = _read(response, headers, watched)
            finally:
                response.close()
            is_reusable = True
            return Said(response.status_code, headers, raw)
        except BrokenAnswer as broken:
            if watched.cut_for:
                return _cut(watched)
            return Trouble(f"sent an answer that is {broken}")
        except (requests.RequestException, HTTPError, HTTPException, OSError) as failure:
            return _connection_trouble(failure, watched)
        finally:
            _in_flight.watched = None
            self._give_back(session, is_reusable)

    def _prepared(self, call: Call) -> Any:
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

    def _session(self, call: Call) -> Session:
        # A kept connection may be dying: what must not be sent twice goes over a new one.
        if call.is_repeatable:
            with self._lock:
                if self._idle:
                    return self._idle.pop()
        return _new_session()

    def _give_back(self, session: Session, is_reusable: bool) -> None:
        with self._lock:
            if is_reusable and not self._is_closed:
                self._idle.append(session)
                return
        session.close()


def _proxies_for(address: BaseAddress) -> dict[str, str]:
    # A proxy only tunnels TLS and never sees the key; plain http stays on this computer.
    if address.scheme != "https" or address.is_loopback:
        return {}
    proxy = getproxies().get("https")
    return {"https": proxy} if proxy and not proxy_bypass(address.host) else {}


class _InFlight(threading.local):
    """The call the present thread is busy with, so that a new connection can be watched from its birth."""

    watched: Watched | None = None


_in_flight = _InFlight()


def _authorities() -> bool | str:
    """Where the trusted certificates are: the bundled ones, or the file the system's owner names."""
    named = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("SSL_CERT_FILE") or ""
    return named if named and os.path.exists(named) else True  # noqa: PTH110


def _read(response: Any, headers: Mapping[str, str], watched: Watched) -> bytes:
    unpacker = Unpacker(headers.get("content-encoding", ""))
    # read1 returns what is there; read would sit through a drip until the piece is full.
    while piece := response.raw.read1(PIECE, decode_content=False):
        unpacker.feed(piece)
    if watched.cut_for:
        raise BrokenAnswer("cut short")
    return unpacker.whole()


def _cut(watched: Watched) -> Trouble:
    return Trouble(STOPPED) if watched.cut_for == "stop" else Trouble("did not answer in time")


def _connection_trouble(failure: Exception, watched: Watched) -> Trouble:
    """What a failed connection means: never the failure's own text, which repeats the query (I6)."""
    import requests

    if watched.cut_for:
        return _cut(watched)
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
    waiting: list[object] = [failure]
    while waiting:
        each = waiting.pop()
        if isinstance(each, BaseException) and each not in found:
            found.append(each)
            # `reason` is an exception in urllib3 and a text in ssl.
            waiting += [each.__cause__, each.__context__, getattr(each, "reason", None), *each.args]
    return found


def _new_session() -> Session:
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
def _adapter_class() -> Any:
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
