"""Choosing a HubSpot contact: by its id or web address, or by searching for name, e-mail or phone."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.service.contact_search import FoundContact, FoundContacts, contact_id
from ui.bridge import Asking
from ui.dialogs.dialog import Dialog
from ui.language import say_error, tr
from ui.tables.rows import Column
from ui.tables.table import RowsTable
from ui.widgets.parts import SPACE, WIDE, button, label, quiet_label

_CONTEXT = "ContactChoice"
TYPING_MS = 500
LIST_HEIGHT = 190


def found_columns() -> tuple[Column, ...]:
    """The columns of what was found."""
    return (
        Column(tr(_CONTEXT, "Name"), lambda row: row.name or "–", width=20, least=14),
        Column(tr(_CONTEXT, "E-mail"), lambda row: row.email, width=0),
        Column(tr(_CONTEXT, "Phone"), lambda row: row.phone, width=15),
        Column(
            tr(_CONTEXT, "Linked to"),
            lambda row: row.linked_to or tr(_CONTEXT, "nobody"),
            width=18,
            tone=lambda row: "warn" if row.linked_to else "",
        ),
        Column(tr(_CONTEXT, "HubSpot ID"), lambda row: row.hubspot_id, width=12),
    )


class ContactChoice(QWidget):
    """A field with a search and what it found. `name` begins the objectNames. An id or a web address counts as
    soon as typing rests; anything else is looked for when Search or Enter is pressed, with one call."""

    chosen = Signal(str)
    """The id of the contact that is meant now, "" for none."""
    accepted = Signal()
    """A row was opened: that one, and no further thought."""

    def __init__(self, name: str, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_choice")
        self.asking = asking
        self._topic = f"{name} contacts"
        self.field = QLineEdit()
        self.field.setObjectName(f"{name}_target")
        self.field.setAccessibleName(tr(_CONTEXT, "HubSpot contact"))
        self.field.setPlaceholderText(tr(_CONTEXT, "Name, e-mail, phone, ID or web address in HubSpot"))
        self.field.setClearButtonEnabled(True)
        self.search = button(tr(_CONTEXT, "Search"), f"{name}_search", self.look, "search")
        self.table = RowsTable(
            f"{name}_found",
            tr(_CONTEXT, "Contacts found"),
            tr(_CONTEXT, "HubSpot contacts that fit what was typed. Choose the one that is meant."),
            found_columns(),
            (
                tr(_CONTEXT, "Nobody found"),
                tr(_CONTEXT, "Try a part of the name. A contact made just now takes some seconds to appear."),
            ),
        )
        for part in (self.table.filter, self.table.copy_button, self.table.export_button):
            part.hide()
        self.table.setMaximumHeight(LIST_HEIGHT)
        self.table.hide()
        self.said = quiet_label(
            tr(_CONTEXT, "Type a part of the name and press Search: the contacts found are listed here."),
            f"{name}_found_words",
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._timer.timeout.connect(self._tell)
        self._lay_out()
        self.field.textChanged.connect(self._on_typed)
        self.field.returnPressed.connect(self.look)
        self.table.chosen.connect(self._on_row)
        self.table.activated.connect(lambda row: self.accepted.emit())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.search)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self.said)
        layout.addWidget(self.table)

    def current(self) -> str:
        """The id of the contact that is meant: the chosen row's, else the one typed; "" where there is none."""
        row = self.row()
        return row.hubspot_id if row is not None else contact_id(self.field.text())

    def row(self) -> FoundContact | None:
        """The chosen row, if any."""
        row = self.table.current()
        return row if isinstance(row, FoundContact) else None

    @Slot()
    def look(self) -> None:
        """Search for what is typed."""
        text = self.field.text().strip()
        if not text or not self.search.isEnabled():
            return
        self._timer.stop()
        self.search.setEnabled(False)
        self._say(tr(_CONTEXT, "Searching HubSpot…"))
        self.asking.read(
            lambda program: find(program, text),
            self.on_found,
            self.on_trouble,
            topic=self._topic,
            is_remote=True,
        )

    def on_found(self, found: FoundContacts) -> None:
        """Show what was found; the keyboard goes on in the list."""
        self.search.setEnabled(True)
        self.table.show()
        self.table.show_rows(found.rows)
        shown = len(found.rows)
        self.said.setVisible(shown < found.total)
        if shown < found.total:
            words = tr(
                _CONTEXT,
                "{shown} of {total} are shown; type more to narrow it down.",
                shown=shown,
                total=found.total,
            )
            self._say(words)
        if found.rows and self.field.hasFocus():
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_trouble(self, error: BaseException) -> None:
        """Say that it did not work, and what helps."""
        self.search.setEnabled(True)
        self._say(" ".join(say_error(error)))

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()

    @Slot()
    def _on_typed(self) -> None:
        self.table.view.setCurrentIndex(QModelIndex())
        self._timer.start()

    @Slot(object)
    def _on_row(self, row: FoundContact | None) -> None:
        self._timer.stop()
        self._tell()

    @Slot()
    def _tell(self) -> None:
        self.chosen.emit(self.current())


class ContactDialog(Dialog):
    """A contact to be named with an answer. After it was accepted, `contact` is the id and `words` say who it is."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = tr(_CONTEXT, "Choose a HubSpot contact")
        self.setObjectName("contact_dialog")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.resize(760, 360)
        self.contact, self.words = "", ""
        self.about = label(
            tr(_CONTEXT, "Which HubSpot contact is it? Nothing happens before you give the answer."),
            "contact_about",
        )
        self.choice = ContactChoice("contact", asking)
        self.choose = button(tr(_CONTEXT, "Choose"), "contact_choose", self._on_choose, main=True)
        self.shut = button(tr(_CONTEXT, "Cancel"), "contact_cancel", self.reject)
        self.choose.setEnabled(False)
        self.choice.chosen.connect(lambda found: self.choose.setEnabled(bool(found)))
        self.choice.accepted.connect(self._on_choose)
        feet = QHBoxLayout()
        feet.addStretch(1)
        feet.addWidget(self.shut)
        feet.addWidget(self.choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        layout.setSpacing(SPACE)
        layout.addWidget(self.about)
        layout.addWidget(self.choice)
        layout.addStretch(1)
        layout.addLayout(feet)

    @Slot()
    def _on_choose(self) -> None:
        self.contact = self.choice.current()
        if not self.contact:
            return
        row = self.choice.row()
        known = (row.name, row.email) if row is not None else ()
        self.words = " · ".join(filter(None, known)) or self.contact
        self.accept()


def find(program: Any, text: str) -> FoundContacts:
    """Search HubSpot; runs off the window's thread."""
    found: FoundContacts = program.people.find_contacts(text)
    return found
