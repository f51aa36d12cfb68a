"""Keys, scopes, limits and what the account tells about itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.app.sandbox.hubspot_caller import caller


def test_an_unknown_key_is_refused() -> None:
    """401 with INVALID_AUTHENTICATION, before anything else is looked at."""
    api = caller()
    api.token = "pat-na1-wrong"
    body = api.get("/account-info/{v}/details")
    assert (api.status, body["category"]) == (401, "INVALID_AUTHENTICATION")
    assert "X-HubSpot-Correlation-Id" in api.last.headers


@pytest.mark.parametrize("shape", ["errors", "context", "bare"])
def test_a_missing_scope_is_named(shape: str) -> None:
    """403 MISSING_SCOPES names the scope in either of two places, or nowhere."""
    api = caller(scope_error=shape)
    api.hubspot.deny("crm.objects.deals.read")
    body = api.get("/crm/objects/{v}/0-3")
    assert (api.status, body["category"]) == (403, "MISSING_SCOPES")
    wanted = {"requiredGranularScopes": ["crm.objects.deals.read"]}
    assert (body.get("context") == wanted) is (shape == "context")
    assert bool(body.get("errors")) is (shape == "errors")
    api.get("/crm/objects/{v}/contacts")
    assert api.status == 200


def test_a_write_scope_does_not_read() -> None:
    """Each call asks for its own scope: writing may be allowed where reading is not."""
    api = caller()
    api.hubspot.deny("crm.objects.contacts.read")
    api.post("/crm/objects/{v}/contacts", {"properties": {"firstname": "Ana"}})
    assert api.status == 201
    api.get("/crm/objects/{v}/contacts")
    assert api.status == 403


def test_schema_scopes_are_their_own() -> None:
    """Properties and pipelines ask for crm.schemas scopes, limits for any object's read scope."""
    api = caller()
    api.hubspot.deny("crm.schemas.deals.write", "crm.schemas.contacts.write")
    api.post("/crm/pipelines/{v}/deals", {"label": "Other", "displayOrder": 1, "stages": []})
    assert api.status == 403
    api.get("/crm/pipelines/{v}/deals")
    assert api.status == 200
    api.get("/crm/limits/{v}/custom-properties")
    assert api.status == 200
    api.hubspot.deny("crm.objects.contacts.read", "crm.objects.deals.read", "crm.objects.owners.read")
    api.get("/crm/limits/{v}/custom-properties")
    assert api.status == 403


def test_the_key_tells_its_scopes() -> None:
    """The undated address lists scopes, `oauth` always among them, and can be switched off."""
    api = caller()
    body = api.post("/oauth/v2/private-apps/get/access-token-info", {"tokenKey": api.hubspot.token})
    assert "oauth" in body["scopes"] and "crm.schemas.deals.write" in body["scopes"]
    assert body["hubId"] == 7_654_321
    api.hubspot.switches.token_info = False
    api.post("/oauth/v2/private-apps/get/access-token-info", {"tokenKey": api.hubspot.token})
    assert api.status == 404


def test_the_account_tells_its_zone_and_links() -> None:
    """Details follow the clock: Sydney is eleven hours ahead in November, ten in July."""
    api = caller()
    body = api.get("/account-info/{v}/details")
    assert (body["utcOffset"], body["uiDomain"]) == ("+11:00", "app-ap1.hubspot.com")
    api.clock.at = datetime(2026, 7, 1, tzinfo=UTC)
    assert api.get("/account-info/{v}/details")["utcOffsetMilliseconds"] == 36_000_000


def test_the_burst_is_rolling_and_told_in_headers() -> None:
    """The call after the limit is a 429 until the oldest has left the window."""
    api = caller(burst=3)
    for left in (2, 1, 0):
        api.get("/account-info/{v}/details")
        assert api.last.headers["X-HubSpot-RateLimit-Remaining"] == str(left)
        api.clock.pass_(2)
    body = api.get("/account-info/{v}/details")
    assert (api.status, body["policyName"], body["errorType"]) == (429, "TEN_SECONDLY_ROLLING", "RATE_LIMIT")
    assert "Retry-After" not in api.last.headers
    api.clock.pass_(4.1)
    api.get("/account-info/{v}/details")
    assert api.status == 200


def test_search_has_its_own_limit_and_no_headers() -> None:
    """Five searches a second; their answers carry no rate headers, refused or not."""
    api = caller(search_per_s=5, burst=100)
    for _ in range(5):
        api.search()
        assert not any("RateLimit" in name for name in api.last.headers)
    body = api.search()
    assert (api.status, body["policyName"]) == (429, "SECONDLY")
    assert not any("RateLimit" in name for name in api.last.headers)
    api.clock.pass_(1.01)
    api.search()
    assert api.status == 200


def test_the_day_ends_at_midnight_of_the_account() -> None:
    """DAILY is lifted when the day turns in Sydney (13:00 UTC in summer), not in UTC."""
    api = caller(daily=2, retry_after=True, rate_error_as_category=True)
    api.get("/account-info/{v}/details")
    api.get("/account-info/{v}/details")
    body = api.get("/account-info/{v}/details")
    assert (api.status, body["policyName"], body["category"]) == (429, "DAILY", "RATE_LIMITS")
    assert "Retry-After" in api.last.headers
    api.clock.at = datetime(2026, 11, 20, 12, 59, tzinfo=UTC)
    api.get("/account-info/{v}/details")
    assert api.status == 429
    api.clock.at = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
    api.get("/account-info/{v}/details")
    assert api.status == 200


def test_limits_follow_the_plan() -> None:
    """Free: ten custom properties, one pipeline, a thousand contacts; what is used is told."""
    api = caller("free")
    api.hubspot.add_property("contacts", "favourite_colour")
    rows = {row["objectTypeId"]: row for row in api.get("/crm/limits/{v}/custom-properties")["byObjectType"]}
    assert (rows["0-1"]["limit"], rows["0-1"]["usage"], rows["0-3"]["usage"]) == (10, 1, 0)
    row = api.get("/crm/limits/{v}/pipelines")["hubspotDefinedObjectTypes"][0]
    assert (row["objectTypeId"], row["limit"], row["usage"]) == ("0-3", 1, 1)
    rows = api.get("/crm/limits/{v}/records")["hubspotDefinedObjectTypes"]
    assert rows[0]["limit"] == 1_000


def test_only_served_versions_answer() -> None:
    """An unknown version or address is a 404 without JSON."""
    api = caller(versions=("2026-03",))
    api.version = "2026-09"
    api.get("/crm/objects/{v}/contacts")
    assert api.status == 404 and isinstance(api.last.body, str)
    api.get("/crm/v3/objects/contacts")
    assert api.status == 404
