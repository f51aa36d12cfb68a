"""Our addresses against the vendor's own client, so that both simulators and we answer to someone else than us."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.clients.hubspot import HubSpotClient
from app.clients.hubspot_wire import API_VERSION, TOKEN_PATH
from app.errors import ClinicBridgeError
from app.sync.ports import Input
from tests.app.clients.small_server import Say, small_server

FOUND = find_spec("hubspot_sdk")


@pytest.mark.skipif(FOUND is None, reason="hubspot-sdk is not installed")
def test_every_path_is_the_vendors(hubspot: Callable[..., HubSpotClient]) -> None:
    """apis 0.1: each endpoint we call exists, with that method, in the client HubSpot generates for our version."""
    assert FOUND is not None and FOUND.origin is not None
    known: set[tuple[str, str]] = set()
    call = re.compile(
        r"self\._(get|post|put|patch|delete|get_api_list)\(\s*(?:path_template\(\s*)?\"(/[^\"]+)\""
    )
    for file in Path(FOUND.origin).parent.rglob("*.py"):
        for method, path in call.findall(file.read_text(encoding="utf-8")):
            pattern = "[^/]+".join(re.escape(part) for part in re.split(r"\{[^}]*\}", path))
            known.add(("GET" if method == "get_api_list" else method.upper(), pattern))
    with small_server([Say(body={"results": [], "id": "1", "portalId": 1})]) as server:
        client = hubspot(server.base_url)
        one = [Input("t", "1", {"a": "b"})]
        for act in (
            client.account,
            client.owners,
            client.pipelines,
            lambda: client.list_page("contacts", []),
            lambda: client.list_page("deals", []),
            lambda: client.search("contacts", [], []),
            lambda: client.search("deals", [], []),
            lambda: client.batch_read("contacts", ["1"], []),
            lambda: client.batch_read("deals", ["1"], []),
            lambda: client.batch_update("contacts", one),
            lambda: client.batch_update("deals", one),
            lambda: client.batch_upsert("contacts", "k", one),
            lambda: client.batch_upsert("deals", "k", one),
            lambda: client.archive("contacts", ["1"]),
            lambda: client.archive("deals", ["1"]),
            lambda: client.associate("deals", "contacts", [("1", "2")]),
            lambda: client.associations("deals", "contacts", ["1"]),
            lambda: client.dissociate("deals", "contacts", [("1", "2")]),
            lambda: client.merge_contacts("1", "2"),
            lambda: client.property_limits("contacts"),
            lambda: client.properties("deals"),
            lambda: client.groups("deals"),
            lambda: client.create_group("deals", "a", "b"),
            lambda: client.create_properties("deals", [{"name": "a"}]),
            lambda: client.change_property("deals", "a", {}),
            lambda: client.create_pipeline({}),
            lambda: client.create_stage("1", {}),
        ):
            try:
                act()
            except ClinicBridgeError as error:
                raise AssertionError(f"{act}: {error}") from error
    strangers = set()
    for asked in server.asked:
        path = urlsplit(asked.target).path
        if path == TOKEN_PATH:
            continue
        assert API_VERSION in path
        if not any(method == asked.method and re.fullmatch(pattern, path) for method, pattern in known):
            strangers.add((asked.method, path))
    assert strangers == set()
