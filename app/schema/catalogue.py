"""Every group, property, pipeline and stage we own in HubSpot, gathered from the streams: the one list that
creation, drift check, documentation and mapping read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from app.domain.ids import Kind, StreamName
from app.domain.stream import Group, ObjectKind, Pipeline, Property, Stage
from app.streams import GROUPS, PIPELINES, STREAM_PROPERTIES

KEY_OF: Final[dict[Kind, str]] = {
    "patient": "cliniko_patient_key",
    "contact": "cliniko_contact_key",
    "appointment": "cliniko_appointment_key",
    "invoice": "cliniko_invoice_key",
}
"""The unique property on which a new record of each kind is upserted."""

OBJECT_OF: Final[dict[Kind, ObjectKind]] = {
    "patient": "contacts",
    "contact": "contacts",
    "appointment": "deals",
    "invoice": "deals",
}


@dataclass(frozen=True)
class Catalogue:
    """What we own, with look-ups. `streams` maps each stream to the properties it may write."""

    streams: dict[StreamName, tuple[Property, ...]]
    groups: tuple[Group, ...]
    pipelines: tuple[Pipeline, ...]

    @cached_property
    def properties(self) -> tuple[Property, ...]:
        """Each property once, HubSpot's own included, in the order of the groups."""
        once: dict[tuple[ObjectKind, str], Property] = {}
        for rows in self.streams.values():
            for row in rows:
                once.setdefault((row.object, row.name), row)
        order = {group.name: place for place, group in enumerate(self.groups)}
        return tuple(sorted(once.values(), key=lambda row: order.get(row.group, -1)))

    @cached_property
    def owned(self) -> tuple[Property, ...]:
        """The properties we create, so without HubSpot's own."""
        return tuple(row for row in self.properties if not row.standard)

    @cached_property
    def _by_name(self) -> dict[tuple[ObjectKind, str], Property]:
        return {(row.object, row.name): row for row in self.properties}

    def named(self, kind: ObjectKind, name: str) -> Property | None:
        """The property of that internal name on contacts or deals, None when we have none."""
        return self._by_name.get((kind, name))

    def owned_names(self, kind: ObjectKind) -> frozenset[str]:
        """Internal names of the properties we create on contacts or deals."""
        return frozenset(row.name for row in self.owned if row.object == kind)

    def group(self, name: str) -> Group | None:
        """The property group of that internal name."""
        return next((group for group in self.groups if group.name == name), None)

    def groups_of(self, rows: Iterable[Property]) -> tuple[Group, ...]:
        """The groups those properties need."""
        names = {row.group for row in rows if not row.standard}
        return tuple(group for group in self.groups if group.name in names)

    def pipeline_of(self, stream: str) -> Pipeline | None:
        """The deal pipeline of a stream."""
        return next((pipeline for pipeline in self.pipelines if pipeline.stream == stream), None)

    def stage(self, stage_id: str) -> tuple[Pipeline, Stage] | None:
        """The stage asked for under that id, with its pipeline."""
        for pipeline in self.pipelines:
            for stage in pipeline.stages:
                if stage.id == stage_id:
                    return pipeline, stage
        return None

    @cached_property
    def _filled_by(self) -> dict[tuple[ObjectKind, str], tuple[StreamName, ...]]:
        streams: dict[tuple[ObjectKind, str], tuple[StreamName, ...]] = {}
        for stream, rows in self.streams.items():
            for row in rows:
                where = (row.object, row.name)
                streams[where] = (*streams.get(where, ()), stream)
        return streams

    def filled_by(self, row: Property) -> tuple[StreamName, ...]:
        """The streams on whose records a property stands."""
        return self._filled_by.get((row.object, row.name), ())

    def streams_of(self, row: Property) -> tuple[StreamName, ...]:
        """The streams that cannot work without a property: for a trigger only what it asks for."""
        if row.trigger:
            return ("unlink",) if row.name.startswith("unlink") else ("write_back",)
        # A property for one of the clinic's own fields is not listed here; it goes with its group.
        return self.filled_by(row) or tuple(
            stream for stream, rows in self.streams.items() if any(one.group == row.group for one in rows)
        )

    @cached_property
    def triggers(self) -> tuple[Property, ...]:
        """The four requests that a HubSpot user or workflow sets (R40, R50)."""
        return tuple(row for row in self.owned if row.trigger)


CATALOGUE: Final = Catalogue(STREAM_PROPERTIES, GROUPS, PIPELINES)
