"""A box to choose from: what a tool selects in its list counts, what the mouse passes over does not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel

from ui.widgets.choice_box import ChoiceBox


@pytest.fixture
def box(qtbot) -> ChoiceBox:
    made = ChoiceBox("length", "Length")
    made.addItems(["short", "middle", "long"])
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.is_followed)
    return made


def select(box: ChoiceBox, row: int) -> None:
    """What a screen reader does."""
    rows = QItemSelectionModel.SelectionFlag.ClearAndSelect
    box.view().selectionModel().select(box.model().index(row, 0), rows)


def test_selecting_from_outside_chooses(box: ChoiceBox, qtbot) -> None:
    """A box can be set from outside by name, and set again to the same after the window set it otherwise."""
    with qtbot.waitSignal(box.currentIndexChanged):
        select(box, 2)
    assert box.currentText() == "long"
    box.setCurrentIndex(0)
    select(box, 2)
    assert box.currentText() == "long"
    assert (box.objectName(), box.accessibleName()) == ("length", "Length")


@pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise|grabbing)")
def test_an_open_list_waits_for_a_choice(box: ChoiceBox) -> None:
    """While the list is open, passing over an entry chooses nothing."""
    box.showPopup()
    select(box, 1)
    assert box.currentText() == "short"
    box.hidePopup()
