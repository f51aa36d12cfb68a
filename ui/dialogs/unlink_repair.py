"""Unlink and repair: what came from the wrong record and what stood there before, then putting it right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.service.pages import PersonLine
from ui.bridge import Asking
from ui.dialogs.contact_choice import ContactChoice
from ui.dialogs.dialog import Dialog
from ui.language import retold, say_error, tr, word
from ui.record_words import changed_words, own_field_words
from ui.tables.rows import Column
from ui.tables.table import RowsTable
from ui.widgets.parts import SPACE, WIDE, button, label, quiet_label

_CONTEXT = "Repair"
Row = Mapping[str, Any]


def change_columns() -> tuple[Column, ...]:
    """The columns of a preview: of a repair, of an undo, of what is forgotten."""
    return (
        Column(tr(_CONTEXT, "What"), what_words, width=26, least=16),
        Column(tr(_CONTEXT, "Now"), lambda row: _value(row, "now"), width=24, least=12),
        Column(tr(_CONTEXT, "Then"), lambda row: _value(row, "again"), width=24, least=12),
        Column(
            tr(_CONTEXT, "Note"),
            lambda row: retold(str(row.get("note") or "")),
            width=0,
            tone=lambda row: "" if row.get("undone", True) else "warn",
        ),
    )


def what_words(row: Row) -> str:
    """Which field or which of our notes a line is about."""
    name, title = str(row.get("field") or ""), str(row.get("label") or "")
    return own_field_words(name) or word(title) or name


def _value(row: Row, side: str) -> str:
    return changed_words(str(row.get("field") or ""), str(row.get(side) or ""))


class RepairDialog(Dialog):
    """Shows what would be done and does it. With `asks_target` another contact is linked, else a new one made."""

    def __init__(
        self, asking: Asking, line: PersonLine, asks_target: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.asking, self.line, self.asks_target = asking, line, asks_target
        title = tr(_CONTEXT, "Link to another contact") if asks_target else tr(_CONTEXT, "Unlink and repair")
        self.setObjectName("choose_contact_dialog" if asks_target else "unlink_repair_dialog")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.resize(820, 620 if asks_target else 520)
        self.words = label(self._begin(), "repair_words")
        self.choice = ContactChoice("repair", asking)
        self.choice.setVisible(asks_target)
        self.move_deals = QCheckBox(tr(_CONTEXT, "Move the deals along"))
        self.move_deals.setObjectName("move_deals")
        self.move_deals.setAccessibleName(self.move_deals.text())
        self.move_deals.setChecked(True)
        self.move_deals.setVisible(not asks_target)
        self.table = RowsTable(
            "repair_rows",
            tr(_CONTEXT, "What is done"),
            tr(_CONTEXT, "Each value that came from the wrong record, and what stands there afterwards."),
            change_columns(),
            (
                tr(_CONTEXT, "No values to restore"),
                tr(_CONTEXT, "Only the link changes; no value has to go back."),
            ),
        )
        self.said = quiet_label("", "repair_said")
        self.do = button(title, "repair_do", self._on_do, main=True)
        self.shut = button(tr(_CONTEXT, "Close"), "repair_close", self.reject)
        self._asked = self._meant()
        self.choice.chosen.connect(self._preview)
        self.choice.field.textChanged.connect(lambda text: self.do.setEnabled(False))
        self.move_deals.toggled.connect(lambda on: self._preview())
        self._lay_out()
        self.do.setEnabled(False)
        self.table.setVisible(not asks_target)
        if not asks_target:
            self._preview()

    def _meant(self) -> tuple[str, bool]:
        """Which contact is meant now, and whether the deals go along."""
        return self.choice.current(), self.move_deals.isChecked()

    def _begin(self) -> str:
        name = self.line.name or self.line.cliniko_id
        if self.asks_target:
            return tr(
                _CONTEXT,
                "Which HubSpot contact is {name}? Nothing is done before you have seen it.",
                name=name,
            )
        return tr(
            _CONTEXT,
            "The link of {name} is taken apart and never made again by itself. What came from {name} goes from the "
            "contact, and a new contact is made.",
            name=name,
        )

    def _lay_out(self) -> None:
        feet = QHBoxLayout()
        feet.addWidget(self.said, 1)
        feet.addWidget(self.shut)
        feet.addWidget(self.do)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        layout.setSpacing(SPACE)
        layout.addWidget(self.words)
        layout.addWidget(self.choice)
        layout.addWidget(self.move_deals)
        layout.addWidget(self.table, 1)
        layout.addStretch()
        layout.addLayout(feet)

    # what would be done

    @Slot()
    def _preview(self) -> None:
        self.do.setEnabled(False)
        target = self.choice.current()
        line, moves = self.line, self.move_deals.isChecked()
        self._asked = (target, moves)
        if self.asks_target and not target:
            self.table.hide()
            self.said.setText("")
            return
        self.said.setText(tr(_CONTEXT, "Looking at both sides…"))
        self.asking.read(
            lambda program: repair(program, line, target, moves, True),
            self.on_preview,
            self.on_trouble,
            topic="repair",
            is_remote=True,
        )

    def on_preview(self, answer: Mapping[str, Any]) -> None:
        """Show what would be done, unless something else is meant by now."""
        if self._asked != self._meant():
            return
        rows: Sequence[Row] = answer.get("changes") or []
        self.table.show_rows(rows)
        self.table.show()
        self.said.setText(tr(_CONTEXT, "Nothing has been done yet. It can be undone under Activity."))
        self.do.setEnabled(True)

    def on_trouble(self, error: BaseException) -> None:
        """Say that it did not work, and what helps."""
        self.said.setText(" ".join(say_error(error)))

    def _on_do(self) -> None:
        self.do.setEnabled(False)
        # What was shown is done, and nothing else: without a target this would unlink.
        line, (target, moves) = self.line, self._asked
        if self.asks_target and not target:
            return
        self.said.setText(tr(_CONTEXT, "Working…"))
        self.asking.work(
            lambda program: repair(program, line, target, moves, False),
            self.on_done,
            self.on_trouble,
            is_long=True,
        )

    def on_done(self, answer: Mapping[str, Any]) -> None:
        """Say where the person is now."""
        self.said.setText(
            tr(_CONTEXT, "Done. The contact in HubSpot is now {id}.", id=str(answer.get("hubspot_id") or "–"))
        )


def repair(program: Any, line: PersonLine, target: str, moves: bool, dry_run: bool) -> Mapping[str, Any]:
    """Repair, or tell what would be done; runs off the window's thread."""
    people = program.people
    done: Mapping[str, Any] = (
        people.relink(line.kind, line.cliniko_id, target, dry_run)
        if target
        else people.unlink(line.kind, line.cliniko_id, moves, dry_run)
    )
    return {**done}
