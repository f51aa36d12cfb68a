"""Both services on loopback, filled with a clinic and its HubSpot account, and moves that people make there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

from app.sandbox.clinic import Clinic, build_clinic
from app.sandbox.cliniko import Cliniko
from app.sandbox.faults import Faults
from app.sandbox.hubspot import HubSpot, Switches
from app.sandbox.messages import Now, utc_now
from app.sandbox.portal import Portal, build_portal
from app.sandbox.server import RunningServer, serve

PATIENT_KEY = "cliniko_patient_key"
UPDATE_TRIGGER = "update_cliniko_patient"
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


@dataclass(frozen=True)
class Move:
    """What somebody did, in words, and whom it concerned ("" on a side where it concerned nobody)."""

    words: str
    cliniko_id: str = ""
    hubspot_id: str = ""


@dataclass
class Demo:
    """Two running services; close it, or use it as a context manager. `folder` is for a program's own data."""

    folder: Path
    cliniko: Cliniko
    hubspot: HubSpot
    clinic: Clinic | None
    portal: Portal | None
    cliniko_server: RunningServer
    hubspot_server: RunningServer
    _turns: dict[str, int] = field(default_factory=dict)

    @property
    def cliniko_base_url(self) -> str:
        """Where a program finds Cliniko; ends in /v1."""
        return f"{self.cliniko_server.base_url}/v1"

    @property
    def hubspot_base_url(self) -> str:
        """Where a program finds HubSpot."""
        return self.hubspot_server.base_url

    @property
    def cliniko_key(self) -> str:
        """What a program signs in to Cliniko with."""
        return self.cliniko.key

    @property
    def hubspot_token(self) -> str:
        """What a program signs in to HubSpot with."""
        return self.hubspot.token

    def environ(self) -> dict[str, str]:
        """The environment that leads a program here."""
        return {
            "CLINIKO_BASE_URL": self.cliniko_base_url,
            "CLINIKO_API_KEY": self.cliniko_key,
            "HUBSPOT_BASE_URL": self.hubspot_base_url,
            "HUBSPOT_ACCESS_TOKEN": self.hubspot_token,
        }

    def close(self) -> None:
        """End both services; the folder stays for whoever made it."""
        self.cliniko_server.close()
        self.hubspot_server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()

    # What people do in Cliniko

    def a_patient_is_registered(self) -> Move:
        """The front desk takes in somebody new."""
        number = self._turn("registered")
        patient = self.cliniko.add_patient(
            first_name="Kim",
            last_name=f"Arnold-{_LETTERS[number % len(_LETTERS)]}",
            email=f"kim.arnold{number}@mail.example.test",
            date_of_birth="1984-03-09",
            patient_phone_numbers=[("Mobile", "0491 570 156")],
        )
        return Move("The front desk registers Kim Arnold.", cliniko_id=patient)

    def a_patient_is_edited(self) -> Move:
        """The front desk corrects where a patient lives."""
        patient = self._some_patient()
        city = ("Geelong", "Torquay", "Ballarat")[self._turn("edited") % 3]
        self.cliniko.edit_patient(patient, city=city)
        return Move(f"A patient moved to {city}.", cliniko_id=patient, hubspot_id=self._contact_of(patient))

    def a_shared_inbox_appears(self) -> Move:
        """Two grown-ups are registered with one address that HubSpot has not seen."""
        number = self._turn("inbox")
        shared: dict[str, Any] = {"last_name": "Lee", "email": f"lee.household{number}@mail.example.test"}
        self.cliniko.add_patient(first_name="Jo", date_of_birth="1979-05-17", **shared)
        patient = self.cliniko.add_patient(first_name="Mia", date_of_birth="1981-08-30", **shared)
        return Move("Jo and Mia Lee are registered with one e-mail address.", cliniko_id=patient)

    def a_visit_is_booked(self) -> Move:
        """A patient books for next week."""
        patient = self._some_patient()
        begins = (self.cliniko.now() + timedelta(days=7)).replace(minute=0, second=0, microsecond=0)
        visit = self.cliniko.add_appointment(patient, begins)
        return Move("A patient books for next week.", cliniko_id=visit)

    def a_visit_is_cancelled(self) -> Move:
        """A patient who was to come next cancels."""
        now = self.cliniko.stamp()
        ahead = [
            row["id"]
            for row in self.cliniko.appointments()
            if row["starts_at"] > now
            and not any(row.get(name) for name in ("cancelled_at", "archived_at", "deleted_at"))
        ]
        visit = str(ahead[0]) if ahead else self.a_visit_is_booked().cliniko_id
        self.cliniko.cancel_appointment(visit)
        return Move("A patient cancels.", cliniko_id=visit)

    # What people do in HubSpot

    def a_contact_is_edited(self) -> Move:
        """Marketing notes something that is no business of the sync."""
        contact = self._some_contact()
        self.hubspot.edit_contact(contact, jobtitle="Gardener")
        return Move("Marketing notes a contact's job.", hubspot_id=contact)

    def a_contact_asks_for_an_update(self, mobile: str = "0491 570 006") -> Move:
        """Somebody types a mobile into a linked contact and asks for it to go to Cliniko; needs a sync before."""
        contact = self._some_contact(lambda values: PATIENT_KEY in values)
        self.hubspot.edit_contact(contact, mobilephone=mobile, **{UPDATE_TRIGGER: "yes"})
        patient = self.hubspot.contact(contact)[PATIENT_KEY]
        return Move("HubSpot has a new mobile and asks to update Cliniko.", patient, contact)

    def a_nickname_comes_in(self) -> Move:
        """HubSpot knows Robert; Cliniko registers Bob at the same address."""
        number = self._turn("nickname")
        email = f"bob.marsh{number}@mail.example.test"
        contact = self.hubspot.add_contact(firstname="Robert", lastname="Marsh", email=email)
        patient = self.cliniko.add_patient(first_name="Bob", last_name="Marsh", email=email)
        return Move("HubSpot knows Robert Marsh; Cliniko registers Bob at his address.", patient, contact)

    def a_contact_is_deleted(self) -> Move:
        """Somebody deletes a contact that is linked; needs a sync before."""
        contact = self._some_contact(lambda values: PATIENT_KEY in values)
        patient = self.hubspot.contact(contact)[PATIENT_KEY]
        self.hubspot.delete_contact(contact)
        return Move("A linked contact is deleted in HubSpot.", patient, contact)

    def two_contacts_are_merged(self) -> Move:
        """Somebody merges a linked contact with a lead; needs a sync before."""
        linked = self._some_contact(lambda values: PATIENT_KEY in values)
        lead = self._some_contact(lambda values: PATIENT_KEY not in values)
        patient = self.hubspot.contact(linked)[PATIENT_KEY]
        survivor = self.hubspot.merge_contacts(linked, lead)
        return Move("A linked contact is merged with another one.", patient, survivor)

    def _turn(self, move: str) -> int:
        self._turns[move] = self._turns.get(move, -1) + 1
        return self._turns[move]

    def _some_patient(self) -> str:
        """A patient who is neither archived nor deleted; a new one where there is none."""
        for row in self.cliniko.patients():
            if row.get("archived_at") is None and row.get("deleted_at") is None:
                return str(row["id"])
        return self.a_patient_is_registered().cliniko_id

    def _some_contact(self, fits: Callable[[Mapping[str, str]], bool] = lambda values: True) -> str:
        """The oldest contact that fits; LookupError where there is none."""
        for contact, values in self.hubspot.contacts().items():
            if fits(values):
                return contact
        raise LookupError("no such contact")

    def _contact_of(self, patient: str) -> str:
        found = self.hubspot.having("contacts", PATIENT_KEY, patient)
        return found[0]["hs_object_id"] if found else ""


