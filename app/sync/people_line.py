"""One stream of people within one execution: what is worked, in which order, and how far the cap reaches."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.actions import PlannedWrite, Settled
from app.domain.records import Cursor, Record
from app.events import PhaseStarted, Progress
from app.matching.signs import email_hash
from app.streams.patients import parse_patient
from app.sync import seen
from app.sync.fetch import PassReader, rows_by_id
from app.sync.gathered import gathered_of
from app.sync.guards import MassGuard
from app.sync.merges import follow_merges
from app.sync.people import PeoplePlanner
from app.sync.people_plan import DERIVED, Plan
from app.sync.people_writes import PeopleWriter
from app.sync.portal import Portal
from app.sync.ports import Json
from app.sync.record import Recorder
from app.sync.run import Run
from app.sync.sides import Side

BATCH = 100
GATHERED = "gathered"
"""Reason of a record whose write waits to fill a batch within a chain."""

FILTERS = (
    "patients.preferred_first_name",
    "patients.only_seen_within_months",
    "patients.only_with_email",
    "patients.privacy_policy",
    "patients.businesses",
    "patients.practitioners",
    "privacy.level",
    "matching.weak_auto",
)


def fingerprint(run: Run, stream: str) -> str:
    """What a full pass was made with: when it changes, everybody is looked at again (R11, R17)."""
    shaping = FILTERS if stream == "patients" else ("patients.preferred_first_name", "privacy.level")
    kept = {key: run.settings.value(key) for key in shaping}
    if stream == "patients" and seen.is_on(run.settings):
        # Who was seen is known only once every visit was read: then everybody is looked at again.
        kept["visits"] = run.store.fact("visits_complete")
    names = sorted(run.names["contacts"])
    return hashlib.sha256(json.dumps([kept, names], sort_keys=True, default=str).encode()).hexdigest()[:16]


def open_reader(run: Run, side: Side) -> PassReader:
    """The chain's reader of this stream, or a new one; a changed fingerprint starts from the beginning."""
    kept = run.chain.readers.get(side.stream)
    if kept is not None:
        return kept
    cursor = run.store.cursor(side.stream)
    mark = fingerprint(run, side.stream)
    if cursor.fingerprint != mark and (cursor.floor is not None or cursor.place):
        cursor = Cursor(side.stream, fingerprint=mark)
    elif cursor.fingerprint != mark:
        cursor = replace(cursor, fingerprint=mark)
    reader = run.reader(side.resource, side.hidden, cursor)
    run.chain.readers[side.stream] = reader
    return reader


