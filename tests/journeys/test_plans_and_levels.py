"""What a HubSpot plan has room for, and what each privacy level creates and sends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.errors import PlanTooSmall
from app.schema.catalogue import CATALOGUE
from tests.journeys.rig import PEOPLE, Rig

ALL = PEOPLE | {"appointments"}
DEALS = ALL | {"invoices"}


def patient(rig: Rig) -> str:
    """Somebody with something in every field that levels treat differently."""
    return rig.cliniko.add_patient(
        first_name="Ines",
        last_name="Okafor",
        email="ines@example.test",
        date_of_birth="1984-11-02",
        sex="Female",
        occupation="Baker",
        city="Geelong",
        patient_phone_numbers=[{"phone_type": "Work", "number": "03 5200 0009"}],
    )


def visit(rig: Rig, who: str) -> str:
    """An appointment of a telling kind with a named practitioner, in three days."""
    user = rig.cliniko.add_user(email="ari@example.test", first_name="Ari", last_name="Novak")
    ari = rig.cliniko.add_practitioner(
        first_name="Ari", last_name="Novak", display_name="Ari Novak", user_id=user
    )
    return rig.cliniko.add_appointment(
        who,
        rig.clock.now() + timedelta(days=3),
        practitioner_id=ari,
        business_id=rig.cliniko.add_business(time_zone_identifier="Australia/Melbourne"),
        appointment_type_id=rig.cliniko.add_appointment_type("Pelvic floor", 45),
    )


def ours(rig: Rig, kind: str) -> set[str]:
    """Names of our properties that exist."""
    return set(rig.hubspot.definitions[kind].active) & CATALOGUE.owned_names(kind)


def deal_of(rig: Rig, appointment: str) -> dict[str, str]:
    (found,) = rig.hubspot.having("deals", "cliniko_appointment_key", appointment)
    return dict(found)


@pytest.mark.parametrize("level", ["minimal", "standard", "detailed"])
def test_a_level_creates_and_sends_no_more_than_it_says(rig: Rig, level: str) -> None:
    """R84, schema: the column of levels, in properties, values and names of deals."""
    rig.set("privacy.level", level)
    who = patient(rig)
    booking = visit(rig, who)
    rig.catch_up(ALL)
    contact, deal = rig.contact_of(who), deal_of(rig, booking)
    assert bool(contact.get("city")) == (level != "minimal")
    assert contact.get("cliniko_date_of_birth", "") == ("" if level == "minimal" else "1984-11-02")
    assert contact.get("cliniko_sex", "") == ("Female" if level == "detailed" else "")
    assert contact.get("cliniko_other_phones", "") == ("Work: 03 5200 0009" if level == "detailed" else "")
    names = {
        "minimal": "Appointment 25 Nov 2026",
        "standard": "Appointment – Ari Novak – 25 Nov 2026",
        "detailed": "Appointment – Ari Novak – 25 Nov 2026 – Pelvic floor",
    }
    assert deal["dealname"] == names[level]
    assert bool(deal.get("cliniko_practitioner")) == (level != "minimal")
    assert bool(contact.get("cliniko_next_appointment"))
    rank = {"M": 0, "S": 1, "D": 2}
    limit = ["minimal", "standard", "detailed"].index(level)
    for kind in ("contacts", "deals"):
        made = ours(rig, kind)
        assert made == {
            row.name
            for row in CATALOGUE.owned
            if row.object == kind
            and rank[row.level] <= limit
            and set(CATALOGUE.filled_by(row)) & {"patients", "contacts", "appointments"}
        }
    rig.forget_calls()
    assert rig.sync(ALL).problems == []
    assert rig.hubspot_writes() == 0


@pytest.mark.parametrize(("stream", "group"), [("invoices", "deals"), ("contacts", "contacts")])
def test_a_stream_switched_on_later_the_same_day_gets_its_group(rig: Rig, stream: str, group: str) -> None:
    """R60: HubSpot refuses properties whose group is not there, so the group comes first, whatever the hour."""
    rig.set(f"streams.{stream}", False)
    rig.catch_up(ALL)
    rig.set(f"streams.{stream}", True)
    report = rig.catch_up(DEALS)
    assert report.problems == []
    wanted = {"invoices": "cliniko_invoice", "contacts": "cliniko_contact"}[stream]
    assert wanted in rig.hubspot.definitions[group].groups


def test_a_level_raised_later_creates_what_is_missing(rig: Rig) -> None:
    """R61, R84: what never was there is no drift; everybody gets the new values."""
    rig.set("privacy.level", "minimal")
    who = patient(rig)
    booking = visit(rig, who)
    rig.catch_up(ALL)
    rig.set("privacy.level", "detailed")
    report = rig.catch_up(ALL)
    assert (report.problems, rig.questions()) == ([], ["owner_missing"])
    assert rig.contact_of(who)["cliniko_sex"] == "Female"
    assert rig.contact_of(who)["city"] == "Geelong"
    assert deal_of(rig, booking)["cliniko_appointment_type"] == "Pelvic floor"
    assert deal_of(rig, booking)["dealname"].endswith("Pelvic floor")
    rig.forget_calls()
    rig.sync(ALL)
    assert rig.hubspot_writes() == 0


def test_a_level_lowered_stops_sending_and_takes_out_what_was_sent(rig: Rig) -> None:
    """R84: HubSpot knows no more than the picture of the level shows; what a person typed stays; no drift."""
    rig.set("privacy.level", "detailed")
    who = patient(rig)
    booking = visit(rig, who)
    rig.catch_up(ALL)
    contact = rig.contact_of(who)["hs_object_id"]
    rig.hubspot.edit_contact(contact, phone="03 9999 0000", jobtitle="Baker")
    rig.set("privacy.level", "minimal")
    rig.cliniko.edit_patient(who, last_name="Okafor-Lee")
    report = rig.catch_up(ALL)
    assert report.problems == []
    now = rig.contact_of(who)
    gone = ("city", "cliniko_sex", "cliniko_occupation", "cliniko_date_of_birth", "cliniko_visits_total")
    assert [now.get(name) or "" for name in gone] == [""] * len(gone)
    assert (now["lastname"], now["phone"], now["jobtitle"]) == ("Okafor-Lee", "03 9999 0000", "Baker")
    assert not deal_of(rig, booking).get("cliniko_appointment_type")
    assert deal_of(rig, booking)["cliniko_appointment_status"] == "booked"
    rig.forget_calls()
    rig.sync(ALL)
    assert rig.hubspot_writes() == 0
    rig.set("privacy.level", "standard")
    rig.catch_up(ALL)
    now = rig.contact_of(who)
    assert (now["city"], now["cliniko_visits_total"]) == ("Geelong", "0")
    assert not now.get("cliniko_sex")


def test_a_level_lowered_during_a_hold_takes_out_once_it_is_lifted(rig: Rig) -> None:
    """R84: a hold stops all writing; what the level no longer sends goes when the record is synced again."""
    who = patient(rig)
    booking = visit(rig, who)
    rig.catch_up(ALL)
    rig.engine.hold("patient", who)
    rig.set("privacy.level", "minimal")
    rig.catch_up(ALL)
    assert rig.contact_of(who)["city"] == "Geelong"
    assert deal_of(rig, booking)["cliniko_practitioner"]
    rig.engine.release("patient", who)
    rig.catch_up(ALL)
    assert not rig.contact_of(who).get("city")
    assert not deal_of(rig, booking).get("cliniko_practitioner")
    rig.forget_calls()
    rig.sync(ALL)
    assert rig.hubspot_writes() == 0


def test_a_plan_with_room_for_the_compact_set(rig: Rig) -> None:
    """R60, schema §8: only starred properties, told once, and it works."""
    rig.hubspot.plan = replace(rig.hubspot.plan, custom_properties=45)
    who = patient(rig)
    booking = visit(rig, who)
    report = rig.catch_up(ALL)
    assert {row.compact for row in CATALOGUE.owned if row.name in ours(rig, "contacts")} == {True}
    assert [p.code for p in report.problems] == ["plan_small"]
    assert report.exit_code == 0
    assert rig.contact_of(who)["cliniko_date_of_birth"] == "1984-11-02"
    assert deal_of(rig, booking)["cliniko_appointment_status"] == "booked"
    rig.forget_calls()
    assert rig.sync(ALL).problems == []
    assert rig.hubspot_writes() == 0


def test_a_plan_with_room_for_ten(rig: Rig) -> None:
    """Schema §8: the smallest set on the free plan; people still match, deals wait for a larger plan."""
    rig.hubspot.plan = replace(rig.hubspot.plan, custom_properties=10, pipelines=1)
    who = patient(rig)
    visit(rig, who)
    report = rig.catch_up(ALL)
    assert len(ours(rig, "contacts")) == 10
    assert rig.contact_of(who)["firstname"] == "Ines"
    assert report.exit_code == 0
    rig.forget_calls()
    again = rig.sync(ALL)
    assert again.exit_code == 0
    assert again.problems == []
    assert rig.hubspot_writes() == 0


def test_a_plan_that_is_too_small_stops_before_anything_is_written(rig: Rig) -> None:
    """Schema §8: exit 1 and the plan's numbers named."""
    rig.hubspot.plan = replace(rig.hubspot.plan, custom_properties=9)
    patient(rig)
    with pytest.raises(PlanTooSmall) as caught:
        rig.sync(ALL)
    assert caught.value.exit_code == 1
    report = caught.value.report
    assert report is not None
    assert report.as_json()["status"] == "attention"
    assert ours(rig, "contacts") == set()
    assert rig.hubspot_writes() == 0


