"""The drop area: one file at a time, and words for anything else."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from ui.widgets.drop_area import DropArea


def drop(area: DropArea, *names: str) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(name) for name in names])
    enter = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    area.dragEnterEvent(enter)
    area.dropEvent(
        QDropEvent(
            QPoint(5, 5).toPointF(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip


def test_dropping(qtbot) -> None:
    """One file is taken; several are refused in words."""
    area = DropArea()
    qtbot.addWidget(area)
    with qtbot.waitSignal(area.chosen) as chosen:
        drop(area, "/somewhere/People.csv")
    assert chosen.args == ["/somewhere/People.csv"]
    with qtbot.waitSignal(area.refused) as refused:
        drop(area, "/a.csv", "/b.csv")
    assert "one after another" in refused.args[0]
    area.grab()
