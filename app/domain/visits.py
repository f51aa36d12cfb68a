"""Appointments, the people who attend them, cases, and the status that follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Final, Literal

from app.domain.clinic_time import zone_named

AppointmentStatus = Literal[
    "booked", "arrived", "attended", "not_marked", "did_not_arrive", "cancelled", "removed"
]
STATUSES: Final[tuple[AppointmentStatus, ...]] = (
    "booked",
    "arrived",
    "attended",
    "not_marked",
    "did_not_arrive",
    "cancelled",
    "removed",
)
TICK_GRACE: Final = timedelta(hours=24)
"""How long after its end a visit may wait for the arrival tick before it counts as not marked."""


@dataclass(frozen=True)
class Appointment:
    """One person's place in a booking, or a group booking before its people are looked at.

    Times are aware UTC. `attendee_id` is known once the attendee was read; for a group it is part of the
    key. Arrival is three-valued: None means that nobody ticked anything.
    """

    id: str
    starts_at: datetime
    ends_at: datetime | None = None
    is_group: bool = False
    attendee_id: str = ""
    patient_id: str = ""
    patient_ids: tuple[str, ...] = ()
    practitioner_id: str = ""
    business_id: str = ""
    appointment_type_id: str = ""
    case_id: str = ""
    max_attendees: int | None = None
    patient_arrived: bool | None = None
    did_not_arrive: bool | None = None
    cancelled_at: datetime | None = None
    cancellation_reason: int | None = None
    invoice_status: int | None = None
    booked_online: bool = False
    reminder_sent: bool | None = None
    is_repeat: bool = False
    created_at: datetime | None = None
    updated_at: datetime | None = None
    archived_at: datetime | None = None
    deleted_at: datetime | None = None

    @property
    def key(self) -> str:
        """What the deal is upserted on: the id; for a group `booking id-attendee id` (R20)."""
        return f"{self.id}-{self.attendee_id}" if self.is_group else self.id

    @property
    def is_removed(self) -> bool:
        """Deleted or archived in Cliniko."""
        return bool(self.deleted_at or self.archived_at)

    @property
    def is_over_at(self) -> datetime:
        """The moment from which it has ended; without an end, its start."""
        return self.ends_at or self.starts_at

    @property
    def minutes(self) -> int | None:
        """How long it lasts, None without an end."""
        return None if self.ends_at is None else round((self.ends_at - self.starts_at).total_seconds() / 60)


@dataclass(frozen=True)
class Attendee:
    """One person in a booking. `arrived`: True came, False did not, None not ticked."""

    id: str
    booking_id: str = ""
    patient_id: str = ""
    case_id: str = ""
    arrived: bool | None = None
    cancelled_at: datetime | None = None
    cancellation_reason: int | None = None
    invoice_status: int | None = None
    booked_online: bool = False
    reminder_sent: bool | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    archived_at: datetime | None = None
    deleted_at: datetime | None = None


@dataclass(frozen=True)
class Case:
    """A patient's case: a course of visits with limits of its own."""

    id: str
    patient_id: str = ""
    name: str = ""
    issue_date: date | None = None
    expiry_date: date | None = None
    max_sessions: int | None = None
    max_amount: Decimal | None = None
    referral_type: str = ""
    contact_id: str = ""
    include_cancelled: bool = False
    include_dna: bool = False
    closed_at: datetime | None = None
    archived_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def status(self) -> str:
        """open, closed or archived."""
        if self.archived_at:
            return "archived"
        return "closed" if self.closed_at else "open"


@dataclass(frozen=True)
class AppointmentType:
    """What kind of visit it is. Its price is in the lines of `billing.py`, not here."""

    id: str
    name: str = ""
    category: str = ""
    telehealth_enabled: bool | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True)
class Practitioner:
    """Who treats. `user_id` is another number than the practitioner's own."""

    id: str
    name: str = ""
    user_id: str = ""
    is_active: bool = True


@dataclass(frozen=True)
class User:
    """A user of Cliniko; the e-mail address, in lower case, leads to a HubSpot owner (R26)."""

    id: str
    email: str = ""


