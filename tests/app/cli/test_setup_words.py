"""The words that set things up: settings, keys and the list of properties."""

from __future__ import annotations

import io
import json

import pytest

from app.assembly import Sandbox
from app.instance_lock import InstanceLock
from app.settings import SETTINGS
from tests.app.cli.terminal import Terminal

TOKEN = "pat-na1-0000aaaa-bbbb-cccc-dddd-eeeeffff0000"


def test_settings_are_listed_read_and_set(terminal: Terminal) -> None:
    """The same keys as in the window; neither keys nor network are needed."""
    rows = terminal("settings", "list", "--json").json
    assert [row["key"] for row in rows] == list(SETTINGS)
    assert terminal("settings", "set", "deals.owner_table", '{"12": "34"}').code == 0
    ran = terminal("settings", "get", "deals.owner_table", "--json")
    assert ran.json["value"] == {"12": "34"}
    assert json.loads(terminal("settings", "get", "deals.owner_table").out) == {"12": "34"}
    assert terminal("settings", "get", "privacy.level").out == "standard\n"
    assert terminal("settings", "get", "contact.email", "--json").json["value"] is None


def test_settings_work_beside_a_running_execution(terminal: Terminal) -> None:
    """The lock is for executions only."""
    with InstanceLock(terminal.folder.lock):
        assert terminal("settings", "set", "sync.interval_minutes", "30").code == 0
        assert terminal("settings", "get", "sync.interval_minutes").out == "30\n"


@pytest.mark.parametrize(
    ("first", "second"),
    [("streams.invoices", "appointments.add_amount"), ("appointments.add_amount", "streams.invoices")],
)
def test_counting_twice_needs_yes(terminal: Terminal, first: str, second: str) -> None:
    """R24: the second of the two is refused without --yes, and nothing is kept."""
    assert terminal("settings", "set", first, "true").code == 0
    ran = terminal("settings", "set", second, "true")
    assert ran.code == 2
    assert "--yes" in ran.err
    assert terminal("settings", "get", second).out == "false\n"
    assert terminal("settings", "set", second, "true", "--yes").code == 0
    assert terminal("settings", "get", second).out == "true\n"


def test_a_dash_before_a_value_is_a_value(terminal: Terminal) -> None:
    """A dash empties a text, and a negative number is out of range rather than an unknown option."""
    assert terminal("settings", "set", "deals.fixed_owner", "77").code == 0
    assert terminal("settings", "set", "deals.fixed_owner", "–").code == 0
    assert terminal("settings", "get", "deals.fixed_owner").out == "\n"
    ran = terminal("settings", "set", "sync.interval_minutes", "-5")
    assert (ran.code, "between 5 and 240" in ran.err) == (2, True)


def test_a_key_is_read_from_standard_input(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The secret is kept in the password store under its fixed names, and shown nowhere."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{TOKEN}\n"))
    ran = terminal("keys", "set", "hubspot", "--json")
    assert ran.code == 0
    assert terminal.passwords.secrets == {("ClinicBridge", "hubspot"): TOKEN}
    assert TOKEN not in ran.out + ran.err
    assert terminal("keys", "forget").code == 0
    assert terminal.passwords.secrets == {}


