"""The tables as queries name them, and how whole rows of them are brought up to date. The steps that make the
tables stand in `steps.py`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from peewee import Table


@dataclass(frozen=True)
class Bulk:
    """A table whose rows are written whole and many at a time; the first `key_size` columns are its key."""

    table: str
    columns: tuple[str, ...]
    key_size: int

    def upsert(self, differs: str, rows: int = 1) -> str:
        """The statement for `rows` rows; `differs` is the database's word for "is not, and may be NULL"."""
        return _upsert(self, differs, rows)

    @property
    def listed(self) -> str:
        """The columns for a SELECT, in the order of the rows."""
        return ", ".join(self.columns)


@cache
def _upsert(bulk: Bulk, differs: str, rows: int) -> str:
    key, rest = bulk.columns[: bulk.key_size], bulk.columns[bulk.key_size :]
    marks = f"({', '.join('?' * len(bulk.columns))})"
    sql = (
        f"INSERT INTO {bulk.table} ({bulk.listed}) VALUES {', '.join([marks] * rows)} "
        f"ON CONFLICT ({', '.join(key)}) DO "
    )
    if not rest:
        return sql + "NOTHING"
    changes = ", ".join(f"{name} = excluded.{name}" for name in rest)
    changed = " OR ".join(f"{bulk.table}.{name} {differs} excluded.{name}" for name in rest)
    return f"{sql}UPDATE SET {changes} WHERE {changed}"


RECORDS: Final = Bulk(
    "records",
    (
        "kind",
        "cliniko_id",
        "state",
        "hubspot_id",
        "rule",
        "reason",
        "row_hash",
        "fields",
        "changed_at",
        "cliniko_updated_at",
        "conflict_id",
        "attempts",
        "found_by",
        "on_hold",
        "status",
        "patient_id",
        "case_id",
        "appointment_id",
        "starts_at",
        "refs",
    ),
    2,
)
PEOPLE: Final = Bulk(
    "people",
    (
        "kind",
        "cliniko_id",
        "name",
        "email_hash",
        "name_hash",
        "name_dob_hash",
        "last_dob_hash",
        "phone_hashes",
        "adult_on",
        "status",
        "sought",
    ),
    2,
)
PERSON_PHONES: Final = Bulk("person_phones", ("phone_hash", "kind", "cliniko_id"), 3)
INBOXES: Final = Bulk("inbox_choices", ("email_hash", "choice"), 1)
PORTAL: Final = Bulk("portal_contacts", ("hubspot_id", "packed"), 1)
PORTAL_KEYS: Final = Bulk("portal_keys", ("sort", "value", "hubspot_id"), 3)
SEPARATIONS: Final = Bulk("separations", ("kind", "cliniko_id", "hubspot_id"), 3)
CURSORS: Final = Bulk("cursors", ("name", "floor", "place", "pass_floor", "fingerprint", "checked_on"), 1)
CACHED: Final = Bulk("cached", ("name", "value", "read_at"), 1)
SIDE_ROWS: Final = Bulk("side_rows", ("name", "id", "value"), 2)
VISITS: Final = Bulk(
    "visits",
    (
        "id",
        "patient_id",
        "starts_at",
        "ends_at",
        "practitioner_id",
        "business_id",
        "type_id",
        "arrived",
        "did_not_arrive",
        "cancelled_at",
        "is_removed",
        "is_counted",
    ),
    1,
)
BILLS: Final = Bulk("bills", ("id", "patient_id", "issued_on", "status", "total_cents"), 1)
DUE: Final = Bulk("due", ("patient_id",), 1)
FACTS: Final = Bulk("facts", ("name", "value"), 1)
SETTINGS: Final = Bulk("settings", ("name", "value"), 1)

INTENT_COLUMNS: Final = (
    "id",
    "run_id",
    "service",
    "act",
    "kind",
    "cliniko_id",
    "target_id",
    "payload",
    "at",
)
JOURNAL_COLUMNS: Final = (
    "first_id",
    "entries",
    "run_id",
    "kind",
    "cliniko_id",
    "service",
    "target_id",
    "source",
    "at",
    "changes",
)
CONFLICT_COLUMNS: Final = (
    "id",
    "kind",
    "subject_type",
    "subject_id",
    "candidates",
    "message",
    "details",
    "blocking",
    "suggested",
    "fingerprint",
    "opened_at",
    "answer",
    "answer_args",
    "answered_at",
    "closed_at",
    "closed_by",
)
EXECUTION_COLUMNS: Final = (
    "run_id",
    "status",
    "started_at",
    "finished_at",
    "dry_run",
    "items",
    "problems",
    "summary",
)

# For queries whose conditions vary.
Records = Table(RECORDS.table)
Journal = Table("journal")
Conflicts = Table("conflicts")
Executions = Table("executions")
