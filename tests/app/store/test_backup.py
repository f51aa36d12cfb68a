"""Copies and the way back; the throw-away copy of a rehearsal (R80, R85)."""

from __future__ import annotations

import gc
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.domain.records import Record
from app.errors import Bug, DatabaseTooNew, DatabaseUnusable
from app.store import Store, backup, backups, open_store, restore
from tests.app.owned_clock import OwnedClock


def test_a_copy_each_night_and_seven_are_kept(file_store: Store, clock: OwnedClock, tmp_path: Path) -> None:
    """R85: the automatic backup holds settings and journal; old ones go."""
    folder = tmp_path / "data" / "backups"
    for night in range(10):
        file_store.set_setting("night", night)
        made = backup(file_store, folder)
        assert made == backups(folder)[0]
        clock.passes(24 * 3600)
    assert len(backups(folder)) == 7
    assert sorted(file.name for file in folder.iterdir()) == sorted(file.name for file in backups(folder))
    if os.name == "posix":
        assert {stat.S_IMODE(file.stat().st_mode) for file in backups(folder)} == {0o600}
    newest = open_store(f"sqlite:///{backups(folder)[0]}", clock)
    assert newest.settings() == {"night": 9}
    newest.close()


def test_what_a_crash_left_of_a_copy(file_store: Store, tmp_path: Path) -> None:
    """A half-made copy is no backup, and is cleared away by a later night."""
    folder = tmp_path / "backups"
    folder.mkdir()
    for name, age in (("old", 2 * 24 * 3600), ("new", 0)):
        part = folder / f"clinicbridge-{name}.db.part"
        part.touch()
        os.utime(part, (part.stat().st_mtime - age,) * 2)
    assert backups(folder) == []
    made = file_store.backup(folder)
    assert backups(folder) == [made]
    assert [part.name for part in folder.glob("*.part")] == ["clinicbridge-new.db.part"]


def test_a_copy_while_others_write(file_store: Store, clock: OwnedClock, tmp_path: Path) -> None:
    """A backup during a sync holds whole batches only, and neither waits for the other."""
    file_store.set_fact("a", "before")
    with ThreadPoolExecutor(1) as pool, file_store.write():
        file_store.set_fact("a", "half")
        made = pool.submit(file_store.backup, tmp_path / "backups").result(timeout=10)
    copy = open_store(f"sqlite:///{made}", clock)
    assert (copy.fact("a"), file_store.fact("a")) == ("before", "half")
    copy.close()


def test_no_copy_within_a_transaction(store: Store, tmp_path: Path) -> None:
    """What is not committed yet is nothing to keep; asked all the same, it fails at once and does not hang."""
    if store.url.startswith("postgres"):
        return
    with pytest.raises(Bug), store.write():
        store.backup(tmp_path / "backups")
    with pytest.raises(Bug), store.write():
        store.scratch_copy()
    assert backups(tmp_path / "backups") == []


def test_a_server_keeps_its_own_copies(store: Store, tmp_path: Path) -> None:
    """R86: a shared database is copied by whoever keeps the server."""
    assert (store.backup(tmp_path) is None) == store.url.startswith("postgres")


