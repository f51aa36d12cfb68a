"""Two parts beside each other where there is room, one above the other where there is not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from ui.widgets.parts import SPACE

NARROW = 900
LOW = 230
"""So wide must the window be for two parts side by side, in pixels of its scale; so high each part is at least."""


class Split(QSplitter):
    """A splitter that turns when it gets narrow. `shares` are the parts' shares of the room."""

    def __init__(
        self, name: str, first: QWidget, second: QWidget, shares: tuple[int, int], beside: bool = True
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
        self._beside = beside
        self._shares = shares
        self.setObjectName(name)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(SPACE)
        for place, part in enumerate((first, second)):
            part.setMinimumHeight(max(LOW, part.minimumHeight()))
            self.addWidget(part)
            self.setStretchFactor(place, shares[place])
        self._is_shared = False

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """From now on, follow the window's width: a page that scrolls keeps its own."""
        self.window().installEventFilter(self)
        self._turn()
        super().showEvent(event)
        if not self._is_shared:
            self._is_shared = True
            self._share()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The window changed its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._turn()
        return super().eventFilter(watched, event)

    def _turn(self) -> None:
        if not self._beside:
            return
        wide = self.window().width() >= NARROW
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if wanted != self.orientation():
            self.setOrientation(wanted)
            self._share()

    def _share(self) -> None:
        """Give each part its share of the room there is."""
        room = self.width() if self.orientation() == Qt.Orientation.Horizontal else self.height()
        whole = sum(self._shares)
        self.setSizes([room * share // whole for share in self._shares])
