"""The words that import a file: exit codes, JSON, the report, the mapping and going on after a break (R70, R72)."""

from __future__ import annotations

import csv
import threading
from pathlib import Path

import pytest

from app.assembly import Sandbox
from app.service import Program
from tests.app.cli.terminal import Terminal
from tests.app.imports.files import csv_text, put

HEADINGS = ["Patient ID", "First Name", "Last Name", "Email", "Date of Birth"]
MIA = ["7001", "Mia", "Lee", "mia@example.test", "1980-02-03"]
TIM = ["7002", "Tim", "Ash", "tim@example.test", "1981-03-04"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of two patients."""
    return put(tmp_path, csv_text([HEADINGS, MIA, TIM]), "people.csv")


def test_import_patients(connected: Terminal, sandbox: Sandbox, file: Path) -> None:
    """R70: contacts are made; JSON has the counters of a sync and what concerns the file; a second time nothing."""
    ran = connected("import", "patients", str(file), "--json")
    assert ran.code == 0
    assert ran.json["status"] == "ok"
    assert ran.json["streams"]["patients"]["created"] == 2
    assert ran.json["rows"] == {
        "total": 2, "done": 2, "unchanged": 0, "held": 0, "refused": 0, "waiting": 0,
    }  # fmt: skip
    assert ran.json["problems"] == []
    assert ran.json["file"]["delimiter"] == "comma"
    assert sandbox.hubspot.by_email("mia@example.test")["firstname"] == "Mia"
    with Path(ran.json["report"]).open(encoding="utf-8-sig", newline="") as report:
        lines = list(csv.DictReader(report))
    assert [(line["row"], line["outcome"], line["what"]) for line in lines] == [
        ("2", "done", "created"),
        ("3", "done", "created"),
    ]
    ran = connected("import", "patients", str(file), "--json")
    assert ran.code == 0
    assert ran.json["rows"]["unchanged"] == 2
    assert ran.json["streams"]["patients"]["unchanged"] == 2


def test_a_rehearsal_writes_nothing(connected: Terminal, sandbox: Sandbox, file: Path) -> None:
    """R72: also before HubSpot has been set up; the table tells what each row would do."""
    ran = connected("import", "patients", str(file), "--dry-run", "--json")
    assert ran.code == 0
    assert ran.json["dry_run"] is True
    assert [(line["row"], line["what"]) for line in ran.json["table"]] == [(2, "created"), (3, "created")]
    assert sandbox.hubspot.by_email("mia@example.test") is None
    assert connected("import", "patients", str(file), "--json").json["rows"]["done"] == 2


def test_rows_that_need_a_person(connected: Terminal, file: Path, tmp_path: Path) -> None:
    """Exit 1; each refused row has its number as a spreadsheet shows it and its reason."""
    path = put(tmp_path, csv_text([HEADINGS, MIA, ["1.55835E+18", "A", "B", "", ""]]), "bad.csv")
    ran = connected("import", "patients", str(path), "--json")
    assert ran.code == 1
    assert ran.json["status"] == "attention"
    assert ran.json["rows"]["refused"] == 1
    assert ran.json["table"][0]["row"] == 3
    assert "scientific" in ran.json["table"][0]["reason"]
    shown = connected("import", "patients", str(path))
    assert "row 3" in shown.out
    assert "Report: " in shown.out


@pytest.mark.parametrize(
    ("words", "content"),
    [
        (["patients"], None),
        (["patients"], b"PK\x03\x04" + b"\0" * 50),
        (["patients"], b"Foo,Bar\n1,2\n"),
        (["patients"], csv_text([HEADINGS, ["1", "A", "B", "", "1/2/1980"]]).encode()),
        (["patients", "--mapping", "[]"], b"Patient ID,First Name\n1,a\n"),
        (["patients", "--mapping", "{"], b"Patient ID,First Name\n1,a\n"),
        (["patients", "--mapping", '{"No such": "id"}'], b"Patient ID,First Name\n1,a\n"),
        (["appointments"], b"Patient ID,First Name,Last Name\n1,a,b\n"),
        (["people"], b"Patient ID,First Name\n1,a\n"),
    ],
)
def test_what_cannot_be_used(
    connected: Terminal, tmp_path: Path, words: list[str], content: bytes | None
) -> None:
    """Exit 2 with a plain sentence; JSON is printed all the same."""
    path = tmp_path / "missing.csv" if content is None else put(tmp_path, content, "odd.csv")
    ran = connected("import", words[0], str(path), *words[1:], "--json")
    assert ran.code == 2
    if words[0] != "people":
        assert ran.json["status"] == "failed"
        assert ran.json["rows"]["total"] == 0
    assert ran.err


def test_a_mapping_is_remembered(connected: Terminal, sandbox: Sandbox, tmp_path: Path) -> None:
    """R70: said once, it holds for the next file with the same headings."""
    headings = ["No", "Rufname", "Nachname", "Email", "DOB"]
    row = ["7001", "Mia", "Lee", "mia@example.test", "1/2/1980"]
    wishes = '{"No": "id", "Rufname": "first_name", "Nachname": "last_name", "date_order": "day_first"}'
    first = put(tmp_path, csv_text([headings, row]), "first.csv")
    assert connected("import", "patients", str(first), "--mapping", wishes, "--json").code == 0
    assert sandbox.hubspot.by_email("mia@example.test")["cliniko_date_of_birth"] == "1980-02-01"
    second = put(tmp_path, csv_text([headings, [*row[:3], "mia@example.test", "3/4/1980"]]), "second.csv")
    ran = connected("import", "patients", str(second), "--json")
    assert ran.code == 0
    assert ran.json["mapping"]["date_order"] == "day_first"
    assert sandbox.hubspot.by_email("mia@example.test")["cliniko_date_of_birth"] == "1980-04-03"


def test_not_set_up(terminal: Terminal, file: Path) -> None:
    """Exit 3 without keys."""
    assert terminal("import", "patients", str(file), "--json").code == 3


def test_an_import_that_was_broken_off_goes_on(connected: Terminal, tmp_path: Path) -> None:
    """R72: cancelled after the first batch, the next run of the same file does the rest; one report has all rows."""
    rows = [[str(7000 + n), f"P{n}", "Lee", f"p{n}@example.test", "1980-02-03"] for n in range(150)]
    path = put(tmp_path, csv_text([HEADINGS, *rows]), "many.csv")

    def cancel_early(program: Program) -> Program:
        wait = program.imports._wait
        waits: list[int] = []

        def second_time_cancel() -> None:
            waits.append(1)
            if len(waits) == 2:
                program.imports.cancel()
            wait()

        program.imports._wait = second_time_cancel  # type: ignore[method-assign]
        return program

    connected.change = cancel_early
    ran = connected("import", "patients", str(path), "--json")
    assert ran.json["rows"] == {
        "total": 150, "done": 100, "unchanged": 0, "held": 0, "refused": 0, "waiting": 50,
    }  # fmt: skip
    assert ran.json["cancelled"] is True
    connected.change = lambda program: program
    ran = connected("import", "patients", str(path), "--json")
    assert ran.json["went_on_after"] == 101
    assert ran.json["streams"]["patients"]["created"] == 50
    assert ran.json["rows"]["done"] == 150
    with Path(ran.json["report"]).open(encoding="utf-8-sig", newline="") as report:
        assert [line["row"] for line in csv.DictReader(report)] == [str(n) for n in range(2, 152)]
    ran = connected("import", "patients", str(path), "--json")
    assert (ran.json["went_on_after"], ran.json["rows"]["unchanged"]) == (0, 150)


def test_pause_and_resume(connected: Terminal, file: Path, tmp_path: Path) -> None:
    """R72: a pause holds before the next batch; resuming goes on."""
    program = connected.build()
    imports = program.imports
    wait = imports._wait

    def paused_wait() -> None:
        imports.pause()
        assert imports.is_paused
        threading.Timer(0.2, imports.resume).start()
        wait()

    imports._wait = paused_wait  # type: ignore[method-assign]
    try:
        assert imports.run(file, "patients").rows["done"] == 2
        preview = imports.preview(file)
        assert (preview.kind, preview.encoding, preview.problem) == ("patients", "UTF-8", "")
        assert [number for number, _ in preview.rows] == [2, 3]
        assert "date_of_birth" in imports.fields("patients")
        odd = put(tmp_path, csv_text([HEADINGS, MIA, MIA, ["1E9", "A", "B", "", ""]]), "odd.csv")
        columns, seen = imports.check(odd, "patients")
        assert (seen.rows, seen.repeats, seen.refused) == (3, 1, 1)
        assert seen.shown[0][0] == 4
        assert columns.kind == "patients"
    finally:
        program.close()


def test_import_appointments(connected: Terminal, sandbox: Sandbox, tmp_path: Path) -> None:
    """R71: history becomes deals; again nothing changes."""
    patient = sandbox.cliniko.patients()[0]["id"]
    text = csv_text(
        [
            ["Appointment ID", "Start Time", "Patient ID(s)", "Practitioner"],
            ["900001", "2001-04-03 09:00:00 UTC", str(patient), "Dr A"],
        ]
    )
    path = put(tmp_path, text, "visits.csv")
    ran = connected("import", "appointments", str(path), "--json")
    assert ran.json["rows"]["done"] == 1, ran.out
    assert [d["cliniko_practitioner"] for d in sandbox.hubspot.deals().values()] == ["Dr A"]
    assert connected("import", "appointments", str(path), "--json").json["rows"]["unchanged"] == 1
