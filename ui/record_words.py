"""What a record is, where it stands, by which rule it was linked, and its values as people write them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime

from app.service.people import label_of
from app.wording import RULE_WORDS
from ui.language import day, moment, tr

_CONTEXT = "People"
MOMENT = re.compile(r"20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(\.\d+)?Z")
DAY = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def kind_words(kind: str) -> str:
    """What a record is."""
    return {
        "patient": tr(_CONTEXT, "Patient"),
        "contact": tr(_CONTEXT, "Cliniko contact"),
        "appointment": tr(_CONTEXT, "Appointment"),
        "invoice": tr(_CONTEXT, "Invoice"),
    }.get(kind, kind)


def state_words(state: str) -> str:
    """Where a record stands."""
    return {
        "linked": tr(_CONTEXT, "Linked"),
        "held": tr(_CONTEXT, "Waits for you"),
        "waiting": tr(_CONTEXT, "Waits for the next run"),
        "left_out": tr(_CONTEXT, "Left out"),
        "failed": tr(_CONTEXT, "Failed"),
        "unlinked": tr(_CONTEXT, "Unlinked"),
        "unknown": tr(_CONTEXT, "Not met yet"),
    }.get(state, state)


def rule_words(rule: str) -> str:
    """By which rule a link was made."""
    return tr("Wording", RULE_WORDS[rule]) if rule in RULE_WORDS else rule.replace("_", " ")


def field_words(name: str) -> str:
    """What HubSpot calls a property; else its name without the owner's prefix."""
    found = label_of(name)
    if found != name:
        return found
    words = name.removeprefix("cliniko_").replace("_", " ")
    return words[:1].upper() + words[1:]


def value_words(value: str | None) -> str:
    """A value as people write it: moments by the clock here, days by the locale, yes and no."""
    if not value:
        return "–"
    if value in ("true", "false"):
        return tr(_CONTEXT, "Yes") if value == "true" else tr(_CONTEXT, "No")
    if MOMENT.fullmatch(value):
        return moment(datetime.fromisoformat(value.replace("Z", "+00:00")))
    if DAY.fullmatch(value):
        with suppress(ValueError):
            return day(date.fromisoformat(value))
    return value
