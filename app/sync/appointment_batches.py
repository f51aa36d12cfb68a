"""One batch of appointments: rows to drafts, plan, writes and records, as far as the cap reaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.domain.actions import PlannedWrite, Settled
from app.domain.clinic_time import Window
from app.domain.ids import id_order
from app.domain.records import Record
from app.domain.visits import Appointment
from app.errors import BadInput
from app.streams.visit_reading import parse_appointment, parse_group_appointment
from app.sync.adoption import adopt
from app.sync.appointments import AppointmentDrafts, Wanted, waiting_for
from app.sync.contact_owners import with_owners
from app.sync.deals import Deals
from app.sync.first_visits import FirstVisits
from app.sync.invoice_cases import want_invoices_of
from app.sync.people_line import PeopleLine
from app.sync.portal import Portal
from app.sync.ports import Json
from app.sync.record import Recorder
from app.sync.run import Run
from app.sync.sides import PatientSide
from app.sync.visit_history import RESOURCE

STREAM: Final = "appointments"


class AppointmentBatches:
    """Works the batches of one execution and counts what it used of the cap."""

    def __init__(
        self,
        run: Run,
        portal: Portal,
        drafts: AppointmentDrafts,
        deals: Deals,
        firsts: FirstVisits,
        window: Window,
        recorder: Recorder,
    ) -> None:
        self._run = run
        self._portal = portal
        self._drafts = drafts
        self._deals = deals
        self._firsts = firsts
        self._window = window
        self._recorder = recorder
        self._patients = PeopleLine(run, PatientSide(run), portal)
        self._cap = run.settings.number("sync.items_per_execution")
        self.used = 0

    @property
    def room(self) -> int:
        """Writes that the cap still allows."""
        return self._cap - self.used

    def parse(self, rows: Sequence[Json], resource: str) -> list[Appointment]:
        parse = parse_appointment if resource == RESOURCE else parse_group_appointment
        parsed: list[Appointment] = []
        for row in rows:
            try:
                parsed.append(parse(row))
            except BadInput:
                cliniko_id = str(row.get("id") or "?")
                self._run.problem(
                    "unreadable", "A record from Cliniko could not be read.", STREAM, cliniko_id
                )
                self._recorder.settled(
                    [
                        Settled(
                            Record("appointment", cliniko_id, "failed", reason="unreadable"), None, "failed"
                        )
                    ]
                )
        return self._drafts.with_attendees(parsed)

    def work(
        self,
        rows: list[Json],
        resource: str,
        evaluate: bool = False,
        restate: bool = False,
        evaluated: frozenset[str] = frozenset(),
    ) -> list[Json]:
        """Work these rows as far as the cap reaches; returns those left for the next execution."""
        run = self._run
        places = self.parse(rows, resource)
        self._firsts.save([self._drafts.visit(place) for place in places])
        adopt(run, places)
        records = run.store.records("appointment", [place.key for place in places])
        wanted: list[Wanted] = []
        calm: list[Settled] = []
        for place in places:
            record = records.get(place.key)
            reason = self._drafts.left_out(place, record, self._window)
            if reason is None:
                wanted.append(Wanted(place, record))
            elif record is not None and (record.state, record.reason) != ("left_out", reason):
                calm.append(Settled(replace(record, state="left_out", reason=reason, row_hash="")))
            else:
                calm.append(Settled(record or Record("appointment", place.key, "left_out")))
        stop = len(rows) if restate else self._newcomers_beyond(rows, wanted)
        rows, beyond = rows[:stop], rows[stop:]
        if beyond:
            later = {str(row.get("id")) for row in beyond}
            wanted = [item for item in wanted if item.appointment.id not in later]
            calm = [item for item in calm if _row_of(item.record) not in later]
        contacts = self._contacts(wanted)
        firsts = self._firsts.of([item.appointment.patient_id for item in wanted])
        drafts = self._drafts.drafts(wanted, contacts, firsts)
        ready = []
        for item, draft in zip(wanted, drafts, strict=True):
            has_deal = item.record is not None and item.record.hubspot_id
            if draft.contact_id or has_deal:
                ready.append(draft)
            else:
                patient = run.store.record("patient", item.appointment.patient_id)
                is_coming = run.settings.flag("streams.patients")
                calm.append(waiting_for(patient, item.record, draft, is_coming))
        plan = self._deals.plan(ready, evaluate, restate, evaluated)
        want_invoices_of(run, _with_another_case(records, plan.writes))
        return [*self._carry_out(rows, plan.writes, [*calm, *plan.settled], restate), *beyond]

    def _newcomers_beyond(self, rows: Sequence[Json], wanted: Sequence[Wanted]) -> int:
        """Where to stop, so that no patient is brought for an appointment that the cap leaves anyway (R2, R20)."""
        ids = {item.appointment.patient_id for item in wanted}
        unmet = ids - set(self._run.store.records("patient", ids))
        room, position = max(1, self.room), {str(row.get("id")): at for at, row in enumerate(rows)}
        for item in wanted if unmet else ():
            is_new = item.record is None or not item.record.hubspot_id
            room -= is_new
            at = position.get(item.appointment.id, 0)
            if room < 0 and at > 0 and item.appointment.patient_id in unmet:
                return at
        return len(rows)

    def _carry_out(
        self, rows: list[Json], writes: Sequence[PlannedWrite], calm: Sequence[Settled], restate: bool
    ) -> list[Json]:
        """Row by row until the cap is reached; what comes after stays untouched, so that the place passes nothing
        that is not recorded (I4)."""
        room = 10**9 if restate else max(0, self.room)
        by_row: dict[str, list[PlannedWrite]] = {}
        for write in writes:
            by_row.setdefault(_row_of(write.record), []).append(write)
        now: list[PlannedWrite] = []
        left: list[Json] = []
        for position, row in enumerate(rows):
            mine = by_row.get(str(row.get("id")), [])
            # A group larger than the whole cap goes through at once rather than never.
            if mine and len(now) + len(mine) > room and (now or self.used):
                left = rows[position:]
                break
            now.extend(mine)
        later = {str(row.get("id")) for row in left}
        self._settle([item for item in calm if _row_of(item.record) not in later])
        self._deals.write(now)
        self.used += len(now)
        return left

    def _settle(self, items: Sequence[Settled]) -> None:
        known = self._run.store.records("appointment", [item.record.cliniko_id for item in items])
        news = [item for item in items if not _is_as_known(item, known.get(item.record.cliniko_id))]
        self._run.counters(STREAM).unchanged += len(items) - len(news)
        self._recorder.settled(news)

    def _contacts(self, wanted: Sequence[Wanted]) -> dict[str, Record]:
        """The patients' records; those never met are synced first, in this execution (R20)."""
        run = self._run
        ids = {item.appointment.patient_id for item in wanted}
        known = run.store.records("patient", ids)
        unmet = sorted(ids - set(known))
        if unmet and run.settings.flag("streams.patients") and "patients" not in run.paused:
            self._patients.bring(unmet)
            known = run.store.records("patient", ids)
            self._no_longer_waiting(set(unmet) & set(known))
        linked = {
            key: record for key, record in known.items() if record.hubspot_id and record.state == "linked"
        }
        return with_owners(run, self._portal, linked)

    def _no_longer_waiting(self, brought: set[str]) -> None:
        """Patients whom their own stream left for the next execution, and who came in now, do not wait any more."""
        run = self._run
        if "patients" not in run.chain.readers or "patients" in run.chain.finished_passes:
            return
        place = id_order(run.store.cursor("patients").place or "0")
        counters = run.counters("patients")
        ahead = sum(id_order(one) > place for one in brought)
        counters.waiting = max(0, counters.waiting - ahead)


def _with_another_case(before: Mapping[str, Record], writes: Sequence[PlannedWrite]) -> set[str]:
    return {
        _row_of(write.record)
        for write in writes
        if (known := before.get(write.record.cliniko_id)) is not None
        and known.refs.get("case", "") != write.record.refs.get("case", "")
    }


def _row_of(record: Record) -> str:
    """The booking an appointment's record comes from; a group has one for each person."""
    return record.cliniko_id.split("-")[0]


def _is_as_known(item: Settled, known: Record | None) -> bool:
    """Whether nothing is to be saved: as it was, or left out and never met."""
    if known is None:
        return item.outcome == "unchanged" and item.record.state == "left_out" and item.record.reason is None
    return item.record == known
