"""What moves an appointment without any change in Cliniko: time that passes, and prices."""

from __future__ import annotations

import json
from datetime import timedelta

from app.sync.appointments import text_of
from app.sync.lists import Lists
from app.sync.run import Run

STREAM = "appointments"


def want_by_time_and_price(run: Run, lists: Lists) -> None:
    """Time alone moves booked to attended (R23); new prices reach booked appointments within a day (R24)."""
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
    today = run.today().isoformat()
    if run.store.fact("prices_seen_on") == today or run.chain.executions:
        return
    prices = lists.prices()
    before = json.loads(run.store.fact("prices") or "null")
    if before is not None and before != prices:
        changed = {key for key in {*before, *prices} if before.get(key) != prices.get(key)}
        for record in run.store.records_starting("appointment", over, "9999", ("booked",), limit=100_000):
            if record.refs.get("type") in changed:
                wanted.add(record.cliniko_id)
        run.want(STREAM, wanted)
    run.store.set_fact("prices", json.dumps(prices, sort_keys=True))
    run.store.set_fact("prices_seen_on", today)
