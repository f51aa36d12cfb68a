"""The second step of an import: how the file is understood, and what it leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import number, tr
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.column_choices import ColumnChoices
from ui.widgets.parts import SPACE, button, heading, label, quiet_label

if TYPE_CHECKING:
    from app.service.imports import Inspection, Preview

_CONTEXT = "Import"
ORDERS = ("", "day_first", "month_first")


@dataclass(frozen=True)
class Opened:
    """A file as the window knows it: its beginning, the fields to choose from, the usual order of dates in the
    clinic's country, and the time zones there are (none where they are not asked for)."""

    file: Path
    preview: Preview
    fields: Sequence[str]
    usual_order: str | None = None
    zones: Sequence[str] = ()


class ColumnsStep(QWidget):
    """Shows what was found, takes changes, and asks what only a person knows."""

    changed = Signal()
    rehearse_wanted = Signal()
    other_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_columns_step")
        self.is_order_asked = False
        self._can_go = False
        self._usual: str | None = None
        self.title = heading("", "import_name")
        self.found = quiet_label("", "import_found")
        self.said = label("", "import_said")
        self.order = ChoiceBox("date_order", tr(_CONTEXT, "Which comes first in its dates?"))
        for value, words in zip(ORDERS, order_words(), strict=True):
            self.order.addItem(words, value)
        self.order_part = self._question(self.order)
        self.zone = ChoiceBox("time_zone", tr(_CONTEXT, "Its times are in the time zone"))
        self.zone.setMaxVisibleItems(16)
        self.zone.addItem(tr(_CONTEXT, "The clinic's own"), "")
        self.zone_part = self._question(self.zone)
        self.columns = ColumnChoices()
        self.rehearse = button(
            tr(_CONTEXT, "Rehearse"), "import_rehearse", self.rehearse_wanted.emit, main=True
        )
        self.other = button(tr(_CONTEXT, "Choose another file"), "import_other_file", self.other_wanted.emit)
        self.columns.changed.connect(self.changed)
        self.order.currentIndexChanged.connect(self.changed)
        self.zone.currentIndexChanged.connect(self.changed)
        self._lay_out()

    def _question(self, box: QComboBox) -> QWidget:
        part = QWidget()
        part.setObjectName(f"{box.objectName()}_part")
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        words = label(box.accessibleName(), f"{box.objectName()}_label", wraps=False)
        words.setBuddy(box)
        row.addWidget(words)
        row.addWidget(box)
        row.addStretch(1)
        part.hide()
        return part

    def _lay_out(self) -> None:
        acts = QHBoxLayout()
        acts.addWidget(self.rehearse)
        acts.addWidget(self.other)
        acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE - 4)
        column.addWidget(self.title)
        column.addWidget(self.found)
        column.addWidget(self.said)
        column.addWidget(self.order_part)
        column.addWidget(self.zone_part)
        column.addLayout(acts)
        column.addWidget(self.columns, 1)

    # what is shown

    def show_file(self, opened: Opened) -> None:
        """Show how a file is understood; the look through all of it is still to come."""
        preview, columns = opened.preview, opened.preview.columns
        self._usual = opened.usual_order
        self.title.setText(opened.file.name)
        self.found.setText(self._facts(preview))
        self.columns.show_columns(preview, opened.fields)
        self._fill_zones(opened.zones)
        _choose(self.order, columns.date_order or "")
        _choose(self.zone, columns.time_zone)
        self.is_order_asked = bool(columns.date_order)
        self.order_part.setVisible(self.is_order_asked)
        self.zone_part.setVisible(preview.asks_zone or bool(columns.time_zone))
        if preview.problem:
            self.say(lack_words(preview.lacks), "warn")
        elif preview.is_remembered:
            self.say(tr(_CONTEXT, "The columns are taken as you chose for such a file before."))
        else:
            self.say(tr(_CONTEXT, "Look whether each column is taken for the right thing, then rehearse."))
        self.let_go(not preview.problem)

    def show_look(self, seen: Inspection) -> None:
        """The whole file was looked through."""
        words = tr(_CONTEXT, "rows: {count}", count=seen.rows)
        if seen.repeats:
            words += "  ·  " + tr(_CONTEXT, "repeated: {count}", count=seen.repeats)
        if seen.refused:
            words += "  ·  " + tr(_CONTEXT, "cannot be imported: {count}", count=seen.refused)
        self.found.setText(f"{self.found.text()}  ·  {words}")
        if not seen.rows:
            self.say(
                tr(_CONTEXT, "There is no row below the headings, so there is nothing to import."), "warn"
            )
            self.let_go(False)
        elif seen.shown:
            row, _ = seen.shown[0]
            words = tr(
                _CONTEXT,
                "Some rows cannot be imported, the first of them is row {row}. The rehearsal tells why.",
                row=number(row),
            )
            self.say(words, "warn")

    def ask_order(self) -> None:
        """The dates leave open whether the day or the month comes first."""
        self.is_order_asked = True
        self.order_part.show()
        words = tr(_CONTEXT, "The dates in this file do not show whether the day or the month comes first.")
        if self._usual in ORDERS[1:]:
            usual = order_words()[ORDERS.index(self._usual)]
            words += " " + tr(_CONTEXT, "In the clinic's country it is usually: {order}.", order=usual)
        self.say(words, "warn")
        self.let_go(False)
        self.order.setFocus()

    def say(self, text: str, tone: str = "") -> None:
        """Say how things stand."""
        self.said.setText(text)
        theme.mark(self.said, tone=tone)

    def main_control(self) -> QWidget:
        """Where the keyboard goes when the step comes up."""
        return self.rehearse if self.rehearse.isEnabled() else self.other

    def let_go(self, can: bool) -> None:
        """Whether the file may be rehearsed."""
        self._can_go = can
        self.rehearse.setEnabled(can)

    def wishes(self) -> dict[str, str]:
        """What was chosen: heading to field, and what was said of dates and time zone."""
        said = {
            "date_order": str(self.order.currentData() or ""),
            "time_zone": str(self.zone.currentData() or ""),
        }
        return self.columns.wishes() | {name: value for name, value in said.items() if value}

    def _facts(self, preview: Preview) -> str:
        kinds = {"patients": tr(_CONTEXT, "Patients"), "appointments": tr(_CONTEXT, "Appointments")}
        return "  ·  ".join(
            (
                kinds[preview.kind],
                tr(_CONTEXT, "written in {encoding}", encoding=preview.encoding),
                tr(_CONTEXT, "columns: {count}", count=len(preview.columns.headings)),
            )
        )

    @Slot()
    def _fill_zones(self, zones: Sequence[str]) -> None:
        if zones and self.zone.count() < 2:
            self.zone.blockSignals(True)
            for name in zones:
                self.zone.addItem(name.replace("_", " "), name)
            self.zone.blockSignals(False)


def order_words() -> tuple[str, str, str]:
    """The choices for the order of dates."""
    return (
        tr(_CONTEXT, "Please choose"),
        tr(_CONTEXT, "The day, as in 31/12/1990"),
        tr(_CONTEXT, "The month, as in 12/31/1990"),
    )


def lack_words(field: str) -> str:
    """What has to be said about the columns before a file can be imported."""
    return {
        "id": tr(_CONTEXT, "Which column has the patient's ID? Choose “Patient ID” beside it."),
        "starts_at": tr(_CONTEXT, "Which column tells when an appointment starts? Choose “Start” beside it."),
        "patient_ids": tr(
            _CONTEXT, "Which column tells the patient? Choose “Patient ID, one or several” beside it."
        ),
    }.get(field, tr(_CONTEXT, "Choose what each column is taken for."))


def _choose(box: QComboBox, value: str) -> None:
    """Show a choice without telling anybody."""
    box.blockSignals(True)
    place = box.findData(value)
    if place < 0:
        box.addItem(value, value)
        place = box.count() - 1
    box.setCurrentIndex(place)
    box.blockSignals(False)
