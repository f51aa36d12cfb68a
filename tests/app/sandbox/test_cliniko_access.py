"""Keys, the User-Agent rule, rights, the limit per user, and roads that lead nowhere."""

from __future__ import annotations

import pytest

from tests.app.sandbox.cliniko_caller import Caller


def test_a_key_with_and_without_its_shard(caller: Caller) -> None:
    """Connection: the suffix is optional, another shard's is not ours."""
    bare = caller.clinic.key.rpartition("-")[0]
    for key, status in ((caller.clinic.key, 200), (bare, 200), (f"{bare}-uk1", 401), ("other-au1", 401)):
        caller.session.auth = (key, "")
        assert caller.get("user").status_code == status


@pytest.mark.parametrize("header", ["", "Bearer abc", "Basic !!!", "Basic YWJj"])
def test_anything_but_basic_is_refused(caller: Caller, header: str) -> None:
    """Connection: without a readable key there is no answer."""
    caller.session.auth = None
    assert caller.send("GET", "user", headers={"Authorization": header}).status_code == 401


def test_a_revoked_key(caller: Caller) -> None:
    """R26, exit 4: the key can be taken away while we run, and come back."""
    caller.clinic.revoke_key()
    assert caller.get("patients").status_code == 401
    caller.clinic.restore_key()
    assert caller.get("patients").status_code == 200


@pytest.mark.parametrize(
    ("agent", "status"),
    [
        ("", 400),
        ("python-requests/2.32", 400),
        ("someone@example.test", 400),
        ("My app", 400),
        ("My app (someone@example.test)", 200),
        ("My app/1.0 (https://example.test; someone@example.test)", 200),
    ],
)
def test_the_caller_has_to_say_who_it_is(caller: Caller, agent: str, status: int) -> None:
    """Connection: a name and a contact address in the User-Agent, else 400; can be switched off."""
    assert caller.send("GET", "user", headers={"User-Agent": agent}).status_code == status
    caller.clinic.switches.require_user_agent = False
    assert caller.send("GET", "user", headers={"User-Agent": agent}).status_code == 200


def test_a_role_may_lack_rights(caller: Caller) -> None:
    """R26: a receptionist's key may not read users or settings, yet what is public."""
    caller.clinic.deny("users", "settings", "patients:write")
    assert caller.get("users").status_code == 403
    assert caller.get("settings").status_code == 403
    assert caller.get("settings/public").status_code == 200
    assert caller.get("user").status_code == 200
    assert caller.get("patients").status_code == 200
    assert caller.send("POST", "patients", json={}).status_code == 403
    caller.clinic.allow("users")
    assert caller.get("users").status_code == 200


def test_the_limit_slides_and_says_when_to_return(caller: Caller) -> None:
    """I7: 429 with the second at which a call is free again; two keys of a user share the window."""
    clinic = caller.clinic
    clinic.switches.rate_limit, clinic.switches.rate_window_s = 3, 6.0
    clinic.add_key("second-key-au1")
    caller.get("user")
    caller.clock.forward(seconds=2)
    caller.session.auth = ("second-key-au1", "")
    assert [caller.get("user").status_code for _ in range(3)] == [200, 200, 429]
    reset = int(caller.get("user").headers["X-RateLimit-Reset"])
    assert reset - caller.clock().timestamp() == 4
    caller.clock.forward(seconds=4)
    assert [caller.get("user").status_code for _ in range(2)] == [200, 429]


def test_the_limit_may_count_in_fixed_windows(caller: Caller) -> None:
    """I7: the kind of window is not documented."""
    clinic = caller.clinic
    clinic.switches.rate_limit, clinic.switches.rate_fixed_window = 2, True
    caller.clock.forward(seconds=59)
    assert [caller.get("user").status_code for _ in range(3)] == [200, 200, 429]
    caller.clock.forward(seconds=1)
    assert caller.get("user").status_code == 200


def test_another_user_has_a_window_of_its_own(caller: Caller) -> None:
    """I7: the limit is per user."""
    clinic = caller.clinic
    clinic.switches.rate_limit = 1
    other = clinic.add_user(first_name="Noor", last_name="Haddad", email="noor@example.test")
    clinic.add_key("other-key-au1", other)
    caller.get("user")
    assert caller.get("user").status_code == 429
    caller.session.auth = ("other-key-au1", "")
    assert caller.get("user").json()["email"] == "noor@example.test"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "nowhere"),
        ("POST", "invoices"),
        ("POST", "patients/1"),
        ("POST", "individual_appointments/1/cancel"),
        ("DELETE", "referral_sources/1"),
        ("GET", "referral_sources/1"),
        ("POST", "contacts/1/unarchive"),
        ("GET", "patients/1/shoes"),
    ],
)
def test_roads_that_lead_nowhere_show_a_page(caller: Caller, method: str, path: str) -> None:
    """Status codes: an unrouted path or method is a 404 in HTML."""
    answer = caller.send(method, path)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("path", ["patients/123", "users/me", "patients/123/referral_source", "taxes/5"])
def test_a_missing_record_is_json(caller: Caller, path: str) -> None:
    """Status codes: no such record is a 404 in JSON."""
    answer = caller.get(path)
    assert answer.status_code == 404
    assert "message" in answer.json()


def test_each_answer_has_a_request_id(caller: Caller) -> None:
    """Connection: X-Request-Id differs from call to call."""
    assert len({caller.get("user").headers["X-Request-Id"] for _ in range(3)}) == 3


def test_settings_and_their_public_part(caller: Caller) -> None:
    """Settings: the account is named in both, its owner only in the one for administrators."""
    full, public = caller.get("settings").json(), caller.get("settings/public").json()
    assert public["account"]["id"] == full["account"]["id"]
    assert public["account"]["subdomain"] == "harbour-street"
    assert "email_from" in full["account"]
    assert "email_from" not in public["account"]
