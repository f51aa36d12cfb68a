"""Questions as the engine opens them: the kind's own words filled in, with both sides to look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.conflicts import Conflict
from app.domain.people import ClinikoContact, Patient
from app.review.kinds import KINDS
from app.sync.ports import Contact

SHOWN = (
    ("name", ("firstname", "lastname")),
    ("email", ("email",)),
    ("birthday", ("cliniko_date_of_birth", "date_of_birth")),
    ("mobile", ("mobilephone", "cliniko_mobile_phone")),
    ("phone", ("phone", "cliniko_home_phone")),
    ("address", ("address",)),
    ("city", ("city",)),
)
"""What a person compares, with the HubSpot properties it is taken from."""


FACTS = "facts"
"""Under which a question's details keep what stands in the fields of its sentence, for a face that says the
sentence in another language."""


def question(kind: str, **fields: str | Sequence[str]) -> str:
    """The kind's sentence with its fields filled in; one that is not known is left as three dots."""
    words: defaultdict[str, str] = defaultdict(lambda: "…")
    words.update(
        {name: one if isinstance(one, str) else " and ".join(one) for name, one in fields.items() if one}
    )
    return KINDS[kind].question.format_map(words)


def facts(kind: str, **fields: str | Sequence[str]) -> dict[str, str | list[str]]:
    """What the sentence tells, by field; several people as a list."""
    return {
        name: value if isinstance(value, str) else list(value)
        for name, value in fields.items()
        if value and name in KINDS[kind].fields
    }


def ask(
    kind: str,
    subject_type: str,
    subject_id: str,
    *,
    candidates: Sequence[str] = (),
    suggested: str = "",
    details: Mapping[str, Any] | None = None,
    fingerprint: str = "",
    **fields: str | Sequence[str],
) -> Conflict:
    """A question of this kind about one record. `fields` are what its sentence tells; a list is of people."""
    known = KINDS[kind]
    return Conflict(
        kind=kind,
        subject_type=subject_type,
        subject_id=subject_id,
        candidates=tuple(candidates),
        message=question(kind, **fields),
        details={**(details or {}), FACTS: facts(kind, **fields)},
        blocking=known.blocking,
        suggested=suggested or known.suggested,
        fingerprint=fingerprint,
    )


def cliniko_card(parsed: Patient | ClinikoContact) -> dict[str, str]:
    """Cliniko's side of a question, as text."""
    phones = {phone.type: phone.number for phone in parsed.phones}
    born = parsed.date_of_birth if isinstance(parsed, Patient) else None
    return {
        "name": f"{parsed.first_name} {parsed.last_name}".strip(),
        "email": parsed.email,
        "birthday": born.isoformat() if born else "",
        "mobile": phones.get("Mobile", ""),
        "phone": phones.get("Home", "") or phones.get("Work", ""),
        "address": parsed.address_1,
        "city": parsed.city,
    }


def hubspot_card(contact: Contact) -> dict[str, str]:
    """HubSpot's side of a question, as text, with the record's id."""
    card = {"id": contact.id}
    for label, names in SHOWN:
        parts = [contact.properties.get(name) or "" for name in names]
        card[label] = (
            " ".join(parts).strip() if label == "name" else next((part for part in parts if part), "")
        )
    return card
