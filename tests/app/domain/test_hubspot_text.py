"""Values as HubSpot takes them, and countries by code and name."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.countries import NAME_OF, country_code, country_name
from app.domain.hubspot_text import (
    LONGEST_TEXT,
    clean,
    day_text,
    flag_text,
    moment_text,
    money_text,
    to_cents,
    whole_text,
    yes_no,
)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("  Ines ", "Ines"),
        ("12 Sample St\r\nUnit 4", "12 Sample St Unit 4"),
        ("a\x00b\x7fc\x9bd", "abcd"),
        ("\u00a0é\u2028", "é"),
        ("\ud800x", "x"),
        ("👩‍👧 Lee", "👩‍👧 Lee"),
        ("\x00", ""),
        ("x" * (LONGEST_TEXT + 5), "x" * LONGEST_TEXT),
        ("", ""),
    ],
)
def test_clean(typed: str, sent: str) -> None:
    """Schema, conventions: trimmed, one line, nothing that is not text, no longer than HubSpot keeps."""
    assert clean(typed) == sent


@given(st.text(max_size=50))
def test_clean_twice_changes_nothing(typed: str) -> None:
    """I13: a second run sees the same value."""
    once = clean(typed)
    assert clean(once) == once
    once.encode("utf-8")


def test_formats() -> None:
    """Schema, conventions: facts, days, UTC times, counts; "" for unknown."""
    assert [flag_text(value) for value in (True, False, None)] == ["true", "false", ""]
    assert [yes_no(value, "not_asked") for value in (True, False, None)] == ["yes", "no", "not_asked"]
    assert day_text(date(2026, 1, 2)) == "2026-01-02"
    assert day_text(None) == moment_text(None) == whole_text(None) == money_text(None) == ""
    brisbane = timezone(timedelta(hours=10))
    assert moment_text(datetime(2026, 1, 2, 3, 4, 5, 999000, tzinfo=brisbane)) == "2026-01-01T17:04:05.000Z"
    assert moment_text(datetime(2026, 1, 2, tzinfo=UTC)) == "2026-01-02T00:00:00.000Z"
    assert whole_text(0) == "0"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.005", "0.01"),
        ("-0.005", "-0.01"),
        ("-0.001", "0.00"),
        ("1234567.1", "1234567.10"),
        ("1E+3", "1000.00"),
    ],
)
def test_money(value: str, text: str) -> None:
    """Schema, conventions: two decimals, half up, no exponent, no minus before zero."""
    assert money_text(Decimal(value)) == text
    assert to_cents(Decimal(value)) == Decimal(text)


def test_countries() -> None:
    """Schema, conventions: the English name of the code; the whole of ISO 3166-1."""
    assert len(NAME_OF) == 249
    assert country_name("au") == "Australia"
    assert (country_name("GB"), country_name("US"), country_name("NZ")) == (
        "United Kingdom",
        "United States",
        "New Zealand",
    )
    assert country_name("ZZ") == country_name("") == ""
    assert country_code(" new zealand ") == country_code("nz") == "NZ"
    assert country_code("Atlantis") == ""
    assert all(country_code(name) == code for code, name in NAME_OF.items())
