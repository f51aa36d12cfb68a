"""Where a record is, or the one reason it is not; searching people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from app.domain.ids import Kind
from app.domain.records import Person
from app.service.syncing import SyncEngine
from app.wording import reason_words


class PeopleStore(Protocol):
    """Finding people by whatever is typed."""

    def search_people(
        self, text: str, limit: int = 50, offset: int = 0, kind: Kind | None = None
    ) -> list[Person]: ...


class People:
    """Answers for single records. `memory` gives an engine that needs neither keys nor network."""

    def __init__(self, memory: Callable[[], SyncEngine], store: Callable[[], PeopleStore]) -> None:
        self._memory, self._store = memory, store

    def why(self, kind: Kind, cliniko_id: str) -> dict[str, Any]:
        """The object of `why --json`, its reason as one plain sentence (R82)."""
        found = dict(self._memory().why(kind, cliniko_id))
        reason = str(found.get("reason") or "")
        words = str(reason_words(reason, kind, str(found.get("state") or "")))
        found["reason"] = words or None
        return found

    def search(self, text: str, limit: int = 50, offset: int = 0, kind: Kind | None = None) -> list[Person]:
        """One page of people whose name or id fits."""
        return self._store().search_people(text, limit, offset, kind)
