"""The review service: answers that wait, and taking them back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.conflicts import Conflict
from app.errors import BadInput
from app.events import QuestionsCounted
from app.service.review import Review
from app.store.store import Store, open_store
from tests.app.owned_clock import OwnedClock


@pytest.fixture
def clock() -> OwnedClock:
    return OwnedClock()


@pytest.fixture
def store(tmp_path: Path, clock: OwnedClock) -> Iterator[Store]:
    made = open_store(f"sqlite:///{tmp_path / 'clinic.db'}", clock)
    yield made
    made.close()


@pytest.fixture
def events() -> list[object]:
    return []


@pytest.fixture
def review(store: Store, clock: OwnedClock, events: list[object]) -> Review:
    return Review(lambda: store, clock, events.append)


def asked(store: Store, clock: OwnedClock, kind: str, patient: str) -> int:
    return store.open_conflict(
        Conflict(kind, "patient", patient, candidates=("51",), opened_at=clock.now(), blocking=True)
    )


def test_an_answer_is_taken_back(
    review: Review, store: Store, clock: OwnedClock, events: list[object]
) -> None:
    """The newest first; taken back it is on the list again, also where the kind offers no `later`."""
    first, second = asked(store, clock, "contact_taken", "7"), asked(store, clock, "same_person", "8")
    review.answer(first, "keep")
    clock.passes(60)
    review.answer(second, "link")
    assert [one.id for one in review.answered()] == [second, first]
    review.take_back(first)
    assert [one.id for one in review.questions()] == [first]
    assert [one.id for one in review.answered()] == [second]
    assert events[-1] == QuestionsCounted(1, 1)


def test_later_takes_an_answer_back(review: Review, store: Store, clock: OwnedClock) -> None:
    """`conflicts resolve ID later` after another answer: the question is open again."""
    number = asked(store, clock, "same_person", "8")
    review.answer(number, "link")
    review.answer(number, "later")
    assert [one.id for one in review.questions()] == [number]


def test_what_was_applied_is_not_taken_back(review: Review, store: Store, clock: OwnedClock) -> None:
    """Undo under Activity is the way then."""
    number = asked(store, clock, "same_person", "8")
    review.answer(number, "link")
    store.begin_answer(number)
    with pytest.raises(BadInput) as refused:
        review.take_back(number)
    assert "right now" in refused.value.sentence
    store.close_conflict(number, "answer", clock.now())
    with pytest.raises(BadInput):
        review.take_back(number)
