"""What of ours stands on a record and what stood there before, from the journal alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.domain.records import JournalEntry
from app.sync.direct import PROPS, plan
from app.sync.ports import Contact
from app.sync.traces import traces

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def wrote(old: str | None, new: str | None, field: str = "city") -> JournalEntry:
    return JournalEntry(1, "patient", "5", "hubspot", "501", field, old, new, "sync", NOW)


@pytest.mark.parametrize(
    ("oldest_first", "ours", "before"),
    [
        ([("Colac", "Sale")], "Sale", "Colac"),
        ([("Colac", "Sale"), ("Sale", "Lorne")], "Lorne", "Colac"),
        ([("Colac", "Sale"), ("Typed", "Lorne")], "Lorne", "Typed"),
        ([(None, "Sale")], "Sale", None),
        ([(None, "Sale"), ("Sale", "Lorne")], "Lorne", None),
        ([("Colac", "Sale"), ("Sale", "Colac")], "Colac", "Colac"),
        ([("Colac", "Sale"), ("Sale", "Colac"), ("Colac", "Bright")], "Bright", "Colac"),
    ],
)
def test_what_stood_there_before_us(
    oldest_first: list[tuple[str | None, str]], ours: str, before: str | None
) -> None:
    """R52: our own writes are followed back; what a person typed in between is what stood there."""
    entries = [wrote(*pair) for pair in reversed(oldest_first)]
    trace = traces(entries, PROPS["contacts"])["city"]
    assert (trace.ours, trace.before) == (ours, before)
    assert trace.is_cleared is (ours == before)


def test_the_same_moment_in_another_form_is_the_same_value() -> None:
    """R52: HubSpot tells dates in a form of its own."""
    entries = [
        wrote("2026-11-20T01:00:00Z", "2026-11-21T01:00:00Z", "cliniko_last_appointment"),
        wrote("", "2026-11-20T01:00:00.000Z", "cliniko_last_appointment"),
    ]
    assert traces(entries, PROPS["contacts"])["cliniko_last_appointment"].before == ""


def shows(**properties: str) -> Contact:
    return Contact("501", properties)


def test_only_what_still_shows_our_value_is_changed() -> None:
    """R81: pure; what is there already needs nothing, what somebody changed stays."""
    wanted = {"city": ("Sale", "Colac"), "state": ("VIC", ""), "zip": ("3000", "4000")}
    result = plan("contacts", shows(city="Sale", state="NSW", zip="4000"), wanted)
    assert result.done == {"city": ("Sale", "Colac")}
    assert result.stays == {"state": "changed_since"}
    assert plan("contacts", None, {"city": ("Sale", "")}).stays == {"city": "gone"}


def test_an_interrupted_change_counts_what_is_there_already() -> None:
    """I1: gone on with after a crash."""
    result = plan("contacts", shows(city="Colac"), {"city": ("Sale", "Colac")}, resumed=True)
    assert result.done == {"city": ("Sale", "Colac")}
    taken_off = plan("contacts", shows(), {"email": ("a@example.test", "b@example.test")}, resumed=True)
    assert taken_off.done == {"email": ("a@example.test", "b@example.test")}
