"""Invoices follow the case of their appointment: a change of it moves nothing on the invoice itself (R4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.sync.run import Run

CASE: Final = "cliniko_invoice_case_id"


def want_invoices_of(run: Run, booking_ids: Iterable[str]) -> None:
    """Have the invoices of these appointments looked at again, where their deals tell the case at all."""
    if CASE not in run.names.get("deals", frozenset()) or not run.settings.flag("streams.invoices"):
        return
    run.want(
        "invoices",
        {
            record.cliniko_id.partition("-")[0]
            for booking_id in booking_ids
            for record in run.store.records_where_ref("invoice", "appointment", booking_id)
            if record.hubspot_id
        },
    )
