"""Appointments from a file: past visits of any age become deals, each once, whoever else made it (R71)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.domain.actions import PlannedWrite, Settled
from app.domain.imported import IMPORTED, RowOutcome, RowResult, VisitRow
from app.domain.records import Record
from app.domain.visits import AppointmentView, status_of
from app.schema.catalogue import KEY_OF
from app.streams.appointments import PRICE_PROPERTIES, appointment_values
from app.sync.adoption import is_key_without_id
from app.sync.appointments import AppointmentDrafts, text_of, without_contact
from app.sync.deals import DealDraft, Deals
from app.sync.first_visits import NAME as FIRST_VISIT
from app.sync.first_visits import FirstVisits
from app.sync.import_places import Places
from app.sync.import_rows import NAME as ROWS
from app.sync.import_rows import pack_row
from app.sync.import_who import QUESTION, SUBJECT, Place, WhoAndWhich
from app.sync.lists import Lists
from app.sync.made import load
from app.sync.owners import Owners
from app.sync.portal import Portal
from app.sync.record import Recorder
from app.sync.run import Run

STREAM: Final = "appointments"
_OF_CLINIKO: Final = ("cliniko_appointment_id", "cliniko_appointment_url")
_RANK: Final[Mapping[RowOutcome, int]] = {"refused": 4, "held": 3, "done": 2, "waiting": 1, "unchanged": 0}


class ImportVisits:
    """Works the rows of an appointments file, batch after batch."""

    def __init__(self, run: Run, portal: Portal, lists: Lists, present: frozenset[str]) -> None:
        self._run = run
        self._lists = lists
        self._present = present
        self._drafts = AppointmentDrafts(run, lists)
        self._recorder = Recorder(run, STREAM)
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
        self._owners = Owners(run, lists)
        self._firsts = FirstVisits(run)
        self.who = WhoAndWhich(run, lists, self._drafts)
        self._places = Places(run, portal, self.who, self._drafts)

    def work_rows(self, rows: Sequence[VisitRow]) -> list[RowResult]:
        """Make or update these deals; returns what became of each row, in their order."""
        places = self._places.of(rows)
        done = self._bring(places)
        by_row: dict[int, list[RowResult]] = {}
        for place in places:
            by_row.setdefault(place.row.number, []).append(self._result(place, done))
        results = [_worst(by_row[row.number]) for row in rows]
        counters = self._run.counters(STREAM)
        counters.failed += sum(
            1 for place in places if not place.key and place.reason and not place.is_skipped
        )
        return results

    def finish(self) -> None:
        """What remains once the last row is worked: marks of first visits, and associations."""
        self._firsts.flush(self._deals, is_last=True)
        self._deals.associate()

    # deals

    def _bring(self, places: Sequence[Place]) -> dict[str, tuple[str, str]]:
        """Plan and write; returns key → (what was done, why it was not)."""
        run = self._run
        self._ask([place for place in places if place.question is not None])
        mine = [place for place in places if place.key and place.appointment]
        records = run.store.records("appointment", [place.key for place in mine])
        patients = run.store.records("patient", [place.patient_id for place in mine])
        told: dict[str, tuple[str, str]] = {}
        wanted: list[Place] = []
        for place in {place.key: place for place in reversed(mine)}.values():
            reason = self._left(place, records.get(place.key))
            if reason:
                told[place.key] = ("", reason)
                run.counters(STREAM).unchanged += 1
            else:
                wanted.append(place)
        self._remember_visits(wanted, records)
        firsts = self._firsts.of([place.patient_id for place in wanted])
        drafts: list[DealDraft] = []
        for place in wanted:
            record, patient = records.get(place.key), patients[place.patient_id]
            draft = self._draft(place, record, patient, firsts)
            if draft.contact_id or (record is not None and record.hubspot_id):
                drafts.append(draft)
            else:
                told[place.key] = self._without_contact(record, patient, draft)
        plan = self._deals.plan(drafts)
        self._recorder.settled(self._news(plan.settled, records))
        self._deals.write([self._marked(write) for write in plan.writes])
        for write in plan.writes:
            told[write.record.cliniko_id] = ("created" if write.counts_as == "created" else "updated", "")
        return told

    def _left(self, place: Place, record: Record | None) -> str:
        """Why nothing is done with this appointment, "" when something is."""
        assert place.appointment is not None
        kind = self._lists.type(place.appointment.appointment_type_id)
        excluded = self._run.settings.items("appointments.excluded_categories")
        category = kind.category if kind else place.row.category
        if category and category in excluded:
            return "left out: its category is excluded"
        if record is None or not record.hubspot_id:
            if record is not None and record.reason == "deal_deleted":
                return "left out: its deal was deleted in HubSpot"
            return "left out: removed in Cliniko" if place.appointment.is_removed else ""
        if record.on_hold:
            return "left out: on hold"
        if record.refs.get(IMPORTED) != record.row_hash and record.rule != "adopted":
            return "Cliniko itself told of it already"
        return ""

    def _remember_visits(self, places: Sequence[Place], records: Mapping[str, Record]) -> None:
        """Visits that only the file knows count in the roll-ups (R16); what Cliniko told of one stays."""
        known = {
            visit.id
            for listed in self._run.store.visits_of([place.patient_id for place in places]).values()
            for visit in listed
        }
        self._firsts.save(
            [
                self._drafts.visit(place.appointment)
                for place in places
                if place.appointment and place.key not in known
            ]
        )

    def _draft(
        self, place: Place, record: Record | None, patient: Record, firsts: Mapping[str, str] | None
    ) -> DealDraft:
        run, own = self._run, place.appointment
        assert own is not None
        lists = self._lists
        practitioner, business = lists.practitioner(own.practitioner_id), lists.business(own.business_id)
        kind, alias = lists.type(own.appointment_type_id), lists.alias(own.appointment_type_id)
        view = AppointmentView(
            appointment=own,
            now=run.now(),
            zone=lists.zone(own.business_id),
            level=run.settings.text("privacy.level"),
            require_tick=run.settings.flag("appointments.require_arrival_tick"),
            add_amount=run.settings.flag("appointments.add_amount"),
            estimated=lists.price(own.appointment_type_id),
            web_url=run.clinic.web_url,
            type=kind,
            alias=alias or ("" if kind else place.row.type_name),
            practitioner=practitioner.name if practitioner else place.row.practitioner,
            practitioner_email=lists.practitioner_email(own.practitioner_id),
            business=business.name if business else place.row.business,
            is_first_visit=None if firsts is None else firsts.get(own.patient_id) == own.key,
            owner_id=self._owners.owner_of(own.practitioner_id, patient.refs.get("owner", "")),
            ids=load(run).ids,
        )
        refs = {
            "patient": own.patient_id,
            "case": own.case_id,
            "starts_at": text_of(own.starts_at),
            "ends_at": text_of(own.is_over_at),
            "type": own.appointment_type_id,
        }
        return DealDraft(
            key=place.key,
            values=self._told(appointment_values(view), place, record),
            status=status_of(own, view.now, view.require_tick),
            refs={name: value for name, value in refs.items() if value},
            contact_id=(patient.hubspot_id or "") if patient.state == "linked" else "",
            # What a visit of the past came to is not worked out again at today's prices (R24).
            frozen=PRICE_PROPERTIES,
        )

    def _told(self, values: Mapping[str, str], place: Place, record: Record | None) -> dict[str, str]:
        """What the row tells: nothing is blanked, but for what a column of the file says is no longer so."""
        told = {name: value for name, value in values.items() if value}
        if record is not None and "cancelled_at" in self._present:
            told["cliniko_cancelled_at"] = values["cliniko_cancelled_at"]
        if is_key_without_id(place.key):
            for name in _OF_CLINIKO:
                told.pop(name, None)
            if place.row.appointment and place.row.appointment.id:
                told["cliniko_appointment_id"] = place.row.appointment.id
        if place.row.shape == "group" and "cliniko_is_group" in values:
            told["cliniko_is_group"] = "true"
        return told

    def _without_contact(self, record: Record | None, patient: Record, draft: DealDraft) -> tuple[str, str]:
        """Its patient is not in HubSpot: held until that changes, or left out like the patient."""
        if patient.state == "left_out":
            self._run.counters(STREAM).unchanged += 1
            return "", f"left out: its patient is not in HubSpot ({patient.reason})"
        held = without_contact(record, "patient_not_linked", draft)
        # Live sync sees by this mark that the appointment is wanted, however long ago it was.
        held = replace(held, refs={**held.refs, IMPORTED: "-"})
        self._recorder.settled([Settled(held, None, "held")])
        return "held", "its patient waits for an answer"

    def _marked(self, write: PlannedWrite) -> PlannedWrite:
        refs = {**write.record.refs, IMPORTED: write.record.row_hash}
        rule = "imported" if write.target_id is None else write.record.rule
        return replace(write, record=replace(write.record, refs=refs, rule=rule), source="import")

    def _news(self, items: Sequence[Settled], records: Mapping[str, Record]) -> list[Settled]:
        """What is worth saving; the rest only counts."""
        news: list[Settled] = []
        for item in items:
            if item.record == records.get(item.record.cliniko_id):
                self._run.counters(STREAM).unchanged += 1
            else:
                refs = {**item.record.refs, IMPORTED: item.record.row_hash}
                news.append(replace(item, record=replace(item.record, refs=refs)))
        return news

    # questions and results

    def _ask(self, places: Sequence[Place]) -> None:
        """Open a question a row; the same row in another file is the same question."""
        self._run.counters(STREAM).held += len(places)
        for place in places:
            if place.question is not None:
                self._run.store.open_conflict(place.question)
        rows = {
            place.question.subject_id: pack_row(place.row, self._present)
            for place in places
            if place.question
        }
        if rows:
            self._run.store.save_side_rows(ROWS, rows)

    def _result(self, place: Place, done: Mapping[str, tuple[str, str]]) -> RowResult:
        number = place.row.number
        if place.question is not None:
            return RowResult(number, "held", reason="it is not clear which patient is meant")
        if not place.key:
            return RowResult(number, "unchanged" if place.is_skipped else "refused", reason=place.reason)
        self._close_question(place.row)
        what, reason = done.get(place.key, ("", ""))
        if what == "held":
            return RowResult(number, "held", place.key, reason=reason)
        record = self._run.store.record("appointment", place.key)
        if what and (record is None or record.state == "failed"):
            return RowResult(number, "refused", place.key, reason="HubSpot did not accept it")
        return RowResult(number, "done" if what else "unchanged", place.key, what, reason)

    def _close_question(self, row: VisitRow) -> None:
        """A row that is clear now no longer needs an answer."""
        for conflict in self._run.store.conflicts_of(SUBJECT, [self.who.mark_of(row)]):
            if conflict.kind == QUESTION and conflict.answer is None:
                self._run.store.close_conflict(conflict.id, "itself", self._run.now())


def _worst(results: Sequence[RowResult]) -> RowResult:
    """One line for a row that stands for several people: the outcome that needs attention most."""
    return max(results, key=lambda result: _RANK[result.outcome])
