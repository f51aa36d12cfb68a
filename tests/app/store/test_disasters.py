"""Disks, kills and damage: what is committed stays, what is wrong is said (reliability, local database)."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.records import Intent, Record
from app.errors import Cancelled, DatabaseTooNew, DatabaseUnusable
from app.store import Store, open_store
from tests.app.owned_clock import OwnedClock

ROOT = Path(__file__).resolve().parents[3]
CLOCK = OwnedClock()


def in_a_process(script: str, *args: object) -> subprocess.Popen[str]:
    head = """
        import os, sys, signal
        from app.clock import SystemClock
        from app.domain.records import Record
        from app.errors import DatabaseUnusable
        from app.store import open_store
        """
    code = textwrap.dedent(head) + textwrap.dedent(script)
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, args)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is POSIX")
@pytest.mark.parametrize("rows", [1, 3000])
def test_killed_in_the_middle_of_a_transaction(file_url: str, rows: int) -> None:
    """I4: kill -9 between a transaction's statements leaves what was before, whole, and the lock free."""
    process = in_a_process(
        """
        store = open_store(sys.argv[1], SystemClock())
        store.set_fact("committed", "1")
        with store.write():
            store.set_fact("half", "1")
            store.save_records([Record("patient", str(n), "linked", str(n)) for n in range(int(sys.argv[2]))])
            os.kill(os.getpid(), signal.SIGKILL)
        """,
        file_url,
        rows,
    )
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    store = open_store(file_url, CLOCK)
    assert (store.fact("committed"), store.fact("half"), store.count_records()) == ("1", None, 0)
    store.set_fact("after", "1")
    assert store.health() == ""
    store.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is POSIX")
def test_killed_while_writing_on_and_on(file_url: str) -> None:
    """I3: whenever the kill comes, every batch that was reported done is there, and no half of another."""
    process = in_a_process(
        """
        store = open_store(sys.argv[1], SystemClock())
        for batch in range(100_000):
            store.save_records([Record("patient", f"{batch}-{n}", "linked") for n in range(20)])
            print(batch, flush=True)
        """,
        file_url,
    )
    assert process.stdout is not None
    done = [int(process.stdout.readline()) for _ in range(30)][-1]
    process.kill()
    rest = process.communicate(timeout=60)[0].split()
    done = max([done, *map(int, rest[:-1])])
    store = open_store(file_url, CLOCK)
    count = store.count_records()
    assert count % 20 == 0
    assert count >= (done + 1) * 20
    assert store.health() == ""
    store.close()


def test_a_full_disk(file_url: str) -> None:
    """Reliability, disk full: said in words; what was committed stays; with room it goes on."""
    store = open_store(file_url, CLOCK)
    store.set_fact("a", "1")
    pages = store._db.first("PRAGMA page_count")
    assert pages is not None
    store._db.first(f"PRAGMA max_page_count = {pages[0] + 4}")
    many = [Record("patient", str(number), "linked", found_by="x" * 200) for number in range(2000)]
    with pytest.raises(DatabaseUnusable, match="SQLITE_FULL") as caught:
        store.save_records(many)
    assert "disk is full" in caught.value.sentence
    assert (store.count_records(), store.fact("a")) == (0, "1")
    with pytest.raises(DatabaseUnusable), store.write():
        store.set_fact("b", "1")
        store.save_records(many)
    assert store.fact("b") is None
    store._db.first("PRAGMA max_page_count = 1073741823")
    store.save_records(many)
    assert store.count_records() == 2000
    store.close()


def test_a_transaction_the_disk_ended_takes_nothing_more(file_url: str) -> None:
    """I4: code that goes on after a full disk within one transaction commits nothing piece by piece."""
    store = open_store(file_url, CLOCK)
    with pytest.raises(DatabaseUnusable), store.write():
        store.set_fact("a", "1")
        store._db._run("ROLLBACK")  # As SQLite does by itself when the disk is full.
        with pytest.raises(DatabaseUnusable):
            store.set_fact("b", "1")
    assert (store.fact("a"), store.fact("b")) == (None, None)
    store.set_fact("c", "1")
    assert store.fact("c") == "1"
    store.close()


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    """Reliability, read-only folder: exit 8 with words that say so, for a new and for an existing database."""
    (tmp_path / "new").mkdir()
    old = tmp_path / "old" / "clinicbridge.db"
    open_store(f"sqlite:///{old}", CLOCK).close()
    for folder in ("new", "old"):
        (tmp_path / folder).chmod(0o555)
    old.chmod(0o444)
    for path in (tmp_path, *tmp_path.parents):
        if os.getuid() == 0 and path.owner() == "root" and path != Path("/") and not path.stat().st_mode & 1:
            path.chmod(path.stat().st_mode | 0o011)
    try:
        for name in ("new", "old"):
            process = in_a_process(
                """
                if os.getuid() == 0:  # To whom no right is denied.
                    os.setgroups([])
                    os.setgid(65534)
                    os.setuid(65534)
                try:
                    open_store(sys.argv[1], SystemClock())
                except DatabaseUnusable as error:
                    print(error.exit_code, error.sentence)
                """,
                f"sqlite:///{tmp_path}/{name}/clinicbridge.db",
            )
            out = process.communicate(timeout=60)[0]
            assert out == "8 ClinicBridge may not open or change its local data.\n", name
    finally:
        for folder in ("new", "old"):
            (tmp_path / folder).chmod(0o755)


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to look like one" * 40, b"\0" * 5000]
)
def test_not_a_database(tmp_path: Path, content: bytes) -> None:
    """Reliability, corrupt: exit 8, and the file is left as it is for support to look at."""
    file = tmp_path / "clinicbridge.db"
    file.write_bytes(content)
    with pytest.raises(DatabaseUnusable) as caught:
        open_store(f"sqlite:///{file}", CLOCK)
    assert caught.value.exit_code == 8
    assert file.read_bytes() == content


