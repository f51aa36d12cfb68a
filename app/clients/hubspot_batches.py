"""Writing HubSpot records in batches: one bad input spoils only itself, and every input learns what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.clients.answers import Json
from app.clients.calls import TookTooLong
from app.clients.hubspot_outcomes import (
    BatchJob,
    claim_errors,
    claim_results,
    guilty_places,
    halves,
    wire_input,
    without_doubles,
)
from app.clients.hubspot_reading import RecordReads
from app.clients.hubspot_refusals import classify
from app.clients.hubspot_wire import MOST_INPUTS, errors_of, objects_path, portions, write_right
from app.errors import RequestRefused, ServiceUnavailable
from app.sync.ports import Input, Refusal, Written

NEW_PROPERTY_S = 2.0
"""A property just created may be unknown to record writes for a moment."""

MOST_SPLITS = 10
"""How often a portion may be cut in two or sent again before its inputs count as unknown (I7)."""

HALVINGS_WHEN_SLOW = 2

ABOUT_INPUTS = frozenset({400, 404, 409, 413, 422})
"""Statuses that can be one input's fault; any other refuses the call as such."""

MOST_ALIKE = 12
"""After so many inputs refused alike in a row, and two samples more, the rest counts as refused alike too (I7)."""

_UNCERTAIN = frozenset({"validation", "other", "not_found"})


