"""A throw-away copy of everything, for a rehearsal: it is written to as the real one would be, and then gone."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from typing import Final

from app.store.database import Database
from app.store.drivers import MEMORY, sqlite_url
from app.store.migrations import migrate
from app.store.troubles import disk_trouble

_FOLDER: Final = "rehearsal-"
_STALE_S: Final = 24 * 3600.0
_PART: Final = 5000


def scratch_of(database: Database) -> tuple[Database, Path | None]:
    """A copy that may be changed at will, and the folder to remove once it is closed (None for memory).

    A file is copied beside the original, since a large one has no place in memory and names none in a shared
    folder. Raises DatabaseUnusable."""
    if database.is_sqlite and database.file is None:
        copy, folder = Database(f"sqlite:///{MEMORY}"), None
    else:
        folder = _new_folder(Path(database.file).parent if database.file else None)
        copy = Database(sqlite_url(folder / "copy.db"), is_lasting=False)
    try:
        if database.is_sqlite:
            with copy.alone() as target:
                database.copy_into(target)
        else:
            _copy_rows(database, copy)
    except BaseException:
        remove(copy, folder)
        raise
    return copy, folder


def remove(copy: Database, folder: Path | None) -> None:
    """Close the copy and remove what it left on the disk."""
    copy.close()
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


def _new_folder(beside: Path | None) -> Path:
    """A folder for this user only, after clearing away those that a crash left behind."""
    try:
        if beside is not None:
            for old in beside.glob(f"{_FOLDER}*"):
                if time.time() - old.stat().st_mtime > _STALE_S:
                    shutil.rmtree(old, ignore_errors=True)
        return Path(tempfile.mkdtemp(prefix=_FOLDER, dir=beside))
    except OSError as error:
        raise disk_trouble(error, "making a copy for the rehearsal") from None


def _copy_rows(database: Database, copy: Database) -> None:
    """Table by table, from a server into a file."""
    migrate(copy, lambda number: None)
    tables = copy.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    with copy.write():
        for (table,) in tables:
            copy.change(f"DELETE FROM {table}")
            columns = ", ".join(row[1] for row in copy.rows(f"PRAGMA table_info({table})"))
            marks = ", ".join("?" * (columns.count(",") + 1))
            for part in database.parts(f"SELECT {columns} FROM {table}", _PART):
                copy.change_many(
                    f"INSERT INTO {table} ({columns}) VALUES ({marks})",
                    [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in part],
                )
