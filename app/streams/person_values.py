"""What patients and Cliniko contacts have in common on a HubSpot contact: address, phones, standard rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from app.domain.countries import country_name
from app.domain.people import Phone
from app.domain.stream import Property
from app.streams.rows import Rows

View = TypeVar("View")


class Addressed(Protocol):
    """A person with a postal address and phone numbers, as Cliniko keeps them."""

    @property
    def title(self) -> str: ...
    @property
    def address_1(self) -> str: ...
    @property
    def address_2(self) -> str: ...
    @property
    def address_3(self) -> str: ...
    @property
    def city(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def post_code(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def country_code(self) -> str: ...
    @property
    def phones(self) -> tuple[Phone, ...]: ...


def first_phone(phones: Iterable[Phone], *types: str) -> str:
    """The first number of the first type that has one, as typed."""
    known = tuple(phones)
    for wanted in types:
        for phone in known:
            if phone.type == wanted:
                return phone.number
    return ""


def phone_list(phones: Iterable[Phone], types: Iterable[str]) -> str:
    """`Work: 03 5200 0000; Fax: 03 5200 0001`, in Cliniko's order."""
    wanted = frozenset(types)
    return "; ".join(f"{phone.type}: {phone.number}" for phone in phones if phone.type in wanted)


def street(person: Addressed) -> str:
    """The address lines that are filled, joined by a comma."""
    return ", ".join(line for line in (person.address_1, person.address_2, person.address_3) if line)


def country(person: Addressed) -> str:
    """Cliniko's country name, else the English name of the code."""
    return person.country or country_name(person.country_code)


def standard_rows(
    person: Callable[[View], Addressed],
    first_name: Callable[[View], str],
    last_name: Callable[[View], str],
    email: Callable[[View], str],
    source: str,
) -> tuple[Property, ...]:
    """The rows for HubSpot's own contact properties; `source` names the Cliniko record they come from."""
    rows: Rows[View] = Rows("contactinformation", standard=True)
    return (
        rows.row("string", "firstname", "M*", f"{source}.first_name", "First name", first_name, "First name"),
        rows.row("string", "lastname", "M*", f"{source}.last_name", "Last name", last_name, "Last name"),
        rows.row(
            "string",
            "email",
            "M*",
            f"{source}.email",
            "Address, only on its holder's contact",
            email,
            "Email",
        ),
        rows.row(
            "string",
            "mobilephone",
            "S*",
            f"{source} phone of type Mobile",
            "Mobile number as typed",
            lambda view: first_phone(person(view).phones, "Mobile"),
            "Mobile phone number",
        ),
        rows.row(
            "string",
            "phone",
            "S",
            f"{source} phone of type Home, else Work, else Mobile",
            "Number to call",
            lambda view: first_phone(person(view).phones, "Home", "Work", "Mobile"),
            "Phone number",
        ),
        rows.row(
            "string",
            "address",
            "S",
            f"{source}.address_1 to address_3",
            "Address lines in one",
            lambda view: street(person(view)),
            "Street address",
        ),
        rows.row("string", "city", "S", f"{source}.city", "City", lambda view: person(view).city),
        rows.row(
            "string", "state", "S", f"{source}.state", "State or region", lambda view: person(view).state
        ),
        rows.row(
            "string",
            "zip",
            "S",
            f"{source}.post_code",
            "Postal code",
            lambda view: person(view).post_code,
            "Postal code",
        ),
        rows.row(
            "string",
            "country",
            "S",
            f"{source}.country, else country_code",
            "Country by its English name",
            lambda view: country(person(view)),
        ),
        rows.row(
            "string", "salutation", "S", f"{source}.title", "Form of address", lambda view: person(view).title
        ),
    )
