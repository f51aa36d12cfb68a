"""Welcome: what the program does and what becomes of the data, in three sentences."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.bridge import Asking
from ui.language import tr
from ui.widgets.parts import button, card, label, quiet_label
from ui.wizard.step import Step

_CONTEXT = "Welcome"


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
            card("welcome_card", *(label(one, f"welcome_{n}", 1.05) for n, one in enumerate(sentences)))
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
