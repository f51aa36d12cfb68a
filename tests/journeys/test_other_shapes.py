"""Services that answer in shapes of their own: what is written stays the same, and so does what it costs."""

from __future__ import annotations

import pytest

from app.domain.ids import STREAM_ORDER
from app.errors import RightsMissing
from tests.journeys.rig import Rig


@pytest.mark.parametrize("sort_id", ["refused", "ignored"])
def test_lists_that_cannot_be_ordered_by_id_are_read_all_the_same(rig: Rig, sort_id: str) -> None:
    """R3: by page numbers, for the clinic's small lists as for its people."""
    rig.cliniko.switches.sort_id = sort_id
    patients = [
        rig.cliniko.add_patient(first_name=f"P{n}", last_name="Reed", email=f"p{n}@example.test")
        for n in range(130)
    ]
    report = rig.catch_up(frozenset(STREAM_ORDER))
    assert report.status == "ok"
    assert all(rig.has_contact(patient) for patient in patients)
    rig.restart()
    rig.forget_calls()
    rig.sync(frozenset(STREAM_ORDER))
    assert rig.hubspot_writes() == 0


def test_an_address_among_the_additional_ones_is_not_made_the_primary(rig: Rig) -> None:
    """Schema §1, matching rule 2: found by a secondary address, the contact keeps its own primary one."""
    contact = rig.hubspot.add_contact(
        email="work@example.test",
        hs_additional_emails="ines@example.test",
        firstname="Ines",
        lastname="Okafor",
    )
    patient = rig.cliniko.add_patient(first_name="Ines", last_name="Okafor", email="ines@example.test")
    rig.sync()
    assert rig.contact_of(patient)["email"] == "work@example.test"
    rig.cliniko.edit_patient(patient, city="Colac")
    rig.sync()
    found = rig.hubspot.contact(contact)
    assert (found["email"], found["city"]) == ("work@example.test", "Colac")


def test_rows_of_the_overlap_do_not_split_the_write(rig: Rig) -> None:
    """Performance: 100 changed, known patients are one write call, also among rows that were read before."""
    patients = [
        rig.cliniko.add_patient(first_name=f"P{n}", last_name="Reed", email=f"p{n}@example.test")
        for n in range(200)
    ]
    rig.catch_up()
    for patient in patients[1::2]:
        rig.cliniko.edit_patient(patient, city="Kyneton")
    rig.sync(minutes=0)
    for patient in patients[::2]:
        rig.cliniko.edit_patient(patient, city="Kyneton")
    rig.forget_calls()
    rig.sync(minutes=0)
    assert rig.cliniko_calls()["patients"] == 2
    assert rig.hubspot_writes() == 1
    assert {rig.contact_of(patient)["city"] for patient in patients} == {"Kyneton"}


@pytest.mark.parametrize("scope", ["crm.objects.contacts.read", "crm.objects.deals.read"])
def test_a_missing_scope_is_named_before_the_first_write_also_where_scopes_are_not_told(
    rig: Rig, scope: str
) -> None:
    """Exit 4 before anything is written, by a cheap read where the token's scopes cannot be asked."""
    rig.cliniko.add_patient(first_name="Ines", last_name="Okafor", email="ines@example.test")
    rig.hubspot.deny(scope)
    rig.hubspot_faults.add(("POST", "access-token-info"), 404, times=5)
    with pytest.raises(RightsMissing, match=scope):
        rig.sync()
    posts = [call for call in rig.hubspot_calls() if call.startswith("POST")]
    assert all(call.endswith("access-token-info") for call in posts)


def test_a_first_load_fills_its_calls(rig: Rig) -> None:
    """First load: newcomers and linked ones each in full batches, families together, nothing read twice."""
    for n in range(300):
        inbox = f"p{n - n % 10 if n % 10 == 9 else n}@example.test"
        first, born = ("Theodora", "2015-01-01") if n % 10 == 9 else ("Jim", "1980-01-01")
        rig.cliniko.add_patient(first_name=first, last_name=f"Reed{n}", email=inbox, date_of_birth=born)
        if n % 5 == 0:
            rig.hubspot.add_contact(email=f"p{n}@example.test", firstname="Jim", lastname=f"Reed{n}")
    rig.clock.passes(900)
    rig.forget_calls()
    report = rig.catch_up(frozenset({"patients"}))
    assert (report.streams["patients"].created, report.streams["patients"].updated) == (240, 60)
    acts = ("upsert", "update", "read")
    calls = {act: rig.hubspot_calls()[f"POST /crm/objects/2026-03/contacts/batch/{act}"] for act in acts}
    assert calls == {"upsert": 3, "update": 1, "read": 0}
    addresses = [contact.get("email") for contact in rig.hubspot.contacts().values()]
    assert len(set(filter(None, addresses))) == 270
    shared = [contact for contact in rig.hubspot.contacts().values() if contact.get("cliniko_shared_email")]
    assert {contact["firstname"] for contact in shared} == {"Theodora"} and len(shared) == 30


def test_contacts_stamped_with_one_time_are_not_read_again_and_again(rig: Rig) -> None:
    """Performance: a cycle without change is three HubSpot calls, also after an import stamped everybody alike;
    news is still seen."""
    contacts = [
        rig.hubspot.add_contact(email=f"p{n}@example.test", firstname="Jim", lastname=f"Reed{n}")
        for n in range(450)
    ]
    rig.hubspot.bulk_touch(rig.clock.now())
    patient = rig.cliniko.add_patient(first_name="Jim", last_name="Reed", email="elsewhere@example.test")
    rig.sync()
    rig.sync()
    rig.forget_calls()
    rig.sync()
    assert sum(rig.hubspot_calls().values()) <= 3
    rig.hubspot.edit_contact(contacts[7], email="elsewhere2@example.test")
    rig.cliniko.edit_patient(patient, email="elsewhere2@example.test")
    rig.sync()
    assert rig.questions() == ["email_in_use"]


def test_each_record_and_each_call_of_a_chain_is_counted_once(rig: Rig) -> None:
    """The counters of `sync`: `read` is each record once, `api_calls` is what both services saw, also where
    addresses move within families over many pages; and nobody is asked about an address that merely moves."""
    for n in range(900):
        born = "2016-03-03" if n < 450 else "1980-01-01"
        name = f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}"
        rig.cliniko.add_patient(
            first_name=f"{name}io",
            last_name=f"{name[::-1]}sen",
            email=f"home{n % 450 if n % 3 else n}@example.test",
            date_of_birth=born,
        )
    rig.forget_calls()
    report = rig.catch_up(frozenset({"patients"}))
    assert (report.streams["patients"].read, report.streams["patients"].created) == (900, 900)
    assert report.calls["cliniko"] == sum(rig.cliniko_calls().values())
    assert report.calls["hubspot"] == sum(rig.hubspot_calls().values())
    assert rig.questions() == []
