"""The log: files that rotate in the data folder, and the filter that keeps keys and personal data out (I6).

The log names ids and never a name, an address, a number or a key; what a library or an exception brings along
is struck out before it reaches a file.
"""

from __future__ import annotations

import base64
import logging
import os
import re
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import quote

_FILE: Final = "clinicbridge.log"
_BYTES: Final = 1_000_000
_KEPT: Final = 5
_FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_CHATTY: Final = ("urllib3", "requests", "keyring", "peewee", "schedule", "charset_normalizer")
"""Libraries whose finer messages hold addresses, statements or values."""

_KEY: Final = "[key]"
_EMAIL: Final = "[e-mail]"
_PHONE: Final = "[phone]"

# The order counts: what is longest and surest first. Each pattern begins where a word does, or a long text
# without blanks would be tried from every letter on.
_KEYS: Final = (
    # HubSpot's tokens: pat-na1-…, pat-eu1-…
    re.compile(r"\bpat-[a-z]{2,4}\d*-[\w-]+", re.IGNORECASE),
    # Cliniko's keys end in the name of their shard: …-au1, …-uk2
    re.compile(r"(?<![\w+/=%-])[\w+/=%-]{8,}-[a-z]{2}\d{1,2}\b(?![\w-])", re.IGNORECASE),
    # The older ones have no such end; all begin with "1-" in base 64.
    re.compile(r"\bMS0[\w+/=%-]{16,}"),
    # What goes into an Authorization header.
    re.compile(r"\b(?:basic|bearer)[\s:=%20+]+[\w+/=.~%-]{6,}", re.IGNORECASE),
    # A password within an address.
    re.compile(r"(?<=://)[^\s/@:]*:[^\s/@]+(?=@)"),
)
_NAMED: Final = re.compile(
    r"((?:authorization|api[-_ ]?key|(?:access|refresh)[-_ ]?token|password|passwd|secret)[\"']?\s*[:=]\s*[\"']?)"
    r"(?!\[key\])[^\s\"',;&}\]]+",
    re.IGNORECASE,
)
_NEVER_IN_A_MAIL: Final = r"\s@<>\"'(),;:=\[\]{}|&?"
_MAILS: Final = re.compile(
    rf"(?<![^{_NEVER_IN_A_MAIL}])[^{_NEVER_IN_A_MAIL}]+(?:@|%40)"
    rf"(?:[^{_NEVER_IN_A_MAIL}/.]+\.)+[^{_NEVER_IN_A_MAIL}/.]{{2,}}",
    re.IGNORECASE,
)
_TIMES: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
    r"|\b\d{8}T\d{4,6}Z?"
)
# Digits with the signs that people put between them. Ids are digits only and begin with no nought.
_DIGITS: Final = re.compile(r"(?<![\w.\-])(?:\+|\()?\d(?:[ \t\u00a0().\-/]{0,3}\d){6,}(?![\w])")
_NORTH_AMERICAN: Final = re.compile(r"\(?\d{3}\)?[ .\-]\d{3}[ .\-]\d{4}")
_LEAST_SECRET: Final = 6
_LEAST_DIGITS: Final = 7
_MOST_DIGITS: Final = 15


_hidden: set[str] = set()


def hide(secret: str) -> None:
    """Strike this text out of everything from now on, also as an Authorization header carries it.

    For the keys in use: whatever they look like, they are known exactly."""
    if len(secret) >= _LEAST_SECRET:
        encoded = base64.b64encode(f"{secret}:".encode()).decode("ascii")
        _hidden.update({secret, encoded, quote(secret, safe="")})


def redact(text: str) -> str:
    """The text without keys, e-mail addresses and phone-like numbers. Ids, counts and times stay."""
    for secret in _hidden:
        text = text.replace(secret, _KEY)
    for pattern in _KEYS:
        text = pattern.sub(_KEY, text)
    text = _NAMED.sub(rf"\1{_KEY}", text)
    text = _MAILS.sub(_EMAIL, text)
    parts: list[str] = []
    done = 0
    for time in _TIMES.finditer(text):
        parts += [_DIGITS.sub(_struck, text[done : time.start()]), time.group()]
        done = time.end()
    return "".join([*parts, _DIGITS.sub(_struck, text[done:])])


def _struck(found: re.Match[str]) -> str:
    """A phone-like number as its mark, anything else as it is."""
    number = found.group()
    digits = re.sub(r"\D", "", number)
    is_written_as_phone = (
        number.startswith(("+", "(", "00"))
        or (number.startswith("0") and not number.startswith("0."))
        or _NORTH_AMERICAN.fullmatch(number) is not None
    )
    if is_written_as_phone and _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS:
        return _PHONE
    return number


class RedactingFormatter(logging.Formatter):
    """Formats a record, its exception and its stack, and strikes out what must not be kept."""

    def __init__(self) -> None:
        super().__init__(_FORMAT)

    def format(self, record: logging.LogRecord) -> str:
        """The finished line or lines."""
        kept = record.exc_text
        try:
            return redact(super().format(record))
        finally:
            # The base class leaves the plain text of the exception on the record, for the next handler.
            record.exc_text = kept


class LogFiles(RotatingFileHandler):
    """Log files for this user only. A log that cannot be written never stops the work that is logged."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(
            folder / _FILE, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", errors="replace"
        )
        self.setFormatter(RedactingFormatter())

    def _open(self) -> TextIOWrapper[Any]:
        # Path.open knows no opener, and the file is to have its rights from the start.
        file = open(  # noqa: PTH123, SIM115
            self.baseFilename, self.mode, encoding=self.encoding, errors=self.errors, opener=_for_this_user
        )
        return cast("TextIOWrapper[Any]", file)

    def rotate(self, source: str, dest: str) -> None:
        """Rename a full file; where another copy has it open (Windows), go on with it instead."""
        try:
            super().rotate(source, dest)
        except OSError:
            self.mode = "a"

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk or a pulled drive: the line is lost, the work goes on. Printing it would be worse: what
        the base class prints has not been through the filter."""


def _for_this_user(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def start_logging(folder: Path, level: int = logging.INFO) -> None:
    """Log to rotating files in `folder` from now on; a second call replaces the first.

    A folder that cannot be written leaves the program without a log, and working."""
    stop_logging()
    root = logging.getLogger()
    root.setLevel(level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        root.addHandler(LogFiles(folder))
    except OSError as error:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(RedactingFormatter())
        handler.setLevel(logging.ERROR)
        root.addHandler(handler)
        logging.getLogger(__name__).warning("no log file: %s", error.strerror)


def stop_logging() -> None:
    """Close the log files."""
    root = logging.getLogger()
    for handler in [each for each in root.handlers if isinstance(each.formatter, RedactingFormatter)]:
        root.removeHandler(handler)
        handler.close()


def log_files(folder: Path) -> list[Path]:
    """The log files there are, newest first, for the diagnostics bundle."""
    return sorted(folder.glob(f"{_FILE}*"), key=lambda file: file.name)
