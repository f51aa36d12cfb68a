"""History, cursors, intents, settings: the rest of what an execution keeps."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from app.domain.records import Cursor, Intent
from app.store import Store
from tests.app.store.test_conflicts import JSON
from tests.app.store.test_records import IDS, MOMENTS, SHARED, TEXTS, changes_in

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)


def summary(created: int = 0, updated: int = 0, problems: int = 0) -> dict[str, Any]:
    streams = {"patients": {"created": created, "updated": 0}, "invoices": {"created": 0, "updated": updated}}
    return {"streams": streams, "problems": [{"code": "x"}] * problems}


def test_an_execution_from_start_to_end(store: Store) -> None:
    """Command line, history: newest first, with the summary as it was printed."""
    assert store.last_execution() is None
    first = store.start_execution(NOW, dry_run=False)
    assert store.last_execution() == {
        "run_id": first,
        "status": "running",
        "started_at": NOW,
        "finished_at": None,
        "dry_run": False,
        "summary": {},
    }
    store.finish_execution(first, "ok", NOW + timedelta(seconds=4), summary(3, 2))
    second = store.start_execution(NOW + timedelta(1), dry_run=True)
    assert second == first + 1
    assert [each["run_id"] for each in store.executions()] == [second, first]
    (done,) = store.executions(before=second)
    assert (done["status"], done["finished_at"], done["summary"]) == (
        "ok",
        NOW + timedelta(seconds=4),
        summary(3, 2),
    )
    assert list(done["summary"]["streams"]) == ["patients", "invoices"]
    assert len(store.executions(limit=1)) == 1


def test_fourteen_days_by_the_clinic_s_own_days(store: Store) -> None:
    """Desktop, Home: items and problems a day; days without any are there too, rehearsals are not."""
    zone = ZoneInfo("Australia/Sydney")
    for hours, is_dry, made in [
        (0, False, 3),
        (-24, False, 5),
        (-24, True, 50),
        (-24 * 30, False, 9),
        (12, False, 1),
    ]:
        run_id = store.start_execution(NOW + timedelta(hours=hours), is_dry)
        store.finish_execution(run_id, "ok", NOW, summary(made, 1, 2))
    days = store.runs_by_day(14, zone, NOW + timedelta(hours=13))
    assert [each["day"] for each in days] == [date(2026, 11, 10) + timedelta(number) for number in range(14)]
    found = {
        each["day"].day: (each["runs"], each["items"], each["problems"]) for each in days if each["runs"]
    }
    # One o'clock UTC is noon in Sydney, thirteen hours later is past midnight.
    assert found == {21: (1, 6, 2), 22: (1, 4, 2), 23: (1, 2, 2)}


def test_by_the_store_s_own_clock(store: Store) -> None:
    """The present is the clock's, not the machine's."""
    run_id = store.start_execution(NOW, False)
    store.finish_execution(run_id, "ok", NOW, summary(1))
    assert store.runs_by_day()[-1]["items"] == 1


@SHARED
@given(
    cursor=st.builds(
        Cursor,
        name=st.sampled_from(["patients", "portal"]),
        floor=st.none() | MOMENTS,
        place=IDS,
        pass_floor=st.none() | MOMENTS,
        fingerprint=TEXTS,
        checked_on=st.none() | st.dates(),
    )
)
def test_cursors(store: Store, cursor: Cursor) -> None:
    """R3: floor and place come back to the microsecond."""
    store.save_cursor(cursor)
    assert store.cursor(cursor.name) == cursor
    assert store.cursor("never read") == Cursor("never read")


@SHARED
@given(value=JSON, at=MOMENTS)
def test_cached_lists(store: Store, value: Any, at: datetime) -> None:
    """R4: small lists are kept with when they were read."""
    store.set_cached("types", value, at)
    assert store.cached("types") == (value, at)
    assert store.cached("other") is None


def test_side_rows(file_store: Store) -> None:
    """R4: rows read by their own cursor; equal ones are not written again (I13)."""
    rows = {"1": {"patient": "7"}, "2": {"patient": "8", "notes": ["é", None]}}
    file_store.save_side_rows("attendees", rows)
    file_store.save_side_rows("cases", {"1": {"name": "x"}})
    before = changes_in(file_store)
    file_store.save_side_rows("attendees", rows)
    assert changes_in(file_store) == before
    assert file_store.side_rows("attendees", ["1", "2", "3"]) == rows
    file_store.drop_side_rows("attendees", ["1", "3"])
    assert set(file_store.side_rows("attendees", ["1", "2"])) == {"2"}
    assert file_store.side_rows("cases", ["1"]) == {"1": {"name": "x"}}


@SHARED
@given(
    intents=st.lists(
        st.builds(
            Intent,
            run_id=st.integers(1, 9),
            service=TEXTS,
            act=TEXTS,
            kind=TEXTS,
            cliniko_id=IDS,
            target_id=IDS,
            payload=st.dictionaries(st.text(max_size=5), JSON, max_size=3),
            at=MOMENTS,
        ),
        max_size=4,
    )
)
def test_intents(store: Store, intents: list[Intent]) -> None:
    """I1: what is about to be done is read back as it was noted, in order, until it is closed."""
    ids = store.save_intents(intents)
    found = store.open_intents()
    assert [intent.id for intent in found] == ids == sorted(set(ids))
    assert [Intent(**{**vars(intent), "id": 0}) for intent in found] == intents
    store.close_intents(ids[:1])
    assert [intent.id for intent in store.open_intents()] == ids[1:]
    store.close_intents(ids)
    assert store.open_intents() == []


@SHARED
@given(value=JSON)
def test_settings(store: Store, value: Any) -> None:
    """Settings come back as the JSON they were given as."""
    store.set_setting("a.b", value)
    assert store.settings()["a.b"] == value


def test_facts_and_the_secret(store: Store) -> None:
    """I6: one secret a database, made once, 32 random bytes."""
    assert store.fact("portal_id") is None
    store.set_fact("portal_id", "12")
    store.set_fact("portal_id", "13")
    assert store.fact("portal_id") == "13"
    salt = store.secret_salt()
    assert len(salt) == 32
    assert store.secret_salt() == salt
    with store.reader() as reader:
        assert reader.secret_salt() == salt
