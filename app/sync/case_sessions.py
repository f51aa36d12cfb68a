"""The visits of each case, whenever they were, so that its sessions can be counted (R25)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.domain.visits import Attendee, Case, sessions_used
from app.sync.run import Run

SESSIONS = "case_sessions"
"""Side rows: case to attendee to how that visit went."""

CAME, MISSED, CANCELLED = "y", "n", "x"


def note_sessions(
    run: Run, attendees: Iterable[Attendee], left: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """What changes in the rows of the cases that these attendees belong to. `left` maps attendees to the case they
    belonged to before."""
    now = {attendee.id: attendee for attendee in attendees}
    cases = {one.case_id for one in now.values()} | {left[key] for key in left.keys() & now.keys()}
    before = run.store.side_rows(SESSIONS, cases - {""})
    changed: dict[str, dict[str, Any]] = {}
    for case_id in cases - {""}:
        row = dict(before.get(case_id, {}))
        for attendee in now.values():
            if attendee.case_id == case_id and not (attendee.archived_at or attendee.deleted_at):
                row[attendee.id] = _how(attendee)
            else:
                row.pop(attendee.id, None)
        if row != before.get(case_id, {}):
            changed[case_id] = row
    return changed


def _how(attendee: Attendee) -> str:
    if attendee.cancelled_at:
        return CANCELLED
    return MISSED if attendee.arrived is False else CAME


def used_of(run: Run, cases: Mapping[str, Case]) -> dict[str, int]:
    """Sessions used of these cases, each by its own rule for cancelled and missed visits."""
    rows = run.store.side_rows(SESSIONS, cases)
    return {key: sessions_used(case, _attendees(key, rows.get(key, {}), run)) for key, case in cases.items()}


def _attendees(case_id: str, row: Mapping[str, Any], run: Run) -> list[Attendee]:
    """The visits of a case as far as counting needs them."""
    return [
        Attendee(
            id=attendee_id,
            case_id=case_id,
            arrived=False if how == MISSED else None,
            cancelled_at=run.now() if how == CANCELLED else None,
        )
        for attendee_id, how in row.items()
    ]
