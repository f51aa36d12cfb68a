"""Cells to values: ids, yes and no, days, times. Each returns nothing for a blank and raises `Unreadable` otherwise.

A blank cell is unknown, never "no". Which of day and month comes first is handed in, never guessed (R70).
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final, Literal

from app.domain.clinic_time import zone_named

Order = Literal["day_first", "month_first"]
ORDERS: Final[tuple[Order, ...]] = ("day_first", "month_first")

_SCIENTIFIC: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+\Z")
_ID: Final = re.compile(r"[0-9]{1,20}\Z")
_BLANKS: Final = frozenset({"", "-", "–", "n/a", "na", "none", "null", "nil", "0000-00-00", "00/00/0000"})
_YES: Final = frozenset({"true", "yes", "1", "y", "t"})
_NO: Final = frozenset({"false", "no", "0", "n", "f"})
_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_ZONES: Final = {
    "UTC": 0,
    "GMT": 0,
    "Z": 0,
    "BST": 60,
    "AWST": 480,
    "ACST": 570,
    "AEST": 600,
    "ACDT": 630,
    "AEDT": 660,
    "NZST": 720,
    "NZDT": 780,
}
"""Minutes east of Greenwich of the abbreviations that mean one thing only where Cliniko is used."""

_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+|\Z)")
_NUMERIC: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:,?\s+|T|\Z)")
_DAY_MONTH: Final = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[- ]+([a-z]{3,9})\.?,?[- ]+(\d{4})(?:,?\s+|\Z)"
)
_MONTH_DAY: Final = re.compile(
    r"(?:[a-z]{3,9},?\s+)?([a-z]{3,9})\.?[- ]+(\d{1,2})(?:st|nd|rd|th)?,?[- ]+(\d{4})(?:,?\s+|\Z)"
)
_CLOCK: Final = re.compile(
    r"(?:at\s+)?(\d{1,2})(?:[:.](\d{2}))?(?:[:.](\d{2})(?:[.,]\d{1,9})?)?\s*(?:([ap])\.?m\.?(?![a-z]))?\s*"
)
_ELSEWHERE: Final = timezone(timedelta(hours=5))
_OFFSET: Final = re.compile(r"(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})?\Z")


class Unreadable(Exception):
    """A cell that is not blank and means nothing; the text says why, without the cell's content (I6)."""


def is_blank(cell: str) -> bool:
    """Whether a cell says nothing: empty, or one of the usual signs for that."""
    return cell.strip().lower() in _BLANKS


def read_id(cell: str) -> str:
    """An id as text, "" for a blank cell. Unreadable for lost digits and for what is no id (R70)."""
    if cell.isascii() and cell.isdigit() and len(cell) <= 20:
        return cell
    text = cell.strip().lstrip("'")
    if text.startswith("="):
        text = text.strip('="')
    if is_blank(text):
        return ""
    if _SCIENTIFIC.match(text):
        raise Unreadable("its id is in scientific notation, so digits are lost; export the file again")
    if text.endswith(".0"):
        text = text[:-2]
    if not _ID.match(text):
        raise Unreadable("its id is not a number")
    return text


def read_ids(cell: str) -> tuple[str, ...]:
    """Several ids in one cell, whatever stands between them, each once and in order."""
    parts = re.split(r"[,;|\s]+", cell.strip().strip("[]"))
    return tuple(dict.fromkeys(filter(None, map(read_id, parts))))


@lru_cache(maxsize=256)
def read_flag(cell: str) -> bool | None:
    """True, False, or None for unknown: a blank is not a no."""
    word = cell.strip().lower()
    if word in _YES:
        return True
    return False if word in _NO else None


def read_whole(cell: str) -> int | None:
    """A whole number, None for anything else."""
    text = cell.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def leans(cell: str) -> Order | None | Literal["either"]:
    """What a cell tells about the order of day and month: an order, `either` where both are possible and would
    differ, None where it says nothing."""
    found = _NUMERIC.match(cell.strip())
    if not found:
        return None
    first, second = int(found.group(1)), int(found.group(2))
    if first > 12 >= second:
        return "day_first"
    if second > 12 >= first:
        return "month_first"
    return None if first == second else "either"


