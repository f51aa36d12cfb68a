"""The bundle for support, to be read before it is saved: each part exactly as it will be written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui.bridge import Asking
from ui.dialogs.dialog import Dialog
from ui.language import say_error, tr
from ui.widgets.parts import SPACE, WIDE, button, label, quiet_label

_CONTEXT = "Diagnostics"
NAME = Qt.ItemDataRole.UserRole


class DiagnosticsDialog(Dialog):
    """Shows the parts and saves just what was shown."""

    saved = Signal(str, object)
    """The file's name, and the names of the parts in it."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = tr(_CONTEXT, "Diagnostics bundle")
        self.setObjectName("diagnostics_dialog")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.resize(900, 560)
        self.asking = asking
        self.bundle: Mapping[str, str] = {}
        self._name = ""
        self.about = label(
            tr(
                _CONTEXT,
                "Without keys, names, addresses or free text. Choose a part to read it as it will be saved; nothing "
                "is sent anywhere.",
            ),
            "diagnostics_about",
        )
        self.list = QListWidget()
        self.list.setObjectName("diagnostics_parts")
        self.list.setAccessibleName(tr(_CONTEXT, "Parts"))
        self.list.setAccessibleDescription(tr(_CONTEXT, "What the bundle holds; choose a part to read it."))
        self.list.setWordWrap(True)
        self.text = QPlainTextEdit()
        self.text.setObjectName("diagnostics_text")
        self.text.setAccessibleName(tr(_CONTEXT, "Text of the part"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        keys = Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        self.text.setTextInteractionFlags(keys)
        self.said = quiet_label(tr(_CONTEXT, "Gathering…"), "diagnostics_said")
        self.save = button(tr(_CONTEXT, "Save…"), "diagnostics_save", self._on_save, main=True)
        self.shut = button(tr(_CONTEXT, "Close"), "diagnostics_close", self.reject)
        self.save.setEnabled(False)
        self._lay_out()
        self.list.currentItemChanged.connect(self._on_part)

    def _lay_out(self) -> None:
        feet = QHBoxLayout()
        feet.addWidget(self.said, 1)
        feet.addWidget(self.shut)
        feet.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        layout.setSpacing(SPACE)
        layout.addWidget(self.about)
        row = QHBoxLayout()
        row.addWidget(self.list, 1)
        row.addWidget(self.text, 3)
        layout.addLayout(row, 1)
        layout.addLayout(feet)

    def look(self) -> None:
        """Gather the parts; the checks among them ask both services."""
        self.asking.read(
            lambda program: program.care.diagnostics(), self.on_parts, self.on_trouble, is_remote=True
        )

    def on_parts(self, parts: Mapping[str, str]) -> None:
        """Show what was gathered; this and nothing else will be saved."""
        self.bundle = dict(parts)
        self.list.clear()
        for name in parts:
            item = QListWidgetItem(part_words(name))
            item.setData(NAME, name)
            item.setToolTip(name)
            self.list.addItem(item)
        self.said.setText("")
        self.save.setEnabled(bool(parts))
        self.list.setCurrentRow(0)

    def on_trouble(self, error: BaseException) -> None:
        """Say that it did not work, and what helps."""
        self.said.setText(" ".join(say_error(error)))
        self.save.setEnabled(bool(self.bundle))

    @Slot()
    def _on_part(self) -> None:
        item = self.list.currentItem()
        self.text.setPlainText(self.bundle.get(str(item.data(NAME)), "") if item is not None else "")

    @Slot()
    def _on_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, tr(_CONTEXT, "Diagnostics bundle"), "clinicbridge-diagnostics.zip", "ZIP (*.zip)"
        )
        if not name:
            return
        file, parts = Path(name), self.bundle
        self._name = file.name
        self.save.setEnabled(False)
        self.asking.read(lambda program: write(program, file, parts), self.on_saved, self.on_trouble)

    def on_saved(self, names: list[str]) -> None:
        """It is written: tell whoever opened this."""
        self.saved.emit(self._name, names)
        self.accept()


def part_words(name: str) -> str:
    """A part in words; a log by its file, as there are several."""
    words = {
        "about.json": tr(_CONTEXT, "Version and system"),
        "checks.json": tr(_CONTEXT, "Checks of this computer"),
        "settings.json": tr(_CONTEXT, "Settings without lists"),
        "history.json": tr(_CONTEXT, "Numbers of past runs"),
    }
    return words.get(name) or tr(_CONTEXT, "Log: {name}", name=name.rpartition("/")[2])


def write(program: Any, file: Path, parts: Mapping[str, str]) -> list[str]:
    """Save the parts that were shown; runs off the window's thread."""
    names: list[str] = program.care.write_diagnostics(file, parts)
    return names
