"""The words that put single records right: unlink, relink, hold, release, forget, undo; and the audit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from app.cli.people import known_kind
from app.cli.words import Desk, Parser, Word
from app.domain.ids import Kind

PEOPLE: Final[tuple[Kind, ...]] = ("patient", "contact")
MOST_LINES: Final = 200


def unlink(desk: Desk) -> int:
    """Take a wrong pairing apart and repair it (R52)."""
    kind, cliniko_id = _named(desk)
    arguments = desk.arguments
    found = desk.program.people.unlink(kind, cliniko_id, not arguments.no_move_deals, arguments.dry_run)
    return _say(desk, found, "Unlinked.")


def relink(desk: Desk) -> int:
    """The same, with a HubSpot contact that exists already."""
    kind, cliniko_id = _named(desk)
    arguments = desk.arguments
    found = desk.program.people.relink(kind, cliniko_id, arguments.hubspot_id, arguments.dry_run)
    return _say(desk, found, "Linked anew.")


def hold(desk: Desk) -> int:
    """Stop all writing to a record (R84)."""
    kind, cliniko_id = _named(desk)
    found = desk.program.people.hold(kind, cliniko_id, desk.arguments.dry_run)
    return _say(desk, found, "On hold: nothing is written to it until it is released.")


def release(desk: Desk) -> int:
    """Sync a record again."""
    kind, cliniko_id = _named(desk)
    found = desk.program.people.release(kind, cliniko_id, desk.arguments.dry_run)
    return _say(desk, found, "Released: the next run brings what was missed.")


def forget(desk: Desk) -> int:
    """Remove our values there and here; cannot be taken back (R84)."""
    kind, cliniko_id = _named(desk)
    found = desk.program.people.forget(kind, cliniko_id, desk.arguments.dry_run)
    if desk.arguments.dry_run:
        desk.output.remark("Forgetting cannot be taken back.")
    return _say(desk, found, "Forgotten. This cannot be taken back.")


def undo(desk: Desk) -> int:
    """Take one execution back as far as HubSpot and Cliniko still show what it wrote (R81)."""
    found = desk.program.activity.undo(int(desk.arguments.run_id), desk.arguments.dry_run)
    stays = sum(not row["undone"] for row in found["changes"])
    done = (
        "Taken back." if stays < len(found["changes"]) or not stays else "Nothing of it could be taken back."
    )
    return _say(desk, found, f"{done} {stays} of these stay, for the reason beside each." if stays else done)


def audit(desk: Desk) -> int:
    """Read both sides again and name every difference (R83); 1 where there is any."""
    found = desk.program.care.audit()
    lines = [
        f"{row['type']} {row['cliniko_id']} (HubSpot {row['hubspot_id'] or '–'}): {row['what']}"
        for row in found["differences"]
    ]
    lines.append(f"{found['checked']} records compared, {len(found['differences'])} differences.")
    desk.output.answer(found, lines)
    return 1 if found["differences"] else 0


def _named(desk: Desk) -> tuple[Kind, str]:
    return known_kind(desk.arguments.kind, PEOPLE), desk.arguments.cliniko_id


def _say(desk: Desk, found: Mapping[str, Any], done: str) -> int:
    lines = list(_lines(found["changes"]))
    if found["dry_run"]:
        lines.append("Nothing was written." if lines else "Nothing would change.")
    else:
        lines.append(done)
        lines += [f"Stays: {name}. {why}" for name, why in (found.get("stays") or {}).items()]
        if found.get("hubspot_id"):
            lines.append(f"The HubSpot contact is {found['hubspot_id']}.")
        lines += [f"! {sentence}" for sentence in found.get("unverified", [])]
    desk.output.answer(dict(found), lines)
    return 1 if found.get("unverified") else 0


def _lines(changes: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for number, row in enumerate(changes):
        if number == MOST_LINES:
            yield "… (all of them with --json)"
            return
        head = f"{row['type']} {row['cliniko_id']}  {row['label']}"
        if row.get("undone", True) and (row["now"] or row["again"]):
            head += f": {row['now'] or '–'} → {row['again'] or '–'}"
        yield f"{head}  {row['note']}".rstrip()


def _person_options(parser: Parser) -> None:
    parser.add_argument("kind", metavar="patient|contact")
    parser.add_argument("cliniko_id", metavar="CLINIKO_ID", help="its id in Cliniko")
    parser.add_argument("--dry-run", action="store_true", help="only show what would be done")


def _unlink_options(parser: Parser) -> None:
    _person_options(parser)
    parser.add_argument("--no-move-deals", action="store_true", help="leave the deals on the old contact")


def _relink_options(parser: Parser) -> None:
    _person_options(parser)
    parser.add_argument("hubspot_id", metavar="HUBSPOT_ID", help="the contact it belongs to")


def _undo_options(parser: Parser) -> None:
    parser.add_argument("run_id", metavar="RUN_ID", type=int, help="the run's number, see history")
    parser.add_argument("--dry-run", action="store_true", help="only show what would go back")


WORDS: Final = (
    Word("unlink", "take a wrong pairing apart and repair it", unlink, _unlink_options),
    Word("relink", "link a record to another HubSpot contact", relink, _relink_options),
    Word("hold", "do not sync a record", hold, _person_options),
    Word("release", "sync it again", release, _person_options),
    Word("forget", "remove our values there and here, for good", forget, _person_options),
    Word("audit", "read both sides again and name every difference", audit),
    Word("undo", "take one run back", undo, _undo_options),
)
