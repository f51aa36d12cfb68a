"""Carrying out what HubSpot's set-up still needs: groups, properties, pipelines and stages (R60, R62)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.records import JournalEntry
from app.domain.stream import Pipeline
from app.errors import RequestRefused, RightsMissing
from app.schema.catalogue import CATALOGUE
from app.schema.found import Found
from app.schema.repair import (
    Action,
    AddOptions,
    CreateGroup,
    CreatePipeline,
    CreateProperty,
    CreateStage,
    RestoreType,
)
from app.sync.made import Made
from app.sync.ports import Json
from app.sync.run import Run

SCOPES: Mapping[str, tuple[str, ...]] = {
    "contacts": (
        "crm.objects.contacts.read",
        "crm.objects.contacts.write",
        "crm.schemas.contacts.read",
        "crm.schemas.contacts.write",
    ),
    "deals": (
        "crm.objects.deals.read",
        "crm.objects.deals.write",
        "crm.schemas.deals.read",
        "crm.schemas.deals.write",
    ),
}
"""What set-up and sync cannot do without. Reading owners is not among it: without, deals get no owner (R26)."""

NO_ROOM = "plan"
"""Why a stream pauses whose pipeline the HubSpot plan has no room for."""


class SetUpActs:
    """Carries actions out and notes the ids that HubSpot gave."""

    def __init__(self, run: Run, made: Made, has_deals: bool) -> None:
        self._run = run
        self._made = made
        self._has_deals = has_deals
        self._may_change = False

    def carry_out(self, actions: Sequence[Action], found: Found) -> None:
        """Do these in their order. Raises RightsMissing naming every scope that is missing, before anything is
        written."""
        self._check_scopes()
        run = self._run
        bodies: dict[str, list[Json]] = {}
        for action in actions:
            run.check_stop()
            if isinstance(action, CreateGroup):
                if action.name not in found.group_names(action.object):
                    run.hubspot.create_group(action.object, action.name, action.label)
            elif isinstance(action, CreateProperty):
                bodies.setdefault(action.object, []).append(action.body)
        for kind, definitions in bodies.items():
            refused = run.hubspot.create_properties(kind, definitions)
            self._may_change = self._may_change or kind == "deals"
            for name, refusal in refused.items():
                run.problem("schema_refused", f"HubSpot did not create the property {name} ({refusal.code}).")
            self._journal(kind, [str(body["name"]) for body in definitions if body["name"] not in refused])
        for action in actions:
            self._change(action)

    def _change(self, action: Action) -> None:
        run = self._run
        if isinstance(action, AddOptions):
            run.hubspot.change_property(action.object, action.name, {"options": list(action.options)})
            self._journal(action.object, [action.name])
        elif isinstance(action, RestoreType):
            run.hubspot.change_property(action.object, action.name, action.changes)
            self._journal(action.object, [action.name])
        elif isinstance(action, CreatePipeline):
            self._create_pipeline(action)
        elif isinstance(action, CreateStage):
            answer = run.hubspot.create_stage(action.pipeline_id, action.body)
            self._made.ids[action.wished_id] = str(answer.get("id") or action.wished_id)
            self._journal("deals", [action.wished_id])

    def _create_pipeline(self, action: CreatePipeline) -> None:
        """One more pipeline; where the plan turns out to have no room, its stream waits for a larger plan (R60).

        How HubSpot says so is not documented: any refusal counts, a 403 too where the key may write set-up."""
        run = self._run
        pipeline = next(p for p in CATALOGUE.pipelines if p.id == action.wished_id)
        try:
            answer = run.hubspot.create_pipeline(action.body)
        except RightsMissing:
            if not self._may_change:
                raise
            self._without_room(pipeline)
            return
        except RequestRefused:
            self._without_room(pipeline)
            return
        self._made.ids[action.wished_id] = str(answer.get("id") or action.wished_id)
        self._journal("deals", [action.wished_id])

    def _without_room(self, pipeline: Pipeline) -> None:
        self._made.no_room.add(pipeline.stream)
        self._run.paused[pipeline.stream] = NO_ROOM

    def _check_scopes(self) -> None:
        """Every missing scope by name, before anything is written."""
        granted = self._run.hubspot.granted_scopes()
        if granted is None:
            self._try_reading()
            return
        needed = list(SCOPES["contacts"])
        if self._has_deals:
            needed += SCOPES["deals"]
        missing = tuple(name for name in needed if name not in granted)
        if missing:
            raise RightsMissing("HubSpot", missing)
        self._may_change = True

    def _try_reading(self) -> None:
        """Where HubSpot does not tell the scopes: one cheap read for each that is needed and that reading shows."""
        hubspot = self._run.hubspot
        hubspot.list_page("contacts", ("email",), limit=1)
        if self._has_deals:
            hubspot.list_page("deals", ("dealname",), limit=1)

    def _journal(self, kind: str, names: Sequence[str]) -> None:
        now = self._run.now()
        self._run.store.write_journal(
            [
                JournalEntry(
                    self._run.run_id, "schema", kind, "hubspot", kind, name, None, "created", "schema", now
                )
                for name in names
            ]
        )
