"""Where HubSpot's endpoints stand, and how a call to one is made. The version of its API is named here only."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from app.clients.answers import Answer, Json
from app.clients.calls import BATCH_WRITE_S, MAIN, READ_S, SEARCH, Call, segment
from app.clients.cliniko_key import clean_key, user_agent
from app.clients.courier import Courier
from app.clients.pacing import HUBSPOT_LIMIT, HUBSPOT_SEARCH_LIMIT, Limit, Pacer
from app.clients.retries import RetryRules, hubspot_rate_wait
from app.clients.transport import Transport
from app.clock import Clock
from app.errors import ServiceUnavailable
from app.sync.ports import Contact

SERVICE = "HubSpot"
API_VERSION = "2026-03"
BASE_URL = "https://api.hubapi.com"

MOST_INPUTS = 100
"""Inputs of one batch call on records or properties."""

MOST_PAIRS = 1000
"""Inputs of one batch call on associations."""

_OBJECT_PATHS = {"contacts": "contacts", "deals": "0-3"}
_RIGHTS = {"contacts": "crm.objects.contacts", "deals": "crm.objects.deals"}

T = TypeVar("T")


def objects_path(kind: str, *rest: str) -> str:
    """Path of a record endpoint. `kind` is `contacts` or `deals`."""
    return _path("crm/objects", API_VERSION, _OBJECT_PATHS.get(kind, kind), *rest)


def properties_path(kind: str, *rest: str) -> str:
    """Path of a property or group endpoint."""
    return _path("crm/properties", API_VERSION, kind, *rest)


def pipelines_path(*rest: str) -> str:
    """Path of a deal pipeline endpoint."""
    return _path("crm/pipelines", API_VERSION, "deals", *rest)


def associations_path(from_kind: str, to_kind: str, *rest: str) -> str:
    """Path of an association endpoint."""
    return _path("crm/associations", API_VERSION, from_kind, to_kind, *rest)


def limits_path(what: str) -> str:
    """Path of a limits endpoint."""
    return _path("crm/limits", API_VERSION, what)


OWNERS_PATH = f"/crm/owners/{API_VERSION}"
ACCOUNT_PATH = f"/account-info/{API_VERSION}/details"
TOKEN_PATH = "/oauth/v2/private-apps/get/access-token-info"


def _path(root: str, *segments: str) -> str:
    return f"/{root}/" + "/".join(segment(each) if "/" not in each else each for each in segments)


def portions(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items in their order, `size` at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


class HubSpotWire:
    """One token's way to HubSpot; the subjects (records, associations, schema) build on it."""

    def __init__(
        self,
        token: str,
        clock: Clock,
        *,
        base_url: str | None = None,
        contact_email: str = "",
        share_percent: int = 90,
        stop: threading.Event | None = None,
        limit: Limit = HUBSPOT_LIMIT,
        search_limit: Limit = HUBSPOT_SEARCH_LIMIT,
        rules: RetryRules | None = None,
        dice: random.Random | None = None,
    ) -> None:
        """Raises AddressRefused or KeysRefused at once; nothing is sent yet."""
        self._token = clean_key(SERVICE, token)
        self._clock = clock
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Accept": "application/json",
            "Accept-Encoding": "gzip, deflate",
            "User-Agent": user_agent(contact_email),
        }
        pacers = {
            MAIN: Pacer(limit, clock, share_percent),
            SEARCH: Pacer(search_limit, clock, share_percent),
        }
        self.transport = Courier(
            SERVICE,
            Transport(base_url or BASE_URL, headers, stop=stop),
            clock,
            pacers,
            hubspot_rate_wait(limit.window_s),
            rules=rules,
            dice=dice,
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.transport!r})"

    def start_budget(self, calls: int | None) -> None:
        """From now on at most so many calls; then BudgetSpent (I7)."""
        self.transport.start_budget(calls)

    @property
    def calls(self) -> int:
        """Calls sent so far by this client, repeated ones included."""
        return self.transport.calls

    def _get(self, path: str, query: Sequence[tuple[str, str]] = (), right: str = "") -> Json:
        return self.transport.send(Call("GET", path, query, right=right)).body

    def _post(self, path: str, body: Any, right: str = "", *, is_search: bool = False) -> Answer:
        """A POST that only reads."""
        lanes = (SEARCH, MAIN) if is_search else (MAIN,)
        return self.transport.send(Call("POST", path, body=body, right=right, lanes=lanes))

    def _write(
        self,
        method: str,
        path: str,
        body: Any,
        right: str = "",
        *,
        reads_body: bool = True,
        is_repeatable: bool = True,
        is_batch: bool = True,
        tries: int | None = None,
    ) -> Answer:
        """A write; repeatable unless said otherwise (update by id, upsert, archive, default association)."""
        return self.transport.send(
            Call(
                method,
                path,
                body=body,
                right=right,
                reads_body=reads_body,
                is_repeatable=is_repeatable,
                timeout_s=BATCH_WRITE_S if is_batch else READ_S,
                tries=tries,
            )
        )


def read_right(kind: str) -> str:
    """The scope that reading these records needs."""
    return f"{_RIGHTS.get(kind, kind)}.read"


def write_right(kind: str) -> str:
    """The scope that writing these records needs."""
    return f"{_RIGHTS.get(kind, kind)}.write"


def results_of(body: Json, where: str) -> list[Json]:
    """The `results` of an answer. Raises ServiceUnavailable where they are missing or not a list of objects."""
    results = body.get("results")
    if not isinstance(results, list) or not all(isinstance(each, dict) for each in results):
        raise ServiceUnavailable(SERVICE, f"{SERVICE} sent an answer without results: {where}")
    return results


def errors_of(body: Json) -> list[Json]:
    """The `errors` of a batch answer, whatever its status; [] where there are none."""
    errors = body.get("errors")
    return [each for each in errors if isinstance(each, dict)] if isinstance(errors, list) else []


def next_after(body: Json) -> str | None:
    """Where the next page begins, None on the last one."""
    paging = body.get("paging")
    following = paging.get("next") if isinstance(paging, dict) else None
    after = following.get("after") if isinstance(following, dict) else None
    return str(after) if after not in (None, "") else None


def contact_of(record: Json) -> Contact:
    """A record as HubSpot sent it; empty properties are left out, only a true `archived` counts."""
    properties = record.get("properties")
    values = properties if isinstance(properties, dict) else {}
    return Contact(
        id=str(record.get("id", "")),
        properties={name: _text(value) for name, value in values.items() if value not in (None, "")},
        updated_at=str(record.get("updatedAt") or ""),
        archived=record.get("archived") is True,
        url=str(record.get("url") or ""),
    )


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def strings(value: object) -> list[str]:
    """A value that may be one thing or a list of things, as texts."""
    if value is None:
        return []
    return [str(each) for each in (value if isinstance(value, list) else [value]) if each is not None]
