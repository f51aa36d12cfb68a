"""Canonical forms: what counts as the same address, name, phone and birthday (matching, normalisation)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.normalise import (
    canonical_email,
    eighteenth_birthday,
    fold_name,
    keyed_hash,
    phone_key,
    read_birth_date,
)

SALT = bytes(range(32))


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("  Mia.Lee@Example.TEST ", "mia.lee@example.test"),
        ("mia.lee+clinic@example.test", "mia.lee+clinic@example.test"),
        ("m.i.a@gmail.com", "m.i.a@gmail.com"),
        ("o'brien@example.test", "o'brien@example.test"),
        ("jo@gmial", ""),
        ("none", ""),
        ("", ""),
        ("Mia Lee <mia@example.test>", ""),
        ("a@b@example.test", ""),
        ("mia@example.test; jo@example.test", ""),
    ],
)
def test_address_is_trimmed_and_lowered_without_tricks(text: str, canonical: str) -> None:
    """Matching §1: e-mail trimmed and lower-cased, dots and plus signs kept."""
    assert canonical_email(text) == canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MIA", "mia"),
        ("Nguyễn", "Nguyen"),
        ("Đặng", "dang"),
        ("Müller", "Muller"),
        ("Weiß", "WEISS"),
        ("Søren", "Soren"),
        ("Łukasz", "lukasz"),
        ("Αλέξης", "αλεξησ"),
        ("Anne-Marie", "Anne Marie"),
        ("Anne‑Marie", "anne  marie"),
        ("O'Brien", "O’Brien"),
        ("O'Brien", "O Brien"),
        ("J. P.", "j p"),
        ("İbrahim", "ibrahim"),
        ("أحمد", "احمد"),
        ("مُحَمَّد", "محمد"),
        ("Ｍｉａ", "Mia"),
        ("e\u0301lan", "élan"),
        ("Mia\u200b", "Mia"),
    ],
)
def test_spellings_that_are_one_name(one: str, other: str) -> None:
    """Matching §1: case folded, accents stripped, hyphen, apostrophe and blank equal."""
    assert fold_name(one) == fold_name(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("王伟", "王芳"), ("がく", "かく"), ("O'Brien", "OBrien"), ("Mia", "Maia"), ("김", "금"), ("कि", "क")],
)
def test_spellings_that_stay_apart(one: str, other: str) -> None:
    """Matching §1: stripping accents never strips a letter of another script."""
    assert fold_name(one) != fold_name(other)


@pytest.mark.parametrize("name", ["王伟", "김철수", "がく", "ไทย"])
def test_scripts_without_accents_are_kept(name: str) -> None:
    """Matching §1: Chinese, Korean, Japanese and Thai names keep every letter."""
    assert fold_name(name) == name


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(name: str) -> None:
    """Matching §1: the folded form is canonical."""
    assert fold_name(fold_name(name)) == fold_name(name)


@pytest.mark.parametrize(
    ("number", "country", "key"),
    [
        ("0400 000 001", "AU", "400000001"),
        ("+61 400 000 001", "AU", "400000001"),
        ("61400000001", "AU", "400000001"),
        ("0011 61 400 000 001", "AU", "400000001"),
        ("(0400) 000-001", "au", "400000001"),
        ("0400 000 001 ext 5", "AU", "400000001"),
        ("07700 900123", "GB", "700900123"),
        ("+44 7700 900123", "AU", "700900123"),
        ("(555) 555-0100", "US", "555550100"),
        ("03 123 4567", "NZ", "431234567"),
        ("٠٤٠٠٠٠٠٠٠١", "AU", "400000001"),
        ("0400 000 001", "", "400000001"),
        ("12345", "AU", ""),
        ("0000 000 000", "AU", ""),
        ("none", "AU", ""),
        ("", "AU", ""),
    ],
)
def test_phone_is_international_by_the_clinics_country(number: str, country: str, key: str) -> None:
    """Matching §1: E.164 by clinic country, last nine digits compared."""
    assert phone_key(number, country) == key


@pytest.mark.parametrize(
    ("text", "country", "read"),
    [
        ("1980-02-03", "US", date(1980, 2, 3)),
        ("1980-02-03T00:00:00Z", "AU", date(1980, 2, 3)),
        ("1980/2/3", "AU", date(1980, 2, 3)),
        ("19800203", "AU", date(1980, 2, 3)),
        ("3/2/1980", "AU", date(1980, 2, 3)),
        ("3.2.1980", "DE", date(1980, 2, 3)),
        (" 03-02-1980 ", "GB", date(1980, 2, 3)),
        ("3/2/1980", "US", date(1980, 3, 2)),
        ("13/2/1980", "US", None),
        ("2/13/1980", "AU", None),
        ("3/2/1980", "CA", None),
        ("13/2/1980", "CA", date(1980, 2, 13)),
        ("3/3/1980", "CA", date(1980, 3, 3)),
        ("3/2/1980", "JP", None),
        ("2 Feb 1980", "AU", date(1980, 2, 2)),
        ("February 2nd, 1980", "AU", date(1980, 2, 2)),
        ("2-sept-1980", "AU", date(1980, 9, 2)),
        ("31/02/1980", "AU", None),
        ("3/2/80", "AU", None),
        ("0001-01-01", "AU", None),
        ("next May", "AU", None),
        ("", "AU", None),
    ],
)
def test_birthday_is_read_in_the_countrys_order_or_not_at_all(
    text: str, country: str, read: date | None
) -> None:
    """Matching §1: ISO or the clinic country's order; unreadable is unknown."""
    assert read_birth_date(text, country) == read


