"""A place to drop a file on, or to choose one from."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from ui import theme
from ui.language import tr
from ui.widgets.parts import WIDE, button, heading

_CONTEXT = "DropArea"
ICON_SIDE = 36


class DropArea(QWidget):
    """Tells which file was chosen or dropped. While one is held over it, the frame says that it may be dropped."""

    chosen = Signal(str)
    refused = Signal(str)
    """Why what was dropped is not taken, in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drop_area")
        self.setAcceptDrops(True)
        self._is_over = False
        self.words = heading(tr(_CONTEXT, "Drop a CSV file here, or choose one."), "drop_words")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = button(tr(_CONTEXT, "Choose file…"), "choose_file", self._on_choose, main=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, WIDE + ICON_SIDE + 6, WIDE, WIDE)
        column.setSpacing(10)
        column.addWidget(self.words)
        column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignHCenter)

    @Slot()
    def _on_choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            tr(_CONTEXT, "Choose file…"),
            "",
            tr(_CONTEXT, "Tables (*.csv *.txt *.tsv);;All files (*)"),
        )
        if name:
            self.chosen.emit(name)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files of this computer."""
        if files_in(event.mimeData()):
            event.acceptProposedAction()
            self._show_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """It was taken away again."""
        self._show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Something was dropped."""
        self._show_over(False)
        files = files_in(event.mimeData())
        event.acceptProposedAction()
        if len(files) == 1:
            self.chosen.emit(files[0])
        else:
            self.refused.emit(tr(_CONTEXT, "Those are several files. Import them one after another."))

    def _show_over(self, is_over: bool) -> None:
        self._is_over = is_over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """A dashed frame and the sign of the page."""
        tone = theme.tones()
        colour = self.palette().color(QPalette.ColorRole.Highlight) if self._is_over else QColor(tone.quiet)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(tone.border if self._is_over else tone.card))
        painter.setPen(QPen(colour, 2 if self._is_over else 1.2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 10, 10)
        sign = QRectF((self.width() - ICON_SIDE) / 2, WIDE - 2, ICON_SIDE, ICON_SIDE)
        theme.draw_lines(painter, "import", sign, colour)
        painter.end()


def files_in(dropped: QMimeData) -> list[str]:
    """The files of this computer in what is dragged."""
    return [url.toLocalFile() for url in dropped.urls() if url.isLocalFile()]
