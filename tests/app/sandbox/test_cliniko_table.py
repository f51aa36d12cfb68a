"""The rows of one kind keep their orders right whatever is inserted, changed and removed."""

from __future__ import annotations

import time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.sandbox.cliniko_filters import Filter, Order, conditions
from app.sandbox.cliniko_resource import STANDARD_FILTERS
from app.sandbox.cliniko_table import Table

FILTERS = {**STANDARD_FILTERS, "owner_id": Filter(STANDARD_FILTERS["id"].type)}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "insert", "change", "remove"]),
        st.integers(1, 30),
        st.integers(0, 20),
        st.integers(1, 3),
    ),
    max_size=60,
)


def moment(second: int) -> str:
    return f"2026-03-02T01:00:{second:02d}"


def row(row_id: int, second: int, owner: int) -> dict[str, Any]:
    return {"id": row_id, "created_at": moment(0), "updated_at": moment(second), "owner_id": owner}


@given(steps=STEPS, since=st.integers(0, 20), above=st.integers(0, 30), owner=st.integers(1, 3))
def test_a_table_answers_as_a_plain_list_would(
    steps: list[tuple[str, int, int, int]], since: int, above: int, owner: int
) -> None:
    """R3: floor and place find exactly the rows that a full look at all of them would find."""
    table = Table("things", ("owner_id",))
    plain: dict[int, dict[str, Any]] = {}
    query = [("q[]", f"updated_at:>={moment(since)}Z"), ("q[]", f"id:>{above}")]
    wanted = conditions(query, FILTERS)
    of_owner = conditions([("q[]", f"owner_id:={owner}")], FILTERS)
    for act, row_id, second, whose in steps:
        if act == "insert" and row_id not in plain:
            plain[row_id] = row(row_id, second, whose)
            table.insert(dict(plain[row_id]))
        elif act == "change" and row_id in plain:
            plain[row_id] |= {"updated_at": moment(second), "owner_id": whose}
            table.change(row_id, {"updated_at": moment(second), "owner_id": whose})
        elif act == "remove" and row_id in plain:
            del plain[row_id]
            table.remove(row_id)
        found = table.select(wanted, [Order("id")])
        expected = sorted(
            one["id"] for one in plain.values() if one["updated_at"] >= moment(since) and one["id"] > above
        )
        assert found.page(1, 100) == expected
        assert len(found) == len(expected)
        by_owner = table.select(of_owner, [Order("updated_at", descending=True)]).page(1, 100)
        assert by_owner == [
            one["id"]
            for one in sorted(sorted(plain.values(), key=lambda one: one["id"]), key=_edited, reverse=True)
            if one["owner_id"] == owner
        ]


def _edited(one: dict[str, Any]) -> str:
    return str(one["updated_at"])


def test_the_next_page_of_many_takes_milliseconds() -> None:
    """Performance: a page of 100 out of 100,000 by floor and place."""
    table = Table("things")
    for number in range(1, 100_001):
        table.insert(row(number, number % 60, 1))
    floor = ("q[]", f"updated_at:>={moment(1)}Z")
    table.select(conditions([floor], FILTERS), [Order("id")])
    started = time.perf_counter()
    for place in range(0, 100_000, 5000):
        wanted = conditions([floor, ("q[]", f"id:>{place}")], FILTERS)
        assert len(table.select(wanted, [Order("id")]).page(1, 100)) == 100
    assert (time.perf_counter() - started) / 20 < 0.1
