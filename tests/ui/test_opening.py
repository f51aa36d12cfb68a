"""Opening with a shared database that cannot be used: told once, corrected in the window, opened again (R86)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.assembly import assemble
from app.errors import DatabaseUnusable
from app.paths import DataFolder
from app.sandbox.demo import Demo, start_demo
from app.this_pc import ThisPC
from tests.ui.names import check_names
from tests.ui.widgets.test_mnemonics import check_letters
from ui import application, late
from ui.opening import may_be_elsewhere

NOWHERE = "postgresql://clinic@127.0.0.1:1/clinic"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    with start_demo(tmp_path, patients=5, contacts=0) as made:
        yield made


def test_back_to_this_computers_own_data(
    demo: Demo, qapp: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The notice has a button; with the address emptied, the window opens on this computer's data at once."""
    folder = DataFolder(demo.folder / "data")
    folder.prepare()
    ThisPC(folder.pc).set_database(NOWHERE)
    monkeypatch.setattr(late.assembly(), "assemble", lambda: assemble(demo.environ(), folder=folder))
    monkeypatch.setattr(qapp, "exit", lambda code: None)
    window = application.Window(qapp, folder.root)
    window.start()
    notice = window.main.notice
    qtbot.waitUntil(notice.isVisible, timeout=15000)
    assert notice.act.isVisible() and notice.act.accessibleName() == "Shared database…"
    assert notice.words.text().startswith("The shared database cannot be reached.")
    notice.act.click()
    dialog = window.opening.dialog
    qtbot.waitUntil(lambda: dialog.card.address.text() == NOWHERE, timeout=5000)
    check_names(dialog)
    check_letters(dialog)
    dialog.card.address.setText("")
    dialog.card.keep.click()
    qtbot.waitUntil(lambda: window.program is not None, timeout=10000)
    assert not notice.isVisible()
    assert ThisPC(folder.pc).database() == ""
    assert window.opening.dialog is None
    if window.wizard is not None:
        window.wizard.close()
    window.quit()
    qtbot.waitUntil(window._stopped.is_set, timeout=6000)
    window._poll.stop()
    window.end()
    window.main.close()


def test_closed_without_a_change(demo: Demo, qapp: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever closes the dialog finds the notice again, and quitting needs no database."""
    folder = DataFolder(demo.folder / "data")
    folder.prepare()
    ThisPC(folder.pc).set_database(NOWHERE)
    codes: list[int] = []
    monkeypatch.setattr(late.assembly(), "assemble", lambda: assemble(demo.environ(), folder=folder))
    monkeypatch.setattr(qapp, "exit", codes.append)
    window = application.Window(qapp, folder.root)
    window.start()
    notice = window.main.notice
    qtbot.waitUntil(notice.isVisible, timeout=15000)
    notice.act.click()
    assert not notice.isVisible()
    window.opening.dialog.shut.click()
    assert notice.isVisible() and window.opening.dialog is None
    window.quit()
    assert codes == [0]
    window.end()
    window.main.close()


class Kept:
    def __init__(self, address: str, is_damaged: bool = False) -> None:
        self._address, self._is_damaged = address, is_damaged

    def address(self) -> str:
        if self._is_damaged:
            raise DatabaseUnusable("it is damaged")
        return self._address


def test_only_where_it_can_help() -> None:
    """A damaged file on this computer is no matter of an address; a note of it that cannot be read is."""
    assert not may_be_elsewhere(None)
    assert not may_be_elsewhere(Kept(""))
    assert may_be_elsewhere(Kept(NOWHERE))
    assert may_be_elsewhere(Kept("", is_damaged=True))
