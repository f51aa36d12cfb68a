"""From outside, as a screen reader or a tool sees the window: by names alone, on a real screen."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.sandbox.demo import Demo

HERE = Path(__file__).parent
MAIN = HERE.parents[2] / "main.py"
SYSTEM_PYTHON = "/usr/bin/python3"
NEEDED = ("Xvfb", "openbox", "dbus-run-session")


def has_pyatspi() -> bool:
    """Whether the system's own Python can look at windows."""
    done = subprocess.run([SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False)
    return done.returncode == 0


pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(
        not sys.platform.startswith("linux") or not all(map(shutil.which, NEEDED)) or not has_pyatspi(),
        reason="needs Xvfb, openbox, dbus and pyatspi",
    ),
]


def test_sync_answer_and_read_by_name(screen: str, demo: Demo, tmp_path: Path) -> None:
    """Press Sync now, answer a question, sync again and read the outcome, all by accessible names."""
    environment = {
        **os.environ,
        **demo.environ(),
        "DISPLAY": screen,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "CLINICBRIDGE_DATA_DIR": str(tmp_path / "data"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "LC_ALL": "C.UTF-8",
    }
    script = f'"{sys.executable}" "{MAIN}" & app=$!; "{SYSTEM_PYTHON}" "{HERE / "driver.py"}"; read=$?; '
    script += "kill -TERM $app; wait $app; echo $? > ended; exit $read"
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    read = json.loads(done.stdout.strip().splitlines()[-1])
    assert "question" in read["after_first"]
    assert read["page"] == "Needs you"
    assert read["table"]
    assert "Bob Marsh" in read["question"]
    assert read["answered"].startswith("Answered: 1")
    assert read["after_second"].startswith("Up to date")
    assert (tmp_path / "ended").read_text(encoding="ascii").strip() == "0"


def test_a_second_start_raises_the_first(screen: str, demo: Demo, tmp_path: Path) -> None:
    """Single instance: the second start ends at once, well, and the first one goes on; after a kill the next
    start opens again."""
    environment = {
        **os.environ,
        **demo.environ(),
        "DISPLAY": screen,
        "QT_QPA_PLATFORM": "xcb",
        "CLINICBRIDGE_DATA_DIR": str(tmp_path / "data"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, str(MAIN)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    first = start()
    lock = tmp_path / "data" / "window.lock"
    end = time.monotonic() + 15
    while not lock.exists() and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(1)
    assert start().wait(15) == 0
    assert first.poll() is None
    first.kill()
    first.wait(10)
    again = start()
    time.sleep(2)
    assert again.poll() is None
    again.terminate()
    assert again.wait(10) == 0
