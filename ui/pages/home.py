"""Home: what is going on, with Sync now and Pause; below it the numbers, once there are any to show."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui import late, theme
from ui.bridge import Asking
from ui.language import seconds_left, tr
from ui.pages.page import Page
from ui.pauses import pauses
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.mnemonics import relabel
from ui.widgets.parts import SPACE, button, card, quiet_label, scrolled
from ui.widgets.state_line import StateLine

if TYPE_CHECKING:
    from app.service.pages import HomeNumbers
    from app.state import State

_CONTEXT = "Home"
NARROW = 680
UPDATES_AFTER_MS, UPDATES_EVERY_MS = 60_000, 60 * 60_000
"""News of a newer version can wait until all else is done; they are asked for once a day at most, however often
this page looks."""
SEEN_MS = 900
"""So long at least a run is shown as such: a quick one would otherwise be over before anybody has seen it."""


class HomePage(Page):
    """See the module."""

    sync_wanted = Signal()
    pause_wanted = Signal(object)
    """Until when (aware UTC), or None for until it is resumed."""
    resume_wanted = Signal()

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__("home", tr(_CONTEXT, "Home"), asking, parent)
        self.state: State | None = None
        self.numbers: Any = None
        self.update_notice: Any = None
        self._began = (0.0, 0, "")
        self._seen = QTimer(self)
        self._seen.setSingleShot(True)
        self._seen.setInterval(SEEN_MS)
        self._seen.timeout.connect(self._show_line)
        self.line = StateLine()
        self.line.show_opening()
        self.progress = QProgressBar()
        self.progress.setObjectName("progress")
        self.progress.setAccessibleName(tr(_CONTEXT, "Progress"))
        self.progress.setTextVisible(False)
        self.time_left = quiet_label("", "time_left")
        self.sync = button(tr(_CONTEXT, "Sync now"), "sync_now", self.sync_wanted.emit, main=True)
        self.pause = button(tr(_CONTEXT, "Pause"), "pause", self._on_pause, "pause")
        self.pause_length = self._pause_lengths()
        self._lay_out()
        for part in (self.sync, self.pause, self.pause_length):
            part.setEnabled(False)
        self.progress.hide()
        self.time_left.hide()

    def _pause_lengths(self) -> ChoiceBox:
        box = ChoiceBox("pause_length", tr(_CONTEXT, "Pause for how long"))
        box.setToolTip(box.accessibleName())
        for text, _, until in reversed(pauses()):
            box.addItem(text, until)
        return box

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for part in (self.sync, self.pause, self.pause_length):
            buttons.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        buttons.addStretch(1)
        self.top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.top.addWidget(self.line, 1)
        self.top.addLayout(buttons)
        content = QWidget()
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE + 2)
        self.column.addWidget(card("state_card", self.top, self.progress, self.time_left))
        self.column.addStretch(1)
        self.body.addWidget(scrolled(content), 1)

    # what is shown

    def open(self) -> None:
        """The program is ready: from now on the state counts, and there are numbers to show."""
        self.numbers = late.numbers_view_class()()
        self.column.insertWidget(1, self.numbers)
        for part in (self.sync, self.pause, self.pause_length):
            part.setEnabled(True)
        if self.state is not None:
            self.on_state(self.state)
        QTimer.singleShot(UPDATES_AFTER_MS, self, self.look_for_updates)

    @Slot()
    def look_for_updates(self) -> None:
        """Ask for a newer version if that is due, and come back to it."""
        if self.update_notice is None:
            self.update_notice = late.update_notice_class()("home_update", self.asking, can_wait=True)
            self.column.insertWidget(1, self.update_notice)
        self.update_notice.check()
        QTimer.singleShot(UPDATES_EVERY_MS, self, self.look_for_updates)

    def look(self) -> None:
        """Read the numbers, the days and the use of both services."""
        if self.update_notice is not None:
            self.update_notice.look()
        self.asking.read(read_home, self.on_numbers, self.on_trouble, topic="home")

    def on_trouble(self, error: BaseException) -> None:
        """The numbers cannot be read: what stands there is old, so say nothing at all."""
        if self.numbers is not None:
            self.numbers.show_unknown()

    def on_numbers(self, numbers: HomeNumbers) -> None:
        """Show what was read."""
        if self.numbers is not None:
            self.numbers.show_numbers(numbers)

    def on_state(self, state: State) -> None:
        """Follow the state."""
        self.state = state
        if self.numbers is None:
            return
        if state.is_syncing and self.line.mood != "syncing":
            self._seen.start()
        self._show_line()
        self._show_progress(state)
        self.numbers.show_state(state)
        relabel(self.pause, tr(_CONTEXT, "Resume") if state.is_paused else tr(_CONTEXT, "Pause"))
        self.pause.setIcon(theme.icon("resume" if state.is_paused else "pause"))
        self.pause_length.setVisible(not state.is_paused)
        self.sync.setEnabled(not state.is_stopping)

    @Slot()
    def _show_line(self) -> None:
        """Show the state, unless a run that just began is still to be seen."""
        if self.state is not None and (self.state.is_syncing or not self._seen.isActive()):
            self.line.show_state(self.state)

    def _show_progress(self, state: State) -> None:
        self.progress.setVisible(state.is_syncing)
        self.time_left.setVisible(state.is_syncing and state.done < state.total)
        # All are through, and what is left of the run has no number: the bar only says that it goes on.
        is_counted = state.total > 0 and state.done < state.total
        self.progress.setRange(0, state.total if is_counted else 0)
        self.progress.setValue(state.done)
        began, done, stream = self._began
        if stream != state.stream or state.done < done:
            self._began = (time.monotonic(), state.done, state.stream)
            self.time_left.setText("")
        elif state.done > done and state.total:
            rate = (state.done - done) / max(0.001, time.monotonic() - began)
            self.time_left.setText(seconds_left((state.total - state.done) / rate))

    @Slot()
    def _on_pause(self) -> None:
        if self.state is not None and self.state.is_paused:
            self.resume_wanted.emit()
        else:
            self.pause_wanted.emit(self.pause_length.currentData()())
            self.pause_length.setCurrentIndex(0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where the page is narrow, the buttons stand below the state."""
        wide = event.size().width() >= NARROW
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if direction != self.top.direction():
            self.top.setDirection(direction)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Colours may have changed."""
        if event.type() == QEvent.Type.PaletteChange and self.numbers is not None and self.state is not None:
            self.line.show_state(self.state)
        super().changeEvent(event)


def read_home(program: Any) -> HomeNumbers:
    """Gather the numbers; runs on the reader's thread."""
    found: HomeNumbers = program.pages.home()
    return found
