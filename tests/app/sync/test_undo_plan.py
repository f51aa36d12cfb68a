"""From one execution's journal to what would take it back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from app.domain.records import JournalEntry
from app.sync.undo_plan import Owner, plan_undo

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def entry(field: str, old: str | None, new: str | None, **other: Any) -> JournalEntry:
    values: dict[str, Any] = {
        "run_id": 1,
        "kind": "patient",
        "cliniko_id": "5",
        "service": "hubspot",
        "target_id": "501",
        "source": "sync",
    }
    return JournalEntry(**{**values, **other}, field=field, old=old, new=new, at=NOW)


def test_several_writes_of_one_field_go_back_to_the_first() -> None:
    """R81: what must still be shown is the last, what comes back stood before the first."""
    planned = plan_undo([entry("city", "Colac", "Sale"), entry("city", "Sale", "Lorne")])
    assert planned.hubspot["contacts"] == {"501": {"city": ("Lorne", "Colac")}}
    assert planned.owners == {"501": Owner("patient", "5")}


def test_what_was_made_stays_and_is_told_once() -> None:
    """R13: nothing is ever deleted in HubSpot by itself."""
    planned = plan_undo([entry("cliniko_patient_key", None, "5"), entry("city", None, "Sale")])
    assert planned.hubspot["contacts"] == {}
    assert [why for _, why in planned.stays] == ["created_stays"]


def test_a_contact_made_by_a_repair_gives_its_keys_and_address_back() -> None:
    """R52: the link returns to where it was, so that the new contact must let go of what is unique."""
    link = entry("link", "501", "502", service="clinicbridge", target_id="502", source="repair")
    new = {"target_id": "502"}
    planned = plan_undo(
        [
            entry("cliniko_patient_key", None, "5", **new),
            entry("email", None, "a@example.test", **new),
            entry("firstname", None, "Ines", **new),
            link,
        ]
    )
    assert set(planned.hubspot["contacts"]["502"]) == {"cliniko_patient_key", "email"}


def test_stamps_and_requests_are_not_taken_back() -> None:
    """R42: what a person asks for through a property is theirs."""
    planned = plan_undo(
        [
            entry("cliniko_last_synced_at", "a", "b"),
            entry("update_cliniko_patient", "yes", "no", source="write_back"),
        ]
    )
    assert planned.hubspot["contacts"] == {}


def test_what_was_forgotten_or_merged_cannot_come_back() -> None:
    """R84 and the one answer that HubSpot cannot take back."""
    planned = plan_undo(
        [
            entry("city", None, None, source="repair"),
            entry("answer", None, "merge", service="clinicbridge", target_id="7", source="answer"),
            entry("groups", None, "created", kind="schema", source="schema"),
        ]
    )
    assert [why for _, why in planned.stays] == ["forgotten", "not_undoable", "not_undoable"]


def test_a_record_made_in_cliniko_stays_linked() -> None:
    """R40: the patient is not deleted, so the two stay together."""
    cliniko = {"service": "cliniko", "target_id": "5", "source": "write_back"}
    planned = plan_undo(
        [
            entry("first_name", None, "Kim", **cliniko),
            entry("city", None, "Sale", **cliniko),
            entry("cliniko_patient_key", "", "5", source="write_back"),
            entry("cliniko_gender_identity", "", "Woman", source="write_back"),
        ]
    )
    assert planned.cliniko == {}
    assert "cliniko_patient_key" not in planned.hubspot["contacts"].get("501", {})
