"""The state line: right words for each state, and never green without a checked run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.reports import Counters, Report
from app.events import (
    ExecutionFinished,
    ExecutionStarted,
    OtherComputer,
    PauseBegan,
    PauseEnded,
    PhaseStarted,
    Progress,
    QuestionsCounted,
    Stopping,
    Trouble,
)
from app.state import SHAPE, State, advance
from ui import theme
from ui.widgets.state_line import StateLine, detail, headline, is_stale

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def finished(status: str = "ok", **numbers: int) -> ExecutionFinished:
    report = Report(7, NOW, status=status, finished_at=NOW)
    report.streams["patients"] = Counters(**numbers)
    return ExecutionFinished(report)


def shown_green(line: StateLine) -> bool:
    """Whether the badge carries the good colour or the tick."""
    shape, colour, _ = line._drawn or ("", "", 0.0)
    return shape == "tick" or colour == theme.tones().good


def test_green_needs_a_checked_run(qtbot) -> None:
    """I8: step by step through a day, the badge is green only while the last run finished and adds up."""
    line = StateLine()
    qtbot.addWidget(line)
    line.show_opening()
    assert not shown_green(line)
    steps = [
        (ExecutionStarted(7, False, ("patients",)), False),
        (PhaseStarted("patients", "fetch"), False),
        (Progress("patients", 3, 12), False),
        (finished(created=12), True),
        (QuestionsCounted(1, 0), True),
        (QuestionsCounted(2, 1), False),
        (QuestionsCounted(1, 0), True),
        (PauseBegan(None), False),
        (PauseEnded(), True),
        (ExecutionStarted(8, False, ("patients",)), False),
        (Trouble("unavailable", "Cliniko cannot be reached.", "It is tried again."), False),
        (finished("failed"), False),
        (finished(created=1, failed=1), False),
        (finished("attention"), False),
        (finished(updated=1, waiting=4), False),
        (Trouble("keys_refused", "HubSpot does not accept the key.", "Paste a new key."), False),
        (finished(updated=1), True),
        (Stopping(), False),
    ]
    state = State()
    line.show_state(state)
    assert not shown_green(line)
    for event, is_green in steps:
        state = advance(state, event)
        line.show_state(state)
        if isinstance(event, ExecutionFinished):
            state = replace(state, last_good_at=datetime.now(UTC) if state.is_checked else state.last_good_at)
            line.show_state(state)
        assert shown_green(line) is is_green, event


def test_a_dry_run_is_not_green(qtbot) -> None:
    """I8: a rehearsal says nothing about whether both sides agree."""
    line = StateLine()
    qtbot.addWidget(line)
    rehearsal = finished(created=3)
    rehearsal.report.dry_run = True
    line.show_state(advance(advance(State(), ExecutionStarted(7, True, ())), rehearsal))
    assert not shown_green(line)


def test_an_old_success_is_not_green(qtbot) -> None:
    """R83: no good run for a day is an alarm, in shape and words."""
    line = StateLine()
    qtbot.addWidget(line)
    old = datetime.now(UTC) - timedelta(hours=25)
    state = State(is_checked=True, last_status="ok", last_finished_at=old, last_good_at=old)
    assert is_stale(state, datetime.now(UTC))
    line.show_state(state)
    assert not shown_green(line)
    assert "a day" in line.detail.text()


def test_progress_in_words() -> None:
    """The line counts what is done of what there is."""
    state = advance(State(), ExecutionStarted(7, False, ("appointments",)))
    assert headline(advance(state, Progress("appointments", 37, 120))) == "Syncing 37 of 120 appointments"


def test_trouble_says_what_helps() -> None:
    """I11: the cause and the next step stand there."""
    state = advance(State(), Trouble("keys_refused", "HubSpot does not accept the key.", "Paste a new key."))
    assert detail(state, NOW) == "HubSpot does not accept the key. Paste a new key."


@pytest.mark.parametrize("mood", sorted(SHAPE))
def test_each_mood_has_a_shape_and_a_colour(mood: str, qapp) -> None:
    """Shape and words tell the state too, not colour alone."""
    assert theme.SHAPE_ICON[SHAPE[mood]]
    is_good = theme.mood_colour(mood) == theme.tones().good
    assert is_good is (mood == "up_to_date")


def test_another_computer_works(qtbot) -> None:
    """R86, I8: its name, what it means here and when anything was last synced; not green meanwhile."""
    line = StateLine()
    qtbot.addWidget(line)
    line.show_state(advance(State(), OtherComputer("FRONT-DESK-2")))
    assert line.words.text() == "FRONT-DESK-2 is syncing"
    assert "Nothing is to be done" in line.detail.text()
    state = advance(advance(State(), finished(created=1)), OtherComputer("FRONT-DESK-2"))
    line.show_state(state)
    assert not shown_green(line)
    assert "Last synced: " in line.detail.text()
    line.show_state(advance(state, OtherComputer("")))
    assert shown_green(line)
