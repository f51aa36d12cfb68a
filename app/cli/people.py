"""The words about people and questions: conflicts, and why a record is where it is."""

from __future__ import annotations

from typing import Any, Final, get_args

from app.cli.words import Desk, Parser, Word
from app.domain.ids import Kind
from app.errors import BadInput
from app.service.review import conflict_json
from app.settings import nearest
from app.wording import RULE_WORDS

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


def conflicts(desk: Desk) -> int:
    """The review list, blocking questions first."""
    rows = [conflict_json(conflict) for conflict in desk.program.review.every_question()]
    desk.output.answer(rows, _conflict_lines(rows) or ["No questions."])
    return 0


def resolve(desk: Desk) -> int:
    """Record one answer; the next execution applies it."""
    arguments = desk.arguments
    if not arguments.id.isascii() or not arguments.id.isdigit():
        raise BadInput("not a question's number", sentence="A question is named by its number.")
    desk.program.review.answer(
        int(arguments.id), arguments.action, arguments.contact, arguments.patient, arguments.owner
    )
    answered = {"id": int(arguments.id), "answer": arguments.action, "recorded": arguments.action != "later"}
    desk.output.answer(answered, ["Recorded. The next run acts on it."])
    return 0


def why(desk: Desk) -> int:
    """Where a record is in HubSpot and by which rule, or the one reason it is not there (R82)."""
    kind = known_kind(desk.arguments.kind, KINDS)
    found = desk.program.people.why(kind, desk.arguments.cliniko_id)
    desk.output.answer(found, _why_lines(found))
    return 2 if found["state"] == "unknown" else 0


def known_kind(typed: str, kinds: tuple[Kind, ...]) -> Kind:
    """The kind of record meant. Raises BadInput naming the near miss."""
    for kind in kinds:
        if typed == kind:
            return kind
    raise BadInput(
        "unknown kind of record",
        sentence=f"There is no kind of record called {typed[:60]}.",
        next_step=nearest(typed, kinds) or f"It is one of: {', '.join(kinds)}.",
    )


def _conflict_lines(rows: list[dict[str, Any]]) -> list[str]:
    lines = []
    for row in rows:
        sign = "!" if row["blocking"] else " "
        lines.append(f"{sign} {row['id']:>5}  {row['kind']}: {row['message']}")
        answers = [f"[{one}]" if one == row["suggested"] else one for one in row["actions"]]
        lines.append(f"         answers: {', '.join(answers)}")
    return lines


def _why_lines(found: dict[str, Any]) -> list[str]:
    named = f"{found['type']} {found['cliniko_id']}"
    match found["state"]:
        case "linked":
            rule = RULE_WORDS.get(str(found["rule"]), str(found["rule"] or ""))
            head = f"{named} is in HubSpot as {found['hubspot_id']} ({rule})."
        case "unknown":
            head = f"{named} has not been met yet."
        case state:
            head = f"{named} is not in HubSpot: {str(state).replace('_', ' ')}."
    lines = [head]
    if found.get("reason"):
        lines.append(str(found["reason"]))
    if found.get("conflict_id"):
        lines.append(f"See question {found['conflict_id']}.")
    if found.get("last_changed_at"):
        lines.append(f"Last changed {found['last_changed_at']}.")
    return lines


def _resolve_options(parser: Parser) -> None:
    parser.add_argument("id", metavar="ID", help="the question's number")
    parser.add_argument("action", metavar="ACTION", help="one of its answers")
    parser.add_argument("--contact", metavar="HUBSPOT_ID", help="the HubSpot contact meant")
    parser.add_argument("--patient", metavar="CLINIKO_ID", help="the patient meant")
    parser.add_argument("--owner", metavar="OWNER_ID", help="the HubSpot owner meant")


def _why_options(parser: Parser) -> None:
    parser.add_argument("kind", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("cliniko_id", metavar="CLINIKO_ID", help="its id in Cliniko")


WORDS: Final = (
    Word("conflicts", "the questions that need an answer", conflicts),
    Word("conflicts resolve", "answer one question", resolve, _resolve_options),
    Word("why", "where a record is in HubSpot, or why it is not", why, _why_options),
)
