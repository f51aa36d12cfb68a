"""The small parts that every page is put together from, each with the names tools and screen readers go by."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import theme

SPACE = 12
WIDE = 20


def button(
    text: str, name: str, pressed: Callable[[], object] | None = None, icon: str = "", main: bool = False
) -> QPushButton:
    """A push button whose accessible name is its text."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    if icon and not main:
        made.setIcon(theme.icon(icon))
    if main:
        made.setProperty("main", True)
    if pressed is not None:
        made.clicked.connect(lambda: pressed())
    return made


def label(text: str, name: str, size: float = 1.0, bold: bool = False, wraps: bool = True) -> QLabel:
    """A text. It keeps its words as its accessible name."""
    made = QLabel(text)
    made.setObjectName(name)
    made.setWordWrap(wraps)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if size != 1.0 or bold:
        font = QFont(made.font())
        font.setPointSizeF(max(font.pointSizeF(), 8) * size)
        font.setBold(bold)
        made.setFont(font)
    return made


def quiet_label(text: str, name: str) -> QLabel:
    """A text that stays in the background."""
    made = label(text, name)
    made.setProperty("quiet", True)
    return made


def heading(text: str, name: str) -> QLabel:
    """The title of a card or a section."""
    return label(text, name, 1.12, bold=True)


def card(name: str, *parts: QWidget | QLayout, title: str = "") -> QFrame:
    """A framed group of parts under a title."""
    frame = QFrame()
    frame.setObjectName(name)
    frame.setProperty("card", True)
    if title:
        frame.setAccessibleName(title)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(WIDE, 16, WIDE, 16)
    layout.setSpacing(SPACE)
    if title:
        layout.addWidget(heading(title, f"{name}_title"))
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return frame


def scrolled(content: QWidget, sideways: bool = False) -> QScrollArea:
    """A page that scrolls when the window is too small for it; sideways only where its values must stay whole."""
    content.setProperty("page", True)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    if not sideways:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


def gap() -> QWidget:
    """Takes whatever room is left in a row."""
    made = QWidget()
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return made
