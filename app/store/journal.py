"""What was changed: field, old, new, source, time, execution (R81, I12).

One row holds all fields of one act; an entry's id counts through them, so entries are read, paged and named
one by one whatever rows they stand in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any, Final

from app.domain.ids import Kind
from app.domain.records import JournalEntry
from app.store.database import Database, Row
from app.store.names import Names
from app.store.packing import clean, from_json, some_moment, to_json, to_micros
from app.store.search import Search
from app.store.tables import JOURNAL_COLUMNS, Journal

_SELECT: Final = f"SELECT {', '.join(JOURNAL_COLUMNS)} FROM journal"
_INSERT: Final = (
    f"INSERT INTO journal ({', '.join(JOURNAL_COLUMNS)}) VALUES ({', '.join('?' * len(JOURNAL_COLUMNS))})"
)
_PEOPLE_IN_A_SEARCH: Final = 50
_COLUMNS: Final = tuple(getattr(Journal.c, name) for name in JOURNAL_COLUMNS)


class JournalRows:
    """Reads and writes the journal. Part of `Store`."""

    def __init__(self, database: Database, names: Names, search: Search) -> None:
        self._db = database
        self._names = names
        self._search = search

    def write_journal(self, entries: Sequence[JournalEntry]) -> None:
        """Add entries; neighbours of one act share a row. Their ids are given here."""
        if not entries:
            return
        with self._db.write():
            codes = self._names.codes({entry.field for entry in entries})
            last = self._db.first("SELECT first_id + entries FROM journal ORDER BY first_id DESC LIMIT 1")
            next_id = int(last[0]) if last else 1
            rows: list[Row] = []
            for act, group in groupby(entries, key=_act):
                changes = [_change(entry, codes) for entry in group]
                rows.append((next_id, len(changes), *act, to_json(changes)))
                next_id += len(changes)
            self._db.change_many(_INSERT, rows)

    # reading

    def journal_of_run(self, run_id: int, after: int = 0, limit: int = 1000) -> list[JournalEntry]:
        """One execution's entries beyond the id `after`, oldest first."""
        start = self._db.first(
            "SELECT MAX(first_id) FROM journal WHERE run_id = ? AND first_id <= ?", (run_id, after)
        )
        rows = self._db.rows(
            f"{_SELECT} WHERE run_id = ? AND first_id >= ? ORDER BY first_id LIMIT ?",
            (run_id, (start[0] if start else None) or 0, limit + 1),
        )
        found = [entry for row in rows for entry in self._entries(row) if entry.id > after]
        return found[:limit]

    def journal_of_record(self, kind: str, cliniko_id: str, limit: int = 1000) -> list[JournalEntry]:
        """What was done for one record, newest first."""
        rows = self._db.rows(
            f"{_SELECT} WHERE cliniko_id = ? AND kind = ? ORDER BY first_id DESC LIMIT ?",
            (clean(cliniko_id), kind, limit),
        )
        return self._newest_first(rows, limit)

    def journal_of_target(self, service: str, target_id: str, limit: int = 1000) -> list[JournalEntry]:
        """What was done to one record of a service (`hubspot`, `cliniko`), newest first."""
        rows = self._db.rows(
            f"{_SELECT} WHERE target_id = ? AND service = ? ORDER BY first_id DESC LIMIT ?",
            (clean(target_id), service, limit),
        )
        return self._newest_first(rows, limit)

    def journal_page(
        self,
        *,
        run_id: int | None = None,
        record: tuple[Kind, str] | None = None,
        text: str = "",
        before_id: int | None = None,
        limit: int = 100,
    ) -> list[JournalEntry]:
        """One page for the Activity page, newest first: of an execution, of a record, or of whatever has the
        typed name or id. The next page is asked for with the last entry's id as `before_id`."""
        query = Journal.select(*_COLUMNS)
        if run_id is not None:
            query = query.where(Journal.c.run_id == run_id)
        if record is not None:
            query = query.where(Journal.c.cliniko_id == clean(record[1]), Journal.c.kind == record[0])
        if text.strip():
            ids = self._ids_for(clean(text.strip()))
            query = query.where(Journal.c.cliniko_id.in_(ids) | Journal.c.target_id.in_(ids))
        if before_id is not None:
            query = query.where(Journal.c.first_id < before_id)
        rows = self._db.rows(query.order_by(Journal.c.first_id.desc()).limit(limit))
        return self._newest_first(rows, limit, before_id)

    def records_of_run(self, run_id: int, limit: int = 100, offset: int = 0) -> list[Mapping[str, Any]]:
        """What one execution changed, record by record, latest first: kind, cliniko_id, service, target_id,
        `fields` (how many), `at`."""
        rows = self._db.rows(
            "SELECT kind, cliniko_id, service, target_id, SUM(entries), MAX(at) FROM journal WHERE run_id = ? "
            "GROUP BY kind, cliniko_id, service, target_id ORDER BY MAX(first_id) DESC LIMIT ? OFFSET ?",
            (run_id, limit, offset),
        )
        return [
            {
                "kind": row[0],
                "cliniko_id": row[1],
                "service": row[2],
                "target_id": row[3],
                "fields": int(row[4]),
                "at": some_moment(row[5]),
            }
            for row in rows
        ]

    def forget_journal(self, kind: str, cliniko_id: str) -> None:
        """Blank every value journalled for one record; what was changed, when and by what stays (R84)."""
        with self._db.write():
            for row in self._db.rows(
                f"{_SELECT} WHERE cliniko_id = ? AND kind = ?", (clean(cliniko_id), kind)
            ):
                bare = to_json([[change[0], None] for change in from_json(row[9])])
                self._db.change("UPDATE journal SET changes = ? WHERE first_id = ?", (bare, row[0]))

    # the rows

    def _ids_for(self, text: str) -> list[str]:
        people = self._search.search_people(text, _PEOPLE_IN_A_SEARCH)
        return list(dict.fromkeys([text, *(person.cliniko_id for person in people)]))

    def _newest_first(
        self, rows: Iterable[Row], limit: int, before_id: int | None = None
    ) -> list[JournalEntry]:
        entries = (entry for row in rows for entry in reversed(list(self._entries(row))))
        wanted = (entry for entry in entries if before_id is None or entry.id < before_id)
        return list(islice(wanted, limit))

    def _entries(self, row: Row) -> Iterator[JournalEntry]:
        first_id, _, run_id, kind, cliniko_id, service, target_id, source, at, changes = row
        moment = some_moment(at)
        for number, (code, new, *old) in enumerate(from_json(changes), first_id):
            yield JournalEntry(
                id=number,
                run_id=run_id,
                kind=kind,
                cliniko_id=cliniko_id,
                service=service,
                target_id=target_id,
                field=self._names[code],
                old=old[0] if old else None,
                new=new,
                source=source,
                at=moment,
            )


def _act(entry: JournalEntry) -> Row:
    """What the entries of one row share, in the order of the columns."""
    return (
        entry.run_id,
        entry.kind,
        clean(entry.cliniko_id),
        entry.service,
        clean(entry.target_id),
        entry.source,
        to_micros(entry.at),
    )


def _change(entry: JournalEntry, codes: Mapping[str, int]) -> list[Any]:
    """[name's code, new] or [name's code, new, old]: most old values are absent."""
    change = [codes[entry.field], entry.new]
    return change if entry.old is None else [*change, entry.old]
