"""The calls for up to a hundred records: all or nothing, or good ones done and bad ones told in a 207."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from app.sandbox.hubspot_data import API, PortalData
from app.sandbox.hubspot_kinds import Kind, iso
from app.sandbox.hubspot_objects import Objects, properties_of
from app.sandbox.hubspot_records import EMAIL
from app.sandbox.hubspot_replies import Json, Refusal, body_of, duplicate_ids, flag, missing_ids
from app.sandbox.hubspot_shown import show, show_written
from app.sandbox.hubspot_writes import Claims, Draft, Writes
from app.sandbox.messages import Reply, Request

MOST_INPUTS = 100

_Drafting = Callable[[Json, Claims], Draft | None]


class Batches:
    """What `/crm/objects/{version}/{kind}/batch/...` answers."""

    def __init__(self, data: PortalData, writes: Writes, objects: Objects) -> None:
        self._data = data
        self._writes = writes
        self._objects = objects

    def read(self, request: Request, kind: Kind) -> Reply:
        """POST batch/read: what is there, and one error entry for all that is not."""
        body = body_of(request)
        inputs = inputs_of(body)
        key, archived = body.get("idProperty"), flag(request, "archived")
        wanted = [_id_of(one) for one in inputs]
        refuse_duplicates([_folded(one, key) for one in wanted])
        names = body.get("properties")
        history = body.get("propertiesWithHistory") or ()
        shown: dict[str, Json] = {}
        missing = []
        for place, one in enumerate(wanted):
            record = self._objects.find(kind, one, key, archived)
            if record is None:
                missing.append(one)
            else:
                slot = record.id if self._data.switches.merged_read_once else f"{place}"
                shown[slot] = show(self._data, kind, record, names, history)
        errors = [self._missing(kind, missing)] if missing else []
        return self._reply(list(shown.values()), errors, 200)

    def create(self, request: Request, kind: Kind, version: str) -> Reply:
        """POST batch/create."""

        def drafting(one: Json, claims: Claims) -> Draft:
            return self._objects.new_draft(kind, one, claims, version)

        return self._write(kind, inputs_of(body_of(request)), drafting, created=201)

    def update(self, request: Request, kind: Kind, version: str) -> Reply:
        """POST batch/update: by record id, or by a unique property of the account's own."""
        inputs = inputs_of(body_of(request))
        self._check_keys(kind, inputs, email_allowed=False)

        def drafting(one: Json, claims: Claims) -> Draft | None:
            key = _id_of(one)
            record = self._objects.find(kind, key, one.get("idProperty"))
            if record is None or (record.id != key and self._objects.old_id_refused(kind, key)):
                return None
            return self._writes.draft(kind, record, properties_of(one), claims, version)

        return self._write(kind, inputs, drafting)

    def upsert(self, request: Request, kind: Kind, version: str) -> Reply:
        """POST batch/upsert: changes whoever holds the key, else makes a new record that holds it."""
        inputs = inputs_of(body_of(request))
        for one in inputs:
            if not one.get("idProperty"):
                raise Refusal(400, "idProperty is required for upsert")
        self._check_keys(kind, inputs, email_allowed=True)

        def drafting(one: Json, claims: Claims) -> Draft:
            name, key = one["idProperty"], _id_of(one)
            record = self._objects.find(kind, key, name)
            properties = properties_of(one)
            if record is None:
                properties = {name: key, **properties}
            draft = self._writes.draft(kind, record, properties, claims, version)
            if not self._data.switches.echo_key:
                draft.written = [other for other in draft.written if other != name]
            return draft

        return self._write(kind, inputs, drafting, told_new=True)

    def archive(self, request: Request, kind: Kind) -> Reply:
        """POST batch/archive: into the recycle bin; ids that are gone already are no error."""
        inputs = inputs_of(body_of(request))
        wanted = [_id_of(one) for one in inputs]
        refuse_duplicates(wanted)
        for key in wanted:
            self._objects.archive(kind, key)
        return Reply(204)

    def _check_keys(self, kind: Kind, inputs: list[Json], email_allowed: bool) -> None:
        for one in inputs:
            key = one.get("idProperty")
            if key is not None:
                self._objects.check_key(kind, str(key), email_allowed)
        refuse_duplicates([_folded(_id_of(one), one.get("idProperty")) for one in inputs])

    def _write(
        self,
        kind: Kind,
        inputs: list[Json],
        drafting: _Drafting,
        created: int = 200,
        told_new: bool = False,
    ) -> Reply:
        """Check every input, then do the good ones, or none when one is bad and not all carry a trace id."""
        traced = _traced(inputs)
        claims = Claims(self._data, kind)
        drafts: list[tuple[Draft, bool]] = []
        errors: list[Json] = []
        missing: list[str] = []
        for one in inputs:
            trace = one.get("objectWriteTraceId")
            try:
                draft = drafting(one, claims)
            except Refusal as refusal:
                if not traced:
                    raise
                errors.append(self._data.forgetful.thinned(refusal.entry(trace)))
                continue
            if draft is None:
                missing.append(_id_of(one))
            else:
                draft.trace = trace
                drafts.append((draft, draft.record is None))
        if missing:
            errors.append(self._missing(kind, missing))
        for draft, _ in drafts:
            self._writes.do(kind, draft, API)
        return self._reply([self._told(kind, *one, told_new) for one in drafts], errors, created)

    def _told(self, kind: Kind, draft: Draft, new: bool, told_new: bool) -> Json:
        assert draft.done is not None
        shown = show_written(self._data, kind, draft.done, draft.written)
        if told_new:
            shown["new"] = new
        if draft.trace and self._data.switches.echo_trace_ids:
            shown["objectWriteTraceId"] = draft.trace
        return shown

    @staticmethod
    def _missing(kind: Kind, ids: list[str]) -> Json:
        # The client's models call category and context of such an entry required: it keeps all its fields.
        return missing_ids(kind.legacy, ids).entry()

    def _reply(self, results: list[Json], errors: list[Json], status: int) -> Reply:
        return batch_reply(self._data, results, errors, status)


