"""Filters that ask when and where a patient was seen: by the local table of visits (R17)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from app.domain.records import Visit
from app.settings import Settings
from app.sync.run import Run

REASONS = ("not_seen", "business", "practitioner")


def is_on(settings: Settings) -> bool:
    """Whether any of these filters is set."""
    return bool(
        settings.number("patients.only_seen_within_months")
        or settings.items("patients.businesses")
        or settings.items("patients.practitioners")
    )


def reason_of(settings: Settings, visits: Sequence[Visit], today: date) -> str | None:
    """The slug of the filter that leaves a patient with these visits out, or None.

    Seen or booked: any visit that was not cancelled, removed or missed, past or future."""
    standing = [v for v in visits if not (v.cancelled_at or v.is_removed or v.did_not_arrive)]
    months = settings.number("patients.only_seen_within_months")
    if months:
        since = months_before(today, months)
        if not any(visit.starts_at.date() >= since for visit in standing):
            return "not_seen"
    businesses = set(settings.items("patients.businesses"))
    if businesses and not any(visit.business_id in businesses for visit in standing):
        return "business"
    practitioners = set(settings.items("patients.practitioners"))
    if practitioners and not any(visit.practitioner_id in practitioners for visit in standing):
        return "practitioner"
    return None


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(max(1, year), month + 1, last)
        except ValueError:
            continue
    return day


def want_left_out(run: Run, patient_ids: Iterable[str]) -> None:
    """Patients whom one of these filters left out are looked at again when their visits change."""
    if not is_on(run.settings):
        return
    records = run.store.records("patient", patient_ids)
    run.want("patients", [key for key, record in records.items() if record.reason in REASONS])
