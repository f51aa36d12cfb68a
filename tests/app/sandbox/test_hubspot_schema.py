"""Properties, options and groups: made, read, changed, archived, revived."""

from __future__ import annotations

from typing import Any

import pytest

from tests.app.sandbox.hubspot_caller import caller

PATH = "/crm/properties/{v}/contacts"


def described(name: str = "clinic_note", **more: Any) -> dict[str, Any]:
    """A body that creates a property."""
    return {
        "name": name,
        "label": "Clinic note",
        "type": "string",
        "fieldType": "text",
        "groupName": "contactinformation",
        **more,
    }


def options(*values: str) -> list[dict[str, Any]]:
    """Choices as HubSpot wants them."""
    return [
        {"label": value.title(), "value": value, "displayOrder": place, "hidden": False}
        for place, value in enumerate(values)
    ]


@pytest.mark.parametrize("name", ["contacts", "contact", "0-1", "CONTACT"])
def test_properties_go_by_any_name_of_the_object(name: str) -> None:
    """Singular, plural, any case and type ids all work here."""
    api = caller()
    body = api.get(f"/crm/properties/{{v}}/{name}/lifecyclestage")
    assert body["options"][1]["value"] == "lead" and body["hubspotDefined"] is True
    assert body["modificationMetadata"]["readOnlyValue"] is False
    assert "archived" not in body


def test_standard_properties_say_what_may_not_be_written() -> None:
    """Read-only and calculated ones are marked; groups list what they hold."""
    api = caller()
    rows = {row["name"]: row for row in api.get(PATH)["results"]}
    assert rows["lastmodifieddate"]["modificationMetadata"]["readOnlyValue"] is True
    assert rows["date_of_birth"]["type"] == "string"
    rows = {row["name"]: row for row in api.get("/crm/properties/{v}/0-3")["results"]}
    assert rows["closedate"]["type"] == "datetime" and rows["hs_is_closed"]["calculated"] is True
    assert "hs_pipeline_stage" not in rows


def test_a_property_needs_its_group_and_a_fitting_field() -> None:
    """Unknown group, wrong field type, bad name, missing label: 400 each."""
    api = caller()
    wrong = [
        described(groupName="nowhere"),
        described(fieldType="number"),
        described(name="Clinic Note"),
        described(name="hs_note"),
        described(label=""),
        described(type="enumeration", fieldType="select"),
        described(type="enumeration", fieldType="select", options=[{"label": "A", "value": "a"}]),
        described(type="enumeration", fieldType="select", options=options("a", "a")),
    ]
    for body in wrong:
        api.post(PATH, body)
        assert api.status == 400, body
    api.post(f"{PATH}/groups", {"name": "nowhere", "label": "Somewhere", "displayOrder": -1})
    assert api.status == 201
    api.post(PATH, described(groupName="nowhere"))
    assert api.status == 201
    assert api.get(f"{PATH}/clinic_note")["modificationMetadata"]["readOnlyDefinition"] is False


def test_yes_and_no_need_exactly_their_two_options() -> None:
    """INVALID_BOOLEAN_OPTION otherwise."""
    api = caller()
    body = api.post(PATH, described(type="bool", fieldType="booleancheckbox"))
    assert api.status == 400 and body["errors"][0]["code"] == "INVALID_BOOLEAN_OPTION"
    api.post(PATH, described(type="bool", fieldType="booleancheckbox", options=options("true", "false")))
    assert api.status == 201


def test_a_name_that_exists_is_a_409_and_in_a_batch_a_207() -> None:
    """Nothing is changed; the batch names the one and makes the others."""
    api = caller()
    api.post(PATH, described())
    body = api.post(PATH, described(label="Other"))
    assert (api.status, body["category"]) == (409, "OBJECT_ALREADY_EXISTS")
    assert body["subCategory"] == "Properties.PROPERTY_WITH_NAME_EXISTS"
    body = api.post(f"{PATH}/batch/create", {"inputs": [described(), described("clinic_other")]})
    assert api.status == 207
    assert [row["name"] for row in body["results"]] == ["clinic_other"]
    assert body["errors"][0]["context"]["name"] == ["clinic_note"]
    assert api.get(f"{PATH}/clinic_note")["label"] == "Clinic note"
    body = api.post(
        f"{PATH}/batch/read", {"inputs": [{"name": "clinic_note"}, {"name": "x"}], "archived": False}
    )
    assert api.status == 207 and [row["name"] for row in body["results"]] == ["clinic_note"]


