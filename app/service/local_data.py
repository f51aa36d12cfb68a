"""The local data as a whole: where it is, its backups, and deleting it (the keys are another matter)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from app import __version__
from app.errors import DatabaseUnusable
from app.paths import DataFolder


class BackupStore(Protocol):
    """What can be copied."""

    def backup(self, folder: Path, keep: int = 7) -> Path | None: ...


@dataclass(frozen=True)
class LocalFacts:
    """Where the data lies, when it was last copied (aware UTC), and which version this is."""

    folder: str
    backed_up_at: datetime | None
    version: str


class LocalData:
    """Answers for the settings page. `close` ends what is open before files go."""

    def __init__(
        self,
        store: Callable[[], BackupStore],
        folder: DataFolder,
        close: Callable[[], None],
    ) -> None:
        self._store, self._folder, self._close = store, folder, close

    def facts(self) -> LocalFacts:
        """What there is to say about the data on this computer."""
        newest = max((file.stat().st_mtime for file in self._copies()), default=None)
        at = datetime.fromtimestamp(newest, UTC) if newest is not None else None
        return LocalFacts(str(self._folder.root), at, __version__)

    def _copies(self) -> list[Path]:
        folder = self._folder.backups
        return [file for file in folder.iterdir() if file.is_file()] if folder.is_dir() else []

    def back_up(self) -> bool:
        """Copy the database now; False for a shared one, which its own server backs up (R85)."""
        return self._store().backup(self._folder.backups) is not None

    def delete(self) -> None:
        """Remove the database, its copies and the log. The keys stay, and a database that others share. Nothing changes
        in either service.

        Raises DatabaseUnusable where a file cannot be removed. The program has to end afterwards."""
        self._close()
        database = self._folder.database
        try:
            for file in (database, *database.parent.glob(f"{database.name}-*")):
                file.unlink(missing_ok=True)
        except OSError as error:
            raise DatabaseUnusable(
                f"local data cannot be removed: {error.strerror}",
                sentence="Some files could not be deleted; another program may have them open.",
                next_step="Close other copies of ClinicBridge and try again.",
            ) from None
        for folder in (self._folder.backups, self._folder.logs):
            # What remains of these holds no data that is still used.
            with suppress(OSError):
                shutil.rmtree(folder)
