"""The local table of visits and invoices (R16): what comes back is what was kept, and only change is reported."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.records import Bill, Record, Visit
from app.store import Store, open_store
from app.store.visits import MARK
from tests.app.owned_clock import OwnedClock

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def visit(visit_id: str, patient_id: str = "7", hours: float = 0, **more: object) -> Visit:
    begin = START + timedelta(hours=hours)
    kept: dict[str, object] = {"starts_at": begin, "ends_at": begin + timedelta(minutes=30)}
    return Visit(visit_id, patient_id, **(kept | more))  # type: ignore[arg-type]


def bill(bill_id: str, patient_id: str = "7", **more: object) -> Bill:
    kept: dict[str, object] = {"issued_on": date(2026, 3, 2), "status": "open", "total_cents": 4200}
    return Bill(bill_id, patient_id, **(kept | more))  # type: ignore[arg-type]


def test_what_comes_back_is_what_was_kept(store: Store) -> None:
    """R16: every field of a visit and of an invoice; visits in the order of their start."""
    full = visit(
        "12",
        hours=1,
        practitioner_id="1558000000000000001",
        business_id="5",
        type_id="3",
        arrived=False,
        did_not_arrive=True,
        cancelled_at=START - timedelta(microseconds=1),
        is_removed=True,
        is_counted=False,
    )
    other = visit("9-44", "8", arrived=True)
    assert store.save_visits([full, visit("9"), visit("10"), other]) == {"7", "8"}
    assert store.visits_of(["7", "8", "404"]) == {"7": (visit("10"), visit("9"), full), "8": (other,)}
    credit = bill("3", issued_on=None, status="open_credit", total_cents=-950)
    assert store.save_bills([credit, bill("1")]) == {"7"}
    assert store.bills_of(["7"]) == {"7": (credit, bill("1"))}
    assert store.visits_of([]) == store.bills_of([]) == {}


def test_only_real_change_is_reported(store: Store) -> None:
    """I13: what stands there already is neither written again nor reported."""
    store.save_visits([visit("1"), visit("2", "8")])
    assert store.save_visits([visit("1"), visit("2", "8")]) == set()
    assert store.save_visits([visit("1"), visit("2", "8", did_not_arrive=True)]) == {"8"}
    store.save_bills([bill("1"), bill("2", "8")])
    assert store.save_bills([bill("1"), bill("2", "8")]) == set()
    assert store.save_bills([bill("1", status="paid"), bill("2", "8")]) == {"7"}


def test_a_visit_that_changes_hands_concerns_both(store: Store) -> None:
    """R13: after a merge in Cliniko the old patient has a visit less, the survivor one more."""
    store.save_visits([visit("1")])
    assert store.save_visits([visit("1", "8")]) == {"7", "8"}
    assert store.visits_of(["7", "8"]) == {"8": (visit("1", "8"),)}


def test_of_two_rows_with_one_id_the_last_counts(store: Store) -> None:
    """R3: a page may bring a record twice."""
    store.save_visits([visit("1"), visit("1", is_removed=True)])
    assert store.visits_of(["7"])["7"][0].is_removed


def test_who_starts_or_ends_in_a_span(store: Store) -> None:
    """R16: open at its beginning, closed at its end, by start or by end."""
    store.save_visits([visit("1", "1"), visit("2", "2", hours=1), visit("3", "3", hours=2)])
    store.save_visits([visit("4", "4", hours=-5, ends_at=START + timedelta(minutes=40))])
    begin, end = START, START + timedelta(hours=1)
    assert store.visit_patients_between(begin, end) == {"1", "2", "4"}
    assert store.visit_patients_between(end, end + timedelta(minutes=30)) == {"2"}
    assert store.visit_patients_between(end, end) == set()


def test_patients_page_by_page(store: Store) -> None:
    """R16: each patient with a visit or an invoice once, in the order of the ids' text."""
    store.save_visits([visit(str(number), str(number % 5)) for number in range(20)])
    store.save_bills([bill("1", "9"), bill("2", "3")])
    assert store.patients_with_visits() == ["0", "1", "2", "3", "4", "9"]
    assert store.patients_with_visits("1", limit=3) == ["2", "3", "4"]
    assert store.patients_with_visits("9") == []


