"""What this computer knows of itself: which database it works with, and never a password (R86, I6)."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from app.errors import DatabaseUnusable
from app.this_pc import ThisPC, with_password

ADDRESS = "postgresql://clinic@server.example.test:5433/clinic?sslmode=require"


def test_kept_and_given_up(tmp_path: Path) -> None:
    """Without the file it is this computer's own data; the file is this user's alone, and whole at any time."""
    file = tmp_path / "data" / "pc.json"
    pc = ThisPC(file)
    assert pc.database() == ""
    assert not file.exists()
    pc.set_database(ADDRESS)
    assert ThisPC(file).database() == ADDRESS
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    pc.set_database("")
    assert pc.database() == ""
    assert [entry.name for entry in file.parent.iterdir()] == ["pc.json"]


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"database": 5}', b"\xff\xfe"])
def test_damaged(tmp_path: Path, content: bytes) -> None:
    """R86: what cannot be read is not taken for "no shared database"; setting it anew mends it."""
    file = tmp_path / "pc.json"
    file.write_bytes(content)
    with pytest.raises(DatabaseUnusable):
        ThisPC(file).database()
    ThisPC(file).set_database(ADDRESS)
    assert ThisPC(file).database() == ADDRESS


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """The words name the file."""
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnusable, match=r"pc\.json"):
        ThisPC(tmp_path / "file" / "pc.json").set_database(ADDRESS)


@pytest.mark.parametrize(
    ("address", "password", "full"),
    [
        (ADDRESS, "", ADDRESS),
        ("postgresql://clinic@server/db", "plain", "postgresql://clinic:plain@server/db"),
        (
            "postgresql://clinic@server/db?a=b",
            "a/b@c: d",
            "postgresql://clinic:a%2Fb%40c%3A%20d@server/db?a=b",
        ),
        ("postgres://server/db", "plain", "postgres://:plain@server/db"),
    ],
)
def test_the_password_is_put_in_for_opening_only(address: str, password: str, full: str) -> None:
    """I6: whatever letters it has, it is put where the driver looks for it."""
    assert with_password(address, password) == full
