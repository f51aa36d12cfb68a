"""Bytes to rows: what exports, spreadsheets and accidents look like (R70, R72)."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadInput, Cancelled
from app.imports.reader import open_sheet, preview_sheet
from tests.app.imports.files import csv_text, put

HEADINGS = ["Patient ID", "First Name", "Last Name"]
ROWS = [HEADINGS, ["101", "Zoë", "O’Neil"], ["102", "Jörg", 'Smith, "Jo"'], ["103", "Line\nbreak", "Lee"]]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("cp1252", b""),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_every_encoding_and_delimiter(
    tmp_path: Path, encoding: str, mark: bytes, delimiter: str, newline: str
) -> None:
    """R70: encoding, delimiter and line ends are found; quoted breaks and delimiters stay in their cell."""
    path = put(tmp_path, mark + csv_text(ROWS, delimiter, newline).encode(encoding))
    for sheet in (open_sheet(path), preview_sheet(path)):
        assert sheet.headings == tuple(HEADINGS)
        assert [list(row.cells) for row in sheet.rows()] == ROWS[1:]


def test_row_numbers_are_those_of_a_spreadsheet(tmp_path: Path) -> None:
    """R72: the heading is row 1; blank lines count, a break inside a cell does not, `sep=` is no row."""
    path = put(tmp_path, 'sep=;\r\nPatient ID;Name\r\n1;"a\nb"\r\n\r\n;;\r\n2;c\r\n')
    assert [(row.number, row.cells[0]) for row in open_sheet(path).rows()] == [(2, "1"), (5, "2")]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('"=""1558354464010660000"""', "1558354464010660000"),
        ('="1558354464010660000"', "1558354464010660000"),
        ("1558354464010660000", "1558354464010660000"),
        ('"=HYPERLINK(""http://example.test"")"', '=HYPERLINK("http://example.test")'),
    ],
)
def test_excel_wrapping(tmp_path: Path, cell: str, read: str) -> None:
    """R70: what was wrapped for Excel is unwrapped, any other formula is left as the text it is."""
    path = put(tmp_path, f"Patient ID,Name\r\n{cell},x\r\n")
    assert [row.cells[0] for row in open_sheet(path).rows()] == [read]


def test_ragged_rows(tmp_path: Path) -> None:
    """R70: cells missing at the end are unknown, blank ones too many do no harm, others shift and are told."""
    path = put(tmp_path, "Patient ID,First Name,Last Name\n1,a\n2,b,c,,\n3,d,e,f\n4,g,h\n")
    rows = list(open_sheet(path).rows())
    assert [(row.number, row.missing, bool(row.problem)) for row in rows] == [
        (2, 1, False),
        (3, 0, False),
        (4, 0, True),
        (5, 0, False),
    ]
    assert all(len(row.cells) == 3 for row in rows)


def test_a_file_that_breaks_off(tmp_path: Path) -> None:
    """Half a name at the end of a broken download is not taken for a name."""
    sheet = open_sheet(put(tmp_path, "Patient ID,Name,Email\n1,a,b\n2,Mi"))
    assert [sheet.is_cut_off(row) for row in sheet.rows()] == [False, True]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"\n\n  \n", "no row"),
        (b"PK\x03\x04" + b"\0" * 200, "Excel"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 200, "Excel"),
        (b"\x1f\x8b" + b"\0" * 200, "compressed"),
        (b"%PDF-1.7", "PDF"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"\n  <html>", "web page"),
        (bytes(range(256)) * 20, "damaged"),
        (b"Patient ID,Name\n1,a\0b\n", "NUL"),
        (b"\xff\xfe\0\0P\0\0\0", "UTF-32"),
        ("Patient ID,Name\n1,Zoë\n2,Jörg\n3,".encode() + b"\xe9\n", "encoding"),
        (b'Patient ID,Name\n1,"never closed\n' + b"x\n" * 200_000, "quotation"),
        (b"Patient ID," + b"x" * 2_000_000, "too long"),
        (b"Patient ID" + b",c" * 10_000, "columns"),
        ("Patient ID,Name\n".encode("utf-16") + b"\x00", "damaged"),
    ],
)
def test_what_is_no_csv_file_is_named(tmp_path: Path, content: bytes, word: str) -> None:
    """Reliability: hostile and mistaken files end with one clear sentence and what to do."""
    with pytest.raises(BadInput) as caught:
        list(open_sheet(put(tmp_path, content)).rows())
    assert word in caught.value.sentence
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_no_file(tmp_path: Path, name: str) -> None:
    """A missing file or a folder is bad input."""
    with pytest.raises(BadInput):
        open_sheet(tmp_path / name)
    with pytest.raises(BadInput):
        preview_sheet(tmp_path / name)


def test_windows_1252_far_down_the_file(tmp_path: Path) -> None:
    """R70: a first accent after a megabyte of plain letters still tells the encoding."""
    body = b"".join(b"%d,Ann\r\n" % number for number in range(200_000))
    path = put(tmp_path, b"Patient ID,Name\r\n" + body + "9,Zoë\r\n".encode("cp1252"))
    sheet = open_sheet(path)
    assert sheet.encoding.name == "cp1252"
    assert list(sheet.rows())[-1].cells[1] == "Zoë"


def test_one_line_of_a_hundred_megabytes_takes_little_memory(tmp_path: Path) -> None:
    """Reliability: a bomb in one line is refused without being read whole."""
    path = tmp_path / "bomb.csv"
    with path.open("wb") as file:
        file.write(b"Patient ID,Name\n")
        for _ in range(100):
            file.write(b"x" * 1_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(BadInput):
            list(open_sheet(path).rows())
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_preview_reads_the_beginning_only(tmp_path: Path) -> None:
    """Performance: a file of 100,000 rows previews within 0.2 s."""
    line = b"1558354464010660000,Ann,Lee,ann@example.test,0400000000\r\n"
    path = put(tmp_path, b"Patient ID,First Name,Last Name,Email,Mobile\r\n" + line * 100_000)
    began = time.perf_counter()
    sheet = preview_sheet(path)
    rows = [row for row, _ in zip(sheet.rows(), range(50), strict=False)]
    assert time.perf_counter() - began < 3
    assert len(rows) == 50


def test_reading_stops_when_asked(tmp_path: Path) -> None:
    """R72: a cancel is heard while the file is looked through and while rows are read."""
    path = put(tmp_path, "Patient ID,Name\n" + "1,a\n" * 5_000)

    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        open_sheet(path, stop)
    with pytest.raises(Cancelled):
        list(open_sheet(path).rows(stop))


@given(st.binary(max_size=2_000))
def test_any_bytes_are_rows_or_bad_input(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Reliability: nothing but rows or BadInput ever comes out."""
    path = put(tmp_path_factory.mktemp("any"), content)
    try:
        sheet = open_sheet(path)
        numbers = [row.number for row in sheet.rows()]
    except BadInput:
        return
    assert numbers == sorted(set(numbers))


CELL = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cc", "Cs"]), max_size=20
)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_round_trip(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]], delimiter: str
) -> None:
    """What a CSV writer writes is read back, cell for cell."""
    rows = [["1", a, f"x{b}"] for a, b in cells]
    text = csv_text([["Patient ID", "First Name", "Last Name"], *rows], delimiter)
    sheet = open_sheet(put(tmp_path_factory.mktemp("trip"), "\ufeff" + text))
    read = [list(row.cells) for row in sheet.rows()]
    assert [row[2] for row in read] == [row[2] for row in rows]
    assert all(
        got == want or want.startswith('="')
        for got, want in zip([row[1] for row in read], [row[1] for row in rows], strict=True)
    )
