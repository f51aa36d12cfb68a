"""What each row of a file did or would do: the words and columns of the table."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.imported import RowResult
from ui.language import number, tr
from ui.pages.import_reasons import reason_words
from ui.tables.rows import Column

_CONTEXT = "Import"
TONES = {"held": "warn", "refused": "bad", "done": "good", "waiting": "busy"}
OUTCOMES = ("done", "unchanged", "held", "refused")


def outcome_words(outcome: str, is_rehearsal: bool = False) -> str:
    """What became of a row, or would."""
    if outcome == "done" and is_rehearsal:
        return tr(_CONTEXT, "To be done")
    return {
        "done": tr(_CONTEXT, "Done"),
        "unchanged": tr(_CONTEXT, "Unchanged"),
        "held": tr(_CONTEXT, "Waits for you"),
        "refused": tr(_CONTEXT, "Refused"),
        "waiting": tr(_CONTEXT, "Not reached"),
        "total": tr(_CONTEXT, "Rows"),
    }.get(outcome, outcome)


def act_words(what: str) -> str:
    """What is done in HubSpot for a row."""
    return {
        "created": tr(_CONTEXT, "New in HubSpot"),
        "linked": tr(_CONTEXT, "Linked with what is there"),
        "updated": tr(_CONTEXT, "Updated"),
        "adopted": tr(_CONTEXT, "Taken over"),
    }.get(what, what.replace("_", " ").capitalize())


def story(row: RowResult) -> str:
    """What is done for a row, and why not, or what is to be known."""
    return " – ".join(filter(None, (act_words(row.what), reason_words(row.reason))))


def row_columns(is_rehearsal: Callable[[], bool]) -> tuple[Column, ...]:
    """The columns of the table, which tell of what is done or, in a rehearsal, of what would be."""
    return (
        Column(
            tr(_CONTEXT, "Row"), lambda row: number(row.number), lambda row: row.number, 7, is_number=True
        ),
        Column(
            tr(_CONTEXT, "Outcome"),
            lambda row: outcome_words(row.outcome, is_rehearsal()),
            width=14,
            tone=lambda row: TONES.get(row.outcome, ""),
        ),
        Column(tr(_CONTEXT, "What, or why not"), story, width=0),
        Column(tr(_CONTEXT, "Cliniko ID"), lambda row: row.cliniko_id, width=20),
    )