@given(st.dates(min_value=date(1850, 1, 1)), st.sampled_from(["AU", "US", "CA", "JP", ""]))
def test_iso_birthday_reads_everywhere(day: date, country: str) -> None:
    """Matching §1: ISO is understood whatever the country."""
    assert read_birth_date(day.isoformat(), country) == day


@given(st.text(max_size=20), st.sampled_from(["AU", "US", "CA", ""]))
def test_any_text_is_read_or_refused_quietly(text: str, country: str) -> None:
    """Reliability: malformed text never stops a run."""
    read_birth_date(text, country)
    phone_key(text, country)
    canonical_email(text)


@pytest.mark.parametrize(
    ("born", "adult"),
    [
        (date(2008, 5, 1), date(2026, 5, 1)),
        (date(2008, 2, 29), date(2026, 3, 1)),
        (date(9999, 12, 31), date.max),
    ],
)
def test_coming_of_age(born: date, adult: date) -> None:
    """Matching, holder of a shared inbox: a child becomes an adult at 18."""
    assert eighteenth_birthday(born) == adult


def test_keyed_hash_is_stable_short_and_salted() -> None:
    """I6: the same salt and parts always give one hash, another salt another."""
    assert keyed_hash(SALT, "name", "mia", "lee") == "afcf5cf55c4ec20c9a37"
    assert keyed_hash(SALT, "name", "mia") == keyed_hash(SALT, "name", "mia")
    assert keyed_hash(SALT, "name", "mia") != keyed_hash(SALT[::-1], "name", "mia")


@given(st.lists(st.text(max_size=8), max_size=4))
def test_keyed_hash_of_any_parts(parts: list[str]) -> None:
    """I6: 20 hex digits, or nothing at all where a part is missing."""
    digest = keyed_hash(SALT, *parts)
    assert digest == keyed_hash(SALT, *parts)
    if parts and all(parts):
        assert len(digest) == 20 and set(digest) <= set("0123456789abcdef")
    else:
        assert digest == ""


@given(st.text(min_size=1, max_size=6), st.text(min_size=1, max_size=6))
def test_borders_between_parts_count(one: str, other: str) -> None:
    """I6: no two different lists of parts share a hash because they read alike when joined."""
    assert keyed_hash(SALT, one, other) != keyed_hash(SALT, one + other)
