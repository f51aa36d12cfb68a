"""Whose visit a row of an appointments file is, and which appointment of Cliniko: by ids, else by what agrees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Final

from app.domain.conflicts import Conflict
from app.domain.imported import VisitRow
from app.domain.normalise import fold_name, keyed_hash
from app.domain.people import Patient
from app.domain.records import Person, Visit
from app.domain.visits import Appointment
from app.errors import RequestRefused, RightsMissing
from app.matching.signs import email_hash, person_of
from app.streams.visit_reading import parse_appointment, parse_business, parse_practitioner
from app.sync.accounts import cached_list
from app.sync.adoption import key_without_id, same_visit
from app.sync.appointments import AppointmentDrafts
from app.sync.fetch import utc_text, whole_list
from app.sync.first_visits import FirstVisits
from app.sync.lists import HIDDEN, Lists
from app.sync.questions import ask
from app.sync.run import Run

QUESTION: Final = "import_row_unclear"
SUBJECT: Final = "import_row"
"""Questions about rows have this type of subject; its id is the same for the same row of any file."""
RESOURCE: Final = "individual_appointments"
_HIDDEN: Final = ("archived_at:*", "cancelled_at:*", "deleted_at:*")


@dataclass(frozen=True)
class Place:
    """One person's place in the appointment of a row: `key` is its deal's, `patient_id` the one it belongs to.
    Without a patient `question` says what a person is asked, and `reason` why nothing is done."""

    row: VisitRow
    key: str = ""
    patient_id: str = ""
    appointment: Appointment | None = None
    reason: str = ""
    question: Conflict | None = None
    is_skipped: bool = False


class WhoAndWhich:
    """Look-ups for one import."""

    def __init__(self, run: Run, lists: Lists, drafts: AppointmentDrafts) -> None:
        self._run = run
        self._lists = lists
        self._drafts = drafts
        self._practitioners = self._names("practitioners") | self._names("practitioners/inactive")
        self._businesses = self._names("businesses")
        self._types = self._names("appointment_types")

    # small lists, by name

    def practitioner_of(self, row: VisitRow) -> str:
        """The practitioner's id: as the row has it, else the one of that name, "" when it is nobody's or several'."""
        known = row.appointment.practitioner_id if row.appointment else ""
        return known or self._practitioners.get(fold_name(row.practitioner), "")

    def completed(self, row: VisitRow) -> Appointment:
        """The row's appointment with the ids that its names stand for."""
        assert row.appointment is not None
        place = row.appointment
        return replace(
            place,
            practitioner_id=self.practitioner_of(row),
            business_id=place.business_id or self._businesses.get(fold_name(row.business), ""),
            appointment_type_id=place.appointment_type_id or self._types.get(fold_name(row.type_name), ""),
        )

    def _names(self, resource: str) -> dict[str, str]:
        """Name → id, of names that only one has."""
        run = self._run
        rows = cached_list(run.store, run.cliniko, run.clock, resource, HIDDEN[resource])
        found: dict[str, set[str]] = {}
        for row in rows:
            cliniko_id = str(row.get("id") or "")
            names = {str(row.get(name) or "") for name in ("name", "label", "display_name", "business_name")}
            names.add(f"{row.get('first_name') or ''} {row.get('last_name') or ''}")
            if resource == "businesses":
                names.add(parse_business(row).name)
            elif resource.startswith("practitioners"):
                names.add(parse_practitioner(row).name)
            for name in filter(None, map(fold_name, names)):
                found.setdefault(name, set()).add(cliniko_id)
        return {name: ids.pop() for name, ids in found.items() if len(ids) == 1}

    # appointments of Cliniko, for rows without an id

    def learn_visits(self, first: datetime, last: datetime) -> None:
        """Read the appointments that start in this span, unless all of Cliniko's are known already."""
        run = self._run
        if run.store.fact("visits_complete") == "yes":
            return
        firsts = FirstVisits(run)
        conditions = (*_HIDDEN, f"starts_at:>={utc_text(first)}", f"starts_at:<={utc_text(last)}")
        rows = whole_list(run.cliniko, RESOURCE, conditions)
        try:
            while part := list(islice(rows, 100)):
                run.check_stop()
                firsts.save([self._drafts.visit(parse_appointment(row)) for row in part])
        except RightsMissing:
            run.note_once(
                "no_appointments",
                "The Cliniko key may not read appointments; rows without an id get a key of their own.",
                "appointments",
            )
        except RequestRefused as error:
            if error.status != 404:
                raise

    def key_of(self, place: Appointment, name: str, visits: Sequence[Visit]) -> str:
        """The id of the row's appointment: its own, that of the same visit in Cliniko, else made from what it is."""
        if place.id:
            return place.id
        found = same_visit(visits, place.starts_at, place.practitioner_id)
        if found is not None:
            return found.id
        return key_without_id(place.patient_id, place.starts_at, place.practitioner_id or name)

    # patients, for rows without an id

    def by_name(self, row: VisitRow) -> tuple[str, list[Person]]:
        """The one patient a name can mean, and all who bear it. A shared name is settled by the address."""
        people = self._bearers(row.patient_name)
        if row.patient_email:
            mark = email_hash(row.patient_email, self._run.salt)
            same = [person for person in people if person.email_hash and person.email_hash == mark]
            if len(same) == 1:
                return same[0].cliniko_id, people
        is_complete = self._run.store.cursor("patients").floor is not None
        if len(people) == 1 and is_complete and people[0].status != "merged":
            return people[0].cliniko_id, people
        assert row.appointment is not None
        visits = self._run.store.visits_of([person.cliniko_id for person in people])
        practitioner = self.practitioner_of(row)
        there = [
            patient_id
            for patient_id, listed in visits.items()
            if same_visit(listed, row.appointment.starts_at, practitioner) is not None
        ]
        return (there[0] if len(there) == 1 else ""), people

    def _bearers(self, name: str) -> list[Person]:
        """Patients of this name, wherever its first part ends."""
        run = self._run
        last, comma, first = name.partition(",")
        words = name.split()
        pairs = (
            [(first, last)]
            if comma
            else [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
        )
        hashes = {
            person_of(
                Patient("0", first_name=one.strip(), last_name=other.strip()),
                run.salt,
                run.clinic.country_code,
            ).name_hash
            for one, other in pairs
        }
        found = run.store.people_by_hash("patient", "name_hash", hashes - {""})
        people = {person.cliniko_id: person for listed in found.values() for person in listed}
        return [people[key] for key in sorted(people)]

    # what is asked

    def answer_of(self, row: VisitRow) -> tuple[str, Mapping[str, str]]:
        """What a person said about this row before: pick or skip, with what was named; "" when nothing."""
        for past in self._run.store.remembered(SUBJECT, [self.mark_of(row)]):
            if past.kind == QUESTION and past.answer:
                return past.answer, past.answer_args
        return "", {}

    def question_about(self, row: VisitRow, people: Sequence[Person]) -> Conflict:
        """Which patient is meant? Names stay on this computer's own review list."""
        assert row.appointment is not None
        day = row.appointment.starts_at.astimezone(self._run.clinic.zone)
        named = row.patient_name or ", ".join(row.patient_ids) or "–"
        conflict = ask(
            QUESTION,
            SUBJECT,
            self.mark_of(row),
            details={
                "row": str(row.number),
                "start": utc_text(row.appointment.starts_at),
                "practitioner": row.practitioner,
                "type": row.type_name,
                "named": named,
                "day": day.date().isoformat(),
                "patients": [{"id": person.cliniko_id, "name": person.name} for person in people[:20]],
            },
            fingerprint=self.mark_of(row),
            row=str(row.number),
            text=f"{named}, {day.day}/{day.month}/{day.year}",
        )
        return replace(conflict, opened_at=self._run.now())

    def mark_of(self, row: VisitRow) -> str:
        """The same for the same row in any file: a keyed hash, since it stands for a name (I6)."""
        assert row.appointment is not None
        who = ",".join(row.patient_ids) or fold_name(row.patient_name)
        parts = (who, utc_text(row.appointment.starts_at), row.appointment.id, fold_name(row.practitioner))
        return keyed_hash(self._run.salt, "import row", "\n".join(parts))
