"""Transactions, threads and addresses: what every subject of the store relies on."""

from __future__ import annotations

import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.domain.records import Cursor, Record
from app.errors import BadInput, Bug, DatabaseUnusable
from app.store import Store, open_store
from app.store.database import Database
from tests.app.owned_clock import OwnedClock
from tests.app.store.conftest import POSTGRES, postgres_schema


def facts(store: Store) -> set[str]:
    return {row[0] for row in store._db.rows("SELECT name FROM facts")} - {"hash_key"}


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    """I3: all of a batch is recorded, or none of it."""
    with pytest.raises(ZeroDivisionError), store.write():
        store.set_fact("a", "1")
        store.save_records([Record("patient", "1", "linked", "5")])
        raise ZeroDivisionError
    assert facts(store) == set()
    assert store.record("patient", "1") is None


def test_inner_transactions_join_the_outer(store: Store) -> None:
    """I4: what is grouped is committed together, at the end of the outermost."""
    with pytest.raises(ZeroDivisionError), store.write():
        with store.write():
            store.set_fact("a", "1")
        with store.write(), store.write():
            store.set_fact("b", "1")
        raise ZeroDivisionError
    assert facts(store) == set()


def test_an_inner_failure_that_is_caught_takes_back_itself_only(store: Store) -> None:
    """Style §7: one bad record spoils only itself."""
    with store.write():
        store.set_fact("before", "1")
        with pytest.raises(ZeroDivisionError), store.write():
            store.set_fact("inner", "1")
            raise ZeroDivisionError
        store.set_fact("after", "1")
    assert facts(store) == {"before", "after"}


def test_others_see_only_what_is_committed(url: str, clock: OwnedClock) -> None:
    """Desktop, Threads: a page never shows half a batch."""
    store = open_store(url, clock)
    seen: list[str | None] = []
    if url.endswith(":memory:"):
        pytest.skip("memory makes others wait instead")
    with ThreadPoolExecutor(1) as pool:
        with store.write():
            store.set_fact("a", "1")
            seen.append(pool.submit(store.fact, "a").result(timeout=5))
        seen.append(pool.submit(store.fact, "a").result(timeout=5))
    store.close()
    assert seen == [None, "1"]


def test_two_threads_write_without_being_locked_out(url: str, clock: OwnedClock) -> None:
    """Architecture: two threads, 200 read-then-write transactions each, none of them locked or lost."""
    store = open_store(url, clock)
    failures: list[BaseException] = []

    def count(name: str) -> None:
        try:
            for _ in range(200):
                with store.write():
                    for key in (name, "both"):
                        store.set_fact(key, str(int(store.fact(key) or "0") + 1))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=count, args=(name,)) for name in ("left", "right")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert (store.fact("left"), store.fact("right"), store.fact("both")) == ("200", "200", "400")
    store.close()


def test_two_stores_write_to_one_file(file_url: str, clock: OwnedClock) -> None:
    """Command line: `settings set` works beside an open window that is syncing."""
    stores = [open_store(file_url, clock) for _ in range(2)]

    def count(store: Store) -> None:
        for _ in range(50):
            with store.write():
                store.set_fact("n", str(int(store.fact("n") or "0") + 1))

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(count, store) for store in stores]:
            done.result(timeout=60)
    assert stores[0].fact("n") == "100"
    for store in stores:
        store.close()


def test_locked_for_too_long(file_url: str, clock: OwnedClock) -> None:
    """Reliability, database locked: said in words, exit 8; reading goes on, and so does writing afterwards."""
    store, other = open_store(file_url, clock, busy_ms=100), Database(file_url)
    with other.write():
        with pytest.raises(DatabaseUnusable, match="SQLITE_BUSY") as caught:
            store.set_fact("a", "1")
        assert "holds the local data" in caught.value.sentence
        assert store.fact("a") is None
    store.set_fact("a", "2")
    assert store.fact("a") == "2"
    store.close()
    other.close()


