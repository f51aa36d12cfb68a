"""The simulated Cliniko over real HTTP, with a clock that stands until moved."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.sandbox.cliniko import Cliniko
from app.sandbox.server import serve
from tests.app.sandbox.cliniko_caller import Caller, MovableClock


@pytest.fixture
def caller() -> Iterator[Caller]:
    """A signed-in caller of an empty clinic without a rate limit."""
    clock = MovableClock()
    clinic = Cliniko(clock)
    clinic.switches.rate_limit = None
    with serve(clinic) as server:
        made = Caller(clinic, server, clock)
        yield made
        made.session.close()
        assert server.failures == []
