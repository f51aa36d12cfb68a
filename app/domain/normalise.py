"""E-mail addresses, names, phones and birthdays in the one form in which they are compared.

Nothing here is for showing or sending: the canonical forms only answer "is this the same?". Reading what a
service sent into records, and deciding who is who, happen elsewhere.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import MAXYEAR, date
from functools import lru_cache
from typing import Final

_ADDRESS: Final = re.compile(r"[^\s@<>,;\"()]+@[^\s@<>,;\"()]+\.[^\s@<>,;\"().]{2,}\Z")
_JOINERS: Final = frozenset("'`´’‘‛ʼʻʹ′＇-‐‑‒–—―−－_./,·・")
_LETTERS: Final = {
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "ŧ": "t",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ß": "ss",
}
"""Letters that Unicode does not take apart into a base and an accent."""

_ACCENTS: Final = ((0x0300, 0x036F), (0x0591, 0x05C7), (0x064B, 0x065F), (0x0670, 0x0670))
"""Marks that a person may leave out when typing: Latin, Greek and Cyrillic accents, Hebrew and Arabic vowels.
Marks of other scripts (Indic vowels, Japanese voicing) are letters of their own and stay."""

_MIN_PHONE_DIGITS: Final = 8
_COMPARED_DIGITS: Final = 9

_MONTH_FIRST: Final = frozenset({"US", "AS", "GU", "MP", "PR", "UM", "VI", "FM", "MH", "PW", "PH"})
_YEAR_FIRST: Final = frozenset({"CN", "HU", "JP", "KP", "KR", "LT", "MN", "TW"})
_EITHER_ORDER: Final = frozenset({"CA"})
_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_EARLIEST_YEAR: Final = 1850


def canonical_email(text: str) -> str:
    """The address trimmed and in lower case, or "" when it is not one.

    Dots and plus signs mean what they say: no provider's own rules are applied (matching, normalisation).
    """
    address = text.strip().lower()
    return address if _ADDRESS.match(address) else ""


def fold_name(text: str) -> str:
    """A name without case and accents, with hyphen, apostrophe, full stop and blank all one blank.

    For comparing only. Scripts without case or accents (Chinese, Arabic, Thai ...) keep their letters.
    """
    letters = []
    for letter in unicodedata.normalize("NFKD", text.casefold()):
        if letter in _JOINERS or letter.isspace():
            letters.append(" ")
        elif _is_accent(letter) or unicodedata.category(letter) in ("Cf", "Cc"):
            continue
        else:
            letters.append(_LETTERS.get(letter, letter))
    return " ".join(unicodedata.normalize("NFC", "".join(letters)).casefold().split())


def _is_accent(letter: str) -> bool:
    """Whether this is a combining mark that comparing ignores."""
    code = ord(letter)
    return any(first <= code <= last for first, last in _ACCENTS)


def phone_key(number: str, country_code: str) -> str:
    """The digits by which two numbers are compared, or "" when there are too few to mean anything.

    A number that is possible in the clinic's country (ISO code, "AU") is first made international, so that
    `0400 000 001` and `+61 400 000 001` give one key; the last nine digits are kept. One digit repeated
    (`0000 000 000`) is somebody filling a field, not a number.
    """
    typed = "".join(str(unicodedata.digit(sign)) for sign in number if sign.isdecimal())
    digits = _international_digits(number, country_code) or typed
    if len(digits) < _MIN_PHONE_DIGITS or len(set(typed)) == 1:
        return ""
    return digits[-_COMPARED_DIGITS:]


@lru_cache(maxsize=1024)
def _international_digits(number: str, country_code: str) -> str:
    """Country code and number without the plus sign, "" when it is no possible number."""
    # Its tables take longer to read than a word takes to answer; most words compare no number.
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, country_code.strip().upper() or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164).lstrip("+")


def read_birth_date(text: str, country_code: str) -> date | None:
    """The birthday a person or a program typed, or None when it cannot be read without guessing.

    Year first is always understood, a month in English words too; all-digit forms are read in the order of
    the clinic's country. Where a country uses both orders, only a date that reads the same both ways (or in
    one way only) counts. Two-digit years are never guessed.
    """
    cleaned = text.strip()
    year_first = re.match(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[T ].*)?\Z", cleaned)
    if year_first:
        return _date(*(int(part) for part in year_first.groups()))
    compact = re.match(r"(\d{4})(\d{2})(\d{2})\Z", cleaned)
    if compact:
        return _date(*(int(part) for part in compact.groups()))
    numeric = re.match(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})\Z", cleaned)
    if numeric:
        first, second, year = (int(part) for part in numeric.groups())
        return _in_country_order(first, second, year, country_code.strip().upper())
    return _with_month_in_words(cleaned)


def _in_country_order(first: int, second: int, year: int, country_code: str) -> date | None:
    """Day and month as the country writes them."""
    day_first, month_first = _date(year, second, first), _date(year, first, second)
    if country_code in _MONTH_FIRST:
        return month_first
    if country_code in _YEAR_FIRST:
        return None
    if country_code in _EITHER_ORDER:
        readings = {reading for reading in (day_first, month_first) if reading}
        return readings.pop() if len(readings) == 1 else None
    return day_first


def _with_month_in_words(text: str) -> date | None:
    """`2 Feb 1980`, `2-February-1980` or `February 2, 1980`."""
    parts = [part for part in re.split(r"[\s,./-]+", text.lower()) if part]
    if len(parts) != 3 or not parts[2].isdecimal() or len(parts[2]) != 4:
        return None
    day, word = (parts[0], parts[1]) if parts[0][:1].isdecimal() else (parts[1], parts[0])
    day = re.sub(r"(?<=\d)(st|nd|rd|th)\Z", "", day)
    month = next((n for n, name in enumerate(_MONTHS, 1) if word in (name, name[:3], name[:4])), None)
    return _date(int(parts[2]), month, int(day)) if month and day.isdecimal() else None


def _date(year: int, month: int, day: int) -> date | None:
    """The date, or None when the calendar has no such day or nobody alive was born then."""
    if year < _EARLIEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def eighteenth_birthday(birth_date: date) -> date:
    """The day a person comes of age; who was born on 29 February does on 1 March. A birthday at the end of the
    calendar, which stands for an unknown one here and there, never comes of age."""
    if birth_date.year + 18 > MAXYEAR:
        return date.max
    try:
        return birth_date.replace(year=birth_date.year + 18)
    except ValueError:
        return date(birth_date.year + 18, 3, 1)


def keyed_hash(salt: bytes, *parts: str) -> str:
    """Twenty hex digits that stand for these parts in the local index, "" when any part is empty (I6).

    Without the database's own salt the parts cannot be found by trying; their borders count, so
    ("ab", "c") and ("a", "bc") differ.
    """
    if not parts or not all(parts):
        return ""
    digest = hashlib.blake2b(key=salt[:64], digest_size=10)
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(4, "big") + encoded)
    return digest.hexdigest()
