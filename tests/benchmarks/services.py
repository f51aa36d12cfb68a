"""Both simulated services in a process of their own, so that only the program's work is measured."""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from typing import Any

from app.sandbox.clinic_practice import Practice, set_up
from app.sandbox.cliniko import Cliniko
from app.sandbox.cliniko_filters import Row
from app.sandbox.hubspot import HubSpot
from app.sandbox.server import RunningServer, serve

FIRST = ("Mia", "Noah", "Ava", "Leo", "Isla", "Finn", "Zoe", "Omar", "Ruby", "Hugo", "Nina", "Kai", "Elsa")
LAST = ("Lee", "Marsh", "Okoro", "Silva", "Haddad", "Novak", "Byrne", "Costa", "Weber", "Tran", "Iqbal")
KNOWN_SHARE = 5
"""One contact in so many is a patient of the clinic."""


@dataclass(frozen=True)
class Size:
    """How much there is. Every appointment lies in the window, every invoice is new."""

    patients: int
    appointments: int
    invoices: int
    contacts: int
    third_parties: int = 0


@dataclass(frozen=True)
class Pace:
    """Seconds of one window of each service's limit (None: no limits), and before each answer."""

    cliniko_window_s: float | None
    hubspot_window_s: float | None
    latency_s: float


class Services:
    """The other process as seen from here. Close it when done."""

    def __init__(self, size: Size) -> None:
        here, there = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("spawn").Process(
            target=_serve, args=(there, size), daemon=True
        )
        self._process.start()
        self._line = here
        self.cliniko_url, self.cliniko_key, self.hubspot_url, self.hubspot_key = self._line.recv()

    def pace(self, pace: Pace) -> None:
        """From now on answer at this pace."""
        self._ask("pace", pace)

    def forget_calls(self) -> None:
        """Count from here."""
        self._ask("forget", None)

    def calls(self) -> dict[str, Any]:
        """Calls since then: `cliniko` and `hubspot` (path to number), `refused` (429s), `writes`, and the seconds
        from the first call to the last that wrote a record: `written_s`, and to the last of all: `all_s`; `cpu_s`
        is the simulators' own processor time."""
        found: dict[str, Any] = self._ask("calls", None)
        return found

    def counts(self) -> dict[str, int]:
        """How many contacts with our key and deals there are."""
        found: dict[str, int] = self._ask("counts", None)
        return found

    def edit(self, count: int) -> None:
        """Change so many patients, an appointment of each, and the one item of an invoice of each."""
        self._ask("edit", count)

    def _ask(self, word: str, argument: Any) -> Any:
        self._line.send((word, argument))
        return self._line.recv()

    def close(self) -> None:
        """End the other process."""
        self._line.send(("end", None))
        self._process.join(10)


# the other process


def _serve(line: Connection, size: Size) -> None:
    cliniko, hubspot = Cliniko(), HubSpot()
    hubspot.switches.keep_history = False
    _fill_clinic(cliniko, size)
    _fill_portal(hubspot, size)
    with serve(cliniko) as clinic, serve(hubspot) as portal:
        line.send((f"{clinic.base_url}/v1", cliniko.key, portal.base_url, hubspot.token))
        while True:
            word, argument = line.recv()
            if word == "end":
                return
            if word == "pace":
                _set_pace(argument, cliniko, hubspot, clinic, portal)
                line.send(None)
            elif word == "forget":
                clinic.forget_calls()
                portal.forget_calls()
                line.send(None)
            elif word == "calls":
                line.send(_calls(clinic, portal))
            elif word == "counts":
                line.send(_counts(hubspot))
            else:
                _edit(cliniko, argument)
                line.send(None)


def _set_pace(
    pace: Pace, cliniko: Cliniko, hubspot: HubSpot, clinic: RunningServer, portal: RunningServer
) -> None:
    clinic.latency_s = portal.latency_s = pace.latency_s
    has_limits = pace.cliniko_window_s is not None and pace.hubspot_window_s is not None
    cliniko.switches.rate_limit = 200 if has_limits else None
    cliniko.switches.rate_window_s = pace.cliniko_window_s or 60.0
    hubspot.switches.burst = 100 if has_limits else None
    hubspot.switches.burst_interval_s = pace.hubspot_window_s or 10.0
    hubspot.switches.search_per_s = 5 if has_limits else None


def _calls(clinic: RunningServer, portal: RunningServer) -> dict[str, Any]:
    both = [*clinic.calls, *portal.calls]
    begun = min((call.monotonic for call in both), default=0.0)
    writes = [
        call for call in portal.calls if call.path.endswith(("/batch/upsert", "/batch/update", "/default"))
    ]
    upserts = [call for call in writes if call.path.endswith("/batch/upsert")]
    return {
        "cliniko": dict(Counter(call.path.removeprefix("/v1/") for call in clinic.calls)),
        "hubspot": dict(Counter(f"{call.method} {call.path}" for call in portal.calls)),
        "refused": sum(call.status == 429 for call in both),
        "writes": len(writes),
        "written_s": max((call.monotonic for call in upserts), default=begun) - begun,
        "cpu_s": time.process_time(),
        "all_s": max((call.monotonic for call in both), default=begun) - begun,
    }


def _counts(hubspot: HubSpot) -> dict[str, int]:
    deals = hubspot.deals().values()
    return {
        "contacts": sum(1 for each in hubspot.contacts().values() if each.get("cliniko_patient_key")),
        "appointments": sum(1 for each in deals if each.get("cliniko_appointment_key")),
        "invoices": sum(1 for each in deals if each.get("cliniko_invoice_key")),
    }


