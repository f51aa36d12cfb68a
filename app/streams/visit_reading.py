"""Appointments, attendees, cases and what they point to, read once from Cliniko's rows into records.

Every function raises `BadInput` for a row without a readable id; what else cannot be read counts as empty.
Notes, cancellation notes and telehealth links are never read (schema, never synced).
"""

from __future__ import annotations

from app.domain.visits import Appointment, AppointmentType, Attendee, Business, Case, Practitioner, User
from app.errors import BadInput
from app.streams import cliniko_json as read

_REFERRAL_TYPES = ("medicare", "dva")


def parse_appointment(row: object) -> Appointment:
    """An individual appointment. `BadInput` also without a readable start, since it has no place in time."""
    return _booking(row, "an appointment", is_group=False)


def parse_group_appointment(row: object) -> Appointment:
    """A group booking; its people are attendees and join it by `place_of`."""
    return _booking(row, "a group appointment", is_group=True)


def _booking(row: object, what: str, *, is_group: bool) -> Appointment:
    source = read.as_row(row, what)
    starts_at = read.moment(source, "starts_at")
    booking_id = read.record_id(source, what)
    if starts_at is None:
        raise BadInput(f"Cliniko sent {what} ({booking_id}) without a readable start")
    return Appointment(
        id=booking_id,
        starts_at=starts_at,
        ends_at=read.moment(source, "ends_at"),
        is_group=is_group,
        patient_id=read.link(source, "patient"),
        patient_ids=read.ids(source, "patient_ids"),
        practitioner_id=read.link(source, "practitioner"),
        business_id=read.link(source, "business"),
        appointment_type_id=read.link(source, "appointment_type"),
        case_id=read.link(source, "patient_case"),
        max_attendees=read.whole(source, "max_attendees"),
        patient_arrived=read.flag(source, "patient_arrived"),
        did_not_arrive=read.flag(source, "did_not_arrive"),
        cancelled_at=read.moment(source, "cancelled_at"),
        cancellation_reason=read.whole(source, "cancellation_reason"),
        invoice_status=read.whole(source, "invoice_status"),
        booked_online=_booked_online(source),
        reminder_sent=_reminder_sent(source),
        is_repeat=bool(source.get("repeat_rule")) or bool(read.link(source, "repeated_from")),
        created_at=read.moment(source, "created_at"),
        updated_at=read.moment(source, "updated_at"),
        archived_at=read.moment(source, "archived_at"),
        deleted_at=read.moment(source, "deleted_at"),
    )


def _booked_online(source: read.Row) -> bool:
    """Whether the booking page was used; the address it came from is looked at and forgotten."""
    return bool(
        read.flag(source, "online_booking_policy_accepted") or read.text(source, "booking_ip_address")
    )


def _reminder_sent(source: read.Row) -> bool | None:
    """Whether any reminder went out, from flags or, on attendees, from counts; None when neither is told."""
    flags = [read.flag(source, "email_reminder_sent"), read.flag(source, "sms_reminder_sent")]
    counts = [
        read.whole(source, "sent_email_reminders_count"),
        read.whole(source, "sent_sms_reminders_count"),
    ]
    known = [bool(value) for value in (*flags, *counts) if value is not None]
    return any(known) if known else None


def parse_attendee(row: object) -> Attendee:
    """One person in a booking."""
    source = read.as_row(row, "an attendee")
    return Attendee(
        id=read.record_id(source, "an attendee"),
        booking_id=read.link(source, "booking"),
        patient_id=read.link(source, "patient"),
        case_id=read.link(source, "patient_case"),
        arrived=read.flag(source, "arrived"),
        cancelled_at=read.moment(source, "cancelled_at"),
        cancellation_reason=read.whole(source, "cancellation_reason"),
        invoice_status=read.whole(source, "invoice_status"),
        booked_online=_booked_online(source),
        reminder_sent=_reminder_sent(source),
        created_at=read.moment(source, "created_at"),
        updated_at=read.moment(source, "updated_at"),
        archived_at=read.moment(source, "archived_at"),
        deleted_at=read.moment(source, "deleted_at"),
    )


def parse_case(row: object) -> Case:
    """A patient's case (R25)."""
    source = read.as_row(row, "a case")
    referral_type = read.text(source, "referral_type").lower()
    return Case(
        id=read.record_id(source, "a case"),
        patient_id=read.link(source, "patient"),
        name=read.text(source, "name"),
        issue_date=read.day(source, "issue_date"),
        expiry_date=read.day(source, "expiry_date"),
        max_sessions=read.whole(source, "max_sessions"),
        max_amount=read.number(source, "max_invoiceable_amount"),
        referral_type=referral_type if referral_type in _REFERRAL_TYPES else "",
        contact_id=read.link(source, "contact"),
        include_cancelled=bool(read.flag(source, "include_cancelled_attendees")),
        include_dna=bool(read.flag(source, "include_dna_attendees")),
        closed_at=read.moment(source, "closed_at"),
        archived_at=read.moment(source, "archived_at"),
        updated_at=read.moment(source, "updated_at"),
    )


def parse_appointment_type(row: object) -> AppointmentType:
    """A kind of appointment."""
    source = read.as_row(row, "an appointment type")
    return AppointmentType(
        id=read.record_id(source, "an appointment type"),
        name=read.text(source, "name"),
        category=read.text(source, "category"),
        telehealth_enabled=read.flag(source, "telehealth_enabled"),
        updated_at=read.moment(source, "updated_at"),
    )


def parse_practitioner(row: object) -> Practitioner:
    """A practitioner by the name the clinic shows."""
    source = read.as_row(row, "a practitioner")
    parts = (read.text(source, name) for name in ("title", "first_name", "last_name"))
    return Practitioner(
        id=read.record_id(source, "a practitioner"),
        name=read.text(source, "label") or read.text(source, "display_name") or " ".join(filter(None, parts)),
        user_id=read.link(source, "user"),
        is_active=read.flag(source, "active") is not False,
    )


def parse_user(row: object) -> User:
    """A user of Cliniko with the address in lower case."""
    source = read.as_row(row, "a user")
    return User(id=read.record_id(source, "a user"), email=read.text(source, "email").lower())


def parse_business(row: object) -> Business:
    """A location by the name the clinic shows."""
    source = read.as_row(row, "a business")
    return Business(
        id=read.record_id(source, "a business"),
        name=(
            read.text(source, "display_name")
            or read.text(source, "business_name")
            or read.text(source, "label")
        ),
        time_zone=read.text(source, "time_zone_identifier"),
        country_code=read.text(source, "country_code").upper(),
    )
