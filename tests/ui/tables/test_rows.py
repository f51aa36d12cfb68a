"""The table model: sorts, filters, copies, and exports nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from ui.tables.exporting import CsvFile
from ui.tables.rows import Column, RowsModel, as_text, safe_cell
from ui.tables.table import RowsTable


@dataclass(frozen=True)
class Line:
    name: str
    count: int | None = 0


COLUMNS = (
    Column("Name", lambda line: line.name),
    Column(
        "Count",
        lambda line: "" if line.count is None else str(line.count),
        lambda line: line.count,
        is_number=True,
    ),
)
LINES = [Line("Zoë", 10), Line("anna", 2), Line("Bo", None)]


def table(qtbot, **more) -> RowsTable:
    made = RowsTable("lines", "Lines", "Some lines.", COLUMNS, ("Nothing", "Lines appear here."), **more)
    qtbot.addWidget(made)
    return made


def test_sorting_by_value_not_by_text(qtbot, qtmodeltester) -> None:
    """Every table sorts: numbers as numbers, what has no value last."""
    model = RowsModel(COLUMNS)
    model.replace(LINES)
    model.sort(1)
    assert [line.count for line in model.rows] == [2, 10, None]
    model.sort(0)
    assert [line.name for line in model.rows] == ["anna", "Bo", "Zoë"]
    model.sort(-1)
    assert model.rows == LINES
    qtmodeltester.check(model)


def test_filter_looks_for_every_word(qtbot) -> None:
    """Every table filters, in all its columns."""
    made = table(qtbot)
    made.show_rows(LINES)
    made.filter.setText("an 2")
    assert [line.name for line in made.model.rows] == ["anna"]
    made.filter.clear()
    assert len(made.model.rows) == 3


def test_pages_join_in_order(qtbot, qtmodeltester) -> None:
    """Further rows come page by page; a chosen order stays."""
    made = table(qtbot)
    made.show_rows(LINES[:2], ended=False)
    made.add_page(LINES[2:], ended=True)
    assert made.model.rows == LINES
    assert made.count.text() == "3 rows"
    made.model.sort(0)
    made.add_page([Line("Abe")], ended=True)
    assert made.model.rows[0].name == "Abe"
    qtmodeltester.check(made.model)


def test_copy_takes_the_selection(qtbot, qapp) -> None:
    """Copied rows carry their headings, tabs between columns."""
    made = table(qtbot)
    made.show_rows(LINES)
    made.view.selectRow(1)
    made.copy()
    assert qapp.clipboard().text() == "Name\tCount\nanna\t2"
    assert as_text(COLUMNS, [Line("a\tb\nc", 1)]).splitlines()[1] == "a b c\t1"


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", " =1", "\t=1", "\u200b=1", "\r=1", "|x"]
)
def test_formula_cells_are_escaped(text: str, tmp_path) -> None:
    """Nothing that is exported begins a formula."""
    file = CsvFile(tmp_path / "lines.csv", COLUMNS[:1])
    file.write([Line(text)])
    file.finish()
    saved = (tmp_path / "lines.csv").read_bytes().decode("utf-8-sig")
    cell = next(csv.reader(io.StringIO(saved.split("\r\n", 1)[1], newline="")))[0]
    assert cell.startswith("'")


@pytest.mark.parametrize("text", ["-12.50", "+3", "12", "Smith-Jones", ""])
def test_plain_cells_stay(text: str) -> None:
    """Numbers and words are left as they are."""
    assert safe_cell(text) == text


def test_export_is_read_back(qtbot, tmp_path) -> None:
    """The file holds what is shown, with the mark that spreadsheets look for."""
    made = table(qtbot)
    made.show_rows(LINES)
    made.export_to(tmp_path / "lines.csv")
    text = (tmp_path / "lines.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows == [["Name", "Count"], ["Zoë", "10"], ["anna", "2"], ["Bo", ""]]
    made.export_to(tmp_path / "missing" / "lines.csv")
    assert "could not be saved" in made.count.text()


def test_an_empty_table_says_what_will_be_there(qtbot) -> None:
    """Empty pages say what will be there."""
    made = table(qtbot)
    made.show_rows(())
    made.show()
    assert made._empty.isVisible()
    assert made._empty.text.text() == "Lines appear here."
    assert not made.export_button.isEnabled()


def test_selecting_from_outside_chooses(qtbot) -> None:
    """A screen reader selects a row without making it current; the page follows all the same."""
    made = table(qtbot)
    made.show_rows(LINES)
    heard = []
    made.chosen.connect(heard.append)
    rows = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    made.view.selectionModel().select(made.model.index(2, 0), rows)
    assert heard == [LINES[2]]


def test_the_end_asks_for_more(qtbot) -> None:
    """No page loads everything: rows are asked for when the end comes in sight, once."""
    made = table(qtbot)
    made.resize(300, 200)
    made.show()
    made.show_rows([Line(str(n)) for n in range(200)], ended=False)
    asked = []
    made.more_wanted.connect(asked.append)
    made.view.scrollToBottom()
    made.view.verticalScrollBar().setValue(made.view.verticalScrollBar().maximum())
    assert asked == [200]


def test_names_for_tools(qtbot) -> None:
    """Tables have a name, a description and an objectName."""
    made = table(qtbot)
    assert (made.view.accessibleName(), made.view.objectName()) == ("Lines", "lines")
    assert made.view.accessibleDescription() == "Some lines."
    assert made.model.headerData(0, Qt.Orientation.Horizontal) == "Name"


def test_choosing_in_a_mirrored_window(qtbot, qapp) -> None:
    """Where one writes from the right, rows are chosen all the same."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        made = table(qtbot)
        made.show_rows(LINES)
        assert made.select(lambda line: line.name == "Bo")
        assert made.current() == LINES[2]
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def paged(made: RowsTable, count: int, size: int = 50) -> list[int]:
    """Serve `count` lines page by page; the offsets that were asked for."""
    asked: list[int] = []

    def more(offset: int) -> None:
        asked.append(offset)
        page = [Line(f"row {n}", n) for n in range(offset, min(count, offset + size))]
        made.add_page(page, ended=offset + size >= count)

    made.more_wanted.connect(more)
    made.show_rows([Line(f"row {n}", n) for n in range(size)], ended=False)
    return asked


