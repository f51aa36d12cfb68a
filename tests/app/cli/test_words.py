"""How words are read: what is refused with the near miss named, and what is printed on every exit code."""

from __future__ import annotations

import json
import re

import pytest

from app.cli import WORDS
from app.service import Program
from tests.app.cli.terminal import Terminal


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["snyc"], "Did you mean sync?"),
        (["setings", "list"], "Did you mean settings?"),
        (["schema", "chek"], "Did you mean check?"),
        (["schema"], "check, repair, list"),
        (["keys"], "set, forget, test"),
        (["sync", "--untilcaught-up"], "Did you mean --until-caught-up?"),
        (["sync", "--jsn"], "Did you mean --json?"),
        (["sync", "--only", "patient"], "Did you mean patients?"),
        (["sync", "--until"], "does not know --until"),
        (["sync", "patients"], "does not know patients"),
        (["settings", "set", "sync.interval_minute", "5"], "Did you mean sync.interval_minutes?"),
        (["settings", "set", "sync.interval_minutes"], "VALUE"),
        (["settings", "set", "sync.interval_minutes", "4"], "between 5 and 240"),
        (["settings", "get", "nothing.like.it"], "There is no setting"),
        (["why", "patients", "5"], "Did you mean patient?"),
        (["why", "patient"], "CLINIKO_ID"),
        (["conflicts", "resolve", "four", "keep"], "number"),
        (["conflicts", "resolve", "4", "keep"], "no question with the number 4"),
        (["keys", "set", "clinico"], "Did you mean cliniko?"),
        (["sandbox", "--patients", "many"], "--patients"),
        (["--json"], "Say what to do"),
    ],
)
def test_what_it_does_not_know_is_refused(terminal: Terminal, typed: list[str], says: str) -> None:
    """Exit 2, on standard error, with what was probably meant."""
    ran = terminal(*typed)
    assert ran.code == 2
    assert says in ran.err
    assert ran.out == "" or "--json" in typed


@pytest.mark.parametrize("word", sorted(WORDS))
def test_json_is_printed_on_every_exit_code(terminal: Terminal, word: str) -> None:
    """Wrong words too are answered with JSON alone on standard output."""
    ran = terminal(*word.split(), "--json", "--no-such-option")
    assert ran.code == 2
    assert isinstance(ran.json, dict)


def test_a_failed_sync_is_the_whole_object(terminal: Terminal) -> None:
    """Not set up, exit 3: status failed, six streams with seven counters each, one problem."""
    ran = terminal("sync", "--json", "--dry-run", "--until-caught-up")
    assert ran.code == 3
    found = ran.json
    assert list(found) == [
        *("run_id", "status", "dry_run", "started_at", "finished_at"),
        *("streams", "api_calls", "problems", "executions"),
    ]
    assert (found["run_id"], found["status"], found["dry_run"]) == (None, "failed", True)
    assert list(found["streams"]) == [
        *("unlink", "write_back", "patients", "contacts", "appointments", "invoices")
    ]
    assert all(sum(numbers.values()) == 0 and len(numbers) == 7 for numbers in found["streams"].values())
    assert found["api_calls"] == {"cliniko": 0, "hubspot": 0}
    assert [set(problem) for problem in found["problems"]] == [{"code", "message", "stream", "cliniko_id"}]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", found["started_at"])


def test_help_lists_every_word(terminal: Terminal) -> None:
    """Help is no error; no word at all is one."""
    ran = terminal("--help")
    assert ran.code == 0
    assert all(re.search(rf"^  {word}  ", ran.out, re.MULTILINE) for word in WORDS)
    assert terminal().code == 2
    assert terminal("settings", "set", "--help").code == 0
    assert json.loads(terminal("--help", "--json").out)["words"].keys() == WORDS.keys()
    assert terminal("--version").out.startswith("ClinicBridge ")


def test_a_bug_is_told_calmly_and_its_trace_is_in_the_log(terminal: Terminal) -> None:
    """Exit 70: no trace on the screen, and none of it with a key in the log."""

    def broken(program: Program) -> Program:
        raise ZeroDivisionError("pat-na1-12345678-aaaa-bbbb-cccc-1234567890ab")

    terminal.change = broken
    ran = terminal("status", "--json")
    assert ran.code == 70
    assert "Traceback" not in ran.out + ran.err
    assert ran.json["error"]["code"] == "bug"
    log = (terminal.folder.logs / "clinicbridge.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log
    assert "pat-na1" not in log


def test_local_data_that_cannot_be_used(terminal: Terminal) -> None:
    """Exit 8, with words and not a trace."""
    terminal.folder.prepare()
    terminal.folder.database.write_bytes(b"this is no database at all" * 100)
    ran = terminal("settings", "list", "--json")
    assert ran.code == 8
    assert ran.json["exit_code"] == 8
