"""What a batch of people comes to: the plan as a value, and the few questions everyone asks of a record."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.actions import PlannedWrite, Settled
from app.domain.conflicts import Conflict
from app.domain.people import Household
from app.domain.records import Person, Record
from app.matching.decisions import Decision, Link

DERIVED = frozenset(
    {
        "same_person",
        "several_candidates",
        "weak_match",
        "id_mismatch",
        "contact_taken",
        "contact_vanished",
        "duplicate_in_cliniko",
        "shared_email",
        "patient_and_referrer",
        "email_refused",
        "email_in_use",
        "consent_disagrees",
        "archived_in_cliniko",
    }
)
"""Kinds that an evaluation finds again while their cause lasts; not found again, they close themselves."""


@dataclass
class Plan:
    """What one batch comes to, in the order of its rows."""

    order: list[str] = field(default_factory=list)
    writes: dict[str, PlannedWrite] = field(default_factory=dict)
    settled: dict[str, Settled] = field(default_factory=dict)
    touches: dict[str, tuple[Household, str]] = field(default_factory=dict)
    members: set[str] = field(default_factory=set)
    """Everybody whose household was looked at: what was to be written of it before no longer holds."""
    questions: list[Conflict] = field(default_factory=list)
    raised: dict[str, set[str]] = field(default_factory=dict)
    """Subject → kinds found in this evaluation."""
    evaluated: set[str] = field(default_factory=set)
    claimed: dict[str, str] = field(default_factory=dict)
    """Contacts that merges in HubSpot led to → who takes them in this batch; nobody else may."""
    people: dict[str, Person] = field(default_factory=dict)
    """Everybody in this batch, for those who are met together."""

    def raise_question(self, conflict: Conflict) -> None:
        """Note a question and that its cause still stands."""
        self.raised.setdefault(conflict.subject_id, set()).add(conflict.kind)


def is_linked(record: Record | None) -> bool:
    """Whether a record stands on a contact."""
    return record is not None and record.hubspot_id is not None and record.state != "unlinked"


def contact_of(record: Record | None, decision: Decision | None) -> str | None:
    """The contact a record is on, or would be linked to by a decision."""
    if record is not None and is_linked(record):
        return record.hubspot_id
    return decision.hubspot_id if isinstance(decision, Link) else None
