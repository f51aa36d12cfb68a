"""Who may call, how often: keys with their scopes, and the three limiters with their headers and refusals."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from app.sandbox.hubspot_data import PortalData
from app.sandbox.hubspot_replies import Json, Refusal
from app.sandbox.messages import Request

DEFAULT_TOKEN = "pat-ap1-5a7d0b0c-0000-4000-8000-00000000demo"
SCOPES = frozenset(
    {
        "crm.objects.contacts.read",
        "crm.objects.contacts.write",
        "crm.objects.deals.read",
        "crm.objects.deals.write",
        "crm.schemas.contacts.read",
        "crm.schemas.contacts.write",
        "crm.schemas.deals.read",
        "crm.schemas.deals.write",
        "crm.objects.owners.read",
        "oauth",
    }
)


class Keys:
    """The keys of the account and what each may do; `oauth` always comes with a key."""

    def __init__(self, data: PortalData) -> None:
        self._data = data
        self.known: dict[str, set[str]] = {}

    def add(self, token: str, scopes: Iterable[str] = SCOPES) -> None:
        """Let a key in."""
        self.known[token] = {*scopes, "oauth"}

    def scopes_of(self, request: Request) -> set[str]:
        """What the caller may do; raises Refusal (401) for anybody unknown."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or token not in self.known:
            message = (
                "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can "
                "find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview"
            )
            raise Refusal(401, message, "INVALID_AUTHENTICATION")
        return self.known[token]

    def require(self, held: Collection[str], needed: Iterable[str]) -> None:
        """Raise Refusal (403) naming what is missing, in the shape that is switched on."""
        missing = [scope for scope in needed if scope not in held]
        if not missing:
            return
        message = (
            "This app hasn't been granted all required scopes to make this call. "
            "Read more about required scopes here: https://developers.hubspot.com/scopes."
        )
        context = {"requiredGranularScopes": missing}
        match self._data.switches.scope_error:
            case "errors":
                detail = {"message": "One or more of the following scopes are required.", "context": context}
                raise Refusal(403, message, "MISSING_SCOPES", errors=[detail])
            case "context":
                raise Refusal(403, message, "MISSING_SCOPES", context=context)
            case _:
                raise Refusal(403, message, "MISSING_SCOPES")


class Pace:
    """Counts calls against the rolling burst, the search second and the day of the account's zone."""

    def __init__(self, data: PortalData) -> None:
        self._data = data
        self._burst: deque[float] = deque()
        self._searches: deque[float] = deque()
        self._day = ""
        self._today = 0
        self._dice = random.Random(f"pace:{data.switches.seed}")
        self.refused = 0

    @property
    def _burst_limit(self) -> int | None:
        limit = self._data.switches.burst
        return self._data.plan.burst if limit == "plan" else limit

    @property
    def _daily_limit(self) -> int | None:
        limit = self._data.switches.daily
        return self._data.plan.daily if limit == "plan" else limit

    def count(self, is_search: bool) -> Mapping[str, str]:
        """Count one call and return its headers (none for a search); raises Refusal (429) when it is too many."""
        data, now = self._data, self._data.now()
        at, switches = now.timestamp(), data.switches
        self._turn_day(now)
        daily, burst = self._daily_limit, self._burst_limit
        if daily is not None and self._today >= daily:
            raise self._refusal("DAILY", "You have reached your daily limit.", is_search)
        _forget(self._searches, at - 1.0)
        _forget(self._burst, at - switches.burst_interval_s)
        per_second = switches.search_per_s
        if is_search and per_second is not None and len(self._searches) >= per_second:
            raise self._refusal("SECONDLY", "You have reached your secondly limit.", is_search)
        in_burst = not is_search or switches.search_counts_in_burst
        if in_burst and burst is not None and len(self._burst) >= burst:
            text = "You have reached your ten_secondly_rolling limit."
            raise self._refusal("TEN_SECONDLY_ROLLING", text, is_search)
        self._today += 1
        if is_search:
            self._searches.append(at)
        if in_burst:
            self._burst.append(at)
        return {} if is_search else self._headers()

    def _turn_day(self, now: datetime) -> None:
        """The day begins at midnight where the account is."""
        day = now.astimezone(ZoneInfo(self._data.account.time_zone)).date().isoformat()
        if day != self._day:
            self._day, self._today = day, 0

    def _headers(self) -> dict[str, str]:
        headers: dict[str, str] = {}
        burst, daily = self._burst_limit, self._daily_limit
        if burst is not None:
            interval = round(self._data.switches.burst_interval_s * 1000)
            headers["X-HubSpot-RateLimit-Max"] = str(burst)
            headers["X-HubSpot-RateLimit-Remaining"] = str(max(0, burst - len(self._burst)))
            headers["X-HubSpot-RateLimit-Interval-Milliseconds"] = str(interval)
            headers["X-HubSpot-RateLimit-Secondly"] = str(max(1, burst // 10))
            headers["X-HubSpot-RateLimit-Secondly-Remaining"] = str(max(0, burst // 10 - 1))
        if daily is not None:
            headers["X-HubSpot-RateLimit-Daily"] = str(daily)
            headers["X-HubSpot-RateLimit-Daily-Remaining"] = str(max(0, daily - self._today))
        return headers

    def _refusal(self, policy: str, message: str, is_search: bool) -> Refusal:
        self.refused += 1
        headers = {} if is_search else self._headers()
        if self._data.switches.retry_after:
            headers["Retry-After"] = "10" if policy == "TEN_SECONDLY_ROLLING" else "1"
        more: Json = {"policyName": policy, "requestId": f"{self._dice.getrandbits(64):016x}"}
        if self._data.switches.rate_error_as_category:
            return Refusal(429, message, "RATE_LIMITS", more=more, headers=headers)
        return Refusal(429, message, None, more={"errorType": "RATE_LIMIT", **more}, headers=headers)


def _forget(calls: deque[float], before: float) -> None:
    while calls and calls[0] <= before:
        calls.popleft()
