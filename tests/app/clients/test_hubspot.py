"""HubSpot's reads, links, schema and account over a real socket, with hand-made answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from app.clients.hubspot import HubSpotClient
from app.errors import KeysRefused, OutcomeUnknown, RequestRefused, RightsMissing, ServiceUnavailable
from app.sync.ports import Filter, HubSpotPort, Limits
from tests.app.clients.conftest import HUBSPOT_TOKEN
from tests.app.clients.small_server import Asked, Say, reset, small_server
from tests.app.owned_clock import OwnedClock

Make = Callable[..., HubSpotClient]
BURST = {"X-HubSpot-RateLimit-Max": "190", "X-HubSpot-RateLimit-Remaining": "189"}


def row(record_id: str, archived: bool | None = None, **properties: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": record_id,
        "properties": properties,
        "updatedAt": "2026-11-20T01:00:00.000Z",
    }
    return shown if archived is None else {**shown, "archived": archived}


def test_account(hubspot: Make) -> None:
    """apis 1.4: whose portal it is; an answer without a portal is none."""
    body = {
        "portalId": 7654321,
        "timeZone": "Australia/Sydney",
        "companyCurrency": "AUD",
        "uiDomain": "app-ap1.hubspot.com",
        "accountType": "STANDARD",
    }
    with small_server([Say(body=body), Say(body={"timeZone": "x"})]) as server:
        client: HubSpotPort = hubspot(server.base_url)
        account = client.account()
        with pytest.raises(ServiceUnavailable):
            client.account()
        assert client.calls == 2
    assert (account.portal_id, account.currency, account.ui_domain) == (
        "7654321",
        "AUD",
        "app-ap1.hubspot.com",
    )
    assert server.asked[0].target == "/account-info/2026-03/details"


def test_a_token_is_never_shown() -> None:
    """I6: not in repr; a pasted line break is no header."""
    assert HUBSPOT_TOKEN not in repr(HubSpotClient(HUBSPOT_TOKEN, OwnedClock()))
    with pytest.raises(KeysRefused) as refusal:
        HubSpotClient("pat-au1\r\nX: y", OwnedClock())
    assert "pat-au1" not in str(refusal.value)


@pytest.mark.parametrize(
    "answer",
    [Say(404, b"<html>"), Say(401, {}), Say(403, {}), Say(500, {}), Say(body={"scopes": "x"}), Say(body={})],
)
def test_unknown_scopes_are_no_failure(hubspot: Make, answer: Say) -> None:
    """apis 1.4: where HubSpot does not tell the scopes they are unknown, not missing."""
    with small_server([answer]) as server:
        assert hubspot(server.base_url).granted_scopes() is None


def test_scopes(hubspot: Make) -> None:
    """apis 1.4: the token's scopes, asked with the token in the body."""
    with small_server([Say(body={"scopes": ["oauth", "crm.objects.deals.read"]})]) as server:
        assert hubspot(server.base_url).granted_scopes() == {"oauth", "crm.objects.deals.read"}
    assert server.asked[0].json == {"tokenKey": HUBSPOT_TOKEN}


def test_listing(hubspot: Make) -> None:
    """apis 3.1: 100 a page, null and empty values left out, only a true `archived` counts."""
    pages = [
        Say(
            body={
                "results": [row("1", email="a@example.test", city=None, zip="")],
                "paging": {"next": {"after": "2"}},
            }
        ),
        Say(body={"results": [row("2", archived=True)]}),
    ]
    with small_server(pages) as server:
        client = hubspot(server.base_url)
        first, after = client.list_page("contacts", ["email", "city", "email"])
        second, end = client.list_page("contacts", ["email"], after, 500)
    assert (first[0].properties, first[0].archived, after) == ({"email": "a@example.test"}, False, "2")
    assert (second[0].archived, end) == (True, None)
    query = parse_qs(urlsplit(server.asked[1].target).query)
    assert query == {"limit": ["100"], "after": ["2"], "properties": ["email"]}


