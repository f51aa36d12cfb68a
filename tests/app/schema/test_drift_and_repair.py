"""Drift is found and weighed, and repair closes it without touching what is the user's."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.schema.catalogue import CATALOGUE
from app.schema.drift import MARK, Expected, broken_streams, compare, expected
from app.schema.found import Found, actual_ids
from app.schema.levels import FULL
from app.schema.repair import (
    AddOptions,
    CreateGroup,
    CreatePipeline,
    CreateProperty,
    CreateStage,
    RestoreType,
    repair,
)

WANT = expected("standard", FULL, frozenset(CATALOGUE.streams))
Portal = dict[str, Any]


def empty_portal() -> Portal:
    """A portal with one pipeline, one group and one property of the user's own."""
    return {
        "properties": {
            "contacts": [
                {"name": "vip", "label": "VIP", "type": "string", "groupName": "mine", "options": []}
            ],
            "deals": [],
        },
        "groups": {"contacts": [{"name": "mine", "label": "Mine"}], "deals": []},
        "pipelines": [
            {"id": "default", "label": "Sales", "displayOrder": 3, "stages": [{"id": "won", "label": "Won"}]}
        ],
    }


def found(portal: Portal, ids: dict[str, str] | None = None) -> Found:
    """The portal as it is read."""
    return Found(portal["properties"], portal["groups"], portal["pipelines"], ids or {})


def carry_out(portal: Portal, actions: tuple[Any, ...], numeric_ids: bool = False) -> None:
    """What HubSpot does with the actions, bodies and all."""
    for action in actions:
        match action:
            case CreateGroup(kind, name, label):
                portal["groups"][kind].append({"name": name, "label": label})
            case CreateProperty(kind, _, body):
                portal["properties"][kind].append(copy.deepcopy(body))
            case AddOptions(kind, name, options):
                _named(portal, kind, name)["options"] = [dict(option) for option in options]
            case RestoreType(kind, name, changes):
                _named(portal, kind, name).update(changes)
            case CreatePipeline(_, body):
                made = copy.deepcopy(body)
                made["id"] = "901" if numeric_ids else made["pipelineId"]
                for place, stage in enumerate(made["stages"]):
                    stage["id"] = f"{made['label'][:10]}{place}" if numeric_ids else stage["stageId"]
                portal["pipelines"].append(made)
            case CreateStage(pipeline_id, _, body):
                pipeline = next(one for one in portal["pipelines"] if one["id"] == pipeline_id)
                pipeline["stages"].append({**body, "id": body["stageId"]})


def _named(portal: Portal, kind: str, name: str) -> Any:
    return next(row for row in portal["properties"][kind] if row["name"] == name)


def set_up_portal(numeric_ids: bool = False) -> Portal:
    """The portal after a first set-up."""
    portal = empty_portal()
    carry_out(portal, repair(compare(WANT, found(portal)), found(portal)), numeric_ids)
    return portal


def test_first_set_up_is_a_repair_of_everything() -> None:
    """R60: groups, properties, pipelines and stages are made in a workable order; a check is quiet then."""
    portal = empty_portal()
    actions = repair(compare(WANT, found(portal)), found(portal))
    kinds = [type(action).__name__ for action in actions]
    assert kinds == sorted(kinds, key=["CreateGroup", "CreateProperty", "CreatePipeline"].index)
    assert len([action for action in actions if isinstance(action, CreateProperty)]) == len(WANT.properties)
    before = copy.deepcopy(empty_portal()["pipelines"][0])
    carry_out(portal, actions)
    assert compare(WANT, found(portal)) == ()
    assert portal["pipelines"][0] == before


