"""Search filters: each becomes a test of one record, with HubSpot's rules for cases, numbers and times."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.sandbox.hubspot_data import PortalData
from app.sandbox.hubspot_kinds import KINDS, Kind, kind_of
from app.sandbox.hubspot_records import Record
from app.sandbox.hubspot_replies import Json, Refusal
from app.sandbox.hubspot_shown import COMPUTED
from app.sandbox.hubspot_values import BadValue, instant_ms

Test = Callable[[Record], bool]
Comparable = str | float | int

_TIMES = ("date", "datetime")
_TOKENS = re.compile(r"[^\W_]+", re.UNICODE)
_NEEDS_VALUE = frozenset({"EQ", "NEQ", "LT", "LTE", "GT", "GTE", "CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN"})
_ORDERED: dict[str, Callable[[Any, Any], bool]] = {
    "LT": lambda held, wanted: held < wanted,
    "LTE": lambda held, wanted: held <= wanted,
    "GT": lambda held, wanted: held > wanted,
    "GTE": lambda held, wanted: held >= wanted,
}


@dataclass(frozen=True)
class Filter:
    """One condition. `low` and `high` bound the time of the last change where it is about that."""

    test: Test
    low: int | None = None
    high: int | None = None
    ids: tuple[str, ...] | None = None


def parse_filter(data: PortalData, kind: Kind, row: Json) -> Filter:
    """A filter as sent; raises Refusal (400) for unknown properties, operators and missing values."""
    name, operator = row.get("propertyName"), row.get("operator")
    if not isinstance(name, str) or not isinstance(operator, str):
        raise _bad("a filter needs propertyName and operator")
    if name.startswith("associations."):
        return _linked(data, kind, name, operator, row)
    definition = data.definition(kind, name)
    if definition is None:
        text = f'Property "{name}" does not exist'
        error = {"message": text, "code": "PROPERTY_DOESNT_EXIST", "context": {"propertyName": [name]}}
        raise Refusal(400, f"There was a problem with the request. {text}", errors=[error])
    read = _reader(data, kind, name)
    if operator in ("HAS_PROPERTY", "NOT_HAS_PROPERTY"):
        wanted = operator == "HAS_PROPERTY"
        return Filter(lambda record: bool(read(record)) is wanted)
    low, high = _bounds(kind, name, operator, row)
    ids = _ids(name, operator, row)
    compared = "number" if name == "hs_object_id" else definition.type
    return Filter(_test(compared, operator, row, read), low, high, ids)


def _bad(text: str) -> Refusal:
    return Refusal(400, f"There was a problem with the request. {text}")


def _reader(data: PortalData, kind: Kind, name: str) -> Callable[[Record], str | None]:
    rule = COMPUTED[kind.name].get(name)
    if rule is not None:
        return lambda record: rule(data, record)
    return lambda record: record.values.get(name)


def _linked(data: PortalData, kind: Kind, name: str, operator: str, row: Json) -> Filter:
    """`associations.contact EQ id`, the one filter that looks beyond the record."""
    other = kind_of(name.partition(".")[2])
    if operator not in ("EQ", "IN"):
        raise _bad(f"{operator} is not supported for {name}")
    wanted = [str(one) for one in row.get("values") or [row.get("value")]]
    near: set[str] = set()
    for far_id in wanted:
        current = data.records[other.name].current_id(far_id)
        near.update(data.links.of(KINDS[other.name], current, kind))
    return Filter(lambda record: record.id in near, ids=tuple(near))


def _bounds(kind: Kind, name: str, operator: str, row: Json) -> tuple[int | None, int | None]:
    if name not in (kind.modified, "hs_lastmodifieddate") or operator not in (
        "EQ",
        "GT",
        "GTE",
        "LT",
        "LTE",
        "BETWEEN",
    ):
        return None, None
    value = _comparable("datetime", row.get("value"))
    if operator == "BETWEEN":
        return int(value), int(_comparable("datetime", row.get("highValue")))
    low = None if operator in ("LT", "LTE") else int(value)
    high = None if operator in ("GT", "GTE") else int(value)
    return low, high


def _ids(name: str, operator: str, row: Json) -> tuple[str, ...] | None:
    """The records that a filter by record id can mean."""
    if name != "hs_object_id" or operator not in ("EQ", "IN"):
        return None
    wanted = row.get("values") or [] if operator == "IN" else [row.get("value")]
    return tuple(str(one) for one in wanted)


def _test(compared: str, operator: str, row: Json, read: Callable[[Record], str | None]) -> Test:
    if operator == "BETWEEN":
        low, high = _comparable(compared, row.get("value")), _comparable(compared, row.get("highValue"))
        return lambda record: bool(
            (held := held_value(compared, read(record))) is not None and low <= held <= high  # type: ignore[operator]
        )
    if operator in ("IN", "NOT_IN"):
        return _membership(compared, operator, row, read)
    if operator not in _NEEDS_VALUE:
        raise _bad(f"{operator} is not a valid operator")
    if row.get("value") in (None, ""):
        raise _bad(f"{operator} needs a value")
    if operator.endswith("CONTAINS_TOKEN"):
        return _tokens(operator, str(row["value"]), read)
    wanted = _comparable(compared, row["value"])
    if operator in ("EQ", "NEQ"):
        equal = operator == "EQ"
        return lambda record: (
            (held := held_value(compared, read(record))) is not None and (held == wanted) is equal
        )
    ordered = _ORDERED[operator]
    return lambda record: (held := held_value(compared, read(record))) is not None and ordered(held, wanted)


def _membership(compared: str, operator: str, row: Json, read: Callable[[Record], str | None]) -> Test:
    """One of several values. Strings are folded on HubSpot's side only: send them in lower case."""
    values = row.get("values")
    if not isinstance(values, list) or not values:
        raise _bad(f"{operator} needs values")
    if compared in ("string", "phone_number"):
        wanted: set[Comparable] = {str(one) for one in values}
    else:
        wanted = {_comparable(compared, one) for one in values}
    inside = operator == "IN"
    return lambda record: (
        (held := held_value(compared, read(record))) is not None and (held in wanted) is inside
    )


def _tokens(operator: str, text: str, read: Callable[[Record], str | None]) -> Test:
    """Every word of the filter occurs in the value; `*` stands for any letters."""
    patterns = [part for part in re.split(r"[^\w*]+|_", text.casefold()) if part]
    wanted = operator == "CONTAINS_TOKEN"

    def test(record: Record) -> bool:
        held = read(record)
        if not held:
            return False
        words = _TOKENS.findall(held.casefold())
        found = all(any(fnmatch.fnmatchcase(word, pattern) for word in words) for pattern in patterns)
        return found is wanted

    return test


def held_value(compared: str, value: str | None) -> Comparable | None:
    """A stored value in the form in which it is compared; None when there is none."""
    if not value:
        return None
    if compared in ("string", "phone_number"):
        return value.casefold()
    if compared in ("enumeration", "bool"):
        return value
    try:
        return instant_ms(value) if compared in _TIMES else float(value)
    except (BadValue, ValueError):
        # A property whose type was changed may hold what its new type would refuse.
        return None


def _comparable(compared: str, value: Any) -> Comparable:
    """A value of a filter in the form in which it is compared; raises Refusal."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if value in (None, ""):
        raise _bad("a value is missing")
    if compared in ("string", "phone_number"):
        return text.casefold()
    if compared in ("enumeration", "bool"):
        return text
    try:
        return instant_ms(text) if compared in _TIMES else float(text)
    except (BadValue, ValueError) as error:
        raise _bad(f"{text} is not a valid {compared}") from error
