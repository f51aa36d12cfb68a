"""The stream of invoices within one execution: which rows are read, in which order, how far the cap reaches."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from app.domain.actions import Settled
from app.domain.clinic_time import local_day
from app.domain.records import Cursor
from app.events import PhaseStarted, Progress
from app.schema.catalogue import KEY_OF
from app.sync.deal_guard import DealGuard
from app.sync.deals import Deals
from app.sync.fetch import DEEP, PassReader, rows_by_id, utc_text
from app.sync.invoice_batches import NO_CONTACT, InvoiceBatches, has_contact
from app.sync.invoice_items import BATCH, ITEM_NAMES, STREAM, InvoiceItems
from app.sync.invoice_visits import InvoiceVisits
from app.sync.invoices import InvoiceDrafts
from app.sync.lists import Lists
from app.sync.made import load
from app.sync.portal import Portal
from app.sync.ports import Json
from app.sync.record import Recorder
from app.sync.run import Run

RESOURCE: Final = "invoices"
HIDDEN: Final = ("archived_at:*", "deleted_at:*")
DAYS_BACK: Final = timedelta(days=7)

SINCE: Final = "invoices_since"
"""The fact from when on a change brings an invoice in, seven days before the stream first worked (R30)."""
ISSUED_FROM: Final = "invoices_from"
"""The fact from which day of issue on an invoice counts whatever its last change; may be set earlier (R73)."""
ISSUED_READ: Final = "invoices_issued_read"
"""The fact back to which day of issue they were read."""
ISSUED: Final = "invoices.issued"
OLDER: Final = "invoices.older"
COMPLETE: Final = "bills_complete"
RESTATE: Final = "invoices_restate"

OLDER_PAGES: Final = 20
"""Pages of older invoices that one execution takes when no other follows at once."""

FINGERPRINT: Final = (
    "invoices.include_credits",
    "invoices.deal_per_item",
    "privacy.level",
    "deals.owner",
    "deals.fixed_owner",
    "deals.fallback_owner",
    "deals.owner_table",
)


def fingerprint(run: Run) -> str:
    """What the deals were made with: when it changes, linked ones are looked at again."""
    kept = {key: run.settings.value(key) for key in FINGERPRINT}
    names = sorted(run.names.get("deals", ()))
    return hashlib.sha256(json.dumps([kept, names], sort_keys=True, default=str).encode()).hexdigest()[:16]


class InvoiceLine:
    """One execution's worth of invoices."""

    def __init__(self, run: Run, portal: Portal, lists: Lists) -> None:
        self._run = run
        self._since, self._issued_from = self._start()
        self._items = InvoiceItems(run, self._since, run.settings.flag("invoices.deal_per_item"))
        self._drafts = InvoiceDrafts(run, lists, self._items, self._since, self._issued_from)
        self._visits = InvoiceVisits(run)
        self._recorder = Recorder(run, STREAM)
        pipeline = load(run).ids.get("cliniko_invoices", "cliniko_invoices")
        self._deals = Deals(
            run, STREAM, "invoice", KEY_OF["invoice"], pipeline, self._recorder, frozenset(ITEM_NAMES)
        )
        self._batches = InvoiceBatches(run, portal, self._drafts, self._deals, self._recorder)
        self._waiting = 0
        # Worked by id in this execution: the id with the row's last change.
        self._by_now: dict[str, str] = {}
        # Invoices that come with the pass and are looked at even if their row did not change.
        self._changed: set[str] = set()
        # Rows of lists that are dealt with, for whoever watches.
        self._done = 0

    def _start(self) -> tuple[datetime, date]:
        """From which moment and from which day of issue on invoices count, fixed when the stream first works."""
        store = self._run.store
        if store.fact(SINCE) is None:
            since = (self._run.now() - DAYS_BACK).replace(microsecond=0)
            with store.write():
                store.set_fact(SINCE, since.isoformat())
                day = local_day(since, self._run.clinic.zone).isoformat()
                # An earlier day may have been chosen before the stream was ever on (R73).
                store.set_fact(ISSUED_FROM, min(day, store.fact(ISSUED_FROM) or day))
        return (
            datetime.fromisoformat(store.fact(SINCE) or ""),
            date.fromisoformat(store.fact(ISSUED_FROM) or ""),
        )

    def begin(self) -> None:
        """Within a first load: have pages wait before their turn comes."""
        self._reader().read_ahead(DEEP)

    # the order of work

    def work(self, restate: frozenset[str] = frozenset()) -> None:
        """Records asked for, items that changed, the pass, what was issued lately, then what is older."""
        run = self._run
        run.emit(PhaseStarted(STREAM, "fetch"))
        if restate:
            self._by_id(sorted(restate), restate=True)
            self._deals.associate()
            return
        if run.chain.is_chained and run.counters("patients").waiting:
            # Within a first load the patients come first; nothing is fetched twice for it.
            return
        reader = self._reader()
        reader.read_ahead()
        self._items.read_ahead()
        reader.peek()
        self._visits.link_late(self._deals)
        if self._items.is_due_first():
            self._items.read()
        self._asked_for(_in_hand(reader))
        self._pass(reader)
        self._restate_some()
        if STREAM in run.chain.finished_passes and not self._others_are_busy:
            self._issued_lately()
            self._items.read()
            self._items.fill(self._deals)
            self._older()
            self._afresh(set(run.wanted(STREAM)) - set(self._by_now))
        self._deals.finish()
        run.counters(STREAM).waiting = self._waiting + self._unread()

    @property
    def _others_are_busy(self) -> bool:
        """Whether a first load still has appointments to read: what only completes invoices comes after."""
        return self._run.chain.is_chained and bool(self._run.counters("appointments").waiting)

    # records asked for by id

    def _asked_for(self, coming: Sequence[Json]) -> None:
        """What earlier executions left, what items changed, and invoices whose patient has a contact now.
        Those that are `coming` with the pass are not read twice."""
        run = self._run
        self._note_new_contacts()
        wanted = set(run.wanted(STREAM))
        if not run.chain.executions:
            for state in ("waiting", "failed"):
                keys = run.store.ids_in_state("invoice", state)
                wanted.update(key.partition("-")[0] for key in keys)
        self._changed = wanted & {str(row.get("id")) for row in coming}
        self._afresh(wanted - self._changed)

    def _afresh(self, keys: set[str]) -> None:
        """Read these by id and work them under the cap; what is left stays wanted."""
        if not keys:
            return
        left = set(self._by_id(sorted(keys)))
        self._run.worked(STREAM, keys - left)
        self._run.want(STREAM, left)
        self._waiting += len(left)

    def _note_new_contacts(self) -> None:
        """Have invoices read whose patient had no contact when they were met."""
        run, store = self._run, self._run.store
        counters = run.counters("patients")
        mark = f"{store.count_records('patient', linked=True)}/{store.count_records('patient', 'linked')}"
        cursor = store.cursor(NO_CONTACT)
        if cursor.place == mark and not (counters.created or counters.updated):
            return
        after = ""
        while ids := store.side_ids(NO_CONTACT, 1000, after):
            after = ids[-1]
            here = [key for key, record in store.records("patient", ids).items() if has_contact(record)]
            wanted = [
                record.cliniko_id
                for patient_id in here
                for record in store.records_where_ref("invoice", "patient", patient_id)
                if not record.hubspot_id and record.reason in ("patient_not_linked", "no_patient")
            ]
            with store.write():
                run.want(STREAM, wanted)
                store.drop_side_rows(NO_CONTACT, here)
        if cursor.place != mark:
            store.save_cursor(replace(cursor, place=mark))

    def _by_id(self, keys: Sequence[str], restate: bool = False) -> list[str]:
        """Work these invoices (by key of invoice or item) afresh; returns the ids that the cap left."""
        run = self._run
        ids = sorted({key.partition("-")[0] for key in keys})
        ids = [one for one in ids if one.isdigit()]
        while ids:
            if not (self._batches.has_room or restate):
                return ids
            run.check_stop()
            part, ids = ids[:BATCH], ids[BATCH:]
            rows = rows_by_id(run.cliniko, RESOURCE, HIDDEN, part)
            self._gone(set(part) - {str(row.get("id")) for row in rows})
            left = [str(row["id"]) for row in self._batches.work(rows, evaluate=True, restate=restate)]
            self._by_now.update({str(row.get("id")): str(row.get("updated_at")) for row in rows})
            for one in left:
                self._by_now.pop(one, None)
            ids = left + ids
        return []

    def _gone(self, ids: set[str]) -> None:
        """No longer known to Cliniko: what waited for them waits no longer; a deal stays as it is."""
        records = self._run.store.records("invoice", ids)
        settled = [
            Settled(
                replace(record, state="linked", reason=None)
                if record.hubspot_id
                else replace(record, state="left_out", reason="removed")
            )
            for record in records.values()
            if record.state in ("waiting", "failed", "held")
        ]
        self._recorder.settled(settled)

    # the pass

    def _reader(self) -> PassReader:
        run = self._run
        mark = fingerprint(run)
        reader = run.chain.readers.get(RESOURCE)
        if reader is None:
            cursor = run.store.cursor(RESOURCE)
            extra = () if cursor.floor else (f"updated_at:>={utc_text(self._since)}",)
            reader = run.reader(RESOURCE, HIDDEN, cursor, extra)
            run.chain.readers[RESOURCE] = reader
        if reader.cursor.fingerprint != mark:
            if reader.cursor.fingerprint:
                run.store.set_fact(RESTATE, "linked|")
            reader.cursor = replace(reader.cursor, fingerprint=mark)
        return reader

    def _pass(self, reader: PassReader) -> None:
        run = self._run
        if STREAM in run.chain.finished_passes:
            return
        mark = fingerprint(run)
        guard = DealGuard(run, STREAM, "invoice", reader)
        while self._batches.has_room:
            run.check_stop()
            rows = reader.take(BATCH)
            if not rows:
                break
            if run.chain.is_chained or self._batches.room > len(rows):
                reader.read_ahead()
            guard.check(rows)
            done = self._work_rows(reader, rows)
            if done and not reader.is_done:
                self._recorder.cursor(reader.placed(str(done[-1].get("id")), mark))
        if reader.is_done:
            self._recorder.cursor(reader.finished(mark))
            if run.store.fact(f"mass_change_ok:{STREAM}"):
                run.store.set_fact(f"mass_change_ok:{STREAM}", "")
            run.chain.finished_passes.add(STREAM)

    def _work_rows(self, reader: PassReader, rows: list[Json]) -> list[Json]:
        """Work rows of a list; returns those that are dealt with, the rest is given back."""
        todo = [row for row in rows if not self._is_worked(row)]
        left = self._batches.work(todo, evaluated=frozenset(self._changed))
        rest = {str(row.get("id")) for row in left}
        cut = next((i for i, row in enumerate(rows) if str(row.get("id")) in rest), len(rows))
        reader.give_back(rows[cut:])
        self._tell(cut, reader)
        finished = self._changed & {str(row.get("id")) for row in rows[:cut]}
        if finished:
            self._run.worked(STREAM, finished)
            self._changed -= finished
        return rows[:cut]

    def _tell(self, done: int, reader: PassReader) -> None:
        self._done += done
        self._run.emit(Progress(STREAM, done=self._done, total=self._done + reader.waiting))

    def _is_worked(self, row: Json) -> bool:
        """Whether this row was dealt with by its id in this execution already."""
        return self._by_now.get(str(row.get("id"))) == str(row.get("updated_at"))

    def _issued_lately(self) -> None:
        """Invoices that count by their day of issue though they did not change since; normally none."""
        run, store = self._run, self._run.store
        until = store.fact(ISSUED_READ)
        wished = self._issued_from.isoformat()
        if until and until <= wished:
            return
        if store.fact(COMPLETE) != "yes":
            older = self._older_reader()
            older.peek()
            if older.is_done and not store.cursor(OLDER).place:
                # Nothing is older than what the pass read.
                store.set_fact(ISSUED_READ, wished)
                return
        reader = run.chain.readers.get(ISSUED)
        if reader is None:
            upper = (f"issue_date:<{until}",) if until else ()
            extra = (f"issue_date:>={wished}", *upper, f"updated_at:<{utc_text(self._since)}")
            reader = PassReader(
                run.cliniko, RESOURCE, HIDDEN, store.cursor(ISSUED), run.chain.executor, extra
            )
            run.chain.readers[ISSUED] = reader
        while self._batches.has_room:
            run.check_stop()
            rows = reader.take(BATCH)
            if not rows:
                break
            done = self._work_rows(reader, rows)
            if done and not reader.is_done:
                self._recorder.cursor(reader.placed(str(done[-1].get("id")), ""))
        reader.peek()
        if reader.is_done:
            with store.write():
                store.set_fact(ISSUED_READ, wished)
                store.save_cursor(Cursor(ISSUED))
            run.chain.readers.pop(ISSUED, None)

    def _restate_some(self) -> None:
        """After a changed setting: every linked invoice is looked at again, under the cap, then those that a
        setting left out."""
        store = self._run.store
        fact = store.fact(RESTATE)
        while fact and self._batches.has_room:
            state, _, place = fact.partition("|")
            ids = store.ids_in_state("invoice", state, BATCH, place)
            if not ids:
                fact = "left_out|" if state == "linked" else ""
                store.set_fact(RESTATE, fact)
                continue
            if state == "left_out":
                records = store.records("invoice", ids)
                chosen = [key for key, record in records.items() if record.reason == "credit"]
            else:
                chosen = ids
            if self._by_id([key for key in chosen if key.partition("-")[0] not in self._by_now]):
                break
            fact = f"{state}|{ids[-1]}"
            store.set_fact(RESTATE, fact)
        self._waiting += bool(fact)

    # every other invoice once, for the roll-ups only (R16)

    def _older_reader(self) -> PassReader:
        run = self._run
        reader = run.chain.readers.get(OLDER)
        if reader is None:
            extra = (f"updated_at:<{utc_text(self._since)}",)
            cursor = run.store.cursor(OLDER)
            reader = PassReader(run.cliniko, RESOURCE, HIDDEN, cursor, run.chain.executor, extra)
            run.chain.readers[OLDER] = reader
        return reader

    def _older(self) -> None:
        run, store = self._run, self._run.store
        if store.fact(COMPLETE) == "yes":
            return
        reader = self._older_reader()
        pages = 10**6 if run.chain.is_chained else OLDER_PAGES
        while pages > 0 and (rows := reader.take(BATCH)):
            run.check_stop()
            reader.read_ahead()
            pages -= 1
            self._tell(len(rows), reader)
            known = self._drafts.known(self._batches.parse(rows))
            self._batches.save_bills([one.invoice for one in known])
            run.want(STREAM, [one.invoice.id for one in known if one.has_changed_items and not one.records])
            if not reader.is_done:
                store.save_cursor(reader.placed(str(rows[-1].get("id")), ""))
        if reader.is_done:
            store.save_cursor(reader.finished(""))
            store.set_fact(COMPLETE, "yes")
            run.chain.readers.pop(OLDER, None)

    def _unread(self) -> int:
        readers, finished = self._run.chain.readers, self._run.chain.finished_passes
        reader = readers.get(RESOURCE)
        unread = 0
        if reader is not None and STREAM not in finished:
            reader.peek()
            unread = reader.waiting - sum(self._is_worked(row) for row in _in_hand(reader))
        lately = readers.get(ISSUED)
        return unread + (lately.waiting if lately is not None else 0)


def _in_hand(reader: PassReader) -> list[Json]:
    """The rows that were read and not yet given, which stay where they are."""
    rows = reader.take(10**6, read_on=False)
    reader.give_back(rows)
    return rows
