"""What an execution needs of the outside, as protocols and plain values.

The clients and the sandboxed tests both fulfil these; nothing here knows HTTP or SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

Json = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """One page of a Cliniko list, sorted by id ascending.

    `total` is the service's `total_entries` for the same conditions (at least the rows here),
    `has_next` whether `links.next` was present, `served_at` the answer's `Date` header in UTC.
    """

    rows: tuple[Json, ...]
    total: int
    has_next: bool
    served_at: datetime


@dataclass(frozen=True)
class Input:
    """One input of a HubSpot batch write. `id` is the record id (update) or the key's value (upsert)."""

    trace: str
    id: str
    properties: Mapping[str, str]


@dataclass(frozen=True)
class Refusal:
    """Why HubSpot refused one input: machine-readable, no personal data.

    `code` is one of: email_conflict, unique_conflict, invalid_email, unknown_property, invalid_option,
    invalid_stage, invalid_value, read_only, not_found, blocklisted, validation, other.
    `properties` are the internal names concerned (may be empty); `owner_id` the record that already
    holds a unique value, where the answer names it; `detail` is a redacted sentence for the log.
    """

    code: str
    properties: tuple[str, ...] = ()
    owner_id: str | None = None
    detail: str = ""


@dataclass(frozen=True)
class Written:
    """What became of one input, matched by trace or key, never by position.

    `hubspot_id` is the id in the answer: another one than asked for means a merge. `is_new` is what an
    upsert says. `refusal` is set when this input was not written. `unknown` means no answer named it
    (lost answer): it must be read back before anything new (I1).
    """

    trace: str
    hubspot_id: str | None = None
    is_new: bool = False
    refusal: Refusal | None = None
    unknown: bool = False
    updated_at: str | None = None


@dataclass(frozen=True)
class Contact:
    """A HubSpot record as read (contact or deal). Empty properties are absent or ''."""

    id: str
    properties: Mapping[str, str]
    updated_at: str = ""
    archived: bool = False
    url: str = ""


@dataclass(frozen=True)
class Read:
    """Answer of a batch read: `found` by the id asked for (a merged one maps to its survivor)."""

    found: Mapping[str, Contact]
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Account:
    """`GET /account-info`: `portal_id` as text, IANA `time_zone`, `ui_domain` for record links."""

    portal_id: str
    time_zone: str
    currency: str
    ui_domain: str
    account_type: str = ""


@dataclass(frozen=True)
class Filter:
    """One filter of a search group; `values` for IN / NOT_IN, `value` else."""

    name: str
    operator: str
    value: str | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchPage:
    """One page of a search: `after` is the next offset or None."""

    total: int
    rows: tuple[Contact, ...]
    after: str | None


@dataclass(frozen=True)
class Limits:
    """Custom property slots for one object type (None where the service does not say)."""

    limit: int | None
    used: int | None


@dataclass(frozen=True)
class Owner:
    """A HubSpot user that can own records; `email` lower-case."""

    id: str
    email: str
    name: str
    archived: bool = False


class ClinikoPort(Protocol):
    """Cliniko as an execution sees it. Lists raise RightsMissing (403), TryLater, KeysRefused."""

    shard: str

    def list_page(
        self,
        resource: str,
        conditions: Sequence[str] = (),
        after_id: str | None = None,
        sort: str = "id",
        page: int = 1,
        per_page: int = 100,
    ) -> Page:
        """One page. `conditions` are `q[]` values such as `updated_at:>=2026-01-01T00:00:00Z`;
        `after_id` adds `id:>…`. Rows come as Cliniko sent them."""
        ...

    def get(self, path: str, include_hidden: bool = True) -> Json | None:
        """One record by path (`patients/55`, `patients/55/referral_source`); None for 404."""
        ...

    def create(self, resource: str, body: Json) -> Json:
        """POST. Raises OutcomeUnknown where the answer was lost, RequestRefused for 422 (body kept)."""
        ...

    def update(self, path: str, body: Json) -> Json:
        """PATCH. Raises RequestRefused for 422 (body kept)."""
        ...

    def public_settings(self) -> Json:
        """`settings/public`."""
        ...

    @property
    def calls(self) -> int:
        """Calls sent so far by this client, retries included."""
        ...

    def start_budget(self, calls: int | None) -> None:
        """From now on at most so many calls; then BudgetSpent (I7)."""
        ...


