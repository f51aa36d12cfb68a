"""Search: filters, limits, order, and an index that is late."""

from __future__ import annotations

from typing import Any

import pytest

from app.sandbox.hubspot_kinds import millis
from tests.app.sandbox.hubspot_caller import Caller, caller


def where(name: str, operator: str, value: Any = None, **more: Any) -> dict[str, Any]:
    """One filter."""
    return {"propertyName": name, "operator": operator, **({} if value is None else {"value": value}), **more}


def portal() -> Caller:
    """Four contacts, one a second."""
    api = caller()
    api.hubspot.add_property("contacts", "visits", type="number")
    api.hubspot.add_property("contacts", "colour", type="enumeration", options=("Red", "green"))
    for first, last, visits, colour in (
        ("Ana", "Lim", "3", "Red"),
        ("Bo", "Adams", "20", "green"),
        ("Cy", "Ng-Smith", "100", ""),
        ("Di", "Brown", "", ""),
    ):
        api.hubspot.add_contact(
            firstname=first, lastname=last, visits=visits, colour=colour, email=f"{first}@example.test"
        )
        api.clock.pass_(1)
    return api


def found(api: Caller, *filters: dict[str, Any], **more: Any) -> str:
    """Initials of the hits, in their order."""
    body = api.search(*filters, **more)
    return "".join(row["properties"]["firstname"][0] for row in body["results"])


@pytest.mark.parametrize(
    ("one", "hits"),
    [
        (where("firstname", "EQ", "ANA"), "A"),
        (where("firstname", "NEQ", "ana"), "BCD"),
        (where("visits", "GT", "20"), "C"),
        (where("visits", "GTE", "20"), "BC"),
        (where("visits", "LT", "100"), "AB"),
        (where("visits", "BETWEEN", "3", highValue="20"), "AB"),
        (where("visits", "EQ", "20.0"), "B"),
        (where("visits", "HAS_PROPERTY"), "ABC"),
        (where("visits", "NOT_HAS_PROPERTY"), "D"),
        (where("colour", "EQ", "red"), ""),
        (where("colour", "IN", values=["Red", "green"]), "AB"),
        (where("colour", "NOT_IN", values=["Red"]), "B"),
        (where("firstname", "IN", values=["ana", "bo"]), "AB"),
        (where("firstname", "IN", values=["Ana"]), ""),
        (where("lastname", "CONTAINS_TOKEN", "smith"), "C"),
        (where("lastname", "CONTAINS_TOKEN", "ad*"), "B"),
        (where("email", "CONTAINS_TOKEN", "*example.test"), "ABCD"),
        (where("lastname", "NOT_CONTAINS_TOKEN", "smith"), "ABD"),
        (where("createdate", "GTE", "2026-11-20T01:02:05.000Z"), "CD"),
    ],
)
def test_operators(one: dict[str, Any], hits: str) -> None:
    """Text ignores case, choices do not, lists of text want lower case, numbers compare as numbers."""
    assert found(portal(), one) == hits


def test_groups_are_alternatives_and_filters_add_up() -> None:
    """AND within a group, OR between groups, each record once."""
    api = portal()
    groups = [
        {"filters": [where("visits", "HAS_PROPERTY"), where("colour", "NOT_HAS_PROPERTY")]},
        {"filters": [where("firstname", "EQ", "ana")]},
        {"filters": [where("lastname", "EQ", "lim")]},
    ]
    body = api.post("/crm/objects/{v}/contacts/search", {"filterGroups": groups})
    assert [row["properties"]["firstname"] for row in body["results"]] == ["Ana", "Cy"]


def test_order_and_pages() -> None:
    """Oldest first, or one sort; `after` counts; the end has no paging."""
    api = portal()
    assert found(api) == "ABCD"
    sorts = [{"propertyName": "visits", "direction": "DESCENDING"}]
    assert found(api, sorts=sorts) == "CBAD"
    body = api.search(limit=3)
    assert (body["total"], body["paging"]["next"]["after"]) == (4, "3")
    body = api.search(limit=3, after="3")
    assert len(body["results"]) == 1 and "paging" not in body
    assert found(api, query="ng-smith") == "C"


