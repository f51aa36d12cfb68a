"""The status of an appointment, a person's place in a booking, and the sessions of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.domain.visits import Appointment, Attendee, Case, place_of, sessions_used, status_of

START = datetime(2026, 3, 12, 0, 0, tzinfo=UTC)
END = START + timedelta(minutes=45)
HOUR = timedelta(hours=1)
VISIT = Appointment("7", START, END, patient_id="5")
REMOVED = {"archived_at": START}
CANCELLED = {"cancelled_at": START}
MISSED = {"did_not_arrive": True}
CAME = {"patient_arrived": True}


@pytest.mark.parametrize(
    ("changes", "now", "tick", "status"),
    [
        ({}, START - HOUR, False, "booked"),
        ({}, START + timedelta(minutes=10), False, "booked"),
        ({}, END, False, "attended"),
        ({}, END - timedelta(seconds=1), False, "booked"),
        (CAME, START, False, "arrived"),
        (CAME, START - HOUR, False, "arrived"),
        (CAME, END + HOUR, False, "attended"),
        (CAME, END + HOUR, True, "attended"),
        ({}, END + HOUR, True, "booked"),
        ({}, END + timedelta(hours=24), True, "booked"),
        ({}, END + timedelta(hours=24, seconds=1), True, "not_marked"),
        ({}, START - HOUR, True, "booked"),
        (MISSED, END + HOUR, False, "did_not_arrive"),
        (MISSED, START - HOUR, False, "did_not_arrive"),
        (MISSED | CAME, END + HOUR, True, "did_not_arrive"),
        (CANCELLED | MISSED | CAME, END + HOUR, False, "cancelled"),
        (REMOVED | CANCELLED | MISSED, END + HOUR, False, "removed"),
        ({"deleted_at": START}, START - HOUR, False, "removed"),
        ({"ends_at": None}, START, False, "attended"),
    ],
)
def test_status(changes: dict[str, Any], now: datetime, tick: bool, status: str) -> None:
    """R23: removed, cancelled, did not arrive, attended, arrived, not marked, booked: the first that fits."""
    assert status_of(replace(VISIT, **changes), now, tick) == status


def test_time_alone_moves_booked_to_attended() -> None:
    """R23: no edit is needed, and a later correction moves it back."""
    assert status_of(VISIT, START - HOUR) == "booked"
    assert status_of(VISIT, END + HOUR) == "attended"
    assert status_of(replace(VISIT, did_not_arrive=True), END + HOUR) == "did_not_arrive"


@pytest.mark.parametrize(
    ("arrived", "came", "missed"), [(None, True, False), (True, True, False), (False, False, True)]
)
def test_the_attendees_tick_is_the_fresher_one(arrived: bool | None, came: bool, missed: bool) -> None:
    """R4: arrival is written on the attendee and need not touch the appointment."""
    booking = replace(VISIT, patient_arrived=True, did_not_arrive=False)
    place = place_of(booking, Attendee("70", "7", "5", arrived=arrived))
    assert (place.patient_arrived, place.did_not_arrive) == (came, missed)


def test_the_case_is_the_appointments_own_else_the_attendees() -> None:
    """R25: the appointment's own link comes first."""
    attendee = Attendee("70", "7", "5", case_id="9")
    assert place_of(VISIT, attendee).case_id == "9"
    assert place_of(replace(VISIT, case_id="8"), attendee).case_id == "8"


def test_key_of_single_and_group_places() -> None:
    """R20: the id; in a group the booking's and the attendee's."""
    attendee = Attendee("70", "7", "6", cancelled_at=START, archived_at=START)
    single = place_of(VISIT, replace(attendee, patient_id="5"))
    assert (single.key, single.patient_id, single.is_removed) == ("7", "5", False)
    place = place_of(replace(VISIT, is_group=True, patient_id=""), attendee)
    assert (place.key, place.patient_id, place.is_removed) == ("7-70", "6", True)


def test_a_place_is_as_new_as_its_newest_part() -> None:
    """R4: a change of the attendee counts as a change of the appointment."""
    place = place_of(replace(VISIT, updated_at=START), Attendee("70", updated_at=END, reminder_sent=True))
    assert place.updated_at == END
    assert place.reminder_sent is True


@pytest.mark.parametrize(
    ("include_cancelled", "include_dna", "used"),
    [(False, False, 2), (True, False, 3), (False, True, 3), (True, True, 4)],
)
def test_sessions_used(include_cancelled: bool, include_dna: bool, used: int) -> None:
    """Schema §6: the case itself says whether cancelled and missed sessions count."""
    case = Case("9", include_cancelled=include_cancelled, include_dna=include_dna)
    attendees = [
        Attendee("1", case_id="9", arrived=True),
        Attendee("2", case_id="9"),
        Attendee("3", case_id="9", cancelled_at=START),
        Attendee("4", case_id="9", arrived=False),
        Attendee("5", case_id="9", archived_at=START),
        Attendee("6", case_id="8"),
    ]
    assert sessions_used(case, attendees) == used


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "open"),
        ({"closed_at": START}, "closed"),
        ({"closed_at": START, "archived_at": START}, "archived"),
    ],
)
def test_case_status(changes: dict[str, Any], status: str) -> None:
    """R25: open, closed, archived."""
    assert replace(Case("9"), **changes).status == status
