"""Import: patients or appointments from a CSV file. Nothing is written before the rehearsal was seen."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QProgressBar, QTabWidget, QWidget

from app.state import State
from ui.bridge import Asking
from ui.language import number, say_error, tr
from ui.pages.page import Page
from ui.tables.rows import Column
from ui.tables.table import RowsTable
from ui.widgets.column_choices import ColumnChoices
from ui.widgets.drop_area import DropArea
from ui.widgets.parts import button, label, quiet_label

_CONTEXT = "Import"
TONES = {"held": "warn", "refused": "bad", "done": "good"}


def outcome_words(outcome: str) -> str:
    """What became of a row, or would."""
    return {
        "done": tr(_CONTEXT, "Done"),
        "created": tr(_CONTEXT, "Created"),
        "updated": tr(_CONTEXT, "Updated"),
        "unchanged": tr(_CONTEXT, "Unchanged"),
        "held": tr(_CONTEXT, "Waits for you"),
        "refused": tr(_CONTEXT, "Refused"),
        "skipped": tr(_CONTEXT, "Skipped"),
        "waiting": tr(_CONTEXT, "Waiting"),
        "total": tr(_CONTEXT, "Rows"),
    }.get(outcome, outcome)


def row_columns() -> tuple[Column, ...]:
    """The columns of the result."""
    return (
        Column(
            tr(_CONTEXT, "Row"), lambda row: number(row.number), lambda row: row.number, 7, is_number=True
        ),
        Column(
            tr(_CONTEXT, "Outcome"),
            lambda row: outcome_words(row.outcome),
            width=16,
            tone=lambda row: TONES.get(row.outcome, ""),
        ),
        Column(tr(_CONTEXT, "What"), lambda row: row.what, width=30),
        Column(tr(_CONTEXT, "Cliniko ID"), lambda row: row.cliniko_id, width=22),
        Column(tr(_CONTEXT, "Reason"), lambda row: row.reason, width=0),
    )


class ImportPage(Page):
    """See the module."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__("import", tr(_CONTEXT, "Import"), asking, parent)
        self.file: Path | None = None
        self.report: Path | None = None
        self._is_ready = False
        self._is_running = False
        self._is_paused = False
        self.drop = DropArea()
        self.kind = QComboBox()
        self.kind.setObjectName("import_kind")
        self.kind.setAccessibleName(tr(_CONTEXT, "Type of file"))
        for words, kind in (
            (tr(_CONTEXT, "Type found by itself"), None),
            (tr(_CONTEXT, "Patients"), "patients"),
            (tr(_CONTEXT, "Appointments"), "appointments"),
        ):
            self.kind.addItem(words, kind)
        self.found = label(
            tr(_CONTEXT, "Patients and appointments as exported from Cliniko. A rehearsal comes first."),
            "import_found",
        )
        self.columns = ColumnChoices()
        self.rows = RowsTable(
            "import_rows",
            tr(_CONTEXT, "Rows"),
            tr(_CONTEXT, "What each row of the file did, or would do; what needs a look comes first."),
            row_columns(),
            (
                tr(_CONTEXT, "No rows yet"),
                tr(_CONTEXT, "After the rehearsal, each row is listed here with what it would do."),
            ),
        )
        self.rehearse = button(
            tr(_CONTEXT, "Rehearse"), "import_rehearse", lambda: self._run(True), main=True
        )
        self.run = button(tr(_CONTEXT, "Import now"), "import_run", lambda: self._run(False))
        self.pause = button(tr(_CONTEXT, "Pause import"), "import_pause", self._on_pause, "pause")
        self.cancel = button(tr(_CONTEXT, "Cancel"), "import_cancel", self._on_cancel)
        self.save = button(tr(_CONTEXT, "Save the report…"), "import_save", self._on_save, "save")
        self.progress = QProgressBar()
        self.progress.setObjectName("import_progress")
        self.progress.setAccessibleName(tr(_CONTEXT, "Progress"))
        self.progress.setTextVisible(False)
        self.said = quiet_label("", "import_said")
        self._lay_out()
        self.drop.chosen.connect(self.open_file)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.columns.changed.connect(self._preview)
        self._show_buttons()

    def _lay_out(self) -> None:
        kind = QHBoxLayout()
        kind.addWidget(self.found, 1)
        kind.addWidget(self.kind)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("import_parts")
        self.tabs.setAccessibleName(tr(_CONTEXT, "Parts"))
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.columns, tr(_CONTEXT, "Columns"))
        self.tabs.addTab(self.rows, tr(_CONTEXT, "Rows"))
        acts = QHBoxLayout()
        for part in (self.rehearse, self.run, self.pause, self.cancel, self.save):
            acts.addWidget(part)
        acts.addWidget(self.progress, 1)
        acts.addStretch(1)
        self.body.addWidget(self.drop)
        self.body.addLayout(kind)
        self.body.addLayout(acts)
        self.body.addWidget(self.said)
        self.body.addWidget(self.tabs, 1)

    # the file

    @Slot(str)
    def open_file(self, name: str) -> None:
        """Look at a file: its type, its encoding, and how its columns are understood."""
        self.file = Path(name)
        self.report = None
        self._is_ready = False
        self.drop.show_file(self.file)
        self.rows.show_rows(())
        self._look_at(None)

    @Slot()
    def _on_kind(self) -> None:
        if self.file is not None:
            self._look_at(None)

    @Slot()
    def _preview(self) -> None:
        self._look_at(self.columns.wishes())

    def _look_at(self, wishes: Mapping[str, str] | None) -> None:
        file, kind = self.file, self.kind.currentData()
        if file is not None:
            self.asking.read(
                lambda program: read_preview(program, file, kind, wishes),
                self.on_preview,
                self.on_trouble,
                topic="preview",
            )

    def on_preview(self, found: tuple[Any, list[str]]) -> None:
        """Show how the file is understood."""
        preview, fields = found
        kinds = {"patients": tr(_CONTEXT, "Patients"), "appointments": tr(_CONTEXT, "Appointments")}
        self.found.setText(
            tr(_CONTEXT, "{kind}, written in {encoding}", kind=kinds[preview.kind], encoding=preview.encoding)
        )
        self._kind = preview.kind
        self._is_ready = not preview.problem
        self.said.setText(preview.problem)
        self.columns.show_columns(preview, fields)
        self.tabs.setCurrentWidget(self.columns)
        self._show_buttons()

    def on_trouble(self, error: BaseException) -> None:
        """Say that it did not work, and what helps."""
        self._is_running = False
        self.said.setText(" ".join(say_error(error)))
        self._show_buttons()

    # running

    def _run(self, dry_run: bool) -> None:
        file = self.file
        if file is None:
            return
        wishes, kind = self.columns.wishes(), self._kind
        self._is_running, self._is_paused = True, False
        self.said.setText(tr(_CONTEXT, "Rehearsing…") if dry_run else tr(_CONTEXT, "Importing…"))
        self._show_buttons()
        self.asking.work(
            lambda program: program.imports.run(file, kind, wishes, dry_run),
            lambda done: self.on_done(done, dry_run),
            self.on_trouble,
            is_long=True,
        )

    def on_done(self, done: Any, dry_run: bool) -> None:
        """Show what the file did, or would do."""
        self._is_running = False
        self.report = done.report_path
        self.rows.show_rows(done.table)
        self.tabs.setCurrentWidget(self.rows)
        numbers = ", ".join(
            f"{outcome_words(name)}: {number(count)}" for name, count in done.rows.items() if count
        )
        if done.is_cancelled:
            begin = tr(_CONTEXT, "Stopped. Importing the file again goes on from there.")
        elif dry_run:
            begin = tr(_CONTEXT, "This is what the import would do. Nothing was written.")
        else:
            begin = tr(_CONTEXT, "The import is done.")
        self.said.setText(f"{begin} {numbers}")
        self._show_buttons()

    @Slot()
    def _on_pause(self) -> None:
        self._is_paused = not self._is_paused
        paused = self._is_paused
        self.asking.work(lambda program: program.imports.pause() if paused else program.imports.resume())
        words = tr(_CONTEXT, "Go on") if paused else tr(_CONTEXT, "Pause import")
        self.pause.setText(words)
        self.pause.setAccessibleName(words)

    @Slot()
    def _on_cancel(self) -> None:
        self.said.setText(tr(_CONTEXT, "Stopping after what is under way…"))
        self.asking.work(lambda program: program.imports.cancel())

    @Slot()
    def _on_save(self) -> None:
        report = self.report
        if report is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self, tr(_CONTEXT, "Save the report…"), report.name, "CSV (*.csv)"
        )
        if name:
            self.asking.read(
                lambda program: Path(shutil.copyfile(report, name)).name,
                lambda saved: self.said.setText(tr(_CONTEXT, "Saved as {name}", name=saved)),
                self.on_trouble,
            )

    def _show_buttons(self) -> None:
        idle = not self._is_running
        self.rehearse.setEnabled(self._is_ready and idle)
        self.run.setEnabled(self._is_ready and idle)
        self.save.setEnabled(self.report is not None and idle)
        for part in (self.pause, self.cancel, self.progress):
            part.setVisible(self._is_running)
        self.drop.setEnabled(idle)
        self.kind.setEnabled(idle)

    def on_state(self, state: State) -> None:
        """How far the import is."""
        if self._is_running and state.is_syncing:
            self.progress.setRange(0, state.total)
            self.progress.setValue(state.done)


def read_preview(
    program: Any, file: Path, kind: Any, wishes: Mapping[str, str] | None
) -> tuple[Any, list[str]]:
    """The beginning of a file, and the fields its columns can be; runs on the reader's thread."""
    preview = program.imports.preview(file, kind, wishes)
    return preview, program.imports.fields(preview.kind)