def test_a_long_property_list_is_read_by_batch(hubspot: Make) -> None:
    """apis 2.5: an address that would grow too long is avoided; every value is still read."""
    names = [f"a_property_with_a_rather_long_name_{number}" for number in range(300)]

    def answer(asked: Asked) -> Say:
        if asked.method == "GET":
            assert len(asked.target) < 6500
            return Say(body={"results": [row("1"), row("2")], "paging": {"next": {"after": "3"}}})
        assert set(names) <= set(asked.json["properties"])
        return Say(body={"results": [row("2", x="b"), row("1", x="a")]})

    with small_server(answer) as server:
        rows, after = hubspot(server.base_url).list_page("contacts", names)
    assert [(each.id, each.properties["x"]) for each in rows] == [("1", "a"), ("2", "b")]
    assert after == "3"


def test_search(hubspot: Make) -> None:
    """apis 4: groups of filters, sorts as objects, the next offset as text."""
    with small_server(
        [Say(body={"total": 300, "results": [row("1")], "paging": {"next": {"after": 200}}})]
    ) as server:
        groups = [
            [Filter("lastmodifieddate", "GTE", "1")],
            [Filter("x", "IN", values=("a", "b")), Filter("y", "HAS_PROPERTY")],
        ]
        page = hubspot(server.base_url).search("contacts", groups, ["email"], "lastmodifieddate", limit=999)
    assert (page.total, page.after, page.rows[0].id) == (300, "200", "1")
    assert server.asked[0].json == {
        "filterGroups": [
            {"filters": [{"propertyName": "lastmodifieddate", "operator": "GTE", "value": "1"}]},
            {
                "filters": [
                    {"propertyName": "x", "operator": "IN", "values": ["a", "b"]},
                    {"propertyName": "y", "operator": "HAS_PROPERTY"},
                ]
            },
        ],
        "properties": ["email"],
        "limit": 200,
        "sorts": [{"propertyName": "lastmodifieddate", "direction": "ASCENDING"}],
    }


def test_a_search_body_stays_short(hubspot: Make) -> None:
    """apis 4: a search may hold 3,000 characters; the values are then read by batch, in the search's order."""
    names = [f"property_{number}" for number in range(400)]

    def answer(asked: Asked) -> Say:
        if asked.target.endswith("/search"):
            assert len(asked.body) <= 3000
            assert asked.json["sorts"][0]["direction"] == "DESCENDING"
            return Say(body={"total": 2, "results": [row("5"), row("4")]})
        return Say(body={"results": [row("4", x="4"), row("5", x="5")]})

    with small_server(answer) as server:
        page = hubspot(server.base_url).search("contacts", [], names, "-createdate")
    assert [each.properties["x"] for each in page.rows] == ["5", "4"]


def test_batch_read(hubspot: Make) -> None:
    """R14: found by the id asked for; missing ones named; two merged ids lead to one survivor."""
    body = {
        "results": [
            row("3"),
            row("77", hs_merged_object_ids="1;2"),
            row("88", hs_calculated_merged_vids="5:163;6:164"),
        ],
        "errors": [{"category": "OBJECT_NOT_FOUND", "context": {"ids": ["4"]}}],
    }
    with small_server([Say(207, body)]) as server:
        read = hubspot(server.base_url).batch_read("contacts", ["1", "2", "3", "4", "6", "3"], ["email"])
        assert len(server.asked) == 1
    assert {each: found.id for each, found in read.found.items()} == {
        "1": "77",
        "2": "77",
        "3": "3",
        "6": "88",
    }
    assert read.missing == {"4"}
    assert server.asked[0].json["properties"] == [
        "email",
        "hs_merged_object_ids",
        "hs_calculated_merged_vids",
    ]


