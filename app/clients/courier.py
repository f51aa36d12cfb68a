"""Carries a call to one service until there is an answer: within the limits, the budget and the rules of patience.

Errors and logs made here name method, path, status and request id only: no key, no query, no body (I6).
"""

from __future__ import annotations

import logging
import random
from collections.abc import Mapping
from contextlib import ExitStack

from app.clients.answers import Answer, BrokenAnswer, error_of_status, json_object, json_or_none
from app.clients.calls import MAIN, SEARCH, Call, given_up
from app.clients.pacing import Pacer
from app.clients.retries import RateWait, RetryRules, Trouble, next_wait, trouble_of_status
from app.clients.transport import STOPPED, Said, Transport
from app.clients.usage import Counter, Usage, header_number
from app.clock import Clock
from app.errors import Cancelled

log = logging.getLogger(__name__)

REQUEST_ID_HEADERS = ("x-hubspot-correlation-id", "x-request-id")


class Courier:
    """The way to one service for all its endpoints. Several threads may call at once."""

    def __init__(
        self,
        service: str,
        transport: Transport,
        clock: Clock,
        pacers: Mapping[str, Pacer],
        rate_wait: RateWait,
        *,
        rules: RetryRules | None = None,
        dice: random.Random | None = None,
    ) -> None:
        """`pacers` by lane, `main` at least; `rate_wait` reads the service's 429."""
        self.service = service
        self._transport = transport
        self._clock = clock
        self._pacers = dict(pacers)
        self._rate_wait = rate_wait
        self._rules = rules or RetryRules()
        self._dice = dice or random.Random()
        self._counter = Counter(service, clock)

    def __repr__(self) -> str:
        return f"Courier({self.service!r}, {self._transport!r})"

    # around the calls

    def start_budget(self, calls: int | None) -> None:
        """From now on at most so many calls, repeated ones included; then BudgetSpent (I7). None: no bound."""
        self._counter.start_budget(calls)

    @property
    def calls(self) -> int:
        """Calls sent so far, repeated ones included."""
        return self._counter.calls

    def usage(self) -> Usage:
        """Counts, and what the service said about its limits."""
        return self._counter.usage()

    def recent_calls(self) -> int:
        """Calls that still count against the present window; to be handed to `assume_calls` of a next process."""
        return self._pacers[MAIN].in_window

    def assume_calls(self, calls: int, ago_s: float) -> None:
        """An earlier process with this key sent so many calls, the last one `ago_s` seconds ago (I7)."""
        self._pacers[MAIN].assume(calls, ago_s)

    def pause_s(self, seconds: float) -> None:
        """Wait on the clock that was handed in. Raises Cancelled when a person asks to stop."""
        if self._clock.sleep(seconds, self._transport.stop):
            raise Cancelled(f"stopped while waiting for {self.service}")

    def close(self) -> None:
        """Close the connections that are not in use."""
        self._transport.close()

    # calling

    def send(self, call: Call) -> Answer:
        """Send until there is an answer, within the rules.

        Raises KeysRefused (401), RightsMissing (403), RequestRefused (other 4xx, body kept), ServiceUnavailable,
        RateLimited, OutcomeUnknown (a write that may have happened), BudgetSpent, Cancelled.
        """
        tries = 0
        spent_s = 0.0
        may_have_acted = False
        while True:
            result, took_s = self._try_once(call, tries + 1)
            if isinstance(result, Answer):
                return result
            tries += 1
            spent_s += took_s
            may_have_acted = may_have_acted or not result.unsent
            most = min(result.tries, call.tries or result.tries)
            if tries >= most or (may_have_acted and not call.is_repeatable):
                raise given_up(self.service, call, result, may_have_acted)
            wait = next_wait(result, tries, spent_s, self._rules, self._dice)
            if wait is None:
                raise given_up(self.service, call, result, may_have_acted)
            log.info("%s %s: %s, try %d, again in %.1f s", self.service, call.where, result.what, tries, wait)
            if result.is_rate_limit:
                self._hold_back(call, wait)
            self.pause_s(wait)
            spent_s += wait

    def _hold_back(self, call: Call, wait_s: float) -> None:
        """Keep other threads from running into the same refusal; a search's own second concerns searches only."""
        for lane in call.lanes:
            if lane == SEARCH or SEARCH not in call.lanes or wait_s >= self._pacers[MAIN].limit.window_s / 2:
                self._pacers[lane].pause(wait_s)

    def _try_once(self, call: Call, number: int) -> tuple[Answer | Trouble, float]:
        """One try and the seconds it took, waiting for the limits not counted."""
        stop = self._transport.stop
        if stop is not None and stop.is_set():
            raise Cancelled(f"stopped before {call.where}")
        with ExitStack() as places:
            for lane in call.lanes:
                places.callback(self._pacers[lane].acquire(stop).done)
            self._counter.spend()
            began = self._clock.monotonic()
            said = self._transport.send(call)
        took_s = self._clock.monotonic() - began
        if isinstance(said, Trouble):
            if said.what == STOPPED:
                raise Cancelled(f"stopped during {call.where}")
            return said, took_s
        log.debug("%s %s: %d after %.3f s", self.service, call.where, said.status, took_s)
        return self._judge(call, number, said), took_s

    def _judge(self, call: Call, number: int, said: Said) -> Answer | Trouble:
        """An answer, a trouble worth another try, or the error the status stands for."""
        self._learn(call, said)
        status, headers = said.status, said.headers
        if 300 <= status < 400:
            return Trouble("redirected", status, True, None)
        if status >= 400:
            body = json_or_none(said.raw)
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
            return Answer(status, headers, json_object(said.raw))
        except BrokenAnswer as broken:
            return Trouble(f"sent an answer that is {broken}")

    def _learn(self, call: Call, said: Said) -> None:
        """What HubSpot's headers say about its limits; search answers carry none."""
        self._counter.heard(said.status, said.headers)
        most = header_number(said.headers, "x-hubspot-ratelimit-max")
        if most is None or SEARCH in call.lanes:
            return
        pacer = self._pacers[MAIN]
        pacer.learn_limit(most)
        left = header_number(said.headers, "x-hubspot-ratelimit-remaining")
        if left is not None and 0 <= left < most:
            pacer.learn_used(most - left)
