"""An import while it goes on: how far it is, how long it may take, Pause and Cancel."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui import theme
from ui.language import number, seconds_left, tr
from ui.pages.import_rows import outcome_words
from ui.widgets.mnemonics import relabel
from ui.widgets.parts import SPACE, button, card, heading, label, quiet_label

if TYPE_CHECKING:
    from app.service.imports import Going

_CONTEXT = "Import"


class RunningStep(QWidget):
    """Shows where it stands; what its buttons ask for is done by the page."""

    pause_wanted = Signal(bool)
    """True to pause, False to resume."""
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_running_step")
        self.is_paused = False
        self._is_ending = False
        self._began: tuple[float, int] | None = None
        self.title = heading("", "import_running")
        self.words = label("", "import_progress_words")
        self.numbers = quiet_label("", "import_progress_numbers")
        self.progress = QProgressBar()
        self.progress.setObjectName("import_progress")
        self.progress.setAccessibleName(tr(_CONTEXT, "Progress"))
        self.progress.setTextVisible(False)
        self.pause = button(tr(_CONTEXT, "Pause"), "import_pause", self._on_pause, "pause")
        self.cancel = button(tr(_CONTEXT, "Cancel"), "import_cancel", self._on_cancel)
        acts = QHBoxLayout()
        acts.addWidget(self.pause)
        acts.addWidget(self.cancel)
        acts.addStretch(1)
        hint = quiet_label(tr(_CONTEXT, "You can use the other pages meanwhile."), "import_running_hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(
            card("import_running_card", self.title, self.progress, self.words, self.numbers, acts)
        )
        column.addWidget(hint)
        column.addStretch(1)

    def main_control(self) -> QWidget:
        """Where the keyboard goes when the step comes up."""
        return self.pause

    def begin(self, name: str, is_rehearsal: bool) -> None:
        """A run begins."""
        self.is_paused = self._is_ending = False
        self._began = None
        self.title.setText(
            tr(_CONTEXT, "Rehearsing {name}; nothing is written", name=name)
            if is_rehearsal
            else tr(_CONTEXT, "Importing {name}", name=name)
        )
        self.words.setText(tr(_CONTEXT, "Looking through the file…"))
        self.numbers.setText("")
        self.progress.setRange(0, 0)
        self.cancel.setEnabled(True)
        self._show_pause()

    def show_going(self, going: Going) -> None:
        """Show where it stands."""
        if not going.phase or self._is_ending:
            return
        if going.phase == "working":
            self.progress.setRange(0, going.total)
            self.progress.setValue(going.done)
            self.words.setText(self._how_far(going))
            self.numbers.setText(
                "  ·  ".join(
                    f"{outcome_words(name)}: {number(count)}" for name, count in going.counts.items() if count
                )
            )
            return
        self.progress.setRange(0, 0)
        if going.phase == "queued":
            self.words.setText(tr(_CONTEXT, "Waiting until the run that is going on has finished."))

    def _how_far(self, going: Going) -> str:
        far = tr(_CONTEXT, "{done} of {total} rows", done=going.done, total=going.total)
        if self.is_paused:
            self._began = None
            return far + "  ·  " + tr(_CONTEXT, "paused")
        if self._began is None:
            self._began = (time.monotonic(), going.done)
            return far
        began, first = self._began
        if going.done <= first:
            return far
        rate = (going.done - first) / max(0.001, time.monotonic() - began)
        return far + "  ·  " + seconds_left((going.total - going.done) / rate)

    @Slot()
    def _on_pause(self) -> None:
        self.is_paused = not self.is_paused
        self._show_pause()
        self.pause_wanted.emit(self.is_paused)

    @Slot()
    def _on_cancel(self) -> None:
        self._is_ending = True
        self.cancel.setEnabled(False)
        self.pause.setEnabled(False)
        self.words.setText(tr(_CONTEXT, "Stopping after what is under way…"))
        self.cancel_wanted.emit()

    def _show_pause(self) -> None:
        words = tr(_CONTEXT, "Resume") if self.is_paused else tr(_CONTEXT, "Pause")
        relabel(self.pause, words)
        self.pause.setIcon(theme.icon("resume" if self.is_paused else "pause"))
        self.pause.setEnabled(True)
