"""The import service: what it tells while it works, what it asks, and its report page by page (R70 to R73)."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.assembly import Demo, open_demo
from app.domain.imported import RowResult
from app.errors import BadInput, Cancelled, DateOrderOpen, OtherInstance
from app.imports.progress import ReportFile
from app.service.import_report import copy_report, read_rows
from app.service.imports import Going
from tests.app.imports.files import csv_text, put

HEADINGS = ["Patient ID", "First Name", "Last Name", "Email", "Date of Birth"]


def rows(count: int) -> list[list[str]]:
    return [[str(7000 + n), f"Kim{n}", "Lee", f"kim{n}@example.test", "1980-02-03"] for n in range(count)]


@pytest.fixture(scope="module")
def opened() -> Iterator[Demo]:
    """A program on a clinic whose past goes back further than a first sync looks."""
    made = open_demo(patients=20)
    made.program.syncing.run(until_caught_up=True)
    yield made
    made.program.close()


def test_what_is_asked_before(opened: Demo, tmp_path: Path) -> None:
    """R70, R71: the preview names the field that lacks a column, and asks for a zone only where times have none."""
    imports = opened.program.imports
    named = put(tmp_path, csv_text([["No", "First Name", "Last Name"], ["1", "A", "B"]]))
    found = imports.preview(named)
    assert (found.lacks, bool(found.problem)) == ("id", True)
    assert imports.preview(named, None, {"No": "id"}).lacks == ""
    headings = ["Appointment ID", "Start Time", "Patient ID"]
    for time_text, asks in (
        ("2024-02-03 09:00:00", True),
        ("13/02/2024 09:00", True),
        ("02/13/2024 09:00", True),
        ("2024-02-03 09:00:00 UTC", False),
        ("2024-02-03T09:00:00+11:00", False),
        ("soon", False),
    ):
        visits = put(tmp_path, csv_text([headings, ["1", time_text, "7001"]]), "visits.csv")
        assert imports.preview(visits).asks_zone is asks, time_text


def test_the_order_of_dates_is_asked_for(opened: Demo, tmp_path: Path) -> None:
    """R70: a look through the whole file settles the order, or tells that it has to be asked."""
    imports = opened.program.imports
    unclear = put(tmp_path, csv_text([HEADINGS, ["7001", "A", "B", "", "1/2/1980"]]))
    with pytest.raises(DateOrderOpen):
        imports.check(unclear, "patients")
    assert imports.usual_order() == "day_first"
    columns, seen = imports.check(unclear, "patients", {"date_order": "day_first"})
    assert (columns.order_of("date_of_birth"), seen.rows) == ("day_first", 1)
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        imports.check(put(tmp_path, csv_text([HEADINGS, *rows(600)])), "patients", None, stop)


def test_where_it_stands(opened: Demo, tmp_path: Path) -> None:
    """R72: while it works it tells how far it is; a cancel ends it between two batches, one given before at once."""
    imports = opened.program.imports
    file = put(tmp_path, csv_text([HEADINGS, *rows(250)]))
    seen: list[Going] = []
    wait, cancel = imports._wait, threading.Event()

    def watched() -> None:
        seen.append(imports.going)
        if len(seen) == 3:
            cancel.set()
        wait()

    imports._wait = watched  # type: ignore[method-assign]
    try:
        done = imports.run(file, "patients", None, dry_run=True, cancel=cancel)
    finally:
        imports._wait = wait  # type: ignore[method-assign]
    assert [(one.phase, one.done, one.total) for one in seen] == [
        ("working", 0, 250), ("working", 100, 250), ("working", 200, 250),
    ]  # fmt: skip
    assert seen[2].counts == {"done": 200}
    assert done.is_cancelled
    assert imports.going == Going()
    with pytest.raises(Cancelled):
        imports.run(file, "patients", None, dry_run=True, cancel=cancel)


def test_waiting_for_another_run(opened: Demo, tmp_path: Path) -> None:
    """The window's import waits until the run that goes on has ended; a script's is told at once (exit code 6)."""
    program = opened.program
    file = put(tmp_path, csv_text([HEADINGS, *rows(1)]))
    with program.imports._lock():
        with pytest.raises(OtherInstance):
            program.imports.run(file, "patients", None, dry_run=True)
        found: list[object] = []
        thread = threading.Thread(
            target=lambda: found.append(program.imports.run(file, "patients", None, True, waits=True))
        )
        thread.start()
        until = time.monotonic() + 5
        while program.imports.going.phase != "queued" and time.monotonic() < until:
            time.sleep(0.01)
        assert program.imports.going.phase == "queued"
    thread.join(10)
    assert len(found) == 1


def test_the_report_page_by_page(tmp_path: Path) -> None:
    """R72: any number of rows, a page at a time, by outcome and by text; as they were before a spreadsheet's guard."""
    file = ReportFile(tmp_path / "report.csv")
    file.add(
        [RowResult(2, "refused", "", "", "=odd"), RowResult(3, "held", "7003", "", "a question is open")]
    )
    file.add([RowResult(n, "done", str(7000 + n), "created") for n in range(4, 454)])
    file.close()
    first = read_rows(file.path, 0, 200)
    assert (len(first.rows), first.is_last, first.rows[0].reason) == (200, False, "=odd")
    second = read_rows(file.path, first.position, 200)
    third = read_rows(file.path, second.position, 200)
    assert [row.number for row in (*first.rows, *second.rows, *third.rows)] == list(range(2, 454))
    assert third.is_last
    needs_look = read_rows(file.path, 0, 200, frozenset({"held", "refused"}))
    assert [row.number for row in needs_look.rows] == [2, 3]
    assert [row.number for row in read_rows(file.path, 0, 200, frozenset(), "QUESTION").rows] == [3]
    copy_report(file.path, tmp_path / "copy.csv")
    assert (tmp_path / "copy.csv").read_bytes() == file.path.read_bytes()
    copy_report(file.path, file.path)
    for broken in (
        lambda: read_rows(tmp_path / "gone.csv", 0, 10),
        lambda: copy_report(file.path, tmp_path / "no such folder" / "copy.csv"),
    ):
        with pytest.raises(BadInput):
            broken()


def test_history_is_rehearsed_then_loaded(opened: Demo) -> None:
    """R73: the rehearsal counts what would come and writes nothing; then the day is set, and earlier days only."""
    program, sandbox = opened.program, opened.sandbox
    since = (sandbox.cliniko.now() - timedelta(days=1500)).date()
    before = len(sandbox.hubspot.deals())
    assert program.syncing.history_since() is None
    report = program.syncing.rehearse_history(since, threading.Event())
    coming = report.streams["appointments"].created + report.streams["appointments"].waiting
    assert report.dry_run
    assert coming > 0
    assert (program.syncing.history_since(), len(sandbox.hubspot.deals())) == (None, before)
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        program.syncing.rehearse_history(since, stop)
    program.syncing.load_history(since)
    program.syncing.load_history(since + timedelta(days=100))
    assert program.syncing.history_since() == since
    program.syncing.run(until_caught_up=True)
    assert len(sandbox.hubspot.deals()) > before
