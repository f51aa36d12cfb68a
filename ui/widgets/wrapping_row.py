"""A row of controls that goes on in a further line where the window is too narrow for all of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

GAP = 8


class WrappingRow(QWidget):
    """What comes first stands at the beginning of the first line, everything else at the end of each line, as in a
    row with a stretch after its first part."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, *parts: QWidget) -> None:
        """Put controls at the end."""
        self.insert(len(self.parts), *parts)

    def insert(self, place: int, *parts: QWidget) -> None:
        """Put controls before the one at this place."""
        for part in parts:
            part.setParent(self)
        self.parts[place:place] = parts
        self._arrange()

    # what Qt asks

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """The height of all lines at a width."""
        lines = self._lines(width)
        return sum(_height(line) for line in lines) + GAP * max(0, len(lines) - 1)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Everything in one line."""
        shown = self._shown()
        return QSize(_width(shown), _height(shown))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The widest part alone in its line, and as high as the lines are now."""
        widest = max((part.minimumSizeHint().width() for part in self._shown()), default=0)
        return QSize(widest, self.heightForWidth(max(self.width(), widest)))

    def event(self, event: QEvent) -> bool:
        """A part says something else, or came or went."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """There is more or less room."""
        super().resizeEvent(event)
        self._arrange()

    # inside

    def _arrange(self) -> None:
        """Put each part in its place; a mirrored window begins at the right."""
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        top, room = 0, self.width()
        for number, line in enumerate(self._lines(room)):
            high = _height(line)
            left = max(0, room - _width(line))
            for part in line:
                size = part.sizeHint()
                wide = size.width()
                if number == 0 and part is self.parts[0]:
                    # Its words take whatever room the line has left.
                    left, wide = 0, wide + left
                wide = min(wide, room)
                start = room - left - wide if is_mirrored else left
                part.setGeometry(QRect(start, top + (high - size.height()) // 2, wide, size.height()))
                left += wide + GAP
            top += high + GAP
        self.updateGeometry()

    def _shown(self) -> list[QWidget]:
        return [part for part in self.parts if not part.isHidden()]

    def _lines(self, room: int) -> list[list[QWidget]]:
        lines: list[list[QWidget]] = []
        for part in self._shown():
            if lines and _width([*lines[-1], part]) <= room:
                lines[-1].append(part)
            else:
                lines.append([part])
        return lines


def _width(line: list[QWidget]) -> int:
    return sum(part.sizeHint().width() for part in line) + GAP * max(0, len(line) - 1)


def _height(line: list[QWidget]) -> int:
    return max((part.sizeHint().height() for part in line), default=0)
