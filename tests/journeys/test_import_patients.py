"""Patients from a file, between both simulated services: the same rules as live sync, and nothing twice (R70, R72)."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import pytest

from app.domain.imported import ImportJob, RowResult
from app.domain.reports import Report
from app.errors import ClinicBridgeError
from app.imports.appointments import Appointments
from app.imports.columns import understand, with_orders, with_wishes
from app.imports.patients import Patients
from app.imports.reader import open_sheet
from app.sync.importing import ImportEngine
from tests.app.imports.files import csv_text, put
from tests.journeys.rig import Rig

HEADINGS = ("Patient ID", "First Name", "Last Name", "Email", "Date of Birth", "Mobile")
MIA = ("7001", "Mia", "Lee", "mia@example.test", "1980-02-03", "0400 000 001")


def bring(
    rig: Rig,
    rows: Sequence[Sequence[str]],
    headings: Sequence[str] = HEADINGS,
    kind: Any = "patients",
    dry_run: bool = False,
    after: int = 0,
    wishes: dict[str, str] | None = None,
) -> tuple[Report, list[RowResult]]:
    """Import a file with these rows."""
    sheet = open_sheet(put(rig.folder, csv_text([headings, *rows]), "import.csv"))
    columns = with_wishes(understand(sheet.headings, kind), wishes or {})
    columns = with_orders(columns, sheet.rows())
    file: Any = (Patients if kind == "patients" else Appointments)(sheet, columns)
    results: list[RowResult] = []
    job = ImportJob(kind, file, results.extend, lambda: None, after)
    report = ImportEngine(rig.engine, job, threading.Event()).rehearse_or_run(dry_run)
    return report, results


def outcomes(results: Sequence[RowResult]) -> list[tuple[int, str, str]]:
    return [(result.number, result.outcome, result.what) for result in results]


def test_a_row_makes_a_contact_once(rig: Rig) -> None:
    """R72: running the same file again writes nothing and changes nothing."""
    report, results = bring(rig, [MIA])
    assert outcomes(results) == [(2, "done", "created")]
    assert report.streams["patients"].created == 1
    contact = rig.contact_of("7001")
    assert (contact["firstname"], contact["email"]) == ("Mia", "mia@example.test")
    assert contact["cliniko_date_of_birth"] == "1980-02-03"
    rig.forget_calls()
    report, results = bring(rig, [MIA])
    assert outcomes(results) == [(2, "unchanged", "")]
    assert rig.hubspot_writes() == 0


def test_a_row_links_by_the_ladder(rig: Rig) -> None:
    """R70: the same matching; the link says that it came by an import, and the journal does."""
    rig.hubspot.add_contact(firstname="Mia", lastname="Lee", email="mia@example.test")
    report, results = bring(rig, [MIA])
    assert outcomes(results) == [(2, "done", "linked")]
    contact = rig.contact_of("7001")
    assert contact["cliniko_link_rule"] == "imported"
    record = rig.store.record("patient", "7001")
    assert record is not None
    assert (record.rule, record.found_by) == ("imported", "e-mail and name")
    assert {entry.source for entry in rig.store.journal_of_run(report.run_id)} >= {"import"}


def test_an_unclear_row_is_asked_about(rig: Rig) -> None:
    """R70: the same questions; other rows go on. Exit 1, since a person is needed."""
    rig.hubspot.add_contact(firstname="Mya", lastname="Lee", email="mia@example.test")
    report, results = bring(rig, [MIA, ("7002", "Bo", "Dam", "bo@example.test", "", "")])
    assert outcomes(results) == [(2, "held", ""), (3, "done", "created")]
    assert rig.questions() == ["same_person"]
    assert report.exit_code == 1


def test_refused_rows_are_counted(rig: Rig) -> None:
    """R72: a row that cannot be read spoils only itself."""
    report, results = bring(rig, [("1.5E+18", "A", "B", "", "", "04 1"), MIA, MIA])
    assert outcomes(results) == [(2, "refused", ""), (3, "done", "created"), (4, "unchanged", "")]
    assert report.streams["patients"].failed == 1
    assert report.exit_code == 1


def test_a_missing_column_blanks_nothing(rig: Rig) -> None:
    """R70: only the columns of the file count, and a blank cell is unknown."""
    bring(rig, [MIA])
    _, results = bring(
        rig, [("7001", "Mia Rose", "Lee", "")], ("Patient ID", "First Name", "Last Name", "Mobile")
    )
    assert outcomes(results) == [(2, "done", "updated")]
    contact = rig.contact_of("7001")
    assert contact["firstname"] == "Mia Rose"
    assert contact["email"] == "mia@example.test"
    assert contact["mobilephone"] == "0400 000 001"
    assert contact["cliniko_date_of_birth"] == "1980-02-03"


def test_live_data_is_not_taken_back_by_an_older_file(rig: Rig) -> None:
    """R6: Cliniko's own word is newer than any file, unless the row says that it is newer."""
    patient = rig.cliniko.add_patient(first_name="Ines", last_name="Okafor", email="ines@example.test")
    rig.sync()
    before = rig.contact_of(patient)
    rig.forget_calls()
    old = (patient, "Ines", "Oldname", "old@example.test", "", "")
    report, results = bring(rig, [old])
    assert outcomes(results) == [(2, "unchanged", "")]
    _, results = bring(rig, [(*old, "2001-01-01 10:00:00 UTC")], (*HEADINGS, "Updated At"))
    assert outcomes(results) == [(2, "unchanged", "")]
    assert rig.hubspot_writes() == 0
    assert rig.contact_of(patient) == before
    _, results = bring(rig, [(*old, "2031-01-01 10:00:00 UTC")], (*HEADINGS, "Updated At"))
    assert outcomes(results) == [(2, "done", "updated")]
    assert rig.contact_of(patient)["lastname"] == "Oldname"


