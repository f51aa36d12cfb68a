"""The rows of an appointments file as places: one a person, with the patient and the deal's key that it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.domain.imported import VisitRow
from app.domain.records import Visit
from app.domain.visits import Appointment, Attendee
from app.errors import RequestRefused, RightsMissing
from app.streams.patients import parse_patient
from app.streams.visit_reading import parse_attendee
from app.sync.adoption import FACT, adopt, is_key_without_id
from app.sync.appointments import AppointmentDrafts
from app.sync.fetch import whole_list
from app.sync.import_who import Place, WhoAndWhich
from app.sync.people_line import PeopleLine
from app.sync.portal import Portal
from app.sync.run import Run
from app.sync.side_lists import ATTENDEES, HIDDEN, attendees_of
from app.sync.sides import PatientSide

MOST_MERGES: Final = 5
"""How far a chain of merged patients is followed."""


class Places:
    """Works out whose visit each row is, and under which key its deal stands."""

    def __init__(self, run: Run, portal: Portal, who: WhoAndWhich, drafts: AppointmentDrafts) -> None:
        self._run = run
        self._who = who
        self._drafts = drafts
        self._patients = PeopleLine(run, PatientSide(run), portal)

    def of(self, rows: Sequence[VisitRow]) -> list[Place]:
        """The places of these rows. Patients never met are synced on the way (R20)."""
        places = [place for row in rows for place in self._of_row(row)]
        return self._with_keys(self._with_patients(places))

    def _of_row(self, row: VisitRow) -> list[Place]:
        """A row as one place a person, or as one that says why nothing is done."""
        if row.appointment is None:
            return [Place(row, reason=row.reason)]
        skip = self._skipped(row)
        if skip:
            return [Place(row, reason=skip, is_skipped=True)]
        answer, args = self._who.answer_of(row)
        if answer == "skip":
            return [Place(row, reason="skipped, as you said", is_skipped=True)]
        if answer == "pick" and args.get("patient"):
            return [Place(row, patient_id=args["patient"])]
        if row.patient_ids:
            return [Place(row, patient_id=patient_id) for patient_id in row.patient_ids]
        patient_id, people = self._who.by_name(row)
        if patient_id:
            return [Place(row, patient_id=patient_id)]
        return [Place(row, question=self._who.question_about(row, people))]

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
        merged = {key: self._survivor(key) for key, record in known.items() if record.status == "merged"}
        places = [
            replace(place, patient_id=merged.get(place.patient_id, place.patient_id)) for place in places
        ]
        ids = {place.patient_id for place in places} - {""}
        known = run.store.records("patient", ids)
        unmet = sorted(ids - set(known), key=lambda cliniko_id: (len(cliniko_id), cliniko_id))
        if unmet and run.settings.flag("streams.patients") and "patients" not in run.paused:
            self._patients.bring(unmet)
            known = run.store.records("patient", ids)
        return [
            replace(place, patient_id="", question=self._who.question_about(place.row, []))
            if place.patient_id and place.patient_id not in known
            else place
            for place in places
        ]

    def _survivor(self, patient_id: str) -> str:
        """Whose visits those of a merged patient are now (R13)."""
        for _ in range(MOST_MERGES):
            row = self._run.cliniko.get(f"patients/{patient_id}")
            into = parse_patient(row).merged_into if row else ""
            if not into:
                break
            patient_id = into
        return patient_id

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
        own = replace(self._who.completed(place.row), patient_id=place.patient_id)
        if own.is_group:
            own = self._of_group(own, attendees.get(own.id, []))
        listed = visits.setdefault(place.patient_id, [])
        key = own.key if own.attendee_id else self._who.key_of(own, place.row.practitioner, listed)
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
                rows = list(whole_list(run.cliniko, ATTENDEES, conditions))
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
