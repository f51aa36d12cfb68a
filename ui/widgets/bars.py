"""A few numbers side by side as bars, each with its words, told as text for those who cannot see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

THICK = 7
GAP = 9


@dataclass(frozen=True)
class Bar:
    """One line: what it is, what stands at its end, and how far it reaches (0 to 1)."""

    words: str
    amount: str
    reach: float
    tone: str = "busy"


class Bars(QWidget):
    """Bars under each other, in the tones of the theme; as high as its lines."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        """`name` is the objectName, `title` what a screen reader calls it."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.bars: tuple[Bar, ...] = ()

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these instead of those there."""
        self.bars = tuple(bars)
        self.setAccessibleDescription(self.in_words())
        self.setToolTip(self.in_words())
        self.updateGeometry()
        self.update()

    def in_words(self) -> str:
        """All lines as text."""
        return "\n".join(f"{bar.words}: {bar.amount}" for bar in self.bars)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as the lines there are."""
        return QSize(220, len(self.bars) * self._line + (0 if self.bars else 1))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Narrow it may be: words are shortened."""
        return QSize(120, self.sizeHint().height())

    @property
    def _line(self) -> int:
        return self.fontMetrics().height() + 3 + THICK + GAP

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the lines."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, bar in enumerate(self.bars):
                self._draw(painter, bar, place * self._line)

    def _draw(self, painter: QPainter, bar: Bar, top: int) -> None:
        tone, metrics = theme.tones(), self.fontMetrics()
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        before, after = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if is_mirrored:
            before, after = after, before
        box = QRectF(0, top, self.width(), metrics.height())
        painter.setPen(self.palette().color(self.foregroundRole()))
        room = self.width() - metrics.horizontalAdvance(bar.amount) - 2 * GAP
        words = metrics.elidedText(bar.words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, before, words)
        painter.drawText(box, after, bar.amount)
        painter.setPen(Qt.PenStyle.NoPen)
        rail = QRectF(0, top + metrics.height() + 3, self.width(), THICK)
        painter.setBrush(QColor(tone.border))
        painter.drawRoundedRect(rail, THICK / 2, THICK / 2)
        reach = min(max(bar.reach, 0.0), 1.0)
        if reach > 0:
            wide = max(float(THICK), rail.width() * reach)
            left = rail.right() - wide if is_mirrored else rail.left()
            painter.setBrush(QColor(getattr(tone, bar.tone)))
            painter.drawRoundedRect(QRectF(left, rail.top(), wide, THICK), THICK / 2, THICK / 2)
