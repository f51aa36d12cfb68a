"""Calls the simulated HubSpot without a socket, on a clock that the test moves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from app.sandbox.hubspot import HubSpot, Switches
from app.sandbox.messages import Reply, Request

START = datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, seconds: float) -> None:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)


@dataclass
class Caller:
    """A program with a key."""

    hubspot: HubSpot
    clock: Clock
    version: str = "2026-03"
    token: str | None = None
    last: Reply = field(default_factory=lambda: Reply(0))

    def call(self, method: str, path: str, body: Any = None, query: Mapping[str, Any] | None = None) -> Reply:
        """One call; `{v}` in the path stands for the version."""
        token = self.token or self.hubspot.token
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        pairs = tuple((name, str(value)) for name, value in (query or {}).items())
        path = path.replace("{v}", self.version)
        self.last = self.hubspot.handle(
            Request(method, path, pairs, {"authorization": f"Bearer {token}"}, raw)
        )
        return self.last

    def get(self, path: str, **query: Any) -> Any:
        """GET; the body."""
        return self.call("GET", path, None, query).body

    def post(self, path: str, body: Any) -> Any:
        """POST; the body."""
        return self.call("POST", path, body).body

    def patch(self, path: str, body: Any, **query: Any) -> Any:
        """PATCH; the body."""
        return self.call("PATCH", path, body, query).body

    @property
    def status(self) -> int:
        """Of the last call."""
        return self.last.status

    def batch(self, what: str, inputs: Iterable[Any], kind: str = "contacts", **more: Any) -> Any:
        """POST to a batch address of an object; the body."""
        path = f"/crm/objects/{{v}}/{kind}/batch/{what}"
        return self.post(path, {"inputs": list(inputs), **more})

    def search(self, *filters: Mapping[str, Any], kind: str = "contacts", **more: Any) -> Any:
        """Search with one group of filters; the body."""
        groups = [{"filters": list(filters)}] if filters else []
        return self.post(f"/crm/objects/{{v}}/{kind}/search", {"filterGroups": groups, **more})


def caller(plan: str = "professional", **switches: Any) -> Caller:
    """A new account and a program that calls it, without rate limits unless switched on."""
    clock = Clock()
    free = {"burst": None, "daily": None, "search_per_s": None}
    return Caller(HubSpot(clock, plan, Switches(**{**free, **switches})), clock)


def key_property(api: Caller, kind: str = "contacts", name: str = "clinic_key") -> str:
    """A unique property on an object; its name."""
    api.hubspot.add_property(kind, name, unique=True)
    return name