@pytest.mark.parametrize("counts_default", [True, False])
def test_one_free_pipeline_takes_the_appointments(rig: Rig, counts_default: bool) -> None:
    """R60: appointments only; told once, tried once, and nothing else stops."""
    rig.hubspot.plan = replace(rig.hubspot.plan, pipelines=2)
    rig.hubspot.switches.pipeline_usage_counts_default = counts_default
    rig.set("streams.invoices", True)
    who = patient(rig)
    booking = visit(rig, who)
    rig.cliniko.add_invoice(who)
    report = rig.catch_up(DEALS)
    assert deal_of(rig, booking)["pipeline"] == "cliniko_appointments"
    assert len(rig.hubspot.deals()) == 1
    assert [p.code for p in report.problems] == ["plan_small"]
    assert report.exit_code == 0
    rig.forget_calls()
    again = rig.sync(DEALS)
    assert (again.problems, again.exit_code, rig.questions()) == ([], 0, ["owner_missing"])
    assert not [call for call in rig.hubspot_calls() if call.startswith("POST /crm/pipelines")]


def test_ids_of_pipelines_and_stages_may_be_hubspots_own(rig: Rig) -> None:
    """Schema §7: the ids in the answer are stored and used, also after the database was lost."""
    rig.hubspot.switches.honours_pipeline_ids = False
    who = patient(rig)
    booking = visit(rig, who)
    rig.catch_up(ALL)
    deal = deal_of(rig, booking)
    assert deal["pipeline"].isdigit()
    assert deal["dealstage"].isdigit()
    rig.cliniko.cancel_appointment(booking)
    rig.sync(ALL)
    cancelled = deal_of(rig, booking)["dealstage"]
    assert cancelled != deal["dealstage"]
    rig.lose_database()
    rig.catch_up(ALL)
    assert deal_of(rig, booking)["dealstage"] == cancelled
    assert len(rig.hubspot.deals()) == 1
    rig.forget_calls()
    assert rig.sync(ALL).problems == []
    assert rig.hubspot_writes() == 0