def test_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    """Exit 8, never a crash."""
    (tmp_path / "clinicbridge.db").mkdir()
    with pytest.raises(DatabaseUnusable):
        open_store(f"sqlite:///{tmp_path}/clinicbridge.db", CLOCK)


def test_another_program_s_database(tmp_path: Path) -> None:
    """Somebody else's tables are not added to."""
    file = tmp_path / "clinicbridge.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE invoices (id)")
    connection.close()
    with pytest.raises(DatabaseUnusable, match="another program"):
        open_store(f"sqlite:///{file}", CLOCK)


def test_a_newer_database(file_url: str) -> None:
    """Exit 8: written by a newer version, and not touched by this one."""
    store = open_store(file_url, CLOCK)
    store._db.change("UPDATE schema_version SET number = 99")
    store.close()
    with pytest.raises(DatabaseTooNew) as caught:
        open_store(file_url, CLOCK)
    assert caught.value.exit_code == 8


def test_damage_inside_the_file(file_url: str, tmp_path: Path) -> None:
    """Reliability, corrupt: whatever page is damaged, nothing but DatabaseUnusable comes out, and health sees it."""
    store = open_store(file_url, CLOCK)
    store.save_records([Record("patient", str(number), "linked", str(number)) for number in range(3000)])
    store.close()
    file = tmp_path / "data" / "clinicbridge.db"
    whole = bytearray(file.read_bytes())
    seen_by_health = 0
    for page in range(0, len(whole) // 4096, 5):
        damaged = whole.copy()
        damaged[page * 4096 + 100 : (page + 1) * 4096 - 100] = os.urandom(4096 - 200)
        file.write_bytes(damaged)
        try:
            store = open_store(file_url, CLOCK)
        except DatabaseUnusable:
            seen_by_health += 1
            continue
        try:
            seen_by_health += bool(store.health())
            store.records("patient", map(str, range(3000)))
            store.save_records([Record("patient", str(number), "held") for number in range(3000)])
        except DatabaseUnusable:
            pass
        finally:
            store.close()
    assert seen_by_health > 10


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[int]]:
    """A database as a crash leaves it, all its commits in the log beside it, and the log's length after each."""
    folder = tmp_path_factory.mktemp("crashed")
    store = open_store(f"sqlite:///{folder}/live/clinicbridge.db", CLOCK)
    store._db.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    lengths = [0]
    for number in range(12):
        with store.write():
            store.save_intents([Intent(1, "hubspot", "upsert", "patient", str(number), "", {}, CLOCK.now())])
            store.save_records([Record("patient", str(number * 50 + n), "linked") for n in range(50)])
        lengths.append((folder / "live" / "clinicbridge.db-wal").stat().st_size)
    shutil.copytree(folder / "live", folder / "kept")
    store.close()
    return folder, lengths


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_log_cut_at_any_byte(crashed: tuple[Path, list[int]], data: st.DataObject) -> None:
    """Reliability: the log cut anywhere loses at most the commits beyond the cut, each of them whole."""
    folder, lengths = crashed
    cut = data.draw(st.integers(0, lengths[-1]))
    shutil.rmtree(folder / "cut", ignore_errors=True)
    shutil.copytree(folder / "kept", folder / "cut")
    if data.draw(st.booleans()):
        (folder / "cut" / "clinicbridge.db-shm").unlink()
    os.truncate(folder / "cut" / "clinicbridge.db-wal", cut)
    whole = max(number for number, length in enumerate(lengths) if length <= cut)
    store = open_store(f"sqlite:///{folder}/cut/clinicbridge.db", CLOCK)
    assert len(store.open_intents()) == whole
    assert store.count_records() == whole * 50
    assert store.health() == ""
    store.close()


def test_an_interrupt_takes_the_batch_back(file_store: Store) -> None:
    """Quit during a run: whatever ends a transaction, it ends whole."""
    for ending in (KeyboardInterrupt, SystemExit, Cancelled):
        with pytest.raises(ending), file_store.write():
            file_store.set_fact("a", "1")
            raise ending
        assert file_store.fact("a") is None
    file_store.set_fact("a", "1")
