"""Reading a Cliniko list as a pass: by id from a floor, so that ties, moves and sleep lose nothing (R3)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from functools import partial

from app.domain.ids import id_order
from app.domain.records import Cursor
from app.errors import RequestRefused
from app.sync.pages_ahead import PagesAhead
from app.sync.ports import ClinikoPort, Json, Page

OVERLAP = timedelta(seconds=120)
"""How far the floor stays behind the service's clock at the start of a pass (R3)."""

DEEP = 60
"""Pages of one list that may wait within a first load: so much of Cliniko's limit is not lost while HubSpot is
listed and the patients, on whom all else hangs, are written."""

ListPage = Callable[[str | None, int], Page]
"""(last id passed or None, page number) to a page."""


def utc_text(moment: datetime) -> str:
    """A moment as Cliniko's filters need it: whole seconds, literal Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class PassReader:
    """Rows of one list from `cursor` on, a page at a time, with the next page read ahead on request.

    Within a pass the place moves by id; at its end the floor becomes the Date of the pass's first answer less
    the overlap. Where `sort=id` is refused or ignored, pages are read by number, in Cliniko's own order of
    creation, and the pass repeats until one brings nothing new.
    """

    def __init__(
        self,
        cliniko: ClinikoPort,
        resource: str,
        hidden: Sequence[str],
        cursor: Cursor,
        executor: ThreadPoolExecutor | None = None,
        extra: Sequence[str] = (),
    ) -> None:
        self._cliniko = cliniko
        self._resource = resource
        self._conditions = tuple(hidden) + tuple(extra)
        if cursor.floor is not None:
            self._conditions = (f"updated_at:>={utc_text(cursor.floor)}", *self._conditions)
        self.cursor = cursor
        self._executor = executor
        self._buffer: deque[Json] = deque()
        self._ahead: PagesAhead | None = None
        self._last_id = cursor.place or None
        self._pass_floor = cursor.pass_floor if cursor.place else None
        self._more = True
        self._unread = 0
        self._by_number = False
        self._page_number = 1
        self._seen: set[tuple[str, str]] = set()
        self._new_in_round = False

    def reads_from(self, cursor: Cursor) -> bool:
        """Whether this pass, not yet looked at, begins where `cursor` stands."""
        mine = self.cursor
        return (mine.name, mine.floor, mine.place) == (cursor.name, cursor.floor, cursor.place)

    # reading

    def read_ahead(self, depth: int = 1) -> None:
        """Start reading on in the background, if there is more and an executor: until `depth` pages wait."""
        if self._executor is None or not self._more:
            return
        if self._ahead is None:
            self._ahead = PagesAhead(self._executor, depth)
        self._ahead.depth = max(self._ahead.depth, depth)
        if self._by_number:
            self._ahead.start(partial(self._read_numbered, self._page_number), _nothing_more)
        else:
            self._ahead.start(partial(self._read_after, self._last_id), self._page_after)

    def _page_after(self, page: Page) -> Callable[[], Page] | None:
        """How to read the page after this one, where its order can be relied on."""
        if not page.rows or not page.has_next or not _ascending(page.rows, None):
            return None
        return partial(self._read_after, str(page.rows[-1]["id"]))

    def _read_after(self, last_id: str | None) -> Page:
        return self._cliniko.list_page(self._resource, self._conditions, last_id)

    def _read_numbered(self, number: int) -> Page:
        return self._cliniko.list_page(self._resource, self._conditions, None, sort="", page=number)

    @property
    def _is_under_way(self) -> bool:
        return self._ahead is not None and self._ahead.is_busy

    def peek(self) -> None:
        """Make sure that the first page can be read, before anything is written anywhere."""
        if not self._buffer and self._more:
            self._next_page()

    def take(self, most: int, read_on: bool = True) -> list[Json]:
        """Up to `most` rows, reading on while needed; [] at the end of the pass.

        With `read_on` false only what is already here is given (a page in flight included)."""
        while not self._buffer and self._more and (read_on or self._is_under_way):
            self._next_page()
        return [self._buffer.popleft() for _ in range(min(most, len(self._buffer)))]

    def give_back(self, rows: Sequence[Json]) -> None:
        """Put rows back that the cap left for the next execution."""
        self._buffer.extendleft(reversed(rows))

    def _next_page(self) -> None:
        try:
            page = self._read()
        except RequestRefused as error:
            if self._by_number or not getattr(error, "is_sort", False):
                raise
            self._start_by_number()
            return
        if self._pass_floor is None:
            self._pass_floor = page.served_at - OVERLAP
        if self._by_number:
            self._take_numbered(page)
        elif not _ascending(page.rows, self._last_id):
            self._start_by_number()
        else:
            self._take_ordered(page)

    def _read(self) -> Page:
        if self._ahead is not None and self._ahead.is_busy:
            return self._ahead.take()
        return self._read_numbered(self._page_number) if self._by_number else self._read_after(self._last_id)

    def _take_ordered(self, page: Page) -> None:
        self._buffer.extend(page.rows)
        self._more = page.has_next and bool(page.rows)
        self._unread = max(0, page.total - len(page.rows)) if self._more else 0
        if self._more and not self._unread:
            self._unread = 1
        if page.rows:
            self._last_id = str(page.rows[-1]["id"])

    def _start_by_number(self) -> None:
        if self._ahead is not None:
            self._ahead.forget()
        self._by_number = True
        self._page_number = 1
        self._last_id = None
        self._more = True

    def _take_numbered(self, page: Page) -> None:
        fresh = [
            row for row in page.rows if (str(row.get("id")), str(row.get("updated_at"))) not in self._seen
        ]
        self._seen.update((str(row.get("id")), str(row.get("updated_at"))) for row in fresh)
        self._buffer.extend(fresh)
        self._new_in_round = self._new_in_round or bool(fresh)
        self._unread = max(0, page.total - len(self._seen))
        if page.has_next:
            self._page_number += 1
        elif self._new_in_round:
            self._page_number, self._new_in_round = 1, False
        else:
            self._more, self._unread = False, 0

    def look_ahead(self) -> Iterator[Json]:
        """Every row still to come in this pass, in hand or unread, without taking any."""
        yield from list(self._buffer)
        if not self._more or self._by_number:
            return
        rest = PassReader(
            self._cliniko, self._resource, (), Cursor(self.cursor.name, place=self._last_id or "")
        )
        rest._conditions = self._conditions
        while rows := rest.take(100):
            yield from rows

    # where it stands

    @property
    def is_done(self) -> bool:
        """Whether the pass is at its end: nothing in hand, nothing to read."""
        return not self._more and not self._buffer

    @property
    def waiting(self) -> int:
        """Rows in hand or still unread, by the service's own count."""
        return len(self._buffer) + (self._unread if self._more else 0)

    def ids_in_hand(self) -> set[str]:
        """Ids of rows already read and not yet given; the first page is read for it."""
        self.peek()
        return {str(row.get("id")) for row in self._buffer}

    def placed(self, passed_id: str, fingerprint: str) -> Cursor:
        """The cursor to record after `passed_id` was dealt with; the end of the pass lifts the floor."""
        if self.is_done:
            return self.finished(fingerprint)
        place = "" if self._by_number else passed_id or self.cursor.place
        return Cursor(
            name=self.cursor.name,
            floor=self.cursor.floor,
            place=place,
            pass_floor=self._pass_floor if place else None,
            fingerprint=self.cursor.fingerprint,
            checked_on=self.cursor.checked_on,
        )

    def finished(self, fingerprint: str, checked_on: date | None = None) -> Cursor:
        """The cursor after a whole pass."""
        return Cursor(
            name=self.cursor.name,
            floor=self._pass_floor or self.cursor.floor,
            fingerprint=fingerprint,
            checked_on=checked_on or self.cursor.checked_on,
        )


