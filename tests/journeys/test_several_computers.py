"""Several computers on one database: one works, the others wait, take over and show the same (R86)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.assembly import Sandbox, assemble, start_sandbox
from app.clients.transport import Transport
from app.domain.lease import LENGTH, Lease
from app.domain.reports import Report
from app.errors import LeaseHeld, LeaseLost, OtherInstance
from app.events import NextRunPlanned, OtherComputer, Trouble
from app.lease import LeaseLock
from app.paths import DataFolder
from app.service import Program
from app.service.syncing import OTHERS, SYNC
from app.store import Store
from tests.app.owned_clock import OwnedClock
from tests.app.store.conftest import POSTGRES, postgres_schema

PATIENCE_S = 20.0
WRITES = tuple(f"/{kind}/batch/{act}" for kind in ("contacts", "0-3") for act in ("upsert", "update"))


class Killed(BaseException):
    """The process is gone; nothing may catch it."""


class Clinic:
    """Two services, one shared database, and a computer for each name asked for."""

    def __init__(self, folder: Path, database: str, sandbox: Sandbox) -> None:
        self.folder, self.database, self.sandbox = folder, database, sandbox
        self.clock = OwnedClock(datetime.now(UTC))
        self._open: list[Program] = []

    def computer(self, name: str) -> Program:
        """A program on the computer of that name, with a data folder of its own."""
        folder = DataFolder(self.folder / name)
        program = assemble(self.sandbox.environ(), folder=folder, clock=self.clock, database=self.database)
        program.shared.pc = name
        self._open.append(program)
        return program

    def crash(self, program: Program) -> None:
        """What a computer leaves behind that was switched off at work: a lease that nobody gives back."""
        store = store_of(program)
        store.take_lease(program.shared.pc, program.shared.holder)
        program.close()

    def run_out(self, store: Store) -> None:
        """Let two minutes pass without a renewal: a test owns the computers' clock, but not a server's."""
        self.clock.passes(LENGTH.total_seconds())
        found = store.lease()
        if store.is_shared and found is not None:
            gone = datetime.now(UTC) - timedelta(seconds=1)
            store._keep(Lease(found.pc, found.holder, found.token, found.taken_at, gone))

    def contacts(self) -> int:
        return len(self.sandbox.hubspot.contacts())

    def is_complete(self) -> bool:
        """Whether each patient whom Cliniko shows is in HubSpot, and none twice."""
        keys = [one.get("cliniko_patient_key") for one in self.sandbox.hubspot.contacts().values()]
        patients = sorted(row["id"] for row in self.sandbox.cliniko.patients() if not row.get("archived_at"))
        return sorted(key for key in keys if key) == patients

    def close(self) -> None:
        for program in self._open:
            program.close()


def store_of(program: Program) -> Store:
    store: Store = program.pages._store()  # type: ignore[assignment]
    return store


@pytest.fixture(params=["sqlite", "postgres"])
def clinic(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Clinic]:
    if request.param == "postgres" and not POSTGRES:
        pytest.skip("CLINICBRIDGE_TEST_POSTGRES names no database")
    shared = f"sqlite:///{tmp_path}/shared/clinic.db"
    place = postgres_schema() if request.param == "postgres" else nullcontext(shared)
    with place as database, start_sandbox(patients=12) as sandbox:
        made = Clinic(tmp_path, database, sandbox)
        yield made
        made.close()


class Together:
    """An engine that only notes how many work at the same time."""

    def __init__(self) -> None:
        self.working = self.most = self.runs = 0
        self._guard = threading.Lock()

    def run(self, only: frozenset[str] | None = None, dry_run: bool = False) -> Report:
        with self._guard:
            self.working += 1
            self.most = max(self.most, self.working)
        time.sleep(0.01)
        with self._guard:
            self.working -= 1
            self.runs += 1
        now = datetime.now(UTC)
        return Report(self.runs, now, finished_at=now)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


def test_never_two_at_the_same_time(clinic: Clinic) -> None:
    """R86: whoever asks while another works is told who, and begins nothing."""
    engine, told = Together(), []
    programs = [clinic.computer(name) for name in ("FRONT-DESK", "BACK-OFFICE", "TREATMENT-2")]
    for program in programs:
        program.syncing._engine = lambda: engine  # type: ignore[assignment, return-value]
        program.care.state()
    start = threading.Barrier(len(programs))

    def work(program: Program) -> None:
        start.wait()
        for _ in range(8):
            try:
                program.syncing.run()
            except LeaseHeld as error:
                told.append((program.shared.pc, error.sentence))
                time.sleep(0.005)

    threads = [threading.Thread(target=work, args=(program,)) for program in programs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert engine.most == 1
    assert engine.runs + len(told) == 24
    assert engine.runs > 0
    assert all(sentence.endswith(" is syncing right now.") for _, sentence in told)
    assert not any(sentence.startswith(pc) for pc, sentence in told)


def test_others_are_told_and_show_the_same(clinic: Clinic) -> None:
    """R86: while one works the others name it; afterwards they show its run as their own, and do it no second time."""
    front, back = clinic.computer("FRONT-DESK"), clinic.computer("BACK-OFFICE")
    events: list[object] = []
    back.live.listen(events.append)
    back.live.start_from(back.care.state())
    assert back.live.state.mood == "not_set_up"
    others = back.syncing._others
    assert others is not None
    others.look()
    assert back.live.state.mood == "not_set_up"
    front.syncing.run()
    others.look()
    assert back.live.state.mood == front.live.state.mood
    with front.syncing._lock():
        others.look()
        assert OtherComputer("FRONT-DESK") in events
        assert (back.live.state.mood, back.live.state.is_green) == ("syncing", False)
        status = back.care.status()
        assert (status["state"], status["up_to_date"]) == ("syncing", False)
        assert status["message"] == "FRONT-DESK is syncing"
        with pytest.raises(LeaseHeld) as held:
            back.syncing.run()
        assert (held.value.exit_code, held.value.pc) == (6, "FRONT-DESK")
    front.syncing.run(until_caught_up=True)
    before = clinic.contacts()
    others.look()
    state = back.live.state
    assert (state.elsewhere, state.mood, state.mood) == ("", front.care.state().mood, front.live.state.mood)
    assert state.last_finished_at == front.live.state.last_finished_at
    assert back.activity.executions() == front.activity.executions()
    assert back.pages.home() == front.pages.home()
    report = back.syncing.run(until_caught_up=True)
    assert report.exit_code == 0
    assert clinic.contacts() == before


def test_a_due_run_waits_or_is_done_already(clinic: Clinic) -> None:
    """R86: what comes due by itself while another works is no trouble, and a run that another has just ended is not
    run again; whoever presses Sync now gets one."""
    front, back = clinic.computer("FRONT-DESK"), clinic.computer("BACK-OFFICE")
    events: list[object] = []
    back.live.listen(events.append)
    regular = back.syncing.worker._regular[SYNC]
    with front.syncing._lock():
        regular()
    assert OtherComputer("FRONT-DESK") in events
    assert not [event for event in events if isinstance(event, Trouble)]
    front.syncing._asked_run()
    runs = len(back.activity.executions())
    events.clear()
    regular()
    assert len(back.activity.executions()) == runs
    assert [event for event in events if isinstance(event, NextRunPlanned)]
    back.syncing._asked_run()
    assert len(back.activity.executions()) > runs
    clinic.clock.passes(3600)
    assert not front.syncing._others.did_lately(900.0)  # type: ignore[union-attr]


def test_the_looks_are_planned_where_there_are_others(clinic: Clinic) -> None:
    """R86: with data of its own a computer looks at nobody, and takes no lease."""
    shared, alone = clinic.computer("FRONT-DESK"), assemble({}, folder=DataFolder(clinic.folder / "alone"))
    assert shared.syncing._others is not None
    assert shared.syncing._others.is_shared
    assert alone.syncing._others is not None
    assert not alone.syncing._others.is_shared
    assert isinstance(shared.syncing._lock(), LeaseLock)
    with alone.syncing._lock() as held:
        assert not isinstance(held, LeaseLock)
    assert store_of(alone).fact("lease") is None
    shared.syncing.scheduler.pause(None)
    shared.syncing.start()
    assert shared.syncing.scheduler.next_due_at(OTHERS) is not None
    assert shared.syncing.stop(PATIENCE_S)
    alone.close()


def test_a_computer_that_crashed(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """R86, I1: its lease runs out, another takes over and settles what it left open; nothing is doubled."""
    front, back = clinic.computer("FRONT-DESK"), clinic.computer("BACK-OFFICE")
    send = Transport.send

    def killing(self: Transport, call: Any) -> Any:
        answer = send(self, call)
        if call.path.endswith(WRITES):
            raise Killed
        return answer

    monkeypatch.setattr(Transport, "send", killing)
    with pytest.raises(Killed):
        front.syncing.run()
    monkeypatch.setattr(Transport, "send", send)
    assert store_of(front).open_intents() != []
    clinic.crash(front)
    with pytest.raises(LeaseHeld):
        back.syncing.run()
    clinic.run_out(store_of(back))
    assert back.syncing.run(until_caught_up=True).exit_code in (0, 1)
    assert store_of(back).open_intents() == []
    assert clinic.is_complete()


def test_who_lost_the_lease_sends_no_further_batch(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """R86, I1: a computer that slept through its lease finds out before its next batch, says so, and leaves nothing
    that the one who took over would do twice."""
    front, back = clinic.computer("FRONT-DESK"), clinic.computer("BACK-OFFICE")
    send, writes = Transport.send, []

    def sleeping(self: Transport, call: Any) -> Any:
        answer = send(self, call)
        if call.path.endswith(WRITES):
            writes.append(call.path)
            if len(writes) == 1:
                clinic.run_out(store_of(back))
                assert store_of(back).take_lease("BACK-OFFICE", "other").holder == "other"
        return answer

    monkeypatch.setattr(Transport, "send", sleeping)
    with pytest.raises(LeaseLost) as lost:
        front.syncing.run(until_caught_up=True)
    monkeypatch.setattr(Transport, "send", send)
    assert len(writes) == 1
    assert lost.value.exit_code == 6
    last = front.activity.executions()[0]
    assert last["status"] == "failed"
    assert last["finished_at"] is not None
    assert not front.live.state.is_syncing
    assert not front.live.state.is_green
    assert not front.stop.is_set()
    lease = store_of(back).lease()
    assert lease is not None
    store_of(back).release_lease(lease.token)
    assert back.syncing.run(until_caught_up=True).exit_code in (0, 1)
    assert store_of(back).open_intents() == []
    assert clinic.is_complete()


def test_everything_that_writes_waits_for_its_turn(clinic: Clinic) -> None:
    """R86: import, repair, undo, trial and set-up repair too; looking, answering and settings need no turn."""
    front, back = clinic.computer("FRONT-DESK"), clinic.computer("BACK-OFFICE")
    front.syncing.run(until_caught_up=True)
    patient = clinic.sandbox.cliniko.patients()[0]["id"]
    run_id = front.activity.executions()[0]["run_id"]
    acts: list[Callable[[], object]] = [
        lambda: back.people.hold("patient", patient),
        lambda: back.people.unlink("patient", patient),
        lambda: back.people.forget("patient", patient),
        lambda: back.activity.undo(run_id),
        lambda: back.trying.trial(),
        lambda: back.setup.schema_repair(),
        lambda: back.care.audit(),
        lambda: back.syncing.sync_record("patient", patient),
    ]
    with front.syncing._lock():
        for act in acts:
            with pytest.raises(OtherInstance):
                act()
        back.people.why("patient", patient)
        back.setup.set_setting("sync.interval_minutes", "20")
    assert front.setup.settings().number("sync.interval_minutes") == 20
    back.people.hold("patient", patient)
    held = store_of(front).record("patient", patient)
    assert held is not None
    assert held.on_hold
