"""A clinic's own patient fields, chosen one by one."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.people import Patient, PatientView
from app.schema.drift import Expected, compare
from app.schema.found import Found
from app.schema.repair import CreateProperty, repair
from app.streams.custom_fields import OwnField, defined_fields, field_value, own_field_properties
from app.streams.rows import values_of
from tests.app.streams.junk import JUNK, patiently

FIELDS = {
    "sections": [
        {
            "token": "s1",
            "fields": [
                {"token": "Shoe-Size", "name": "Shoe size", "type": "text", "value": " 42 "},
                {"token": "since", "name": "Member since", "type": "date", "value": "2020-05-06"},
                {
                    "token": "sport",
                    "name": "Sports",
                    "type": "checkboxes",
                    "options": [
                        {"name": "Tennis", "selected": True},
                        {"name": "Golf", "selected": False},
                        {"name": "Swimming", "selected": True},
                    ],
                    "other": {"enabled": True, "selected": True, "value": "Chess"},
                },
                {"token": "old", "name": "Old", "type": "text", "archived": True},
            ],
        },
        {"token": "s2", "archived": True, "fields": [{"token": "gone", "name": "Gone", "type": "text"}]},
    ]
}


def test_chosen_fields_become_properties() -> None:
    """Schema §2: one property for each chosen field, named by the clinic, at the detailed level only."""
    fields = defined_fields({"patient_custom_fields_definition": FIELDS})
    assert [field.token for field in fields] == ["Shoe-Size", "since", "sport"]
    rows = own_field_properties(fields, {"Shoe-Size", "since", "sport", "unknown"})
    assert [(row.name, row.label, row.type, row.level) for row in rows] == [
        ("cliniko_cf_shoe_size", "Shoe size", "string", "D"),
        ("cliniko_cf_since", "Member since", "date", "D"),
        ("cliniko_cf_sport", "Sports", "string", "D"),
    ]
    view = PatientView(Patient("5", custom_fields=FIELDS), date(2026, 3, 12))
    assert list(values_of(rows, view).values()) == ["42", "2020-05-06", "Tennis; Swimming; Chess"]
    assert own_field_properties(fields, ()) == ()


def test_they_are_created_and_checked_like_our_own() -> None:
    """R60, R61: a missing one is breaking for the patients and is made by a repair."""
    rows = own_field_properties(defined_fields(FIELDS), {"since"})
    findings = compare(Expected(rows), Found())
    assert [(finding.kind, finding.streams) for finding in findings if finding.level == "breaking"] == [
        ("property_missing", ("patients",))
    ]
    made = [action for action in repair(findings, Found(), rows) if isinstance(action, CreateProperty)]
    assert [action.name for action in made] == ["cliniko_cf_since"]


@patiently
@given(st.dictionaries(st.sampled_from(["sections", "patient_custom_fields_definition"]), JUNK))
def test_any_junk_has_no_fields_or_text(junk: dict[str, Any]) -> None:
    """Reliability: odd definitions and values are empty, never a crash."""
    for field in defined_fields(junk):
        assert isinstance(field_value(junk, field), str)
    assert field_value(junk, OwnField("x", "X", "checkboxes")) == ""
