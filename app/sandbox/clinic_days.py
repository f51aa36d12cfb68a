"""Life in a made-up clinic: what staff do in the course of a day, drawn from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.sandbox import clinic_names as names
from app.sandbox.cliniko import Cliniko

PLACES_TRIED = 20


@dataclass(frozen=True)
class Deed:
    """One thing that staff did, and the record it was done to."""

    what: str
    record_id: str


class Days:
    """Does what staff would do, at the clinic's present; the same seed does the same to the same clinic."""

    def __init__(self, clinic: Cliniko, seed: int = 1) -> None:
        self._clinic, self._dice = clinic, random.Random(seed)
        self._deeds: tuple[tuple[int, Callable[[], Deed | None]], ...] = (
            (3, self._register),
            (1, self._register_relative),
            (6, self._book),
            (3, self._reschedule),
            (2, self._cancel),
            (5, self._mark),
            (4, self._correct_patient),
            (4, self._invoice),
            (2, self._pay),
            (2, self._refer),
            (1, self._correct_contact),
            (1, self._archive),
            (1, self._unarchive),
            (1, self._close_case),
        )

    def live(self, deeds: int) -> list[Deed]:
        """Do so many things at random; those for which there is no one and nothing are passed over."""
        weights = [weight for weight, _ in self._deeds]
        acts = [act for _, act in self._deeds]
        done = [act() for act in self._dice.choices(acts, weights, k=deeds)]
        return [deed for deed in done if deed is not None]

    def _some(self, table: str, fits: Callable[[dict[str, Any]], bool] = lambda row: True) -> str | None:
        """The id of a record that is not gone and fits, found by trying a few at random."""
        ids = list(self._clinic.tables[table].rows)
        for _ in range(min(PLACES_TRIED, len(ids))):
            row = self._clinic.tables[table].rows[self._dice.choice(ids)]
            gone = any(row.get(field) for field in ("archived_at", "deleted_at", "cancelled_at"))
            if not gone and fits(row):
                return str(row["id"])
        return None

    def _register(self) -> Deed:
        first, last = self._dice.choice(names.FIRST), self._dice.choice(names.LAST)
        number = len(self._clinic.tables["patients"])
        made = self._clinic.add_patient(
            first_name=first,
            last_name=last,
            email=f"new{number}@{self._dice.choice(names.MAIL_HOSTS)}",
            patient_phone_numbers=[("Mobile", f"04{self._dice.randint(10_000_000, 99_999_999)}")],
            date_of_birth=f"{self._dice.randint(1940, 2005)}-0{self._dice.randint(1, 9)}-15",
        )
        return Deed("patient registered", made)

    def _register_relative(self) -> Deed | None:
        relative = self._some("patients", lambda row: bool(row.get("email")))
        if relative is None:
            return None
        row = self._clinic.row("patients", relative)
        shared = {name: row.get(name) for name in ("last_name", "email", "patient_phone_numbers")}
        made = self._clinic.add_patient(first_name=self._dice.choice(names.FIRST), **shared)
        return Deed("relative registered on the same inbox", made)

    def _book(self) -> Deed | None:
        patient = self._some("patients")
        if patient is None:
            return None
        begins = self._clinic.now() + timedelta(hours=self._dice.randint(1, 24 * 40))
        made = self._clinic.add_appointment(
            patient,
            begins.replace(minute=0, second=0, microsecond=0),
            practitioner_id=self._some("practitioners", lambda row: bool(row.get("active", True))),
            appointment_type_id=self._some("appointment_types", lambda row: row.get("max_attendees", 1) == 1),
        )
        return Deed("appointment booked", made)

    def _reschedule(self) -> Deed | None:
        visit = self._some("individual_appointments", self._is_ahead)
        if visit is None:
            return None
        begins = self._clinic.now() + timedelta(days=self._dice.randint(1, 60))
        self._clinic.edit_appointment(visit, starts_at=begins.replace(minute=30, second=0, microsecond=0))
        return Deed("appointment moved", visit)

    def _cancel(self) -> Deed | None:
        visit = self._some("individual_appointments", self._is_ahead)
        if visit is None:
            return None
        self._clinic.cancel_appointment(visit, self._dice.choice((10, 20, 30, 40, 50, 60)))
        return Deed("appointment cancelled", visit)

    def _is_ahead(self, row: dict[str, Any]) -> bool:
        return bool(row["starts_at"] > self._clinic.stamp())

    def _mark(self) -> Deed | None:
        visit = self._some("individual_appointments", lambda row: not self._is_ahead(row))
        if visit is None:
            return None
        arrived = self._dice.random() < 0.8
        self._clinic.mark(self._clinic.attendee_of(visit), arrived)
        return Deed("marked as arrived" if arrived else "marked as not arrived", visit)

    def _correct_patient(self) -> Deed | None:
        patient = self._some("patients")
        if patient is None:
            return None
        city, state, post_code = self._dice.choice(names.PLACES)
        change: dict[str, Any] = self._dice.choice(
            (
                {"city": city, "state": state, "post_code": post_code},
                {"email": f"changed{self._dice.randint(1, 99_999)}@{names.MAIL_HOSTS[0]}"},
                {"occupation": self._dice.choice(names.OCCUPATIONS)},
                {"last_name": self._dice.choice(names.LAST)},
            )
        )
        self._clinic.edit_patient(patient, **change)
        return Deed(f"patient's {next(iter(change)).replace('_', ' ')} changed", patient)

    def _invoice(self) -> Deed | None:
        def uninvoiced(row: dict[str, Any]) -> bool:
            return row.get("invoice_status") is None and not self._is_ahead(row)

        visit = self._some("individual_appointments", uninvoiced)
        item = self._some("billable_items")
        if visit is None or item is None:
            return None
        patient = str(self._clinic.row("individual_appointments", visit)["patient_id"])
        made = self._clinic.add_invoice(patient, [{"billable_item_id": item}], appointment_id=visit)
        return Deed("invoice issued", made)

    def _pay(self) -> Deed | None:
        invoice = self._some("invoices", lambda row: row.get("status", 10) == 10)
        if invoice is None:
            return None
        self._clinic.pay_invoice(invoice)
        return Deed("invoice paid", invoice)

    def _refer(self) -> Deed | None:
        patient = self._some("patients")
        kind = self._some("referral_source_types", lambda row: row.get("referrer_type") is None)
        if patient is None or kind is None:
            return None
        self._clinic.set_referral_source(patient, kind)
        return Deed("referral source set", patient)

    def _correct_contact(self) -> Deed | None:
        contact = self._some("contacts")
        if contact is None:
            return None
        number = f"03 5{self._dice.randint(200, 299)} {self._dice.randint(1000, 9999)}"
        self._clinic.edit_contact(contact, phone_numbers=[("Work", number)])
        return Deed("contact's phone changed", contact)

    def _archive(self) -> Deed | None:
        patient = self._some("patients")
        if patient is None:
            return None
        self._clinic.archive_patient(patient)
        return Deed("patient archived", patient)

    def _unarchive(self) -> Deed | None:
        archived = [
            row["id"]
            for row in self._clinic.tables["patients"].rows.values()
            if row.get("archived_at") and not row.get("merged_at") and not row.get("deleted_at")
        ]
        if not archived:
            return None
        patient = str(self._dice.choice(archived))
        self._clinic.unarchive_patient(patient)
        return Deed("patient brought back", patient)

    def _close_case(self) -> Deed | None:
        case = self._some("patient_cases", lambda row: not row.get("closed_at"))
        if case is None:
            return None
        self._clinic.close_case(case)
        return Deed("case closed", case)
