"""What is read off a Cliniko key and what goes along with it: shard, address, headers."""

from __future__ import annotations

import base64
import re

from app import __version__
from app.errors import KeysRefused

_SHARD = re.compile(r"[a-z]{2}\d{1,2}")
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}"
)

NEUTRAL_EMAIL = "support@clinicbridge.example"
"""Stands in the User-Agent until the practice has given an address of its own."""

OLDEST_SHARD = "au1"
"""Keys from before sharding carry no suffix and live here."""


def shard_of(key: str) -> str:
    """The shard a key belongs to: two letters and one or two digits after its last hyphen, else au1."""
    suffix = key.strip().rpartition("-")[2].lower()
    return suffix if "-" in key and _SHARD.fullmatch(suffix) else OLDEST_SHARD


def base_url_of(shard: str) -> str:
    """Where a shard's API answers."""
    return f"https://api.{shard}.cliniko.com/v1"


def cliniko_headers(key: str, contact_email: str) -> dict[str, str]:
    """What every call to Cliniko carries. The colon after the key is part of what is encoded."""
    credentials = base64.b64encode(f"{clean_key('Cliniko', key)}:".encode("ascii")).decode("ascii")
    return {
        "Authorization": f"Basic {credentials}",
        "Accept": "application/json",
        "Accept-Encoding": "gzip, deflate",
        "User-Agent": user_agent(contact_email),
    }


def user_agent(contact_email: str) -> str:
    """Product, version and an address to write to; always well-formed, whatever the setting holds."""
    email = contact_email.strip()
    if not _EMAIL.fullmatch(email) or len(email) > 254:
        email = NEUTRAL_EMAIL
    return f"ClinicBridge/{__version__} ({email})"


def clean_key(service: str, key: str) -> str:
    """A key fit for a header. Raises KeysRefused for one that no service can have issued.

    Checked here because a library that meets a line break in a header repeats the header in its error text.
    """
    stripped = key.strip()
    if not stripped or not stripped.isascii() or any(not 0x21 <= ord(char) <= 0x7E for char in stripped):
        raise KeysRefused(service, f"the {service} key is empty or has characters no key has")
    return stripped
