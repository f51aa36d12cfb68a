"""What a record is, where it stands and by which rule it was linked, in words."""

from __future__ import annotations

from app.wording import RULE_WORDS
from ui.language import tr

_CONTEXT = "People"


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