def test_create_bodies() -> None:
    """HubSpot facts 5.2 and 6: everything a create call needs, and places that move nobody else's."""
    actions = repair(compare(WANT, found(empty_portal())), found(empty_portal()))
    bodies = {action.name: action.body for action in actions if isinstance(action, CreateProperty)}
    key = bodies["cliniko_patient_key"]
    assert (key["type"], key["fieldType"], key["hasUniqueValue"]) == ("string", "text", True)
    assert (key["groupName"], key["displayOrder"], key["formField"]) == ("cliniko_patient", -1, False)
    minor = bodies["cliniko_is_minor"]
    assert (minor["type"], minor["fieldType"]) == ("bool", "booleancheckbox")
    assert [(option["value"], option["label"]) for option in minor["options"]] == [
        ("true", "Yes"),
        ("false", "No"),
    ]
    trigger = bodies["update_cliniko_patient"]
    assert (trigger["type"], trigger["fieldType"]) == ("enumeration", "select")
    assert [option["value"] for option in trigger["options"]] == ["yes", "no"]
    assert all(set(option) == {"label", "value", "displayOrder", "hidden"} for option in trigger["options"])
    assert (bodies["cliniko_home_phone"]["type"], bodies["cliniko_home_phone"]["fieldType"]) == (
        "string",
        "phonenumber",
    )
    assert (bodies["cliniko_cancelled_at"]["type"], bodies["cliniko_cancelled_at"]["fieldType"]) == (
        "datetime",
        "date",
    )
    assert bodies["cliniko_no_shows"]["fieldType"] == "number"
    pipelines = [action.body for action in actions if isinstance(action, CreatePipeline)]
    assert [body["pipelineId"] for body in pipelines] == ["cliniko_appointments", "cliniko_invoices"]
    assert min(body["displayOrder"] for body in pipelines) > 3
    assert pipelines[0]["stages"][0] == {
        "stageId": "cliniko_appt_booked",
        "label": "Booked",
        "displayOrder": 0,
        "metadata": {"probability": "0.6"},
    }


Change = Callable[[Portal], None]


def _drop(kind: str, name: str) -> Change:
    return lambda portal: portal["properties"][kind].remove(_named(portal, kind, name))


def _alter(kind: str, name: str, **changes: Any) -> Change:
    return lambda portal: _named(portal, kind, name).update(changes)


def _drop_option(kind: str, name: str) -> Change:
    return lambda portal: _named(portal, kind, name)["options"].pop(0)


def _add_option(kind: str, name: str) -> Change:
    own = {"label": "Mine", "value": "mine", "displayOrder": 50, "hidden": False}
    return lambda portal: _named(portal, kind, name)["options"].append(own)


def _pipeline(portal: Portal, name: str) -> Any:
    return next(one for one in portal["pipelines"] if one["id"] == name)


def _drop_stage(portal: Portal) -> None:
    stages = _pipeline(portal, "cliniko_appointments")["stages"]
    stages[:] = [stage for stage in stages if stage["id"] != "cliniko_appt_cancelled"]


def _add_stage(portal: Portal) -> None:
    own = {"id": "42", "label": "Call back", "displayOrder": 9, "metadata": {"probability": "0.1"}}
    _pipeline(portal, "cliniko_appointments")["stages"].append(own)


def _rename_stage(portal: Portal) -> None:
    _pipeline(portal, "cliniko_invoices")["stages"][0]["label"] = "Offen"


def _reorder_stages(portal: Portal) -> None:
    _pipeline(portal, "cliniko_invoices")["stages"][0]["displayOrder"] = 99


def _other_probability(portal: Portal) -> None:
    _pipeline(portal, "cliniko_invoices")["stages"][0]["metadata"] = {
        "probability": "0.1",
        "isClosed": "false",
    }


def _same_probability(portal: Portal) -> None:
    _pipeline(portal, "cliniko_appointments")["stages"][2]["metadata"] = {"probability": "1"}


def _drop_pipeline(portal: Portal) -> None:
    portal["pipelines"].remove(_pipeline(portal, "cliniko_invoices"))


