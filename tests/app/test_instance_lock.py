"""One syncing copy per data folder (R86, exit 6)."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from app.errors import Cancelled, DatabaseUnusable, OtherInstance
from app.instance_lock import InstanceLock, is_held

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys, time
from pathlib import Path
from app.instance_lock import InstanceLock
with InstanceLock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / "data" / "syncing.lock"


def hold_elsewhere(lock: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(lock)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_free_again_after_use_and_after_an_error(lock: Path) -> None:
    """The lock is held during an execution only, however that ends."""
    for _ in range(2):
        with InstanceLock(lock):
            assert is_held(lock)
        with pytest.raises(Cancelled), InstanceLock(lock):
            raise Cancelled
    assert not is_held(lock)


def test_another_process_is_refused_at_once(lock: Path) -> None:
    """Two instances: the second says so without waiting, with exit code 6."""
    process = hold_elsewhere(lock)
    begun = time.monotonic()
    with pytest.raises(OtherInstance) as caught, InstanceLock(lock):
        pass
    assert time.monotonic() - begun < 10
    assert caught.value.exit_code == 6
    assert is_held(lock)
    process.kill()
    process.communicate(timeout=10)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is POSIX")
def test_free_after_kill_9(lock: Path) -> None:
    """Reliability, kill -9: no stale lock keeps the next start out."""
    process = hold_elsewhere(lock)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=10)
    with InstanceLock(lock):
        pass


def test_another_thread_is_refused_too(lock: Path) -> None:
    """The window's worker and anything else in one process are kept apart as well."""
    refused: list[bool] = []

    def enter() -> None:
        try:
            with InstanceLock(lock):
                refused.append(False)
        except OtherInstance:
            refused.append(True)

    with InstanceLock(lock):
        thread = threading.Thread(target=enter)
        thread.start()
        thread.join()
    assert refused == [True]


def test_a_child_does_not_keep_the_lock(lock: Path) -> None:
    """A helper process started during an execution (a browser, a keyring) does not inherit the lock."""
    with InstanceLock(lock):
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    with InstanceLock(lock):
        pass
    child.kill()
    child.wait(timeout=10)


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX")
def test_for_this_user_only(lock: Path) -> None:
    """I6: file and folder are this user's own."""
    before = os.umask(0)
    try:
        with InstanceLock(lock):
            assert stat.S_IMODE(lock.stat().st_mode) == 0o600
            assert stat.S_IMODE(lock.parent.stat().st_mode) == 0o700
    finally:
        os.umask(before)


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    """Exit 8 with words, not a crash."""
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnusable), InstanceLock(tmp_path / "file" / "syncing.lock"):
        pass
    assert not is_held(tmp_path / "nowhere" / "syncing.lock")