class HubSpotPort(Protocol):
    """HubSpot as an execution sees it. `kind` is `contacts` or `deals`."""

    def account(self) -> Account: ...

    def granted_scopes(self) -> frozenset[str] | None:
        """Scopes of the token, None where HubSpot does not tell."""
        ...

    def list_page(
        self, kind: str, properties: Sequence[str], after: str | None = None, limit: int = 100
    ) -> tuple[tuple[Contact, ...], str | None]: ...

    def search(
        self,
        kind: str,
        groups: Sequence[Sequence[Filter]],
        properties: Sequence[str],
        sort: str | None = None,
        after: str | None = None,
        limit: int = 200,
    ) -> SearchPage: ...

    def batch_read(
        self, kind: str, ids: Sequence[str], properties: Sequence[str], id_property: str | None = None
    ) -> Read:
        """Any number of ids (100 a call)."""
        ...

    def batch_update(self, kind: str, inputs: Sequence[Input]) -> list[Written]:
        """At most 100 inputs a call (more are split); by record id. One bad input spoils only itself."""
        ...

    def batch_upsert(self, kind: str, key: str, inputs: Sequence[Input]) -> list[Written]:
        """By the unique property `key`; at most 100 a call (more are split)."""
        ...

    def associate(
        self, from_kind: str, to_kind: str, pairs: Sequence[tuple[str, str]]
    ) -> list[tuple[str, str]]:
        """Default association, idempotent; returns the pairs that were refused. Up to 1,000 a call."""
        ...

    def associations(
        self, from_kind: str, to_kind: str, ids: Sequence[str]
    ) -> dict[str, tuple[str, ...]]: ...

    def dissociate(self, from_kind: str, to_kind: str, pairs: Sequence[tuple[str, str]]) -> None: ...

    def merge_contacts(self, primary_id: str, other_id: str) -> str:
        """Merge `other_id` into `primary_id`; returns the survivor's id. Only when a person asked."""
        ...

    def archive(self, kind: str, ids: Sequence[str]) -> None: ...

    def owners(self) -> tuple[Owner, ...]: ...

    def property_limits(self, *kinds: str) -> dict[str, Limits]:
        """In one call."""
        ...

    def pipeline_limits(self) -> Limits: ...

    # set-up (groups, properties, pipelines, stages)

    def properties(self, kind: str) -> tuple[Json, ...]: ...

    def groups(self, kind: str) -> tuple[Json, ...]: ...

    def create_group(self, kind: str, name: str, label: str) -> None:
        """An existing group is not an error."""
        ...

    def create_properties(self, kind: str, definitions: Sequence[Json]) -> dict[str, Refusal]:
        """In batches of 100; returns name → refusal for what was not created (existing is not an error)."""
        ...

    def change_property(self, kind: str, name: str, changes: Json) -> None: ...

    def pipelines(self) -> tuple[Json, ...]: ...

    def create_pipeline(self, body: Json) -> Json: ...

    def create_stage(self, pipeline_id: str, body: Json) -> Json: ...

    @property
    def calls(self) -> int: ...

    def start_budget(self, calls: int | None) -> None: ...


@dataclass
class Emitted:
    """A list that doubles as an `emit` callable, for tests and one-shot commands."""

    events: list[object] = field(default_factory=list)

    def __call__(self, event: object) -> None:
        """Remember one event."""
        self.events.append(event)

    def of(self, kind: type) -> Iterable[Any]:
        """All events of one type."""
        return [event for event in self.events if isinstance(event, kind)]