def start_demo(
    folder: Path,
    seed: int = 1,
    patients: int = 120,
    contacts: int = 60,
    *,
    now: Now = utc_now,
    plan: str = "professional",
    switches: Switches | None = None,
    cliniko_port: int = 0,
    hubspot_port: int = 0,
    cliniko_faults: Faults | None = None,
    hubspot_faults: Faults | None = None,
    other_tool: bool = False,
) -> Demo:
    """Serve a made-up clinic and the HubSpot account it already has; OSError when a port is taken.

    Both keep the limits of the real services. 0 patients or contacts leave that side empty.
    """
    cliniko, hubspot = Cliniko(now), HubSpot(now, plan, switches)
    clinic = build_clinic(cliniko, seed, patients) if patients else None
    portal = None
    if contacts:
        portal = build_portal(
            hubspot, seed, contacts, people_of(cliniko), staff_of(cliniko), other_tool=other_tool
        )
    served = serve(cliniko, cliniko_faults, cliniko_port)
    try:
        second = serve(hubspot, hubspot_faults, hubspot_port)
    except OSError:
        served.close()
        raise
    return Demo(folder, cliniko, hubspot, clinic, portal, served, second)


def people_of(cliniko: Cliniko) -> list[dict[str, Any]]:
    """The clinic's present patients as `build_portal` wants them."""
    found = []
    for row in cliniko.patients():
        if row.get("archived_at") is None and row.get("deleted_at") is None:
            phones = row.get("patient_phone_numbers") or []
            mobiles = [phone["number"] for phone in phones if phone.get("phone_type") == "Mobile"]
            found.append(
                {
                    "id": str(row["id"]),
                    "first_name": row.get("first_name"),
                    "last_name": row.get("last_name"),
                    "email": row.get("email"),
                    "phone": mobiles[0] if mobiles else "",
                    "date_of_birth": row.get("date_of_birth"),
                }
            )
    return found


def staff_of(cliniko: Cliniko) -> list[dict[str, Any]]:
    """Those who treat patients, by the address they sign in with."""
    users = {row["id"]: row for row in cliniko.snapshot("users")}
    found = []
    for row in cliniko.snapshot("practitioners"):
        user = users.get(row.get("user_id"), {})
        if row.get("active", True) and user.get("email"):
            found.append(
                {"first_name": row["first_name"], "last_name": row["last_name"], "email": user["email"]}
            )
    return found


def add_something_to_decide(cliniko: Cliniko, hubspot: HubSpot) -> None:
    """What a window is to be tried with: a nickname, and two adults on one inbox."""
    address, family = "r.marsh@mail.example.test", "lee.household@mail.example.test"
    hubspot.add_contact(firstname="Robert", lastname="Marsh", email=address, city="Ballarat")
    born = {"date_of_birth": "1979-06-11"}
    cliniko.add_patient(first_name="Bob", last_name="Marsh", email=address, city="Ballarat", **born)
    for first_name, birthday in (("Jo", "1983-02-02"), ("Mia", "1985-09-21")):
        cliniko.add_patient(first_name=first_name, last_name="Lee", email=family, date_of_birth=birthday)
