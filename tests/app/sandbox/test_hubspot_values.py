"""What each type of property accepts and how it is kept."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.app.sandbox.hubspot_caller import caller

TYPED = {
    "day": "date",
    "moment": "datetime",
    "count": "number",
    "yes": "bool",
    "colour": "enumeration",
    "words": "string",
}


def kept(name: str, value: Any) -> str | None:
    """The value as kept, or the code of the refusal."""
    api = caller()
    for own, kind in TYPED.items():
        api.hubspot.add_property(
            "contacts", own, type=kind, options=("red", "green") if own == "colour" else ()
        )
    api.hubspot.add_property(
        "contacts", "colours", type="enumeration", field_type="checkbox", options=("red", "green")
    )
    body = api.post("/crm/objects/{v}/contacts", {"properties": {"firstname": "Ana", name: value}})
    if api.status != 201:
        text = body["message"].removeprefix("Property values were not valid: ")
        (entry,) = json.loads(text)
        assert entry["name"] == name and entry["error"] == body["errors"][0]["code"]
        return f"{entry['error']}"
    return api.hubspot.contact(body["id"]).get(name)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("day", "2026-11-20", "2026-11-20"),
        ("day", "1795132800000", "2026-11-20"),
        ("day", "2026-11-20T00:00:00.000Z", "2026-11-20"),
        ("day", "2026-11-19T13:00:00+11:00", "INVALID_DATE"),
        ("day", "1795104000000", "INVALID_DATE"),
        ("day", "20/11/2026", "INVALID_LONG"),
        ("day", "2026-02-30", "INVALID_DATE"),
        ("moment", "2026-11-20T01:02:03.004Z", "2026-11-20T01:02:03.004Z"),
        ("moment", "2026-11-20T12:02:03+11:00", "2026-11-20T01:02:03.000Z"),
        ("moment", "1795136523004", "2026-11-20T01:02:03.004Z"),
        ("moment", "2026-11-20T01:02:03", "INVALID_LONG"),
        ("count", "90.50", "90.5"),
        ("count", "-3", "-3"),
        ("count", "007", "7"),
        ("count", "1,000", "INVALID_INTEGER"),
        ("count", "$5", "INVALID_INTEGER"),
        ("count", "1E+2", "INVALID_INTEGER"),
        ("yes", "true", "true"),
        ("yes", True, "true"),
        ("yes", "True", "INVALID_OPTION"),
        ("colour", " red ", "red"),
        ("colour", "Red", "INVALID_OPTION"),
        ("colours", "red;green", "red;green"),
        ("colours", "red;blue", "INVALID_OPTION"),
        ("words", " kept as typed ", " kept as typed "),
        ("words", "x" * 65_537, "PROPERTY_VALUE_TOO_LONG"),
        ("words", None, "INVALID_JSON"),
        ("words", "", None),
        ("email", "x@mail.con", "INVALID_EMAIL"),
        ("email", "jo@gmial", "INVALID_EMAIL"),
        ("email", "two words@example.test", "INVALID_EMAIL"),
        ("email", "O'Hara+x@Example.Test", "o'hara+x@example.test"),
        ("createdate", "2026-11-20", "READ_ONLY_VALUE"),
        ("hs_additional_emails", "b@example.test", "READ_ONLY_VALUE"),
        ("hubspot_owner_id", "99", "INVALID_OWNER_ID"),
        ("no_such", "1", "PROPERTY_DOESNT_EXIST"),
    ],
)
def test_values_are_kept_or_refused_by_type(name: str, value: Any, expected: str | None) -> None:
    """Each refusal is named in `errors` and, as JSON, inside the text."""
    assert kept(name, value) == expected


def test_the_time_of_a_day_that_is_not_midnight_is_told() -> None:
    """A local midnight sent as a moment is refused with its hour."""
    api = caller()
    api.hubspot.add_property("contacts", "day", type="date")
    body = api.post("/crm/objects/{v}/contacts", {"properties": {"firstname": "Ana", "day": "1786334400000"}})
    assert body["errors"][0]["message"] == "1786334400000 is at 4:0:0.0 UTC, not midnight!"


def test_all_problems_of_a_record_are_told_together() -> None:
    """Several bad values make one refusal with several entries."""
    api = caller()
    body = api.post("/crm/objects/{v}/contacts", {"properties": {"email": "x", "nope": "1"}})
    assert [error["context"]["propertyName"] for error in body["errors"]] == [["email"], ["nope"]]


def test_choices_can_be_appended() -> None:
    """A leading `;` joins what is there."""
    api = caller()
    api.hubspot.add_property(
        "contacts", "colours", type="enumeration", field_type="checkbox", options=("red", "green")
    )
    contact = api.hubspot.add_contact(firstname="Ana", colours="red")
    api.patch(f"/crm/objects/{{v}}/contacts/{contact}", {"properties": {"colours": ";green"}})
    assert api.hubspot.contact(contact)["colours"] == "red;green"


@pytest.mark.parametrize("back", ["ignored", "refused"])
def test_the_lifecycle_moves_forward_only(back: str) -> None:
    """A way back is ignored or refused; through an empty value it is possible."""
    api = caller(lifecycle_back=back)
    contact = api.hubspot.add_contact(firstname="Ana", lifecyclestage="customer")
    path = f"/crm/objects/{{v}}/contacts/{contact}"
    api.patch(path, {"properties": {"lifecyclestage": "lead"}})
    assert api.status == (400 if back == "refused" else 200)
    assert api.hubspot.contact(contact)["lifecyclestage"] == "customer"
    api.patch(path, {"properties": {"lifecyclestage": ""}})
    api.patch(path, {"properties": {"lifecyclestage": "lead"}})
    assert api.hubspot.contact(contact)["lifecyclestage"] == "lead"


def test_a_stage_belongs_to_its_pipeline() -> None:
    """A stage of another pipeline, or one sent without its pipeline, is no option."""
    api = caller()
    other = api.hubspot.add_pipeline("Visits", {"Booked": "0.5", "Done": "1"})
    stages = [stage.id for stage in api.hubspot.pipelines.known[other].ordered()]
    deal = api.hubspot.add_deal(dealname="Visit", dealstage="contractsent")
    path = f"/crm/objects/{{v}}/0-3/{deal}"
    body = api.patch(path, {"properties": {"dealstage": stages[0]}})
    assert api.status == 400 and body["errors"][0]["code"] == "INVALID_OPTION"
    assert "is not a valid pipeline stage ID. Valid options are: appointmentscheduled" in body["message"]
    api.patch(path, {"properties": {"pipeline": other}})
    assert api.status == 400
    api.patch(path, {"properties": {"pipeline": other, "dealstage": stages[1]}})
    assert api.hubspot.deal(deal)["hs_is_closed_won"] == "true"


def test_format_rules_of_an_administrator_hold_on_any_version() -> None:
    """A pattern or a length is checked whenever the value is written."""
    api = caller()
    api.hubspot.require_property_rule("contacts", "zip", pattern=r"\d{4}")
    api.hubspot.require_property_rule("contacts", "city", max_length=5)
    body = api.post(
        "/crm/objects/{v}/contacts", {"properties": {"firstname": "A", "zip": "x", "city": "Sydney"}}
    )
    assert {error["code"] for error in body["errors"]} == {"REGEX", "MAX_LENGTH"}
