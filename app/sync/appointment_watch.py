"""What moves an appointment without any change in Cliniko: time that passes, and the clinic's small lists."""

from __future__ import annotations

from datetime import timedelta

from app.sync.appointments import text_of
from app.sync.catalogue_watch import want_by_catalogue
from app.sync.lists import Lists
from app.sync.run import Run

STREAM = "appointments"


def want_by_time_and_lists(run: Run, lists: Lists) -> None:
    """Time alone moves booked to attended (R23); new prices and names reach appointments within a day (R4, R24)."""
    wanted: set[str] = set()
    now = run.now()
    tick = run.settings.flag("appointments.require_arrival_tick")
    over = text_of(now)
    over_for_booked = text_of(now - timedelta(hours=24)) if tick else over
    after = text_of(now - timedelta(days=120))
    for record in run.store.records_starting("appointment", after, over, ("booked", "arrived")):
        limit = over_for_booked if record.status == "booked" else over
        if record.refs.get("ends_at", "") <= limit:
            wanted.add(record.cliniko_id)
    run.want(STREAM, wanted)
    want_by_catalogue(run, lists)
