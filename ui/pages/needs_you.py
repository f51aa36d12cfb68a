"""Needs you: the questions that only a person can answer, one by one, with both records to look at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from app.domain.conflicts import Conflict
from app.review.kinds import KINDS, Answer
from ui.bridge import Asking
from ui.dialogs.answer_alike import AnswerAlike
from ui.dialogs.confirm import is_confirmed
from ui.language import long_day, moment_or_day, say_error, tr
from ui.pages.page import Page
from ui.pages.question import QuestionView
from ui.record_words import question_words
from ui.tables.rows import Column
from ui.tables.table import RowsTable
from ui.widgets.answered_lines import AnsweredLines
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.parts import label
from ui.widgets.split import Split

_CONTEXT = "NeedsYou"
MOST = 1000
"""Questions shown at once; answering brings up further ones."""


def question_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(
            tr(_CONTEXT, "Question"),
            title_of,
            width=20,
            least=12,
            tone=lambda one: "warn" if one.blocking else "",
        ),
        Column(tr(_CONTEXT, "About"), question_words, width=0, least=13),
        Column(
            tr(_CONTEXT, "Blocks"),
            lambda one: tr(_CONTEXT, "yes") if one.blocking else tr(_CONTEXT, "no"),
            lambda one: not one.blocking,
            width=7,
        ),
        Column(
            tr(_CONTEXT, "Since"),
            lambda one: moment_or_day(one.opened_at),
            lambda one: one.opened_at,
            width=6,
            sample=long_day(),
        ),
    )


def title_of(conflict: Conflict) -> str:
    """The kind of a question in words."""
    return tr("Review", KINDS[conflict.kind].title)


def lasting_words(answer: Answer) -> str:
    """What an answer that cannot be taken back comes to."""
    if answer.slug == "remove":
        return tr(
            _CONTEXT,
            "The contact goes to HubSpot's recycle bin. For 90 days somebody can restore it there; ClinicBridge "
            "cannot. Should the file come back in Cliniko before that, it gets a new contact.",
        )
    return tr(_CONTEXT, "HubSpot itself cannot take a merge of two contacts back.")


class NeedsYouPage(Page):
    """See the module."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__("needs_you", tr(_CONTEXT, "Needs you"), asking, parent)
        self.questions: tuple[Conflict, ...] = ()
        self.table = RowsTable(
            "questions",
            tr(_CONTEXT, "Questions"),
            tr(
                _CONTEXT,
                "Open questions, those that hold something up first. Choose one to see both records.",
            ),
            question_columns(),
            (
                tr(_CONTEXT, "Nothing needs you"),
                tr(
                    _CONTEXT,
                    "When two records might be one person, or something is unclear, it is asked here.",
                ),
            ),
        )
        self.kind = ChoiceBox("question_kind", tr(_CONTEXT, "Kind of question"))
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setMinimumContentsLength(12)
        self.kind.addItem(tr(_CONTEXT, "All kinds"), "")
        for slug, kind in KINDS.items():
            self.kind.addItem(tr("Review", kind.title), slug)
        self.only_blocking = QCheckBox(tr(_CONTEXT, "Only what holds something up"))
        self.only_blocking.setObjectName("only_blocking")
        self.only_blocking.setAccessibleName(self.only_blocking.text())
        self.view = QuestionView(asking)
        self.said = label("", "needs_you_said")
        self.answered = AnsweredLines(asking)
        self._reopened = 0
        self._lay_out()
        self.kind.currentIndexChanged.connect(self._on_narrowed)
        self.only_blocking.toggled.connect(self._on_narrowed)
        self.table.chosen.connect(self._on_chosen)
        self.view.answered.connect(self._on_answer)
        self.view.alike_wanted.connect(self._on_alike)
        self.answered.taken_back.connect(self._on_taken_back)
        self.answered.failed.connect(self.on_trouble)

    def _lay_out(self) -> None:
        self.table.more_tools.addWidget(self.kind)
        self.table.more_tools.addWidget(self.only_blocking)
        self.table.more_tools.addStretch(1)
        split = Split("needs_you_split", self.table, self.view, (2, 3))
        self.body.addWidget(self.said)
        self.said.hide()
        self.body.addWidget(self.answered)
        self.body.addWidget(split, 1)

    def look(self) -> None:
        """Read the open questions again, and the answers that still wait."""
        self.answered.look()
        self.asking.read(read_questions, self.on_questions, self.on_trouble, topic="questions")

    def on_questions(self, questions: Sequence[Conflict]) -> None:
        """Show what is open."""
        self.questions = tuple(questions)
        self._on_narrowed()
        if self._reopened:
            self.table.select(lambda one: one.id == self._reopened)
            self._reopened = 0

    def on_trouble(self, error: BaseException) -> None:
        """Say that it did not work, and what helps."""
        self.said.setText(" ".join(say_error(error)))
        self.said.show()

    @Slot()
    def _on_narrowed(self) -> None:
        slug, only = self.kind.currentData(), self.only_blocking.isChecked()
        shown = [one for one in self.questions if slug in ("", one.kind) and (one.blocking or not only)]
        before = self.table.current()
        place = self.table.view.currentIndex().row()
        self.table.show_rows(shown)
        still = before is not None and self.table.select(lambda one: one.id == before.id)
        if not still and self.table.model.rows:
            self.table.choose(min(max(place, 0), len(self.table.model.rows) - 1))
        if not self.table.model.rows:
            self.view.show_question(None, ())

    @Slot(object)
    def _on_chosen(self, conflict: Conflict | None) -> None:
        alike = [one for one in self.questions if conflict and one.kind == conflict.kind]
        self.view.show_question(conflict, alike)

    # answers

    @Slot(object, object, object)
    def _on_answer(self, conflict: Conflict, answer: Answer, named: dict[str, str]) -> None:
        if not answer.undoable and not is_confirmed(
            self,
            tr(_CONTEXT, "This cannot be undone"),
            tr("Review", answer.label),
            lasting_words(answer),
        ):
            return
        self._answer((conflict,), answer, named)

    @Slot(object, object)
    def _on_alike(self, answer: Answer, alike: Sequence[Conflict]) -> None:
        dialog = AnswerAlike(answer, alike, self)
        if dialog.exec():
            self._answer(dialog.chosen(), answer, {})

    def _answer(self, conflicts: Sequence[Conflict], answer: Answer, named: dict[str, str]) -> None:
        ids = tuple(one.id for one in conflicts)

        def keep(program: Any) -> int:
            for conflict_id in ids:
                program.review.answer(conflict_id, answer.slug, **named)
            return len(ids)

        self.view.setEnabled(False)
        later = answer.slug == "later"
        self.asking.work(keep, self._on_later if later else self._on_kept, self._on_refused)

    def _on_kept(self, count: int) -> None:
        self.view.setEnabled(True)
        self.said.setText(
            tr(
                _CONTEXT,
                "Answered: {count}. The next run does it; press Sync now to do it at once.",
                count=count,
            )
        )
        self.said.show()
        self.table.view.setFocus()
        self.look()

    @Slot(int)
    def _on_taken_back(self, conflict_id: int) -> None:
        self.said.setText(tr(_CONTEXT, "Taken back: the question is open again."))
        self.said.show()
        self._reopened = conflict_id
        self.table.view.setFocus()
        self.look()

    def _on_later(self, count: int) -> None:
        """The question stays open; go on to the next one."""
        self.view.setEnabled(True)
        rows = len(self.table.model.rows)
        if rows:
            self.table.choose((self.table.view.currentIndex().row() + 1) % rows)

    def _on_refused(self, error: BaseException) -> None:
        self.view.setEnabled(True)
        self.on_trouble(error)


def read_questions(program: Any) -> tuple[Conflict, ...]:
    """The open questions in their order; runs on the reader's thread."""
    found: Sequence[Conflict] = program.review.questions(limit=MOST)
    return in_order(found)


def in_order(questions: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """Blocking first, then by how many records wait for it, the oldest on top."""
    first = datetime.min.replace(tzinfo=UTC)
    return tuple(
        sorted(questions, key=lambda one: (not one.blocking, -waiting_for(one), one.opened_at or first))
    )


def waiting_for(conflict: Conflict) -> int:
    """How many records wait for the answer, as far as the question knows."""
    count = conflict.details.get("waiting", 0)
    return count if isinstance(count, int) else 0
