"""Cliniko's endpoints: lists page by page, single records, patient writes, settings. Nothing is interpreted here."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence

from app.clients.answers import Answer
from app.clients.calls import MAIN, Call, segment
from app.clients.cliniko_key import base_url_of, cliniko_headers, shard_of
from app.clients.courier import Courier
from app.clients.pacing import CLINIKO_LIMIT, Limit, Pacer
from app.clients.retries import RetryRules, cliniko_rate_wait, http_date
from app.clients.transport import Transport
from app.clock import Clock
from app.errors import RequestRefused, ServiceUnavailable
from app.sync.ports import Json, Page

SERVICE = "Cliniko"
MOST_PER_PAGE = 100

_ARCHIVED = ("archived_at",)
_ARCHIVED_DELETED = ("archived_at", "deleted_at")
_ALL_THREE = ("archived_at", "cancelled_at", "deleted_at")

HIDDEN_FIELDS: dict[str, tuple[str, ...]] = {
    "patients": _ARCHIVED,
    "contacts": _ARCHIVED_DELETED,
    "individual_appointments": _ALL_THREE,
    "group_appointments": _ARCHIVED_DELETED,
    "attendees": _ALL_THREE,
    "bookings": _ALL_THREE,
    "invoices": _ARCHIVED_DELETED,
    "invoice_items": _ARCHIVED_DELETED,
    "billable_items": _ARCHIVED,
    "products": _ARCHIVED,
    "appointment_types": _ARCHIVED,
    "businesses": _ARCHIVED_DELETED,
    "patient_cases": _ARCHIVED,
    "referral_sources": _ARCHIVED,
    "referral_source": _ARCHIVED,
    "referral_source_types": _ARCHIVED,
    "concession_types": _ARCHIVED,
    "relationships": _ARCHIVED,
    "unavailable_blocks": _ARCHIVED_DELETED,
}
"""Which fields hide a record of each resource unless a condition names them. Only fields Cliniko can filter that
resource by stand here: any other condition is refused."""


class SortRefused(RequestRefused):
    """Cliniko refused a list that asked to be sorted by id: read it by page number instead, pass after pass."""

    code = "sort_refused"
    is_sort = True


def hidden_conditions(resource: str) -> tuple[str, ...]:
    """The conditions that make archived, cancelled and deleted records of a resource visible.

    `resource` is a list's path (`patients`, `patient_cases/active`); () where nothing is hidden or filterable.
    """
    name = resource.strip("/").split("/")[0]
    return tuple(f"{field}:*" for field in HIDDEN_FIELDS.get(name, ()))


class ClinikoClient:
    """Cliniko with one key; fulfils `app.sync.ports.ClinikoPort`. Safe for several threads."""

    def __init__(
        self,
        key: str,
        clock: Clock,
        *,
        contact_email: str = "",
        base_url: str | None = None,
        share_percent: int = 90,
        stop: threading.Event | None = None,
        limit: Limit = CLINIKO_LIMIT,
        rules: RetryRules | None = None,
        dice: random.Random | None = None,
    ) -> None:
        """`base_url` replaces the address the key's shard leads to. Raises AddressRefused, KeysRefused at once."""
        self.shard = shard_of(key)
        headers = cliniko_headers(key, contact_email)
        self.transport = Courier(
            SERVICE,
            Transport(base_url or base_url_of(self.shard), headers, stop=stop),
            clock,
            {MAIN: Pacer(limit, clock, share_percent)},
            cliniko_rate_wait(limit.window_s),
            rules=rules,
            dice=dice,
        )
        self._clock = clock

    def __repr__(self) -> str:
        return f"ClinikoClient(shard={self.shard!r})"

    # reading

    def list_page(
        self,
        resource: str,
        conditions: Sequence[str] = (),
        after_id: str | None = None,
        sort: str = "id",
        page: int = 1,
        per_page: int = MOST_PER_PAGE,
    ) -> Page:
        """One page of a list. `conditions` are `q[]` values; `after_id` asks for higher ids only.

        Whether more pages follow is read from the presence of `links.next` alone: the address in it is never
        used (I9). Raises SortRefused for a 400 to a list sorted by id.
        """
        wanted = [*conditions, *([f"id:>{after_id}"] if after_id is not None else [])]
        query = [("q[]", condition) for condition in wanted]
        if sort:
            query.append(("sort", sort))
        if page > 1:
            query.append(("page", str(page)))
        query.append(("per_page", str(max(1, min(MOST_PER_PAGE, per_page)))))
        try:
            answer = self._get(resource, query)
        except RequestRefused as error:
            if error.status != 400 or sort != "id":
                raise
            if any(condition.startswith("id:=") for condition in conditions):
                # Records asked for by their ids fit one page: their order does not matter.
                return self.list_page(resource, conditions, after_id, "", page, per_page)
            raise SortRefused(SERVICE, 400, str(error), error.body) from None
        return self._page(resource, answer)

    def _page(self, resource: str, answer: Answer) -> Page:
        body = answer.body
        names = [
            name for name in reversed(resource.strip("/").split("/")) if isinstance(body.get(name), list)
        ]
        names = names or [name for name, value in body.items() if isinstance(value, list)]
        rows = body[names[0]] if names else None
        if rows is None or not all(isinstance(row, dict) for row in rows):
            raise ServiceUnavailable(SERVICE, f"{SERVICE} sent a list of another shape: GET {resource}")
        links = body.get("links")
        served_at = http_date(answer.headers.get("date", "")) or self._clock.now()
        has_next = isinstance(links, dict) and bool(links.get("next"))
        return Page(tuple(rows), max(len(rows), _count(body.get("total_entries"))), has_next, served_at)

    def get(self, path: str, include_hidden: bool = True) -> Json | None:
        """One record by its path (`patients/55`, `patients/55/referral_source`); None where there is none (404).

        With `include_hidden` archived, cancelled and deleted ones are found as well.
        """
        parts = path.strip("/").split("/")
        resource = parts[0] if len(parts) == 2 else parts[-1]
        conditions = hidden_conditions(resource) if include_hidden and len(parts) > 1 else ()
        try:
            return self._get(path, [("q[]", condition) for condition in conditions]).body
        except RequestRefused as error:
            if error.status == 404:
                return None
            raise

    def public_settings(self) -> Json:
        """Account, terminology and custom field definitions, readable with any key."""
        return self._get("settings/public").body

    def whose_key(self) -> Json:
        """The user the key belongs to: name, role, e-mail."""
        return self._get("user").body

    def _get(self, path: str, query: Sequence[tuple[str, str]] = ()) -> Answer:
        return self.transport.send(Call("GET", _quoted(path), query, right=_right(path)))

    # writing

    def create(self, resource: str, body: Json) -> Json:
        """Make a record; returns it as Cliniko keeps it.

        Never sent twice unless Cliniko certainly did not get it: there is no key against doubles (I1). Raises
        OutcomeUnknown where the answer was lost, RequestRefused for a 422 (its `body` names the fields).
        """
        call = Call("POST", _quoted(resource), body=body, is_repeatable=False, right=_right(resource))
        return self.transport.send(call).body

    def update(self, path: str, body: Json) -> Json:
        """Change some fields of a record; returns it as Cliniko keeps it. Raises RequestRefused for a 422."""
        return self.transport.send(Call("PATCH", _quoted(path), body=body, right=_right(path))).body

    def start_budget(self, calls: int | None) -> None:
        """From now on at most so many calls; then BudgetSpent (I7)."""
        self.transport.start_budget(calls)

    @property
    def calls(self) -> int:
        """Calls sent so far by this client, repeated ones included."""
        return self.transport.calls


def _quoted(path: str) -> str:
    return "/" + "/".join(segment(part) for part in path.strip("/").split("/"))


def _right(path: str) -> str:
    return path.strip("/").split("/")[0].replace("_", " ")


def _count(value: object) -> int:
    """`total_entries` as sent, leniently: a number, a number as text, or nothing."""
    if isinstance(value, int) and not isinstance(value, bool):
        return max(0, value)
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else 0
