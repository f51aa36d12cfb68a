"""The window of appointments across clock changes, noons, zones and dates in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.clinic_time import english_day, noon, window, zone_named

MELBOURNE = ZoneInfo("Australia/Melbourne")


@pytest.mark.parametrize(
    ("now", "days", "start", "end"),
    [
        # An ordinary week: 12 March 2026, 10:00 in Melbourne (+11).
        ("2026-03-11T23:00:00", 1, "2026-03-04T13:00:00", "2026-03-13T13:00:00"),
        # Summer time ends on 5 April 2026: +11 at the start, +10 at the end.
        ("2026-04-03T00:00:00", 7, "2026-03-26T13:00:00", "2026-04-10T14:00:00"),
        # Summer time begins on 4 October 2026.
        ("2026-10-03T00:00:00", 7, "2026-09-25T14:00:00", "2026-10-10T13:00:00"),
        # Just before and just after local midnight.
        ("2026-06-01T13:59:59", 45, "2026-05-24T14:00:00", "2026-07-16T14:00:00"),
        ("2026-06-01T14:00:00", 45, "2026-05-25T14:00:00", "2026-07-17T14:00:00"),
    ],
)
def test_window(now: str, days: int, start: str, end: str) -> None:
    """R21: from 00:00 seven days ago to 24:00 on day N, in the clinic's days, whatever the clocks do."""
    found = window(datetime.fromisoformat(now).replace(tzinfo=UTC), MELBOURNE, days)
    assert found.start == datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert found.end == datetime.fromisoformat(end).replace(tzinfo=UTC)
    assert found.start in found
    assert found.end not in found
    assert found.end - timedelta(seconds=1) in found


def test_noon_of_a_day() -> None:
    """Schema §7: a day without a time is noon at the business."""
    assert noon(date(2026, 4, 2), MELBOURNE) == datetime(2026, 4, 2, 1, tzinfo=UTC)
    assert noon(date(2026, 7, 2), MELBOURNE) == datetime(2026, 7, 2, 2, tzinfo=UTC)


def test_english_day() -> None:
    """Schema, conventions: dates in deal names are English, without a leading zero."""
    assert english_day(date(2026, 3, 12)) == "12 Mar 2026"
    assert english_day(date(2026, 4, 2)) == "2 Apr 2026"


@pytest.mark.parametrize("name", ["", "Melbourne", "../etc/passwd", "Australia", "\x00", "/"])
def test_unknown_zones(name: str) -> None:
    """A zone label that means nothing here is no zone, not a crash."""
    assert zone_named(name) is None


def test_known_zone() -> None:
    """IANA names work."""
    assert zone_named("Australia/Melbourne") == MELBOURNE
