"""The widths of a table's columns: enough for what is in them, and the rest to the one that can use it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QTableView

from ui.tables.rows import Column

LEAST_REST = 18
"""So many average characters stay visible of a column that takes what is left; below that the table scrolls."""
ROUND = 22
"""Pixels left and right of a text, together."""


def set_widths(view: QTableView, columns: Sequence[Column], extra: int) -> None:
    """Give each column its width, never less than its heading; one of no width takes what is left. Where room is
    short, columns that may be narrower give some of theirs."""
    letter = view.fontMetrics().averageCharWidth()
    view.horizontalHeader().setMinimumSectionSize(letter * 6)
    room_of = view.fontMetrics().horizontalAdvance
    beside = 24 if view.isSortingEnabled() else 18  # The sign of the order stands beside the words.
    heads = [
        max(room_of(column.title) + beside, room_of(column.sample) + ROUND if column.sample else 0)
        for column in columns
    ]
    wished = [max(letter * (column.width + extra), head) for column, head in zip(columns, heads, strict=True)]
    least = [
        max(letter * column.least, head) if column.least else wish
        for column, head, wish in zip(columns, heads, wished, strict=True)
    ]
    for section, wish in enumerate(wished):
        view.setColumnWidth(section, wish)
    for section, column in enumerate(columns):
        if not column.width:
            least[section] = max(letter * (column.least or LEAST_REST), heads[section])
            _Rest(view, section, wished, least)


class _Rest(QObject):
    """Gives one column the room that the others leave, but never so little that nothing can be read."""

    def __init__(self, view: QTableView, section: int, wished: list[int], least: list[int]) -> None:
        super().__init__(view)
        self._view, self._section, self._wished, self._least = view, section, wished, least
        self._is_fitting = False
        view.viewport().installEventFilter(self)
        view.horizontalHeader().sectionResized.connect(self._on_resized)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The table got wider or narrower."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    @Slot(int, int, int)
    def _on_resized(self, section: int, before: int, after: int) -> None:
        """Somebody drew a column wider or narrower: so it stays."""
        if self._is_fitting or section == self._section:
            return
        self._wished[section] = self._least[section] = after
        self._fit()

    def _fit(self) -> None:
        head = self._view.horizontalHeader()
        room = self._view.viewport().width()
        others = [place for place in range(len(self._wished)) if place != self._section]
        lacking = sum(self._wished[place] for place in others) + self._least[self._section] - room
        spare = sum(self._wished[place] - self._least[place] for place in others)
        part = min(1.0, max(0, lacking) / spare) if spare else 0.0
        self._is_fitting = True
        for place in others:
            give = (self._wished[place] - self._least[place]) * part
            head.resizeSection(place, self._wished[place] - round(give + 0.49))
        rest = head.length() - head.sectionSize(self._section)
        head.resizeSection(self._section, max(self._least[self._section], room - rest))
        self._is_fitting = False
