"""The one state: what each event makes of it, and that green is earned."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.reports import Counters, Problem, Report
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
from app.state import SHAPE, State, advance, remembered

NOW = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)


def report(**changes: Any) -> Report:
    made = Report(run_id=3, started_at=NOW, finished_at=NOW)
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def after(*events: object, start: State | None = None) -> State:
    state = start or State()
    for event in events:
        state = advance(state, event)
    return state


def test_a_run_from_start_to_green() -> None:
    """Progress while it runs, green when it is done and checked."""
    state = after(
        ExecutionStarted(3, False, ("patients",)),
        PhaseStarted("patients", "apply"),
        Progress("patients", 37, 120),
        ActionDone("patients", created=37),
    )
    assert (state.mood, state.done, state.total) == ("syncing", 37, 120)
    assert state.counters["patients"]["created"] == 37
    state = after(ExecutionFinished(report()), start=state)
    assert (state.mood, state.is_green, state.last_good_at) == ("up_to_date", True, NOW)


@pytest.mark.parametrize(
    ("changes", "mood"),
    [
        ({"status": "attention", "exit_code": 1}, "attention"),
        ({"streams": {"patients": Counters(failed=1)}}, "attention"),
        ({"finished_at": None}, "attention"),
        ({"problems": [Problem("cancelled", "Stopped as asked.")]}, "attention"),
        ({"streams": {"patients": Counters(waiting=4)}}, "catching_up"),
    ],
)
def test_what_is_not_quite_well_is_not_green(changes: dict[str, Any], mood: str) -> None:
    """I8: only a run that finished, for real, with nothing failed or left."""
    state = after(ExecutionStarted(3, False, ()), ExecutionFinished(report(**changes)))
    assert (state.mood, state.is_green) == (mood, False)


@pytest.mark.parametrize(
    ("code", "mood", "shape"),
    [
        ("unavailable", "offline", "dots"),
        ("rate_limited", "offline", "dots"),
        ("keys_refused", "keys_refused", "×"),
        ("rights_missing", "keys_refused", "×"),
        ("not_set_up", "not_set_up", "!"),
        ("bug", "failed", "!"),
        ("account_changed", "failed", "!"),
    ],
)
def test_trouble_shows_until_a_run_went_well(code: str, mood: str, shape: str) -> None:
    """A failed run tells why by words and by shape; the next good one clears it."""
    state = after(
        ExecutionFinished(report()),
        ExecutionStarted(4, False, ()),
        Trouble(code, "What.", "Help."),
        ExecutionFinished(report(status="failed", exit_code=5)),
    )
    assert (state.mood, state.shape, state.is_green) == (mood, shape, False)
    assert (state.sentence, state.next_step) == ("What.", "Help.")
    assert after(ExecutionFinished(report()), start=state).is_green


def test_a_rehearsal_says_nothing_about_both_sides() -> None:
    """Neither green nor red comes of a run that wrote nothing."""
    assert after(ExecutionFinished(report(dry_run=True))).mood == "not_run_yet"


def test_questions_and_pauses() -> None:
    """Blocking questions go before green, a pause before both."""
    state = after(ExecutionFinished(report()), QuestionOpened("same_person"), QuestionsCounted(2, 1))
    assert (state.mood, state.open_questions) == ("questions", 2)
    state = after(PauseBegan(NOW), start=state)
    assert (state.mood, state.paused_until) == ("paused", NOW)
    state = after(PauseEnded(), QuestionsCounted(1, 0), NextRunPlanned(NOW), start=state)
    assert (state.mood, state.next_run_at) == ("up_to_date", NOW)
    assert after(Stopping(), start=state).mood == "stopping"
    assert after(WaitingForService("HubSpot", 9.0), start=state).waiting_for == "HubSpot"


EVENTS = st.one_of(
    st.just(ExecutionStarted(1, False, ())),
    st.just(ExecutionStarted(1, True, ())),
    st.builds(Progress, st.just("patients"), st.integers(0, 9), st.integers(0, 9)),
    st.just(QuestionOpened("same_person")),
    st.builds(QuestionsCounted, st.integers(0, 3), st.integers(0, 3)),
    st.builds(Trouble, st.sampled_from(["bug", "unavailable", "keys_refused"]), st.just("a"), st.just("b")),
    st.builds(
        lambda status, dry: ExecutionFinished(report(status=status, dry_run=dry)),
        st.sampled_from(["ok", "attention", "failed"]),
        st.booleans(),
    ),
    st.just(PauseBegan(None)),
    st.just(PauseEnded()),
    st.just("something else"),
)


@given(st.lists(EVENTS, max_size=20))
def test_green_is_never_earned_by_silence(events: list[object]) -> None:
    """I8: whatever was reported, green means that the last execution for real finished well and nothing since
    then went wrong."""
    state = after(*events)
    finished = [
        event for event in events if isinstance(event, ExecutionFinished) and not event.report.dry_run
    ]
    assert state.shape == SHAPE[state.mood]
    if state.is_green:
        assert finished and finished[-1].report.status == "ok"
        last_index = max(i for i, event in enumerate(events) if event is finished[-1])
        since = events[last_index + 1 :]
        assert not any(isinstance(event, Trouble) for event in since)


def row(**changes: Any) -> dict[str, Any]:
    summary = report().as_json()
    return {"run_id": 3, "status": "ok", "finished_at": NOW, "summary": summary} | changes


def test_what_the_history_tells_before_any_event() -> None:
    """After a start, the state is that of the last run; one that never finished is no good one."""
    assert remembered(None, 0, 0, False).mood == "not_set_up"
    assert remembered(None, 0, 0, True).mood == "not_run_yet"
    assert remembered(row(), 0, 0, True).is_green
    assert remembered(row(), 1, 1, True).mood == "questions"
    assert remembered(row(finished_at=None), 0, 0, True).mood == "failed"
    away = row(status="failed", summary={"problems": [{"code": "unavailable", "message": "Away."}]})
    assert remembered(away, 0, 0, True).mood == "offline"
    failed = report(streams={"patients": Counters(failed=2)}).as_json()
    assert remembered(row(summary=failed), 0, 0, True).mood == "attention"


def their_row(status: str = "ok", **changes: Any) -> dict[str, Any]:
    """A row of the history as another computer wrote it."""
    found = report(run_id=9, status=status, **changes)
    return {
        "run_id": 9,
        "status": status,
        "started_at": NOW,
        "finished_at": found.finished_at,
        "dry_run": False,
        "summary": found.as_json(),
    }


def test_another_computer_works() -> None:
    """R86, I8: while another syncs the state says so and is not green; what is wrong with the keys here, a pause here
    and an end here are told all the same."""
    green = after(ExecutionFinished(report()))
    busy = after(OtherComputer("FRONT-DESK-2"), start=green)
    assert (busy.mood, busy.shape, busy.is_green, busy.is_syncing) == ("syncing", "arrows", False, False)
    assert after(OtherComputer(""), start=busy).mood == "up_to_date"
    assert after(PauseBegan(None), start=busy).mood == "paused"
    assert after(Stopping(), start=busy).mood == "stopping"
    assert after(Trouble("keys_refused", "no", "set"), start=busy).mood == "keys_refused"
    assert after(Trouble("not_set_up", "no", "set"), start=busy).mood == "not_set_up"


def test_the_history_of_another_computer_is_ours() -> None:
    """R86, I8: its good run makes green as ours does, its failed one takes green away, and what is said of this
    computer alone stays."""
    paused = after(PauseBegan(None), NextRunPlanned(NOW))
    good = after(HistoryRead(their_row(), 2, 0, True), start=paused)
    assert (good.is_paused, good.next_run_at, good.open_questions) == (True, NOW, 2)
    good = after(PauseEnded(), start=good)
    assert (good.mood, good.last_good_at) == ("up_to_date", NOW)
    assert after(HistoryRead(their_row(), 2, 1, True), start=good).mood == "questions"
    failed = after(
        HistoryRead(their_row("failed", problems=[Problem("unavailable", "gone")]), 0, 0, True), start=good
    )
    assert (failed.mood, failed.last_good_at) == ("offline", NOW)
    unreadable = after(Trouble("database_unusable", "gone", "wait"), start=good)
    assert (unreadable.mood, unreadable.is_green) == ("failed", False)
    assert after(HistoryRead(their_row(), 0, 0, True), start=unreadable).mood == "up_to_date"
    refused = after(Trouble("keys_refused", "no", "set"), start=good)
    assert after(HistoryRead(their_row(), 0, 0, True), start=refused).mood == "keys_refused"
    running = after(ExecutionStarted(10, False, ()), start=good)
    assert after(HistoryRead(their_row("failed"), 0, 0, True), start=running) == running
    assert after(HistoryRead(None, 0, 0, False)).mood == "not_set_up"
