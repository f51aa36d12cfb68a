"""What users do, what tests may look at, and owners."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.sandbox.hubspot_replies import Refusal
from tests.app.sandbox.hubspot_caller import caller


def test_every_accepted_write_is_remembered() -> None:
    """Object, id, property, old and new value, time and source; refused ones are not."""
    api = caller()
    contact = api.hubspot.add_contact(firstname="Ana")
    api.clock.pass_(1)
    api.patch(f"/crm/objects/{{v}}/contacts/{contact}", {"properties": {"firstname": "Ann", "phone": "1"}})
    api.patch(f"/crm/objects/{{v}}/contacts/{contact}", {"properties": {"email": "nope"}})
    rows = [(one.property, one.old, one.new, one.source) for one in api.hubspot.writes("contacts", contact)]
    assert rows == [
        ("firstname", "", "Ana", "CRM_UI"),
        ("lifecyclestage", "", "lead", "CRM_UI"),
        ("firstname", "Ana", "Ann", "INTEGRATION"),
        ("phone", "", "1", "INTEGRATION"),
    ]
    assert list(api.hubspot.writes("deals")) == []


def test_users_are_held_to_the_same_values() -> None:
    """A taken or impossible address is refused in the window too; what is read-only for programs is not."""
    api = caller()
    contact = api.hubspot.add_contact(email="ana@example.test")
    with pytest.raises(Refusal):
        api.hubspot.add_contact(email="ana@example.test")
    with pytest.raises(Refusal):
        api.hubspot.edit_contact(contact, email="nope")
    api.hubspot.edit_contact(contact, hs_email_optout="true")
    assert api.hubspot.contact(contact)["hs_email_optout"] == "true"
    with pytest.raises(KeyError):
        api.hubspot.edit_contact("1", firstname="A")


def test_snapshots_do_not_move() -> None:
    """What was looked at stays as it was; records may be backdated."""
    api = caller()
    contact = api.hubspot.add_contact(firstname="Ana", created_at=datetime(2020, 1, 1, tzinfo=UTC))
    before = api.hubspot.contacts()
    assert before[contact]["createdate"] == "2020-01-01T00:00:00.000Z"
    api.hubspot.edit_contact(contact, firstname="Ann")
    assert before[contact]["firstname"] == "Ana"
    assert [one["hs_object_id"] for one in api.hubspot.having("contacts", "firstname", "Ann")] == [contact]
    assert api.hubspot.by_email("nobody@example.test") is None


def test_without_history_nothing_is_kept() -> None:
    """For large loads the memory of writes can be switched off."""
    api = caller(keep_history=False)
    api.hubspot.add_contact(firstname="Ana")
    assert list(api.hubspot.writes()) == []


def test_owners_are_listed_by_page_and_address() -> None:
    """Active and deactivated ones are two lists; a deactivated one has no userId and takes no records."""
    api = caller()
    owners = [api.hubspot.add_owner(f"o{number}@example.test", "O", str(number)) for number in range(3)]
    page = api.get("/crm/owners/{v}", limit=2)
    assert [row["id"] for row in page["results"]] == owners[:2]
    page = api.get("/crm/owners/{v}", limit=2, after=page["paging"]["next"]["after"])
    assert [row["id"] for row in page["results"]] == owners[2:] and "paging" not in page
    assert api.get("/crm/owners/{v}", email="O1@example.test")["results"][0]["id"] == owners[1]
    user = api.get(f"/crm/owners/{{v}}/{owners[0]}")["userId"]
    assert api.get(f"/crm/owners/{{v}}/{user}", idProperty="userId")["id"] == owners[0]
    contact = api.hubspot.add_contact(firstname="A", hubspot_owner_id=owners[0])
    api.hubspot.deactivate_owner(owners[0])
    gone = api.get("/crm/owners/{v}", archived="true")["results"]
    assert [(row["id"], row["userId"]) for row in gone] == [(owners[0], None)]
    path = f"/crm/objects/{{v}}/contacts/{contact}"
    for value in (owners[0], str(user)):
        api.patch(path, {"properties": {"hubspot_owner_id": value}})
        assert api.status == 400
    assert api.hubspot.contact(contact)["hubspot_owner_id"] == owners[0]


def test_acts_on_whole_records_are_remembered() -> None:
    """Archive, restore, merge and erase, with their source."""
    api = caller()
    ana, bo, cy = (api.hubspot.add_contact(firstname=name) for name in ("Ana", "Bo", "Cy"))
    api.call("DELETE", f"/crm/objects/{{v}}/contacts/{ana}")
    api.hubspot.restore(ana)
    api.hubspot.merge_contacts(ana, bo)
    api.hubspot.erase_contact(cy)
    acts = [(act.what, act.id, act.source) for act in api.hubspot.acts]
    assert acts == [
        ("archive", ana, "INTEGRATION"),
        ("restore", ana, "CRM_UI"),
        ("merge", bo, "CRM_UI"),
        ("erase", cy, "CRM_UI"),
    ]
