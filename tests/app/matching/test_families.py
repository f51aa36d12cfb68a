"""Who holds a shared inbox, and when somebody is asked (matching §2 and §3)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.people import Household
from app.matching.families import KEEP, NOBODY, Holding, Member, household_of, inbox_holder

TODAY = date(2026, 6, 1)
GROWN, SMALL = date(2000, 1, 1), date(2035, 1, 1)


def adult(cliniko_id: str, contact: str | None = None, **rest: object) -> Member:
    return Member(cliniko_id, GROWN, contact, **rest)  # type: ignore[arg-type]


def child(cliniko_id: str, contact: str | None = None, **rest: object) -> Member:
    return Member(cliniko_id, SMALL, contact, **rest)  # type: ignore[arg-type]


CASES = [
    ("alone", [child("1")], {}, Holding("1")),
    ("the only adult", [child("1"), adult("2"), child("3")], {}, Holding("2")),
    ("children only: lowest id as a number", [child("10"), child("9")], {}, Holding("9")),
    ("two adults: lowest id, asked", [adult("10"), adult("9")], {}, Holding("9", ask=True)),
    ("two adults: the one already linked", [adult("9"), adult("10", "c")], {}, Holding("10", ask=True)),
    ("two adults and a child with a lower id", [child("1"), adult("9"), adult("10")], {}, Holding("9", ask=True)),
    ("unknown age counts as adult", [Member("5"), child("1")], {}, Holding("5")),
    ("unknown age and an adult", [Member("5"), adult("6")], {}, Holding("5", ask=True)),
    ("the address was there before us", [adult("1"), adult("2", "c", held_before_us=True)], {}, Holding("2")),
    ("before us, even a child", [adult("1"), child("2", "c", held_before_us=True)], {}, Holding("2")),
    ("on a contact of nobody here", [adult("1"), adult("2")], {"address_elsewhere": True}, Holding("")),
    ("chosen", [adult("1"), adult("2")], {"choice": "2"}, Holding("2")),
    ("nobody chosen", [adult("1"), adult("2")], {"choice": NOBODY}, Holding("")),
    ("left as it is", [adult("1"), adult("2")], {"choice": KEEP + "2"}, Holding("2")),
    ("the choice has left", [adult("1"), adult("2")], {"choice": "9"}, Holding("1", ask=True)),
    ("before us beats a choice", [adult("1"), adult("2", "c", held_before_us=True)], {"choice": "1"}, Holding("2")),
    ("an adult comes to a child", [child("1", "c"), adult("2")], {"current_holder": "1"}, Holding("2")),
    ("nobody came in", [child("1", "c"), adult("2")], {"current_holder": "1", "came_in": False}, Holding("1")),
    ("two adults come to a child", [child("1", "c"), adult("2"), adult("3")], {"current_holder": "1"},
     Holding("2", ask=True)),
    ("an adult keeps it", [adult("2", "c"), adult("1")], {"current_holder": "2"}, Holding("2", ask=True)),
    ("a child keeps it from a child", [child("2", "c"), child("1")], {"current_holder": "2"}, Holding("2")),
    ("unknown age keeps it", [Member("2", None, "c"), adult("1")], {"current_holder": "2"}, Holding("2", ask=True)),
    ("holder archived", [adult("1", "c", status="archived"), child("2")], {"current_holder": "1"},
     Holding("1", ask=True)),
    ("chosen one archived", [adult("1", status="archived"), adult("2")], {"choice": "1"}, Holding("1", ask=True)),
    ("archived, and left so", [adult("1", status="archived"), adult("2")], {"choice": KEEP + "1"}, Holding("1")),
    ("before us, archived", [adult("1", "c", held_before_us=True, status="archived"), adult("2")], {},
     Holding("1", ask=True)),
    ("before us, archived, another chosen",
     [adult("1", "c", held_before_us=True, status="archived"), adult("2")], {"choice": "2"}, Holding("2")),
    ("archived and alone", [adult("1", "c", status="archived")], {"current_holder": "1"}, Holding("1")),
    ("archived ones are not chosen", [adult("1", status="archived"), adult("2")], {}, Holding("2")),
    ("merged files are no members", [adult("1", status="merged"), adult("2")], {}, Holding("2")),
    ("nobody left", [adult("1", status="merged")], {}, Holding("")),
    ("18 today", [adult("1"), Member("2", TODAY)], {"choice": "1"}, Holding("1", reminder=True)),
    ("18 since the last look", [adult("1"), Member("2", date(2026, 5, 1))],
     {"choice": "1", "since": date(2026, 4, 1)}, Holding("1", reminder=True)),
    ("18 before the last look", [adult("1"), Member("2", date(2026, 5, 1))],
     {"choice": "1", "since": date(2026, 5, 1)}, Holding("1")),
    ("18 and alone", [Member("2", TODAY)], {}, Holding("2")),
]  # fmt: skip


@pytest.mark.parametrize(("members", "around", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_holder(members: list[Member], around: dict[str, object], expected: Holding) -> None:
    """Matching §2, holder of a shared inbox; §3, when `shared_email` opens."""
    assert inbox_holder(members, TODAY, **around) == expected  # type: ignore[arg-type]


_members = st.lists(
    st.builds(
        Member,
        st.integers(1, 12).map(str),
        st.sampled_from([None, GROWN, SMALL, TODAY]),
        st.sampled_from([None, "c"]),
        st.booleans(),
        st.sampled_from(["active", "archived", "deleted", "merged"]),
    ),
    max_size=5,
    unique_by=lambda member: member.cliniko_id,
)
_ids = st.one_of(st.none(), st.integers(1, 12).map(str))


@given(_members, _ids, st.one_of(_ids, st.just(NOBODY), st.just(KEEP + "3")), st.booleans())
def test_holder_is_a_member_or_nobody(
    members: list[Member], current: str | None, choice: str | None, elsewhere: bool
) -> None:
    """R12: one holder keeps the address, and it is one of those who share it."""
    holding = inbox_holder(members, TODAY, current, choice, elsewhere)
    assert holding.holder_id in {"", *(m.cliniko_id for m in members if m.status != "merged")}


@given(_members, _ids, st.randoms(use_true_random=False))
def test_order_of_members_is_nothing(members: list[Member], current: str | None, dice: object) -> None:
    """Matching §2: the same household always has the same holder."""
    shuffled = list(members)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    once, again = (inbox_holder(some, TODAY, current) for some in (members, shuffled))
    assert once == again


@given(_members)
def test_a_holder_stays(members: list[Member]) -> None:
    """I13: deciding again with the holder in place moves nothing."""
    first = inbox_holder(members, TODAY)
    assert inbox_holder(members, TODAY, first.holder_id or None).holder_id == first.holder_id


def test_household_as_a_contact_shows_it() -> None:
    """Schema §2: people on this inbox, who holds it, and whether this contact carries it."""
    members = [adult("1"), child("2"), adult("3", status="archived")]
    holding = inbox_holder(members, TODAY)
    assert household_of("1", members, holding) == Household(2, "1", True)
    assert household_of("2", members, holding) == Household(2, "1", False)
    assert household_of("3", members, holding) == Household(3, "1", False)
