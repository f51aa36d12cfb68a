"""Finding a HubSpot contact by what a person types, on the simulated HubSpot and a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clients.hubspot import HubSpotClient
from app.domain.records import Person, Record
from app.errors import BadInput
from app.sandbox.hubspot import HubSpot
from app.sandbox.server import serve
from app.service.contact_search import MOST, FoundContacts, contact_id, find_contacts, groups_for
from app.store.store import Store, open_store
from tests.app.owned_clock import OwnedClock

Find = Callable[[str], list[str]]


@pytest.fixture
def clock() -> OwnedClock:
    return OwnedClock()


@pytest.fixture
def portal(clock: OwnedClock) -> HubSpot:
    made = HubSpot(clock.now)
    made.add_contact(firstname="Ann", lastname="Lee", email="ann.lee@example.test", phone="+61412345678")
    made.add_contact(firstname="Anna Maria", lastname="van Leeuwen", email="amvl@example.test")
    made.add_contact(firstname="Lee", lastname="Annson", mobilephone="0412 345 678")
    made.add_contact(firstname="Bo", lastname="O'Brien", email="bo@other.test")
    clock.passes(3600)
    return made


@pytest.fixture
def store(tmp_path: Path, clock: OwnedClock) -> Iterator[Store]:
    made = open_store(f"sqlite:///{tmp_path / 'clinic.db'}", clock)
    yield made
    made.close()


@pytest.fixture
def search(portal: HubSpot, store: Store, clock: OwnedClock) -> Iterator[Any]:
    with serve(portal) as server:
        client = HubSpotClient(portal.token, base_url=server.base_url, clock=clock)

        def search(text: str) -> FoundContacts:
            before = client.transport.calls
            found = find_contacts(client, store, text)
            # I7: a search is one call.
            assert client.transport.calls == before + 1
            return found

        yield search
        client.transport.close()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Ann Lee", {"Ann Lee", "Anna Maria van Leeuwen", "Lee Annson"}),
        ("lee ann", {"Ann Lee", "Anna Maria van Leeuwen", "Lee Annson"}),
        ("anna maria van leeuwen", {"Anna Maria van Leeuwen"}),
        ("Leeu", {"Anna Maria van Leeuwen"}),
        ("o'brien", {"Bo O'Brien"}),
        ("ANN.LEE@example.test", {"Ann Lee"}),
        ("@other.test", {"Bo O'Brien"}),
        ("0412345678", {"Ann Lee"}),
        ("0412 345 678", {"Ann Lee", "Lee Annson"}),
        ("+61 412 345 678", {"Ann Lee"}),
        ("Zoe", set()),
    ],
)
def test_by_name_email_or_phone(typed: str, expected: set[str], search: Any) -> None:
    """Whatever the person knows: parts of names in either order, an address, a number in either spelling."""
    found = search(typed)
    assert {row.name for row in found.rows} == expected
    assert found.total == len(expected)


def test_by_id_and_web_address(search: Any) -> None:
    """An id or the address in a browser leads to that one."""
    wanted = search("Bo").rows[0]
    assert search(wanted.hubspot_id).rows == (wanted,)
    address = f"https://app.hubspot.com/contacts/7654321/record/0-1/{wanted.hubspot_id}"
    assert search(address).rows == (wanted,)


def test_who_is_linked_already(search: Any, store: Store) -> None:
    """The list says whose a contact is: a patient, a Cliniko contact, by id where the name is not known."""
    ids = {row.name: row.hubspot_id for row in search("ann lee").rows}
    store.save_people([Person("patient", "7", "Ann Leigh", name_hash="x")])
    store.save_records(
        [
            Record("patient", "7", "linked", ids["Ann Lee"]),
            Record("contact", "9", "linked", ids["Ann Lee"]),
            Record("patient", "8", "unlinked", ids["Lee Annson"]),
        ]
    )
    linked = {row.name: row.linked_to for row in search("ann lee").rows}
    assert linked == {"Ann Lee": "Ann Leigh, 9", "Lee Annson": "", "Anna Maria van Leeuwen": ""}


def test_a_short_list(portal: HubSpot, search: Any, clock: OwnedClock) -> None:
    """The total tells that there are more than are shown."""
    for number in range(MOST + 5):
        portal.add_contact(firstname="Kim", lastname=f"Ray{number}")
    clock.passes(3600)
    found = search("kim")
    assert (len(found.rows), found.total) == (MOST, MOST + 5)


@pytest.mark.parametrize("typed", ["", " ", "a", "*", "@", "--", "/", "0", "()"])
def test_too_little_to_search_by(typed: str) -> None:
    """Nothing is asked for a single letter: plain words instead."""
    with pytest.raises(BadInput):
        groups_for(typed)


@given(st.text(max_size=80))
def test_no_search_is_too_large(typed: str) -> None:
    """HubSpot takes five groups of six filters; no filter is empty, whatever was typed."""
    try:
        groups = groups_for(typed)
    except BadInput:
        return
    assert 1 <= len(groups) <= 5
    assert all(1 <= len(group) <= 2 and all(one.value for one in group) for group in groups)


def test_a_phone_number_is_no_id() -> None:
    """What begins with a nought is looked for, not taken for a contact."""
    assert contact_id("0412345678") == ""
    assert contact_id("412345678") == "412345678"
