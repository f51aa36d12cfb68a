"""Privacy levels, sizes, what may be written, and the live picture."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.domain.people import Patient, PatientView
from app.domain.visits import Appointment, AppointmentView
from app.schema.catalogue import CATALOGUE
from app.schema.levels import LEVELS, NOT_SENT, Sizes, allowed_names, deal_picture, picture, wanted

PEOPLE = {"patients", "contacts"}


def names(level: str, size: str, streams: set[str] | None = None) -> set[str]:
    """Names wanted for all streams, or some."""
    return {row.name for row in wanted(level, Sizes(size, size), streams or set(CATALOGUE.streams))}  # type: ignore[arg-type]


def test_levels_and_sizes_are_nested() -> None:
    """R84: each level sends all of the one below, each size all of the smaller one."""
    for size in ("full", "compact", "smallest"):
        minimal, standard, detailed = (names(level, size) for level in LEVELS)
        assert minimal <= standard <= detailed
    for level in LEVELS:
        assert names(level, "smallest") <= names(level, "compact") <= names(level, "full")
    assert names("detailed", "full") == {row.name for row in CATALOGUE.owned}


@pytest.mark.parametrize(
    ("level", "sent", "kept"),
    [
        ("minimal", {"cliniko_patient_key", "cliniko_is_minor"}, {"cliniko_date_of_birth", "cliniko_sex"}),
        ("standard", {"cliniko_date_of_birth", "cliniko_case_name"}, {"cliniko_sex", "cliniko_case_doctor"}),
        ("detailed", {"cliniko_sex", "cliniko_cancellation_reason"}, set()),
        ("unheard of", {"cliniko_patient_key"}, {"cliniko_date_of_birth"}),
    ],
)
def test_wanted_by_level(level: str, sent: set[str], kept: set[str]) -> None:
    """R84: nothing above the level is created; an unknown level sends least."""
    found = names(level, "full")
    assert sent <= found
    assert not kept & found


def test_streams_that_are_off_ask_for_nothing() -> None:
    """R1: a stream's properties are wanted only while it is on; the smallest set is always whole."""
    patients = names("detailed", "full", {"patients"})
    assert "cliniko_contact_key" not in patients
    assert "update_cliniko_contact" not in patients
    assert "cliniko_account_id" in patients
    assert not {row.name for row in CATALOGUE.owned if row.object == "deals"} & patients
    assert len(names("minimal", "smallest", {"patients"})) == 10


def test_allowed_names() -> None:
    """Schema §8: only properties of the level that exist are named in any call."""
    minimal = allowed_names("contacts", "minimal", "full", PEOPLE)
    assert {"firstname", "lastname", "email", "cliniko_patient_key"} <= minimal
    assert not {"phone", "address", "dealname", "cliniko_title"} & minimal
    compact = allowed_names("contacts", "standard", "compact", PEOPLE)
    assert {"address", "cliniko_no_shows"} <= compact
    assert "cliniko_title" not in compact
    existing = {"firstname", "cliniko_patient_key", "cliniko_title"}
    assert allowed_names("contacts", "standard", "full", PEOPLE, existing) == existing
    assert allowed_names("deals", "standard", Sizes("full", "none")) == frozenset()
    assert "dealstage" in allowed_names("deals", "minimal", "compact", {"invoices"})


def test_picture_of_a_sample_patient() -> None:
    """R84: the picture shows each value, or that it is not sent."""
    view = PatientView(
        Patient("5", first_name="Ines", sex="Female", date_of_birth=date(1984, 11, 2)), date(2026, 3, 12)
    )
    standard = {row.name: row for row in picture("standard", view, {"cliniko_no_shows": "2"})}
    assert standard["firstname"].value == "Ines"
    assert standard["cliniko_date_of_birth"].value == "1984-11-02"
    assert (standard["cliniko_sex"].value, standard["cliniko_sex"].is_sent) == (NOT_SENT, False)
    assert standard["cliniko_no_shows"].value == "2"
    minimal = {row.name: row.value for row in picture("minimal", view)}
    assert minimal["cliniko_date_of_birth"] == NOT_SENT
    assert minimal["cliniko_is_minor"] == "false"


def test_picture_of_a_sample_deal() -> None:
    """R84: the deal's name itself follows the level."""
    start = datetime(2026, 3, 12, tzinfo=UTC)
    view = AppointmentView(Appointment("7", start), start, practitioner="Ari Novak")
    assert deal_picture("minimal", view)[0].value == "Appointment 12 Mar 2026"
    assert deal_picture("standard", view)[0].value == "Appointment – Ari Novak – 12 Mar 2026"
