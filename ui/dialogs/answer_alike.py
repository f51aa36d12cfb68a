"""One answer for many questions of a kind, with a list of what it concerns before it is given."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.domain.conflicts import Conflict
from app.review.kinds import Answer
from ui.dialogs.dialog import Dialog
from ui.language import tr
from ui.record_words import question_words
from ui.widgets.parts import SPACE, WIDE, button, label

_CONTEXT = "AnswerAlike"


class AnswerAlike(Dialog):
    """Lists the questions with a tick each."""

    def __init__(self, answer: Answer, questions: Sequence[Conflict], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._questions = tuple(questions)
        self.setObjectName("answer_alike_dialog")
        self.setWindowTitle(tr(_CONTEXT, "Answer all of this kind"))
        self.resize(560, 420)
        words = tr(
            _CONTEXT,
            "“{answer}” is the answer to all questions that are ticked. Each answer can be undone.",
            answer=tr("Review", answer.label),
        )
        self.list = QListWidget()
        self.list.setObjectName("alike_questions")
        self.list.setAccessibleName(tr(_CONTEXT, "Questions"))
        self.list.setAccessibleDescription(tr(_CONTEXT, "Untick what should be answered one by one."))
        self.list.setWordWrap(True)
        for question in self._questions:
            item = QListWidgetItem(question_words(question))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button(tr(_CONTEXT, "Cancel"), "alike_cancel", self.reject))
        buttons.addWidget(button(tr(_CONTEXT, "Answer all ticked"), "alike_do", self.accept, main=True))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        layout.setSpacing(SPACE)
        layout.addWidget(label(words, "alike_words"))
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)

    def chosen(self) -> tuple[Conflict, ...]:
        """The questions that are ticked."""
        return tuple(
            question
            for row, question in enumerate(self._questions)
            if self.list.item(row).checkState() == Qt.CheckState.Checked
        )
