"""The local table of appointments and invoices for roll-ups, and whose roll-ups are due (R16)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from app.domain.records import Bill, Record, Visit
from app.store.database import Database, Row
from app.store.packing import clean, some_moment, to_day, to_micros, to_moment
from app.store.tables import BILLS, DUE, VISITS, Bulk

MARK: Final = "cliniko_has_upcoming"
"""The roll-up that every contact gets: a linked patient without it has not been looked at yet."""

_OWNER: Final = 1
"""Where the patient stands in a row of either table."""


class VisitRows:
    """Reads and writes visits and bills. Part of `Store`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def save_visits(self, visits: Sequence[Visit]) -> set[str]:
        """Insert or bring up to date; returns the patients whose visits changed by that, also those who lost
        one to another patient. Rows that stand there already are not written again (I13)."""
        return self._save(VISITS, [_visit_row(visit) for visit in visits])

    def save_bills(self, bills: Sequence[Bill]) -> set[str]:
        """The same for bills."""
        return self._save(BILLS, [_bill_row(bill) for bill in bills])

    def _save(self, bulk: Bulk, rows: Sequence[Row]) -> set[str]:
        unique = {row[0]: row for row in rows}
        if not unique:
            return set()
        with self._db.write():
            found = self._db.look_up(f"SELECT {bulk.listed} FROM {bulk.table} WHERE id IN", unique)
            before = {row[0]: row for row in found}
            changed = [row for key, row in unique.items() if before.get(key) != row]
            self._db.upsert(bulk, changed)
        owners = {str(row[_OWNER]) for row in changed}
        return owners | {str(before[row[0]][_OWNER]) for row in changed if row[0] in before}

    def visit(self, visit_id: str) -> Visit | None:
        """One visit, None when it was never read."""
        rows = self._db.look_up(f"SELECT {VISITS.listed} FROM visits WHERE id IN", [visit_id])
        return _visit(rows[0]) if rows else None

    def visits_of(self, patient_ids: Iterable[str]) -> dict[str, tuple[Visit, ...]]:
        """All visits by patient, each list in the order of their start; without patients who have none."""
        rows = self._db.look_up(f"SELECT {VISITS.listed} FROM visits WHERE patient_id IN", patient_ids)
        found: defaultdict[str, list[Visit]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: (row[2], row[0])):
            found[row[_OWNER]].append(_visit(row))
        return {patient_id: tuple(visits) for patient_id, visits in found.items()}

    def bills_of(self, patient_ids: Iterable[str]) -> dict[str, tuple[Bill, ...]]:
        """All bills by patient, each list in the order of their date; without patients who have none."""
        rows = self._db.look_up(f"SELECT {BILLS.listed} FROM bills WHERE patient_id IN", patient_ids)
        found: defaultdict[str, list[Bill]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: (row[2] or "", row[0])):
            found[row[_OWNER]].append(_bill(row))
        return {patient_id: tuple(bills) for patient_id, bills in found.items()}

    def visit_patients_between(self, after: datetime, until: datetime) -> set[str]:
        """Patients with a visit that starts or ends in (after, until]: time alone changes their roll-ups."""
        span = (to_micros(after), to_micros(until))
        rows = self._db.rows(
            "SELECT patient_id FROM visits WHERE starts_at > ? AND starts_at <= ? "
            "UNION SELECT patient_id FROM visits WHERE ends_at > ? AND ends_at <= ?",
            span + span,
        )
        return {row[0] for row in rows}

    def visits_with(
        self, practitioners: Iterable[str], businesses: Iterable[str], types: Iterable[str]
    ) -> set[str]:
        """Ids of visits with any of these practitioners, at any of these places, or of any of these kinds."""
        found: set[str] = set()
        for column, ids in (
            ("practitioner_id", practitioners),
            ("business_id", businesses),
            ("type_id", types),
        ):
            sql = f"SELECT id FROM visits WHERE {column} IN"
            found.update(row[0] for row in self._db.look_up(sql, ids))
        return found

    def patients_with_visits(self, after: str = "", limit: int = 1000) -> list[str]:
        """Patients with a visit or a bill, in the order of their ids' text beyond `after`."""
        found: set[str] = set()
        for table in ("visits", "bills"):
            rows = self._db.rows(
                f"SELECT DISTINCT patient_id FROM {table} WHERE patient_id > ? ORDER BY patient_id LIMIT ?",
                (clean(after), limit),
            )
            found.update(row[0] for row in rows)
        return sorted(found)[:limit]

    # whose roll-ups are to be worked out again

    def mark_due(self, patient_ids: Iterable[str]) -> None:
        """Remember these patients; those already remembered cost nothing."""
        self._db.upsert(DUE, [(clean(patient_id),) for patient_id in patient_ids])

    def due(self, limit: int = 1000) -> list[str]:
        """The first of them, in the order of their ids' text."""
        rows = self._db.rows("SELECT patient_id FROM due ORDER BY patient_id LIMIT ?", (limit,))
        return [row[0] for row in rows]

    def unmark_due(self, patient_ids: Iterable[str]) -> None:
        """Their roll-ups are done."""
        self._db.change_listed("DELETE FROM due WHERE patient_id IN", map(clean, patient_ids))

    def mark_newly_linked(self, records: Iterable[Record]) -> None:
        """Of records just saved, remember the patients that stand on a contact which shows no roll-ups yet."""
        self.mark_due(
            [
                record.cliniko_id
                for record in records
                if record.kind == "patient"
                and record.state == "linked"
                and record.hubspot_id
                and not record.on_hold
                and MARK not in record.fields
            ]
        )

    def forget_visits(self, patient_id: str) -> None:
        """Remove all that is kept of one patient's visits and bills (R84)."""
        for table in ("visits", "bills", "due"):
            self._db.change(f"DELETE FROM {table} WHERE patient_id = ?", (clean(patient_id),))


def _visit_row(visit: Visit) -> Row:
    return (
        clean(visit.id),
        clean(visit.patient_id),
        to_micros(visit.starts_at),
        to_micros(visit.ends_at),
        clean(visit.practitioner_id),
        clean(visit.business_id),
        clean(visit.type_id),
        None if visit.arrived is None else int(visit.arrived),
        int(visit.did_not_arrive),
        to_micros(visit.cancelled_at),
        int(visit.is_removed),
        int(visit.is_counted),
    )


def _visit(row: Row) -> Visit:
    return Visit(
        id=row[0],
        patient_id=row[1],
        starts_at=some_moment(row[2]),
        ends_at=some_moment(row[3]),
        practitioner_id=row[4],
        business_id=row[5],
        type_id=row[6],
        arrived=None if row[7] is None else bool(row[7]),
        did_not_arrive=bool(row[8]),
        cancelled_at=to_moment(row[9]),
        is_removed=bool(row[10]),
        is_counted=bool(row[11]),
    )


def _bill_row(bill: Bill) -> Row:
    issued_on = bill.issued_on.isoformat() if bill.issued_on else None
    return (clean(bill.id), clean(bill.patient_id), issued_on, clean(bill.status), bill.total_cents)


def _bill(row: Row) -> Bill:
    return Bill(id=row[0], patient_id=row[1], issued_on=to_day(row[2]), status=row[3], total_cents=row[4])
