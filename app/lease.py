"""Working alone among several computers: this computer's lock first, then the lease of the shared database (R86).

While it is held, a thread of its own renews the lease. Where that fails for too long, or another computer has taken
over, the work is asked to stop; what it would still write is refused by the database itself.
"""

from __future__ import annotations

import logging
import platform
import secrets
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from types import TracebackType
from typing import Final, Protocol

from app.clock import Clock
from app.domain.lease import BEAT_S, RETRY_S, SAFE_S, Lease
from app.errors import Cancelled, DatabaseUnusable, LeaseHeld, LeaseLost
from app.instance_lock import InstanceLock

log = logging.getLogger(__name__)

_LONGEST_NAME: Final = 40


class LeaseStore(Protocol):
    """The shared database, as far as the lease goes."""

    def take_lease(self, pc: str, holder: str) -> Lease: ...
    def renew_lease(self, token: int) -> bool: ...
    def release_lease(self, token: int) -> bool: ...
    def under_lease(self, token: int) -> AbstractContextManager[None]: ...


def name_of_this_pc() -> str:
    """What this computer is called in its network, as far as that can be shown."""
    name = "".join(char for char in platform.node() if char.isprintable())[:_LONGEST_NAME].strip()
    return name or "Another computer"


def new_holder() -> str:
    """What one run of the program is told from all others by, also where two computers have one name."""
    return secrets.token_hex(8)


class LeaseLock:
    """`with LeaseLock(...):` works alone among all computers of the clinic, on the thread that entered.

    Raises OtherInstance where another copy on this computer works, LeaseHeld where another computer does,
    DatabaseUnusable; and at the end LeaseLost where another took over meanwhile. `stop` is what the work looks at: it
    is set when the lease is lost, so that nothing new is begun and no call is tried again.
    """

    def __init__(
        self,
        lock: InstanceLock,
        store: Callable[[], LeaseStore],
        pc: str,
        holder: str,
        clock: Clock,
        stop: threading.Event,
        beat_s: float = BEAT_S,
    ) -> None:
        self._lock, self._store = lock, store
        self._pc, self._holder = pc, holder
        self._clock, self._stop, self._beat_s = clock, stop, beat_s
        self._held = ExitStack()
        self._ended = threading.Event()
        self._token = 0
        self._safe_until = 0.0
        self._has_stopped = False
        self.is_lost = False

    def __enter__(self) -> LeaseLock:
        with ExitStack() as held:
            held.enter_context(self._lock)
            asked_at = self._clock.monotonic()
            found = self._store().take_lease(self._pc, self._holder)
            if found.holder != self._holder:
                raise LeaseHeld(found.pc)
            self._token, self._safe_until = found.token, asked_at + SAFE_S
            held.callback(self._give_back)
            held.enter_context(self._store().under_lease(self._token))
            beating = threading.Thread(target=self._keep, name="lease", daemon=True)
            beating.start()
            held.callback(beating.join)
            held.callback(self._ended.set)
            self._held = held.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.close()
        if self._has_stopped:
            # It was this lease that asked to stop, and nothing after it has to.
            self._stop.clear()
        if self.is_lost and (error is None or isinstance(error, Cancelled)):
            raise LeaseLost("the lease was lost at work") from error

    def beat(self) -> bool:
        """Renew the lease once; whether that went well. Called by the thread, and by tests."""
        asked_at = self._clock.monotonic()
        try:
            is_ours = self._store().renew_lease(self._token)
        except DatabaseUnusable as error:
            log.info("the lease was not renewed: %s", error)
            if self._clock.monotonic() >= self._safe_until:
                self._lose("could not be renewed in time")
            return False
        if not is_ours:
            self._lose("was taken by another computer")
            return False
        self._safe_until = asked_at + SAFE_S
        return True

    def _keep(self) -> None:
        wait_s = self._beat_s
        while not self._ended.wait(wait_s) and not self.is_lost:
            wait_s = self._beat_s if self.beat() else min(RETRY_S, self._beat_s)

    def _lose(self, why: str) -> None:
        log.warning("the lease %s; the work stops", why)
        self.is_lost = True
        if not self._stop.is_set():
            self._has_stopped = True
            self._stop.set()

    def _give_back(self) -> None:
        if self.is_lost:
            return
        try:
            self._store().release_lease(self._token)
        except DatabaseUnusable as error:
            log.info("the lease was not given back and runs out by itself: %s", error)
