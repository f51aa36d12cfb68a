"""The catalogue holds exactly the documented properties, stages and numbers."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from app.domain.stream import Property
from app.schema.catalogue import CATALOGUE, KEY_OF
from app.schema.levels import wanted

# name (without its prefix): privacy level, * = compact set: type
EXPECTED = {
    "cliniko_patient": """
patient_key:M*:string patient_id:M*:string patient_url:M*:string update_cliniko_patient:M*:enumeration
unlink_cliniko_patient:M*:enumeration preferred_first_name:S*:string title:S:string
date_of_birth:S*:date is_minor:M*:bool gender_identity:S:string sex:D:string pronouns:D:string
home_phone:S:phone_number mobile_phone:S:phone_number other_phones:D:string address_line_1:S:string
address_line_2:S:string address_line_3:S:string country_code:S:string time_zone:S:string
occupation:D:string referral_source:S*:string referral_subcategory:S:string referrer_type:S:enumeration
referrer_name:D:string referring_doctor:D:string concession_type:D:string
email_marketing:M*:enumeration sms_marketing:M*:enumeration privacy_policy:M*:enumeration
reminder_type:S:enumeration receives_confirmations:S:bool shared_email:M*:string email_holder:M:string
household_size:S:number patient_status:M*:enumeration patient_created_at:S:datetime
patient_updated_at:S:datetime old_reference_id:D:string
""",
    "cliniko_activity": """
first_appointment:S*:datetime last_appointment:M*:datetime next_appointment:M*:datetime
has_upcoming:M*:bool last_practitioner:S*:string next_practitioner:S*:string
last_appointment_type:D:string next_appointment_type:D:string last_location:S:string
next_location:S:string main_practitioner:S:string visits_total:S*:number visits_12m:S*:number
no_shows:S*:number cancellations:S:number late_cancellations:S:number last_no_show:S:datetime
last_cancellation:S:datetime lapse_band:S*:enumeration patient_stage:S:enumeration rebooked:S:bool
invoiced_total:S*:number paid_total:S:number last_invoice_date:S:date last_invoice_amount:S:number
open_invoices:S:number open_cases:D:number
""",
    "cliniko_contact": """
contact_key:M*:string contact_id:M*:string contact_url:S:string update_cliniko_contact:M*:enumeration
unlink_cliniko_contact:M*:enumeration contact_type:S:enumeration doctor_type:S:enumeration
contact_preferred_name:S:string contact_company:S:string contact_occupation:S:string
provider_number:D:string contact_phones:S:string contact_status:M*:enumeration referrals_made:S:number
last_referral:S:date
""",
    "cliniko_sync": """
account_id:M*:string record_kind:M*:enumeration last_synced_at:M*:datetime link_rule:M*:enumeration
not_patient_ids:M*:string last_error:M*:string sync_hold:M*:bool review_needed:M*:bool
""",
    "cliniko_appointment": """
appointment_key:M*:string appointment_id:M*:string appointment_url:M*:string deal_patient_id:M*:string
appointment_start:M*:datetime appointment_end:M*:datetime appointment_minutes:S:number
appointment_status:M*:enumeration appointment_type_id:S:string appointment_type:S:string
appointment_category:S:string practitioner_id:S*:string practitioner:S*:string
practitioner_email:S*:string business_id:S:string business:S:string patient_arrived:S:bool
did_not_arrive:S:bool cancelled_at:S:datetime cancellation_reason:D:enumeration booked_at:S:datetime
appointment_updated_at:S:datetime booked_online:S:bool is_telehealth:S:bool is_first_visit:S*:bool
is_group:S:bool repeat_series:D:bool invoice_status:S:enumeration reminder_sent:D:bool
estimated_value:S:number case_id:S:string case_name:S:string case_issue_date:S:date
case_expiry_date:S:date case_status:S:enumeration case_max_sessions:D:number
case_sessions_used:D:number case_sessions_left:D:number case_max_amount:D:number
case_referral_type:D:enumeration case_doctor:D:string
""",
    "cliniko_invoice": """
invoice_key:M*:string invoice_id:M*:string invoice_number:M*:number invoice_url:S:string
invoice_patient_id:M*:string invoice_issue_date:M*:date invoice_closed_at:S:datetime
invoice_state:M*:enumeration invoice_total:M*:number invoice_net:S:number invoice_tax:S:number
invoice_discount:S:number invoice_appointment_id:S:string invoice_case_id:D:string
invoice_practitioner_id:S:string invoice_practitioner:S:string invoice_business_id:S:string
invoice_business:S:string invoice_item_count:S:number invoice_item_codes:D:string
invoice_item_names:D:string invoice_concession:D:string invoice_third_party:S:bool
invoice_days_to_pay:S:number invoice_created_at:S:datetime invoice_updated_at:S:datetime
""",
}


def test_counts_are_those_of_the_documentation() -> None:
    """Schema §8: about 150 properties, 55 compact ones, 38 of these on contacts, ten at the least."""
    compact = [row for row in CATALOGUE.owned if row.compact]
    assert 145 <= len(CATALOGUE.owned) <= 160
    assert 53 <= len(compact) <= 58
    assert len([row for row in compact if row.object == "contacts"]) == 38
    assert len([row for row in CATALOGUE.owned if row.minimal_plan]) == 10


@pytest.mark.parametrize("group", EXPECTED)
def test_every_group_holds_its_properties(group: str) -> None:
    """Schema §2 to §7: names, privacy level, compact mark and type of each row, in order."""
    found = [
        f"{row.name.removeprefix('cliniko_')}:{row.level}{'*' if row.compact else ''}:{row.type}"
        for row in CATALOGUE.owned
        if row.group == group
    ]
    assert found == EXPECTED[group].split()


def test_names_are_ours_and_unique() -> None:
    """Schema, conventions: our prefix everywhere but on the four triggers; HubSpot's rules for names."""
    names = [row.name for row in CATALOGUE.owned]
    assert len(names) == len(set(names))
    unprefixed = {name for name in names if not name.startswith("cliniko_")}
    assert unprefixed == {row.name for row in CATALOGUE.triggers}
    assert len(unprefixed) == 4
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,99}", name) for name in names)


