"""A release as its file tells of it, and the order of versions."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.releases import MOST_NOTES, Release, is_newer, read_release

NUMBERS = st.lists(st.integers(0, 40), min_size=1, max_size=4)
TELLING = {
    "version": "1.4.0",
    "published": "2026-11-20",
    "page": "https://clinicbridge.example.test/news",
    "notes_short": "Faster.",
}


def written(numbers: list[int]) -> str:
    return ".".join(map(str, numbers))


@given(NUMBERS, NUMBERS)
def test_versions_are_in_the_order_of_their_numbers(left: list[int], right: list[int]) -> None:
    """1.10 comes after 1.9; noughts at the end say nothing; never both newer than the other."""
    padded = [numbers + [0] * (4 - len(numbers)) for numbers in (left, right)]
    assert is_newer(written(left), written(right)) == (padded[0] > padded[1])


@given(NUMBERS, st.sampled_from(["dev", "a", "b", "rc"]), st.integers(0, 9), st.sampled_from(["", "-", "."]))
def test_a_trial_version_comes_before_the_one_it_leads_to(
    numbers: list[int], mark: str, count: int, between: str
) -> None:
    """Who has the real one is not told of its trial; who tries is told of the real one."""
    trial = f"{written(numbers)}{between}{mark}{count}"
    assert is_newer(written(numbers), trial)
    assert not is_newer(trial, written(numbers))


@given(st.text(max_size=20), st.text(max_size=20))
def test_what_is_no_version_is_never_newer(left: str, right: str) -> None:
    """Nonsense leads to no notice, and never to an error; nothing is newer than itself."""
    assert not (is_newer(left, right) and is_newer(right, left))
    assert not is_newer(left, left)


def test_a_release_is_read_as_it_was_written() -> None:
    """Version, day, page and a sentence; control characters in the sentence are gone."""
    release = Release("1.4.0", date(2026, 11, 20), "https://clinicbridge.example.test/news", "Faster.")
    assert read_release(release.as_text()) == release
    odd = read_release(json.dumps(TELLING | {"notes_short": "a\x1b[31m\n b" + "c" * 900}))
    assert odd.notes.startswith("a [31m b") and len(odd.notes) == MOST_NOTES


@pytest.mark.parametrize(
    "change",
    [
        {"version": "soon"},
        {"version": None},
        {"version": "1." * 9},
        {"published": "yesterday"},
        {"page": "http://clinicbridge.example.test/news"},
        {"page": "file:///etc/passwd"},
        {"page": "https://who:what@clinicbridge.example.test/"},
        {"page": "https://:443/"},
        {"page": "https://a b.example.test"},
        {"page": ["https://clinicbridge.example.test/"]},
        {"notes_short": 5},
    ],
)
def test_what_is_not_wholly_right_is_refused(change: dict[str, object]) -> None:
    """A page that is not https is never opened; the words of the refusal do not repeat what came."""
    with pytest.raises(ValueError) as refused:
        read_release(json.dumps(TELLING | change))
    assert "example" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "[]", "null", "{", "[" * 100_000])
def test_no_json_is_refused(text: str) -> None:
    """Whatever came: one error."""
    with pytest.raises(ValueError):
        read_release(text)
