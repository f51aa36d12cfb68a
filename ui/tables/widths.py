"""The widths of a table's columns: enough for what is in them, and the rest to the one that can use it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QTableView

from ui.tables.rows import Column

LEAST_REST = 18
"""So many average characters stay visible of a column that takes what is left; below that the table scrolls."""


def set_widths(view: QTableView, columns: Sequence[Column], extra: int) -> None:
    """Give each column its width, never less than its heading; one of no width takes what is left."""
    letter = view.fontMetrics().averageCharWidth()
    head = view.horizontalHeader()
    head.setMinimumSectionSize(letter * 6)
    for section, column in enumerate(columns):
        least = view.fontMetrics().horizontalAdvance(column.title) + 24
        if column.width:
            view.setColumnWidth(section, max(letter * (column.width + extra), least))
        else:
            _Rest(view, section, max(letter * LEAST_REST, least))


class _Rest(QObject):
    """Gives one column the room that the others leave, but never so little that nothing can be read."""

    def __init__(self, view: QTableView, section: int, least: int) -> None:
        super().__init__(view)
        self._view, self._section, self._least = view, section, least
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
        if section != self._section:
            self._fit()

    def _fit(self) -> None:
        head = self._view.horizontalHeader()
        others = head.length() - head.sectionSize(self._section)
        head.resizeSection(self._section, max(self._least, self._view.viewport().width() - others))