DRIFTS: list[tuple[Change, str | None, str, set[str], bool]] = [
    (_drop("contacts", "cliniko_no_shows"), "property_missing", "breaking", {"patients"}, True),
    (
        _drop("contacts", "cliniko_record_kind"),
        "property_missing",
        "breaking",
        {"patients", "contacts"},
        True,
    ),
    (_drop("contacts", "unlink_cliniko_patient"), "property_missing", "breaking", {"unlink"}, True),
    (_alter("contacts", "cliniko_title", archived=True), "property_missing", "breaking", {"patients"}, True),
    (_alter("contacts", "cliniko_no_shows", type="string"), "type_changed", "breaking", {"patients"}, True),
    (
        _alter("deals", "cliniko_case_name", type="enumeration"),
        "type_changed",
        "breaking",
        {"appointments"},
        True,
    ),
    (_alter("contacts", "cliniko_home_phone", type="phone_number"), None, "", set(), True),
    (_alter("contacts", "cliniko_is_minor", type="enumeration"), None, "", set(), True),
    (_alter("contacts", "cliniko_title", fieldType="textarea"), None, "", set(), True),
    (
        _alter("contacts", "cliniko_patient_key", hasUniqueValue=False),
        "not_unique",
        "breaking",
        {"patients"},
        False,
    ),
    (
        _alter("contacts", "cliniko_title", modificationMetadata={"readOnlyValue": True}),
        "read_only",
        "breaking",
        {"patients"},
        False,
    ),
    (_drop_option("contacts", "cliniko_patient_status"), "option_missing", "breaking", {"patients"}, True),
    (_add_option("contacts", "cliniko_patient_status"), "option_added", "harmless", {"patients"}, False),
    (_alter("contacts", "cliniko_title", label="Anrede"), "label_changed", "harmless", {"patients"}, False),
    (_alter("contacts", "cliniko_title", groupName="mine"), "group_changed", "harmless", {"patients"}, False),
    (_alter("contacts", "cliniko_title", displayOrder=7), None, "", set(), True),
    (_drop_stage, "stage_missing", "breaking", {"appointments"}, True),
    (_add_stage, "stage_added", "tolerable", {"appointments"}, False),
    (_rename_stage, "stage_renamed", "harmless", {"invoices"}, False),
    (_reorder_stages, "stage_order_changed", "harmless", {"invoices"}, False),
    (_other_probability, "probability_changed", "tolerable", {"invoices"}, False),
    (_same_probability, None, "", set(), True),
    (_drop_pipeline, "pipeline_missing", "breaking", {"invoices"}, True),
]


@pytest.mark.parametrize(("change", "kind", "level", "streams", "is_closed"), DRIFTS)
def test_drift(change: Change, kind: str | None, level: str, streams: set[str], is_closed: bool) -> None:
    """R61: each change is weighed, only the affected stream pauses, one repair closes what it can."""
    portal = set_up_portal()
    change(portal)
    findings = compare(WANT, found(portal))
    assert [finding.kind for finding in findings] == ([kind] if kind else [])
    for finding in findings:
        assert finding.level == level
        assert set(finding.streams) == streams
        assert finding.message.endswith(".")
    assert broken_streams(findings) == (streams if level == "breaking" else set())
    carry_out(portal, repair(findings, found(portal)))
    left = compare(WANT, found(portal))
    if is_closed:
        assert not [finding for finding in left if finding.level == "breaking"]
    else:
        assert left == findings


def test_a_users_options_survive_a_repair() -> None:
    """R62, HubSpot facts 5.4: a list of options replaces the old one, so the user's own are sent along."""
    portal = set_up_portal()
    _drop_option("contacts", "cliniko_patient_status")(portal)
    _add_option("contacts", "cliniko_patient_status")(portal)
    findings = compare(WANT, found(portal))
    carry_out(portal, repair(findings, found(portal)))
    options = _named(portal, "contacts", "cliniko_patient_status")["options"]
    assert [option["value"] for option in options] == ["archived", "deleted", "merged", "mine", "active"]
    assert len({option["displayOrder"] for option in options}) == len(options)


def test_a_new_stage_is_put_last() -> None:
    """R62: no stage of the user's moves when one of ours comes back."""
    portal = set_up_portal()
    _drop_stage(portal)
    _add_stage(portal)
    actions = repair(compare(WANT, found(portal)), found(portal))
    assert [
        (action.pipeline_id, action.body["displayOrder"])
        for action in actions
        if isinstance(action, CreateStage)
    ] == [("cliniko_appointments", 10)]


