"""Which appointment is a patient's first: kept true on deals when an earlier one turns up or one falls away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.actions import PlannedWrite
from app.domain.records import Visit
from app.sync.appointments import first_visits
from app.sync.deals import Deals
from app.sync.fields import field_hash
from app.sync.run import Run
from app.sync.seen import want_left_out

NAME = "cliniko_is_first_visit"
BATCH = 100


class FirstVisits:
    """Saves visits and gathers the deals whose mark is no longer right."""

    def __init__(self, run: Run) -> None:
        self._run = run

    @property
    def is_known(self) -> bool:
        """Whether every visit was read, so that an earliest one can be told."""
        return self._run.store.fact("history_read") == "yes"

    @property
    def _gathered(self) -> dict[str, str]:
        kept = self._run.chain.gathered.setdefault("first_visits", [{}])
        found: dict[str, str] = kept[0]
        return found

    def save(self, visits: Sequence[Visit]) -> None:
        """Keep these visits; mark the roll-ups of their patients due, and gather deals whose mark changes."""
        store = self._run.store
        patients = {visit.patient_id for visit in visits if visit.patient_id}
        before = first_visits(store.visits_of(patients)) if self.is_known else {}
        kept = [visit for visit in visits if visit.patient_id]
        with store.write():
            changed = store.save_visits(kept)
            store.mark_due(changed)
            want_left_out(self._run, changed)
        if not self.is_known or not changed:
            return
        after = first_visits(store.visits_of(changed))
        moved = [one for one in changed if before.get(one, "") != after.get(one, "")]
        # An appointment that went over to another patient may be the first of one and was that of the other.
        self._gathered.update({before[one]: "false" for one in moved if before.get(one)})
        self._gathered.update({after[one]: "true" for one in moved if after.get(one)})

    def of(self, patient_ids: Sequence[str]) -> Mapping[str, str] | None:
        """Patient → key of the earliest visit, or None while not every visit is known."""
        if not self.is_known:
            return None
        return first_visits(self._run.store.visits_of(patient_ids))

    def gather_all(self) -> None:
        """Once every visit was read: all marks that are not right yet."""
        store = self._run.store
        after = ""
        while ids := store.patients_with_visits(after):
            visits = store.visits_of(ids)
            firsts = set(first_visits(visits).values())
            for listed in visits.values():
                self._gathered.update(
                    {visit.id: "true" if visit.id in firsts else "false" for visit in listed}
                )
            after = ids[-1]
            self._forget_right_ones()

    def _forget_right_ones(self) -> None:
        """Keep only linked deals whose mark differs from what was written last."""
        salt = self._run.salt
        records = self._run.store.records("appointment", list(self._gathered))
        for key, value in list(self._gathered.items()):
            record = records.get(key)
            is_right = record is not None and record.fields.get(NAME) == field_hash(salt, NAME, value, "bool")
            if record is None or not record.hubspot_id or record.state != "linked" or is_right:
                del self._gathered[key]

    def flush(self, deals: Deals, is_last: bool) -> None:
        """Write what was gathered, in full batches until nothing more is to come."""
        if NAME not in self._run.names.get("deals", frozenset()):
            self._gathered.clear()
            return
        if not is_last and len(self._gathered) < BATCH:
            return
        self._forget_right_ones()
        while self._gathered and (is_last or len(self._gathered) >= BATCH):
            part = {key: self._gathered.pop(key) for key in list(self._gathered)[:BATCH]}
            records = self._run.store.records("appointment", part)
            salt = self._run.salt
            deals.write(
                [
                    PlannedWrite(
                        record=records[key],
                        changes={NAME: (_other(value) if NAME in records[key].fields else None, value)},
                        fields={**records[key].fields, NAME: field_hash(salt, NAME, value, "bool")},
                        target_id=records[key].hubspot_id,
                        counts_as="none",
                    )
                    for key, value in part.items()
                ]
            )


def _other(value: str) -> str:
    return "false" if value == "true" else "true"
