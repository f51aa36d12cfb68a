"""The guide as a page to read: room between paragraphs, calm tables, lines that do not crowd."""

from __future__ import annotations

from PySide6.QtGui import (
    QBrush,
    QColor,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFrame,
    QTextFrameFormat,
    QTextTable,
)

from ui import theme

BETWEEN = 9
LINES_PERCENT = 125
INSIDE = 6
BEFORE_HEADING = 16


def give_room(document: QTextDocument) -> None:
    """Space out what was read from Markdown, which by itself stands line on line. Scrolls and words stay."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for part in document.rootFrame().childFrames():
        _space_table(part)
    block = document.begin()
    while block.isValid():
        cursor.setPosition(block.position())
        made = QTextBlockFormat()
        # In percent of the line; the plain number is what Qt names ProportionalHeight.
        made.setLineHeight(LINES_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if cursor.currentTable() is None:
            is_listed = block.textList() is not None
            made.setBottomMargin(BETWEEN / 2 if is_listed else BETWEEN)
            made.setTopMargin(BEFORE_HEADING if block.blockFormat().headingLevel() > 1 else 0)
        cursor.mergeBlockFormat(made)
        block = block.next()
    cursor.endEditBlock()


def _space_table(part: QTextFrame) -> None:
    if not isinstance(part, QTextTable):
        return
    made = part.format()
    made.setCellPadding(INSIDE)
    made.setCellSpacing(0)
    made.setBorder(1)
    made.setBorderCollapse(True)
    made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    made.setBorderBrush(QBrush(QColor(theme.tones().border)))
    made.setTopMargin(BETWEEN / 2)
    made.setBottomMargin(BETWEEN)
    part.setFormat(made)
