"""The query language of the lists: `q[]` conditions with their types, `sort`, `page` and `per_page`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

Row = dict[str, Any]
Test = Callable[[Row], bool]

PER_PAGE_DEFAULT = 50
PER_PAGE_MOST = 100


class FieldType(StrEnum):
    """What a field holds, which decides the operators it knows."""

    DATE = "date"
    TIME = "date-time"
    NUMBER = "number"
    TEXT = "string"
    BOOLEAN = "boolean"
    ARRAY = "array"


@dataclass(frozen=True)
class Filter:
    """One filterable field; `column` is where the rows keep it, when its name is another."""

    type: FieldType
    column: str | Callable[[Row], Any] = ""


Filters = Mapping[str, Filter]


class BadQuery(Exception):
    """The query cannot be answered: a 400 with this message."""


@dataclass(frozen=True)
class Condition:
    """One parsed condition; `test` says whether a row meets it."""

    field: str
    operator: str
    value: Any
    column: str
    test: Test


@dataclass(frozen=True)
class Page:
    """Which stretch of the list is wanted; numbers start at 1."""

    number: int
    size: int


_OPERATORS = (">=", "<=", "!=", "!?", "~~", ">", "<", "=", "~", "?", "*")
_KNOWN: Mapping[FieldType, frozenset[str]] = {
    FieldType.DATE: frozenset({"=", ">=", ">", "<=", "<", "?", "!?"}),
    FieldType.TIME: frozenset({">=", ">", "<=", "<", "?", "!?", "*"}),
    FieldType.NUMBER: frozenset({"=", "!=", ">=", ">", "<=", "<", "?", "!?"}),
    FieldType.TEXT: frozenset({"=", "!=", "~", "~~", "?", "!?"}),
    FieldType.BOOLEAN: frozenset({"=", "!="}),
    FieldType.ARRAY: frozenset({"~"}),
}
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d+)?Z")
_DATE_PATTERN = re.compile(r"[\d*]{4}-[\d*]{2}-[\d*]{2}")
_NUMBER = re.compile(r"-?\d+")


def conditions(
    query: Iterable[tuple[str, str]], filters: Filters, case_sensitive: bool = False
) -> list[Condition]:
    """Every `q[]` (or old `q`) of the query, parsed; spellings such as `q[0]` are not read.

    Raises BadQuery with the service's words.
    """
    texts = (value for name, value in query if name in ("q[]", "q") and value)
    return [parse_condition(text, filters, case_sensitive) for text in texts]


def parse_condition(text: str, filters: Filters, case_sensitive: bool = False) -> Condition:
    """One condition such as `updated_at:>=2025-03-01T00:00:00Z`; raises BadQuery with the service's words."""
    name, colon, rest = text.partition(":")
    found = filters.get(name)
    if found is None or not colon:
        raise BadQuery(f"{name} is not filterable")
    operator = next((known for known in _OPERATORS if rest.startswith(known)), "")
    if found.type is FieldType.DATE and operator in ("", "*"):
        operator = "="
        rest = "=" + rest
    if operator not in _KNOWN[found.type]:
        raise BadQuery(f"Filter operator for {name} is not supported")
    raw = rest[len(operator) :]
    return _build(name, found, operator, raw, case_sensitive)


def _build(name: str, found: Filter, operator: str, raw: str, case_sensitive: bool) -> Condition:
    column = found.column if isinstance(found.column, str) and found.column else name
    get: Callable[[Row], Any] = found.column if callable(found.column) else _column(column)
    if operator in ("?", "!?", "*"):
        return Condition(name, operator, None, column, _presence(operator, get))
    match found.type:
        case FieldType.TIME:
            value: Any = _time(raw)
            test = _compare(operator, get, value)
        case FieldType.DATE:
            value, test = _date(name, operator, raw, get)
        case FieldType.NUMBER:
            value, test = _number(name, operator, raw, get)
        case FieldType.BOOLEAN:
            if raw not in ("true", "false"):
                raise BadQuery(f"Filter value for {name} must be true or false")
            value = raw == "true"
            test = _compare(operator, get, value)
        case FieldType.ARRAY:
            value = _numbers(name, raw)[0]
            test = _holds(get, value)
        case FieldType.TEXT:
            value = raw
            test = _text(operator, get, raw, case_sensitive)
    return Condition(name, operator, value, column, test)


def _column(name: str) -> Callable[[Row], Any]:
    return lambda row: row.get(name)


def _presence(operator: str, get: Callable[[Row], Any]) -> Test:
    if operator == "*":
        return lambda row: True
    wanted = operator == "?"
    return lambda row: (get(row) not in (None, "")) is wanted


