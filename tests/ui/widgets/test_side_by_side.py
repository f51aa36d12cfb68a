"""Records side by side where there are many and their values are long."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from ui.widgets.breaking_label import BreakingLabel
from ui.widgets.side_by_side import Side, SideBySide, SidesArea

LONG = "maximiliane.alexandra.wilhelmina@hohenstaufen-wuerttemberg.example.test"


def test_three_records_show_whole_addresses(qtbot) -> None:
    """What has no spaces breaks where its column ends, instead of being cut; tools read it in one piece."""
    sides = SideBySide()
    area = SidesArea(sides)
    qtbot.addWidget(area)
    sides.show_sides(
        [Side("Cliniko", {"email": LONG}), Side("HubSpot 1", {"email": LONG}), Side("HubSpot 2")]
    )
    area.resize(420, 200)
    area.show()
    area.fit()
    cell = sides.findChild(QLabel, "email_1")
    assert isinstance(cell, BreakingLabel)
    assert cell.text() == LONG
    assert cell.width() < cell.fontMetrics().horizontalAdvance(LONG)
    assert cell.height() >= cell.heightForWidth(cell.width()) > 2 * cell.fontMetrics().height()
    assert not area.horizontalScrollBar().isVisible()
