"""Activity roll-ups within one execution: who is looked at, what is worked out, and what differs (R16)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

from app.domain.records import Bill, Record, Visit
from app.sync.apply import SchemaBroken
from app.sync.fields import field_hash
from app.sync.lists import Lists
from app.sync.open_cases import open_cases
from app.sync.owners import Owners
from app.sync.portal import Portal
from app.sync.rollup_writes import (
    CUSTOMER_REF,
    LIFECYCLE,
    MARK,
    OWNER,
    OWNER_REF,
    Rolled,
    RollUpWriter,
    owner_mark,
    unmarked,
)
from app.sync.rollups import (
    BILL_VALUES,
    NEEDS_NO_HISTORY,
    OPEN_CASES,
    VISIT_VALUES,
    Activity,
    Thresholds,
    View,
    activity_of,
    values_of,
)
from app.sync.run import Run
from app.sync.set_up import SetUp
from app.sync.side_lists import CASES

VISITS_COMPLETE, BILLS_COMPLETE = "visits_complete", "bills_complete"
"""Facts that say "yes" once every visit and every invoice was read."""

CURSOR = "rollups"
"""`floor`: visits that began or ended until then were looked at. `fingerprint` and `place`: the pass over all
linked patients that is under way or was last; `checked_on` the clinic's day on which one was finished."""

SETTINGS = (
    "rollups.late_hours",
    "rollups.lapsed_days",
    "rollups.inactive_days",
    "appointments.require_arrival_tick",
    "appointments.excluded_categories",
    "appointments.aliases",
    "contacts.lifecycle",
    "contacts.owner",
    "deals.owner",
    "deals.fixed_owner",
    "deals.fallback_owner",
    "deals.owner_table",
)
PAGE = 500
ROUND = 20_000
"""Patients taken from the list of those who are due before the last batch may be less than full."""


class ListNames:
    """What the clinic's small lists call practitioners, kinds of appointments and locations."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists

    def practitioner(self, cliniko_id: str) -> str:
        """The practitioner's label."""
        found = self._lists.practitioner(cliniko_id) if cliniko_id else None
        return found.name if found else ""

    def appointment_type(self, cliniko_id: str) -> str:
        """The plain name the clinic gave the type, else its own."""
        if not cliniko_id:
            return ""
        found = self._lists.type(cliniko_id)
        return self._lists.alias(cliniko_id) or (found.name if found else "")

    def business(self, cliniko_id: str) -> str:
        """The location as the clinic shows it."""
        found = self._lists.business(cliniko_id)
        return found.name if found else ""


