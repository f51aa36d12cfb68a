"""Two Cliniko files that look like one person: noticed and asked about, never joined by us."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.ids import id_order
from app.domain.records import Person


def doubles_of(person: Person, others: Iterable[Person]) -> tuple[str, ...]:
    """Ids of other active files with the same name and birthday and a phone or the address in common.

    Each keeps its own contact until somebody merges them in Cliniko.
    """
    found = (
        other.cliniko_id
        for other in others
        if other.cliniko_id != person.cliniko_id
        and other.kind == person.kind
        and other.status == "active"
        and person.name_dob_hash
        and other.name_dob_hash == person.name_dob_hash
        and _reached_alike(person, other)
    )
    return tuple(sorted(found, key=id_order))


def _reached_alike(one: Person, other: Person) -> bool:
    """Whether the two share a phone or the e-mail address."""
    same_inbox = bool(one.email_hash) and one.email_hash == other.email_hash
    return same_inbox or bool(set(one.phone_hashes) & set(other.phone_hashes))
