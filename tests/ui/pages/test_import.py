"""Import: from the file through columns, rehearsal and run to the report, on services that are small."""

from __future__ import annotations

import ast
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox

from app.domain.imported import RowResult
from app.domain.reports import Problem, Report
from app.errors import BadInput, Cancelled, DateOrderOpen, HeadingsUnknown, ServiceUnavailable
from app.imports.columns import check_complete, lacking, understand, with_wishes
from app.imports.inspection import Inspection
from app.service.imports import Going, Imported, Preview, RowsPage
from ui.language import number
from ui.pages.import_reasons import _known, reason_words
from ui.pages.imports import ImportPage
from ui.widgets.drop_area import DropArea

HEADINGS = ("Patient ID", "First Name", "Nickname", "Last Name")
CELLS = (("7001", "Mia", "Mimi", "Lee"), ("7002", "Tim", "", "Ash"))
NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


class Imports:
    """The import service, small: understands headings as the real one does, and does nothing."""

    def __init__(self, headings: tuple[str, ...] = HEADINGS) -> None:
        self.headings, self.cells = headings, CELLS
        self.going = Going()
        self.asks_order = self.asks_zone = False
        self.seen = Inspection(rows=2)
        self.trouble: BaseException | None = None
        self.rows_done = {"total": 2, "done": 2, "unchanged": 0, "held": 0, "refused": 0, "waiting": 0}
        self.runs: list[tuple[dict[str, str], bool]] = []
        self.asked: list[tuple[int, frozenset[str], str]] = []
        self.saved: list[Path] = []
        self.pauses: list[bool] = []
        self.reads = 0
        self.more: dict[str, Any] = {}

    def preview(self, path: Path, kind: Any = None, wishes: Mapping[str, str] | None = None) -> Preview:
        if self.trouble is not None:
            raise self.trouble
        self.reads += 1
        columns = with_wishes(understand(self.headings, kind, trust=bool(wishes)), wishes or {})
        problem = ""
        try:
            check_complete(columns)
        except BadInput as error:
            problem = error.sentence
        rows = tuple(enumerate(self.cells, 2))
        lacks = lacking(columns)
        return Preview(columns.kind, "UTF-8", ",", columns, rows, False, problem, lacks, self.asks_zone)

    def fields(self, kind: str) -> tuple[str, ...]:
        return ("id", "first_name", "last_name", "preferred_first_name", "patient_ids", "starts_at")

    def usual_order(self) -> str:
        return "day_first"

    def check(self, path: Path, kind: str, wishes: Mapping[str, str], cancel: threading.Event) -> Any:
        self._ask_order(wishes)
        return None, self.seen

    def _ask_order(self, wishes: Mapping[str, str]) -> None:
        if self.asks_order and not wishes.get("date_order"):
            raise DateOrderOpen

    def run(
        self, path: Path, kind: str, wishes: Any, dry_run: bool, waits: bool, cancel: threading.Event
    ) -> Imported:
        assert waits
        if self.trouble is not None:
            raise self.trouble
        self._ask_order(wishes)
        self.runs.append((dict(wishes), dry_run))
        report = Report(1, NOW, dry_run=dry_run, problems=[Problem("refused", "A row was refused.")])
        columns = understand(self.headings, "patients", trust=True)
        return replace(
            Imported(report, "patients", "UTF-8", ",", columns, self.rows_done, (), Path("r.csv")),
            **self.more,
        )

    def rows(self, report: Path, position: int, limit: int, outcomes: frozenset[str], text: str) -> RowsPage:
        self.asked.append((position, outcomes, text))
        first = position + 2
        rows = tuple(RowResult(n, "done", str(7000 + n), "created", "") for n in range(first, first + limit))
        return RowsPage(rows, position + limit, position >= limit)

    def save_report(self, report: Path, target: Path) -> None:
        self.saved.append(target)

    def pause(self) -> None:
        self.pauses.append(True)

    def resume(self) -> None:
        self.pauses.append(False)


