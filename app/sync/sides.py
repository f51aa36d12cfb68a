"""What the line has to know of each kind of person: how it is read, whom it leaves out, what it sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from app.domain.ids import Kind
from app.domain.mailbox import usable_email
from app.domain.people import ClinikoContact, ContactView, Household, Patient, PatientView, Referral
from app.domain.records import Person, Visit
from app.matching.signs import Signs, person_of, signs_of_cliniko_contact, signs_of_patient
from app.streams.contacts import contact_values, parse_contact
from app.streams.custom_fields import PREFIX
from app.streams.patients import parse_patient, patient_values
from app.sync import seen
from app.sync.contact_names import contact_names
from app.sync.ports import Json
from app.sync.referrals import REFERRED, referrals_of
from app.sync.renamed import concession_names, note_pointers
from app.sync.run import Run

HOUSEHOLD = ("cliniko_shared_email", "cliniko_email_holder", "cliniko_household_size")
"""Properties that follow from who else shares an inbox; they are compared apart from the row."""

KEYS: Mapping[Kind, tuple[str, ...]] = {
    "patient": ("cliniko_patient_key", "cliniko_patient_id", "cliniko_patient_url"),
    "contact": ("cliniko_contact_key", "cliniko_contact_id", "cliniko_contact_url"),
}
"""What says on a contact whose it is."""

VOLATILE = frozenset({"email", "cliniko_is_minor", "hubspot_owner_id", *HOUSEHOLD})
"""Left out of the row's hash: they change without the row changing, and are decided on their own."""


@dataclass(frozen=True)
class Draft:
    """One record as it should be: the parsed person, its signs, and the values once its inbox is settled."""

    cliniko_id: str
    parsed: Any
    signs: Signs
    person: Person
    email: str
    status: str
    household: Household = field(default_factory=Household)
    email_usable: bool = True
    values: Mapping[str, str] = field(default_factory=dict)


class Side(Protocol):
    """One kind of person."""

    stream: str
    kind: Kind
    resource: str
    hidden: tuple[str, ...]
    key: str
    id_property: str
    status_property: str
    has_households: bool

    def draft(self, row: Json) -> Draft:
        """Parse one row; BadInput when it cannot be read."""
        ...

    def left_out(self, draft: Draft) -> str | None:
        """The slug of the one reason why this person is not in HubSpot, or None (R17)."""
        ...

    def look_up(self, drafts: Sequence[Draft]) -> None:
        """Look up what leaving out needs, in few reads."""
        ...

    def prepare(self, drafts: Sequence[Draft]) -> None:
        """Look up what the values of these need, in few reads."""
        ...

    def values(self, draft: Draft, is_both: bool) -> dict[str, str]:
        """All values at every level; "" is blank."""
        ...


