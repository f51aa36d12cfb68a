"""Cliniko's endpoints over a real socket, with hand-made answers."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest

from app import __version__
from app.clients.cliniko import HIDDEN_FIELDS, ClinikoClient, SortRefused, hidden_conditions
from app.clients.cliniko_key import NEUTRAL_EMAIL, base_url_of, shard_of, user_agent
from app.errors import KeysRefused, OutcomeUnknown, RequestRefused, RightsMissing, ServiceUnavailable
from app.sync.ports import ClinikoPort
from tests.app.clients.conftest import CLINIKO_KEY
from tests.app.clients.small_server import Asked, Say, small_server
from tests.app.owned_clock import OwnedClock

Make = Callable[..., ClinikoClient]


def page_of(*ids: str, total: object = None, more: bool = False, name: str = "patients") -> Say:
    links = {"self": "x", **({"next": "http://elsewhere.example.test/?page=2"} if more else {})}
    body = {
        name: [{"id": each} for each in ids],
        "total_entries": len(ids) if total is None else total,
        "links": links,
    }
    return Say(body=body, headers={"Date": "Sun, 22 Nov 2026 01:00:05 GMT"})


def query_of(asked: Asked) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(asked.target).query)


@pytest.mark.parametrize(
    ("key", "shard"),
    [
        ("abc-au1", "au1"),
        ("abc-UK2", "uk2"),
        ("a-b-c-ca1", "ca1"),
        ("abc-au12", "au12"),
        ("abc", "au1"),
        ("abc-xyz", "au1"),
        ("abc-au123", "au1"),
        ("abc-a1", "au1"),
        (" abc-eu1\n", "eu1"),
        ("au4", "au1"),
    ],
)
def test_shard(key: str, shard: str) -> None:
    """apis 1.1: what follows the last hyphen, if it looks like a shard, else au1."""
    assert shard_of(key) == shard
    assert base_url_of(shard) == f"https://api.{shard}.cliniko.com/v1"


@pytest.mark.parametrize(
    ("email", "shown"),
    [
        ("desk@clinic.example.test", "desk@clinic.example.test"),
        ("", NEUTRAL_EMAIL),
        ("not an address", NEUTRAL_EMAIL),
        ("a@b\r\nX-Evil: 1", NEUTRAL_EMAIL),
        ("jürgen@example.test", NEUTRAL_EMAIL),
        ("x@y", NEUTRAL_EMAIL),
    ],
)
def test_user_agent_is_always_well_formed(email: str, shown: str) -> None:
    """apis 1.2: Cliniko wants a name and an address; a bad setting never breaks the header."""
    assert user_agent(email) == f"ClinicBridge/{__version__} ({shown})"
    assert re.fullmatch(r"[A-Za-z]+/[\w.]+ \(\S+@\S+\.\S+\)", user_agent(email))


def test_headers(cliniko: Make) -> None:
    """apis 1.1: Basic with the key as the name and an empty password; Accept and User-Agent on each call."""
    with small_server([page_of()]) as server:
        cliniko(server.base_url).list_page("patients")
    headers = server.asked[0].headers
    assert base64.b64decode(headers["authorization"].removeprefix("Basic ")).decode() == CLINIKO_KEY + ":"
    assert headers["accept"] == "application/json"
    assert headers["user-agent"] == f"ClinicBridge/{__version__} (desk@example.test)"


@pytest.mark.parametrize("key", ["", "  ", "abc\ndef-au1", "schlüssel-au1", "a b"])
def test_a_key_that_cannot_be_one(key: str) -> None:
    """I6: a key that would break a header is refused here, without being repeated."""
    with pytest.raises(KeysRefused) as refusal:
        ClinikoClient(key, OwnedClock())
    assert not key.strip() or key not in str(refusal.value)


def test_a_page(cliniko: Make) -> None:
    """R3: higher ids only, sorted by id, 100 a page; more follows where links.next is there; the server's time."""
    with small_server([page_of("7", "8", total=231, more=True), page_of("9", total=0)]) as server:
        client = cliniko(server.base_url)
        page = client.list_page("patients", ["updated_at:>=2026-01-01T00:00:00Z", "archived_at:*"], "6")
        last = client.list_page("patients", after_id="8", page=2, per_page=500)
    assert server.asked[0].target.startswith(
        "/v1/patients?q%5B%5D=updated_at%3A%3E%3D2026-01-01T00%3A00%3A00Z&"
    )
    assert query_of(server.asked[0]) == [
        ("q[]", "updated_at:>=2026-01-01T00:00:00Z"),
        ("q[]", "archived_at:*"),
        ("q[]", "id:>6"),
        ("sort", "id"),
        ("per_page", "100"),
    ]
    assert ("page", "2") in query_of(server.asked[1]) and ("per_page", "100") in query_of(server.asked[1])
    assert ([row["id"] for row in page.rows], page.total, page.has_next) == (["7", "8"], 231, True)
    assert page.served_at == datetime(2026, 11, 22, 1, 0, 5, tzinfo=UTC)
    assert (last.total, last.has_next) == (1, False)


@pytest.mark.parametrize("total", ["12", 12, None, "x", True, -4])
def test_total_entries_is_read_leniently(cliniko: Make, total: object) -> None:
    """reliability: a total of another kind never breaks a pass; it is at least what is here."""
    with small_server([page_of("1", total=total)]) as server:
        assert cliniko(server.base_url).list_page("patients").total in (1, 12)


