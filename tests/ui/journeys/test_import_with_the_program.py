"""The whole way of an import through the window and the real program, on the made-up clinic (R70 to R73)."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QTimer

from app.assembly import Demo, open_demo
from tests.app.imports.files import csv_text, put
from ui.bridge import Bridge
from ui.dialogs.load_history import HistoryDialog
from ui.pages.imports import ImportPage

HEADINGS = ["Patient ID", "First Name", "Last Name", "Email", "Date of Birth"]
PATIENCE_MS = 20_000
WORST_S = 0.4
"""Far above what the window may take on a quiet computer; a frozen one takes seconds."""


@pytest.fixture
def opened() -> Iterator[Demo]:
    made = open_demo(patients=15)
    made.program.syncing.run(until_caught_up=True)
    yield made
    made.program.close()


@pytest.fixture
def page(opened: Demo, qtbot) -> Iterator[ImportPage]:
    bridge = Bridge()
    opened.program.live.listen(bridge.emit_event)
    bridge.start()
    bridge.begin(opened.program.care.state(), opened.program)
    made = ImportPage(bridge)
    qtbot.addWidget(made)
    made.show()
    yield made
    opened.program.stop.set()
    bridge.stop(5)


@pytest.fixture
def heartbeat(qapp) -> Iterator[Callable[[], float]]:
    """Beats every 5 ms; tells the longest pause between two beats, in seconds."""
    beats = [time.perf_counter()]
    timer = QTimer()
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))
    timer.start(5)
    yield lambda: max(b - a for a, b in zip(beats, beats[1:], strict=False))
    timer.stop()


def test_a_file_from_beginning_to_end(page: ImportPage, opened: Demo, qtbot, tmp_path: Path) -> None:
    """Choose, look, rehearse without a write, import, save the report; the same file again changes nothing."""
    known = opened.sandbox.cliniko.patients()[0]
    rows = [[str(7000 + n), f"Kim{n}", "Ash", f"kim{n}@example.test", "3/2/1980"] for n in range(120)]
    file = put(
        tmp_path,
        csv_text([HEADINGS, *rows, [f'="{known["id"]}"', "", "", "", ""], ["1E9", "A", "B", "", ""]]),
    )
    page.open_file(str(file))
    qtbot.waitUntil(lambda: page.columns.is_order_asked, timeout=PATIENCE_MS)
    page.columns.order.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "rows: 122" in page.columns.found.text(), timeout=PATIENCE_MS)
    page.columns.rehearse.click()
    qtbot.waitUntil(lambda: page.steps.currentWidget() is page.result, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: page.result.table.model.size == 122, timeout=PATIENCE_MS)
    assert page.result.tiles.numbers["done"].text() == "120"
    assert opened.sandbox.hubspot.by_email("kim5@example.test") is None
    page.result.run.click()
    qtbot.waitUntil(lambda: not page.result.is_rehearsal and not page.is_running, timeout=PATIENCE_MS)
    contact = opened.sandbox.hubspot.by_email("kim5@example.test")
    assert contact["cliniko_date_of_birth"] == "1980-02-03"
    qtbot.waitUntil(
        lambda: [row.number for row in page.result.table.model.rows] == [123], timeout=PATIENCE_MS
    )
    page.result.save_to(tmp_path / "saved.csv")
    qtbot.waitUntil(lambda: (tmp_path / "saved.csv").exists(), timeout=PATIENCE_MS)
    with (tmp_path / "saved.csv").open(encoding="utf-8-sig", newline="") as report:
        assert len(list(csv.DictReader(report))) == 122
    page.result.again.click()
    page.open_file(str(file))
    qtbot.waitUntil(lambda: page.opened is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "rows: 122" in page.columns.found.text(), timeout=PATIENCE_MS)
    assert page.columns.order.currentData() == "day_first"
    page.columns.rehearse.click()
    qtbot.waitUntil(lambda: page.steps.currentWidget() is page.result, timeout=PATIENCE_MS)
    assert page.result.tiles.numbers["done"].text() == "0"
    assert not page.result.run.isEnabled()


def test_paused_cancelled_and_taken_up_again(page: ImportPage, opened: Demo, qtbot, tmp_path: Path) -> None:
    """R72: a pause holds, a cancel ends, and the same file goes on from where it stood."""
    rows = [[str(7000 + n), f"Kim{n}", "Ash", f"kim{n}@example.test", "1980-02-03"] for n in range(320)]
    file = put(tmp_path, csv_text([HEADINGS, *rows]))
    imports, waits = opened.program.imports, []
    wait = imports._wait

    def pausing() -> None:
        waits.append(1)
        if len(waits) == 2:
            imports.pause()
        wait()

    imports._wait = pausing  # type: ignore[method-assign]
    page.open_file(str(file))
    qtbot.waitUntil(lambda: "rows: 320" in page.columns.found.text(), timeout=PATIENCE_MS)
    page.import_now()
    qtbot.waitUntil(lambda: page.running.progress.value() == 100, timeout=PATIENCE_MS)
    assert page.is_running
    page.running.cancel.click()
    qtbot.waitUntil(lambda: not page.is_running, timeout=PATIENCE_MS)
    assert page.result.tiles.numbers["waiting"].text() == "220"
    imports._wait = wait  # type: ignore[method-assign]
    page.result.run.click()
    qtbot.waitUntil(lambda: not page.is_running, timeout=PATIENCE_MS)
    assert "after row 101" in page.result.said.text()
    assert page.result.tiles.numbers["done"].text() == "320"


def test_a_large_file_never_freezes_the_window(
    page: ImportPage, qtbot, tmp_path: Path, heartbeat: Callable[[], float]
) -> None:
    """R70: 100,000 rows are there at once, looked through beside the window, and left again at any moment."""
    lines = [
        ",".join(HEADINGS),
        *(f"{n},Kim,Ash,kim{n}@example.test,1980-02-03" for n in range(7000, 107_000)),
    ]
    file = put(tmp_path, "\r\n".join(lines))
    began = time.perf_counter()
    page.open_file(str(file))
    qtbot.waitUntil(lambda: page.opened is not None, timeout=PATIENCE_MS)
    assert time.perf_counter() - began < 10.0
    qtbot.waitUntil(lambda: "rows:" in page.columns.found.text(), timeout=PATIENCE_MS)
    page.columns.rehearse.click()
    qtbot.waitUntil(lambda: page.running.progress.value() > 0, timeout=PATIENCE_MS)
    page.running.cancel.click()
    qtbot.waitUntil(lambda: not page.is_running, timeout=PATIENCE_MS)
    assert heartbeat() < WORST_S


def test_history_from_cliniko(page: ImportPage, opened: Demo, qtbot) -> None:
    """R73: rehearsed in the dialog, then brought in by the runs that follow."""
    dialog = HistoryDialog(page.asking, page)
    qtbot.addWidget(dialog)
    since = (opened.sandbox.cliniko.now() - timedelta(days=1500)).date()
    dialog.since.setDate(QDate(since.year, since.month, since.day))
    before = len(opened.sandbox.hubspot.deals())
    dialog.rehearse.click()
    qtbot.waitUntil(lambda: dialog.load.isEnabled(), timeout=PATIENCE_MS)
    assert len(opened.sandbox.hubspot.deals()) == before
    dialog.load.click()
    qtbot.waitUntil(lambda: opened.program.syncing.history_since() == since, timeout=PATIENCE_MS)
    opened.program.syncing.run(until_caught_up=True)
    assert len(opened.sandbox.hubspot.deals()) > before
    dialog.reject()
