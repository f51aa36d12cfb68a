"""Starting with the log-in: a switch per user, without rights of an administrator, on each system in its own way."""

from __future__ import annotations

import plistlib
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths

NAME = "ClinicBridge"
LABEL = "clinicbridge.desktop"
RUN_KEY = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Run"


def command() -> list[str]:
    """What starts this program in the tray."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--tray"]
    return [sys.executable, str(Path(__file__).resolve().parents[1] / "main.py"), "--tray"]


def set_enabled(enabled: bool, platform: str = sys.platform, home: Path | None = None) -> None:
    """Switch it on or off. Raises OSError where the entry cannot be written."""
    if platform == "win32":
        run = QSettings(RUN_KEY, QSettings.Format.NativeFormat)
        if enabled:
            run.setValue(NAME, " ".join(_quoted(part) for part in command()))
        else:
            run.remove(NAME)
        return
    file = entry(platform, home)
    if not enabled:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_agent(command()) if platform == "darwin" else _desktop_entry(command()))


def is_enabled(platform: str = sys.platform, home: Path | None = None) -> bool:
    """Whether the entry stands."""
    if platform == "win32":
        return QSettings(RUN_KEY, QSettings.Format.NativeFormat).contains(NAME)
    return entry(platform, home).exists()


def entry(platform: str = sys.platform, home: Path | None = None) -> Path:
    """The file that the session reads at log-in."""
    if platform == "darwin":
        return (home or Path.home()) / "Library" / "LaunchAgents" / f"{LABEL}.plist"
    config = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return (home / ".config" if home else Path(config)) / "autostart" / f"{LABEL}.desktop"


def _quoted(part: str) -> str:
    return f'"{part}"' if " " in part else part


def _desktop_entry(words: Sequence[str]) -> bytes:
    quoted = " ".join('"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"' for word in words)
    lines = ["[Desktop Entry]", "Type=Application", f"Name={NAME}", f"Exec={quoted}", "Terminal=false", ""]
    return "\n".join(lines).encode()


def _agent(words: Sequence[str]) -> bytes:
    return plistlib.dumps({"Label": LABEL, "ProgramArguments": list(words), "RunAtLoad": True})