class RollUps:
    """Keeps the roll-ups on patients' contacts true. They count neither under the cap nor in the numbers (R2)."""

    def __init__(self, run: Run, portal: Portal, lists: Lists) -> None:
        settings, store = run.settings, run.store
        self._run = run
        self._lists = lists
        self._names = ListNames(lists)
        self._owners = Owners(run, lists)
        self._writer = RollUpWriter(run, portal)
        self._shape = Thresholds(
            late_hours=settings.number("rollups.late_hours"),
            lapsed_days=settings.number("rollups.lapsed_days"),
            inactive_days=settings.number("rollups.inactive_days"),
            require_tick=settings.flag("appointments.require_arrival_tick"),
        )
        self._excluded = frozenset(settings.items("appointments.excluded_categories"))
        self._counted: dict[str, bool] = {}
        self._is_complete = store.fact(VISITS_COMPLETE) == "yes"
        self._wanted = self._sendable() & run.names.get("contacts", frozenset())
        self._with_bills = bool(self._wanted & BILL_VALUES.keys())

    def _sendable(self) -> frozenset[str]:
        """What can be told by now: sums only once everything they sum up was read."""
        run = self._run
        if not run.settings.flag("streams.patients"):
            return frozenset()
        names: set[str] = set()
        if run.settings.flag("streams.appointments"):
            names |= VISIT_VALUES.keys() if self._is_complete else NEEDS_NO_HISTORY
            if run.store.cursor(CASES).floor is not None:
                names.add(OPEN_CASES)
            if run.settings.flag("contacts.lifecycle"):
                names.add(LIFECYCLE)
            if run.settings.flag("contacts.owner") and self._is_complete:
                names.add(OWNER)
        if run.settings.flag("streams.invoices") and run.store.fact(BILLS_COMPLETE) == "yes":
            names |= BILL_VALUES.keys()
        return frozenset(names)

    def work(self, restate: frozenset[str] = frozenset()) -> None:
        """One execution's worth. Within a chain nothing is done before the other streams have nothing left, so
        that each contact is written once and each call is full. `restate`: patients all of whose values are
        asserted (R4)."""
        if not self._wanted or not (restate or self._others_are_done()):
            return
        try:
            if restate:
                self._work_some(sorted(restate), restate=True)
                return
            self._note_time()
            self._look_at_all()
            while due := self._run.store.due(ROUND):
                self._work_some(due)
        except SchemaBroken:
            self._schema_broke()

    def _others_are_done(self) -> bool:
        """Whether this is the last execution of its chain, as far as can be told."""
        run = self._run
        if not run.chain.is_chained or not run.report.waiting:
            return True
        done = sum(c.created + c.updated + c.unchanged for c in run.report.streams.values())
        before = run.chain.left_before
        return not done and before is not None and run.report.waiting >= before

    def _schema_broke(self) -> None:
        """A property is gone: compare everything at once. The patients stay due."""
        set_up = SetUp(self._run)
        set_up.made.checked_on = ""
        set_up.ensure()
        if "patients" not in self._run.paused:
            self._run.problem("schema_drift", "HubSpot no longer accepts some properties.", "patients")
        self._run.chain.schema_checked = False

    # who is due

    def _note_time(self) -> None:
        """Visits that began or ended since the last look: what was next is past, what was under way attended.
        Also where somebody set the clock back."""
        store, now = self._run.store, self._run.now()
        cursor = store.cursor(CURSOR)
        if cursor.floor is None:
            store.save_cursor(replace(cursor, floor=now))
            return
        patients = store.visit_patients_between(min(cursor.floor, now), max(cursor.floor, now))
        if patients or now < cursor.floor:
            with store.write():
                store.mark_due(patients)
                store.save_cursor(replace(cursor, floor=now))

    def _look_at_all(self) -> None:
        """Once a clinic day, and after anything changed that shapes the values, every linked patient is worked
        out, without any call; those whose values moved are due."""
        store = self._run.store
        cursor = store.cursor(CURSOR)
        mark = self._fingerprint()
        if cursor.fingerprint == mark and cursor.checked_on is not None:
            return
        if cursor.fingerprint != mark:
            cursor = replace(cursor, fingerprint=mark, place="", checked_on=None)
        while ids := store.ids_in_state("patient", "linked", limit=PAGE, after=cursor.place):
            self._run.check_stop()
            moved = [each.record.cliniko_id for each in self._rolled(ids) if self._has_moved(each)]
            cursor = replace(cursor, place=ids[-1])
            with store.write():
                store.mark_due(moved)
                store.save_cursor(cursor)
        store.save_cursor(replace(cursor, place="", checked_on=self._run.today()))

    def _fingerprint(self) -> str:
        """What the values were made with: the day, the settings, the properties, and what was read."""
        run = self._run
        made_with = [
            run.today().isoformat(),
            str(run.clinic.zone),
            self._is_complete,
            sorted(self._wanted),
            [run.settings.value(key) for key in SETTINGS],
        ]
        return hashlib.sha256(json.dumps(made_with, sort_keys=True).encode()).hexdigest()[:16]

    # what they come to

    def _work_some(self, ids: Sequence[str], restate: bool = False) -> None:
        """Work out these patients, write what differs in full batches, and take them off the list."""
        run = self._run
        gathered: list[Rolled] = []
        for start in range(0, len(ids), PAGE):
            run.check_stop()
            part = ids[start : start + PAGE]
            rolled = [replace(each, restate=restate) for each in self._rolled(part)]
            moved = [each for each in rolled if restate or self._has_moved(each)]
            gathered.extend(moved)
            self._set_aside(part)
            run.store.unmark_due(set(part) - {each.record.cliniko_id for each in moved})
            gathered = self._writer.write(gathered, only_full=True)
        self._writer.write(gathered, only_full=False)

    def _set_aside(self, ids: Sequence[str]) -> None:
        """Patients who cannot be written now: without the mark they are due again once they are linked."""
        records = self._run.store.records("patient", ids).values()
        self._run.store.save_records(
            [unmarked(record) for record in records if MARK in record.fields and not is_open(record)]
        )

    def _rolled(self, ids: Sequence[str]) -> list[Rolled]:
        """The values of those among these patients whose contact may be written."""
        run, store = self._run, self._run.store
        records = {key: record for key, record in store.records("patient", ids).items() if is_open(record)}
        visits = store.visits_of(records)
        bills = store.bills_of(records) if self._with_bills else {}
        cases = open_cases(store, records) if OPEN_CASES in self._wanted else {}
        now, zone = run.now(), run.clinic.zone
        found = []
        for key, record in sorted(records.items()):
            activity = activity_of(self._judged(visits.get(key, ())), now, zone, self._shape)
            if not self._is_complete and activity.next is None and MARK not in record.fields:
                # That nothing is booked cannot be said yet; only what was said before is taken back.
                names = self._wanted - NEEDS_NO_HISTORY
            else:
                names = self._wanted
            listed: tuple[Bill, ...] | None = bills.get(key, ()) if self._with_bills else None
            view = View(activity, self._shape, self._names)
            values = values_of(view, listed, names, cases.get(key, 0))
            found.append(self._with_standard(Rolled(record, values), activity))
        return found

    def _judged(self, visits: Sequence[Visit]) -> list[Visit]:
        """The visits with the categories that are excluded today, whatever they were when the visit was read."""
        return [
            visit
            if visit.is_counted == (counts := self._counts(visit))
            else replace(visit, is_counted=counts)
            for visit in visits
        ]

    def _counts(self, visit: Visit) -> bool:
        known = self._counted.get(visit.type_id)
        if known is None:
            kind = self._lists.type(visit.type_id) if visit.type_id else None
            if kind is None:
                return visit.is_counted
            known = self._counted[visit.type_id] = kind.category not in self._excluded
        return known

    def _with_standard(self, rolled: Rolled, activity: Activity) -> Rolled:
        """HubSpot's own two properties, where the clinic wants them set and they were not settled before."""
        record = rolled.record
        owner, is_customer = "", False
        if OWNER in self._wanted and activity.main_practitioner_id:
            owner = self._owners.owner_of(activity.main_practitioner_id)
            if record.refs.get(OWNER_REF) == owner_mark(record, owner):
                owner = ""
        if LIFECYCLE in self._wanted and activity.visits_total:
            is_customer = record.refs.get(CUSTOMER_REF) != record.hubspot_id
        return replace(rolled, owner=owner, is_customer=is_customer) if owner or is_customer else rolled

    def _has_moved(self, rolled: Rolled) -> bool:
        """Whether anything is to be said that was not said last."""
        if rolled.owner or rolled.is_customer:
            return True
        props, salt, fields = self._run.props["contacts"], self._run.salt, rolled.record.fields
        return any(
            (value or name in fields) and fields.get(name) != field_hash(salt, name, value, props[name].type)
            for name, value in rolled.values.items()
        )


def is_open(record: Record) -> bool:
    """Whether the patient stands on a contact that may be written."""
    return record.state == "linked" and record.hubspot_id is not None and not record.on_hold
