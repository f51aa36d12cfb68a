"""What the other computers do that share the database: looked at again and again, and told as events (R86)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol

from app.clock import Clock
from app.errors import DatabaseUnusable
from app.events import HistoryRead, OtherComputer, QuestionsCounted
from app.service.live_state import LiveState
from app.service.shared import SharedDatabase, SharedStore

LAST_RUN: Final = "last_regular_run"
MOST_OF_THE_TIME: Final = 0.8
"""A regular run of another computer counts for ours until so much of the time between two runs has passed."""


class Memory(SharedStore, Protocol):
    """The part of the shared database that is looked at."""

    def fact(self, key: str) -> str | None: ...
    def set_fact(self, key: str, value: str) -> None: ...


class Elsewhere:
    """Looks at the shared database. Where this computer works with its own data, nothing is done and nothing asked.

    `history` reads what history and review list tell.
    """

    def __init__(
        self,
        store: Callable[[], Memory],
        shared: SharedDatabase,
        history: Callable[[], HistoryRead],
        clock: Clock,
        live: LiveState,
    ) -> None:
        self._store, self._shared, self._history = store, shared, history
        self._clock, self._live = clock, live

    @property
    def is_shared(self) -> bool:
        """Whether there may be other computers. Raises DatabaseUnusable."""
        return bool(self._shared.address())

    def look(self) -> None:
        """Tell who works, and what changed in history and review list since the state was last told.

        Raises DatabaseUnusable where the database cannot be read; as long as that lasts, only once (I11)."""
        try:
            pc, read = self._shared.working(self._store), self._history()
        except DatabaseUnusable as error:
            if self._live.state.code != error.code:
                raise
            return
        state = self._live.state
        if pc != state.elsewhere:
            self._live(OtherComputer(pc))
        finished_at = read.last["finished_at"] if read.last is not None else None
        is_news = state.code == DatabaseUnusable.code or read.is_set_up > state.is_set_up
        if is_news or (finished_at is not None and finished_at != state.last_finished_at):
            self._live(read)
        elif (read.open, read.blocking) != (state.open_questions, state.blocking_questions):
            self._live(QuestionsCounted(read.open, read.blocking))

    def did_lately(self, every_s: float) -> bool:
        """Whether another computer ended a regular run so lately that ours need not follow. `every_s` are the seconds
        between two runs."""
        if not self.is_shared:
            return False
        kept = self._store().fact(LAST_RUN)
        if not kept:
            return False
        last = json.loads(kept)
        age_s = (self._clock.now() - datetime.fromisoformat(last["at"])).total_seconds()
        return last["holder"] != self._shared.holder and 0 <= age_s < every_s * MOST_OF_THE_TIME

    def note_run(self) -> None:
        """A regular run of this computer ended well."""
        if self.is_shared:
            last = {"at": self._clock.now().isoformat(), "holder": self._shared.holder}
            self._store().set_fact(LAST_RUN, json.dumps(last))
