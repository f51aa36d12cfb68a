"""The stream of appointments within one execution: which rows are read, in which order, how far the cap reaches."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

from app.domain.actions import Settled
from app.domain.clinic_time import window
from app.domain.records import Cursor
from app.events import PhaseStarted, Progress
from app.schema.catalogue import KEY_OF
from app.sync.appointment_batches import STREAM, AppointmentBatches
from app.sync.appointment_strips import Strips, since_chosen_day
from app.sync.appointment_watch import want_by_time_and_lists
from app.sync.appointments import AppointmentDrafts
from app.sync.catalogue_watch import note_catalogue
from app.sync.deal_guard import DealGuard
from app.sync.deals import Deals
from app.sync.fetch import DEEP, PassReader, rows_by_id, utc_text
from app.sync.first_visits import NAME as FIRST_VISIT
from app.sync.first_visits import FirstVisits
from app.sync.lists import Lists
from app.sync.made import load
from app.sync.portal import Portal
from app.sync.record import Recorder
from app.sync.run import Run
from app.sync.side_lists import ATTENDEES, CASES, HIDDEN, read_attendees, read_cases
from app.sync.visit_history import PAGES, VisitHistory, first_window

BATCH = 100
RESOURCE = "individual_appointments"
GROUPS = "group_appointments"
HIDDEN_OF = {
    RESOURCE: ("archived_at:*", "cancelled_at:*", "deleted_at:*"),
    GROUPS: ("archived_at:*", "deleted_at:*"),
}

FINGERPRINT = (
    "appointments.add_amount",
    "appointments.require_arrival_tick",
    "appointments.excluded_categories",
    "appointments.aliases",
    "cases.send_name",
    "privacy.level",
    "deals.owner",
    "deals.fixed_owner",
    "deals.fallback_owner",
    "deals.owner_table",
)


NO_CONTACT = "appointments.no_contact"
"""The cursor whose place says how many patients had a contact when those of people left out were looked at."""


def fingerprint(run: Run) -> str:
    """What the deals were made with: when it changes, linked ones are looked at again."""
    kept = {key: run.settings.value(key) for key in FINGERPRINT}
    names = sorted(run.names.get("deals", ()))
    return hashlib.sha256(json.dumps([kept, names], sort_keys=True, default=str).encode()).hexdigest()[:16]


class AppointmentLine:
    """One execution's worth of appointments."""

    def __init__(self, run: Run, portal: Portal, lists: Lists) -> None:
        self._run = run
        self._lists = lists
        self._recorder = Recorder(run, STREAM)
        self._drafts = AppointmentDrafts(run, lists)
        pipeline = load(run).ids.get("cliniko_appointments", "cliniko_appointments")
        self._deals = Deals(
            run,
            STREAM,
            "appointment",
            KEY_OF["appointment"],
            pipeline,
            self._recorder,
            frozenset({FIRST_VISIT}),
        )
        self._firsts = FirstVisits(run)
        self._waiting = 0
        self._evaluate: frozenset[str] = frozenset()
        days = run.settings.number("appointments.days_forward")
        self._window = since_chosen_day(run, window(run.now(), run.clinic.zone, days))
        self._batches = AppointmentBatches(
            run, portal, self._drafts, self._deals, self._firsts, self._window, self._recorder
        )
        self._history = VisitHistory(
            run,
            self._drafts,
            self._firsts,
            self._window,
            lambda rows: self._batches.parse(rows, RESOURCE),
        )
        self._strips = Strips(run, self._window, self._drain)
        self._guards: dict[str, DealGuard] = {}

    # the order of work

    def work(self, restate: frozenset[str] = frozenset()) -> None:
        """Side lists, records asked for, the pass, what drifted in, then the history for the roll-ups."""
        run = self._run
        run.emit(PhaseStarted(STREAM, "fetch"))
        if restate:
            self._by_id(sorted(restate), restate=True)
            self._deals.associate()
            return
        if run.chain.is_chained and run.counters("patients").waiting:
            # Within a first load the patients come first; nothing is fetched twice for it.
            return
        self._read_sides(first=False)
        want_by_time_and_lists(run, self._lists)
        self._wanted()
        is_first = self._cursor().floor is None
        if is_first and self._history.is_short():
            self._history.read(PAGES * 10)
        self._pass(self._reader(RESOURCE), RESOURCE)
        self._strips.drift(RESOURCE)
        self._strips.backfill(RESOURCE)
        self._restate_some()
        if STREAM in run.chain.finished_passes and not self._others_are_busy:
            self._history.read(10**6 if run.chain.is_chained else PAGES)
            self._read_sides(first=True)
            self._wanted()
        self._history.note_complete()
        if run.settings.flag("appointments.groups"):
            self._groups()
        if self._batches.used:
            note_catalogue(run, self._lists)
        self._firsts.flush(self._deals, is_last=self._is_last)
        self._deals.finish()
        run.counters(STREAM).waiting = self._waiting + self._unread() + self._others_are_busy

    def begin(self) -> None:
        """Within a first load: have pages wait before their turn comes."""
        self._reader(RESOURCE).read_ahead(DEEP)

    @property
    def _others_are_busy(self) -> bool:
        """Whether a first load still has invoices to read: what only completes appointments comes after."""
        chain = self._run.chain
        is_open = "invoices" in chain.readers and "invoices" not in chain.finished_passes
        return chain.is_chained and is_open and "invoices" not in {*self._run.paused, *chain.denied}

    @property
    def _is_last(self) -> bool:
        return not self._run.chain.is_chained or STREAM in self._run.chain.finished_passes

    def _cursor(self) -> Cursor:
        return self._run.store.cursor(RESOURCE)

    # side lists

    def _read_sides(self, first: bool) -> None:
        """Attendees and cases: changes before the appointments; their first reading, where it is long, after."""
        run = self._run
        for name, read in ((CASES, read_cases), (ATTENDEES, read_attendees)):
            cursor = run.store.cursor(name)
            is_first = cursor.floor is None
            if name in run.chain.finished_passes or (is_first != first and not (name == CASES and is_first)):
                continue
            reader = run.chain.readers.pop(name, None) or run.reader(name, HIDDEN[name], cursor)
            read(run, reader)
            if run.store.cursor(name).floor is not None:
                run.chain.finished_passes.add(name)

    # records asked for by id

    def _wanted(self) -> None:
        run = self._run
        wanted = set(run.wanted(STREAM))
        if not run.chain.executions:
            for state in ("waiting", "failed"):
                wanted.update(run.store.ids_in_state("appointment", state))
            wanted.update(self._held_no_longer())
        if wanted and STREAM not in run.chain.finished_passes:
            self._evaluate = frozenset(wanted & self._reader(RESOURCE).ids_in_hand())
            wanted -= self._evaluate
        left = self._by_id(sorted(wanted))
        run.worked(STREAM, wanted - set(left))
        self._waiting = len(left)

    def _held_no_longer(self) -> set[str]:
        """Appointments that waited for their patient, who has a contact now."""
        store = self._run.store
        ids = store.ids_in_state("appointment", "held", limit=100_000)
        if self._are_new_contacts:
            ids += store.ids_in_state("appointment", "left_out", limit=100_000)
        records = {
            key: record
            for key, record in store.records("appointment", ids).items()
            if record.state == "held" or record.reason == "no_patient"
        }
        patients = store.records(
            "patient", {record.refs.get("patient", "") for record in records.values()} - {""}
        )
        return {
            key
            for key, record in records.items()
            if (patient := patients.get(record.refs.get("patient", ""))) is not None
            and patient.hubspot_id
            and patient.state == "linked"
        }

    @property
    def _are_new_contacts(self) -> bool:
        """Whether anybody may have got a contact since the appointments of those left out were looked at."""
        store, patients = self._run.store, self._run.counters("patients")
        mark = f"{store.count_records('patient', linked=True)}/{store.count_records('patient', 'linked')}"
        cursor = store.cursor(NO_CONTACT)
        if cursor.place != mark:
            store.save_cursor(replace(cursor, place=mark))
            return True
        return bool(patients.created or patients.updated)

    def _by_id(self, keys: Sequence[str], restate: bool = False) -> list[str]:
        """Work these records afresh; returns the keys that the cap left."""
        run = self._run
        single = [key for key in keys if "-" not in key and key.isdigit()]
        groups = sorted({key.split("-")[0] for key in keys if "-" in key and not key.startswith("p")})
        for resource, ids in ((RESOURCE, single), (GROUPS, groups)):
            while ids:
                if self._batches.room <= 0 and not restate:
                    return [*ids, *(groups if resource == RESOURCE else [])]
                part, ids = ids[:BATCH], ids[BATCH:]
                rows = rows_by_id(run.cliniko, resource, HIDDEN_OF[resource], part)
                self._gone(set(part) - {str(row.get("id")) for row in rows})
                if not restate:
                    self._guard(resource).check(rows)
                left = self._batches.work(rows, resource, evaluate=True, restate=restate)
                ids = [str(row["id"]) for row in left] + ids
        return []

    def _gone(self, ids: set[str]) -> None:
        """Deleted in Cliniko without a trace: the deal goes to Removed by what we know."""
        records = self._run.store.records("appointment", ids)
        settled = [
            Settled(replace(record, state="left_out", reason="removed"))
            for record in records.values()
            if not record.hubspot_id and record.state != "left_out"
        ]
        self._recorder.settled(settled)

    # the pass

    def _reader(self, resource: str) -> PassReader:
        run = self._run
        kept = run.chain.readers.get(resource)
        if kept is not None:
            return kept
        cursor = run.store.cursor(resource)
        mark = fingerprint(run)
        if cursor.floor is not None and cursor.fingerprint != mark and resource == RESOURCE:
            run.store.set_fact("appointments_restate", "0")
        if cursor.fingerprint != mark:
            cursor = replace(cursor, fingerprint=mark)
        extra: tuple[str, ...] = ()
        if cursor.floor is None:
            first = first_window(run, self._window, resource)
            extra = (f"starts_at:>={utc_text(first.start)}", f"starts_at:<{utc_text(first.end)}")
        reader = run.reader(resource, HIDDEN_OF[resource], cursor, extra)
        run.chain.readers[resource] = reader
        return reader

    def _pass(self, reader: PassReader, resource: str) -> None:
        run = self._run
        done_mark = STREAM if resource == RESOURCE else resource
        if done_mark in run.chain.finished_passes:
            return
        mark = fingerprint(run)
        self._drain(reader, resource, resource, mark)
        if reader.is_done:
            if reader.cursor.floor is None and not run.store.fact(f"{resource}.until"):
                run.store.set_fact(
                    f"{resource}.until", first_window(run, self._window, resource).end.isoformat()
                )
            self._recorder.cursor(reader.finished(mark))
            if resource == RESOURCE and run.store.fact(f"mass_change_ok:{STREAM}"):
                run.store.set_fact(f"mass_change_ok:{STREAM}", "")
            run.chain.finished_passes.add(done_mark)

    def _guard(self, resource: str) -> DealGuard:
        """Looks at a whole list before the first deal goes to Removed (I10)."""
        if resource not in self._guards:
            reader = self._reader(resource)
            self._guards[resource] = DealGuard(self._run, STREAM, "appointment", reader)
        return self._guards[resource]

    def _drain(self, reader: PassReader, resource: str, name: str, mark: str = "") -> None:
        """Work a list batch by batch as far as the cap reaches, its place kept under `name`."""
        run = self._run
        worked = 0
        while self._batches.room > 0:
            run.check_stop()
            rows = reader.take(BATCH)
            if not rows:
                return
            if run.chain.is_chained or self._batches.room > len(rows):
                reader.read_ahead()
            self._guard(resource).check(rows)
            left = self._batches.work(rows, resource, evaluated=self._evaluate)
            reader.give_back(left)
            done = rows[: len(rows) - len(left)]
            worked += len(done)
            run.emit(Progress(STREAM, done=worked, total=worked + reader.waiting))
            run.worked(STREAM, self._evaluate & {str(row.get("id")) for row in done})
            if done and not reader.is_done:
                self._recorder.cursor(replace(reader.placed(str(done[-1].get("id")), mark), name=name))
            if run.chain.is_chained and self._batches.used and self._batches.room < BATCH:
                # The next execution follows at once; a part of a page now would cost a call of its own.
                return

    def _restate_some(self) -> None:
        """After a changed setting: every linked appointment is looked at again, under the cap."""
        run = self._run
        place = run.store.fact("appointments_restate")
        if not place:
            return
        while self._batches.room > 0:
            ids = run.store.ids_in_state(
                "appointment", "linked", limit=BATCH, after="" if place == "0" else place
            )
            if not ids:
                run.store.set_fact("appointments_restate", "")
                return
            if self._by_id(ids):
                break
            place = ids[-1]
            run.store.set_fact("appointments_restate", place)
        self._waiting += 1

    def _groups(self) -> None:
        self._pass(self._reader(GROUPS), GROUPS)
        self._strips.drift(GROUPS)
        self._strips.backfill(GROUPS)
        groups = self._run.wanted(GROUPS)
        while groups and self._batches.room > 0:
            part, groups = groups[:BATCH], groups[BATCH:]
            rows = rows_by_id(self._run.cliniko, GROUPS, HIDDEN_OF[GROUPS], part)
            left = [str(row["id"]) for row in self._batches.work(rows, GROUPS, evaluate=True)]
            self._run.worked(GROUPS, set(part) - set(left))
            groups = left + groups
        self._waiting += len(groups)

    def _unread(self) -> int:
        run = self._run
        reader = run.chain.readers.get(RESOURCE)
        unread = reader.waiting if reader is not None and STREAM not in run.chain.finished_passes else 0
        groups = run.chain.readers.get(GROUPS)
        if groups is not None and GROUPS not in run.chain.finished_passes:
            groups.peek()
            unread += groups.waiting
        return unread + self._strips.waiting
