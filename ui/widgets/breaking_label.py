"""A text that may break anywhere, for narrow columns of values such as addresses, which hold no spaces."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QLabel

LETTERS = 9
"""It is never narrower than so many average characters."""


class BreakingLabel(QLabel):
    """Draws its words over as many lines as they take; tools read them whole, as of any label."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A few letters wide."""
        wide = self._around().width() + self.fontMetrics().averageCharWidth() * LETTERS
        return QSize(wide, self._around().height() + self.fontMetrics().height())

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """The height of the lines at a width."""
        _, height = self._lines(width - self._around().width())
        return self._around().height() + round(height + 0.5)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The ground, then the lines."""
        QFrame.paintEvent(self, event)
        box = self.contentsRect()
        layout, height = self._lines(box.width())
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            layout.draw(painter, QPointF(box.left(), box.top() + max(0.0, (box.height() - height) / 2)))

    def _around(self) -> QSize:
        margins = self.contentsMargins()
        return QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _lines(self, width: int) -> tuple[QTextLayout, float]:
        """The text in lines of this width, and their height together."""
        option = QTextOption(Qt.AlignmentFlag.AlignLeading)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(self.layoutDirection())
        layout = QTextLayout(self.text(), self.font())
        layout.setTextOption(option)
        height = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout, height
