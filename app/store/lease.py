"""The row that says which computer works, and the fence that keeps out whoever lost it (R86)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final, Protocol

from app.domain import lease as rules
from app.domain.lease import Lease
from app.errors import LeaseLost
from app.store.database import Database
from app.store.packing import from_json, some_moment, to_json, to_micros
from app.store.tables import FACTS

_NAME: Final = "lease"
_READ: Final = "SELECT value FROM facts WHERE name = ?"


class Now(Protocol):
    """The part of a clock that is needed."""

    def now(self) -> datetime:
        """The present as aware UTC."""
        ...


class LeaseRows:
    """Takes, renews and gives back the lease. Part of `Store`. Every method may raise DatabaseUnusable."""

    _db: Database
    _clock: Now

    @property
    def is_shared(self) -> bool:
        """Whether other computers may use the same database: it is a server's."""
        return not self._db.is_sqlite

    def lease(self) -> Lease | None:
        """The lease as it stands, None before anybody took it."""
        row = self._db.first(_READ, (_NAME,))
        return _lease(str(row[0])) if row else None

    def lease_running(self) -> Lease | None:
        """The lease, where somebody holds it right now."""
        found = self.lease()
        return found if found is not None and found.is_running(self._database_now()) else None

    def take_lease(self, pc: str, holder: str) -> Lease:
        """The lease after asking for it: ours where its holder is `holder`, else it is still another's."""
        with self._db.write():
            found, now = self.lease(), self._database_now()
            ours = rules.taken(found, pc, holder, now)
            if ours is None:
                assert found is not None
                return found
            self._keep(ours)
            return ours

    def renew_lease(self, token: int) -> bool:
        """Hold it for longer; False where another took it."""
        with self._db.write():
            return self._keep(rules.renewed(self.lease(), token, self._database_now()))

    def release_lease(self, token: int) -> bool:
        """Give it back; False where another took it before."""
        with self._db.write():
            return self._keep(rules.released(self.lease(), token, self._database_now()))

    @contextmanager
    def under_lease(self, token: int) -> Iterator[None]:
        """While this lasts, every transaction of this thread begins with a look whether the lease is still ours, and
        raises LeaseLost where it is not: a batch whose intents were noted is the last that a former holder sends."""

        def look() -> None:
            if not rules.is_ours(self.lease(), token):
                raise LeaseLost("the lease has another token")

        with self._db.fenced(look):
            yield

    def _keep(self, lease: Lease | None) -> bool:
        if lease is not None:
            kept = {
                "pc": lease.pc,
                "holder": lease.holder,
                "token": lease.token,
                "taken_at": to_micros(lease.taken_at),
                "until": to_micros(lease.until),
            }
            self._db.upsert(FACTS, [(_NAME, to_json(kept))])
        return lease is not None

    def _database_now(self) -> datetime:
        """The present by the one clock that all computers share: the server's."""
        if self._db.is_sqlite:
            return self._clock.now()
        row = self._db.first("SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::BIGINT")
        assert row is not None
        return some_moment(row[0])


def _lease(text: str) -> Lease:
    kept = from_json(text)
    return Lease(
        kept["pc"], kept["holder"], kept["token"], some_moment(kept["taken_at"]), some_moment(kept["until"])
    )
