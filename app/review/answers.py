"""Taking an answer: checked against what its question allows, and remembered. The next execution applies it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from app.domain.conflicts import Conflict
from app.errors import BadInput
from app.review.kinds import KINDS


class Answers(Protocol):
    """The part of the local database that keeps questions and answers."""

    def conflict(self, conflict_id: int) -> Conflict | None: ...
    def answer_conflict(
        self, conflict_id: int, answer: str, args: Mapping[str, str], at: datetime
    ) -> None: ...


def record_answer(
    store: Answers,
    now: datetime,
    conflict_id: int,
    action: str,
    *,
    contact: str | None = None,
    patient: str | None = None,
    owner: str | None = None,
) -> Conflict:
    """Check and keep one answer. `later` leaves the question open as it is, and takes an answer back that was not
    applied yet.

    Raises BadInput for an unknown or closed question, an answer its kind does not have, or a missing
    `contact`, `patient` or `owner` where the answer needs one. Returns the question as it was.
    """
    conflict = store.conflict(conflict_id)
    if conflict is None:
        raise BadInput(
            f"no question {conflict_id}", sentence=f"There is no question with the number {conflict_id}."
        )
    if conflict.closed_at is not None:
        raise BadInput(f"question {conflict_id} is closed", sentence="This question is already closed.")
    kind = KINDS[conflict.kind]
    answer = kind.answer(action)
    if answer is None:
        raise BadInput(
            f"{conflict.kind} has no answer {action}",
            sentence=f"‘{action}’ is no answer to this question. Possible are: {', '.join(kind.actions)}.",
        )
    given = {"contact": contact, "patient": patient, "owner": owner}
    args = {name: value.strip() for name, value in given.items() if value and value.strip()}
    if answer.needs and answer.needs not in args:
        args |= _only_choice(conflict, answer.needs)
    if answer.needs and answer.needs not in args:
        raise BadInput(
            f"{action} needs --{answer.needs}",
            sentence=f"‘{action}’ needs to know which {answer.needs}: add --{answer.needs} with its id.",
        )
    _check_named(conflict, args)
    if action != "later" or conflict.answer is not None:
        store.answer_conflict(conflict_id, action, args, now)
    return conflict


def take_back(store: Answers, now: datetime, conflict_id: int) -> None:
    """Put an answered question on the list again, whether or not its kind offers `later`. Raises BadInput where its
    answer was applied already, or is being applied."""
    store.answer_conflict(conflict_id, "later", {}, now)


def _only_choice(conflict: Conflict, needs: str) -> dict[str, str]:
    """Where a question names a single contact, it need not be repeated."""
    if needs == "contact" and len(conflict.candidates) == 1:
        return {"contact": conflict.candidates[0]}
    return {}


def _check_named(conflict: Conflict, args: Mapping[str, str]) -> None:
    members = conflict.details.get("members")
    patient = args.get("patient")
    if conflict.kind == "shared_email" and patient and isinstance(members, list) and patient not in members:
        raise BadInput(
            "not a member of this inbox",
            sentence="This patient does not use the address in question.",
        )
    for name, value in args.items():
        if not value.isdigit():
            raise BadInput(f"--{name} is not an id", sentence=f"--{name} takes an id made of digits.")
