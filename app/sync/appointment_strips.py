"""Strips of time beside the pass: what drifts into the window, and history that a person asked for (R22, R73)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from app.domain.clinic_time import Window, midnight
from app.domain.records import Cursor
from app.sync.fetch import PassReader, utc_text
from app.sync.run import Run
from app.sync.visit_history import HIDDEN, RESOURCE, first_window

CHOSEN = "appointments_from"
"""The fact since which day (ISO) a person wants past appointments to be deals."""

GROUP_HIDDEN = ("archived_at:*", "deleted_at:*")

Drain = Callable[[PassReader, str, str], None]
"""Works a reader: (reader, resource, name of the cursor)."""


def since_chosen_day(run: Run, now: Window) -> Window:
    """The window, reaching back to the day a person chose for loading history."""
    chosen = run.store.fact(CHOSEN)
    if not chosen:
        return now
    return Window(min(now.start, midnight(date.fromisoformat(chosen), run.clinic.zone)), now.end)


class Strips:
    """Reads stretches of starts once each, under the cap, resumable by their own cursors."""

    def __init__(self, run: Run, now: Window, drain: Drain) -> None:
        self._run = run
        self._window = now
        self._drain = drain
        self._names: list[str] = []

    def drift(self, resource: str) -> None:
        """What drifted into the window without any change since it was last looked at."""
        run, fact = self._run, f"{resource}.until"
        kept = run.store.fact(fact)
        if not kept:
            return
        until = datetime.fromisoformat(kept)
        if self._window.end < until:
            # The clinic looks less far ahead now: what is booked beyond is looked at when it drifts in.
            run.store.set_fact(fact, self._window.end.isoformat())
        if self._window.end <= until:
            return
        end = self._fixed(f"{resource}.strip", self._window.end)
        if self._read(resource, f"{resource}.strip", until, end):
            run.store.set_fact(fact, end.isoformat())

    def backfill(self, resource: str) -> None:
        """Past appointments since the chosen day, once the first pass is done."""
        run, fact = self._run, f"{resource}.from"
        if not run.store.fact(CHOSEN) or not run.store.fact(f"{resource}.until"):
            return
        kept = run.store.fact(fact)
        start = datetime.fromisoformat(kept) if kept else first_window(run, self._window, resource).start
        if self._window.start >= start:
            return
        begin = self._fixed(f"{resource}.backfill", self._window.start)
        if self._read(resource, f"{resource}.backfill", begin, start):
            run.store.set_fact(fact, begin.isoformat())

    @property
    def waiting(self) -> int:
        """Rows of these strips that the cap left."""
        readers = [self._run.chain.readers.get(name) for name in self._names]
        return sum(reader.waiting for reader in readers if reader is not None)

    def _fixed(self, name: str, edge: datetime) -> datetime:
        """The moving edge of a strip, held still while its reading is under way."""
        store = self._run.store
        kept = store.fact(name)
        if kept and store.cursor(name).place:
            return datetime.fromisoformat(kept)
        if kept != edge.isoformat():
            store.set_fact(name, edge.isoformat())
        return edge

    def _read(self, resource: str, name: str, start: datetime, end: datetime) -> bool:
        """Work the starts in [start, end); True once all of them are."""
        run = self._run
        hidden = HIDDEN if resource == RESOURCE else GROUP_HIDDEN
        extra = (f"starts_at:>={utc_text(start)}", f"starts_at:<{utc_text(end)}")
        reader = run.chain.readers.get(name)
        if reader is None:
            cursor = replace(run.store.cursor(name), floor=None)
            reader = PassReader(run.cliniko, resource, hidden, cursor, run.chain.executor, extra)
            run.chain.readers[name] = reader
        self._names.append(name)
        self._drain(reader, resource, name)
        if not reader.is_done:
            return False
        run.store.save_cursor(Cursor(name))
        run.chain.readers.pop(name, None)
        return True
