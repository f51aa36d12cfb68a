"""Which addresses may be given a key, and how a base address is taken apart (I9)."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.errors import AddressRefused

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")
_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]+)*/?")


@dataclass(frozen=True)
class BaseAddress:
    """Scheme, host and port every call is pinned to, and the path all of them begin with."""

    scheme: str
    host: str
    port: int
    prefix: str

    @property
    def origin(self) -> str:
        """Scheme, host and port as they stand before a path."""
        return f"{self.scheme}://{self.host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether the host is this computer."""
        return is_loopback(self.host)


def pinned(base_url: str) -> BaseAddress:
    """Take a base address apart. Raises AddressRefused where it must not be given a key.

    Plain http is for this computer only. Credentials, a query or odd characters in the address are refused: what
    one parser reads as a host another may read as a user name. The error text never repeats the address.
    """
    text = base_url.strip()
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise AddressRefused("the base address cannot be read") from None
    if parts.scheme not in ("http", "https"):
        raise AddressRefused("the base address begins with neither https:// nor http://")
    shown_host = parts.netloc.rpartition(":")[0] if port is not None else parts.netloc.removesuffix(":")
    if parts.query or parts.fragment or "?" in text or "#" in text:
        raise AddressRefused("the base address has a query or fragment")
    if not _HOST.fullmatch(shown_host) or not _PATH.fullmatch(parts.path) or ".." in parts.path:
        raise AddressRefused("the base address has credentials or characters an address must not have")
    host = shown_host.lower()
    if parts.scheme == "http" and not is_loopback(host):
        raise AddressRefused("plain http is refused for other computers")
    if port is None:
        port = 443 if parts.scheme == "https" else 80
    return BaseAddress(parts.scheme, host, port, parts.path.rstrip("/"))


def is_loopback(host: str) -> bool:
    """Whether this host name or address is the computer itself: 127.0.0.0/8, ::1 or localhost."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_loopback
    return address == ipaddress.IPv6Address("::1")
