"""One syncing copy per data folder, be it a window or a command line: a lock that the system takes back itself
when its holder dies, however it dies. Held during an execution only."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Final

from app.errors import DatabaseUnusable, OtherInstance

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Windows locks bytes against reading as well, so the byte lies far beyond anything written.
_LOCKED_BYTE: Final = 1 << 30


class InstanceLock:
    """`with InstanceLock(path):` works alone, or raises OtherInstance at once (exit code 6).

    Raises DatabaseUnusable when the file cannot be made. Not to be entered twice at the same time.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def __enter__(self) -> InstanceLock:
        handle = self._open()
        try:
            _lock(handle)
        except OSError:
            os.close(handle)
            raise OtherInstance(f"{self._path.name} is held") from None
        self._handle = handle
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # The file stays: removing it would let a third copy lock a new file while the second waits on this.
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _open(self) -> int:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise DatabaseUnusable(
                f"the lock file cannot be opened: {error.strerror or type(error).__name__}",
                sentence="ClinicBridge may not write in its data folder.",
                next_step="Allow your user to read and write in the data folder, and see that the disk has room.",
            ) from None


def is_held(path: Path) -> bool:
    """Whether some copy holds the lock right now. For showing only: it may change the next moment."""
    if not path.exists():
        return False
    try:
        with InstanceLock(path):
            return False
    except OtherInstance:
        return True


def _lock(handle: int) -> None:
    """Lock at once or raise OSError; closing the handle, or dying, frees it."""
    if sys.platform == "win32":
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
