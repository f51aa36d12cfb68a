"""Batches: all or nothing, or a 207; unique values across records and within one batch."""

from __future__ import annotations

from typing import Any

import pytest

from tests.app.sandbox.hubspot_caller import Caller, caller, key_property


def rows(*people: dict[str, str], traced: bool = False) -> list[dict[str, Any]]:
    """Inputs of batch/create."""
    return [
        {"properties": one, **({"objectWriteTraceId": f"t-{place}"} if traced else {})}
        for place, one in enumerate(people)
    ]


def upserts(api: Caller, *people: dict[str, str], traced: bool = True) -> Any:
    """Upsert by key; the body."""
    inputs = [
        {
            "id": one["clinic_key"],
            "idProperty": "clinic_key",
            "properties": one,
            **({"objectWriteTraceId": f"t-{place}"} if traced else {}),
        }
        for place, one in enumerate(people)
    ]
    return api.batch("upsert", inputs)


def test_one_bad_input_without_trace_ids_loses_the_batch() -> None:
    """Nothing is written and the whole call is a 400."""
    api = caller()
    api.batch("create", rows({"firstname": "Ana"}, {"email": "nope"}))
    assert api.status == 400 and api.hubspot.contacts() == {}


def test_one_bad_input_with_trace_ids_is_told_in_a_207() -> None:
    """The good ones are written; the bad one is named by its trace id."""
    api = caller()
    body = api.batch("create", rows({"firstname": "Ana"}, {"email": "nope"}, traced=True))
    assert api.status == 207 and body["numErrors"] == 1 and body["status"] == "COMPLETE"
    assert body["errors"][0]["context"]["objectWriteTraceId"] == ["t-1"]
    assert body["results"][0]["objectWriteTraceId"] == "t-0"
    assert len(api.hubspot.contacts()) == 1


def test_trace_ids_count_only_when_every_input_has_its_own() -> None:
    """A missing or repeated trace id makes the batch all or nothing again."""
    api = caller()
    inputs = rows({"firstname": "Ana"}, {"email": "nope"}, traced=True)
    inputs[1]["objectWriteTraceId"] = "t-0"
    api.batch("create", inputs)
    assert api.status == 400
    del inputs[1]["objectWriteTraceId"]
    api.batch("create", inputs)
    assert api.status == 400 and api.hubspot.contacts() == {}


def test_all_good_is_a_201_in_no_particular_order() -> None:
    """Results are shuffled, by a seed; the echo of trace ids can be switched off."""
    api = caller()
    people = [{"firstname": f"P{number:02d}"} for number in range(30)]
    body = api.batch("create", rows(*people, traced=True))
    names = [row["properties"]["firstname"] for row in body["results"]]
    assert api.status == 201 and "numErrors" not in body
    assert names != sorted(names) and len(set(names)) == 30
    api.hubspot.switches.echo_trace_ids = False
    body = api.batch("create", rows({"firstname": "Q"}, traced=True))
    assert "objectWriteTraceId" not in body["results"][0]


def test_a_hundred_is_the_most() -> None:
    """101 inputs, none, or no list are refused as a whole."""
    api = caller()
    for inputs in ([{"id": str(number)} for number in range(1, 102)], []):
        api.batch("read", inputs)
        assert api.status == 400
    api.post("/crm/objects/{v}/contacts/batch/read", {"inputs": "all"})
    assert api.status == 400


@pytest.mark.parametrize("what", ["read", "update", "upsert", "archive"])
def test_the_same_id_twice_loses_the_batch(what: str) -> None:
    """With or without trace ids; addresses count as equal in any case."""
    api = caller()
    contact = api.hubspot.add_contact(email="ana@example.test")
    twin = {"properties": {"firstname": "A"}}
    if what == "upsert":
        inputs = [
            {"id": address, "idProperty": "email", "objectWriteTraceId": address, **twin}
            for address in ("ana@example.test", "Ana@Example.test")
        ]
    else:
        inputs = [{"id": contact, "objectWriteTraceId": trace, **twin} for trace in ("a", "b")]
    body = api.batch(what, inputs)
    assert api.status == 400
    assert body["message"].startswith("Duplicate IDs found in batch input: [")


