"""Appointments from a file: past visits of any age become deals, each once, whoever else made it (R71)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.domain.actions import PlannedWrite, Settled
from app.domain.imported import RowOutcome, RowResult, VisitRow
from app.domain.records import Record, Visit
from app.domain.visits import Appointment, AppointmentView, Attendee, status_of
from app.errors import RequestRefused, RightsMissing
from app.schema.catalogue import KEY_OF
from app.streams.appointments import PRICE_PROPERTIES, appointment_values
from app.streams.visit_reading import parse_attendee
from app.sync.adoption import FACT, adopt, is_key_without_id
from app.sync.appointments import AppointmentDrafts, text_of, without_contact
from app.sync.deals import DealDraft, Deals
from app.sync.first_visits import NAME as FIRST_VISIT
from app.sync.first_visits import FirstVisits
from app.sync.import_people import IMPORTED
from app.sync.import_who import QUESTION, SUBJECT, Place, WhoAndWhich
from app.sync.lists import Lists
from app.sync.made import load
from app.sync.owners import Owners
from app.sync.people_line import PeopleLine
from app.sync.portal import Portal
from app.sync.record import Recorder
from app.sync.run import Run
from app.sync.side_lists import ATTENDEES, HIDDEN, attendees_of
from app.sync.sides import PatientSide

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
        self._patients = PeopleLine(run, PatientSide(run), portal)
        self.who = WhoAndWhich(run, lists, self._drafts)

    def work_rows(self, rows: Sequence[VisitRow]) -> list[RowResult]:
        """Make or update these deals; returns what became of each row, in their order."""
        places = [place for row in rows for place in self._places(row)]
        places = self._with_patients(places)
        places = self._with_keys(places)
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

    # whose and which

    def _places(self, row: VisitRow) -> list[Place]:
        """A row as one place a person, or as one that says why nothing is done."""
        if row.appointment is None:
            return [Place(row, reason=row.reason)]
        skip = self._skipped(row)
        if skip:
            return [Place(row, reason=skip, is_skipped=True)]
        answer, args = self.who.answer_of(row)
        if answer == "skip":
            return [Place(row, reason="skipped, as you said", is_skipped=True)]
        if answer == "pick" and args.get("patient"):
            return [Place(row, patient_id=args["patient"])]
        if row.patient_ids:
            return [Place(row, patient_id=patient_id) for patient_id in row.patient_ids]
        patient_id, people = self.who.by_name(row)
        if patient_id:
            return [Place(row, patient_id=patient_id)]
        return [Place(row, question=self.who.question_about(row, people))]

    def _skipped(self, row: VisitRow) -> str:
        assert row.appointment is not None
        if row.repeats:
            return "the appointment stands in an earlier row"
        if row.shape == "block":
            return "an unavailable block, with nobody in it"
        if row.shape == "group" and not self._run.settings.flag("appointments.groups"):
            return "group appointments are switched off"
        if row.shape == "group" and not row.patient_ids and not row.patient_name:
            return "a group appointment with nobody in it"
        if row.appointment.starts_at > self._run.now():
            return "still to come, so live sync brings it"
        return ""

    def _with_patients(self, places: Sequence[Place]) -> list[Place]:
        """Patients never met are synced first (R20); one that Cliniko does not know either is asked about."""
        run = self._run
        ids = {place.patient_id for place in places} - {""}
        known = run.store.records("patient", ids)
        unmet = sorted(ids - set(known), key=lambda cliniko_id: (len(cliniko_id), cliniko_id))
        if unmet and run.settings.flag("streams.patients") and "patients" not in run.paused:
            self._patients.bring(unmet)
            known = run.store.records("patient", ids)
        return [
            replace(place, patient_id="", question=self.who.question_about(place.row, []))
            if place.patient_id and place.patient_id not in known
            else place
            for place in places
        ]

    def _with_keys(self, places: Sequence[Place]) -> list[Place]:
        """Each place with its deal's key. Rows that have an id come first: one without may mean the same visit."""
        known = self._run.store.visits_of({place.patient_id for place in places} - {""})
        visits = {patient_id: list(listed) for patient_id, listed in known.items()}
        attendees = self._attendees(places)
        made: dict[int, Place] = {}
        for has_id in (True, False):
            for at, place in enumerate(places):
                if bool(place.row.appointment and place.row.appointment.id) is has_id:
                    made[at] = self._with_key(place, visits, attendees)
        in_order = [made[at] for at in sorted(made)]
        self._adopt(in_order)
        return in_order

    def _with_key(
        self, place: Place, visits: dict[str, list[Visit]], attendees: Mapping[str, list[Attendee]]
    ) -> Place:
        if not place.patient_id:
            return place
        own = replace(self.who.completed(place.row), patient_id=place.patient_id)
        if own.is_group:
            own = self._of_group(own, attendees.get(own.id, []))
        listed = visits.setdefault(place.patient_id, [])
        key = own.key if own.attendee_id else self.who.key_of(own, place.row.practitioner, listed)
        if not own.attendee_id:
            own = replace(own, id=key)
        if not is_key_without_id(key):
            listed.append(self._drafts.visit(own))
        return replace(place, key=key, appointment=own)

    def _of_group(self, own: Appointment, attendees: Sequence[Attendee]) -> Appointment:
        """This person's place: by the attendee where Cliniko tells who that is, else by a key of its own."""
        mine = next((one for one in attendees if one.patient_id == own.patient_id), None)
        if mine is not None:
            return replace(own, attendee_id=mine.id, case_id=own.case_id or mine.case_id)
        return replace(own, id="", is_group=False)

    def _attendees(self, places: Sequence[Place]) -> dict[str, list[Attendee]]:
        """The people of these groups, from what is known or from Cliniko."""
        run = self._run
        ids = [
            place.row.appointment.id
            for place in places
            if place.row.shape == "group" and place.row.appointment and place.row.appointment.id
        ]
        found = attendees_of(run, ids)
        for booking_id in sorted(set(ids) - set(found)):
            conditions = (f"booking_id:={booking_id}", *HIDDEN[ATTENDEES])
            try:
                rows = run.cliniko.list_page(ATTENDEES, conditions, None).rows
            except (RightsMissing, RequestRefused):
                # Without that right the person gets a key of their own, as without any id.
                return found
            found[booking_id] = [parse_attendee(row) for row in rows]
        return found

    def _adopt(self, places: Sequence[Place]) -> None:
        """Deals made earlier without the id belong to these rows, which have it."""
        with_id = [
            place.appointment
            for place in places
            if place.appointment and place.key and not is_key_without_id(place.key)
        ]
        adopt(
            self._run,
            with_id,
            {p.appointment.practitioner_id: p.row.practitioner for p in places if p.appointment},
        )
        if any(is_key_without_id(place.key) for place in places) and not self._run.is_rehearsal:
            self._run.store.set_fact(FACT, "yes")

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
