"""HubSpot's set-up: made on the first run after reading the plan's limits, then compared each execution (R60, R61).

Decisions are the schema room's; this file reads what is there, carries the actions out and remembers what was
made, so that a property which is gone can be told from one that never was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.stream import ObjectKind, Property
from app.schema.catalogue import CATALOGUE
from app.schema.drift import Expected, Finding, compare, expected, numbers_of_others
from app.schema.found import Found, actual_ids, locate
from app.schema.levels import Sizes, allowed_names, wanted
from app.schema.limits import fit, no_room_note
from app.schema.repair import repair
from app.schema.replacing import replacements
from app.streams.custom_fields import PREFIX
from app.sync.made import load, save, streams_on
from app.sync.own_fields import own_rows
from app.sync.portal import readable_names
from app.sync.ports import Json
from app.sync.questions import ask
from app.sync.refinding import note_keys_there
from app.sync.run import Run
from app.sync.set_up_acts import NO_ROOM, SetUpActs
from app.sync.withdrawing import note_lowered

REPAIR_FACT = "set_up_repair"
DEAL_STREAMS = frozenset({"appointments", "invoices"})
CREATABLE = frozenset({"property_missing", "group_missing", "pipeline_missing", "stage_missing"})


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
        self._own: tuple[Property, ...] = ()

    # the door

    def ensure(self) -> None:
        """Create what was never there, pause what is broken, and tell the line what may be read and written."""
        run = self._run
        found = self._read(is_full=self._is_full_check_due)
        note_keys_there(run, found.names("deals"), self.made.deals)
        note_lowered(run, self.made.level, self._level)
        is_repair = self._is_repair_asked()
        if run.store.fact(REPAIR_FACT) == "replace":
            self.made.ids.update(replacements(CATALOGUE.pipelines, found))
        fitting = self._fit(found, is_repair)
        self._own = own_rows(run, self.made.sizes or Sizes())
        want = self._expected(fitting)
        findings = compare(want, found)
        if not found.groups:
            findings = tuple(f for f in findings if f.kind != "group_missing")
        to_make = [f for f in findings if f.kind in CREATABLE and not self.made.knows(f)]
        if is_repair:
            to_make = list(findings)
        if to_make and not run.is_rehearsal:
            actions = repair(to_make, found, self._own)
            if actions:
                SetUpActs(run, self.made, self._has_deals).carry_out(actions, found)
                found = self._read(is_full=True)
                want = self._expected(self._told_of_room(fitting))
                findings = compare(want, found)
        if run.is_rehearsal:
            findings = tuple(f for f in findings if f.kind not in CREATABLE or self.made.knows(f))
        self._judge(findings)
        self._remember(want, found)
        self._open_names(found)
        if is_repair:
            run.store.set_fact(REPAIR_FACT, "")

    def _is_repair_asked(self) -> bool:
        """Whether a person wants the set-up repaired: by the word, the page, or the answer to the question."""
        run = self._run
        for conflict in run.store.answered():
            if conflict.kind == "schema_drift" and conflict.answer in ("repair", "replace"):
                run.store.set_fact(REPAIR_FACT, "replace" if conflict.answer == "replace" else "yes")
                run.store.close_conflict(conflict.id, "answer", run.now())
        return bool(run.store.fact(REPAIR_FACT))

    def findings(self) -> tuple[Finding, ...]:
        """A full comparison, for `schema check` and the page; nothing is changed."""
        found = self._read(is_full=True)
        self._own = own_rows(self._run, self.made.sizes or Sizes())
        return compare(self._expected(self._streams - self.made.no_room), found)

    def look(self) -> Found:
        """Tell what may be read and written, by the cheapest reads; nothing is compared, made or paused."""
        found = self._read(is_full=False)
        self._own = own_rows(self._run, self.made.sizes or Sizes())
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
        properties: dict[ObjectKind, Sequence[Json]] = {
            "contacts": run.chain.ahead.take("properties", lambda: run.hubspot.properties("contacts"))
        }
        groups: dict[ObjectKind, Sequence[Json]] = {}
        if self._has_deals:
            properties["deals"] = run.hubspot.properties("deals") if full else self._deals_as_remembered()
        if full:
            groups["contacts"] = run.hubspot.groups("contacts")
            if self._has_deals:
                groups["deals"] = run.hubspot.groups("deals")
        if not (full or self._works_deals):
            return Found(properties, groups, self._pipelines_as_remembered(), self.made.ids)
        pipelines = run.chain.ahead.take("pipelines", run.hubspot.pipelines) if self._has_deals else ()
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

    def _fit(self, found: Found, is_repair: bool) -> frozenset[str]:
        """Which streams fit into the plan. Its limits are read when something new has to be made, and daily while
        something had no room."""
        run, made = self._run, self.made
        is_settled = made.sizes is not None and self._streams <= made.streams and made.level == self._level
        is_cut = bool(made.no_room) or (made.sizes or Sizes()) != Sizes()
        if is_settled and not (is_cut and (is_repair or self._is_full_check_due)):
            return self._with_room()
        kinds: tuple[ObjectKind, ...] = ("contacts", "deals") if self._has_deals else ("contacts",)
        limits = run.hubspot.property_limits(*kinds)
        slots = {kind: limits[kind] for kind in kinds}
        answer = fit(
            self._level,
            self._streams,
            slots,
            {kind: found.names(kind) for kind in slots},
            run.hubspot.pipeline_limits() if self._has_deals else None,
            [p.stream for p in CATALOGUE.pipelines if locate(p, found) is not None],
        )
        made.sizes, made.level = answer.sizes, self._level
        made.no_room = set(self._streams - answer.streams)
        for note in answer.notes:
            self._note("plan:" + note, "plan_small", note)
        return self._with_room()

    def _with_room(self) -> frozenset[str]:
        """The streams that have what they need in the plan; the others pause until there is room (R60)."""
        for stream in self.made.no_room & self._streams:
            self._run.paused[stream] = NO_ROOM
        return self._streams - self.made.no_room

    def _expected(self, fitting: frozenset[str]) -> Expected:
        want = expected(self._level, self.made.sizes or Sizes(), fitting)
        known = frozenset(self.made.contacts)
        return replace(want, properties=(*want.properties, *self._own), known=known)

    def _told_of_room(self, fitting: frozenset[str]) -> frozenset[str]:
        """Less the streams whose pipeline HubSpot just refused; told once."""
        refused = sorted(fitting & self.made.no_room)
        if refused:
            words = no_room_note(refused)
            self._note("plan:" + words, "plan_small", words)
        return fitting - self.made.no_room

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
            what=words.removesuffix("."),
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

    # telling the line

    def _remember(self, want: Expected, found: Found) -> None:
        if self._run.is_rehearsal:
            return
        made = self.made
        contacts, deals = found.names("contacts"), found.names("deals")
        ours = {row.name for row in want.properties if row.object == "contacts"} - numbers_of_others(
            found, made.contacts
        )
        made.contacts |= ours & contacts
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
        rows: dict[str, dict[str, Property]] = {}
        for kind in OBJECTS:
            if kind == "deals" and not self._has_deals:
                continue
            existing = found.names(kind)
            if run.is_rehearsal:
                existing = existing | CATALOGUE.owned_names(kind) | {row.name for row in self._own}
            allowed = allowed_names(kind, self._level, sizes, self._streams, existing)
            allowed |= self._kept_names(kind) & existing
            if kind == "contacts":
                run.chain.inexact = numbers_of_others(found, self.made.contacts)
                allowed -= run.chain.inexact
            known = [row for row in (*CATALOGUE.properties, *self._own) if row.object == kind]
            rows[kind] = {row.name: row for row in known if row.name in allowed}
            names[kind] = allowed
            readable[kind] = (
                # A field of the clinic's own that is no longer sent can still be found and forgotten.
                readable_names(found.names(kind), rows[kind].values())
                + tuple(sorted(n for n in found.names(kind) - rows[kind].keys() if n.startswith(PREFIX)))
                if kind == "contacts"
                else tuple(sorted(rows[kind].keys() & found.names(kind)))
            )
        run.names, run.readable, run.props = names, readable, rows

    def _kept_names(self, kind: ObjectKind) -> frozenset[str]:
        """The clinic's own fields, and what was made while the plan had more room: it goes on being filled."""
        made = self.made.contacts if kind == "contacts" else self.made.deals
        full = {row.name for row in wanted(self._level, "full", self._streams) if row.object == kind}
        own = {row.name for row in self._own if row.object == kind}
        return frozenset((made & full) | own)


OBJECTS: tuple[ObjectKind, ...] = ("contacts", "deals")
STANDARD_DEAL_NAMES = ("dealname", "amount", "closedate", "pipeline", "dealstage", "hubspot_owner_id")
