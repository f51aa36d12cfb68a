"""Which text a file holds: told from its bytes, before a single row is read. Other kinds of file are named."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.errors import BadInput

SAMPLE: Final = 65_536
"""Bytes that a preview looks at."""
CHUNK: Final = 1 << 20
"""Bytes read at a time when the whole file is looked through; a cancel is noticed after each."""

_MULTI_BYTE: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_UNUSED_IN_1252: Final = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_CONTROL: Final = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")

_ASCII: Final = bytes(range(128))

SAVE_AGAIN: Final = "Export it from Cliniko again, or open it in a spreadsheet and save it as CSV UTF-8."

_MARKS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"PK\x03\x04", "This is an Excel workbook or a zip archive, not a CSV file."),
    (b"PK\x05\x06", "This is an Excel workbook or a zip archive, not a CSV file."),
    (b"\xd0\xcf\x11\xe0", "This is an old Excel workbook, not a CSV file."),
    (b"\x1f\x8b", "This is a compressed file, not a CSV file."),
    (b"7z\xbc\xaf", "This is a compressed file, not a CSV file."),
    (b"Rar!", "This is a compressed file, not a CSV file."),
    (b"%PDF", "This is a PDF, not a CSV file."),
    (b"\x89PNG", "This is a picture, not a CSV file."),
    (b"\xff\xd8\xff", "This is a picture, not a CSV file."),
    (b"\x7fELF", "This is a program, not a CSV file."),
)
_PAGE: Final = re.compile(rb"\s*<(!doctype|html|head|body|\?xml|table|script|!--)", re.IGNORECASE)


@dataclass(frozen=True)
class Encoding:
    """`name` is Python's codec, `label` what a person reads, `skip` the bytes of a byte order mark."""

    name: str
    label: str
    skip: int = 0


UTF_8 = Encoding("utf-8", "UTF-8")
UTF_8_MARKED = Encoding("utf-8", "UTF-8 with a byte order mark", 3)
WINDOWS_1252 = Encoding("cp1252", "Windows-1252")


@dataclass(frozen=True)
class Survey:
    """What looking through the whole file told: how it is written, its size in bytes, and its fingerprint."""

    encoding: Encoding
    size: int
    sha256: str
    ends_with_newline: bool


def check_file(path: Path) -> int:
    """Size in bytes of an ordinary, readable file. BadInput says what else is there."""
    try:
        is_file, size = path.is_file(), path.stat().st_size
    except (OSError, ValueError) as error:
        raise BadInput("the file cannot be looked at", sentence="There is no such file.") from error
    if not is_file:
        raise BadInput("not an ordinary file", sentence="This is not a file that can be read.")
    if size == 0:
        raise BadInput("the file is empty", sentence="The file is empty.", next_step=SAVE_AGAIN)
    return size


def sample_of(path: Path, size: int = SAMPLE) -> bytes:
    """The first bytes of a file. BadInput when it may not be read."""
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise unreadable(error) from error


def unreadable(error: OSError) -> BadInput:
    """The words for a file that the system does not let us read; its path stays out of them."""
    return BadInput(
        f"reading the file failed: {type(error).__name__}",
        sentence="The file cannot be read.",
        next_step="Close it in other programs, check that you may open it, and try again.",
    )


def encoding_of(sample: bytes, is_whole: bool) -> Encoding:
    """The encoding that the beginning of a file shows (R70). BadInput for what is no text at all.

    `is_whole` tells that nothing follows, so that a character cut off at the end is damage.
    """
    for mark, sentence in _MARKS:
        if sample.startswith(mark):
            raise BadInput("another kind of file", sentence=sentence, next_step=SAVE_AGAIN)
    if _PAGE.match(sample.removeprefix(codecs.BOM_UTF8)):
        raise BadInput(
            "a web page",
            sentence="This is a web page, not a CSV file.",
            next_step="Log in to Cliniko and download the export again.",
        )
    wide = _wide(sample)
    if wide is not None:
        return wide
    if b"\0" in sample:
        raise _damaged("it holds NUL bytes")
    if len(_CONTROL.findall(sample)) * 20 > len(sample):
        raise _damaged("it is not text")
    marked = sample.startswith(codecs.BOM_UTF8)
    looks = Looks()
    looks.take(sample[3:] if marked else sample)
    return looks.verdict(is_whole, marked)


def _wide(sample: bytes) -> Encoding | None:
    """UTF-16, by its mark or by every other byte being NUL."""
    if sample.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise _damaged("it is UTF-32")
    if sample.startswith(codecs.BOM_UTF16_LE):
        return Encoding("utf-16-le", "UTF-16", 2)
    if sample.startswith(codecs.BOM_UTF16_BE):
        return Encoding("utf-16-be", "UTF-16", 2)
    pairs = min(len(sample) // 2, 500)
    if pairs < 4:
        return None
    odd, even = sample[1 : pairs * 2 : 2].count(0), sample[0 : pairs * 2 : 2].count(0)
    if odd * 10 > pairs * 7 and even * 10 < pairs:
        return Encoding("utf-16-le", "UTF-16")
    if even * 10 > pairs * 7 and odd * 10 < pairs:
        return Encoding("utf-16-be", "UTF-16")
    return None


class Looks:
    """Counts, chunk by chunk, what speaks for UTF-8 and what against it."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self._is_broken = False
        self._good = 0
        self._high = 0
        self._unused = 0
        self._is_cut = False

    def take(self, chunk: bytes) -> None:
        """Look at the next bytes."""
        if not self._is_broken:
            try:
                self._decoder.decode(chunk)
                self._is_cut = bool(self._decoder.getstate()[0])
            except UnicodeDecodeError:
                self._is_broken = True
        if not chunk.isascii():
            found = _MULTI_BYTE.findall(chunk)
            self._good += len(found)
            self._high += len(chunk.translate(None, _ASCII)) - sum(map(len, found))
            self._unused += len(_UNUSED_IN_1252.findall(chunk))

    def verdict(self, is_whole: bool, is_marked: bool) -> Encoding:
        """UTF-8 or Windows-1252. BadInput for a mixture, which would turn accents into rubbish silently."""
        broken = self._is_broken or (is_whole and self._is_cut)
        if not broken:
            return UTF_8_MARKED if is_marked else UTF_8
        if is_marked or self._good > self._high or self._unused:
            raise _damaged("some of its letters are in another encoding than the rest")
        return WINDOWS_1252


def _damaged(what: str) -> BadInput:
    return BadInput(
        f"the file cannot be decoded: {what}",
        sentence=f"The file is damaged or not a CSV file: {what}.",
        next_step=SAVE_AGAIN,
    )


def survey(path: Path, check: Callable[[], None]) -> Survey:
    """Look through the whole file once: is the encoding of its beginning right to the end, and which file is it?

    `check` is called about every megabyte and raises what stops the work. BadInput for what cannot be read.
    """
    size = check_file(path)
    sample = sample_of(path)
    wide = _wide(sample)
    is_small = size <= len(sample)
    first = encoding_of(sample, is_small)
    digest = hashlib.sha256()
    looks, last, is_start = Looks(), b"", True
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                check()
                digest.update(chunk)
                last = chunk
                if wide is None:
                    if b"\0" in chunk:
                        raise _damaged("it holds NUL bytes")
                    looks.take(chunk[first.skip :] if is_start else chunk)
                is_start = False
    except OSError as error:
        raise unreadable(error) from error
    found = first if wide is not None else looks.verdict(True, first.skip == 3)
    ends = last.rstrip(b"\0").endswith((b"\n", b"\r"))
    return Survey(found, size, digest.hexdigest(), ends)
