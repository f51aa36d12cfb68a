"""What a written value must look like; each check takes the clinic and a value and returns what is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from app.sandbox.cliniko_data import ClinicData
from app.sandbox.cliniko_phones import COUNTRY_CODES
from app.sandbox.cliniko_resource import Check

EMAIL = r"^[A-Z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Z0-9.-]+\.[A-Z]{2,63}$"
DVA = r"^[NVQSWT]([A-Z ][0-9]{1,6}|[A-Z]{2}[0-9]{1,5}|[A-Z]{3}[0-9]{1,4})[A-Z]?$"
COLOUR = r"^#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})$"
PHONE_TYPES = ("Mobile", "Home", "Work", "Fax", "Other")
PRONOUNS = ("nominative", "accusative", "pronominal_possessive", "predicative_possessive", "reflexive")

BLANK = "can’t be blank"
INVALID = "is invalid"
NOT_LISTED = "is not included in the list"
NOT_A_NUMBER = "is not a number"
MUST_EXIST = "must exist"


class Refused(Exception):
    """The value is not accepted; the text is what the answer says about the field (or the field named)."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def text(most: int = 0, needed: bool = False, pattern: str = "") -> Check:
    """Text of at most `most` characters (0: any), not blank when `needed`, like `pattern` unless empty."""
    wanted = re.compile(pattern, re.IGNORECASE) if pattern else None

    def check(data: ClinicData, value: Any) -> Any:
        if value is None or value == "":
            if needed:
                raise Refused(BLANK)
            return value
        if not isinstance(value, str):
            raise Refused(INVALID)
        if needed and not value.strip():
            raise Refused(BLANK)
        if most and len(value) > most:
            raise Refused(f"is too long (maximum is {most} characters)")
        if wanted is not None and not wanted.match(value):
            raise Refused(INVALID)
        return value

    return check


def yes_no(data: ClinicData, value: Any) -> Any:
    """True, false or null."""
    if value is None or isinstance(value, bool):
        return value
    raise Refused(INVALID)


def day(data: ClinicData, value: Any) -> Any:
    """A calendar date as YYYY-MM-DD, or none."""
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(value).isoformat() if len(value) == 10 else _refuse()
    except (TypeError, ValueError):
        raise Refused(INVALID) from None


def moment(data: ClinicData, value: Any) -> Any:
    """A point in time in any ISO spelling with a zone, or none."""
    if value is None or value == "":
        return None
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Refused(INVALID) from None
    return data.stamp(found if found.tzinfo else found.replace(tzinfo=UTC))


def whole(low: int, high: int, needed: bool = False) -> Check:
    """A whole number from `low` to `high`."""

    def check(data: ClinicData, value: Any) -> Any:
        if value is None and not needed:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise Refused(NOT_A_NUMBER)
        if not low <= value <= high:
            bound = f"greater than or equal to {low}" if value < low else f"less than or equal to {high}"
            raise Refused(f"must be {bound}")
        return value

    return check


def one_of(*choices: Any) -> Check:
    """One of the choices, or none."""

    def check(data: ClinicData, value: Any) -> Any:
        if value is None or (value in choices and not isinstance(value, bool)):
            return value
        raise Refused(NOT_LISTED)

    return check


def decimal_text(number: Decimal) -> str:
    """A decimal as the service spells it: at least one place, no idle zeros behind."""
    shown = f"{number.normalize():f}"
    return shown if "." in shown else f"{shown}.0"


def decimal(needed: bool = False) -> Check:
    """A decimal number, as text or number; kept as text."""

    def check(data: ClinicData, value: Any) -> Any:
        if value is None or value == "":
            if needed:
                raise Refused(NOT_A_NUMBER)
            return None
        if isinstance(value, bool):
            raise Refused(NOT_A_NUMBER)
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            raise Refused(NOT_A_NUMBER) from None
        if not number.is_finite():
            raise Refused(NOT_A_NUMBER)
        return decimal_text(number)

    return check


def reference(table: str, needed: bool = False, as_field: str = "", message: str = MUST_EXIST) -> Check:
    """The id of an existing record, as text or number; a miss is reported as `message` about `as_field`."""

    def check(data: ClinicData, value: Any) -> Any:
        if value is None or value == "":
            if needed:
                raise Refused(message, as_field)
            return None
        if isinstance(value, bool) or not re.fullmatch(r"\d{1,19}", str(value)):
            raise Refused(message, as_field)
        if data.table(table).get(int(value)) is None:
            raise Refused(message, as_field)
        return int(value)

    return check


def id_list(data: ClinicData, value: Any) -> Any:
    """A list of ids, kept as numbers."""
    if value is None:
        return []
    if not isinstance(value, list) or not all(re.fullmatch(r"\d{1,19}", str(one)) for one in value):
        raise Refused(INVALID)
    return [int(one) for one in value]


def phones(data: ClinicData, value: Any) -> Any:
    """A list of numbers with their types; replaces the old list whole."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise Refused(INVALID)
    return [_phone(one) for one in value]


def _phone(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or not isinstance(value.get("number"), str):
        raise Refused(INVALID)
    if not value["number"].strip():
        raise Refused(BLANK)
    kind = value.get("phone_type", "Mobile")
    if kind not in PHONE_TYPES:
        raise Refused(NOT_LISTED)
    return {"phone_type": kind, "number": value["number"]}


def country(data: ClinicData, value: Any) -> Any:
    """A two-letter ISO country code, or none."""
    if value is None or value == "":
        return value
    if not isinstance(value, str) or value.upper() not in COUNTRY_CODES:
        raise Refused(NOT_LISTED)
    return value.upper()


def pronouns(data: ClinicData, value: Any) -> Any:
    """None, or an object with all five forms of at most 50 characters."""
    if value is None:
        return None
    if not isinstance(value, Mapping) or any(not isinstance(value.get(form), str) for form in PRONOUNS):
        raise Refused(INVALID)
    if any(len(value[form]) > 50 for form in PRONOUNS):
        raise Refused("is too long (maximum is 50 characters)")
    return {form: value[form] for form in PRONOUNS}


def repeat_rule(data: ClinicData, value: Any) -> Any:
    """None, or how an appointment repeats."""
    if value is None or value == {}:
        return {}
    kinds = ("Daily", "Weekly", "Monthly")
    if not isinstance(value, Mapping) or value.get("repeat_type") not in kinds:
        raise Refused(INVALID)
    rule = {"repeat_type": value["repeat_type"]}
    rule["repeating_interval"] = whole(0, 100)(data, value.get("repeating_interval", 1))
    rule["number_of_repeats"] = whole(0, 51)(data, value.get("number_of_repeats", 0))
    return rule


def custom_fields(data: ClinicData, value: Any) -> Any:
    """None, or sections of fields whose tokens the account knows; an empty `value` is not accepted."""
    if value is None:
        return None
    sections = value.get("sections") if isinstance(value, Mapping) else None
    if not isinstance(sections, list):
        raise Refused(INVALID)
    known = data.custom_field_names()
    for section in sections:
        for one in section.get("fields") or () if isinstance(section, Mapping) else _refuse():
            if not isinstance(one, Mapping) or one.get("token") not in known or one.get("value") == "":
                raise Refused(INVALID)
    return {"sections": sections}


def _refuse() -> Any:
    raise Refused(INVALID)
