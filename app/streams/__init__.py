"""The registry: which properties, groups and pipelines each stream owns, ordered by what each depends on."""

from __future__ import annotations

from typing import Final

from app.domain.ids import StreamName
from app.domain.stream import Group, Pipeline, Property
from app.streams.activity import ACTIVITY_GROUP, ACTIVITY_PROPERTIES
from app.streams.appointments import APPOINTMENT_GROUP, APPOINTMENT_PIPELINE, APPOINTMENT_PROPERTIES
from app.streams.contacts import CONTACT_GROUP, CONTACT_PROPERTIES
from app.streams.invoices import INVOICE_GROUP, INVOICE_PIPELINE, INVOICE_PROPERTIES
from app.streams.patients import PATIENT_GROUP, PATIENT_PROPERTIES
from app.streams.sync_state import SYNC_GROUP, SYNC_PROPERTIES

STREAM_PROPERTIES: Final[dict[StreamName, tuple[Property, ...]]] = {
    "patients": PATIENT_PROPERTIES + ACTIVITY_PROPERTIES + SYNC_PROPERTIES,
    "contacts": CONTACT_PROPERTIES + SYNC_PROPERTIES,
    "appointments": APPOINTMENT_PROPERTIES,
    "invoices": INVOICE_PROPERTIES,
}
"""Every property a stream may write. The roll-ups belong to the patients, the sync's own state to both kinds
of people; HubSpot's own properties appear with each stream that fills them."""

GROUPS: Final[tuple[Group, ...]] = (
    PATIENT_GROUP,
    ACTIVITY_GROUP,
    CONTACT_GROUP,
    SYNC_GROUP,
    APPOINTMENT_GROUP,
    INVOICE_GROUP,
)

PIPELINES: Final[tuple[Pipeline, ...]] = (APPOINTMENT_PIPELINE, INVOICE_PIPELINE)
