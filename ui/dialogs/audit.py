"""The audit: both sides read again, every difference named, and put right one by one (R83)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.bridge import Asking
from ui.dialogs.dialog import Dialog
from ui.language import moment, number, retold, say_error, tr
from ui.record_words import kind_words
from ui.tables.rows import Column
from ui.tables.table import RowsTable
from ui.widgets.parts import SPACE, WIDE, button, label

_CONTEXT = "Audit"
Row = Mapping[str, Any]


def difference_columns() -> tuple[Column, ...]:
    """The columns of the differences."""
    return (
        Column(tr(_CONTEXT, "Record"), lambda row: kind_words(str(row["type"])), width=16),
        Column(tr(_CONTEXT, "Cliniko ID"), lambda row: str(row["cliniko_id"]), width=22),
        Column(tr(_CONTEXT, "HubSpot ID"), lambda row: str(row.get("hubspot_id") or "–"), width=16),
        Column(tr(_CONTEXT, "Difference"), lambda row: retold(str(row["what"])), width=0),
    )


class AuditDialog(Dialog):
    """Reads both sides again when asked to, and lists what differs."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asking = asking
        title = tr(_CONTEXT, "Audit both sides")
        self.setObjectName("audit_dialog")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.resize(820, 500)
        self.words = label(
            tr(
                _CONTEXT,
                "Everything that is linked is read again on both sides and compared. Nothing is written.",
            ),
            "audit_words",
        )
        self.progress = QProgressBar()
        self.progress.setObjectName("audit_progress")
        self.progress.setAccessibleName(tr(_CONTEXT, "Progress"))
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.table = RowsTable(
            "differences",
            tr(_CONTEXT, "Differences"),
            tr(_CONTEXT, "Each record that differs between Cliniko and HubSpot, and in what."),
            difference_columns(),
            (
                tr(_CONTEXT, "No differences known"),
                tr(_CONTEXT, "What differs is listed here after the audit."),
            ),
        )
        self.begin = button(tr(_CONTEXT, "Start audit"), "audit_start", self._on_start, main=True)
        self.fix = button(tr(_CONTEXT, "Sync this record now"), "audit_fix", self._on_fix, "sync")
        self.shut = button(tr(_CONTEXT, "Close"), "audit_close", self.reject)
        self.fix.setEnabled(False)
        feet = QHBoxLayout()
        feet.addWidget(self.fix)
        feet.addStretch(1)
        feet.addWidget(self.shut)
        feet.addWidget(self.begin)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        layout.setSpacing(SPACE)
        for part in (self.words, self.progress):
            layout.addWidget(part)
        layout.addWidget(self.table, 1)
        layout.addLayout(feet)
        self.table.chosen.connect(lambda row: self.fix.setEnabled(row is not None))
        self.asking.read(lambda program: program.care.last_audit(), self.on_last, self.on_trouble)

    def on_last(self, last: Mapping[str, Any] | None) -> None:
        """Say when the last audit was, and what it came to."""
        if last:
            at = last["at"]
            when = datetime.fromisoformat(at.replace("Z", "+00:00")) if isinstance(at, str) else at
            self.words.setText(
                tr(
                    _CONTEXT,
                    "Last audit: {at}, {checked} records, {differences} differences.",
                    at=moment(when),
                    checked=number(int(last["checked"])),
                    differences=number(int(last["differences"])),
                )
            )

    def _on_start(self) -> None:
        self._set_busy(True)
        self.words.setText(tr(_CONTEXT, "Reading both sides…"))
        self.asking.work(lambda program: program.care.audit(), self.on_found, self.on_trouble, is_long=True)

    def on_found(self, found: Mapping[str, Any]) -> None:
        """Show what differs."""
        self._set_busy(False)
        rows: Sequence[Row] = found["differences"]
        self.table.show_rows(rows)
        checked = number(int(found["checked"]))
        if rows:
            words = tr(
                _CONTEXT,
                "{checked} records compared, {count} differ. Choose one and sync it to put it right.",
                checked=checked,
                count=len(rows),
            )
        else:
            words = tr(_CONTEXT, "{checked} records compared. Both sides agree.", checked=checked)
        self.words.setText(words)

    def _on_fix(self) -> None:
        row = self.table.current()
        if row is not None:
            self.asking.work(
                lambda program: program.syncing.sync_record_now(row["type"], row["cliniko_id"]),
                lambda done: self.words.setText(tr(_CONTEXT, "This record is read afresh in a moment.")),
                self.on_trouble,
            )

    def on_trouble(self, error: BaseException) -> None:
        """Say that it did not work, and what helps."""
        self._set_busy(False)
        self.words.setText(" ".join(say_error(error)))

    def _set_busy(self, busy: bool) -> None:
        self.begin.setEnabled(not busy)
        self.progress.setVisible(busy)
