"""Checks what a write wants, property by property and against everyone else's unique values, then does it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.sandbox.hubspot_data import PortalData
from app.sandbox.hubspot_definitions import Definition
from app.sandbox.hubspot_kinds import CONTACTS, DEALS, Kind, iso
from app.sandbox.hubspot_links import Types
from app.sandbox.hubspot_records import ADDITIONAL, EMAIL, Record, Values, addresses
from app.sandbox.hubspot_replies import Problem, Refusal, contact_exists, not_valid, value_taken
from app.sandbox.hubspot_standard import LIFECYCLE
from app.sandbox.hubspot_values import BadValue, as_text, email_address, kept_value

_SPECIAL = frozenset({EMAIL, ADDITIONAL, "hubspot_owner_id"})
_STAGES_OF_LIFE = [value for value, _ in LIFECYCLE]


@dataclass
class Draft:
    """One accepted write that has not been done. `record` is None for a new one."""

    record: Record | None
    changes: Values
    written: list[str]
    links: list[tuple[Kind, str, Types]] = field(default_factory=list)
    trace: str | None = None
    done: Record | None = None


class Claims:
    """Who holds which unique value once the drafts of a batch so far are done, in their order."""

    def __init__(self, data: PortalData, kind: Kind) -> None:
        self.records = data.of(kind)
        self._moved: dict[tuple[str, str], Draft | None] = {}

    def holder(self, name: str, value: str) -> Record | Draft | None:
        """The record or draft that has the value."""
        if (name, value) in self._moved:
            return self._moved[name, value]
        return self.records.holder(name, value)

    def take(self, draft: Draft) -> None:
        """Count a draft as done: what it gives up is free, what it takes is taken."""
        before = draft.record.values if draft.record else {}
        after = {**before, **draft.changes}
        kept = set(self.records.claims(after))
        for claim in self.records.claims(before):
            if claim not in kept:
                self._moved[claim] = None
        for claim in kept:
            self._moved[claim] = draft


class Writes:
    """The only way in for values: the API and the window check through it, the window with more rights."""

    def __init__(self, data: PortalData) -> None:
        self._data = data

    def draft(
        self,
        kind: Kind,
        record: Record | None,
        sent: Mapping[str, Any],
        claims: Claims,
        version: str,
        by_user: bool = False,
    ) -> Draft:
        """What the write would do; raises Refusal with all that is wrong with its values.

        `by_user` lifts the ban on properties that only HubSpot writes.
        """
        held = record.values if record else {}
        changes, problems = self._values(kind, held, sent, by_user)
        written = list(changes)
        if kind is CONTACTS:
            problems += self._lifecycle(held, changes)
        else:
            problems += self._stage(record, held, changes)
        problems += self._rules(kind, record, {**held, **changes}, changes, version)
        if problems:
            raise not_valid(problems, self._data.account.portal_id)
        if record is None:
            self._check_new(kind, changes, by_user)
        draft = Draft(record, changes, written)
        self._check_unique(kind, draft, held, claims)
        claims.take(draft)
        return draft

    def do(self, kind: Kind, draft: Draft, source: str) -> Record:
        """Carry a draft out and return the record."""
        data, at = self._data, self._data.now_ms()
        record = draft.record
        if record is None:
            record = data.insert(kind, draft.changes, source, at)
        elif draft.changes and (data.switches.same_write_bumps or _differs(record.values, draft.changes)):
            data.write(kind, record, draft.changes, source, at)
        for other, far_id, labels in draft.links:
            data.links.join(kind, record.id, other, far_id, labels)
        draft.done = record
        return record

    def _values(
        self, kind: Kind, held: Values, sent: Mapping[str, Any], by_user: bool
    ) -> tuple[Values, list[Problem]]:
        changes: Values = {}
        problems: list[Problem] = []
        active, now = self._data.definitions[kind.name].active, self._data.now_ms()
        normalise = self._data.switches.normalise_numbers
        for name, value in sent.items():
            definition = active.get(name)
            if definition is None or definition.settled_ms > now:
                problems.append(Problem(name, "PROPERTY_DOESNT_EXIST", f'Property "{name}" does not exist'))
                continue
            if value is None and self._data.switches.null_value == "ignored":
                continue
            try:
                if type(value) is str and name not in _SPECIAL and not definition.read_only:
                    kept = kept_value(definition, value, held.get(name, ""), normalise)
                else:
                    kept = self._one(definition, value, held.get(name, ""), by_user)
                changes[definition.name] = kept
            except BadValue as error:
                problems.append(Problem(name, error.code, error.message))
        return changes, problems

    def _one(self, definition: Definition, value: Any, held: str, by_user: bool) -> str:
        name, switches = definition.name, self._data.switches
        locked = definition.read_only or (name == ADDITIONAL and not switches.additional_emails_writable)
        if locked and not by_user:
            raise BadValue("READ_ONLY_VALUE", f'"{name}" is a read only property; its value cannot be set.')
        text = as_text(value)
        if name == EMAIL:
            return self._address(text)
        if name == ADDITIONAL:
            return ";".join(self._address(part) for part in text.split(";") if part.strip())
        if name == "hubspot_owner_id" and text and not self._data.owners.is_active(text.strip()):
            raise BadValue("INVALID_OWNER_ID", f"Owner {text} does not exist or is not active.")
        return kept_value(definition, text, held, switches.normalise_numbers)

    def _address(self, text: str) -> str:
        if not text.strip():
            return ""
        address = email_address(text)
        if address in self._data.of(CONTACTS).blocked_addresses:
            raise BadValue("INVALID_EMAIL", f"Email address {address} is blocklisted and cannot be used.")
        return address

    def _lifecycle(self, held: Values, changes: Values) -> list[Problem]:
        """The stage of life moves forward only; a way back leads through an empty value."""
        wanted, now = changes.get("lifecyclestage"), held.get("lifecyclestage")
        if not wanted or not now or wanted not in _STAGES_OF_LIFE or now not in _STAGES_OF_LIFE:
            return []
        if _STAGES_OF_LIFE.index(wanted) >= _STAGES_OF_LIFE.index(now):
            return []
        if self._data.switches.lifecycle_back == "refused":
            message = f"{wanted} is before {now}; the lifecycle stage cannot move backwards"
            return [Problem("lifecyclestage", "INVALID_LIFECYCLE_STAGE", message)]
        del changes["lifecyclestage"]
        return []

    def _stage(self, record: Record | None, held: Values, changes: Values) -> list[Problem]:
        """A stage must belong to the pipeline that is sent with it, else to the deal's own."""
        if record is not None and not changes.keys() & {"pipeline", "dealstage"}:
            return []
        pipelines = self._data.pipelines
        pipeline_id = changes.get("pipeline", held.get("pipeline", pipelines.default().id))
        pipeline = pipelines.known.get(pipeline_id)
        if pipeline is None:
            allowed = ", ".join(pipelines.known)
            message = f"{pipeline_id} was not one of the allowed options: [{allowed}]"
            return [Problem("pipeline", "INVALID_OPTION", message)]
        stage_id = changes.get("dealstage", held.get("dealstage", ""))
        if stage_id not in pipeline.stages:
            if record is None and "dealstage" not in changes:
                return []
            allowed = ", ".join(pipeline.stages)
            message = f"{stage_id} is not a valid pipeline stage ID. Valid options are: {allowed}"
            return [Problem("dealstage", "INVALID_OPTION", message)]
        if record is None:
            changes["pipeline"] = pipeline_id
        if self._data.switches.closedate_on_close and pipeline.stages[stage_id].is_closed:
            moved = held.get("dealstage") != stage_id
            if moved and not changes.get("closedate", held.get("closedate")):
                changes["closedate"] = iso(self._data.now_ms())
        return []

    def _rules(
        self, kind: Kind, record: Record | None, after: Values, changes: Values, version: str
    ) -> list[Problem]:
        """What administrators demand: formats on any version, required values from 2026-09 on."""
        problems: list[Problem] = []
        for rule in self._data.switches.required:
            if rule.kind != kind.name:
                continue
            value = after.get(rule.name, "")
            if rule.name in changes and value:
                if rule.pattern is not None and not re.fullmatch(rule.pattern, value):
                    problems.append(
                        Problem(rule.name, "REGEX", f"{rule.name} does not match the required format")
                    )
                if rule.max_length is not None and len(value) > rule.max_length:
                    text = f"{rule.name} has more than {rule.max_length} characters"
                    problems.append(Problem(rule.name, "MAX_LENGTH", text))
            if version < "2026-09" or value or rule.pattern is not None or rule.max_length is not None:
                continue
            if rule.when is None and record is None:
                text = f"{rule.name} is required to create a {kind.singular}"
                problems.append(Problem(rule.name, "MISSING_REQUIRED_PROPERTY", text))
            elif rule.when is not None and after.get(rule.when[0]) == rule.when[1]:
                text = f"{rule.name} is required when {rule.when[0]} is {rule.when[1]}"
                problems.append(Problem(rule.name, "MISSING_CONDITIONAL_REQUIRED_PROPERTY", text))
        return problems

    def _check_new(self, kind: Kind, changes: Values, by_user: bool) -> None:
        data = self._data
        if kind is DEALS:
            missing = [name for name in ("dealname", "dealstage") if not changes.get(name)]
            if missing:
                raise _incomplete(kind, missing)
            return
        named = any(changes.get(name) for name in ("email", "firstname", "lastname"))
        if data.switches.name_or_email_required and not named and not by_user:
            raise _incomplete(kind, ["email", "firstname", "lastname"])
        if len(data.of(kind).active) >= data.plan.contacts:
            raise Refusal(403, "The account has reached its limit of contacts.", "LIMIT_EXCEEDED")
        if data.switches.default_lifecycle and "lifecyclestage" not in changes:
            changes["lifecyclestage"] = data.switches.default_lifecycle

    def _check_unique(self, kind: Kind, draft: Draft, held: Values, claims: Claims) -> None:
        self._promote(kind, draft, held)
        after = {**held, **draft.changes}
        before = set(claims.records.claims(held))
        for name, value in claims.records.claims(after):
            if (name, value) in before:
                continue
            holder = claims.holder(name, value)
            if holder is None or holder is draft.record:
                continue
            if isinstance(holder, Draft) and holder.record is not None and holder.record is draft.record:
                continue
            raise self._taken(kind, draft, name, value, holder)

    @staticmethod
    def _promote(kind: Kind, draft: Draft, held: Values) -> None:
        """One of the contact's own further addresses that becomes its main one changes places with it."""
        wanted = draft.changes.get(EMAIL)
        if kind is not CONTACTS or not wanted or wanted == held.get(EMAIL) or ADDITIONAL in draft.changes:
            return
        own = addresses(held)
        if wanted in own:
            draft.changes[ADDITIONAL] = ";".join(one for one in own if one != wanted)

    def _taken(self, kind: Kind, draft: Draft, name: str, value: str, holder: Record | Draft) -> Refusal:
        owner = holder if isinstance(holder, Record) else (holder.done or holder.record)
        owner_id = owner.id if owner else None
        if name == EMAIL and self._data.switches.email_conflict == "409":
            return contact_exists(None if self._data.forgetful.coin() else owner_id)
        own_id = draft.record.id if draft.record else str(self._data.of(kind).next_number())
        owner_id = owner_id or str(self._data.of(kind).next_number())
        return value_taken(self._data.account.portal_id, kind.legacy, name, value, own_id, owner_id)


def _differs(held: Values, changes: Values) -> bool:
    return any(held.get(name, "") != value for name, value in changes.items())


def _incomplete(kind: Kind, names: Iterable[str]) -> Refusal:
    message = f"Error creating {kind.legacy}. Some required properties were not set."
    error = {"message": message, "code": "REQUIRED_FIELD", "context": {"properties": list(names)}}
    return Refusal(400, message, errors=[error])
