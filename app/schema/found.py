"""What HubSpot says it has: its definitions, looked up safely, and our pipelines among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from app.domain.stream import ObjectKind, Pipeline

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """Properties and groups by object, and the deal pipelines, as HubSpot's lists give them.

    `ids` maps the ids we asked for (pipelines, stages) to those HubSpot gave or a person chose instead.
    """

    properties: Mapping[ObjectKind, Sequence[Json]] = field(default_factory=dict)
    groups: Mapping[ObjectKind, Sequence[Json]] = field(default_factory=dict)
    pipelines: Sequence[Json] = ()
    ids: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _by_name(self) -> dict[ObjectKind, dict[str, Json]]:
        return {
            kind: {text(row, "name"): row for row in rows if is_live(row)}
            for kind, rows in self.properties.items()
        }

    def by_name(self, kind: ObjectKind) -> Mapping[str, Json]:
        """The live properties of one object by internal name."""
        return self._by_name.get(kind, {})

    def names(self, kind: ObjectKind) -> frozenset[str]:
        """Internal names of the live properties of one object."""
        return frozenset(self.by_name(kind))

    def group_names(self, kind: ObjectKind) -> frozenset[str]:
        """Internal names of the live groups of one object."""
        return frozenset(text(row, "name") for row in self.groups.get(kind, ()) if is_live(row))

    def live_pipelines(self) -> list[Json]:
        """The pipelines that are not archived."""
        return [row for row in self.pipelines if is_live(row)]


@dataclass(frozen=True)
class Located:
    """One of our pipelines as it was found: `id` is HubSpot's, `stages` our stage ids to HubSpot's rows."""

    id: str
    row: Json
    stages: Mapping[str, Json]
    extra: tuple[Json, ...]
    """Stages that are not ours."""

    def ids(self, pipeline: Pipeline) -> dict[str, str]:
        """The ids we ask for, mapped to those HubSpot gave."""
        return {pipeline.id: self.id} | {wished: text(row, "id") for wished, row in self.stages.items()}


def locate(pipeline: Pipeline, found: Found) -> Located | None:
    """Our pipeline among those found: by the remembered id, by the id we ask for, or, where HubSpot gave ids
    of its own and nobody remembers them, by its label and all its stages' labels."""
    candidates = found.live_pipelines()
    for wanted in (found.ids.get(pipeline.id), pipeline.id):
        for row in candidates:
            if wanted and text(row, "id") == wanted:
                return _located(pipeline, row, found)
    for row in candidates:
        labels = {_folded(stage, "label") for stage in stages_of(row)}
        same_label = _folded(row, "label") == pipeline.label.casefold()
        if same_label and all(stage.label.casefold() in labels for stage in pipeline.stages):
            return _located(pipeline, row, found)
    return None


def _located(pipeline: Pipeline, row: Json, found: Found) -> Located:
    """Our stages in a pipeline, each by id before any is taken by its label."""
    live = stages_of(row)
    stages: dict[str, Json] = {}
    for stage in pipeline.stages:
        for wanted in (found.ids.get(stage.id), stage.id):
            match = next((one for one in live if wanted and text(one, "id") == wanted), None)
            if match is not None:
                stages[stage.id] = match
                break
    taken = {text(one, "id") for one in stages.values()}
    for stage in pipeline.stages:
        if stage.id in stages:
            continue
        for one in live:
            if text(one, "id") not in taken and _folded(one, "label") == stage.label.casefold():
                stages[stage.id] = one
                taken.add(text(one, "id"))
                break
    extra = tuple(one for one in live if text(one, "id") not in taken)
    return Located(text(row, "id"), row, stages, extra)


def actual_ids(pipelines: Sequence[Pipeline], found: Found) -> dict[str, str]:
    """For every pipeline and stage that was found: the id we ask for, mapped to the one to use."""
    ids: dict[str, str] = {}
    for pipeline in pipelines:
        located = locate(pipeline, found)
        if located:
            ids.update(located.ids(pipeline))
    return ids


def is_live(row: object) -> bool:
    """Not archived; a missing mark counts as live."""
    return isinstance(row, Mapping) and row.get("archived") is not True


def stages_of(row: Json) -> list[Json]:
    """The live stages of a pipeline row."""
    stages = row.get("stages")
    return [one for one in stages if is_live(one)] if isinstance(stages, Sequence) else []


def options_of(row: Json) -> list[Json]:
    """The options of a property row."""
    options = row.get("options")
    return [one for one in options if isinstance(one, Mapping)] if isinstance(options, Sequence) else []


def text(row: Json, name: str) -> str:
    """A text of a row; numbers as digits, "" for anything else."""
    value = row.get(name)
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _folded(row: Json, name: str) -> str:
    return text(row, name).strip().casefold()
