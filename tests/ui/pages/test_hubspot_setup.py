"""HubSpot set-up: what is owned, what is missing or changed, and putting it back."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from app.service.property_list import owned_rows, property_rows
from ui.pages import hubspot_setup
from ui.pages.hubspot_setup import HubSpotSetupPage, with_states

MISSING = {
    "kind": "stage_missing",
    "object": "deals",
    "name": "cliniko_appt_booked",
    "level": "breaking",
    "message": "The stage ‘Booked’ is not in HubSpot.",
}


def open_page(qtbot, at_once, *answers: list[dict[str, Any]]) -> HubSpotSetupPage:
    found = iter(answers)
    setup = SimpleNamespace(
        owned_properties=property_rows, schema_check=lambda: next(found), schema_repair=lambda: next(found)
    )
    connections = SimpleNamespace(limits=lambda: [("contacts", 1000, 58), ("deals", None, None)])
    page = HubSpotSetupPage(at_once(setup=setup, connections=connections))
    qtbot.addWidget(page)
    page.look()
    return page


def test_everything_owned_is_listed_without_keys(qtbot, at_once) -> None:
    """R63: groups, pipelines, stages and properties stand there before anything is asked."""
    page = open_page(qtbot, at_once)
    kinds = {row["kind"] for row in page.properties.model.rows}
    assert kinds == {"group", "pipeline", "stage", "property"}
    assert not page.repair.isEnabled()


def test_check_then_repair(qtbot, at_once, monkeypatch) -> None:
    """R61: what is broken is named; repair asks first and then shows that all is well."""
    asked: list[str] = []
    monkeypatch.setattr(hubspot_setup, "is_confirmed", lambda *words: asked.append(words[3]) is None)
    page = open_page(qtbot, at_once, [MISSING], [])
    page.check.click()
    assert page.findings.model.rows == [MISSING]
    assert page.repair.isEnabled()
    assert "1" in page.words.text()
    assert "58" in page.limits.text()
    page.repair.click()
    assert "Nothing is deleted" in asked[0]
    assert page.findings.model.rows == []
    assert "as it should be" in page.words.text()


def test_states_by_name() -> None:
    """Each owned thing says whether it is there."""
    rows = owned_rows()
    stage = next(row for row in rows if row["kind"] == "stage")
    missing = {**MISSING, "name": stage["name"]}
    states = {row["name"]: row["state"] for row in with_states(rows, [missing])}
    assert states[stage["name"]] == "missing"
    assert sum(state == "fine" for state in states.values()) == len(states) - 1
