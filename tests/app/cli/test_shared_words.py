"""The words around a database that several computers share (R86)."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest

from app.assembly import assemble
from app.keys import Keys
from app.paths import DataFolder
from app.service import Program
from tests.app.cli.terminal import Terminal

NOBODY = "postgresql://clinic@127.0.0.1:1/clinic"


def test_its_own_data_is_the_default(terminal: Terminal) -> None:
    """R86: pc.database is a setting like any other, empty at first."""
    assert terminal("settings", "get", "pc.database").out == "\n"
    row = terminal("settings", "get", "pc.database", "--json").json
    assert (row["value"], row["default"], row["type"]) == (None, None, "text")
    assert terminal("settings", "set", "pc.database", "–", "--json").json == {
        "key": "pc.database",
        "value": None,
    }


def test_what_cannot_be_used_is_refused(terminal: Terminal) -> None:
    """R86: exit 2 for what is no address, 8 for a server that does not answer; the words are plain and repeat no
    password, and nothing is kept."""
    ran = terminal("settings", "set", "pc.database", "mysql://server/clinic", "--json")
    assert (ran.code, ran.json["exit_code"]) == (2, 2)
    ran = terminal("settings", "set", "pc.database", "postgresql://clinic:s3cret@server/clinic")
    assert (ran.code, "s3cret" in ran.err, "keys set database" in ran.err) == (2, False, True)
    ran = terminal("settings", "set", "pc.database", NOBODY, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (8, "database_unusable")
    assert "cannot be reached" in ran.err
    assert terminal("settings", "get", "pc.database").out == "\n"


def test_where_the_data_is_can_be_told_without_it(terminal: Terminal) -> None:
    """R86: with a server that is gone every word that needs it ends with 8; the way back to its own data is open."""
    terminal.folder.prepare()
    terminal.folder.pc.write_text(f'{{"database": "{NOBODY}"}}', encoding="utf-8")
    for words in (("settings", "list"), ("status",), ("conflicts",), ("settings", "get", "pc.tray")):
        ran = terminal(*words, "--json")
        assert ran.code == (2 if "pc.tray" in words else 8), words
    assert terminal("settings", "get", "pc.database").out == f"{NOBODY}\n"
    checks = {row["check"]: row for row in terminal("doctor", "--json").json}
    assert not checks["database"]["ok"]
    assert terminal("settings", "set", "pc.database", "").code == 0
    assert terminal("settings", "list").code == 0


def test_the_password_is_read_like_a_key(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """R86, I6: from standard input into the password store; forgetting the keys leaves it."""
    monkeypatch.setattr("sys.stdin", io.StringIO("s3 cret\n"))
    ran = terminal("keys", "set", "database", "--json")
    assert ran.json == {"service": "database", "stored": True}
    assert terminal.passwords.secrets == {("ClinicBridge", "database"): "s3 cret"}
    terminal("keys", "forget")
    assert terminal.passwords.secrets == {("ClinicBridge", "database"): "s3 cret"}
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert terminal("keys", "set", "database").code == 2


def test_exit_six_names_the_other_computer(connected: Terminal) -> None:
    """R86: while another computer holds the lease, `sync` ends with 6 and says which; `status` says so too."""
    database = f"sqlite:///{connected.folder.root}/shared.db"

    def computer(folder: DataFolder) -> Program:
        keys = Keys(connected.environ, backend=connected.passwords)
        return assemble(connected.environ, folder=folder, keys=keys, database=database)

    connected.build = lambda: computer(connected.folder)  # type: ignore[method-assign]
    other = computer(DataFolder(connected.folder.root / "other"))
    other.shared.pc = "FRONT-DESK-2"
    with other.syncing._lock():
        ran = connected("sync", "--json")
        assert (ran.code, ran.json["status"], ran.json["problems"][0]["code"]) == (
            6,
            "failed",
            "other_instance",
        )
        assert "FRONT-DESK-2 is syncing right now." in ran.err
        status = connected("status", "--json").json
        assert (status["state"], status["message"]) == ("syncing", "FRONT-DESK-2 is syncing")
        assert not status["up_to_date"]
        assert connected("settings", "set", "sync.interval_minutes", "20").code == 0
    assert connected("sync").code in (0, 1)
    assert len(other.activity.executions()) == 1
    finished = other.activity.executions()[0]["finished_at"]
    assert datetime.now(UTC) - finished < timedelta(hours=1)
    other.close()
