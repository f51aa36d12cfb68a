"""Left out: who and what is not in HubSpot, and the one reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QWidget

from app.service.pages import LeftOutLine
from app.wording import Words
from ui.bridge import Asking
from ui.language import number, say, say_error, tr
from ui.pages.page import Page
from ui.record_words import kind_words
from ui.tables.rows import Column
from ui.tables.table import PAGE, RowsTable
from ui.widgets.bars import Bar, Bars
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.parts import card, label

_CONTEXT = "LeftOut"
MOST_BARS = 4
LOW = 520
"""Pixels: a page lower than this shows its list only."""


def left_out_columns() -> tuple[Column, ...]:
    """The columns of the table."""
    return (
        Column(tr(_CONTEXT, "Name"), lambda line: line.name or "–", width=24, least=14),
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
        self.chart = Bars("left_out_chart", tr(_CONTEXT, "How many are left out, by reason"))
        self.chart_card = card("left_out_chart_card", self.chart)
        self.chart_card.hide()
        self.said = label("", "left_out_said")
        self.said.hide()
        self.table.tools.addWidget(self.reason)
        self.body.addWidget(self.said)
        self.body.addWidget(self.chart_card)
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
        self.chart.show_bars(reason_bars(reasons))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """In a low window the list comes first."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        self.chart_card.setVisible(bool(self.chart.bars) and self.height() >= LOW)

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


def reason_bars(reasons: Sequence[tuple[str, Words, int]]) -> list[Bar]:
    """The reasons that keep most out, longest first; what is left of them in one line."""
    ordered = sorted(reasons, key=lambda reason: -reason[2])
    shown, rest = ordered[:MOST_BARS], sum(count for _, _, count in ordered[MOST_BARS:])
    lines = [(say(words), count) for _, words, count in shown]
    if rest:
        lines.append((tr(_CONTEXT, "All other reasons"), rest))
    most = max((count for _, count in lines), default=1)
    return [Bar(words, number(count), count / most) for words, count in lines]


def read_reasons(program: Any) -> list[tuple[str, Words, int]]:
    """The reasons with their numbers; runs on the reader's thread."""
    found: list[tuple[str, Words, int]] = program.pages.left_out_counts()
    return found


def read_page(program: Any, slug: str | None, offset: int) -> list[LeftOutLine]:
    """One page; runs on the reader's thread."""
    found: list[LeftOutLine] = program.pages.left_out(slug, PAGE, offset)
    return found
