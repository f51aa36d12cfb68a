"""Help: the bundle for support is read before it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from app.errors import BadInput
from tests.ui.test_names import SNAKE, check_names
from ui.dialogs.diagnostics import DiagnosticsDialog
from ui.pages.help import HelpPage

PARTS = {
    "about.json": '{"version": "0.1.0"}',
    "settings.json": "{}",
    "logs/clinicbridge.log": "line one\nline two",
    "logs/clinicbridge.log.1": "older",
}


class Care:
    """The service, small: what it wrote last is kept."""

    def __init__(self) -> None:
        self.written: list[tuple[str, Mapping[str, str]]] = []

    def diagnostics(self) -> dict[str, str]:
        return dict(PARTS)

    def write_diagnostics(self, file: Path, parts: Mapping[str, str]) -> list[str]:
        if file.name == "full.zip":
            raise BadInput("x", sentence="The file cannot be written there.")
        self.written.append((file.name, parts))
        return list(parts)


def opened(qtbot: Any, at_once: Any) -> tuple[HelpPage, DiagnosticsDialog, Care]:
    care = Care()
    page = HelpPage(at_once(care=care))
    qtbot.addWidget(page)
    page.bundle.click()
    dialog = page.findChild(DiagnosticsDialog)
    assert isinstance(dialog, DiagnosticsDialog)
    return page, dialog, care


def choose_file(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *words: (name, "ZIP (*.zip)"))


def test_each_part_is_read_before_it_is_saved(qtbot: Any, at_once: Any) -> None:
    """Choosing a part shows exactly its text, read-only; nothing is written meanwhile."""
    _, dialog, care = opened(qtbot, at_once)
    names = [dialog.list.item(place).text() for place in range(dialog.list.count())]
    assert names[0] == "Version and system" and names[2:] == [
        "Log: clinicbridge.log",
        "Log: clinicbridge.log.1",
    ]
    for place, text in enumerate(PARTS.values()):
        dialog.list.setCurrentRow(place)
        assert dialog.text.toPlainText() == text
    assert dialog.text.isReadOnly() and care.written == []


def test_what_was_read_is_what_is_saved(
    qtbot: Any, at_once: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The parts that were shown, not gathered anew; the page says what was saved."""
    page, dialog, care = opened(qtbot, at_once)
    choose_file(monkeypatch, str(tmp_path / "bundle.zip"))
    dialog.save.click()
    assert care.written == [("bundle.zip", PARTS)]
    assert "bundle.zip" in page.said.text() and "settings.json" in page.said.text()
    assert dialog.isHidden()


def test_no_file_chosen(qtbot: Any, at_once: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaving the file dialog leaves everything as it is."""
    _, dialog, care = opened(qtbot, at_once)
    choose_file(monkeypatch, "")
    dialog.save.click()
    assert care.written == [] and not dialog.isHidden()


def test_a_file_that_cannot_be_written(
    qtbot: Any, at_once: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """I11: the cause stands in the dialog, and another place can be tried."""
    _, dialog, _ = opened(qtbot, at_once)
    choose_file(monkeypatch, str(tmp_path / "full.zip"))
    dialog.save.click()
    assert "cannot be written" in dialog.said.text()
    assert dialog.save.isEnabled()


def test_it_cannot_be_gathered(qtbot: Any, at_once: Any) -> None:
    """Nothing to read, nothing to save."""

    def diagnostics() -> None:
        raise BadInput("x", sentence="The local data cannot be read.")

    dialog = DiagnosticsDialog(at_once(care=SimpleNamespace(diagnostics=diagnostics)))
    qtbot.addWidget(dialog)
    dialog.look()
    assert "cannot be read" in dialog.said.text()
    assert not dialog.save.isEnabled()


def test_every_control_has_its_names(qtbot: Any, at_once: Any) -> None:
    """The preview can be driven from outside and read by a screen reader."""
    _, dialog, _ = opened(qtbot, at_once)
    assert SNAKE.fullmatch(dialog.objectName()) and dialog.accessibleName() == dialog.windowTitle()
    check_names(dialog)
