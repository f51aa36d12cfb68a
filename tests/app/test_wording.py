"""The words: every event, mood and reason has a sentence, and none holds more than it should."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import pytest

from app.domain.ids import STREAM_ORDER
from app.domain.reports import Counters, Problem, Report
from app.errors import KeysRefused
from app.events import (
    ExecutionFinished,
    ExecutionStarted,
    PhaseStarted,
    Progress,
    QuestionOpened,
    Stopping,
    Trouble,
    WaitingForService,
)
from app.settings import SETTINGS
from app.state import Mood
from app.wording import (
    REASON_WORDS,
    STREAM_WORDS,
    error_words,
    event_words,
    reason_words,
    report_lines,
    state_words,
)

NOW = datetime(2026, 11, 22, 3, 15, tzinfo=UTC)


@pytest.mark.parametrize("mood", get_args(Mood))
def test_every_mood_has_words(mood: str) -> None:
    """Window, tray and `status` always have a line to show."""
    words = str(state_words(mood, waiting=4, questions=3, at=NOW))
    assert words
    assert "{" not in words


def test_the_big_line() -> None:
    """Numbers while it runs, the time of day when it is done."""
    assert str(state_words("syncing", stream="appointments", done=37, total=120)) == (
        "Syncing 37 of 120 appointments"
    )
    assert str(state_words("questions", questions=3)) == "3 questions for you"
    assert str(state_words("questions", questions=1)) == "1 question for you"
    local = NOW.astimezone().strftime("%H:%M")
    assert str(state_words("up_to_date", at=NOW)) == f"Up to date – {local}"
    assert str(state_words("offline", next_at=NOW)) == f"Offline, trying again at {local}"


def test_every_stream_has_words() -> None:
    """Streams are named in plain words everywhere."""
    assert set(STREAM_WORDS) == set(STREAM_ORDER)


@pytest.mark.parametrize("reason", REASON_WORDS)
def test_a_reason_names_a_setting_that_exists(reason: str) -> None:
    """R82: a reason that a setting decides names it by its key."""
    words = str(reason_words(reason))
    assert words.endswith(".")
    named = words.rpartition("(")[2].rstrip(").") if "(" in words else ""
    assert named == "" or named in SETTINGS


def test_reasons_that_are_not_in_the_table() -> None:
    """A held record waits for an answer, a sentence stays as it is, nothing stays nothing."""
    assert "same person" in str(reason_words("same_person", "patient", "held"))
    assert str(reason_words("A sentence with {braces}.")) == "A sentence with {braces}."
    assert "streams.invoices" in str(reason_words("stream_off", "invoice"))
    assert not reason_words("")


def test_events_in_words() -> None:
    """A line for what a person follows, none for what is only counted."""
    told = [
        ExecutionStarted(1, True, ()),
        PhaseStarted("patients", "fetch"),
        QuestionOpened("same_person"),
        Trouble("bug", "What {happened}.", "Help."),
        WaitingForService("HubSpot", 3.4),
        Stopping(),
        ExecutionFinished(Report(1, NOW)),
    ]
    assert all(str(event_words(event)) for event in told)
    assert str(event_words(told[3])) == "What {happened}. Help."
    assert not event_words(Progress("patients", 1, 2))
    assert not event_words(object())


def test_a_report_in_lines() -> None:
    """Only what is not zero is shown; problems follow."""
    report = Report(7, NOW, status="attention")
    report.streams["patients"] = Counters(created=2, waiting=1)
    report.problems.append(Problem("refused", "HubSpot did not accept this record.", "patients", "5"))
    assert report_lines(report) == [
        "Run 7 is done; something needs you.",
        "  patients: 2 created, 1 left for the next run",
        "  ! HubSpot did not accept this record.",
    ]
    assert "  Nothing to do." in report_lines(Report(8, NOW))


def test_an_error_in_one_line() -> None:
    """What happened and what helps."""
    assert error_words(KeysRefused("HubSpot")).startswith("HubSpot does not accept the key. Paste")
