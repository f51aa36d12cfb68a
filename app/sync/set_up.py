"""HubSpot's set-up: made on the first run after reading the plan's limits, then compared each execution (R60, R61).

Decisions are the schema room's; this file reads what is there, carries the actions out and remembers what was
made, so that a property which is gone can be told from one that never was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.domain.records import JournalEntry
from app.domain.stream import ObjectKind, Pipeline
from app.errors import RequestRefused, RightsMissing
from app.schema.catalogue import CATALOGUE
from app.schema.drift import Expected, Finding, compare, expected
from app.schema.found import Found, actual_ids
from app.schema.levels import Sizes, allowed_names
from app.schema.limits import fit
from app.schema.repair import (
    Action,
    AddOptions,
    CreateGroup,
    CreatePipeline,
    CreateProperty,
    CreateStage,
    RestoreType,
    repair,
)
from app.sync.made import load, save, streams_on
from app.sync.portal import readable_names
from app.sync.ports import Json, Limits
from app.sync.questions import ask
from app.sync.run import Run

REPAIR_FACT = "set_up_repair"
DEAL_STREAMS = frozenset({"appointments", "invoices"})
CREATABLE = frozenset({"property_missing", "group_missing", "pipeline_missing", "stage_missing"})

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
    "owners": ("crm.objects.owners.read",),
}


class SetUp:
    """HubSpot's definitions in one execution."""

    def __init__(self, run: Run, works_deals: bool = True) -> None:
        """`works_deals`: whether this execution works a stream of deals, so that its pipelines matter now."""
        self._run = run
        self._works_deals = works_deals
        self._level = run.settings.text("privacy.level")
        self._streams = streams_on(run)
        self.made = load(run)
        self.is_first = self.made.sizes is None

    # the door

    def ensure(self) -> None:
        """Create what was never there, pause what is broken, and tell the line what may be read and written."""
        run = self._run
        found = self._read(is_full=self._is_full_check_due)
        fitting = self._fit(found)
        want = self._expected(found, fitting)
        findings = compare(want, found)
        if not self._checks_groups:
            findings = tuple(f for f in findings if f.kind != "group_missing")
        is_repair = self._is_repair_asked()
        to_make = [f for f in findings if f.kind in CREATABLE and not self.made.knows(f)]
        if is_repair:
            to_make = list(findings)
        if to_make and not run.is_rehearsal:
            actions = repair(to_make, found)
            if actions:
                self._check_scopes()
                self._carry_out(actions, found)
                found = self._read(is_full=True)
                findings = compare(want, found)
        if run.is_rehearsal:
            findings = tuple(f for f in findings if f.kind not in CREATABLE or self.made.knows(f))
        self._remember(want, found)
        self._judge(findings)
        self._open_names(found)
        if is_repair:
            run.store.set_fact(REPAIR_FACT, "")

    def _is_repair_asked(self) -> bool:
        """Whether a person wants the set-up repaired: by the word, the page, or the answer to the question."""
        run = self._run
        for conflict in run.store.answered():
            if conflict.kind == "schema_drift" and conflict.answer in ("repair", "replace"):
                run.store.set_fact(REPAIR_FACT, "yes")
                run.store.close_conflict(conflict.id, "answer", run.now())
        return run.store.fact(REPAIR_FACT) == "yes"

    def findings(self) -> tuple[Finding, ...]:
        """A full comparison, for `schema check` and the page; nothing is changed."""
        found = self._read(is_full=True)
        sizes = self.made.sizes or Sizes()
        return compare(expected(self._level, sizes, self._streams), found)

    def look(self) -> Found:
        """Tell what may be read and written, by the cheapest reads; nothing is compared, made or paused."""
        found = self._read(is_full=False)
        self._open_names(found)
        return found

    # reading

    @property
    def _is_full_check_due(self) -> bool:
        return self.made.checked_on != self._run.today().isoformat()

    @property
    def _checks_groups(self) -> bool:
        return self.is_first or self._is_full_check_due

    @property
    def _has_deals(self) -> bool:
        return bool(self._streams & DEAL_STREAMS)

    def _read(self, is_full: bool) -> Found:
        """Contacts' properties and pipelines each time (the cheapest reads), deals' properties and groups daily."""
        run = self._run
        full = is_full or self.is_first or bool(self._streams - self.made.streams)
        properties: dict[ObjectKind, Sequence[Json]] = {"contacts": run.hubspot.properties("contacts")}
        groups: dict[ObjectKind, Sequence[Json]] = {}
        if self._has_deals:
            properties["deals"] = run.hubspot.properties("deals") if full else self._deals_as_remembered()
        if full:
            groups["contacts"] = run.hubspot.groups("contacts")
            if self._has_deals:
                groups["deals"] = run.hubspot.groups("deals")
        if not (full or self._works_deals):
            return Found(properties, groups, self._pipelines_as_remembered(), self.made.ids)
        pipelines = run.hubspot.pipelines() if self._has_deals else ()
        return Found(properties, groups, pipelines, self.made.ids)

    def _deals_as_remembered(self) -> list[Json]:
        """Deal properties as last seen, so that the daily check is the one that reads them."""
        rows: list[Json] = []
        for row in CATALOGUE.owned:
            if row.object == "deals" and row.name in self.made.deals:
                options = [{"value": value, "label": label} for value, label in row.options]
                rows.append(
                    {
                        "name": row.name,
                        "type": row.type,
                        "label": row.label,
                        "groupName": row.group,
                        "hasUniqueValue": row.unique,
                        "options": options,
                    }
                )
        owned = CATALOGUE.owned_names("deals")
        rows.extend({"name": name} for name in sorted(self.made.deals - owned))
        return rows

    def _pipelines_as_remembered(self) -> list[Json]:
        """Our pipelines as last seen, for an execution that works no deals."""
        ids = self.made.ids
        return [
            {
                "id": ids.get(pipeline.id, pipeline.id),
                "label": pipeline.label,
                "stages": [
                    {
                        "id": ids.get(stage.id, stage.id),
                        "label": stage.label,
                        "displayOrder": place,
                        "metadata": {"probability": stage.probability},
                    }
                    for place, stage in enumerate(pipeline.stages)
                    if stage.id in self.made.stages
                ],
            }
            for pipeline in CATALOGUE.pipelines
            if pipeline.id in self.made.stages
        ]

    # deciding

    def _fit(self, found: Found) -> frozenset[str]:
        """Which streams fit into the plan; read when something new has to be made."""
        run = self._run
        new_streams = self._streams - self.made.streams
        if self.made.sizes is not None and not new_streams:
            return self._streams
        slots: dict[ObjectKind, Limits] = {"contacts": run.hubspot.property_limits("contacts")}
        if self._has_deals:
            slots["deals"] = run.hubspot.property_limits("deals")
        existing = {kind: found.names(kind) for kind in slots}
        answer = fit(self._level, self._streams, slots, existing)
        self.made.sizes = answer.sizes
        for note in answer.notes:
            self._note("plan:" + note[:40], "plan_small", note)
        for stream in self._streams - answer.streams:
            run.paused[stream] = "plan"
        return answer.streams

    def _expected(self, found: Found, fitting: frozenset[str]) -> Expected:
        sizes = self.made.sizes or Sizes()
        pipelines: tuple[Pipeline, ...] = tuple(p for p in CATALOGUE.pipelines if p.stream in fitting)
        return expected(self._level, sizes, fitting, pipelines)

    def _judge(self, findings: Iterable[Finding]) -> None:
        """Breaking pauses its streams with a question; tolerable is noted once; harmless is nothing (R61)."""
        run = self._run
        broken: dict[str, list[Finding]] = {}
        for finding in findings:
            if finding.level == "breaking":
                for stream in finding.streams:
                    broken.setdefault(stream, []).append(finding)
            elif finding.level == "tolerable":
                self._note(f"{finding.kind}:{finding.name}", "schema_note", finding.message)
        for stream in sorted(broken):
            self.pause(stream, broken[stream])
        open_ones = run.store.open_conflicts("schema_drift")
        for conflict in open_ones:
            if conflict.subject_id not in broken:
                run.store.close_conflict(conflict.id, "itself", run.now())

    def pause(self, stream: str, findings: Sequence[Finding]) -> None:
        """Pause one stream and open the question with its repair."""
        run = self._run
        run.paused[stream] = "schema_drift"
        words = findings[0].message
        conflict = ask(
            "schema_drift",
            "schema",
            stream,
            suggested="repair",
            details={
                "findings": [f.message for f in findings][:50],
                "names": [f.name for f in findings][:200],
            },
            what=words,
            stream=stream,
            name=findings[0].name,
        )
        if not run.is_rehearsal:
            run.store.open_conflict(replace(conflict, opened_at=run.now()))
        run.problem("schema_drift", words, stream)

    def _note(self, mark: str, code: str, words: str) -> None:
        if mark not in self.made.noted:
            self.made.noted.add(mark)
            self._run.problem(code, words)

    # acting

    def _check_scopes(self) -> None:
        """Every missing scope by name, before anything is written."""
        granted = self._run.hubspot.granted_scopes()
        if granted is None:
            self._try_reading()
            return
        needed = list(SCOPES["contacts"])
        if self._has_deals:
            needed += SCOPES["deals"]
            if self._run.settings.text("deals.owner") == "practitioner":
                needed += SCOPES["owners"]
        missing = tuple(name for name in needed if name not in granted)
        if missing:
            raise RightsMissing("HubSpot", missing)

    def _try_reading(self) -> None:
        """Where HubSpot does not tell the scopes: one cheap read for each that reading can show."""
        hubspot = self._run.hubspot
        hubspot.list_page("contacts", ("email",), limit=1)
        if self._has_deals:
            hubspot.list_page("deals", ("dealname",), limit=1)
            if self._run.settings.text("deals.owner") == "practitioner":
                hubspot.owners()

    def _carry_out(self, actions: Sequence[Action], found: Found) -> None:
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
            for name, refusal in refused.items():
                run.problem("schema_refused", f"HubSpot did not create the property {name} ({refusal.code}).")
            self._journal(kind, [str(body["name"]) for body in definitions if body["name"] not in refused])
        for action in actions:
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
                self.made.ids[action.wished_id] = str(answer.get("id") or action.wished_id)
                self._journal("deals", [action.wished_id])

    def _create_pipeline(self, action: CreatePipeline) -> None:
        run = self._run
        try:
            answer = run.hubspot.create_pipeline(action.body)
        except RequestRefused as error:
            pipeline = next(p for p in CATALOGUE.pipelines if p.id == action.wished_id)
            run.paused[pipeline.stream] = "plan"
            run.problem(
                "pipeline_refused",
                f"HubSpot did not create the pipeline ‘{pipeline.label}’ ({error.status}); "
                f"the stream {pipeline.stream} pauses. The HubSpot plan may have no free pipeline.",
                pipeline.stream,
            )
            return
        self.made.ids[action.wished_id] = str(answer.get("id") or action.wished_id)
        self._journal("deals", [action.wished_id])

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

    # telling the line

    def _remember(self, want: Expected, found: Found) -> None:
        if self._run.is_rehearsal:
            return
        made = self.made
        contacts, deals = found.names("contacts"), found.names("deals")
        made.contacts |= {row.name for row in want.properties if row.object == "contacts"} & contacts
        made.deals |= {row.name for row in want.properties if row.object == "deals"} & deals
        if self._has_deals and found.groups:
            made.deals |= deals & set(STANDARD_DEAL_NAMES)
        ids = actual_ids(want.pipelines, found)
        made.ids.update(ids)
        made.stages |= set(ids)
        made.streams |= set(self._streams)
        if self._checks_groups:
            made.checked_on = self._run.today().isoformat()
        save(self._run, made)

    def _open_names(self, found: Found) -> None:
        """What may be written and read, per object, by name."""
        run = self._run
        sizes = self.made.sizes or Sizes()
        names: dict[str, frozenset[str]] = {}
        readable: dict[str, tuple[str, ...]] = {}
        for kind in ("contacts", "deals"):
            if kind == "deals" and not self._has_deals:
                continue
            existing = found.names(kind)
            if run.is_rehearsal:
                existing = existing | CATALOGUE.owned_names(kind)
            allowed = allowed_names(kind, self._level, sizes, self._streams, existing)
            names[kind] = allowed
            rows = [row for row in CATALOGUE.properties if row.object == kind and row.name in allowed]
            readable[kind] = (
                readable_names(found.names(kind), rows)
                if kind == "contacts"
                else tuple(sorted({row.name for row in rows} & found.names(kind)))
            )
        run.names = names
        run.readable = readable
        run.props = {
            kind: {
                row.name: row for row in CATALOGUE.properties if row.object == kind and row.name in allowed
            }
            for kind, allowed in names.items()
        }


STANDARD_DEAL_NAMES = ("dealname", "amount", "closedate", "pipeline", "dealstage", "hubspot_owner_id")
