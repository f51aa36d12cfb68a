"""What the clinic renames or reprices reaches what shows it within a day, though no record changed (R4, R24)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from app.sync.appointments import text_of
from app.sync.lists import Lists
from app.sync.referrals import SIDE, type_names
from app.sync.run import Run

SEEN = "catalogue_seen"
"""The fact that tells by list and id what was shown last, as short marks."""

INVOICES_AGAIN = "invoices_restate"
PAGE = 1000

Marks = dict[str, dict[str, str]]


def want_by_catalogue(run: Run, lists: Lists) -> None:
    """Have appointments read again whose practitioner, location or kind is called otherwise now, and booked ones
    whose price changed; what is in the past keeps its price. Invoices follow the same names."""
    if run.chain.executions:
        return
    store = run.store
    before = _seen(run)
    # A list that nobody asked for yet, or that may not be read any more, says nothing about what is gone.
    now = before | {name: row for name, row in _shown(lists).items() if row}
    if now == before:
        return
    changed = {name: _changed(before[name], now[name]) for name in now if name in before}
    ids = store.visits_with(
        changed.get("practitioners", ()), changed.get("businesses", ()), changed.get("types", ())
    )
    wanted = {key for key, record in store.records("appointment", ids).items() if record.hubspot_id}
    if changed.get("prices"):
        booked = store.records_starting("appointment", text_of(run.now()), "9999", ("booked",), limit=100_000)
        wanted.update(one.cliniko_id for one in booked if one.refs.get("type") in changed["prices"])
    with store.write():
        run.want("appointments", wanted)
        if (changed.get("practitioners") or changed.get("businesses")) and store.fact(INVOICES_AGAIN) == "":
            store.set_fact(INVOICES_AGAIN, "linked|")
        store.set_fact(SEEN, json.dumps(now, sort_keys=True))


def note_catalogue(run: Run, lists: Lists) -> None:
    """Remember under what names records were just written, where that is not known yet."""
    before = _seen(run)
    now = {name: row | before.get(name, {}) for name, row in _shown(lists).items() if row}
    if before | now != before:
        run.store.set_fact(SEEN, json.dumps(before | now, sort_keys=True))


def want_by_referral_types(run: Run) -> None:
    """Have patients read again whose kind of referral is called otherwise now."""
    store = run.store
    now = {key: _mark(name) for key, name in type_names(run).items()}
    kept = store.fact(SEEN + ".referrals")
    text = json.dumps(now, sort_keys=True)
    if not now or kept == text:
        return
    changed = _changed(json.loads(kept), now) if kept else set()
    after = ""
    while changed and (ids := store.side_ids(SIDE, PAGE, after)):
        after = ids[-1]
        rows = store.side_rows(SIDE, ids)
        known = store.records("patient", [key for key, row in rows.items() if row.get("type") in changed])
        run.want("patients", [key for key, record in known.items() if record.hubspot_id])
    store.set_fact(SEEN + ".referrals", text)


def _seen(run: Run) -> Marks:
    kept = run.store.fact(SEEN)
    found: Marks = json.loads(kept) if kept else {}
    return found


def _shown(lists: Lists) -> Marks:
    return {name: {key: _mark(text) for key, text in row.items()} for name, row in lists.shown().items()}


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    return {key for key in {*before, *now} if before.get(key) != now.get(key)}


def _mark(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
