"""How alike names, birthdays and phones are (matching §1)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching.likeness import Names, Sign, birthdays, names, phones
from app.matching.nicknames import equal_by_nickname
from app.matching.signs import Signs
from tests.app.matching.people import signs


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("Mia Lee", "mia LEE", Names.SAME),
        ("Anne-Marie O'Brien", "Anne Marie O’Brien", Names.SAME),
        ("Robert Smith", "Bob Smith", Names.SIMILAR),
        ("Rob Smith", "Bobby Smith", Names.SIMILAR),
        ("J. Smith", "John Smith", Names.SIMILAR),
        ("John M Smith", "John Michael Smith", Names.SIMILAR),
        ("Anna Maria Smith", "Anna Smith", Names.SIMILAR),
        ("Maria Anna Smith", "Anna Maria Smith", Names.SIMILAR),
        ("Jon Smith", "John Smith", Names.SIMILAR),
        ("Jonh Smith", "John Smith", Names.SIMILAR),
        ("John Smyth", "John Smith", Names.SIMILAR),
        ("Bob Smyth", "Robert Smith", Names.SIMILAR),
        ("Thomas James", "James Thomas", Names.SIMILAR),
        ("John OBrien", "John O'Brien", Names.SIMILAR),
        ("", "John Smith", Names.SILENT),
        ("Smith", "John Smith", Names.SILENT),
        ("Smith", "Smith", Names.SILENT),
        ("", "", Names.SILENT),
        ("Mia Lee", "Jo Lee", Names.DIFFERENT),
        ("Mia Lee", "Mia Nguyen", Names.DIFFERENT),
        ("Alexander Lee", "Alexandra Lee", Names.DIFFERENT),
        ("K Lee", "J Lee", Names.DIFFERENT),
        ("小明 王", "小红 王", Names.DIFFERENT),
        ("Nguyen", "John Smith", Names.DIFFERENT),
        ("Joan Smythe", "John Smith", Names.DIFFERENT),
    ],
)
def test_names(one: str, other: str, verdict: Names) -> None:
    """Matching §1: same, similar (nickname, initial, typo, swapped), silent, else different."""
    assert names(signs(one), signs(other)) is verdict
    assert names(signs(other), signs(one)) is verdict


def test_preferred_first_name_counts_like_the_legal_one() -> None:
    """Matching §1: legal or preferred first name may match."""
    assert names(signs("Wei Chen", preferred="Victor"), signs("Victor Chen")) is Names.SAME


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("bob", "robert", True),
        ("rob", "bob", True),
        ("paco", "francisco", True),
        ("hans", "johannes", True),
        ("steven", "stephen", True),
        ("alexander", "alexandra", False),
        ("robert", "robert", False),
        ("", "robert", False),
        ("zaphod", "robert", False),
    ],
)
def test_nicknames(one: str, other: str, equal: bool) -> None:
    """Matching §1: a small table; two full names never meet through a shared short form."""
    assert equal_by_nickname(one, other) is equal
    assert equal_by_nickname(other, one) is equal


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (date(1980, 2, 2), date(1980, 2, 2), Sign.AGREE),
        (date(1980, 2, 2), date(1980, 2, 3), Sign.DISAGREE),
        (None, date(1980, 2, 2), Sign.SILENT),
        (None, None, Sign.SILENT),
    ],
)
def test_birthdays(one: date | None, other: date | None, verdict: Sign) -> None:
    """Principle 5: two known and different birthdays are two people; an unknown one says nothing."""
    assert birthdays(one, other) is verdict


def test_phones() -> None:
    """Matching §1: any shared number agrees, none on a side is silent."""
    assert phones(("1", "2"), ("2", "3")) is Sign.AGREE
    assert phones(("1",), ("3",)) is Sign.DISAGREE
    assert phones((), ("3",)) is Sign.SILENT


_folded = st.text("abj é王", max_size=5)
_somebody = st.builds(
    Signs,
    first_names=st.lists(_folded, max_size=2).map(tuple),
    last_names=st.lists(_folded, max_size=1).map(tuple),
)


@given(_somebody, _somebody)
def test_likeness_has_no_direction(one: Signs, other: Signs) -> None:
    """Matching §1: who is compared with whom makes no difference."""
    assert names(one, other) is names(other, one)
