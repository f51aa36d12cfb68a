"""What differs between HubSpot accounts or is not documented, each as a choice of the simulator."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

VERSIONS = ("2026-03", "2026-09")


@dataclass(frozen=True)
class Plan:
    """What a subscription allows. Pipelines and unique properties count per object, calls per account."""

    name: str
    burst: int
    daily: int
    contacts: int
    custom_properties: int
    overall_properties: int
    pipelines: int
    unique_properties: int = 10


PLANS: dict[str, Plan] = {
    plan.name: plan
    for plan in (
        Plan("free", 100, 250_000, 1_000, 10, 100, 1),
        Plan("starter", 100, 250_000, 15_000_000, 1_000, 10_000, 2),
        Plan("professional", 190, 625_000, 15_000_000, 1_000, 10_000, 15),
        Plan("enterprise", 190, 1_000_000, 15_000_000, 1_000, 10_000, 100),
    )
}


@dataclass
class Switches:
    """The choices; the defaults are the documented behaviour, and the less comfortable one where none is.

    `burst`, `daily` and `search_per_s` override the plan's limits; None there means no limit at all.
    `search_lag_s` is one number of seconds or the two ends of a range to draw from.
    `email_conflict` is the status and body shape of an address that is taken, `scope_error` where a 403 names
    the missing scopes. `errors_under_ok` tells a batch's errors under 200 or 201 instead of 207. `forget_seed` drops optional error fields at random; `seed` shuffles batch results.
    `keep_history` remembers every write: for `propertiesWithHistory` and for `HubSpot.writes()`.
    """

    versions: tuple[str, ...] = VERSIONS
    seed: int = 1
    forget_seed: int | None = None
    burst: int | Literal["plan"] | None = "plan"
    burst_interval_s: float = 10.0
    daily: int | Literal["plan"] | None = "plan"
    search_per_s: int | None = 5
    search_counts_in_burst: bool = True
    retry_after: bool = False
    rate_error_as_category: bool = False
    search_lag_s: float | tuple[float, float] = 0.0
    shuffle: bool = True
    errors_under_ok: bool = False
    echo_trace_ids: bool = True
    echo_key: bool = True
    with_url: bool = True
    email_conflict: Literal["409", "400"] = "409"
    scope_error: Literal["errors", "context", "bare"] = "errors"
    token_info: bool = True
    archived_blocks_unique: bool = False
    merge_keeps_id: bool = False
    merged_read_once: bool = True
    old_ids_writable: bool = True
    same_write_bumps: bool = True
    null_value: Literal["refused", "ignored"] = "refused"
    normalise_numbers: bool = True
    default_lifecycle: str = "lead"
    lifecycle_back: Literal["ignored", "refused"] = "ignored"
    closedate_on_close: bool = True
    additional_emails_writable: bool = False
    name_or_email_required: bool = True
    honours_pipeline_ids: bool = True
    pipeline_usage_counts_default: bool = True
    pipeline_limit_status: int = 403
    empty_404: bool = False
    property_settle_s: float = 0.0
    sensitive_data: bool = False
    required: list[Required] = field(default_factory=list)
    keep_history: bool = True


@dataclass(frozen=True)
class Required:
    """An administrator's rule: `name` must have a value, always at creation or whenever `when` holds.

    `when` is a property and the value it has. `pattern` and `max_length` are format rules instead.
    """

    kind: str
    name: str
    when: tuple[str, str] | None = None
    pattern: str | None = None
    max_length: int | None = None
