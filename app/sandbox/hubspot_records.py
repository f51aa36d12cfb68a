"""Contacts or deals with their unique values, their order in time, and what a lagging search still sees."""

from __future__ import annotations

import heapq
import itertools
import random
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from typing import Final

from app.sandbox.hubspot_kinds import CONTACTS, Kind

Values = dict[str, str]
EMAIL: Final = "email"
ADDITIONAL: Final = "hs_additional_emails"
_POOL_LIMIT: Final = 50_000


class Record:
    """One record. `values` is never changed in place, so that whoever remembers it sees it as it was."""

    __slots__ = (
        "archived",
        "created",
        "events",
        "id",
        "merged",
        "modified",
        "number",
        "source",
        "values",
    )

    def __init__(self, number: int, created: int, source: str) -> None:
        self.number = number
        self.id = str(number)
        self.values: Values = {}
        self.created = created
        self.modified = created
        self.archived: int | None = None
        self.merged: tuple[str, ...] = ()
        self.source = source
        self.events: list[Event] | None = None

    def as_it_is(self) -> Record:
        """A copy that later writes do not reach."""
        copy = Record(self.number, self.created, self.source)
        copy.values, copy.modified, copy.archived = self.values, self.modified, self.archived
        copy.merged = self.merged
        return copy


class Event:
    """One accepted write: the values before and after, and the names that were written."""

    __slots__ = ("after", "at", "before", "id", "kind", "names", "source")

    def __init__(
        self,
        kind: str,
        record_id: str,
        at: int,
        source: str,
        before: Values,
        after: Values,
        names: tuple[str, ...],
    ) -> None:
        self.kind = kind
        self.id = record_id
        self.at = at
        self.source = source
        self.before = before
        self.after = after
        self.names = names


