"""Which fields a request from HubSpot changes in Cliniko: pure comparison, field by field (R41, R44)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.domain.countries import country_code
from app.domain.mailbox import usable_email
from app.domain.normalise import read_birth_date
from app.domain.people import ClinikoContact, Patient, Phone
from app.sync.fields import field_hash

Person = Patient | ClinikoContact


@dataclass(frozen=True)
class WriteField:
    """One field that may be written back: its setting name, HubSpot's property, Cliniko's attribute."""

    name: str
    property: str
    attribute: str
    patients_only: bool = False


FIELDS: tuple[WriteField, ...] = (
    WriteField("first_name", "firstname", "first_name"),
    WriteField("last_name", "lastname", "last_name"),
    WriteField("home_phone", "cliniko_home_phone", "Home"),
    WriteField("mobile_phone", "mobilephone", "Mobile"),
    WriteField("address_1", "cliniko_address_line_1", "address_1"),
    WriteField("city", "city", "city"),
    WriteField("state", "state", "state"),
    WriteField("post_code", "zip", "post_code"),
    WriteField("country_code", "cliniko_country_code", "country_code"),
    WriteField("email", "email", "email"),
    WriteField("gender_identity", "cliniko_gender_identity", "gender_identity", True),
    WriteField("date_of_birth", "cliniko_date_of_birth", "date_of_birth", True),
    WriteField("referral_source", "cliniko_referral_source", "referral_source", True),
)
PHONES = ("home_phone", "mobile_phone")


@dataclass
class Wish:
    """What a request comes to. `body` is Cliniko's PATCH, `referral` the name of a referral source type,
    `pushed` property → HubSpot text that was taken, `both` properties that changed on both sides, with both
    values, `changes` Cliniko field → (old, new) for the journal."""

    body: dict[str, Any] = field(default_factory=dict)
    referral: str = ""
    pushed: dict[str, str] = field(default_factory=dict)
    both: dict[str, tuple[str, str]] = field(default_factory=dict)
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be sent."""
        return not self.body and not self.referral


def wish_of(
    properties: Mapping[str, str],
    person: Person | None,
    last: Mapping[str, str],
    salt: bytes,
    *,
    enabled: Collection[str],
    country: str,
    first_name_is_preferred: bool,
    referral_now: str = "",
    for_sure: Collection[str] = (),
    never: Collection[str] = (),
) -> Wish:
    """Compare HubSpot's values with Cliniko's person (None: to be created) and say what to send.

    Blank in HubSpot never blanks Cliniko. `last` holds the hashes of our last writes: what changed only in
    Cliniko is not sent back, what changed on both sides is asked about unless its property is in `for_sure`;
    properties in `never` stay out. `country` reads dates in the clinic's order.
    """
    wish = Wish()
    phones = list(person.phones) if person else []
    for row in FIELDS:
        if row.name not in enabled or row.property in never:
            continue
        if row.patients_only and isinstance(person, ClinikoContact):
            continue
        if row.name == "first_name" and first_name_is_preferred and _preferred_name(person):
            # HubSpot's first name is then what the person is called, not the legal name (R11).
            continue
        wanted = _wanted(row, properties, country)
        now = current_value(row, person, referral_now)
        if not wanted or same_field(row, wanted, now):
            continue
        text = _source(row, properties)
        if person is not None and row.property not in for_sure:
            verdict = _who_changed(row, text, now, last, salt)
            if verdict == "cliniko":
                continue
            if verdict == "both":
                wish.both[row.property] = (now, text)
                continue
        wish.pushed[row.property] = text
        wish.changes[row.name] = (now, wanted)
        if row.name in PHONES:
            phones = _with_phone(phones, row.attribute, wanted)
        elif row.name == "referral_source":
            wish.referral = wanted
        else:
            wish.body[row.attribute] = wanted
    if any(name in wish.changes for name in PHONES):
        key = "phone_numbers" if isinstance(person, ClinikoContact) else "patient_phone_numbers"
        wish.body[key] = [{"phone_type": phone.type, "number": phone.number} for phone in phones]
    return wish


def _preferred_name(person: Person | None) -> str:
    """What the person is called, "" where nothing else than the legal name is known."""
    if person is None:
        return ""
    return person.preferred_first_name if isinstance(person, Patient) else person.preferred_name


def _source(row: WriteField, properties: Mapping[str, str]) -> str:
    """HubSpot's text: the e-mail of somebody who shares an inbox stands in its own property."""
    text = (properties.get(row.property) or "").strip()
    if row.name == "email" and not text:
        text = (properties.get("cliniko_shared_email") or "").strip()
    return text


def _wanted(row: WriteField, properties: Mapping[str, str], country: str) -> str:
    """The value as Cliniko wants it, "" where HubSpot has none."""
    text = _source(row, properties)
    if row.name == "email":
        return usable_email(text) or text
    if row.name == "country_code":
        return country_code(text) or text.upper()
    if row.name == "date_of_birth":
        born = read_birth_date(text, country)
        return born.isoformat() if born else text
    return text


def current_value(row: WriteField, person: Person | None, referral: str = "") -> str:
    """What Cliniko has in this field, as text; "" for nothing."""
    if person is None:
        return ""
    if row.name in PHONES:
        return next((phone.number for phone in person.phones if phone.type == row.attribute), "")
    if row.name == "referral_source":
        return referral
    value = getattr(person, row.attribute, "")
    return value.isoformat() if isinstance(value, date) else str(value or "")


def same_field(row: WriteField, wanted: str, now: str) -> bool:
    """Whether both texts mean the same in this field."""
    if row.name == "email":
        return wanted.casefold() == now.casefold()
    if row.name in PHONES:
        return _digits(wanted) == _digits(now) and bool(_digits(now))
    return wanted == now


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _who_changed(row: WriteField, text: str, now: str, last: Mapping[str, str], salt: bytes) -> str:
    """hubspot, cliniko or both, by the hash of our last write of the property."""
    mark = last.get(row.property)
    if mark is None:
        return "hubspot"
    types = {"date_of_birth": "date"}
    kind = types.get(row.name, "string")
    hubspot_changed = field_hash(salt, row.property, text, kind) != mark
    cliniko_changed = field_hash(salt, row.property, now, kind) != mark
    if hubspot_changed and cliniko_changed:
        return "both"
    return "hubspot" if hubspot_changed else "cliniko"


def _with_phone(phones: Sequence[Phone], kind: str, number: str) -> list[Phone]:
    """The list with the first number of this type replaced, or one added; all others stay (R41)."""
    result = list(phones)
    for place, phone in enumerate(result):
        if phone.type == kind:
            result[place] = Phone(kind, number)
            return result
    return [*result, Phone(kind, number)]
