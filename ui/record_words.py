"""What a record is, where it stands, by which rule it was linked, its values as people write them, and what a
question asks."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime

from app.domain.conflicts import Conflict
from app.review.kinds import KINDS
from app.service.people import label_of
from app.service.property_list import choice_label
from app.wording import RULE_WORDS
from ui.language import day, is_translated, listed, moment, number, retold, tr, word

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
        return label_words(found)
    words = own_field_words(name) or word(name.removeprefix("cliniko_").replace("_", " "))
    return words[:1].upper() + words[1:]


def label_words(label: str) -> str:
    """What HubSpot calls a property, in the person's language; a label that is not ours stays."""
    return tr("Labels", label) if label else ""


def own_field_words(name: str) -> str:
    """What changed in ClinicBridge's own memory; "" for anything else."""
    return {
        "answer": tr(_CONTEXT, "Answer to a question"),
        "separated": tr(_CONTEXT, "Never match again"),
        "on_hold": tr(_CONTEXT, "Do not sync"),
        "inbox": tr(_CONTEXT, "Holder of an inbox"),
        "link": tr(_CONTEXT, "Link"),
        "record": tr(_CONTEXT, "Whole record"),
        "archived": tr(_CONTEXT, "In HubSpot's recycle bin"),
    }.get(name, "")


def changed_words(name: str, value: str | None) -> str:
    """A value before or after, of this field: an answer by the words of its button, else as people write it."""
    if name == "answer" and value:
        return answer_words(value)
    choice = choice_label(name, value or "")
    return tr("Choices", choice.replace("_", " ")) if choice else value_words(value)


def answer_words(slug: str) -> str:
    """An answer by its slug, where the question is not known: the words of its button, if all kinds agree."""
    labels = {one.label for kind in KINDS.values() for one in kind.answers if one.slug == slug}
    if len(labels) == 1:
        return tr("Review", labels.pop())
    return {
        "keep": tr(_CONTEXT, "Leave it"),
        "leave": tr(_CONTEXT, "Leave it"),
        "link": tr(_CONTEXT, "Link"),
        "separate": tr(_CONTEXT, "Keep apart"),
        "move": tr(_CONTEXT, "Move"),
        "create": tr(_CONTEXT, "Make a new one"),
        "discard": tr(_CONTEXT, "Forget it"),
        "later": tr(_CONTEXT, "Later"),
    }.get(slug, slug.replace("_", " "))


def value_words(value: str | None) -> str:
    """A value as people write it: moments by the clock here, days by the locale, yes and no."""
    if not value:
        return "–"
    if value in ("true", "yes", "false", "no"):
        return tr(_CONTEXT, "Yes") if value in ("true", "yes") else tr(_CONTEXT, "No")
    if MOMENT.fullmatch(value):
        return moment(datetime.fromisoformat(value.replace("Z", "+00:00")))
    if DAY.fullmatch(value):
        with suppress(ValueError):
            return day(date.fromisoformat(value))
    return value


def question_words(conflict: Conflict) -> str:
    """What a question asks, in the person's language: its kind's sentence with the facts that were kept; one asked
    by an older version as far as its English can be read back."""
    facts = conflict.details.get("facts")
    kind = KINDS.get(conflict.kind)
    if not is_translated() or kind is None or not isinstance(facts, dict):
        return retold(conflict.message)
    if not facts and kind.fields:
        return retold(conflict.message)
    told = {name: _fact(conflict, name, facts.get(name)) for name in kind.fields}
    return tr("Review", kind.question, **told)


def _fact(conflict: Conflict, name: str, fact: object) -> str:
    """One fact as people write it; three dots where it is not known."""
    if isinstance(fact, list):
        return listed([str(one) for one in fact])
    text = str(fact or "")
    if name in ("count", "total") and text.isdigit():
        return number(int(text))
    if name == "text" and conflict.details.get("day"):
        day_there = date.fromisoformat(str(conflict.details["day"]))
        return f"{conflict.details.get('named')}, {day(day_there)}"
    if name == "what":
        return retold(f"{text}.").removesuffix(".")
    told = {"reason": retold, "field": label_words}.get(name, str)(text)
    return told or "…"
