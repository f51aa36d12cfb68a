"""Keep what the program holds small while it waits, day after day, in the tray.

Where a system has nothing to say about it, nothing is done.
"""

from __future__ import annotations

import ctypes
import gc
import linecache
import sys
from typing import Any, Final

M_TRIM_THRESHOLD: Final = -1
M_ARENA_MAX: Final = -8
ARENAS: Final = 2
"""By itself glibc keeps a heap for every thread, and each of them keeps what one run needed."""
TRIM_ABOVE_BYTES: Final = 128 * 1024

SEARCH_AFTER: Final = (1000, 20, 1000)
"""Young objects as often as ever; the whole heap hardly ever while something works."""


def keep_small() -> None:
    """Ask the system's allocator to share its heaps and to give back what is free. Before the first thread."""
    libc = _libc()
    if libc is not None:
        libc.mallopt(M_ARENA_MAX, ARENAS)
        libc.mallopt(M_TRIM_THRESHOLD, TRIM_ABOVE_BYTES)


def settle() -> None:
    """What stands now is there to stay: let it never again be searched for garbage, which stops every thread
    for as long as it takes. What is made later and lives long is searched after work only (`give_back`)."""
    linecache.clearcache()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SEARCH_AFTER)


def give_back() -> None:
    """After work: drop the lines of source that importing left in Python's memory, and all that is free."""
    linecache.clearcache()
    gc.collect()
    libc = _libc()
    if libc is not None:
        libc.malloc_trim(0)


def _libc() -> Any:
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "mallopt") and hasattr(libc, "malloc_trim") else None
