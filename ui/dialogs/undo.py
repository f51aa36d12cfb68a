"""Taking a run back: what goes back, what cannot, then doing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.bridge import Asking
from ui.dialogs.dialog import Dialog
from ui.dialogs.unlink_repair import change_columns
from ui.language import say_error, tr
from ui.record_words import kind_words
from ui.tables.rows import Column
from ui.tables.table import RowsTable
from ui.widgets.parts import SPACE, WIDE, button, label

_CONTEXT = "Undo"


class UndoDialog(Dialog):
    """Previews an undo of one run and does it."""

    def __init__(
        self,
        asking: Asking,
        run_id: int,
        record: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.asking, self.run_id, self.record = asking, run_id, record
        self.setObjectName("undo_dialog")
        self.setWindowTitle(tr(_CONTEXT, "Undo run {run}", run=run_id))
        self.setAccessibleName(self.windowTitle())
        self.resize(900, 500)
        self.words = label(tr(_CONTEXT, "Looking at what can go back…"), "undo_words")
        self.table = RowsTable(
            "undo_rows",
            tr(_CONTEXT, "What goes back"),
            tr(_CONTEXT, "Each value and what it would be again; what HubSpot changed since stays."),
            (Column(tr(_CONTEXT, "Record"), record_words, width=20, least=14), *change_columns()),
            (
                tr(_CONTEXT, "Nothing to take back"),
                tr(_CONTEXT, "This run changed nothing, or it has changed again since."),
            ),
        )
        self.do = button(tr(_CONTEXT, "Take back"), "undo_do", self._on_do, main=True)
        self.shut = button(tr(_CONTEXT, "Close"), "undo_close", self.reject)
        self.do.setEnabled(False)
        feet = QHBoxLayout()
        feet.addStretch(1)
        feet.addWidget(self.shut)
        feet.addWidget(self.do)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        layout.setSpacing(SPACE)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        layout.addLayout(feet)
        self.asking.read(
            lambda program: undo(program, run_id, True, record),
            self.on_preview,
            self.on_trouble,
            is_remote=True,
        )

    def on_preview(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Show what would go back."""
        self.table.show_rows(rows)
        going = sum(bool(row.get("undone", True)) for row in rows)
        self.do.setEnabled(going > 0)
        self.words.setText(
            tr(_CONTEXT, "Going back: {count}. Staying: {rest}.", count=going, rest=len(rows) - going)
        )

    def _on_do(self) -> None:
        self.do.setEnabled(False)
        self.words.setText(tr(_CONTEXT, "Taking back…"))
        self.asking.work(
            lambda program: undo(program, self.run_id, False, self.record), self.on_done, self.on_trouble
        )

    def on_done(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Show what went back."""
        self.table.show_rows(rows)
        self.words.setText(tr(_CONTEXT, "Done. What stayed is listed with the reason."))

    def on_trouble(self, error: BaseException) -> None:
        """Say that it did not work, and what helps."""
        self.words.setText(" ".join(say_error(error)))


def undo(
    program: Any, run_id: int, dry_run: bool, record: tuple[str, str] | None = None
) -> list[Mapping[str, Any]]:
    """Take a run back, or tell what would; runs off the window's thread."""
    answer: Mapping[str, Any] = program.activity.undo(run_id, dry_run, record)
    return named(program, list(answer.get("changes") or []))


def named(program: Any, rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Each row with the name of whom or what it concerns, those that go back first."""
    names: dict[tuple[str, str], str] = {}
    for row in rows:
        key = (str(row.get("type") or ""), str(row.get("cliniko_id") or ""))
        if key[0] in ("patient", "contact") and key not in names:
            line = program.pages.person(*key)
            names[key] = line.name if line is not None else ""
        elif row.get("field") == "dealname":
            names.setdefault(key, str(row.get("now") or row.get("again") or ""))
    whole = [
        {**row, "name": names.get((str(row.get("type") or ""), str(row.get("cliniko_id") or "")), "")}
        for row in rows
    ]
    return sorted(whole, key=lambda row: not row.get("undone", True))


def record_words(row: Mapping[str, Any]) -> str:
    """Whom or what a row concerns."""
    return str(row.get("name") or "") or kind_words(str(row.get("type") or ""))
