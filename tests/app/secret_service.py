"""A real Secret Service for tests: GNOME Keyring in a D-Bus session of its own, with a data folder of its own.

Run as a program inside `dbus-run-session`: starts the daemon, waits for it, then runs the words it was given.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

PROGRAMS = ("dbus-run-session", "gnome-keyring-daemon", "dbus-send")
ROOT = Path(__file__).resolve().parents[2]


def is_available() -> bool:
    """Whether the programs this needs are installed."""
    return sys.platform == "linux" and all(shutil.which(program) for program in PROGRAMS)


def run_inside(folder: Path, code: str, how: str) -> subprocess.CompletedProcess[str]:
    """Run Python code in a fresh session. `how` is `unlocked`, `locked` (a new store, nobody to ask) or `absent`."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "LANG": "C.UTF-8",
    }
    (folder / "run").mkdir(mode=0o700, exist_ok=True)
    words = [sys.executable, __file__, how, code]
    if how == "absent":
        environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={folder}/nobody"
    else:
        words = ["dbus-run-session", "--", *words]
    return subprocess.run(
        words, env=environment, capture_output=True, text=True, timeout=60, check=False, cwd=folder
    )


def _is_there() -> bool:
    # Asking the bus, not the service: a message to the service would start a second, locked daemon.
    asked = subprocess.run(
        ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus",
         "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return "true" in asked.stdout


def _main(how: str, code: str) -> int:
    daemon = None
    if how != "absent":
        words = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
        if how == "unlocked":
            words.append("--unlock")
        daemon = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        assert daemon.stdin is not None
        if how == "unlocked":
            daemon.stdin.write(b"a test password")
        daemon.stdin.close()
        until = time.monotonic() + 10
        while not _is_there() and time.monotonic() < until:
            time.sleep(0.02)
    try:
        return subprocess.run([sys.executable, "-c", code], check=False).returncode
    finally:
        if daemon is not None:
            daemon.terminate()
            daemon.wait(5)


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:3]))
