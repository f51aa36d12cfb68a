"""A patient beside one candidate: every fact that the ladder's tests ask about, worked out once."""

from __future__ import annotations

from dataclasses import dataclass

from app.matching import likeness
from app.matching.decisions import Candidate, Known
from app.matching.likeness import Names, Sign
from app.matching.signs import Signs


@dataclass(frozen=True)
class Beside:
    """One candidate beside the patient: everything the table's tests ask about."""

    candidate: Candidate
    email: bool
    secondary_email: bool
    emails_differ: bool
    names: Names
    last_names: Names
    nickname: bool
    birthday: Sign
    phone: Sign
    mobile: Sign
    own_key: bool
    own_id: bool
    """Another tool wrote this patient's id on it."""
    taken: bool
    """It belongs to another patient."""
    stray_id: bool
    """It carries a patient id that Cliniko does not know."""
    apart: bool
    """A person said it is somebody else."""
    alone: bool
    """No other patient has this inbox, or this last name and birthday."""
    weak_auto: bool
    one_contact: bool

    @property
    def possible(self) -> bool:
        """Nothing forbids that it is this patient: neither a person, nor another patient, nor a birthday."""
        return not (self.apart or self.taken or self.birthday is Sign.DISAGREE)


def set_beside(
    signs: Signs,
    cliniko_id: str,
    candidate: Candidate,
    *,
    apart: frozenset[str],
    known: Known | None,
    alone: bool,
    weak_auto: bool,
    one_contact: bool,
) -> Beside:
    """Compare the patient with one candidate, once.

    `apart`: contacts that a person said are somebody else; `known`: whether an id is one of Cliniko's
    patients (None: every one is); `alone`, `weak_auto` and `one_contact` are passed through.
    """
    other = candidate.signs
    shared = set(signs.emails) & set(other.emails)
    strangers = {candidate.patient_key, candidate.foreign_patient_id} - {"", cliniko_id}
    linked_elsewhere = candidate.linked_to not in (None, "", cliniko_id)
    return Beside(
        candidate=candidate,
        email=bool(shared),
        secondary_email=bool(shared) and candidate.primary_email not in shared,
        emails_differ=bool(signs.emails) and candidate.has_email and not shared,
        names=likeness.names(signs, other),
        last_names=likeness.last_names(signs, other),
        nickname=likeness.first_names_by_nickname(signs, other),
        birthday=likeness.birthdays(signs.birth_date, other.birth_date),
        phone=likeness.phones(signs.phones, other.phones),
        mobile=likeness.phones(signs.mobiles, other.phones),
        own_key=candidate.patient_key == cliniko_id,
        own_id=candidate.foreign_patient_id == cliniko_id,
        taken=linked_elsewhere or any(known is None or known(stranger) for stranger in strangers),
        stray_id=any(known is not None and not known(stranger) for stranger in strangers),
        apart=candidate.hubspot_id in apart or cliniko_id in candidate.not_patient_ids,
        alone=alone,
        weak_auto=weak_auto,
        one_contact=one_contact,
    )
