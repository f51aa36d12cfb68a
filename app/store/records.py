"""What is remembered of each Cliniko record: its link, its state, its one reason (R82)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from peewee import fn

from app.domain.ids import Kind, id_order
from app.domain.records import Person, Record
from app.store.database import Database, Row
from app.store.names import Names
from app.store.packing import (
    PackedFields,
    clean,
    clean_or_none,
    filled_names,
    from_json,
    pack_fields,
    to_json,
    to_micros,
    to_moment,
)
from app.store.people import PEOPLE_COLUMNS, person_of
from app.store.tables import RECORDS, Records
from app.store.troubles import ConstraintBroken

REF_COLUMNS: Final = {
    "patient": "patient_id",
    "case": "case_id",
    "appointment": "appointment_id",
    "starts_at": "starts_at",
}
"""Refs with a column and an index of their own; `starts_at` is UTC text that sorts by time."""

_COUNTED_AT_ONCE: Final = 2000

_SELECT: Final = f"SELECT {RECORDS.listed} FROM records"
_BOTH: Final = "SELECT " + ", ".join(
    [f"r.{name}" for name in RECORDS.columns] + [f"p.{name}" for name in PEOPLE_COLUMNS]
)


class RecordRows:
    """Reads and writes records. Part of `Store`."""

    def __init__(self, database: Database, names: Names) -> None:
        self._db = database
        self._names = names

    def records(self, kind: Kind, cliniko_ids: Iterable[str]) -> dict[str, Record]:
        """Those known among these ids, by id."""
        rows = self._db.look_up(f"{_SELECT} WHERE kind = ? AND cliniko_id IN", cliniko_ids, kind)
        return {row[1]: self._record(row) for row in rows}

    def record(self, kind: Kind, cliniko_id: str) -> Record | None:
        """One record, None when it was never met."""
        return self.records(kind, [cliniko_id]).get(clean(cliniko_id))

    def records_below(self, kind: Kind, cliniko_id: str) -> list[Record]:
        """Records whose id is this one with a hyphen and more: the parts of a group booking or an invoice."""
        # In the order of text a full stop follows the hyphen.
        first, last = f"{clean(cliniko_id)}-", f"{clean(cliniko_id)}."
        rows = self._db.rows(
            f"{_SELECT} WHERE kind = ? AND cliniko_id > ? AND cliniko_id < ? ORDER BY cliniko_id",
            (kind, first, last),
        )
        return [self._record(row) for row in rows]

    def records_on(self, kind: Kind, hubspot_ids: Iterable[str]) -> dict[str, Record]:
        """Who stands on these HubSpot records, by HubSpot id."""
        rows = self._db.look_up(f"{_SELECT} WHERE kind = ? AND hubspot_id IN", hubspot_ids, kind)
        return {row[3]: self._record(row) for row in rows}

    def save_records(self, records: Sequence[Record]) -> None:
        """Insert or bring up to date; a row that stands there already is not written again (I13).

        Raises ValueError, and saves none of them, when two records of one kind would stand on one HubSpot
        record (I1). Records that trade places within one call are fine."""
        if not records:
            return
        with self._db.write():
            new = [record.fields for record in records if self._as_read(record) is None]
            codes = self._names.codes(set().union(*new))
            rows = [self._row(record, codes) for record in records]
            try:
                self._db.upsert(RECORDS, rows)
            except ConstraintBroken:
                self._save_moved(rows)

    def _save_moved(self, rows: Sequence[Row]) -> None:
        """Save rows that collide one by one but not all together: take every one off its place first."""
        try:
            with self._db.write():
                for kind in {row[0] for row in rows}:
                    ids = [row[1] for row in rows if row[0] == kind]
                    self._db.change_listed(
                        "UPDATE records SET hubspot_id = NULL WHERE kind = ? AND cliniko_id IN", ids, kind
                    )
                self._db.upsert(RECORDS, rows)
        except ConstraintBroken:
            kinds = ", ".join(sorted({str(row[0]) for row in rows}))
            raise ValueError(f"two records ({kinds}) on one HubSpot record") from None

    def ids_in_state(self, kind: Kind, state: str, limit: int = 1000, after: str = "") -> list[str]:
        """Ids in one state in the order of their text, beyond `after`."""
        rows = self._db.rows(
            "SELECT cliniko_id FROM records WHERE kind = ? AND state = ? AND cliniko_id > ? "
            "ORDER BY cliniko_id LIMIT ?",
            (kind, state, clean(after), limit),
        )
        return [row[0] for row in rows]

    def count_records(
        self, kind: Kind | None = None, state: str | None = None, linked: bool | None = None
    ) -> int:
        """How many records there are, of one kind, in one state, with or without a HubSpot record."""
        query = Records.select(fn.COUNT(1))
        if kind is not None:
            query = query.where(Records.c.kind == kind)
        if state is not None:
            query = query.where(Records.c.state == state)
        if linked is not None:
            query = query.where(Records.c.hubspot_id.is_null(not linked))
        row = self._db.first(query)
        return int(row[0]) if row else 0

    def records_where_ref(self, kind: Kind, ref: str, value: str) -> list[Record]:
        """Records whose refs[ref] is `value`, in the order of their ids. `ref`: one of `REF_COLUMNS`."""
        # Sorted here: asked to sort, SQLite may walk the whole kind in the order of its key instead.
        rows = self._db.rows(f"{_SELECT} WHERE {REF_COLUMNS[ref]} = ? AND kind = ?", (clean(value), kind))
        return [self._record(row) for row in sorted(rows, key=lambda row: id_order(row[1]))]

    def records_starting(
        self,
        kind: Kind,
        after: str,
        until: str,
        statuses: Sequence[str] = (),
        limit: int = 1000,
        after_id: str = "",
    ) -> list[Record]:
        """Linked records whose refs["starts_at"] (`YYYY-MM-DDTHH:MM:SSZ`) lies in [after, until), of these
        statuses if any are named, in the order of their ids' text beyond `after_id`."""
        of_these = f"AND status IN ({', '.join('?' * len(statuses))})" if statuses else ""
        # The added "" keeps SQLite from walking the whole kind in the order of its key.
        rows = self._db.rows(
            f"{_SELECT} WHERE kind = ? {of_these} AND starts_at >= ? AND starts_at < ? "
            "AND state = 'linked' AND cliniko_id || '' > ? ORDER BY cliniko_id || '' LIMIT ?",
            (kind, *statuses, after, until, clean(after_id), limit),
        )
        return [self._record(row) for row in rows]

    def filled_counts(self, blank: Mapping[str, str]) -> dict[str, int]:
        """On how many HubSpot records each property of ours is filled in, as last written (R63). `blank` is, by
        name, the hash that stands for an empty value."""
        counts: Counter[str] = Counter()
        kind, cliniko_id = "", ""
        while rows := self._db.rows(
            "SELECT kind, cliniko_id, fields FROM records WHERE (kind > ? OR (kind = ? AND cliniko_id > ?)) "
            "AND hubspot_id IS NOT NULL ORDER BY kind, cliniko_id LIMIT ?",
            (kind, kind, cliniko_id, _COUNTED_AT_ONCE),
        ):
            kind, cliniko_id = rows[-1][0], rows[-1][1]
            for row in rows:
                counts.update(filled_names(bytes(row[2]), self._names, blank))
        return dict(counts)

    # who is left out (R17)

    def left_out(
        self, reason: str | None = None, limit: int = 100, offset: int = 0, kind: Kind | None = None
    ) -> list[tuple[Record, Person | None]]:
        """One page of those who are not in HubSpot, with the one reason, by reason and id."""
        where, params = ["state = 'left_out'", "reason IS NOT NULL"], list[Any]()
        if reason is not None:
            where.append("reason = ?")
            params.append(reason)
        if kind is not None:
            where.append("kind = ?")
            params.append(kind)
        # The page is found within the index; only its own rows are read.
        page = (
            f"SELECT reason, kind, cliniko_id FROM records WHERE {' AND '.join(where)} "
            "ORDER BY reason, kind, cliniko_id LIMIT ? OFFSET ?"
        )
        rows = self._db.rows(
            f"{_BOTH} FROM ({page}) page "
            "JOIN records r ON r.kind = page.kind AND r.cliniko_id = page.cliniko_id "
            "LEFT JOIN people p ON p.kind = page.kind AND p.cliniko_id = page.cliniko_id "
            "ORDER BY page.reason, page.kind, page.cliniko_id",
            (*params, limit, offset),
        )
        return [self._pair(row) for row in rows]

    def left_out_counts(self, kind: Kind | None = None) -> dict[str, int]:
        """How many are left out for each reason, most first."""
        query = (
            Records.select(Records.c.reason, fn.COUNT(1))
            .where(Records.c.state == "left_out", Records.c.reason.is_null(False))
            .group_by(Records.c.reason)
        )
        if kind is not None:
            query = query.where(Records.c.kind == kind)
        rows = [(str(row[0]), int(row[1])) for row in self._db.rows(query)]
        return dict(sorted(rows, key=lambda pair: (-pair[1], pair[0])))

    # the rows

    def _pair(self, row: Row) -> tuple[Record, Person | None]:
        """A record and the person it is of, from a row of both."""
        size = len(RECORDS.columns)
        person = person_of(row[size:]) if row[size] is not None else None
        return self._record(row[:size]), person

    def _row(self, record: Record, codes: Mapping[str, int]) -> Row:
        refs = dict(record.refs)
        columns = [clean_or_none(refs.pop(ref, None)) for ref in REF_COLUMNS]
        return (
            record.kind,
            clean(record.cliniko_id),
            record.state,
            clean_or_none(record.hubspot_id),
            clean_or_none(record.rule),
            clean_or_none(record.reason),
            clean(record.row_hash),
            self._as_read(record) or pack_fields(record.fields, codes),
            to_micros(record.changed_at),
            to_micros(record.cliniko_updated_at),
            record.conflict_id,
            record.attempts,
            clean(record.found_by),
            int(record.on_hold),
            clean(record.status),
            *columns,
            to_json(refs) if refs else "",
        )

    def _as_read(self, record: Record) -> bytes | None:
        """The packed fields of a record that were read here and not changed since."""
        return record.fields.packed_by(self._names) if isinstance(record.fields, PackedFields) else None

    def _fields(self, packed: bytes) -> Mapping[str, str]:
        if not packed:
            return {}
        fields = PackedFields(packed, self._names)
        # A code given within a transaction goes if that is taken back: unpacked while it holds.
        return dict(fields) if self._db.is_writing else fields

    def _record(self, row: Row) -> Record:
        refs: dict[str, str] = from_json(row[19]) if row[19] else {}
        for ref, value in zip(REF_COLUMNS, row[15:19], strict=True):
            if value is not None:
                refs[ref] = value
        return Record(
            kind=row[0],
            cliniko_id=row[1],
            state=row[2],
            hubspot_id=row[3],
            rule=row[4],
            reason=row[5],
            row_hash=row[6],
            fields=self._fields(bytes(row[7])),
            changed_at=to_moment(row[8]),
            cliniko_updated_at=to_moment(row[9]),
            conflict_id=row[10],
            attempts=row[11],
            found_by=row[12],
            on_hold=bool(row[13]),
            status=row[14],
            refs=refs,
        )