def test_patch_replaces_all_options_and_ignores_what_is_fixed() -> None:
    """Left-out options are gone; uniqueness stays as it was made."""
    api = caller()
    api.post(PATH, described(type="enumeration", fieldType="select", options=options("a", "b")))
    body = api.patch(
        f"{PATH}/clinic_note", {"options": options("b", "c"), "hasUniqueValue": True, "label": "L"}
    )
    assert [option["value"] for option in body["options"]] == ["b", "c"]
    assert (body["hasUniqueValue"], body["label"]) == (False, "L")
    api.patch(f"{PATH}/firstname", {"label": "Given name"})
    assert api.status == 400


def test_archived_names_come_back_with_their_values() -> None:
    """Hidden while archived, 404; created again it is revived under the new definition."""
    api = caller()
    api.post(PATH, described())
    contact = api.hubspot.add_contact(firstname="A", clinic_note="old")
    api.call("DELETE", f"{PATH}/clinic_note")
    assert api.status == 204
    api.call("DELETE", f"{PATH}/clinic_note")
    assert api.status == 404
    assert api.get(f"{PATH}/clinic_note", archived="true")["archived"] is True
    assert "clinic_note" not in api.hubspot.contact(contact)
    api.patch(f"/crm/objects/{{v}}/contacts/{contact}", {"properties": {"clinic_note": "x"}})
    assert api.status == 400
    api.post(PATH, described(label="Back", type="string", fieldType="textarea"))
    assert api.status == 201
    assert api.hubspot.contact(contact)["clinic_note"] == "old"


def test_what_is_used_or_standard_cannot_be_archived() -> None:
    """Each use is named; a group with properties stays."""
    api = caller()
    api.post(PATH, described())
    api.hubspot.use_property("contacts", "clinic_note", "Welcome workflow")
    body = api.call("DELETE", f"{PATH}/clinic_note").body
    assert isinstance(body, dict)
    assert body["subCategory"] == "PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE"
    assert body["errors"][0]["context"]["usage"] == ["Welcome workflow"]
    api.call("DELETE", f"{PATH}/email")
    assert api.status == 400
    body = api.call("DELETE", f"{PATH}/groups/contactinformation").body
    assert isinstance(body, dict)
    assert api.status == 400 and "GROUP_WITH_ACTIVE_PROPERTIES" in body["message"]


def test_plan_limits_hold() -> None:
    """Custom properties by plan, at most ten unique ones for each object."""
    api = caller("free")
    inputs = [described(f"clinic_{number}") for number in range(11)]
    body = api.post(f"{PATH}/batch/create", {"inputs": inputs})
    assert (len(body["results"]), len(body["errors"])) == (10, 1)
    api = caller()
    inputs = [described(f"clinic_{number}", hasUniqueValue=True) for number in range(11)]
    body = api.post(f"{PATH}/batch/create", {"inputs": inputs})
    assert (len(body["results"]), len(body["errors"])) == (10, 1)


def test_a_new_property_may_take_a_moment_to_be_writable() -> None:
    """By switch: a write right after creation may still say that it does not exist."""
    api = caller(property_settle_s=2.0)
    api.post(PATH, described())
    body = {"properties": {"firstname": "A", "clinic_note": "x"}}
    api.post("/crm/objects/{v}/contacts", body)
    assert api.status == 400
    api.clock.pass_(2)
    api.post("/crm/objects/{v}/contacts", body)
    assert api.status == 201


def test_sensitive_data_is_refused_unless_the_account_has_it() -> None:
    """PORTAL_NOT_ENABLED_FOR_SENSITIVE_DATA; where enabled, plain lists still hide such properties."""
    api = caller()
    body = api.post(PATH, described(dataSensitivity="sensitive"))
    assert api.status == 400 and "PORTAL_NOT_ENABLED_FOR_SENSITIVE_DATA" in body["subCategory"]
    api.hubspot.switches.sensitive_data = True
    api.post(PATH, described(dataSensitivity="sensitive"))
    assert "clinic_note" not in {row["name"] for row in api.get(PATH)["results"]}
    assert len(api.get(PATH, dataSensitivity="sensitive")["results"]) == 1


def test_users_change_labels_options_and_types() -> None:
    """In the window: renamed, moved, retyped, options added and removed; the name stays."""
    api = caller()
    desk = api.hubspot
    desk.add_property("contacts", "colour", type="enumeration", options=("red",))
    desk.add_option("contacts", "colour", "blue")
    desk.remove_option("contacts", "colour", "red")
    desk.rename_property("contacts", "colour", "Favourite colour")
    desk.add_group("contacts", "tastes", "Tastes")
    desk.move_property("contacts", "colour", "tastes")
    body = api.get(f"{PATH}/colour")
    assert (body["label"], body["groupName"]) == ("Favourite colour", "tastes")
    assert [option["value"] for option in body["options"]] == ["blue"]
    desk.retype_property("contacts", "colour", "string")
    assert api.get(f"{PATH}/colour")["type"] == "string"
    desk.archive_property("contacts", "colour")
    api.get(f"{PATH}/colour")
    assert api.status == 404
