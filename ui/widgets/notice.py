"""A line over the pages that says what happened and what helps, until it is closed or overtaken."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ui import theme
from ui.language import say_error, tr
from ui.widgets.parts import button, label

_CONTEXT = "Notice"


class Notice(QFrame):
    """Hidden until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setProperty("card", True)
        self.words = label("", "notice_words")
        self.act = button("", "notice_act")
        self.shut = button(tr(_CONTEXT, "Dismiss"), "notice_dismiss", self.hide)
        self._pressed: Callable[[], object] | None = None
        self.act.clicked.connect(self._on_act)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.act)
        layout.addWidget(self.shut)
        self.hide()

    def say(
        self, text: str, tone: str = "", act: str = "", pressed: Callable[[], object] | None = None
    ) -> None:
        """Say something; `act` is the text of the one button that helps."""
        self.words.setText(text)
        theme.mark(self.words, tone=tone)
        self._pressed = pressed
        self.act.setText(act)
        self.act.setAccessibleName(act)
        self.act.setVisible(bool(act))
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self.words, QAccessible.Event.Alert))

    def say_error(self, error: BaseException) -> None:
        """Say what went wrong and what helps."""
        sentence, next_step = say_error(error)
        self.say(f"{sentence} {next_step}", "bad")

    def _on_act(self) -> None:
        self.hide()
        if self._pressed is not None:
            self._pressed()

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """Its buttons, in order."""
        return self.act, self.shut
