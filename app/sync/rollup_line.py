"""Activity roll-ups within one execution: who is looked at, what is worked out, and what differs (R16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.sync.apply import SchemaBroken
from app.sync.lists import Lists
from app.sync.portal import Portal
from app.sync.rollup_drafts import RollUpDrafts, is_open
from app.sync.rollup_writes import MARK, Rolled, RollUpWriter, unmarked
from app.sync.run import Run
from app.sync.set_up import SetUp

CURSOR = "rollups"
"""`floor`: visits that began or ended until then were looked at. `fingerprint` and `place`: the pass over all
linked patients that is under way or was last; `checked_on` the clinic's day on which one was finished."""

PAGE = 500
ROUND = 20_000
"""Patients taken from the list of those who are due before the last batch may be less than full."""


class RollUps:
    """Keeps the roll-ups on patients' contacts true. They count neither under the cap nor in the numbers (R2)."""

    def __init__(self, run: Run, portal: Portal, lists: Lists) -> None:
        self._run = run
        self._drafts = RollUpDrafts(run, lists)
        self._writer = RollUpWriter(run, portal)

    def work(self, restate: frozenset[str] = frozenset()) -> None:
        """One execution's worth. Within a chain nothing is done before the other streams have nothing left, so
        that each contact is written once and each call is full. `restate`: patients all of whose values are
        asserted (R4)."""
        if not self._drafts.wanted or not (restate or self._others_are_done()):
            return
        try:
            if restate:
                self._work_some(sorted(restate), restate=True)
                return
            self._note_time()
            self._look_at_all()
            while due := self._run.store.due(ROUND):
                self._work_some(due)
        except SchemaBroken:
            self._schema_broke()

    def _others_are_done(self) -> bool:
        """Whether this is the last execution of its chain, as far as can be told."""
        run = self._run
        if not run.chain.is_chained or not run.report.waiting:
            return True
        done = sum(c.created + c.updated + c.unchanged for c in run.report.streams.values())
        before = run.chain.left_before
        return not done and before is not None and run.report.waiting >= before

    def _schema_broke(self) -> None:
        """A property is gone: compare everything at once. The patients stay due."""
        set_up = SetUp(self._run)
        set_up.made.checked_on = ""
        set_up.ensure()
        if "patients" not in self._run.paused:
            self._run.problem("schema_drift", "HubSpot no longer accepts some properties.", "patients")
        self._run.chain.schema_checked = False

    # who is due

    def _note_time(self) -> None:
        """Visits that began or ended since the last look: what was next is past, what was under way attended.
        Also where somebody set the clock back."""
        store, now = self._run.store, self._run.now()
        cursor = store.cursor(CURSOR)
        if cursor.floor is None:
            store.save_cursor(replace(cursor, floor=now))
            return
        patients = store.visit_patients_between(min(cursor.floor, now), max(cursor.floor, now))
        if patients or now < cursor.floor:
            with store.write():
                store.mark_due(patients)
                store.save_cursor(replace(cursor, floor=now))

    def _look_at_all(self) -> None:
        """Once a clinic day, and after anything changed that shapes the values, every linked patient is worked
        out, without any call; those whose values moved are due."""
        store = self._run.store
        cursor = store.cursor(CURSOR)
        mark = self._drafts.fingerprint()
        if cursor.fingerprint == mark and cursor.checked_on is not None:
            return
        if cursor.fingerprint != mark:
            cursor = replace(cursor, fingerprint=mark, place="", checked_on=None)
        while ids := store.ids_in_state("patient", "linked", limit=PAGE, after=cursor.place):
            self._run.check_stop()
            moved = [each.record.cliniko_id for each in self._drafts.of(ids) if self._drafts.has_moved(each)]
            cursor = replace(cursor, place=ids[-1])
            with store.write():
                store.mark_due(moved)
                store.save_cursor(cursor)
        store.save_cursor(replace(cursor, place="", checked_on=self._run.today()))

    # what they come to

    def _work_some(self, ids: Sequence[str], restate: bool = False) -> None:
        """Work out these patients, write what differs in full batches, and take them off the list."""
        run = self._run
        gathered: list[Rolled] = []
        for start in range(0, len(ids), PAGE):
            run.check_stop()
            part = ids[start : start + PAGE]
            rolled = [replace(each, restate=restate) for each in self._drafts.of(part)]
            moved = [each for each in rolled if restate or self._drafts.has_moved(each)]
            gathered.extend(moved)
            self._set_aside(part)
            run.store.unmark_due(set(part) - {each.record.cliniko_id for each in moved})
            gathered = self._writer.write(gathered, only_full=True)
        self._writer.write(gathered, only_full=False)

    def _set_aside(self, ids: Sequence[str]) -> None:
        """Patients who cannot be written now: without the mark they are due again once they are linked."""
        records = self._run.store.records("patient", ids).values()
        self._run.store.save_records(
            [unmarked(record) for record in records if MARK in record.fields and not is_open(record)]
        )