@pytest.fixture
def imports() -> Imports:
    return Imports()


@pytest.fixture
def page(qtbot, at_once, imports: Imports) -> ImportPage:
    made = ImportPage(at_once(imports=imports))
    qtbot.addWidget(made)
    return made


def box(page: ImportPage, place: int) -> QComboBox:
    found = page.findChild(QComboBox, f"column_{place}")
    assert isinstance(found, QComboBox)
    return found


def choose(field: QComboBox, data: str) -> None:
    field.setCurrentIndex(field.findData(data))


# the file


def test_an_empty_page_says_what_to_do(page: ImportPage) -> None:
    """An empty page says what will be here; one main button; history needs no file."""
    assert page.steps.currentWidget() is page.file
    assert page.file.drop.choose.property("main")
    names = {part.accessibleName() for part in page.file.findChildren(QAbstractButton)}
    assert {"Choose file…", "Load history from Cliniko"} <= names


def test_a_file_is_understood(page: ImportPage) -> None:
    """Type and encoding are found; each column stands with its values and what it is taken for."""
    page.open_file("/somewhere/People.csv")
    assert page.steps.currentWidget() is page.columns
    assert page.columns.title.text() == "People.csv"
    assert "Patients" in page.columns.found.text()
    assert "UTF-8" in page.columns.found.text()
    assert "rows: 2" in page.columns.found.text()
    assert [box(page, n).currentText() for n in range(4)] == [
        "Patient ID",
        "First name",
        "Preferred first name",
        "Last name",
    ]
    assert box(page, 0).accessibleName() == "Patient ID"
    assert page.columns.rehearse.isEnabled()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (BadInput(sentence="This is a PDF, not a CSV file."), "This is a PDF"),
        (HeadingsUnknown("no headings"), "choose the type of file"),
        (OSError("disk"), "went wrong"),
    ],
)
def test_a_file_that_cannot_be_used(page: ImportPage, imports: Imports, error: Exception, words: str) -> None:
    """R70: a hostile file gives a plain sentence, and another one can be chosen at once."""
    imports.trouble = error
    page.open_file("/somewhere/odd.csv")
    assert page.steps.currentWidget() is page.file
    assert words in page.file.said.text()
    imports.trouble = None
    page.open_file("/somewhere/good.csv")
    assert page.steps.currentWidget() is page.columns
    page.columns.other.click()
    assert (page.steps.currentWidget(), page.file.said.text()) == (page.file, "")


def test_own_headings(qtbot, at_once) -> None:
    """R70: where the type was chosen, the window asks for the column it cannot do without."""
    imports = Imports(("No", "Rufname"))
    page = ImportPage(at_once(imports=imports))
    qtbot.addWidget(page)
    page.open_file("/somewhere/own.csv")
    assert "type of file" in page.file.said.text()
    choose(page.file.kind, "patients")
    assert "patient's ID" in page.columns.said.text()
    assert not page.columns.rehearse.isEnabled()
    choose(box(page, 0), "id")
    assert page.columns.rehearse.isEnabled()
    assert page.columns.wishes() == {"No": "id", "Rufname": ""}


def test_one_field_has_one_column(page: ImportPage) -> None:
    """A field given to another column is taken from the one that had it."""
    page.open_file("/somewhere/People.csv")
    choose(box(page, 2), "first_name")
    assert box(page, 1).currentData() == ""
    assert page.columns.wishes()["Nickname"] == "first_name"
    assert page.columns.wishes()["First Name"] == ""


def test_two_columns_of_one_name(qtbot, at_once) -> None:
    """Only the first of two columns with the same heading can be taken, and it stays taken."""
    page = ImportPage(at_once(imports=Imports((*HEADINGS, "First Name"))))
    qtbot.addWidget(page)
    page.open_file("/somewhere/People.csv")
    assert page.columns.wishes()["First Name"] == "first_name"
    assert not box(page, 4).isEnabled()


