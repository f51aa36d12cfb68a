"""What a question is: its kind, whom it concerns, what may be answered and what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Conflict:
    """One question that only a person can answer.

    `details` holds what the page shows side by side (values of both records, text only) and what the answer
    needs; `fingerprint` tells whether the same question was already answered or dismissed; `waiting_on`
    counts records that wait for it.
    """

    kind: str
    subject_type: str
    subject_id: str
    candidates: tuple[str, ...] = ()
    message: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    blocking: bool = False
    suggested: str = "later"
    fingerprint: str = ""
    opened_at: datetime | None = None
    id: int = 0
    answer: str | None = None
    answer_args: Mapping[str, str] = field(default_factory=dict)
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    """answer (applied), itself (the cause went away), or None while open."""
