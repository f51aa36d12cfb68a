"""The two keys: from the environment, kept for this session, or in the operating system's password store; and in the
same places the password of a shared database.

The only file that knows keyring. Values are never written anywhere else and never shown by repr or str (I6).
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol, TypeVar

from app.errors import BadInput, KeyringUnusable

STORE_NAME = "ClinicBridge"
SERVICES = ("cliniko", "hubspot")
DATABASE = "database"
"""Under this name stands the password of a shared database (R86): no key, and not forgotten with the keys."""

VARIABLES = {"cliniko": "CLINIKO_API_KEY", "hubspot": "HUBSPOT_ACCESS_TOKEN", DATABASE: "PGPASSWORD"}
CHOSEN_STORE = "PYTHON_KEYRING_BACKEND"
"""With this variable a person picks a store by name; without it a store that writes plain files is not used."""

LIMIT_S = 10.0
"""A locked store may ask the person and wait for ever; nobody here waits longer than this."""

LONGEST = 2000

T = TypeVar("T")


class PasswordStore(Protocol):
    """What is used of a keyring backend; that library is read late, so its names cannot stand in signatures."""

    @property
    def name(self) -> str:
        """The store's own name."""
        ...

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, None where there is none."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the secret."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Drop the secret; fails where there is none."""
        ...


class Keys:
    """Where the keys are. `environment` is os.environ or a stand-in; it wins over all else."""

    def __init__(
        self,
        environment: Mapping[str, str],
        *,
        limit_s: float = LIMIT_S,
        backend: PasswordStore | None = None,
    ) -> None:
        """`backend` replaces the system's own password store. Nothing is read yet."""
        self._environment = environment
        self._limit_s = limit_s
        self._backend = backend
        self._session: dict[str, str] = {}
        self._stuck: threading.Thread | None = None

    def __repr__(self) -> str:
        return "Keys()"

    # reading

    def get(self, service: str) -> str | None:
        """The key of `cliniko` or `hubspot`, or the password of `database`; None where none is set. Raises KeyringUnusable."""
        handed = self._handed(service)
        if handed is not None:
            return handed
        return self._in_store(lambda store: store.get_password(STORE_NAME, service)) or None

    def source(self, service: str) -> str:
        """Where `get` finds the key: `environment`, `session`, `keyring` or "". Raises KeyringUnusable."""
        if self._from_environment(service):
            return "environment"
        if service in self._session:
            return "session"
        return "keyring" if self.get(service) else ""

    def _handed(self, service: str) -> str | None:
        _expect_known(service)
        return self._from_environment(service) or self._session.get(service)

    def _from_environment(self, service: str) -> str | None:
        value = self._environment.get(VARIABLES[service], "")
        return (value if service == DATABASE else cleaned(value)) or None

    def store_name(self) -> str:
        """Name of the password store in use, for `doctor`. Raises KeyringUnusable where there is none."""
        return self._in_store(lambda store: str(store.name))

    # writing

    def set(self, service: str, value: str) -> None:
        """Keep a key in the password store. Raises BadInput for an unusable one, KeyringUnusable."""
        key = _checked(service, value)

        def keep(store: PasswordStore) -> str | None:
            store.set_password(STORE_NAME, service, key)
            return store.get_password(STORE_NAME, service)

        if self._in_store(keep) != key:
            raise KeyringUnusable("the password store did not keep the key")
        self._session.pop(service, None)

    def keep_for_session(self, service: str, value: str) -> None:
        """Hold a key in memory until the program ends. Raises BadInput for an unusable one."""
        self._session[service] = _checked(service, value)

    def forget(self, service: str | None = None) -> None:
        """Take one key (None: both) out of memory and the password store; an absent one is no error."""
        for each in SERVICES if service is None else (service,):
            _expect_known(each)
            self._session.pop(each, None)
        for each in SERVICES if service is None else (service,):
            self._in_store(partial(_delete, user=each))

    # the store, behind a time limit

    def _in_store(self, act: Callable[[PasswordStore], T]) -> T:
        """Do something with the store in a thread of its own; give up after the limit."""
        if self._stuck is not None and self._stuck.is_alive():
            raise KeyringUnusable("the password store still does not answer")
        done: list[T] = []
        failures: list[KeyringUnusable] = []

        def work() -> None:
            try:
                done.append(act(self._store()))
            except KeyringUnusable as unusable:
                failures.append(unusable)
            except Exception as failure:  # noqa: BLE001 - stores raise errors of their own making
                # Only the kind of failure: its text may hold anything.
                failures.append(KeyringUnusable(f"the password store failed: {type(failure).__name__}"))

        worker = threading.Thread(target=work, name="keyring", daemon=True)
        worker.start()
        worker.join(self._limit_s)
        if worker.is_alive():
            self._stuck = worker
            raise KeyringUnusable(f"the password store did not answer within {self._limit_s:g} s")
        if failures:
            raise failures[0]
        return done[0]

    def _store(self) -> PasswordStore:
        if self._backend is not None:
            return self._backend
        import keyring

        store = keyring.get_keyring()
        module = type(store).__module__
        if module.startswith("keyring.backends.fail"):
            raise KeyringUnusable("there is no password store")
        if module.startswith("keyrings.alt") and not self._environment.get(CHOSEN_STORE):
            raise KeyringUnusable("the only password store keeps its secrets in plain files")
        return store


def cleaned(value: str) -> str:
    """A pasted key without the blanks, line breaks and invisible characters that came along."""
    return "".join(
        char for char in value if not char.isspace() and unicodedata.category(char) not in ("Cf", "Cc")
    )


def _checked(service: str, value: str) -> str:
    _expect_known(service)
    if service == DATABASE:
        return _checked_password(value)
    key = cleaned(value)
    if not key:
        raise BadInput("the key is empty", sentence="The key is empty.")
    if not key.isascii() or len(key) > LONGEST:
        raise BadInput(
            "the key cannot be a key", sentence="This does not look like a key: please copy it again."
        )
    return key


def _checked_password(value: str) -> str:
    """A password may hold blanks and any letters; only the end of the line is none of it."""
    password = value.rstrip("\r\n")
    if not password:
        raise BadInput("the password is empty", sentence="The password is empty.")
    if not password.isprintable() or len(password) > LONGEST:
        raise BadInput(
            "the password cannot be one", sentence="This does not look like a password: please type it again."
        )
    return password


def _expect_known(service: str) -> None:
    if service not in (*SERVICES, DATABASE):
        raise BadInput("keys are for cliniko and hubspot")


def _delete(store: PasswordStore, user: str) -> None:
    if store.get_password(STORE_NAME, user) is not None:
        store.delete_password(STORE_NAME, user)
