"""What the ladder is given and what it answers: candidates, a person's earlier words, and three outcomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.records import LinkRule
from app.matching.signs import FOREIGN, Signs, separated_ids, signs_of_hubspot
from app.matching.stop_list import NO_STOPS, StopList

Known = Callable[[str], bool]
"""Whether an id is one of Cliniko's patients (or contacts), archived and merged ones included."""


@dataclass(frozen=True)
class Candidate:
    """A HubSpot contact that a patient or Cliniko contact might be, freshly read.

    `has_email`: it has an address of its own. `primary_email`: the canonical primary one, "" when it has
    none. `linked_to` and `contact_linked_to`: the patient and the Cliniko contact it is linked to in our own
    memory, None when to nobody. `patient_key`, `contact_key`: our keys as they stand on it;
    `foreign_patient_id`, `foreign_contact_id`: ids that another tool wrote (R64). `not_patient_ids`: patients
    that a person separated from it (R51).
    """

    hubspot_id: str
    signs: Signs = Signs()
    has_email: bool = False
    primary_email: str = ""
    linked_to: str | None = None
    patient_key: str = ""
    foreign_patient_id: str = ""
    contact_linked_to: str | None = None
    contact_key: str = ""
    foreign_contact_id: str = ""
    not_patient_ids: frozenset[str] = frozenset()

    @property
    def is_third_party(self) -> bool:
        """Whether a Cliniko contact already sits on it."""
        return bool(self.contact_linked_to or self.contact_key or self.foreign_contact_id)

    @property
    def is_patient(self) -> bool:
        """Whether a patient already sits on it."""
        return bool(self.linked_to or self.patient_key or self.foreign_patient_id)


@dataclass(frozen=True)
class Remembered:
    """What a person answered before about this one (principle 4): link to this contact, these contacts are
    somebody else, one HubSpot contact for patient and referrer, or two."""

    link_to: str = ""
    separate_from: frozenset[str] = frozenset()
    one_contact: bool = False
    two_contacts: bool = False


NOTHING_SAID: Final = Remembered()


@dataclass(frozen=True)
class Link:
    """Use this contact. `rule_number` is the ladder's, 0 for a person's answer; `found_by` says in words
    what agreed, for Why. `without_email`, `address_on` and `ask` as in Create."""

    hubspot_id: str
    rule_number: int
    link_rule: LinkRule
    found_by: str
    without_email: bool = False
    address_on: tuple[str, ...] = ()
    ask: str = ""


@dataclass(frozen=True)
class Ask:
    """Hold the record and ask a person; `suggested` is one of the kind's own answers."""

    kind: str
    candidates: tuple[str, ...]
    rule_number: int
    suggested: str = "later"


@dataclass(frozen=True)
class Create:
    """Make a contact of its own.

    `address_on`: contacts that carry the address already. `without_email`: one of them is none of our
    patients' or was separated from this one, so the address stays there; where all belong to other patients,
    the household's rules say who holds it. `note_namesakes`: contacts of the same name, for Why (rule 7).
    `ask`: a question to open beside it that holds nothing back, "" for none.
    """

    rule_number: int
    note_namesakes: tuple[str, ...] = ()
    without_email: bool = False
    address_on: tuple[str, ...] = ()
    ask: str = ""


Decision = Link | Ask | Create


def candidate_of(
    hubspot_id: str,
    properties: Mapping[str, str],
    country: str,
    *,
    linked_to: str | None = None,
    contact_linked_to: str | None = None,
    stops: StopList = NO_STOPS,
) -> Candidate:
    """A candidate from a contact's properties and what our own memory says of it."""
    signs = signs_of_hubspot(properties, country, stops)

    def text(name: str) -> str:
        return (properties.get(name) or "").strip()

    primary = text("email").lower()
    patient_key, contact_key = text("cliniko_patient_key"), text("cliniko_contact_key")
    return Candidate(
        hubspot_id=hubspot_id,
        signs=signs,
        has_email=bool(signs.emails),
        primary_email=primary if primary in signs.emails else "",
        linked_to=linked_to,
        patient_key=patient_key,
        foreign_patient_id="" if patient_key else text("cliniko_patient_id").removeprefix(FOREIGN),
        contact_linked_to=contact_linked_to,
        contact_key=contact_key,
        foreign_contact_id="" if contact_key else text("cliniko_contact_id").removeprefix(FOREIGN),
        not_patient_ids=frozenset(separated_ids(properties)),
    )
