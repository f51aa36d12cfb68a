"""The live picture: what HubSpot would know about a sample patient at each privacy level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.service.pictures import privacy_picture
from ui import theme
from ui.bridge import Asking
from ui.language import tr
from ui.record_words import changed_words, field_words, value_words
from ui.widgets.parts import label, quiet_label

_CONTEXT = "Privacy"


class PrivacyPicture(QWidget):
    """A made-up patient as HubSpot would show them; what is not sent is said so."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("privacy_picture")
        self.setAccessibleName(tr(_CONTEXT, "What HubSpot will know"))
        self.asking = asking
        self.title = label(
            tr(_CONTEXT, "What HubSpot will know about a patient, with made-up values:"), "picture_title"
        )
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.title)
        layout.addWidget(self._holder)

    def show_level(self, level: str) -> None:
        """Show the picture of a level."""
        self.asking.read(
            lambda program: read_picture(program, level), self.on_picture, lambda error: None, topic="picture"
        )

    def on_picture(self, rows: Sequence[tuple[str, str, bool]]) -> None:
        """Show label, value and whether it is sent, in two columns."""
        while (item := self._grid.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.deleteLater()
        half = (len(rows) + 1) // 2
        for place, (title, value, is_sent) in enumerate(rows):
            row, column = (place, 0) if place < half else (place - half, 2)
            name = quiet_label(title, f"picture_label_{place}")
            name.setWordWrap(False)
            shown = label(
                value_words(value).replace("_", " ") if is_sent else tr(_CONTEXT, "not sent"),
                f"picture_value_{place}",
            )
            if is_sent:
                font = shown.font()
                font.setBold(True)
                shown.setFont(font)
            else:
                theme.mark(shown, quiet=True)
            self._grid.addWidget(name, row, column, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(shown, row, column + 1, Qt.AlignmentFlag.AlignTop)


def read_picture(program: Any, level: str) -> list[tuple[str, str, bool]]:
    """The picture of a level: label, value, whether it is sent."""
    preferred = program.setup.settings().text("patients.preferred_first_name")
    return [
        (field_words(row.name), changed_words(row.name, row.value), row.is_sent)
        for row in privacy_picture(level, preferred)
    ]
