"""The whole window on a made-up clinic with real data: names, letters, the way of the keyboard, and room for all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QWidget,
)

from app.assembly import assemble
from app.paths import DataFolder
from app.sandbox.demo import start_demo
from tests.ui.names import check_names, own_controls
from tests.ui.widgets.test_mnemonics import check_letters
from ui import application, late
from ui.dialogs.audit import AuditDialog
from ui.dialogs.contact_choice import ContactDialog
from ui.dialogs.diagnostics import DiagnosticsDialog
from ui.dialogs.load_history import HistoryDialog
from ui.dialogs.undo import UndoDialog
from ui.dialogs.unlink_repair import RepairDialog
from ui.widgets.parts import SPACE

NAMES = [name for name, _, _ in late.PAGE_TITLES]
NARROW = (683, 384)
"""1366 x 768 at 200 %."""


@dataclass
class Whole:
    """The window, with a way to let it settle."""

    window: Any
    wait: Callable[..., None]

    def open(self, name: str) -> Any:
        """A page with its first row chosen."""
        self.window.main.open_page(name)
        page = self.window.main.current
        self.wait(lambda: False, 0.25)
        table = getattr(page, "table", None) or getattr(page, "runs", None)
        if table is not None and table.model.rows:
            table.choose(0)
            self.wait(lambda: False, 0.15)
        return page


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, qapp: Any) -> Iterator[Whole]:
    root = tmp_path_factory.mktemp("clinic")
    patch = pytest.MonkeyPatch()

    def wait(fact: Callable[[], bool], seconds: float = 30.0) -> None:
        end = time.monotonic() + seconds
        while not fact() and time.monotonic() < end:
            qapp.processEvents()
            time.sleep(0.005)

    with start_demo(root, patients=40, contacts=20) as demo:
        demo.a_nickname_comes_in()
        demo.a_shared_inbox_appears()
        program = assemble(demo.environ(), folder=DataFolder(Path(root) / "data"))
        program.syncing.run(until_caught_up=True)
        patch.setattr(late.assembly(), "demo", lambda: program)
        patch.setattr(qapp, "exit", lambda code: None)
        window = application.Window(qapp, None)
        window.start()
        wait(lambda: window.program is not None)
        wait(lambda: window.bridge.state is not None and window.bridge.state.last_finished_at is not None)
        wait(lambda: not window.bridge.state.is_syncing)
        yield Whole(window, wait)
        window.quit()
        wait(window._stopped.is_set, 6.0)
        window._poll.stop()
        window.bridge.stop(1)
        program.close()
        window.main.close()
        patch.undo()


@pytest.mark.parametrize("name", NAMES)
def test_names_with_real_data(name: str, whole: Whole) -> None:
    """Every control has its name and an objectName of its own, also those that only come with data."""
    page = whole.open(name)
    check_names(page)
    names = [part.objectName() for part in own_controls(page)]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("name", NAMES)
def test_the_keyboard_goes_as_one_reads(name: str, whole: Whole) -> None:
    """Focus order follows reading order: line by line within each part, the parts one after the other."""
    page = whole.open(name)
    tabs = page.findChildren(QTabWidget)
    for place in range(tabs[0].count() if tabs else 1):
        if tabs:
            tabs[0].setCurrentIndex(place)
            whole.wait(lambda: False, 0.1)
        check_order(page)


def check_order(page: QWidget) -> None:
    order = [part for part in chain(page) if part.isVisible() and part.isEnabled()]
    assert order
    for first, second in zip(order, order[1:], strict=False):
        if column_of(first, page) != column_of(second, page):
            continue
        one, other = first.mapTo(page, QPoint()), second.mapTo(page, QPoint())
        is_below = other.y() >= one.y() + min(first.height(), second.height()) - SPACE
        is_right = other.x() > one.x() and other.y() > one.y() - first.height() - SPACE
        assert is_below or is_right, (first.objectName(), second.objectName())


def column_of(part: QWidget, page: QWidget) -> int:
    """Which side of a split the part stands on."""
    above: QWidget | None = part
    while above is not None and above is not page:
        beside = above.parentWidget()
        if isinstance(beside, QSplitter) and beside.orientation() == Qt.Orientation.Horizontal:
            return beside.indexOf(above) + 1
        above = beside
    return 0


def chain(root: QWidget) -> list[QWidget]:
    """Where Tab goes within a page, in order."""
    found, part = list[QWidget](), root.nextInFocusChain()
    while part is not root:
        if root.isAncestorOf(part) and part.focusPolicy() & Qt.FocusPolicy.TabFocus and not part.focusProxy():
            found.append(part)
        part = part.nextInFocusChain()
    return found


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_at_200_percent(name: str, whole: Whole, qapp: QApplication) -> None:
    """1366 x 768 at 200 %: whatever does not fit can be scrolled to; no text and no button is cut."""
    before = whole.window.main.size()
    whole.window.main.resize(*NARROW)
    page = whole.open(name)
    tabs = page.findChildren(QTabWidget)
    try:
        for place in range(tabs[0].count() if tabs else 1):
            if tabs:
                tabs[0].setCurrentIndex(place)
                whole.wait(lambda: False, 0.15)
            check_room(page)
    finally:
        whole.window.main.resize(before)


def check_room(root: QWidget) -> None:
    for area in root.findChildren(QScrollArea):
        off = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if off and area.isVisible() and area.widget() is not None:
            need, room = area.widget().minimumSizeHint().width(), area.viewport().width()
            assert need <= room, f"{area.widget().objectName()} needs {need}, has {room}"
    for text in root.findChildren(QLabel):
        if text.isVisible() and text.text() and not text.objectName().startswith("qt_"):
            check_label(text)
    for button in root.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= button.minimumSizeHint().width() - 1, button.objectName()


def check_label(text: QLabel) -> None:
    if text.wordWrap():
        assert text.height() >= text.heightForWidth(text.width()) - 1, text.objectName()
        widest = max(text.fontMetrics().horizontalAdvance(word) for word in text.text().split() or [""])
        assert widest <= text.contentsRect().width() + 1, text.objectName()
    else:
        assert text.width() >= text.sizeHint().width() - 1, text.objectName()


def dialogs(whole: Whole) -> dict[str, Callable[[], QDialog]]:
    """Every dialog that a page opens, on what the page shows."""
    asking, main = whole.window.bridge, whole.window.main
    people = whole.open("people")
    line = next(one for one in people.table.model.rows if one.state == "linked")
    run = whole.open("activity").runs.model.rows[-1]
    return {
        "undo": lambda: UndoDialog(asking, int(run["run_id"]), None, main),
        "audit": lambda: AuditDialog(asking, main),
        "history": lambda: HistoryDialog(asking, main),
        "repair": lambda: RepairDialog(asking, line, False, main),
        "link": lambda: RepairDialog(asking, line, True, main),
        "contact": lambda: ContactDialog(asking, main),
        "diagnostics": lambda: DiagnosticsDialog(asking, main),
    }


@pytest.mark.parametrize("name", ["undo", "audit", "history", "repair", "link", "contact", "diagnostics"])
def test_names_in_dialogs(name: str, whole: Whole) -> None:
    """Dialogs can be driven by names too, and nothing in them is cut."""
    dialog = dialogs(whole)[name]()
    try:
        dialog.show()
        whole.wait(lambda: False, 0.4)
        assert dialog.windowTitle()
        assert dialog.objectName()
        check_names(dialog)
        names = [part.objectName() for part in own_controls(dialog)]
        assert sorted(names) == sorted(set(names))
        check_room(dialog)
        check_letters(dialog)
    finally:
        dialog.close()
        dialog.deleteLater()
        whole.wait(lambda: False, 0.05)


def test_every_step_of_the_set_up(whole: Whole) -> None:
    """The set-up keeps its names, its order and its room, also where the screen is small."""
    whole.window.show_wizard()
    wizard = whole.window.wizard
    wizard.resize(NARROW[0] - 43, NARROW[1] - 43)
    for place, step in enumerate(wizard.steps):
        wizard._show(place)
        whole.wait(lambda: False, 0.2)
        check_names(wizard)
        check_room(wizard)
        order = [part for part in chain(wizard) if part.isVisible() and part.isEnabled()]
        assert order[-1].objectName() in ("wizard_next", "wizard_back"), step.name
    wizard.hide()
