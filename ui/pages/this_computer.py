"""Settings, This PC: starting with the log-in, backup, updates, the shared database, and what can be deleted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.service.local_data import LocalFacts
from app.settings import Settings
from ui import autostart
from ui.bridge import Asking
from ui.dialogs.confirm import is_confirmed
from ui.language import moment, say_error, tr
from ui.pages.shared_database import SharedDatabaseCard
from ui.pages.updates import UpdatesCard
from ui.widgets.parts import SPACE, button, card, label, quiet_label

_CONTEXT = "ThisComputer"


class ThisComputer(QWidget):
    """What concerns this computer and its copy of the data."""

    deleted = Signal()
    """The local data is gone: the program has to end."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("this_computer")
        self.asking = asking
        self.backup_words = label("", "backup_words")
        self.database_words = label("", "database_words")
        self.version_words = label("", "version_words")
        self.updates = UpdatesCard(asking)
        self.shared = SharedDatabaseCard(asking)
        self.said = quiet_label("", "this_computer_said")
        self.backup = button(tr(_CONTEXT, "Back up now"), "backup_now", self._on_backup, "save")
        self.forget = button(tr(_CONTEXT, "Forget keys"), "forget_keys", self._on_forget)
        self.delete = button(tr(_CONTEXT, "Delete local data…"), "delete_local_data", self._on_delete)
        backup_row = QHBoxLayout()
        backup_row.addWidget(self.backup_words, 1)
        backup_row.addWidget(self.backup)
        danger = QHBoxLayout()
        danger.addWidget(self.forget)
        danger.addWidget(self.delete)
        danger.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(card("backup_card", backup_row, title=tr(_CONTEXT, "Backup")))
        layout.addWidget(
            card(
                "database_card",
                self.database_words,
                self.version_words,
                title=tr(_CONTEXT, "Data and version"),
            )
        )
        layout.addWidget(self.shared)
        layout.addWidget(self.updates)
        layout.addWidget(
            card(
                "remove_card",
                quiet_label(
                    tr(
                        _CONTEXT,
                        "Forgetting the keys stops the sync and keeps all data. Deleting the local data keeps the "
                        "keys; links are found again from HubSpot, the journal and the answers are gone.",
                    ),
                    "remove_words",
                ),
                danger,
                title=tr(_CONTEXT, "Remove"),
            )
        )
        layout.addWidget(self.said)

    def look(self) -> None:
        """Ask for the state of backup, database and version."""
        self.asking.read(read_computer, self.on_facts, self.on_trouble, topic="this computer")
        self.shared.look()
        self.updates.look()

    def on_facts(self, facts: LocalFacts) -> None:
        """Show them."""
        if facts.backed_up_at is None:
            self.backup_words.setText(tr(_CONTEXT, "No backup yet. One is made each night."))
        else:
            self.backup_words.setText(tr(_CONTEXT, "Last backup: {at}", at=moment(facts.backed_up_at)))
        self.database_words.setText(tr(_CONTEXT, "Data folder: {folder}", folder=facts.folder))
        self.version_words.setText(
            tr(_CONTEXT, "Version {version}. Nothing is updated by itself.", version=facts.version)
        )

    def on_trouble(self, error: BaseException) -> None:
        """Say that it did not work, and what helps."""
        self.said.setText(" ".join(say_error(error)))

    def on_setting(self, key: str, kept: Settings) -> None:
        """A switch of this computer was turned."""
        if key == "pc.check_updates":
            self.updates.look()
        if key != "pc.start_at_login":
            return
        try:
            autostart.set_enabled(kept.flag(key))
        except OSError:
            self.said.setText(tr(_CONTEXT, "The log-in entry could not be written on this computer."))

    @Slot()
    def _on_backup(self) -> None:
        self.backup.setEnabled(False)
        self.asking.work(lambda program: program.local.back_up(), self._on_backed_up, self._on_failed)

    def _on_backed_up(self, done: Any) -> None:
        self.backup.setEnabled(True)
        made = tr(_CONTEXT, "A backup was made.")
        shared = tr(_CONTEXT, "A shared database is backed up by its own server.")
        self.said.setText(made if done else shared)
        self.look()

    def _on_failed(self, error: BaseException) -> None:
        self.backup.setEnabled(True)
        self.on_trouble(error)

    @Slot()
    def _on_forget(self) -> None:
        if is_confirmed(
            self,
            tr(_CONTEXT, "Forget both keys?"),
            tr(_CONTEXT, "Forget keys"),
            tr(_CONTEXT, "Syncing stops until both are set again. Local data stays. This cannot be undone."),
        ):
            self.asking.work(
                lambda program: program.setup.forget_keys(),
                lambda done: self.said.setText(tr(_CONTEXT, "Both keys are forgotten.")),
                self.on_trouble,
            )

    @Slot()
    def _on_delete(self) -> None:
        if is_confirmed(
            self,
            tr(_CONTEXT, "Delete all local data?"),
            tr(_CONTEXT, "Delete local data"),
            tr(
                _CONTEXT,
                "The journal, the answers and the settings on this computer go for good. Nothing changes in "
                "Cliniko, in HubSpot or in a database shared with other computers. ClinicBridge ends; the keys stay. "
                "This cannot be undone.",
            ),
        ):
            self.asking.work(delete_all, lambda done: self.deleted.emit(), self.on_trouble)


def read_computer(program: Any) -> LocalFacts:
    """Facts about this computer; runs on the reader's thread."""
    found: LocalFacts = program.local.facts()
    return found


def delete_all(program: Any) -> None:
    """End the sync and remove the local data; runs off the window's thread."""
    program.syncing.stop()
    program.local.delete()
