"""How many open cases a patient has: cases are kept by their own id, and counted by patient here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.sync.storage import Storage

OF_PATIENT = "cases_of_patient"
"""Side rows: patient id to the ids of the open cases."""

Row = Mapping[str, Any]


def keep_open_cases(store: Storage, before: Mapping[str, Row], after: Mapping[str, Row]) -> set[str]:
    """Bring the lists of open cases up to date with changed cases; returns the patients concerned.

    `before` and `after` are cases as kept, by id. A case that went from one patient to another leaves the
    first one's list.
    """
    patients = {_patient(row) for rows in (before, after) for row in rows.values()} - {""}
    known = {key: set(row["open"]) for key, row in store.side_rows(OF_PATIENT, patients).items()}
    lists = {key: set(known.get(key, ())) for key in patients}
    for case_id, row in before.items():
        if case_id in after and _patient(row):
            lists[_patient(row)].discard(case_id)
    for case_id, row in after.items():
        if _patient(row) and not row.get("closed_at") and not row.get("archived_at"):
            lists[_patient(row)].add(case_id)
    changed = {key: {"open": sorted(ids)} for key, ids in lists.items() if ids != known.get(key, set())}
    if changed:
        store.save_side_rows(OF_PATIENT, changed)
    return patients


def open_cases(store: Storage, patient_ids: Iterable[str]) -> dict[str, int]:
    """The number of open cases of each of these patients that ever had one."""
    rows = store.side_rows(OF_PATIENT, patient_ids)
    return {key: len(row["open"]) for key, row in rows.items()}


def _patient(row: Row) -> str:
    return str(row.get("patient_id") or "")
