"""The local index of people: who has which hashes, who comes of age, who is searched for (matching §1, I6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.records import Person
from app.store import Store
from tests.app.store.test_records import IDS, SHARED, TEXTS, changes_in

PEOPLE = st.builds(
    Person,
    kind=st.sampled_from(["patient", "contact"]),
    cliniko_id=IDS,
    name=TEXTS,
    email_hash=TEXTS,
    name_hash=TEXTS,
    name_dob_hash=TEXTS,
    last_dob_hash=TEXTS,
    phone_hashes=st.lists(TEXTS, max_size=3).map(tuple),
    adult_on=st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    status=TEXTS,
)


@SHARED
@given(people=st.lists(PEOPLE, max_size=6, unique_by=lambda person: (person.kind, person.cliniko_id)))
def test_what_is_saved_is_read_back(store: Store, people: list[Person]) -> None:
    """Everything comes back as it was, and by each of its phones."""
    store.save_people(people)
    for person in people:
        assert store.people(person.kind, [person.cliniko_id]) == {person.cliniko_id: person}
        for phone in filter(None, person.phone_hashes):
            assert person in store.people_by_hash(person.kind, "phone", [phone])[phone]
        if person.email_hash:
            assert person in store.people_by_email(person.kind, [person.email_hash])[person.email_hash]


def test_by_hash_in_the_order_of_ids_as_numbers(store: Store) -> None:
    """Matching §2: the lowest id as a number comes first, of any status; an empty hash finds nobody."""
    family = [
        Person("patient", "10", "A", "inbox", "n", "nd", "ld", status="archived"),
        Person("patient", "9", "B", "inbox", "n", "nd", "ld"),
    ]
    store.save_people([*family, Person("contact", "1", "C", "inbox"), Person("patient", "3", "D")])
    assert store.people_by_email("patient", ["inbox", "other", ""]) == {"inbox": (family[1], family[0])}
    for column, mark in (("name_hash", "n"), ("name_dob_hash", "nd"), ("last_dob_hash", "ld")):
        assert store.people_by_hash("patient", column, [mark, ""]) == {mark: (family[1], family[0])}


def test_a_phone_that_is_gone_finds_nobody(store: Store) -> None:
    """R43: the phone index follows what a person has now."""
    mia = Person("patient", "1", "Mia", phone_hashes=("a", "b"))
    store.save_people([mia])
    store.save_people([replace(mia, phone_hashes=("b", "c"))])
    assert set(store.people_by_hash("patient", "phone", ["a", "b", "c", ""])) == {"b", "c"}
    store.forget("patient", "1")
    assert store.people_by_hash("patient", "phone", ["b", "c"]) == {}


def test_an_equal_row_is_not_written(file_store: Store) -> None:
    """I13: a quiet execution changes nothing here."""
    mia = Person("patient", "1", "Mia Lee", "e", "n", phone_hashes=("p",), adult_on=date(2030, 1, 1))
    file_store.save_people([mia])
    before = changes_in(file_store)
    file_store.save_people([mia])
    assert changes_in(file_store) == before


def test_who_comes_of_age(store: Store) -> None:
    """Matching §2: children who turn 18 after one day and until another."""
    store.save_people(
        [Person("patient", str(day), "x", adult_on=date(2026, 11, day)) for day in range(1, 10)]
        + [Person("contact", "5", "y", adult_on=date(2026, 11, 5)), Person("patient", "77", "z")]
    )
    found = store.adults_between("patient", date(2026, 11, 3), date(2026, 11, 6))
    assert [person.cliniko_id for person in found] == ["4", "5", "6"]


def test_inbox_choices(store: Store) -> None:
    """Matching §1: a person's choice of holder is remembered and may be changed."""
    store.set_inbox_choice("a", "12")
    store.set_inbox_choice("a", "nobody")
    store.set_inbox_choice("b", "keep:3")
    assert store.inbox_choices(["a", "b", "c"]) == {"a": "nobody", "b": "keep:3"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mia", ["Mia Lee", "Mia O'Brien"]),
        ("lee mi", ["Mia Lee"]),
        ("LÉE", ["Jo Lee", "Mia Lee"]),
        ("o brien", ["Mia O'Brien"]),
        ("zoe", ["Zoë Müller"]),
        ("1390", ["Jo Lee", "Mia Lee"]),
        ("5011", ["Mia Lee"]),
        ("nobody", []),
        ("%", []),
        ("_", []),
        ("\0\ud800", []),
        ("", ["Jo Lee", "Mia Lee", "Mia O'Brien", "Zoë Müller"]),
    ],
)
def test_searching(store: Store, text: str, found: list[str]) -> None:
    """Desktop, People: by any part of the name without case and accents, by Cliniko's or HubSpot's id."""
    from app.domain.records import Record

    store.save_people(
        [
            Person("patient", "139071", "Mia Lee"),
            Person("patient", "139072", "Jo Lee"),
            Person("patient", "222", "Zoë Müller"),
            Person("contact", "333", "Mia O'Brien"),
        ]
    )
    store.save_records([Record("patient", "139071", "linked", "5011")])
    assert sorted(person.name for person in store.search_people(text)) == found


def test_searching_page_by_page(store: Store) -> None:
    """Desktop, Threads: no page loads everybody, and no page misses anybody."""
    store.save_people([Person("patient", str(number), f"Kim {number:03}") for number in range(45)])
    pages = [store.search_people("kim", 20, offset) for offset in (0, 20, 40)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert len({person.cliniko_id for page in pages for person in page}) == 45
