"""How values are kept: moments as whole microseconds, lists as JSON, field hashes as eight bytes each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from struct import Struct
from typing import Any, Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)

_FIELD: Final = Struct(">H6s")
_PACKED: Final = b"\x01"
_MOST_CODES: Final = 0xFFFF


def to_micros(moment: datetime | None) -> int | None:
    """Microseconds since 1970 in UTC: exact, and sorting by them sorts by time."""
    return None if moment is None else (moment - _EPOCH) // _MICROSECOND


def to_moment(micros: int | None) -> datetime | None:
    """An aware UTC moment from its microseconds."""
    return None if micros is None else _EPOCH + timedelta(microseconds=micros)


def some_moment(micros: int) -> datetime:
    """The same for a column that is never empty."""
    return _EPOCH + timedelta(microseconds=micros)


def to_day(text: str | None) -> date | None:
    """A date from its ISO form."""
    return date.fromisoformat(text) if text else None


def to_json(value: Any) -> str:
    """Compact JSON in ASCII, so that any text a service sends can be kept in any database."""
    return json.dumps(value, separators=(",", ":"))


def from_json(text: str) -> Any:
    """What `to_json` was given (tuples come back as lists)."""
    return json.loads(text)


def clean(text: str) -> str:
    """The text with what no database can hold (a NUL, half a surrogate pair) shown as U+FFFD."""
    if text.isascii():
        return text if "\0" not in text else text.replace("\0", "\ufffd")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


def clean_or_none(text: str | None) -> str | None:
    """`clean` for a text that may be absent."""
    return None if text is None else clean(text)


def pack_fields(fields: Mapping[str, str], code_of: Mapping[str, int]) -> bytes:
    """Property names with the hash of what was last written, eight bytes each: two for the name's code, six
    for the hash. Hashes of any other shape are kept as JSON. Equal fields give equal bytes."""
    if not fields:
        return b""
    pairs: list[tuple[int, bytes]] = []
    for name, mark in fields.items():
        code = code_of[name]
        try:
            short = bytes.fromhex(mark)
        except ValueError:
            break
        if len(short) != 6 or code > _MOST_CODES or short.hex() != mark:
            break
        pairs.append((code, short))
    else:
        pairs.sort()
        return _PACKED + b"".join([_FIELD.pack(code, short) for code, short in pairs])
    return to_json(dict(sorted(fields.items()))).encode("ascii")


def unpack_fields(packed: bytes, names: Mapping[int, str]) -> dict[str, str]:
    """What `pack_fields` was given. `names` has the property name for each code."""
    if not packed:
        return {}
    if packed[:1] != _PACKED:
        found: dict[str, str] = json.loads(packed)
        return found
    return {names[code]: short.hex() for code, short in _FIELD.iter_unpack(packed[1:])}


def filled_names(packed: bytes, names: Mapping[int, str], blank: Mapping[str, str]) -> list[str]:
    """The names in what `pack_fields` was given whose hash is not the one that stands for a blank value."""
    if packed[:1] != _PACKED:
        return [name for name, mark in unpack_fields(packed, names).items() if mark != blank.get(name)]
    pairs = [(names[code], short) for code, short in _FIELD.iter_unpack(packed[1:])]
    return [name for name, short in pairs if short.hex() != blank.get(name)]


class PackedFields(Mapping[str, str]):
    """Fields as they were read, unpacked when somebody looks at them: most who read a record do not."""

    __slots__ = ("_fields", "_names", "_packed")

    def __init__(self, packed: bytes, names: Mapping[int, str]) -> None:
        self._packed = packed
        self._names = names
        self._fields: dict[str, str] | None = None

    def packed_by(self, names: Mapping[int, str]) -> bytes | None:
        """The packed form, if these names made it; another database's codes mean other names."""
        return self._packed if names is self._names else None

    def _unpacked(self) -> dict[str, str]:
        if self._fields is None:
            self._fields = unpack_fields(self._packed, self._names)
        return self._fields

    def __getitem__(self, name: str) -> str:
        return self._unpacked()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._unpacked())

    def __len__(self) -> int:
        return len(self._unpacked())

    def __repr__(self) -> str:
        return repr(self._unpacked())
