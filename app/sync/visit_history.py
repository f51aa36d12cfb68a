"""Every other appointment, read once in the background: what the roll-ups and first visits need (R16)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from app.domain.clinic_time import Window
from app.domain.visits import Appointment
from app.sync.appointments import AppointmentDrafts
from app.sync.fetch import PassReader, utc_text
from app.sync.first_visits import FirstVisits
from app.sync.ports import Json
from app.sync.run import Run

STREAM = "appointments"
RESOURCE = "individual_appointments"
HIDDEN = ("archived_at:*", "cancelled_at:*", "deleted_at:*")
BATCH = 100
HISTORY = ("visits.past", "visits.future")
PAGES = 20
"""Pages of history that one execution takes when no other follows at once."""
SHORT = 5_000
"""Rows of history that are read before the first deals, so that first visits are known at once."""


def first_window(run: Run, now_window: Window, resource: str = RESOURCE) -> Window:
    """The window of the first pass, fixed when it begins: past and future of it are read as history."""
    store = run.store
    kept = store.fact(f"{resource}.window")
    if not kept:
        kept = f"{now_window.start.isoformat()}|{now_window.end.isoformat()}"
        store.set_fact(f"{resource}.window", kept)
    start, _, end = kept.partition("|")
    return Window(datetime.fromisoformat(start), datetime.fromisoformat(end))


class VisitHistory:
    """The past and the future beyond the first window, page by page, into the local table only."""

    def __init__(
        self,
        run: Run,
        drafts: AppointmentDrafts,
        firsts: FirstVisits,
        now_window: Window,
        parse: Callable[[Sequence[Json]], list[Appointment]],
    ) -> None:
        self._run = run
        self._drafts = drafts
        self._firsts = firsts
        self._now_window = now_window
        self._parse = parse

    def _reader(self, name: str) -> PassReader:
        run = self._run
        kept = run.chain.readers.get(name)
        if kept is not None:
            return kept
        first = first_window(run, self._now_window)
        extra = (
            f"starts_at:<{utc_text(first.start)}"
            if name == "visits.past"
            else f"starts_at:>={utc_text(first.end)}"
        )
        reader = PassReader(
            run.cliniko, RESOURCE, HIDDEN, run.store.cursor(name), run.chain.executor, (extra,)
        )
        run.chain.readers[name] = reader
        return reader

    def is_short(self) -> bool:
        """Whether the history can be read before the first deals are made."""
        if self._run.store.fact("visits_complete") == "yes":
            return False
        total = 0
        for name in HISTORY:
            reader = self._reader(name)
            if reader.cursor.floor is None and not reader.is_done:
                reader.peek()
                total += reader.waiting
        return total <= SHORT

    def read(self, pages: int) -> None:
        run = self._run
        if run.store.fact("visits_complete") == "yes":
            return
        for name in HISTORY:
            if run.store.cursor(name).floor is not None:
                continue
            reader = self._reader(name)
            while pages > 0 and (rows := reader.take(BATCH)):
                run.check_stop()
                reader.read_ahead()
                pages -= 1
                self._firsts.save([self._drafts.visit(place) for place in self._parse(rows)])
                if not reader.is_done:
                    run.store.save_cursor(replace(reader.placed(str(rows[-1].get("id")), ""), name=name))
            if not reader.is_done:
                return
            run.store.save_cursor(replace(reader.finished(""), name=name))
            run.chain.readers.pop(name, None)
        if (
            STREAM in run.chain.finished_passes
            or run.store.cursor(RESOURCE).floor is not None
            or run.store.cursor(RESOURCE).place == ""
        ):
            run.store.set_fact("visits_complete", "yes")
            self._firsts.gather_all()
