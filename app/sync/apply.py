"""Acting: the intent first, then one batch, then an outcome for each record, whatever became of its neighbour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.actions import PlannedWrite
from app.domain.records import Intent
from app.errors import OutcomeUnknown
from app.sync.intents import pack_write
from app.sync.ports import Input, Refusal, Written
from app.sync.run import Run

BATCH = 100


class SchemaBroken(Exception):
    """HubSpot says that a property of ours does not exist or lost an option: the stream pauses (R61)."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__("HubSpot no longer knows: " + ", ".join(names))
        self.names = names


@dataclass
class Outcomes:
    """What became of a set of writes. `done` holds the record id; `refused` the reason; `missing` were deleted
    in HubSpot; `moved` were answered by another id: a merge was followed."""

    done: list[tuple[PlannedWrite, Written]] = field(default_factory=list)
    refused: list[tuple[PlannedWrite, Refusal]] = field(default_factory=list)
    missing: list[PlannedWrite] = field(default_factory=list)
    moved: list[tuple[PlannedWrite, Written]] = field(default_factory=list)
    intents: list[int] = field(default_factory=list)


SCHEMA_CODES = frozenset({"unknown_property", "invalid_stage"})


def send(run: Run, object_kind: str, key: str, writes: Sequence[PlannedWrite]) -> Outcomes:
    """Write these records: new ones by upsert on `key`, known ones by record id, 100 a call (I1).

    The intents stay open until the caller records the outcomes. Raises SchemaBroken before anything is lost,
    OutcomeUnknown when HubSpot's answer for some record never came: those intents are settled at the next start.
    """
    outcomes = Outcomes()
    unknown = False
    for act, group in (
        ("update", [write for write in writes if write.target_id is not None]),
        ("upsert", [write for write in writes if write.target_id is None]),
    ):
        for start in range(0, len(group), BATCH):
            run.check_stop()
            unknown |= _send_batch(run, object_kind, key, act, group[start : start + BATCH], outcomes)
    if unknown:
        raise UnknownOutcomes(outcomes)
    return outcomes


class UnknownOutcomes(OutcomeUnknown):
    """Some answers never came; `outcomes` holds what is known."""

    def __init__(self, outcomes: Outcomes) -> None:
        super().__init__("HubSpot", "HubSpot did not say what became of some records")
        self.outcomes = outcomes


def _send_batch(
    run: Run, object_kind: str, key: str, act: str, batch: Sequence[PlannedWrite], outcomes: Outcomes
) -> bool:
    """One call. True if some outcome stays unknown."""
    now = run.now()
    with run.store.write():
        intent_ids = run.store.save_intents(
            [
                Intent(
                    run_id=run.run_id,
                    service="hubspot",
                    act=act,
                    kind=write.record.kind,
                    cliniko_id=write.record.cliniko_id,
                    target_id=write.target_id or _key_of(write, key),
                    payload={"write": pack_write(write), "object": object_kind, "key": key},
                    at=now,
                )
                for write in batch
            ]
        )
    by_trace = {write.trace: (write, intent) for write, intent in zip(batch, intent_ids, strict=True)}
    inputs = [Input(write.trace, write.target_id or _key_of(write, key), write.payload) for write in batch]
    if act == "update":
        answers = run.hubspot.batch_update(object_kind, inputs)
    else:
        answers = run.hubspot.batch_upsert(object_kind, key, inputs)
    return _sort_answers(answers, by_trace, outcomes)


def _key_of(write: PlannedWrite, key: str) -> str:
    return write.payload.get(key, write.record.cliniko_id)


def _sort_answers(
    answers: Sequence[Written], by_trace: dict[str, tuple[PlannedWrite, int]], outcomes: Outcomes
) -> bool:
    unknown = set(by_trace)
    broken: set[str] = set()
    for answer in answers:
        if answer.unknown or answer.trace not in by_trace:
            continue
        write, intent = by_trace[answer.trace]
        unknown.discard(answer.trace)
        outcomes.intents.append(intent)
        if answer.refusal is None:
            is_moved = write.target_id is not None and answer.hubspot_id != write.target_id
            (outcomes.moved if is_moved else outcomes.done).append((write, answer))
        elif answer.refusal.code == "not_found":
            outcomes.missing.append(write)
        else:
            if answer.refusal.code in SCHEMA_CODES:
                broken.update(answer.refusal.properties or ("dealstage",))
            outcomes.refused.append((write, answer.refusal))
    if broken:
        raise BrokenOutcomes(tuple(sorted(broken)), outcomes)
    return bool(unknown)


class BrokenOutcomes(SchemaBroken):
    """SchemaBroken with what was nevertheless written."""

    def __init__(self, names: tuple[str, ...], outcomes: Outcomes) -> None:
        super().__init__(names)
        self.outcomes = outcomes
