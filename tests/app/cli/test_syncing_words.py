"""The words that run executions: what they hand to the engine, print and return, and how signals end them."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.assembly import Sandbox
from app.cli.syncing import first_signal
from app.domain.reports import Counters, Problem, Report
from app.errors import AccountChanged, ClinicBridgeError, DatabaseUnusable, KeysRefused, ServiceUnavailable
from app.instance_lock import InstanceLock
from tests.app.cli.terminal import Terminal

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


class FakeEngine:
    """Notes what it is asked, and answers with a report or an error."""

    def __init__(self, report: Report | None = None, error: ClinicBridgeError | None = None) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.report = report or Report(12, NOW, finished_at=NOW)
        self.error = error

    def run(self, only: frozenset[str] | None = None, dry_run: bool = False) -> Report:
        return self._do("run", only, dry_run)

    def run_until_caught_up(self, only: frozenset[str] | None = None, dry_run: bool = False) -> Report:
        return self._do("all", only, dry_run)

    def _do(self, *asked: Any) -> Report:
        self.asked.append(asked)
        if self.error is not None:
            raise self.error
        return self.report


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ([], ("run", None, False)),
        (["--dry-run"], ("run", None, True)),
        (["--until-caught-up"], ("all", None, False)),
        (["--only", "patients"], ("run", frozenset({"patients"}), False)),
        (["--only", "patients", "contacts", "--dry-run"], ("run", frozenset({"patients", "contacts"}), True)),
        (
            ["--until-caught-up", "--only", "patients", "--only", "unlink"],
            ("all", frozenset({"patients", "unlink"}), False),
        ),
    ],
)
def test_what_is_asked_of_the_engine(terminal: Terminal, words: list[str], asked: tuple[Any, ...]) -> None:
    """R2: plain sync is exactly one execution."""
    engine = FakeEngine()
    terminal.with_engine(engine)
    assert terminal("sync", *words).code == 0
    assert engine.asked == [asked]


def test_the_report_as_json_and_text(terminal: Terminal) -> None:
    """The object of the contract; executions are counted where there may be several."""
    report = Report(12, NOW, status="attention", exit_code=1, finished_at=NOW, executions=3)
    report.streams["patients"] = Counters(created=2, updated=1, held=1)
    report.problems.append(Problem("refused", "HubSpot did not accept this record.", "patients", "5"))
    terminal.with_engine(FakeEngine(report))
    ran = terminal("sync", "--json")
    assert ran.code == 1
    assert ran.json == report.as_json()
    assert terminal("sync", "--json", "--until-caught-up").json == report.as_json() | {"executions": 3}
    text = terminal("sync").out
    assert "patients: 2 created, 1 updated, 1 waiting for you" in text
    assert "! HubSpot did not accept this record." in text


@pytest.mark.parametrize(
    "error",
    [
        KeysRefused("HubSpot"),
        ServiceUnavailable("Cliniko"),
        AccountChanged("HubSpot"),
        DatabaseUnusable(),
    ],
)
def test_what_stops_an_execution(terminal: Terminal, error: ClinicBridgeError) -> None:
    """Each failure has its exit code and is told once, in the report of the execution that it ended."""
    terminal.with_engine(FakeEngine(error=error))
    ran = terminal("sync", "--json")
    assert ran.code == error.exit_code
    assert (ran.json["status"], ran.json["problems"][0]["code"]) == ("failed", error.code)
    failed = Report(13, NOW, status="failed", exit_code=error.exit_code, finished_at=NOW)
    error.report = failed  # type: ignore[attr-defined]
    assert terminal("sync", "--json").json == failed.as_json()


def test_a_sync_keeps_a_daily_copy(terminal: Terminal) -> None:
    """R85: one copy of the local data a day, none for a rehearsal; one that fails is said and harms nothing."""
    terminal.with_engine(FakeEngine())
    terminal("sync", "--dry-run")
    assert not terminal.folder.backups.exists()
    terminal("sync")
    terminal("sync")
    assert len(list(terminal.folder.backups.glob("*.db"))) == 1
    for file in terminal.folder.backups.iterdir():
        file.unlink()
    terminal.folder.backups.rmdir()
    terminal.folder.backups.write_text("in the way")
    ran = terminal("sync", "--json")
    assert (ran.code, ran.json["status"]) == (0, "ok")
    assert "daily copy" in ran.err


def test_only_one_copy_syncs(terminal: Terminal) -> None:
    """Exit 6 while another one holds the lock; it is free again afterwards."""
    terminal.with_engine(FakeEngine())
    with InstanceLock(terminal.folder.lock):
        assert terminal("sync", "--json").code == 6
    assert terminal("sync").code == 0


@contextmanager
def started(words: list[str], folder: Path, environ: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    whole = {
        **os.environ,
        **environ,
        "CLINICBRIDGE_DATA_DIR": str(folder / "data"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "PYTHONUNBUFFERED": "1",
    }
    script = "import sys; from app import cli; sys.exit(cli.main(sys.argv[1:]))"
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", script, *words], cwd=ROOT, env=whole, stdout=pipe, stderr=pipe, text=True
    ) as running:
        try:
            yield running
        finally:
            running.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise on Windows")
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_watch_ends_well_at_the_first_signal(tmp_path: Path, sandbox: Sandbox, kind: signal.Signals) -> None:
    """Exit 0 within the five seconds that quitting may take."""
    with started(["watch"], tmp_path, sandbox.environ()) as running:
        assert running.stdout is not None
        assert "Watching" in running.stdout.readline()
        time.sleep(0.5)
        asked_at = time.monotonic()
        running.send_signal(kind)
        out, err = running.communicate(timeout=30)
    assert running.returncode == 0, err
    assert time.monotonic() - asked_at < 20
    assert "Traceback" not in out + err


def test_a_signal_is_heard_wherever_it_strikes() -> None:
    """A handler interrupts the main thread anywhere, also where it holds the lock that the wish to stop needs."""
    lock, took = threading.Lock(), queue.SimpleQueue[bool]()

    def act() -> None:
        took.put(lock.acquire(timeout=5))

    with first_signal(act):
        with lock:
            signal.raise_signal(signal.SIGINT)
            time.sleep(0.01)
        assert took.get(timeout=10)


def test_watch_without_keys_does_not_begin(terminal: Terminal) -> None:
    """Exit 3 at once."""
    assert terminal("watch").code == 3


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise on Windows")
def test_the_sandbox_prints_addresses_and_keys(tmp_path: Path) -> None:
    """Serves until interrupted; what it prints leads a program there."""
    with started(["sandbox", "--patients", "3", "--json"], tmp_path, {}) as running:
        assert running.stdout is not None
        lines: list[str] = []
        while lines[-1:] != ["}\n"]:
            lines.append(running.stdout.readline())
            assert lines[-1], "it ended"
        found = json.loads("".join(lines))
        with started(["keys", "test"], tmp_path, found) as tested:
            assert tested.wait(timeout=30) == 0
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=10) == 0
    assert found.keys() == {
        *("CLINIKO_BASE_URL", "CLINIKO_API_KEY", "HUBSPOT_BASE_URL", "HUBSPOT_ACCESS_TOKEN")
    }
