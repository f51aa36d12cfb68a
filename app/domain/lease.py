"""Who works when several computers share a database: the rules of the lease, without any database (R86).

One row says which computer works and until when. Whoever works renews it long before it runs out; a computer that
crashed, slept or lost the network does not, and after that time another takes over. Each taking counts the token up:
what still carries an older one may no longer write.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

LENGTH: Final = timedelta(minutes=2)
"""So long the lease stands without being renewed: longer than any single call may take."""

BEAT_S: Final = 20.0
"""Seconds between two renewals: several may fail before the lease runs out."""

RETRY_S: Final = 5.0
"""Seconds after a renewal that failed."""

SAFE_S: Final = LENGTH.total_seconds() - 30.0
"""So many seconds after the last renewal was asked for the holder stops by itself, well before others may begin."""


@dataclass(frozen=True)
class Lease:
    """The row. `pc` is the computer's name, `holder` one run of the program on it, `token` counts every taking; the
    times are aware UTC by the database's clock."""

    pc: str
    holder: str
    token: int
    taken_at: datetime
    until: datetime

    def is_running(self, now: datetime) -> bool:
        """Whether nobody else may begin yet."""
        return now < self.until


def taken(found: Lease | None, pc: str, holder: str, now: datetime) -> Lease | None:
    """The lease once `holder` has taken it; None where another holds it still."""
    if found is not None and found.is_running(now) and found.holder != holder:
        return None
    return Lease(pc, holder, found.token + 1 if found is not None else 1, now, now + LENGTH)


def renewed(found: Lease | None, token: int, now: datetime) -> Lease | None:
    """The lease held for longer; None where it was lost. One that ran out but that nobody took is still ours."""
    if not is_ours(found, token):
        return None
    assert found is not None
    return replace(found, until=max(found.until, now + LENGTH))


def released(found: Lease | None, token: int, now: datetime) -> Lease | None:
    """The lease given back; None where it was lost and is another's business."""
    if not is_ours(found, token):
        return None
    assert found is not None
    return replace(found, until=min(found.until, now))


def is_ours(found: Lease | None, token: int) -> bool:
    """Whether nobody took the lease since it was given out with this token."""
    return found is not None and found.token == token
