"""Activity: runs and what they changed, why, and the way back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from app.domain.records import JournalEntry
from app.errors import DatabaseUnusable
from app.service.pages import JournalLine
from ui.dialogs.audit import AuditDialog
from ui.dialogs.undo import UndoDialog
from ui.dialogs.why import why_lines
from ui.pages.activity import ActivityPage, run_text
from ui.record_words import value_words

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def run(number: int, status: str = "ok", dry_run: bool = False, **numbers: int) -> dict[str, Any]:
    return {
        "run_id": number,
        "status": status,
        "started_at": NOW - timedelta(minutes=15 * (9 - number)),
        "finished_at": NOW,
        "dry_run": dry_run,
        "summary": {
            "streams": {"patients": {"created": 2, "updated": 0, "held": 1, "failed": 0, **numbers}},
            "problems": [{"code": "refused", "message": "HubSpot did not accept a value."}],
        },
    }


def line(number: int) -> JournalLine:
    entry = JournalEntry(
        7, "patient", "155", "hubspot", "51", "firstname", None, f"Ann {number}", "sync", NOW, number
    )
    return JournalLine(entry, "Ann Lee")


class Pages:
    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def journal(self, **asked: Any) -> list[JournalLine]:
        self.asked.append(asked)
        return [line(number) for number in range(3, 0, -1)]


def open_page(qtbot, at_once, *runs: dict[str, Any]) -> tuple[ActivityPage, Pages]:
    pages = Pages()
    activity = SimpleNamespace(executions=lambda limit, before: list(runs))
    page = ActivityPage(at_once(pages=pages, activity=activity))
    qtbot.addWidget(page)
    page.look()
    return page, pages


def test_runs_and_what_the_newest_changed(qtbot, at_once) -> None:
    """R81: each run with its numbers; each changed value before and after."""
    page, pages = open_page(qtbot, at_once, run(8), run(7, "failed"))
    model = page.runs.model
    assert [model.index(0, column).data() for column in (0, 2, 3, 5)] == ["8", "Done", "2", "1"]
    assert pages.asked[-1]["run_id"] == 8
    shown = page.journal.model
    assert [shown.index(0, column).data() for column in range(5)] == [
        "Ann Lee",
        "First name",
        "–",
        "Ann 3",
        "HubSpot",
    ]


def test_searching_looks_through_all_runs(qtbot, at_once) -> None:
    """Any name or id is looked for, whatever run is chosen."""
    page, pages = open_page(qtbot, at_once, run(8))
    page.journal.filter.setText("Ann")
    qtbot.waitUntil(lambda: pages.asked[-1]["text"] == "Ann")
    assert pages.asked[-1]["run_id"] is None


def test_undo_only_where_something_was_written(qtbot, at_once) -> None:
    """A rehearsal and a run under way cannot be taken back."""
    page, _ = open_page(qtbot, at_once, run(8), run(7, dry_run=True), run(6, "running"))
    enabled = []
    for row in range(3):
        page.runs.view.selectRow(row)
        enabled.append(page.undo.isEnabled())
    assert enabled == [True, False, False]


def test_problems_in_words(qapp) -> None:
    """I11: what went wrong in a run stands there in words."""
    text = run_text(run(8))
    assert "Patients: 2 created, 1 waiting for you" in text
    assert "HubSpot did not accept a value." in text


def test_undo_previews_then_does(qtbot, at_once) -> None:
    """R81: what goes back and what stays is shown before anything is done."""
    calls: list[tuple[int, bool, Any]] = []

    def undo(run_id: int, dry_run: bool, record: Any) -> dict[str, Any]:
        calls.append((run_id, dry_run, record))
        rows = [
            {"label": "First name", "now": "Ann", "again": "Anna", "note": "", "undone": True},
            {"label": "City", "now": "Perth", "again": "", "note": "Was changed since.", "undone": False},
        ]
        return {"changes": rows}

    dialog = UndoDialog(at_once(activity=SimpleNamespace(undo=undo)), 8)
    qtbot.addWidget(dialog)
    assert calls == [(8, True, None)]
    assert "1" in dialog.words.text()
    dialog.do.click()
    assert calls[-1] == (8, False, None)


def test_unreadable_data_is_said(qtbot, at_once) -> None:
    """I11: a database that cannot be read is no empty page."""

    def broken(limit: int, before: int | None) -> list[Any]:
        raise DatabaseUnusable

    page = ActivityPage(at_once(activity=SimpleNamespace(executions=broken)))
    qtbot.addWidget(page)
    page.look()
    assert "cannot be used" in page.said.text()


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "–"), ("", "–"), ("true", "Yes"), ("Ann", "Ann"), ("2026-13-45", "2026-13-45"), ("1990", "1990")],
)
def test_values_as_people_write_them(value: str | None, shown: str, qapp) -> None:
    """Moments, days and flags are not shown as machines write them."""
    assert value_words(value) == shown
    assert "T" not in value_words("2026-11-24T18:09:23.000Z")


def test_why_names_what_is_known(qapp) -> None:
    """R82: linked by which rule and when, or the one reason."""
    found = {"state": "left_out", "reason": "Has no e-mail address.", "cliniko_id": "155", "rule": None}
    rows = {key: text for key, _, text in why_lines(found)}
    assert rows == {"state": "It is left out.", "reason": "Has no e-mail address.", "cliniko_id": "155"}


def test_audit_names_and_puts_right(qtbot, at_once) -> None:
    """R83: differences by name, each put right by one press."""
    found = {"type": "patient", "cliniko_id": "155", "hubspot_id": "51", "what": "The first name differs."}
    fixed: list[tuple[str, str]] = []
    care = SimpleNamespace(
        last_audit=lambda: {"at": "2026-11-24T01:00:00Z", "checked": 90, "differences": 0},
        audit=lambda: {"checked": 91, "differences": [found]},
    )
    syncing = SimpleNamespace(sync_record_now=lambda kind, cliniko_id: fixed.append((kind, cliniko_id)))
    dialog = AuditDialog(at_once(care=care, syncing=syncing))
    qtbot.addWidget(dialog)
    assert "90" in dialog.words.text()
    dialog.begin.click()
    assert dialog.table.model.rows == [found]
    assert not dialog.fix.isEnabled()
    dialog.table.view.selectRow(0)
    dialog.fix.click()
    assert fixed == [("patient", "155")]
