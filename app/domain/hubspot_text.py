"""How values are written for HubSpot: one function a format, all giving text ("" = blank)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final

LONGEST_TEXT: Final = 65_536
"""Characters HubSpot keeps of one text value (it counts UTF-16 units)."""

_BREAKS: Final = re.compile("[\t-\r\x85\u2028\u2029]+")
_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CENT: Final = Decimal("0.01")
_PRECISION: Final = 60


def clean(text: str) -> str:
    """One line of text without control or half characters, trimmed and no longer than HubSpot keeps.

    A line break becomes a blank, so that no two words grow together.
    """
    if not text.isprintable():
        text = _UNPRINTABLE.sub("", _BREAKS.sub(" ", text))
    text = text.strip()
    if len(text) * 2 > LONGEST_TEXT:
        kept = text.encode("utf-16-le")[: LONGEST_TEXT * 2]
        text = kept.decode("utf-16-le", "ignore").strip()
    return text


def flag_text(value: bool | None) -> str:
    """`true`, `false`, or "" for unknown."""
    return "" if value is None else ("true" if value else "false")


def yes_no(value: bool | None, unknown: str = "") -> str:
    """`yes`, `no`, or the word for never asked (R15)."""
    return unknown if value is None else ("yes" if value else "no")


def day_text(value: date | None) -> str:
    """`2026-11-20`, never converted between zones."""
    return "" if value is None else value.isoformat()[:10]


def moment_text(value: datetime | None) -> str:
    """`2026-11-20T01:02:03.000Z` of an aware time."""
    if value is None:
        return ""
    return value.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + ".000Z"


def whole_text(value: int | None) -> str:
    """A count in plain digits."""
    return "" if value is None else str(value)


def to_cents(value: Decimal) -> Decimal:
    """Rounded half up to two decimals (R24)."""
    with localcontext() as context:
        context.prec = _PRECISION
        rounded = value.quantize(_CENT, rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def money_text(value: Decimal | None) -> str:
    """Two decimals, a point, no thousands mark: `-1234.50`."""
    return "" if value is None else f"{to_cents(value):f}"
