"""Going live: the sync begins, and starts with the log-in where that is wished."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui import autostart
from ui.bridge import Asking
from ui.language import tr
from ui.pages.settings import keep_setting
from ui.widgets.parts import label, quiet_label
from ui.wizard.choices_step import ChoicesStep

_CONTEXT = "LiveStep"


class LiveStep(ChoicesStep):
    """See the module."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(
            "go_live",
            tr(_CONTEXT, "Go live"),
            asking,
            ((tr(_CONTEXT, "This computer"), ("pc.start_at_login", "pc.close_to_tray", "pc.notifications")),),
        )
        self.next_words = tr(_CONTEXT, "Go live")
        self.body.insertWidget(
            0,
            label(
                tr(
                    _CONTEXT,
                    "From now on everybody is synced, and changes follow by themselves. The first run may take a "
                    "while; you can go on working meanwhile.",
                ),
                "live_words",
            ),
        )
        self.said = quiet_label("", "live_said")
        self.body.addWidget(self.said)
        self.body.addStretch(1)
        self.fields["pc.start_at_login"].changed.connect(self._on_login)

    def _on_login(self, key: str, value: object) -> None:
        try:
            autostart.set_enabled(bool(value))
        except OSError:
            self.said.setText(tr(_CONTEXT, "The log-in entry could not be written on this computer."))
            self.asking.work(lambda program: keep_setting(program, key, False, False), self.on_settings)
