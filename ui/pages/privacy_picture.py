"""The live picture: what HubSpot would know about a sample patient at each privacy level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.service.pictures import privacy_picture
from ui import theme
from ui.bridge import Asking
from ui.language import tr
from ui.record_words import changed_words, field_words, value_words
from ui.widgets.parts import label, quiet_label

_CONTEXT = "Privacy"
VALUE_LEAST = 17
"""So many average characters a value has room for at least where there are two columns."""


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
        # The picture takes the room there is; whether that is enough for two columns is decided below.
        self._holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._parts: list[tuple[QLabel, QLabel]] = []
        self._columns = 0
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
        """Show label, value and whether it is sent."""
        for parts in self._parts:
            for part in parts:
                part.deleteLater()
        self._parts = [_pair(place, *row) for place, row in enumerate(rows)]
        self._arrange(self._fitting())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Two columns where there is room for them, else one."""
        super().resizeEvent(event)
        if self._parts and self._fitting() != self._columns:
            self._arrange(self._fitting())

    def _fitting(self) -> int:
        widest = max((name.sizeHint().width() for name, _ in self._parts), default=0)
        least = self.fontMetrics().averageCharWidth() * VALUE_LEAST
        return 2 if self.width() >= 2 * (widest + least) + 3 * self._grid.horizontalSpacing() else 1

    def _arrange(self, columns: int) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        self._columns = columns
        a_column = -(-len(self._parts) // columns)
        for place, (name, shown) in enumerate(self._parts):
            column, row = divmod(place, a_column)
            self._grid.addWidget(name, row, 2 * column, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(shown, row, 2 * column + 1, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1 if columns == 2 else 0)


def _pair(place: int, title: str, value: str, is_sent: bool) -> tuple[QLabel, QLabel]:
    """The label and the value of one property."""
    name = quiet_label(title, f"picture_label_{place}")
    name.setWordWrap(False)
    words = value_words(value).replace("_", " ") if is_sent else tr(_CONTEXT, "not sent")
    shown = label(words, f"picture_value_{place}", bold=is_sent)
    if not is_sent:
        theme.mark(shown, quiet=True)
    return name, shown


def read_picture(program: Any, level: str) -> list[tuple[str, str, bool]]:
    """The picture of a level: label, value, whether it is sent."""
    preferred = program.setup.settings().text("patients.preferred_first_name")
    return [
        (field_words(row.name), changed_words(row.name, row.value), row.is_sent)
        for row in privacy_picture(level, preferred)
    ]
