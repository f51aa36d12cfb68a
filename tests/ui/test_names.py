"""Names for tools and screen readers: every control on every page, in the set-up and in the dialogs."""

from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QProgressBar,
    QTableView,
    QTabWidget,
    QTextBrowser,
    QToolButton,
    QWidget,
)

from app.service.pages import PersonLine
from app.wording import Words
from ui import late
from ui.dialogs.contact_choice import ContactDialog
from ui.dialogs.unlink_repair import RepairDialog
from ui.pages.home import HomePage
from ui.wizard.wizard import Wizard

CONTROLS = (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QProgressBar,
    QTableView,
    QTabWidget,
    QTextBrowser,
)
SNAKE = re.compile(r"[a-z][a-z0-9_]*")
BOLD = {
    "home": {"Sync now", "Pause"},
    "activity": {"Why", "Undo"},
    "people": {"Sync this record now", "Unlink and repair…", "Link to another contact…"},
    "hubspot_setup": {"Check", "Repair"},
}


def build(name: str, at_once) -> QWidget:
    asking = at_once()
    return HomePage(asking) if name == "home" else late.page_class(name)(asking)


def own_controls(root: QWidget) -> list[QWidget]:
    """The controls that we made: Qt's own inner parts have names that begin with qt_ or belong to a control."""
    found = []
    for part in root.findChildren(QWidget):
        inner = (
            part.objectName().startswith("qt_")
            or _within_combo(part)
            or isinstance(part.parentWidget(), (QComboBox, QAbstractSpinBox, QTableView, QLineEdit))
        )
        inner = inner or type(part).__name__ in ("QTabBar", "QComboBoxListView", "QTableCornerButton")
        inner = inner or (type(part) is QToolButton and "ScrollLeft" in part.objectName())
        inner = inner or (type(part) is QToolButton and "ScrollRight" in part.objectName())
        if isinstance(part, CONTROLS) and not inner:
            found.append(part)
    return found


def _within_combo(part: QWidget) -> bool:
    above = part.parentWidget()
    while above is not None and not isinstance(above, QComboBox):
        above = above.parentWidget()
    return above is not None


def check_names(root: QWidget) -> None:
    for part in own_controls(root):
        where = f"{type(part).__name__} {part.objectName()!r} {part.accessibleName()!r}"
        if type(part) is QAbstractButton:
            continue
        assert SNAKE.fullmatch(part.objectName()), where
        hidden = isinstance(part, QAbstractButton) and not part.text()
        assert part.accessibleName() or hidden, where
        if isinstance(part, QAbstractButton):
            assert part.accessibleName() == part.text().replace("&", ""), where
        if isinstance(part, QTableView):
            assert part.accessibleDescription(), where
    for text in root.findChildren(QLabel):
        assert not text.accessibleName(), text.objectName()


@pytest.mark.parametrize(("name", "title"), [(name, title) for name, _, title in late.PAGE_TITLES])
def test_every_control_of_a_page_has_its_names(name: str, title: str, qtbot, at_once) -> None:
    """Each page is named like its entry, each control by its visible text, with an objectName in snake_case."""
    page = build(name, at_once)
    qtbot.addWidget(page)
    assert page.accessibleName() == title
    assert page.objectName() == f"{name}_page"
    check_names(page)
    names = {part.accessibleName() for part in page.findChildren(QAbstractButton)}
    assert BOLD.get(name, set()) <= names


def test_every_control_of_the_wizard_has_its_names(qtbot, at_once) -> None:
    """The set-up can be gone through from outside as well."""
    wizard = Wizard(at_once(), None)
    qtbot.addWidget(wizard)
    check_names(wizard)


def test_every_control_of_the_contact_choice_has_its_names(qtbot, at_once) -> None:
    """Linking to another contact can be driven from outside too."""
    line = PersonLine("patient", "4", "Ann Lee", "active", "linked", "created", "51", Words(""), None, False)
    for dialog in (RepairDialog(at_once(), line, True), ContactDialog(at_once())):
        qtbot.addWidget(dialog)
        assert SNAKE.fullmatch(dialog.objectName()) and dialog.accessibleName() == dialog.windowTitle()
        check_names(dialog)


def test_object_names_are_unique_on_a_page(qtbot, at_once) -> None:
    """A tool finds a control by its objectName alone."""
    for name, _, _ in late.PAGE_TITLES:
        page = build(name, at_once)
        qtbot.addWidget(page)
        names = [part.objectName() for part in own_controls(page)]
        assert sorted(names) == sorted(set(names)), name
