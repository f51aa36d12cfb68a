"""Where things are: the data folder and what is in it, and what comes with the program, on each system."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

DATA_DIR_VARIABLE: Final = "CLINICBRIDGE_DATA_DIR"
_APPLICATION: Final = "ClinicBridge"


@dataclass(frozen=True)
class DataFolder:
    """One data folder: one clinic's local data. Making the value touches nothing on the disk."""

    root: Path

    @property
    def database(self) -> Path:
        """The database file."""
        return self.root / "clinicbridge.db"

    @property
    def database_url(self) -> str:
        """The database file as the address that opens it."""
        # A percent sign begins an escape in an address, a question mark its options.
        path = self.database.as_posix().replace("%", "%25").replace("?", "%3F")
        return f"sqlite:///{path}"

    @property
    def pc(self) -> Path:
        """The file that says which database this computer works with."""
        return self.root / "pc.json"

    @property
    def backups(self) -> Path:
        """The folder of nightly copies."""
        return self.root / "backups"

    @property
    def reports(self) -> Path:
        """The folder of reports of imports."""
        return self.root / "reports"

    @property
    def logs(self) -> Path:
        """The folder of log files."""
        return self.root / "logs"

    @property
    def lock(self) -> Path:
        """The file by which one syncing copy keeps others out."""
        return self.root / "syncing.lock"

    def prepare(self) -> None:
        """Make the folder, for this user only (I6).

        A folder that cannot be made or narrowed raises nothing here: whoever opens a file in it next (the
        database, the lock, the log) fails with the words for that."""
        with suppress(OSError):
            if not self.root.exists():
                self.root.mkdir(mode=0o700, parents=True)
            if _is_ours_alone(self.root):
                self.root.chmod(0o700)


def _is_ours_alone(folder: Path) -> bool:
    """Whether narrowing this folder's rights takes nothing from others: no shared place, no home.

    On Windows a user's own folders are closed to others as they are."""
    if sys.platform == "win32":
        is_ours = False
    else:
        found = folder.stat()
        is_shared = bool(found.st_mode & stat.S_ISVTX) or folder.resolve() in (Path.home(), Path("/"))
        is_ours = found.st_uid == os.getuid() and not is_shared
    return is_ours


def data_folder(environ: Mapping[str, str] | None = None) -> DataFolder:
    """The data folder: what `CLINICBRIDGE_DATA_DIR` names, else the platform's own place for this user."""
    given = (os.environ if environ is None else environ).get(DATA_DIR_VARIABLE, "").strip()
    if given:
        return DataFolder(Path(given).expanduser().absolute())
    return DataFolder(user_data_path(_APPLICATION, appauthor=False))


def resources_folder() -> Path:
    """The folder of icons, tables and texts that come with the program, also when it was frozen."""
    unpacked = getattr(sys, "_MEIPASS", None)
    root = Path(unpacked) if unpacked else Path(__file__).resolve().parent.parent
    return root / "resources"


def resource(*parts: str) -> Path:
    """One file or folder that comes with the program, e.g. `resource("icons", "app.svg")`."""
    return resources_folder().joinpath(*parts)
