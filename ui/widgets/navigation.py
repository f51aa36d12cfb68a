"""The list of pages on the left, with a count on the page that waits for somebody."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.language import number, tr

NARROW = 90
NAME = Qt.ItemDataRole.UserRole
COUNT = Qt.ItemDataRole.UserRole + 1


class CountDelegate(QStyledItemDelegate):
    """Draws an entry as the style does, and its count in a rounded badge at the end of the line."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one entry."""
        words = QStyleOptionViewItem(option)
        super().paint(painter, words, index)
        count = index.data(COUNT)
        if not count:
            return
        if option.rect.width() < NARROW:
            self._dot(painter, option)
            return
        text = number(count) if count < 1000 else "999+"
        tone = theme.tones()
        height = option.fontMetrics.height() + 2
        width = max(height, option.fontMetrics.horizontalAdvance(text) + 12)
        is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        x = option.rect.left() + 8 if is_mirrored else option.rect.right() - width - 8
        box = QRectF(x, option.rect.center().y() - height / 2 + 1, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone.warn))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(QColor("#16191c" if theme.is_dark() else "#ffffff"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _dot(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Where there is no room for a number, a dot says that there is one."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tones().warn))
        painter.drawEllipse(QRectF(option.rect.right() - 20, option.rect.top() + 6, 9, 9))
        painter.restore()


class Navigation(QListWidget):
    """One entry a page; the entry's name is the page's title."""

    def __init__(self, pages: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAccessibleName(tr("MainWindow", "Pages"))
        self.setAccessibleDescription(tr("MainWindow", "The pages of ClinicBridge; choose one to open it."))
        self.setIconSize(QSize(20, 20))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(CountDelegate(self))
        for name, title in pages:
            item = QListWidgetItem(theme.icon(name), title)
            item.setData(NAME, name)
            self.addItem(item)
        widest = max(self.fontMetrics().horizontalAdvance(title) for _, title in pages)
        self._wide = widest + 20 + 86
        self.setFixedWidth(self._wide)
        self._is_wide = True

    def show_words(self, wide: bool) -> None:
        """Show signs and words, or signs alone; names and tooltips stay."""
        if wide == self._is_wide:
            return
        self._is_wide = wide
        self.setFixedWidth(self._wide if wide else 62)
        for row in range(self.count()):
            item = self.item(row)
            if not item.data(COUNT):
                item.setToolTip("" if wide else item.text())

    def make_low(self, low: bool) -> None:
        """Where the window is low, the entries stand closer, so that all of them are in sight."""
        if low != bool(self.property("low")):
            self.setProperty("low", low)
            self.style().unpolish(self)
            self.style().polish(self)
            self.doItemsLayout()

    def set_count(self, name: str, count: int, words: str) -> None:
        """Show a count at a page; `words` tell it to a screen reader."""
        for row in range(self.count()):
            item = self.item(row)
            if item.data(NAME) == name:
                item.setData(COUNT, count)
                item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, words if count else "")
                item.setToolTip(words if count else "")

    def chosen(self) -> str:
        """The name of the page whose entry is selected."""
        items = self.selectedItems()
        return str(items[0].data(NAME)) if items else "home"

    def choose(self, name: str) -> None:
        """Select the entry of a page."""
        for row in range(self.count()):
            if self.item(row).data(NAME) == name:
                self.setCurrentRow(row)
