"""Numbers beside each other: what is not told any more does not stay."""

from __future__ import annotations

from ui.widgets.number_tiles import NumberTiles


def test_a_number_of_before_does_not_stay(qtbot) -> None:
    """I8: after a stopped rehearsal a whole one does not keep the rows that were not reached."""
    made = NumberTiles("numbers")
    qtbot.addWidget(made)
    made.show()
    made.show_numbers([("done", "Done", 300, "good"), ("waiting", "Not reached", 3700, "busy")])
    qtbot.waitUntil(made.numbers["waiting"].isVisible)
    made.show_numbers([("done", "Done", 4000, "good")])
    assert made.numbers["done"].text() == "4,000"
    assert not made.numbers["waiting"].isVisible()
    made.show_numbers([("done", "Done", 0, "good"), ("waiting", "Not reached", 7, "busy")])
    qtbot.waitUntil(made.numbers["waiting"].isVisible)
