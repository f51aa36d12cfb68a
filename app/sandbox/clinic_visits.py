"""The visits of a made-up clinic: appointments past and to come, classes, cases and invoices."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from app.sandbox.clinic_names import CASES
from app.sandbox.clinic_people import People
from app.sandbox.clinic_practice import Kind, Practice
from app.sandbox.cliniko import Cliniko
from app.sandbox.cliniko_checks import decimal_text
from app.sandbox.cliniko_filters import Row

PAST_DAYS = 540
FUTURE_DAYS = 60
_ZONES = (ZoneInfo("Australia/Melbourne"), ZoneInfo("Australia/Brisbane"))


@dataclass(frozen=True)
class _Visit:
    patient_id: int
    appointment_id: int
    attendee_id: int
    kind: Kind
    practitioner_id: int
    business_id: int
    begins: datetime


class Diary:
    """Fills a clinic's diary from a seeded source; nothing is made or edited after `now`."""

    def __init__(
        self, clinic: Cliniko, dice: random.Random, practice: Practice, people: People, now: datetime
    ) -> None:
        self._clinic, self._dice, self._practice, self._people = clinic, dice, practice, people
        self._now = now.astimezone(UTC).replace(microsecond=0)
        self._number = 1000

    def fill(self, per_patient: float, with_invoices: bool) -> None:
        """About `per_patient` visits each, in order of booking; a case for some; invoices for what took place."""
        planned: list[tuple[datetime, datetime, str, int | None]] = []
        for patient_id in self._people.patients:
            case_id = self._add_case(patient_id) if self._dice.random() < 0.15 else None
            for _ in range(self._visits_of_one(per_patient)):
                begins = self._slot()
                booked = begins - timedelta(
                    days=self._dice.randint(1, 30), minutes=self._dice.randint(0, 600)
                )
                planned.append((min(booked, self._latest()), begins, patient_id, case_id))
        planned.sort(key=lambda one: (one[0], one[1], one[2]))
        for booked, begins, patient_id, case_id in planned:
            visit, took_place = self._add_visit(booked, begins, patient_id, case_id)
            if with_invoices and took_place and visit.kind.item_id is not None and self._dice.random() < 0.85:
                self._add_invoice(visit)

    def _visits_of_one(self, per_patient: float) -> int:
        # A few come often, some hardly ever.
        return min(40, int(self._dice.expovariate(1 / per_patient) + 0.5)) if per_patient > 0 else 0

    def _latest(self) -> datetime:
        return self._now - timedelta(minutes=self._dice.randint(1, 60 * 24 * 14))

    def _slot(self) -> datetime:
        days = self._dice.randint(-PAST_DAYS, FUTURE_DAYS)
        day = (self._now + timedelta(days=days)).date()
        clock = time(self._dice.randint(8, 17), self._dice.choice((0, 15, 30, 45)))
        return datetime.combine(day, clock, self._dice.choice(_ZONES)).astimezone(UTC)

    def _add_case(self, patient_id: str) -> int:
        issued = self._now - timedelta(days=self._dice.randint(10, 300))
        stamp = self._clinic.stamp(issued)
        row: Row = {
            "patient_id": int(patient_id),
            "name": self._dice.choice(CASES),
            "issue_date": issued.date().isoformat(),
            "expiry_date": (issued + timedelta(days=365)).date().isoformat(),
            "max_sessions": self._dice.choice((5, 10, None)),
            "referral": self._dice.random() < 0.5,
            "created_at": stamp,
            "updated_at": stamp,
        }
        if self._people.doctors:
            row["contact_id"] = int(self._dice.choice(self._people.doctors))
        if self._dice.random() < 0.2:
            row["closed_at"] = row["updated_at"] = max(stamp, self._clinic.stamp(self._latest()))
        return int(self._clinic.insert("patient_cases", row)["id"])

    def _add_visit(
        self, booked: datetime, begins: datetime, patient_id: str, case_id: int | None
    ) -> tuple[_Visit, bool]:
        dice, clinic = self._dice, self._clinic
        kind = dice.choices(self._practice.kinds, (50, 15, 15, 8, 4, 8))[0]
        is_past = begins + timedelta(minutes=kind.minutes) <= self._now
        patient = clinic.tables["patients"].rows[int(patient_id)]
        created = clinic.stamp(booked)
        row: Row = {
            "patient_id": int(patient_id),
            "patient_name": f"{patient['first_name']} {patient['last_name']}",
            "practitioner_id": int(dice.choice(self._practice.practitioners)),
            "business_id": int(self._practice.businesses[0 if dice.random() < 0.7 else 1]),
            "appointment_type_id": int(kind.id),
            "starts_at": clinic.stamp(begins),
            "ends_at": clinic.stamp(begins + timedelta(minutes=kind.minutes)),
            "did_not_arrive": False,
            "created_at": created,
            "updated_at": created,
        }
        attendee: Row = {"patient_id": int(patient_id), "created_at": created, "updated_at": created}
        if case_id is not None and dice.random() < 0.6:
            row["patient_case_id"] = attendee["patient_case_id"] = case_id
        took_place = self._decide(row, attendee, begins, is_past)
        appointment_id = clinic.insert("individual_appointments", row)["id"]
        attendee_id = clinic.insert("attendees", {**attendee, "booking_id": appointment_id})["id"]
        visit = _Visit(
            int(patient_id),
            appointment_id,
            attendee_id,
            kind,
            row["practitioner_id"],
            row["business_id"],
            begins,
        )
        return visit, took_place

    def _decide(self, row: Row, attendee: Row, begins: datetime, is_past: bool) -> bool:
        """Let the visit be cancelled, missed, kept, or left without a mark; True when it took place."""
        chance = self._dice.random()
        if chance < 0.09:
            before = max(
                datetime.fromisoformat(row["created_at"]).replace(tzinfo=UTC), begins - timedelta(days=1)
            )
            cancelled = self._clinic.stamp(min(before, self._now))
            reason: Row = {
                "cancelled_at": cancelled,
                "updated_at": cancelled,
                "cancellation_reason": self._dice.choice((10, 20, 30, 31, 40, 50, 60)),
                "cancellation_note": self._dice.choice((None, "", "Rang in the morning")),
            }
            row.update(reason)
            attendee.update(reason)
            return False
        if not is_past:
            return False
        marked = self._clinic.stamp(begins)
        if chance < 0.14:
            row["did_not_arrive"] = True
            attendee.update(arrived=False, updated_at=marked)
            return False
        if chance < 0.22:
            return True
        row["patient_arrived"] = True
        row["treatment_note_status"] = attendee["treatment_note_status"] = 90
        attendee.update(arrived=True, updated_at=marked)
        return True

    def _add_invoice(self, visit: _Visit) -> None:
        clinic, dice = self._clinic, self._dice
        self._number += 1
        item = clinic.row("billable_items", str(visit.kind.item_id))
        tax = clinic.tables["taxes"].get(item.get("tax_id") or 0)
        price = Decimal(item["price"])
        rate = Decimal(tax["rate"]) if tax is not None else Decimal(0)
        total = (price * (1 + rate / 100)).quantize(Decimal("0.0001"))
        status = dice.choices((20, 10, 30), (85, 11, 4))[0]
        issued = clinic.stamp(min(self._now, visit.begins + timedelta(minutes=visit.kind.minutes)))
        invoice: Row = {
            "number": self._number,
            "issue_date": visit.begins.astimezone(_ZONES[0]).date().isoformat(),
            "status": status,
            "closed_at": issued if status == 30 else None,
            "patient_id": visit.patient_id,
            "appointment_id": visit.appointment_id,
            "attendee_id": visit.attendee_id,
            "practitioner_id": visit.practitioner_id,
            "business_id": visit.business_id,
            "total_amount": decimal_text(total),
            "net_amount": decimal_text(price),
            "tax_amount": decimal_text(total - price),
            "discounted_amount": "0.0",
            "created_at": issued,
            "updated_at": issued,
        }
        invoice_id = clinic.insert("invoices", invoice)["id"]
        line: Row = {
            "invoice_id": invoice_id,
            "billable_item_id": item["id"],
            "name": item["name"],
            "code": item.get("item_code"),
            "quantity": "1.0",
            "unit_price": item["price"],
            "net_price": decimal_text(price),
            "total_including_tax": decimal_text(total),
            "created_at": issued,
            "updated_at": issued,
        }
        if tax is not None:
            line |= {"tax_name": tax["name"], "tax_rate": tax["rate"]}
        clinic.insert("invoice_items", line)
        told: Row = {"invoice_status": status}
        clinic.tables["individual_appointments"].rows[visit.appointment_id].update(told)
        clinic.tables["attendees"].rows[visit.attendee_id].update(told)

    def add_classes(self, count: int) -> None:
        """Group appointments with two to six people each, some of whom cancelled, and a few blocked hours."""
        clinic, dice, kind = self._clinic, self._dice, self._practice.classes[0]
        for number in range(count):
            begins = self._slot()
            made = clinic.stamp(min(begins - timedelta(days=20), self._latest()))
            size = min(len(self._people.patients), dice.randint(2, 6))
            group = clinic.add_group_appointment(
                begins,
                dice.sample(self._people.patients, size),
                appointment_type_id=kind.id,
                practitioner_id=dice.choice(self._practice.practitioners),
                business_id=self._practice.businesses[0],
                created_at=made,
                updated_at=made,
            )
            if number % 3 == 0:
                attendee = clinic.tables["attendees"].where("booking_id", int(group))[0]
                reason = {"cancelled_at": made, "cancellation_reason": 40}
                clinic.change("attendees", attendee["id"], reason, bump=False)
        for _ in range(min(5, count)):
            clinic.add_unavailable_block(self._slot(), 60, notes="Team meeting")
