"""An account that was in use before, drawn from a seed."""

from __future__ import annotations

from typing import Any

from app.sandbox.hubspot import HubSpot
from app.sandbox.portal import OTHER_TOOL, Portal, build_portal
from tests.app.sandbox.hubspot_caller import START

PEOPLE: list[dict[str, Any]] = [
    {
        "id": str(100 + number),
        "first_name": "Robert" if number % 5 == 0 else f"Pat{number}",
        "last_name": f"Ng{number}",
        "email": f"pat{number // 2 * 2 if number < 10 else number}@example.test",
        "phone": "0491 570 156",
        "date_of_birth": "1980-05-01",
    }
    for number in range(60)
]
STAFF = [{"first_name": "Ada", "last_name": "Kim", "email": "ada@clinic.example.test"}]


def built(seed: int = 1, **more: Any) -> tuple[HubSpot, Portal]:
    """An account with a hundred contacts."""
    hubspot = HubSpot(lambda: START)
    return hubspot, build_portal(hubspot, seed, 100, PEOPLE, STAFF, **more)


def test_the_same_seed_makes_the_same_account() -> None:
    """Records are equal, by id and value; another seed makes others."""
    assert built()[0].contacts() == built()[0].contacts()
    assert built()[0].contacts() != built(2)[0].contacts()


def test_patients_are_known_in_five_ways_beside_leads() -> None:
    """Same person, nickname, somebody else at the inbox, other birthday, second address."""
    hubspot, portal = built()
    assert len(portal.contacts) == len(hubspot.contacts()) == 100
    by_email = {str(person["email"]): person for person in PEOPLE}
    for sort in ("same", "nickname", "inbox", "other_birthday", "further_address"):
        assert getattr(portal, sort), sort
    for contact in portal.same:
        values = hubspot.contact(contact)
        assert values["email"] in by_email and values.get("date_of_birth", "1980-05-01") == "1980-05-01"
    assert hubspot.contact(portal.nickname[0])["firstname"] == "Bob"
    assert hubspot.contact(portal.other_birthday[0])["date_of_birth"] != "1980-05-01"
    assert hubspot.contact(portal.further_address[0])["hs_additional_emails"] in by_email
    assert not any(hubspot.contact(lead).get("email") in by_email for lead in portal.leads)


def test_the_account_has_fields_deals_and_owners_of_its_own() -> None:
    """Values that no sync may touch, all typed in the window and long ago."""
    hubspot, portal = built()
    values = [hubspot.contact(one) for one in portal.contacts]
    assert sum("favourite_colour" in one for one in values) > 20
    assert len(portal.owners) == 1 and any("hubspot_owner_id" in one for one in values)
    assert all(hubspot.contacts_of(deal) for deal in portal.deals)
    assert {one.source for one in hubspot.writes()} == {"CRM_UI"}
    assert all(one["createdate"] < "2026-11-20" for one in values)


def test_another_tool_may_have_left_its_ids() -> None:
    """By choice: a plain property under a name of our own, with ids of patients."""
    hubspot, portal = built(other_tool=True)
    ids = {hubspot.contact(one).get(OTHER_TOOL) for one in portal.same}
    assert ids <= {str(person["id"]) for person in PEOPLE} and ids
    assert hubspot.property("contacts", OTHER_TOOL).unique is False