def test_a_backup_that_cannot_be_written(file_store: Store, tmp_path: Path) -> None:
    """I11: a failed backup is told, and leaves no half file."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatabaseUnusable):
        file_store.backup(tmp_path / "file")
    file_store.set_fact("still", "works")


def test_the_way_back(file_url: str, clock: OwnedClock, tmp_path: Path) -> None:
    """R85: a damaged database is replaced by the last copy, and kept beside it."""
    store = open_store(file_url, clock)
    store.set_fact("a", "before")
    made = store.backup(tmp_path / "backups")
    store.set_fact("a", "after")
    store.close()
    file = tmp_path / "data" / "clinicbridge.db"
    file.write_bytes(b"rubbish" * 1000)
    assert made is not None
    restore(made, file_url)
    store = open_store(file_url, clock)
    assert store.fact("a") == "before"
    store.close()
    aside = [each for each in file.parent.iterdir() if "replaced" in each.name]
    assert [each.read_bytes()[:7] for each in aside] == [b"rubbish"]


def test_the_way_back_from_nothing(file_url: str, clock: OwnedClock, tmp_path: Path) -> None:
    """R85: a lost file comes back, even with a stale log of the lost one beside it."""
    store = open_store(file_url, clock)
    store.set_fact("a", "before")
    made = store.backup(tmp_path / "backups")
    store.close()
    file = tmp_path / "data" / "clinicbridge.db"
    file.unlink()
    Path(f"{file}-wal").write_bytes(b"stale")
    assert made is not None
    restore(made, file_url)
    store = open_store(file_url, clock)
    assert store.fact("a") == "before"
    store.close()


def test_what_is_no_copy_replaces_nothing(file_url: str, clock: OwnedClock, tmp_path: Path) -> None:
    """A wrong, damaged or newer file chosen for the way back leaves everything as it was."""
    store = open_store(file_url, clock)
    store.set_fact("a", "1")
    newer = store.backup(tmp_path / "newer")
    store.close()
    assert newer is not None
    changed = open_store(f"sqlite:///{newer}", clock)
    changed._db.change("UPDATE schema_version SET number = 99")
    changed.close()
    (tmp_path / "text.db").write_text("hello" * 1000)
    (tmp_path / "empty.db").touch()
    for wrong in (tmp_path / "text.db", tmp_path / "empty.db", tmp_path / "missing.db"):
        with pytest.raises(DatabaseUnusable):
            restore(wrong, file_url)
    with pytest.raises(DatabaseTooNew):
        restore(newer, file_url)
    for address in ("sqlite:///:memory:", "postgresql://host/db"):
        with pytest.raises(DatabaseUnusable):
            restore(newer, address)
    assert not (tmp_path / "missing.db").exists()
    store = open_store(file_url, clock)
    assert store.fact("a") == "1"
    store.close()


def test_a_rehearsal_s_copy_is_whole_and_apart(store: Store) -> None:
    """R80: a rehearsal finds everything, writes as it likes, and nothing of it stays."""
    store.save_records([Record("patient", "1", "linked", "5", fields={"a": "0123456789ab"})])
    store.set_setting("x", 1)
    copy = store.scratch_copy()
    assert copy.record("patient", "1") == store.record("patient", "1")
    assert (copy.settings(), copy.secret_salt()) == ({"x": 1}, store.secret_salt())
    copy.save_records([Record("patient", "2", "linked", "6", fields={"b": "0123456789ab"})])
    copy.start_execution(copy._clock.now(), True)
    store.set_fact("meanwhile", "1")
    assert store.record("patient", "2") is None
    assert store.last_execution() is None
    assert copy.fact("meanwhile") is None
    copy.close()
    assert store.fact("meanwhile") == "1"


@pytest.mark.parametrize("is_closed", [True, False])
def test_a_rehearsal_s_copy_leaves_nothing(file_store: Store, tmp_path: Path, is_closed: bool) -> None:
    """I6: the copy goes with its last user, closed or not."""
    copy = file_store.scratch_copy()
    assert len(list((tmp_path / "data").glob("rehearsal-*"))) == 1
    if is_closed:
        copy.close()
    del copy
    gc.collect()
    assert list((tmp_path / "data").glob("rehearsal-*")) == []


def test_what_a_crashed_rehearsal_left_is_cleared_away(file_store: Store, tmp_path: Path) -> None:
    """I6: a folder a day old is nobody's any more; a fresh one may be another copy's."""
    for name, age in (("rehearsal-old", 2 * 24 * 3600), ("rehearsal-new", 0)):
        folder = tmp_path / "data" / name
        folder.mkdir()
        (folder / "copy.db").touch()
        os.utime(folder, (folder.stat().st_mtime - age,) * 2)
    file_store.scratch_copy().close()
    assert [folder.name for folder in (tmp_path / "data").glob("rehearsal-*")] == ["rehearsal-new"]
