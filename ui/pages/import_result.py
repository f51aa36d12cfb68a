"""The last steps of an import: what a rehearsal would do, or what the import did, row by row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.bridge import Asking
from ui.language import number, retold, say_error, tr
from ui.pages.import_rows import OUTCOMES, TONES, outcome_words, row_columns
from ui.tables.table import PAGE, RowsTable
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.mnemonics import relabel
from ui.widgets.number_tiles import NumberTiles
from ui.widgets.parts import SPACE, button, heading, quiet_label

if TYPE_CHECKING:
    from app.service.imports import Imported, RowsPage

_CONTEXT = "Import"
TYPING_MS = 250
NEEDS_LOOK = "held refused"
PROBLEMS_SHOWN = 3


class ResultStep(QWidget):
    """Shows numbers and rows, saves the report; after a rehearsal it offers the import itself."""

    import_wanted = Signal()
    columns_wanted = Signal()
    other_wanted = Signal()

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_result_step")
        self.asking = asking
        self.report: Path | None = None
        self.is_rehearsal = False
        self._ends: dict[int, int] = {}
        """Where in the report the rows that were read so far end: number of rows to place."""
        self._suggested = ""
        self.title = heading("", "import_result")
        self.said = quiet_label("", "import_result_said")
        self.tiles = NumberTiles("import_numbers")
        self.table = RowsTable(
            "import_rows",
            tr(_CONTEXT, "Rows"),
            tr(_CONTEXT, "What each row of the file did, or would do, and why not."),
            row_columns(lambda: self.is_rehearsal),
            (tr(_CONTEXT, "No such row"), tr(_CONTEXT, "Choose another outcome to see the other rows.")),
            filters_here=False,
        )
        self.table.filter.setPlaceholderText(tr(_CONTEXT, "Search row, ID or reason"))
        self.table.filter.setAccessibleName(tr(_CONTEXT, "Search row, ID or reason"))
        self.table.setMinimumHeight(170)
        self.outcome = ChoiceBox("import_outcome", tr(_CONTEXT, "Outcome"))
        self.run = button(tr(_CONTEXT, "Import now"), "import_run", self.import_wanted.emit, main=True)
        self.save = button(tr(_CONTEXT, "Save report…"), "import_save", self._on_save)
        self.back = button(tr(_CONTEXT, "Back to the columns"), "import_back", self.columns_wanted.emit)
        self.again = button(tr(_CONTEXT, "Import another file"), "import_again", self.other_wanted.emit)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_MS)
        self._timer.timeout.connect(self.look)
        self._fill_outcomes()
        self._lay_out()
        self.outcome.currentIndexChanged.connect(self.look)
        self.table.filter_changed.connect(lambda text: self._timer.start())
        self.table.more_wanted.connect(self._on_more)

    def _lay_out(self) -> None:
        self.table.tools.addWidget(self.outcome)
        self.back.hide()
        acts = QHBoxLayout()
        for part in (self.run, self.save, self.back, self.again):
            acts.addWidget(part)
        acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE - 2)
        column.addWidget(self.title)
        column.addWidget(self.said)
        column.addWidget(self.tiles)
        column.addLayout(acts)
        column.addWidget(self.table, 1)

    def _fill_outcomes(self) -> None:
        self.outcome.addItem(tr(_CONTEXT, "All rows"), "")
        self.outcome.addItem(tr(_CONTEXT, "What needs a look"), NEEDS_LOOK)
        for name in OUTCOMES:
            self.outcome.addItem(outcome_words(name), name)

    # what is shown

    def show_result(self, done: Imported, name: str, is_rehearsal: bool) -> None:
        """Show what a file did or would do."""
        self.report, self.is_rehearsal = done.report_path, is_rehearsal
        self._suggested = f"{Path(name).stem} – {tr(_CONTEXT, 'report')}.csv"
        rows = done.rows
        names = ("total", *OUTCOMES, *(("waiting",) if rows.get("waiting") else ()))
        self.tiles.show_numbers(
            [(one, outcome_words(one, is_rehearsal), rows.get(one, 0), TONES.get(one, "")) for one in names]
        )
        self.title.setText(title_words(done, name, is_rehearsal))
        self.outcome.setItemText(self.outcome.findData("done"), outcome_words("done", is_rehearsal))
        self._say(" ".join([*meaning(done, is_rehearsal), *problem_words(done)]))
        offers_run = is_rehearsal != done.is_cancelled
        words = tr(_CONTEXT, "Import now") if is_rehearsal else tr(_CONTEXT, "Go on")
        relabel(self.run, words)
        self.run.setVisible(offers_run)
        self.run.setEnabled(offers_run and bool(done.is_cancelled or rows.get("done")))
        self.back.setVisible(is_rehearsal)
        theme.mark(self.save, main=not offers_run)
        needs_look = rows.get("held", 0) + rows.get("refused", 0)
        wanted = NEEDS_LOOK if needs_look and not is_rehearsal else ""
        for part in (self.outcome, self.table.filter):
            part.blockSignals(True)
        self.outcome.setCurrentIndex(self.outcome.findData(wanted))
        self.table.filter.clear()
        for part in (self.outcome, self.table.filter):
            part.blockSignals(False)
        self.look()

    def main_control(self) -> QWidget:
        """Where the keyboard goes when the step comes up."""
        return self.run if self.run.isEnabled() else self.save

    @Slot()
    def look(self) -> None:
        """Read the first page of rows."""
        self._read(0, self._on_rows)

    @Slot(int)
    def _on_more(self, offset: int) -> None:
        end = self._ends.get(offset, 0)
        self._read(end, lambda page: self._on_page(page, offset))

    def _read(self, position: int, answer: Callable[[RowsPage], None]) -> None:
        report, text = self.report, self.table.filter.text()
        outcomes = frozenset(str(self.outcome.currentData() or "").split())
        if report is not None:
            self.asking.read(
                lambda program: read_page(program, report, position, outcomes, text),
                answer,
                self.on_trouble,
                topic="import rows",
            )

    def _on_rows(self, page: RowsPage) -> None:
        self._ends = {len(page.rows): page.position}
        self.table.show_rows(page.rows, page.is_last)

    def _on_page(self, page: RowsPage, offset: int) -> None:
        self._ends[offset + len(page.rows)] = page.position
        self.table.add_page(page.rows, page.is_last)

    def on_trouble(self, error: BaseException) -> None:
        """Say that it did not work, and what helps."""
        self._say(" ".join(say_error(error)))

    # the report

    @Slot()
    def _on_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, tr(_CONTEXT, "Save report…"), self._suggested, "CSV (*.csv)"
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, file: Path) -> None:
        """Save the report there."""
        report = self.report
        if report is not None:
            self.asking.read(
                lambda program: save_report(program, report, file), self._on_saved, self.on_trouble
            )

    def _on_saved(self, name: str) -> None:
        self._say(tr(_CONTEXT, "The report is saved as {name}.", name=name))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))


def title_words(done: Imported, name: str, is_rehearsal: bool) -> str:
    """What happened."""
    if done.is_cancelled:
        return tr(_CONTEXT, "{name}: stopped", name=name)
    if is_rehearsal:
        return tr(_CONTEXT, "{name}: this is what the import would do", name=name)
    return tr(_CONTEXT, "{name} is imported", name=name)


def meaning(done: Imported, is_rehearsal: bool) -> list[str]:
    """What it means, in sentences."""
    said: list[str] = []
    if is_rehearsal:
        said.append(tr(_CONTEXT, "Nothing was written."))
        if not done.rows.get("done") and not done.is_cancelled:
            said.append(tr(_CONTEXT, "There is nothing to import: no row would change anything."))
    elif done.is_cancelled:
        said.append(
            tr(
                _CONTEXT,
                "What is done stays done. Go on whenever you like, also with the same file on another day.",
            )
        )
    elif not done.rows.get("done"):
        said.append(tr(_CONTEXT, "No row had to change anything."))
    if done.went_on_after:
        said.append(
            tr(
                _CONTEXT,
                "It went on after row {row}, where it was broken off before.",
                row=number(done.went_on_after),
            )
        )
    if done.rows.get("held"):
        said.append(
            tr(_CONTEXT, "What waits for you will be asked under Needs you.")
            if is_rehearsal
            else tr(_CONTEXT, "What waits for you is asked under Needs you.")
        )
    return said


def problem_words(done: Imported) -> list[str]:
    """The first problems of the run, each once. That it was stopped is said already."""
    messages = dict.fromkeys(one.message for one in done.report.problems if one.code != "cancelled")
    return [retold(message) for message in list(messages)[:PROBLEMS_SHOWN]]


def read_page(program: Any, report: Path, position: int, outcomes: frozenset[str], text: str) -> RowsPage:
    """One page of rows; runs on the reader's thread."""
    page: RowsPage = program.imports.rows(report, position, PAGE, outcomes, text)
    return page


def save_report(program: Any, report: Path, file: Path) -> str:
    """Copy the report; returns the file's name. Runs on the reader's thread."""
    program.imports.save_report(report, file)
    return file.name