def batch_reply(data: PortalData, results: list[Json], errors: list[Json], status: int) -> Reply:
    """The answer to a batch: results in no particular order, errors only where there are some (207)."""
    if data.switches.shuffle:
        data.dice.shuffle(results)
    now = data.now_ms()
    body: Json = {"status": "COMPLETE", "results": results, "startedAt": iso(now), "completedAt": iso(now)}
    if errors:
        body["numErrors"] = len(errors)
        body["errors"] = errors
    return Reply(207 if errors and not data.switches.errors_under_ok else status, body)


def inputs_of(body: Json, most: int = MOST_INPUTS) -> list[Json]:
    """The inputs of a batch; raises Refusal when there are none or too many."""
    inputs = body.get("inputs")
    if not isinstance(inputs, list) or not all(isinstance(one, dict) for one in inputs):
        raise Refusal(
            400, "Invalid input JSON on line 1, column 1: inputs must be a list of objects", category=None
        )
    if not inputs:
        raise Refusal(400, "inputs must not be empty")
    if len(inputs) > most:
        raise Refusal(400, f"The maximum number of inputs supported in a batch request is {most}")
    return inputs


def refuse_duplicates(ids: list[str]) -> None:
    """Raise Refusal when an id comes twice."""
    twice = [one for one, times in Counter(ids).items() if times > 1]
    if twice:
        raise duplicate_ids(twice)


def _id_of(one: Json) -> str:
    value: Any = one.get("id")
    if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
        raise Refusal(400, "Invalid input JSON on line 1, column 1: id is required", category=None)
    return str(value)


def _folded(key: str, name: Any) -> str:
    return key.strip().lower() if name == EMAIL else key


def _traced(inputs: list[Json]) -> bool:
    """Whether every input carries a trace id of its own."""
    traces = [one.get("objectWriteTraceId") for one in inputs]
    return all(isinstance(one, str) and one for one in traces) and len(set(traces)) == len(traces)