@pytest.mark.parametrize("body", [{"patients": None}, {"patients": ["x"]}, {}, {"links": {}}])
def test_a_page_of_another_shape(cliniko: Make, body: object) -> None:
    """I3: a page that cannot be read ends the reading; it is not taken for an empty one."""
    with small_server([Say(body=body)]) as server, pytest.raises(ServiceUnavailable):
        cliniko(server.base_url).list_page("patients")


def test_nested_lists_are_found(cliniko: Make) -> None:
    """apis 2.1: the rows stand under the plural of the resource, also for longer paths."""
    with small_server([page_of("1", name="practitioners")]) as server:
        client = cliniko(server.base_url)
        assert len(client.list_page("practitioners/inactive").rows) == 1
        assert len(client.list_page("businesses/9/practitioners").rows) == 1


def test_a_refused_sort_has_a_name(cliniko: Make) -> None:
    """R3: where sorting by id is refused the engine learns it and falls back to page numbers."""
    with small_server([Say(400, {"message": "id cannot be sorted"})]) as server:
        client = cliniko(server.base_url)
        with pytest.raises(SortRefused) as refusal:
            client.list_page("patients", after_id="5")
        assert refusal.value.is_sort
        with pytest.raises(RequestRefused) as other:
            client.list_page("patients", sort="created_at")
        assert not isinstance(other.value, SortRefused)


def test_records_by_id_need_no_order(cliniko: Make) -> None:
    """R3: records asked for by id are read without a sort where it is refused."""

    def answer(asked: Asked) -> Say:
        return Say(400, {}) if ("sort", "id") in query_of(asked) else page_of("9", "3")

    with small_server(answer) as server:
        page = cliniko(server.base_url).list_page("patients", ["id:=3,9", "archived_at:*"])
    assert [row["id"] for row in page.rows] == ["9", "3"]


def test_hidden_conditions() -> None:
    """apis 2.6: only fields a resource can be filtered by, since any other condition is a 400."""
    assert hidden_conditions("patients") == ("archived_at:*",)
    assert hidden_conditions("contacts") == ("archived_at:*", "deleted_at:*")
    assert hidden_conditions("attendees") == ("archived_at:*", "cancelled_at:*", "deleted_at:*")
    assert hidden_conditions("group_appointments") == ("archived_at:*", "deleted_at:*")
    assert hidden_conditions("patient_cases/active") == ("archived_at:*",)
    assert (
        hidden_conditions("practitioners") == hidden_conditions("taxes") == hidden_conditions("users") == ()
    )
    assert all(field.endswith("_at") for fields in HIDDEN_FIELDS.values() for field in fields)


def test_single_records(cliniko: Make) -> None:
    """apis 2.4: archived records are found by id as well; a 404, JSON or HTML, is None."""
    with small_server(
        [Say(body={"id": "55"}), Say(404, b"<html>"), Say(404, {}), Say(body={"id": "1"})]
    ) as server:
        client = cliniko(server.base_url)
        assert client.get("patients/55") == {"id": "55"}
        assert client.get("individual_appointments/8") is None
        assert client.get("patients/55/referral_source") is None
        assert client.get("patients/55", include_hidden=False) == {"id": "1"}
        client.get("settings/public")
        client.get("../users/1")
    assert query_of(server.asked[0]) == [("q[]", "archived_at:*")]
    assert len(query_of(server.asked[1])) == 3
    assert query_of(server.asked[2]) == [("q[]", "archived_at:*")]
    assert query_of(server.asked[3]) == query_of(server.asked[4]) == []


def test_writes(cliniko: Make) -> None:
    """R40: a create is sent once, an update may be repeated; a 422 keeps its fields."""
    refusal = {"message": "Validation Failed", "errors": {"email": "is invalid"}}
    with small_server(
        [Say(201, {"id": "1"}), Say(502, b"<html>"), Say(200, {"id": "1"}), Say(422, refusal)]
    ) as server:
        client: ClinikoPort = cliniko(server.base_url)
        assert client.create("patients", {"last_name": "Lim"}) == {"id": "1"}
        assert client.update("patients/1", {"last_name": "Lim"}) == {"id": "1"}
        with pytest.raises(RequestRefused) as refused:
            client.update("patients/1", {"email": "x"})
        assert refused.value.body == refusal
        assert client.calls == 4
    assert [asked.method for asked in server.asked] == ["POST", "PATCH", "PATCH", "PATCH"]
    assert all(asked.headers["content-type"] == "application/json" for asked in server.asked)
    with small_server([Say(502, b"<html>")]) as server, pytest.raises(OutcomeUnknown):
        cliniko(server.base_url).create("patients", {})
    assert len(server.asked) == 1


def test_a_missing_right_is_named(cliniko: Make) -> None:
    """Exit 4: Cliniko does not name the right; the resource does."""
    with small_server([Say(403, b"")]) as server, pytest.raises(RightsMissing) as missing:
        cliniko(server.base_url).list_page("individual_appointments")
    assert missing.value.rights == ("individual appointments",)


def test_whose_key_and_settings(cliniko: Make) -> None:
    """The key test reads /user, the account check the public settings."""
    with small_server([Say(body={"id": "12"}), Say(body={"account": {}})]) as server:
        client = cliniko(server.base_url)
        assert client.whose_key() == {"id": "12"}
        assert client.public_settings() == {"account": {}}
        assert client.shard == "au4" and "MS0" not in repr(client)
    assert [asked.target for asked in server.asked] == ["/v1/user", "/v1/settings/public"]
