"""Appointments to deals: from Cliniko's row to a draft, with everything a deal is made from (R20 to R27)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain.actions import Settled
from app.domain.clinic_time import Window
from app.domain.imported import IMPORTED
from app.domain.records import Record, Visit
from app.domain.visits import Appointment, AppointmentView, Attendee, place_of, status_of
from app.streams.appointments import PRICE_PROPERTIES, appointment_values
from app.sync.case_sessions import used_of
from app.sync.deals import DealDraft
from app.sync.forgotten import FORGOTTEN, forgotten_among
from app.sync.holding import held as on_hold
from app.sync.lists import Lists
from app.sync.made import load
from app.sync.owners import Owners
from app.sync.run import Run
from app.sync.side_lists import attendees_of, cases_of, mark_of

LONGEST = timedelta(hours=24)


@dataclass(frozen=True)
class Wanted:
    """An appointment that has or gets a deal; `record` is what we remember of it."""

    appointment: Appointment
    record: Record | None


def text_of(moment: datetime) -> str:
    """A moment as sortable text, as kept in refs."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class AppointmentDrafts:
    """Makes drafts for one execution."""

    def __init__(self, run: Run, lists: Lists) -> None:
        self._run = run
        self._lists = lists
        self._owners = Owners(run, lists)
        self._ids = load(run).ids
        self._tick = run.settings.flag("appointments.require_arrival_tick")
        self._amount = run.settings.flag("appointments.add_amount")
        self._excluded = frozenset(run.settings.items("appointments.excluded_categories"))

    def with_attendees(self, bookings: Sequence[Appointment]) -> list[Appointment]:
        """Each booking with its attendee's arrival and case; a group becomes one for each person (R20). Those of
        patients who were forgotten are left out: nothing of them is kept again (R84)."""
        attendees = attendees_of(self._run, [booking.id for booking in bookings])
        places: list[Appointment] = []
        for booking in bookings:
            people = attendees.get(booking.id, [])
            if booking.is_group:
                places.extend(place_of(booking, attendee) for attendee in people)
            else:
                places.append(place_of(booking, people[0]) if people else booking)
        forgotten = forgotten_among(self._run.store, [place.patient_id for place in places])
        return [place for place in places if place.patient_id not in forgotten]

    def visit(self, appointment: Appointment) -> Visit:
        """The appointment as the roll-ups see it."""
        kind = self._lists.type(appointment.appointment_type_id)
        return Visit(
            id=appointment.key,
            patient_id=appointment.patient_id,
            starts_at=appointment.starts_at,
            ends_at=appointment.is_over_at,
            practitioner_id=appointment.practitioner_id,
            business_id=appointment.business_id,
            type_id=appointment.appointment_type_id,
            arrived=appointment.patient_arrived,
            did_not_arrive=bool(appointment.did_not_arrive),
            cancelled_at=appointment.cancelled_at,
            is_removed=appointment.is_removed,
            is_counted=not (kind and kind.category in self._excluded),
        )

    def left_out(self, appointment: Appointment, record: Record | None, window: Window) -> str | None:
        """The slug of the one reason why this appointment has no deal, or None (R21, R22)."""
        is_linked = record is not None and record.hubspot_id is not None
        kind = self._lists.type(appointment.appointment_type_id)
        if record is not None and record.reason == "deal_deleted":
            return "deal_deleted"
        if record is not None and record.reason == FORGOTTEN:
            return FORGOTTEN
        if record is not None and record.on_hold:
            return "on_hold"
        if not appointment.patient_id:
            return "no_patient"
        if kind is not None and kind.category and kind.category in self._excluded:
            return "excluded_category"
        if is_linked:
            return None
        is_imported = record is not None and record.state == "held" and IMPORTED in record.refs
        if appointment.starts_at not in window and not is_imported:
            return "outside_window"
        return "removed" if appointment.is_removed else None

    def drafts(
        self, wanted: Sequence[Wanted], contacts: Mapping[str, Record], first_visits: Mapping[str, str] | None
    ) -> list[DealDraft]:
        """Drafts of these; `contacts` are the patients' records, `first_visits` patient → the key of the
        earliest visit that stands, None while not every visit is known."""
        cases = cases_of(self._run, list({w.appointment.case_id for w in wanted} - {""}))
        doctors = self._doctors({case.contact_id for case in cases.values()} - {""})
        used = used_of(self._run, cases) if "cliniko_case_sessions_used" in self._run.names["deals"] else {}
        drafts = []
        for item in wanted:
            appointment = item.appointment
            case = cases.get(appointment.case_id)
            business = self._lists.business(appointment.business_id)
            practitioner = self._lists.practitioner(appointment.practitioner_id)
            patient = contacts.get(appointment.patient_id)
            is_first = None
            if first_visits is not None:
                is_first = first_visits.get(appointment.patient_id) == appointment.key
            view = AppointmentView(
                appointment=appointment,
                now=self._run.now(),
                zone=self._lists.zone(appointment.business_id),
                level=self._run.settings.text("privacy.level"),
                require_tick=self._tick,
                add_amount=self._amount,
                estimated=self._lists.price(appointment.appointment_type_id),
                web_url=self._run.clinic.web_url,
                type=self._lists.type(appointment.appointment_type_id),
                alias=self._lists.alias(appointment.appointment_type_id),
                practitioner=practitioner.name if practitioner else "",
                practitioner_email=self._lists.practitioner_email(appointment.practitioner_id),
                business=business.name if business else "",
                case=case,
                case_doctor=doctors.get(case.contact_id, "") if case else "",
                sessions_used=used.get(case.id) if case else None,
                send_case_name=self._run.settings.flag("cases.send_name"),
                is_first_visit=is_first,
                owner_id=self._owners.owner_of(
                    appointment.practitioner_id, patient.refs.get("owner", "") if patient else ""
                ),
                ids=self._ids,
            )
            drafts.append(self._draft(view, patient))
        return drafts

    def _draft(self, view: AppointmentView, patient: Record | None) -> DealDraft:
        appointment = view.appointment
        has_begun = appointment.starts_at <= view.now
        refs = {
            "patient": appointment.patient_id,
            "case": appointment.case_id,
            "starts_at": text_of(appointment.starts_at),
            "ends_at": text_of(appointment.is_over_at),
            "type": appointment.appointment_type_id,
            "attendee": mark_of(self._attendee(appointment)),
        }
        return DealDraft(
            key=appointment.key,
            values=appointment_values(view),
            status=status_of(appointment, view.now, view.require_tick),
            refs={name: value for name, value in refs.items() if value},
            contact_id=(patient.hubspot_id or "") if patient else "",
            frozen=PRICE_PROPERTIES if has_begun else (),
        )

    def _attendee(self, appointment: Appointment) -> Attendee | None:
        people = (
            attendees_of(self._run, [appointment.id]).get(appointment.id, [])
            if appointment.attendee_id
            else []
        )
        return next((one for one in people if one.id == appointment.attendee_id), None)

    def _doctors(self, contact_ids: set[str]) -> dict[str, str]:
        people = self._run.store.people("contact", contact_ids) if contact_ids else {}
        return {key: person.name for key, person in people.items()}


