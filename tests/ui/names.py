"""How the names of controls are checked, for tests of single pages and of the whole window."""

from __future__ import annotations

import re

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QProgressBar,
    QTableView,
    QTabWidget,
    QTextBrowser,
    QToolButton,
    QWidget,
)

from ui.widgets.mnemonics import plain

CONTROLS = (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QProgressBar,
    QTableView,
    QTabWidget,
    QTextBrowser,
)
SNAKE = re.compile(r"[a-z][a-z0-9_]*")


def own_controls(root: QWidget) -> list[QWidget]:
    """The controls that we made: Qt's own inner parts have names that begin with qt_ or belong to a control."""
    found = []
    for part in root.findChildren(QWidget):
        inner = (
            part.objectName().startswith("qt_")
            or _within_combo(part)
            or isinstance(part.parentWidget(), (QComboBox, QAbstractSpinBox, QTableView, QLineEdit))
        )
        inner = inner or type(part).__name__ in ("QTabBar", "QComboBoxListView", "QTableCornerButton")
        inner = inner or (type(part) is QToolButton and "ScrollLeft" in part.objectName())
        inner = inner or (type(part) is QToolButton and "ScrollRight" in part.objectName())
        if isinstance(part, CONTROLS) and not inner:
            found.append(part)
    return found


def _within_combo(part: QWidget) -> bool:
    above = part.parentWidget()
    while above is not None and not isinstance(above, QComboBox):
        above = above.parentWidget()
    return above is not None


def check_names(root: QWidget) -> None:
    for part in own_controls(root):
        where = f"{type(part).__name__} {part.objectName()!r} {part.accessibleName()!r}"
        if type(part) is QAbstractButton:
            continue
        assert SNAKE.fullmatch(part.objectName()), where
        hidden = isinstance(part, QAbstractButton) and not part.text()
        assert part.accessibleName() or hidden, where
        if isinstance(part, QAbstractButton):
            assert part.accessibleName() == plain(part.text()), where
        if isinstance(part, QTableView):
            assert part.accessibleDescription(), where
    for text in root.findChildren(QLabel):
        assert not text.accessibleName(), text.objectName()
