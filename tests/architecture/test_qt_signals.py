"""The window library of this environment survives a long day of signals."""

from __future__ import annotations

import sys

import PySide6
from PySide6.QtCore import QObject, Signal


class Bell(QObject):
    rang = Signal(object)


def test_two_thousand_signals_do_not_wear_out_true() -> None:
    """A release that drops a reference to True at each emit aborts after some 570 of them."""
    bell = Bell()
    heard: list[object] = []
    bell.rang.connect(heard.append)
    before = sys.getrefcount(True)
    for number in range(2000):
        bell.rang.emit(number)
    assert len(heard) == 2000
    assert sys.getrefcount(True) > before - 100


def test_the_library_is_within_its_bounds() -> None:
    """6.8 to 6.11 were measured to be sound on each Python that is supported."""
    assert (6, 8) <= PySide6.__version_info__[:2] < (6, 12)
