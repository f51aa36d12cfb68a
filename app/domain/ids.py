"""The ids of both sides, as text with types of their own, and the kinds of record we link."""

from __future__ import annotations

from typing import Literal, NewType

ClinikoId = NewType("ClinikoId", str)
HubSpotId = NewType("HubSpotId", str)

Kind = Literal["patient", "contact", "appointment", "invoice"]
"""What a record is in Cliniko. `contact` is Cliniko's own kind of contact: a third party."""

StreamName = Literal["unlink", "write_back", "patients", "contacts", "appointments", "invoices"]

STREAM_ORDER: tuple[StreamName, ...] = (
    "unlink",
    "write_back",
    "patients",
    "contacts",
    "appointments",
    "invoices",
)
"""The order in which an execution works its streams; reports list them in it too."""

KIND_OF_STREAM: dict[str, Kind] = {
    "patients": "patient",
    "contacts": "contact",
    "appointments": "appointment",
    "invoices": "invoice",
}


def id_order(cliniko_id: str) -> tuple[int, str]:
    """Sort key that orders ids as numbers, whatever their length ("lowest Cliniko id as a number")."""
    is_number = cliniko_id.isascii() and cliniko_id.isdecimal()
    return (int(cliniko_id), cliniko_id) if is_number else (1 << 80, cliniko_id)
