"""Asks one address for the signed news about a release and lets through only what the key has signed.

The file is JSON: `signed` is the exact text that was signed, `signature` its Ed25519 signature as base64. Nothing
about the clinic or this computer is told with the question, and nothing is downloaded but that small file.
"""

from __future__ import annotations

import re
import threading
from base64 import b64decode

from app.clients.answers import BrokenAnswer, json_object
from app.clients.calls import Call
from app.clients.retries import Trouble
from app.clients.transport import STOPPED, Transport
from app.errors import AddressRefused, Cancelled, ReleaseRefused, ServiceUnavailable

SIGNED_FOR = b"ClinicBridge release\n"
"""Stands before the text in what is signed, so that a signature made for anything else fits nothing here."""

MOST_BYTES = 16 * 1024
TIMEOUT_S = 10.0
_NAME = re.compile(r"[A-Za-z0-9._~-]+")
WHO = "The address for updates"


def ask_release(address: str, public_key: str, stop: threading.Event | None = None) -> str:
    """The signed text at this address, its signature checked.

    Raises AddressRefused (no https, save on this computer), ServiceUnavailable, ReleaseRefused, Cancelled.
    """
    base, _, name = address.strip().rpartition("/")
    if not _NAME.fullmatch(name) or "://" not in base:
        raise AddressRefused("the address for updates names no file")
    transport = Transport(base, {"User-Agent": "ClinicBridge", "Accept": "application/json"}, stop=stop)
    try:
        said = transport.send(Call("GET", name, timeout_s=TIMEOUT_S))
    finally:
        transport.close()
    if isinstance(said, Trouble):
        if said.what == STOPPED:
            raise Cancelled("stopped while asking for updates")
        raise ServiceUnavailable(WHO, f"the address for updates {said.what}")
    if said.status != 200:
        raise ServiceUnavailable(WHO, f"the address for updates answered {said.status}")
    if len(said.raw) > MOST_BYTES:
        raise ReleaseRefused("the release file is too large")
    return signed_text(said.raw, public_key)


def signed_text(raw: bytes, public_key: str) -> str:
    """The signed text in a release file. Raises ReleaseRefused where the signature is not that of `public_key`
    (32 bytes as base64), or the file is no release file."""
    try:
        told = json_object(raw)
    except BrokenAnswer as broken:
        raise ReleaseRefused(f"the release file is {broken}") from None
    text, signature = told.get("signed"), told.get("signature")
    if not isinstance(text, str) or not isinstance(signature, str):
        raise ReleaseRefused("the release file is not signed")
    try:
        signed, mark = text.encode(), b64decode(signature, validate=True)
        key = b64decode(public_key, validate=True)
    except ValueError:
        raise ReleaseRefused("the signature of the release file cannot be read") from None
    if not _is_signed(signed, mark, key):
        raise ReleaseRefused("the signature of the release file is wrong")
    return text


def _is_signed(text: bytes, signature: bytes, key: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, SIGNED_FOR + text)
    except (InvalidSignature, ValueError):
        return False
    return True
