"""Where the data is: tried before it is kept, told in plain words, never with a password (R86, I6)."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from app.clock import SystemClock
from app.errors import BadInput, DatabaseUnreachable, KeyringUnusable, RestartNeeded
from app.instance_lock import InstanceLock
from app.keys import Keys
from app.lease import LeaseLock
from app.paths import DataFolder
from app.service.shared import SharedDatabase
from tests.app.cli.terminal import PasswordStore

ADDRESS = "postgresql://clinic@server.example.test/clinic"


class Server:
    """What is reached; refuses while it is down."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.is_down = False

    def __call__(self, url: str) -> bool:
        self.asked.append(url)
        if self.is_down:
            raise DatabaseUnreachable
        return False


class Here:
    """One computer with a password store, and what a program on it opens."""

    def __init__(self, folder: Path, **environ: str) -> None:
        self.folder = DataFolder(folder)
        self.passwords, self.server = PasswordStore(), Server()
        self.keys = Keys(environ, backend=self.passwords)
        self.shared = self.start()

    def start(self) -> SharedDatabase:
        return SharedDatabase(self.folder, self.keys, SystemClock(), threading.Event(), self.server)


@pytest.fixture
def here(tmp_path: Path) -> Here:
    return Here(tmp_path / "data")


def no_store() -> None:
    pytest.fail("the database was asked")


def test_its_own_data_needs_nothing(here: Here) -> None:
    """R86: without a shared database all is as if there were none: no lease, no password, no question."""
    here.passwords.is_locked = True
    assert here.shared.url() == here.folder.database_url
    assert type(here.shared.lock(no_store)) is InstanceLock  # type: ignore[arg-type]
    assert not here.shared.is_syncing(no_store)  # type: ignore[arg-type]
    assert here.shared.working(no_store) == ""  # type: ignore[arg-type]
    assert (here.shared.facts().address, here.shared.facts().needs_restart) == ("", False)
    assert here.server.asked == []


def test_tried_then_kept(here: Here) -> None:
    """R86: what cannot be reached is not kept, nor is its password; what is kept holds from the next start."""
    here.shared.url()
    here.server.is_down = True
    with pytest.raises(DatabaseUnreachable):
        here.shared.set(ADDRESS, "s3cret")
    assert (here.shared.address(), here.passwords.secrets) == ("", {})
    here.server.is_down = False
    assert here.shared.set(f"  {ADDRESS} ", "s3cret") == ADDRESS
    assert here.server.asked[-1] == "postgresql://clinic:s3cret@server.example.test/clinic"
    assert here.passwords.secrets == {("ClinicBridge", "database"): "s3cret"}
    assert "s3cret" not in here.folder.pc.read_text(encoding="utf-8")
    assert (here.shared.facts().address, here.shared.facts().needs_restart) == (ADDRESS, True)
    with pytest.raises(RestartNeeded) as restart:
        here.shared.lock(no_store)  # type: ignore[arg-type]
    assert restart.value.exit_code == 6
    again = here.start()
    assert again.url() == "postgresql://clinic:s3cret@server.example.test/clinic"
    assert isinstance(again.lock(no_store), LeaseLock)  # type: ignore[arg-type]
    assert not again.facts().needs_restart


@pytest.mark.parametrize("typed", ["", " ", "–", "none"])
def test_back_to_its_own(here: Here, typed: str) -> None:
    """R86: also where the server is gone; the password is forgotten with it."""
    here.shared.set(ADDRESS, "s3cret")
    here.server.is_down = True
    assert here.shared.set(typed) == ""
    assert here.shared.url() == here.folder.database_url
    assert here.passwords.secrets == {}


@pytest.mark.parametrize(
    "typed",
    [
        "postgresql://clinic:s3cret@server/clinic",
        "postgresql://server/clinic?user=a&password=s3cret",
        "sqlite:////s3cret.db",
        "mysql://s3cret/clinic",
        "postgresql://s3cret",
        "postgresql://[s3cret/clinic",
    ],
)
def test_what_is_no_address(here: Here, typed: str) -> None:
    """R86, I6: refused with words that do not repeat it, and before anything is asked."""
    with pytest.raises(BadInput) as refused:
        here.shared.set(typed)
    told = refused.value
    assert "s3cret" not in f"{told} {told.sentence} {told.next_step}"
    assert told.exit_code == 2
    assert here.server.asked == []


def test_where_the_password_comes_from(tmp_path: Path) -> None:
    """R86: the one just typed, else PGPASSWORD, else the password store; without any, the server may let us in."""
    here = Here(tmp_path, PGPASSWORD="of the environment")
    here.keys.set("database", "kept")
    here.shared.attempt(ADDRESS, "typed")
    here.shared.attempt(ADDRESS)
    assert [url.split("@")[0] for url in here.server.asked] == [
        "postgresql://clinic:typed",
        "postgresql://clinic:of%20the%20environment",
    ]
    bare = Here(tmp_path)
    bare.passwords.is_locked = True
    bare.shared.attempt(ADDRESS)
    assert bare.server.asked == [ADDRESS]
    with pytest.raises(KeyringUnusable):
        bare.shared.set(ADDRESS, "typed")
    assert bare.shared.address() == ""


def test_a_password_is_kept_as_it_is(here: Here) -> None:
    """I6: blanks and foreign letters belong to it, the end of the line does not."""
    here.shared.set_password("zwölf Affen \n")
    assert here.keys.get("database") == "zwölf Affen "
    for nothing in ("", "\n", "a\x07b", "x" * 3000):
        with pytest.raises(BadInput):
            here.shared.set_password(nothing)
    here.keys.forget()
    assert here.keys.get("database") == "zwölf Affen "
