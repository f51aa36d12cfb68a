"""The calls for deal pipelines and stages: create, read, change, replace, purge."""

from __future__ import annotations

from collections.abc import Collection

from app.sandbox.hubspot_data import PortalData
from app.sandbox.hubspot_kinds import DEALS, iso
from app.sandbox.hubspot_pipelines import (
    Pipeline,
    Stage,
    label_of,
    metadata_of,
    order_of,
    place,
    probability_of,
)
from app.sandbox.hubspot_replies import Json, Refusal, body_of, flag, not_found, ok
from app.sandbox.messages import Reply, Request


class PipelineCalls:
    """What `/crm/pipelines/{version}/deals` answers."""

    def __init__(self, data: PortalData) -> None:
        self._data = data

    @property
    def _known(self) -> dict[str, Pipeline]:
        return self._data.pipelines.known

    def answer(self, request: Request, parts: list[str], version: str) -> Reply | None:
        """Answer the call for what follows the object in the address; None when there is no such address."""
        match request.method, parts:
            case "GET", []:
                return ok({"results": [one.shown() for one in self._data.pipelines.ordered()]})
            case "POST", []:
                return self._create(body_of(request))
            case "GET", [pipeline_id]:
                return ok(self._pipeline(pipeline_id).shown())
            case "PATCH", [pipeline_id]:
                return self._change(self._pipeline(pipeline_id), body_of(request))
            case "PUT", [pipeline_id]:
                return self._replace(self._pipeline(pipeline_id), body_of(request))
            case "DELETE", [pipeline_id]:
                return self._purge(request, pipeline_id, version)
            case "GET", [pipeline_id, "audit"]:
                return ok({"results": self._pipeline(pipeline_id).audit})
            case _, [pipeline_id, "stages", *rest]:
                return self._stages(request, self._pipeline(pipeline_id), rest, version)
            case _:
                return None

    def _stages(self, request: Request, pipeline: Pipeline, rest: list[str], version: str) -> Reply | None:
        match request.method, rest:
            case "GET", []:
                return ok({"results": [stage.shown() for stage in pipeline.ordered()]})
            case "POST", []:
                return self._create_stage(pipeline, body_of(request))
            case "GET", [stage_id]:
                return ok(self._stage(pipeline, stage_id).shown())
            case (("PATCH" | "PUT"), [stage_id]):
                stage, body = self._stage(pipeline, stage_id), body_of(request)
                return self._change_stage(pipeline, stage, body, whole=request.method == "PUT")
            case "DELETE", [stage_id]:
                return self._purge_stage(request, pipeline, stage_id, version)
            case "GET", [stage_id, "audit"]:
                self._stage(pipeline, stage_id)
                rows = [row for row in pipeline.audit if row["identifier"] == stage_id]
                return ok({"results": rows})
            case _:
                return None

    def _pipeline(self, pipeline_id: str) -> Pipeline:
        if pipeline_id not in self._known:
            raise not_found(f"Pipeline {pipeline_id} does not exist")
        return self._known[pipeline_id]

    @staticmethod
    def _stage(pipeline: Pipeline, stage_id: str) -> Stage:
        if stage_id not in pipeline.stages:
            raise not_found(f"Stage {stage_id} does not exist")
        return pipeline.stages[stage_id]

    def _note(self, pipeline: Pipeline, action: str, identifier: str) -> None:
        pipeline.updated_ms = self._data.now_ms()
        pipeline.audit.append(
            {
                "action": action,
                "identifier": identifier,
                "portalId": self._data.account.portal_id,
                "timestamp": iso(pipeline.updated_ms),
            }
        )

    def _create(self, body: Json) -> Reply:
        data, pipelines = self._data, self._data.pipelines
        label, order, wished = label_of(body), order_of(body), body.get("pipelineId")
        if wished is not None and not isinstance(wished, str):
            raise Refusal(400, "pipelineId must be a string", category=None)
        pipelines.check_pipeline(label, wished)
        if len(self._known) >= data.plan.pipelines:
            raise Refusal(
                data.switches.pipeline_limit_status,
                f"The account has reached its limit of {data.plan.pipelines} deal pipelines.",
                sub_category="PipelineError.PIPELINE_LIMIT_REACHED",
            )
        now = data.now_ms()
        honour = data.switches.honours_pipeline_ids
        pipeline = Pipeline(wished if wished and honour else pipelines.new_id(), label, order)
        pipeline.created_ms = pipeline.updated_ms = now
        rows = self._stage_rows(body)
        sent = {}
        for row in rows:
            stage = pipelines.put_stage(pipeline, row, now, honour)
            sent[stage.id] = metadata_of(row)
        self._known[pipeline.id] = pipeline
        place(self._known.values(), pipeline, order)
        self._note(pipeline, "CREATE", pipeline.id)
        shown = pipeline.shown()
        shown["stages"] = [stage.shown(sent[stage.id]) for stage in pipeline.ordered()]
        return ok(shown, 201)

    @staticmethod
    def _stage_rows(body: Json) -> list[Json]:
        rows = body.get("stages")
        if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
            raise Refusal(400, "A pipeline needs at least one stage.")
        return rows

    def _change(self, pipeline: Pipeline, body: Json) -> Reply:
        if "label" in body:
            label = label_of(body)
            self._data.pipelines.check_pipeline(label, None, pipeline)
            pipeline.label = label
        if "displayOrder" in body:
            place(self._known.values(), pipeline, order_of(body))
        self._note(pipeline, "UPDATE", pipeline.id)
        return ok(pipeline.shown())

    def _replace(self, pipeline: Pipeline, body: Json) -> Reply:
        """Whatever stage is left out is gone, one without an id comes as a new one."""
        label, order = label_of(body), order_of(body)
        self._data.pipelines.check_pipeline(label, None, pipeline)
        earlier = pipeline.stages
        pipeline.stages = {}
        try:
            for row in self._stage_rows(body):
                stage = self._data.pipelines.put_stage(pipeline, row, self._data.now_ms(), honour_id=True)
                if stage.id in earlier:
                    stage.created_ms = earlier[stage.id].created_ms
        except Refusal:
            pipeline.stages = earlier
            raise
        pipeline.label = label
        place(self._known.values(), pipeline, order)
        self._note(pipeline, "UPDATE", pipeline.id)
        return ok(pipeline.shown())

    def _purge(self, request: Request, pipeline_id: str, version: str) -> Reply:
        pipeline = self._known.get(pipeline_id)
        if pipeline is None:
            return Reply(204)
        checked = flag(request, "validateReferencesBeforeDelete") or flag(
            request, "validateDealStageUsagesBeforeDelete"
        )
        self._refuse_in_use(pipeline.stages, checked or version >= "2026-09")
        del self._known[pipeline_id]
        return Reply(204)

    def _create_stage(self, pipeline: Pipeline, body: Json) -> Reply:
        data = self._data
        stage = data.pipelines.put_stage(pipeline, body, data.now_ms(), data.switches.honours_pipeline_ids)
        self._note(pipeline, "CREATE", stage.id)
        return ok(stage.shown(metadata_of(body)), 201)

    def _change_stage(self, pipeline: Pipeline, stage: Stage, body: Json, whole: bool) -> Reply:
        metadata = metadata_of(body)
        if whole or "label" in body:
            label = label_of(body)
            self._data.pipelines.check_stage(pipeline, label, None, stage)
            stage.label = label
        if whole or "probability" in metadata:
            stage.probability = probability_of(metadata)
        if whole or "displayOrder" in body:
            place(pipeline.stages.values(), stage, order_of(body))
        stage.updated_ms = self._data.now_ms()
        self._note(pipeline, "UPDATE", stage.id)
        return ok(stage.shown(metadata))

    def _purge_stage(self, request: Request, pipeline: Pipeline, stage_id: str, version: str) -> Reply:
        if stage_id not in pipeline.stages:
            return Reply(204)
        if len(pipeline.stages) == 1:
            raise Refusal(400, "A pipeline needs at least one stage.")
        checked = flag(request, "validateReferencesBeforeDelete")
        self._refuse_in_use([stage_id], checked or version >= "2026-09")
        del pipeline.stages[stage_id]
        self._note(pipeline, "DELETE", stage_id)
        return Reply(204)

    def _refuse_in_use(self, stage_ids: Collection[str], refuse: bool) -> None:
        if not refuse:
            return
        inside = [
            deal for deal in self._data.of(DEALS).active.values() if deal.values.get("dealstage") in stage_ids
        ]
        if inside:
            context = {
                "stageIds": sorted({deal.values["dealstage"] for deal in inside}),
                "objectIds": [deal.id for deal in inside[:100]],
            }
            raise Refusal(
                400,
                "The stage is in use.",
                sub_category="PipelineError.STAGE_ID_IN_USE",
                context=context,
            )
