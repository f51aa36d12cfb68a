"""What can be compared of a person, from either service, and its hashed form for the local index.

Values are folded on the way in and live only while a decision is made; what is kept are keyed hashes (I6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final

from app.domain.ids import Kind
from app.domain.normalise import (
    canonical_email,
    eighteenth_birthday,
    fold_name,
    keyed_hash,
    phone_key,
    read_birth_date,
)
from app.domain.people import ClinikoContact, Patient, Phone
from app.domain.records import Person, PortalContact
from app.matching.stop_list import NO_STOPS, StopList

FOREIGN: Final = "~"
"""Stands before an id that another tool wrote into the plain id property: no key of ours (R64)."""

COMPARED_PROPERTIES: Final = (
    "email",
    "hs_additional_emails",
    "firstname",
    "lastname",
    "cliniko_preferred_first_name",
    "phone",
    "mobilephone",
    "cliniko_home_phone",
    "cliniko_mobile_phone",
    "cliniko_date_of_birth",
    "date_of_birth",
    "company",
    "cliniko_contact_company",
    "cliniko_provider_number",
    "cliniko_patient_key",
    "cliniko_patient_id",
    "cliniko_contact_key",
    "cliniko_contact_id",
    "cliniko_not_patient_ids",
)
"""The HubSpot properties that matching reads; name only those that the portal has."""

_PHONE_PROPERTIES: Final = ("mobilephone", "cliniko_mobile_phone", "phone", "cliniko_home_phone")


@dataclass(frozen=True)
class Signs:
    """Everything comparable about one person, in canonical form and free of empty entries.

    `first_names` holds the legal and the preferred one, `emails` the primary address first, `phones` all
    keys and `mobiles` those of numbers called mobile. `company` and `provider_number` matter for third
    parties only. Addresses and phones on the stop list are left out.
    """

    first_names: tuple[str, ...] = ()
    last_names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    birth_date: date | None = None
    mobiles: tuple[str, ...] = ()
    company: str = ""
    provider_number: str = ""


@dataclass(frozen=True)
class LookUp:
    """The keys under which a person is looked for in the local index, by its column.

    A hit on `name` alone is a namesake, `name` together with `phone` a weak match.
    """

    email: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    name_dob: tuple[str, ...] = ()
    phone: tuple[str, ...] = ()
    patient_key: tuple[str, ...] = ()
    contact_key: tuple[str, ...] = ()

    def columns(self) -> dict[str, tuple[str, ...]]:
        """Column to keys, empty columns left out."""
        return {column: keys for column, keys in vars(self).items() if keys}


def signs_of_patient(patient: Patient, country: str, stops: StopList = NO_STOPS) -> Signs:
    """A patient's signs. `country` is the clinic's ISO code, by which phones are read."""
    return Signs(
        first_names=_folded(patient.first_name, patient.preferred_first_name),
        last_names=_folded(patient.last_name),
        emails=_addresses([patient.email], stops),
        phones=_cliniko_phones(patient.phones, country, stops),
        birth_date=patient.date_of_birth,
        mobiles=_cliniko_phones([p for p in patient.phones if p.type == "Mobile"], country, stops),
    )


def signs_of_cliniko_contact(contact: ClinikoContact, country: str, stops: StopList = NO_STOPS) -> Signs:
    """A third party's signs. One without any name goes by its company, as it does in HubSpot (schema §4)."""
    first_names = _folded(contact.first_name, contact.preferred_name)
    last_names = _folded(contact.last_name)
    if not first_names and not last_names:
        last_names = _folded(contact.company_name)
    return Signs(
        first_names=first_names,
        last_names=last_names,
        emails=_addresses([contact.email], stops),
        phones=_cliniko_phones(contact.phones, country, stops),
        mobiles=_cliniko_phones([p for p in contact.phones if p.type == "Mobile"], country, stops),
        company=fold_name(contact.company_name),
        provider_number=_compact(contact.provider_number),
    )


def signs_of_hubspot(properties: Mapping[str, str], country: str, stops: StopList = NO_STOPS) -> Signs:
    """A HubSpot contact's signs.

    The shared address that we note on a household's other members is not an address of the contact. Our own
    birthday property counts before the portal's, which is read in the order of the clinic's country.
    """

    def text(name: str) -> str:
        return properties.get(name) or ""

    birth_date = read_birth_date(text("cliniko_date_of_birth"), country) or read_birth_date(
        text("date_of_birth"), country
    )
    phones = {name: phone_key(text(name), country) for name in _PHONE_PROPERTIES}
    return Signs(
        first_names=_folded(text("firstname"), text("cliniko_preferred_first_name")),
        last_names=_folded(text("lastname")),
        emails=_addresses([text("email"), *text("hs_additional_emails").split(";")], stops),
        phones=_distinct(key for key in phones.values() if stops.phone_counts(key)),
        birth_date=birth_date,
        mobiles=_distinct(phones[name] for name in _PHONE_PROPERTIES[:2] if stops.phone_counts(phones[name])),
        company=fold_name(text("company") or text("cliniko_contact_company")),
        provider_number=_compact(text("cliniko_provider_number")),
    )


def person_of(
    person: Patient | ClinikoContact,
    salt: bytes,
    country: str,
    stops: StopList = NO_STOPS,
    signs: Signs | None = None,
) -> Person:
    """The row of the local index for a patient or Cliniko contact: hashes, the name to show, the 18th
    birthday and the status. `name_hash` and `name_dob_hash` are made from the legal first name where there
    is one."""
    kind: Kind = "contact"
    shown = f"{person.first_name} {person.last_name}".strip()
    if isinstance(person, Patient):
        kind, signs = "patient", signs or signs_of_patient(person, country, stops)
    else:
        signs = signs or signs_of_cliniko_contact(person, country, stops)
        shown = shown or person.company_name
    return Person(
        kind=kind,
        cliniko_id=person.id,
        name=shown,
        email_hash=_first(_email_hashes(signs, salt)),
        name_hash=_first(_name_hashes(signs, salt)),
        name_dob_hash=_first(_name_dob_hashes(signs, salt)),
        last_dob_hash=last_dob_hash(signs, salt),
        phone_hashes=_phone_hashes(signs, salt),
        adult_on=eighteenth_birthday(signs.birth_date) if signs.birth_date else None,
        status=person.status,
    )


