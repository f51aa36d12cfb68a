"""Tables as tools and narrow windows meet them."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel

from ui.language import long_moment
from ui.tables.rows import Column
from ui.tables.table import RowsTable


def table(qtbot) -> RowsTable:
    columns = (Column("Name", lambda row: row[0], width=0), Column("Long", lambda row: row[1], width=60))
    made = RowsTable("things", "Things", "All things.", columns, ("None", "Nothing yet."))
    qtbot.addWidget(made)
    made.show_rows([("Ann", "a"), ("Bea", "b"), ("Cid", "c")])
    return made


def test_a_row_that_a_tool_adds_becomes_the_chosen_one(qtbot) -> None:
    """Driven from outside: a tool that adds a row to the selection sees that row's details."""
    made = table(qtbot)
    made.choose(0)
    chosen: list[object] = []
    made.chosen.connect(chosen.append)
    how = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    made.view.selectionModel().select(made.model.index(2, 0), how)
    assert chosen == [("Cid", "c")]


def test_a_column_that_takes_the_rest_stays_readable(qtbot) -> None:
    """At 200 % the table scrolls sideways before a name becomes dots."""
    made = table(qtbot)
    made.resize(240, 200)
    made.show()
    assert made.view.columnWidth(0) >= made.view.fontMetrics().averageCharWidth() * 18


def test_columns_of_words_give_way_before_anything_is_cut(qtbot) -> None:
    """In a narrow window words are shortened first, and times stay whole; what somebody drew stays so."""
    columns = (
        Column("Kind", lambda row: row[0], width=30, least=8),
        Column("About", lambda row: row[1], width=0),
        Column("Since", lambda row: row[1], width=9),
    )
    made = RowsTable("things", "Things", "All things.", columns, ("None", "Nothing yet."))
    qtbot.addWidget(made)
    made.show_rows([("Ann", "a")])
    made.resize(900, 200)
    made.show()
    wide = [made.view.columnWidth(place) for place in range(3)]
    made.resize(330, 200)
    narrow = [made.view.columnWidth(place) for place in range(3)]
    assert narrow[0] < wide[0] and narrow[2] == wide[2]
    assert made.view.horizontalHeader().length() <= made.view.viewport().width()
    made.resize(900, 200)
    assert [made.view.columnWidth(place) for place in range(3)] == wide
    made.view.setColumnWidth(0, 100)
    made.resize(880, 200)
    assert made.view.columnWidth(0) == 100


def test_one_row_is_one_row(qtbot) -> None:
    """Words: the count says "1 row" for one."""
    made = table(qtbot)
    made.show_rows([("Ann", "a")])
    assert made.count.text() == "1 row"


def test_a_sample_is_seen_whole(qtbot) -> None:
    """A day and its time are never cut, however few characters the column asks for."""
    text = long_moment()
    columns = (Column("Name", lambda row: row, width=0), Column("At", lambda row: text, width=1, sample=text))
    made = RowsTable("things", "Things", "All things.", columns, ("None", "Nothing yet."))
    qtbot.addWidget(made)
    made.show_rows(["Ann"])
    made.resize(300, 200)
    made.show()
    assert made.view.columnWidth(1) >= made.view.sizeHintForColumn(1)
