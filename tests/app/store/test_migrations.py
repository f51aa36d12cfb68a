"""Steps from one version's tables to the next, and the copy made before (house plan, store)."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from app.domain.records import Record
from app.errors import DatabaseTooNew, DatabaseUnusable
from app.store import open_store
from app.store.database import Database
from app.store.migrations import migrate, step_number
from app.store.steps import STEPS
from tests.app.owned_clock import OwnedClock

ADD = ("CREATE TABLE added (id {key} PRIMARY KEY, many {blob})", "ALTER TABLE people ADD COLUMN extra TEXT")
BROKEN = ("CREATE TABLE half (id {number})", "INSERT INTO nowhere VALUES (1)")


def copies_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if ".step" in file.name)


def test_a_new_database_gets_every_step(url: str, clock: OwnedClock) -> None:
    """The number stands in a table row."""
    store = open_store(url, clock, steps=[*STEPS, ADD])
    assert step_number(store._db) == len(STEPS) + 1
    assert store._db.rows("SELECT id, many FROM added") == []
    store.close()


def test_an_older_database_keeps_what_it_holds(url: str, clock: OwnedClock) -> None:
    """Each missing step runs once, on rows that are there."""
    if url.endswith(":memory:"):
        pytest.skip("memory does not outlive its store")
    store = open_store(url, clock)
    store.save_records([Record("patient", "1", "linked", "5")])
    store.close()
    for _ in range(2):
        store = open_store(url, clock, steps=[*STEPS, ADD])
        assert store.record("patient", "1") == Record("patient", "1", "linked", "5")
        assert step_number(store._db) == len(STEPS) + 1
        store.close()


def test_a_copy_is_made_first_and_three_are_kept(file_url: str, clock: OwnedClock, tmp_path: Path) -> None:
    """Before an existing database is changed it is copied beside itself; a new one has nothing to copy."""
    folder = tmp_path / "data"
    steps = list(STEPS)
    for number in range(6):
        open_store(file_url, clock, steps=steps).close()
        assert len(copies_in(folder)) == min(number, 3)
        steps.append((f"CREATE TABLE step_{number} (id {{key}} PRIMARY KEY)",))
        clock.passes(3600)
    oldest = Database(f"sqlite:///{folder / copies_in(folder)[0]}", read_only=True)
    assert step_number(oldest) == len(STEPS) + 2
    oldest.close()


def test_a_broken_step_changes_nothing(file_url: str, clock: OwnedClock, tmp_path: Path) -> None:
    """A step is one transaction: what it did before it failed is gone, the number stays, the old program works."""
    open_store(file_url, clock).close()
    with pytest.raises(DatabaseUnusable):
        open_store(file_url, clock, steps=[*STEPS, ADD, BROKEN])
    database = Database(file_url)
    assert step_number(database) == len(STEPS) + 1
    assert database.rows("SELECT name FROM sqlite_master WHERE name = 'half'") == []
    database.close()
    assert len(copies_in(tmp_path / "data")) == 1
    open_store(file_url, clock, steps=[*STEPS, ADD]).close()
    with pytest.raises(DatabaseTooNew):
        open_store(file_url, clock)


def test_two_programs_start_at_once(file_url: str, clock: OwnedClock) -> None:
    """Two instances: both bring the database up to date, each step runs once."""
    failures: list[BaseException] = []
    ready = threading.Barrier(4)

    def start() -> None:
        try:
            database = Database(file_url)
            ready.wait(10)
            migrate(database, lambda number: None, [*STEPS, ADD])
            assert step_number(database) == len(STEPS) + 1
            database.close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