class PatientSide:
    """Patients (R10)."""

    stream = "patients"
    kind: Kind = "patient"
    resource = "patients"
    hidden: tuple[str, ...] = ("archived_at:*",)
    key = "cliniko_patient_key"
    id_property = "cliniko_patient_id"
    status_property = "cliniko_patient_status"
    has_households = True

    def __init__(self, run: Run) -> None:
        self._run = run
        self._referrals: dict[str, Referral] = {}
        self._doctors: dict[str, str] = {}
        self._concessions: dict[str, str] = {}
        self._visits: Mapping[str, Sequence[Visit]] = {}

    def draft(self, row: Json) -> Draft:
        """A patient's row with its signs."""
        run = self._run
        patient = parse_patient(row)
        country, stops = run.clinic.country_code, run.clinic.stops
        signs = signs_of_patient(patient, country, stops)
        return Draft(
            cliniko_id=patient.id,
            parsed=patient,
            signs=signs,
            person=person_of(patient, run.salt, country, stops, signs),
            email=usable_email(patient.email),
            status=patient.status,
        )

    def left_out(self, draft: Draft) -> str | None:
        """Filters first by what cannot be helped, then by the settings (R17)."""
        patient: Patient = draft.parsed
        settings = self._run.settings
        if not (patient.first_name or patient.last_name or patient.preferred_first_name):
            return "no_name"
        # An address typed for "none" is nobody's (matching §1): it neither fills a contact nor passes the filter.
        is_made_up = bool(draft.email) and not draft.person.email_hash
        if not patient.email or is_made_up:
            if settings.flag("patients.only_with_email"):
                return "no_email"
            if not patient.phones and patient.date_of_birth is None:
                return "too_little"
        wish = settings.text("patients.privacy_policy")
        if wish == "accepted" and patient.accepted_privacy_policy is not True:
            return "privacy_policy"
        if wish == "not_rejected" and patient.accepted_privacy_policy is False:
            return "privacy_policy"
        if seen.is_on(settings):
            return seen.reason_of(settings, self._visits.get(patient.id, ()), self._run.today())
        return None

    def look_up(self, drafts: Sequence[Draft]) -> None:
        """The visits of these, where a filter asks for them (R17)."""
        if seen.is_on(self._run.settings):
            ids = [draft.cliniko_id for draft in drafts]
            self._visits = self._run.store.visits_of(ids)

    def prepare(self, drafts: Sequence[Draft]) -> None:
        """Referrals, referring doctors and concessions of these patients, as far as they are sent at all."""
        run = self._run
        names = run.names["contacts"]
        if "cliniko_referral_source" in names:
            self._referrals = referrals_of(run, [draft.cliniko_id for draft in drafts])
        if "cliniko_referring_doctor" in names:
            ids = {draft.parsed.referring_doctor_id for draft in drafts} - {""}
            self._doctors = contact_names(run, ids)
        if "cliniko_concession_type" in names and not self._concessions:
            self._concessions = concession_names(run)
        note_pointers(run, [draft.parsed for draft in drafts])

    def values(self, draft: Draft, is_both: bool) -> dict[str, str]:
        """All patient values."""
        run = self._run
        patient: Patient = draft.parsed
        view = PatientView(
            patient=patient,
            today=run.today(),
            referral=self._referrals.get(patient.id, Referral()),
            household=draft.household,
            referring_doctor=self._doctors.get(patient.referring_doctor_id, ""),
            concession=self._concessions.get(patient.concession_type_id, ""),
            web_url=run.clinic.web_url,
            preferred_first_name=run.settings.text("patients.preferred_first_name"),
        )
        own = run.props["contacts"].items()
        chosen = {name: row.value(view) for name, row in own if name.startswith(PREFIX) and row.value}
        return patient_values(view) | chosen


class ContactSide:
    """Cliniko contacts: doctors, payers, other third parties."""

    stream = "contacts"
    kind: Kind = "contact"
    resource = "contacts"
    hidden: tuple[str, ...] = ("archived_at:*", "deleted_at:*")
    key = "cliniko_contact_key"
    id_property = "cliniko_contact_id"
    status_property = "cliniko_contact_status"
    has_households = False

    def __init__(self, run: Run) -> None:
        self._run = run
        self._referred: dict[str, Mapping[str, Any]] = {}

    def draft(self, row: Json) -> Draft:
        """A Cliniko contact's row with its signs."""
        run = self._run
        contact = parse_contact(row)
        country, stops = run.clinic.country_code, run.clinic.stops
        signs = signs_of_cliniko_contact(contact, country, stops)
        return Draft(
            cliniko_id=contact.id,
            parsed=contact,
            signs=signs,
            person=person_of(contact, run.salt, country, stops, signs),
            email=usable_email(contact.email),
            status=contact.status,
        )

    def left_out(self, draft: Draft) -> str | None:
        """Only what has no name of any kind."""
        contact: ClinikoContact = draft.parsed
        if not (contact.first_name or contact.last_name or contact.preferred_name or contact.company_name):
            return "no_name"
        return None

    def look_up(self, drafts: Sequence[Draft]) -> None:
        """Nothing is needed."""

    def prepare(self, drafts: Sequence[Draft]) -> None:
        """How many patients each of them referred."""
        if "cliniko_referrals_made" in self._run.names["contacts"]:
            self._referred = self._run.store.side_rows(REFERRED, [draft.cliniko_id for draft in drafts])

    def values(self, draft: Draft, is_both: bool) -> dict[str, str]:
        """All values; where the person is a patient too, the patient writes the standard ones (schema §4)."""
        referred = self._referred.get(draft.cliniko_id) or {}
        days = [text for text in referred.values() if text]
        view = ContactView(
            contact=draft.parsed,
            web_url=self._run.clinic.web_url,
            is_patient_too=is_both,
            email_usable=draft.email_usable and draft.household.has_address,
            referrals_made=len(referred) if referred else None,
            last_referral=date.fromisoformat(max(days)) if days else None,
            preferred_first_name=self._run.settings.text("patients.preferred_first_name"),
        )
        values = contact_values(view)
        if not is_both and not draft.household.has_address:
            values["cliniko_shared_email"] = draft.email
        return values


def with_household(draft: Draft, household: Household, email_usable: bool) -> Draft:
    """The draft once it is known who shares its inbox."""
    return replace(draft, household=household, email_usable=email_usable)
