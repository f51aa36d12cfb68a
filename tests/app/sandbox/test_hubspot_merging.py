"""Merges: who survives under which id, with which values, and where old ids lead."""

from __future__ import annotations

import pytest

from tests.app.sandbox.hubspot_caller import caller, key_property

PATH = "/crm/objects/{v}/contacts"


@pytest.mark.parametrize("keeps", [False, True])
def test_old_ids_lead_to_the_survivor(keeps: bool) -> None:
    """A new id, or the primary's; both old ids read and write the survivor."""
    api = caller(merge_keeps_id=keeps)
    one, other = api.hubspot.add_contact(firstname="Ana"), api.hubspot.add_contact(lastname="Lim")
    body = api.post(f"{PATH}/merge", {"primaryObjectId": one, "objectIdToMerge": other})
    survivor = body["id"]
    assert (survivor == one) is keeps and survivor != other
    for old in (one, other):
        assert api.get(f"{PATH}/{old}")["id"] == survivor
    assert list(api.hubspot.contacts()) == [survivor]
    merged = api.hubspot.contact(survivor)["hs_merged_object_ids"].split(";")
    assert set(merged) == {one, other} - {survivor}
    api.patch(f"{PATH}/{other}", {"properties": {"phone": "1"}})
    assert api.hubspot.contact(survivor)["phone"] == "1"
    api.hubspot.switches.old_ids_writable = False
    api.patch(f"{PATH}/{other}", {"properties": {"phone": "2"}})
    assert api.status == 404


def test_a_batch_read_answers_once_with_another_id() -> None:
    """Both old ids make one result; by switch, two."""
    api = caller()
    one, other = api.hubspot.add_contact(firstname="Ana"), api.hubspot.add_contact(firstname="Ann")
    survivor = api.hubspot.merge_contacts(one, other)
    inputs = [{"id": one}, {"id": other}]
    assert [row["id"] for row in api.batch("read", inputs)["results"]] == [survivor]
    api.hubspot.switches.merged_read_once = False
    assert len(api.batch("read", inputs)["results"]) == 2
    api.batch("update", [{"id": one, "properties": {"phone": "1"}}])
    assert api.hubspot.contact(survivor)["phone"] == "1"


def test_the_primary_wins_and_the_other_fills_gaps() -> None:
    """The other's address becomes an additional one, the later stage of life wins, its key is lost."""
    api = caller()
    key_property(api)
    one = api.hubspot.add_contact(
        email="a@example.test", firstname="Ana", clinic_key="7", lifecyclestage="lead"
    )
    other = api.hubspot.add_contact(
        email="b@example.test", firstname="Ann", phone="1", clinic_key="8", lifecyclestage="customer"
    )
    survivor = api.hubspot.contact(api.hubspot.merge_contacts(one, other))
    assert survivor["email"] == "a@example.test" and survivor["hs_additional_emails"] == "b@example.test"
    assert (survivor["firstname"], survivor["phone"], survivor["clinic_key"]) == ("Ana", "1", "7")
    assert survivor["lifecyclestage"] == "customer"
    body = api.batch("upsert", [{"id": "8", "idProperty": "clinic_key", "properties": {"firstname": "Ann"}}])
    assert body["results"][0]["new"] is True


def test_merged_again_all_ids_still_lead_on() -> None:
    """Chains of merges resolve."""
    api = caller()
    one, two, three = (api.hubspot.add_contact(firstname=name) for name in "ABC")
    first = api.hubspot.merge_contacts(one, two)
    last = api.hubspot.merge_contacts(three, first)
    for old in (one, two, three, first):
        assert api.get(f"{PATH}/{old}")["id"] == last


@pytest.mark.parametrize("keeps", [False, True])
def test_the_survivor_keeps_the_deals_of_both(keeps: bool) -> None:
    """Links move along, in both directions."""
    api = caller(merge_keeps_id=keeps)
    one, other = api.hubspot.add_contact(firstname="A"), api.hubspot.add_contact(firstname="B")
    deals = [
        api.hubspot.add_deal(dealname=name, dealstage="contractsent", contact=contact)
        for name, contact in (("x", one), ("y", other))
    ]
    survivor = api.hubspot.merge_contacts(one, other)
    assert api.hubspot.deals_of(survivor) == deals
    assert [api.hubspot.contacts_of(deal) for deal in deals] == [[survivor], [survivor]]


def test_what_cannot_be_merged() -> None:
    """With itself: 400. With nobody: 404. Beyond 250 identities: 414."""
    api = caller()
    one, other = api.hubspot.add_contact(firstname="A"), api.hubspot.add_contact(firstname="B")
    api.post(f"{PATH}/merge", {"primaryObjectId": one, "objectIdToMerge": one})
    assert api.status == 400
    api.post(f"{PATH}/merge", {"primaryObjectId": one, "objectIdToMerge": "1"})
    assert api.status == 404
    many = ";".join(f"a{number}@example.test" for number in range(250))
    api.hubspot.edit_contact(other, hs_additional_emails=many)
    api.post(f"{PATH}/merge", {"primaryObjectId": one, "objectIdToMerge": other})
    assert api.status == 414
