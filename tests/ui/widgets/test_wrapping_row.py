"""A row of buttons in a wide and in a narrow place, also mirrored."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.widgets.parts import button, quiet_label
from ui.widgets.wrapping_row import WrappingRow


def row(qtbot, width: int, is_mirrored: bool = False) -> tuple[QWidget, list[QPushButton], QWidget]:
    root = QWidget()
    qtbot.addWidget(root)
    if is_mirrored:
        root.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    column, wrapping = QVBoxLayout(root), WrappingRow()
    column.setContentsMargins(0, 0, 0, 0)
    count = quiet_label("5 rows", "count")
    buttons = [button(f"Do the long thing {place}", f"do_{place}") for place in range(4)]
    wrapping.add(count, buttons[0], *buttons[2:])
    wrapping.insert(2, buttons[1])
    column.addWidget(wrapping)
    root.resize(width, 40)
    root.show()
    root.resize(width, root.heightForWidth(width))
    return root, buttons, count


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_one_line_where_there_is_room(is_mirrored: bool, qtbot) -> None:
    """The words stand at the beginning, the buttons in their order at the end."""
    root, buttons, count = row(qtbot, 1200, is_mirrored)
    assert len({part.y() for part in buttons}) == 1
    places = [part.x() for part in buttons]
    assert places == sorted(places, reverse=is_mirrored)
    ends = (buttons[-1].x(), count.geometry().right() + 1)
    assert ends == ((0, 1200) if is_mirrored else (1200 - buttons[-1].width(), count.geometry().right() + 1))
    assert count.x() == 0 or is_mirrored


def test_further_lines_where_there_is_not(qtbot) -> None:
    """Nothing is cut and nothing asks for a window that is wider than the screen."""
    root, buttons, count = row(qtbot, 420)
    assert len({part.y() for part in buttons}) > 1
    for part in [count, *buttons]:
        assert root.rect().contains(part.geometry())
    assert root.minimumSizeHint().width() < 420
