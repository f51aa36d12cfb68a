"""Two Cliniko files of one person are noticed, never joined (matching §3, duplicate_in_cliniko)."""

from __future__ import annotations

from dataclasses import replace

from app.domain.records import Person
from app.matching.doubles import doubles_of

ANNA = Person("patient", "10", "Anna Nguyen", email_hash="e", name_dob_hash="nd", phone_hashes=("p",))


def test_same_name_birthday_and_phone() -> None:
    """A phone or the address has to be shared besides name and birthday; archived files do not count."""
    by_phone = replace(ANNA, cliniko_id="9", email_hash="")
    by_address = replace(ANNA, cliniko_id="11", phone_hashes=())
    unreached = replace(ANNA, cliniko_id="12", email_hash="", phone_hashes=("q",))
    archived = replace(ANNA, cliniko_id="13", status="archived")
    other = replace(ANNA, cliniko_id="14", name_dob_hash="other")
    assert doubles_of(ANNA, [by_address, by_phone, unreached, archived, other, ANNA]) == ("9", "11")


def test_unknown_birthday_makes_no_double() -> None:
    """An empty hash is no sign."""
    unknown = replace(ANNA, name_dob_hash="")
    assert doubles_of(unknown, [replace(unknown, cliniko_id="9")]) == ()
