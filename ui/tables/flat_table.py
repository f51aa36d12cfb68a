"""A small table inside a card, as high as its few rows, without tools of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui import theme
from ui.tables.rows import RowsModel, as_text
from ui.tables.widths import set_widths


class FlatTable(QTableView):
    """The table of a model, with its names; Ctrl+C copies all of it."""

    def __init__(self, model: RowsModel, name: str, title: str, about: str) -> None:
        """`name` becomes the objectName, `title` the accessible name, `about` its description."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)
        self.setProperty("flat", True)
        self._rows = model
        self.setModel(model)
        model.use_colours(lambda tone: QColor(getattr(theme.tones(), tone)) if tone else None)
        self.setShowGrid(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self._row_height = self.fontMetrics().height() + 12
        self.verticalHeader().setDefaultSectionSize(self._row_height)
        self.horizontalHeader().setHighlightSections(False)
        set_widths(self, model.columns, 2)
        QShortcut(QKeySequence.StandardKey.Copy, self, self._copy, context=Qt.ShortcutContext.WidgetShortcut)
        model.modelReset.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where the columns do not fit beside each other, there is a bar below them to scroll with."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        head = self.horizontalHeader()
        is_wide = head.length() > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if is_wide else 0
        height = head.sizeHint().height() + self._row_height * max(1, self._rows.rowCount()) + bar
        if (self.minimumHeight(), self.maximumHeight()) != (height, height):
            self.setFixedHeight(height)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(as_text(self._rows.columns, self._rows.rows))
