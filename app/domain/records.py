"""What we remember of one Cliniko record: where it is in HubSpot, or why it is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from app.domain.ids import Kind

State = Literal["linked", "held", "waiting", "left_out", "failed", "unlinked"]
"""`unlinked`: known, in no contact or deal any more; the next change makes a new one (R50)."""

LinkRule = Literal[
    "created", "id", "email_name", "dob_name", "phone_name", "manual", "imported", "adopted", "rebuilt"
]


@dataclass(frozen=True)
class Record:
    """One row of memory. `row_hash` is the hash of all values last settled, `fields` a short hash per property
    last written (never the value). `reason` is the slug of the one reason for left_out, held or failed.
    `found_by` tells how a link was found in words for Why (e.g. "secondary e-mail"). `on_hold`: a person
    said do not sync (R84)."""

    kind: Kind
    cliniko_id: str
    state: State
    hubspot_id: str | None = None
    rule: str | None = None
    reason: str | None = None
    row_hash: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    changed_at: datetime | None = None
    cliniko_updated_at: datetime | None = None
    conflict_id: int | None = None
    attempts: int = 0
    found_by: str = ""
    on_hold: bool = False
    status: str = ""
    """active, archived, deleted, merged (people); the deal's status slug (appointments, invoices)."""
    refs: Mapping[str, str] = field(default_factory=dict)
    """Small facts needed later, e.g. patient (id), starts_at, case, stage, associated contact."""


@dataclass(frozen=True)
class Person:
    """A patient or Cliniko contact in the local index: keyed hashes, never the values (I6).

    `name` is for the pages a person looks at; `adult_on` the 18th birthday."""

    kind: Kind
    cliniko_id: str
    name: str
    email_hash: str = ""
    name_hash: str = ""
    name_dob_hash: str = ""
    last_dob_hash: str = ""
    phone_hashes: tuple[str, ...] = ()
    adult_on: date | None = None
    status: str = "active"


@dataclass(frozen=True)
class PortalContact:
    """A HubSpot contact in the local index of candidates (matching §1): hashes and keys only."""

    hubspot_id: str
    modified: str = ""
    patient_key: str = ""
    contact_key: str = ""
    email_hashes: tuple[str, ...] = ()
    """Primary address first, then additional ones."""
    has_primary_email: bool = False
    name_hashes: tuple[str, ...] = ()
    name_dob_hashes: tuple[str, ...] = ()
    phone_hashes: tuple[str, ...] = ()
    name_email_hash: str = ""
    separated: tuple[str, ...] = ()
    """Patient ids a person separated from this contact (cliniko_not_patient_ids)."""


@dataclass(frozen=True)
class Cursor:
    """How far a list has been read (R3). `floor`: changes since are read; None = from the beginning.
    `place`: the last id passed within the running pass ("" = none); `pass_floor` what the floor becomes at the
    end of the pass. `fingerprint`: settings the last full pass was made with. `total`: left to read."""

    name: str
    floor: datetime | None = None
    place: str = ""
    pass_floor: datetime | None = None
    fingerprint: str = ""
    checked_on: date | None = None


@dataclass(frozen=True)
class Separation:
    """A pair that is never matched again by any rule (R51)."""

    kind: Kind
    cliniko_id: str
    hubspot_id: str


@dataclass(frozen=True)
class JournalEntry:
    """One field changed on one record (R81, I12). Service is `hubspot` or `cliniko`; `source` tells why:
    sync, linking, write_back, unlink, repair, undo, answer, import, schema, rollup."""

    run_id: int
    kind: str
    cliniko_id: str
    service: str
    target_id: str
    field: str
    old: str | None
    new: str | None
    source: str
    at: datetime
    id: int = 0


@dataclass(frozen=True)
class Intent:
    """What is about to be done to one record; closed once the outcome is recorded (I1)."""

    run_id: int
    service: str
    act: str
    """upsert, update, associate, create_patient, update_patient ..."""
    kind: str
    cliniko_id: str
    target_id: str
    payload: Mapping[str, object]
    at: datetime
    id: int = 0


@dataclass(frozen=True)
class Visit:
    """An appointment as the roll-ups see it (R16): times aware UTC, ids, and which way it went. No free text.

    `is_counted` is False for excluded categories; `arrived` is the tick, None where nobody ticked."""

    id: str
    patient_id: str
    starts_at: datetime
    ends_at: datetime
    practitioner_id: str = ""
    business_id: str = ""
    type_id: str = ""
    arrived: bool | None = None
    did_not_arrive: bool = False
    cancelled_at: datetime | None = None
    is_removed: bool = False
    is_counted: bool = True


@dataclass(frozen=True)
class Bill:
    """An invoice as the roll-ups see it (R16). `total_cents` is negative for a credit."""

    id: str
    patient_id: str
    issued_on: date | None
    status: str
    """open, paid, closed, open_credit or removed."""
    total_cents: int = 0
