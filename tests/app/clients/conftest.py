"""Clients for tests: a clock that passes at once, no dice, and connections that are closed in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.clients.cliniko import ClinikoClient
from app.clients.hubspot import HubSpotClient
from tests.app.owned_clock import OwnedClock

CLINIKO_KEY = "MS0xLWFiYw-au4"
HUBSPOT_TOKEN = "pat-au1-11111111-2222-3333-4444-555555555555"


@pytest.fixture
def clock() -> OwnedClock:
    """Time that passes at once when slept."""
    return OwnedClock()


@pytest.fixture
def cliniko(clock: OwnedClock) -> Iterator[Callable[..., ClinikoClient]]:
    """Makes Cliniko clients for a base address without version."""
    made: list[ClinikoClient] = []

    def make(base_url: str, key: str = CLINIKO_KEY, **more: Any) -> ClinikoClient:
        more = {"contact_email": "desk@example.test", "clock": clock, **more}
        client = ClinikoClient(key, base_url=base_url + "/v1", **more)
        made.append(client)
        return client

    yield make
    for client in made:
        client.transport.close()


@pytest.fixture
def hubspot(clock: OwnedClock) -> Iterator[Callable[..., HubSpotClient]]:
    """Makes HubSpot clients for a base address."""
    made: list[HubSpotClient] = []

    def make(base_url: str, token: str = HUBSPOT_TOKEN, **more: Any) -> HubSpotClient:
        client = HubSpotClient(token, base_url=base_url, **{"clock": clock, **more})
        made.append(client)
        return client

    yield make
    for client in made:
        client.transport.close()