@pytest.mark.parametrize("traced", [True, False])
def test_missing_ids_make_a_207_with_one_entry(traced: bool) -> None:
    """Read and update: what is there is answered, all ids that are not stand in one entry."""
    api = caller()
    contact = api.hubspot.add_contact(firstname="Ana")
    inputs = [{"id": one, "properties": {"phone": "1"}} for one in (contact, "1", "2")]
    if traced:
        inputs = [{**one, "objectWriteTraceId": str(one["id"])} for one in inputs]
    for what in ("update", "read"):
        body = api.batch(what, inputs)
        assert api.status == 207 and [row["id"] for row in body["results"]] == [contact]
        (error,) = body["errors"]
        assert error["category"] == "OBJECT_NOT_FOUND" and error["context"]["ids"] == ["1", "2"]
        assert error["message"].startswith("Could not get some CONTACT objects")


def test_update_goes_by_id_or_own_unique_property_only() -> None:
    """The address is refused as a key of batch/update."""
    api = caller()
    key_property(api)
    api.hubspot.add_contact(email="ana@example.test", clinic_key="7")
    body = api.batch(
        "update", [{"id": "ana@example.test", "idProperty": "email", "properties": {"phone": "1"}}]
    )
    assert api.status == 400
    assert body["message"] == "Unable to perform update/upsert by non-unique 0-1 property email"
    api.batch("update", [{"id": "7", "idProperty": "clinic_key", "properties": {"phone": "1"}}])
    assert api.status == 200


def test_upsert_makes_and_changes_and_tells_which() -> None:
    """By a unique property: `new` says which it was; the key comes back; others stay untouched."""
    api = caller()
    key_property(api)
    upserts(api, {"clinic_key": "7", "firstname": "Ana", "phone": "1"})
    body = upserts(api, {"clinic_key": "7", "firstname": "Ann"}, {"clinic_key": "8", "firstname": "Bo"})
    by_key = {row["properties"]["clinic_key"]: row for row in body["results"]}
    assert {key: row["new"] for key, row in by_key.items()} == {"7": False, "8": True}
    assert api.hubspot.contact(by_key["7"]["id"])["phone"] == "1"
    api.hubspot.switches.echo_key = False
    assert "clinic_key" not in upserts(api, {"clinic_key": "7", "phone": "2"})["results"][0]["properties"]


def test_upsert_keys_that_merely_look_unique_are_refused() -> None:
    """`dealname` is none; a missing idProperty neither."""
    api = caller()
    body = api.batch("upsert", [{"id": "a", "idProperty": "dealname", "properties": {}}], "0-3")
    assert body["message"] == "Unable to perform update/upsert by non-unique 0-3 property dealname"
    api.batch("upsert", [{"id": "a", "properties": {"firstname": "A"}}])
    assert api.status == 400


@pytest.mark.parametrize("shape", ["409", "400"])
def test_a_taken_address_is_a_conflict_never_a_link(shape: Any) -> None:
    """In both shapes the owner can be read out; upsert by another key does not match by address."""
    api = caller(email_conflict=shape)
    key_property(api)
    owner = api.hubspot.add_contact(email="ana@example.test")
    body = upserts(
        api, {"clinic_key": "7", "email": "ANA@example.test"}, {"clinic_key": "8", "firstname": "B"}
    )
    assert api.status == 207 and len(body["results"]) == 1
    error = body["errors"][0]
    if shape == "409":
        assert error["category"] == "CONFLICT" and error["context"]["existingId"] == [owner]
        assert error["message"] == f"Contact already exists. Existing ID: {owner}"
    else:
        assert error["category"] == "VALIDATION_ERROR"
        assert error["message"].endswith(f". {owner} already has that value.")
        assert "objectTypeId=ObjectTypeId{legacyObjectType=CONTACT}, propertyName=email" in error["message"]
    body = upserts(api, {"clinic_key": "7", "email": "ana@example.test"}, traced=False)
    assert api.status == int(shape)
    assert "clinic_key" not in api.hubspot.contact(owner)


