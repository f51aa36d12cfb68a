"""Every error body HubSpot is known for, as a table, and with its optional parts left out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clients.hubspot_refusals import PRECEDENCE, classify, culprit_ids, is_existing, names_of

CONFLICT_400 = (
    "Cannot set PropertyValueCoordinates{portalId=7654321, objectTypeId=ObjectTypeId{legacyObjectType=CONTACT}, "
    "propertyName=%s, value=%s} on 5019. 5011 already has that value."
)


def not_valid(*entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "status": "error",
        "category": "VALIDATION_ERROR",
        "message": "Property values were not valid: " + json.dumps(list(entries)),
        **more,
    }


def entry(code: str, name: str, text: str = "x") -> dict[str, Any]:
    return {"isValid": False, "message": text, "error": code, "name": name}


TABLE: list[tuple[Any, int | None, str, tuple[str, ...], str | None]] = [
    # an address that another contact holds
    (
        {"category": "CONFLICT", "message": "Contact already exists. Existing ID: 5011"},
        409,
        "email_conflict",
        ("email",),
        "5011",
    ),
    ({"category": "CONFLICT", "message": "Contact already exists"}, 409, "email_conflict", ("email",), None),
    ({"message": "Contact already exists. Existing ID: 5011"}, 409, "email_conflict", ("email",), "5011"),
    (
        {"category": "CONFLICT", "context": {"objectWriteTraceId": ["p-77"], "existingId": ["5011"]}},
        None,
        "email_conflict",
        ("email",),
        "5011",
    ),
    ({}, 409, "email_conflict", (), None),
    (None, 409, "email_conflict", (), None),
    (
        {"category": "VALIDATION_ERROR", "message": CONFLICT_400 % ("email", "gdpr@example.test")},
        400,
        "email_conflict",
        ("email",),
        "5011",
    ),
    (
        {"message": CONFLICT_400 % ("hs_additional_emails", "a@example.test")},
        400,
        "email_conflict",
        ("hs_additional_emails",),
        "5011",
    ),
    (
        {
            "errors": [
                {"message": CONFLICT_400 % ("email", "a@example.test"), "code": "CONFLICTING_UNIQUE_VALUE"}
            ]
        },
        400,
        "email_conflict",
        ("email",),
        "5011",
    ),
    # another unique value
    (
        {"category": "VALIDATION_ERROR", "message": CONFLICT_400 % ("cliniko_patient_key", "55")},
        400,
        "unique_conflict",
        ("cliniko_patient_key",),
        "5011",
    ),
    (
        {
            "errors": [
                {"code": "CONFLICTING_UNIQUE_VALUE", "context": {"propertyName": ["cliniko_patient_key"]}}
            ]
        },
        400,
        "unique_conflict",
        ("cliniko_patient_key",),
        None,
    ),
    # properties and values
    (
        not_valid(entry("PROPERTY_DOESNT_EXIST", "nonesuch", 'Property "nonesuch" does not exist')),
        400,
        "unknown_property",
        ("nonesuch",),
        None,
    ),
    (
        {
            "category": "VALIDATION_ERROR",
            "errors": [{"code": "PROPERTY_DOESNT_EXIST", "context": {"propertyName": ["nonesuch"]}}],
        },
        400,
        "unknown_property",
        ("nonesuch",),
        None,
    ),
    ({"message": 'Property "nonesuch" does not exist'}, 400, "unknown_property", ("nonesuch",), None),
    (
        not_valid(entry("PROPERTY_DOESNT_EXIST", "a_one"), entry("PROPERTY_DOESNT_EXIST", "b_two")),
        400,
        "unknown_property",
        ("a_one", "b_two"),
        None,
    ),
    (
        not_valid(entry("INVALID_OPTION", "cliniko_sms_marketing", "x was not one of the allowed options")),
        400,
        "invalid_option",
        ("cliniko_sms_marketing",),
        None,
    ),
    (
        not_valid(
            entry("INVALID_OPTION", "dealstage", "x is not a valid pipeline stage ID. Valid options are: y")
        ),
        400,
        "invalid_stage",
        ("dealstage",),
        None,
    ),
    (
        {"errors": [{"code": "INVALID_OPTION", "message": "x is not a valid pipeline stage ID."}]},
        400,
        "invalid_stage",
        ("dealstage",),
        None,
    ),
    (not_valid(entry("INVALID_OPTION", "pipeline")), 400, "invalid_stage", ("pipeline",), None),
    (
        not_valid(entry("INVALID_EMAIL", "email", "Email address x is invalid")),
        400,
        "invalid_email",
        ("email",),
        None,
    ),
    ({"errors": [{"code": "INVALID_EMAIL"}]}, 400, "invalid_email", ("email",), None),
    (
        not_valid(
            entry("INVALID_DATE", "cliniko_date_of_birth", "1786334400000 is at 4:0:0.0 UTC, not midnight!")
        ),
        400,
        "invalid_value",
        ("cliniko_date_of_birth",),
        None,
    ),
    (not_valid(entry("INVALID_INTEGER", "amount")), 400, "invalid_value", ("amount",), None),
    (not_valid(entry("READ_ONLY_VALUE", "hs_object_id")), 400, "read_only", ("hs_object_id",), None),
    (not_valid(entry("TOO_LONG_FOR_RULE", "cliniko_title")), 400, "validation", ("cliniko_title",), None),
    (
        {
            "errors": [
                {"code": "MISSING_CONDITIONAL_REQUIRED_PROPERTY", "context": {"propertyName": ["city"]}}
            ]
        },
        400,
        "validation",
        ("city",),
        None,
    ),
    # several at once: what is cured by leaving values out is named together
    (
        not_valid(entry("INVALID_OPTION", "b_two"), entry("INVALID_EMAIL", "email")),
        400,
        "invalid_email",
        ("b_two", "email"),
        None,
    ),
    (
        not_valid(entry("INVALID_OPTION", "b_two"), entry("PROPERTY_DOESNT_EXIST", "a_one")),
        400,
        "unknown_property",
        ("a_one",),
        None,
    ),
    # the message is cut or quoted badly: code and name are still found
    (
        {
            "message": 'Property values were not valid: [{"isValid":false,"error":"INVALID_OPTION","name":"cliniko_title","isV'
        },
        400,
        "invalid_option",
        ("cliniko_title",),
        None,
    ),
    # records
    (
        {
            "category": "OBJECT_NOT_FOUND",
            "message": "Could not get some CONTACT objects",
            "context": {"ids": ["5"]},
        },
        None,
        "not_found",
        (),
        None,
    ),
    ({"message": "resource not found"}, 404, "not_found", (), None),
    (None, 404, "not_found", (), None),
    # privacy
    (
        {"category": "VALIDATION_ERROR", "message": "Email x@example.test is blocklisted for GDPR"},
        400,
        "blocklisted",
        (),
        None,
    ),
    # no more to say
    (
        {
            "category": "VALIDATION_ERROR",
            "message": "Duplicate IDs found in batch input: [5011]. IDs must be unique",
            "context": {"ids": ["5011"]},
        },
        400,
        "validation",
        (),
        None,
    ),
    ({"message": "Invalid input JSON on line 3, column 9: y"}, 400, "validation", (), None),
    ({}, 400, "validation", (), None),
    ("<html>", 414, "other", (), None),
    (None, None, "other", (), None),
]


@pytest.mark.parametrize(("body", "status", "code", "names", "owner"), TABLE)
def test_bodies(body: Any, status: int | None, code: str, names: tuple[str, ...], owner: str | None) -> None:
    """apis 3.5 and 3.6: code, property names and the owner of a unique value; the second id is the owner."""
    refusal = classify(body, status)
    assert (refusal.code, refusal.owner_id) == (code, owner)
    assert set(refusal.properties) == set(names) or (code == "email_conflict" and not names)


@pytest.mark.parametrize(("body", "status", "code", "names", "owner"), TABLE)
def test_no_value_is_repeated(
    body: Any, status: int | None, code: str, names: tuple[str, ...], owner: str | None
) -> None:
    """I6: the sentence for the log holds no value."""
    assert "example.test" not in classify(body, status).detail
    assert "5011" not in classify(body, status).detail


def test_a_deal_conflict_is_about_its_key() -> None:
    """A conflict that names nothing concerns the e-mail of a contact, but not of a deal."""
    assert classify({"category": "CONFLICT"}, 409, "deals").code == "unique_conflict"


def test_whom_an_error_is_about() -> None:
    """apis 3.5: traces and ids, as one text or a list; the half-made record in the text of a conflict."""
    assert culprit_ids({"context": {"objectWriteTraceId": ["p-77"], "existingId": ["5011"]}}) == (
        {"p-77"},
        set(),
    )
    assert culprit_ids({"context": {"ids": [5, "6"]}}) == (set(), {"5", "6"})
    assert culprit_ids({"message": CONFLICT_400 % ("email", "a@example.test")}) == (set(), {"5019"})
    assert culprit_ids(None) == (set(), set())


def test_schema_errors() -> None:
    """apis 5.3: an existing name is recognised, and named."""
    existing = {
        "category": "OBJECT_ALREADY_EXISTS",
        "subCategory": "Properties.PROPERTY_WITH_NAME_EXISTS",
        "context": {"name": ["cliniko_patient_id"]},
    }
    assert is_existing(existing) and names_of(existing) == ("cliniko_patient_id",)
    assert not is_existing({"category": "VALIDATION_ERROR"})
    assert not is_existing(None)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["message", "category", "errors", "context", "code", "name", "ids", "existingId", "x"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(body=JSON, status=st.sampled_from([None, 207, 400, 404, 409, 500]))
def test_any_body_is_survived(body: Any, status: int | None) -> None:
    """apis 13.15: every field is optional and may be of another kind."""
    assert classify(body, status).code in PRECEDENCE
    culprit_ids(body)
    names_of(body)
    is_existing(body)
