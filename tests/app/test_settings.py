"""The settings: one table of keys, what each takes, and what is refused with the near miss named."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.errors import BadInput
from app.settings import SETTINGS, WRITE_BACK_FIELDS, Settings, find, needs_yes, parse

DEFAULTS: dict[str, Any] = {
    "sync.interval_minutes": 15,
    "sync.items_per_execution": 100,
    "sync.catch_up": True,
    "sync.limit_share_percent": 90,
    "streams.patients": True,
    "streams.contacts": True,
    "streams.appointments": True,
    "streams.invoices": False,
    "patients.preferred_first_name": "own_property",
    "patients.only_seen_within_months": 0,
    "patients.only_with_email": False,
    "patients.privacy_policy": "any",
    "patients.businesses": [],
    "patients.practitioners": [],
    "appointments.days_forward": 45,
    "appointments.add_amount": False,
    "appointments.groups": False,
    "appointments.require_arrival_tick": False,
    "appointments.excluded_categories": [],
    "cases.send_name": True,
    "invoices.include_credits": True,
    "invoices.deal_per_item": False,
    "deals.owner": "practitioner",
    "deals.fixed_owner": None,
    "deals.fallback_owner": None,
    "deals.owner_table": {},
    "contacts.owner": False,
    "contacts.lifecycle": False,
    "appointments.aliases": {},
    "matching.weak_auto": False,
    "rollups.late_hours": 24,
    "rollups.lapsed_days": 180,
    "rollups.inactive_days": 365,
    "contact.email": None,
    "write_back.enabled": True,
    "write_back.poll_seconds": 60,
    "write_back.create": True,
    "write_back.max_creations_per_day": 20,
    "write_back.fields": "all",
    "privacy.level": "standard",
}


def test_the_table_is_complete() -> None:
    """Every setting that is promised is there with its default; what else there is concerns this computer."""
    assert {key: SETTINGS[key].default for key in DEFAULTS} == DEFAULTS
    assert {
        key.partition(".")[0] for key in SETTINGS.keys() - DEFAULTS.keys() - {"patients.custom_fields"}
    } <= {"pc", "window"}


@pytest.mark.parametrize("key", SETTINGS)
def test_each_default_is_a_value_it_takes(key: str) -> None:
    """A default can be typed back in, and has words of its own."""
    setting = SETTINGS[key]
    raw = setting.default if isinstance(setting.default, str) else json.dumps(setting.default)
    assert parse(key, raw) == setting.default
    assert setting.label and setting.help


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("sync.interval_minutes", "5", 5),
        ("sync.interval_minutes", " 240 ", 240),
        ("streams.invoices", "true", True),
        ("streams.invoices", "Off", False),
        ("patients.privacy_policy", "accepted", "accepted"),
        ("patients.businesses", '["12", 13]', ["12", "13"]),
        ("patients.businesses", "any", []),
        ("patients.businesses", "–", []),
        ("deals.fixed_owner", "77", "77"),
        ("deals.fixed_owner", "–", None),
        ("deals.owner", "none", "none"),
        ("deals.owner_table", '{"1390710863102480001": 55}', {"1390710863102480001": "55"}),
        ("deals.owner_table", "", {}),
        ("appointments.aliases", '{"9": "Visit"}', {"9": "Visit"}),
        ("write_back.fields", "all", "all"),
        ("write_back.fields", '["email", "mobilephone"]', ["email", "mobile_phone"]),
        ("contact.email", "desk@clinic.example.test", "desk@clinic.example.test"),
    ],
)
def test_what_is_typed_is_understood(key: str, raw: str, value: Any) -> None:
    """Numbers, switches, choices, JSON lists and tables; a dash empties."""
    assert parse(key, raw) == value


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("sync.interval_minutes", "4"),
        ("sync.interval_minutes", "241"),
        ("sync.interval_minutes", "15.5"),
        ("sync.interval_minutes", "true"),
        ("sync.interval_minutes", "–"),
        ("sync.items_per_execution", "0"),
        ("sync.items_per_execution", "1001"),
        ("sync.limit_share_percent", "101"),
        ("appointments.days_forward", "366"),
        ("write_back.poll_seconds", "14"),
        ("streams.patients", "maybe"),
        ("privacy.level", "maximal"),
        ("patients.businesses", "12"),
        ("patients.businesses", "[1.5e9]"),
        ("patients.businesses", "[true]"),
        ("patients.businesses", '{"1": "2"}'),
        ("deals.owner_table", '{"anna": "5"}'),
        ("deals.owner_table", '{"1": ["5"]}'),
        ("deals.owner_table", "[" * 100_000),
        ("deals.fixed_owner", "anna@example.test"),
        ("contact.email", "desk@clinic.example.test\r\nX-Header: 1"),
        ("contact.email", "nobody"),
        ("write_back.fields", '["shoe_size"]'),
        ("pc.quiet_hours", "25:00-07:00"),
    ],
)
def test_what_does_not_fit_is_refused(key: str, raw: str) -> None:
    """Out of range, of another form or unknown: exit 2, with the setting named."""
    with pytest.raises(BadInput) as refused:
        parse(key, raw)
    assert key in refused.value.sentence
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sync.interval_minute", "sync.interval_minutes"),
        ("stream.invoices", "streams.invoices"),
        ("days_forward", "appointments.days_forward"),
    ],
)
def test_an_unknown_key_names_the_near_miss(typed: str, meant: str) -> None:
    """A typing error is answered with what was probably meant."""
    with pytest.raises(BadInput) as refused:
        find(typed)
    assert meant in refused.value.next_step


def test_a_choice_nearly_right_is_named() -> None:
    """So is a choice."""
    with pytest.raises(BadInput) as refused:
        parse("privacy.level", "minimum")
    assert "minimal" in refused.value.next_step


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("streams.invoices", "appointments.add_amount"),
        ("appointments.add_amount", "streams.invoices"),
    ],
)
def test_counting_revenue_twice_needs_a_second_yes(first: str, second: str) -> None:
    """R24: whichever comes second is asked about; turning off and the first one are not."""
    assert not needs_yes(second, True, Settings())
    settings = Settings({first: True})
    assert needs_yes(second, True, settings)
    assert not needs_yes(second, False, settings)
    assert not needs_yes("sync.catch_up", True, settings)


def test_a_snapshot_is_typed_and_never_changes() -> None:
    """Typed access; what is handed out is a copy."""
    settings = Settings({"deals.owner_table": {"1": "2"}, "patients.businesses": ["3"]})
    settings.table("deals.owner_table")["1"] = "9"
    listed = settings.value("patients.businesses")
    assert isinstance(listed, list)
    listed.append("9")
    assert settings.table("deals.owner_table") == {"1": "2"}
    assert settings.items("patients.businesses") == ("3",)
    assert settings.items("write_back.fields") == WRITE_BACK_FIELDS
    assert settings.text("contact.email") == ""
    changed = settings.replaced("sync.interval_minutes", 20)
    assert (settings.number("sync.interval_minutes"), changed.number("sync.interval_minutes")) == (15, 20)
    assert changed.table("deals.owner_table") == {"1": "2"}


def test_what_was_kept_and_cannot_be_used_counts_as_default() -> None:
    """I11: a value of another version neither stops the program nor disappears silently."""
    settings = Settings({"sync.interval_minutes": 999, "gone.setting": 1, "sync.catch_up": False})
    assert settings.number("sync.interval_minutes") == 15
    assert settings.flag("sync.catch_up") is False
    assert set(settings.ignored) == {"sync.interval_minutes", "gone.setting"}


def test_the_list_has_six_fields_a_setting() -> None:
    """`settings list --json`."""
    rows = Settings({"sync.interval_minutes": 30}).list_json()
    assert [row["key"] for row in rows] == list(SETTINGS)
    assert set(rows[0]) == {"key", "value", "default", "type", "choices", "help"}
    assert (rows[0]["value"], rows[0]["default"]) == (30, 15)
    assert json.loads(json.dumps(rows)) == rows
