"""A box to choose one thing from, which follows a tool or a screen reader that selects an entry of its list."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QSignalBlocker, QTimer, Slot
from PySide6.QtGui import QShowEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget


class ChoiceBox(QComboBox):
    """A box without a line to type in. Scrolling the page over it does not change it.

    Qt itself leaves the box as it was when something selects in its closed list from outside.
    """

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        """`name` becomes its objectName, `title` the accessible name."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.is_followed = False

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """The list is made when the box has been painted: nothing in the window may wait for it."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.follow)

    @Slot()
    def follow(self) -> None:
        """Heed the list from now on."""
        if not self.is_followed:
            self.is_followed = True
            self.view().selectionModel().selectionChanged.connect(self._on_selected)
            self.currentIndexChanged.connect(self._on_index)

    @Slot(QItemSelection, QItemSelection)
    def _on_selected(self, added: QItemSelection, gone: QItemSelection) -> None:
        rows = {index.row() for index in added.indexes()}
        # While the list is open, the mouse moves its selection; then a click or a key chooses.
        if len(rows) == 1 and not self.view().isVisible():
            self.setCurrentIndex(rows.pop())

    @Slot(int)
    def _on_index(self, row: int) -> None:
        """The same entry may be selected again after the box was set otherwise."""
        if not self.view().isVisible():
            blocked = QSignalBlocker(self.view().selectionModel())
            self.view().setCurrentIndex(self.model().index(row, self.modelColumn()))
            blocked.unblock()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave the wheel to the page."""
        event.ignore()
