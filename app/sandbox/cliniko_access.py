"""Who may call and how often: keys, the User-Agent rule, rights and the limit per user."""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections import deque
from dataclasses import dataclass, field

from app.sandbox.cliniko_data import ClinicData
from app.sandbox.messages import Reply, Request

DEFAULT_KEY = "MS0xMzkwNzEwODYzMTAyNDgwMDAxLXNhbmRib3g-au1"

# A name, then a working address: "Some App (someone@example.com)".
_USER_AGENT = re.compile(r"\S.*[\s(<]\(?<?[^\s()<>@]+@[^\s()<>@]+\.[^\s()<>@]+[)>]?\s*")
_SHARD = re.compile(r"[A-Za-z]{2}\d{1,2}")


@dataclass
class ApiKey:
    """One key: whose it is, and what its user may not touch (`users`, or only `patients:write`)."""

    key: str
    user_id: int
    denied: set[str] = field(default_factory=set)

    def refuses(self, resource: str, method: str) -> bool:
        """Whether the user lacks the right for this call."""
        kind = "read" if method == "GET" else "write"
        return resource in self.denied or f"{resource}:{kind}" in self.denied


class Access:
    """The door of the simulated service."""

    def __init__(self, data: ClinicData) -> None:
        self._data = data
        self.keys: dict[str, ApiKey] = {}
        self._calls: dict[int, deque[float]] = {}

    def add(self, key: ApiKey) -> None:
        """Let a key in."""
        self.keys[_split(key.key)[0]] = key

    def revoke(self, key: str) -> None:
        """Let a key in no more."""
        self.keys.pop(_split(key)[0], None)

    def check_agent(self, request: Request) -> Reply | None:
        """The refusal of a call that does not say who is calling; None when all is well."""
        agent = request.headers.get("user-agent", "")
        if self._data.switches.require_user_agent and not _USER_AGENT.fullmatch(agent):
            return Reply(400, {"message": "User-Agent must hold the name of your app and a contact email."})
        return None

    def key_of(self, request: Request) -> ApiKey | None:
        """The key a call carries, with or without its shard; None for none, a wrong one or a wrong shard."""
        scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            user, colon, _ = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        name, shard = _split(user)
        found = self.keys.get(name)
        if found is None or not colon:
            return None
        return found if shard in ("", _split(found.key)[1]) else None

    def check_rate(self, key: ApiKey) -> Reply | None:
        """Count the call against its user; the refusal when the window is full. Refusals do not count."""
        switches = self._data.switches
        if switches.rate_limit is None:
            return None
        now, window = self._data.now().timestamp(), switches.rate_window_s
        calls = self._calls.setdefault(key.user_id, deque())
        if switches.rate_fixed_window:
            opened = math.floor(now / window) * window
            while calls and calls[0] < opened:
                calls.popleft()
            reset = opened + window
        else:
            while calls and calls[0] <= now - window:
                calls.popleft()
            reset = calls[0] + window if calls else now
        if len(calls) < switches.rate_limit:
            calls.append(now)
            return None
        headers = {"X-RateLimit-Reset": str(math.ceil(reset))}
        return Reply(429, {"message": "Rate limit exceeded."}, headers)


def _split(key: str) -> tuple[str, str]:
    """A key without its shard, and the shard (empty when there is none)."""
    name, hyphen, shard = key.rpartition("-")
    return (name, shard.lower()) if hyphen and _SHARD.fullmatch(shard) else (key, "")
