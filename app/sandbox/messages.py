"""What a simulated service is asked and what it answers, free of sockets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

Now = Callable[[], datetime]


def utc_now() -> datetime:
    """The present as aware UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Request:
    """One call as it came in; `path` is decoded and without the query, header names are lower case."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Reply:
    """One answer: a dict or list goes out as JSON, text as HTML, `raw` as it stands, none as no body."""

    status: int
    body: dict[str, Any] | list[Any] | str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None


@dataclass(frozen=True)
class Call:
    """One call as the server remembers it; status 0 means that no answer was sent."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    status: int
    at: datetime
    fault: str = ""
    monotonic: float = 0.0
    body: bytes = b""


class Service(Protocol):
    """A simulated service; one with an attribute `now` lends its clock to the `Date` header."""

    def handle(self, request: Request) -> Reply:
        """Act on one call and answer it; called from several threads at once."""
        ...
