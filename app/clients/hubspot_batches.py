"""Writing HubSpot records in batches: one bad input spoils only itself, and every input learns what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from app.clients.answers import Json
from app.clients.calls import TookTooLong
from app.clients.hubspot_reading import RecordReads
from app.clients.hubspot_refusals import classify, culprit_ids
from app.clients.hubspot_wire import MOST_INPUTS, errors_of, objects_path, portions, write_right
from app.errors import RequestRefused, ServiceUnavailable
from app.sync.ports import Input, Refusal, Written

NEW_PROPERTY_S = 2.0
"""A property just created may be unknown to record writes for a moment."""

MOST_SPLITS = 10
"""How often a portion may be cut in two or sent again before its inputs count as unknown (I7)."""

HALVINGS_WHEN_SLOW = 2

_UNCERTAIN = frozenset({"validation", "other", "not_found"})
_ALL_WITH_PROPERTY = frozenset({"unknown_property", "read_only"})
_VALUE_CODES = frozenset(
    {"invalid_option", "invalid_stage", "invalid_email", "invalid_value", "email_conflict", "unique_conflict"}
)
_AFTER_VALUE = re.compile(r"allowed|valid options|must be|:", re.IGNORECASE)


@dataclass
class _Job:
    """One batch write under way: what to do, and what is known of each input by its place."""

    kind: str
    act: str
    key: str | None
    inputs: Sequence[Input]
    outcome: dict[int, Written] = field(default_factory=dict)

    def refuse(self, places: Iterable[int], refusal: Refusal) -> None:
        for place in places:
            self.outcome[place] = Written(self.inputs[place].trace, refusal=refusal)

    def wrote(self, place: int, record: Json) -> None:
        updated_at = record.get("updatedAt")
        self.outcome[place] = Written(
            self.inputs[place].trace,
            hubspot_id=str(record.get("id", "")),
            is_new=record.get("new") is True,
            updated_at=updated_at if isinstance(updated_at, str) else None,
        )


class RecordWrites(RecordReads):
    """Batch update, batch upsert and archive."""

    _waited_for: frozenset[str] = frozenset()

    def batch_update(self, kind: str, inputs: Sequence[Input]) -> list[Written]:
        """Write properties of known records by id; one outcome for each input, in the order of the inputs.

        An id that was merged away is followed: `Written.hubspot_id` is then the survivor's. Raises TryLater
        where HubSpot is down, OutcomeUnknown where no answer said anything about any input.
        """
        return self._write_inputs(_Job(kind, "update", None, inputs))

    def batch_upsert(self, kind: str, key: str, inputs: Sequence[Input]) -> list[Written]:
        """Create or write records by the unique property `key`; `Input.id` is its value. Else as batch_update."""
        return self._write_inputs(_Job(kind, "upsert", key, inputs))

    def archive(self, kind: str, ids: Sequence[str]) -> None:
        """Move records to the recycle bin; those already gone are no error."""
        for portion in portions(list(dict.fromkeys(ids)), MOST_INPUTS):
            body = {"inputs": [{"id": each} for each in portion]}
            path = objects_path(kind, "batch", "archive")
            self._write("POST", path, body, write_right(kind), reads_body=False)

    # from inputs to outcomes

    def _write_inputs(self, job: _Job) -> list[Written]:
        self._write_places(job, range(len(job.inputs)))
        self._wait_for_new_properties(job)
        return [
            job.outcome.get(place) or Written(each.trace, unknown=True)
            for place, each in enumerate(job.inputs)
        ]

    def _write_places(self, job: _Job, places: Iterable[int]) -> None:
        for portion in _without_doubles(job, places):
            try:
                self._write_portion(job, portion, 0, 0)
            except ServiceUnavailable:
                # What is known must not be lost; nothing known means nothing to return.
                if not job.outcome:
                    raise
                return

    def _wait_for_new_properties(self, job: _Job) -> None:
        refused = {
            place: outcome.refusal
            for place, outcome in job.outcome.items()
            if outcome.refusal is not None and outcome.refusal.code == "unknown_property"
        }
        names = frozenset(f"{job.kind}.{name}" for refusal in refused.values() for name in refusal.properties)
        if not refused or (names and names <= self._waited_for):
            return
        self._waited_for |= names
        self.transport.pause_s(NEW_PROPERTY_S)
        again = replace(job, outcome={})
        try:
            self._write_places(again, sorted(refused))
        finally:
            job.outcome.update(again.outcome)

    def _write_portion(self, job: _Job, places: Sequence[int], splits: int, halvings: int) -> None:
        if not places or splits > MOST_SPLITS:
            return
        body = {"inputs": [_wire_input(job, job.inputs[place]) for place in places]}
        try:
            answer = self._write(
                "POST", objects_path(job.kind, "batch", job.act), body, write_right(job.kind)
            )
        except TookTooLong:
            if len(places) == 1 or halvings >= HALVINGS_WHEN_SLOW:
                raise
            for half in _halves(places):
                self._write_portion(job, half, splits, halvings + 1)
        except RequestRefused as error:
            self._isolate(job, places, error, splits, halvings)
        else:
            self._sort(job, places, answer.body, splits, halvings)

    def _isolate(
        self, job: _Job, places: Sequence[int], error: RequestRefused, splits: int, halvings: int
    ) -> None:
        """The whole call was refused: find out whose fault it is, and write the others."""
        refusal = classify(error.body, error.status, job.kind)
        if len(places) == 1:
            job.refuse(places, refusal)
            return
        guilty = _guilty(job, places, error, refusal)
        if not guilty:
            for half in _halves(places):
                self._write_portion(job, half, splits + 1, halvings)
            return
        for place, why in guilty.items():
            if why.code in _UNCERTAIN:
                self._write_portion(job, [place], splits + 1, halvings)
            else:
                job.refuse([place], why)
        self._write_portion(job, [each for each in places if each not in guilty], splits + 1, halvings)

    def _sort(self, job: _Job, places: Sequence[int], body: Json, splits: int, halvings: int) -> None:
        """Give each input its result or error; by trace, else by key or id, never by position."""
        found = body.get("results")
        results = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
        if not results and not errors_of(body):
            return  # an answer that speaks of nobody: all stay unknown
        loose = _claim_results(job, places, results)
        unnamed = _claim_errors(job, places, errors_of(body))
        left = [place for place in places if place not in job.outcome]
        if left and loose:
            self._claim_merged(job, left, loose)
            left = [place for place in places if place not in job.outcome]
        if not left:
            return
        if len(left) == 1 and len(unnamed) == 1:
            job.refuse(left, unnamed[0])
        elif len(places) > 1:
            # Nobody named them: alone, their answer can only be about them. Both acts may be repeated.
            parts = _halves(left) if len(left) == len(places) else [left]
            for part in parts:
                self._write_portion(job, part, splits + 1, halvings)
        elif splits == 0:
            self._write_portion(job, left, MOST_SPLITS, halvings)

    def _claim_merged(self, job: _Job, left: Sequence[int], loose: Sequence[Json]) -> None:
        """Results under ids nobody asked for: read back which record each of the rest has become."""
        if len(left) == 1 and len(loose) == 1:
            job.wrote(left[0], loose[0])
            return
        by_id = {str(each.get("id")): each for each in loose}
        asked = [job.inputs[place].id for place in left]
        found = self.batch_read(job.kind, asked, [job.key] if job.key else [], job.key).found
        for place in left:
            contact = found.get(job.inputs[place].id)
            if contact is not None and contact.id in by_id:
                job.wrote(place, by_id[contact.id])


def _wire_input(job: _Job, each: Input) -> Json:
    shown: Json = {"id": each.id, "properties": dict(each.properties), "objectWriteTraceId": each.trace}
    if job.key is not None:
        shown["idProperty"] = job.key
        shown["properties"] = {job.key: each.id, **each.properties}
    return shown


def _without_doubles(job: _Job, places: Iterable[int]) -> list[list[int]]:
    """Portions in which no id and no trace stands twice: HubSpot refuses a whole call for that."""
    made: list[list[int]] = []
    seen: list[set[str]] = []
    for place in places:
        marks = {f"id {job.inputs[place].id.strip().casefold()}", f"trace {job.inputs[place].trace}"}
        # Later inputs for the same record go into later calls, so that the last one wins.
        first = max((number + 1 for number, marked in enumerate(seen) if marked & marks), default=0)
        number = next((n for n in range(first, len(made)) if len(made[n]) < MOST_INPUTS), len(made))
        if number == len(made):
            made.append([])
            seen.append(set())
        made[number].append(place)
        seen[number] |= marks
    return made


def _halves(places: Sequence[int]) -> list[Sequence[int]]:
    middle = len(places) // 2
    return [places[:middle], places[middle:]]


def _claim_results(job: _Job, places: Sequence[int], results: Sequence[Json]) -> list[Json]:
    """Results to inputs; returns those that belong to nobody so far."""
    by_trace = {job.inputs[place].trace: place for place in places}
    by_id = {job.inputs[place].id.strip().casefold(): place for place in places}
    loose = []
    for record in results:
        trace = record.get("objectWriteTraceId")
        place = by_trace.get(trace) if isinstance(trace, str) else None
        if place is None:
            value = record.get("id")
            if job.key is not None:
                properties = record.get("properties")
                value = properties.get(job.key) if isinstance(properties, dict) else None
            place = by_id.get(str(value).strip().casefold()) if value is not None else None
        if place is None or place in job.outcome:
            loose.append(record)
        else:
            job.wrote(place, record)
    return loose


def _claim_errors(job: _Job, places: Sequence[int], errors: Sequence[Json]) -> list[Refusal]:
    """Errors to inputs; returns the refusals that name nobody."""
    unnamed = []
    for error in errors:
        refusal = classify(error, None, job.kind)
        named = [place for place in _named(job, places, error) if place not in job.outcome]
        if named:
            job.refuse(named, refusal)
        else:
            unnamed.append(refusal)
    return unnamed


def _named(job: _Job, places: Sequence[int], error: object) -> list[int]:
    traces, ids = culprit_ids(error)
    by_trace = [place for place in places if job.inputs[place].trace in traces]
    return by_trace or [place for place in places if job.inputs[place].id in ids]


def _guilty(job: _Job, places: Sequence[int], error: RequestRefused, refusal: Refusal) -> dict[int, Refusal]:
    """Whose fault a refused call is, as far as its body tells; {} when it does not."""
    body = error.body if isinstance(error.body, dict) else {}
    guilty: dict[int, Refusal] = {}
    for entry in [*errors_of(body), body]:
        for place in _named(job, places, entry):
            guilty.setdefault(place, classify(entry, error.status, job.kind))
    if guilty:
        return guilty
    if refusal.code in _ALL_WITH_PROPERTY:
        concerned = [place for place in places if set(refusal.properties) & set(job.inputs[place].properties)]
        return dict.fromkeys(concerned, refusal)
    if refusal.code in _VALUE_CODES:
        messages = _messages(body)
        concerned = [
            place for place in places if _holds_value(job.inputs[place], refusal.properties, messages)
        ]
        return dict.fromkeys(concerned, refusal)
    return {}


def _messages(body: Json) -> list[str]:
    entries = [body, *errors_of(body)]
    return [each["message"] for each in entries if isinstance(each.get("message"), str)]


def _holds_value(each: Input, names: Sequence[str], messages: Sequence[str]) -> bool:
    """Whether a message begins by naming the very value this input wants to write to such a property."""
    for name in names:
        value = each.properties.get(name, "")
        if len(value) < 2:
            continue
        whole = re.compile(rf"(?<![\w@.-]){re.escape(value)}(?![\w@-])", re.IGNORECASE)
        if any(whole.search(_AFTER_VALUE.split(message)[0]) for message in messages):
            return True
    return False
