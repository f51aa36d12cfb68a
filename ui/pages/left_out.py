"""Left out: who and what is not in HubSpot, and the one reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from app.service.pages import LeftOutLine
from app.wording import Words
from ui.bridge import Asking
from ui.language import say, say_error, tr
from ui.pages.page import Page
from ui.record_words import kind_words
from ui.tables.rows import Column
from ui.tables.table import PAGE, RowsTable
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.parts import label

_CONTEXT = "LeftOut"


def left_out_columns() -> tuple[Column, ...]:
    """The columns of the table."""
    return (
        Column(tr(_CONTEXT, "Name"), lambda line: line.name or "–", width=24),
        Column(tr(_CONTEXT, "What"), lambda line: kind_words(line.kind), width=13),
        Column(tr(_CONTEXT, "Cliniko ID"), lambda line: line.cliniko_id, width=27),
        Column(tr(_CONTEXT, "Reason"), lambda line: say(line.reason), width=0),
    )


class LeftOutPage(Page):
    """See the module."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__("left_out", tr(_CONTEXT, "Left out"), asking, parent)
        self.reason = ChoiceBox("left_out_reason", tr(_CONTEXT, "Reason"))
        self.reason.addItem(tr(_CONTEXT, "All reasons"), None)
        self.reason.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.reason.setMinimumContentsLength(24)
        self.table = RowsTable(
            "left_out",
            tr(_CONTEXT, "Left out"),
            tr(_CONTEXT, "Who and what is not in HubSpot, each with the one reason."),
            left_out_columns(),
            (
                tr(_CONTEXT, "Nobody is left out"),
                tr(
                    _CONTEXT,
                    "Whoever a filter, a switch or a missing detail keeps out of HubSpot is listed here.",
                ),
            ),
        )
        self.said = label("", "left_out_said")
        self.said.hide()
        self.table.tools.addWidget(self.reason)
        self.body.addWidget(self.said)
        self.body.addWidget(self.table, 1)
        self.reason.currentIndexChanged.connect(self._on_reason)
        self.table.more_wanted.connect(self._on_more)

    def look(self) -> None:
        """Read the reasons and the first page."""
        self.asking.read(read_reasons, self.on_reasons, self.on_trouble, topic="reasons")
        self._on_reason()

    def on_reasons(self, reasons: Sequence[tuple[str, Words, int]]) -> None:
        """Offer the reasons that there are, with their numbers."""
        chosen = self.reason.currentData()
        self.reason.blockSignals(True)
        while self.reason.count() > 1:
            self.reason.removeItem(1)
        for slug, words, count in reasons:
            self.reason.addItem(f"{say(words)} ({count})", slug)
        self.reason.setCurrentIndex(max(0, self.reason.findData(chosen)))
        self.reason.blockSignals(False)

    @Slot()
    def _on_reason(self) -> None:
        slug = self.reason.currentData()
        self.asking.read(
            lambda program: read_page(program, slug, 0), self.on_rows, self.on_trouble, topic="left out"
        )

    def on_rows(self, rows: Sequence[LeftOutLine]) -> None:
        """Show the first page."""
        self.said.hide()
        self.table.show_rows(rows, ended=len(rows) < PAGE)

    @Slot(int)
    def _on_more(self, offset: int) -> None:
        slug = self.reason.currentData()
        self.asking.read(
            lambda program: read_page(program, slug, offset),
            lambda rows: self.table.add_page(rows, ended=len(rows) < PAGE),
            self.on_trouble,
            topic="left out",
        )

    def on_trouble(self, error: BaseException) -> None:
        """Say that it did not work, and what helps."""
        self.said.setText(" ".join(say_error(error)))
        self.said.show()


def read_reasons(program: Any) -> list[tuple[str, Words, int]]:
    """The reasons with their numbers; runs on the reader's thread."""
    found: list[tuple[str, Words, int]] = program.pages.left_out_counts()
    return found


def read_page(program: Any, slug: str | None, offset: int) -> list[LeftOutLine]:
    """One page; runs on the reader's thread."""
    found: list[LeftOutLine] = program.pages.left_out(slug, PAGE, offset)
    return found
