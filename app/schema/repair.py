"""Turns differences into the actions that close them; at first set-up everything is missing (R60, R61).

Only what is missing is created and only what is ours is changed: a user's own options, stages, groups and
pipelines stay as they are, and a property of another tool under one of our names is used or left alone (R64).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.domain.stream import ObjectKind, Pipeline, Property, Stage
from app.schema.catalogue import CATALOGUE
from app.schema.drift import MARK, Finding
from app.schema.found import Found, Json, locate, options_of, stages_of, text

Body = dict[str, Any]

_LONGEST_PIPELINE_ID = 36
_LAST = -1
"""HubSpot's display order for "after all others" of properties."""


@dataclass(frozen=True)
class CreateGroup:
    """Make a property group."""

    object: ObjectKind
    name: str
    label: str


@dataclass(frozen=True)
class CreateProperty:
    """Make a property from HubSpot's create body."""

    object: ObjectKind
    name: str
    body: Body


@dataclass(frozen=True)
class AddOptions:
    """Send the whole list of options: what is there, the user's own included, and ours that are missing."""

    object: ObjectKind
    name: str
    options: tuple[Body, ...]


@dataclass(frozen=True)
class RestoreType:
    """Give a property that we made its type back."""

    object: ObjectKind
    name: str
    changes: Body


@dataclass(frozen=True)
class CreatePipeline:
    """Make a deal pipeline with its stages; the ids in the answer are the ones to use."""

    wished_id: str
    body: Body


@dataclass(frozen=True)
class CreateStage:
    """Add one stage to our pipeline; `pipeline_id` is HubSpot's."""

    pipeline_id: str
    wished_id: str
    body: Body


Action = CreateGroup | CreateProperty | AddOptions | RestoreType | CreatePipeline | CreateStage


def repair(
    findings: Iterable[Finding], found: Found, own_fields: Iterable[Property] = ()
) -> tuple[Action, ...]:
    """The actions that close the findings, in an order in which they can be carried out.

    `own_fields` are the properties made for the clinic's own fields, which the catalogue does not list.

    Findings that only a person can settle (a key without unique values, a name that is taken, another tool's
    property of another type) bring no action.
    """
    own = {row.name: row for row in own_fields}
    actions: list[Action] = []
    for finding in findings:
        action = _action(finding, found, own.get(finding.name))
        if action is not None:
            actions.append(action)
    return tuple(sorted(actions, key=lambda action: _ORDER.index(type(action))))


_ORDER = (CreateGroup, CreateProperty, RestoreType, AddOptions, CreatePipeline, CreateStage)


def _action(finding: Finding, found: Found, own: Property | None) -> Action | None:
    """What closes one finding, None when nothing should or can."""
    if finding.kind == "group_missing":
        group = CATALOGUE.group(finding.name)
        return CreateGroup(group.object, group.name, group.label) if group else None
    if finding.kind == "pipeline_missing":
        return _create_pipeline(finding.name, found)
    if finding.kind == "stage_missing":
        return _create_stage(finding.name, found)
    row = own or CATALOGUE.named(finding.object, finding.name)
    return _property_action(finding.kind, row, found) if row else None


def _property_action(kind: str, row: Property, found: Found) -> Action | None:
    """What closes a finding about a property of ours."""
    if kind == "property_missing":
        return CreateProperty(row.object, row.name, property_body(row))
    there = found.by_name(row.object).get(row.name)
    if there is None:
        return None
    if kind == "option_missing":
        return AddOptions(row.object, row.name, _all_options(row, there))
    if kind == "type_changed" and MARK in text(there, "description"):
        changes: Body = {"type": wire_type(row), "fieldType": row.field_type}
        if row.options:
            changes["options"] = _option_bodies(row)
        return RestoreType(row.object, row.name, changes)
    return None


def wire_type(row: Property) -> str:
    """HubSpot's type: phone numbers are text in a phone field, which every account accepts."""
    return "string" if row.type == "phone_number" else row.type


def property_body(row: Property) -> Body:
    """The body that creates a property. Unique values can be asked for only now (hence kept off else)."""
    body: Body = {
        "name": row.name,
        "label": row.label,
        "type": wire_type(row),
        "fieldType": row.field_type,
        "groupName": row.group,
        "description": f"{row.meaning}. {MARK}",
        "displayOrder": _LAST,
        "hasUniqueValue": row.unique,
        "formField": False,
    }
    if row.options:
        body["options"] = _option_bodies(row)
    return body


def _option_bodies(row: Property) -> list[Body]:
    """Our options as HubSpot wants them: all four fields are required."""
    return [
        {"label": label, "value": value, "displayOrder": place, "hidden": False}
        for place, (value, label) in enumerate(row.options)
    ]


def _all_options(row: Property, there: Json) -> tuple[Body, ...]:
    """What is there as it is, then ours that are missing: a list that leaves one out would delete it."""
    kept = [dict(option) for option in options_of(there)]
    for place, option in enumerate(kept):
        option.setdefault("displayOrder", place)
        option.setdefault("hidden", False)
    values = {text(option, "value") for option in kept}
    labels = {text(option, "label").casefold() for option in kept}
    orders = [order for option in kept if isinstance(order := option["displayOrder"], int)]
    place = max(orders, default=-1) + 1
    for value, label in row.options:
        if value in values:
            continue
        # A user may have given the label to an option of their own; HubSpot wants labels unique.
        shown = label if label.casefold() not in labels else f"{label} (Cliniko)"
        kept.append({"label": shown, "value": value, "displayOrder": place, "hidden": False})
        place += 1
    return tuple(kept)


def _create_pipeline(pipeline_id: str, found: Found) -> CreatePipeline | None:
    """A whole pipeline, after all others, since a taken place would renumber the user's own."""
    pipeline = next((one for one in CATALOGUE.pipelines if one.id == pipeline_id), None)
    if pipeline is None:
        return None
    return CreatePipeline(pipeline.id, pipeline_body(pipeline, _next_place(found.pipelines)))


def pipeline_body(pipeline: Pipeline, place: int = 0) -> Body:
    """The body that creates a pipeline under ids of our choice; HubSpot may answer with others."""
    body: Body = {
        "label": pipeline.label,
        "displayOrder": place,
        "stages": [stage_body(stage, order) for order, stage in enumerate(pipeline.stages)],
    }
    if len(pipeline.id) <= _LONGEST_PIPELINE_ID:
        body["pipelineId"] = pipeline.id
    return body


def stage_body(stage: Stage, place: int) -> Body:
    """The body of one stage; HubSpot works out by itself which ones are closed."""
    return {
        "stageId": stage.id,
        "label": stage.label,
        "displayOrder": place,
        "metadata": {"probability": stage.probability},
    }


def _create_stage(stage_id: str, found: Found) -> CreateStage | None:
    """One stage that is gone, put last so that no other stage moves."""
    known = CATALOGUE.stage(stage_id)
    located = locate(known[0], found) if known else None
    if known is None or located is None:
        return None
    place = _next_place(stages_of(located.row))
    return CreateStage(located.id, stage_id, stage_body(known[1], place))


def _next_place(rows: Iterable[Json]) -> int:
    """The first display order that nobody has."""
    orders = [order for row in rows if isinstance(order := row.get("displayOrder"), int)]
    return max(orders, default=-1) + 1
