"""Home: what is going on, what each stream did, how the last two weeks went, and what comes next."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.service.pages import HomeNumbers
from app.state import State
from app.wording import STREAM_WORDS
from ui import theme
from ui.bridge import Asking
from ui.language import moment, number, seconds_left, tr
from ui.pages.page import Page
from ui.tables.rows import Column, RowsModel
from ui.tables.table import flat_table
from ui.widgets.history_chart import HistoryChart
from ui.widgets.parts import SPACE, button, card, label, quiet_label, scrolled
from ui.widgets.state_line import StateLine

_CONTEXT = "Home"
SHOWN = ("patients", "contacts", "appointments", "invoices", "write_back", "unlink")
"""The streams in the order in which somebody at the desk looks for them."""


def _count(name: str, title: str, tone: str = "") -> Column:
    return Column(
        title,
        lambda line: number(line.numbers.get(name, 0)) if line.is_on else "–",
        lambda line: line.numbers.get(name, 0),
        9,
        is_number=True,
        tone=lambda line: tone if line.numbers.get(name, 0) else "quiet",
    )


def stream_columns() -> tuple[Column, ...]:
    """The columns of the streams' table."""
    return (
        Column(tr(_CONTEXT, "Stream"), lambda line: stream_name(line.stream), width=0),
        Column(
            tr(_CONTEXT, "Last run"),
            lambda line: moment(line.last_run) if line.is_on else tr(_CONTEXT, "off"),
            width=18,
        ),
        _count("created", tr(_CONTEXT, "Created")),
        _count("updated", tr(_CONTEXT, "Updated")),
        _count("waiting", tr(_CONTEXT, "Waiting"), "busy"),
        _count("held", tr(_CONTEXT, "Held"), "warn"),
        _count("failed", tr(_CONTEXT, "Failed"), "bad"),
    )


def stream_name(stream: str) -> str:
    """A stream's name at the beginning of a line."""
    words = tr("Wording", STREAM_WORDS.get(stream, stream))
    return words[:1].upper() + words[1:]


