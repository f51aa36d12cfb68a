"""One table for typed rows: shows them page by page, sorts, filters, copies, and makes cells safe to export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

AnyIndex = QModelIndex | QPersistentModelIndex
ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
FOREGROUND = int(Qt.ItemDataRole.ForegroundRole)
ANSWERED = frozenset(
    (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole), ALIGNMENT, FOREGROUND)
)
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


@dataclass(frozen=True)
class Column:
    """One column: its heading, the text of a cell, what it sorts by, and how it stands.

    `width` is in average characters; 0 takes what is left. `least` is how far it may shrink where room is short; 0
    keeps it as it is, or readable if it takes what is left.
    """

    title: str
    text: Callable[[Any], str]
    sort: Callable[[Any], Any] | None = None
    width: int = 14
    is_number: bool = False
    tone: Callable[[Any], str] | None = None
    """The name of a tone for the text of a cell, "" for none."""
    least: int = 0
    sample: str = ""
    """A text that is to be seen whole, whatever the width in characters comes to."""

    def key(self, row: Any) -> tuple[int, Any]:
        """What the row sorts by in this column; nothing sorts last."""
        value = self.sort(row) if self.sort else self.text(row).casefold()
        return (1, 0) if value is None else (0, value)


class RowsModel(QAbstractTableModel):
    """Rows as a table. Rows are added in pages and never changed; a new set replaces them."""

    def __init__(self, columns: Sequence[Column], parent: Any = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[Any] = []
        self._all: list[Any] = []
        self._said: dict[int, tuple[str, ...]] = {}
        self._needle = ""
        self._sorted: tuple[int, bool] | None = None
        self._colours: Callable[[str], Any] = lambda name: None

    def use_colours(self, colours: Callable[[str], Any]) -> None:
        """How the name of a tone becomes a colour."""
        self._colours = colours

    # what a page does

    def replace(self, rows: Iterable[Any]) -> None:
        """Show these rows instead of those there."""
        self.beginResetModel()
        self._all = list(rows)
        self._said.clear()
        self._arrange()
        self.endResetModel()

    def extend(self, rows: Sequence[Any]) -> None:
        """Add one more page of rows at the end, or where the order asks for."""
        if not rows:
            return
        self._all.extend(rows)
        fitting = self.fitting(rows)
        if self._sorted and fitting:
            self.beginResetModel()
            self.rows = self._in_order([*self.rows, *fitting])
            self.endResetModel()
        elif fitting:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(fitting) - 1)
            self.rows.extend(fitting)
            self.endInsertRows()

    def narrow(self, text: str) -> None:
        """Show only rows in which every word of the text stands somewhere."""
        self._needle = text.casefold().strip()
        self.beginResetModel()
        self._arrange()
        self.endResetModel()

    @property
    def size(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._all)

    def row(self, index: AnyIndex) -> Any:
        """The row behind an index."""
        return self.rows[index.row()]

    @property
    def last(self) -> Any:
        """The row that came last, shown or not; None where there is none."""
        return self._all[-1] if self._all else None

    def _arrange(self) -> None:
        self.rows = self._in_order(self.fitting(self._all))

    def fitting(self, rows: Sequence[Any]) -> list[Any]:
        """Those that the filter lets through."""
        words = self._needle.split()
        return (
            [row for row in rows if all(word in self._text_of(row) for word in words)] if words else [*rows]
        )

    def _in_order(self, rows: list[Any]) -> list[Any]:
        if self._sorted is None:
            return rows
        column, descending = self._sorted
        return sorted(rows, key=self.columns[column].key, reverse=descending)

    def _text_of(self, row: Any) -> str:
        return "\n".join(column.text(row) for column in self.columns).casefold()

    # what Qt asks

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell, in one respect. Asked for at every painting, so what was once said is kept."""
        if role not in ANSWERED or not index.isValid():
            return None
        place, number = index.column(), index.row()
        column = self.columns[place]
        if role == ALIGNMENT:
            return RIGHT if column.is_number else LEFT
        if role == FOREGROUND:
            return self._colours(column.tone(self.rows[number])) if column.tone else None
        row = self.rows[number]
        said = self._said.get(id(row))
        if said is None:
            said = self._said[id(row)] = tuple(each.text(row) for each in self.columns)
        return said[place]

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """A heading."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self.columns[section].is_number else LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column; -1 leaves them as they came."""
        self.layoutAboutToBeChanged.emit()
        self._sorted = None if column < 0 else (column, order == Qt.SortOrder.DescendingOrder)
        self._arrange()
        self.layoutChanged.emit()


def as_text(columns: Sequence[Column], rows: Iterable[Any]) -> str:
    """Rows with their headings, columns parted by tabs: what copying puts on the clipboard."""
    lines = ["\t".join(column.title for column in columns)]
    lines += ["\t".join(one_line(column.text(row)) for column in columns) for row in rows]
    return "\n".join(lines)


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe goes before anything that could begin a formula."""
    stripped = text.lstrip(" \u00a0\u200b\ufeff")
    if stripped[:1] in FORMULA_SIGNS and not _is_number(stripped):
        return "'" + text
    return text


def _is_number(text: str) -> bool:
    return text[:1] in "+-" and text[1:].replace(".", "", 1).isdigit()


def one_line(text: str) -> str:
    """Text without line breaks and tabs."""
    return " ".join(text.split())
