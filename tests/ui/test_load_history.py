"""Load history from Cliniko: the day, what it would bring, and then go (R73)."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QDate

from app.domain.reports import Counters, Report
from app.errors import Cancelled, RightsMissing
from tests.ui.test_names import check_names
from ui.dialogs.load_history import HistoryDialog

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


class Syncing:
    """What is asked of history, small."""

    def __init__(self) -> None:
        self.since: date | None = None
        self.loaded: list[date] = []
        self.report = Report(1, NOW, dry_run=True)
        self.report.streams["appointments"] = Counters(created=90, held=2, unchanged=8, waiting=243)
        self.trouble: BaseException | None = None

    def history_since(self) -> date | None:
        return self.since

    def rehearse_history(self, since: date, cancel: threading.Event) -> Report:
        if self.trouble is not None:
            raise self.trouble
        return self.report

    def load_history(self, since: date) -> None:
        self.loaded.append(since)


def dialog(qtbot: Any, at_once: Any, syncing: Syncing) -> HistoryDialog:
    made = HistoryDialog(at_once(syncing=syncing))
    qtbot.addWidget(made)
    return made


def test_rehearsed_then_loaded(qtbot, at_once) -> None:
    """Numbers first; only then the one main button loads, once."""
    syncing = Syncing()
    made = dialog(qtbot, at_once, syncing)
    check_names(made)
    assert not made.load.isEnabled()
    made.since.setDate(QDate(2024, 2, 1))
    made.rehearse.click()
    assert made.tiles.numbers["appointments"].text() == "333"
    assert "about 4 runs" in made.said.text()
    assert made.load.property("main")
    made.load.click()
    assert syncing.loaded == [date(2024, 2, 1)]
    assert "Home shows" in made.said.text()
    assert not made.load.isEnabled()
    made.since.setDate(QDate(2023, 2, 1))
    assert not made.load.isEnabled()
    assert made.tiles.isHidden()


def test_what_is_loaded_already(qtbot, at_once) -> None:
    """A day chosen before is told; nothing to load is told too."""
    syncing = Syncing()
    syncing.since = date(2024, 2, 1)
    made = dialog(qtbot, at_once, syncing)
    assert "already" in made.said.text()
    syncing.report.streams["appointments"] = Counters(unchanged=3)
    made.rehearse.click()
    assert "nothing to load" in made.said.text()
    assert not made.load.isEnabled()


@pytest.mark.parametrize(
    ("error", "words"),
    [(RightsMissing("Cliniko", ("appointments",)), "Cliniko"), (Cancelled(), "Nothing was written")],
)
def test_a_rehearsal_that_ends_early(qtbot, at_once, error: Exception, words: str) -> None:
    """A key that may not read, or a cancel: said, and one may try again."""
    syncing = Syncing()
    made = dialog(qtbot, at_once, syncing)
    syncing.trouble = error
    made.rehearse.click()
    assert words in made.said.text()
    assert (made.rehearse.isEnabled(), made.load.isEnabled()) == (True, False)


def test_cancel_while_it_reads(qtbot) -> None:
    """Cancel ends the rehearsal, not the dialog; closing is for when nothing goes on."""
    jobs: list[Any] = []
    asking = SimpleNamespace(
        read=lambda *asked, **named: None, work=lambda *asked, **named: jobs.append(asked)
    )
    made = HistoryDialog(asking)
    qtbot.addWidget(made)
    made.show()
    made.rehearse.click()
    assert made.shut.accessibleName() == "Cancel"
    made.shut.click()
    assert made.isVisible()
    assert made._cancel.is_set()
    jobs[0][2](Cancelled())
    made.shut.click()
    assert not made.isVisible()
