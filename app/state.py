"""The one state that window, tray and `status` show, folded from events by a pure function.

It is never green by the absence of bad news: only an execution that finished, wrote for real and was checked
makes it so (I8).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Literal

from app.domain.reports import COUNTERS, Report
from app.events import (
    ActionDone,
    ExecutionFinished,
    ExecutionStarted,
    HistoryRead,
    NextRunPlanned,
    OtherComputer,
    PauseBegan,
    PauseEnded,
    PhaseStarted,
    Progress,
    QuestionOpened,
    QuestionsCounted,
    Stopping,
    Trouble,
    WaitingForService,
)

Mood = Literal[
    "not_set_up",
    "not_run_yet",
    "syncing",
    "paused",
    "up_to_date",
    "catching_up",
    "questions",
    "attention",
    "offline",
    "keys_refused",
    "failed",
    "stopping",
]

Shape = Literal["tick", "arrows", "bars", "dots", "!", "×"]
SHAPE: Final[Mapping[Mood, Shape]] = {
    "not_set_up": "!",
    "not_run_yet": "dots",
    "syncing": "arrows",
    "paused": "bars",
    "up_to_date": "tick",
    "catching_up": "arrows",
    "questions": "!",
    "attention": "!",
    "offline": "dots",
    "keys_refused": "×",
    "failed": "!",
    "stopping": "bars",
}
"""The tray tells each mood by a shape too, not by colour alone."""

OFFLINE_CODES: Final = frozenset(
    {"try_later", "rate_limited", "unavailable", "outcome_unknown", "budget_spent"}
)
KEY_CODES: Final = frozenset({"keys_refused", "rights_missing"})
SET_UP_CODES: Final = frozenset({"not_set_up", "keyring_unusable"})


@dataclass(frozen=True)
class State:
    """What is going on. Times are aware UTC; `code`, `sentence` and `next_step` tell of the last trouble, ""
    once a later execution went well."""

    is_set_up: bool = True
    is_syncing: bool = False
    is_paused: bool = False
    is_stopping: bool = False
    is_checked: bool = False
    """Whether the last execution for real finished well and its report adds up."""
    run_id: int = 0
    is_dry_run: bool = False
    stream: str = ""
    phase: str = ""
    done: int = 0
    total: int = 0
    counters: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    waiting: int = 0
    waiting_for: str = ""
    waiting_seconds: float = 0.0
    open_questions: int = 0
    blocking_questions: int = 0
    paused_until: datetime | None = None
    elsewhere: str = ""
    """The name of another computer that is syncing with the shared database (R86)."""
    next_run_at: datetime | None = None
    last_finished_at: datetime | None = None
    last_good_at: datetime | None = None
    last_status: str = ""
    code: str = ""
    sentence: str = ""
    next_step: str = ""

    @property
    def mood(self) -> Mood:
        """The one thing to be shown, the most pressing first."""
        if self.is_stopping:
            return "stopping"
        if self.is_syncing:
            return "syncing"
        if not self.is_set_up or self.code in SET_UP_CODES:
            return "not_set_up"
        if self.is_paused:
            return "paused"
        if self.elsewhere and self.code not in KEY_CODES:
            return "syncing"
        return self._mood_of_last_run()

    def _mood_of_last_run(self) -> Mood:
        if self.code in KEY_CODES:
            return "keys_refused"
        if self.code in OFFLINE_CODES:
            return "offline"
        if self.code or self.last_status == "failed":
            return "failed"
        if self.blocking_questions:
            return "questions"
        if not self.last_status:
            return "not_run_yet"
        if not self.is_checked:
            return "attention"
        return "catching_up" if self.waiting else "up_to_date"

    @property
    def shape(self) -> Shape:
        """The sign that goes with the mood."""
        return SHAPE[self.mood]

    @property
    def is_green(self) -> bool:
        """Whether all is well and known to be (I8)."""
        return self.mood == "up_to_date"


def adds_up(report: Report) -> bool:
    """The check of a finished report: it ended, for real, without failures or a premature stop, and every
    stream it names has all its numbers."""
    return (
        report.finished_at is not None
        and not report.dry_run
        and report.status == "ok"
        and report.exit_code == 0
        and all(counters.failed == 0 and counters.read >= 0 for counters in report.streams.values())
        and not any(problem.code == "cancelled" for problem in report.problems)
    )


def advance(state: State, event: object) -> State:
    """The state after an event; one it does not know changes nothing."""
    match event:
        case ExecutionStarted():
            return replace(
                state,
                is_syncing=True,
                run_id=event.run_id,
                is_dry_run=event.dry_run,
                stream="",
                phase="",
                done=0,
                total=0,
                counters={},
                waiting_for="",
            )
        case PhaseStarted():
            is_same = event.stream == state.stream
            done, total = (state.done, state.total) if is_same else (0, 0)
            return replace(
                state, stream=event.stream, phase=event.phase, done=done, total=total, waiting_for=""
            )
        case Progress():
            return replace(
                state,
                stream=event.stream,
                done=event.done,
                total=max(event.total, event.done),
                waiting_for="",
            )
        case ActionDone():
            numbers = {name: int(getattr(event, name)) for name in COUNTERS}
            return replace(state, counters={**state.counters, event.stream: numbers}, waiting_for="")
        case QuestionOpened():
            return replace(state, open_questions=state.open_questions + 1)
        case QuestionsCounted():
            return replace(state, open_questions=event.open, blocking_questions=event.blocking)
        case WaitingForService():
            return replace(state, waiting_for=event.service, waiting_seconds=event.seconds)
        case Trouble():
            return replace(state, code=event.code, sentence=event.sentence, next_step=event.next_step)
        case ExecutionFinished():
            return _finished(state, event.report)
        case NextRunPlanned():
            return replace(state, next_run_at=event.at)
        case OtherComputer():
            return replace(state, elsewhere=event.name)
        case HistoryRead():
            return _read_anew(state, event)
        case PauseBegan():
            return replace(state, is_paused=True, paused_until=event.until)
        case PauseEnded():
            return replace(state, is_paused=False, paused_until=None)
        case Stopping():
            return replace(state, is_stopping=True)
    return state


def _finished(state: State, report: Report) -> State:
    rested = replace(state, is_syncing=False, stream="", phase="", done=0, total=0, waiting_for="")
    counters = {name: counted.as_json() for name, counted in report.streams.items()}
    rested = replace(rested, run_id=report.run_id, counters=counters)
    if report.dry_run:
        return rested  # a rehearsal says nothing about whether both sides agree
    checked = adds_up(report)
    rested = replace(
        rested,
        is_set_up=True,
        is_checked=checked,
        waiting=report.waiting,
        last_status=report.status,
        last_finished_at=report.finished_at,
        last_good_at=report.finished_at if checked else state.last_good_at,
    )
    if report.status == "failed":
        return rested if state.code else replace(rested, code="bug")
    return replace(rested, code="", sentence="", next_step="")


def _read_anew(state: State, event: HistoryRead) -> State:
    """Take over what another computer did; what is going on here, and what is wrong with the keys here, stays."""
    if state.is_syncing:
        return state
    found = remembered(event.last, event.open, event.blocking, event.is_set_up)
    if state.code in KEY_CODES | SET_UP_CODES:
        found = replace(found, code=state.code, sentence=state.sentence, next_step=state.next_step)
    return replace(
        found,
        is_paused=state.is_paused,
        is_stopping=state.is_stopping,
        paused_until=state.paused_until,
        elsewhere=state.elsewhere,
        next_run_at=state.next_run_at,
        last_good_at=found.last_good_at or state.last_good_at,
    )


def remembered(
    last: Mapping[str, Any] | None, open_questions: int, blocking_questions: int, is_set_up: bool
) -> State:
    """The state before any event: what the history and the review list tell. `last` is the newest row of the
    history that was for real, None where there is none."""
    state = State(is_set_up=is_set_up, open_questions=open_questions, blocking_questions=blocking_questions)
    if last is None:
        return state
    summary: Mapping[str, Any] = last.get("summary") or {}
    status = str(last.get("status") or "")
    finished_at = last.get("finished_at")
    problems = summary.get("problems") or []
    streams: Mapping[str, Mapping[str, int]] = summary.get("streams") or {}
    failed = sum(numbers.get("failed", 0) for numbers in streams.values())
    is_checked = status == "ok" and finished_at is not None and not failed and bool(streams)
    if any(problem.get("code") == "cancelled" for problem in problems):
        is_checked = False
    trouble = problems[-1] if status == "failed" and problems else {}
    return replace(
        state,
        run_id=int(last.get("run_id") or 0),
        is_checked=is_checked,
        counters=streams,
        waiting=sum(numbers.get("waiting", 0) for numbers in streams.values()),
        last_status=status if finished_at is not None else "failed",
        last_finished_at=finished_at,
        last_good_at=finished_at if is_checked else None,
        code=str(trouble.get("code") or ""),
        sentence=str(trouble.get("message") or ""),
    )