def test_a_reader_has_its_own_connection_and_cannot_write(url: str, clock: OwnedClock) -> None:
    """Desktop, Threads: pages read through a connection of their own."""
    store = open_store(url, clock)
    store.set_fact("a", "1")
    with store.reader() as reader:
        assert reader.fact("a") == "1"
        if url.endswith(":memory:"):
            return
        with pytest.raises(Bug):
            reader.set_fact("a", "2")
        with pytest.raises(DatabaseUnusable):
            reader._db._run("DELETE FROM facts")
        store.set_fact("a", "3")
        assert reader.fact("a") == "3"
    store.close()


def test_a_reader_does_not_hold_up_the_writer(file_store: Store) -> None:
    """Storage: reads never block, and never make a write wait."""
    with file_store.reader() as reader:
        reader._db._run("BEGIN")
        assert reader.fact("a") is None
        file_store.set_fact("a", "1")
        assert reader.fact("a") is None
        reader._db._run("COMMIT")
        assert reader.fact("a") == "1"


def test_each_thread_closes_with_the_store(file_url: str, clock: OwnedClock, tmp_path: Path) -> None:
    """Quit leaves one file: everything is folded into it, whichever threads had connections."""
    store = open_store(file_url, clock)
    threads = [threading.Thread(target=store.set_fact, args=(str(number), "x")) for number in range(5)]
    for thread in threads:
        thread.start()
        thread.join()
    store.close()
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["clinicbridge.db"]


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX")
def test_for_this_user_only(file_url: str, clock: OwnedClock, tmp_path: Path) -> None:
    """I6: readable by this user only, the files beside the database too, whatever the umask."""
    before = os.umask(0)
    try:
        store = open_store(file_url, clock)
        store.set_fact("a", "1")
        files = list((tmp_path / "data").iterdir())
        assert len(files) == 3
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
        assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
        store.close()
    finally:
        os.umask(before)


@pytest.mark.parametrize("name", ["a b", "ü ñ 漢", "100%", "what?", "50%20", "#1", "it's"])
def test_any_folder_name(tmp_path: Path, clock: OwnedClock, name: str) -> None:
    """Environment §2: folders with blanks, umlauts and signs."""
    from app.paths import DataFolder

    folder = DataFolder(tmp_path / name)
    store = open_store(folder.database_url, clock)
    store.set_fact("a", "1")
    store.close()
    assert [file.name for file in (tmp_path / name).iterdir()] == ["clinicbridge.db"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "clinic.db",
        "sqlite:clinic.db",
        "mysql://u:hunter2@h/db",
        "postgresql://",
        "postgresql://h:x/db",
        "http://[::1",
    ],
)
def test_addresses_that_cannot_be_used(url: str, clock: OwnedClock) -> None:
    """Exit 2 for an address that names no database, and the password in it is not repeated."""
    with pytest.raises(BadInput) as caught:
        open_store(url, clock)
    assert "hunter2" not in f"{caught.value} {caught.value.sentence}"


def test_a_server_that_does_not_answer(clock: OwnedClock) -> None:
    """R86: a shared database out of reach is said to be so (or that the package for it is missing)."""
    with pytest.raises((DatabaseUnusable, BadInput)) as caught:
        open_store("postgresql://clinic:hunter2@127.0.0.1:9/clinic", clock)
    assert "hunter2" not in f"{caught.value} {caught.value.sentence}"


@pytest.mark.skipif(not POSTGRES, reason="CLINICBRIDGE_TEST_POSTGRES names no database")
def test_a_server_that_comes_back(clock: OwnedClock) -> None:
    """R86: a connection that the server dropped costs one failure in words; then it goes on, no write halved."""
    with postgres_schema() as url:
        store, admin = open_store(url, clock), Database(POSTGRES)

        def drop() -> None:
            pid = store._db.first("SELECT pg_backend_pid()")
            assert pid is not None
            admin.rows("SELECT pg_terminate_backend(?)", pid)

        drop()
        with pytest.raises(DatabaseUnusable, match=r"57P01|no connection"):
            store.fact("a")
        store.set_fact("a", "1")
        with pytest.raises(DatabaseUnusable), store.write():
            store.set_fact("a", "2")
            drop()
            with pytest.raises(DatabaseUnusable):
                store.set_fact("b", "2")
            store.set_fact("c", "2")
        assert facts(store) == {"a"}
        assert store.fact("a") == "1"
        store.close()
        admin.close()


