"""Refuses a pass that would move far too many deals of invoices to Removed (I10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from app.domain.billing import Invoice
from app.errors import BadInput
from app.streams.invoices import parse_invoice
from app.sync.fetch import PassReader
from app.sync.guards import FEW, FRACTION, MassChange
from app.sync.invoices import InvoiceDrafts
from app.sync.ports import Json
from app.sync.questions import ask
from app.sync.run import Run

CHUNK = 500


class InvoiceGuard:
    """Counts, before the first removal of a pass, how many the whole pass would bring."""

    def __init__(self, run: Run, stream: str, drafts: InvoiceDrafts, reader: PassReader) -> None:
        self._run = run
        self._stream = stream
        self._drafts = drafts
        self._reader = reader
        self._passed = False

    def check(self, rows: list[Json]) -> None:
        """Raise MassChange when these rows and the rest of the pass remove too many; read on at most once."""
        if self._passed:
            return
        here = self._count(rows)
        if not here:
            return
        store = self._run.store
        linked = store.count_records("invoice", linked=True)
        limit = max(FEW, linked // FRACTION)
        total = here
        if here + self._reader.waiting > limit:
            total += self._count(self._reader.look_ahead())
        if total > limit and store.fact(f"mass_change_ok:{self._stream}") != "yes":
            self._ask(total, linked)
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

    def _count(self, rows: Iterable[Json]) -> int:
        """How many deals these would newly move to Removed."""
        count = 0
        source = iter(rows)
        while chunk := list(islice(source, CHUNK)):
            removed = [one for one in map(_invoice, chunk) if one is not None]
            for known in self._drafts.known(removed):
                count += sum(record.status != "removed" for record in known.linked.values())
        return count


def _invoice(row: Json) -> Invoice | None:
    """The invoice of a row that says it is gone; any other needs no reading here."""
    if not (row.get("archived_at") or row.get("deleted_at")):
        return None
    try:
        return parse_invoice(row)
    except BadInput:
        return None
