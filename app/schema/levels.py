"""What minimal, standard and detailed send, in which size, and the picture of it for a sample (R84)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from app.domain.people import PatientView
from app.domain.stream import Level, ObjectKind, Property
from app.domain.visits import AppointmentView
from app.schema.catalogue import CATALOGUE
from app.streams.appointments import APPOINTMENT_PROPERTIES, appointment_values
from app.streams.patients import patient_values

PrivacyLevel = Literal["minimal", "standard", "detailed"]
Size = Literal["full", "compact", "smallest", "none"]
"""How much of a level fits into the plan; `none` means that no deals fit at all."""

LEVELS: Final[tuple[PrivacyLevel, ...]] = ("minimal", "standard", "detailed")
ALL_STREAMS: Final = frozenset(CATALOGUE.streams)
NOT_SENT: Final = "not sent"
_RANK: Final[dict[Level, int]] = {"M": 0, "S": 1, "D": 2}
LEVEL_NAME: Final[dict[Level, PrivacyLevel]] = {"M": "minimal", "S": "standard", "D": "detailed"}


@dataclass(frozen=True)
class Sizes:
    """The size chosen for contacts and for deals."""

    contacts: Size = "full"
    deals: Size = "full"

    def of(self, kind: ObjectKind) -> Size:
        """The size of one object."""
        return self.contacts if kind == "contacts" else self.deals


FULL: Final = Sizes()


def is_sent(row: Property, level: str) -> bool:
    """Whether a property is created and sent at a privacy level; an unknown level sends least."""
    return _RANK[row.level] <= (LEVELS.index(level) if level in LEVELS else 0)


def _fits(row: Property, size: Size) -> bool:
    """Whether a property belongs to a size; HubSpot's own take no room, so they always do, but on no deal."""
    if size == "none":
        return False
    if row.standard or size == "full":
        return True
    return row.compact if size == "compact" else row.minimal_plan


def wanted(
    level: str, compact: Sizes | Size = "full", streams: Collection[str] = ALL_STREAMS
) -> tuple[Property, ...]:
    """The properties to create at a level, in a size, for the streams that are on.

    The smallest set is the same whatever streams are on, so that one may be switched on later.
    """
    sizes = compact if isinstance(compact, Sizes) else Sizes(compact, compact)
    return tuple(
        row
        for row in CATALOGUE.owned
        if is_sent(row, level)
        and _fits(row, sizes.of(row.object))
        and (_is_used(row, streams) or (sizes.of(row.object) == "smallest" and row.minimal_plan))
    )


def _is_used(row: Property, streams: Collection[str]) -> bool:
    """Whether a stream that is on fills the property."""
    return any(stream in streams for stream in CATALOGUE.filled_by(row))


def allowed_names(
    kind: ObjectKind,
    level: str,
    compact: Sizes | Size = "full",
    streams: Collection[str] = ALL_STREAMS,
    existing: Collection[str] | None = None,
) -> frozenset[str]:
    """The property names that may be written on contacts or deals, HubSpot's own included.

    With `existing`, only those that HubSpot has: no call ever names another one (schema §8).
    """
    sizes = compact if isinstance(compact, Sizes) else Sizes(compact, compact)
    names = {row.name for row in wanted(level, sizes, streams) if row.object == kind}
    for stream in CATALOGUE.streams:
        if stream in streams:
            names.update(
                row.name
                for row in CATALOGUE.streams[stream]
                if row.standard and row.object == kind and is_sent(row, level) and _fits(row, sizes.of(kind))
            )
    return frozenset(names if existing is None else names & set(existing))


@dataclass(frozen=True)
class PictureRow:
    """One line of the picture: what HubSpot will show under a label, or that it will not know."""

    name: str
    label: str
    value: str
    is_sent: bool


def picture(level: str, view: PatientView, computed: Mapping[str, str] | None = None) -> list[PictureRow]:
    """What a sample patient's contact will say at a level. `computed` holds roll-ups by property name."""
    values = patient_values(view) | dict(computed or {})
    return _picture(level, CATALOGUE.streams["patients"], values)


def deal_picture(level: str, view: AppointmentView) -> list[PictureRow]:
    """What a sample appointment's deal will say at a level."""
    return _picture(level, APPOINTMENT_PROPERTIES, appointment_values(replace(view, level=level)))


def _picture(level: str, rows: Collection[Property], values: Mapping[str, str]) -> list[PictureRow]:
    """The rows in order; those whose value is worked out elsewhere appear only where it was given."""
    shown = [row for row in rows if row.name in values]
    return [
        PictureRow(
            row.name, row.label, values[row.name] if is_sent(row, level) else NOT_SENT, is_sent(row, level)
        )
        for row in shown
    ]