def test_every_commit_reaches_the_disk(file_store: Store) -> None:
    """I1: no intent is lost by a power cut, so a commit waits for the disk."""
    assert file_store._db.first("PRAGMA synchronous") == (2,)
    assert file_store._db.first("PRAGMA journal_mode") == ("wal",)
    assert file_store._db.first("PRAGMA foreign_keys") == (1,)
    assert file_store._db.first("PRAGMA busy_timeout") == (5000,)


def test_reopening_shows_what_was_there(file_url: str, clock: OwnedClock) -> None:
    """Everything outlives the process."""
    store = open_store(file_url, clock)
    salt = store.secret_salt()
    store.save_records([Record("patient", "1", "linked", "5", fields={"a": "0123456789ab"})])
    store.save_cursor(Cursor("patients", clock.now(), "17"))
    store.close()
    again = open_store(file_url, clock)
    assert again.secret_salt() == salt
    found = again.record("patient", "1")
    assert found is not None
    assert dict(found.fields) == {"a": "0123456789ab"}
    assert again.cursor("patients") == Cursor("patients", clock.now(), "17")
    again.close()


def test_the_pages_find_their_rows_by_index(file_store: Store) -> None:
    """Performance: no page and no look-up walks a whole table."""
    for sql, params in [
        ("SELECT * FROM records WHERE kind = ? AND cliniko_id IN (?, ?)", 3),
        ("SELECT * FROM records WHERE kind = ? AND hubspot_id IN (?, ?)", 3),
        ("SELECT * FROM records WHERE patient_id = ? AND kind = ?", 2),
        ("SELECT reason FROM records WHERE state = 'left_out' AND reason IS NOT NULL AND reason = ?", 1),
        (
            "SELECT cliniko_id FROM records WHERE kind = ? AND state = ? AND cliniko_id > ? ORDER BY cliniko_id",
            3,
        ),
        ("SELECT * FROM people WHERE email_hash <> '' AND kind = ? AND email_hash IN (?, ?)", 3),
        ("SELECT value FROM portal_keys WHERE sort = ? AND value IN (?, ?)", 3),
        ("SELECT * FROM journal WHERE cliniko_id = ? AND kind = ? ORDER BY first_id DESC LIMIT 5", 2),
        ("SELECT * FROM journal WHERE target_id = ? AND service = ? ORDER BY first_id DESC LIMIT 5", 2),
        ("SELECT * FROM journal WHERE run_id = ? AND first_id >= ? ORDER BY first_id LIMIT 5", 2),
        ("SELECT * FROM conflicts WHERE closed_at IS NULL AND subject_type = ? AND subject_id IN (?)", 2),
    ]:
        plan = [row[3] for row in file_store._db.rows(f"EXPLAIN QUERY PLAN {sql}", ("x",) * params)]
        assert all(line.startswith("SEARCH") for line in plan), (sql, plan)


def test_started_appointments_are_found_by_their_time(file_store: Store) -> None:
    """R23: the look for what time alone changed reads an index of statuses and times."""
    plan = file_store._db.rows(
        "EXPLAIN QUERY PLAN SELECT * FROM records WHERE kind = ? AND status IN (?, ?) AND starts_at >= ? "
        "AND starts_at < ? AND state = 'linked' AND cliniko_id || '' > ? ORDER BY cliniko_id || ''",
        ("x",) * 6,
    )
    assert "records_starts" in plan[0][3]
