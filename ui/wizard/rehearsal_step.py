"""The rehearsal, which writes nothing, and the trial with ten patients, which does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.domain.reports import Report
from app.errors import Cancelled
from app.state import State
from ui import theme
from ui.bridge import Asking
from ui.language import retold, say_error, tr
from ui.pages.home_numbers import stream_columns, stream_name
from ui.record_words import changed_words, field_words
from ui.tables.flat_table import FlatTable
from ui.tables.rows import Column, RowsModel
from ui.tables.table import RowsTable
from ui.widgets.parts import button, card, label, quiet_label
from ui.wizard.report_lines import lines_of
from ui.wizard.step import Step

_CONTEXT = "RehearsalStep"


class RunStep(Step):
    """A step that runs something, shows its progress and its numbers, and can be cancelled."""

    def __init__(self, name: str, title: str, words: str, start: str, asking: Asking) -> None:
        super().__init__(name, title, asking)
        self.is_done = False
        self.report: Report | None = None
        self.words = label(words, f"{name}_words")
        self.start = button(start, f"{name}_start", self._on_start, main=True)
        self.cancel = button(tr(_CONTEXT, "Cancel"), f"{name}_cancel", self._on_cancel)
        self.progress = QProgressBar()
        self.progress.setObjectName(f"{name}_progress")
        self.progress.setAccessibleName(tr(_CONTEXT, "Progress"))
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.said = quiet_label("", f"{name}_said")
        self.numbers = RowsModel(stream_columns()[:1] + stream_columns()[2:], self)
        self.table = FlatTable(
            self.numbers, f"{name}_numbers", title, tr(_CONTEXT, "What each stream did or would do.")
        )
        row = QHBoxLayout()
        row.addWidget(self.start)
        row.addWidget(self.cancel)
        row.addWidget(self.progress, 1)
        row.addStretch(1)
        self.body.addWidget(self.words)
        self.body.addLayout(row)
        self.body.addWidget(self.said)
        self.result = card(f"{name}_card", self.table, title=tr(_CONTEXT, "Result"))
        self.body.addWidget(self.result)
        self.result.hide()
        self._set_busy(False)

    def act(self, program: Any) -> Report:
        """What is run, off the window's thread."""
        raise AssertionError("each step has its own")

    def _on_start(self) -> None:
        self._set_busy(True)
        self.said.setText(tr(_CONTEXT, "Reading both sides…"))
        self.asking.work(self.act, self.on_report, self.on_trouble, is_long=True)

    def _on_cancel(self) -> None:
        self.said.setText(tr(_CONTEXT, "Stopping…"))
        self.cancel.setEnabled(False)
        self.asking.read(lambda program: program.trying.cancel(), lambda done: None, lambda error: None)

    def _set_busy(self, busy: bool) -> None:
        self.is_busy = busy
        self.start.setEnabled(not busy)
        self.cancel.setEnabled(busy)
        for part in (self.cancel, self.progress):
            part.setVisible(busy)
        self.changed.emit()

    def on_report(self, report: Report) -> None:
        """Show what came out."""
        self.report = report
        self.is_done = report.status != "failed"
        self.numbers.replace(lines_of(report))
        self.result.show()
        theme.mark(self.start, main=not self.is_done)
        self._set_busy(False)
        self.said.setText(self.outcome(report))

    def outcome(self, report: Report) -> str:
        """What came out, in words."""
        problems = "\n".join(retold(problem.message) for problem in report.problems[:8])
        return f"{tr(_CONTEXT, 'Done.')} {problems}".strip()

    def on_trouble(self, error: BaseException) -> None:
        """It did not come to its end."""
        self._set_busy(False)
        if isinstance(error, Cancelled):
            self.said.setText(tr(_CONTEXT, "Stopped. Start it again when you like."))
        else:
            self.said.setText(" ".join(say_error(error)))

    @Slot(object)
    def on_state(self, state: State) -> None:
        """How far it is."""
        if self.is_busy and state.is_syncing:
            self.progress.setRange(0, state.total)
            self.progress.setValue(state.done)
            if state.stream:
                self.said.setText(stream_name(state.stream))


class RehearsalStep(RunStep):
    """Numbers and samples of what a first sync would do."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(
            "rehearsal",
            tr(_CONTEXT, "Rehearsal"),
            tr(_CONTEXT, "See what the first sync would do. Nothing is written to HubSpot or Cliniko."),
            tr(_CONTEXT, "Start rehearsal"),
            asking,
        )
        self.samples = RowsTable(
            "samples",
            tr(_CONTEXT, "Samples"),
            tr(_CONTEXT, "Some records with each value before and after."),
            sample_columns(),
            (
                tr(_CONTEXT, "No samples yet"),
                tr(_CONTEXT, "The rehearsal shows some records before and after."),
            ),
        )
        self.samples.setMinimumHeight(240)
        self.samples.hide()
        self.body.addWidget(self.samples, 1)
        self.body.addStretch(1)

    def act(self, program: Any) -> Report:
        """Rehearse."""
        found: Report = program.trying.rehearse()
        return found

    def on_report(self, report: Report) -> None:
        """Show numbers and samples."""
        super().on_report(report)
        rows = sample_rows(report.samples)
        self.samples.show_rows(rows)
        self.samples.setVisible(bool(rows))


class TrialStep(RunStep):
    """Ten patients for real."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(
            "trial",
            tr(_CONTEXT, "Trial with 10 patients"),
            tr(
                _CONTEXT,
                "Now ten patients are synced for real, and what ClinicBridge needs in HubSpot is created. "
                "Look at them in HubSpot before you go on. It can be undone under Activity.",
            ),
            tr(_CONTEXT, "Start trial"),
            asking,
        )
        self.body.addStretch(1)

    def act(self, program: Any) -> Report:
        """Try."""
        found: Report = program.trying.trial()
        return found


def sample_columns() -> tuple[Column, ...]:
    """The columns of the samples."""
    return (
        Column(tr(_CONTEXT, "Record"), lambda row: row[0], width=22, least=14),
        Column(tr(_CONTEXT, "Property"), lambda row: row[1], width=24, least=14),
        Column(tr(_CONTEXT, "Before"), lambda row: row[2] or "–", width=20, least=10),
        Column(tr(_CONTEXT, "After"), lambda row: row[3], width=0),
    )


def _value(field: str, value: object) -> str:
    return changed_words(field, str(value)) if value else ""


def sample_rows(samples: Sequence[dict[str, Any]]) -> list[tuple[str, str, str, str]]:
    """One row for each value of each sample."""
    rows = []
    for sample in samples[:50]:
        name = str(sample.get("name") or sample.get("cliniko_id") or "")
        changes = sample.get("changes") or {}
        pairs = changes.items() if isinstance(changes, dict) else []
        for field, (before, after) in pairs:
            rows.append((name, field_words(field), _value(field, before), _value(field, after)))
    return rows
