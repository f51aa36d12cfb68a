"""What all pages share: a title, a name for screen readers, and the moment at which they look anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.bridge import Asking
from ui.widgets.parts import SPACE, WIDE, label

if TYPE_CHECKING:
    from app.state import State


SLIM = 640
"""Below this width a page gives its margins to what is on it."""


class Page(QWidget):
    """One page of the window. `name` is its objectName less `_page`, `title` its heading and accessible name."""

    def __init__(self, name: str, title: str, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asking = asking
        self.title = title
        self.setObjectName(f"{name}_page")
        self.setAccessibleName(title)
        self.head = QHBoxLayout()
        self.heading = label(title, f"{name}_heading", 1.55, bold=True, wraps=False)
        self.head.addWidget(self.heading, 1)
        self.body = QVBoxLayout(self)
        self._margin = 0
        self._set_margin(WIDE + 4)
        self.body.setSpacing(SPACE + 2)
        self.body.addLayout(self.head)

    def _set_margin(self, margin: int) -> None:
        if margin != self._margin:
            self._margin = margin
            self.body.setContentsMargins(margin, 8, margin, min(margin, WIDE))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where there is little room, less of it stays empty."""
        self._set_margin(SPACE if event.size().width() < SLIM else WIDE + 4)
        super().resizeEvent(event)

    def look(self) -> None:
        """Ask for what is shown, again. Called when the page comes up and when a run has ended."""

    def on_state(self, state: State) -> None:
        """Follow the state of the program."""
