"""From which clinic day on the past is brought in: what a person chose, as a fact that the streams look at (R73)."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.sync.appointment_strips import CHOSEN as APPOINTMENTS_FROM
from app.sync.invoice_line import ISSUED_FROM as INVOICES_FROM
from app.sync.storage import Storage

STREAMS: Final = frozenset({"appointments", "invoices"})
"""The streams that have a past worth loading."""


def chosen_day(store: Storage) -> date | None:
    """The clinic day that was chosen, None before."""
    kept = store.fact(APPOINTMENTS_FROM)
    return date.fromisoformat(kept) if kept else None


def choose_day(store: Storage, since: date) -> None:
    """From the next execution on, appointments and invoices since this clinic day count. A later day than before
    changes nothing."""
    for fact in (APPOINTMENTS_FROM, INVOICES_FROM):
        kept = store.fact(fact)
        if not kept or since.isoformat() < kept:
            store.set_fact(fact, since.isoformat())