def _name(number: int) -> tuple[str, str]:
    return FIRST[number % len(FIRST)], f"{LAST[number // 13 % len(LAST)]}-{number}"


def _fill_clinic(cliniko: Cliniko, size: Size) -> None:
    now = cliniko.now()
    practice = set_up(cliniko, now - timedelta(days=900))
    made = cliniko.stamp(now - timedelta(days=2))
    patients = [_add_patient(cliniko, number, made) for number in range(size.patients)]
    for number in range(size.third_parties):
        first, last = _name(number)
        cliniko.insert("contacts", {"first_name": first, "last_name": f"Dr {last}", "type_code": 1})
    visits = []
    for number in range(size.appointments):
        visits.append(_add_visit(cliniko, practice, patients[number % len(patients)], number, made))
    for number in range(size.invoices):
        _add_invoice(cliniko, practice, visits[number % len(visits)], number, made)


def _add_patient(cliniko: Cliniko, number: int, made: str) -> int:
    first, last = _name(number)
    row: Row = {
        "first_name": first,
        "last_name": last,
        "email": f"p{number}@mail.example.test",
        "date_of_birth": f"{1940 + number % 70}-{1 + number % 12:02}-{1 + number % 28:02}",
        "patient_phone_numbers": [
            {"phone_type": "Mobile", "number": f"0412 {number // 1000:03} {number % 1000:03}"}
        ],
        "address_1": f"{number} Harbour Street",
        "city": "Geelong",
        "state": "VIC",
        "post_code": "3220",
        "country_code": "AU",
        "gender_identity": "Woman",
        "created_at": made,
        "updated_at": made,
    }
    return int(cliniko.insert("patients", row)["id"])


def _add_visit(cliniko: Cliniko, practice: Practice, patient: int, number: int, made: str) -> Row:
    begins = cliniko.now() + timedelta(days=1 + number % 40, minutes=15 * (number % 32))
    row: Row = {
        "patient_id": patient,
        "patient_name": "Kim Example",
        "practitioner_id": int(practice.practitioners[number % len(practice.practitioners)]),
        "business_id": int(practice.businesses[number % 2]),
        "appointment_type_id": int(practice.kinds[number % len(practice.kinds)].id),
        "starts_at": cliniko.stamp(begins),
        "ends_at": cliniko.stamp(begins + timedelta(minutes=30)),
        "did_not_arrive": False,
        "created_at": made,
        "updated_at": made,
    }
    kept = cliniko.insert("individual_appointments", row)
    person: Row = {"patient_id": patient, "booking_id": kept["id"], "created_at": made, "updated_at": made}
    cliniko.insert("attendees", person)
    return kept


def _add_invoice(cliniko: Cliniko, practice: Practice, visit: Row, number: int, made: str) -> None:
    row: Row = {
        "number": 1000 + number,
        "issue_date": made[:10],
        "status": 10,
        "patient_id": visit["patient_id"],
        "appointment_id": visit["id"],
        "practitioner_id": visit["practitioner_id"],
        "business_id": visit["business_id"],
        "total_amount": "95.0",
        "net_amount": "95.0",
        "tax_amount": "0.0",
        "created_at": made,
        "updated_at": made,
    }
    invoice = cliniko.insert("invoices", row)
    item: Row = {
        "invoice_id": invoice["id"],
        "name": "Standard consultation",
        "quantity": "1.0",
        "unit_price": "95.0",
        "net_price": "95.0",
        "total_including_tax": "95.0",
        "created_at": made,
        "updated_at": made,
    }
    cliniko.insert("invoice_items", item)


def _fill_portal(hubspot: HubSpot, size: Size) -> None:
    for number in range(size.contacts):
        first, last = _name(number)
        is_known = number % KNOWN_SHARE == 0 and number < size.patients
        address = f"p{number}@mail.example.test" if is_known else f"lead{number}@mail.example.test"
        hubspot.add_contact(
            created_at=hubspot.now() - timedelta(days=30 + number % 300),
            firstname=first if is_known else f"{first}a",
            lastname=last,
            email=address,
        )


def _edit(cliniko: Cliniko, count: int) -> None:
    """Ids ascend within each table, so that the n-th of each belong together."""
    tables = cliniko.tables
    patients = sorted(tables["patients"].rows)[:count]
    for number, patient_id in enumerate(patients):
        cliniko.change("patients", patient_id, {"city": "Torquay", "address_1": f"{number} Beach Road"})
        visit = tables["individual_appointments"].where("patient_id", patient_id)[0]
        later = cliniko.stamp(cliniko.now() + timedelta(days=3, minutes=15 * (number % 32)))
        end = cliniko.stamp(cliniko.now() + timedelta(days=3, minutes=15 * (number % 32) + 30))
        cliniko.change("individual_appointments", visit["id"], {"starts_at": later, "ends_at": end})
        invoice = tables["invoices"].where("patient_id", patient_id)[0]
        sums = {"total_amount": "104.5", "net_amount": "95.0", "tax_amount": "9.5"}
        cliniko.change("invoices", invoice["id"], sums)
        item = tables["invoice_items"].where("invoice_id", invoice["id"])[0]
        cliniko.change("invoice_items", item["id"], {"total_including_tax": "104.5"})
