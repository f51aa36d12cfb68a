"""Import: from the file through columns, rehearsal and run to the report, on services that are small."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox

from app.errors import BadInput, Cancelled, HeadingsUnknown, ServiceUnavailable
from app.imports.inspection import Inspection
from app.service.imports import Going
from tests.ui.pages.small_imports import HEADINGS, Imports
from ui.language import number
from ui.pages.imports import ImportPage


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
    assert texts == ["2", "To be done", "New in HubSpot", "7002"]


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
