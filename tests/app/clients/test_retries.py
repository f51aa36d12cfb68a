"""How long and how often a failed call is tried again, as tables."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clients.retries import (
    RetryRules,
    Trouble,
    cliniko_rate_wait,
    hubspot_rate_wait,
    next_wait,
    retry_after,
    trouble_of_status,
)

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
RULES = RetryRules()
STAMP = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("headers", "tries", "wait"),
    [
        ({"x-ratelimit-reset": str(STAMP + 20)}, 1, 21.0),
        ({"x-ratelimit-reset": str(STAMP + 5000)}, 1, 65.0),
        ({"x-ratelimit-reset": str(STAMP - 50)}, 1, 1.0),
        ({"x-ratelimit-reset": str(STAMP + 3620), "date": "Sun, 22 Nov 2026 02:00:00 GMT"}, 1, 21.0),
        ({"x-ratelimit-reset": "soon", "retry-after": "7"}, 1, 7.0),
        ({"retry-after": "900"}, 1, 65.0),
        ({}, 1, 2.0),
        ({}, 5, 32.0),
    ],
)
def test_cliniko_429(headers: dict[str, str], tries: int, wait: float) -> None:
    """Cliniko names the end of its minute; a wrong clock never makes us wait longer than 65 s."""
    assert cliniko_rate_wait(60.0)(headers, None, tries, NOW) == wait


@pytest.mark.parametrize(
    ("body", "headers", "tries", "wait"),
    [
        ({"policyName": "SECONDLY"}, {}, 1, 1.0),
        ({"policyName": "SECONDLY"}, {}, 2, 2.0),
        ({"policyName": "SECONDLY"}, {}, 6, 4.0),
        ({"message": "You have reached your secondly limit."}, {}, 1, 1.0),
        ({"message": "You have reached your ten_secondly_rolling limit."}, {}, 1, 10.0),
        ({"policyName": "TEN_SECONDLY_ROLLING"}, {}, 3, 10.0),
        ({"policyName": "TEN_SECONDLY_ROLLING"}, {"retry-after": "3"}, 1, 3.0),
        ({"policyName": "DAILY"}, {"retry-after": "3"}, 1, None),
        ({"message": "You have reached your daily limit."}, {}, 1, None),
        ("<html>", {}, 1, 10.0),
        (None, {}, 1, 10.0),
    ],
)
def test_hubspot_429(body: Any, headers: dict[str, str], tries: int, wait: float | None) -> None:
    """HubSpot's policy decides: seconds, ten seconds, or the end of the day."""
    assert hubspot_rate_wait(10.0)(headers, body, tries, NOW) == wait


@pytest.mark.parametrize(
    ("status", "headers", "least", "unsent"),
    [
        (423, {}, 2.0, True),
        (423, {"retry-after": "5"}, 5.0, True),
        (477, {"retry-after": "30"}, 30.0, True),
        (477, {"retry-after": "7200"}, None, True),
        (477, {}, None, True),
        (500, {}, 0.0, False),
        (502, {}, 0.0, False),
        (503, {"retry-after": "9"}, 9.0, False),
        (504, {}, 0.0, False),
        (522, {}, 0.0, False),
        (524, {}, 0.0, False),
        (525, {}, None, True),
    ],
)
def test_statuses_that_pass(status: int, headers: dict[str, str], least: float | None, unsent: bool) -> None:
    """Which statuses are worth another try, after how long, and whether the service may have acted."""
    trouble = trouble_of_status(status, headers, None, 1, NOW, hubspot_rate_wait(10.0), RULES)
    assert trouble is not None
    assert (trouble.wait_s, trouble.unsent) == (least, unsent)


@pytest.mark.parametrize("status", [200, 204, 400, 401, 403, 404, 409, 414, 422, 437])
def test_statuses_that_are_answers(status: int) -> None:
    """What is about our own call is never repeated; a 409 is a conflict, not a lock."""
    assert trouble_of_status(status, {}, None, 1, NOW, hubspot_rate_wait(10.0), RULES) is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("5", 5.0),
        ("1.5", 1.5),
        ("Sun, 22 Nov 2026 01:00:30 GMT", 30.0),
        ("Sun, 22 Nov 2026 00:00:30 GMT", 0.0),
        ("", None),
        ("-3", None),
        ("nan", None),
        ("tomorrow", None),
        ("99999999999999999999", None),
    ],
)
def test_retry_after(text: str, seconds: float | None) -> None:
    """Both forms of Retry-After, and none of its bad ones."""
    assert retry_after({"retry-after": text}, NOW) == seconds


@given(
    seed=st.integers(),
    wait=st.one_of(st.none(), st.floats(0, 200)),
    most_tries=st.integers(1, 9),
)
def test_waiting_is_bounded(seed: int, wait: float | None, most_tries: int) -> None:
    """I7: whatever a service asks, one call ends within its total time and its number of tries."""
    dice = random.Random(seed)
    trouble = Trouble("failed", 503, wait_s=wait, tries=most_tries)
    waited, tries = 0.0, 1
    while (pause := next_wait(trouble, tries, waited, RULES, dice)) is not None:
        assert pause >= (wait or 0.0)
        waited += pause
        tries += 1
    assert waited <= RULES.total_s
    assert tries <= most_tries