class HomePage(Page):
    """See the module."""

    sync_wanted = Signal()
    pause_wanted = Signal(object)
    """Until when (aware UTC), or None for until it is resumed."""
    resume_wanted = Signal()

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__("home", tr(_CONTEXT, "Home"), asking, parent)
        self.state = State()
        self._is_open = False
        self._began = (0.0, 0, "")
        self.line = StateLine()
        self.line.show_opening()
        self.progress = QProgressBar()
        self.progress.setObjectName("progress")
        self.progress.setAccessibleName(tr(_CONTEXT, "Progress"))
        self.progress.setTextVisible(False)
        self.time_left = quiet_label("", "time_left")
        self.sync = button(tr(_CONTEXT, "Sync now"), "sync_now", self.sync_wanted.emit, main=True)
        self.pause = button(tr(_CONTEXT, "Pause"), "pause", self._on_pause, "pause")
        self.pause_for = self._pause_menu()
        self.next_run = label("–", "next_run")
        self.api_use = label("–", "api_use")
        self.chart = HistoryChart()
        self.chart_words = quiet_label("", "chart_words")
        self.streams = RowsModel(stream_columns(), self)
        self._lay_out()
        for part in (self.sync, self.pause, self.pause_for):
            part.setEnabled(False)
        self._show_progress(State())

    def _pause_menu(self) -> QPushButton:
        menu = QMenu(self)
        for text, name, until in pauses():
            action = menu.addAction(text)
            action.setObjectName(name)
            action.triggered.connect(lambda checked=False, until=until: self.pause_wanted.emit(until()))
        made = button(tr(_CONTEXT, "Pause for…"), "pause_for")
        made.setMenu(menu)
        return made

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for part in (self.sync, self.pause, self.pause_for):
            buttons.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        top = QHBoxLayout()
        top.addWidget(self.line, 1)
        top.addLayout(buttons)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE + 2)
        column.addWidget(card("state_card", top, self.progress, self.time_left))
        table = flat_table(
            self.streams,
            "streams",
            tr(_CONTEXT, "Streams"),
            tr(_CONTEXT, "What each stream did in its last run: created, updated, waiting, held and failed."),
        )
        column.addWidget(card("streams_card", table, title=tr(_CONTEXT, "Streams")))
        below = QHBoxLayout()
        below.setSpacing(SPACE + 2)
        chart = card("chart_card", self.chart, self.chart_words, title=tr(_CONTEXT, "The last 14 days"))
        facts = QVBoxLayout()
        facts.setSpacing(3)
        for title, part in (
            (tr(_CONTEXT, "Next run"), self.next_run),
            (tr(_CONTEXT, "API calls today"), self.api_use),
        ):
            facts.addWidget(quiet_label(title, f"{part.objectName()}_title"))
            facts.addWidget(part)
            facts.addSpacing(SPACE)
        facts.addStretch(1)
        below.addWidget(chart, 3)
        below.addWidget(card("next_card", facts, title=tr(_CONTEXT, "What comes next")), 2)
        column.addLayout(below)
        column.addStretch(1)
        self.body.addWidget(scrolled(content), 1)

    # what is shown

    def open(self) -> None:
        """The program is ready: from now on the state counts."""
        self._is_open = True
        for part in (self.sync, self.pause, self.pause_for):
            part.setEnabled(True)
        self.on_state(self.state)

    def look(self) -> None:
        """Read the numbers, the days and the use of both services."""
        self.asking.read(read_home, self.on_numbers, self.on_trouble, topic="home")

    def on_trouble(self, error: BaseException) -> None:
        """The numbers cannot be read: what stands there is old, so say nothing at all."""
        self.next_run.setText("–")
        self.api_use.setText("–")

    def on_numbers(self, numbers: HomeNumbers) -> None:
        """Show what was read."""
        self.streams.replace(sorted(numbers.streams, key=lambda line: SHOWN.index(line.stream)))
        self.chart.show_days(numbers.days)
        self.chart_words.setText(self.chart.in_words())
        self.api_use.setText(api_words(numbers.calls, numbers.hubspot_a_day, numbers.cliniko_a_minute))

    def on_state(self, state: State) -> None:
        """Follow the state."""
        self.state = state
        if not self._is_open:
            return
        self.line.show_state(state)
        self._show_progress(state)
        self.next_run.setText(next_words(state))
        self.pause.setText(tr(_CONTEXT, "Resume") if state.is_paused else tr(_CONTEXT, "Pause"))
        self.pause.setAccessibleName(self.pause.text())
        self.pause.setIcon(theme.icon("resume" if state.is_paused else "pause"))
        self.pause_for.setVisible(not state.is_paused)
        self.sync.setEnabled(not state.is_stopping and state.mood != "not_set_up")

    def _show_progress(self, state: State) -> None:
        is_long = state.is_syncing
        self.progress.setVisible(is_long)
        self.time_left.setVisible(is_long and state.total > 0)
        self.progress.setRange(0, state.total if state.total else 0)
        self.progress.setValue(state.done)
        began, done, stream = self._began
        if stream != state.stream or state.done < done:
            self._began = (time.monotonic(), state.done, state.stream)
        elif state.done > done and state.total:
            rate = (state.done - done) / max(0.001, time.monotonic() - began)
            self.time_left.setText(seconds_left((state.total - state.done) / rate))

    @Slot()
    def _on_pause(self) -> None:
        if self.state.is_paused:
            self.resume_wanted.emit()
        else:
            self.pause_wanted.emit(None)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Colours may have changed."""
        if event.type() == QEvent.Type.PaletteChange and self._is_open:
            self.line.show_state(self.state)
        super().changeEvent(event)


def read_home(program: Any) -> HomeNumbers:
    """Gather the numbers; runs on the reader's thread."""
    found: HomeNumbers = program.pages.home()
    return found


def pauses() -> list[tuple[str, str, Any]]:
    """How long a pause may last: words, objectName, and until when (aware UTC; None: until resumed)."""
    return [
        (tr(_CONTEXT, "1 hour"), "pause_hour", lambda: datetime.now(UTC) + timedelta(hours=1)),
        (tr(_CONTEXT, "Today"), "pause_today", end_of_today),
        (tr(_CONTEXT, "Until resumed"), "pause_until_resumed", lambda: None),
    ]


def end_of_today() -> datetime:
    """Midnight of this computer, as aware UTC."""
    tomorrow = datetime.now().astimezone() + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def next_words(state: State) -> str:
    """When the next run is due."""
    if state.is_paused:
        return tr(_CONTEXT, "When the pause is over")
    if state.is_syncing:
        return tr(_CONTEXT, "A run is under way")
    return moment(state.next_run_at)


def api_words(calls: Mapping[str, int], a_day: int, a_minute: int) -> str:
    """Today's calls to each service against what it allows."""
    hubspot = tr(_CONTEXT, "HubSpot: {used} of {limit} a day", used=calls.get("hubspot", 0), limit=a_day)
    cliniko = tr(
        _CONTEXT, "Cliniko: {used}, at most {limit} a minute", used=calls.get("cliniko", 0), limit=a_minute
    )
    return f"{cliniko}\n{hubspot}"
