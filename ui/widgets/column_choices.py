"""How the columns of a file are understood: each heading with a value to look at and the field it fills."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ui.language import tr
from ui.widgets.parts import label, quiet_label, scrolled

_CONTEXT = "Columns"
ORDERS = ("", "day_first", "month_first")


class ColumnChoices(QWidget):
    """Shows the mapping and lets it be changed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("columns")
        self.setAccessibleName(tr(_CONTEXT, "Columns"))
        self._fields: dict[str, QComboBox] = {}
        self.order = QComboBox()
        self.order.setObjectName("date_order")
        self.order.setAccessibleName(tr(_CONTEXT, "Dates"))
        for value, words in zip(
            ORDERS,
            (
                tr(_CONTEXT, "As the dates show"),
                tr(_CONTEXT, "Day before month"),
                tr(_CONTEXT, "Month before day"),
            ),
            strict=True,
        ):
            self.order.addItem(words, value)
        self.zone = QLineEdit()
        self.zone.setObjectName("time_zone")
        self.zone.setAccessibleName(tr(_CONTEXT, "Time zone"))
        self.zone.setPlaceholderText(tr(_CONTEXT, "The clinic's own, such as Australia/Melbourne"))
        self.order.currentIndexChanged.connect(self.changed)
        self.zone.editingFinished.connect(self.changed)
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setColumnStretch(1, 1)
        self._grid.setVerticalSpacing(5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(inner))

    def show_columns(self, preview: Any, fields: Sequence[str]) -> None:
        """Show how a file is understood."""
        for part in (self.order, self.zone):
            part.setParent(self)
        while (item := self._grid.takeAt(0)) is not None:
            if item.widget() not in (None, self.order, self.zone):
                item.widget().deleteLater()
        self._fields = {}
        columns = preview.columns
        names = {place: name for name, place in columns.places.items()}
        self._grid.addWidget(quiet_label(tr(_CONTEXT, "Dates"), "date_order_label"), 0, 0)
        self._grid.addWidget(self.order, 0, 2)
        self._grid.addWidget(quiet_label(tr(_CONTEXT, "Time zone"), "time_zone_label"), 1, 0)
        self._grid.addWidget(self.zone, 1, 2)
        first = preview.rows[0][1] if preview.rows else ()
        for place, heading in enumerate(columns.headings):
            if not heading:
                continue
            sample = first[place] if place < len(first) else ""
            self._grid.addWidget(label(heading, f"heading_{place}"), place + 2, 0)
            self._grid.addWidget(quiet_label(sample[:60], f"sample_{place}"), place + 2, 1)
            self._grid.addWidget(self._choice(place, heading, names.get(place, ""), fields), place + 2, 2)
        self._grid.setRowStretch(len(columns.headings) + 2, 1)
        self._show(columns.date_order or "", columns.time_zone)

    def _choice(self, place: int, heading: str, chosen: str, fields: Sequence[str]) -> QComboBox:
        box = QComboBox()
        box.setObjectName(f"column_{place}")
        box.setAccessibleName(heading)
        box.addItem(tr(_CONTEXT, "Not used"), "")
        for field in fields:
            words = field.replace("_", " ")
            box.addItem(tr(_CONTEXT, words[:1].upper() + words[1:]), field)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.currentIndexChanged.connect(self.changed)
        self._fields[heading] = box
        return box

    def _show(self, order: str, zone: str) -> None:
        for part in (self.order, self.zone):
            part.blockSignals(True)
            part.show()
        self.order.setCurrentIndex(max(0, self.order.findData(order)))
        self.zone.setText(zone)
        for part in (self.order, self.zone):
            part.blockSignals(False)

    def wishes(self) -> dict[str, str]:
        """What was chosen: heading to field, and what was said of dates and time zone."""
        chosen = {heading: str(box.currentData()) for heading, box in self._fields.items()}
        said = {"date_order": str(self.order.currentData() or ""), "time_zone": self.zone.text().strip()}
        return chosen | {name: value for name, value in said.items() if value}
