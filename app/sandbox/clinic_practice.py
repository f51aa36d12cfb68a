"""The practice of a made-up clinic: places, staff, what can be booked and what it costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.sandbox.clinic_names import PRACTITIONERS
from app.sandbox.cliniko import Cliniko


@dataclass(frozen=True)
class Kind:
    """A kind of appointment: its id, minutes, the item it bills (if any), and whether it is for groups."""

    id: str
    minutes: int
    item_id: str | None
    is_group: bool = False


@dataclass
class Practice:
    """Ids of what was set up."""

    businesses: list[str] = field(default_factory=list)
    practitioners: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    classes: list[Kind] = field(default_factory=list)
    referral_types: dict[str, str] = field(default_factory=dict)
    concessions: list[str] = field(default_factory=list)


def set_up(clinic: Cliniko, opened: datetime) -> Practice:
    """Set up places, staff, appointment types, prices, taxes, referral types and concessions, as of `opened`."""
    made: dict[str, Any] = {"created_at": opened, "updated_at": opened}
    practice = Practice()
    _set_up_places(clinic, practice, made)
    _set_up_staff(clinic, practice, made)
    _set_up_prices(clinic, practice, made)
    _set_up_sources(clinic, practice, made)
    return practice


def _set_up_places(clinic: Cliniko, practice: Practice, made: dict[str, Any]) -> None:
    practice.businesses.append(
        clinic.add_business(
            business_name="Harbour Street Physiotherapy",
            display_name="Harbour Street",
            address_1="12 Harbour Street",
            city="Geelong",
            state="VIC",
            post_code="3220",
            **made,
        )
    )
    practice.businesses.append(
        clinic.add_business(
            business_name="Valley Physiotherapy",
            display_name="Valley",
            city="Fortitude Valley",
            state="QLD",
            post_code="4006",
            time_zone="Brisbane",
            time_zone_identifier="Australia/Brisbane",
            **made,
        )
    )
    clinic.add_business(business_name="Old rooms", archived_at=made["created_at"], **made)


def _set_up_staff(clinic: Cliniko, practice: Practice, made: dict[str, Any]) -> None:
    for first, last, designation in PRACTITIONERS:
        practice.practitioners.append(
            clinic.add_practitioner(
                first_name=first,
                last_name=last,
                designation=designation,
                email=f"{first[0].lower()}.{last.lower()}@harbour-street.example.test",
                **made,
            )
        )
    practice.retired.append(
        clinic.add_practitioner(first_name="Edith", last_name="Marsh", active=False, **made)
    )
    clinic.add_user(
        first_name="Noor",
        last_name="Haddad",
        email="reception@harbour-street.example.test",
        role="receptionist",
        **made,
    )


def _set_up_prices(clinic: Cliniko, practice: Practice, made: dict[str, Any]) -> None:
    gst = clinic.add_tax("GST", "10.0", **made)
    initial = clinic.add_billable_item("Initial consultation", "125.0", None, item_code="500", **made)
    standard = clinic.add_billable_item("Standard consultation", "95.0", None, item_code="505", **made)
    massage = clinic.add_billable_item("Remedial massage 60", "104.55", gst, item_code="M60", **made)
    tape = clinic.add_billable_item("Strapping tape", "13.64", gst, item_type="Product", **made)
    exercise = clinic.add_billable_item("Group exercise", "27.5", None, item_code="560", **made)
    clinic.add_billable_item("Old consultation", "80.0", None, archived_at=made["created_at"], **made)

    def kind(name: str, minutes: int, item: str | None, category: str, **fields: Any) -> Kind:
        made_id = clinic.add_appointment_type(name, minutes, category=category, **fields, **made)
        if item is not None:
            clinic.add_type_item(made_id, item, **made)
        return Kind(made_id, minutes, item, fields.get("max_attendees", 1) > 1)

    practice.kinds.extend(
        (
            kind("Standard consultation", 30, standard, "Physiotherapy"),
            kind("Initial consultation", 45, initial, "Physiotherapy"),
            kind("Remedial massage", 60, massage, "Massage"),
            kind("Telehealth", 30, standard, "Physiotherapy", telehealth_enabled=True),
            kind("Case conference", 15, None, "Admin", show_in_online_bookings=False),
        )
    )
    taped = kind("Consultation with taping", 30, standard, "Physiotherapy")
    clinic.add_type_item(taped.id, tape, "2.0", discount_percentage="10.0", **made)
    practice.kinds.append(taped)
    practice.classes.append(kind("Clinical Pilates", 45, exercise, "Classes", max_attendees=8))
    clinic.add_appointment_type("Old assessment", 60, archived_at=made["created_at"], **made)


def _set_up_sources(clinic: Cliniko, practice: Practice, made: dict[str, Any]) -> None:
    for name, kind, subcategories in (
        ("Patient", "Patient", None),
        ("Contact", "Contact", None),
        ("Internet search", None, None),
        ("Social media", None, ["Facebook", "Instagram", "Neighbourhood page"]),
        ("Walked past", None, None),
    ):
        made_id = clinic.add_referral_source_type(name, kind, subcategories)
        clinic.edit("referral_source_types", made_id, bump=False, **made)
        practice.referral_types[name] = made_id
    for name in ("Student", "Pensioner"):
        practice.concessions.append(clinic.add_concession_type(name))
