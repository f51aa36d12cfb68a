"""The right control for a setting: drawn from its declaration, and saying at once what does not fit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.service.by_name import LISTED
from app.settings import Setting, Value
from ui import theme
from ui.language import tr
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.parts import button, label, quiet_label

_CONTEXT = "Settings"
SETTLE_MS = 700
ALL = "all"


def field_name(key: str) -> str:
    """The objectName of a setting's control."""
    return key.replace(".", "_")


class SettingField(QWidget):
    """One setting: label, control, help, and a place for what does not fit."""

    changed = Signal(str, object)
    """The key, and the new value as JSON or as the text that was typed."""
    choose_wanted = Signal(str)
    """The key of a setting of ids that somebody wants to choose by name."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting = setting
        self.setObjectName(f"{field_name(setting.key)}_field")
        self._known: Value = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._tell)
        self._checks: dict[str, QCheckBox] = {}
        title = tr(_CONTEXT, setting.label)
        self.help = quiet_label(
            tr(_CONTEXT, HELP.get(setting.key, setting.help)), f"{field_name(setting.key)}_help"
        )
        self.error = label("", f"{field_name(setting.key)}_error")
        self.error.setProperty("tone", "bad")
        self.error.hide()
        self.names = label("", f"{field_name(setting.key)}_names")
        self.names.hide()
        self._called: Mapping[str, str] = {}
        self.control = self._control(title)
        self.control.setObjectName(field_name(setting.key))
        self.control.setAccessibleName(title)
        self.control.setAccessibleDescription(self.help.text())
        self._lay_out(title)

    def _lay_out(self, title: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 6)
        layout.setSpacing(3)
        if not isinstance(self.control, QCheckBox):
            name = label(title, f"{field_name(self.setting.key)}_label")
            name.setBuddy(self.control)
            layout.addWidget(name)
        layout.addWidget(self.control)
        if self.setting.key in LISTED:
            layout.addWidget(self._chooser())
        for part in (self.names, self.help, self.error):
            layout.addWidget(part)

    def _chooser(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 2, 0, 2)
        words = tr(_CONTEXT, "Choose by name…")
        self.choose = button(words, f"{field_name(self.setting.key)}_choose", self._on_choose)
        self.choose.setAccessibleDescription(tr(_CONTEXT, self.setting.label))
        layout.addWidget(self.choose)
        layout.addStretch(1)
        return row

    @Slot()
    def _on_choose(self) -> None:
        self.choose_wanted.emit(self.setting.key)

    def choose_value(self, value: Value) -> None:
        """Take what was chosen by name, and tell of it."""
        self._put(value)
        self._tell()

    def call_them(self, names: Mapping[str, str]) -> None:
        """Say what the ids that are kept are called."""
        self._called = names
        value = self._known
        ids = list(value) if isinstance(value, list | dict) else [value] if value else []
        found = [names[str(one)] for one in ids if str(one) in names]
        self.names.setText(", ".join(found))
        self.names.setVisible(bool(found))

    def _control(self, title: str) -> QWidget:
        match self.setting.type:
            case "bool":
                tick = QCheckBox(title)
                tick.toggled.connect(self._tell)
                return tick
            case "int":
                spin = QSpinBox()
                spin.setRange(self.setting.least, self.setting.most)
                spin.setMaximumWidth(160)
                spin.lineEdit().setTextMargins(5, 0, 0, 0)
                spin.valueChanged.connect(self._wait)
                return spin
            case "choice":
                combo = ChoiceBox(field_name(self.setting.key), title)
                combo.setMaximumWidth(320)
                for choice in self.setting.choices:
                    combo.addItem(choice_words(self.setting.key, choice), choice)
                combo.currentIndexChanged.connect(self._tell)
                return combo
            case "list" if self.setting.choices:
                return self._ticks()
            case "table":
                lines = QPlainTextEdit()
                lines.setPlaceholderText(tr(_CONTEXT, "One a line: id = value"))
                lines.setFixedHeight(lines.fontMetrics().height() * 4 + 14)
                lines.setTabChangesFocus(True)
                lines.textChanged.connect(self._wait)
                return lines
        line = QLineEdit()
        line.setMaximumWidth(420)
        if self.setting.type == "list":
            line.setPlaceholderText(tr(_CONTEXT, "Several parted by commas; empty takes all"))
        line.textChanged.connect(self._wait)
        line.editingFinished.connect(self._tell)
        return line

    def _ticks(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 2, 0, 2)
        for place, choice in enumerate(self.setting.choices):
            tick = QCheckBox(choice_words(self.setting.key, choice))
            tick.setObjectName(f"{field_name(self.setting.key)}_{choice}")
            tick.setAccessibleName(tick.text())
            tick.toggled.connect(self._wait)
            self._checks[choice] = tick
            grid.addWidget(tick, place // 3, place % 3)
        return box

    # value

    def show_value(self, value: Value) -> None:
        """Show what is kept, without telling of a change."""
        self._known = value
        self.error.hide()
        for part in (self.control, *self._checks.values()):
            part.blockSignals(True)
        self._put(value)
        for part in (self.control, *self._checks.values()):
            part.blockSignals(False)
        self._timer.stop()
        self.call_them(self._called)

    def _put(self, value: Value) -> None:
        match self.control:
            case QCheckBox():
                self.control.setChecked(bool(value))
            case QSpinBox():
                self.control.setValue(int(str(value)))
            case QComboBox():
                self.control.setCurrentIndex(max(0, self.control.findData(value)))
            case QLineEdit():
                text = ", ".join(value) if isinstance(value, list) else str(value or "")
                self.control.setText(text)
            case QPlainTextEdit():
                rows = value if isinstance(value, dict) else {}
                self.control.setPlainText("\n".join(f"{key} = {one}" for key, one in rows.items()))
            case _:
                for choice, tick in self._checks.items():
                    tick.setChecked(value == ALL or (isinstance(value, list) and choice in value))

    def value(self) -> Any:
        """What the control shows, as JSON."""
        match self.control:
            case QCheckBox():
                return self.control.isChecked()
            case QSpinBox():
                return self.control.value()
            case QComboBox():
                return self.control.currentData()
            case QLineEdit():
                text = self.control.text().strip()
                if self.setting.type == "list":
                    return [part.strip() for part in text.split(",") if part.strip()]
                return text or None
            case QPlainTextEdit():
                return dict(_pairs(self.control.toPlainText()))
        ticked = [choice for choice, tick in self._checks.items() if tick.isChecked()]
        return ALL if len(ticked) == len(self._checks) and self.setting.default == ALL else ticked

    def refuse(self, words: str) -> None:
        """Say why the value does not fit; what is kept stays as it was."""
        self.error.setText(words)
        self.error.show()
        theme.mark(self.error, tone="bad")

    @Slot()
    def _wait(self) -> None:
        self._timer.start()

    @Slot()
    def _tell(self) -> None:
        self._timer.stop()
        value = self.value()
        if value != self._known:
            self.changed.emit(self.setting.key, value)


def _pairs(text: str) -> list[tuple[str, str]]:
    rows = [line.partition("=") for line in text.splitlines() if line.strip()]
    return [(key.strip(), value.strip()) for key, _, value in rows]


def as_typed(value: Any) -> str:
    """A value in the form that the command line takes."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


