"""How the columns of a file are understood: each heading with values to look at and the field it fills."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from ui.language import tr
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.field_words import field_words
from ui.widgets.parts import label, quiet_label, scrolled

if TYPE_CHECKING:
    from app.service.imports import Preview

_CONTEXT = "Columns"
FIRST = 6
AT_ONCE = 3
"""Columns that are drawn at first, and in each go after that: nothing in the window may wait for them."""
MOST = 150
"""Columns that are drawn at all; a file may have a thousand, of which no more than these can mean anything."""
SAMPLES = 2
LONGEST = 40
FIELD = Qt.ItemDataRole.UserRole


class ColumnChoices(QWidget):
    """Shows the mapping and lets it be changed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("columns")
        self.setAccessibleName(tr(_CONTEXT, "Columns"))
        self._headings: tuple[str, ...] = ()
        self._names: dict[int, str] = {}
        self._boxes: dict[int, QComboBox] = {}
        self._samples: dict[int, QLabel] = {}
        self._kind = ""
        self._places: list[int] = []
        self._rows: Sequence[tuple[str, ...]] = ()
        self._fields = QStandardItemModel(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._draw_some)
        self._content = QWidget()
        self._layout = QVBoxLayout(self._content)
        self._layout.setContentsMargins(0, 0, 8, 0)
        self._area = scrolled(self._content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)
        self._grid = self._new_grid()

    # what is shown

    def show_columns(self, preview: Preview, fields: Sequence[str]) -> None:
        """Show how a file is understood. Columns that are drawn already only change what they say."""
        columns = preview.columns
        self._names = {place: name for name, place in columns.places.items()}
        is_same = (columns.headings, preview.kind) == (self._headings, self._kind)
        self._rows = [cells for _, cells in preview.rows]
        if not is_same:
            self._headings, self._kind = columns.headings, preview.kind
            self._begin(fields)
        for place, box in self._boxes.items():
            self._show_choice(box, place)
            self._samples[place].setText(samples_of(self._rows, place))

    def wishes(self) -> dict[str, str]:
        """What was chosen: heading to field, "" where a column is not used."""
        chosen: dict[str, str] = {}
        for place, heading in enumerate(self._headings):
            if heading:
                chosen.setdefault(heading, self._names.get(place, ""))
        return chosen

    def _begin(self, fields: Sequence[str]) -> None:
        self._timer.stop()
        self._boxes, self._samples = {}, {}
        self._fields = fields_model(self._kind, fields, self)
        self._grid = self._new_grid()
        for column, (words, name) in enumerate(
            (
                (tr(_CONTEXT, "Heading in the file"), "columns_heading"),
                (tr(_CONTEXT, "Its first values"), "columns_values"),
                (tr(_CONTEXT, "Is taken for"), "columns_field"),
            )
        ):
            self._grid.addWidget(quiet_label(words, name), 0, column)
        self._places = self._to_draw()
        rest = sum(map(bool, self._headings)) - len(self._places)
        if rest:
            words = tr(_CONTEXT, "Further columns that are not used: {count}", count=rest)
            self._grid.addWidget(quiet_label(words, "columns_rest"), len(self._headings) + 1, 0, 1, 3)
        self._draw_some(FIRST)
        self._area.verticalScrollBar().setValue(0)

    def _new_grid(self) -> QGridLayout:
        """An empty table in place of the one before."""
        while (item := self._layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 4)
        grid.setColumnStretch(2, 4)
        self._layout.addWidget(holder)
        self._layout.addStretch(1)
        return grid

    def _to_draw(self) -> list[int]:
        """The columns that have a heading; of very many, those that are taken for something and the first others."""
        named = [place for place, heading in enumerate(self._headings) if heading]
        if len(named) > MOST:
            used = [place for place in named if self._names.get(place)]
            others = [place for place in named if not self._names.get(place)]
            named = sorted(used + others[: MOST - len(used)])
        return named

    @Slot()
    def _draw_some(self, count: int = AT_ONCE) -> None:
        now, self._places = self._places[:count], self._places[count:]
        for place in now:
            self._draw(place)
        if self._places:
            self._timer.start()

    def _draw(self, place: int) -> None:
        heading, row = self._headings[place], place + 1
        self._samples[place] = quiet_label(samples_of(self._rows, place), f"sample_{place}")
        box = ChoiceBox(f"column_{place}", heading)
        box.setModel(self._fields)
        box.setMinimumContentsLength(14)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        # Two columns of one name cannot be told apart by it: the first one counts.
        box.setEnabled(self._headings.index(heading) == place)
        self._show_choice(box, place)
        box.currentIndexChanged.connect(lambda index, place=place: self._on_choice(place, index))
        self._boxes[place] = box
        name = label(heading, f"heading_{place}")
        name.setBuddy(box)
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(self._samples[place], row, 1)
        self._grid.addWidget(box, row, 2)

    def _show_choice(self, box: QComboBox, place: int) -> None:
        name = self._names.get(place, "")
        index = max(0, box.findData(name, FIELD))
        if box.currentIndex() != index:
            box.blockSignals(True)
            box.setCurrentIndex(index)
            box.blockSignals(False)

    def _on_choice(self, place: int, index: int) -> None:
        name = str(self._fields.item(index).data(FIELD) or "")
        if name == self._names.get(place, ""):
            return
        if name:
            # One field, one column: whoever had it before is not used any more.
            self._names = {at: one for at, one in self._names.items() if one != name}
        self._names[place] = name
        for at, box in self._boxes.items():
            self._show_choice(box, at)
        self.changed.emit()


def fields_model(kind: str, fields: Sequence[str], parent: QWidget) -> QStandardItemModel:
    """The fields to choose from, one model for all boxes: a file may have many columns."""
    model = QStandardItemModel(parent)
    words = field_words(kind)
    ordered = [name for name in words if name in fields] + [name for name in fields if name not in words]
    for name in ("", *ordered):
        item = QStandardItem(words.get(name, spoken(name)) if name else tr(_CONTEXT, "Not used"))
        item.setData(name, FIELD)
        model.appendRow(item)
    return model


def spoken(name: str) -> str:
    """A field without words of its own."""
    return name.replace("_", " ").capitalize()


def samples_of(rows: Sequence[tuple[str, ...]], place: int) -> str:
    """The first values of a column, shortened, parted by a dot."""
    found: list[str] = []
    for cells in rows:
        text = " ".join(cells[place].split()) if place < len(cells) else ""
        if text and text not in found:
            found.append(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")
        if len(found) == SAMPLES:
            break
    return "  ·  ".join(found) or "–"
