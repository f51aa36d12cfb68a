"""A key: paste it, have it tested, see whose account it opens and which rights are missing, by name."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ui.bridge import Asking
from ui.language import tr
from ui.pages.connections import Connections
from ui.pages.hubspot_setup import Limits, plan_words, read_limits
from ui.widgets.parts import quiet_label
from ui.wizard.step import Step

_CONTEXT = "KeyStep"


class KeyStep(Step):
    """One service's key. Done once a test of it went well."""

    def __init__(self, asking: Asking, service: str, parent: QWidget | None = None) -> None:
        titles = {
            "cliniko": tr(_CONTEXT, "Connect Cliniko"),
            "hubspot": tr(_CONTEXT, "Connect HubSpot"),
        }
        super().__init__(service, titles[service], asking, parent)
        self.service = service
        self.is_done = False
        self._tested = False
        self.connections = Connections(asking, (service,))
        self.connections.changed.connect(self._on_changed)
        self.connections.known.connect(self._on_known)
        hints = {
            "cliniko": tr(
                _CONTEXT,
                "The key can do what its user may do. Take a user who sees all patients and appointments.",
            ),
            "hubspot": tr(
                _CONTEXT,
                "A service key needs rights to read and write contacts and deals, and to read users.",
            ),
        }
        self.body.addWidget(quiet_label(hints[service], f"{service}_hint"))
        self.body.addWidget(self.connections)
        self.plan = quiet_label("", f"{service}_plan")
        self.plan.hide()
        self.body.addWidget(self.plan)
        self.body.addStretch(1)

    def begin(self) -> None:
        """Look whether there is a key already."""
        self.connections.look()

    @Slot()
    def _on_known(self) -> None:
        """A key that is there already is tested once by itself."""
        if self.connections.sources.get(self.service) and not self._tested:
            self._tested = True
            self.connections.keys[self.service].test_wanted.emit(self.service)

    @Slot()
    def _on_changed(self) -> None:
        self._tested = True
        self.is_done = self.connections.is_good.get(self.service, False)
        self.changed.emit()
        if self.is_done and self.service == "hubspot":
            self.asking.read(read_limits, self.on_limits, lambda error: None, topic="limits", is_remote=True)

    def on_limits(self, limits: Limits) -> None:
        """Say what the HubSpot plan has room for."""
        self.plan.setText(plan_words(limits))
        self.plan.setVisible(bool(self.plan.text()))
