"""The state of the program as shape, colour and words: on Home in large, and as words for the tray."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import late, theme
from ui.language import moment, retold, say, tr
from ui.widgets.parts import label, quiet_label

if TYPE_CHECKING:
    from app.state import State

SIDE = 52
STALE_AFTER_S = 24 * 3600
_CONTEXT = "State"


def headline(state: State, now: datetime | None = None) -> str:
    """What is going on, in a few words. What was good a day ago is no longer called so (R83, I8)."""
    mood = state.mood
    if state.is_green and is_stale(state, now or datetime.now(UTC)):
        return tr(_CONTEXT, "Not synced for a day")
    if is_elsewhere(state):
        return tr(_CONTEXT, "{computer} is syncing", computer=state.elsewhere)
    next_at = {"offline": state.next_run_at, "paused": state.paused_until}.get(mood)
    return say(
        late.wording().state_words(
            mood,
            stream=state.stream,
            done=state.done,
            total=state.total,
            waiting=state.waiting,
            questions=state.blocking_questions,
            at=state.last_finished_at,
            next_at=next_at,
        )
    )


def detail(state: State, now: datetime | None = None) -> str:
    """What it means and what helps."""
    now = now or datetime.now(UTC)
    mood = state.mood
    if state.waiting_for and state.is_syncing:
        return tr(_CONTEXT, "Waiting a moment for {service}, as it asks.", service=state.waiting_for)
    if is_elsewhere(state):
        if state.last_finished_at is None:
            return tr(_CONTEXT, "What it does shows here as well. Nothing is to be done on this computer.")
        return tr(
            _CONTEXT,
            "What it does shows here as well. Last synced: {at}.",
            at=moment(state.last_finished_at, now),
        )
    if state.code and not state.is_syncing:
        words = retold(f"{state.sentence} {state.next_step}")
        return words or tr(_CONTEXT, "Press Sync now to try again.")
    if is_stale(state, now):
        return tr(
            _CONTEXT,
            "No run has gone well for a day. The last good one: {at}.",
            at=moment(state.last_good_at, now),
        )
    match mood:
        case "not_set_up":
            return tr(_CONTEXT, "Both keys are needed. Set them in Settings, Connections.")
        case "not_run_yet":
            return tr(_CONTEXT, "Press Sync now, or wait for the first run.")
        case "syncing":
            rehearsal = tr(_CONTEXT, "This is a rehearsal: nothing is written.")
            return rehearsal if state.is_dry_run else tr(_CONTEXT, "You can go on working meanwhile.")
        case "paused":
            return tr(_CONTEXT, "Nothing is synced by itself. Sync now still works.")
        case "questions":
            words = tr(_CONTEXT, "Those records wait for your answer; all others go on. See Needs you.")
            more = state.open_questions - state.blocking_questions
            if more > 0:
                words += " " + tr(_CONTEXT, "Besides these, {count} more can wait.", count=more)
            return words
        case "attention":
            return tr(_CONTEXT, "Some records were not synced. Activity shows which ones and why.")
        case "catching_up":
            return tr(_CONTEXT, "Each run takes a limited number; the next one goes on.")
        case "stopping":
            return tr(_CONTEXT, "The window closes in a moment. Nothing is lost.")
    if state.open_questions:
        return tr(
            _CONTEXT,
            "Nothing is held up. Open questions under Needs you: {count}",
            count=state.open_questions,
        )
    return tr(_CONTEXT, "Cliniko and HubSpot agree.")


def is_elsewhere(state: State) -> bool:
    """Whether what goes on is the work of another computer on the shared database (R86)."""
    return state.mood == "syncing" and not state.is_syncing


def is_stale(state: State, now: datetime) -> bool:
    """Whether no run has gone well for a day although there were runs (R83)."""
    if state.last_good_at is None or state.is_syncing or state.is_paused:
        return False
    return (now - state.last_good_at).total_seconds() > STALE_AFTER_S


class StateLine(QWidget):
    """A badge, the headline and what it means."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("state_line")
        self._badge = QLabel()
        self._badge.setObjectName("state_badge")
        self._badge.setFixedSize(SIDE, SIDE)
        self.words = label("", "state_words", 1.45, bold=True)
        self.detail = quiet_label("", "state_detail")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addStretch(1)
        texts.addWidget(self.words)
        texts.addWidget(self.detail)
        texts.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(texts, 1)
        self._drawn: tuple[str, str, float] | None = None
        self.mood = ""

    def show_opening(self) -> None:
        """Before the program is ready: neither good nor bad."""
        self.words.setText(tr(_CONTEXT, "Opening…"))
        self.detail.setText("")
        self._draw("dots", theme.tones().quiet)

    def show_trouble(self, sentence: str, next_step: str) -> None:
        """The program could not be opened at all."""
        self.words.setText(sentence)
        self.detail.setText(next_step)
        self._draw("!", theme.tones().bad)

    def show_state(self, state: State) -> None:
        """Show a state."""
        self.mood = state.mood
        for part, text in ((self.words, headline(state)), (self.detail, detail(state))):
            if part.text() != text:
                part.setText(text)
        colour = theme.tones().warn if is_stale(state, datetime.now(UTC)) else theme.mood_colour(state.mood)
        shape = "!" if is_stale(state, datetime.now(UTC)) and state.is_green else state.shape
        self._draw(shape, colour)

    def _draw(self, shape: str, colour: str) -> None:
        scale = self.devicePixelRatioF()
        if (shape, colour, scale) == self._drawn:
            return
        self._drawn = (shape, colour, scale)
        pixmap = theme.badge(shape, colour, round(SIDE * scale))
        pixmap.setDevicePixelRatio(scale)
        self._badge.setPixmap(pixmap)
