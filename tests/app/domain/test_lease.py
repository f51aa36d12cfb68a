"""The rules of the lease: who may begin, who may go on, who may give back (R86)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.lease import BEAT_S, LENGTH, RETRY_S, SAFE_S, Lease, is_ours, released, renewed, taken

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
HELD = Lease("FRONT-DESK-2", "b", 7, NOW - timedelta(seconds=30), NOW + timedelta(seconds=90))
OVER = Lease("FRONT-DESK-2", "b", 7, NOW - timedelta(seconds=130), NOW)


@pytest.mark.parametrize(
    ("found", "holder", "token"),
    [
        pytest.param(None, "a", 1, id="nobody ever worked"),
        pytest.param(HELD, "a", None, id="another works"),
        pytest.param(OVER, "a", 8, id="the other's time ran out, to the second"),
        pytest.param(HELD, "b", 8, id="the same run asks again"),
        pytest.param(OVER, "b", 8, id="the same run after its time"),
    ],
)
def test_who_may_begin(found: Lease | None, holder: str, token: int | None) -> None:
    """R86: one at a time; every taking counts up, so that a former holder is known by its token."""
    lease = taken(found, "RECEPTION", holder, NOW)
    assert (lease.token if lease else None) == token
    if lease is not None:
        assert lease == Lease("RECEPTION", holder, lease.token, NOW, NOW + LENGTH)


@pytest.mark.parametrize(
    ("found", "token", "until"),
    [
        pytest.param(HELD, 7, NOW + LENGTH, id="in time"),
        pytest.param(OVER, 7, NOW + LENGTH, id="late, but nobody came"),
        pytest.param(HELD, 6, None, id="another took it"),
        pytest.param(None, 7, None, id="the row is gone: the database was set back"),
    ],
)
def test_who_may_go_on(found: Lease | None, token: int, until: datetime | None) -> None:
    """R86: what counts is whether anybody took it since, not the clock."""
    lease = renewed(found, token, NOW)
    assert (lease.until if lease else None) == until
    assert is_ours(found, token) == (until is not None)


def test_a_clock_set_back_takes_nothing_away() -> None:
    """A renewal never shortens the lease."""
    lease = renewed(HELD, 7, NOW - timedelta(hours=1))
    assert lease is not None
    assert lease.until == HELD.until


@pytest.mark.parametrize(("token", "until"), [(7, NOW), (6, None)])
def test_who_may_give_back(token: int, until: datetime | None) -> None:
    """R86: only the holder ends it; then anybody may begin at once, and the token stays counted."""
    lease = released(HELD, token, NOW)
    assert (lease.until if lease else None) == until
    if lease is not None:
        after = taken(lease, "RECEPTION", "a", NOW)
        assert after is not None
        assert after.token == 8


def test_the_times_fit_together() -> None:
    """The holder stops before others may begin, and has several tries to renew before it must."""
    assert LENGTH.total_seconds() > SAFE_S
    assert BEAT_S + 3 * RETRY_S < SAFE_S
