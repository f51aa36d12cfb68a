"""Refuses a pass that would mark removed, or blank the e-mail of, far too many linked records (I10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from app.errors import BadInput
from app.sync.fetch import PassReader
from app.sync.ports import Json
from app.sync.questions import ask
from app.sync.run import Run
from app.sync.sides import Side

FEW = 20
"""Up to this many never trip it."""

FRACTION = 5
"""Nor does up to one in this many of those linked."""


class MassChange(Exception):
    """The pass was stopped and a question opened; nothing of it was written."""


class MassGuard:
    """Counts, before the first removal of a pass, how many the whole pass would bring."""

    def __init__(self, run: Run, side: Side, reader: PassReader | None) -> None:
        self._run = run
        self._side = side
        self._reader = reader
        self._passed = False

    def check(self, rows: list[Json]) -> None:
        """Raise MassChange when these rows and the rest of the pass remove too many; read on at most once."""
        if self._passed:
            return
        run = self._run
        linked = run.store.count_records(self._side.kind, linked=True)
        limit = max(FEW, linked // FRACTION)
        here = self._count(rows)
        if not here:
            return
        unread = self._reader.waiting if self._reader is not None else 0
        total = here
        if here + unread > limit and self._reader is not None:
            total += self._count(self._reader.look_ahead())
        fact = f"mass_change_ok:{self._side.stream}"
        open_ones = [
            c for c in run.store.conflicts_of("stream", [self._side.stream]) if c.kind == "mass_change"
        ]
        if total <= limit or run.store.fact(fact) == "yes":
            for conflict in open_ones:
                run.store.close_conflict(conflict.id, "itself", run.now())
            self._passed = True
            return
        conflict = ask(
            "mass_change",
            "stream",
            self._side.stream,
            details={"removed": total, "linked": linked},
            removed=str(total),
            count=str(total),
            linked=str(linked),
            total=str(linked),
        )
        run.store.open_conflict(replace(conflict, opened_at=run.now()))
        raise MassChange

    def _count(self, rows: Iterable[Json]) -> int:
        """How many of these would be newly marked removed, or lose the address they had."""
        store, kind = self._run.store, self._side.kind
        count = 0
        source = iter(rows)
        while chunk := list(islice(source, 500)):
            drafts = []
            for row in chunk:
                try:
                    drafts.append(self._side.draft(row))
                except BadInput:
                    continue
            ids = [draft.cliniko_id for draft in drafts]
            records, people = store.records(kind, ids), store.people(kind, ids)
            for draft in drafts:
                record, person = records.get(draft.cliniko_id), people.get(draft.cliniko_id)
                if record is None or not record.hubspot_id or record.state == "left_out":
                    continue
                removed = draft.status != "active" and record.status in ("", "active")
                blanked = person is not None and bool(person.email_hash) and not draft.email
                count += removed or blanked
        return count
