"""What went wrong in the database, as the errors that the rest of the program knows.

Every failure of a driver passes through here on its way out of `app/store`; nothing above sees peewee, sqlite3
or psycopg. The texts name no value that stood in a row (I6).
"""

from __future__ import annotations

import sqlite3
from typing import Final, NamedTuple

import peewee

from app.errors import Bug, DatabaseUnreachable, DatabaseUnusable

DRIVER_ERRORS: Final = (peewee.PeeweeException, sqlite3.Error)


class ConstraintBroken(Bug):
    """A row that a unique index or a foreign key forbids; who wrote it decides what that means."""


class _Words(NamedTuple):
    sentence: str
    next_step: str


_FULL = _Words(
    "The disk is full: ClinicBridge cannot keep its local data.",
    "Free some space on the disk that holds the data folder; then everything goes on by itself.",
)
_LOCKED = _Words(
    "Another program holds the local data of ClinicBridge and does not let go of it.",
    "Close other copies of ClinicBridge, backup or virus tools working in the data folder, then try again.",
)
_FORBIDDEN = _Words(
    "ClinicBridge may not open or change its local data.",
    "Allow your user to read and write in the data folder, then start ClinicBridge again.",
)
_DAMAGED = _Words("The local data of ClinicBridge is damaged.", DatabaseUnusable.next_step)
_DISK = _Words(
    "The disk that holds the local data of ClinicBridge reports an error.",
    "Check the disk, then restore the last backup from the data folder if needed.",
)
_UNREACHABLE = _Words(DatabaseUnreachable.sentence, DatabaseUnreachable.next_step)
_NOT_LET_IN = _Words(
    "The database server answers, but it does not let ClinicBridge in.",
    "Check the user, the database's name and the password (Settings, This PC; or: keys set database).",
)
_OTHER = _Words(DatabaseUnusable.sentence, DatabaseUnusable.next_step)

# SQLite's names begin with these; the extended ones (SQLITE_IOERR_WRITE ...) add to them.
_SQLITE: Final = {
    "SQLITE_FULL": _FULL,
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "SQLITE_READONLY": _FORBIDDEN,
    "SQLITE_CANTOPEN": _FORBIDDEN,
    "SQLITE_PERM": _FORBIDDEN,
    "SQLITE_AUTH": _FORBIDDEN,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": _DAMAGED,
    "SQLITE_FORMAT": _DAMAGED,
    "SQLITE_IOERR": _DISK,
    "SQLITE_NOLFS": _DISK,
}
# PostgreSQL's classes of error, the first characters of its five-character code.
_POSTGRES: Final = {
    "53100": _FULL,
    "55P03": _LOCKED,
    "57": _UNREACHABLE,
    "08": _UNREACHABLE,
    "42501": _FORBIDDEN,
    "25006": _FORBIDDEN,
    "28": _NOT_LET_IN,
    "3D": _NOT_LET_IN,
    "XX": _DAMAGED,
}


def locked() -> DatabaseUnusable:
    """The error for a lock that was waited for too long."""
    return _unusable("waited too long for the lock", _LOCKED)


def disk_trouble(error: OSError, doing: str) -> DatabaseUnusable:
    """The error for a file or folder that the system refuses; `doing` says in a few words at what."""
    words = _FORBIDDEN if isinstance(error, PermissionError) else _DISK
    if error.errno in (28, 122):  # ENOSPC, EDQUOT
        words = _FULL
    return _unusable(f"{doing}: {error.strerror or type(error).__name__}", words)


def is_busy(error: Exception) -> bool:
    """Whether SQLite says that another connection holds the file."""
    name = getattr(getattr(error, "orig", error), "sqlite_errorname", None)
    return isinstance(name, str) and name.startswith("SQLITE_BUSY")


def translated(error: Exception) -> Exception:
    """The program's own error for one of a driver's.

    `ConstraintBroken` for a forbidden row, `DatabaseUnusable` for what lies outside the program, `Bug` for
    a statement that the database does not understand.
    """
    cause = getattr(error, "orig", None) or error
    name = getattr(cause, "sqlite_errorname", None)
    code = getattr(cause, "pgcode", None) or getattr(cause, "sqlstate", None)
    if isinstance(error, peewee.IntegrityError | sqlite3.IntegrityError):
        return ConstraintBroken(f"a row was refused ({name or code or 'constraint'})")
    if isinstance(name, str):
        found = next((words for prefix, words in _SQLITE.items() if name.startswith(prefix)), _OTHER)
        return _unusable(f"{name}: {cause}", found)
    if isinstance(code, str):
        found = next((words for prefix, words in _POSTGRES.items() if code.startswith(prefix)), _OTHER)
        # The server's own text may quote a row, so only its code is told.
        return _unusable(f"PostgreSQL error {code}", found)
    if isinstance(error, peewee.ProgrammingError | sqlite3.ProgrammingError):
        return Bug(f"the database refused a statement: {type(cause).__name__}")
    if isinstance(error, peewee.OperationalError | peewee.InterfaceError) and not isinstance(
        cause, sqlite3.Error
    ):
        asked = getattr(cause, "pgconn", None)
        if getattr(asked, "needs_password", False) or getattr(asked, "used_password", False):
            return _unusable("no connection: the server refused it", _NOT_LET_IN)
        return _unusable(f"no connection: {type(cause).__name__}", _UNREACHABLE)
    return _unusable(f"{type(cause).__name__}", _OTHER)


def _unusable(detail: str, words: _Words) -> DatabaseUnusable:
    kind = DatabaseUnreachable if words is _UNREACHABLE else DatabaseUnusable
    return kind(detail, sentence=words.sentence, next_step=words.next_step)
