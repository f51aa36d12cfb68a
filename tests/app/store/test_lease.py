"""The lease in a database that several computers share (R86): taken, renewed, given back, lost."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.lease import LENGTH, Lease
from app.errors import BadInput, DatabaseTooNew, DatabaseUnreachable, DatabaseUnusable, LeaseLost
from app.store import Store, open_store
from app.store.database import Database
from app.store.reach import try_database
from tests.app.owned_clock import OwnedClock
from tests.app.store.conftest import POSTGRES, postgres_schema

ROOT = Path(__file__).resolve().parents[3]
needs_postgres = pytest.mark.skipif(not POSTGRES, reason="CLINICBRIDGE_TEST_POSTGRES names no database")


@pytest.fixture
def other(url: str, store: Store, clock: OwnedClock) -> Iterator[Store]:
    """The same database as another computer opens it."""
    if ":memory:" in url:
        yield store
        return
    opened = open_store(url, clock)
    yield opened
    opened.close()


def run_out(store: Store, clock: OwnedClock) -> None:
    """Let the lease run out: a test owns this computer's clock, but not the server's."""
    clock.passes(LENGTH.total_seconds())
    if store.is_shared:
        found = store.lease()
        assert found is not None
        gone = datetime.now(UTC) - timedelta(seconds=1)
        store._keep(Lease(found.pc, found.holder, found.token, found.taken_at, gone))


def test_one_at_a_time(store: Store, other: Store, clock: OwnedClock) -> None:
    """R86: while one holds it another learns who; given back, it is free at once."""
    assert store.lease() is None
    ours = store.take_lease("RECEPTION", "a")
    assert (ours.pc, ours.holder, ours.token) == ("RECEPTION", "a", 1)
    assert ours.until - ours.taken_at == LENGTH
    theirs = other.take_lease("BACK-OFFICE", "b")
    assert (theirs.pc, theirs.holder) == ("RECEPTION", "a")
    running = other.lease_running()
    assert running is not None
    assert running.pc == "RECEPTION"
    assert store.renew_lease(1)
    assert store.release_lease(1)
    assert other.lease_running() is None
    assert other.take_lease("BACK-OFFICE", "b").token == 2
    assert not store.renew_lease(1)
    assert not store.release_lease(1)


def test_after_a_crash(store: Store, other: Store, clock: OwnedClock) -> None:
    """R86: what is not renewed runs out, and another takes over."""
    store.take_lease("RECEPTION", "a")
    assert other.take_lease("BACK-OFFICE", "b").holder == "a"
    run_out(store, clock)
    assert other.take_lease("BACK-OFFICE", "b").holder == "b"


def test_who_lost_it_writes_no_more(store: Store, other: Store, clock: OwnedClock) -> None:
    """R86, I1: the next transaction of a former holder fails before anything is in it, intents above all; what it reads,
    the end of its own execution, other threads and other computers are not held up."""
    token = store.take_lease("RECEPTION", "a").token
    run_id = store.start_execution(clock.now(), False)
    with store.under_lease(token):
        store.set_fact("before", "yes")
        run_out(store, clock)
        other.take_lease("BACK-OFFICE", "b")
        with pytest.raises(LeaseLost), store.write():
            store.set_fact("after", "yes")
        with pytest.raises(LeaseLost):
            store.set_fact("after", "yes")
        assert store.fact("after") is None
        assert store.fact("before") == "yes"
        store.finish_execution(run_id, "failed", clock.now(), {})
        answering = threading.Thread(target=store.set_fact, args=("answer", "yes"))
        answering.start()
        answering.join()
        if other is not store:
            other.set_fact("theirs", "yes")
    assert store.fact("answer") == "yes"
    assert store.executions()[0]["status"] == "failed"
    store.set_fact("after", "yes")


def test_many_ask_at_once(store: Store, url: str, clock: OwnedClock) -> None:
    """R86: of those who ask in the same moment exactly one gets it."""
    stores = [store if ":memory:" in url else open_store(url, clock) for _ in range(4)]
    start, won = threading.Barrier(4), []

    def ask(each: Store, name: str) -> None:
        start.wait()
        if each.take_lease(name, name).holder == name:
            won.append(name)

    threads = [threading.Thread(target=ask, args=(each, str(number))) for number, each in enumerate(stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in stores:
        if each is not store:
            each.close()
    assert len(won) == 1


def test_an_address_is_tried_before_it_is_kept(tmp_path: Path, clock: OwnedClock) -> None:
    """R86: an empty database and one of ours will do; one of another program or of a newer version will not, and
    none is touched by the look."""
    ours = f"sqlite:///{tmp_path}/ours.db"
    open_store(ours, clock).close()
    assert try_database(ours)
    changed = Database(ours)
    changed.change("UPDATE schema_version SET number = 99")
    changed.close()
    with pytest.raises(DatabaseTooNew):
        try_database(ours)
    foreign = Database(f"sqlite:///{tmp_path}/foreign.db")
    foreign.change("CREATE TABLE invoices (id INTEGER)")
    foreign.close()
    with pytest.raises(DatabaseUnusable, match="another program"):
        try_database(f"sqlite:///{tmp_path}/foreign.db")
    with pytest.raises(BadInput):
        try_database("mysql://server/clinic")


@needs_postgres
def test_a_server_is_tried() -> None:
    """R86: a server that is not there and one that does not let us in are told apart, without the password."""
    with postgres_schema() as url:
        assert not try_database(url)
    scheme, rest = POSTGRES.split("://")
    user, place = rest.split("@")
    with pytest.raises(DatabaseUnusable, match="refused") as found:
        try_database(f"{scheme}://{user.partition(':')[0]}:wrong-one@{place}")
    assert "does not let" in found.value.sentence
    assert "wrong-one" not in f"{found.value} {found.value.sentence} {found.value.next_step}"
    with pytest.raises(DatabaseUnreachable):
        try_database("postgresql://clinic@127.0.0.1:1/clinic")


def test_no_server_s_driver_without_a_server() -> None:
    """A database file needs none of the drivers that may be installed, and pays for none; the one that is needed is
    found afterwards."""
    code = (
        "import sys, app.store.store as s; assert not {'psycopg', 'psycopg2'} & {*sys.modules};"
        "import importlib.util as u; sys.exit(u.find_spec('psycopg') is None)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=dict(os.environ), check=False)
    assert done.returncode == 0


def test_without_the_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    """R86: where the package is not installed, the words name it, and not the address."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(BadInput, match="psycopg") as found:
        try_database("postgresql://clinic:secret@server.example.test/clinic")
    assert "secret" not in f"{found.value} {found.value.sentence} {found.value.next_step}"
    assert found.value.exit_code == 2
