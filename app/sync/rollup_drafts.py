"""What the roll-ups of some patients come to: the local table, today's settings and the clinic's names (R16)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.records import Bill, Record, Visit
from app.sync.fields import field_hash
from app.sync.lists import Lists
from app.sync.open_cases import open_cases
from app.sync.owners import Owners
from app.sync.rollup_writes import CUSTOMER_REF, LIFECYCLE, MARK, OWNER, OWNER_REF, Rolled, owner_mark
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
from app.sync.side_lists import CASES

VISITS_COMPLETE, BILLS_COMPLETE = "visits_complete", "bills_complete"
"""Facts that say "yes" once every visit and every invoice was read."""

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


class RollUpDrafts:
    """Makes roll-ups for one execution. Nothing is written, and only unknown ids cost a call."""

    def __init__(self, run: Run, lists: Lists) -> None:
        settings, store = run.settings, run.store
        self._run = run
        self._lists = lists
        self._names = ListNames(lists)
        self._owners = Owners(run, lists)
        self._shape = Thresholds(
            late_hours=settings.number("rollups.late_hours"),
            lapsed_days=settings.number("rollups.lapsed_days"),
            inactive_days=settings.number("rollups.inactive_days"),
            require_tick=settings.flag("appointments.require_arrival_tick"),
        )
        self._excluded = frozenset(settings.items("appointments.excluded_categories"))
        self._counted: dict[str, bool] = {}
        self._is_complete = store.fact(VISITS_COMPLETE) == "yes"
        self.wanted = self._sendable() & run.names.get("contacts", frozenset())
        self._with_bills = bool(self.wanted & BILL_VALUES.keys())

    def _sendable(self) -> frozenset[str]:
        """What can be told by now: sums only once everything they sum up was read."""
        run = self._run
        if not run.settings.flag("streams.patients"):
            return frozenset()
        # Visits are counted whether or not they make deals; invoices only while they do (R16).
        names = set(VISIT_VALUES.keys() if self._is_complete else NEEDS_NO_HISTORY)
        if run.store.cursor(CASES).floor is not None:
            names.add(OPEN_CASES)
        if run.settings.flag("contacts.lifecycle"):
            names.add(LIFECYCLE)
        if run.settings.flag("contacts.owner") and self._is_complete:
            names.add(OWNER)
        if run.settings.flag("streams.invoices") and run.store.fact(BILLS_COMPLETE) == "yes":
            names |= BILL_VALUES.keys()
        return frozenset(names)

    def fingerprint(self) -> str:
        """What the values were made with: the day, the settings, the properties, and what was read."""
        run = self._run
        made_with = [
            run.today().isoformat(),
            str(run.clinic.zone),
            self._is_complete,
            sorted(self.wanted),
            [run.settings.value(key) for key in SETTINGS],
        ]
        return hashlib.sha256(json.dumps(made_with, sort_keys=True).encode()).hexdigest()[:16]

    def of(self, patient_ids: Iterable[str]) -> list[Rolled]:
        """The values of those among these patients whose contact may be written."""
        run, store = self._run, self._run.store
        records = {
            key: record for key, record in store.records("patient", patient_ids).items() if is_open(record)
        }
        visits = store.visits_of(records)
        bills = store.bills_of(records) if self._with_bills else {}
        cases = open_cases(store, records) if OPEN_CASES in self.wanted else {}
        now, zone = run.now(), run.clinic.zone
        found = []
        for key, record in sorted(records.items()):
            activity = activity_of(self._judged(visits.get(key, ())), now, zone, self._shape)
            if not self._is_complete and activity.next is None and MARK not in record.fields:
                # That nothing is booked cannot be said yet; only what was said before is taken back.
                names = self.wanted - NEEDS_NO_HISTORY
            else:
                names = self.wanted
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
        if OWNER in self.wanted and activity.main_practitioner_id:
            owner = self._owners.owner_of(activity.main_practitioner_id)
            if record.refs.get(OWNER_REF) == owner_mark(record, owner):
                owner = ""
        if LIFECYCLE in self.wanted and activity.visits_total:
            is_customer = record.refs.get(CUSTOMER_REF) != record.hubspot_id
        return replace(rolled, owner=owner, is_customer=is_customer) if owner or is_customer else rolled

    def has_moved(self, rolled: Rolled) -> bool:
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
