"""Patients that a person asked to forget: whatever Cliniko says of them, nothing of it is kept again (R84)."""

from __future__ import annotations

from collections.abc import Iterable

from app.sync.storage import Storage

FORGOTTEN = "forgotten"


def forgotten_among(store: Storage, patient_ids: Iterable[str]) -> frozenset[str]:
    """Which of these patients were forgotten."""
    records = store.records("patient", {one for one in patient_ids if one})
    return frozenset(key for key, record in records.items() if record.reason == FORGOTTEN)