def test_ids_that_hubspot_gave_are_found_again() -> None:
    """Schema §7: other ids than asked for are read back, by label where nobody remembers them."""
    portal = set_up_portal(numeric_ids=True)
    portal["pipelines"][-1]["id"] = "902"
    assert compare(WANT, found(portal)) == ()
    ids = actual_ids(WANT.pipelines, found(portal))
    assert (ids["cliniko_appointments"], ids["cliniko_invoices"]) == ("901", "902")
    assert len(set(ids.values())) == len(ids) == 14
    # Once remembered, renaming everything changes nothing.
    for pipeline in portal["pipelines"]:
        pipeline["label"] += " X"
        for stage in pipeline["stages"]:
            stage["label"] += " X"
    findings = compare(WANT, found(portal, ids))
    assert {finding.level for finding in findings} == {"harmless"}


def test_a_foreign_pipeline_of_our_name_is_not_taken() -> None:
    """R62: a pipeline with our name and other stages is the user's; a person has to rename it."""
    portal = empty_portal()
    portal["pipelines"].append(
        {"id": "77", "label": "cliniko Invoices", "stages": [{"id": "1", "label": "Open"}]}
    )
    findings = compare(Expected(pipelines=WANT.pipelines), found(portal))
    assert [finding.kind for finding in findings] == ["pipeline_missing", "pipeline_name_taken"]
    assert [
        action.wished_id for action in repair(findings, found(portal)) if isinstance(action, CreatePipeline)
    ] == ["cliniko_appointments"]


def test_another_tools_property_is_adopted_or_left_alone() -> None:
    """R64: the same name with a fitting type is used; with another type a person has to decide."""
    portal = empty_portal()
    portal["properties"]["contacts"] += [
        {"name": "cliniko_patient_id", "label": "Patient ID", "type": "string", "groupName": "other"},
        {
            "name": "cliniko_no_shows",
            "label": "No-shows",
            "type": "enumeration",
            "groupName": "other",
            "options": [],
        },
    ]
    before = copy.deepcopy(portal["properties"]["contacts"])
    findings = compare(WANT, found(portal))
    by_name = {finding.name: finding for finding in findings if finding.level == "breaking"}
    assert "cliniko_patient_id" not in by_name
    assert by_name["cliniko_no_shows"].kind == "type_changed"
    assert "leaves it alone" in by_name["cliniko_no_shows"].message
    actions = repair(findings, found(portal))
    assert not [
        action
        for action in actions
        if getattr(action, "name", "") in ("cliniko_no_shows", "cliniko_patient_id")
    ]
    carry_out(portal, actions)
    assert portal["properties"]["contacts"][: len(before)] == before


def test_our_own_property_gets_its_type_back() -> None:
    """R61: one click repairs a type that was changed, options included."""
    portal = set_up_portal()
    _alter("contacts", "cliniko_patient_status", type="string", options=[])(portal)
    actions = repair(compare(WANT, found(portal)), found(portal))
    assert [action.changes["type"] for action in actions if isinstance(action, RestoreType)] == [
        "enumeration"
    ]
    carry_out(portal, actions)
    assert compare(WANT, found(portal)) == ()
    assert _named(portal, "contacts", "cliniko_patient_status")["description"].endswith(MARK)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("cliniko_patient_key"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=8), inner, max_size=2),
    max_leaves=4,
)
ROWS = st.lists(
    st.dictionaries(
        st.sampled_from(
            [
                "id",
                "name",
                "label",
                "type",
                "options",
                "stages",
                "archived",
                "metadata",
                "displayOrder",
                "hasUniqueValue",
            ]
        ),
        JUNK,
    ),
    max_size=3,
)


@given(ROWS, ROWS, ROWS)
def test_whatever_hubspot_answers_is_compared(properties: Any, groups: Any, pipelines: Any) -> None:
    """Reliability: odd answers are differences, not crashes."""
    there = Found({"contacts": properties}, {"contacts": groups}, pipelines)
    repair(compare(WANT, there), there)
    actual_ids(WANT.pipelines, there)
