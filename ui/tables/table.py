"""A table with all its manners: filter, sort, copy, export, more rows when the end comes in sight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.language import number, tr
from ui.tables.exporting import CsvFile
from ui.tables.rows import Column, RowsModel, as_text
from ui.tables.widths import set_widths
from ui.widgets.empty_state import EmptyState
from ui.widgets.mnemonics import relabel
from ui.widgets.parts import button, quiet_label
from ui.widgets.wrapping_row import WrappingRow

PAGE = 200
FILTERED = 60
"""So many rows that fit a filter are looked for before the list waits for somebody to scroll."""
_CONTEXT = "Tables"


class RowsTable(QWidget):
    """A table of typed rows under a filter line, with Copy and Export.

    `name` becomes the objectName of the table, `title` its accessible name, `about` its description. Pages of
    rows come from whoever hears `more_wanted(offset)` and calls `add_page`; `last` is the row to go on after.
    """

    chosen = Signal(object)
    """The row now selected, or None."""
    activated = Signal(object)
    more_wanted = Signal(int)
    filter_changed = Signal(str)

    def __init__(
        self,
        name: str,
        title: str,
        about: str,
        columns: Sequence[Column],
        empty: tuple[str, str],
        filters_here: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._filters_here = filters_here
        self._ended = True
        self._asked = -1
        self.last: Any = None
        """The row that came last, in the order in which the rows are read."""
        self._saving: CsvFile | None = None
        self._read = 0
        self.model = RowsModel(columns, self)
        self.model.use_colours(lambda tone: QColor(getattr(theme.tones(), tone)) if tone else None)
        self.filter = QLineEdit()
        self.filter.setObjectName(f"{name}_filter")
        self.filter.setPlaceholderText(tr(_CONTEXT, "Filter"))
        self.filter.setAccessibleName(tr(_CONTEXT, "Filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._on_filter)
        self.view = self._view(name, title, about)
        self.count = quiet_label("", f"{name}_count")
        self.count.setWordWrap(False)
        self.copy_button = button(tr(_CONTEXT, "Copy"), f"{name}_copy", self.copy, "copy")
        self.export_button = button(tr(_CONTEXT, "Export CSV…"), f"{name}_export", self.export, "save")
        self.tools = QHBoxLayout()
        self.tools.addWidget(self.filter, 1)
        self.more_tools = QHBoxLayout()
        self.foot = WrappingRow()
        self.foot.add(self.count, self.copy_button, self.export_button)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._empty = EmptyState(*empty, parent=self)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self.tools)
        layout.addLayout(self.more_tools)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.foot)
        self._show_count()

    def _view(self, name: str, title: str, about: str) -> QTableView:
        view = QTableView()
        view.setObjectName(name)
        view.setAccessibleName(title)
        view.setAccessibleDescription(about)
        view.setModel(self.model)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setAlternatingRowColors(True)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 14)
        head = view.horizontalHeader()
        head.setHighlightSections(False)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        view.setSortingEnabled(True)
        set_widths(view, self.model.columns, 3)
        view.selectionModel().currentRowChanged.connect(self._on_current)
        view.selectionModel().selectionChanged.connect(self._on_selection)
        view.activated.connect(lambda index: self.activated.emit(self.model.row(index)))
        view.verticalScrollBar().valueChanged.connect(self._on_scroll)
        QShortcut(QKeySequence.StandardKey.Copy, view, self.copy, context=Qt.ShortcutContext.WidgetShortcut)
        return view

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Whoever made the table may have put more beside the filter and below: the keyboard goes as one reads."""
        super().showEvent(event)
        parts = [*_parts(self.tools), *_parts(self.more_tools), self.view, *_reached(self.foot.parts)]
        for first, second in pairwise(parts):
            QWidget.setTabOrder(first, second)

    # rows

    def show_rows(self, rows: Sequence[Any], ended: bool = True) -> None:
        """Show these rows instead; `ended` is False while further pages may be asked for."""
        keep = self.current()
        self.model.replace(rows)
        self._ended = ended
        self._asked = -1
        self.last = self.model.last
        self._show_count()
        self._keep(keep)
        if self._saving is not None:
            # The list is another one now: what was saved of the former is begun anew.
            file, columns = self._saving.file, self.model.columns
            self._saving.drop()
            self._save(lambda: CsvFile(file, columns))
        else:
            self._fill()

    def add_page(self, rows: Sequence[Any], ended: bool) -> None:
        """Add one more page."""
        self.last = rows[-1] if rows else self.last
        if self._saving is not None:
            self._write(rows, ended)
            return
        self.model.extend(rows)
        self._ended = ended
        self._show_count()
        self._fill()

    def _fill(self) -> None:
        """A filter looks through all rows, not only through those that were read already."""
        is_short = self._filters_here and bool(self.filter.text()) and len(self.model.rows) < FILTERED
        if is_short and not self._ended:
            self._ask_more()

    def _ask_more(self) -> None:
        if self._asked != self.model.size:
            self._asked = self.model.size
            self.more_wanted.emit(self.model.size)

    def current(self) -> Any:
        """The row now selected, or None."""
        index = self.view.currentIndex()
        return self.model.row(index) if index.isValid() and index.row() < len(self.model.rows) else None

    def select(self, matches: Callable[[Any], bool]) -> bool:
        """Select the first row that matches; whether there was one."""
        for place, row in enumerate(self.model.rows):
            if matches(row):
                self.choose(place)
                return True
        return False

    def choose(self, place: int) -> None:
        """Select the row at a place. (QTableView's own selectRow does nothing in a mirrored window.)"""
        how = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.view.selectionModel().setCurrentIndex(self.model.index(place, 0), how)

    def _keep(self, row: Any) -> None:
        if row is None or not self.select(lambda other: other == row):
            self.chosen.emit(None)

    def _show_count(self) -> None:
        is_empty = not self.model.rows
        self._stack.setCurrentIndex(1 if is_empty and not self.filter.text() else 0)
        more = "" if self._ended else "+"
        if len(self.model.rows) == 1 and self._ended:
            self.count.setText(tr(_CONTEXT, "1 row"))
        else:
            self.count.setText(tr(_CONTEXT, "{count} rows", count=number(len(self.model.rows)) + more))
        for part in (self.copy_button, self.export_button):
            part.setEnabled(not is_empty)

    # manners

    @Slot()
    def copy(self) -> None:
        """Put the selected rows, or else all that are shown, on the clipboard."""
        places = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        rows = [self.model.rows[place] for place in places] or self.model.rows
        QGuiApplication.clipboard().setText(as_text(self.model.columns, rows))

    @Slot()
    def export(self) -> None:
        """Ask for a file and save the rows as CSV; pressed while that goes on, stop it."""
        if self._saving is not None:
            self._drop(tr(_CONTEXT, "Stopped. No file was saved."))
            return
        name, _ = QFileDialog.getSaveFileName(
            self, tr(_CONTEXT, "Export CSV…"), f"{self.view.objectName()}.csv", "CSV (*.csv)"
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, file: Path) -> None:
        """Save all rows as CSV: those that are shown, and of a list that goes on the further pages too."""
        self._save(lambda: CsvFile(file, self.model.columns))

    def _save(self, begin: Callable[[], CsvFile]) -> None:
        self._saving = None
        try:
            self._saving = begin()
        except OSError:
            self._end_saving(tr(_CONTEXT, "The file could not be saved there. Choose another folder."))
            return
        self._name_export(tr(_CONTEXT, "Stop"))
        self._write(self.model.rows, self._ended)

    def _write(self, rows: Sequence[Any], ended: bool) -> None:
        """Write a page, then ask for the next one or come to the end."""
        saving = self._saving
        assert saving is not None
        try:
            saving.write(self.model.fitting(rows))
            if ended:
                saving.finish()
        except OSError:
            self._drop(tr(_CONTEXT, "The file could not be saved there. Choose another folder."))
            return
        if ended:
            self._end_saving(tr(_CONTEXT, "Saved as {name}", name=saving.file.name))
            return
        self._read = self._read + len(rows) if rows is not self.model.rows else self.model.size
        self.count.setText(tr(_CONTEXT, "Saving, {count} rows so far", count=number(saving.written)))
        self.more_wanted.emit(self._read)

    def _drop(self, words: str) -> None:
        if self._saving is not None:
            self._saving.drop()
        self._end_saving(words)

    def _end_saving(self, words: str) -> None:
        self._saving = None
        self._asked = -1
        self.last = self.model.last
        self._name_export(tr(_CONTEXT, "Export CSV…"))
        self.count.setText(words)

    def _name_export(self, text: str) -> None:
        relabel(self.export_button, text)

    def _on_filter(self, text: str) -> None:
        if self._filters_here:
            self.model.narrow(text)
            self._show_count()
            self._fill()
        self.filter_changed.emit(text)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        self.chosen.emit(self.model.row(current) if current.isValid() else None)

    @Slot(QItemSelection, QItemSelection)
    def _on_selection(self, added: QItemSelection, gone: QItemSelection) -> None:
        """A screen reader or another tool selects a row without making it the current one, or adds it to others."""
        rows = {index.row() for index in added.indexes()}
        rows = (
            rows if len(rows) == 1 else {index.row() for index in self.view.selectionModel().selectedRows()}
        )
        if len(rows) == 1 and rows != {self.view.currentIndex().row()}:
            index = self.model.index(rows.pop(), 0)
            self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    @Slot(int)
    def _on_scroll(self, value: int) -> None:
        near_end = value >= self.view.verticalScrollBar().maximum() - 20
        if near_end and not self._ended and self._saving is None:
            self._ask_more()


def _reached(parts: Iterable[QWidget]) -> list[QWidget]:
    return [part for part in parts if part.focusPolicy() & Qt.FocusPolicy.TabFocus]


def _parts(row: QLayout) -> list[QWidget]:
    """What can have the keyboard in a row, in its order."""
    found: list[QWidget] = []
    for place in range(row.count()):
        item = row.itemAt(place)
        part, inner = item.widget(), item.layout()
        if part is not None:
            found += _reached([part])
        elif inner is not None:
            found += _parts(inner)
    return found