def _compare(operator: str, get: Callable[[Row], Any], value: Any) -> Test:
    # As in SQL, nothing compares to an empty field, not even with "!=".
    tests: Mapping[str, Test] = {
        "=": lambda row: get(row) == value,
        "!=": lambda row: (held := get(row)) is not None and held != value,
        ">=": lambda row: (held := get(row)) is not None and held >= value,
        ">": lambda row: (held := get(row)) is not None and held > value,
        "<=": lambda row: (held := get(row)) is not None and held <= value,
        "<": lambda row: (held := get(row)) is not None and held < value,
    }
    return tests[operator]


def _time(raw: str) -> str:
    found = _TIME.fullmatch(raw)
    if found is None:
        raise BadQuery("Timestamp needs to be in UTC format.")
    try:
        datetime.fromisoformat(found.group(1))
    except ValueError:
        raise BadQuery("Timestamp needs to be in UTC format.") from None
    # Rows keep times as text without the Z and without an empty fraction, so that text order is time order.
    return found.group(1) + (found.group(2) or "").rstrip("0").rstrip(".")


def _date(name: str, operator: str, raw: str, get: Callable[[Row], Any]) -> tuple[str, Test]:
    if "*" in raw and operator == "=" and _DATE_PATTERN.fullmatch(raw):
        pattern = re.compile(raw.replace("*", r"\d"))
        return raw, lambda row: (held := get(row)) is not None and pattern.fullmatch(held) is not None
    try:
        date.fromisoformat(raw)
    except ValueError:
        raise BadQuery(f"Filter value for {name} must be a date") from None
    return raw, _compare(operator, get, raw)


def _numbers(name: str, raw: str) -> list[int]:
    parts = [part.strip() for part in raw.split(",")]
    if not all(_NUMBER.fullmatch(part) for part in parts):
        raise BadQuery(f"Filter value for {name} must be a number")
    return [int(part) for part in parts]


def _number(name: str, operator: str, raw: str, get: Callable[[Row], Any]) -> tuple[Any, Test]:
    values = _numbers(name, raw)
    if operator == "=":
        wanted = frozenset(values)
        return wanted, lambda row: get(row) in wanted
    if len(values) > 1:
        raise BadQuery(f"Filter value for {name} must be a number")
    return values[0], _compare(operator, get, values[0])


def _holds(get: Callable[[Row], Any], value: int) -> Test:
    return lambda row: value in (get(row) or ())


def _text(operator: str, get: Callable[[Row], Any], raw: str, case_sensitive: bool) -> Test:
    fold: Callable[[str], str] = str if case_sensitive else str.casefold
    wanted = fold(raw)
    if operator == "~~":
        pattern = re.compile(".*".join(re.escape(part) for part in wanted.split("%")), re.DOTALL)
        return lambda row: (held := get(row)) is not None and pattern.fullmatch(fold(held)) is not None
    tests: Mapping[str, Test] = {
        "=": lambda row: (held := get(row)) is not None and fold(held) == wanted,
        "!=": lambda row: (held := get(row)) is not None and fold(held) != wanted,
        "~": lambda row: (held := get(row)) is not None and wanted in fold(held),
    }
    return tests[operator]


def page(query: Sequence[tuple[str, str]]) -> Page:
    """The wanted page; raises BadQuery on anything but whole numbers, and on more than 100 a page."""
    values = dict(query)
    number = _whole("page", values.get("page", "1"))
    size = _whole("per_page", values.get("per_page", str(PER_PAGE_DEFAULT)))
    if size > PER_PAGE_MOST:
        raise BadQuery(f"per_page must be less than or equal to {PER_PAGE_MOST}")
    return Page(number, size)


def _whole(name: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise BadQuery(f"{name} must be greater than 0")
    return int(text)


@dataclass(frozen=True)
class Order:
    """One column of the sort order."""

    column: str
    descending: bool = False


def orders(query: Sequence[tuple[str, str]], filters: Filters) -> list[Order]:
    """The sort order, `created_at` ascending when none is asked for; raises BadQuery on an unknown column."""
    values = dict(query)
    backwards = values.get("order", "asc").lower() == "desc"
    found = []
    for part in filter(None, values.get("sort", "created_at").split(",")):
        name, _, direction = part.strip().partition(":")
        known = filters.get(name)
        if known is None or known.type is FieldType.ARRAY or direction not in ("", "asc", "desc"):
            raise BadQuery(f"{name} is not sortable")
        column = known.column if isinstance(known.column, str) and known.column else name
        found.append(Order(column, direction == "desc" if direction else backwards))
    return found or [Order("created_at", backwards)]