def test_very_many_columns(qtbot, at_once) -> None:
    """A thousand columns neither hold the window up nor hide those that mean something."""
    page = ImportPage(at_once(imports=Imports((*(f"Custom {n}" for n in range(900)), *HEADINGS))))
    qtbot.addWidget(page)
    page.open_file("/somewhere/wide.csv")
    qtbot.waitUntil(lambda: page.findChild(QComboBox, "column_903") is not None)
    assert box(page, 900).currentData() == "id"
    assert len(page.columns.wishes()) == 904


def test_scrolling_changes_no_column(qtbot, page: ImportPage) -> None:
    """The wheel over a choice scrolls the page."""
    page.open_file("/somewhere/People.csv")
    before = box(page, 1).currentIndex()
    spin = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, 0), QPoint(0, -240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    box(page, 1).wheelEvent(spin)
    assert box(page, 1).currentIndex() == before


def test_the_order_of_dates_is_asked(page: ImportPage, imports: Imports) -> None:
    """R70: only where the dates leave it open, with what is usual in the clinic's country."""
    imports.asks_order = True
    page.open_file("/somewhere/People.csv")
    assert not page.columns.order_part.isHidden()
    assert "31/12/1990" in page.columns.said.text()
    assert not page.columns.rehearse.isEnabled()
    choose(page.columns.order, "day_first")
    assert page.columns.rehearse.isEnabled()
    assert page.columns.wishes()["date_order"] == "day_first"
    imports.asks_order = False
    page.columns.other.click()
    page.open_file("/somewhere/Others.csv")
    assert page.columns.order_part.isHidden()


def test_the_time_zone_is_asked(qtbot, at_once) -> None:
    """R71: asked where the times have none; the clinic's own is the answer unless another is chosen."""
    imports = Imports(("Appointment ID", "Start Time", "Patient ID"))
    imports.cells, imports.asks_zone = (("1", "2024-02-03 09:00", "7001"),), True
    page = ImportPage(at_once(imports=imports))
    qtbot.addWidget(page)
    page.open_file("/somewhere/visits.csv")
    assert not page.columns.zone_part.isHidden()
    assert page.columns.zone.currentText() == "The clinic's own"
    choose(page.columns.zone, "Australia/Perth")
    assert page.columns.wishes()["time_zone"] == "Australia/Perth"


def test_what_the_whole_file_showed(page: ImportPage, imports: Imports) -> None:
    """Rows that can never be imported are told before the rehearsal; a file without rows has nothing to rehearse."""
    imports.seen = Inspection(rows=3, refused=1, repeats=1, shown=[(4, "its id is not a number")])
    page.open_file("/somewhere/People.csv")
    assert "cannot be imported: 1" in page.columns.found.text()
    assert "row 4" in page.columns.said.text()
    imports.seen = Inspection()
    page.open_file("/somewhere/empty.csv")
    assert "nothing to import" in page.columns.said.text()
    assert not page.columns.rehearse.isEnabled()


# rehearsal, run, report


def test_rehearsal_then_import(page: ImportPage, imports: Imports) -> None:
    """R72: numbers and rows of the rehearsal first, then the same file is imported as it was understood."""
    page.open_file("/somewhere/People.csv")
    page.columns.rehearse.click()
    assert page.steps.currentWidget() is page.result
    assert page.result.tiles.numbers["done"].text() == "2"
    assert "Nothing was written" in page.result.said.text()
    assert "A row was refused." in page.result.said.text()
    assert (page.result.run.isHidden(), page.result.run.isEnabled()) == (False, True)
    page.result.run.click()
    assert [dry for _, dry in imports.runs] == [True, False]
    assert imports.runs[0][0] == imports.runs[1][0]
    assert page.result.title.text() == "People.csv is imported"
    assert page.result.run.isHidden()
    assert page.result.save.property("main")
    page.result.again.click()
    assert page.steps.currentWidget() is page.file


def test_nothing_to_import(page: ImportPage, imports: Imports) -> None:
    """A rehearsal in which no row does anything offers no import, but the way back to the columns."""
    imports.rows_done = {**imports.rows_done, "done": 0, "unchanged": 2}
    page.open_file("/somewhere/People.csv")
    page.columns.rehearse.click()
    assert not page.result.run.isEnabled()
    page.result.back.click()
    assert page.steps.currentWidget() is page.columns
    assert page.columns.rehearse.isEnabled()


def test_rows_come_in_pages(page: ImportPage, imports: Imports) -> None:
    """The table asks for what is in sight; outcome and search are looked for in the whole report."""
    page.open_file("/somewhere/People.csv")
    page.columns.rehearse.click()
    assert len(page.result.table.model.rows) == 200
    page.result.table.more_wanted.emit(200)
    assert [row.number for row in page.result.table.model.rows] == list(range(2, 402))
    choose(page.result.outcome, "held refused")
    assert imports.asked[-1] == (0, frozenset({"held", "refused"}), "")
    page.result.table.filter.setText("7001")
    page.result._timer.timeout.emit()
    assert imports.asked[-1][2] == "7001"
    texts = [page.result.table.model.index(0, n).data() for n in range(4)]
    assert texts == ["2", "Done", "New in HubSpot", "7002"]


def test_what_needs_a_look_comes_first_after_an_import(page: ImportPage, imports: Imports) -> None:
    """R72: after the import, held and refused rows are shown; all others are one choice away."""
    imports.rows_done = {**imports.rows_done, "done": 1, "refused": 1, "held": 1}
    imports.more = {"went_on_after": 101}
    page.open_file("/somewhere/People.csv")
    page.columns.rehearse.click()
    page.result.run.click()
    assert imports.asked[-1][1] == frozenset({"held", "refused"})
    assert "after row 101" in page.result.said.text()
    assert "Needs you" in page.result.said.text()


def test_the_report_is_saved(page: ImportPage, imports: Imports, tmp_path: Path) -> None:
    """R72: Save report… copies it to where it is wanted, and says so; or says why not."""
    page.open_file("/somewhere/People.csv")
    page.columns.rehearse.click()
    page.result.save_to(tmp_path / "mine.csv")
    assert imports.saved == [tmp_path / "mine.csv"]
    assert "mine.csv" in page.result.said.text()
    page.result.on_trouble(BadInput(sentence="The report cannot be saved there."))
    assert "cannot be saved" in page.result.said.text()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ServiceUnavailable("HubSpot"), "HubSpot cannot be reached"),
        (Cancelled(), "Stopped before"),
        (BadInput(sentence="The file is damaged."), "damaged"),
    ],
)
def test_a_run_that_does_not_end_well(
    page: ImportPage, imports: Imports, error: Exception, words: str
) -> None:
    """I11: the cause stands where one goes on from, and no run seems to go on."""
    page.open_file("/somewhere/People.csv")
    imports.trouble = error
    page.columns.rehearse.click()
    assert page.steps.currentWidget() is page.columns
    assert words in page.columns.said.text()
    assert not page.is_running