def read_day(cell: str, order: Order | None) -> date | None:
    """A calendar day, whatever time follows it. Unreadable for what is none, or has no order (R70)."""
    text = cell.strip()
    if is_blank(text):
        return None
    if (found := _NUMERIC.match(text)) and len(found.group(3)) == 2:
        # Born in 1924 or in 2024? Nobody can tell.
        raise Unreadable("the year of a date in it has two digits only")
    return _day_and_rest(text, order)[0]


def read_moment(cell: str, order: Order | None, zone: tzinfo) -> datetime | None:
    """A time as aware UTC: by its own offset, else as the clock in `zone` shows it (R71)."""
    text = cell.strip()
    if is_blank(text):
        return None
    if text[4:5] == "-" and text[10:11] in (" ", "T"):
        # The form that Cliniko itself writes, at a fraction of the cost.
        with suppress(ValueError, OverflowError):
            read = datetime.fromisoformat(text[:11] + text[11:].replace(" ", ""))
            return (read.replace(tzinfo=zone) if read.tzinfo is None else read).astimezone(UTC)
    day, rest = _day_and_rest(text, order)
    clock, after = _clock(rest)
    try:
        local = datetime.combine(day, clock, tzinfo=_offset(after) or zone)
        return local.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Unreadable("a time in it is not a real one") from error


def names_no_zone(cell: str) -> bool:
    """Whether a time means another moment in another zone: it has neither an offset nor the name of a zone."""
    for order in ORDERS:
        with suppress(Unreadable):
            return read_moment(cell, order, UTC) != read_moment(cell, order, _ELSEWHERE)
    return False


def has_clock(cell: str, order: Order | None) -> bool:
    """Whether a time of day follows the day."""
    text = cell.strip()
    return not is_blank(text) and bool(_day_and_rest(text, order)[1])


def _day_and_rest(text: str, order: Order | None) -> tuple[date, str]:
    lowered = text.lower()
    if found := _ISO.match(text):
        year, month, day = map(int, found.groups())
    elif found := _NUMERIC.match(text):
        first, second, year = map(int, found.groups())
        year += 2000 if len(found.group(3)) == 2 else 0
        day, month = _in_order(first, second, order or _own_order(first, second))
    elif (found := _DAY_MONTH.match(lowered)) and (month := _month(found.group(2))):
        day, year = int(found.group(1)), int(found.group(3))
    elif (found := _MONTH_DAY.match(lowered)) and (month := _month(found.group(1))):
        day, year = int(found.group(2)), int(found.group(3))
    else:
        raise Unreadable("a date in it cannot be read")
    try:
        return date(year, month, day), text[found.end() :].strip()
    except ValueError as error:
        raise Unreadable("a date in it is not a real day") from error


def _month(word: str) -> int:
    return _MONTHS.get(word[:3], 0)


def _own_order(first: int, second: int) -> Order:
    if first > 12 or first == second:
        return "day_first"
    if second > 12:
        return "month_first"
    raise Unreadable("it is not known whether the day or the month of a date in it comes first")


def _in_order(first: int, second: int, order: Order) -> tuple[int, int]:
    return (first, second) if order == "day_first" else (second, first)


def _clock(rest: str) -> tuple[time, str]:
    """The time of day at the beginning of `rest`, 00:00 without one, and what follows it."""
    if not rest:
        return time(), ""
    found = _CLOCK.match(rest.lower())
    if not found or (found.group(2) is None and found.group(4) is None):
        raise Unreadable("a time in it cannot be read")
    hour, minute, second = (int(found.group(place) or 0) for place in (1, 2, 3))
    if half := found.group(4):
        if not 1 <= hour <= 12:
            raise Unreadable("a time in it is not a real one")
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, minute, second), rest[found.end() :].strip()
    except ValueError as error:
        raise Unreadable("a time in it is not a real one") from error


def _offset(text: str) -> tzinfo | None:
    if not text:
        return None
    if "/" in text and (named := zone_named(text.strip("()"))):
        return named
    word = text.strip("()").upper()
    if word in _ZONES:
        return timezone(timedelta(minutes=_ZONES[word]))
    if found := _OFFSET.match(word):
        minutes = int(found.group(2)) * 60 + int(found.group(3) or 0)
        if minutes < 24 * 60:
            return timezone(timedelta(minutes=minutes if found.group(1) == "+" else -minutes))
    raise Unreadable("the time zone of a time in it cannot be read")