def test_unique_values_hold_within_one_batch_and_in_its_order() -> None:
    """Two new people with one address: the second is refused. A swap in one batch meets the first holder."""
    api = caller()
    body = api.batch("create", rows({"email": "a@example.test"}, {"email": "a@example.test"}, traced=True))
    assert (len(body["results"]), body["errors"][0]["message"]) == (1, "Contact already exists")
    one, other = (
        api.hubspot.add_contact(email="b@example.test"),
        api.hubspot.add_contact(email="c@example.test"),
    )
    swap = [
        {"id": one, "properties": {"email": "c@example.test"}, "objectWriteTraceId": "1"},
        {"id": other, "properties": {"email": "b@example.test"}, "objectWriteTraceId": "2"},
    ]
    assert len(api.batch("update", swap)["errors"]) == 2
    hand_over = [
        {"id": one, "properties": {"email": ""}, "objectWriteTraceId": "1"},
        {"id": other, "properties": {"email": "b@example.test"}, "objectWriteTraceId": "2"},
    ]
    assert "errors" not in api.batch("update", hand_over)
    found = api.hubspot.by_email("b@example.test")
    assert found is not None and found["hs_object_id"] == other


def test_own_unique_values_are_refused_by_coordinates() -> None:
    """A custom unique value that is taken is a 400 that names property, value and owner."""
    api = caller()
    key_property(api)
    owner = api.hubspot.add_contact(firstname="A", clinic_key="7")
    other = api.hubspot.add_contact(firstname="B")
    body = api.patch(f"/crm/objects/{{v}}/contacts/{other}", {"properties": {"clinic_key": "7"}})
    assert api.status == 400
    assert (
        f"propertyName=clinic_key, value=7}} on {other}. {owner} already has that value." in body["message"]
    )


def test_further_addresses_are_taken_too() -> None:
    """Another contact's additional address conflicts; one's own changes places with the main one."""
    api = caller()
    ana = api.hubspot.add_contact(email="a@example.test", hs_additional_emails="b@example.test")
    api.post("/crm/objects/{v}/contacts", {"properties": {"email": "b@example.test"}})
    assert api.status == 409
    assert api.get("/crm/objects/{v}/contacts/b@example.test", idProperty="email")["id"] == ana
    api.patch(f"/crm/objects/{{v}}/contacts/{ana}", {"properties": {"email": "b@example.test"}})
    held = api.hubspot.contact(ana)
    assert (held["email"], held["hs_additional_emails"]) == ("b@example.test", "a@example.test")


def test_archiving_in_a_batch_forgives_what_is_gone() -> None:
    """204 also for ids that are not there."""
    api = caller()
    contact = api.hubspot.add_contact(firstname="A")
    api.batch("archive", [{"id": contact}, {"id": "1"}])
    assert api.status == 204 and api.hubspot.contacts() == {}


def test_deals_are_made_with_their_contact() -> None:
    """Associations at creation need a target that exists and a type of the right direction."""
    api = caller()
    ana = api.hubspot.add_contact(firstname="A")
    deal = {"dealname": "Visit", "dealstage": "contractsent"}

    def linked(contact: str, type_id: int) -> dict[str, Any]:
        types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id}]
        return {"properties": deal, "associations": [{"to": {"id": contact}, "types": types}]}

    body = api.batch("create", [linked(ana, 3)], "deals")
    assert api.status == 201 and api.hubspot.deals_of(ana) == [body["results"][0]["id"]]
    api.batch("create", [linked(ana, 4)], "deals")
    assert api.status == 400
    inputs = [{**linked(contact, 3), "objectWriteTraceId": contact} for contact in (ana, "1")]
    body = api.batch("create", inputs, "deals")
    assert api.status == 207 and body["errors"][0]["context"]["objectWriteTraceId"] == ["1"]


def test_forgotten_fields_leave_something_to_read() -> None:
    """With a seed, optional fields of errors go missing, the message never."""
    api = caller(forget_seed=3)
    seen = set()
    for _ in range(20):
        body = api.post("/crm/objects/{v}/contacts", {"properties": {"email": "x", "nope": "1"}})
        assert api.status == 400 and body["message"]
        seen.add(frozenset(body))
    assert len(seen) > 3


def test_errors_may_come_under_a_plain_200() -> None:
    """By switch, as a newer version declares it."""
    api = caller(errors_under_ok=True)
    contact = api.hubspot.add_contact(firstname="A")
    body = api.batch("read", [{"id": contact}, {"id": "1"}])
    assert api.status == 200 and len(body["errors"]) == 1
    body = api.batch("create", rows({"firstname": "Ana"}, {"email": "nope"}, traced=True))
    assert api.status == 201 and len(body["errors"]) == 1
