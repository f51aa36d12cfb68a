"""Copies of the local database: one each night, one before every migration, and the way back (R85).

A shared PostgreSQL is its server's business; there is nothing to copy here then.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from app.errors import DatabaseTooNew, DatabaseUnusable
from app.store.database import Database
from app.store.drivers import MEMORY, sqlite_path, sqlite_url
from app.store.migrations import step_number
from app.store.steps import STEPS
from app.store.troubles import disk_trouble, translated

_STAMP: Final = "%Y%m%d-%H%M%S"
_KEPT_BEFORE_MIGRATIONS: Final = 3
_STALE_S: Final = 24 * 3600.0


def copy_database(database: Database, target: Path) -> None:
    """Copy a whole SQLite database, while others may go on writing to it, into a file of its own.

    The file appears under its name only once it is complete and found sound. Raises DatabaseUnusable."""
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            database.copy_into(copy)
            copy.execute("PRAGMA journal_mode = delete")
            _check(copy)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except sqlite3.Error as error:
        raise translated(error) from None
    except OSError as error:
        raise disk_trouble(error, "writing a backup") from None
    finally:
        _drop(part)


def nightly(database: Database, folder: Path, now: datetime, keep: int = 7) -> Path | None:
    """Make a copy in `folder` and keep the newest `keep`; returns its path, None for a server's database."""
    if not database.is_sqlite:
        return None
    _clear_half_made(folder)
    target = folder / f"clinicbridge-{now.astimezone(UTC).strftime(_STAMP)}.db"
    copy_database(database, target)
    _keep_newest(folder, "clinicbridge-*.db", keep)
    return target


def before_migration(database: Database, now: datetime) -> Callable[[int], None]:
    """What a migration calls first: a copy beside the database, the last three of which are kept."""

    def copy_first(number: int) -> None:
        if database.file is None:
            return
        file = Path(database.file)
        target = file.with_name(f"{file.stem}.step{number}-{now.astimezone(UTC).strftime(_STAMP)}.db")
        copy_database(database, target)
        _keep_newest(file.parent, f"{file.stem}.step*.db", _KEPT_BEFORE_MIGRATIONS)

    return copy_first


def backups(folder: Path) -> list[Path]:
    """The nightly copies there are, newest first."""
    return sorted(folder.glob("clinicbridge-*.db"), key=lambda file: file.name, reverse=True)


def restore(backup: Path, url: str) -> None:
    """Put a copy in the place of the database at `url`, which nobody may have open.

    What stood there is kept beside it under a name that says so. Raises DatabaseUnusable when the copy is
    no sound database of ours, DatabaseTooNew when it is too new, and leaves everything as it was then."""
    path = sqlite_path(url)
    if path is None or path == MEMORY:
        raise DatabaseUnusable(
            "only a database file can be restored",
            sentence="A shared database is restored on its server.",
            next_step="Ask whoever keeps the database server.",
        )
    file = Path(path)
    incoming = file.with_name(file.name + ".incoming")
    source = Database(sqlite_url(backup), read_only=True)
    try:
        number = step_number(source) if backup.is_file() else 0
        if number > len(STEPS):
            raise DatabaseTooNew(f"the copy is at step {number}, this program knows {len(STEPS)}")
        if not number:
            raise DatabaseUnusable(
                f"{backup.name} is no copy of a database of ours",
                sentence="The file chosen is no backup of ClinicBridge.",
                next_step="Choose another file, from the backups in the data folder.",
            )
        copy_database(source, incoming)
    finally:
        source.close()
    try:
        aside = file.with_name(f"{file.stem}.replaced-{datetime.now(UTC).strftime(_STAMP)}.db")
        for suffix in ("", "-wal", "-shm"):
            old = Path(f"{file}{suffix}")
            if old.exists():
                old.replace(f"{aside}{suffix}")
        incoming.replace(file)
    except OSError as error:
        _drop(incoming)
        raise disk_trouble(error, "putting a backup in place") from None


def health(database: Database) -> str:
    """ "" when the database is sound, else what is wrong with it in a few technical words."""
    try:
        if not database.is_sqlite:
            database.rows("SELECT 1")
            return ""
        found = database.first("PRAGMA quick_check(1)")
    except DatabaseUnusable as error:
        return str(error)
    return "" if found == ("ok",) else str(found[0] if found else "no answer")


def _check(copy: sqlite3.Connection) -> None:
    found: Any = copy.execute("PRAGMA quick_check(1)").fetchone()
    if found != ("ok",):
        raise DatabaseUnusable("the copy of the database is damaged, and so is most likely the database")


def _clear_half_made(folder: Path) -> None:
    """Remove what a crash left of an earlier copy; one just being made by another program is younger."""
    for part in folder.glob("*.part"):
        if time.time() - part.stat().st_mtime > _STALE_S:
            _drop(part)


def _keep_newest(folder: Path, pattern: str, keep: int) -> None:
    for old in sorted(folder.glob(pattern), key=lambda file: file.name, reverse=True)[keep:]:
        _drop(old)


def _drop(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise disk_trouble(error, "removing an old copy") from None
