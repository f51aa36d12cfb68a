"""One record at a time: create, read, list, change, archive."""

from __future__ import annotations

import pytest

from tests.app.sandbox.hubspot_caller import Caller, caller, key_property

PATH = "/crm/objects/{v}/contacts"


def made(api: Caller, **properties: str) -> str:
    """A contact made by the program; its id."""
    return str(api.post(PATH, {"properties": properties})["id"])


@pytest.mark.parametrize(
    ("name", "status"), [("contacts", 200), ("contact", 200), ("0-1", 200), ("Leads", 400)]
)
def test_objects_go_by_several_names(name: str, status: int) -> None:
    """Plural, singular and type id work; anything else is a 400 without a category."""
    api = caller()
    body = api.get(f"/crm/objects/{{v}}/{name}")
    assert api.status == status
    if status == 400:
        assert body["message"] == "Unable to infer object type from: Leads" and "category" not in body


def test_a_write_tells_what_was_written_and_some_of_its_own() -> None:
    """The answer to a create is not the whole record; the address is lower-case, the stage is lead."""
    api = caller()
    body = api.post(PATH, {"properties": {"email": " Ana@Example.TEST ", "firstname": "Ana"}})
    assert api.status == 201
    assert body["properties"]["email"] == "ana@example.test"
    assert body["properties"]["lifecyclestage"] == "lead"
    assert "lastname" not in body["properties"]
    assert body["createdAt"] == body["updatedAt"] == "2026-11-20T01:02:03.000Z"
    assert body["url"].endswith(f"/record/0-1/{body['id']}")


def test_reads_tell_defaults_empty_ones_as_null_and_no_unknown_ones() -> None:
    """Without a list: the usual properties; with one: those and the system's, unknown names left out."""
    api = caller()
    contact = made(api, firstname="Ana")
    assert api.get(f"{PATH}/{contact}")["properties"]["email"] is None
    asked = api.get(f"{PATH}/{contact}", properties="phone,nonsense")["properties"]
    assert asked.keys() == {"phone", "createdate", "hs_object_id", "lastmodifieddate"}
    assert asked["phone"] is None


def test_a_contact_needs_a_name_or_an_address_and_a_deal_its_name_and_stage() -> None:
    """What is required at creation is refused with 400 when it is missing."""
    api = caller()
    api.post(PATH, {"properties": {"phone": "1"}})
    assert api.status == 400
    api.post("/crm/objects/{v}/0-3", {"properties": {"dealname": "Visit"}})
    assert api.status == 400
    deal = api.post("/crm/objects/{v}/0-3", {"properties": {"dealname": "Visit", "dealstage": "closedwon"}})
    assert api.status == 201
    assert api.hubspot.deal(deal["id"])["pipeline"] == "default"
    assert api.hubspot.deal(deal["id"])["closedate"] == "2026-11-20T01:02:03.000Z"


def test_records_are_found_by_address_and_unique_property_only() -> None:
    """idProperty takes e-mail (any case) and unique properties; anything else is refused."""
    api = caller()
    key_property(api)
    contact = made(api, email="ana@example.test", clinic_key="7")
    assert api.get(f"{PATH}/ANA@example.test", idProperty="email")["id"] == contact
    assert api.get(f"{PATH}/7", idProperty="clinic_key")["id"] == contact
    body = api.get(f"{PATH}/Ana", idProperty="firstname")
    assert api.status == 400
    assert body["message"] == "Unable to perform update/upsert by non-unique 0-1 property firstname"
    api.patch(f"{PATH}/7", {"properties": {"firstname": "Ann"}}, idProperty="clinic_key")
    assert api.hubspot.contact(contact)["firstname"] == "Ann"


def test_every_accepted_write_moves_the_time_of_change() -> None:
    """Also one that changes nothing, unless switched off; `""` clears."""
    api = caller()
    contact = made(api, firstname="Ana", phone="1")
    api.clock.pass_(5)
    body = api.patch(f"{PATH}/{contact}", {"properties": {"firstname": "Ana"}})
    assert body["updatedAt"] == "2026-11-20T01:02:08.000Z"
    assert body["properties"]["lastmodifieddate"] == "2026-11-20T01:02:08.000Z"
    api.hubspot.switches.same_write_bumps = False
    api.clock.pass_(5)
    assert api.patch(f"{PATH}/{contact}", {"properties": {"firstname": "Ana"}})["updatedAt"].endswith(
        "08.000Z"
    )
    api.patch(f"{PATH}/{contact}", {"properties": {"phone": ""}})
    assert "phone" not in api.hubspot.contact(contact)


