"""Questions: asked once, refreshed quietly, answered, remembered (matching §3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.conflicts import Conflict
from app.domain.records import Record
from app.errors import BadInput
from app.store import Store
from tests.app.store.test_records import IDS, MOMENTS, SHARED, TEXTS, changes_in

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
CONFLICTS = st.builds(
    Conflict,
    kind=st.sampled_from(["same_person", "shared_email"]),
    subject_type=st.sampled_from(["patient", "stream"]),
    subject_id=IDS,
    candidates=st.lists(IDS, max_size=3).map(tuple),
    message=TEXTS,
    details=st.dictionaries(TEXTS, JSON, max_size=3),
    blocking=st.booleans(),
    suggested=TEXTS,
    fingerprint=TEXTS,
    opened_at=MOMENTS,
)


def asked(subject_id: str = "7", **more: object) -> Conflict:
    return replace(Conflict("same_person", "patient", subject_id, message="Same?", opened_at=NOW), **more)  # type: ignore[arg-type]


@SHARED
@given(conflict=CONFLICTS, again=CONFLICTS)
def test_what_is_asked_is_read_back(store: Store, conflict: Conflict, again: Conflict) -> None:
    """A question comes back as it was; asked anew it keeps its id and its age."""
    conflict_id = store.open_conflict(conflict)
    assert store.conflict(conflict_id) == replace(conflict, id=conflict_id)
    same = replace(
        again, kind=conflict.kind, subject_type=conflict.subject_type, subject_id=conflict.subject_id
    )
    assert store.open_conflict(same) == conflict_id
    assert store.conflict(conflict_id) == replace(same, id=conflict_id, opened_at=conflict.opened_at)
    store.close_conflict(conflict_id, "itself", NOW)


def test_asking_again_writes_nothing(file_store: Store) -> None:
    """I13: a quiet execution that finds the same cause changes nothing here."""
    question = asked(details={"cliniko": {"name": "Mia Lee"}}, candidates=("1", "2"), blocking=True)
    conflict_id = file_store.open_conflict(question)
    before = changes_in(file_store)
    assert file_store.open_conflict(replace(question, opened_at=NOW + timedelta(1))) == conflict_id
    assert changes_in(file_store) == before
    file_store.open_conflict(replace(question, candidates=("1",)))
    assert changes_in(file_store) == before + 1


def test_the_order_of_the_list(store: Store) -> None:
    """Matching §3: blocking first, then by how many records wait for it, oldest on top."""
    opened = {
        name: store.open_conflict(asked(name, blocking=blocking, opened_at=NOW + timedelta(minutes=minute)))
        for name, blocking, minute in [
            ("mild old", False, 0),
            ("mild new", False, 9),
            ("hard new", True, 8),
            ("hard old", True, 1),
            ("hard awaited", True, 7),
        ]
    }
    store.save_records(
        [Record("invoice", str(n), "held", conflict_id=opened["hard awaited"]) for n in range(3)]
    )
    store.save_records([Record("invoice", "9", "held", conflict_id=opened["mild new"])])
    order = [conflict.subject_id for conflict in store.open_conflicts()]
    assert order == ["hard awaited", "hard old", "hard new", "mild new", "mild old"]
    assert [conflict.subject_id for conflict in store.open_conflicts(limit=2, offset=1)] == order[1:3]
    assert [c.subject_id for c in store.open_conflicts("shared_email")] == []
    assert (store.count_conflicts(), store.count_conflicts(True), store.count_conflicts(False)) == (5, 3, 2)


def test_an_answer_waits_is_applied_and_is_remembered(store: Store) -> None:
    """Matching §1: what a person decided is remembered, and asked no more meanwhile."""
    conflict_id = store.open_conflict(asked(blocking=True))
    store.answer_conflict(conflict_id, "link", {"contact": "5011"}, NOW)
    assert store.open_conflicts() == []
    assert store.count_conflicts() == 0
    waiting = store.answered()
    assert [(c.id, c.answer, dict(c.answer_args), c.answered_at) for c in waiting] == [
        (conflict_id, "link", {"contact": "5011"}, NOW)
    ]
    assert store.conflicts_of("patient", ["7"]) == waiting
    # Found again before the answer is applied: still the question that the person saw.
    assert store.open_conflict(asked(message="Other words")) == conflict_id
    assert store.answered() == waiting
    store.close_conflict(conflict_id, "answer", NOW + timedelta(1))
    assert store.answered() == []
    assert store.conflicts_of("patient", ["7"]) == []
    (remembered,) = store.remembered("patient", ["7", "8"])
    assert (remembered.answer, remembered.closed_by, remembered.closed_at) == (
        "link",
        "answer",
        NOW + timedelta(1),
    )
    assert store.open_conflict(asked()) != conflict_id


def test_later_leaves_it_open(store: Store) -> None:
    """Matching §3: `later` keeps a question open, and takes back an answer that was not applied yet."""
    conflict_id = store.open_conflict(asked())
    store.answer_conflict(conflict_id, "later", {}, NOW)
    assert [conflict.id for conflict in store.open_conflicts()] == [conflict_id]
    assert store.remembered("patient", ["7"]) == []
    store.answer_conflict(conflict_id, "link", {"contact": "1"}, NOW)
    store.answer_conflict(conflict_id, "later", {}, NOW)
    assert store.answered() == []
    (again,) = store.open_conflicts()
    assert (again.answer, again.answer_args, again.answered_at) == (None, {}, None)


def test_an_answer_that_is_being_applied_is_not_taken_back(store: Store) -> None:
    """Either the answer is taken back or it is applied, never both; what could not be applied yet may be taken back."""
    conflict_id = store.open_conflict(asked())
    assert not store.begin_answer(conflict_id)
    store.answer_conflict(conflict_id, "link", {"contact": "1"}, NOW)
    assert store.begin_answer(conflict_id)
    for answer in ("later", "separate"):
        with pytest.raises(BadInput):
            store.answer_conflict(conflict_id, answer, {}, NOW)
    # After a crash the next execution begins again.
    assert store.begin_answer(conflict_id)
    store.leave_answer(conflict_id)
    store.answer_conflict(conflict_id, "later", {}, NOW)
    assert not store.begin_answer(conflict_id)
    assert [conflict.id for conflict in store.open_conflicts()] == [conflict_id]


def test_newest_answer_first(store: Store) -> None:
    """The latest decision counts."""
    for number, answer in enumerate(("link", "separate", "link")):
        conflict_id = store.open_conflict(asked())
        store.answer_conflict(conflict_id, answer, {}, NOW + timedelta(days=[2, 3, 1][number]))
        store.close_conflict(conflict_id, "answer", NOW)
    assert [conflict.answer for conflict in store.remembered("patient", ["7"])] == [
        "separate",
        "link",
        "link",
    ]


@pytest.mark.parametrize("is_closed", [True, False])
def test_only_an_open_question_takes_an_answer(store: Store, is_closed: bool) -> None:
    """Command line: an unknown number, or one that settled itself, is said to be so (exit 2)."""
    conflict_id = store.open_conflict(asked())
    if is_closed:
        store.close_conflict(conflict_id, "itself", NOW)
    with pytest.raises(BadInput):
        store.answer_conflict(conflict_id if is_closed else 4711, "link", {}, NOW)


def test_closing_twice_keeps_the_first(store: Store) -> None:
    """A question that solved itself stays closed as that."""
    conflict_id = store.open_conflict(asked())
    store.close_conflict(conflict_id, "itself", NOW)
    store.close_conflict(conflict_id, "answer", NOW + timedelta(1))
    closed = store.conflict(conflict_id)
    assert closed is not None
    assert (closed.closed_by, closed.closed_at) == ("itself", NOW)
    assert store.conflict(4711) is None


def test_forgetting_blanks_what_was_shown(store: Store) -> None:
    """R84: names and values in a forgotten patient's questions go."""
    conflict_id = store.open_conflict(asked(details={"cliniko": {"name": "Mia Lee"}}))
    store.open_conflict(asked("8"))
    store.forget("patient", "7")
    blank = store.conflict(conflict_id)
    assert blank is not None
    assert (blank.message, blank.details) == ("", {})
    assert [conflict.message for conflict in store.conflicts_of("patient", ["8"])] == ["Same?"]
