"""Deals that an import made without knowing the appointment's id, and how they get it once it turns up (R71)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from app.domain.normalise import fold_name
from app.domain.records import Record, Visit
from app.domain.visits import Appointment
from app.sync.fetch import utc_text
from app.sync.run import Run

FACT: Final = "deals_without_id"
"""Set once an import made a deal under a key of its own, so that live sync looks for such deals only then."""
ADOPTED: Final = "adopted"


def key_without_id(patient_id: str, starts_at: datetime, practitioner: str) -> str:
    """The key of an appointment that has no id: `p<patient>-<start UTC>-<practitioner>`. The practitioner is an
    id, else the name in letters that every key may hold."""
    who = practitioner if practitioner.isdigit() else fold_name(practitioner).replace(" ", "_")[:60]
    return f"p{patient_id}-{utc_text(starts_at)}-{who}"


def is_key_without_id(key: str) -> bool:
    """Whether a deal's key was made from patient, start and practitioner."""
    return key.startswith("p")


def adopt(run: Run, appointments: Sequence[Appointment], names: dict[str, str] | None = None) -> list[str]:
    """Give deals that stand under a key of their own to these appointments, which are the same by patient, start
    and practitioner; returns the ids that got one. The deal itself keeps its record and is rewritten, with its new
    key, by whoever plans it next. `names` maps practitioners to their names."""
    store = run.store
    if store.fact(FACT) != "yes":
        return []
    by_key: dict[str, Appointment] = {}
    for one in appointments:
        for who in (one.practitioner_id, (names or {}).get(one.practitioner_id, ""), ""):
            by_key.setdefault(key_without_id(one.patient_id, one.starts_at, who), one)
    known = store.records("appointment", [one.key for one in appointments])
    adopted: list[str] = []
    for key, record in sorted(store.records("appointment", by_key).items()):
        one = by_key[key]
        own = known.get(one.key)
        if not record.hubspot_id or (own is not None and own.hubspot_id) or one.key in adopted:
            continue
        _hand_over(run, record, one.key)
        adopted.append(one.key)
    return adopted


def _hand_over(run: Run, record: Record, key: str) -> None:
    """Both records in one transaction: a deal stands under one key only (unique index)."""
    left = replace(
        record, state="left_out", reason=ADOPTED, hubspot_id=None, row_hash="", fields={}, refs={ADOPTED: key}
    )
    taken = replace(record, cliniko_id=key, rule=ADOPTED, row_hash="")
    with run.store.write():
        run.store.save_records([left])
        run.store.save_records([taken])
        gone = [
            replace(visit, is_removed=True)
            for visits in run.store.visits_of([record.refs.get("patient", "")]).values()
            for visit in visits
            if visit.id == record.cliniko_id and not visit.is_removed
        ]
        run.store.mark_due(run.store.save_visits(gone))


def same_visit(visits: Sequence[Visit], starts_at: datetime, practitioner_id: str) -> Visit | None:
    """The visit that begins in the same minute with the same practitioner, as far as both name one; None where
    none does. Of several the one that stands comes first, then the lowest id."""
    minute = starts_at.replace(second=0, microsecond=0)
    found = [
        visit
        for visit in visits
        if visit.starts_at.replace(second=0, microsecond=0) == minute
        and not is_key_without_id(visit.id)
        and (not practitioner_id or not visit.practitioner_id or visit.practitioner_id == practitioner_id)
    ]
    return min(
        found, key=lambda visit: (visit.is_removed, visit.cancelled_at is not None, visit.id), default=None
    )
