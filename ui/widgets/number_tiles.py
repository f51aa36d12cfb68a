"""A row of numbers, each large over the words that say what it counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.language import number
from ui.widgets.parts import label, quiet_label

Tile = tuple[str, str, int, str]
"""Name, words, number, and the tone that the number has unless it is 0."""


class NumberTiles(QWidget):
    """Shows up to a handful of numbers beside each other."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.numbers: dict[str, QLabel] = {}
        self._words: dict[str, QLabel] = {}
        self._frames: dict[str, QFrame] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)

    def show_numbers(self, tiles: Sequence[Tile]) -> None:
        """Show these, and none of before; names that come for the first time stand last."""
        shown = {name for name, *_ in tiles}
        for name, frame in self._frames.items():
            frame.setVisible(name in shown)
        for name, words, count, tone in tiles:
            if name not in self.numbers:
                self._add(name)
            self.numbers[name].setText(number(count))
            self._words[name].setText(words)
            theme.mark(self.numbers[name], tone=tone if count else "")

    def _add(self, name: str) -> None:
        self.numbers[name] = label("", f"{self.objectName()}_{name}", 1.5, bold=True, wraps=False)
        self._words[name] = quiet_label("", f"{self.objectName()}_{name}_words")
        frame = QFrame()
        frame.setObjectName(f"{self.objectName()}_{name}_tile")
        frame.setProperty("card", True)
        column = QVBoxLayout(frame)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(0)
        column.addWidget(self.numbers[name])
        column.addWidget(self._words[name])
        self._frames[name] = frame
        self._row.addWidget(frame, 1)