class Later:
    """Keeps what is asked of the long lane until the test lets it go."""

    def __init__(self, asking: Any) -> None:
        self.asking, self.kept = asking, []

    def read(self, *asked: Any, **named: Any) -> None:
        self.asking.read(*asked, **named)

    def work(self, *asked: Any, is_long: bool = False, **named: Any) -> None:
        if is_long:
            self.kept.append(asked)
        else:
            self.asking.work(*asked, **named)

    def go(self) -> None:
        for asked in self.kept:
            self.asking.work(*asked)
        self.kept = []


def test_progress_pause_and_cancel(qtbot, at_once, imports: Imports) -> None:
    """R72: how far it is and how long it may take; Pause becomes Resume; Cancel ends it."""
    later = Later(at_once(imports=imports))
    page = ImportPage(later)
    qtbot.addWidget(page)
    page.open_file("/somewhere/People.csv")
    later.go()
    page.columns.rehearse.click()
    running = page.running
    assert page.steps.currentWidget() is running
    assert running.progress.maximum() == 0
    imports.going = Going("queued")
    page._ask_how_far()
    assert "has finished" in running.words.text()
    imports.going = Going("working", 100, 1000, {"done": 90, "held": 10})
    page._ask_how_far()
    assert (running.progress.value(), running.progress.maximum()) == (100, 1000)
    assert f"100 of {number(1000)} rows" in running.words.text()
    assert "Waits for you: 10" in running.numbers.text()
    running.pause.click()
    assert (running.pause.text(), running.pause.accessibleName()) == ("Resume", "Resume")
    running.pause.click()
    assert imports.pauses == [True, False]
    running.cancel.click()
    assert page._running.is_set()
    assert not running.cancel.isEnabled()
    imports.going = Going("working", 200, 1000)
    page._ask_how_far()
    assert "Stopping" in running.words.text()
    imports.more = {"is_cancelled": True}
    later.go()
    assert "stopped" in page.result.title.text()
    assert not page.result.run.isEnabled()


