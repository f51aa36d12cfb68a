"""What came back: bytes unpacked within bounds, JSON read with suspicion, statuses turned into our errors.

No error text made here holds a body, a key or a query: method, path, status and request id only (I6).
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import ClinicBridgeError, KeysRefused, RequestRefused, RightsMissing

MOST_BYTES = 64 * 1024 * 1024
"""No answer of either service comes near this; a larger one is a bomb or a mistake."""

Json = dict[str, Any]


class BrokenAnswer(Exception):
    """The answer cannot be used: cut short, too large, no JSON. The text is a few plain words."""


@dataclass(frozen=True)
class Answer:
    """A usable answer: header names in lower case, `body` a JSON object ({} where none was expected)."""

    status: int
    headers: Mapping[str, str]
    body: Json


class Unpacker:
    """Takes the pieces of a body as sent, gives the bytes they stand for, never more than `most` in all."""

    def __init__(self, encoding: str, most: int = MOST_BYTES) -> None:
        """`encoding` is the Content-Encoding header. Raises BrokenAnswer for one we did not ask for."""
        name = encoding.strip().lower()
        if name not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise BrokenAnswer("packed in a way that was not asked for")
        # 32: zlib finds out by itself whether the head is gzip's or zlib's.
        self._packed = name not in ("", "identity")
        self._unzip = zlib.decompressobj(32 + zlib.MAX_WBITS)
        self._most = most
        self._pieces: list[bytes] = []
        self._size = 0
        self._taken = 0

    def feed(self, piece: bytes) -> None:
        """Take the next piece. Raises BrokenAnswer when the whole grows too large or cannot be unpacked."""
        self._taken += len(piece)
        if not self._packed:
            self._keep(piece)
            return
        try:
            self._keep(self._unzip.decompress(piece, self._most - self._size + 1))
        except zlib.error:
            raise BrokenAnswer("damaged while packed") from None

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._most:
            raise BrokenAnswer("larger than any real answer")
        self._pieces.append(piece)

    def whole(self) -> bytes:
        """All of it. Raises BrokenAnswer when the packed form has not ended."""
        if self._packed and self._taken and not self._unzip.eof:
            raise BrokenAnswer("cut short")
        return b"".join(self._pieces)


def json_object(raw: bytes) -> Json:
    """The JSON object in these bytes. Raises BrokenAnswer for anything else, an empty body included."""
    if not raw.strip():
        raise BrokenAnswer("empty")
    try:
        read = json.loads(raw)
    except (ValueError, RecursionError):
        raise BrokenAnswer("no JSON") from None
    if not isinstance(read, dict):
        raise BrokenAnswer("JSON of another shape")
    return read


def json_or_none(raw: bytes) -> Any:
    """The JSON value of an error body, None where there is none (an HTML page, nothing)."""
    try:
        return json.loads(raw) if raw.strip() else None
    except (ValueError, RecursionError):
        return None


def error_of_status(
    service: str, status: int, where: str, request_id: str, body: Any, right: str = ""
) -> ClinicBridgeError:
    """The error a 4xx stands for. `where` is method and path, `right` names what was asked for."""
    detail = f"{service} answered {status} to {where}" + (f" (request {request_id})" if request_id else "")
    if status == 401:
        return KeysRefused(service, detail)
    if status == 403:
        # What a 403 names are alternatives: where the one we ask everybody for is among them, that one it is.
        named = rights_named(body)
        rights = (right,) if right and (right in named or not named) else named
        return RightsMissing(service, rights, detail + (f", missing: {', '.join(rights)}" if rights else ""))
    return RequestRefused(service, status, detail, body)


def rights_named(body: Any) -> tuple[str, ...]:
    """The scopes a 403 names, in whichever place it names them; sorted, each once."""
    found: set[str] = set()
    for context in _contexts(body):
        for name in ("requiredGranularScopes", "requiredScopes", "missingScopes"):
            value = context.get(name)
            names = value if isinstance(value, list) else [value]
            found.update(each for each in names if isinstance(each, str) and each)
    return tuple(sorted(found))


def _contexts(body: Any) -> Iterator[Json]:
    if not isinstance(body, dict):
        return
    yield body
    context = body.get("context")
    if isinstance(context, dict):
        yield context
    errors = body.get("errors")
    for entry in errors if isinstance(errors, list) else []:
        yield from _contexts(entry)
