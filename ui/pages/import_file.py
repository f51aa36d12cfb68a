"""The first step of an import: which file, and of what type; or history straight from Cliniko."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.drop_area import DropArea
from ui.widgets.parts import SPACE, button, card, label, quiet_label, scrolled

_CONTEXT = "Import"


class FileStep(QWidget):
    """Tells which file was chosen, or that history is wanted."""

    chosen = Signal(str)
    kind_changed = Signal()
    history_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_file_step")
        self.drop = DropArea()
        self.title = self.drop.words
        self.drop.chosen.connect(self.chosen)
        self.drop.refused.connect(self.say_trouble)
        self.kind = ChoiceBox("import_kind", tr(_CONTEXT, "Type of file"))
        for words, kind in (
            (tr(_CONTEXT, "Found by its headings"), None),
            (tr(_CONTEXT, "Patients"), "patients"),
            (tr(_CONTEXT, "Appointments"), "appointments"),
        ):
            self.kind.addItem(words, kind)
        self.kind.currentIndexChanged.connect(self.kind_changed)
        self.said = label("", "import_file_said")
        self.said.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        kind_label = label(tr(_CONTEXT, "Type of file"), "import_kind_label", wraps=False)
        kind_label.setBuddy(self.kind)
        kind = QHBoxLayout()
        kind.addWidget(kind_label)
        kind.addWidget(self.kind)
        kind.addStretch(1)
        hint = quiet_label(
            tr(
                _CONTEXT,
                "Get the file in Cliniko under Settings, Data exports: Patients or Appointments, any date range. "
                "Nothing is written before you have seen a rehearsal.",
            ),
            "import_hint",
        )
        history = quiet_label(
            tr(
                _CONTEXT,
                "No file is needed where the Cliniko key may read past appointments and invoices: choose a day, and "
                "everything since then becomes deals.",
            ),
            "history_words",
        )
        self.history = button(
            tr(_CONTEXT, "Load history from Cliniko"), "load_history", self.history_wanted.emit
        )
        row = QHBoxLayout()
        row.addWidget(self.history)
        row.addStretch(1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.drop)
        column.addWidget(self.said)
        column.addLayout(kind)
        column.addWidget(hint)
        column.addSpacing(SPACE)
        column.addWidget(card("history_card", history, row, title=tr(_CONTEXT, "Without a file")))
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(content))

    def main_control(self) -> QWidget:
        """Where the keyboard goes when the step comes up."""
        return self.drop.choose

    def say(self, text: str, tone: str = "") -> None:
        """Say something about the file, or nothing any more."""
        self.said.setText(text)
        theme.mark(self.said, tone=tone)
        self.said.setVisible(bool(text))

    def say_trouble(self, text: str) -> None:
        """Say why it cannot be used."""
        self.say(text, "bad")

    def say_looking(self, file: Path) -> None:
        """A file is being opened."""
        self.say(tr(_CONTEXT, "Opening {name}…", name=file.name))
