"""Two or more records side by side, with what differs marked by weight, ground and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from app.domain.normalise import fold_name
from ui import theme
from ui.language import day, tr
from ui.widgets.breaking_label import BreakingLabel
from ui.widgets.parts import label, quiet_label

_CONTEXT = "SideBySide"
MOST_WHOLE = 2
"""So many records have room for their longest words; with more, words break where the column ends."""
ROWS = ("name", "email", "birthday", "mobile", "phone", "address", "city")
"""What a person compares, in this order; further rows follow as they come."""


@dataclass(frozen=True)
class Side:
    """One record: where it lives, and its values by row."""

    title: str
    values: Mapping[str, str] = field(default_factory=dict)


class SideBySide(QWidget):
    """A grid: a row for each value, a column for each record."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side_by_side")
        self.setAccessibleName(tr(_CONTEXT, "Both records side by side"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2)
        self._grid.setVerticalSpacing(2)
        self.different: tuple[str, ...] = ()
        self._count = 0

    def show_sides(self, sides: Sequence[Side]) -> None:
        """Show these records; a row where two known values differ is marked."""
        while (item := self._grid.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        self._count = len(sides)
        names = [name for name in ROWS if any(side.values.get(name) for side in sides)]
        names += [n for side in sides for n in side.values if n not in names and n not in ROWS and n != "id"]
        names = list(dict.fromkeys(names))
        self.different = tuple(
            name for name in names if differs([side.values.get(name, "") for side in sides])
        )
        for column, side in enumerate(sides, 1):
            head = label(side.title, f"side_{column}", bold=True)
            head.setContentsMargins(8, 2, 8, 4)
            self._grid.addWidget(head, 0, column)
            self._grid.setColumnStretch(column, 1)
        for row, name in enumerate(names, 1):
            title = quiet_label(row_title(name), f"row_{name}")
            title.setWordWrap(False)
            title.setContentsMargins(0, 4, 10, 4)
            self._grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            for column, side in enumerate(sides, 1):
                self._grid.addWidget(self._cell(name, column, side.values.get(name, "")), row, column)

    def _cell(self, name: str, column: int, value: str) -> QLabel:
        shown = shown_value(name, value)
        if self._count > MOST_WHOLE:
            cell: QLabel = BreakingLabel(shown, f"{name}_{column}")
        else:
            cell = label(shown, f"{name}_{column}")
            cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        cell.setContentsMargins(8, 4, 8, 4)
        cell.setToolTip(value)
        if name in self.different and value:
            font = cell.font()
            font.setBold(True)
            cell.setFont(font)
            cell.setStyleSheet(f"background: {theme.tones().changed}; border-radius: 4px;")
            cell.setToolTip(tr(_CONTEXT, "{value} (differs)", value=value))
            cell.setAccessibleDescription(tr(_CONTEXT, "differs"))
        return cell


class SidesArea(QScrollArea):
    """Both records in full height; sideways they scroll by themselves where their values are long."""

    def __init__(self, sides: SideBySide, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sides = sides
        sides.setProperty("page", True)
        self.setWidget(sides)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit(self) -> None:
        """Take the height that the records need at this width."""
        least = self._sides.minimumSizeHint().width()
        width = max(self.viewport().width(), least)
        layout = self._sides.layout()
        whole = self._sides.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            whole = layout.totalHeightForWidth(width)
        is_wide = least > self.viewport().width()
        self.setFixedHeight(whole + (self.horizontalScrollBar().sizeHint().height() if is_wide else 0))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Other widths break the lines elsewhere."""
        self.fit()
        super().resizeEvent(event)


def differs(values: Sequence[str]) -> bool:
    """Whether two of the values that are there disagree; case, accents and spaces aside."""
    known = {"".join(character for character in fold_name(value) if character.isalnum()) for value in values}
    return len(known - {""}) > 1


def row_title(name: str) -> str:
    """What a row is called."""
    titles = {
        "name": tr(_CONTEXT, "Name"),
        "email": tr(_CONTEXT, "E-mail"),
        "birthday": tr(_CONTEXT, "Birthday"),
        "mobile": tr(_CONTEXT, "Mobile"),
        "phone": tr(_CONTEXT, "Phone"),
        "address": tr(_CONTEXT, "Address"),
        "city": tr(_CONTEXT, "City"),
    }
    words = name.replace("_", " ")
    return titles.get(name, words[:1].upper() + words[1:])


def shown_value(name: str, value: str) -> str:
    """A value as people write it; a dash where there is none."""
    if not value:
        return "–"
    if name == "birthday":
        try:
            return day(date.fromisoformat(value[:10]))
        except ValueError:
            return value
    return value
