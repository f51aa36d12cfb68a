"""Where this computer's data is: in its own data folder, or in a database that several computers share (R86)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import parse_qs, urlsplit

from app.clock import Clock
from app.domain.lease import Lease
from app.errors import BadInput, KeyringUnusable, RestartNeeded
from app.instance_lock import InstanceLock, is_held
from app.lease import LeaseLock, LeaseStore, name_of_this_pc, new_holder
from app.logs import hide
from app.paths import DataFolder
from app.settings import EMPTY, checked, find
from app.this_pc import ThisPC, with_password

KEY: Final = "pc.database"
SECRET: Final = "database"


class SharedStore(LeaseStore, Protocol):
    """The database as far as sharing it goes."""

    def lease_running(self) -> Lease | None: ...


class Secrets(Protocol):
    """Where the password is kept."""

    def get(self, service: str) -> str | None: ...
    def set(self, service: str, value: str) -> None: ...
    def forget(self, service: str | None = None) -> None: ...


@dataclass(frozen=True)
class SharedFacts:
    """`address` without password ("" for this computer's own data); whether the program has to be started again
    before that holds; and what this computer is called."""

    address: str
    needs_restart: bool
    pc: str


class SharedDatabase:
    """Knows the address, tries another before it is kept, and gives the lock that goes with it.

    `attempt` connects to an address and looks, raising BadInput or DatabaseUnusable; True where that database is in
    use by ClinicBridge already. `forced` is the address of a shared database in place of what this computer keeps.
    """

    def __init__(
        self,
        folder: DataFolder,
        secrets: Secrets,
        clock: Clock,
        stop: threading.Event,
        attempt: Callable[[str], bool],
        forced: str = "",
    ) -> None:
        self._folder, self._secrets, self._clock, self._stop = folder, secrets, clock, stop
        self._attempt, self._forced = attempt, forced
        self._file = ThisPC(folder.pc)
        self._opened: str | None = None
        self.pc = name_of_this_pc()
        self.holder = new_holder()

    # for the program

    def address(self) -> str:
        """The address that is kept, without password; "" for this computer's own data. Raises DatabaseUnusable."""
        return self._forced or self._file.database()

    def url(self) -> str:
        """The address to open, with its password: not for showing. From now on no other is worked with."""
        address = self._opened = self.address()
        return self._full(address) if address else self._folder.database_url

    def is_there(self) -> bool:
        """Whether there is a database to be opened already. Raises DatabaseUnusable."""
        return bool(self.address()) or self._folder.database.exists()

    def lock(self, store: Callable[[], SharedStore]) -> AbstractContextManager[object]:
        """What is held while anything is synced: this computer's lock, and the lease where others share the
        database. Raises RestartNeeded where the address was changed under a program that has opened another."""
        address = self.address()
        if self._opened is not None and address != self._opened:
            raise RestartNeeded("pc.database was changed since the database was opened")
        lock = InstanceLock(self._folder.lock)
        if not address:
            return lock
        return LeaseLock(lock, store, self.pc, self.holder, self._clock, self._stop)

    def is_syncing(self, store: Callable[[], SharedStore]) -> bool:
        """Whether a copy on this computer, or another computer, is syncing right now."""
        return is_held(self._folder.lock) or bool(self.working(store))

    def working(self, store: Callable[[], SharedStore]) -> str:
        """The name of the other computer that is syncing right now, "" for none."""
        if not self.address():
            return ""
        found = store().lease_running()
        return found.pc if found is not None and found.holder != self.holder else ""

    # for whoever sets it up

    def facts(self) -> SharedFacts:
        """What there is to say about it. Raises DatabaseUnusable."""
        address = self.address()
        return SharedFacts(address, self._opened is not None and address != self._opened, self.pc)

    def attempt(self, typed: str, password: str = "") -> bool:
        """Try an address, with a password that need not be kept yet; nothing is changed anywhere. True where that
        database is in use by ClinicBridge already. Raises BadInput and DatabaseUnusable."""
        return self._attempt(self._full(_address(typed), password))

    def set(self, typed: str, password: str = "") -> str:
        """Try an address and keep it, and the password in the system's password store; it holds from the next start.
        Empty goes back to this computer's own data and forgets the password. Returns what is kept. Raises BadInput,
        DatabaseUnusable and KeyringUnusable, and changes nothing then."""
        if typed.strip().lower() in EMPTY:
            self._file.set_database("")
            with suppress(KeyringUnusable):  # Then there is none in it either that could be used.
                self._secrets.forget(SECRET)
            return ""
        address = _address(typed)
        self.attempt(address, password)
        if password:
            self._secrets.set(SECRET, password)
        self._file.set_database(address)
        return address

    def set_password(self, password: str) -> None:
        """Keep the password in the system's password store. Raises BadInput and KeyringUnusable."""
        self._secrets.set(SECRET, password)

    def _full(self, address: str, password: str = "") -> str:
        if not password:
            # Without a password store there may be other ways in, such as a password file or trust.
            with suppress(KeyringUnusable):
                password = self._secrets.get(SECRET) or ""
        hide(password)
        return with_password(address, password)


def _address(typed: str) -> str:
    """An address as it is kept. Raises BadInput, which never repeats it: it may hold a password."""
    address = typed.strip()
    try:
        parts = urlsplit(address)
        has_password = parts.password is not None or "password" in parse_qs(parts.query)
    except ValueError:
        has_password = False  # It is refused below.
    if has_password:
        raise BadInput(
            "the database address holds a password",
            sentence="The address of the database must not hold the password.",
            next_step="Leave it out of the address; it is kept apart, safely (keys set database).",
        )
    return str(checked(find(KEY), address))
