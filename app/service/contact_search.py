"""Finding a HubSpot contact by whatever a person knows of it: name, e-mail, phone, id or web address.

One call a search. HubSpot's index lags by some seconds, so a contact made a moment ago may be missing; nothing is
ever made because nothing was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from app.domain.ids import Kind
from app.domain.records import Person, Record
from app.errors import BadInput
from app.sync.ports import Contact, Filter, SearchPage

MOST: Final = 20
LEAST_LETTERS: Final = 2
SIGNIFICANT: Final = 8
"""So many digits from the end tell a phone number apart, with or without the country's code before them."""
LEAST_DIGITS: Final = 6
SHOWN: Final = ("firstname", "lastname", "email", "phone", "mobilephone")
_ADDRESS: Final = re.compile(r"/(?:contact|record/0-1)/(\d+)")
_ID: Final = re.compile(r"[1-9]\d{0,24}", re.ASCII)
_PHONE: Final = re.compile(r"[+(]?\d[\d\s().\-/]*", re.ASCII)

Groups = list[list[Filter]]


class ContactClient(Protocol):
    """The search of the HubSpot client."""

    def search(
        self,
        kind: str,
        groups: Sequence[Sequence[Filter]],
        properties: Sequence[str],
        sort: str | None = None,
        after: str | None = None,
        limit: int = 200,
    ) -> SearchPage: ...


class LinkStore(Protocol):
    """Who stands on which contact."""

    def records_on(self, kind: Kind, hubspot_ids: Iterable[str]) -> dict[str, Record]: ...
    def people(self, kind: Kind, cliniko_ids: Iterable[str]) -> dict[str, Person]: ...


@dataclass(frozen=True)
class FoundContact:
    """A HubSpot contact as a list shows it. `linked_to` names who is linked to it already, "" where nobody is."""

    hubspot_id: str
    name: str
    email: str
    phone: str
    linked_to: str = ""


@dataclass(frozen=True)
class FoundContacts:
    """The first of those that fit, and how many there are in all."""

    rows: tuple[FoundContact, ...]
    total: int


def find_contacts(client: ContactClient, store: LinkStore, text: str) -> FoundContacts:
    """Contacts that fit what was typed; one call. Raises BadInput for too little to search by, and what the call
    raises."""
    page = client.search("contacts", groups_for(text), SHOWN, limit=MOST)
    linked = _linked(store, [row.id for row in page.rows])
    return FoundContacts(tuple(_found(row, linked) for row in page.rows), page.total)


def contact_id(text: str) -> str:
    """The id in what was typed: the digits alone, or the last number of a web address; "" where there is none. What
    begins with a nought is a phone number."""
    typed = text.strip()
    if _ID.fullmatch(typed):
        return typed
    found = _ADDRESS.findall(typed)
    return found[-1] if found else ""


def groups_for(text: str) -> Groups:
    """The groups of filters for what was typed: at most five of at most two. Raises BadInput for too little."""
    typed = " ".join(text.split())
    if "/" in typed and contact_id(typed):
        return [[Filter("hs_object_id", "EQ", contact_id(typed))]]
    if "@" in typed:
        return _by_email(typed.lower())
    if _PHONE.fullmatch(typed):
        return _by_digits(typed)
    return _by_name(typed)


def _by_email(typed: str) -> Groups:
    if not re.search(r"\w", typed):
        raise _too_little()
    groups = [[Filter("email", "EQ", typed)]] if not typed.startswith("@") else []
    groups.append([Filter("email", "CONTAINS_TOKEN", f"*{typed}*")])
    return [*groups, [Filter("hs_additional_emails", "CONTAINS_TOKEN", typed)]]


def _by_digits(typed: str) -> Groups:
    digits = re.sub(r"\D", "", typed)
    groups: Groups = [[Filter("hs_object_id", "EQ", digits)]] if _ID.fullmatch(typed) else []
    if len(digits) >= LEAST_DIGITS:
        # As one run of digits, and as it was typed: numbers stand there in either way.
        ending = f"*{digits[-SIGNIFICANT:]}"
        wanted = dict.fromkeys((ending, typed))
        for name in ("phone", "mobilephone"):
            groups += [[Filter(name, "CONTAINS_TOKEN", one)] for one in wanted]
    if not groups:
        raise _too_little()
    return groups


def _by_name(typed: str) -> Groups:
    words = re.findall(r"\w[\w'’.\-]*", typed)
    if sum(len(word) for word in words) < LEAST_LETTERS:
        raise _too_little()
    first, last = f"{words[0]}*", f"{words[-1]}*"
    if len(words) == 1:
        return [[Filter(name, "CONTAINS_TOKEN", first)] for name in ("firstname", "lastname", "email")]
    # Of a longer name the two ends: between them stand middle names that HubSpot may not have.
    return [
        [Filter("firstname", "CONTAINS_TOKEN", one), Filter("lastname", "CONTAINS_TOKEN", other)]
        for one, other in ((first, last), (last, first))
    ]


def _too_little() -> BadInput:
    return BadInput(
        "too little to search by",
        sentence="That is too little to search by.",
        next_step="Type a name, an e-mail address or a phone number.",
    )


def _linked(store: LinkStore, hubspot_ids: Sequence[str]) -> dict[str, str]:
    """By HubSpot id, the names of those linked to it; their Cliniko id where no name is known."""
    found: dict[str, list[str]] = {}
    kinds: tuple[Kind, ...] = ("patient", "contact")
    for kind in kinds:
        on = {one: record for one, record in store.records_on(kind, hubspot_ids).items() if _counts(record)}
        people = store.people(kind, {record.cliniko_id for record in on.values()})
        for hubspot_id, record in on.items():
            person = people.get(record.cliniko_id)
            found.setdefault(hubspot_id, []).append((person.name if person else "") or record.cliniko_id)
    return {hubspot_id: ", ".join(names) for hubspot_id, names in found.items()}


def _counts(record: Record) -> bool:
    return record.state != "unlinked"


def _found(row: Contact, linked: dict[str, str]) -> FoundContact:
    held = {name: str(row.properties.get(name) or "") for name in SHOWN}
    return FoundContact(
        row.id,
        " ".join(filter(None, (held["firstname"], held["lastname"]))),
        held["email"],
        held["phone"] or held["mobilephone"],
        linked.get(row.id, ""),
    )
