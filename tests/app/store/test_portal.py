"""The index of candidates and the pairs that never match again (matching §1, R51, I6)."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.records import PortalContact, Separation
from app.store import Store
from tests.app.store.test_records import IDS, SHARED, TEXTS, changes_in

LISTS = st.lists(TEXTS, max_size=3).map(tuple)
CONTACTS = st.builds(
    PortalContact,
    hubspot_id=IDS,
    modified=TEXTS,
    patient_key=TEXTS,
    contact_key=TEXTS,
    email_hashes=LISTS,
    has_primary_email=st.booleans(),
    name_hashes=LISTS,
    name_dob_hashes=LISTS,
    phone_hashes=LISTS,
    name_email_hash=TEXTS,
    separated=LISTS,
)


def looked_for(contact: PortalContact) -> dict[str, tuple[str, ...]]:
    return {
        "email": contact.email_hashes,
        "name": contact.name_hashes,
        "name_dob": contact.name_dob_hashes,
        "phone": contact.phone_hashes,
        "patient_key": (contact.patient_key,),
        "contact_key": (contact.contact_key,),
    }


@SHARED
@given(contacts=st.lists(CONTACTS, max_size=8))
def test_the_index_says_what_its_contacts_say(store: Store, contacts: list[PortalContact]) -> None:
    """Saved one after another, changed or dropped: a hash finds exactly the contacts that have it now."""
    store.clear_portal()
    known: dict[str, PortalContact] = {}
    for number, contact in enumerate(contacts):
        store.save_portal_contacts([contact])
        known[contact.hubspot_id] = contact
        if number % 4 == 3:
            store.drop_portal_contacts([contact.hubspot_id, "gone"])
            del known[contact.hubspot_id]
    assert store.portal_contacts([contact.hubspot_id for contact in contacts]) == known
    assert store.portal_size() == len(known)
    for column in looked_for(PortalContact("")):
        marks = {mark for contact in contacts for mark in looked_for(contact)[column]}
        expected = {
            mark: {key for key, contact in known.items() if mark in looked_for(contact)[column]}
            for mark in marks - {""}
        }
        found = store.find_portal(column, marks)
        assert {mark: set(ids) for mark, ids in found.items()} == {m: i for m, i in expected.items() if i}


def test_ids_come_as_numbers_sort(store: Store) -> None:
    """Matching §2: candidates come in one order, whatever order they were listed in."""
    store.save_portal_contacts([PortalContact(each, email_hashes=("e",)) for each in ("100", "20", "3")])
    assert store.find_portal("email", ["e"]) == {"e": ("3", "20", "100")}


def test_an_equal_contact_is_not_written(file_store: Store) -> None:
    """I13: what the overlap of the search brings again changes nothing here."""
    contact = PortalContact("1", "now", email_hashes=("e",), phone_hashes=("p",))
    file_store.save_portal_contacts([contact])
    before = changes_in(file_store)
    file_store.save_portal_contacts([contact])
    assert changes_in(file_store) == before
    file_store.save_portal_contacts([replace(contact, modified="later")])
    assert changes_in(file_store) == before + 1


def test_clearing_for_a_new_list(store: Store) -> None:
    """A fresh listing starts from nothing."""
    store.save_portal_contacts([PortalContact("1", email_hashes=("e",))])
    store.clear_portal()
    assert store.portal_size() == 0
    assert store.find_portal("email", ["e"]) == {}


def test_separations(store: Store) -> None:
    """R51: a pair stays apart until a person joins it again; kinds do not mix."""
    pairs = [
        Separation("patient", "1", "10"),
        Separation("patient", "1", "11"),
        Separation("contact", "1", "12"),
    ]
    store.save_separations(pairs)
    store.save_separations(pairs)
    assert store.separations("patient", ["1", "2"]) == {"1": frozenset({"10", "11"})}
    store.drop_separation(pairs[0])
    assert store.separations("patient", ["1"]) == {"1": frozenset({"11"})}
    assert store.separations("contact", ["1"]) == {"1": frozenset({"12"})}
