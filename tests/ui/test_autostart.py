"""Start at log-in is a switch that leaves nothing behind."""

from __future__ import annotations

import plistlib
from pathlib import Path

import pytest

from ui import autostart


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_on_and_off(platform: str, tmp_path: Path) -> None:
    """The entry comes and goes with the switch; twice off is no error."""
    autostart.set_enabled(True, platform, tmp_path)
    assert autostart.is_enabled(platform, tmp_path)
    autostart.set_enabled(False, platform, tmp_path)
    autostart.set_enabled(False, platform, tmp_path)
    assert not autostart.is_enabled(platform, tmp_path)


def test_a_path_with_spaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with spaces and umlauts starts all the same."""
    monkeypatch.setattr(autostart, "command", lambda: ["/opt/my prögrams/python", "main.py", "--tray"])
    autostart.set_enabled(True, "linux", tmp_path)
    text = autostart.entry("linux", tmp_path).read_text(encoding="utf-8")
    assert 'Exec="/opt/my prögrams/python" "main.py" "--tray"' in text
    autostart.set_enabled(True, "darwin", tmp_path)
    told = plistlib.loads(autostart.entry("darwin", tmp_path).read_bytes())
    assert told["ProgramArguments"][0] == "/opt/my prögrams/python"
