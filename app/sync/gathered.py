"""Writes of one stream that wait for their call to be full, across the executions of a chain."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.actions import PlannedWrite
from app.domain.people import Household
from app.sync.households import HAS, HOLDER, INBOX, SIZE
from app.sync.ports import Json
from app.sync.run import Run


@dataclass
class Gathered:
    """What waits. The records concerned are kept as waiting, so that a stop loses none of them (I4)."""

    writes: list[PlannedWrite] = field(default_factory=list)
    touched: dict[str, tuple[Household, str]] = field(default_factory=dict)
    """Household members read earlier → what their contact has to say now."""
    _rows: dict[str, Json] = field(default_factory=dict)

    @property
    def ids(self) -> set[str]:
        """Whose writes wait."""
        return {write.record.cliniko_id for write in self.writes}

    @property
    def promised(self) -> dict[str, str]:
        """Contacts that are about to be linked, to whom."""
        return {write.target_id: write.record.cliniko_id for write in self.writes if write.target_id}

    def add(self, writes: Sequence[PlannedWrite], rows: Sequence[Json]) -> None:
        """Keep these; of newcomers also their `rows`, in case they have to be planned again."""
        self.writes.extend(writes)
        newcomers = {write.record.cliniko_id for write in writes if write.target_id is None}
        self._rows.update({str(row["id"]): row for row in rows if str(row.get("id")) in newcomers})

    def ripe(self, size: int, is_last: bool) -> list[PlannedWrite]:
        """What fills a call, newcomers and linked ones apart, for they go different ways; at the end what is left."""
        for is_new in (True, False):
            alike = [write for write in self.writes if (write.target_id is None) == is_new]
            if len(alike) >= size or (is_last and alike):
                return alike[:size]
        return []

    def recall(self, email_hashes: Collection[str]) -> list[Json]:
        """Take back the newcomers with one of these addresses: a household is planned together (R12)."""
        rows = {
            write.record.cliniko_id: self._rows[write.record.cliniko_id]
            for write in self.writes
            if write.target_id is None and write.person and write.person.email_hash in email_hashes
        }
        self.let_go(rows)
        for cliniko_id in rows:
            self.touched.pop(cliniko_id, None)
        return list(rows.values())

    def hold_back(
        self, writes: Mapping[str, PlannedWrite], addresses: Collection[str]
    ) -> dict[str, PlannedWrite]:
        """The writes less these addresses, which others give up only later: then they are set as well."""
        changed: dict[str, PlannedWrite] = {}
        for cliniko_id, write in writes.items():
            address = write.payload.get("email", "")
            if address not in addresses:
                continue
            refs = write.record.refs
            household = Household(int(refs.get(SIZE, "1")), refs.get(HOLDER, ""), has_address=True)
            self.touched[cliniko_id] = (household, address)
            # Until then they count as still to come into their household, also for a program that was stopped.
            kept = {name: value for name, value in refs.items() if name != INBOX}
            record = replace(write.record, refs={**kept, HAS: "no"})
            changed[cliniko_id] = replace(write.without("email"), record=record)
        return changed

    def ripe_touches(self, size: int, is_last: bool) -> dict[str, tuple[Household, str]]:
        """Household members to be written now: those whose own contact exists, a call's worth, or all at the end.
        Who gives an address up comes before anybody gets one."""
        waiting = self.ids
        ready = sorted(
            (cliniko_id for cliniko_id in self.touched if cliniko_id not in waiting),
            key=lambda cliniko_id: self.touched[cliniko_id][0].has_address,
        )
        if len(ready) < size and not is_last:
            return {}
        return {cliniko_id: self.touched[cliniko_id] for cliniko_id in ready[:size]}

    def decide_anew(self, members: Collection[str]) -> set[str]:
        """What was to be written of these households no longer holds; returns whose it was."""
        dropped = set(members) & set(self.touched)
        for cliniko_id in dropped:
            del self.touched[cliniko_id]
        return dropped

    def let_go(self, ids: Collection[str]) -> None:
        """These wait no longer."""
        self.writes[:] = [write for write in self.writes if write.record.cliniko_id not in ids]
        for cliniko_id in ids:
            self._rows.pop(cliniko_id, None)


def gathered_of(run: Run, stream: str) -> Gathered:
    """What waits of a stream in this chain."""
    kept = run.chain.gathered.setdefault(stream, [Gathered()])
    found: Gathered = kept[0]
    return found