HELP: Mapping[str, str] = {
    "patients.businesses": "Patients of other businesses are left out. Empty takes all.",
    "patients.practitioners": "Patients of other practitioners are left out. Empty takes all.",
    "appointments.excluded_categories": "Categories of appointment types that make no deal, such as admin.",
    "appointments.aliases": "Other names for appointment types in HubSpot: the type's ID, then the name.",
    "deals.owner_table": "Owners for practitioners without a match: the practitioner's ID, then the owner's.",
    "patients.custom_fields": "The clinic's own patient fields to send at the detailed level, by their tokens.",
    "write_back.fields": "What a request in HubSpot may change in Cliniko. Blank never blanks.",
}
"""What the window says where the command line speaks of JSON."""

CHOICES: Mapping[str, str] = {
    "off": "Nowhere",
    "own_property": "In a property of its own",
    "first_name": "As HubSpot's first name",
    "any": "Whatever the answer",
    "not_rejected": "All but those who said no",
    "accepted": "Only those who said yes",
    "practitioner": "The practitioner",
    "fixed": "Always the same user",
    "contact_owner": "The contact's owner",
    "none": "Nobody",
    "minimal": "Minimal",
    "standard": "Standard",
    "detailed": "Detailed",
}


def choice_words(key: str, choice: str) -> str:
    """A choice in plain words."""
    if key == "write_back.fields":
        words = choice.replace("_", " ").replace("address 1", "address line 1").replace("email", "e-mail")
        return tr(_CONTEXT, words[:1].upper() + words[1:])
    return tr(_CONTEXT, CHOICES.get(choice, choice))
