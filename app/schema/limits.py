"""What fits into the HubSpot plan: the size of the property sets, and which pipelines (R60, schema §8)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from app.domain.stream import ObjectKind, Pipeline
from app.errors import PlanTooSmall
from app.schema.catalogue import CATALOGUE
from app.schema.levels import Size, Sizes, wanted

LEAST: Final = 10
"""Fewer free contact properties than this, and nothing can be synced safely."""

_DEAL_STREAMS: Final = ("appointments", "invoices")
_PEOPLE_STREAMS: Final = ("patients", "contacts")


class Slots(Protocol):
    """How many of something the plan allows and how many are taken; None where HubSpot does not say."""

    @property
    def limit(self) -> int | None: ...
    @property
    def used(self) -> int | None: ...


@dataclass(frozen=True)
class Fit:
    """What can be set up: the sizes, the streams that fit, and words about what does not."""

    sizes: Sizes
    streams: frozenset[str]
    notes: tuple[str, ...] = ()

    @property
    def pipelines(self) -> tuple[Pipeline, ...]:
        """The deal pipelines of the streams that fit."""
        return tuple(pipeline for pipeline in CATALOGUE.pipelines if pipeline.stream in self.streams)


def fit(
    level: str,
    streams: Collection[str],
    slots: Mapping[ObjectKind, Slots],
    existing: Mapping[ObjectKind, Collection[str]],
    pipeline_slots: Slots | None = None,
    existing_pipelines: Collection[str] = (),
    plan: str = "",
) -> Fit:
    """The largest set-up that fits.

    `existing` holds the names of the properties HubSpot has, so that ours do not count twice;
    `existing_pipelines` the streams whose pipeline is there. Raises `PlanTooSmall` when fewer than ten
    contact properties are free; `plan` is what HubSpot calls the plan, for its words.
    """
    with_pipelines = pipelines_that_fit(streams, pipeline_slots, existing_pipelines)
    contacts = _contact_size(level, streams, slots.get("contacts"), existing.get("contacts", ()), plan)
    deals, fitting = _deal_size(level, with_pipelines, slots.get("deals"), existing.get("deals", ()))
    kept = frozenset(name for name in streams if name not in _DEAL_STREAMS) | frozenset(fitting)
    notes = [_CONTACT_NOTES[contacts]] if contacts in _CONTACT_NOTES else []
    left_out = [name for name in _DEAL_STREAMS if name in streams and name not in kept]
    if deals == "compact":
        notes.append(
            "Deals get the compact set of properties, because the HubSpot plan has too few free ones."
        )
    if left_out:
        notes.append(no_room_note(left_out))
    return Fit(Sizes(contacts, deals), kept, tuple(notes))


def no_room_note(streams: Collection[str]) -> str:
    """The sentence about streams for which the plan has no room."""
    return f"Without room in the HubSpot plan: {' and '.join(streams)}."


_CONTACT_NOTES: Final[dict[Size, str]] = {
    "compact": "Contacts get the compact set of properties, because the HubSpot plan has too few free ones.",
    "smallest": "Contacts get only the ten properties that the sync itself needs; the HubSpot plan is full.",
}


def _room(slots: Slots | None, present: int) -> int | None:
    """Properties that can exist: those of ours that are there and the free slots; None = no limit known."""
    if slots is None or slots.limit is None:
        return None
    return max(0, slots.limit - (slots.used or 0)) + present


def _contact_size(
    level: str, streams: Collection[str], slots: Slots | None, existing: Collection[str], plan: str
) -> Size:
    """The largest size of contact properties that fits."""
    people = [name for name in streams if name in _PEOPLE_STREAMS] or list(_PEOPLE_STREAMS)
    sizes: tuple[Size, ...] = ("full", "compact", "smallest")
    for size in sizes:
        names = {row.name for row in wanted(level, Sizes(size, "none"), people)}
        room = _room(slots, len(names & set(existing)))
        if room is None or room >= len(names):
            return size
    free = _room(slots, 0)
    named = f"The HubSpot plan{f' ({plan})' if plan else ''}"
    raise PlanTooSmall(
        f"{free} contact properties free, {LEAST} needed",
        sentence=f"{named} has {free} free custom contact properties; ClinicBridge needs at least {LEAST}.",
    )


def _deal_size(
    level: str, streams: Collection[str], slots: Slots | None, existing: Collection[str]
) -> tuple[Size, tuple[str, ...]]:
    """The largest size of deal properties that fits and the streams it is for: both before one."""
    both = tuple(name for name in _DEAL_STREAMS if name in streams)
    sizes: tuple[Size, ...] = ("full", "compact")
    for group in dict.fromkeys((both, both[:1])):
        for size in sizes if group else ():
            names = {row.name for row in wanted(level, Sizes("none", size), group)}
            room = _room(slots, len(names & set(existing)))
            if room is None or room >= len(names):
                return size, group
    return "none", ()


def pipelines_that_fit(
    streams: Collection[str], slots: Slots | None, existing: Collection[str] = ()
) -> tuple[str, ...]:
    """The deal streams whose pipeline is there or still fits; appointments come first (R60)."""
    free = _room(slots, 0)
    fitting = []
    for name in sorted(
        (name for name in _DEAL_STREAMS if name in streams), key=lambda name: name not in existing
    ):
        if name in existing or free is None:
            fitting.append(name)
        elif free > 0:
            free -= 1
            fitting.append(name)
    return tuple(name for name in _DEAL_STREAMS if name in fitting)
