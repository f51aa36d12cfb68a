"""Which addresses get a key (I9)."""

from __future__ import annotations

import pytest

from app.clients.addresses import pinned
from app.clients.cliniko import ClinikoClient
from app.errors import AddressRefused
from tests.app.owned_clock import OwnedClock


@pytest.mark.parametrize(
    ("url", "origin", "prefix"),
    [
        ("https://api.au1.cliniko.com/v1", "https://api.au1.cliniko.com:443", "/v1"),
        ("https://api.hubapi.com", "https://api.hubapi.com:443", ""),
        ("http://127.0.0.1:8801/v1/", "http://127.0.0.1:8801", "/v1"),
        ("http://127.9.8.7", "http://127.9.8.7:80", ""),
        ("http://localhost:8802", "http://localhost:8802", ""),
        ("http://[::1]:8802", "http://[::1]:8802", ""),
        (" https://Proxy.Example.test:8443/cliniko/v1 ", "https://proxy.example.test:8443", "/cliniko/v1"),
    ],
)
def test_safe_addresses_are_pinned(url: str, origin: str, prefix: str) -> None:
    """I9: scheme, host and port are fixed from the base address."""
    address = pinned(url)
    assert (address.origin, address.prefix) == (origin, prefix)


@pytest.mark.parametrize(
    "url",
    [
        "http://api.hubapi.com",
        "http://127.0.0.1.example.test",
        "http://localhost.example.test",
        "http://0.0.0.0:80",
        "http://192.168.1.5:8080",
        "http://127.1:80",
        "http://2130706433",
        "http://[::ffff:10.0.0.1]",
        "https://user:pass@api.hubapi.com",
        "http://127.0.0.1@evil.example.test",
        "http://127.0.0.1:80@evil.example.test",
        "https://api.hubapi.com\\@evil.example.test",
        "https://api.hubapi.com/?next=1",
        "https://api.hubapi.com/#x",
        "https://api.hubapi.com:port",
        "https://api.hubapi.com:99999",
        "https:///v1",
        "https://",
        "//api.hubapi.com",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "api.hubapi.com",
        "https://api.hub api.com",
        "https://api.hubapi.com/a/../b",
        "",
    ],
)
def test_unsafe_addresses_are_refused(url: str) -> None:
    """I9: anything that could carry a key to another place, or in the clear, is refused without repeating it."""
    with pytest.raises(AddressRefused) as refusal:
        pinned(url)
    assert "evil" not in str(refusal.value) and "pass@" not in str(refusal.value)


def test_refused_before_any_key_is_sent() -> None:
    """I9: a client for an unsafe address cannot even be made."""
    with pytest.raises(AddressRefused):
        ClinikoClient("k-au1", OwnedClock(), base_url="http://cliniko.example.test/v1")
