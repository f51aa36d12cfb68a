"""One batch write under way: whose result is whose, and whose fault a refusal is. Pure.

By trace, by key or by record id; never by position, since HubSpot answers in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.clients.answers import Json
from app.clients.hubspot_refusals import classify, culprit_ids
from app.clients.hubspot_wire import MOST_INPUTS, errors_of
from app.errors import RequestRefused
from app.sync.ports import Input, Refusal, Written

_ALL_WITH_PROPERTY = frozenset({"unknown_property", "read_only"})
_VALUE_CODES = frozenset(
    {"invalid_option", "invalid_stage", "invalid_email", "invalid_value", "email_conflict", "unique_conflict"}
)
_AFTER_VALUE = re.compile(r"allowed|valid options|must be|:", re.IGNORECASE)


@dataclass
class BatchJob:
    """One batch write under way: what to do, and what is known of each input by its place."""

    kind: str
    act: str
    key: str | None
    inputs: Sequence[Input]
    outcome: dict[int, Written] = field(default_factory=dict)
    alike: int = 0
    """How many inputs in a row were refused for the same reason, each alone."""
    _reason: tuple[str, tuple[str, ...]] | None = None

    def refuse(self, places: Iterable[int], refusal: Refusal) -> None:
        """These inputs were not written."""
        for place in places:
            self.outcome[place] = Written(self.inputs[place].trace, refusal=refusal)

    def count_alike(self, refusal: Refusal) -> None:
        """One more input was refused alone."""
        reason = (refusal.code, refusal.properties)
        self.alike = self.alike + 1 if reason == self._reason else 1
        self._reason = reason

    def wrote(self, place: int, record: Json) -> None:
        """This input was written; `record` is its result."""
        self.alike = 0
        updated_at = record.get("updatedAt")
        self.outcome[place] = Written(
            self.inputs[place].trace,
            hubspot_id=str(record.get("id", "")),
            is_new=record.get("new") is True,
            updated_at=updated_at if isinstance(updated_at, str) else None,
        )


def wire_input(job: BatchJob, each: Input) -> Json:
    """One input as it is sent; the key stands among the properties too, so that the result may echo it."""
    shown: Json = {"id": each.id, "properties": dict(each.properties), "objectWriteTraceId": each.trace}
    if job.key is not None:
        shown["idProperty"] = job.key
        shown["properties"] = {job.key: each.id, **each.properties}
    return shown


def without_doubles(job: BatchJob, places: Iterable[int]) -> list[list[int]]:
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


def halves(places: Sequence[int]) -> list[Sequence[int]]:
    """A portion cut in two."""
    middle = len(places) // 2
    return [places[:middle], places[middle:]]


def claim_results(job: BatchJob, places: Sequence[int], results: Sequence[Json]) -> list[Json]:
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


def claim_errors(job: BatchJob, places: Sequence[int], errors: Sequence[Json]) -> list[Refusal]:
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


def _named(job: BatchJob, places: Sequence[int], error: object) -> list[int]:
    traces, ids = culprit_ids(error)
    by_trace = [place for place in places if job.inputs[place].trace in traces]
    return by_trace or [place for place in places if job.inputs[place].id in ids]


def guilty_places(
    job: BatchJob, places: Sequence[int], error: RequestRefused, refusal: Refusal
) -> dict[int, Refusal]:
    """Whose fault a refused call is, as far as its body tells; {} when it does not."""
    body = error.body if isinstance(error.body, dict) else {}
    guilty: dict[int, Refusal] = {}
    for entry in [*errors_of(body), body]:
        for place in _named(job, places, entry):
            guilty.setdefault(place, classify(entry, error.status, job.kind))
    if guilty:
        return guilty
    if refusal.code in _ALL_WITH_PROPERTY:
        names = set(refusal.properties)
        concerned = [place for place in places if names & {*job.inputs[place].properties, job.key}]
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
