"""Settings, This PC: the database that several computers of a clinic share, its password, a test, and keeping it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.service.shared import SharedFacts
from ui import theme
from ui.bridge import Asking
from ui.language import say_error, tr
from ui.widgets.mnemonics import relabel
from ui.widgets.parts import SPACE, button, card, label, quiet_label

_CONTEXT = "SharedDatabase"


class SharedDatabaseCard(QFrame):
    """The card of the shared database."""

    kept = Signal()
    """Something else is kept from now on."""

    def __init__(self, asking: Asking, parent: QWidget | None = None, is_open: bool = True) -> None:
        """`is_open`: whether the program works with a database already, so that another one holds from the next
        start on."""
        super().__init__(parent)
        self.setObjectName("shared_database")
        self.asking, self._is_open = asking, is_open
        self.words = label("", "shared_database_words")
        self.address = QLineEdit()
        self.address.setObjectName("pc_database")
        self.address.setAccessibleName(tr(_CONTEXT, "Address of the shared database"))
        self.address.setPlaceholderText("postgresql://user@server/clinicbridge")
        self.address.textChanged.connect(self._on_edited)
        self.password = QLineEdit()
        self.password.setObjectName("pc_database_password")
        self.password.setAccessibleName(tr(_CONTEXT, "Password of the shared database"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(tr(_CONTEXT, "Only to set or change it"))
        self.test = button(tr(_CONTEXT, "Test"), "test_database", self._on_test, "check")
        self.keep = button(tr(_CONTEXT, "Use this database"), "use_database", self._on_keep, main=not is_open)
        self.said = label("", "shared_database_said")
        self.said.hide()
        self._kept = ""
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.test)
        buttons.addWidget(self.keep)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            card(
                "shared_database_card",
                quiet_label(
                    tr(
                        _CONTEXT,
                        "Only for a clinic where several computers run ClinicBridge: with one PostgreSQL database for "
                        "all of them, one computer syncs at a time and all show the same. Whoever looks after your "
                        "network can give you its address and password. Leave the address empty to keep the data on "
                        "this computer alone.",
                    ),
                    "shared_database_help",
                ),
                self.words,
                _named(self.address, tr(_CONTEXT, "Address, without the password")),
                _named(self.password, tr(_CONTEXT, "Password, kept in this computer's password store")),
                buttons,
                self.said,
                title=tr(_CONTEXT, "Shared database"),
            )
        )
        self._on_edited()

    def look(self) -> None:
        """Ask which database this computer works with."""
        self.asking.read(
            lambda program: program.shared.facts(), self.on_facts, self._on_trouble, topic="shared database"
        )

    def on_facts(self, facts: SharedFacts) -> None:
        """Show what is kept; what somebody is typing stays."""
        if self.address.text().strip() == self._kept:
            self.address.setText(facts.address)
        self._kept = facts.address
        self._on_edited()
        if not self._is_open:
            self.words.setText(
                tr(
                    _CONTEXT,
                    "ClinicBridge cannot open it. Correct the address or the password and press Use this database. Or "
                    "empty the address to work with the data on this computer; no other computer should sync this "
                    "clinic then.",
                )
            )
        elif facts.needs_restart:
            self.words.setText(tr(_CONTEXT, "Changed. Close ClinicBridge (Quit) and open it again."))
        elif facts.address:
            self.words.setText(
                tr(
                    _CONTEXT,
                    "This computer ({name}) works with the shared database, which its own server backs up.",
                    name=facts.pc,
                )
            )
        else:
            self.words.setText(tr(_CONTEXT, "The data is on this computer alone."))
        theme.mark(self.words, tone="warn" if facts.needs_restart or not self._is_open else "")

    @Slot()
    def _on_edited(self) -> None:
        typed = self.address.text().strip()
        self.test.setEnabled(bool(typed))
        goes_back = (bool(self._kept) or not self._is_open) and not typed
        own, shared = tr(_CONTEXT, "Use this computer's own data"), tr(_CONTEXT, "Use this database")
        relabel(self.keep, own if goes_back else shared)
        self.keep.setEnabled(bool(typed) or goes_back)

    @Slot()
    def _on_test(self) -> None:
        typed, password = self.address.text(), self.password.text()
        self._busy(True)
        self.asking.read(
            lambda program: program.shared.attempt(typed, password),
            self._on_tested,
            self._on_trouble,
            is_remote=True,
        )

    def _on_tested(self, is_in_use: bool) -> None:
        found = (
            tr(_CONTEXT, "It answers, and ClinicBridge uses it already on another computer.")
            if is_in_use
            else tr(_CONTEXT, "It answers and is empty: the next start makes it ready.")
        )
        self._say(found, "good")

    @Slot()
    def _on_keep(self) -> None:
        typed, password = self.address.text(), self.password.text()
        self._busy(True)

        self.asking.work(
            lambda program: keep_database(program, typed, password),
            self._on_kept,
            self._on_trouble,
            is_long=True,
        )

    def _on_kept(self, kept: tuple[str, SharedFacts]) -> None:
        address, facts = kept
        self.password.clear()
        self.address.setText(address)
        self._kept = address
        self.on_facts(facts)
        self.kept.emit()
        self._say(
            tr(
                _CONTEXT,
                "Kept. It holds once ClinicBridge was closed and opened again. The data that is on this computer stays "
                "there, unused; links are found again from HubSpot.",
            )
            if address
            else tr(
                _CONTEXT,
                "Kept. Once ClinicBridge was closed and opened again, it works with the data on this computer. No other "
                "computer should sync this clinic then.",
            ),
            "good",
        )

    def _on_trouble(self, error: BaseException) -> None:
        self._say(" ".join(say_error(error)), "bad")

    def _busy(self, is_busy: bool) -> None:
        self.setEnabled(not is_busy)
        if is_busy:
            self._say(tr(_CONTEXT, "Asking the database server…"), "", done=False)

    def _say(self, words: str, tone: str, done: bool = True) -> None:
        self.said.setText(words)
        self.said.show()
        theme.mark(self.said, tone=tone)
        if done:
            self.setEnabled(True)


def _named(field: QLineEdit, title: str) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    name = label(title, f"{field.objectName()}_label")
    name.setBuddy(field)
    field.setMaximumWidth(560)
    column.addWidget(name)
    column.addWidget(field)
    return holder


def keep_database(program: Any, typed: str, password: str) -> tuple[str, SharedFacts]:
    """Try the address and keep it; runs off the window's thread. Returns what is kept, and the facts after it."""
    address: str = program.shared.set(typed, password)
    facts: SharedFacts = program.shared.facts()
    return address, facts