@pytest.mark.parametrize(
    "body",
    [
        {"filterGroups": [{"filters": [where("firstname", "EQ", "a")]}] * 6},
        {"filterGroups": [{"filters": [where("firstname", "EQ", "a")] * 7}]},
        {"filterGroups": [{"filters": [where("firstname", "EQ", "a")] * 4}] * 5},
        {"filterGroups": [{"filters": [where("no_such", "EQ", "a")]}]},
        {"filterGroups": [{"filters": [where("firstname", "LIKE", "a")]}]},
        {"filterGroups": [{"filters": [where("firstname", "EQ")]}]},
        {"filterGroups": [{"filters": [where("firstname", "IN", values=[])]}]},
        {"filterGroups": [{"filters": [where("lastmodifieddate", "GTE", "yesterday")]}]},
        {"filterGroups": [{"filters": [where("lastmodifieddate", "BETWEEN", "1")]}]},
        {"sorts": [{"propertyName": "no_such"}]},
        {"sorts": [{"propertyName": "email"}, {"propertyName": "firstname"}]},
        {"limit": 201},
        {"limit": 0},
        {"after": "later"},
        {"after": "9900", "limit": 200},
        {"query": "x" * 3_000},
    ],
)
def test_what_is_too_much_or_unknown_is_refused(body: dict[str, Any]) -> None:
    """Every limit and every unknown name is a 400."""
    api = portal()
    answer = api.post("/crm/objects/{v}/contacts/search", body)
    assert api.status == 400 and answer["category"] == "VALIDATION_ERROR"


def test_changes_are_found_by_their_time() -> None:
    """A cursor on the time of change, in milliseconds, includes its own moment."""
    api = portal()
    cursor = millis(api.clock())
    api.hubspot.edit_contact(next(iter(api.hubspot.contacts())), phone="1")
    assert found(api, where("lastmodifieddate", "GTE", str(cursor))) == "A"
    assert found(api, where("lastmodifieddate", "GT", str(cursor))) == ""
    assert found(api, where("lastmodifieddate", "LT", str(cursor))) == "BCD"
    assert found(api, where("hs_object_id", "IN", values=list(api.hubspot.contacts())[:2])) == "AB"


def test_the_index_is_late_for_everything() -> None:
    """New, changed and archived records show in search only after the lag; reads are immediate."""
    api = portal()
    api.hubspot.switches.search_lag_s = 10
    ana, bo = list(api.hubspot.contacts())[:2]
    api.hubspot.edit_contact(ana, firstname="Zoe")
    api.clock.pass_(5)
    api.hubspot.edit_contact(ana, firstname="Yan")
    api.hubspot.delete_contact(bo)
    api.hubspot.add_contact(firstname="Ed")
    assert api.get(f"/crm/objects/{{v}}/contacts/{ana}")["properties"]["firstname"] == "Yan"
    assert found(api) == "ABCD"
    api.clock.pass_(5)
    assert found(api) == "ZBCD"
    assert found(api, where("firstname", "EQ", "yan")) == ""
    api.clock.pass_(5)
    assert found(api) == "YCDE"


def test_the_lag_may_differ_from_write_to_write() -> None:
    """Drawn from a range by the seed; a record never goes back in time."""
    api = caller(search_lag_s=(0, 60))
    for number in range(40):
        api.hubspot.add_contact(firstname=f"P{number}")
    api.clock.pass_(30)
    halfway = api.search()["total"]
    assert 0 < halfway < 40
    api.clock.pass_(30)
    assert api.search()["total"] == 40


def test_a_bulk_job_stamps_many_with_one_time() -> None:
    """More equal times than search can page through."""
    api = portal()
    moment = api.clock()
    api.hubspot.bulk_touch(moment)
    assert found(api, where("lastmodifieddate", "EQ", str(millis(moment)))) == "ABCD"


def test_deals_are_found_by_their_contact() -> None:
    """`associations.contact` is a pseudo-property; old ids count."""
    api = portal()
    ana, bo = list(api.hubspot.contacts())[:2]
    deal = api.hubspot.add_deal(dealname="Visit", dealstage="contractsent", contact=ana)
    assert api.search(where("associations.contact", "EQ", ana), kind="0-3")["results"][0]["id"] == deal
    api.hubspot.merge_contacts(bo, ana)
    assert api.search(where("associations.contact", "EQ", ana), kind="0-3")["total"] == 1


def test_only_ten_thousand_can_be_reached() -> None:
    """The total is told, the rest of the pages is a 400."""
    api = caller()
    for number in range(10_050):
        api.hubspot.add_contact(firstname=f"P{number}")
    body = api.search(limit=200, after="9800")
    assert body["total"] == 10_050 and body["paging"]["next"]["after"] == "10000"
    api.search(limit=200, after="10000")
    assert api.status == 400
