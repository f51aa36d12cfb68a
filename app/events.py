"""What can be reported while working: frozen values in the past tense, safe to hand from thread to thread.

Nothing here holds a name, an address or a key (I6); whoever shows an event finds the words in `wording`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.reports import Report


@dataclass(frozen=True)
class ExecutionStarted:
    """An execution began to work these streams, in this order."""

    run_id: int
    dry_run: bool
    streams: tuple[str, ...]


@dataclass(frozen=True)
class PhaseStarted:
    """A stream reached its next phase, such as fetch or apply."""

    stream: str
    phase: str


@dataclass(frozen=True)
class Progress:
    """So many records of a stream are done, of so many that are known of (0 where that is unknown)."""

    stream: str
    done: int
    total: int


@dataclass(frozen=True)
class ActionDone:
    """A batch was recorded; these are the stream's numbers so far."""

    stream: str
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    held: int = 0
    failed: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class QuestionOpened:
    """Something came up that only a person can answer."""

    kind: str


@dataclass(frozen=True)
class QuestionsCounted:
    """How many questions are open now, and how many of them hold a record back."""

    open: int
    blocking: int


@dataclass(frozen=True)
class Trouble:
    """An error ended a job: its code, what happened, and what helps (I11)."""

    code: str
    sentence: str
    next_step: str


@dataclass(frozen=True)
class WaitingForService:
    """A service asked for patience, or our own pacing does; work goes on after these seconds."""

    service: str
    seconds: float


@dataclass(frozen=True)
class ExecutionFinished:
    """An execution ended, well or not; the report says how."""

    report: Report


@dataclass(frozen=True)
class NextRunPlanned:
    """When the next execution is due (aware UTC); None while none is planned."""

    at: datetime | None


@dataclass(frozen=True)
class PauseBegan:
    """A person paused the sync until then (aware UTC), or until it is resumed where that is None."""

    until: datetime | None


@dataclass(frozen=True)
class PauseEnded:
    """The pause is over."""


@dataclass(frozen=True)
class OtherComputer:
    """Another computer is syncing with the shared database; its name, "" once none does any more (R86)."""

    name: str


@dataclass(frozen=True)
class HistoryRead:
    """History and review list were read anew, since another computer may have added to them (R86): the newest row of
    an execution for real (None: there is none), the questions, and whether anything was ever set up."""

    last: Mapping[str, Any] | None
    open: int
    blocking: int
    is_set_up: bool


@dataclass(frozen=True)
class Stopping:
    """The program is asked to end and finishes the batch in flight."""
