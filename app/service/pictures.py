"""The live picture of a privacy level: what HubSpot would know of a made-up patient (R84)."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.domain.people import Patient, PatientView, Phone, Referral
from app.schema.catalogue import CATALOGUE
from app.schema.levels import PictureRow, picture

SAMPLE: Final = Patient(
    id="1052",
    first_name="Josephine",
    preferred_first_name="Jo",
    last_name="Sample",
    title="Ms",
    date_of_birth=date(1984, 11, 2),
    sex="Female",
    email="jo.sample@example.test",
    phones=(Phone("Mobile", "0400 000 123"), Phone("Home", "02 5550 0123")),
    address_1="12 Example Street",
    city="Sydney",
    state="NSW",
    post_code="2000",
    country="Australia",
    country_code="AU",
    occupation="Teacher",
    accepted_email_marketing=True,
    accepted_privacy_policy=True,
)
COMPUTED: Final = {"cliniko_no_shows": "1", "cliniko_lapse_band": "14-29d"}
"""Roll-ups, which come from visits and not from the patient."""


def privacy_picture(level: str, preferred_first_name: str = "own_property") -> list[PictureRow]:
    """The rows that have a value for the sample, each with whether the level sends it."""
    view = PatientView(
        SAMPLE,
        date(2026, 3, 12),
        referral=Referral(type_name="Friend or family"),
        preferred_first_name=preferred_first_name,
    )
    shown = picture("detailed", view, COMPUTED)
    sent = {row.name for row in picture(level, view, COMPUTED) if row.is_sent}
    return [
        PictureRow(row.name, row.label, _as_shown(row.name, row.value), row.name in sent)
        for row in shown
        if row.value.strip()
    ]


def _as_shown(name: str, value: str) -> str:
    """A value as HubSpot shows it: the label of an option instead of its name."""
    options = {row.name: dict(row.options) for row in CATALOGUE.owned}
    return options.get(name, {}).get(value, {"true": "Yes", "false": "No"}.get(value, value))
