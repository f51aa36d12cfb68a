"""What to do after a failed try: wait how long, try how often, or give up. Pure decisions, no clock, no network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import Random
from typing import Any, Protocol

_SECONDS = re.compile(r"\d{1,12}(?:\.\d{1,6})?")


@dataclass(frozen=True)
class RetryRules:
    """How patient one call may be. Times in seconds."""

    tries: int = 4
    tries_after_500: int = 3
    tries_after_429: int = 7
    total_s: float = 130.0
    first_s: float = 1.0
    most_s: float = 20.0
    longest_wait_s: float = 66.0


@dataclass(frozen=True)
class Trouble:
    """One try that brought no usable answer.

    `unsent` is True when the service certainly did not act: the call may then be sent again even where
    repeating is dangerous. `wait_s` is the least wait before the next try (None: give up at once), `tries` how
    many tries such trouble deserves in all, `asked_s` what the service itself asked for.
    """

    what: str
    status: int | None = None
    unsent: bool = False
    wait_s: float | None = 0.0
    tries: int = 4
    asked_s: float | None = None

    @property
    def is_rate_limit(self) -> bool:
        """Whether the service refused the call because there were too many."""
        return self.status == 429


class RateWait(Protocol):
    """How long a service's 429 asks to wait; None: too long for one call."""

    def __call__(self, headers: Mapping[str, str], body: Any, tries: int, now: datetime) -> float | None:
        """`tries` counts the tries so far (1 after the first), `now` is aware UTC."""
        ...


def trouble_of_status(
    status: int,
    headers: Mapping[str, str],
    body: Any,
    tries: int,
    now: datetime,
    rate_wait: RateWait,
    rules: RetryRules,
) -> Trouble | None:
    """The trouble behind a status; None where it is an answer about what we sent (other 4xx) or a success."""
    asked = retry_after(headers, now)
    if status == 429:
        wait = rate_wait(headers, body, tries, now)
        return Trouble(
            "over its limit", status, True, wait, rules.tries_after_429, asked if wait is None else wait
        )
    if status == 423:
        return Trouble("locked after fast writing", status, True, max(2.0, asked or 0.0), rules.tries)
    if status == 477:
        long = asked is None or asked > rules.longest_wait_s
        return Trouble(
            "moving to another data centre", status, True, None if long else asked, rules.tries, asked
        )
    if status == 408:
        return Trouble("answered with a time-out", status, False, asked or 0.0, rules.tries)
    if status == 500:
        return Trouble("failed inside", status, False, asked or 0.0, rules.tries_after_500)
    if status in (525, 526):
        return Trouble("has a problem with its certificate", status, True, None)
    if status > 500:
        return Trouble("out of order", status, False, asked or 0.0, rules.tries)
    return None


def next_wait(trouble: Trouble, tries: int, waited_s: float, rules: RetryRules, dice: Random) -> float | None:
    """Seconds until the next try, or None to give up. `waited_s` is what this call has spent already.

    Full jitter: any moment between the least wait and that plus a span which doubles with each try, so that
    several programs that failed together do not come back together.
    """
    if trouble.wait_s is None or tries >= trouble.tries:
        return None
    if trouble.wait_s > rules.longest_wait_s:
        return None
    span = min(rules.most_s, rules.first_s * 2 ** (tries - 1))
    if trouble.wait_s > 0:
        span = min(span, 1.0 + trouble.wait_s / 10)
    wait = trouble.wait_s + dice.uniform(0.0, span)
    return None if waited_s + wait > rules.total_s else wait


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """`Retry-After` in seconds from now, from either of its forms; None when absent or unreadable."""
    text = headers.get("retry-after", "").strip()
    if not text:
        return None
    if _SECONDS.fullmatch(text):
        return float(text)
    moment = http_date(text)
    return None if moment is None else max(0.0, (moment - now).total_seconds())


def http_date(text: str) -> datetime | None:
    """A date as HTTP headers write it, as aware UTC; None when unreadable."""
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def cliniko_rate_wait(window_s: float) -> RateWait:
    """Cliniko names the second its minute ends; without that, wait longer each time until a minute has passed.

    The service's own Date is taken as the present where it is sent, so that a wrong clock here does not matter,
    and the wait never exceeds a window and five seconds.
    """
    scale = window_s / 60.0

    def wait(headers: Mapping[str, str], body: Any, tries: int, now: datetime) -> float | None:
        most = 65.0 * scale
        there = http_date(headers.get("date", "")) or now
        reset = headers.get("x-ratelimit-reset", "").strip()
        if _SECONDS.fullmatch(reset):
            return min(most, max(0.0, float(reset) - there.timestamp()) + 1.0 * scale)
        asked = retry_after(headers, there)
        return min(most, asked if asked is not None else 2.0 * scale * 2 ** (tries - 1))

    return wait


def hubspot_rate_wait(window_s: float) -> RateWait:
    """HubSpot names the policy that was broken: a second, ten seconds, or the day (which ends the execution)."""
    scale = window_s / 10.0

    def wait(headers: Mapping[str, str], body: Any, tries: int, now: datetime) -> float | None:
        words = body if isinstance(body, dict) else {}
        policy = str(words.get("policyName") or "").upper()
        text = str(words.get("message") or "").lower()
        if policy.startswith("DAILY") or (not policy and "daily limit" in text):
            return None
        asked = retry_after(headers, now)
        if asked is not None:
            return asked
        if policy.startswith("SECONDLY") or (
            not policy and "secondly" in text and "ten_secondly" not in text
        ):
            return min(4.0, 2.0 ** (tries - 1)) * scale
        return 10.0 * scale

    return wait
