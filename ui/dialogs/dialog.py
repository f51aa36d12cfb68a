"""What every dialog has in common: a letter to press with Alt for each of its buttons and switches."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog

from ui.widgets.mnemonics import give_letters


class Dialog(QDialog):
    """A dialog that gives its controls their letters when it is shown."""

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Only now everything stands where it will be seen."""
        super().showEvent(event)
        give_letters(self)
