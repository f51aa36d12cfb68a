"""The words about the program's own well-being, and the review list."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.assembly import Sandbox
from app.domain.conflicts import Conflict
from app.domain.reports import Counters, Problem, Report
from app.instance_lock import InstanceLock
from app.store.store import Store, open_store
from tests.app.cli.terminal import Terminal
from tests.app.owned_clock import OwnedClock

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


class Then:
    def now(self) -> datetime:
        return NOW


def stored(terminal: Terminal) -> Store:
    terminal.folder.prepare()
    return open_store(terminal.folder.database_url, Then())


def note_run(store: Store, status: str = "ok", dry_run: bool = False, **numbers: int) -> Report:
    report = Report(store.start_execution(NOW, dry_run), NOW, dry_run=dry_run, status=status)
    report.streams["patients"] = Counters(**numbers)
    report.finished_at = NOW + timedelta(seconds=4)
    if status == "failed":
        report.problems.append(Problem("unavailable", "HubSpot cannot be reached at the moment."))
    store.finish_execution(report.run_id, status, report.finished_at, report.as_json())
    return report


def test_history_is_newest_first(terminal: Terminal) -> None:
    """Six keys an entry; a run that a crash ended counts as failed, one that runs now as running."""
    assert terminal("history", "--json").json == []
    store = stored(terminal)
    first = note_run(store, created=2)
    note_run(store, dry_run=True)
    store.start_execution(NOW, False)
    store.close()
    rows = terminal("history", "--json").json
    assert [(row["run_id"], row["status"], row["dry_run"]) for row in rows] == [
        (3, "failed", False),
        (2, "ok", True),
        (1, "ok", False),
    ]
    assert all(
        list(row) == ["run_id", "status", "started_at", "finished_at", "dry_run", "streams"] for row in rows
    )
    assert rows[2]["streams"] == first.as_json()["streams"]
    assert len(rows[0]["streams"]) == 6
    with InstanceLock(terminal.folder.lock):
        assert terminal("history", "--json").json[0]["status"] == "running"
    assert "2 created" in terminal("history").out


@pytest.mark.parametrize(
    ("status", "numbers", "state", "code"),
    [
        ("ok", {"created": 1}, "up_to_date", 0),
        ("ok", {"waiting": 1}, "catching_up", 0),
        ("attention", {"failed": 1}, "attention", 1),
        ("failed", {}, "offline", 0),
    ],
)
def test_status_tells_of_the_last_run(
    terminal: Terminal, status: str, numbers: dict[str, int], state: str, code: int
) -> None:
    """I8: up to date only after a good run for real; a rehearsal does not count."""
    store = stored(terminal)
    note_run(store, status, **numbers)
    note_run(store, dry_run=True)
    store.close()
    ran = terminal("status", "--json")
    assert (ran.json["state"], ran.code) == (state, code)
    assert ran.json["up_to_date"] is (state == "up_to_date")
    assert terminal("status").code == code


def test_status_before_anything(terminal: Terminal) -> None:
    """Neither keys nor network are needed."""
    ran = terminal("status", "--json")
    assert (ran.code, ran.json["state"], ran.json["last_run"]) == (0, "not_set_up", None)


def test_the_review_list(terminal: Terminal) -> None:
    """The object of the contract; an answer is recorded and leaves the list, `later` does not."""
    store = stored(terminal)
    number = store.open_conflict(
        Conflict(
            "same_person",
            "patient",
            "1390710863102480001",
            ("5011",),
            "Same person?",
            blocking=True,
            opened_at=NOW,
        )
    )
    store.close()
    ran = terminal("conflicts", "--json")
    assert (ran.code, ran.json) == (
        0,
        [
            {
                "id": number,
                "kind": "same_person",
                "blocking": True,
                "subject": {"type": "patient", "cliniko_id": "1390710863102480001"},
                "candidates": ["5011"],
                "message": "Same person?",
                "actions": ["link", "separate", "later"],
                "suggested": "later",
                "opened_at": "2026-11-22T01:00:00Z",
            }
        ],
    )
    assert terminal("status").code == 1
    assert terminal("conflicts", "resolve", str(number), "holder").code == 2
    assert terminal("conflicts", "resolve", str(number), "later").code == 0
    assert len(terminal("conflicts", "--json").json) == 1
    ran = terminal("conflicts", "resolve", str(number), "separate", "--json")
    assert (ran.code, ran.json) == (0, {"id": number, "answer": "separate", "recorded": True})
    assert terminal("conflicts", "--json").json == []


def test_the_doctor_finds_all_well(connected: Terminal) -> None:
    """Keyring, display, database, settings, both services and the clock."""
    ran = connected("doctor", "--json")
    assert all(set(row) == {"check", "ok", "message"} for row in ran.json)
    checks = {row["check"]: row["ok"] for row in ran.json}
    assert set(checks) == {"keyring", "display", "database", "settings", "cliniko", "hubspot", "clock"}
    assert all(ok for check, ok in checks.items() if check != "display")
    assert ran.code == (0 if checks["display"] else 1)


def test_the_doctor_finds_what_is_wrong(terminal: Terminal, sandbox: Sandbox) -> None:
    """Exit 1: a locked password store, a clock that is off, a setting of another version."""
    terminal.clock = OwnedClock(datetime.now(UTC) + timedelta(hours=1))
    terminal.passwords.secrets = {
        ("ClinicBridge", "cliniko"): sandbox.cliniko_key,
        ("ClinicBridge", "hubspot"): sandbox.hubspot_key,
    }
    addresses = sandbox.environ()
    terminal.environ = {name: addresses[name] for name in ("CLINIKO_BASE_URL", "HUBSPOT_BASE_URL")}
    store = stored(terminal)
    store.set_setting("sync.interval_minutes", 1)
    store.close()
    ran = terminal("doctor", "--json")
    failed = {row["check"] for row in ran.json if not row["ok"]} - {"display"}
    assert (ran.code, failed) == (1, {"settings", "clock"})
    terminal.passwords.is_locked = True
    failed = {row["check"] for row in terminal("doctor", "--json").json if not row["ok"]} - {"display"}
    assert failed == {"keyring", "settings", "cliniko", "hubspot"}


def test_the_bundle_for_support_holds_nothing_personal(connected: Terminal, tmp_path: Path) -> None:
    """I6: versions, checks, counters and logs, but no key, address or free text."""
    assert connected("settings", "set", "contact.email", "desk@clinic.example.test").code == 0
    assert connected("settings", "set", "appointments.aliases", '{"5": "Knee of Kim"}').code == 0
    store = stored(connected)
    note_run(store, "failed")
    store.close()
    file = tmp_path / "bundle.zip"
    ran = connected("diagnostics", str(file), "--json")
    assert ran.code == 0
    with zipfile.ZipFile(file) as bundle:
        assert bundle.namelist() == ran.json["parts"]
        parts = {name: bundle.read(name).decode() for name in bundle.namelist()}
    whole = "".join(parts.values())
    secrets = (
        "desk@clinic",
        "Knee",
        connected.environ["CLINIKO_API_KEY"],
        connected.environ["HUBSPOT_ACCESS_TOKEN"],
    )
    assert not any(secret in whole for secret in secrets)
    assert json.loads(parts["history.json"])[0]["problems"] == ["unavailable"]
    assert connected("diagnostics", str(tmp_path / "no" / "such" / "folder.zip")).code == 2


def test_what_is_read_is_what_is_written(terminal: Terminal, tmp_path: Path) -> None:
    """I6: the preview is struck out like the file, and the parts that were read are saved, not newer ones."""
    terminal.folder.prepare()
    terminal.folder.logs.mkdir(exist_ok=True)
    (terminal.folder.logs / "clinicbridge.log.1").write_text(
        "sent to kim@clinic.example.test\n", encoding="utf-8"
    )
    care = terminal.build().care
    parts = care.diagnostics()
    assert parts["logs/clinicbridge.log.1"] == "sent to [e-mail]\n"
    file = tmp_path / "bundle.zip"
    assert care.write_diagnostics(file, parts) == list(parts)
    with zipfile.ZipFile(file) as bundle:
        assert {name: bundle.read(name).decode() for name in bundle.namelist()} == parts


def test_a_port_that_is_taken(terminal: Terminal, sandbox: Sandbox) -> None:
    """Exit 2 with a next step."""
    port = sandbox.hubspot_url.rpartition(":")[2]
    ran = terminal("sandbox", "--hubspot-port", port, "--patients", "0")
    assert ran.code == 2
    assert "port" in ran.err