def _nothing_more(page: Page) -> None:
    """By page number, each page is asked for once it is known where the last one ended."""


def _ascending(rows: Sequence[Json], after: str | None) -> bool:
    ids = [id_order(str(row.get("id", ""))) for row in rows]
    if after is not None and ids and ids[0] <= id_order(after):
        return False
    return all(left < right for left, right in zip(ids, ids[1:], strict=False))


def rows_by_id(cliniko: ClinikoPort, resource: str, hidden: Sequence[str], ids: Sequence[str]) -> list[Json]:
    """These records afresh, 100 a call, whatever their age or state; ids that are gone are simply absent."""
    found: list[Json] = []
    for start in range(0, len(ids), 100):
        chunk = ids[start : start + 100]
        page = cliniko.list_page(resource, (f"id:={','.join(chunk)}", *hidden), None)
        found.extend(page.rows)
    return found


def whole_list(cliniko: ClinikoPort, resource: str, conditions: Sequence[str] = ()) -> Iterator[Json]:
    """Every row of a list, whatever its age, also where Cliniko refuses or ignores the order by id (R3)."""
    reader = PassReader(cliniko, resource, tuple(conditions), Cursor(resource))
    while rows := reader.take(100):
        yield from rows


def shared_executor() -> ThreadPoolExecutor:
    """Threads for reading ahead: one for each list that may be read at once, and for HubSpot's side."""
    return ThreadPoolExecutor(max_workers=16, thread_name_prefix="read-ahead")


def stop_executor(executor: ThreadPoolExecutor) -> None:
    """End reading ahead without waiting for calls in flight."""
    executor.shutdown(wait=False, cancel_futures=True)
