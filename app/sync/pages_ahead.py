"""Pages of one list read in the background, in order, so that neither service waits for the other."""

from __future__ import annotations

import json
import threading
import zlib
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

from app.sync.ports import Page

UNPACKED = 2
"""So many pages wait as they are; further ones are packed, so that hundreds of them take little memory."""


class PagesAhead:
    """Reads one page after another while less than `depth` of them wait; each read tells the next where to begin.
    With a depth of 1 one page is read each time it is asked for, and none by itself.

    No thread ever waits here: a read that ends begins the next one, and so does a page that is taken.
    """

    def __init__(self, executor: ThreadPoolExecutor, depth: int) -> None:
        self.depth = depth
        self._executor = executor
        self._lock = threading.Lock()
        self._under_way: Future[None] | None = None
        self._waiting: deque[Page | bytes | BaseException] = deque()
        self._next: Callable[[], Page] | None = None
        self._go_on: Callable[[Page], Callable[[], Page] | None] = lambda page: None
        self._round = 0

    def start(self, read: Callable[[], Page], go_on: Callable[[Page], Callable[[], Page] | None]) -> None:
        """Begin with `read`, unless something is under way or waits already. `go_on` gives the read that follows
        a page, None at the end; it is called on a background thread."""
        with self._lock:
            if not self._is_busy:
                self._next, self._go_on = read, go_on
                self._submit()

    @property
    def is_busy(self) -> bool:
        """Whether a page waits or is under way."""
        with self._lock:
            return self._is_busy

    @property
    def _is_busy(self) -> bool:
        return bool(self._waiting) or self._under_way is not None

    def take(self) -> Page:
        """The next page, waited for where it is under way; raises what its reading raised. Only where busy."""
        with self._lock:
            under_way = None if self._waiting else self._under_way
        if under_way is not None:
            under_way.result()
        with self._lock:
            found = self._waiting.popleft()
            self._submit()
        if isinstance(found, BaseException):
            raise found
        return _unpacked(found) if isinstance(found, bytes) else found

    def forget(self) -> None:
        """Drop what waits and what is under way; for a list that turns out to need another order."""
        with self._lock:
            self._round += 1
            self._waiting.clear()
            self._under_way = self._next = None

    def _submit(self) -> None:
        if self._next is None or self._under_way is not None or len(self._waiting) >= self.depth:
            return
        read, self._next = self._next, None
        try:
            self._under_way = self._executor.submit(self._read, read, self._round)
        except RuntimeError:
            # The chain has ended; nobody will take another page.
            self._under_way = None

    def _read(self, read: Callable[[], Page], number: int) -> None:
        found: Page | bytes | BaseException
        following: Callable[[], Page] | None = None
        try:
            page = read()
            following = self._go_on(page)
            found = _packed(page) if len(self._waiting) >= UNPACKED else page
        except BaseException as error:  # raised again where the page is taken
            found = error
        with self._lock:
            if number != self._round:
                return
            self._waiting.append(found)
            self._under_way = None
            if self.depth > 1:
                self._next = following
                self._submit()


def _packed(page: Page) -> bytes:
    head = [page.total, page.has_next]
    text = json.dumps([*head, page.served_at.isoformat(), page.rows], separators=(",", ":"))
    return zlib.compress(text.encode(), 1)


def _unpacked(packed: bytes) -> Page:
    total, has_next, served_at, rows = json.loads(zlib.decompress(packed))
    return Page(tuple(rows), total, has_next, datetime.fromisoformat(served_at))