def test_a_filter_looks_through_pages_not_read_yet(qtbot) -> None:
    """Every table filters: also what was not in sight so far."""
    made = table(qtbot)
    asked = paged(made, 400)
    assert asked == []
    made.filter.setText("333")
    assert [line.count for line in made.model.rows] == [333]
    assert made.model.size == 400
    made.model.sort(1, Qt.SortOrder.DescendingOrder)
    made.filter.clear()
    assert made.model.rows[0].count == 399


def test_an_export_holds_every_page(qtbot, tmp_path) -> None:
    """Every table exports: the whole list, of which no more is held than was in sight."""
    made = table(qtbot)
    asked = paged(made, 400)
    made.export_to(tmp_path / "all.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "all.csv").read_text(encoding="utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [f"row {n}" for n in range(400)]
    assert asked == list(range(50, 400, 50))
    assert made.model.size == 50
    assert made.count.text() == "Saved as all.csv"
    assert made.last == Line("row 49", 49)
    made.view.verticalScrollBar().setMaximum(5)
    made.view.verticalScrollBar().setValue(5)
    assert made.model.size == 100


def test_a_long_export_can_be_stopped(qtbot, tmp_path) -> None:
    """Every long task can be cancelled; half a file never takes the name of a whole one."""
    made = table(qtbot)
    made.show_rows(LINES, ended=False)
    made.export_to(tmp_path / "all.csv")
    assert (made.export_button.text(), made.export_button.accessibleName()) == ("Stop", "Stop")
    assert "3 rows so far" in made.count.text()
    made.export_button.click()
    assert list(tmp_path.iterdir()) == []
    assert made.export_button.text() == "Export CSV…"
    made.add_page([Line("Cy", 1)], ended=True)
    assert made.model.size == 4


def test_an_export_begins_anew_where_the_list_did(qtbot, tmp_path) -> None:
    """What is saved is one list, not the beginning of one and the end of another."""
    made = table(qtbot)
    made.show_rows(LINES, ended=False)
    made.export_to(tmp_path / "all.csv")
    made.show_rows(LINES[:1], ended=True)
    rows = list(csv.reader(io.StringIO((tmp_path / "all.csv").read_text(encoding="utf-8-sig"))))
    assert rows == [["Name", "Count"], ["Zoë", "10"]]
