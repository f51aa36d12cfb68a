"""How alike two people are in name, birthday and phone; what follows from it is for the ladder to say."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import Enum
from typing import Final

from rapidfuzz.distance import OSA

from app.matching.nicknames import equal_by_nickname
from app.matching.signs import Signs


class Names(Enum):
    """What two names, or two parts of a name, say about each other."""

    SAME = "same"
    SIMILAR = "similar"
    SILENT = "silent"
    DIFFERENT = "different"


class Sign(Enum):
    """What two birthdays or two sets of phones say about each other."""

    AGREE = "agree"
    SILENT = "silent"
    DISAGREE = "disagree"


_STRENGTH: Final = (Names.SAME, Names.SIMILAR, Names.SILENT, Names.DIFFERENT)
_SYLLABIC: Final = ((0x2E80, 0xA4CF), (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
"""Scripts in which one character is a syllable or a word, so that another one is another name, no typo."""


def names(one: Signs, other: Signs) -> Names:
    """Same, similar, silent or different (matching §1).

    Same: first and last name both equal after folding, the legal or the preferred first name. Similar: each
    part equal or a nickname, an initial, one typo, or a part left out or swapped. Silent: nothing differs,
    but a side lacks the first or the last name. Anything else is different; so is one last name with two
    first names, which is a family.
    """
    parts = (first_names(one, other), last_names(one, other))
    if parts == (Names.SAME, Names.SAME):
        return Names.SAME
    if _swapped(one, other):
        return Names.SIMILAR
    for verdict in (Names.DIFFERENT, Names.SILENT):
        if verdict in parts:
            return verdict
    return Names.SIMILAR


def first_names(one: Signs, other: Signs) -> Names:
    """The best that any pair of first names (legal, preferred) gives."""
    return _best(one.first_names, other.first_names, nicknames=True)


def last_names(one: Signs, other: Signs) -> Names:
    """The best that any pair of last names gives."""
    return _best(one.last_names, other.last_names, nicknames=False)


def first_names_by_nickname(one: Signs, other: Signs) -> bool:
    """Whether the first names are equal by the nickname table (rule 3)."""
    return any(equal_by_nickname(a, b) for a in one.first_names for b in other.first_names)


def birthdays(one: date | None, other: date | None) -> Sign:
    """Agree, silent (a side does not know) or disagree, which is a veto (principle 5)."""
    if one is None or other is None:
        return Sign.SILENT
    return Sign.AGREE if one == other else Sign.DISAGREE


def phones(one: Collection[str], other: Collection[str]) -> Sign:
    """Agree when any key is shared; silent when a side has none. To disagree is no veto: people move."""
    if not one or not other:
        return Sign.SILENT
    return Sign.DISAGREE if set(one).isdisjoint(other) else Sign.AGREE


def _best(ones: Collection[str], others: Collection[str], *, nicknames: bool) -> Names:
    """The strongest verdict over all pairs of spellings; silent when a side has none."""
    verdicts = {_part(one, other, nicknames=nicknames) for one in ones for other in others}
    return next((verdict for verdict in _STRENGTH if verdict in verdicts), Names.SILENT)


def _part(one: str, other: str, *, nicknames: bool) -> Names:
    """One folded part of a name against another."""
    if not one or not other:
        return Names.SILENT
    if one == other:
        return Names.SAME
    alike = _is_typo(one, other) or _same_words(one, other) or (nicknames and equal_by_nickname(one, other))
    return Names.SIMILAR if alike else Names.DIFFERENT


def _is_typo(one: str, other: str) -> bool:
    """One letter added, lost, changed or swapped with its neighbour, in names of two letters or more."""
    if min(len(one), len(other)) < 2 or any(_is_syllabic(letter) for letter in one + other):
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1


def _is_syllabic(letter: str) -> bool:
    """Whether one character of this script is a whole syllable."""
    return any(first <= ord(letter) <= last for first, last in _SYLLABIC)


def _same_words(one: str, other: str) -> bool:
    """The same words in another order, or word by word equal or an initial; later words may be missing."""
    ones, others = one.split(), other.split()
    if sorted(ones) == sorted(others):
        return True
    return all(a == b or _is_initial(a, b) for a, b in zip(ones, others, strict=False))


def _is_initial(one: str, other: str) -> bool:
    """Whether the shorter is the first letter of the longer."""
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and long.startswith(short) and not _is_syllabic(short)


def _swapped(one: Signs, other: Signs) -> bool:
    """Whether first and last name changed places."""
    forth = set(one.first_names) & set(other.last_names)
    back = set(one.last_names) & set(other.first_names)
    return bool(forth - {""}) and bool(back - {""})