def test_a_survivor_that_does_not_tell(hubspot: Make) -> None:
    """R14: where no property explains an answer, each open id is read alone."""

    def answer(asked: Asked) -> Say:
        ids = [each["id"] for each in asked.json["inputs"]]
        survivors = {"1": "77", "2": "78", "3": "3"}
        return Say(body={"results": [row(survivors[each]) for each in reversed(ids) if each in survivors]})

    with small_server(answer) as server:
        read = hubspot(server.base_url).batch_read("contacts", ["1", "2", "3", "9"], [])
    assert {each: found.id for each, found in read.found.items()} == {"1": "77", "2": "78", "3": "3"}
    assert read.missing == {"9"}


def test_batch_read_by_value(hubspot: Make) -> None:
    """apis 3.3 and 3.8: by address in any case, additional ones included; by key; all missing may be a 404."""
    body = {
        "results": [row("1", email="a@example.test", hs_additional_emails="b@example.test;c@example.test")]
    }
    with small_server([Say(207, body), Say(404, {})]) as server:
        client = hubspot(server.base_url)
        read = client.batch_read(
            "contacts", ["A@Example.test", "c@example.test", "x@example.test"], [], "email"
        )
        none = client.batch_read("contacts", ["1", "2"], [], "cliniko_patient_key")
    assert set(read.found) == {"A@Example.test", "c@example.test"} and read.missing == {"x@example.test"}
    assert none.missing == {"1", "2"}
    assert server.asked[1].json["idProperty"] == "cliniko_patient_key"


def test_a_batch_read_that_failed_in_part(hubspot: Make) -> None:
    """I3: an error that is not about missing records is not taken for missing records."""
    with (
        small_server([Say(207, {"results": [], "errors": [{"category": "SERVER_ERROR"}]})]) as server,
        pytest.raises(ServiceUnavailable),
    ):
        hubspot(server.base_url).batch_read("contacts", ["1"], [])


def test_associate(hubspot: Make) -> None:
    """apis 7: default association by batch; after errors what is linked tells which pairs were refused."""

    def answer(asked: Asked) -> Say:
        if asked.target.endswith("/batch/read"):
            return Say(
                207,
                {
                    "results": [{"from": {"id": "9"}, "to": [{"toObjectId": 5}]}],
                    "errors": [{"category": "OBJECT_NOT_FOUND"}],
                },
            )
        return Say(207, {"results": [], "numErrors": 1, "errors": [{"category": "VALIDATION_ERROR"}]})

    with small_server(answer) as server:
        refused = hubspot(server.base_url).associate(
            "deals", "contacts", [("9", "5"), ("9", "6"), ("8", "5"), ("9", "5")]
        )
    assert refused == [("9", "6"), ("8", "5")]
    assert server.asked[0].target == "/crm/associations/2026-03/deals/contacts/batch/associate/default"
    assert server.asked[0].json["inputs"][0] == {"from": {"id": "9"}, "to": {"id": "5"}}


def test_associate_in_a_call_refused_as_a_whole(hubspot: Make) -> None:
    """apis 7: one wrong pair spoils only itself."""

    def answer(asked: Asked) -> Say:
        pairs = [(each["from"]["id"], each["to"]["id"]) for each in asked.json["inputs"]]
        return Say(404, {}) if ("3", "0") in pairs else Say(body={"results": []})

    with small_server(answer) as server:
        pairs = [(str(number), "0") for number in range(8)]
        assert hubspot(server.base_url).associate("deals", "contacts", pairs) == [("3", "0")]


def test_associations(hubspot: Make) -> None:
    """apis 7: numbers or texts, further pages, and records without any link."""

    def answer(asked: Asked) -> Say:
        if asked.json["inputs"][0].get("after"):
            return Say(body={"results": [{"from": {"id": "1"}, "to": [{"toObjectId": "7"}]}]})
        results = [
            {
                "from": {"id": "1"},
                "to": [{"toObjectId": 5}, {"toObjectId": "6"}],
                "paging": {"next": {"after": "x"}},
            }
        ]
        error = {"category": "OBJECT_NOT_FOUND", "subCategory": "crm.associations.NO_ASSOCIATIONS_FOUND"}
        return Say(207, {"results": results, "errors": [error]})

    with small_server(answer) as server:
        assert hubspot(server.base_url).associations("deals", "contacts", ["1", "2"]) == {
            "1": ("5", "6", "7"),
            "2": (),
        }
    with (
        small_server([Say(207, {"results": [], "errors": [{"category": "X"}]})]) as server,
        pytest.raises(ServiceUnavailable),
    ):
        hubspot(server.base_url).associations("deals", "contacts", ["1"])


