"""What follows from a patient's visits and invoices (R16): counted by hand, and laws that always hold."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from app.domain.records import Bill, Visit
from app.streams.activity import ACTIVITY_PROPERTIES
from app.sync.rollups import (
    BILL_VALUES,
    NAMES,
    NEEDS_NO_HISTORY,
    Thresholds,
    activity_of,
    billing_of,
    is_attended,
    is_late,
    lapse_band,
    main_practitioner,
    months_before,
)
from tests.app.sync.rolled import ZONE, Words, local, rolled, visit

HISTORY = [
    visit("10", "2024-10-05T09:00", practitioner_id="2"),  # attended, beyond 24 months
    visit("11", "2025-03-01T09:00", practitioner_id="2"),  # attended, within 24 months
    visit("12", "2025-11-19T16:00", practitioner_id="1"),  # attended, a day beyond 12 months
    visit("13", "2025-11-20T08:00", practitioner_id="1"),  # attended, the first day of the 12 months
    visit("14", "2026-02-10T10:00", did_not_arrive=True),
    visit("15", "2026-03-02T10:00", cancelled_at=local("2026-03-01T09:59")),  # 24 h 1 min before
    visit("16", "2026-03-09T10:00", cancelled_at=local("2026-03-08T10:01")),  # 23 h 59 min before
    visit("17", "2026-04-01T10:00", is_removed=True),
    visit("18", "2026-04-02T10:00", is_removed=True, cancelled_at=local("2026-04-02T09:00")),
    visit("19", "2026-05-04T10:00", is_counted=False),  # an excluded category
    visit("20", "2026-06-01T10:00", practitioner_id="2", type_id="4", business_id="6"),  # attended
    visit("21", "2026-07-01T10:00", did_not_arrive=True, cancelled_at=local("2026-06-20T10:00")),
    visit("22", "2026-11-20T11:30"),  # under way at NOW
    visit("23", "2026-11-25T09:00", is_counted=False),
    visit("24", "2026-11-26T09:00", cancelled_at=local("2026-11-18T09:00")),
    visit("25", "2026-12-03T14:30", practitioner_id="9", type_id="8", business_id="6"),
    visit("26", "2027-01-08T14:30", practitioner_id="1"),
]
BILLS = [
    Bill("1", "7", date(2026, 1, 5), "paid", 12_050),
    Bill("2", "7", date(2026, 6, 1), "open", 8_000),
    Bill("3", "7", date(2026, 6, 1), "closed", 1_005),
    Bill("4", "7", date(2026, 7, 1), "open_credit", -2_000),
    Bill("5", "7", date(2026, 8, 1), "removed", 99_999),
    Bill("6", "7", None, "open", 10),
]


def test_a_history_counted_by_hand() -> None:
    """R16, schema §3: every value of one patient with cancelled, missed, removed and excluded visits."""
    assert rolled(HISTORY, BILLS, open_cases=2) == {
        "cliniko_first_appointment": "2024-10-04T23:00:00.000Z",
        "cliniko_last_appointment": "2026-06-01T00:00:00.000Z",
        "cliniko_next_appointment": "2026-12-03T03:30:00.000Z",
        "cliniko_has_upcoming": "true",
        "cliniko_last_practitioner": "Dr 2",
        "cliniko_next_practitioner": "Dr 9",
        "cliniko_last_appointment_type": "Type 4",
        "cliniko_next_appointment_type": "Type 8",
        "cliniko_last_location": "Place 6",
        "cliniko_next_location": "Place 6",
        "cliniko_main_practitioner": "Dr 2",
        "cliniko_visits_total": "5",
        "cliniko_visits_12m": "2",
        "cliniko_no_shows": "1",
        "cliniko_cancellations": "4",
        "cliniko_late_cancellations": "1",
        "cliniko_last_no_show": "2026-02-09T23:00:00.000Z",
        "cliniko_last_cancellation": "2026-11-17T22:00:00.000Z",
        "cliniko_lapse_band": "90-179d",
        "cliniko_patient_stage": "active",
        "cliniko_rebooked": "true",
        "cliniko_invoiced_total": "190.65",
        "cliniko_paid_total": "120.50",
        "cliniko_last_invoice_date": "2026-06-01",
        "cliniko_last_invoice_amount": "10.05",
        "cliniko_open_invoices": "2",
        "cliniko_open_cases": "2",
    }


def test_a_patient_without_visits() -> None:
    """R16: nothing known is nothing claimed; counts are zero and the stage is enquiry."""
    values = rolled([], [])
    shown = {name: value for name, value in values.items() if value}
    assert shown == {
        "cliniko_has_upcoming": "false",
        "cliniko_visits_total": "0",
        "cliniko_visits_12m": "0",
        "cliniko_no_shows": "0",
        "cliniko_cancellations": "0",
        "cliniko_late_cancellations": "0",
        "cliniko_lapse_band": "never",
        "cliniko_patient_stage": "enquiry",
        "cliniko_rebooked": "false",
        "cliniko_invoiced_total": "0.00",
        "cliniko_paid_total": "0.00",
        "cliniko_open_invoices": "0",
    }


def test_every_activity_property_is_filled_here() -> None:
    """Schema §3: no row of the group without a rule, and no rule without a row."""
    assert {row.name for row in ACTIVITY_PROPERTIES} == NAMES
    assert NEEDS_NO_HISTORY < NAMES


def test_with_invoices_off_their_values_are_left_alone() -> None:
    """Schema §3: without the invoice stream its roll-ups stay as they are."""
    assert not set(rolled(HISTORY, None)) & set(BILL_VALUES)


def test_only_wanted_names_are_worked_out() -> None:
    """R84: what the privacy level does not send is not even looked up."""
    words = Words()
    values = rolled(HISTORY, BILLS, names=words, wanted={"cliniko_last_appointment", "cliniko_next_location"})
    assert set(values) == {"cliniko_last_appointment", "cliniko_next_location"}
    assert words.asked == ["Place"]


def test_where_the_tick_is_required_it_counts() -> None:
    """Setting `appointments.require_arrival_tick`: a past visit without a tick was not attended."""
    ticked = visit("1", "2026-11-10T09:00", arrived=True)
    bare = visit("2", "2026-11-11T09:00")
    denied = visit("3", "2026-11-12T09:00", arrived=False)
    strict = Thresholds(require_tick=True)
    assert rolled([ticked, bare, denied])["cliniko_visits_total"] == "3"
    assert rolled([ticked, bare, denied], thresholds=strict)["cliniko_visits_total"] == "1"


def test_a_visit_is_attended_from_its_end() -> None:
    """R16: neither a visit under way nor one whose end is said to be before its start counts early."""
    one = visit("1", "2026-11-20T11:15")
    assert not is_attended(one, one.ends_at - timedelta(microseconds=1))
    assert is_attended(one, one.ends_at)
    odd = visit("2", "2026-11-20T11:15", ends_at=local("2026-11-20T08:00"))
    assert not is_attended(odd, local("2026-11-20T09:00"))


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (None, "never"),
        (0, "0-6d"),
        (6, "0-6d"),
        (7, "7-13d"),
        (13, "7-13d"),
        (14, "14-29d"),
        (29, "14-29d"),
        (30, "30-59d"),
        (59, "30-59d"),
        (60, "60-89d"),
        (89, "60-89d"),
        (90, "90-179d"),
        (179, "90-179d"),
        (180, "180-364d"),
        (364, "180-364d"),
        (365, "1-2y"),
        (729, "1-2y"),
        (730, "2y+"),
        (9999, "2y+"),
    ],
)
def test_lapse_bands(days: int | None, band: str) -> None:
    """Schema §3: each edge of each band."""
    assert lapse_band(days) == band


@pytest.mark.parametrize(
    ("now", "band"),
    [
        ("2026-10-04T01:59", "0-6d"),  # six days and 27 hours by the clock, still six days by the calendar
        ("2026-10-04T23:59", "0-6d"),
        ("2026-10-05T00:00", "7-13d"),
    ],
)
def test_days_are_clinic_days_across_the_clock_change(now: str, band: str) -> None:
    """Schema §3: days since the last visit are counted by the clinic's calendar, also when clocks jump on
    4 October 2026 in Sydney."""
    late = visit("1", "2026-09-28T23:30", ends_at=local("2026-09-28T23:45"))
    assert rolled([late], now=local(now))["cliniko_lapse_band"] == band


def test_the_day_is_the_clinics_and_not_that_of_utc() -> None:
    """Schema §3: 09:00 in Sydney is the day before in UTC."""
    early = visit("1", "2026-11-13T09:00")
    activity = activity_of([early], local("2026-11-20T08:00"), ZONE, Thresholds())
    assert activity.days_since == 7


@pytest.mark.parametrize(
    ("start", "late"),
    [("2026-10-04T10:00", False), ("2026-10-04T09:59", True), ("2026-04-05T09:00", False)],
)
def test_late_is_measured_in_hours_not_by_the_clock(start: str, late: bool) -> None:
    """Schema §3: less than 24 hours before the start; the night of 4 October 2026 has an hour less, that
    of 5 April 2026 one more."""
    day_before = (datetime.fromisoformat(start) - timedelta(days=1)).replace(hour=9, minute=0)
    one = visit("1", start, cancelled_at=local(day_before.isoformat()))
    assert is_late(one, 24) is late


def test_cancelled_after_the_start_is_late_even_without_a_limit() -> None:
    """Setting `rollups.late_hours`: at 0 only what was cancelled after it began is late."""
    after = visit("1", "2026-11-10T09:00", cancelled_at=local("2026-11-10T09:01"))
    before = visit("2", "2026-11-10T09:00", cancelled_at=local("2026-11-10T09:00"))
    assert is_late(after, 0)
    assert not is_late(before, 0)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 20), 12, date(2025, 11, 20)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2028, 2, 29), 24, date(2026, 2, 28)),
        (date(2026, 1, 31), 1, date(2025, 12, 31)),
        (date(2026, 12, 31), 12, date(2025, 12, 31)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
    ],
)
def test_months_before(day: date, months: int, expected: date) -> None:
    """Schema §3: twelve months are calendar months."""
    assert months_before(day, months) == expected


def test_of_equals_the_latest_is_the_main_practitioner() -> None:
    """Schema §3: most attended, on a tie who was visited last; a visit without one does not count."""
    tied = [
        visit("1", "2026-01-01T09:00", practitioner_id="1"),
        visit("2", "2026-02-01T09:00", practitioner_id="2"),
        visit("3", "2026-03-01T09:00", practitioner_id="1"),
        visit("4", "2026-04-01T09:00", practitioner_id="2"),
        visit("5", "2026-05-01T09:00", practitioner_id=""),
        visit("6", "2026-05-02T09:00", practitioner_id=""),
        visit("7", "2026-05-03T09:00", practitioner_id=""),
    ]
    assert main_practitioner(tied) == "2"
    assert main_practitioner([*tied, visit("8", "2026-06-01T09:00", practitioner_id="1")]) == "1"
    assert main_practitioner([]) == ""


@pytest.mark.parametrize(
    ("visits", "stage"),
    [
        ([], "enquiry"),
        ([visit("1", "2026-11-01T09:00", did_not_arrive=True)], "enquiry"),
        ([visit("1", "2026-11-21T09:00", cancelled_at=local("2026-11-19T09:00"))], "enquiry"),
        ([visit("1", "2026-11-21T09:00")], "first_booked"),
        ([visit("1", "2026-11-20T11:30")], "first_booked"),
        ([visit("1", "2026-11-01T09:00")], "new"),
        ([visit("1", "2026-11-01T09:00"), visit("2", "2026-11-21T09:00")], "new"),
        ([visit("1", "2026-11-01T09:00"), visit("2", "2026-11-02T09:00")], "active"),
        ([visit("1", "2026-05-25T09:00"), visit("2", "2026-05-01T09:00")], "active"),  # 179 days
        ([visit("1", "2026-05-24T09:00")], "lapsed"),  # 180 days
        ([visit("1", "2025-11-21T09:00")], "lapsed"),  # 364 days
        ([visit("1", "2025-11-20T09:00")], "inactive"),  # 365 days
        ([visit("1", "2025-11-20T09:00"), visit("2", "2026-11-21T09:00")], "inactive"),
    ],
)
def test_patient_stages(visits: list[Visit], stage: str) -> None:
    """Schema §3 and `rollups.lapsed_days`, `rollups.inactive_days`: each stage and its edges."""
    assert rolled(visits)["cliniko_patient_stage"] == stage


def test_rebooked_needs_both_ends() -> None:
    """Schema §3: a coming visit after an attended one."""
    past, coming = visit("1", "2026-11-01T09:00"), visit("2", "2026-11-21T09:00")
    assert rolled([past])["cliniko_rebooked"] == "false"
    assert rolled([coming])["cliniko_rebooked"] == "false"
    assert rolled([past, coming])["cliniko_rebooked"] == "true"


def test_a_credit_counts_down_whatever_its_sign() -> None:
    """Schema §3: invoices less credits, also where a credit note stands with a positive or a settled amount."""
    sums = billing_of(
        [
            Bill("1", "7", date(2026, 1, 1), "paid", 10_000),
            Bill("2", "7", date(2026, 2, 1), "open_credit", 1_000),
            Bill("3", "7", date(2026, 3, 1), "closed", -500),
        ]
    )
    assert sums.invoiced_cents == 8_500
    assert sums.last is not None
    assert sums.last.id == "1"
