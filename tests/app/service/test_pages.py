"""What the window's pages read of the local data, on a real database in memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.conflicts import Conflict
from app.domain.records import JournalEntry, Person, Record
from app.service.pages import Pages
from app.service.pictures import privacy_picture
from app.store.store import Store, open_store

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


class StillClock:
    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0

    def sleep(self, seconds: float, stop: object = None) -> bool:
        return False


@pytest.fixture
def store(tmp_path):
    made = open_store(f"sqlite:///{tmp_path / 'clinic.db'}", StillClock())
    yield made
    made.close()


@pytest.fixture
def pages(store: Store) -> Pages:
    return Pages(lambda: store, StillClock())


def run(store: Store, at: datetime, calls: int, dry_run: bool = False) -> None:
    run_id = store.start_execution(at, dry_run)
    streams = {"patients": {"read": 3, "created": 2, "updated": 1}}
    summary = {"streams": streams, "api_calls": {"cliniko": calls, "hubspot": 2 * calls}, "problems": []}
    store.finish_execution(run_id, "ok", at + timedelta(seconds=3), summary)


def test_todays_calls_and_the_last_numbers(pages: Pages, store: Store) -> None:
    """Home: calls of today only; a stream's numbers are those of its last run for real."""
    run(store, NOW - timedelta(days=2), 50)
    run(store, NOW - timedelta(minutes=20), 4)
    run(store, NOW - timedelta(minutes=5), 7, dry_run=True)
    home = pages.home()
    assert home.calls == {"cliniko": 11, "hubspot": 22}
    assert home.busiest_minute == 7
    patients = next(line for line in home.streams if line.stream == "patients")
    assert patients.numbers["created"] == 2
    assert patients.last_run == NOW - timedelta(minutes=20) + timedelta(seconds=3)
    assert not next(line for line in home.streams if line.stream == "invoices").is_on
    assert len(home.days) == 14
    assert sum(day.items for day in home.days) == 6


def test_numbers_cover_the_whole_catch_up(pages: Pages, store: Store) -> None:
    """Home: runs that followed each other at once count together; what was before starts no new sum (R2)."""
    at = NOW - timedelta(hours=1)
    for minutes, waiting in ((0.0, 7), (30.0, 5), (30.1, 2), (30.2, 0)):
        began = at + timedelta(minutes=minutes)
        run_id = store.start_execution(began, False)
        numbers = {"created": 3, "updated": 1, "held": 0, "failed": 0, "waiting": waiting}
        summary = {"streams": {"patients": numbers}, "api_calls": {}, "problems": []}
        store.finish_execution(run_id, "ok", began + timedelta(seconds=3), summary)
    patients = next(line for line in pages.home().streams if line.stream == "patients")
    assert (patients.numbers["created"], patients.numbers["updated"]) == (9, 3)
    assert patients.numbers["waiting"] == 0


def test_a_run_that_could_not_begin_says_nothing_of_a_stream(pages: Pages, store: Store) -> None:
    """Home: while a service cannot be reached, what the last real run left held stays in sight (I8)."""
    for minutes, status, held in ((20, "attention", 1), (5, "failed", 0)):
        run_id = store.start_execution(NOW - timedelta(minutes=minutes), False)
        numbers = {"read": 4 * held, "created": 0, "updated": 0, "held": held, "failed": 0, "waiting": 0}
        summary = {"streams": {"patients": numbers}, "api_calls": {}, "problems": []}
        store.finish_execution(run_id, status, NOW - timedelta(minutes=minutes - 1), summary)
    patients = next(line for line in pages.home().streams if line.stream == "patients")
    assert patients.numbers["held"] == 1
    assert patients.last_run == NOW - timedelta(minutes=19)


def test_people_with_where_they_are(pages: Pages, store: Store) -> None:
    """People: name, link and the one reason; one on hold says so."""
    store.save_people([Person("patient", str(n), f"Ann {n}", name_hash=str(n)) for n in range(3)])
    store.save_records(
        [
            Record("patient", "0", "linked", "51", rule="email_name"),
            Record("patient", "1", "left_out", reason="no_email"),
            Record("patient", "2", "linked", "52", on_hold=True),
        ]
    )
    lines = {line.cliniko_id: line for line in pages.people("Ann")}
    assert (lines["0"].state, lines["0"].hubspot_id, str(lines["0"].reason)) == ("linked", "51", "")
    assert "e-mail" in str(lines["1"].reason)
    assert lines["2"].on_hold and str(lines["2"].reason)
    assert [line.name for line in pages.left_out()] == ["Ann 1"]
    assert [(slug, number) for slug, _, number in pages.left_out_counts("patient")] == [("no_email", 1)]


def test_the_journal_with_names(pages: Pages, store: Store) -> None:
    """Activity: each change with the name of whom it concerns, newest first, page by page."""
    store.save_people([Person("patient", "7", "Ann Lee", name_hash="x")])
    entries = [
        JournalEntry(1, "patient", "7", "hubspot", "51", f"field_{n}", None, str(n), "sync", NOW)
        for n in range(5)
    ]
    store.write_journal(entries)
    first = pages.journal(run_id=1, limit=2)
    assert [line.entry.new for line in first] == ["4", "3"]
    assert first[0].name == "Ann Lee"
    rest = pages.journal(run_id=1, before_id=first[-1].entry.id)
    assert [line.entry.new for line in rest] == ["2", "1", "0"]
    assert len(pages.journal(text="lee")) == 5


def test_web_addresses(pages: Pages, store: Store) -> None:
    """Open in Cliniko, open in HubSpot: only where the accounts are known."""
    assert pages.addresses("patient", "7", "51") == {}
    store.set_fact("clinic_web_url", "https://demo.au1.cliniko.com")
    store.set_fact("portal_id", "12")
    store.set_fact("portal_ui_domain", "app.hubspot.com")
    found = pages.addresses_of(Conflict("same_person", "patient", "7", candidates=("51",)))
    assert found == {
        "cliniko": "https://demo.au1.cliniko.com/patients/7",
        "hubspot": "https://app.hubspot.com/contacts/12/record/0-1/51",
    }
    assert pages.addresses("appointment", "9", "77")["hubspot"].endswith("/0-3/77")


def test_the_picture_of_each_level() -> None:
    """R84: the same rows at each level, more of them sent at each step."""
    sent = {
        level: {row.name for row in privacy_picture(level) if row.is_sent}
        for level in ("minimal", "standard", "detailed")
    }
    assert sent["minimal"] < sent["standard"] < sent["detailed"]
    assert "firstname" in sent["minimal"]
    assert "cliniko_date_of_birth" not in sent["minimal"]
