"""Activity: what each run did, record by record, with the reason for each and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from app.service.pages import JournalLine
from app.wording import COUNTER_WORDS
from ui.bridge import Asking
from ui.dialogs.audit import AuditDialog
from ui.dialogs.undo import UndoDialog
from ui.dialogs.why import WhyDialog
from ui.language import fill, long_moment, moment, number, retold, say_error, tr
from ui.pages.home_numbers import stream_name
from ui.pages.page import Page
from ui.record_words import changed_words, field_words, kind_words
from ui.tables.rows import Column
from ui.tables.table import PAGE, RowsTable
from ui.widgets.parts import SPACE, button, label
from ui.widgets.split import Split

_CONTEXT = "Activity"
RUNS_A_PAGE = 100
TYPING_MS = 250

Run = Mapping[str, Any]


def status_words(run: Run) -> str:
    """How a run ended."""
    if run["dry_run"]:
        return tr(_CONTEXT, "Rehearsal")
    return {
        "ok": tr(_CONTEXT, "Done"),
        "attention": tr(_CONTEXT, "Needs a look"),
        "failed": tr(_CONTEXT, "Not finished"),
        "running": tr(_CONTEXT, "Under way"),
    }.get(str(run["status"]), str(run["status"]))


def sum_of(run: Run, *names: str) -> int:
    """A counter over all streams of a run."""
    streams = (run.get("summary") or {}).get("streams") or {}
    return sum(int(numbers.get(name, 0)) for numbers in streams.values() for name in names)


def _counter(title: str, *names: str) -> Column:
    return Column(
        title, lambda run: number(sum_of(run, *names)), lambda run: sum_of(run, *names), 9, is_number=True
    )


TONES = {"ok": "good", "attention": "warn", "failed": "bad"}


def run_columns() -> tuple[Column, ...]:
    """The columns of the runs."""
    return (
        Column(
            tr(_CONTEXT, "Run"),
            lambda run: number(run["run_id"]),
            lambda run: run["run_id"],
            6,
            is_number=True,
        ),
        Column(
            tr(_CONTEXT, "Began"),
            lambda run: moment(run["started_at"]),
            lambda run: run["started_at"],
            16,
            sample=long_moment(),
        ),
        Column(
            tr(_CONTEXT, "Outcome"),
            status_words,
            width=0,
            tone=lambda run: "" if run["dry_run"] else TONES.get(str(run["status"]), ""),
        ),
        _counter(tr(_CONTEXT, "Created"), "created"),
        _counter(tr(_CONTEXT, "Updated"), "updated"),
        _counter(tr(_CONTEXT, "Held"), "held"),
        _counter(tr(_CONTEXT, "Failed"), "failed"),
    )


def journal_columns() -> tuple[Column, ...]:
    """The columns of what was changed."""
    return (
        Column(tr(_CONTEXT, "Record"), record_words, width=22, least=14),
        Column(tr(_CONTEXT, "Field"), lambda line: field_words(line.entry.field), width=22, least=14),
        Column(
            tr(_CONTEXT, "Before"),
            lambda line: changed_words(line.entry.field, line.entry.old),
            width=18,
            least=10,
        ),
        Column(tr(_CONTEXT, "After"), lambda line: changed_words(line.entry.field, line.entry.new), width=0),
        Column(tr(_CONTEXT, "In"), lambda line: service_words(line.entry.service), width=9),
        Column(
            tr(_CONTEXT, "At"),
            lambda line: moment(line.entry.at),
            lambda line: line.entry.at,
            13,
            sample=long_moment(),
        ),
    )


def record_words(line: JournalLine) -> str:
    """Whom or what a change concerns."""
    return line.name or f"{kind_words(line.entry.kind)} {line.entry.cliniko_id}"


def service_words(service: str) -> str:
    """The side that was changed."""
    return {"hubspot": "HubSpot", "cliniko": "Cliniko", "clinicbridge": tr(_CONTEXT, "Here")}.get(
        service, service
    )


class ActivityPage(Page):
    """See the module."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__("activity", tr(_CONTEXT, "Activity"), asking, parent)
        self.runs = RowsTable(
            "runs",
            tr(_CONTEXT, "Runs"),
            tr(_CONTEXT, "All runs, newest first. Choose one to see what it did."),
            run_columns(),
            (tr(_CONTEXT, "No run yet"), tr(_CONTEXT, "Each run is listed here with what it did.")),
        )
        self.journal = RowsTable(
            "journal",
            tr(_CONTEXT, "Changes"),
            tr(_CONTEXT, "Each value that was changed, before and after."),
            journal_columns(),
            (
                tr(_CONTEXT, "No changes"),
                tr(_CONTEXT, "This run changed no value. Choose another one, or search for a name or an ID."),
            ),
            filters_here=False,
        )
        self.journal.filter.setObjectName("journal_search")
        self.journal.filter.setPlaceholderText(tr(_CONTEXT, "Search any name or ID"))
        self.journal.filter.setAccessibleName(tr(_CONTEXT, "Search any name or ID"))
        self.problems = label("", "run_problems")
        self.problems.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.why = button(tr(_CONTEXT, "Why"), "activity_why", self._on_why)
        self.undo = button(tr(_CONTEXT, "Undo"), "undo", self._on_undo, "undo")
        self.audit = button(tr(_CONTEXT, "Audit…"), "audit", self._on_audit, "check")
        self.undo_one = button(tr(_CONTEXT, "Undo for this record"), "undo_record", self._on_undo_one)
        self.said = label("", "activity_said")
        self.said.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._timer.timeout.connect(self._read_journal)
        self._lay_out()
        self.runs.chosen.connect(self._on_run)
        self.runs.more_wanted.connect(self._on_more_runs)
        self.journal.more_wanted.connect(self._on_more)
        self.journal.filter_changed.connect(lambda text: self._timer.start())
        self.journal.chosen.connect(lambda line: self._show_buttons())
        self._show_buttons()

    def _lay_out(self) -> None:
        self.runs.foot.insert(1, self.audit, self.undo)
        self.journal.foot.insert(1, self.why, self.undo_one)
        problems = QWidget()
        box = QVBoxLayout(problems)
        box.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        box.addWidget(self.problems)
        box.addStretch(1)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("activity_parts")
        self.tabs.setAccessibleName(tr(_CONTEXT, "What the run did"))
        self.tabs.tabBar().setAccessibleName(self.tabs.accessibleName())
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.journal, tr(_CONTEXT, "Changes"))
        self.tabs.addTab(problems, tr(_CONTEXT, "Numbers and problems"))
        split = Split("activity_split", self.runs, self.tabs, (2, 3), beside=False)
        self.body.addWidget(self.said)
        self.body.addWidget(split, 1)

    # runs

    def look(self) -> None:
        """Read the newest runs."""
        self.asking.read(
            lambda program: read_runs(program, None), self.on_runs, self.on_trouble, topic="runs"
        )

    def on_runs(self, runs: Sequence[Run]) -> None:
        """Show them, and what the newest one did."""
        self.said.hide()
        chosen = self.runs.current()
        self.runs.show_rows(runs, ended=len(runs) < RUNS_A_PAGE)
        known = chosen is not None and self.runs.select(lambda run: run["run_id"] == chosen["run_id"])
        if not known and runs:
            self.runs.choose(0)

    @Slot(int)
    def _on_more_runs(self, offset: int) -> None:
        last = int(self.runs.last["run_id"])
        self.asking.read(
            lambda program: read_runs(program, last),
            lambda runs: self.runs.add_page(runs, ended=len(runs) < RUNS_A_PAGE),
            self.on_trouble,
            topic="runs",
        )

    def on_trouble(self, error: BaseException) -> None:
        """Say that it did not work, and what helps."""
        self.said.setText(" ".join(say_error(error)))
        self.said.show()

    @Slot(object)
    def _on_run(self, run: Run | None) -> None:
        self.problems.setText(run_text(run) if run else "")
        self._show_buttons()
        if not self.journal.filter.text():
            self._read_journal()

    def _show_buttons(self) -> None:
        run, line = self.runs.current(), self.journal.current()
        self.undo.setEnabled(run is not None and not run["dry_run"] and run["status"] != "running")
        self.why.setEnabled(line is not None)
        self.undo_one.setEnabled(line is not None)

    # what was changed

    @Slot()
    def _read_journal(self) -> None:
        text, run = self.journal.filter.text().strip(), self.runs.current()
        if not text and run is None:
            self.journal.show_rows(())
            return
        run_id = None if text or run is None else int(run["run_id"])
        self._ask = (run_id, text)
        self.asking.read(
            lambda program: read_journal(program, run_id, text, None),
            lambda lines: self.journal.show_rows(lines, ended=len(lines) < PAGE),
            self.on_trouble,
            topic="journal",
        )

    @Slot(int)
    def _on_more(self, offset: int) -> None:
        run_id, text = self._ask
        last = self.journal.last.entry.id
        self.asking.read(
            lambda program: read_journal(program, run_id, text, last),
            lambda lines: self.journal.add_page(lines, ended=len(lines) < PAGE),
            self.on_trouble,
            topic="journal",
        )

    @Slot()
    def _on_why(self) -> None:
        line = self.journal.current()
        if line is not None:
            self.asking.read(
                lambda program: program.people.why(line.entry.kind, line.entry.cliniko_id),
                lambda found: WhyDialog(record_words(line), found, self).open(),
                self.on_trouble,
                is_remote=True,
            )

    @Slot()
    def _on_undo(self) -> None:
        run = self.runs.current()
        if run is not None:
            dialog = UndoDialog(self.asking, int(run["run_id"]), None, self)
            dialog.finished.connect(self.look)
            dialog.open()

    @Slot()
    def _on_audit(self) -> None:
        dialog = AuditDialog(self.asking, self)
        dialog.finished.connect(self.look)
        dialog.open()

    @Slot()
    def _on_undo_one(self) -> None:
        line = self.journal.current()
        if line is not None:
            record = (line.entry.kind, line.entry.cliniko_id)
            dialog = UndoDialog(self.asking, line.entry.run_id, record, self)
            dialog.finished.connect(self.look)
            dialog.open()


def run_text(run: Run) -> str:
    """The numbers of each stream, and the problems, in words."""
    summary = run.get("summary") or {}
    lines = []
    for name, numbers in (summary.get("streams") or {}).items():
        parts = [
            fill(tr("Wording", template), {"count": numbers[counter]})
            for counter, template in COUNTER_WORDS.items()
            if numbers.get(counter)
        ]
        if parts:
            lines.append(f"{stream_name(name)}: {', '.join(parts)}")
    problems = [retold(str(problem.get("message") or "")) for problem in summary.get("problems") or []]
    if not lines and not problems:
        return tr(_CONTEXT, "Nothing had changed.")
    return "\n".join(lines + ([""] if problems else []) + [f"• {text}" for text in problems])


def read_runs(program: Any, before: int | None) -> list[Run]:
    """One page of runs; runs on the reader's thread."""
    found: list[Run] = program.activity.executions(RUNS_A_PAGE, before)
    return found


def read_journal(program: Any, run_id: int | None, text: str, before: int | None) -> list[JournalLine]:
    """One page of changes; runs on the reader's thread."""
    found: list[JournalLine] = program.pages.journal(run_id=run_id, text=text, before_id=before, limit=PAGE)
    return found
