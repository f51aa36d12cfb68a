"""Welcome: what the program does and what becomes of the data, in three sentences."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui import theme
from ui.bridge import Asking
from ui.language import tr
from ui.widgets.parts import button, card, label, quiet_label
from ui.wizard.step import Step

_CONTEXT = "Welcome"
SIGNS = ("sync", "home", "key")
SIDE = 26


class WelcomeStep(Step):
    """See the module."""

    demo_wanted = Signal()

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__("welcome", tr(_CONTEXT, "Welcome"), asking, parent)
        sentences = (
            tr(
                _CONTEXT,
                "ClinicBridge copies patients and appointments from Cliniko to HubSpot and keeps them in step.",
            ),
            tr(
                _CONTEXT,
                "It runs on this computer and talks to Cliniko and HubSpot only; no other service sees your data.",
            ),
            tr(
                _CONTEXT,
                "You choose what HubSpot gets to know, and nothing is written before you have seen a trial.",
            ),
        )
        self.body.addWidget(
            card(
                "welcome_card",
                *(
                    _sentence(n, sign, one)
                    for n, (sign, one) in enumerate(zip(SIGNS, sentences, strict=True))
                ),
            )
        )
        row = QHBoxLayout()
        row.addWidget(
            quiet_label(
                tr(_CONTEXT, "Only looking? Everything works with invented data, too."), "welcome_demo_words"
            ),
            1,
        )
        row.addWidget(button(tr(_CONTEXT, "Try with a made-up clinic"), "try_demo", self.demo_wanted.emit))
        self.body.addWidget(card("demo_card", row))
        self.body.addStretch(1)


def _sentence(number: int, sign: str, text: str) -> QHBoxLayout:
    """A sentence with a sign in front."""
    picture = QLabel()
    picture.setObjectName(f"welcome_sign_{number}")
    picture.setPixmap(theme.icon(sign).pixmap(SIDE, SIDE))
    row = QHBoxLayout()
    row.setSpacing(14)
    row.addWidget(picture)
    row.addWidget(label(text, f"welcome_{number}", 1.05), 1)
    return row