def test_sync_after_an_import_makes_nothing_twice(rig: Rig) -> None:
    """I1: a patient first met in a file is the same one when Cliniko tells of them."""
    patient = rig.cliniko.add_patient(first_name="Ines", last_name="Okafor", email="ines@example.test")
    bring(rig, [(patient, "Ines", "Okafor", "ines@example.test", "", "")])
    rig.sync()
    rig.contact_of(patient)
    assert len(rig.hubspot.having("contacts", "email", "ines@example.test")) == 1
    rig.forget_calls()
    bring(rig, [(patient, "Ines", "Okafor", "ines@example.test", "", "")])
    assert rig.hubspot_writes() == 0


def test_a_family_shares_an_inbox(rig: Rig) -> None:
    """R12: each gets a contact, one holds the address."""
    rows = [MIA, ("7002", "Tom", "Lee", "mia@example.test", "2015-05-05", "")]
    _, results = bring(rig, rows)
    assert [result.what for result in results] == ["created", "created"]
    assert rig.contact_of("7001")["email"] == "mia@example.test"
    assert rig.contact_of("7002")["cliniko_shared_email"] == "mia@example.test"


def test_a_rehearsal_writes_nowhere(rig: Rig) -> None:
    """R72: the same planner, counts and what each row would do; neither service nor memory changes."""
    rig.forget_calls()
    report, results = bring(rig, [MIA], dry_run=True)
    assert report.dry_run
    assert outcomes(results) == [(2, "done", "created")]
    assert rig.hubspot_writes() == 0
    assert not rig.has_contact("7001")
    assert rig.store.record("patient", "7001") is None


def test_an_archived_patient_stays_left_out(rig: Rig) -> None:
    """R13: a patient known to be archived makes no contact because an old file still has them."""
    patient = rig.cliniko.add_patient(first_name="Ines", last_name="Okafor", email="ines@example.test")
    rig.cliniko.archive_patient(patient)
    rig.sync()
    _, results = bring(rig, [(patient, "Ines", "Okafor", "ines@example.test", "", "")])
    assert outcomes(results) == [(2, "unchanged", "")]
    assert not rig.has_contact(patient)


def test_a_file_that_breaks_half_way_keeps_what_is_done(rig: Rig) -> None:
    """R72: going on after the last row that is done brings the rest, and nothing twice."""
    rows = [(str(7000 + n), f"P{n}", "Lee", f"p{n}@example.test", "", "") for n in range(250)]
    seen: list[RowResult] = []

    sheet = open_sheet(put(rig.folder, csv_text([HEADINGS, *rows]), "import.csv"))
    file = Patients(sheet, with_orders(understand(sheet.headings), sheet.rows()))
    cancel = threading.Event()

    def told(results: list[RowResult]) -> None:
        seen.extend(results)
        cancel.set()

    report = ImportEngine(
        rig.engine, ImportJob("patients", file, told, lambda: None), cancel
    ).rehearse_or_run(False)
    assert len(seen) == 100
    assert report.streams["patients"].created == 100
    _, results = bring(rig, rows, after=seen[-1].number)
    assert [result.number for result in results] == list(range(102, 252))
    assert len(rig.hubspot.contacts()) == 250


def test_a_lost_answer_doubles_nobody(rig: Rig) -> None:
    """I1, I3: HubSpot acted and its answer was lost; running the file again settles it."""
    bring(rig, [("1", "A", "B", "", "1980-02-03", "")])
    rig.hubspot_faults.add(lambda request: request.path.endswith("contacts/batch/upsert"), "lost", times=20)
    with pytest.raises(ClinicBridgeError):
        bring(rig, [MIA])
    rig.restart()
    _, results = bring(rig, [MIA])
    assert results[0].outcome in ("done", "unchanged")
    rig.contact_of("7001")
    assert len(rig.hubspot.contacts()) == 2
