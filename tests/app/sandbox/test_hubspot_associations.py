"""Links between deals and contacts, one by one and in batches."""

from __future__ import annotations

from typing import Any

from tests.app.sandbox.hubspot_caller import Caller, caller

PATH = "/crm/associations/{v}/deals/contacts/batch"


def people(api: Caller) -> tuple[list[str], list[str]]:
    """Two contacts and two deals."""
    contacts = [api.hubspot.add_contact(firstname=name) for name in "AB"]
    deals = [api.hubspot.add_deal(dealname=name, dealstage="contractsent") for name in "xy"]
    return contacts, deals


def pair(deal: str, contact: str, **more: Any) -> dict[str, Any]:
    """One input."""
    return {"from": {"id": deal}, "to": {"id": contact}, **more}


def test_the_default_link_is_idempotent_and_goes_both_ways() -> None:
    """PUT without a body; types 3 and 4 by direction."""
    api = caller()
    (ana, _), (deal, _) = people(api)
    for _ in range(2):
        api.call("PUT", f"/crm/objects/{{v}}/0-3/{deal}/associations/default/contacts/{ana}")
        assert api.status == 200
    assert (api.hubspot.deals_of(ana), api.hubspot.contacts_of(deal)) == ([deal], [ana])
    rows = api.get(f"/crm/objects/{{v}}/contacts/{ana}/associations/deals")["results"]
    assert rows == [
        {
            "toObjectId": deal,
            "associationTypes": [{"category": "HUBSPOT_DEFINED", "typeId": 4, "label": None}],
        }
    ]
    api.call("PUT", f"/crm/objects/{{v}}/0-3/{deal}/associations/default/contacts/1")
    assert api.status == 404


def test_default_links_in_a_batch_tell_errors_under_a_200() -> None:
    """Up to 2,000 inputs; both directions come back; a missing record is an entry."""
    api = caller()
    (ana, bo), (one, two) = people(api)
    body = api.post(f"{PATH}/associate/default", {"inputs": [pair(one, ana), pair(two, bo), pair(one, "1")]})
    assert api.status == 200 and len(body["results"]) == 4 and body["numErrors"] == 1
    api.post(f"{PATH}/associate/default", {"inputs": [pair(one, ana)] * 2_001})
    assert api.status == 400


def test_reading_tells_who_has_none() -> None:
    """207 with NO_ASSOCIATIONS_FOUND for those without, who are missing from the results."""
    api = caller()
    (ana, bo), (one, two) = people(api)
    api.hubspot.link(one, bo)
    api.hubspot.link(one, ana)
    body = api.post(f"{PATH}/read", {"inputs": [{"id": one}, {"id": two}]})
    assert api.status == 207
    assert [row["toObjectId"] for row in body["results"][0]["to"]] == [ana, bo]
    assert body["errors"][0]["subCategory"] == "crm.associations.NO_ASSOCIATIONS_FOUND"
    api.post(f"{PATH}/read", {"inputs": [{"id": one}]})
    assert api.status == 200


def test_labels_replace_each_other_and_need_a_definition() -> None:
    """batch/create with types: USER_DEFINED ones must exist; the unlabelled link stays."""
    api = caller()
    (ana, _), (deal, _) = people(api)
    payer, patient = api.hubspot.add_label("Payer"), api.hubspot.add_label("Patient")
    for type_id in (payer, patient):
        types = [{"associationCategory": "USER_DEFINED", "associationTypeId": type_id}]
        body = api.post(f"{PATH}/create", {"inputs": [pair(deal, ana, types=types)]})
        assert api.status == 201 and len(body["results"]) == 1
    rows = api.get(f"/crm/objects/{{v}}/contacts/{ana}/associations/deals")["results"]
    assert [one["label"] for one in rows[0]["associationTypes"]] == [None, "Patient"]
    wrong = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 4}]
    api.post(f"{PATH}/create", {"inputs": [pair(deal, ana, types=wrong)]})
    assert api.status == 207
    labels = api.get("/crm/associations/{v}/deals/contacts/labels")["results"]
    assert [row["typeId"] for row in labels] == [3, payer, patient]
    gone = [{"associationCategory": "USER_DEFINED", "associationTypeId": patient}]
    api.post(f"{PATH}/labels/archive", {"inputs": [pair(deal, ana, types=gone)]})
    assert api.status == 204 and api.hubspot.contacts_of(deal) == [ana]


def test_archiving_removes_every_link_of_a_pair() -> None:
    """Both directions are gone; other pairs stay."""
    api = caller()
    (ana, bo), (deal, _) = people(api)
    api.hubspot.link(deal, ana)
    api.hubspot.link(deal, bo)
    api.post(f"{PATH}/archive", {"inputs": [{"from": {"id": deal}, "to": [{"id": ana}]}]})
    assert api.status == 204
    assert (api.hubspot.contacts_of(deal), api.hubspot.deals_of(ana)) == ([bo], [])
    api.call("DELETE", f"/crm/objects/{{v}}/0-3/{deal}/associations/contacts/{bo}")
    assert api.hubspot.contacts_of(deal) == []


def test_reads_of_a_record_can_bring_its_links() -> None:
    """GET with `associations`; deals can be linked with deals too."""
    api = caller()
    (ana, _), (one, two) = people(api)
    api.hubspot.link(one, ana)
    body = api.get(f"/crm/objects/{{v}}/0-3/{one}", associations="contacts")
    assert body["associations"]["contacts"]["results"] == [{"id": ana, "type": "deal_to_contact"}]
    api.post("/crm/associations/{v}/0-3/0-3/batch/associate/default", {"inputs": [pair(one, two)]})
    rows = api.get(f"/crm/objects/{{v}}/0-3/{two}/associations/0-3")["results"]
    assert [row["toObjectId"] for row in rows] == [one]


def test_deleted_records_are_not_listed() -> None:
    """A link to a record in the recycle bin comes back with it."""
    api = caller()
    (ana, _), (deal, _) = people(api)
    api.hubspot.link(deal, ana)
    api.hubspot.delete_contact(ana)
    assert api.get(f"/crm/objects/{{v}}/0-3/{deal}/associations/contacts")["results"] == []
    api.hubspot.restore(ana)
    assert api.hubspot.contacts_of(deal) == [ana]
