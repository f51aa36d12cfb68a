"""What a page says while there is nothing on it: what will be here, and what brings it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.widgets.parts import heading, quiet_label


class EmptyState(QWidget):
    """A title and a sentence in the middle of an empty area."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = heading(title, "empty_title")
        self.text = quiet_label(text, "empty_text")
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        for part in (self.title, self.text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(part)
        layout.addStretch(2)

    def say(self, title: str, text: str) -> None:
        """Say something else."""
        _say(self.title, title)
        _say(self.text, text)


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