@pytest.mark.parametrize("typed", ["", "  \n", "ключ", "x" * 5000])
def test_what_is_no_key_is_refused(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    """Exit 2; nothing is kept."""
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert terminal("keys", "set", "cliniko").code == 2
    assert terminal.passwords.secrets == {}


def test_a_locked_password_store_is_explained(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 3, never a plain file instead."""
    terminal.passwords.is_locked = True
    monkeypatch.setattr("sys.stdin", io.StringIO(TOKEN))
    ran = terminal("keys", "set", "hubspot")
    assert ran.code == 3
    assert "password store" in ran.err
    assert terminal("sync", "--json").code == 3
    assert TOKEN not in "".join(
        file.read_text(encoding="utf-8", errors="replace")
        for file in terminal.folder.root.rglob("*")
        if file.is_file()
    )


def test_both_keys_are_tested_by_their_rights(connected: Terminal, sandbox: Sandbox) -> None:
    """All well: exit 0, the clinic and the portal named back."""
    ran = connected("keys", "test", "--json")
    assert ran.code == 0
    assert all(set(row) == {"check", "ok", "message"} and row["ok"] for row in ran.json)
    assert "7654321" in ran.out


def test_every_missing_right_is_named(connected: Terminal, sandbox: Sandbox) -> None:
    """Exit 4; what only costs owners or a source is named, and is no failure."""
    sandbox.cliniko.deny("patients", "attendees", "users")
    sandbox.hubspot.deny("crm.objects.deals.write", "crm.schemas.contacts.write")
    ran = connected("keys", "test", "--json")
    assert ran.code == 4
    failed = {row["check"] for row in ran.json if not row["ok"]}
    assert failed == {
        "cliniko right patients",
        "cliniko right attendees",
        "hubspot scope crm.objects.deals.write",
        "hubspot scope crm.schemas.contacts.write",
    }
    noted = {row["check"] for row in ran.json if row["ok"]}
    assert "cliniko right users" in noted


def test_what_a_test_cannot_try_is_said(connected: Terminal, sandbox: Sandbox) -> None:
    """Where HubSpot does not tell the scopes, those for reading are tried and nothing is written to try the rest."""
    sandbox.hubspot.switches.token_info = False
    sandbox.hubspot.deny("crm.objects.owners.read", "crm.objects.deals.write")
    ran = connected("keys", "test", "--json")
    assert ran.code == 0
    noted = {row["check"]: row["message"] for row in ran.json}
    assert "hubspot scope crm.objects.owners.read" in noted
    assert "hubspot scopes" not in noted
    assert "crm.objects.deals.write" in noted["hubspot scopes for writing"]
    sandbox.hubspot.deny("crm.objects.contacts.read")
    ran = connected("keys", "test", "--json")
    assert ran.code == 4
    assert [row["check"] for row in ran.json if not row["ok"]] == ["hubspot scope crm.objects.contacts.read"]


def test_a_refused_key_is_named(connected: Terminal, sandbox: Sandbox) -> None:
    """Exit 4 for a revoked key; the other one is tested all the same."""
    sandbox.hubspot.revoke_key()
    ran = connected("keys", "test", "--json")
    assert ran.code == 4
    assert [row["check"] for row in ran.json if not row["ok"]] == ["hubspot key"]
    assert any(row["check"] == "cliniko key" and row["ok"] for row in ran.json)


def test_missing_keys_are_exit_3(terminal: Terminal, sandbox: Sandbox) -> None:
    """Without one of the keys it is not set up."""
    terminal.environ.update(sandbox.environ())
    del terminal.environ["HUBSPOT_ACCESS_TOKEN"]
    ran = terminal("keys", "test", "--json")
    assert ran.code == 3
    assert "HubSpot key is not set" in ran.out


@pytest.mark.parametrize(
    "address", ["http://api.example.test/v1", "ftp://127.0.0.1/", "https://user:word@api.example.test"]
)
@pytest.mark.parametrize("variable", ["CLINIKO_BASE_URL", "HUBSPOT_BASE_URL"])
def test_an_unsafe_address_is_refused(connected: Terminal, variable: str, address: str) -> None:
    """I9: exit 2 before any key is sent."""
    connected.environ[variable] = address
    assert connected("keys", "test").code == 2
    assert connected("sync", "--json").code == 2


def test_the_list_of_properties_needs_nothing(terminal: Terminal) -> None:
    """R63: neither keys nor data; as text, JSON and CSV."""
    rows = terminal("schema", "list", "--json").json
    assert any(row["name"] == "cliniko_patient_key" for row in rows)
    lines = terminal("schema", "list", "--csv").out.splitlines()
    assert len(lines) == len(rows) + 1
    assert lines[0].startswith("name,label,")
    assert not terminal.folder.database.exists()


def test_the_list_of_properties_knows_this_clinic(connected: Terminal, sandbox: Sandbox) -> None:
    """R63: with the clinic's own chosen fields, and on how many records each is filled in."""
    field = {"token": "tok-1", "name": "Shoe size", "type": "text", "archived": False}
    section = {"name": "More", "token": "more", "archived": False, "fields": [field]}
    sandbox.cliniko.settings["patient_custom_fields_definition"]["sections"] = [section]
    connected("settings", "set", "privacy.level", "detailed")
    connected("settings", "set", "patients.custom_fields", '["tok-1", "tok-2"]')
    before = {row["name"]: row for row in connected("schema", "list", "--json").json}
    assert before["cliniko_cf_tok_1"]["label"] == "tok-1"
    assert before["cliniko_patient_key"]["filled"] == 0
    connected("sync", "--only", "patients", "--json")
    after = {row["name"]: row for row in connected("schema", "list", "--json").json}
    assert (after["cliniko_cf_tok_1"]["label"], after["cliniko_cf_tok_2"]["label"]) == ("Shoe size", "tok-2")
    assert after["cliniko_cf_tok_1"]["level"] == "detailed"
    carrying = sum(1 for one in sandbox.hubspot.contacts().values() if one.get("cliniko_patient_key"))
    assert after["cliniko_patient_key"]["filled"] == carrying > 0
    with_title = sum(1 for one in sandbox.hubspot.contacts().values() if one.get("cliniko_title"))
    assert after["cliniko_title"]["filled"] == with_title
    assert "cliniko_cf_tok_1" in connected("schema", "list").out
    assert "cliniko_cf_tok_1,Shoe size" in connected("schema", "list", "--csv").out
