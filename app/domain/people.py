"""People as Cliniko knows them: patients and Cliniko contacts, parsed once where JSON enters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Phone:
    """One number as typed, with Cliniko's normalised digits ("" when missing)."""

    type: str
    number: str
    normalized: str = ""


@dataclass(frozen=True)
class Patient:
    """A patient. Text is stripped, "" when empty; the three consents stay three-valued (R15)."""

    id: str
    first_name: str = ""
    last_name: str = ""
    preferred_first_name: str = ""
    title: str = ""
    date_of_birth: date | None = None
    sex: str = ""
    gender_identity: str = ""
    pronouns: str = ""
    email: str = ""
    phones: tuple[Phone, ...] = ()
    address_1: str = ""
    address_2: str = ""
    address_3: str = ""
    city: str = ""
    state: str = ""
    post_code: str = ""
    country: str = ""
    country_code: str = ""
    time_zone: str = ""
    occupation: str = ""
    old_reference_id: str = ""
    reminder_type: str = ""
    receives_confirmation_emails: bool | None = None
    accepted_privacy_policy: bool | None = None
    accepted_email_marketing: bool | None = None
    accepted_sms_marketing: bool | None = None
    concession_type_id: str = ""
    referring_doctor_id: str = ""
    merged_into: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    archived_at: datetime | None = None
    deleted_at: datetime | None = None
    merged_at: datetime | None = None
    custom_fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def status(self) -> str:
        """active, archived, deleted or merged (R13)."""
        if self.merged_into or self.merged_at:
            return "merged"
        if self.deleted_at:
            return "deleted"
        return "archived" if self.archived_at else "active"


@dataclass(frozen=True)
class ClinikoContact:
    """A third party: doctor, payer, employer. Text is stripped, "" when empty."""

    id: str
    first_name: str = ""
    last_name: str = ""
    preferred_name: str = ""
    title: str = ""
    company_name: str = ""
    occupation: str = ""
    email: str = ""
    phones: tuple[Phone, ...] = ()
    address_1: str = ""
    address_2: str = ""
    address_3: str = ""
    city: str = ""
    state: str = ""
    post_code: str = ""
    country: str = ""
    country_code: str = ""
    provider_number: str = ""
    doctor_type: str = ""
    type: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    archived_at: datetime | None = None
    deleted_at: datetime | None = None

    @property
    def status(self) -> str:
        """active, archived or deleted."""
        if self.deleted_at:
            return "deleted"
        return "archived" if self.archived_at else "active"


@dataclass(frozen=True)
class Referral:
    """A patient's referral source, with its type's name looked up (R4)."""

    type_name: str = ""
    subcategory: str = ""
    referrer_type: str = ""
    """Patient, Contact or ""."""
    referrer_id: str = ""
    referrer_name: str = ""
    """Only of a Cliniko contact; a patient referrer stays an id."""


@dataclass(frozen=True)
class Household:
    """Who shares one inbox with a patient: `holder_id` is the one who keeps the address ("" = nobody)."""

    size: int = 1
    holder_id: str = ""
    has_address: bool = True
    """Whether this patient's contact carries the address."""


@dataclass(frozen=True)
class PatientView:
    """All that the patient properties are made from. `today` is the clinic's local day."""

    patient: Patient
    today: date
    referral: Referral = Referral()
    household: Household = Household()
    referring_doctor: str = ""
    concession: str = ""
    web_url: str = ""
    """`https://{subdomain}.{shard}.cliniko.com`"""
    preferred_first_name: str = "own_property"
    """off, own_property or first_name (R11)."""
    email_usable: bool = True
    """False: HubSpot refused this address, or it is in use elsewhere; the record goes without it."""
    owner_id: str = ""


@dataclass(frozen=True)
class ContactView:
    """All that a Cliniko contact's properties are made from."""

    contact: ClinikoContact
    web_url: str = ""
    is_patient_too: bool = False
    """The patient writes the standard properties then."""
    email_usable: bool = True
    referrals_made: int | None = None
    last_referral: date | None = None
    preferred_first_name: str = "own_property"
    """off, own_property or first_name (R11); a Cliniko contact's `preferred_name` follows it too."""
