"""Reads single values out of what Cliniko sends, forgiving every shape that was met in the wild.

A value that cannot be read counts as empty; only a record without an id, or without what makes it that
record, is refused with `BadInput` (whose text never holds the value, I6).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from urllib.parse import urlsplit

from app.domain.hubspot_text import clean
from app.domain.people import Phone
from app.errors import BadInput

Row = Mapping[str, Any]

_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?\Z", re.DOTALL)
_LARGEST_NUMBER: Final = Decimal(10) ** 15
_PHONE_TYPES: Final = {name.casefold(): name for name in ("Mobile", "Home", "Work", "Fax", "Other")}
_TRUE: Final = frozenset({"true", "yes", "1"})
_FALSE: Final = frozenset({"false", "no", "0"})


def as_row(row: object, what: str) -> Row:
    """The row as a mapping; `BadInput` when Cliniko sent something else in its place."""
    if not isinstance(row, Mapping):
        raise BadInput(f"Cliniko sent {what} that is not a record")
    return row


def record_id(row: Row, what: str) -> str:
    """The record's own id as text; `BadInput` without one."""
    found = as_id(row.get("id"))
    if not found:
        raise BadInput(f"Cliniko sent {what} without a readable id")
    return found


def id_and_name(row: object, what: str) -> tuple[str, str]:
    """Id and name of a catalogue row: referral source types, concession types and the like (R4)."""
    source = as_row(row, what)
    return record_id(source, what), text(source, "name")


def as_id(value: object) -> str:
    """An id sent as text or whole number, "" for anything else."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, int):
        return str(value) if 0 <= value < 1 << 64 else ""
    if isinstance(value, str):
        text = value.strip()
        return text if _ID.match(text) else ""
    return ""


def text(row: Row, name: str) -> str:
    """Text trimmed and without control characters; numbers as digits; "" for null or a structure."""
    value = row.get(name)
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 1 << 64 else ""
    return ""


def flag(row: Row, name: str) -> bool | None:
    """True, False, or None when never answered (R15)."""
    value = row.get(name)
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower() if isinstance(value, (int, str)) else ""
    if word in _TRUE:
        return True
    return False if word in _FALSE else None


def whole(row: Row, name: str) -> int | None:
    """A whole number, also when sent as text or `10.0`."""
    value = number(row, name)
    return None if value is None or value != value.to_integral_value() else int(value)


def number(row: Row, name: str) -> Decimal | None:
    """An exact decimal from text or a JSON number; None for empty, unreadable or absurdly large ones."""
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        read = Decimal(str(value).strip())
    except (InvalidOperation, ValueError):
        return None
    return read if read.is_finite() and abs(read) < _LARGEST_NUMBER and _exponent(read) > -20 else None


def _exponent(value: Decimal) -> int:
    """Position of the last digit; finite numbers only."""
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def moment(row: Row, name: str) -> datetime | None:
    """A time as aware UTC, from every ISO 8601 form (`Z`, `+10:00`, `+1000`, fractions; none means UTC)."""
    value = row.get(name)
    return read_moment(value) if isinstance(value, str) else None


def read_moment(value: str) -> datetime | None:
    """The time a text stands for, aware UTC; None when it is no time. The first and the last year of the calendar
    become the next to them, since no other zone could show their ends."""
    try:
        read = datetime.fromisoformat(value.strip().upper())
        found = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found.replace(year=min(max(found.year, MINYEAR + 1), MAXYEAR - 1))


def day(row: Row, name: str) -> date | None:
    """A calendar day; it has no zone, so a time that follows it is dropped, not converted."""
    value = row.get(name)
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    if not found:
        return None
    try:
        return date.fromisoformat(found.group(1))
    except ValueError:
        return None


def link(row: Row, relation: str) -> str:
    """The id a relation points to, "" when it is empty.

    Taken from the path of its address (the host and query are ignored, nothing is ever fetched from it);
    `/patients/5/referral_source` gives 5; `<relation>_id` is understood as well.
    """
    target = row.get(relation)
    address: object = target
    if isinstance(target, Mapping):
        links = target.get("links")
        address = links.get("self") if isinstance(links, Mapping) else None
        address = address if isinstance(address, str) else as_id(target.get("id"))
    if isinstance(address, str) and address:
        return id_in_address(address)
    return as_id(row.get(f"{relation}_id"))


def id_in_address(address: str) -> str:
    """The id at the end of an address's path, or one before a named part of that record."""
    try:
        parts = [part for part in urlsplit(address.strip()).path.split("/") if part]
    except ValueError:
        return ""
    for part in reversed(parts[-2:]):
        if part.isascii() and part.isdigit():
            return part
    return ""


def ids(row: Row, name: str) -> tuple[str, ...]:
    """A list of ids sent as text or numbers; what is unreadable is left out."""
    value = row.get(name)
    found = (as_id(item) for item in value) if isinstance(value, list) else ()
    return tuple(item for item in found if item)


def phones(row: Row, name: str) -> tuple[Phone, ...]:
    """The phone numbers in Cliniko's order, empty ones left out; an unknown type counts as Other."""
    value = row.get(name)
    found = []
    for entry in value if isinstance(value, list) else ():
        if isinstance(entry, Mapping) and (typed := text(entry, "number")):
            kind = _PHONE_TYPES.get(text(entry, "phone_type").casefold(), "Other")
            found.append(Phone(kind, typed, text(entry, "normalized_number")))
    return tuple(found)