def first_visits(visits: Mapping[str, Sequence[Visit]]) -> dict[str, str]:
    """Patient → the key of the earliest visit that is not cancelled, removed or missed."""
    found: dict[str, str] = {}
    for patient_id, listed in visits.items():
        standing = [v for v in listed if not (v.cancelled_at or v.is_removed or v.did_not_arrive)]
        if standing:
            found[patient_id] = min(standing, key=lambda visit: (visit.starts_at, visit.id)).id
    return found


def without_contact(record: Record | None, reason: str, draft: DealDraft) -> Record:
    """An appointment whose patient has no contact: held or left out like the patient."""
    before = record or Record("appointment", draft.key, "held")
    return replace(
        before, state="held", reason=reason, status=draft.status, refs=dict(draft.refs), row_hash=""
    )


def waiting_for(
    patient: Record | None, record: Record | None, draft: DealDraft, is_coming: bool = True
) -> Settled:
    """The same in live sync: held only while a question about the patient is open or its write is due; left out
    where a setting or a person left the patient out, so that nobody is asked anything. `is_coming`: whether
    somebody never met can still come."""
    waits = without_contact(record, "patient_not_linked", draft)
    if patient is not None and patient.on_hold:
        return Settled(on_hold(waits))
    if patient.state in ("held", "waiting", "failed") if patient is not None else is_coming:
        return Settled(waits, None, "held")
    return Settled(replace(waits, state="left_out", reason="no_patient"))