def test_four_unique_keys() -> None:
    """Schema, conventions: exactly the keys hold unique values, and they are text."""
    unique = {row.name for row in CATALOGUE.owned if row.unique}
    assert unique == set(KEY_OF.values())
    assert all(row.type == "string" and row.level == "M" for row in CATALOGUE.owned if row.unique)


def _minimal() -> set[str]:
    return {row.name for row in wanted("minimal", "smallest")}


def test_smallest_set_by_name() -> None:
    """Schema §8: what is kept when fewer than 38 contact properties are free."""
    assert _minimal() == {
        "cliniko_patient_key",
        "cliniko_patient_id",
        "update_cliniko_patient",
        "unlink_cliniko_patient",
        "cliniko_contact_key",
        "cliniko_shared_email",
        "cliniko_patient_status",
        "cliniko_record_kind",
        "cliniko_not_patient_ids",
        "cliniko_last_error",
    }


@pytest.mark.parametrize("row", CATALOGUE.owned, ids=lambda row: row.name)
def test_options_follow_the_type(row: Property) -> None:
    """Schema, conventions: choices and facts have options, nothing else has; values are never repeated."""
    assert bool(row.options) == (row.type in ("enumeration", "bool"))
    values = [value for value, _ in row.options]
    assert len(values) == len(set(values))
    assert row.meaning
    assert row.source
    assert row.label


def test_stages_and_probabilities() -> None:
    """Schema §6 and §7: stage ids in order, with their probabilities."""
    assert {
        pipeline.id: [(stage.id, stage.label, stage.probability) for stage in pipeline.stages]
        for pipeline in CATALOGUE.pipelines
    } == {
        "cliniko_appointments": [
            ("cliniko_appt_booked", "Booked", "0.6"),
            ("cliniko_appt_arrived", "Arrived", "0.9"),
            ("cliniko_appt_attended", "Attended", "1.0"),
            ("cliniko_appt_not_marked", "Not marked", "0.5"),
            ("cliniko_appt_did_not_arrive", "Did not arrive", "0.0"),
            ("cliniko_appt_cancelled", "Cancelled", "0.0"),
            ("cliniko_appt_removed", "Removed", "0.0"),
        ],
        "cliniko_invoices": [
            ("cliniko_inv_open", "Open", "0.8"),
            ("cliniko_inv_paid", "Paid", "1.0"),
            ("cliniko_inv_closed", "Closed", "0.0"),
            ("cliniko_inv_credit", "Credit", "0.5"),
            ("cliniko_inv_removed", "Removed", "0.0"),
        ],
    }


def test_nothing_that_must_stay_in_cliniko_has_a_property() -> None:
    """Schema, never synced: no notes, government numbers, emergency contacts, links or free text."""
    forbidden = re.compile(
        r"note|medicare_number|dva_card|emergency|ip_address|telehealth_url|free_text|letter|alert"
    )
    assert not [row.name for row in CATALOGUE.owned if forbidden.search(row.name)]


def test_streams_of_a_property() -> None:
    """R61: only the affected stream pauses; a trigger concerns only what it asks for."""
    streams = {
        name: CATALOGUE.streams_of(row)
        for name in (
            "cliniko_no_shows",
            "cliniko_record_kind",
            "update_cliniko_contact",
            "unlink_cliniko_patient",
        )
        if (row := CATALOGUE.named("contacts", name))
    }
    assert streams == {
        "cliniko_no_shows": ("patients",),
        "cliniko_record_kind": ("patients", "contacts"),
        "update_cliniko_contact": ("write_back",),
        "unlink_cliniko_patient": ("unlink",),
    }


def test_documented_names_agree_with_a_given_document() -> None:
    """Where a written schema is at hand, every name and level of its tables is in the catalogue."""
    given = os.environ.get("HUBSPOT_SCHEMA_FILE")
    if not given:
        pytest.skip("HUBSPOT_SCHEMA_FILE is not set")
    documented = {}
    for line in Path(given).read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        for name in cells[0].split(" / ") if line.startswith("| ") else ():
            if re.fullmatch(r"(cliniko|update_cliniko|unlink_cliniko)_[a-z0-9_]+", name.strip()):
                documented[name.strip()] = cells[-1].split(" ")[0]
    assert documented
    for name, level in documented.items():
        row = CATALOGUE.named("contacts", name) or CATALOGUE.named("deals", name)
        assert row is not None, name
        if level.rstrip("★") in ("M", "S", "D"):
            assert f"{row.level}{'★' if row.compact else ''}" == level, name
