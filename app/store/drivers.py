"""The two databases we speak to, as peewee opens them: one SQLite file, or a shared PostgreSQL (R86).

Which pragmas and session settings a connection has is decided here, and nowhere else.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import peewee
from playhouse.db_url import parse as parse_url

from app.errors import BadInput
from app.store.postgres import postgres
from app.store.troubles import disk_trouble

BUSY_MS: Final = 5000
"""How long a statement waits for another connection's lock."""

MEMORY: Final = ":memory:"

_SQLITE_SCHEMES: Final = {"sqlite", "sqlite+pool"}
_POSTGRES_SCHEMES: Final = {"postgres", "postgresql", "postgres+pool", "postgresql+pool"}


class Connections:
    """Every connection opened so far with the thread it belongs to, so that all can be closed in order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: list[tuple[threading.Thread, Any]] = []

    def add(self, connection: Any) -> None:
        """Remember one; those of threads that have ended are closed on the way."""
        with self._lock:
            gone = [pair for pair in self._open if not pair[0].is_alive()]
            self._open = [pair for pair in self._open if pair[0].is_alive()]
            self._open.append((threading.current_thread(), connection))
        for _, stale in gone:
            stale.close()

    def close_all(self) -> None:
        """Close every connection, whatever its thread."""
        with self._lock:
            everything, self._open = self._open, []
        for _, connection in everything:
            connection.close()


def _sqlite(path: str, pragmas: list[tuple[str, Any]], busy_ms: int) -> peewee.SqliteDatabase:
    return peewee.SqliteDatabase(
        path,
        pragmas=pragmas,
        timeout=busy_ms / 1000,
        # Memory has one connection that all threads share; the caller's lock keeps them apart.
        thread_safe=path != MEMORY,
        autoconnect=False,
        # A connection is used by its own thread; only closing may come from another.
        check_same_thread=False,
        cached_statements=256,
    )


def _pragmas(read_only: bool, busy_ms: int, is_lasting: bool) -> list[tuple[str, Any]]:
    # Asked for even where it is so already, it would write to a copy that is only being looked at.
    mode = [] if read_only else [("journal_mode", "wal")]
    return [
        ("busy_timeout", busy_ms),
        *mode,
        # FULL: a commit is on the disk when it returns. With NORMAL a power cut takes the last commits
        # back, and with them an intent whose act has already reached the other side: a patient created
        # in Cliniko has no key of ours by which it would be found again, so a second one would follow (I1).
        # The price is one fsync a commit, and commits are few: one a batch, none when nothing changed.
        ("synchronous", "full" if is_lasting else "off"),
        # The same promise on macOS, whose plain fsync stops at the drive's cache. No effect elsewhere.
        ("fullfsync", 1),
        ("checkpoint_fullfsync", 1),
        ("foreign_keys", 1),
        # What is deleted is overwritten where that costs no further writes: intents hold values (I6).
        ("secure_delete", "fast"),
        ("temp_store", "memory"),
        # Each thread has a connection of its own, and what each keeps adds up while nobody asks.
        ("cache_size", -2000),
        ("journal_size_limit", 16 * 1024 * 1024),
        ("query_only", 1 if read_only else 0),
    ]


def sqlite_path(url: str) -> str | None:
    """The file an SQLite address names (":memory:" for memory), None for an address of another kind."""
    scheme, separator, rest = url.partition(":///")
    if not separator or scheme not in _SQLITE_SCHEMES:
        return None
    path = unquote(rest.partition("?")[0])
    return path or MEMORY


def sqlite_url(file: Path) -> str:
    """The address of a database file."""
    return f"sqlite:///{str(file).replace('%', '%25').replace('?', '%3F')}"


def driver_for(
    url: str, read_only: bool = False, busy_ms: int = BUSY_MS, is_lasting: bool = True
) -> peewee.Database:
    """The database that `url` names, not connected yet. One that is not lasting need not survive a crash.

    Raises BadInput for an address that is neither SQLite nor PostgreSQL. The address itself is never
    repeated: it may hold a password.
    """
    path = sqlite_path(url)
    if path is not None:
        return _sqlite(path, _pragmas(read_only, busy_ms, is_lasting), busy_ms)
    try:
        is_postgres = urlsplit(url).scheme in _POSTGRES_SCHEMES
        options = dict(parse_url(url, unquote_password=True, unquote_user=True)) if is_postgres else {}
    except (ValueError, RuntimeError) as error:
        raise BadInput("the database address cannot be read") from error
    if not options.get("database"):
        raise BadInput(
            "the database address is neither sqlite:/// nor postgresql://",
            sentence="The database address cannot be used.",
            next_step="Use sqlite:/// with a file, or postgresql:// with server and database.",
        )
    return postgres(options, read_only, busy_ms)


def prepare_file(path: str) -> None:
    """Make the file and its folder, both for this user only, before SQLite would make them for everybody."""
    file = Path(path)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if sys.platform != "win32":
            # SQLite gives its -wal and -shm files the rights of the database file.
            handle = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
            try:
                if os.fstat(handle).st_uid == os.getuid():
                    os.fchmod(handle, 0o600)
            finally:
                os.close(handle)
    except OSError as error:
        raise disk_trouble(error, "opening the database file") from None
