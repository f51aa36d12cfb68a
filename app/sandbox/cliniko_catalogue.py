"""Every resource there is, by name, and the lists that hang below one of its records."""

from __future__ import annotations

from collections.abc import Mapping

from app.sandbox import cliniko_billing, cliniko_people, cliniko_practice, cliniko_visits
from app.sandbox.cliniko_filters import Row
from app.sandbox.cliniko_resource import Resource

RESOURCES: Mapping[str, Resource] = {
    resource.name: resource
    for resource in (
        cliniko_people.PATIENTS,
        cliniko_people.CONTACTS,
        cliniko_people.REFERRAL_SOURCES,
        cliniko_people.REFERRAL_SOURCE_TYPES,
        cliniko_people.CONCESSION_TYPES,
        cliniko_visits.INDIVIDUAL_APPOINTMENTS,
        cliniko_visits.GROUP_APPOINTMENTS,
        cliniko_visits.UNAVAILABLE_BLOCKS,
        cliniko_visits.BOOKINGS,
        cliniko_visits.ATTENDEES,
        cliniko_visits.PATIENT_CASES,
        cliniko_billing.INVOICES,
        cliniko_billing.INVOICE_ITEMS,
        cliniko_billing.BILLABLE_ITEMS,
        cliniko_billing.TAXES,
        cliniko_billing.APPOINTMENT_TYPE_BILLABLE_ITEMS,
        cliniko_practice.APPOINTMENT_TYPES,
        cliniko_practice.PRACTITIONERS,
        cliniko_practice.USERS,
        cliniko_practice.BUSINESSES,
    )
}

# Parent and child as they stand in the path, and the column of the child that names the parent.
NESTED: Mapping[tuple[str, str], str] = {
    ("individual_appointments", "attendees"): "booking_id",
    ("group_appointments", "attendees"): "booking_id",
    ("patient_cases", "attendees"): "patient_case_id",
    ("patient_cases", "bookings"): "patient_case_id",
    ("patient_cases", "invoices"): "patient_case_id",
    ("patients", "invoices"): "patient_id",
    ("practitioners", "invoices"): "practitioner_id",
    ("appointments", "invoices"): "appointment_id",
    ("attendees", "invoices"): "attendee_id",
    ("invoices", "invoice_items"): "invoice_id",
    ("practitioners", "appointment_types"): "practitioner_ids",
    ("appointment_types", "practitioners"): "appointment_type_ids",
    ("businesses", "practitioners"): "business_ids",
}


def booking_kind(row: Row) -> Resource:
    """Of which kind a row of the bookings is."""
    if "patient_id" in row:
        return RESOURCES["individual_appointments"]
    return RESOURCES["group_appointments" if "max_attendees" in row else "unavailable_blocks"]
