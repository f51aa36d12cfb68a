"""Bars: numbers side by side, with the same in words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from app.wording import Words
from ui import theme
from ui.pages.left_out import reason_bars
from ui.widgets.bars import Bar, Bars


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_bar_reaches_as_far_as_its_number(qtbot, direction) -> None:
    """Half is half, from the side where reading begins; the same stands in words."""
    made = Bars("bars", "Use")
    qtbot.addWidget(made)
    made.setLayoutDirection(direction)
    made.show_bars([Bar("One", "5", 0.5), Bar("Two", "10", 1.0, "warn")])
    made.resize(200, made.sizeHint().height())
    picture = made.grab().toImage()
    half = made.fontMetrics().height() + 6
    colours = [picture.pixelColor(x, half) for x in (20, 180)]
    if direction == Qt.LayoutDirection.RightToLeft:
        colours.reverse()
    assert colours == [QColor(theme.tones().busy), QColor(theme.tones().border)]
    assert made.accessibleDescription() == "One: 5\nTwo: 10"


def test_the_reasons_with_most_people_come_first() -> None:
    """Who is left out and why: four reasons, and the rest in one line."""
    reasons = [(f"r{n}", Words(f"Reason {n}"), n) for n in (3, 9, 1, 2, 7, 4)]
    bars = reason_bars(reasons)
    assert [(bar.words, bar.amount) for bar in bars] == [
        ("Reason 9", "9"),
        ("Reason 7", "7"),
        ("Reason 4", "4"),
        ("Reason 3", "3"),
        ("All other reasons", "3"),
    ]
    assert bars[0].reach == 1.0


def light(colour: str) -> float:
    """Relative luminance as WCAG counts it."""
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("tones", [theme.LIGHT, theme.DARK])
@pytest.mark.parametrize("tone", ["good", "busy", "warn", "bad"])
def test_a_bar_stands_out(tones, tone: str) -> None:
    """3:1 for graphics, against the card and against the rest of its rail."""
    for ground in (tones.card, tones.border):
        bright, dim = sorted((light(getattr(tones, tone)), light(ground)), reverse=True)
        assert (bright + 0.05) / (dim + 0.05) >= 3
