"""Answers that no run has carried out yet, and the button that takes one back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QWidget

from app.domain.conflicts import Conflict
from app.review.kinds import KINDS
from ui.bridge import Asking
from ui.language import number, tr
from ui.record_words import question_words
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.parts import button, label

_CONTEXT = "NeedsYou"
LETTERS = 28
MOST_LETTERS = 160


class AnsweredLines(QFrame):
    """One line: how many answers wait, which of them is meant, and Take back. Hidden while there are none."""

    taken_back = Signal(int)
    """The number of the question that is open again."""
    failed = Signal(object)

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answered")
        self.asking = asking
        self.words = label("", "answered_words", wraps=False)
        self.which = ChoiceBox("answered_which", tr(_CONTEXT, "Answers not carried out yet"))
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.setMinimumContentsLength(LETTERS)
        self.back = button(tr(_CONTEXT, "Take back"), "take_back", self._on_back, "undo")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.words)
        layout.addWidget(self.which, 1)
        layout.addWidget(self.back)
        self.hide()

    def look(self) -> None:
        """Read the answers that wait."""
        self.asking.read(read_answered, self.on_answered, lambda error: self.hide(), topic="answered")

    def on_answered(self, answered: Sequence[Conflict]) -> None:
        """Show them, the newest first. The chosen one stays so until there is a newer answer."""
        before = self.which.currentData()
        is_newest_known = bool(answered) and self.which.findData(answered[0].id) >= 0
        self.which.clear()
        for conflict in answered:
            self.which.addItem(answer_words(conflict), conflict.id)
        self.which.setCurrentIndex(max(0, self.which.findData(before)) if is_newest_known else 0)
        self.words.setText(tr(_CONTEXT, "Not carried out yet: {count}", count=number(len(answered))))
        self.back.setEnabled(bool(answered))
        self.setVisible(bool(answered))

    @Slot()
    def _on_back(self) -> None:
        chosen = self.which.currentData()
        if chosen is None:
            return
        self.back.setEnabled(False)
        self.asking.work(lambda program: take_back(program, chosen), self._on_taken_back, self._on_refused)

    def _on_taken_back(self, conflict_id: int) -> None:
        self.taken_back.emit(conflict_id)

    def _on_refused(self, error: BaseException) -> None:
        self.failed.emit(error)
        self.look()


def answer_words(conflict: Conflict) -> str:
    """An answer in a line: what was answered to which question."""
    kind = KINDS.get(conflict.kind)
    answer = kind.answer(conflict.answer or "") if kind is not None else None
    said = tr("Review", answer.label) if answer is not None else conflict.answer or ""
    text = question_words(conflict)
    if len(text) > MOST_LETTERS:
        text = text[:MOST_LETTERS].rstrip() + "…"
    return f"{said} – {text}"


def take_back(program: Any, conflict_id: int) -> int:
    """Take an answer back and return the question's number; runs off the window's thread."""
    program.review.take_back(conflict_id)
    return conflict_id


def read_answered(program: Any) -> Sequence[Conflict]:
    """The answers that wait; runs on the reader's thread."""
    found: Sequence[Conflict] = program.review.answered()
    return found