def test_due_once_until_done(store: Store) -> None:
    """R16: a patient is due once, whoever said so how often."""
    store.mark_due(["3", "1", "3"])
    store.mark_due(["1", "2"])
    assert store.due() == ["1", "2", "3"]
    assert store.due(limit=2) == ["1", "2"]
    store.unmark_due(["1", "404"])
    assert store.due() == ["2", "3"]
    store.unmark_due(store.due())
    store.mark_due([])
    assert store.due() == []


@pytest.mark.parametrize(
    ("change", "is_due"),
    [
        ({}, True),
        ({"fields": {MARK: "0123456789ab"}}, False),
        ({"kind": "contact"}, False),
        ({"state": "held"}, False),
        ({"hubspot_id": None}, False),
        ({"on_hold": True}, False),
    ],
)
def test_a_patient_newly_on_a_contact_is_due(store: Store, change: dict[str, object], is_due: bool) -> None:
    """R16: also one without a single visit gets roll-ups, whatever part of the program made the link."""
    record = replace(Record("patient", "7", "linked", "501"), **change)  # type: ignore[arg-type]
    store.save_records([record])
    assert store.due() == (["7"] if is_due else [])


def test_forgetting_takes_the_visits_along(store: Store) -> None:
    """R84: after forgetting nothing is left of when a person came or what was billed."""
    store.save_visits([visit("1"), visit("2", "8")])
    store.save_bills([bill("1")])
    store.mark_due(["7"])
    store.forget("contact", "7")
    assert "7" in store.visits_of(["7"])
    store.forget("patient", "7")
    assert store.visits_of(["7"]) == store.bills_of(["7"]) == {}
    assert store.due() == []
    assert "8" in store.visits_of(["8"])


def test_a_failure_takes_everything_back(store: Store) -> None:
    """I4: visits and who is due because of them stand or fall together."""
    with pytest.raises(RuntimeError), store.write():
        store.mark_due(store.save_visits([visit("1")]))
        raise RuntimeError
    assert store.visits_of(["7"]) == {}
    assert store.due() == []


some_visits = st.lists(
    st.builds(
        visit,
        st.sampled_from(["1", "2", "3", "4-9"]),
        st.sampled_from(["7", "8"]),
        hours=st.integers(-3, 3),
        arrived=st.sampled_from([None, True, False]),
        did_not_arrive=st.booleans(),
        cancelled_at=st.none() | st.just(START),
        is_removed=st.booleans(),
        is_counted=st.booleans(),
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(some_visits, max_size=4))
def test_the_table_is_a_dictionary(batches: list[list[Visit]]) -> None:
    """R16: after any batches it holds the last of each id, and each batch reports who changed by it."""
    store = open_store("sqlite:///:memory:", OwnedClock())
    model: dict[str, Visit] = {}
    for batch in batches:
        new = {each.id: each for each in batch}
        pairs = [(model.get(key), each) for key, each in new.items() if model.get(key) != each]
        expected = {one.patient_id for pair in pairs for one in pair if one is not None}
        assert store.save_visits(batch) == expected
        model.update(new)
    kept = {each.id: each for group in store.visits_of(["7", "8"]).values() for each in group}
    store.close()
    assert kept == model


@pytest.mark.benchmark
def test_speed(file_store: Store) -> None:
    """Goal: 20,000 upserts a second, and quick look-ups in a table of 100,000."""
    rows = [visit(str(1_558_000_000_000 + n), str(n % 20_000), hours=n / 50) for n in range(100_000)]
    begun = time.perf_counter()
    for start in range(0, len(rows), 1_000):
        file_store.save_visits(rows[start : start + 1_000])
    assert len(rows) / (time.perf_counter() - begun) > 20_000
    begun = time.perf_counter()
    assert file_store.save_visits(rows[:20_000]) == set()
    assert 20_000 / (time.perf_counter() - begun) > 20_000
    begun = time.perf_counter()
    assert sum(map(len, file_store.visits_of(map(str, range(2_000))).values())) == 10_000
    assert time.perf_counter() - begun < 5
