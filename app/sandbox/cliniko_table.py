"""Rows of one kind, kept so that a page out of 100,000 answers in a few milliseconds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any

from app.sandbox.cliniko_filters import Condition, Order, Row

SELECTIONS_KEPT = 16
_RANGES = frozenset({">", ">=", "<", "<="})


class Table:
    """Rows by id, with the order of ids, of `updated_at`, and of what is `indexed` kept at hand.

    Rows carry `id` (int) and `created_at`, `updated_at` as text without the Z. Whoever changes a row calls
    `change`, never writes into it. `version` counts the changes.
    """

    def __init__(self, name: str, indexed: Sequence[str] = ()) -> None:
        self.name = name
        self.rows: dict[int, Row] = {}
        self.version = 0
        self._ids: list[int] = []
        self._ids_sorted = True
        self._updated: list[tuple[str, int]] = []
        self._moved: dict[int, None] = {}
        self._index: dict[str, dict[Any, set[int]]] = {column: {} for column in indexed}
        self._selections: OrderedDict[Any, list[int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.rows)

    def get(self, row_id: int) -> Row | None:
        """The row itself, hidden or not, or None."""
        return self.rows.get(row_id)

    def insert(self, row: Row) -> None:
        """Take a new row in."""
        row_id = row["id"]
        if row_id in self.rows:
            raise ValueError(f"{self.name} {row_id} exists already")
        self.rows[row_id] = row
        self.version += 1
        if self._ids and row_id < self._ids[-1]:
            self._ids_sorted = False
        self._ids.append(row_id)
        self._moved[row_id] = None
        for column, places in self._index.items():
            places.setdefault(row.get(column), set()).add(row_id)

    def change(self, row_id: int, fields: Row) -> Row:
        """Write fields into a row and keep the orders right; returns the row."""
        row = self.rows[row_id]
        self.version += 1
        if "updated_at" in fields and fields["updated_at"] != row["updated_at"]:
            self._moved[row_id] = None
        for column, places in self._index.items():
            if column in fields and fields[column] != row.get(column):
                places[row.get(column)].discard(row_id)
                places.setdefault(fields[column], set()).add(row_id)
        row.update(fields)
        return row

    def remove(self, row_id: int) -> None:
        """Let a row vanish without a trace."""
        row = self.rows.pop(row_id)
        self.version += 1
        self._ids.remove(row_id)
        for column, places in self._index.items():
            places[row.get(column)].discard(row_id)

    def where(self, column: str, value: Any) -> list[Row]:
        """All rows with this value in an indexed column, hidden ones as well, by id."""
        return [self.rows[row_id] for row_id in sorted(self._index[column].get(value, ()))]

    def select(self, conditions: Sequence[Condition], order: Sequence[Order]) -> Selection:
        """The ids that meet all conditions, in order."""
        rest = [found for found in conditions if not _is_id_range(found)]
        ranges = [found for found in conditions if _is_id_range(found)]
        by_id = [Order("id")] == list(order)
        ids = self._cached(("match", _key(rest)), lambda: self._matching(rest))
        low, high = _bounds(ids, ranges)
        if by_id:
            return Selection(ids, low, high)
        key = ("order", _key(conditions), tuple(order))
        ordered = self._cached(key, lambda: self._ordered(ids[low:high], order))
        return Selection(ordered, 0, len(ordered))

    def _cached(self, key: Any, make: Any) -> list[int]:
        versioned = (self.version, key)
        found = self._selections.get(versioned)
        if found is None:
            found = make()
            self._selections[versioned] = found
            if len(self._selections) > SELECTIONS_KEPT:
                self._selections.popitem(last=False)
        else:
            self._selections.move_to_end(versioned)
        return found

    def _matching(self, conditions: Sequence[Condition]) -> list[int]:
        rows: Iterable[Row] = self._candidates(conditions)
        for condition in conditions:
            if condition.operator != "*":
                test = condition.test
                rows = [row for row in rows if test(row)]
        return [row["id"] for row in rows]

    def _candidates(self, conditions: Sequence[Condition]) -> Iterable[Row]:
        """Rows by id that hold all that can meet the conditions: by an index where one fits, else all."""
        for condition in conditions:
            if condition.operator == "=" and condition.column in self._index:
                places = self._index[condition.column]
                values = condition.value if isinstance(condition.value, frozenset) else (condition.value,)
                ids = sorted(row_id for value in values for row_id in places.get(value, ()))
                return [self.rows[row_id] for row_id in ids]
            if condition.column == "updated_at" and condition.operator in (">", ">="):
                tail = self._since(condition.value)
                if tail is not None:
                    return [self.rows[row_id] for row_id in tail]
        return [self.rows[row_id] for row_id in self._sorted_ids()]

    def _since(self, moment: str) -> list[int] | None:
        """Ids of the rows edited at or after a moment, ascending; None when they are too many to be of help."""
        self._place_moved()
        start = bisect_left(self._updated, (moment, -1))
        if (len(self._updated) - start) * 4 > len(self.rows) > 100:
            return None
        # Places a row has left stay in the list; they no longer agree with the row.
        edited = {row_id for at, row_id in self._updated[start:] if self._updated_at(row_id) == at}
        return sorted(edited)

    def _updated_at(self, row_id: int) -> str | None:
        row = self.rows.get(row_id)
        return None if row is None else row["updated_at"]

    def _place_moved(self) -> None:
        """Give new and edited rows their place in the order of edits: all at once, as they are first needed."""
        if self._moved:
            if len(self._updated) > 2 * len(self.rows) + 100:
                self._updated, self._moved = [], dict.fromkeys(self.rows)
            self._updated += [
                (row["updated_at"], row["id"]) for row in map(self.rows.get, self._moved) if row
            ]
            self._updated.sort()
            self._moved.clear()

    def _sorted_ids(self) -> list[int]:
        if not self._ids_sorted:
            self._ids.sort()
            self._ids_sorted = True
        return self._ids

    def _ordered(self, ids: list[int], order: Sequence[Order]) -> list[int]:
        ordered = list(ids)
        for part in reversed(order):
            column = part.column

            def place(row_id: int, column: str = column) -> tuple[bool, Any]:
                held = self.rows[row_id].get(column)
                return (held is None, "" if held is None else held)

            ordered.sort(key=place, reverse=part.descending)
        return ordered


class Selection:
    """A stretch of an ordered list of ids, without copying it."""

    def __init__(self, ids: list[int], low: int, high: int) -> None:
        self._ids, self._low, self._high = ids, low, max(low, high)

    def __len__(self) -> int:
        return self._high - self._low

    def page(self, number: int, size: int) -> list[int]:
        """The ids of one page, numbered from 1."""
        start = self._low + (number - 1) * size
        return self._ids[start : min(start + size, self._high)]


def _is_id_range(condition: Condition) -> bool:
    return condition.column == "id" and condition.operator in _RANGES


def _key(conditions: Sequence[Condition]) -> tuple[Any, ...]:
    return tuple(sorted((c.field, c.operator, str(c.value)) for c in conditions))


def _bounds(ids: list[int], ranges: Sequence[Condition]) -> tuple[int, int]:
    low, high = 0, len(ids)
    for found in ranges:
        match found.operator:
            case ">":
                low = max(low, bisect_right(ids, found.value))
            case ">=":
                low = max(low, bisect_left(ids, found.value))
            case "<":
                high = min(high, bisect_left(ids, found.value))
            case "<=":
                high = min(high, bisect_right(ids, found.value))
    return low, high
