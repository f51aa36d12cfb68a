"""Where a Cliniko contact (doctor, payer, employer) finds its HubSpot contact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.ids import id_order
from app.domain.records import LinkRule
from app.matching import likeness
from app.matching.decisions import NOTHING_SAID, Ask, Candidate, Create, Decision, Known, Link, Remembered
from app.matching.likeness import Names
from app.matching.signs import Signs


@dataclass(frozen=True)
class Beside:
    """One candidate beside the third party."""

    candidate: Candidate
    own_key: bool
    own_id: bool
    taken: bool
    apart: bool
    email: bool
    names: Names
    one_name: bool
    """Both go by one name only, and it is the same: a company."""
    company: bool
    provider_number: bool

    @property
    def named_alike(self) -> bool:
        """Equal names, in two parts or in the only one there is."""
        return self.names is Names.SAME or self.one_name


@dataclass(frozen=True)
class Row:
    """One row of the table; the first that any candidate passes decides."""

    number: int
    test: Callable[[Beside], bool]
    link_rule: LinkRule
    words: str


TABLE: Final = (
    Row(1, lambda c: c.own_key, "id", "the Cliniko contact key on the contact"),
    Row(
        1,
        lambda c: c.own_id and (c.company or c.names in (Names.SAME, Names.SIMILAR) or c.one_name),
        "adopted",
        "the contact ID that another program wrote",
    ),
    Row(2, lambda c: c.email and c.named_alike, "email_name", "e-mail and name"),
    Row(3, lambda c: c.provider_number and c.names is not Names.DIFFERENT, "adopted", "provider number"),
    Row(4, lambda c: c.company and c.names is Names.SAME, "adopted", "name and company"),
)


def decide_contact(
    signs: Signs,
    cliniko_id: str,
    candidates: Sequence[Candidate],
    *,
    separated: frozenset[str] = frozenset(),
    known: Known | None = None,
    remembered: Remembered = NOTHING_SAID,
) -> Decision:
    """Where this Cliniko contact belongs: by key, e-mail and name, provider number, name and company; else a
    contact of its own.

    `known` tells whether an id is one of Cliniko's contacts. A HubSpot contact that a patient sits on is
    joined by our key or by a person's word only; with equal address and name the question
    `patient_and_referrer` opens beside a new contact without the address. The order of `candidates` does not
    matter.
    """
    apart = separated | remembered.separate_from
    unique = {candidate.hubspot_id: candidate for candidate in candidates}
    besides = [
        _beside(signs, cliniko_id, unique[hubspot_id], apart, known)
        for hubspot_id in sorted(unique, key=id_order)
    ]
    holders = [beside for beside in besides if beside.email]
    if remembered.link_to and remembered.link_to not in apart:
        return _answered(besides, remembered.link_to)
    for row in TABLE:
        hits = [beside for beside in besides if _passes(row, beside, remembered)]
        if len(hits) > 1:
            return Ask("several_candidates", tuple(b.candidate.hubspot_id for b in hits), row.number)
        if hits:
            return _link(hits[0].candidate.hubspot_id, row, holders)
    also_patient = any(b.candidate.is_patient and b.named_alike and not b.apart for b in holders)
    ask = "patient_and_referrer" if also_patient and not remembered.two_contacts else ""
    address_on = tuple(beside.candidate.hubspot_id for beside in holders)
    return Create(4 if address_on else 8, without_email=bool(address_on), address_on=address_on, ask=ask)


def _passes(row: Row, beside: Beside, remembered: Remembered) -> bool:
    """Whether this row may link this candidate: nobody else's, and no patient's unless a person said so."""
    if beside.apart or beside.taken or not row.test(beside):
        return False
    return row.number == 1 or remembered.one_contact or not beside.candidate.is_patient


def _beside(
    signs: Signs, cliniko_id: str, candidate: Candidate, apart: frozenset[str], known: Known | None
) -> Beside:
    """Compare the third party with one candidate, once."""
    other = candidate.signs
    strangers = {candidate.contact_key, candidate.foreign_contact_id} - {"", cliniko_id}
    linked_elsewhere = candidate.contact_linked_to not in (None, "", cliniko_id)
    only_last = not signs.first_names and not other.first_names
    return Beside(
        candidate=candidate,
        own_key=candidate.contact_key == cliniko_id,
        own_id=candidate.foreign_contact_id == cliniko_id,
        taken=linked_elsewhere or any(known is None or known(stranger) for stranger in strangers),
        apart=candidate.hubspot_id in apart,
        email=bool(set(signs.emails) & set(other.emails)),
        names=likeness.names(signs, other),
        one_name=only_last and likeness.last_names(signs, other) is Names.SAME,
        company=bool(signs.company) and signs.company == other.company,
        provider_number=bool(signs.provider_number) and signs.provider_number == other.provider_number,
    )


def _answered(besides: Sequence[Beside], hubspot_id: str) -> Decision:
    """A person's own pairing, unless another Cliniko contact sits there by now."""
    answered = next((b for b in besides if b.candidate.hubspot_id == hubspot_id), None)
    if answered and answered.taken:
        return Ask("contact_taken", (hubspot_id,), 0, "keep")
    holders = [beside for beside in besides if beside.email]
    return _link(hubspot_id, Row(0, lambda _: True, "manual", "a person's answer"), holders)


def _link(hubspot_id: str, row: Row, holders: Sequence[Beside]) -> Link:
    """The link, without the address where another contact carries it."""
    elsewhere = tuple(b.candidate.hubspot_id for b in holders if b.candidate.hubspot_id != hubspot_id)
    return Link(hubspot_id, row.number, row.link_rule, row.words, bool(elsewhere), elsewhere)
