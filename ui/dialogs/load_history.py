"""Load history from Cliniko: since which day, what that would bring, and then go."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.domain.reports import Report
from app.errors import Cancelled
from ui import theme
from ui.bridge import Asking
from ui.dialogs.dialog import Dialog
from ui.language import day, number, say_error, tr
from ui.widgets.mnemonics import relabel
from ui.widgets.number_tiles import NumberTiles
from ui.widgets.parts import SPACE, WIDE, button, label

_CONTEXT = "History"
STREAMS = ("appointments", "invoices")


class HistoryDialog(Dialog):
    """Rehearses before it loads. The loading itself is left to the runs that follow."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asking = asking
        self._cancel = threading.Event()
        self._is_busy = self._is_rehearsed = self._is_loaded = False
        title = tr(_CONTEXT, "Load history from Cliniko")
        self.setObjectName("load_history_dialog")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.words = label(
            tr(
                _CONTEXT,
                "Past appointments and invoices since the day you choose become deals in HubSpot, as if they had been "
                "synced when they happened. It takes as many runs as it needs, and goes on by itself after a break.",
            ),
            "history_intro",
        )
        self.since = QDateEdit()
        self.since.setObjectName("history_since")
        self.since.setAccessibleName(tr(_CONTEXT, "Since"))
        self.since.setCalendarPopup(True)
        self.since.setDisplayFormat("d MMMM yyyy")
        self.since.setDateRange(QDate(1990, 1, 1), QDate.currentDate())
        self.since.setDate(QDate.currentDate().addYears(-1))
        self.said = label("", "history_said")
        self.tiles = NumberTiles("history_numbers")
        self.tiles.hide()
        self.progress = QProgressBar()
        self.progress.setObjectName("history_progress")
        self.progress.setAccessibleName(tr(_CONTEXT, "Progress"))
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 0)
        self.rehearse = button(tr(_CONTEXT, "Rehearse"), "history_rehearse", self._on_rehearse, main=True)
        self.load = button(tr(_CONTEXT, "Load history"), "history_load", self._on_load)
        self.shut = button(tr(_CONTEXT, "Close"), "history_close", self.reject)
        self._lay_out()
        self.since.dateChanged.connect(self._on_day)
        self._show_buttons()
        asking.read(lambda program: program.syncing.history_since(), self.on_known, self.on_trouble)

    def _lay_out(self) -> None:
        words = label(self.since.accessibleName(), "history_since_label", wraps=False)
        words.setBuddy(self.since)
        row = QHBoxLayout()
        row.addWidget(words)
        row.addWidget(self.since)
        row.addStretch(1)
        acts = QHBoxLayout()
        acts.addStretch(1)
        for part in (self.shut, self.rehearse, self.load):
            acts.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        column.setSpacing(SPACE)
        column.addWidget(self.words)
        column.addLayout(row)
        column.addWidget(self.progress)
        column.addWidget(self.said)
        column.addWidget(self.tiles)
        column.addStretch(1)
        column.addLayout(acts)
        self.resize(560, 330)

    @property
    def chosen_day(self) -> date:
        """The clinic day that is chosen."""
        chosen = self.since.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    # what is known

    def on_known(self, since: date | None) -> None:
        """Say what was chosen before."""
        if since is not None and not self._is_rehearsed:
            self._say(
                tr(
                    _CONTEXT,
                    "It is loaded since {day} already. Choose an earlier day for more.",
                    day=day(since),
                )
            )

    def _on_day(self) -> None:
        self._is_rehearsed = self._is_loaded = False
        self.tiles.hide()
        self._say("")
        self._show_buttons()

    # the rehearsal

    def _on_rehearse(self) -> None:
        cancel = self._cancel = threading.Event()
        since = self.chosen_day
        self._is_busy = True
        self._say(tr(_CONTEXT, "Asking Cliniko what there is; nothing is written…"))
        self._show_buttons()
        self.asking.work(
            lambda program: rehearse(program, since, cancel), self.on_report, self.on_trouble, is_long=True
        )

    def on_report(self, report: Report) -> None:
        """Show what it would bring."""
        self._is_busy = False
        counted = [report.streams[name] for name in STREAMS]
        coming = [one.created + one.updated + one.waiting for one in counted]
        self.tiles.show_numbers(
            [
                ("appointments", tr(_CONTEXT, "Appointments"), coming[0], ""),
                ("invoices", tr(_CONTEXT, "Invoices"), coming[1], ""),
                ("held", tr(_CONTEXT, "Wait for you"), sum(one.held for one in counted), "warn"),
            ]
        )
        self.tiles.show()
        self._is_rehearsed = any(coming)
        if not any(coming):
            self._say(
                tr(
                    _CONTEXT,
                    "There is nothing to load: nothing older is there, or the first sync has not finished yet.",
                )
            )
        else:
            size = max(1, *(one.read - one.waiting for one in counted))
            runs = max(-(-one.read // size) for one in counted)
            self._say(
                tr(
                    _CONTEXT,
                    "Nothing was written. Loading takes about {runs} runs; whoever is not in HubSpot is left out.",
                    runs=number(runs),
                )
            )
        self._show_buttons()

    def on_trouble(self, error: BaseException) -> None:
        """Say that it did not work, and what helps."""
        self._is_busy = False
        if isinstance(error, Cancelled):
            self._say(tr(_CONTEXT, "Stopped. Nothing was written."))
        else:
            self._say(" ".join(say_error(error)), "bad")
        self._show_buttons()

    # loading

    def _on_load(self) -> None:
        since = self.chosen_day
        self._is_loaded = True
        self._show_buttons()
        self.asking.work(
            lambda program: program.syncing.load_history(since),
            lambda done: self._on_loading(),
            self.on_trouble,
        )

    def _on_loading(self) -> None:
        self._say(
            tr(
                _CONTEXT,
                "It has begun. Home shows how far it is; what was made can be undone run by run under Activity.",
            ),
            "good",
        )
        self._show_buttons()

    def reject(self) -> None:
        """End the rehearsal that goes on, or close."""
        if self._is_busy:
            self._cancel.set()
            self._say(tr(_CONTEXT, "Stopping…"))
        else:
            super().reject()

    def _say(self, text: str, tone: str = "") -> None:
        self.said.setText(text)
        theme.mark(self.said, tone=tone)

    def _show_buttons(self) -> None:
        can_load = self._is_rehearsed and not self._is_busy and not self._is_loaded
        self.progress.setVisible(self._is_busy)
        self.since.setEnabled(not self._is_busy)
        self.rehearse.setEnabled(not self._is_busy)
        self.load.setEnabled(can_load)
        theme.mark(self.rehearse, main=not self._is_rehearsed)
        theme.mark(self.load, main=self._is_rehearsed)
        words = tr(_CONTEXT, "Cancel") if self._is_busy else tr(_CONTEXT, "Close")
        relabel(self.shut, words)


def rehearse(program: Any, since: date, cancel: threading.Event) -> Report:
    """What loading would bring; runs beside the window."""
    found: Report = program.syncing.rehearse_history(since, cancel)
    return found
