"""Trouble on order: what can go wrong with a call, scripted for the next ones or drawn from a seed."""

from __future__ import annotations

import gzip
import random
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from app.sandbox.messages import Reply, Request

Match = Callable[[Request], bool] | tuple[str, str] | None


class Kind(StrEnum):
    """What happens to the call. Numbers answer with that status; words spoil the connection or the body."""

    REFUSED = "refused"
    RESET = "reset"
    LOST = "lost"
    TIMEOUT = "timeout"
    TRUNCATED = "truncated"
    HTML = "html"
    EMPTY = "empty"
    GZIP_BOMB = "gzip_bomb"
    REDIRECT = "redirect"
    SLOW_DRIP = "slow_drip"
    BARE_429 = "429_bare"
    S400 = "400"
    S401 = "401"
    S403 = "403"
    S404 = "404"
    S409 = "409"
    S422 = "422"
    S423 = "423"
    S429 = "429"
    S477 = "477"
    S500 = "500"
    S502 = "502"
    S503 = "503"
    S504 = "504"
    S521 = "521"
    S522 = "522"
    S523 = "523"
    S524 = "524"


# A lost answer and a spoilt body need a service that has acted; anything else strikes first unless told.
AFTER_ACT = frozenset({Kind.LOST, Kind.TRUNCATED, Kind.SLOW_DRIP})

SURVIVABLE = (
    Kind.RESET,
    Kind.LOST,
    Kind.TRUNCATED,
    Kind.HTML,
    Kind.EMPTY,
    Kind.S429,
    Kind.BARE_429,
    Kind.S500,
    Kind.S502,
    Kind.S503,
    Kind.S504,
    Kind.S524,
)

_HTML_STATUSES = frozenset({"502", "504", "521", "522", "523", "524"})


@dataclass(frozen=True)
class Fault:
    """One piece of trouble.

    `seconds` is the length of a time-out or drip, and what `Retry-After` and `X-RateLimit-Reset` promise.
    With `after_act` the service does its work first and only its answer is replaced.
    """

    kind: Kind
    after_act: bool = False
    seconds: float = 1.0
    status: int | None = None
    headers: Mapping[str, str] | None = None
    body: dict[str, Any] | str | None = None
    location: str = "https://elsewhere.example.test/v1/login"
    megabytes: int = 64

    def reply(self, now: datetime) -> Reply | None:
        """The answer to send instead of the service's own; None where the connection itself is spoilt."""
        match self.kind:
            case Kind.HTML:
                return Reply(self.status or 200, _page("Please wait"), self.headers or {})
            case Kind.EMPTY:
                return Reply(self.status or 200, raw=b"", headers=self.headers or {})
            case Kind.REDIRECT:
                return Reply(self.status or 302, _page("Moved"), {"Location": self.location})
            case Kind.GZIP_BOMB:
                headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
                return Reply(self.status or 200, raw=_bomb(self.megabytes), headers=headers)
            case Kind.REFUSED | Kind.RESET | Kind.LOST | Kind.TIMEOUT | Kind.TRUNCATED | Kind.SLOW_DRIP:
                return None
            case _:
                return self._status_reply(now)

    def _status_reply(self, now: datetime) -> Reply:
        status = int(self.kind.value[:3])
        headers = dict(self.headers or {})
        if self.headers is None and self.kind in (Kind.S429, Kind.S477):
            headers["Retry-After"] = str(max(1, round(self.seconds)))
        if self.headers is None and self.kind is Kind.S429:
            headers["X-RateLimit-Reset"] = str(int(now.timestamp() + max(1.0, self.seconds)))
        body = self.body
        if body is None:
            page = self.kind.value in _HTML_STATUSES
            body = _page(f"Error {status}") if page else {"status": "error", "message": f"Simulated {status}"}
        return Reply(status, body, headers)


@dataclass
class _Order:
    matches: Callable[[Request], bool]
    fault: Fault
    left: int | None
    skip: int


@dataclass
class _Draw:
    seed: int | str
    rate: float
    kinds: Sequence[Kind]
    until_call: int | None
    seconds: float


@dataclass(frozen=True)
class Struck:
    """Which call met which trouble."""

    number: int
    request: Request
    fault: Fault


@dataclass
class Faults:
    """The trouble a server has in store; may be added to, drawn and cleared while calls run."""

    struck: list[Struck] = field(default_factory=list)
    calls: int = 0
    _orders: list[_Order] = field(default_factory=list)
    _draws: list[_Draw] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def random(
        cls,
        seed: int | str,
        rate: float,
        kinds: Sequence[Kind | str | int] = SURVIVABLE,
        until_call: int | None = None,
        seconds: float = 1.0,
    ) -> Faults:
        """Trouble for a share `rate` (0 to 1) of all calls; the same seed strikes the same call numbers."""
        drawn = cls()
        drawn._draws.append(_Draw(seed, rate, [_kind(kind) for kind in kinds], until_call, seconds))
        return drawn

    def add(
        self,
        match: Match = None,
        kind: Kind | str | int = Kind.S500,
        times: int | None = 1,
        after_act: bool = False,
        skip: int = 0,
        **args: Any,
    ) -> None:
        """Order trouble for the next `times` matching calls (None: all), sparing the first `skip` of them.

        `match` is a function of the request, a pair (method or "*", pattern found in the path), or None for
        any call. `args` are further fields of `Fault`, such as `seconds`, `headers`, `body` or `location`.
        """
        wanted = _kind(kind)
        fault = Fault(wanted, after_act or wanted in AFTER_ACT, **args)
        with self._lock:
            self._orders.append(_Order(_matcher(match), fault, times, skip))

    def clear(self) -> None:
        """No further trouble, ordered or drawn."""
        with self._lock:
            self._orders.clear()
            self._draws.clear()

    @property
    def pending(self) -> int:
        """How many orders have not been used up."""
        with self._lock:
            return len(self._orders)

    def take(self, request: Request) -> Fault | None:
        """Count this call and hand out the trouble it meets, if any."""
        with self._lock:
            self.calls += 1
            fault = self._ordered(request) or self._drawn(self.calls)
            if fault is not None:
                self.struck.append(Struck(self.calls, request, fault))
            return fault

    def _ordered(self, request: Request) -> Fault | None:
        for order in self._orders:
            if not order.matches(request):
                continue
            if order.skip > 0:
                order.skip -= 1
                continue
            if order.left is not None:
                order.left -= 1
                if order.left <= 0:
                    self._orders.remove(order)
            return order.fault
        return None

    def _drawn(self, number: int) -> Fault | None:
        for draw in self._draws:
            if draw.until_call is not None and number > draw.until_call:
                continue
            dice = random.Random(f"{draw.seed}:{number}")
            if dice.random() < draw.rate:
                kind = draw.kinds[dice.randrange(len(draw.kinds))]
                after_act = kind in AFTER_ACT or dice.random() < 0.5
                return Fault(kind, after_act, draw.seconds)
        return None


def _kind(kind: Kind | str | int) -> Kind:
    return kind if isinstance(kind, Kind) else Kind(str(kind))


def _matcher(match: Match) -> Callable[[Request], bool]:
    if match is None:
        return lambda request: True
    if isinstance(match, tuple):
        method, pattern = match[0].upper(), re.compile(match[1])
        return lambda request: method in ("*", request.method) and pattern.search(request.path) is not None
    return match


def _page(title: str) -> str:
    return f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n"


@lru_cache(maxsize=4)
def _bomb(megabytes: int) -> bytes:
    return gzip.compress(b'{"message": "' + b" " * (megabytes * 1024 * 1024) + b'"}', compresslevel=6)
