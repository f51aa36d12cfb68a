"""The demo as text: the whole story on the simulated services, and nothing left of it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from tests.app.cli.terminal import Terminal


def test_the_story_is_told_to_its_end(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Set-up, first sync, a change on each side, a question answered and a file imported, without a display and
    without keys; the throw-away data folder is gone afterwards."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ran = terminal("--demo", "--patients", "12")
    assert ran.code == 0, ran.out + ran.err
    chapters = [line for line in ran.out.splitlines() if line.startswith("==")]
    assert len(chapters) == 8
    assert "Geelong" in ran.out
    assert "The rehearsal would do: 2 done, 2 unchanged, 0 held, 0 refused." in ran.out
    assert "The same file once more did: 0 done, 4 unchanged, 0 held, 0 refused." in ran.out
    assert list(tmp_path.iterdir()) == []
    assert terminal.passwords.secrets == {}
