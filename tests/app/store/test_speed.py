"""The local database keeps up with both services (performance, local database), in processor time."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from app.domain.conflicts import Conflict
from app.domain.records import JournalEntry, Person, Record
from app.store import Store

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
FIRST = 1390710863102480000
NAMES = [f"cliniko_property_{number}" for number in range(20)]

pytestmark = pytest.mark.benchmark


def seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def deal(number: int) -> Record:
    fields = {name: f"{(number * 7919 + place) % 2**48:012x}" for place, name in enumerate(NAMES)}
    return Record(
        "appointment",
        str(FIRST + number),
        "linked",
        str(50_000_000_000 + number),
        "created",
        row_hash=f"{number:024x}",
        fields=fields,
        changed_at=NOW,
        cliniko_updated_at=NOW,
        status="booked",
        refs={"patient": str(FIRST + number // 5), "starts_at": "2026-11-22T01:00:00Z", "stage": "booked"},
    )


def test_twenty_thousand_records(file_store: Store) -> None:
    """20,000 upserts a second, 100,000 look-ups within a second and a half, and less than 350 bytes a record."""
    deals = [deal(number) for number in range(20_000)]

    def save() -> None:
        for start in range(0, len(deals), 100):
            file_store.save_records(deals[start : start + 100])

    def look_up() -> None:
        for _ in range(5):
            for start in range(0, len(deals), 500):
                ids = [record.cliniko_id for record in deals[start : start + 500]]
                assert len(file_store.records("appointment", ids)) == 500

    assert seconds(save) < 10.0
    assert seconds(look_up) < 15.0
    assert seconds(save) < 10.0
    row = file_store._db.first("SELECT SUM(LENGTH(fields) + LENGTH(refs)) / COUNT(*) FROM records")
    assert row is not None
    assert row[0] < 350


def test_every_page_at_once(file_store: Store) -> None:
    """No page keeps a person waiting, however much there is: 20 ms each."""
    for start in range(0, 20_000, 500):
        ids = range(start, start + 500)
        file_store.save_people([Person("patient", str(FIRST + n), f"Kim {n} Lee", f"e{n}") for n in ids])
        file_store.save_records(
            [Record("patient", str(FIRST + n), "left_out", reason=f"reason {n % 3}") for n in ids]
        )
        file_store.write_journal(
            [
                JournalEntry(
                    n // 100, "patient", str(FIRST + n), "hubspot", str(n), name, None, "x", "sync", NOW
                )
                for n in ids
                for name in NAMES[:10]
            ]
        )
    with file_store.write():
        for number in range(500):
            file_store.open_conflict(Conflict("same_person", "patient", str(number), opened_at=NOW))
    pages: dict[str, Callable[[], object]] = {
        "search": lambda: file_store.search_people("777 le"),
        "search in vain": lambda: file_store.search_people("nobody"),
        "search an id": lambda: file_store.search_people(str(FIRST + 777)),
        "left out": lambda: file_store.left_out(limit=100, offset=15_000),
        "counts": file_store.left_out_counts,
        "journal": lambda: file_store.journal_page(before_id=150_000),
        "journal of somebody": lambda: file_store.journal_page(text="kim 777 "),
        "run": lambda: file_store.records_of_run(100),
        "questions": lambda: file_store.open_conflicts(limit=100, offset=300),
        "history": lambda: (file_store.executions(), file_store.runs_by_day()),
    }
    for name, page in pages.items():
        page()
        took = min(seconds(page) for _ in range(3))
        assert took < 0.5, (name, took)
