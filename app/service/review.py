"""The review list: what is asked, and taking answers. The next execution applies them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from app.clock import Clock
from app.domain.conflicts import Conflict
from app.domain.reports import stamp
from app.events import QuestionsCounted
from app.review.answers import record_answer, take_back
from app.review.kinds import KINDS
from app.sync.storage import Storage


class Review:
    """Lists open questions and records answers."""

    def __init__(self, store: Callable[[], Storage], clock: Clock, emit: Callable[[object], None]) -> None:
        self._store, self._clock, self._emit = store, clock, emit

    def questions(self, kind: str | None = None, limit: int = 1000, offset: int = 0) -> list[Conflict]:
        """Open ones: blocking first, then by how much waits, then oldest first."""
        return self._store().open_conflicts(kind, limit, offset)

    def every_question(self) -> Iterable[Conflict]:
        """All open ones, read page by page."""
        offset, size = 0, 1000
        while page := self.questions(None, size, offset):
            yield from page
            offset += size

    def answer(
        self,
        conflict_id: int,
        action: str,
        contact: str | None = None,
        patient: str | None = None,
        owner: str | None = None,
    ) -> None:
        """Record one answer. Raises BadInput for an unknown question, an answer it does not offer, or one that
        needs a record to be named."""
        store = self._store()
        record_answer(
            store, self._clock.now(), conflict_id, action, contact=contact, patient=patient, owner=owner
        )
        self._count(store)

    def answered(self) -> list[Conflict]:
        """Answered ones that no execution has applied yet, the newest answer first."""
        return self._store().answered()[::-1]

    def take_back(self, conflict_id: int) -> None:
        """Take an answer back that no execution has applied yet; the question stands on the list again. Raises
        BadInput where it was applied, or is being applied."""
        store = self._store()
        take_back(store, self._clock.now(), conflict_id)
        self._count(store)

    def _count(self, store: Storage) -> None:
        self._emit(QuestionsCounted(store.count_conflicts(), store.count_conflicts(blocking=True)))


def conflict_json(conflict: Conflict) -> dict[str, Any]:
    """One entry of `conflicts --json`."""
    return {
        "id": conflict.id,
        "kind": conflict.kind,
        "blocking": conflict.blocking,
        "subject": {"type": conflict.subject_type, "cliniko_id": conflict.subject_id},
        "candidates": list(conflict.candidates),
        "message": conflict.message,
        "actions": list(KINDS[conflict.kind].actions) if conflict.kind in KINDS else [],
        "suggested": conflict.suggested,
        "opened_at": stamp(conflict.opened_at) if conflict.opened_at else None,
    }
