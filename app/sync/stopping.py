"""One wish to stop out of several: the whole program's, and that of whoever asked for this one run."""

from __future__ import annotations

import threading


class EitherStop(threading.Event):
    """Set when the program is asked to stop, or only this run is."""

    def __init__(self, *others: threading.Event) -> None:
        super().__init__()
        self._others = others

    def is_set(self) -> bool:
        """Whether any of them is set."""
        return super().is_set() or any(other.is_set() for other in self._others)
