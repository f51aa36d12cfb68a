"""Every other appointment, read once in the background: what the roll-ups and first visits need (R16)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from app.domain.clinic_time import Window
from app.domain.visits import Appointment
from app.errors import BadInput, RequestRefused, RightsMissing
from app.events import Progress
from app.streams.visit_reading import parse_appointment
from app.sync.appointments import AppointmentDrafts
from app.sync.fetch import PassReader, utc_text
from app.sync.first_visits import FirstVisits
from app.sync.lists import Lists
from app.sync.ports import Json
from app.sync.run import Run
from app.sync.seen import want_left_out

RESOURCE = "individual_appointments"
HIDDEN = ("archived_at:*", "cancelled_at:*", "deleted_at:*")
BATCH = 100
HISTORY = ("visits.past", "visits.future")
PAGES = 20
"""Pages of history that one execution takes when no other follows at once."""
HISTORY_READ, VISITS_COMPLETE = "history_read", "visits_complete"
ONLY = "visits.only"
"""The cursor of a clinic that wants no deals."""
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
        if self._run.store.fact(HISTORY_READ) == "yes":
            return False
        total = 0
        for name in HISTORY:
            reader = self._reader(name)
            if reader.cursor.floor is None and not reader.is_done:
                reader.peek()
                total += reader.waiting
        return total <= SHORT

    def read(self, pages: int) -> None:
        """Read up to so many pages of what is left; at the end first visits are known."""
        run = self._run
        if run.store.fact(HISTORY_READ) == "yes":
            return
        done = 0
        for name in HISTORY:
            if run.store.cursor(name).floor is not None:
                continue
            reader = self._reader(name)
            while pages > 0 and (rows := reader.take(BATCH)):
                run.check_stop()
                reader.read_ahead()
                pages -= 1
                done += len(rows)
                run.emit(Progress("appointments", done=done, total=done + reader.waiting))
                self._firsts.save([self._drafts.visit(place) for place in self._parse(rows)])
                if not reader.is_done:
                    run.store.save_cursor(replace(reader.placed(str(rows[-1].get("id")), ""), name=name))
            if not reader.is_done:
                return
            run.store.save_cursor(replace(reader.finished(""), name=name))
            run.chain.readers.pop(name, None)
        run.store.set_fact(HISTORY_READ, "yes")
        self._firsts.gather_all()

    def note_complete(self) -> None:
        """Every appointment is in the local table once history and first pass are: the counts may be sent."""
        store = self._run.store
        is_read = store.fact(HISTORY_READ) == "yes" and store.cursor(RESOURCE).floor is not None
        if is_read and store.fact(VISITS_COMPLETE) != "yes":
            store.set_fact(VISITS_COMPLETE, "yes")


class VisitsOnly:
    """Appointments for the roll-ups alone, where they are to make no deals (R16)."""

    def __init__(self, run: Run, lists: Lists) -> None:
        self._run = run
        self._drafts = AppointmentDrafts(run, lists)

    def work(self) -> None:
        """Read what changed since the last look; the first time everything, a part at each execution."""
        run = self._run
        cursor = run.store.cursor(ONLY)
        reader = run.chain.readers.get(ONLY) or PassReader(
            run.cliniko, RESOURCE, HIDDEN, cursor, run.chain.executor
        )
        pages = 10**6 if run.chain.is_chained or cursor.floor is not None else PAGES
        done = 0
        try:
            while pages > 0 and (rows := reader.take(BATCH)):
                run.check_stop()
                reader.read_ahead()
                pages -= 1
                done += len(rows)
                run.emit(Progress("appointments", done=done, total=done + reader.waiting))
                self._save(rows)
                if not reader.is_done:
                    run.store.save_cursor(replace(reader.placed(str(rows[-1].get("id")), ""), name=ONLY))
        except (RightsMissing, RequestRefused) as error:
            if isinstance(error, RequestRefused) and error.status != 404:
                raise
            run.note_once(
                "no_visits", "The Cliniko key may not read appointments; visits stay blank.", "patients"
            )
            return
        if reader.is_done:
            finished = replace(reader.finished(""), name=ONLY)
            if finished != cursor:
                run.store.save_cursor(finished)
            if run.store.fact(VISITS_COMPLETE) != "yes":
                run.store.set_fact(VISITS_COMPLETE, "yes")

    def _save(self, rows: Sequence[Json]) -> None:
        visits = []
        for row in rows:
            try:
                visits.append(self._drafts.visit(parse_appointment(row)))
            except BadInput:
                self._run.problem("unreadable", "A record from Cliniko could not be read.", "appointments")
        store = self._run.store
        with store.write():
            changed = store.save_visits([visit for visit in visits if visit.patient_id])
            store.mark_due(changed)
        want_left_out(self._run, changed)
