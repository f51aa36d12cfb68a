"""Open questions and remembered answers (matching §3).

A question is open until it is closed. One that was answered waits to be applied: it is on the list no more,
and stays as it was when the person looked at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from peewee import fn

from app.domain.conflicts import Conflict
from app.errors import BadInput
from app.store.database import Database, Row
from app.store.packing import clean, from_json, to_json, to_micros, to_moment
from app.store.tables import CONFLICT_COLUMNS, Conflicts

_SELECT: Final = f"SELECT {', '.join(CONFLICT_COLUMNS)} FROM conflicts"
_WAITING: Final = "(SELECT COUNT(*) FROM records WHERE records.conflict_id = conflicts.id)"
_LATER: Final = "later"
_APPLYING: Final = "applying"
"""Stands where it will say who closed the question, while an execution acts on the answer."""
_ASKED: Final = (
    "candidates",
    "message",
    "details",
    "blocking",
    "suggested",
    "fingerprint",
)
"""What asking again may change in an open question."""


class ConflictRows:
    """Reads and writes questions. Part of `Store`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def open_conflicts(self, kind: str | None = None, limit: int = 1000, offset: int = 0) -> list[Conflict]:
        """One page of the list: blocking first, then by how many records wait, then oldest first."""
        condition, params = ("AND kind = ?", [kind]) if kind is not None else ("", [])
        rows = self._db.rows(
            f"{_SELECT} WHERE closed_at IS NULL AND answer IS NULL {condition} "
            f"ORDER BY blocking DESC, {_WAITING} DESC, opened_at, id LIMIT ? OFFSET ?",
            (*params, limit, offset),
        )
        return [_conflict(row) for row in rows]

    def conflict(self, conflict_id: int) -> Conflict | None:
        """One question, open or closed."""
        row = self._db.first(f"{_SELECT} WHERE id = ?", (conflict_id,))
        return _conflict(row) if row else None

    def conflicts_of(self, subject_type: str, subject_ids: Iterable[str]) -> list[Conflict]:
        """Questions of these subjects that are not closed (those whose answer waits too), oldest first."""
        sql = f"{_SELECT} WHERE closed_at IS NULL AND subject_type = ? AND subject_id IN"
        found = [_conflict(row) for row in self._db.look_up(sql, subject_ids, subject_type)]
        return sorted(found, key=lambda conflict: conflict.id)

    def remembered(self, subject_type: str, subject_ids: Iterable[str]) -> list[Conflict]:
        """Questions of these subjects that a person answered, newest answer first."""
        sql = f"{_SELECT} WHERE answer IS NOT NULL AND subject_type = ? AND subject_id IN"
        found = [_conflict(row) for row in self._db.look_up(sql, subject_ids, subject_type)]
        return sorted(found, key=lambda conflict: (conflict.answered_at, conflict.id), reverse=True)

    def answered(self) -> list[Conflict]:
        """Answered and not yet applied, oldest answer first."""
        rows = self._db.rows(
            f"{_SELECT} WHERE closed_at IS NULL AND answer IS NOT NULL ORDER BY answered_at, id"
        )
        return [_conflict(row) for row in rows]

    def open_conflict(self, conflict: Conflict) -> int:
        """Ask, or refresh the open question of the same kind and subject (and field, where both sides changed
        one, R44); returns its id.

        Its id and `opened_at` stay. Nothing is written when nothing differs (I13), nor when an answer waits
        to be applied: that answer is about what the person saw."""
        with self._db.write():
            known = self._db.first(
                f"{_SELECT} WHERE closed_at IS NULL AND subject_type = ? AND subject_id = ? AND kind = ? "
                "AND (kind <> 'both_changed' OR fingerprint = ?)",
                (
                    conflict.subject_type,
                    clean(conflict.subject_id),
                    conflict.kind,
                    clean(conflict.fingerprint),
                ),
            )
            asked = _asked(conflict)
            if known is None:
                return self._db.insert("conflicts", "id", _new(conflict) | asked)
            if known[11] is None and tuple(asked.values()) != known[4:10]:
                changes = ", ".join(f"{name} = ?" for name in _ASKED)
                self._db.change(f"UPDATE conflicts SET {changes} WHERE id = ?", (*asked.values(), known[0]))
            return int(known[0])

    def answer_conflict(self, conflict_id: int, answer: str, args: Mapping[str, str], at: datetime) -> None:
        """Record a person's answer; the next execution applies it. `later` leaves the question open, and
        takes back an answer that was not applied yet. Raises BadInput when it is not open (any more), or its
        answer is being applied right now."""
        given = None if answer == _LATER else answer
        with self._db.write():
            row = self._db.first(
                "SELECT answer, closed_by FROM conflicts WHERE id = ? AND closed_at IS NULL", (conflict_id,)
            )
            if row is None:
                raise BadInput(
                    f"no open question {conflict_id}",
                    sentence="There is no open question with this number.",
                    next_step="Look at the list of questions again: it may have settled itself.",
                )
            if given is None and row[0] is None:
                return
            if row[1] == _APPLYING:
                raise BadInput(
                    f"the answer to question {conflict_id} is being applied",
                    sentence="This answer is being carried out right now.",
                    next_step="Wait for the run to end; then it can be undone under Activity.",
                )
            self._db.change(
                "UPDATE conflicts SET answer = ?, answer_args = ?, answered_at = ? WHERE id = ?",
                (
                    given,
                    to_json(dict(args) if given else {}),
                    to_micros(at) if given else None,
                    conflict_id,
                ),
            )

    def begin_answer(self, conflict_id: int) -> bool:
        """Say that an answer is being applied, so that nobody takes it back meanwhile. False where somebody did so
        before. After a crash the next execution begins again."""
        return bool(
            self._db.change(
                "UPDATE conflicts SET closed_by = ? WHERE id = ? AND closed_at IS NULL AND answer IS NOT NULL",
                (_APPLYING, conflict_id),
            )
        )

    def leave_answer(self, conflict_id: int) -> None:
        """An answer could not be applied yet: it waits again, and may be taken back."""
        self._db.change(
            "UPDATE conflicts SET closed_by = NULL WHERE id = ? AND closed_at IS NULL", (conflict_id,)
        )

    def close_conflict(self, conflict_id: int, by: str, at: datetime) -> None:
        """Close a question: its answer was applied (`answer`), or its cause went away (`itself`)."""
        self._db.change(
            "UPDATE conflicts SET closed_at = ?, closed_by = ? WHERE id = ? AND closed_at IS NULL",
            (to_micros(at), by, conflict_id),
        )

    def reopen_conflict(self, conflict_id: int) -> bool:
        """Take an answer back, so that the question stands on the list again. False where the same question
        was opened anew meanwhile, or there is none."""
        with self._db.write():
            row = self._db.first(
                "SELECT kind, subject_type, subject_id FROM conflicts WHERE id = ? AND answer IS NOT NULL",
                (conflict_id,),
            )
            if row is None:
                return False
            again = self._db.first(
                "SELECT id FROM conflicts WHERE closed_at IS NULL AND kind = ? AND subject_type = ? "
                "AND subject_id = ? AND id <> ?",
                (*row, conflict_id),
            )
            closed = "" if again else ", closed_at = NULL, closed_by = NULL"
            self._db.change(
                "UPDATE conflicts SET answer = NULL, answer_args = '{}', answered_at = NULL"
                f"{closed} WHERE id = ?",
                (conflict_id,),
            )
        return again is None

    def count_conflicts(self, blocking: bool | None = None) -> int:
        """How many questions are on the list; of these the blocking ones, or the others."""
        query = Conflicts.select(fn.COUNT(1)).where(
            Conflicts.c.closed_at.is_null(), Conflicts.c.answer.is_null()
        )
        if blocking is not None:
            query = query.where(Conflicts.c.blocking == int(blocking))
        row = self._db.first(query)
        return int(row[0]) if row else 0

    def forget_conflicts(self, subject_type: str, subject_id: str) -> None:
        """Blank what was shown in one subject's questions; the answers stay (R84)."""
        self._db.change(
            "UPDATE conflicts SET message = '', details = '{}' WHERE subject_id = ? AND subject_type = ?",
            (clean(subject_id), subject_type),
        )