def test_a_further_stage_is_noted_once(rig: Rig) -> None:
    """R61: tolerable."""
    patient(rig)
    rig.catch_up(ALL)
    pipeline = rig.hubspot.pipelines.known["cliniko_appointments"]
    pipeline.stages["own_stage"] = replace(
        pipeline.stages["cliniko_appt_booked"], id="own_stage", label="Call back"
    )
    assert [p.code for p in rig.sync(ALL).problems] == ["schema_note"]
    assert rig.sync(ALL).problems == []


def own_field(rig: Rig, token: str, name: str, kind: str = "text") -> None:
    """Define one of the clinic's own patient fields."""
    definition = rig.cliniko.settings["patient_custom_fields_definition"]
    if not definition["sections"]:
        definition["sections"].append({"token": "own", "name": "Own", "archived": False, "fields": []})
    definition["sections"][0]["fields"].append(
        {"token": token, "name": name, "type": kind, "archived": False}
    )


def test_own_fields_are_sent_one_by_one_at_the_detailed_level(rig: Rig) -> None:
    """Schema §2: chosen by their tokens, named as the clinic named them, never below detailed."""
    section = rig.cliniko.settings["patient_custom_fields_definition"]["sections"]
    section.clear()
    own_field(rig, "funding", "Funding scheme")
    own_field(rig, "pet", "Name of the dog")
    who = rig.cliniko.add_patient(
        first_name="Ines",
        last_name="Okafor",
        email="ines@example.test",
        custom_fields={
            "sections": [
                {
                    "token": "own",
                    "fields": [{"token": "funding", "value": "NDIS"}, {"token": "pet", "value": "Rex"}],
                }
            ]
        },
    )
    rig.set("patients.custom_fields", ["funding"])
    rig.catch_up()
    assert "cliniko_cf_funding" not in rig.hubspot.definitions["contacts"].active
    rig.set("privacy.level", "detailed")
    report = rig.catch_up()
    assert report.problems == []
    made = rig.hubspot.definitions["contacts"].active
    assert made["cliniko_cf_funding"].label == "Funding scheme"
    assert "cliniko_cf_pet" not in made
    assert rig.contact_of(who)["cliniko_cf_funding"] == "NDIS"
    rig.forget_calls()
    assert rig.sync().problems == []
    assert rig.hubspot_writes() == 0
    rig.engine.forget("patient", who)
    assert not [c for c in rig.hubspot.contacts().values() if c.get("cliniko_cf_funding")]
    rig.hubspot.archive_property("contacts", "cliniko_cf_funding")
    rig.clock.passes(86_400)
    assert "schema_drift" in [p.code for p in rig.sync().problems]


