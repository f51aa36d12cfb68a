"""Fourteen days of items and problems as bars, with the same told in words for those who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.language import day, number, tr

if TYPE_CHECKING:
    from app.service.pages import DayNumbers

_CONTEXT = "Chart"


class HistoryChart(QWidget):
    """Bars per day: items upwards in one colour, problems in front of them in another, with a pattern too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history_chart")
        self.setMinimumHeight(130)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._days: tuple[DayNumbers, ...] = ()
        self.show_days(())

    def show_days(self, days: Sequence[DayNumbers]) -> None:
        """Show these days, oldest first."""
        self._days = tuple(days)
        self.setAccessibleName(tr(_CONTEXT, "Items and problems over the last 14 days"))
        self.setAccessibleDescription(self.in_words())
        self.setToolTip(self.in_words())
        self.update()

    def in_words(self) -> str:
        """The chart as text: sums, and the days with problems."""
        if not any(one.items or one.problems for one in self._days):
            return tr(_CONTEXT, "Nothing was synced in the last 14 days.")
        items, problems = sum(one.items for one in self._days), sum(one.problems for one in self._days)
        text = tr(_CONTEXT, "Items: {items}, problems: {problems}.", items=items, problems=problems)
        bad = [day(one.day) for one in self._days if one.problems]
        return f"{text} {tr(_CONTEXT, 'Days with problems: {days}.', days=', '.join(bad))}" if bad else text

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone, metrics = theme.tones(), self.fontMetrics()
        foot, head = metrics.height() + 6, metrics.height() + 4
        area = QRectF(0, head, self.width(), max(10, self.height() - foot - head))
        most = max([one.items + one.problems for one in self._days] + [1])
        painter.setPen(QColor(tone.border))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(QColor(tone.quiet))
        painter.drawText(QRectF(0, 0, self.width(), head), Qt.AlignmentFlag.AlignLeft, number(most))
        if not self._days:
            return
        slot = area.width() / len(self._days)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for place, one in enumerate(self._days):
            left = area.width() - (place + 1) * slot if mirrored else place * slot
            wide = min(slot * 0.62, 34)
            x = left + (slot - wide) / 2
            bottom = area.bottom()
            for amount, colour in ((one.items, tone.busy), (one.problems, tone.warn)):
                if not amount:
                    continue
                high = max(3.0, area.height() * amount / most)
                bar = QRectF(x, bottom - high, wide, high)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colour))
                painter.drawRoundedRect(bar, 2, 2)
                if colour == tone.warn:
                    painter.setBrush(Qt.BrushStyle.BDiagPattern)
                    painter.drawRect(bar)
                bottom -= high
            is_shown = slot > metrics.horizontalAdvance("00") + 4
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            if is_shown:
                where = QRectF(left, area.bottom() + 4, slot, foot)
                painter.drawText(where, Qt.AlignmentFlag.AlignHCenter, str(one.day.day))
