"""A release of the program as its signed file tells of it, and which of two versions is the newer one."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

MOST_NOTES = 300
_VERSION = re.compile(r"(\d{1,6}(?:\.\d{1,6}){0,3})(?:[-.]?(dev|a|b|rc)\.?(\d{1,6}))?", re.ASCII)
_RANKS = {"dev": 0, "a": 1, "b": 2, "rc": 3, None: 4}
_PAGE = re.compile(r"https://[!-~]{1,500}")


@dataclass(frozen=True)
class ReleaseSource:
    """Where a build of the program asks for news, and the Ed25519 key (32 bytes as base64) that signs them. Empty
    where the build was given none."""

    address: str = ""
    public_key: str = ""

    @property
    def is_given(self) -> bool:
        """Whether there is anything to ask, and a key to check the answer with."""
        return bool(self.address and self.public_key)


@dataclass(frozen=True)
class Release:
    """One published version: the page to open, and what is new in a sentence."""

    version: str
    published: date
    page: str
    notes: str = ""

    def as_text(self) -> str:
        """The JSON of it, as it is signed and kept."""
        told = {
            "version": self.version,
            "published": self.published.isoformat(),
            "page": self.page,
            "notes_short": self.notes,
        }
        return json.dumps(told, ensure_ascii=False)


def read_release(text: str) -> Release:
    """The release that this JSON tells of. Raises ValueError, in words without the text itself, for anything that
    is not wholly as it should be: a page that is not https must never be opened."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("no JSON") from None
    if not isinstance(told, dict):
        raise ValueError("JSON of another shape")
    version, page = told.get("version"), told.get("page")
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        raise ValueError("no version in it")
    if not isinstance(page, str) or not is_safe_page(page):
        raise ValueError("no safe page in it")
    try:
        published = date.fromisoformat(str(told.get("published")))
    except ValueError:
        raise ValueError("no day in it") from None
    notes = told.get("notes_short", "")
    if not isinstance(notes, str):
        raise ValueError("no notes in it")
    plain = " ".join("".join(one if one.isprintable() else " " for one in notes).split())
    return Release(version, published, page, plain[:MOST_NOTES])


def is_safe_page(page: str) -> bool:
    """Whether a browser may be sent there: https, a host, and no name or password before it."""
    if not _PAGE.fullmatch(page):
        return False
    try:
        parts = urlsplit(page)
        return bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False


def is_newer(version: str, than: str) -> bool:
    """Whether `version` comes after `than`; False where one of them cannot be read. A dev, a, b or rc version comes
    before the one it leads to; noughts at the end say nothing."""
    found, known = _order(version), _order(than)
    return found is not None and known is not None and found > known


def _order(version: str) -> tuple[tuple[int, ...], int, int] | None:
    found = _VERSION.fullmatch(version)
    if found is None:
        return None
    numbers = [int(part) for part in found[1].split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers), _RANKS[found[2]], int(found[3] or 0)
