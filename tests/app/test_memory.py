"""What keeps the program small while it waits."""

from __future__ import annotations

import gc
import linecache

from app import memory


def test_the_source_lines_of_imports_are_let_go() -> None:
    """Idle in the tray: what importing left behind is dropped after each job."""
    linecache.getlines(memory.__file__)
    memory.give_back()
    assert memory.__file__ not in linecache.cache


def test_what_stands_is_not_searched_again() -> None:
    """I8: the garbage collector stops all threads, so it looks only at what came after the start."""
    memory.keep_small()
    before = gc.get_threshold()
    try:
        memory.settle()
        assert gc.get_freeze_count() > 1000
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
