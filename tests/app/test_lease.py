"""Working alone among several computers: the lock that takes, renews and gives back the lease (R86)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain import lease as rules
from app.domain.lease import SAFE_S, Lease
from app.errors import Cancelled, DatabaseUnreachable, LeaseHeld, LeaseLost, OtherInstance, RateLimited
from app.instance_lock import InstanceLock, is_held
from app.lease import LeaseLock, name_of_this_pc, new_holder
from tests.app.owned_clock import OwnedClock

PATIENCE_S = 10.0


class Row:
    """The lease in memory, as a database keeps it; `is_gone` is a database that does not answer."""

    def __init__(self, clock: OwnedClock) -> None:
        self.clock = clock
        self.lease: Lease | None = None
        self.is_gone = False
        self.fences: list[int] = []
        self.renewals = 0
        self.renewed = threading.Event()

    def take_lease(self, pc: str, holder: str) -> Lease:
        self._reach()
        ours = rules.taken(self.lease, pc, holder, self.clock.now())
        self.lease = ours or self.lease
        assert self.lease is not None
        return self.lease

    def renew_lease(self, token: int) -> bool:
        self.renewals += 1
        self.renewed.set()
        self._reach()
        return self._keep(rules.renewed(self.lease, token, self.clock.now()))

    def release_lease(self, token: int) -> bool:
        self._reach()
        return self._keep(rules.released(self.lease, token, self.clock.now()))

    @contextmanager
    def under_lease(self, token: int) -> Iterator[None]:
        self.fences.append(token)
        yield
        self.fences.remove(token)

    def _keep(self, lease: Lease | None) -> bool:
        self.lease = lease or self.lease
        return lease is not None

    def _reach(self) -> None:
        if self.is_gone:
            raise DatabaseUnreachable("no connection")


class Computer:
    """One computer's way to the row."""

    def __init__(self, row: Row, folder: Path, pc: str) -> None:
        self.row, self.pc, self.holder = row, pc, new_holder()
        self.file = folder / pc / "syncing.lock"
        self.stop = threading.Event()

    def lock(self, beat_s: float = 1000.0) -> LeaseLock:
        local = InstanceLock(self.file)
        return LeaseLock(local, lambda: self.row, self.pc, self.holder, self.row.clock, self.stop, beat_s)


@pytest.fixture
def row() -> Row:
    return Row(OwnedClock(datetime(2026, 11, 24, 18, 0, tzinfo=UTC)))


@pytest.fixture
def front(row: Row, tmp_path: Path) -> Computer:
    return Computer(row, tmp_path, "FRONT-DESK")


@pytest.fixture
def back(row: Row, tmp_path: Path) -> Computer:
    return Computer(row, tmp_path, "BACK-OFFICE")


def test_one_works_and_the_other_learns_who(row: Row, front: Computer, back: Computer) -> None:
    """R86: exit 6 and the name of the computer that works; free again the moment it has finished, however it ended."""
    with front.lock():
        assert row.fences == [1]
        assert is_held(front.file)
        with pytest.raises(LeaseHeld) as held, back.lock():
            pytest.fail("both work")
        assert held.value.exit_code == 6
        assert held.value.sentence.startswith("FRONT-DESK ")
        assert "FRONT-DESK" not in str(held.value)
        assert not is_held(back.file)
    assert row.fences == []
    assert not is_held(front.file)
    with pytest.raises(RateLimited), back.lock():
        raise RateLimited("HubSpot")
    with front.lock() as again:
        assert not again.is_lost
    assert row.lease is not None
    assert row.lease.token == 3


def test_the_lock_of_this_computer_comes_first(row: Row, front: Computer) -> None:
    """R86: two copies on one computer are kept apart before the database is asked."""
    with InstanceLock(front.file), pytest.raises(OtherInstance), front.lock():
        pytest.fail("both work")
    assert row.lease is None


def test_a_database_that_does_not_answer(row: Row, front: Computer) -> None:
    """R86: without the lease nobody works, and this computer's lock is free again."""
    row.is_gone = True
    with pytest.raises(DatabaseUnreachable), front.lock():
        pytest.fail("works without a lease")
    assert not is_held(front.file)


def test_renewed_while_working(row: Row, front: Computer, back: Computer) -> None:
    """R86: work may last for hours; the lease is renewed by itself."""
    with front.lock(beat_s=0.01):
        assert row.renewed.wait(PATIENCE_S)
    with front.lock() as lock:
        for _ in range(10):
            row.clock.passes(100)
            assert lock.beat()
            with pytest.raises(LeaseHeld), back.lock():
                pytest.fail("both work")
        assert not front.stop.is_set()


@pytest.mark.parametrize("ending", [None, Cancelled()])
def test_taken_over(row: Row, front: Computer, back: Computer, ending: Cancelled | None) -> None:
    """R86: whoever slept through the lease stops at the next renewal and says why, whether the work ended early because
    of that or not; the lease of the other stays."""
    with pytest.raises(LeaseLost) as lost, front.lock() as lock:
        row.clock.is_set(by_seconds=3600)
        assert row.take_lease("BACK-OFFICE", back.holder).holder == back.holder
        assert not lock.beat()
        assert front.stop.is_set()
        if ending is not None:
            raise ending
    assert lost.value.exit_code == 6
    assert not front.stop.is_set()
    assert row.lease is not None
    assert row.lease.holder == back.holder
    assert row.lease.is_running(row.clock.now())


def test_another_error_is_told_first(row: Row, front: Computer, back: Computer) -> None:
    """I11: what ended the work is told, even where the lease was lost besides."""
    with pytest.raises(RateLimited), front.lock() as lock:
        row.clock.is_set(by_seconds=3600)
        row.take_lease("BACK-OFFICE", back.holder)
        lock.beat()
        raise RateLimited("HubSpot")


def test_cut_off_from_the_database(row: Row, front: Computer) -> None:
    """R86: some renewals may fail; before others may begin the work is asked to stop by itself."""
    with pytest.raises(LeaseLost), front.lock() as lock:
        row.is_gone = True
        row.clock.passes(SAFE_S - 1)
        assert not lock.beat()
        assert not front.stop.is_set()
        row.clock.passes(1)
        assert not lock.beat()
        assert front.stop.is_set()
        assert row.lease is not None
        assert row.lease.is_running(row.clock.now())


def test_a_lease_that_cannot_be_given_back_runs_out(row: Row, front: Computer, back: Computer) -> None:
    """R86: work that ended well ended well; the others wait two minutes."""
    with front.lock():
        row.is_gone = True
    row.is_gone = False
    with pytest.raises(LeaseHeld), back.lock():
        pytest.fail("both work")
    row.clock.passes(120)
    with back.lock():
        pass


def test_a_wish_to_stop_outlasts_the_lease(row: Row, front: Computer, back: Computer) -> None:
    """Whoever asked the program to end is not overheard because the lease was lost as well."""
    with pytest.raises(LeaseLost), front.lock() as lock:
        front.stop.set()
        row.clock.is_set(by_seconds=3600)
        row.take_lease("BACK-OFFICE", back.holder)
        lock.beat()
    assert front.stop.is_set()


def test_names() -> None:
    """The name can be shown, and no two runs of the program are taken for each other."""
    assert name_of_this_pc().isprintable()
    assert 0 < len(name_of_this_pc()) <= 40
    assert new_holder() != new_holder()
