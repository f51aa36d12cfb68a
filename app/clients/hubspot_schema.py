"""HubSpot's endpoints for groups, properties, pipelines and stages: read, add, change; nothing is ever removed."""

from __future__ import annotations

from collections.abc import Sequence

from app.clients.hubspot_refusals import classify, is_existing, names_of
from app.clients.hubspot_wire import (
    MOST_INPUTS,
    HubSpotWire,
    errors_of,
    pipelines_path,
    portions,
    properties_path,
    results_of,
)
from app.errors import OutcomeUnknown, RequestRefused
from app.sync.ports import Json, Refusal


class SchemaCalls(HubSpotWire):
    """What HubSpot calls the CRM's schema, for contacts and deals."""

    # properties and groups

    def properties(self, kind: str) -> tuple[Json, ...]:
        """Every property that is not archived, as HubSpot describes it."""
        body = self._get(properties_path(kind), right=_right(kind, "read"))
        return tuple(results_of(body, f"properties of {kind}"))

    def groups(self, kind: str) -> tuple[Json, ...]:
        """Every property group that is not archived."""
        body = self._get(properties_path(kind, "groups"), right=_right(kind, "read"))
        return tuple(results_of(body, f"groups of {kind}"))

    def create_group(self, kind: str, name: str, label: str) -> None:
        """Make a group; one that exists already is left as it is."""
        body = {"name": name, "label": label, "displayOrder": -1}
        path = properties_path(kind, "groups")
        try:
            self._write("POST", path, body, _right(kind, "write"), is_batch=False)
        except RequestRefused as error:
            if error.status != 409 and not is_existing(error.body):
                raise

    def create_properties(self, kind: str, definitions: Sequence[Json]) -> dict[str, Refusal]:
        """Make properties, 100 a call; returns why those that were not made were refused, by name.

        One that exists already is no refusal. An archived one of the same name comes back with the new definition.
        """
        refused: dict[str, Refusal] = {}
        for portion in portions(list(definitions), MOST_INPUTS):
            refused.update(self._create_portion(kind, portion))
        return refused

    def _create_portion(self, kind: str, definitions: Sequence[Json]) -> dict[str, Refusal]:
        path = properties_path(kind, "batch", "create")
        try:
            body = self._write("POST", path, {"inputs": list(definitions)}, _right(kind, "write")).body
        except RequestRefused as error:
            return self._alone(kind, definitions, error)
        refused: dict[str, Refusal] = {}
        asked = [str(each.get("name", "")) for each in definitions]
        made = {str(each.get("name", "")) for each in results_of(body, "created properties")}
        unnamed: list[Json] = []
        for entry in errors_of(body):
            named = [name for name in names_of(entry) if name in asked and name not in made]
            if is_existing(entry):
                made.update(named)
            elif named:
                refused.update(dict.fromkeys(named, classify(entry, None, kind)))
            else:
                unnamed.append(entry)
        left = [
            each for each in definitions if each.get("name") not in made and each.get("name") not in refused
        ]
        if left and unnamed:
            if len(left) == 1:
                refused[str(left[0]["name"])] = classify(unnamed[0], None, kind)
            elif len(left) < len(definitions):
                refused.update(self._create_portion(kind, left))
            else:
                refused.update(self._create_halves(kind, left))
        return refused

    def _alone(self, kind: str, definitions: Sequence[Json], error: RequestRefused) -> dict[str, Refusal]:
        if error.status not in (400, 409, 413, 422):
            # Not about one of them, but about the plan or the call: none was made.
            refusal = classify(error.body, error.status, kind)
            return {str(each.get("name", "")): refusal for each in definitions}
        if len(definitions) > 1:
            return self._create_halves(kind, definitions)
        if error.status == 409 or is_existing(error.body):
            return {}
        return {str(definitions[0].get("name", "")): classify(error.body, error.status, kind)}

    def _create_halves(self, kind: str, definitions: Sequence[Json]) -> dict[str, Refusal]:
        middle = len(definitions) // 2
        return self._create_portion(kind, definitions[:middle]) | self._create_portion(
            kind, definitions[middle:]
        )

    def change_property(self, kind: str, name: str, changes: Json) -> None:
        """Change some parts of a property. `options` replaces the whole list: pass those of others along."""
        path = properties_path(kind, name)
        self._write("PATCH", path, changes, _right(kind, "write"), is_batch=False)

    # pipelines and stages

    def pipelines(self) -> tuple[Json, ...]:
        """All deal pipelines with their stages."""
        return tuple(results_of(self._get(pipelines_path(), right=_right("deals", "read")), "pipelines"))

    def create_pipeline(self, body: Json) -> Json:
        """Make a deal pipeline with fixed ids; returns it. A lost answer is settled by looking, not by repeating."""
        wanted = str(body.get("pipelineId") or "")
        try:
            return self._create_once(pipelines_path(), body)
        except OutcomeUnknown:
            made = _with_id(self.pipelines(), wanted)
            return made if made is not None else self._create_once(pipelines_path(), body)

    def create_stage(self, pipeline_id: str, body: Json) -> Json:
        """Add a stage to a pipeline, beside those it has; returns it. Lost answers as for pipelines."""
        path = pipelines_path(pipeline_id, "stages")
        wanted = str(body.get("stageId") or "")
        try:
            return self._create_once(path, body)
        except OutcomeUnknown:
            pipeline = _with_id(self.pipelines(), pipeline_id) or {}
            stages = pipeline.get("stages")
            made = _with_id(stages if isinstance(stages, list) else (), wanted)
            return made if made is not None else self._create_once(path, body)

    def _create_once(self, path: str, body: Json) -> Json:
        return self._write(
            "POST", path, body, _right("deals", "write"), is_repeatable=False, is_batch=False
        ).body


def _with_id(things: Sequence[Json], wanted: str) -> Json | None:
    return next((each for each in things if wanted and str(each.get("id", "")) == wanted), None)


def _right(kind: str, act: str) -> str:
    return f"crm.schemas.{kind}.{act}"