def test_lists_go_by_id_with_the_last_id_as_next() -> None:
    """At most a hundred a page; `after` is a record id; nobody is lost or doubled."""
    api = caller()
    everyone = [made(api, firstname=f"P{number}") for number in range(25)]
    seen: list[str] = []
    after = "0"
    while after:
        page = api.get(PATH, limit=10, after=after)
        seen += [row["id"] for row in page["results"]]
        after = page.get("paging", {}).get("next", {}).get("after", "")
    assert seen == everyone == sorted(everyone, key=int)
    api.get(PATH, limit=101)
    assert api.status == 400
    api.get(PATH, limit=51, propertiesWithHistory="email")
    assert api.status == 400


def test_the_recycle_bin_is_another_shelf() -> None:
    """Archived: 404 on a plain read, 200 with archived=true, only there in lists, free to be made again."""
    api = caller()
    contact = made(api, email="ana@example.test", firstname="Ana")
    api.call("DELETE", f"{PATH}/{contact}")
    assert api.status == 204
    body = api.get(f"{PATH}/{contact}")
    assert (api.status, body["category"]) == (404, "OBJECT_NOT_FOUND")
    assert api.get(f"{PATH}/{contact}", archived="true")["archived"] is True
    assert api.get(PATH)["results"] == []
    assert [row["id"] for row in api.get(PATH, archived="true")["results"]] == [contact]
    again = made(api, email="ana@example.test")
    assert again != contact
    with pytest.raises(ValueError, match="taken"):
        api.hubspot.restore(contact)
    api.hubspot.edit_contact(again, email="")
    api.hubspot.restore(contact)
    assert api.get(f"{PATH}/{contact}")["properties"]["firstname"] == "Ana"


def test_an_archived_record_may_keep_its_unique_values() -> None:
    """Unknown in real life, hence a switch: then its address stays taken."""
    api = caller(archived_blocks_unique=True)
    contact = made(api, email="ana@example.test")
    api.hubspot.delete_contact(contact)
    api.post(PATH, {"properties": {"email": "ana@example.test"}})
    assert api.status == 409


def test_history_tells_window_from_program() -> None:
    """propertiesWithHistory: newest first, with the kind of source."""
    api = caller()
    contact = made(api, firstname="Ana")
    api.clock.pass_(1)
    api.hubspot.edit_contact(contact, firstname="Ann")
    rows = api.get(f"{PATH}/{contact}", propertiesWithHistory="firstname")["propertiesWithHistory"][
        "firstname"
    ]
    assert [(row["value"], row["sourceType"]) for row in rows] == [("Ann", "CRM_UI"), ("Ana", "INTEGRATION")]


def test_malformed_json_names_the_place() -> None:
    """400 with line and column and without a category."""
    api = caller()
    body = api.call("POST", PATH, b'{"properties": {,}}').body
    assert isinstance(body, dict)
    assert api.status == 400 and body["message"].startswith("Invalid input JSON on line 1, column 17")
    assert "category" not in body


def test_required_rules_count_from_2026_09_on() -> None:
    """An administrator's required value is ignored by 2026-03 and enforced by 2026-09."""
    api = caller()
    api.hubspot.require_property_rule("contacts", "phone")
    api.hubspot.require_property_rule("contacts", "company", when=("jobtitle", "Doctor"))
    api.post(PATH, {"properties": {"firstname": "Ana"}})
    assert api.status == 201
    api.version = "2026-09"
    body = api.post(PATH, {"properties": {"firstname": "Ana", "jobtitle": "Doctor"}})
    assert api.status == 400
    codes = {error["code"] for error in body["errors"]}
    assert codes == {"MISSING_REQUIRED_PROPERTY", "MISSING_CONDITIONAL_REQUIRED_PROPERTY"}


def test_erased_addresses_are_refused_for_ever() -> None:
    """GDPR deletion takes the contact away and blocks its address."""
    api = caller()
    contact = made(api, email="ana@example.test")
    api.post(f"{PATH}/gdpr-delete", {"objectId": contact})
    assert api.status == 204
    api.get(f"{PATH}/{contact}", archived="true")
    assert api.status == 404
    body = api.post(PATH, {"properties": {"email": "ANA@example.test"}})
    assert api.status == 400 and "blocklisted" in body["message"]
    api.post(f"{PATH}/gdpr-delete", {"objectId": "bo@example.test", "idProperty": "email"})
    api.post(PATH, {"properties": {"email": "bo@example.test"}})
    assert api.status == 400


def test_the_contact_limit_holds() -> None:
    """A plan's number of contacts cannot be exceeded."""
    api = caller("free")
    for number in range(1_000):
        api.hubspot.add_contact(firstname=f"P{number}")
    api.post(PATH, {"properties": {"firstname": "Ana"}})
    assert api.status == 403
