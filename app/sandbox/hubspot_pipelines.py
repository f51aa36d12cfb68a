"""Deal pipelines and their stages as the account keeps them, with the rules that refuse a change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from app.sandbox.hubspot_kinds import iso
from app.sandbox.hubspot_replies import Json, Refusal
from app.sandbox.hubspot_standard import DEFAULT_STAGES

MOST_STAGES = 100
LONGEST_PIPELINE_ID = 36
LONGEST_STAGE_ID = 100
_PROBABILITY = re.compile(r"\d+(\.\d+)?|\.\d+")


class _Placed(Protocol):
    order: int
    label: str


_P = TypeVar("_P", bound=_Placed)


@dataclass
class Stage:
    """One stage; closed exactly when its probability is 0 or 1."""

    id: str
    label: str
    order: int
    probability: str
    created_ms: int = 0
    updated_ms: int = 0

    @property
    def is_closed(self) -> bool:
        """Whether a deal here is won or lost."""
        return float(self.probability) in (0.0, 1.0)

    def shown(self, sent: Json | None = None) -> Json:
        """As the API tells it; an answer to a write repeats the metadata that were `sent`."""
        metadata: Json = {
            "isClosed": "true" if self.is_closed else "false",
            "probability": self.probability,
        }
        if sent is not None:
            metadata.update({name: _echo(value) for name, value in sent.items()})
        return {
            "id": self.id,
            "label": self.label,
            "displayOrder": self.order,
            "metadata": metadata,
            "createdAt": iso(self.created_ms),
            "updatedAt": iso(self.updated_ms),
            "archived": False,
            "writePermissions": "CRM_PERMISSIONS_ENFORCEMENT",
        }


@dataclass
class Pipeline:
    """One pipeline with its stages by id."""

    id: str
    label: str
    order: int
    stages: dict[str, Stage] = field(default_factory=dict)
    created_ms: int = 0
    updated_ms: int = 0
    audit: list[Json] = field(default_factory=list)

    def ordered(self) -> list[Stage]:
        """The stages as people see them."""
        return sorted(self.stages.values(), key=lambda stage: (stage.order, stage.label))

    def shown(self) -> Json:
        """As the API tells it."""
        return {
            "id": self.id,
            "label": self.label,
            "displayOrder": self.order,
            "stages": [stage.shown() for stage in self.ordered()],
            "createdAt": iso(self.created_ms),
            "updatedAt": iso(self.updated_ms),
            "archived": False,
        }


class Pipelines:
    """All deal pipelines; a new account has one."""

    def __init__(self) -> None:
        stages = {
            stage_id: Stage(stage_id, label, place, probability)
            for place, (stage_id, label, probability) in enumerate(DEFAULT_STAGES)
        }
        self.known = {"default": Pipeline("default", "Sales Pipeline", 0, stages)}
        self._next = 731_204_518

    def ordered(self) -> list[Pipeline]:
        """The pipelines as people see them."""
        return sorted(self.known.values(), key=lambda one: (one.order, one.label))

    def default(self) -> Pipeline:
        """Where a deal goes that names none."""
        return self.known.get("default") or self.ordered()[0]

    def stage(self, stage_id: str) -> Stage | None:
        """A stage wherever it is."""
        for pipeline in self.known.values():
            if stage_id in pipeline.stages:
                return pipeline.stages[stage_id]
        return None

    def new_id(self) -> str:
        """A numeric id, as for what is made in the window."""
        self._next += 13
        return str(self._next)

    def check_pipeline(self, label: str, pipeline_id: str | None, own: Pipeline | None = None) -> None:
        """Raise Refusal when the label or the id is taken or too long."""
        if pipeline_id is not None and len(pipeline_id) > LONGEST_PIPELINE_ID:
            raise Refusal(500, "internal error", category=None)
        if pipeline_id in self.known:
            raise Refusal(400, f"A pipeline with the ID '{pipeline_id}' already exists.")
        for other in self.known.values():
            if other is not own and other.label.casefold() == label.casefold():
                raise Refusal(400, f"A pipeline with the label '{label}' already exists.")

    def check_stage(
        self, pipeline: Pipeline, label: str, stage_id: str | None, own: Stage | None = None
    ) -> None:
        """Raise Refusal when the label or the id of a stage is taken or too long."""
        if stage_id is not None:
            if len(stage_id) > LONGEST_STAGE_ID:
                raise Refusal(500, "internal error", category=None)
            if stage_id in pipeline.stages and pipeline.stages[stage_id] is not own:
                raise Refusal(400, f"Stage IDs must be unique: {stage_id}", category=None)
            if own is None and self.stage(stage_id) is not None:
                code = "STAGE_ID_EXISTS_IN_ANOTHER_PIPELINE"
                raise Refusal(409, f"{code}: {stage_id}", "CONFLICT", f"PipelineError.{code}")
        for other in pipeline.stages.values():
            if other is not own and other.label.casefold() == label.casefold():
                raise Refusal(400, f"A stage with the label '{label}' already exists in this pipeline.")

    def put_stage(self, pipeline: Pipeline, body: Json, at_ms: int, honour_id: bool) -> Stage:
        """Add a stage as described; raises Refusal."""
        label, order = label_of(body), order_of(body)
        wished = body.get("stageId")
        if wished is not None and not isinstance(wished, str):
            raise Refusal(400, "stageId must be a string", category=None)
        self.check_stage(pipeline, label, wished)
        if len(pipeline.stages) >= MOST_STAGES:
            raise Refusal(400, f"A pipeline can have at most {MOST_STAGES} stages.")
        probability = probability_of(metadata_of(body))
        stage_id = wished if wished and honour_id else self.new_id()
        stage = Stage(stage_id, label, order, probability, at_ms, at_ms)
        place(pipeline.stages.values(), stage, order)
        pipeline.stages[stage_id] = stage
        return stage


def place(others: Iterable[_P], one: _P, order: int) -> None:
    """Give a place: a free one as wished; a taken one means after it, and all are numbered anew."""
    rest = sorted(
        (other for other in others if other is not one), key=lambda other: (other.order, other.label)
    )
    one.order = order
    if all(other.order != order for other in rest):
        return
    at = max(index for index, other in enumerate(rest) if other.order == order) + 1
    for number, placed in enumerate([*rest[:at], one, *rest[at:]]):
        placed.order = number


def label_of(body: Json) -> str:
    """The label that was sent; raises Refusal when there is none."""
    label = body.get("label")
    if not isinstance(label, str) or not label.strip():
        raise Refusal(400, "label is required")
    return label.strip()


def order_of(body: Json) -> int:
    """The place that was sent; raises Refusal when it is none or below 0."""
    order = body.get("displayOrder")
    if not isinstance(order, int) or isinstance(order, bool):
        raise Refusal(400, "displayOrder is required and must be a whole number")
    if order < 0:
        raise Refusal(400, f"displayOrder must not be negative: {order}")
    return order


def metadata_of(body: Json) -> Json:
    """The metadata that were sent; raises Refusal when there are none."""
    metadata = body.get("metadata")
    if not isinstance(metadata, dict):
        raise Refusal(400, "metadata is required")
    return metadata


def probability_of(metadata: Json) -> str:
    """The probability as it is kept ("1" becomes "1.0"); raises Refusal outside 0 to 1."""
    text = _echo(metadata.get("probability", ""))
    if not _PROBABILITY.fullmatch(text) or not 0 <= float(text) <= 1:
        raise Refusal(400, f"probability is required for a deal stage, from 0 to 1: {text}")
    return str(float(text))


def _echo(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