def test_roll_ups_come_without_any_deal(rig: Rig) -> None:
    """Schema §8: no pipeline fits, so contacts get their visits and no deal is made; told once."""
    rig.hubspot.plan = replace(rig.hubspot.plan, pipelines=1)
    who = patient(rig)
    visit(rig, who)
    rig.clock.passes(900)
    report = rig.engine.run_until_caught_up()
    assert [p.code for p in report.problems] == ["plan_small"]
    assert rig.hubspot.deals() == {}
    assert rig.contact_of(who)["cliniko_has_upcoming"] == "true"
    rig.forget_calls()
    rig.clock.passes(900)
    assert rig.engine.run().problems == []
    assert rig.hubspot_writes() == 0
    rig.hubspot.plan = replace(rig.hubspot.plan, pipelines=15)
    rig.clock.passes(86_400)
    rig.engine.run_until_caught_up()
    assert len(rig.hubspot.deals()) == 1


def test_roll_ups_come_with_appointments_switched_off(rig: Rig) -> None:
    """R16: visits are counted from the local table whether or not they make deals."""
    rig.set("streams.appointments", False)
    who = patient(rig)
    visit(rig, who)
    rig.clock.passes(900)
    rig.engine.run_until_caught_up()
    assert rig.hubspot.deals() == {}
    assert rig.contact_of(who)["cliniko_has_upcoming"] == "true"
    rig.forget_calls()
    rig.clock.passes(900)
    assert rig.engine.run().problems == []
    assert rig.hubspot_writes() == 0