class RecordWrites(RecordReads):
    """Batch update, batch upsert and archive."""

    _waited_for: frozenset[str] = frozenset()

    def batch_update(self, kind: str, inputs: Sequence[Input]) -> list[Written]:
        """Write properties of known records by id; one outcome for each input, in the order of the inputs.

        An id that was merged away is followed: `Written.hubspot_id` is then the survivor's. Raises TryLater
        where HubSpot is down, OutcomeUnknown where no answer said anything about any input.
        """
        return self._write_inputs(BatchJob(kind, "update", None, inputs))

    def batch_upsert(self, kind: str, key: str, inputs: Sequence[Input]) -> list[Written]:
        """Create or write records by the unique property `key`; `Input.id` is its value. Else as batch_update."""
        return self._write_inputs(BatchJob(kind, "upsert", key, inputs))

    def archive(self, kind: str, ids: Sequence[str]) -> None:
        """Move records to the recycle bin; those already gone are no error."""
        for portion in portions(list(dict.fromkeys(ids)), MOST_INPUTS):
            body = {"inputs": [{"id": each} for each in portion]}
            path = objects_path(kind, "batch", "archive")
            self._write("POST", path, body, write_right(kind), reads_body=False)

    # from inputs to outcomes

    def _write_inputs(self, job: BatchJob) -> list[Written]:
        self._write_places(job, range(len(job.inputs)))
        self._wait_for_new_properties(job)
        self._look_for_deleted(job)
        return [
            job.outcome.get(place) or Written(each.trace, unknown=True)
            for place, each in enumerate(job.inputs)
        ]

    def _write_places(self, job: BatchJob, places: Iterable[int]) -> None:
        for portion in without_doubles(job, places):
            try:
                self._write_portion(job, portion, 0, 0)
            except ServiceUnavailable:
                # What is known must not be lost; nothing known means nothing to return.
                if not job.outcome:
                    raise
                return

    def _wait_for_new_properties(self, job: BatchJob) -> None:
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

    def _look_for_deleted(self, job: BatchJob) -> None:
        """An update refused without any reason given: whether the record is gone can be read."""
        unclear = [
            place
            for place, outcome in job.outcome.items()
            if job.act == "update" and outcome.refusal is not None and outcome.refusal.code == "other"
        ]
        if unclear:
            missing = self.batch_read(job.kind, [job.inputs[place].id for place in unclear], []).missing
            gone = [place for place in unclear if job.inputs[place].id in missing]
            job.refuse(
                gone, Refusal("not_found", detail="HubSpot refused a record that is not there any more")
            )

    def _write_portion(self, job: BatchJob, places: Sequence[int], splits: int, halvings: int) -> None:
        if not places or splits > MOST_SPLITS:
            return
        body = {"inputs": [wire_input(job, job.inputs[place]) for place in places]}
        try:
            answer = self._write(
                "POST", objects_path(job.kind, "batch", job.act), body, write_right(job.kind)
            )
        except TookTooLong:
            if len(places) == 1 or halvings >= HALVINGS_WHEN_SLOW:
                raise
            for half in halves(places):
                self._write_portion(job, half, splits, halvings + 1)
        except RequestRefused as error:
            self._isolate(job, places, error, splits, halvings)
        else:
            self._sort(job, places, answer.body, splits, halvings)

    def _isolate(
        self, job: BatchJob, places: Sequence[int], error: RequestRefused, splits: int, halvings: int
    ) -> None:
        """The whole call was refused: find out whose fault it is, and write the others."""
        is_page = error.status == 404 and not isinstance(error.body, dict)
        if error.status not in ABOUT_INPUTS or (is_page and len(places) > 1):
            raise error
        refusal = classify(error.body, error.status, job.kind)
        if len(places) == 1:
            job.refuse(places, refusal)
            job.count_alike(refusal)
            return
        guilty = guilty_places(job, places, error, refusal)
        if not guilty:
            for part in self._sampled(job, places, refusal, splits, halvings):
                self._write_portion(job, part, splits + 1, halvings)
            return
        for place, why in guilty.items():
            if why.code in _UNCERTAIN:
                self._write_portion(job, [place], splits + 1, halvings)
            else:
                job.refuse([place], why)
        self._write_portion(job, [each for each in places if each not in guilty], splits + 1, halvings)

    def _sampled(
        self, job: BatchJob, places: Sequence[int], refusal: Refusal, splits: int, halvings: int
    ) -> list[Sequence[int]]:
        """The two halves still to be tried; none when everything so far, and two samples, were refused alike."""
        if job.alike < MOST_ALIKE or len(places) < 4:
            return halves(places)
        for sample in (places[-1], places[len(places) // 2]):
            self._write_portion(job, [sample], splits + 1, halvings)
        rest = [place for place in places if place not in job.outcome]
        if job.alike < MOST_ALIKE + 2:
            return halves(rest)
        job.refuse(rest, refusal)
        return []

    def _sort(self, job: BatchJob, places: Sequence[int], body: Json, splits: int, halvings: int) -> None:
        """Give each input its result or error; by trace, else by key or id, never by position."""
        found = body.get("results")
        results = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
        if not results and not errors_of(body):
            return  # an answer that speaks of nobody: all stay unknown
        loose = claim_results(job, places, results)
        unnamed = claim_errors(job, places, errors_of(body))
        left = [place for place in places if place not in job.outcome]
        if left and loose:
            self._claim_merged(job, left, loose, is_certain=not unnamed)
            left = [place for place in places if place not in job.outcome]
        if not left:
            return
        if len(left) == 1 and len(unnamed) == 1:
            job.refuse(left, unnamed[0])
        elif len(places) > 1:
            # Nobody named them: alone, their answer can only be about them. Both acts may be repeated.
            parts = halves(left) if len(left) == len(places) else [left]
            for part in parts:
                self._write_portion(job, part, splits + 1, halvings)
        elif splits == 0:
            self._write_portion(job, left, MOST_SPLITS, halvings)

    def _claim_merged(
        self, job: BatchJob, left: Sequence[int], loose: Sequence[Json], is_certain: bool
    ) -> None:
        """Results under ids nobody asked for: read back which record each of the rest has become."""
        if len(left) == 1 and len(loose) == 1 and is_certain:
            job.wrote(left[0], loose[0])
            return
        by_id = {str(each.get("id")): each for each in loose}
        asked = [job.inputs[place].id for place in left]
        found = self.batch_read(job.kind, asked, [job.key] if job.key else [], job.key).found
        for place in left:
            contact = found.get(job.inputs[place].id)
            if contact is not None and contact.id in by_id:
                job.wrote(place, by_id[contact.id])