def portal_contact_of(
    hubspot_id: str,
    properties: Mapping[str, str],
    salt: bytes,
    country: str,
    modified: str = "",
    stops: StopList = NO_STOPS,
) -> PortalContact:
    """The row of the local index for a HubSpot contact.

    `patient_key` and `contact_key` hold our own keys; where there is none, an id that another tool wrote
    stands there behind `~` (R64). The column for name and birthday also carries a provider number, which
    says as much about a third party.
    """
    signs = signs_of_hubspot(properties, country, stops)
    return PortalContact(
        hubspot_id=hubspot_id,
        modified=modified,
        patient_key=_key(properties, "cliniko_patient_key", "cliniko_patient_id"),
        contact_key=_key(properties, "cliniko_contact_key", "cliniko_contact_id"),
        email_hashes=_email_hashes(signs, salt),
        has_primary_email=bool((properties.get("email") or "").strip()),
        name_hashes=_name_hashes(signs, salt),
        name_dob_hashes=_name_dob_hashes(signs, salt),
        phone_hashes=_phone_hashes(signs, salt),
        name_email_hash=keyed_hash(
            salt, "name_email", _first(signs.first_names), _first(signs.last_names), _first(signs.emails)
        ),
        separated=separated_ids(properties),
    )


def look_up_of(kind: Kind, cliniko_id: str, signs: Signs, salt: bytes) -> LookUp:
    """Where to look for the HubSpot contacts that a patient or Cliniko contact might be."""
    keys = (cliniko_id, FOREIGN + cliniko_id)
    return LookUp(
        email=_email_hashes(signs, salt),
        name=_name_hashes(signs, salt),
        name_dob=_name_dob_hashes(signs, salt),
        phone=_phone_hashes(signs, salt),
        patient_key=keys if kind == "patient" else (),
        contact_key=keys if kind == "contact" else (),
    )


def email_hash(address: str, salt: bytes) -> str:
    """The index key of one address as typed, "" when it is no address."""
    return keyed_hash(salt, "email", canonical_email(address))


def last_dob_hash(signs: Signs, salt: bytes) -> str:
    """The index key of last name and birthday, by which twins and doubles are noticed (rule 3)."""
    born = signs.birth_date.isoformat() if signs.birth_date else ""
    return keyed_hash(salt, "last_dob", _first(signs.last_names), born)


def separated_ids(properties: Mapping[str, str]) -> tuple[str, ...]:
    """The patient ids that a person separated from this HubSpot contact (R51)."""
    return _distinct(part.strip() for part in (properties.get("cliniko_not_patient_ids") or "").split(";"))


def _key(properties: Mapping[str, str], key: str, plain_id: str) -> str:
    """Our key, else another tool's id behind the mark, else ""."""
    own = (properties.get(key) or "").strip()
    other = (properties.get(plain_id) or "").strip()
    return own or (FOREIGN + other if other else "")


def _folded(*names: str) -> tuple[str, ...]:
    return _distinct(fold_name(name) for name in names)


def _compact(number: str) -> str:
    """A provider number without blanks and punctuation."""
    return fold_name(number).replace(" ", "")


def _addresses(texts: Iterable[str], stops: StopList) -> tuple[str, ...]:
    canonical = (canonical_email(text) for text in texts)
    return _distinct(address for address in canonical if stops.email_counts(address))


def _cliniko_phones(phones: Iterable[Phone], country: str, stops: StopList) -> tuple[str, ...]:
    """Keys of the numbers as typed and as Cliniko made them international, one each where they agree."""
    spellings = (text for phone in phones for text in (phone.number, _with_plus(phone.normalized)))
    return _distinct(
        key for key in (phone_key(text, country) for text in spellings) if stops.phone_counts(key)
    )


def _with_plus(normalized: str) -> str:
    """Cliniko's normalised digits lack the plus that makes them international."""
    return f"+{normalized.lstrip('+')}" if normalized else ""


def _email_hashes(signs: Signs, salt: bytes) -> tuple[str, ...]:
    return tuple(keyed_hash(salt, "email", address) for address in signs.emails)


def _name_hashes(signs: Signs, salt: bytes) -> tuple[str, ...]:
    """One for each first with each last name; of a third party known by one name only, that name."""
    pairs = product(signs.first_names or ("-",), signs.last_names)
    return tuple(keyed_hash(salt, "name", first, last) for first, last in pairs)


def _name_dob_hashes(signs: Signs, salt: bytes) -> tuple[str, ...]:
    born = signs.birth_date.isoformat() if signs.birth_date else ""
    pairs = product(signs.first_names, signs.last_names)
    strong = [keyed_hash(salt, "name_dob", first, last, born) for first, last in pairs]
    strong.append(keyed_hash(salt, "provider", signs.provider_number))
    return tuple(digest for digest in strong if digest)


def _phone_hashes(signs: Signs, salt: bytes) -> tuple[str, ...]:
    return tuple(keyed_hash(salt, "phone", key) for key in signs.phones)


def _first(values: Sequence[str]) -> str:
    return values[0] if values else ""


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    """Each value once, in order, without empty ones."""
    return tuple(dict.fromkeys(value for value in values if value))