def test_dissociate(hubspot: Make) -> None:
    """apis 7: pairs of one record travel together."""
    with small_server([Say(204)]) as server:
        hubspot(server.base_url).dissociate("deals", "contacts", [("1", "5"), ("2", "5"), ("1", "6")])
    assert server.asked[0].json == {
        "inputs": [
            {"from": {"id": "1"}, "to": [{"id": "5"}, {"id": "6"}]},
            {"from": {"id": "2"}, "to": [{"id": "5"}]},
        ]
    }


def test_merge(hubspot: Make) -> None:
    """A merge is sent once; a lost answer is settled by reading both records."""
    with small_server([Say(body={"id": "99"})]) as server:
        assert hubspot(server.base_url).merge_contacts("1", "2") == "99"
        assert server.asked[0].json == {"primaryObjectId": "1", "objectIdToMerge": "2"}
    merged = {"results": [row("99", hs_merged_object_ids="1;2")]}
    with small_server([Say(raw_socket=reset), Say(body=merged)]) as server:
        assert hubspot(server.base_url).merge_contacts("1", "2") == "99"
    apart = {"results": [row("1"), row("2")]}
    with small_server([Say(raw_socket=reset), Say(body=apart)]) as server, pytest.raises(OutcomeUnknown):
        hubspot(server.base_url).merge_contacts("1", "2")


def test_owners(hubspot: Make) -> None:
    """apis 8: people only, addresses in lower case, all pages."""
    people = [
        {"id": "1", "email": "Ari@Example.test", "type": "PERSON", "firstName": "Ari", "lastName": "Novak"},
        {"id": "2", "type": "QUEUE"},
        {"id": "3", "email": None},
    ]
    pages = [Say(body={"results": people, "paging": {"next": {"after": "3"}}}), Say(body={"results": []})]
    with small_server(pages) as server:
        owners = hubspot(server.base_url).owners()
    assert [(owner.id, owner.email, owner.name) for owner in owners] == [
        ("1", "ari@example.test", "Ari Novak"),
        ("3", "", ""),
    ]
    assert len(server.asked) == 2


def test_property_limits(hubspot: Make) -> None:
    """apis 5.5: the slots of the type, or what the account as a whole still has."""
    by_type = [
        {"objectTypeId": "0-1", "limit": 1000, "usage": 40},
        {"objectTypeId": "0-3", "limit": 10, "usage": 2},
    ]
    body = {"overallLimit": 100, "overallUsage": 95, "byObjectType": by_type}
    with small_server([Say(body=body), Say(403, {}), Say(body={})]) as server:
        client = hubspot(server.base_url)
        both = client.property_limits("contacts", "deals")
        assert both == {"contacts": Limits(45, 40), "deals": Limits(7, 2)}
        assert client.calls == 1
        nothing = {"deals": Limits(None, None)}
        assert client.property_limits("deals") == client.property_limits("deals") == nothing


def test_groups_and_properties(hubspot: Make) -> None:
    """apis 5: existing groups and properties are no error; each refused property is named."""
    existing = {"category": "OBJECT_ALREADY_EXISTS", "context": {"name": ["b"]}}
    answers = [
        Say(409, {"category": "OBJECT_ALREADY_EXISTS"}),
        Say(
            207,
            {
                "results": [{"name": "a"}],
                "errors": [existing, {"category": "VALIDATION_ERROR", "context": {"name": "c"}}],
            },
        ),
        Say(body={"name": "a"}),
    ]
    with small_server(answers) as server:
        client = hubspot(server.base_url)
        client.create_group("contacts", "cliniko_patient", "Cliniko patient")
        refused = client.create_properties("contacts", [{"name": name} for name in "abc"])
        client.change_property("deals", "a", {"options": []})
    assert {name: refusal.code for name, refusal in refused.items()} == {"c": "validation"}
    assert [asked.method for asked in server.asked] == ["POST", "POST", "PATCH"]
    assert server.asked[2].target == "/crm/properties/2026-03/deals/a"


