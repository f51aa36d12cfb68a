"""Links and states as they are kept (R82, I1, I13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.records import Person, Record
from app.store import Store

MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
# What any database can hold; the rest is looked at on its own below.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
# Numbers as Cliniko gives them, and the keys of imported rows and invoice items.
IDS = st.text("0123456789p-TZ ", min_size=1, max_size=20)
HASHES = st.integers(0, 2**48 - 1).map(lambda number: f"{number:012x}")
REFS = st.dictionaries(st.sampled_from(["patient", "case", "appointment", "starts_at", "stage", "x"]), TEXTS)
RECORDS = st.builds(
    Record,
    kind=st.sampled_from(["patient", "contact", "appointment", "invoice"]),
    cliniko_id=IDS,
    state=st.sampled_from(["linked", "held", "waiting", "left_out", "failed", "unlinked"]),
    hubspot_id=st.none(),
    rule=st.none() | TEXTS,
    reason=st.none() | TEXTS,
    row_hash=TEXTS,
    fields=st.dictionaries(TEXTS, HASHES | TEXTS, max_size=8),
    changed_at=st.none() | MOMENTS,
    cliniko_updated_at=st.none() | MOMENTS,
    conflict_id=st.none() | st.integers(1, 2**40),
    attempts=st.integers(0, 1000),
    found_by=TEXTS,
    on_hold=st.booleans(),
    status=TEXTS,
    refs=REFS,
)
SHARED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def linked(cliniko_id: str, hubspot_id: str | None = None, **more: Any) -> Record:
    return Record("patient", cliniko_id, "linked", hubspot_id, **more)


def changes_in(store: Store) -> int:
    """How many rows this connection has changed so far."""
    with store._db.alone() as connection:
        return int(connection.total_changes)


@SHARED
@given(records=st.lists(RECORDS, max_size=6, unique_by=lambda record: (record.kind, record.cliniko_id)))
def test_what_is_saved_is_read_back(store: Store, records: list[Record]) -> None:
    """R82: everything remembered of a record comes back as it was, moments as aware UTC."""
    store.save_records(records)
    for record in records:
        assert store.record(record.kind, record.cliniko_id) == record
        found = store.records(record.kind, [record.cliniko_id, "nobody"])
        assert found == {record.cliniko_id: record}


def test_fields_take_eight_bytes_each(file_store: Store) -> None:
    """Performance: 180,000 records stay small, whatever their properties are called."""
    names = [f"cliniko_a_rather_long_property_name_{number}" for number in range(30)]
    file_store.save_records([linked("1", fields=dict.fromkeys(names, "0123456789ab"))])
    row = file_store._db.first("SELECT LENGTH(fields) FROM records")
    assert row == (1 + 30 * 8,)


def test_fields_read_here_are_saved_as_they_are(store: Store) -> None:
    """I13: a record read and saved again is the same row; one from another database is translated."""
    store.save_records([linked("1", fields={"b": "0123456789ab", "a": "ba9876543210"})])
    read = store.record("patient", "1")
    assert read is not None
    store.save_records([replace(read, cliniko_id="2")])
    assert store.record("patient", "2") == replace(read, cliniko_id="2")
    assert dict(read.fields) == {"a": "ba9876543210", "b": "0123456789ab"}


def test_a_code_taken_back_names_nothing_else(store: Store) -> None:
    """I3: a property name first met in a transaction that failed is not mixed up with the next one."""
    with pytest.raises(RuntimeError), store.write():
        store.save_records([linked("1", fields={"first": "0123456789ab"})])
        inside = store.record("patient", "1")
        raise RuntimeError
    store.save_records([linked("2", fields={"second": "ffffffffffff"})])
    assert inside is not None
    assert dict(inside.fields) == {"first": "0123456789ab"}
    store.save_records([replace(inside, cliniko_id="3")])
    again = store.records("patient", ["1", "2", "3"])
    assert {key: dict(record.fields) for key, record in again.items()} == {
        "2": {"second": "ffffffffffff"},
        "3": {"first": "0123456789ab"},
    }


def test_one_record_a_hubspot_record(store: Store) -> None:
    """I1: a second patient on one contact is refused whole, and the text names nobody."""
    store.save_records([linked("1", "500")])
    with pytest.raises(ValueError, match="two records") as caught:
        store.save_records([linked("7", "700"), linked("2", "500")])
    assert "500" not in str(caught.value)
    assert store.records("patient", ["2", "7"]) == {}
    store.save_records([replace(linked("2", "500"), kind="contact")])
    assert set(store.records_on("patient", ["500"])) == {"500"}


def test_a_refused_record_leaves_the_transaction_around_it_whole(store: Store) -> None:
    """I3: what was saved before in the same transaction stays, and more can follow."""
    store.save_records([linked("1", "500")])
    with store.write():
        store.save_records([linked("3", "300")])
        with pytest.raises(ValueError, match="two records"):
            store.save_records([linked("2", "500")])
        store.save_records([linked("4", "400")])
    assert set(store.records("patient", ["1", "2", "3", "4"])) == {"1", "3", "4"}


def test_two_people_trade_contacts(store: Store) -> None:
    """I2: links that change places within one batch are no collision, in either order."""
    store.save_records([linked("1", "500"), linked("2", "600")])
    store.save_records([linked("1", "600"), linked("2", "500")])
    assert {
        key: record.cliniko_id for key, record in store.records_on("patient", ["500", "600"]).items()
    } == {
        "500": "2",
        "600": "1",
    }
    store.save_records([linked("3", "500"), replace(linked("2"), state="unlinked")])
    assert store.records_on("patient", ["500"])["500"].cliniko_id == "3"


def test_the_last_of_two_rows_counts(store: Store) -> None:
    """One id twice in a batch is one row."""
    store.save_records([linked("1", row_hash="a"), linked("1", row_hash="b")])
    found = store.record("patient", "1")
    assert found is not None
    assert found.row_hash == "b"


def test_an_equal_row_is_not_written(file_store: Store) -> None:
    """I13: a quiet execution changes nothing here."""
    record = linked("1", "500", fields={"a": "0123456789ab"}, refs={"patient": "9", "stage": "booked"})
    file_store.save_records([record])
    before = changes_in(file_store)
    file_store.save_records([record])
    assert changes_in(file_store) == before
    file_store.save_records([replace(record, row_hash="new")])
    assert changes_in(file_store) == before + 1


def test_lists_longer_than_a_statement_allows(store: Store) -> None:
    """A page of 100,000 ids is asked for in parts."""
    store.save_records([linked(str(number)) for number in range(1501)])
    assert len(store.records("patient", (str(number) for number in range(-500, 3000)))) == 1501


def test_ids_in_a_state_page_by_page(store: Store) -> None:
    """R3: held and waiting ones are found again, in the order of their text, without an end."""
    ids = sorted(str(number) for number in range(25))
    store.save_records([replace(linked(each), state="waiting") for each in ids] + [linked("x")])
    pages, after = [], ""
    while page := store.ids_in_state("patient", "waiting", limit=10, after=after):
        pages.append(page)
        after = page[-1]
    assert [len(page) for page in pages] == [10, 10, 5]
    assert [each for page in pages for each in page] == ids


def test_counting(store: Store) -> None:
    """Home and left out show numbers by kind and state."""
    store.save_records(
        [
            linked("1", "5"),
            linked("2"),
            replace(linked("3", "6"), kind="invoice"),
            replace(linked("4"), state="held"),
        ]
    )
    assert store.count_records() == 4
    assert store.count_records("patient") == 3
    assert store.count_records("patient", "linked") == 2
    assert store.count_records(linked=True) == 2
    assert store.count_records("patient", linked=False) == 2


@pytest.mark.parametrize("ref", ["patient", "case", "appointment"])
def test_records_by_what_they_refer_to(store: Store, ref: str) -> None:
    """R25: the deals of one patient, case or appointment, in the order of their ids as numbers."""
    deals = [Record("appointment", each, "linked", refs={ref: "77", "stage": "x"}) for each in ("10", "9")]
    store.save_records([*deals, Record("appointment", "11", "linked", refs={ref: "78"})])
    store.save_records([Record("invoice", "9", "linked", refs={ref: "77"})])
    assert store.records_where_ref("appointment", ref, "77") == deals[::-1]


def test_records_by_when_they_start(store: Store) -> None:
    """R23: linked appointments whose time came are found without reading the others, page by page."""
    days = [f"2026-11-{day}T01:00:00Z" for day in range(10, 20)]
    store.save_records(
        [
            Record(
                "appointment",
                day[8:10],
                "linked",
                status="booked" if day < days[4] else "x",
                refs={"starts_at": day},
            )
            for day in days
        ]
        + [Record("appointment", "99", "held", refs={"starts_at": days[3]})]
    )
    found = store.records_starting("appointment", days[2], days[5])
    assert [record.cliniko_id for record in found] == ["12", "13", "14"]
    found = store.records_starting("appointment", days[2], days[5], ("booked", "arrived"))
    assert [record.cliniko_id for record in found] == ["12", "13"]
    found = store.records_starting("appointment", days[0], "9999", limit=2, after_id="15")
    assert [record.cliniko_id for record in found] == ["16", "17"]


def test_text_that_no_database_holds(store: Store) -> None:
    """Reliability, malformed text: half a surrogate pair or a NUL is shown as such, and loses no record."""
    odd = linked("1\ud800", found_by="a\0b", refs={"stage": "\udfff\0", "patient": "\ud83d"})
    store.save_records([odd])
    found = store.record("patient", "1\ud800")
    assert found is not None
    assert (found.found_by, found.refs["patient"]) == ("a\ufffdb", "\ufffd")
    assert store.records("patient", ["1\ud800"]).keys() == {"1\ufffd"}


def test_left_out_with_the_one_reason(store: Store) -> None:
    """R17: who is not there and why, page by page, with names and live counts."""
    out = [
        Record("patient", f"{number:03}", "left_out", reason="no_email" if number % 3 else "archived")
        for number in range(30)
    ]
    store.save_records([*out, linked("900", "1"), Record("contact", "1", "left_out", reason="no_name")])
    store.save_people([Person("patient", "001", "Mia Lee")])
    assert store.left_out_counts() == {"no_email": 20, "archived": 10, "no_name": 1}
    assert store.left_out_counts("contact") == {"no_name": 1}
    page = store.left_out("no_email", limit=3)
    assert [(record.cliniko_id, person and person.name) for record, person in page] == [
        ("001", "Mia Lee"),
        ("002", None),
        ("004", None),
    ]
    everybody = [
        record for offset in range(0, 40, 10) for record, _ in store.left_out(limit=10, offset=offset)
    ]
    assert len(everybody) == 31
    assert len({(record.kind, record.cliniko_id) for record in everybody}) == 31
    assert [record.cliniko_id for record, _ in store.left_out(kind="contact")] == ["1"]
