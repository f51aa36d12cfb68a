"""Days and zones of a clinic: its window of appointments, noon of a day, dates in English words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

DAYS_BACK: Final = 7
"""How far back the window of appointments always reaches (R21)."""

_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True)
class Window:
    """A span of time in UTC: `start` is in it, `end` is not."""

    start: datetime
    end: datetime

    def __contains__(self, moment: object) -> bool:
        """Whether an aware time lies in the span."""
        return isinstance(moment, datetime) and self.start <= moment < self.end


def zone_named(name: str) -> tzinfo | None:
    """The zone of an IANA name, None when there is no such zone."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        # Unknown names, names that are paths and names of folders each fail in a way of their own.
        return None


def local_day(moment: datetime, zone: tzinfo) -> date:
    """The calendar day an aware time falls on in a zone."""
    return moment.astimezone(zone).date()


def midnight(day: date, zone: tzinfo) -> datetime:
    """00:00 of a local day, in UTC; where the clocks skip it, the first moment of that day."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def noon(day: date, zone: tzinfo) -> datetime:
    """12:00 of a local day, in UTC: a time that no viewer's zone moves to another day (schema §7)."""
    return datetime.combine(day, time(12), tzinfo=zone).astimezone(UTC)


def window(now: datetime, zone: tzinfo, days_forward: int) -> Window:
    """Which starts of appointments count at `now`: local 00:00 seven days ago to 24:00 on day N (R21)."""
    today = local_day(now, zone)
    first, last = today - timedelta(days=DAYS_BACK), today + timedelta(days=days_forward)
    return Window(midnight(first, zone), midnight(last + timedelta(days=1), zone))


def english_day(day: date) -> str:
    """`12 Mar 2026`, whatever the computer's language."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