def _asked(conflict: Conflict) -> dict[str, Any]:
    values = (
        to_json(list(conflict.candidates)),
        clean(conflict.message),
        to_json(dict(conflict.details)),
        int(conflict.blocking),
        clean(conflict.suggested),
        clean(conflict.fingerprint),
    )
    return dict(zip(_ASKED, values, strict=True))


def _new(conflict: Conflict) -> dict[str, Any]:
    return {
        "kind": conflict.kind,
        "subject_type": conflict.subject_type,
        "subject_id": clean(conflict.subject_id),
        "opened_at": to_micros(conflict.opened_at),
        "answer": conflict.answer,
        "answer_args": to_json(dict(conflict.answer_args)),
        "answered_at": to_micros(conflict.answered_at),
        "closed_at": to_micros(conflict.closed_at),
        "closed_by": conflict.closed_by,
    }


def _conflict(row: Row) -> Conflict:
    return Conflict(
        id=row[0],
        kind=row[1],
        subject_type=row[2],
        subject_id=row[3],
        candidates=tuple(from_json(row[4])),
        message=row[5],
        details=from_json(row[6]),
        blocking=bool(row[7]),
        suggested=row[8],
        fingerprint=row[9],
        opened_at=to_moment(row[10]),
        answer=row[11],
        answer_args=from_json(row[12]),
        answered_at=to_moment(row[13]),
        closed_at=to_moment(row[14]),
        closed_by=row[15],
    )
