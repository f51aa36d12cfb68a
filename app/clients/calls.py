"""What a call is, as plain values, and the error a call ends with when trying again does not help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from app.clients.retries import Trouble
from app.errors import OutcomeUnknown, RateLimited, ServiceUnavailable, TryLater

READ_S = 30.0
BATCH_WRITE_S = 110.0
MAIN, SEARCH = "main", "search"


class TookTooLong(OutcomeUnknown):
    """A write was locked out or given up by a gateway (423, 502, 504, 524): smaller portions may get through."""

    code = "took_too_long"


@dataclass(frozen=True)
class Call:
    """One call. `path` follows the base address and is quoted already, `query` holds plain text.

    `is_repeatable` says whether sending it twice does no harm; `reads_body` whether a JSON object must come back;
    `lanes` which limits it counts against; `right` what a 403 then lacks; `tries` caps the tries further.
    """

    method: str
    path: str
    query: Sequence[tuple[str, str]] = ()
    body: Any = None
    is_repeatable: bool = True
    reads_body: bool = True
    timeout_s: float = READ_S
    lanes: tuple[str, ...] = (MAIN,)
    right: str = ""
    tries: int | None = None

    @property
    def where(self) -> str:
        """Method and path, for logs and error texts; never the query."""
        return f"{self.method} {self.path}"

    @property
    def target(self) -> str:
        """Path and query as they are sent."""
        query = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in self.query)
        return f"/{self.path.lstrip('/')}" + (f"?{query}" if query else "")


def segment(text: str) -> str:
    """One path segment made of any text."""
    return quote(text, safe="", errors="replace")


def _quoted(text: str) -> str:
    # Cliniko wants ~ encoded as well, which quote() leaves alone.
    return segment(text).replace("~", "%7E")


_SENTENCES = {
    "redirected": "{} wants to send ClinicBridge to another address, which is refused. Nothing is lost.",
    "has a problem with its certificate": "The secure connection to {} could not be verified. Nothing is lost.",
}


def given_up(service: str, call: Call, trouble: Trouble, may_have_acted: bool) -> TryLater:
    """The error after the last try. `may_have_acted`: some try may have reached the service."""
    status = f" ({trouble.status})" if trouble.status else ""
    detail = f"{service} {trouble.what}{status}: {call.where}"
    is_write = call.method != "GET"
    if trouble.is_rate_limit and not may_have_acted:
        return RateLimited(service, detail, trouble.asked_s)
    if is_write and trouble.status in (423, 502, 504, 524):
        return TookTooLong(service, detail, trouble.asked_s)
    if is_write and may_have_acted:
        return OutcomeUnknown(service, detail, trouble.asked_s)
    error = ServiceUnavailable(service, detail, trouble.asked_s)
    if trouble.status == 477:
        error.sentence = (
            f"{service} is moving the account to another place and asks to wait. Nothing is lost."
        )
    elif trouble.what in _SENTENCES:
        error.sentence = _SENTENCES[trouble.what].format(service)
    return error
