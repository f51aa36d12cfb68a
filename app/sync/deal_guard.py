"""Refuses a pass that would move far too many deals to Removed (I10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from app.domain.ids import Kind
from app.domain.records import Record
from app.sync.fetch import PassReader
from app.sync.guards import FEW, FRACTION, MassChange
from app.sync.ports import Json
from app.sync.questions import ask
from app.sync.run import Run

CHUNK = 500


class DealGuard:
    """Counts, before the first removal of a pass, how many the whole pass would bring."""

    def __init__(self, run: Run, stream: str, kind: Kind, reader: PassReader) -> None:
        self._run = run
        self._stream = stream
        self._kind: Kind = kind
        self._reader = reader
        self._passed = False

    def check(self, rows: list[Json]) -> None:
        """Raise MassChange when these rows and the rest of the pass remove too many; read on at most once."""
        if self._passed:
            return
        removed = self._removed(rows)
        if not removed:
            return
        store = self._run.store
        linked = store.count_records(self._kind, linked=True)
        limit = max(FEW, linked // FRACTION)
        self._reader.peek()
        if len(removed) + self._reader.waiting > limit:
            removed |= self._removed(self._reader.look_ahead())
        if len(removed) > limit and store.fact(f"mass_change_ok:{self._stream}") != "yes":
            self._ask(len(removed), linked)
            raise MassChange
        for conflict in store.conflicts_of("stream", [self._stream]):
            if conflict.kind == "mass_change":
                store.close_conflict(conflict.id, "itself", self._run.now())
        self._passed = True

    def _ask(self, removed: int, linked: int) -> None:
        conflict = ask(
            "mass_change",
            "stream",
            self._stream,
            details={"removed": removed, "linked": linked},
            removed=str(removed),
            count=str(removed),
            linked=str(linked),
            total=str(linked),
        )
        self._run.store.open_conflict(replace(conflict, opened_at=self._run.now()))

    def _removed(self, rows: Iterable[Json]) -> set[str]:
        """The keys of deals that these would newly move to Removed."""
        keys: set[str] = set()
        gone = (row for row in rows if row.get("archived_at") or row.get("deleted_at"))
        while chunk := list(islice(gone, CHUNK)):
            for record in self._deals_of([str(row.get("id")) for row in chunk]):
                if record.hubspot_id and record.state != "left_out" and record.status != "removed":
                    keys.add(record.cliniko_id)
        return keys

    def _deals_of(self, ids: list[str]) -> list[Record]:
        """The deals of these bookings or invoices, of each person of a group and of each item too."""
        store = self._run.store
        parts = [part for one in ids for part in store.records_below(self._kind, one)]
        return [*store.records(self._kind, ids).values(), *parts]
