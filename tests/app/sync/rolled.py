"""Visits by clinic-local time, and all their roll-ups at one moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.records import Bill, Visit
from app.sync.rollups import NAMES, Thresholds, roll_up

ZONE = ZoneInfo("Australia/Sydney")
NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""20 November 2026, 12:00 in Sydney (summer time, +11:00)."""


class Words:
    """Names that tell which id they were made from, and remember what was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def practitioner(self, cliniko_id: str) -> str:
        return self._name("Dr", cliniko_id)

    def appointment_type(self, cliniko_id: str) -> str:
        return self._name("Type", cliniko_id)

    def business(self, cliniko_id: str) -> str:
        return self._name("Place", cliniko_id)

    def _name(self, what: str, cliniko_id: str) -> str:
        self.asked.append(what)
        return f"{what} {cliniko_id}" if cliniko_id else ""


def local(text: str) -> datetime:
    """An aware UTC time from clinic-local text."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


def visit(visit_id: str, start: str, **more: object) -> Visit:
    """A visit of 45 minutes that begins at a clinic-local time."""
    starts_at = local(start)
    kept: dict[str, object] = {
        "id": visit_id,
        "patient_id": "7",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=45),
        "practitioner_id": "1",
        "business_id": "5",
        "type_id": "3",
    }
    return Visit(**(kept | more))  # type: ignore[arg-type]


def rolled(visits: list[Visit], bills: list[Bill] | None = None, **more: object) -> dict[str, str]:
    """All values of these visits at NOW."""
    kept = {"thresholds": Thresholds(), "names": Words(), "wanted": NAMES, "now": NOW, "zone": ZONE}
    return roll_up(visits, bills, **(kept | more))  # type: ignore[arg-type]