class PeopleLine:
    """Works one side: gathered writes, records asked for, then the pass."""

    def __init__(self, run: Run, side: Side, portal: Portal) -> None:
        self._run = run
        self._side = side
        self._recorder = Recorder(run, side.stream)
        self._planner = PeoplePlanner(run, side, portal)
        self._writer = PeopleWriter(run, side, portal, self._recorder)
        self._gathered = gathered_of(run, side.stream)
        self._cap = run.settings.number("sync.items_per_execution")
        self._used = 0
        self._waiting_ids: list[str] = []
        self._evaluate: frozenset[str] = frozenset()
        self._pending: list[PlannedWrite] = []
        """Plain updates of this pass that wait for a full batch; the cursor does not pass them."""

    def work(self, restate: frozenset[str] = frozenset(), only_wanted: bool = False) -> None:
        """One execution's worth of this stream. `restate` asserts every field of these ids (R4);
        `only_wanted` leaves the pass alone."""
        run, stream = self._run, self._side.stream
        run.emit(PhaseStarted(stream, "fetch"))
        if self._side.kind == "contact" and gathered_of(run, "patients").writes:
            # A third party may be one of the patients whose contact is about to be made.
            run.counters(stream).waiting = self._count_waiting()
            return
        self._flush_gathered()
        has_pass = not only_wanted and stream not in run.chain.finished_passes
        reader = open_reader(run, self._side) if has_pass else None
        self._work_wanted(restate, reader)
        if reader is not None:
            self._work_pass(reader)
            self._ask_again_at_the_end(restate)
        self._writer.grant_wishes()
        run.counters(stream).waiting = self._count_waiting()

    def bring(self, ids: Sequence[str]) -> None:
        """Sync these patients now, for something that hangs on them; they do not count under the cap (R2)."""
        kept = self._cap, self._used
        self._cap = 10**9
        self._gathered.let_go(set(ids))
        for start in range(0, len(ids), BATCH):
            part = list(ids[start : start + BATCH])
            rows = rows_by_id(self._run.cliniko, self._side.resource, self._side.hidden, part)
            self._batch(rows, None, frozenset(), frozenset())
        self._writer.grant_wishes()
        self._cap, self._used = kept

    # gathered across the executions of a chain

    def _flush_gathered(self) -> None:
        """Write what was gathered, once it fills a batch or nothing more is to come."""
        run = self._run
        is_last = self._side.stream in run.chain.finished_passes or not run.chain.is_chained
        waiting = self._gathered
        while part := waiting.ripe(min(BATCH, self._cap), is_last)[: max(0, self._cap - self._used)]:
            self._writer.write(part)
            waiting.let_go({write.record.cliniko_id for write in part})
            self._used += len(part)
        while touches := waiting.ripe_touches(BATCH, is_last):
            self._writer.write(self._writer.plan_touches(touches))
            for cliniko_id in touches:
                del waiting.touched[cliniko_id]
            run.worked(self._side.stream, touches)

    def _recalled(self, rows: Sequence[Json]) -> list[Json]:
        """Rows of gathered newcomers who share an inbox with one of these."""
        addresses = {email_hash(str(row.get("email") or ""), self._run.salt) for row in rows}
        return self._gathered.recall(addresses - {""})

    def _ask_again_at_the_end(self, restate: frozenset[str]) -> None:
        """Once everybody was read, questions of this chain may have settled themselves: look once more."""
        run, side = self._run, self._side
        if (
            not run.chain.is_chained
            or side.stream not in run.chain.finished_passes
            or not run.chain.executions
        ):
            return
        held = run.store.ids_in_state(side.kind, "held")
        if held:
            run.want(side.stream, held)
            self._work_wanted(restate)

    # records asked for by id

    def _work_wanted(self, restate: frozenset[str], reader: PassReader | None = None) -> None:
        """Read and work what is wanted; what the pass has in hand anyway is left to it."""
        run, side = self._run, self._side
        wanted = set(run.wanted(side.stream)) | restate
        if not run.chain.executions:
            for state in ("waiting", "failed", "held"):
                wanted.update(run.store.ids_in_state(side.kind, state))
        if wanted and reader is not None:
            self._evaluate = frozenset(wanted & reader.ids_in_hand())
            wanted -= self._evaluate
        ids = sorted(
            cliniko_id
            for cliniko_id in wanted - self._gathered.ids - set(self._gathered.touched)
            if cliniko_id.isdigit()
        )
        while ids and self._used < self._cap:
            run.check_stop()
            part, ids = ids[:BATCH], ids[BATCH:]
            rows = rows_by_id(run.cliniko, side.resource, side.hidden, part)
            self._note_vanished(part, rows)
            left = [str(row["id"]) for row in self._batch(rows, None, frozenset(part), restate)]
            run.worked(side.stream, set(part) - set(left))
            ids = left + ids
        self._waiting_ids = ids

    def _note_vanished(self, asked: Sequence[str], rows: Sequence[Json]) -> None:
        """A record that Cliniko no longer knows: nothing more to wait for, unless it is linked."""
        gone = set(asked) - {str(row.get("id")) for row in rows}
        if not gone:
            return
        records = self._run.store.records(self._side.kind, gone)
        settled = [
            Settled(replace(record, state="left_out", reason="deleted", status="deleted"))
            for record in records.values()
            if record.state in ("waiting", "failed", "held")
        ]
        for item in settled:
            self._close_questions({item.record.cliniko_id}, {})
        self._recorder.settled(settled)

    # the pass

    def _work_pass(self, reader: PassReader) -> None:
        run, side = self._run, self._side
        guard = MassGuard(run, side, reader)
        mark = fingerprint(run, side.stream)
        place: Cursor | None = None
        worked = 0
        while self._used < self._cap:
            run.check_stop()
            rows = reader.take(BATCH)
            if not rows:
                break
            if run.chain.is_chained or self._cap - self._used > len(rows):
                reader.read_ahead()
            left = self._batch(rows, guard, self._evaluate, frozenset())
            reader.give_back(left)
            done = rows[: len(rows) - len(left)]
            run.worked(side.stream, self._evaluate & {str(row.get("id")) for row in done})
            if done and not reader.is_done:
                place = reader.placed(str(done[-1].get("id")), mark)
                if not self._pending:
                    self._recorder.cursor(place)
            worked += len(done)
            run.emit(Progress(side.stream, done=worked, total=worked + reader.waiting))
            if run.chain.is_chained and self._used and self._cap - self._used < BATCH:
                # The next execution follows at once; a part of a page now would cost a call of its own.
                break
        if self._pending:
            self._flush_pending()
            if place is not None and not reader.is_done:
                self._recorder.cursor(place)
        if reader.is_done:
            self._recorder.cursor(reader.finished(mark))
            if run.store.fact(f"mass_change_ok:{side.stream}"):
                run.store.set_fact(f"mass_change_ok:{side.stream}", "")
            run.chain.finished_passes.add(side.stream)
            self._flush_gathered()

    def _batch(
        self,
        rows: list[Json],
        guard: MassGuard | None,
        evaluate: frozenset[str],
        restate: frozenset[str],
    ) -> list[Json]:
        """Work these rows as far as the cap reaches; returns those that are left for the next execution."""
        if guard is not None:
            guard.check(rows)
        rows = [*self._recalled(rows), *rows]
        if self._side.kind == "patient":
            rows = [*rows, *self._merge_rows(rows)]
        plan = self._planner.plan(rows, self._gathered.promised, evaluate, restate)
        cut = self._cut(plan)
        chosen = plan.order[:cut]
        rest = set(plan.order[cut:])
        self._settle([plan.settled[key] for key in chosen if key in plan.settled], evaluate | restate)
        targets = {plan.writes[key].target_id for key in chosen if key in plan.writes}
        if plan.touches or {write.target_id for write in self._pending} & targets:
            self._flush_pending()
        self._touch_first(plan)
        writes = [plan.writes[key] for key in chosen if key in plan.writes]
        now, later = self._split(writes)
        self._gather(later, rows)
        self._used += len(now)
        self._write_or_wait(now, guard is not None)
        self._open(plan, chosen)
        for subject, kinds in self._writer.raised.items():
            plan.raised.setdefault(subject, set()).update(kinds)
        self._close_questions(plan.evaluated & set(chosen), plan.raised)
        self._flush_gathered()
        return [row for row in rows if str(row.get("id")) in rest]

    def _write_or_wait(self, writes: Sequence[PlannedWrite], in_pass: bool) -> None:
        """Write at once; within a pass plain updates wait for a full batch, so that pages on which most rows are
        the overlap's do not cost a call each."""
        self._pending.extend(writes)
        waits = in_pass and all(_is_plain(write) for write in writes)
        while len(self._pending) >= BATCH or (self._pending and not waits):
            self._flush_pending()

    def _flush_pending(self) -> None:
        part, self._pending = self._pending[:BATCH], self._pending[BATCH:]
        self._writer.write(part)

    def _merge_rows(self, rows: Sequence[Json]) -> list[Json]:
        merged = [row for row in rows if row.get("merged_at") or row.get("merged_with_patient")]
        return follow_merges(self._run, rows, [parse_patient(row) for row in merged]) if merged else []

    def _cut(self, plan: Plan) -> int:
        """How many rows fit under the cap: only those that need a write count (R2)."""
        room = self._cap - self._used
        for position, cliniko_id in enumerate(plan.order):
            if cliniko_id in plan.writes:
                if room <= 0:
                    return position
                room -= 1
        return len(plan.order)

    def _settle(self, items: Sequence[Settled], asked: frozenset[str]) -> None:
        """Save what needs no write. Unchanged rows are counted and otherwise left alone (I13)."""
        counters = self._run.counters(self._side.stream)
        records = self._run.store.records(self._side.kind, [item.record.cliniko_id for item in items])
        news: list[Settled] = []
        for item in items:
            if item.outcome == "unchanged" and records.get(item.record.cliniko_id) == item.record:
                counters.unchanged += 1
            else:
                news.append(item)
        counted = counters.held
        self._recorder.settled(news)
        if self._run.chain.executions:
            # Met before in this chain and still held: it was counted then.
            again = [item for item in news if item.outcome == "held" and _was_held(records, item)]
            counters.held = max(counted, counters.held - len(again))

    def _touch_first(self, plan: Plan) -> None:
        """Members that must give an address up do so before anybody gets it; the rest is gathered."""
        self._run.worked(self._side.stream, self._gathered.decide_anew(plan.members))
        urgent = {
            cliniko_id: touch
            for cliniko_id, touch in plan.touches.items()
            if self._writer.gives_up_address(cliniko_id, touch[0])
        }
        later = plan.touches
        if urgent and self._is_first_load:
            plan.writes.update(
                self._gathered.hold_back(plan.writes, {address for _, address in urgent.values()})
            )
        elif urgent:
            self._writer.write(self._writer.plan_touches(urgent))
            later = {key: touch for key, touch in later.items() if key not in urgent}
        self._gathered.touched.update(later)
        if self._run.chain.is_chained:
            # Should the program stop before they are written, they are looked at again (I3).
            self._run.want(self._side.stream, self._gathered.touched)

    @property
    def _is_first_load(self) -> bool:
        run, stream = self._run, self._side.stream
        is_first = run.store.cursor(stream).floor is None
        return run.chain.is_chained and is_first and stream not in run.chain.finished_passes

    def _split(self, writes: Sequence[PlannedWrite]) -> tuple[list[PlannedWrite], list[PlannedWrite]]:
        """Within a first load newcomers and matched ones are gathered, so that each call is a full batch."""
        if not self._is_first_load:
            return list(writes), []
        later = [write for write in writes if write.source == "linking" or write.target_id is None]
        gathered = {write.trace for write in later}
        return [write for write in writes if write.trace not in gathered], later

    def _gather(self, writes: Sequence[PlannedWrite], rows: Sequence[Json]) -> None:
        """Keep writes for a full batch; should the program stop, they are waiting and read again (I4)."""
        if not writes:
            return
        with self._run.store.write():
            self._run.store.save_records(
                [
                    Record(self._side.kind, write.record.cliniko_id, "waiting", reason=GATHERED)
                    for write in writes
                ]
            )
            self._run.store.save_people([write.person for write in writes if write.person])
        self._gathered.add(writes, rows)

    def _open(self, plan: Plan, chosen: Sequence[str]) -> None:
        """Questions that hold nothing back, opened beside the write."""
        written = {c.subject_id for key in chosen if key in plan.writes for c in plan.writes[key].conflicts}
        left = set(plan.order) - set(chosen)
        for conflict in plan.questions:
            if conflict.subject_id not in written | left:
                self._run.store.open_conflict(replace(conflict, opened_at=self._run.now()))

    def _close_questions(self, evaluated: set[str], raised: dict[str, set[str]]) -> None:
        """Close what this evaluation did not find again."""
        open_now = self._run.store.conflicts_of(self._side.kind, evaluated)
        for conflict in open_now:
            still = raised.get(conflict.subject_id, set())
            if conflict.kind in DERIVED and conflict.kind not in still and conflict.answer is None:
                self._run.store.close_conflict(conflict.id, "itself", self._run.now())

    def _count_waiting(self) -> int:
        run, stream = self._run, self._side.stream
        reader = run.chain.readers.get(stream)
        unread = reader.waiting if reader is not None and stream not in run.chain.finished_passes else 0
        return unread + len(self._waiting_ids) + len(self._gathered.writes)


def _is_plain(write: PlannedWrite) -> bool:
    """An update of a contact that was linked before, on which nothing else of the batch depends."""
    return (
        write.source == "sync"
        and write.counts_as == "updated"
        and write.target_id is not None
        and "email" not in write.changes
    )


def _was_held(records: Mapping[str, Record], item: Settled) -> bool:
    before = records.get(item.record.cliniko_id)
    return before is not None and before.state == "held"