@pytest.mark.parametrize("shape", ["minimal", "smallest"])
def test_requests_work_with_few_properties(rig: Rig, shape: str) -> None:
    """Schema §8: only properties that exist are read, searched and written; requests are answered all the same."""
    asking = ALL | {"write_back", "unlink"}
    if shape == "minimal":
        rig.set("privacy.level", "minimal")
    else:
        rig.hubspot.plan = replace(rig.hubspot.plan, custom_properties=10)
    who = patient(rig)
    rig.catch_up(asking)
    contact = rig.contact_of(who)["hs_object_id"]
    rig.hubspot.edit_contact(contact, lastname="Okafor-Lee", city="Colac", update_cliniko_patient="yes")
    rig.clock.passes(60)
    report = rig.engine.poll_triggers()
    assert report is not None
    assert (report.exit_code, report.problems) == (0, [])
    row = rig.cliniko.patient(who)
    assert (row["last_name"], row["city"]) == ("Okafor-Lee", "Colac")
    assert rig.contact_of(who)["update_cliniko_patient"] == "no"
    rig.hubspot.edit_contact(contact, lastname="x" * 300, update_cliniko_patient="yes")
    report = rig.sync(asking)
    assert report.exit_code == 1
    assert rig.hubspot.contact(contact)["cliniko_last_error"]
    rig.hubspot.edit_contact(contact, lastname="Okafor-Lee", unlink_cliniko_patient="yes")
    rig.sync(asking)
    there = rig.hubspot.contact(contact)
    assert not there.get("cliniko_patient_key")
    assert there["cliniko_not_patient_ids"] == who
    rig.cliniko.edit_patient(who, first_name="Inez")
    rig.sync(asking)
    assert rig.contact_of(who)["hs_object_id"] != contact
    rig.forget_calls()
    rig.sync(asking)
    assert rig.hubspot_writes() == 0


def test_an_id_that_another_tool_keeps_as_a_number_is_lived_with(rig: Rig) -> None:
    """R64, schema: read where a number can hold it, never written, one note; our own key does the work."""
    for name in ("cliniko_patient_id", "cliniko_contact_id"):
        rig.hubspot.add_property("contacts", name, type="number", field_type="number")
    old = rig.cliniko.add_patient(id=4711, first_name="Ines", last_name="Okafor", email="ines@example.test")
    twin = rig.cliniko.add_patient(
        first_name="Al", last_name="Okafor", email="al@example.test", date_of_birth="1980-01-01"
    )
    moved_in = rig.hubspot.add_contact(firstname="I.", lastname="Okafor", cliniko_patient_id="4711")
    rounded = rig.hubspot.add_contact(
        firstname="Bea", lastname="Okafor", cliniko_patient_id="1390710863102480000"
    )
    report = rig.sync(ALL)
    assert report.exit_code == 0
    assert [p.code for p in report.problems] == ["schema_note", "schema_note"]
    assert rig.contact_of(old)["hs_object_id"] == moved_in
    assert rig.hubspot.contact(moved_in)["cliniko_link_rule"] == "adopted"
    assert not rig.hubspot.contact(rounded).get("cliniko_patient_key")
    assert not rig.contact_of(twin).get("cliniko_patient_id")
    assert rig.questions() == []
    rig.forget_calls()
    assert rig.sync(ALL).problems == []
    assert rig.hubspot_writes() == 0


def test_an_id_of_ours_that_became_a_number_stops_the_patients(rig: Rig) -> None:
    """R61: what was text before is drift, and repaired."""
    who = rig.cliniko.add_patient(first_name="Ines", last_name="Okafor", email="ines@example.test")
    rig.sync(ALL)
    made = rig.hubspot.definitions["contacts"].active["cliniko_patient_id"]
    made.type, made.description = "number", ""
    assert rig.sync(ALL).exit_code == 1
    assert "schema_drift" in rig.questions()
    assert rig.has_contact(who)


def test_the_limits_are_asked_for_once(rig: Rig) -> None:
    """R60: one call tells them for contacts and deals."""
    rig.sync(ALL)
    limits = {path: count for path, count in rig.hubspot_calls().items() if "/crm/limits/" in path}
    assert set(limits.values()) == {1}
    assert len(limits) == 2
