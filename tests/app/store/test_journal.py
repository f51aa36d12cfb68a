"""Every change by field, with old and new, traceable and paged (R81, I12)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.records import JournalEntry, Person
from app.store import Store
from tests.app.store.test_records import IDS, MOMENTS, SHARED, TEXTS

ANY_TEXT = st.text(max_size=20)
NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
ENTRIES = st.builds(
    JournalEntry,
    run_id=st.integers(1, 3),
    kind=st.sampled_from(["patient", "appointment"]),
    cliniko_id=IDS,
    service=st.sampled_from(["hubspot", "cliniko"]),
    target_id=IDS,
    field=TEXTS,
    old=st.none() | ANY_TEXT,
    new=st.none() | ANY_TEXT,
    source=st.sampled_from(["sync", "linking", "undo"]),
    at=MOMENTS,
)


def entry(field: str, **more: object) -> JournalEntry:
    values = {
        "run_id": 1,
        "kind": "patient",
        "cliniko_id": "7",
        "service": "hubspot",
        "target_id": "70",
        "field": field,
        "old": None,
        "new": "x",
        "source": "sync",
        "at": NOW,
    }
    return JournalEntry(**(values | more))  # type: ignore[arg-type]


def without_id(found: list[JournalEntry]) -> list[JournalEntry]:
    return [JournalEntry(**{**vars(each), "id": 0}) for each in found]


@SHARED
@given(entries=st.lists(ENTRIES, max_size=8))
def test_what_is_written_is_read_back(store: Store, entries: list[JournalEntry]) -> None:
    """I12: every entry comes back with its own id, in order, whichever way it is asked for."""
    last = store.journal_page(limit=1)
    newest = last[0].id if last else 0
    store.write_journal(entries)
    for run_id in (1, 2, 3):
        wanted = [each for each in entries if each.run_id == run_id]
        found = store.journal_of_run(run_id, after=newest)
        assert without_id(found) == wanted
        assert [each.id for each in found] == sorted({each.id for each in found})
    page = store.journal_page(limit=len(entries)) if entries else []
    assert without_id(page)[::-1] == entries
    assert sorted(each.id for each in page) == list(range(newest + 1, newest + 1 + len(entries)))


def test_a_run_is_read_in_parts_of_any_size(store: Store) -> None:
    """R81: parts may end in the middle of one record's fields, and nothing is lost or doubled."""
    for record in range(5):
        store.write_journal([entry(f"field_{number}", cliniko_id=str(record)) for number in range(7)])
        store.write_journal([entry("other", run_id=2)])
    for size in (1, 3, 7, 10, 100):
        seen, after = [], 0
        while part := store.journal_of_run(1, after, size):
            assert len(part) <= size
            seen += part
            after = part[-1].id
        assert [(each.cliniko_id, each.field) for each in seen] == [
            (str(record), f"field_{number}") for record in range(5) for number in range(7)
        ]


@pytest.mark.parametrize("size", [1, 4, 100])
def test_a_page_goes_on_where_the_last_one_ended(store: Store, size: int) -> None:
    """Desktop, Activity: newest first, page by page."""
    for record in range(4):
        store.write_journal([entry(f"f{number}", cliniko_id=str(record)) for number in range(3)])
    seen, before = [], None
    while page := store.journal_page(before_id=before, limit=size):
        seen += page
        before = page[-1].id
    assert [each.id for each in seen] == sorted({each.id for each in seen}, reverse=True)
    assert len(seen) == 12


def test_by_record_and_by_target_newest_first(store: Store) -> None:
    """R82: what was done for one patient, and what was done to one contact."""
    store.write_journal([entry("a"), entry("b"), entry("c", cliniko_id="8", target_id="80")])
    store.write_journal([entry("d", at=NOW + timedelta(1)), entry("e", service="cliniko")])
    assert [each.field for each in store.journal_of_record("patient", "7")] == ["e", "d", "b", "a"]
    assert [each.field for each in store.journal_of_record("patient", "7", limit=2)] == ["e", "d"]
    assert [each.field for each in store.journal_of_target("hubspot", "70")] == ["d", "b", "a"]
    assert [each.field for each in store.journal_of_target("cliniko", "70")] == ["e"]
    assert store.journal_of_record("contact", "7") == []


def test_searching_by_name_or_id(store: Store) -> None:
    """Desktop, Activity: search any name or id."""
    store.save_people([Person("patient", "139071", "Mia Lee"), Person("patient", "139072", "Jo Kim")])
    store.write_journal([entry("a", cliniko_id="139071"), entry("b", cliniko_id="139072", target_id="5011")])
    assert [each.field for each in store.journal_page(text="mia")] == ["a"]
    assert [each.field for each in store.journal_page(text=" 5011 ")] == ["b"]
    assert [each.field for each in store.journal_page(text="139071")] == ["a"]
    assert store.journal_page(text="nobody") == []
    assert [each.field for each in store.journal_page(record=("patient", "139072"))] == ["b"]
    assert [each.field for each in store.journal_page(run_id=1)] == ["b", "a"]


def test_what_a_run_changed_record_by_record(store: Store) -> None:
    """Desktop, Activity: one line for each record, with how many fields."""
    store.write_journal([entry("a"), entry("b"), entry("c", cliniko_id="8"), entry("d", run_id=2)])
    found = store.records_of_run(1)
    assert [(each["cliniko_id"], each["fields"], each["at"]) for each in found] == [
        ("8", 1, NOW),
        ("7", 2, NOW),
    ]
    assert store.records_of_run(1, limit=1, offset=1) == found[1:]
    assert store.records_of_run(3) == []


def test_forgetting_blanks_the_values(store: Store) -> None:
    """R84: after forgetting a patient no value of theirs is left, but what was done still is."""
    store.write_journal(
        [entry("email", old="mia@example.test", new="m@example.test"), entry("x", cliniko_id="8")]
    )
    store.forget("patient", "7")
    assert [(each.field, each.old, each.new) for each in store.journal_of_run(1)] == [
        ("email", None, None),
        ("x", None, "x"),
    ]
