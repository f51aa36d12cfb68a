"""Names for tools and screen readers: every control on every page, in the set-up and in the dialogs."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.service.pages import PersonLine
from app.wording import Words
from tests.ui.names import SNAKE, check_names, own_controls
from ui import late
from ui.dialogs.contact_choice import ContactDialog
from ui.dialogs.unlink_repair import RepairDialog
from ui.pages.home import HomePage
from ui.wizard.wizard import Wizard

BOLD = {
    "home": {"Sync now", "Pause"},
    "activity": {"Why", "Undo"},
    "people": {"Sync this record now", "Unlink and repair…", "Link to another contact…"},
    "hubspot_setup": {"Check", "Repair"},
}


def build(name: str, at_once) -> QWidget:
    asking = at_once()
    return HomePage(asking) if name == "home" else late.page_class(name)(asking)


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