@dataclass(frozen=True)
class Business:
    """A location. `time_zone` is an IANA name, "" when unknown."""

    id: str
    name: str = ""
    time_zone: str = ""
    country_code: str = ""

    @property
    def zone(self) -> tzinfo | None:
        """Its time zone, None when the name means nothing here."""
        return zone_named(self.time_zone)


@dataclass(frozen=True)
class AppointmentView:
    """All that an appointment's deal is made from.

    `zone` is the business's; `estimated` what R24's formula gives; `ids` maps the ids we ask HubSpot for
    (pipelines, stages) to those it gave. `level` is minimal, standard or detailed.
    """

    appointment: Appointment
    now: datetime
    zone: tzinfo = UTC
    level: str = "standard"
    require_tick: bool = False
    add_amount: bool = False
    estimated: Decimal | None = None
    web_url: str = ""
    type: AppointmentType | None = None
    alias: str = ""
    practitioner: str = ""
    practitioner_email: str = ""
    business: str = ""
    case: Case | None = None
    case_doctor: str = ""
    sessions_used: int | None = None
    send_case_name: bool = True
    is_first_visit: bool | None = None
    owner_id: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)

    @property
    def type_name(self) -> str:
        """The plain name the clinic gave the type, else its own name (R84)."""
        return self.alias or (self.type.name if self.type else "")


def status_of(appointment: Appointment, now: datetime, require_tick: bool = False) -> AppointmentStatus:
    """The one status of an appointment at `now`, an aware time (R23: the first that fits, in this order)."""
    if appointment.is_removed:
        return "removed"
    if appointment.cancelled_at:
        return "cancelled"
    if appointment.did_not_arrive:
        return "did_not_arrive"
    has_ended = appointment.is_over_at <= now
    if has_ended and (appointment.patient_arrived or not require_tick):
        return "attended"
    if appointment.patient_arrived:
        return "arrived"
    if require_tick and now - appointment.is_over_at > TICK_GRACE:
        return "not_marked"
    return "booked"


def place_of(booking: Appointment, attendee: Attendee) -> Appointment:
    """The booking as this person's own appointment: arrival, case and cancellation are the attendee's where
    it has them, since those may change without the booking being touched (R4). A person who was taken out
    of a group is removed; a single appointment is removed only as a whole."""
    arrived = attendee.arrived
    return replace(
        booking,
        attendee_id=attendee.id,
        patient_id=attendee.patient_id or booking.patient_id,
        case_id=booking.case_id or attendee.case_id,
        patient_arrived=booking.patient_arrived if arrived is None else arrived,
        did_not_arrive=booking.did_not_arrive if arrived is None else not arrived,
        cancelled_at=booking.cancelled_at or attendee.cancelled_at,
        cancellation_reason=(
            attendee.cancellation_reason
            if booking.cancellation_reason is None
            else booking.cancellation_reason
        ),
        invoice_status=(
            attendee.invoice_status if booking.invoice_status is None else booking.invoice_status
        ),
        booked_online=booking.booked_online or attendee.booked_online,
        reminder_sent=_either(booking.reminder_sent, attendee.reminder_sent),
        archived_at=booking.archived_at or (attendee.archived_at if booking.is_group else None),
        deleted_at=booking.deleted_at or (attendee.deleted_at if booking.is_group else None),
        created_at=(attendee.created_at or booking.created_at) if booking.is_group else booking.created_at,
        updated_at=_latest(booking.updated_at, attendee.updated_at),
    )


def _either(first: bool | None, second: bool | None) -> bool | None:
    """True when one says so, None when both are silent."""
    known = [value for value in (first, second) if value is not None]
    return any(known) if known else None


def _latest(first: datetime | None, second: datetime | None) -> datetime | None:
    """The later of two times, either of which may be unknown."""
    known = [moment for moment in (first, second) if moment is not None]
    return max(known, default=None)


def sessions_used(case: Case, attendees: Iterable[Attendee]) -> int:
    """How many sessions of a case were used, by the case's own rule for cancelled and missed ones."""
    used = 0
    for attendee in attendees:
        if attendee.case_id != case.id or attendee.archived_at or attendee.deleted_at:
            continue
        if attendee.cancelled_at and not case.include_cancelled:
            continue
        if attendee.arrived is False and not attendee.cancelled_at and not case.include_dna:
            continue
        used += 1
    return used
