"""A question before a step that matters: what happens, what it means, one main button."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from ui.language import tr
from ui.widgets.mnemonics import give_letters


def is_confirmed(parent: QWidget, title: str, act: str, text: str, name: str = "confirm") -> bool:
    """Ask, with the act itself on the button; True if it was pressed. Leaving is the default."""
    box = QMessageBox(parent)
    box.setObjectName(name)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(title)
    box.setText(title)
    box.setInformativeText(text)
    do = _named(box.addButton(act, QMessageBox.ButtonRole.AcceptRole), f"{name}_do", act)
    leave_words = tr("Confirm", "Cancel")
    leave = _named(
        box.addButton(leave_words, QMessageBox.ButtonRole.RejectRole), f"{name}_cancel", leave_words
    )
    box.setDefaultButton(leave)
    give_letters(box)
    box.exec()
    return box.clickedButton() is do


def _named(pressed: QPushButton, name: str, text: str) -> QPushButton:
    pressed.setObjectName(name)
    pressed.setAccessibleName(text)
    return pressed
