"""Settings that keep ids are chosen by name."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.errors import TryLater
from app.service.by_name import LISTED, Choices, Named
from app.settings import SETTINGS
from ui.dialogs.by_name import ListDialog, TableDialog, dialog_for
from ui.pages.choosing import NameChooser
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.setting_field import SettingField

PLACES = (Named("11", "Harbour Street"), Named("12", "Market Lane"))
USERS = (Named("7", "Ari Novak (ari@example.test)"), Named("8", "Kim Ash (kim@example.test)"))


def field(qtbot, key: str) -> SettingField:
    made = SettingField(SETTINGS[key])
    qtbot.addWidget(made)
    made.show()
    return made


def served(qtbot, at_once, key: str, choices: object, names: dict[str, str]) -> SettingField:
    def answer(asked: str) -> Choices:
        assert asked == key
        if isinstance(choices, BaseException):
            raise choices
        assert isinstance(choices, Choices)
        return choices

    setup = SimpleNamespace(choices=answer, known_names=lambda asked: names if asked == key else {})
    made = field(qtbot, key)
    window = QWidget()
    qtbot.addWidget(window)
    chooser = NameChooser(at_once(setup=setup), window)
    chooser.attach(made)
    chooser.look()
    made.keeper = chooser
    return made


def in_dialog(act) -> None:
    """Do this with the dialog once it is open."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(20, look)
            return
        act(dialog)
        dialog.accept()

    QTimer.singleShot(20, look)


@pytest.mark.parametrize("key", sorted(LISTED))
def test_every_setting_of_ids_has_the_button(qtbot, key: str) -> None:
    """Nobody at the desk has to know an id."""
    made = field(qtbot, key)
    assert made.choose.text() == made.choose.accessibleName() == "Choose by name…"
    with qtbot.waitSignal(made.choose_wanted) as asked:
        made.choose.click()
    assert asked.args == [key]


def test_places_are_ticked(qtbot, at_once) -> None:
    """R17: by business; what is kept is ticked, and afterwards called by its name."""
    made = served(qtbot, at_once, "patients.businesses", Choices(PLACES), {"11": "Harbour Street"})
    made.show_value(["11"])
    assert made.names.text() == "Harbour Street"

    def tick(dialog: ListDialog) -> None:
        states = [dialog.list.item(n).checkState() for n in range(2)]
        assert states == [Qt.CheckState.Checked, Qt.CheckState.Unchecked]
        dialog.list.item(1).setCheckState(Qt.CheckState.Checked)

    in_dialog(tick)
    with qtbot.waitSignal(made.changed) as told:
        made.choose.click()
    assert told.args == ["patients.businesses", ["11", "12"]]


def test_one_owner_or_nobody(qtbot) -> None:
    """R26: one HubSpot user, found by name; Nobody clears it; one who left stays until another is chosen."""
    dialog = dialog_for("text", "Fixed owner", Choices(USERS), "8")
    qtbot.addWidget(dialog)
    assert isinstance(dialog, ListDialog)
    assert dialog.list.currentItem().text().startswith("Kim")
    dialog.search.setText("ari")
    assert [not dialog.list.item(n).isHidden() for n in range(3)] == [False, True, False]
    dialog.list.setCurrentRow(0)
    assert dialog.value() is None
    gone = dialog_for("text", "Fixed owner", Choices(USERS), "99")
    qtbot.addWidget(gone)
    assert gone.value() == "99"


def test_owners_beside_practitioners_and_names_beside_types(qtbot) -> None:
    """R26, R84: a line for each; empty lines are left out, what is not listed any more is not lost."""
    owners = dialog_for("table", "Owners", Choices(PLACES, USERS), {"11": "8", "77": "7"})
    qtbot.addWidget(owners)
    assert isinstance(owners, TableDialog)
    part = owners.parts["12"]
    assert isinstance(part, ChoiceBox)
    part.setCurrentIndex(part.findData("7"))
    assert owners.value() == {"77": "7", "11": "8", "12": "7"}
    names = dialog_for("table", "Names", Choices(PLACES), {"11": "Visit"})
    qtbot.addWidget(names)
    assert isinstance(names, TableDialog)
    line = names.parts["11"]
    assert isinstance(line, QLineEdit) and line.accessibleName() == "Harbour Street"
    line.setText("  ")
    assert names.value() == {}


def test_a_service_that_cannot_be_asked(qtbot, at_once) -> None:
    """What went wrong stands at the field; the ids can still be typed."""
    made = served(qtbot, at_once, "patients.practitioners", TryLater("Cliniko", "no answer"), {})
    made.choose.click()
    assert made.error.isVisible() and made.choose.isEnabled()