class Records:
    """All records of one kind. Not safe for several threads: whoever calls holds the account's lock."""

    def __init__(self, kind: Kind, seed: int) -> None:
        self.kind = kind
        self.active: dict[str, Record] = {}
        self.archived: dict[str, Record] = {}
        self.moved: dict[str, str] = {}
        self.blocked_addresses: set[str] = set()
        self.unique: dict[str, dict[str, str]] = {EMAIL: {}} if kind is CONTACTS else {}
        self._numbers: list[int] = []
        self._next = kind.first_number
        self._dice = random.Random(f"{kind.name}:{seed}")
        self._times: list[tuple[int, int]] = []
        self._pool: dict[str, str] = {}
        self._shapes: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._hidden: dict[str, list[tuple[int, Record | None]]] = {}
        self._shows: list[tuple[int, str]] = []

    def next_number(self) -> int:
        """A number for a new record: growing, with gaps, never given twice."""
        number = self._next
        self._next += self._dice.randint(1, 9)
        return number

    def current_id(self, record_id: str) -> str:
        """Where an id leads after merges; itself when it was never merged."""
        seen = record_id
        while seen in self.moved:
            seen = self.moved[seen]
        return seen

    def get(self, record_id: str) -> Record | None:
        """The active record that an id, old ids included, leads to."""
        return self.active.get(self.current_id(record_id))

    def holder(self, name: str, value: str) -> Record | None:
        """Who has a unique value: active, or archived where archived records keep theirs."""
        record_id = self.unique[name].get(value)
        if record_id is None:
            return None
        return self.active.get(record_id) or self.archived.get(record_id)

    def watch(self, name: str) -> None:
        """From now on no two active records may share a value of this property."""
        self.unique[name] = {
            value: record.id for record in self.active.values() if (value := record.values.get(name))
        }

    def unwatch(self, name: str) -> None:
        """The property is gone, and with it the ban on equal values."""
        self.unique.pop(name, None)

    def page(self, after: int, size: int, archived: bool = False) -> tuple[list[Record], bool]:
        """Records with a number above `after` by number, at most `size`, and whether there are more."""
        found: list[Record] = []
        shelf = self.archived if archived else self.active
        numbers = sorted(record.number for record in shelf.values()) if archived else self._numbers
        for place in range(bisect_left(numbers, after + 1), len(numbers)):
            record = shelf.get(str(numbers[place]))
            if record is None:
                continue
            if len(found) == size:
                return found, True
            found.append(record)
        return found, False

    def add(self, record: Record, lag_ms: int) -> None:
        """Take a record in that has its number but no values yet."""
        self._hide(record.id, None, record.modified + lag_ms, lag_ms)
        self.active[record.id] = record
        if self._numbers and record.number < self._numbers[-1]:
            insort(self._numbers, record.number)
        else:
            self._numbers.append(record.number)

    def change(self, record: Record, changes: Values, at: int, lag_ms: int) -> tuple[Values, Values]:
        """Write values ("" clears) as of `at`; the record's values before and after."""
        before = record.values
        if lag_ms > 0 or record.id in self._hidden:
            self._hide(record.id, record.as_it_is() if before else None, at + lag_ms, lag_ms)
        after = dict(before)
        share = self._pool.setdefault if len(self._pool) < _POOL_LIMIT else self._pool.get
        for name, value in changes.items():
            if value == "":
                after.pop(name, None)
            else:
                after[name] = share(value, value) if len(value) <= 40 else value
        record.values = after
        self._move_claims(record.id, before, after, changes)
        self.stamp(record, at)
        return before, after

    def stamp(self, record: Record, at: int) -> None:
        """Count the record as changed at a moment."""
        record.modified = at
        if self._times and at < self._times[-1][0]:
            insort(self._times, (at, record.number))
        else:
            self._times.append((at, record.number))
        if len(self._times) > 1_000 + 3 * len(self.active):
            self._times = sorted((one.modified, one.number) for one in self.active.values())

    def stamp_all(self, records: Iterable[Record], at: int, lag_ms: int) -> None:
        """Count many records as changed at one moment, as a bulk job of HubSpot's own does."""
        for record in records:
            if lag_ms > 0 or record.id in self._hidden:
                self._hide(record.id, record.as_it_is(), at + lag_ms, lag_ms)
            record.modified = at
        self._times = sorted((one.modified, one.number) for one in self.active.values())

    def shape(self, names: Iterable[str]) -> tuple[str, ...]:
        """The names of a write as one shared tuple."""
        shape = tuple(names)
        return self._shapes.setdefault(shape, shape)

    def shelve(self, record: Record, at: int, lag_ms: int, keep_claims: bool) -> None:
        """Into the recycle bin; its unique values are free again unless they are to stay."""
        self._hide(record.id, record.as_it_is(), at + lag_ms, lag_ms)
        del self.active[record.id]
        self.archived[record.id] = record
        record.archived = at
        if not keep_claims:
            self._move_claims(record.id, record.values, {}, record.values)

    def unshelve(self, record: Record, at: int, lag_ms: int) -> None:
        """Out of the recycle bin; raises ValueError when another record has one of its unique values."""
        for name, value in self.claims(record.values):
            holder = self.holder(name, value)
            if holder is not None and holder is not record:
                raise ValueError(f"{name} is taken by {holder.id}")
        del self.archived[record.id]
        self._hide(record.id, None, at + lag_ms, lag_ms)
        record.archived = None
        self.active[record.id] = record
        self._move_claims(record.id, {}, record.values, record.values)
        self.stamp(record, at)

    def drop(self, record: Record, at: int, lag_ms: int) -> None:
        """Out of every list for good, its unique values free."""
        self._hide(record.id, record.as_it_is(), at + lag_ms, lag_ms)
        self.active.pop(record.id, None)
        self.archived.pop(record.id, None)
        self._move_claims(record.id, record.values, {}, record.values)

    def claims(self, values: Values) -> Iterator[tuple[str, str]]:
        """The unique values among these, as (property, value); further addresses count as addresses."""
        for name in self.unique:
            if name == EMAIL:
                for address in addresses(values):
                    yield EMAIL, address
            elif value := values.get(name):
                yield name, value

    def _move_claims(self, record_id: str, before: Values, after: Values, changes: Values) -> None:
        for name, held in self.unique.items():
            if name == EMAIL:
                if EMAIL in changes or ADDITIONAL in changes:
                    self._swap(held, record_id, addresses(before), addresses(after))
            elif name in changes:
                self._swap(held, record_id, [before.get(name, "")], [after.get(name, "")])

    @staticmethod
    def _swap(held: dict[str, str], record_id: str, gone: list[str], come: list[str]) -> None:
        for value in gone:
            if held.get(value) == record_id:
                del held[value]
        for value in come:
            if value:
                held[value] = record_id

    def _hide(self, record_id: str, earlier: Record | None, until: int, lag_ms: int) -> None:
        """Let search see the record as it was (None: not at all) until the index has caught up."""
        if lag_ms <= 0 and record_id not in self._hidden:
            return
        versions = self._hidden.setdefault(record_id, [])
        if versions:
            until = max(until, versions[-1][0])
        versions.append((until, earlier))
        heapq.heappush(self._shows, (until, record_id))

    def catch_up(self, now: int) -> None:
        """Forget earlier versions that search no longer sees at `now`."""
        while self._shows and self._shows[0][0] <= now:
            record_id = heapq.heappop(self._shows)[1]
            versions = [entry for entry in self._hidden.get(record_id, ()) if entry[0] > now]
            if versions:
                self._hidden[record_id] = versions
            else:
                self._hidden.pop(record_id, None)

    def visible(self, record_id: str) -> Record | None:
        """The record as search sees it; call `catch_up` first."""
        versions = self._hidden.get(record_id)
        return versions[0][1] if versions else self.active.get(record_id)

    def all_visible(self) -> Iterator[Record]:
        """Every record that search sees."""
        if not self._hidden:
            yield from self.active.values()
            return
        for record_id, record in self.active.items():
            if record_id not in self._hidden:
                yield record
        yield from self._seen_late()

    def _seen_late(self) -> Iterator[Record]:
        for versions in self._hidden.values():
            if versions[0][1] is not None:
                yield versions[0][1]

    def visible_in(self, low: int | None, high: int | None) -> Iterator[Record]:
        """What search sees of the records changed from `low` to `high` (both included), each once."""
        start = 0 if low is None else bisect_left(self._times, (low, 0))
        end = len(self._times) if high is None else bisect_left(self._times, (high + 1, 0))
        for number in dict.fromkeys(entry[1] for entry in itertools.islice(self._times, start, end)):
            record_id = str(number)
            if record_id not in self._hidden and record_id in self.active:
                yield self.active[record_id]
        yield from self._seen_late()


def addresses(values: Values) -> list[str]:
    """The main address and the further ones."""
    main = values.get(EMAIL, "")
    further = values.get(ADDITIONAL, "")
    found = [main] if main else []
    if further:
        found += [part for part in further.split(";") if part]
    return found
