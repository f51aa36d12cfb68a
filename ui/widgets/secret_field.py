"""One key: whether it is set, a field to set it, a test that says what it may do, and forgetting it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.language import retold, tr
from ui.widgets.parts import SPACE, WIDE, button, heading, label, quiet_label

_CONTEXT = "Keys"
ELSEWHERE = "Paste a new key under Settings, Connections."


class SecretField(QFrame):
    """A key of one service. The key itself is handed over once and never shown again."""

    set_wanted = Signal(str, str)
    test_wanted = Signal(str)
    forget_wanted = Signal(str)

    def __init__(self, service: str, title: str, how: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.service = service
        self.setObjectName(f"{service}_key_card")
        self.setProperty("card", True)
        self.setAccessibleName(title)
        self.status = label("", f"{service}_key_status")
        self.field = QLineEdit()
        self.field.setObjectName(f"{service}_key")
        self.field.setAccessibleName(title)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setPlaceholderText(tr(_CONTEXT, "Paste the key here"))
        self.field.returnPressed.connect(self._on_set)
        self.set = button(tr(_CONTEXT, "Set key"), f"{service}_set", self._on_set, main=True)
        self.test = button(tr(_CONTEXT, "Test key"), f"{service}_test", self._on_test, "check")
        self.forget = button(tr(_CONTEXT, "Forget key"), f"{service}_forget", self._on_forget)
        self.results = label("", f"{service}_key_results")
        self.account = label("", f"{service}_account", bold=True)
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        for part in (self.set, self.test, self.forget):
            row.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, 16, WIDE, 16)
        layout.setSpacing(SPACE - 4)
        layout.addWidget(heading(title, f"{service}_key_title"))
        layout.addWidget(quiet_label(how, f"{service}_key_how"))
        layout.addWidget(self.account)
        layout.addWidget(self.status)
        layout.addLayout(row)
        layout.addWidget(self.results)
        self.account.hide()
        self.results.hide()
        self._had_focus: QWidget | None = None

    def show_status(self, source: str) -> None:
        """Say whether there is a key, and where it comes from: environment, session, keyring or ""."""
        words = {
            "environment": tr(
                _CONTEXT, "The key comes from this computer's environment and is kept nowhere."
            ),
            "session": tr(_CONTEXT, "A key is kept in memory until ClinicBridge ends."),
            "keyring": tr(_CONTEXT, "A key is set. It lies in this computer's password store."),
        }.get(source, tr(_CONTEXT, "No key yet."))
        is_given = source == "environment"
        self.status.setText(words)
        theme.mark(self.status, tone="" if source else "warn")
        self.field.setEnabled(not is_given)
        self.set.setEnabled(not is_given)
        self.test.setEnabled(bool(source))
        self.forget.setEnabled(bool(source) and not is_given)

    def show_account(self, words: str) -> None:
        """Whose account the key opens."""
        self.account.setText(words)
        self.account.setVisible(bool(words))

    def say(self, words: str, tone: str = "") -> None:
        """Say something about this key."""
        self.results.setText(words)
        self.results.setVisible(bool(words))
        theme.mark(self.results, tone=tone)

    def show_checks(self, checks: Sequence[Mapping[str, Any]]) -> None:
        """What a test found: one line a check, with a sign in front."""
        lines = [f"{'✓' if one['ok'] else '×'} {check_words(str(one['message']))}" for one in checks]
        is_good = all(one["ok"] for one in checks)
        self.say("\n".join(lines), "good" if is_good else "bad")

    def set_busy(self, busy: bool) -> None:
        """While a test runs."""
        if busy:
            self._had_focus = self.focusWidget() if self.isAncestorOf(self.window().focusWidget()) else None
            self.say(
                tr(_CONTEXT, "Testing… If this computer's password store asks for a password, answer it.")
            )
        self.setEnabled(not busy)
        if not busy and self._had_focus is not None:
            # The keyboard went elsewhere while this card could not be used.
            self._had_focus.setFocus()
            self._had_focus = None

    @Slot()
    def _on_set(self) -> None:
        secret = self.field.text().strip()
        if secret:
            self.field.clear()
            self.set_wanted.emit(self.service, secret)
        else:
            self.say(tr(_CONTEXT, "Paste the key into the field first."), "warn")

    @Slot()
    def _on_test(self) -> None:
        self.test_wanted.emit(self.service)

    @Slot()
    def _on_forget(self) -> None:
        self.forget_wanted.emit(self.service)


def check_words(message: str) -> str:
    """What a check found; it needs not say where a key is pasted, since that is right here."""
    return retold(message).replace(retold(ELSEWHERE), tr(_CONTEXT, "Paste another one above."))
