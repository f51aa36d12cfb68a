"""Pause, tray and quitting on a real screen with a real tray, from outside."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.sandbox.demo import Demo
from tests.ui.desktop.test_driven_from_outside import HERE, MAIN, NEEDED, SYSTEM_PYTHON, has_pyatspi

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(
        not sys.platform.startswith("linux")
        or not all(map(shutil.which, (*NEEDED, "trayer", "xdotool")))
        or not has_pyatspi(),
        reason="needs Xvfb, openbox, dbus, pyatspi, trayer and xdotool",
    ),
]


@pytest.fixture
def tray(screen: str) -> Iterator[str]:
    """The screen, with a tray in its top left corner."""
    host = subprocess.Popen(
        ["trayer", "--edge", "top", "--align", "left", "--widthtype", "request", "--height", "26"],
        env={**os.environ, "DISPLAY": screen},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(0.5)
    yield screen
    host.terminate()
    host.wait(10)


def test_pause_tray_and_restart(tray: str, demo: Demo, tmp_path: Path) -> None:
    """Pause of a chosen length, closing to the tray, coming back, quitting by the tray; the pause outlasts it."""
    environment = {
        **os.environ,
        **demo.environ(),
        "DISPLAY": tray,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "CLINICBRIDGE_DATA_DIR": str(tmp_path / "data"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "LC_ALL": "C.UTF-8",
    }
    first = driven(environment, tmp_path, "first", "")
    assert first["synced"].startswith("Up to date") or "question" in first["synced"]
    assert first["paused"].startswith("Paused until")
    assert first["button"] == "Resume"
    second = driven(environment, tmp_path, "second", "--tray")
    assert second["shown_at_first"] is False
    assert second["still"] == first["paused"]


def driven(environment: dict[str, str], folder: Path, part: str, words: str) -> dict[str, Any]:
    """Start the program, drive it through one part, and wait for its own orderly end."""
    driver = HERE / "driver_tray.py"
    script = f'"{sys.executable}" "{MAIN}" {words} & app=$!; "{SYSTEM_PYTHON}" "{driver}" {part}; read=$?; '
    script += "[ $read = 0 ] || kill -TERM $app; wait $app; echo $? > ended; exit $read"
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (folder / "ended").read_text(encoding="ascii").strip() == "0"
    read: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return read
