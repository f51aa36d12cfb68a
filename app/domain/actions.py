"""What a plan consists of: plain values that can be shown, guarded and tested before anything is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from app.domain.conflicts import Conflict
from app.domain.records import Person, Record

Changes = Mapping[str, tuple[str | None, str]]
"""Property name to (value before, value after)."""


@dataclass(frozen=True)
class PlannedWrite:
    """One HubSpot record to be written. `target_id` is the record id of a matched or linked one; without it the
    record is new and upserted on its unique key (I1). `record` is what is remembered once it is done, `known`
    the properties HubSpot showed before. `wish` holds an address that could not be written and is tried again
    at the end of the stream."""

    record: Record
    changes: Changes
    fields: Mapping[str, str]
    target_id: str | None = None
    known: Mapping[str, str] = field(default_factory=dict)
    person: Person | None = None
    source: str = "sync"
    counts_as: Literal["created", "updated", "none"] = "updated"
    conflicts: tuple[Conflict, ...] = ()
    wish: str = ""
    associate_to: tuple[tuple[str, str], ...] = ()
    """(object kind, id) of records this one must be associated with once written (deals)."""

    @property
    def trace(self) -> str:
        """The idempotency trace of this input within a batch."""
        return f"{self.record.kind}-{self.record.cliniko_id}"

    @property
    def payload(self) -> dict[str, str]:
        """What HubSpot is sent."""
        return {name: new for name, (_, new) in self.changes.items()}

    def without(self, *names: str) -> PlannedWrite:
        """The same write less some properties, which are then not remembered as written either."""
        return replace(
            self,
            changes={name: change for name, change in self.changes.items() if name not in names},
            fields={name: mark for name, mark in self.fields.items() if name not in names},
        )


@dataclass(frozen=True)
class Settled:
    """A record that needs no write: linked and equal, left out, held or failed. Saved only where it differs."""

    record: Record
    person: Person | None = None
    outcome: Literal["unchanged", "held", "failed", "waiting", "updated"] = "unchanged"
    conflicts: tuple[Conflict, ...] = ()
