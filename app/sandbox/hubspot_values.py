"""One property value as sent becomes one as kept, or is refused: a rule for each type of property."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from app.sandbox.hubspot_definitions import Definition
from app.sandbox.hubspot_kinds import iso, millis, moment

LONGEST = 65_536
_NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)")
_EPOCH = re.compile(r"-?\d{1,15}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?P<host>[^@\s]+)"
)
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_NO_TOP_LEVEL = frozenset({"con", "cmo", "ocm", "vom", "comm", "nett", "orgg", "local", "invalid"})
_DAY_MS = 86_400_000


class BadValue(Exception):
    """The value is not accepted."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def as_text(value: Any) -> str:
    """A JSON value as the text HubSpot keeps; raises BadValue for lists, objects and null."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case _:
            raise BadValue(
                "INVALID_JSON", f"Cannot deserialize value of type `String` from {type(value).__name__}"
            )


def kept_value(definition: Definition, text: str, held: str, normalise: bool = True) -> str:
    """The value as kept; "" clears. `held` is what the record has (for appending); raises BadValue."""
    if text == "" or (definition.type == "string" and len(text) <= LONGEST):
        return text
    return _RULES.get(definition.type, _text)(definition, text, held, normalise)


def email_address(text: str) -> str:
    """A trimmed, lower-case address that could exist; raises BadValue."""
    address = text.strip().lower()
    found = _ADDRESS.fullmatch(address)
    host = found["host"] if found else ""
    labels = host.split(".")
    known = (
        len(labels) > 1 and labels[-1].isalpha() and len(labels[-1]) > 1 and labels[-1] not in _NO_TOP_LEVEL
    )
    if not known or len(address) > 254 or not all(_LABEL.fullmatch(label) for label in labels):
        raise BadValue("INVALID_EMAIL", f"Email address {text} is invalid")
    return address


def _text(definition: Definition, text: str, held: str, normalise: bool) -> str:
    if len(text) > LONGEST:
        raise BadValue("PROPERTY_VALUE_TOO_LONG", f"Property value is longer than {LONGEST} characters")
    return text


def _choice(definition: Definition, text: str, held: str, normalise: bool) -> str:
    if definition.many:
        return _choices(definition, text, held)
    value = text.strip()
    if value not in definition.allowed and not definition.external:
        raise _not_an_option(definition, text)
    return value


def _choices(definition: Definition, text: str, held: str) -> str:
    """Several choices; with a `;` in front they join what is there."""
    chosen = dict.fromkeys(held.split(";") if text.startswith(";") and held else ())
    for part in text.split(";"):
        value = part.strip()
        if value and value not in definition.allowed and not definition.external:
            raise _not_an_option(definition, value)
        if value:
            chosen[value] = None
    return ";".join(chosen)


def _not_an_option(definition: Definition, text: str) -> BadValue:
    allowed = ", ".join(f"{option.label} ({option.value})" for option in definition.options)
    return BadValue("INVALID_OPTION", f"{text} was not one of the allowed options: [{allowed}]")


def _yes_or_no(definition: Definition, text: str, held: str, normalise: bool) -> str:
    if text not in ("true", "false"):
        raise BadValue("INVALID_OPTION", f"{text} was not one of the allowed options: [true, false]")
    return text


def _number(definition: Definition, text: str, held: str, normalise: bool) -> str:
    value = text.strip()
    if not _NUMBER.fullmatch(value):
        raise BadValue("INVALID_INTEGER", f"{text} was not a valid number.")
    if not normalise:
        return value
    sign, digits = ("-", value[1:]) if value.startswith("-") else ("", value)
    whole, _, rest = digits.partition(".")
    whole, rest = whole.lstrip("0") or "0", rest.rstrip("0")
    plain = f"{whole}.{rest}" if rest else whole
    return plain if plain == "0" else f"{sign}{plain}"


@lru_cache(maxsize=20_000)
def _kept_day(text: str) -> str:
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError as error:
            raise BadValue("INVALID_DATE", f"{text} is not a valid date") from error
    ms = instant_ms(text)
    if ms % _DAY_MS:
        at = moment(ms)
        clock = f"{at.hour}:{at.minute}:{at.second}.{at.microsecond // 1000}"
        raise BadValue("INVALID_DATE", f"{ms} is at {clock} UTC, not midnight!")
    return f"{moment(ms):%Y-%m-%d}"


def _day(definition: Definition, text: str, held: str, normalise: bool) -> str:
    return _kept_day(text.strip())


@lru_cache(maxsize=20_000)
def _kept_moment(text: str) -> str:
    return iso(instant_ms(text.strip()))


def _moment(definition: Definition, text: str, held: str, normalise: bool) -> str:
    return _kept_moment(text)


_EARLIEST = millis(datetime(1000, 1, 1, tzinfo=UTC))
_LATEST = millis(datetime(9999, 1, 1, tzinfo=UTC))


def instant_ms(text: str) -> int:
    """A time as milliseconds: from digits, or from ISO text that names its zone; raises BadValue."""
    ms = int(text) if _EPOCH.fullmatch(text) else _parsed(text)
    if not _EARLIEST <= ms <= _LATEST:
        raise BadValue("INVALID_DATE", f"{text} is out of range")
    return ms


def _parsed(text: str) -> int:
    try:
        if _DAY.fullmatch(text):
            day = date.fromisoformat(text)
            return millis(datetime(day.year, day.month, day.day, tzinfo=UTC))
        parsed = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadValue("INVALID_LONG", f"{text} was not a valid long.") from error
    if parsed.tzinfo is None:
        raise BadValue("INVALID_LONG", f"{text} was not a valid long.")
    # Whole milliseconds, like the service: finer parts are cut, not rounded up.
    return (parsed - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


_Rule = Callable[[Definition, str, str, bool], str]
_RULES: dict[str, _Rule] = {
    "string": _text,
    "phone_number": _text,
    "enumeration": _choice,
    "bool": _yes_or_no,
    "number": _number,
    "date": _day,
    "datetime": _moment,
}