def test_properties_refused_as_a_whole(hubspot: Make) -> None:
    """apis 5.3: one property that cannot be made does not keep the others from being made."""

    def answer(asked: Asked) -> Say:
        names = [each["name"] for each in asked.json["inputs"]]
        if "bad" in names:
            return Say(400, {"category": "VALIDATION_ERROR"})
        if "old" in names and len(names) == 1:
            return Say(409, {"category": "OBJECT_ALREADY_EXISTS"})
        return Say(409, {}) if "old" in names else Say(201, {"results": [{"name": name} for name in names]})

    with small_server(answer) as server:
        names = ["a", "b", "old", "c", "bad"]
        refused = hubspot(server.base_url).create_properties("contacts", [{"name": name} for name in names])
    assert set(refused) == {"bad"}


def test_a_missing_scope_is_named(hubspot: Make) -> None:
    """Exit 4: the scope from the body, else the one the call needs."""
    bodies = [{"context": {"requiredGranularScopes": ["crm.schemas.deals.write"]}}, {}]
    for body in bodies:
        with small_server([Say(403, body)]) as server, pytest.raises(RightsMissing) as missing:
            hubspot(server.base_url).create_group("deals", "x", "X")
        assert missing.value.rights == ("crm.schemas.deals.write",)


def test_pipelines(hubspot: Make) -> None:
    """apis 6: ids are ours; a lost answer is settled by looking whether the pipeline or stage is there."""
    made = {"id": "cliniko_appointments", "stages": [{"id": "cliniko_appt_booked"}]}
    listed = Say(body={"results": [{"id": "default"}, made]})
    with small_server([Say(201, made), Say(raw_socket=reset), listed]) as server:
        client = hubspot(server.base_url)
        assert client.create_pipeline({"pipelineId": "cliniko_appointments"}) == made
        assert (
            client.create_stage("cliniko_appointments", {"stageId": "cliniko_appt_booked"})
            == made["stages"][0]
        )
        assert [each["id"] for each in client.pipelines()] == ["default", "cliniko_appointments"]
    with small_server([Say(502, b""), Say(body={"results": []}), Say(201, made)]) as server:
        assert hubspot(server.base_url).create_pipeline({"pipelineId": "cliniko_appointments"}) == made
    with small_server([Say(400, {})]) as server, pytest.raises(RequestRefused):
        hubspot(server.base_url).create_pipeline({"pipelineId": "x"})


def test_limits_are_learnt(hubspot: Make) -> None:
    """apis 2.3: the burst limit the headers name is used; searches have none and their own second."""
    headers = {
        **BURST,
        "X-HubSpot-RateLimit-Daily": "625000",
        "X-HubSpot-RateLimit-Daily-Remaining": "624000",
    }
    with small_server([Say(body={"results": []}, headers=headers)]) as server:
        client = hubspot(server.base_url, share_percent=100)
        client.owners()
        usage = client.transport.usage()
        assert (usage.burst_limit, usage.burst_left, usage.daily_left) == (190, 189, 624000)
        assert client.transport._pacers["main"].limit.calls == 190


def test_searches_are_paced_by_the_second(hubspot: Make, clock: OwnedClock) -> None:
    """apis 2.1: five searches a second for the whole account; ours stay within."""
    with small_server([Say(body={"results": [], "total": 0})]) as server:
        client = hubspot(server.base_url, share_percent=100)
        before = clock.monotonic()
        for _ in range(16):
            client.search("contacts", [], [])
    assert 3.0 <= clock.monotonic() - before < 3.2
