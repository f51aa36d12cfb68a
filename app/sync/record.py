"""Recording: for each batch, in one short transaction: links, hashes, journal, questions, intents closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.actions import PlannedWrite, Settled
from app.domain.conflicts import Conflict
from app.domain.records import Cursor, Intent, JournalEntry, Record
from app.events import ActionDone, QuestionOpened
from app.sync.apply import Outcomes
from app.sync.ports import Written
from app.sync.run import Run

MOST_SAMPLES = 30
"""Records that a rehearsal shows with their values before and after."""


class Recorder:
    """Records what one stream did. All methods are short immediate transactions of their own."""

    def __init__(self, run: Run, stream: str) -> None:
        self._run = run
        self._stream = stream
        self.written = 0

    def settled(self, items: Sequence[Settled]) -> None:
        """Save records that needed no write, and count them."""
        if not items:
            return
        run = self._run
        counters = run.counters(self._stream)
        with run.store.write():
            self._open_conflicts([conflict for item in items for conflict in item.conflicts])
            run.store.save_records([item.record for item in items])
            run.store.save_people([item.person for item in items if item.person is not None])
        for item in items:
            setattr(counters, item.outcome, getattr(counters, item.outcome) + 1)
        self._tell()

    def done(self, outcomes: Outcomes) -> None:
        """Save what was written: the link, the field hashes, the journal; then close the intents (I12)."""
        run = self._run
        counters = run.counters(self._stream)
        now = run.now()
        finished = [*outcomes.done, *outcomes.moved]
        with run.store.write():
            self._open_conflicts([conflict for write, _ in finished for conflict in write.conflicts])
            run.store.save_records([self._linked(write, answer) for write, answer in finished])
            run.store.save_people([write.person for write, _ in finished if write.person is not None])
            entries = [entry for write, answer in finished for entry in self._journal(write, answer)]
            run.store.write_journal(entries)
            if not run.is_rehearsal:
                run.store.save_intents(
                    [i for write, answer in finished for i in self._to_associate(write, answer)]
                )
            run.store.close_intents(outcomes.intents)
        for write, answer in finished:
            created = write.counts_as == "created" and (answer.is_new or write.target_id is None)
            if created:
                counters.created += 1
            elif write.counts_as != "none":
                counters.updated += 1
        self.written += len(finished)
        if run.is_rehearsal:
            self._show([write for write, _ in finished])
        run.report.finished_at = now
        self._tell()

    def _show(self, writes: Sequence[PlannedWrite]) -> None:
        """Keep a few of these for a person to look at before anything is real (R80)."""
        samples = self._run.report.samples
        for write in writes[: max(0, MOST_SAMPLES - len(samples))]:
            props = {**self._run.props.get("deals", {}), **self._run.props.get("contacts", {})}
            samples.append(
                {
                    "stream": self._stream,
                    "cliniko_id": write.record.cliniko_id,
                    "name": write.person.name if write.person else write.payload.get("dealname", ""),
                    "act": write.counts_as,
                    "changes": {
                        props[name].label if name in props else name: (old, new)
                        for name, (old, new) in write.changes.items()
                        if new or old
                    },
                }
            )

    def _to_associate(self, write: PlannedWrite, answer: Written) -> Iterable[Intent]:
        """What a deal must still hang on, noted in the same transaction as the deal itself (I1)."""
        if write.associate_to:
            yield Intent(
                run_id=self._run.run_id,
                service="hubspot",
                act="associate",
                kind=write.record.kind,
                cliniko_id=write.record.cliniko_id,
                target_id=answer.hubspot_id or write.target_id or "",
                payload={"to": [list(pair) for pair in write.associate_to]},
                at=self._run.now(),
            )

    def _linked(self, write: PlannedWrite, answer: Written) -> Record:
        return replace(
            write.record,
            state="linked" if write.record.state == "waiting" else write.record.state,
            hubspot_id=answer.hubspot_id or write.target_id,
            fields=dict(write.fields),
            changed_at=self._run.now(),
        )

    def _journal(self, write: PlannedWrite, answer: Written) -> Iterable[JournalEntry]:
        now = self._run.now()
        for name, (old, new) in write.changes.items():
            yield JournalEntry(
                run_id=self._run.run_id,
                kind=write.record.kind,
                cliniko_id=write.record.cliniko_id,
                service="hubspot",
                target_id=answer.hubspot_id or write.target_id or "",
                field=name,
                old=old,
                new=new,
                source=write.source,
                at=now,
            )

    def _open_conflicts(self, conflicts: Sequence[Conflict]) -> None:
        for conflict in conflicts:
            self._run.store.open_conflict(replace(conflict, opened_at=self._run.now()))
            self._run.emit(QuestionOpened(conflict.kind))

    def cursor(self, cursor: Cursor) -> None:
        """Move the cursor, last of all (I4)."""
        if cursor != self._run.store.cursor(cursor.name):
            self._run.store.save_cursor(cursor)

    def _tell(self) -> None:
        counters = self._run.counters(self._stream)
        self._run.emit(
            ActionDone(
                stream=self._stream,
                created=counters.created,
                updated=counters.updated,
                unchanged=counters.unchanged,
                held=counters.held,
                failed=counters.failed,
                waiting=counters.waiting,
            )
        )