def test_a_cancelled_import_goes_on(page: ImportPage, imports: Imports) -> None:
    """R72: what is done stays done, and one button takes the rest up."""
    page.open_file("/somewhere/People.csv")
    page.columns.rehearse.click()
    imports.more = {"is_cancelled": True}
    page.result.run.click()
    assert "stays done" in page.result.said.text()
    assert (page.result.run.text(), page.result.run.accessibleName()) == ("Go on", "Go on")
    imports.more = {}
    page.result.run.click()
    assert [dry for _, dry in imports.runs] == [True, False, False]
    assert page.result.run.isHidden()


def test_an_old_look_says_nothing(qtbot, at_once, imports: Imports) -> None:
    """A look through a file that was overtaken by another choice changes nothing any more."""
    later = Later(at_once(imports=imports))
    page = ImportPage(later)
    qtbot.addWidget(page)
    page.open_file("/somewhere/People.csv")
    first = page._looking
    page.start_anew()
    later.go()
    assert first.is_set()
    assert "rows:" not in page.columns.found.text()


REASONS = {
    "its id is not a number": "Its ID is not a number.",
    "left out: no_email": "Left out: Has no e-mail address",
    "left out: its patient is not in HubSpot (on_hold)": "Somebody said not to sync this record.",
    "left out: its patient is not in HubSpot (odd)": "Left out: its patient is not in HubSpot.",
    "a question is open: shared_email": "Waits for your answer: ",
    "a question is open: odd": "Waits for your answer to a question.",
    "something new": "Something new",
    "": "",
}


@pytest.mark.parametrize(("reason", "words"), list(REASONS.items()))
def test_reasons_are_sentences(qapp, reason: str, words: str) -> None:
    """What the report says in short is said in plain words, without our own slugs."""
    said = reason_words(reason)
    assert words in said
    assert "_" not in said.replace("only_with_email", "")


def test_every_reason_of_the_program_has_its_words(qapp) -> None:
    """Whatever a row can be refused or passed over for is known to the window."""
    root = Path(__file__).resolve().parents[3] / "app"
    files = [*(root / "imports").glob("*.py"), *(root / "sync").glob("import_*.py")]
    texts = {
        node.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    known = set(_known())
    assert known <= texts
    raised = {
        node.args[0].value
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "Unreadable"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert raised <= known


# the drop area


def drop(area: DropArea, *names: str) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(name) for name in names])
    enter = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    area.dragEnterEvent(enter)
    area.dropEvent(
        QDropEvent(
            QPoint(5, 5).toPointF(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip


def test_dropping(qtbot) -> None:
    """One file is taken; several are refused in words."""
    area = DropArea()
    qtbot.addWidget(area)
    with qtbot.waitSignal(area.chosen) as chosen:
        drop(area, "/somewhere/People.csv")
    assert chosen.args == ["/somewhere/People.csv"]
    with qtbot.waitSignal(area.refused) as refused:
        drop(area, "/a.csv", "/b.csv")
    assert "one after another" in refused.args[0]
    area.grab()
