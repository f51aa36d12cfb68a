"""Settings, Connections: both keys, what they may do, and whose accounts they open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import KeyringUnusable
from app.service.connections import Connection
from app.state import KEY_CODES, State
from ui.bridge import Asking
from ui.dialogs.confirm import is_confirmed
from ui.language import retold, say_error, tr
from ui.widgets.parts import SPACE
from ui.widgets.secret_field import SecretField

_CONTEXT = "Connections"


class Connections(QWidget):
    """Both keys."""

    changed = Signal()
    """A key was set, tested or forgotten."""
    known = Signal()
    """It is known which keys are set."""

    def __init__(
        self, asking: Asking, only: Sequence[str] = ("cliniko", "hubspot"), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("connections")
        self.asking = asking
        self.is_good: dict[str, bool] = {}
        self.sources: dict[str, str] = {}
        self.keys = {
            "cliniko": SecretField(
                "cliniko",
                tr(_CONTEXT, "Cliniko API key"),
                tr(
                    _CONTEXT,
                    "In Cliniko: My Info, Manage API keys. The end of the key says where your account is.",
                ),
            ),
            "hubspot": SecretField(
                "hubspot",
                tr(_CONTEXT, "HubSpot service key"),
                tr(
                    _CONTEXT,
                    "In HubSpot: Settings, Integrations. Every right that is missing is named by the test.",
                ),
            ),
        }
        self.keys = {service: one for service, one in self.keys.items() if service in only}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        for one in self.keys.values():
            one.set_wanted.connect(self._on_set)
            one.test_wanted.connect(self._on_test)
            one.forget_wanted.connect(self._on_forget)
            layout.addWidget(one)

    def look(self) -> None:
        """Ask which keys are set."""
        self.asking.read(read_keys, self.on_status, self.on_trouble, topic="keys", is_remote=True)

    def on_status(self, found: Sequence[Connection]) -> None:
        """Show which keys are set, and whose accounts they open."""
        for connection in found:
            if connection.service not in self.keys:
                continue
            one = self.keys[connection.service]
            one.show_status(connection.source)
            one.show_account(account_words(connection))
            if connection.trouble:
                one.say(retold(connection.trouble), "warn")
        self.sources = {connection.service: connection.source for connection in found}
        self.known.emit()

    def on_trouble(self, error: BaseException) -> None:
        """The password store does not answer: say what helps."""
        for one in self.keys.values():
            one.say(" ".join(say_error(error)), "bad")

    def on_state(self, state: State) -> None:
        """A refused key is said at the key."""
        if state.code in KEY_CODES:
            for service, one in self.keys.items():
                if service in state.sentence.lower():
                    one.say(retold(f"{state.sentence} {state.next_step}"), "bad")

    @Slot(str, str)
    def _on_set(self, service: str, secret: str) -> None:
        self.keys[service].set_busy(True)
        self.asking.work(
            lambda program: set_key(program, service, secret, for_session=False),
            lambda checks: self._on_checked(service, checks),
            lambda error: self._on_not_set(service, secret, error),
        )

    def _on_not_set(self, service: str, secret: str, error: BaseException) -> None:
        one = self.keys[service]
        one.set_busy(False)
        one.say(" ".join(say_error(error)), "bad")
        if isinstance(error, KeyringUnusable) and is_confirmed(
            self,
            tr(_CONTEXT, "No password store"),
            tr(_CONTEXT, "Keep for this session"),
            tr(
                _CONTEXT,
                "{what} The key can be kept in memory until ClinicBridge ends; it is never written to a file.",
                what=say_error(error)[0],
            ),
        ):
            one.set_busy(True)
            self.asking.work(
                lambda program: set_key(program, service, secret, for_session=True),
                lambda checks: self._on_checked(service, checks),
                lambda again: self._on_tested_badly(service, again),
            )

    @Slot(str)
    def _on_test(self, service: str) -> None:
        self.keys[service].set_busy(True)
        self.asking.read(
            lambda program: check_key(program, service),
            lambda checks: self._on_checked(service, checks),
            lambda error: self._on_tested_badly(service, error),
            is_remote=True,
        )

    def _on_checked(self, service: str, checks: Sequence[Mapping[str, Any]]) -> None:
        one = self.keys[service]
        one.set_busy(False)
        one.show_checks(checks)
        self.is_good[service] = all(check["ok"] for check in checks)
        self.look()
        self.changed.emit()

    def _on_tested_badly(self, service: str, error: BaseException) -> None:
        self.keys[service].set_busy(False)
        self.keys[service].say(" ".join(say_error(error)), "bad")
        self.is_good[service] = False
        self.changed.emit()

    @Slot(str)
    def _on_forget(self, service: str) -> None:
        if not is_confirmed(
            self,
            tr(_CONTEXT, "Forget this key?"),
            tr(_CONTEXT, "Forget key"),
            tr(_CONTEXT, "Syncing stops until a key is set again. Local data stays. This cannot be undone."),
        ):
            return
        self.asking.work(
            lambda program: program.connections.forget(service),
            lambda done: self._on_forgotten(service),
            lambda error: self._on_tested_badly(service, error),
        )

    def _on_forgotten(self, service: str) -> None:
        self.keys[service].say("")
        self.is_good[service] = False
        self.look()
        self.changed.emit()


def read_keys(program: Any) -> list[Connection]:
    """Which keys are set; runs on the reader's thread and may wait for the password store."""
    found: list[Connection] = program.connections.all()
    return found


def set_key(program: Any, service: str, secret: str, for_session: bool) -> list[Mapping[str, Any]]:
    """Keep a key and test it. Raises KeyringUnusable where it cannot be kept."""
    return [check.as_json() for check in program.connections.set(service, secret, for_session)]


def check_key(program: Any, service: str) -> list[Mapping[str, Any]]:
    """What the key may do: check, ok and message each."""
    return [check.as_json() for check in program.connections.test(service)]


def account_words(connection: Connection) -> str:
    """Whose account was last met."""
    if not connection.account:
        return ""
    if connection.service == "cliniko":
        return tr(_CONTEXT, "Clinic: {name}", name=connection.account)
    return tr(_CONTEXT, "Portal: {name}", name=connection.account)
