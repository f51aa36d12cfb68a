"""Appointments: reading bookings, attendees and cases, and the value of every deal property."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.visits import AppointmentType, AppointmentView, Case
from app.errors import BadInput
from app.streams.appointments import APPOINTMENT_PROPERTIES, appointment_values
from app.streams.visit_reading import (
    parse_appointment,
    parse_appointment_type,
    parse_attendee,
    parse_business,
    parse_case,
    parse_group_appointment,
    parse_practitioner,
    parse_user,
)
from tests.app.streams.junk import JUNK, check_formats, patiently

NOW = datetime(2026, 3, 13, tzinfo=UTC)
HOST = "https://api.au2.cliniko.com/v1"


def link(path: str) -> dict[str, Any]:
    """A relation as Cliniko sends it."""
    return {"links": {"self": f"{HOST}/{path}"}}


ROW: dict[str, Any] = {
    "id": "139072",
    "starts_at": "2026-03-12T23:00:00Z",
    "ends_at": "2026-03-12T23:45:00Z",
    "patient_name": "Ines Okafor",
    "patient_arrived": False,
    "did_not_arrive": None,
    "cancelled_at": None,
    "cancellation_reason": None,
    "cancellation_note": "feels unwell",
    "invoice_status": 20,
    "notes": "private",
    "repeat_rule": {},
    "repeats": None,
    "email_reminder_sent": None,
    "sms_reminder_sent": True,
    "booking_ip_address": "203.0.113.7",
    "telehealth_url": "https://demo.au2.cliniko.com/appointments/139072/connect",
    "created_at": "2026-02-01T02:00:00Z",
    "updated_at": "2026-02-20T02:00:00Z",
    "patient": link("patients/5"),
    "practitioner": link("practitioners/77"),
    "business": link("businesses/9"),
    "appointment_type": link("appointment_types/31"),
    "attendees": link("individual_appointments/139072/attendees"),
}


def view(**changes: Any) -> AppointmentView:
    """A view of that appointment, in Melbourne, with parts changed."""
    base = AppointmentView(
        parse_appointment(ROW),
        NOW,
        zone=ZoneInfo("Australia/Melbourne"),
        web_url="https://demo.au2.cliniko.com",
        type=AppointmentType("31", "Standard 45", "Physiotherapy", True),
        practitioner="Ari Novak",
        practitioner_email="ari@example.test",
        business="Demo Clinic",
    )
    return replace(base, **changes)


def test_values_of_an_appointment() -> None:
    """Schema §6: what the deal says at every level."""
    values = appointment_values(view())
    assert values["cliniko_appointment_key"] == values["cliniko_appointment_id"] == "139072"
    assert values["cliniko_appointment_url"] == "https://demo.au2.cliniko.com/appointments/139072"
    assert values["cliniko_deal_patient_id"] == "5"
    assert values["cliniko_appointment_start"] == values["closedate"] == "2026-03-12T23:00:00.000Z"
    assert values["cliniko_appointment_minutes"] == "45"
    assert values["cliniko_appointment_status"] == "attended"
    assert values["pipeline"] == "cliniko_appointments"
    assert values["dealstage"] == "cliniko_appt_attended"
    assert values["cliniko_practitioner_id"] == "77"
    assert values["cliniko_practitioner_email"] == "ari@example.test"
    assert values["cliniko_booked_online"] == "true"
    assert values["cliniko_is_telehealth"] == "true"
    assert values["cliniko_repeat_series"] == "false"
    assert values["cliniko_invoice_status"] == "paid"
    assert values["cliniko_reminder_sent"] == "true"
    assert values["cliniko_did_not_arrive"] == ""
    assert values["cliniko_is_first_visit"] == ""
    assert values["amount"] == values["cliniko_estimated_value"] == ""


def test_nothing_private_gets_out() -> None:
    """Schema, never synced: notes, cancellation notes, booking addresses and telehealth links."""
    sent = " ".join(appointment_values(view()).values())
    for private in ("private", "unwell", "203.0.113.7", "connect", "Ines"):
        assert private not in sent


@pytest.mark.parametrize(
    ("level", "name"),
    [
        ("minimal", "Appointment 13 Mar 2026"),
        ("standard", "Appointment – Ari Novak – 13 Mar 2026"),
        ("detailed", "Appointment – Ari Novak – 13 Mar 2026 – Standard 45"),
    ],
)
def test_deal_name_by_level(level: str, name: str) -> None:
    """Schema §6: date in the zone of the business; practitioner and type only where the level lets them."""
    assert appointment_values(view(level=level))["dealname"] == name


def test_deal_name_uses_the_alias_and_survives_gaps() -> None:
    """R84: a type goes by the plain name the clinic gave it; missing parts leave no gap."""
    assert appointment_values(view(level="detailed", alias="Visit"))["dealname"].endswith("– Visit")
    assert appointment_values(view(practitioner=""))["dealname"] == "Appointment – 13 Mar 2026"


def test_amount_only_by_setting() -> None:
    """R24: the amount is sent only where amounts are on, the estimate always."""
    priced = view(estimated=Decimal("99"))
    assert appointment_values(priced)["amount"] == ""
    assert appointment_values(priced)["cliniko_estimated_value"] == "99.00"
    assert appointment_values(replace(priced, add_amount=True))["amount"] == "99.00"


def test_ids_that_hubspot_gave() -> None:
    """Schema §7: where HubSpot gave other ids, those are used."""
    values = appointment_values(view(ids={"cliniko_appointments": "881", "cliniko_appt_attended": "9901"}))
    assert (values["pipeline"], values["dealstage"]) == ("881", "9901")


@pytest.mark.parametrize(
    ("code", "reason"),
    [(10, "Feeling better"), (31, "COVID-19 related"), ("60", "Work"), (99, ""), (None, "")],
)
def test_cancellation_reason(code: object, reason: str) -> None:
    """Schema §6: reasons by their words, only on a cancelled appointment."""
    cancelled = {**ROW, "cancellation_reason": code, "cancelled_at": "2026-03-01T00:00:00Z"}
    assert (
        appointment_values(view(appointment=parse_appointment(cancelled)))["cliniko_cancellation_reason"]
        == reason
    )
    assert appointment_values(view())["cliniko_cancellation_reason"] == ""


CASE = Case(
    "5601", "5", "Left knee", date(2026, 1, 10), date(2027, 1, 9), 5, Decimal("800"), "medicare", "139"
)


def test_case_fields() -> None:
    """R25: id, name, dates, status and sessions of the case."""
    values = appointment_values(view(case=CASE, sessions_used=7, case_doctor="Dr Kim"))
    assert values["cliniko_case_id"] == "5601"
    assert values["cliniko_case_name"] == "Left knee"
    assert values["cliniko_case_issue_date"] == "2026-01-10"
    assert values["cliniko_case_status"] == "open"
    assert values["cliniko_case_sessions_used"] == "7"
    assert values["cliniko_case_sessions_left"] == "0"
    assert values["cliniko_case_max_amount"] == "800.00"
    assert values["cliniko_case_doctor"] == "Dr Kim"
    hidden = appointment_values(view(case=CASE, send_case_name=False))
    assert (hidden["cliniko_case_name"], hidden["cliniko_case_id"]) == ("", "5601")


def test_without_a_case_its_fields_are_blank() -> None:
    """R25: leaving a case clears what it wrote."""
    values = appointment_values(view(sessions_used=3))
    assert not any(value for name, value in values.items() if name.startswith("cliniko_case_"))


@pytest.mark.parametrize("starts_at", [None, "", "soon", 5, []])
def test_refuses_a_booking_without_a_start(starts_at: object) -> None:
    """An appointment without a place in time is a named problem of its own."""
    with pytest.raises(BadInput):
        parse_appointment({**ROW, "starts_at": starts_at})


def test_group_bookings_and_attendees() -> None:
    """Cliniko facts 3.4: patient ids as text or numbers; reminders by counts; arrival three-valued."""
    group = parse_group_appointment({**ROW, "patient_ids": [5, "6", None], "max_attendees": 8})
    assert (group.is_group, group.patient_ids, group.max_attendees) == (True, ("5", "6"), 8)
    attendee = parse_attendee(
        {
            "id": "1390726237298639001",
            "arrived": False,
            "sent_sms_reminders_count": 1,
            "booking": link("bookings/139072"),
            "patient": link("patients/5"),
        }
    )
    assert (attendee.booking_id, attendee.patient_id, attendee.arrived) == ("139072", "5", False)
    assert attendee.reminder_sent is True
    assert attendee.case_id == ""


def test_catalogue_items() -> None:
    """Cliniko facts 3.8 to 3.11: names as shown, zones by IANA name, inactive practitioners kept."""
    practitioner = parse_practitioner(
        {"id": "77", "display_name": "Ari Novak", "active": True, "user": link("users/12")}
    )
    assert (practitioner.name, practitioner.user_id, practitioner.is_active) == ("Ari Novak", "12", True)
    assert parse_practitioner({"id": 1, "first_name": "Ari", "last_name": "Novak"}).name == "Ari Novak"
    assert parse_user({"id": "12", "email": " Ari@Example.test"}).email == "ari@example.test"
    business = parse_business(
        {"id": "9", "business_name": "Demo", "time_zone_identifier": "Australia/Melbourne"}
    )
    assert (business.name, business.zone) == ("Demo", ZoneInfo("Australia/Melbourne"))
    assert parse_business({"id": "9", "time_zone_identifier": "Melbourne"}).zone is None
    assert (
        parse_appointment_type({"id": "31", "name": "Standard 45", "telehealth_enabled": False}).name
        == "Standard 45"
    )
    case = parse_case(
        {"id": "5601", "max_sessions": "5", "referral_type": "Medicare", "contact": link("contacts/139")}
    )
    assert (case.max_sessions, case.referral_type, case.contact_id) == (5, "medicare", "139")


@patiently
@given(
    st.dictionaries(st.sampled_from([*ROW, "patient_case", "archived_at"]), JUNK),
    st.dictionaries(
        st.sampled_from(["id", "name", "issue_date", "max_sessions", "max_invoiceable_amount"]), JUNK
    ),
    st.booleans(),
    st.timedeltas(timedelta(days=-400), timedelta(days=400)),
)
def test_any_junk_is_an_appointment_or_bad_input(
    row: dict[str, Any], case: dict[str, Any], is_sound: bool, away: timedelta
) -> None:
    """Reliability: malformed rows never raise anything but BadInput, and values always fit HubSpot."""
    sound = {"id": "7", "starts_at": "2026-03-12T23:00:00Z"} if is_sound else {}
    try:
        appointment = parse_appointment({**row, **sound})
        parsed_case = parse_case({**case, "id": 9})
        parse_attendee({**row, "id": 9})
    except BadInput:
        return
    made = view(appointment=appointment, case=parsed_case, now=NOW + away, sessions_used=1)
    check_formats(APPOINTMENT_PROPERTIES, appointment_values(made))
