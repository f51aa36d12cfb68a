"""What every synced contact says about the sync itself: the rows; they are filled by the sync."""

from __future__ import annotations

from app.domain.stream import Group, Property
from app.streams.rows import Rows, in_smallest_set

SYNC_GROUP = Group("cliniko_sync", "Cliniko sync", "contacts")

RECORD_KINDS = ("patient", "contact", "both")
LINK_RULES = (
    "created",
    "id",
    "email_name",
    "dob_name",
    "phone_name",
    "manual",
    "imported",
    "adopted",
    "rebuilt",
)

# fmt: off
# A table: as few lines a row as fit.
_S: Rows[None] = Rows(SYNC_GROUP.name)
SYNC_PROPERTIES: tuple[Property, ...] = (
    _S.row("string", "cliniko_account_id", "M*", "settings, account", "Cliniko account the record is from"),
    in_smallest_set(_S.row("enumeration", "cliniko_record_kind", "M*", "the sync",
        "Patient, third party or both; exclude third parties from patient mail", options=RECORD_KINDS)),
    _S.row("datetime", "cliniko_last_synced_at", "M*", "the sync", "When another value was last written"),
    _S.row("enumeration", "cliniko_link_rule", "M*", "the sync", "How contact and record were paired",
        options=LINK_RULES),
    in_smallest_set(_S.row("string", "cliniko_not_patient_ids", "M*", "the sync",
        "Patients a person separated from this contact; never edit it")),
    in_smallest_set(_S.row("string", "cliniko_last_error", "M*", "the sync",
        "Why the latest request could not be carried out")),
    _S.row("bool", "cliniko_sync_hold", "M*", "set in HubSpot or here",
        "While true this contact is left alone"),
    _S.row("bool", "cliniko_review_needed", "M*", "the sync",
        "A question about this contact waits for an answer"),
)
# fmt: on
