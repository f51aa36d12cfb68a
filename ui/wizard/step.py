"""What a step of the set-up is: a name to come back to, a title, and whether one may go on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.state import State
from ui.bridge import Asking
from ui.widgets.parts import SPACE


class Step(QWidget):
    """One step. `changed` tells that `is_done`, `is_busy` or `next_words` may be different now."""

    changed = Signal()

    def __init__(self, name: str, title: str, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.title, self.asking = name, title, asking
        self.setObjectName(f"wizard_{name}")
        self.setAccessibleName(title)
        self.is_done = True
        self.is_busy = False
        self.next_words = ""
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(SPACE)

    def begin(self) -> None:
        """The step comes up."""

    def on_state(self, state: State) -> None:
        """Follow what runs."""
