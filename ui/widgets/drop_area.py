"""A place to drop a file on, or to choose one from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QWidget

from ui.language import tr
from ui.widgets.parts import WIDE, button, label

_CONTEXT = "DropArea"


class DropArea(QFrame):
    """Tells which file was chosen or dropped."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drop_area")
        self.setProperty("card", True)
        self.setAcceptDrops(True)
        self.words = label(tr(_CONTEXT, "Drop a CSV file here, or choose one."), "drop_words")
        self.choose = button(tr(_CONTEXT, "Choose file…"), "choose_file", self._on_choose, "open")
        row = QHBoxLayout(self)
        row.setContentsMargins(WIDE, 14, WIDE, 14)
        row.addWidget(self.words, 1)
        row.addWidget(self.choose)

    def show_file(self, file: Path) -> None:
        """Say which file it is."""
        self.words.setText(file.name)

    @Slot()
    def _on_choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            tr(_CONTEXT, "Choose file…"),
            "",
            tr(_CONTEXT, "Tables (*.csv *.txt *.tsv);;All files (*)"),
        )
        if name:
            self.chosen.emit(name)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take one file."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """A file was dropped."""
        self.chosen.emit(event.mimeData().urls()[0].toLocalFile())
        event.acceptProposedAction()
