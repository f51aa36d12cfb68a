"""Lets fields that keep ids be filled by name: asks what there is, shows it, and says what kept ids are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.service.by_name import LISTED, Choices
from ui.bridge import Asking
from ui.dialogs.by_name import dialog_for
from ui.language import say_error, tr
from ui.widgets.setting_field import SettingField


class NameChooser(QObject):
    """Serves the fields it is attached to; where a service cannot be asked, the field says why."""

    def __init__(self, asking: Asking, parent: QWidget) -> None:
        super().__init__(parent)
        self._asking, self._window = asking, parent
        self._fields: dict[str, SettingField] = {}

    def attach(self, field: SettingField) -> None:
        """Serve this field, if it keeps ids."""
        if field.setting.key in LISTED:
            self._fields[field.setting.key] = field
            field.choose_wanted.connect(self.choose)

    def look(self) -> None:
        """Say what the ids that are kept are called, as far as it is known on this computer."""
        if self._fields:
            self._asking.read(read_names, self._on_names, lambda error: None, topic="names")

    def _on_names(self, names: Mapping[str, Mapping[str, str]]) -> None:
        for key, field in self._fields.items():
            field.call_them(names.get(key, {}))

    def choose(self, key: str) -> None:
        """Ask what there is, then let one choose."""
        field = self._fields[key]
        field.choose.setEnabled(False)

        def failed(error: BaseException) -> None:
            field.choose.setEnabled(True)
            field.refuse(" ".join(say_error(error)))

        self._asking.read(
            lambda program: read_choices(program, key),
            lambda choices: self._on_choices(field, choices),
            failed,
            topic=f"choices of {key}",
            is_remote=True,
        )

    def _on_choices(self, field: SettingField, choices: Choices) -> None:
        field.choose.setEnabled(True)
        setting = field.setting
        dialog = dialog_for(setting.type, tr("Settings", setting.label), choices, field.value(), self._window)
        if dialog.exec():
            field.choose_value(dialog.value())
            field.call_them({one.id: one.name for one in choices.ids})
        dialog.deleteLater()


def read_choices(program: Any, key: str) -> Choices:
    """What there is to choose from; asks the services, on the thread for that."""
    found: Choices = program.setup.choices(key)
    return found


def read_names(program: Any) -> dict[str, dict[str, str]]:
    """What ids are called, as far as it is known here; runs on the reader's thread."""
    return {key: program.setup.known_names(key) for key in LISTED}
