"""The sign in the tray: state by shape, colour and words, a short menu, and quiet notifications."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from app.settings import Settings
from app.state import State
from ui import theme
from ui.language import tr
from ui.pauses import pauses
from ui.widgets.state_line import headline, is_stale

_CONTEXT = "Tray"
SIDES = (16, 22, 24, 32, 48, 64)


class Tray(QObject):
    """Made only where there is a tray. Tells what was asked for; does nothing by itself."""

    open_wanted = Signal()
    page_wanted = Signal(str)
    sync_wanted = Signal()
    pause_wanted = Signal(object)
    resume_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, parent: QObject | None = None, icon: Any = None) -> None:
        super().__init__(parent)
        self.icon: Any = icon or QSystemTrayIcon(self)
        self._state = State()
        self._settings = Settings()
        self._drawn = ("", "")
        self._told_questions = 0
        self._told_mood = ""
        """What was told last and still stands: a pause or a lost connection in between is no news."""
        self.menu = QMenu()
        self.sync = self._action(tr(_CONTEXT, "Sync now"), "tray_sync_now", self.sync_wanted.emit)
        self.pause = self.menu.addMenu(tr(_CONTEXT, "Pause"))
        self.pause.setObjectName("tray_pause")
        for text, name, until in pauses():
            action = self.pause.addAction(text)
            action.setObjectName(f"tray_{name}")
            action.triggered.connect(lambda checked=False, until=until: self.pause_wanted.emit(until()))
        self.resume = self._action(tr(_CONTEXT, "Resume"), "tray_resume", self.resume_wanted.emit)
        self._action(tr(_CONTEXT, "Needs you"), "tray_needs_you", lambda: self.page_wanted.emit("needs_you"))
        self._action(tr(_CONTEXT, "Open"), "tray_open", self.open_wanted.emit)
        self.menu.addSeparator()
        self._action(tr(_CONTEXT, "Quit"), "tray_quit", self.quit_wanted.emit)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._on_activated)
        self.icon.messageClicked.connect(self.open_wanted.emit)
        self.show_state(State())

    def _action(self, text: str, name: str, act: Callable[[], object]) -> Any:
        action = self.menu.addAction(text)
        action.setObjectName(name)
        action.triggered.connect(lambda checked=False: act())
        return action

    def show(self) -> None:
        """Show the sign."""
        self.icon.show()

    def hide(self) -> None:
        """Take it away; some systems keep it otherwise after the program has ended."""
        self.icon.hide()

    @Slot(object)
    def show_state(self, state: State) -> None:
        """Follow the state, and tell once of what needs somebody."""
        stale = is_stale(state, datetime.now().astimezone())
        shape = "!" if stale and state.is_green else state.shape
        colour = theme.tones().warn if stale and state.is_green else theme.mood_colour(state.mood)
        if (shape, colour) != self._drawn:
            self._drawn = (shape, colour)
            self.icon.setIcon(state_icon(shape, colour))
        words = headline(state)
        if state.blocking_questions and state.mood != "questions":
            words += "\n" + tr(
                _CONTEXT, "Questions that hold something up: {count}", count=state.blocking_questions
            )
        self.icon.setToolTip(f"ClinicBridge\n{words}")
        self.pause.menuAction().setVisible(not state.is_paused)
        self.resume.setVisible(state.is_paused)
        self.sync.setEnabled(state.mood not in ("not_set_up", "stopping"))
        self._state = state
        self._tell(state)

    def on_settings(self, settings: Settings) -> None:
        """Take over whether and when to tell."""
        self._settings = settings

    def say_hidden(self) -> None:
        """Say once that the program goes on."""
        self._message(
            tr(_CONTEXT, "ClinicBridge keeps syncing"),
            tr(_CONTEXT, "It lives here in the tray. Choose Quit in its menu to end it."),
            always=True,
        )

    def _tell(self, state: State) -> None:
        """Tell what is new: more questions than before, a refused key, a run that failed."""
        questions = state.blocking_questions
        is_more = questions > self._told_questions and state.mood == "questions"
        self._told_questions = questions if is_more else min(questions, self._told_questions)
        if state.mood in ("up_to_date", "catching_up", "questions", "attention"):
            self._told_mood = ""
        if is_more:
            self._message(headline(state), tr(_CONTEXT, "Something waits for your answer under Needs you."))
        if state.mood not in ("keys_refused", "failed") or state.mood == self._told_mood:
            return
        self._told_mood = state.mood
        if state.mood == "keys_refused":
            self._message(headline(state), tr(_CONTEXT, "Set a new key under Settings, Connections."))
        else:
            self._message(headline(state), tr(_CONTEXT, "Open ClinicBridge to see what helps."))

    def _message(self, title: str, text: str, always: bool = False) -> None:
        """A notification. It never holds a name or an id: visitors see the screen."""
        quiet = self._settings.text("pc.quiet_hours")
        wanted = self._settings.flag("pc.notifications") and not is_quiet(quiet, datetime.now())
        if always or wanted:
            self.icon.showMessage(title, text, theme.app_icon(), 8000)

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.open_wanted.emit()


def state_icon(shape: str, colour: str) -> QIcon:
    """The sign of a state in all sizes that trays use."""
    icon = QIcon()
    for side in SIDES:
        icon.addPixmap(theme.badge(shape, colour, side))
    return icon


def is_quiet(hours: str, now: datetime) -> bool:
    """Whether a local time lies within quiet hours such as 20:00-07:30, over midnight too."""
    if not hours:
        return False
    start, _, end = hours.partition("-")
    at = now.strftime("%H:%M")
    return start <= at < end if start <= end else at >= start or at < end
