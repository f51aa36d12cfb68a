"""Home: what it shows, and what its buttons ask for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QTableView

from app.errors import DatabaseUnusable
from app.service.pages import DayNumbers, HomeNumbers
from app.service.stream_numbers import StreamNumbers
from app.state import State
from ui.pages.home import HomePage
from ui.pauses import KEPT, end_of_today, forget_pause, keep_pause, kept_pause, pauses

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
NUMBERS = HomeNumbers(
    (
        StreamNumbers("unlink", True, NOW, {}),
        StreamNumbers("patients", True, NOW, {"created": 12, "held": 1}),
        StreamNumbers("invoices", False, None, {}),
    ),
    tuple(DayNumbers(date(2026, 11, 11) + timedelta(days=n), n, int(n == 3)) for n in range(14)),
    {"cliniko": 40, "hubspot": 1204},
    busiest_minute=40,
)


def home(qtbot, at_once, **services) -> HomePage:
    page = HomePage(at_once(**services))
    qtbot.addWidget(page)
    return page


def open_home(qtbot, at_once, state: State = State()) -> HomePage:  # noqa: B008
    page = home(qtbot, at_once, pages=SimpleNamespace(home=lambda: NUMBERS))
    page.on_state(state)
    page.open()
    page.look()
    return page


def test_before_the_program_is_ready(qtbot, at_once) -> None:
    """I8: nothing is said about the state and no button works before it is known."""
    page = home(qtbot, at_once)
    page.on_state(State(is_checked=True, last_status="ok"))
    assert page.line.words.text() == "Opening…"
    assert not page.sync.isEnabled()


def test_numbers_of_each_stream(qtbot, at_once) -> None:
    """Per stream: last run, created, updated, waiting, held, failed; one that is off says so."""
    page = open_home(qtbot, at_once)
    table = page.findChild(QTableView, "streams")
    model = table.model()
    rows = [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(model.rowCount())]
    assert [row[0] for row in rows] == ["Patients", "Invoices", "Requests to unlink"]
    assert rows[0][2:] == ["12", "0", "0", "1", "0"]
    assert rows[1][1:3] == ["off", "–"]


def test_chart_is_told_in_words(qtbot, at_once) -> None:
    """The chart has a text for those who cannot see it."""
    page = open_home(qtbot, at_once)
    assert "Items: 91, problems: 1." in page.numbers.chart_words.text()
    assert page.numbers.chart.accessibleDescription() == page.numbers.chart_words.text()


def test_use_of_both_services(qtbot, at_once) -> None:
    """Today's calls stand against both limits."""
    words = open_home(qtbot, at_once).numbers.api_use.text()
    assert "Cliniko: 40" in words and "200" in words
    assert words.count("\n") == 1 and "250" in words


def test_use_of_both_services_as_bars(qtbot, at_once) -> None:
    """A small chart of the use against the limits, with the same in words."""
    page = open_home(qtbot, at_once)
    chart = page.numbers.api_chart
    assert chart.accessibleName() == "API use against the limits"
    assert chart.accessibleDescription().splitlines() == [
        "Cliniko, busiest minute: 20 %",
        "HubSpot, today: less than 1 %",
    ]


def test_pause_and_resume_by_one_button(qtbot, at_once) -> None:
    """R5 beside: Pause lasts until it is resumed; the same button resumes."""
    page = open_home(qtbot, at_once)
    with qtbot.waitSignal(page.pause_wanted) as asked:
        page.pause.click()
    assert asked.args == [None]
    page.on_state(State(is_paused=True))
    assert (page.pause.text(), page.pause.accessibleName()) == ("Resume", "Resume")
    with qtbot.waitSignal(page.resume_wanted):
        page.pause.click()


def test_a_pause_of_a_chosen_length(qtbot, at_once) -> None:
    """1 hour, today, until resumed: chosen beside the button, which then holds for that once."""
    page = open_home(qtbot, at_once)
    words = [page.pause_length.itemText(n) for n in range(page.pause_length.count())]
    assert words == ["Until resumed", "Today", "1 hour"]
    page.pause_length.setCurrentIndex(2)
    with qtbot.waitSignal(page.pause_wanted) as asked:
        page.pause.click()
    assert timedelta(minutes=59) < asked.args[0] - datetime.now(UTC) <= timedelta(hours=1)
    assert page.pause_length.currentText() == "Until resumed"


def test_sync_now(qtbot, at_once) -> None:
    """R5: the button asks, also while a run is under way."""
    page = open_home(qtbot, at_once, State(is_syncing=True))
    with qtbot.waitSignal(page.sync_wanted):
        page.sync.click()


def test_progress_only_while_a_run_goes(qtbot, at_once) -> None:
    """A long run shows how far it is and how long it may take."""
    page = open_home(qtbot, at_once)
    page.show()
    assert not page.progress.isVisible()
    page.on_state(State(is_syncing=True, stream="patients", done=10, total=100))
    page.on_state(State(is_syncing=True, stream="patients", done=50, total=100))
    assert page.progress.isVisible()
    assert (page.progress.value(), page.progress.maximum()) == (50, 100)
    assert page.time_left.text()


def test_numbers_that_cannot_be_read_are_not_shown(qtbot, at_once) -> None:
    """I8: old numbers do not stay when the database cannot be read."""
    page = open_home(qtbot, at_once)
    page.on_trouble(DatabaseUnusable())
    assert page.numbers.api_use.text() == "–"


def test_lengths_of_a_pause(qapp) -> None:
    """1 hour, today, until resumed."""
    now = datetime.now(UTC)
    hour, today, endless = [until() for _, _, until in pauses()]
    assert hour is not None and timedelta(minutes=59) < hour - now <= timedelta(minutes=61)
    assert today == end_of_today()
    assert end_of_today().astimezone().hour == 0
    assert endless is None


def test_a_quick_run_is_seen(qtbot, at_once) -> None:
    """Sync now: however quick the run was, the line says for a moment that it ran, then how it ended (I8)."""
    page = open_home(qtbot, at_once, State(is_checked=True, last_status="ok"))
    page.on_state(State(is_syncing=True))
    page.on_state(State(last_status="attention"))
    assert page.line.words.text().startswith("Syncing")
    qtbot.waitUntil(lambda: "look" in page.line.words.text(), timeout=3000)


def test_a_pause_outlasts_the_program(tmp_path) -> None:
    """A pause is not ended by a restart of the computer; one whose time has come is over."""
    kept = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    assert kept_pause(kept, NOW) == (False, None)
    keep_pause(kept, None)
    kept.sync()
    again = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    assert kept_pause(again, NOW) == (True, None)
    keep_pause(kept, NOW + timedelta(hours=1))
    assert kept_pause(kept, NOW) == (True, NOW + timedelta(hours=1))
    assert not kept_pause(kept, NOW + timedelta(hours=2))[0]
    forget_pause(kept)
    assert kept_pause(kept, NOW) == (False, None)
    kept.setValue(KEPT, "something else")
    assert kept_pause(kept, NOW) == (False, None)
    assert kept_pause(None, NOW) == (False, None)
