"""Roll-ups on contacts (R16): what is left alone, what HubSpot refuses, and its own two properties."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.sync.run import Chain
from tests.app.sync.small_clinic import SmallClinic, visit


@pytest.fixture
def clinic() -> Iterator[SmallClinic]:
    with ThreadPoolExecutor(1) as executor:
        made = SmallClinic(executor)
        yield made
        made.store.close()


@pytest.mark.parametrize(
    "aside",
    [
        {"state": "held", "reason": "same_person"},
        {"state": "left_out", "reason": "no_email"},
        {"on_hold": True},
    ],
)
def test_what_was_missed_comes_once_the_patient_is_back(clinic: SmallClinic, aside: dict[str, Any]) -> None:
    """R17, R84: nothing is written while a patient is held, left out or on hold, and nothing is lost by it."""
    clinic.link("7")
    clinic.run()
    clinic.change("7", **aside)
    clinic.sees(visit("1", "7", 5))
    clinic.run()
    assert clinic.hubspot.writes == []
    assert clinic.store.due() == []
    clinic.change("7", state="linked", reason=None, on_hold=False)
    clinic.run()
    assert clinic.written["57"]["cliniko_next_appointment"] == "2026-11-25T01:00:00.000Z"


def test_a_contact_on_hold_in_hubspot_is_left_alone(clinic: SmallClinic) -> None:
    """Schema §5: while cliniko_sync_hold is true nothing is written, and it is remembered to come back."""
    clinic.link("7")
    clinic.run()
    clinic.hubspot.contacts["57"]["cliniko_sync_hold"] = "true"
    clinic.sees(visit("1", "7", 5))
    clinic.run()
    assert clinic.hubspot.writes == []
    assert (clinic.record("7").state, clinic.record("7").reason) == ("left_out", "hubspot_hold")
    clinic.hubspot.contacts["57"]["cliniko_sync_hold"] = "false"
    clinic.change("7", state="linked", reason=None)
    clinic.run()
    assert clinic.written["57"]["cliniko_has_upcoming"] == "true"


def test_a_deleted_contact_is_the_patients_streams_question(clinic: SmallClinic) -> None:
    """R14: never made again here; the patient is read afresh next, and its neighbour is written all the same."""
    clinic.link("7")
    clinic.link("8")
    clinic.run()
    del clinic.hubspot.contacts["57"]
    clinic.sees(visit("1", "7", 5), visit("2", "8", 5))
    run = clinic.run()
    assert set(clinic.written) == {"58"}
    assert run.wanted("patients") == ["7"]
    assert run.report.waiting == 1
    assert clinic.store.due() == []


def test_a_merged_contact_is_followed_by_the_patients_stream(clinic: SmallClinic) -> None:
    """R14, I2: nothing is written to the survivor before it is known whose contact it is."""
    clinic.link("7")
    clinic.link("8")
    clinic.run()
    clinic.hubspot.merged["57"] = "58"
    clinic.sees(visit("1", "7", 5))
    run = clinic.run()
    assert clinic.hubspot.writes == []
    assert run.wanted("patients") == ["7"]


def test_a_merge_met_while_writing_is_handed_over(clinic: SmallClinic) -> None:
    """R14: within a first load contacts are not read first, so the answer tells."""
    clinic.link("7")
    clinic.link("8")
    clinic.hubspot.merged["57"] = "58"
    run = clinic.run(Chain(clinic.executor, is_chained=True))
    assert run.wanted("patients") == ["7"]
    assert clinic.record("7").hubspot_id == "57"
    assert clinic.store.open_intents() == []


def test_one_refused_property_spoils_only_itself(clinic: SmallClinic) -> None:
    """I11: what HubSpot does not accept is told, and the rest is written."""
    clinic.link("7")
    clinic.hubspot.refuse["cliniko_patient_stage"] = "invalid_option"
    run = clinic.run()
    assert "cliniko_patient_stage" not in clinic.hubspot.contacts["57"]
    assert clinic.hubspot.contacts["57"]["cliniko_visits_total"] == "0"
    assert [problem.code for problem in run.report.problems] == ["refused"]
    assert "cliniko_patient_stage" not in clinic.record("7").fields
    clinic.run()
    assert clinic.hubspot.writes == []


def test_own_values_coming_back_are_no_news(clinic: SmallClinic) -> None:
    """R6: the index of contacts knows when we wrote."""
    clinic.link("7")
    clinic.run()
    assert clinic.store.portal_contacts(["57"])["57"].modified == "2026-11-20T01:00:01.000Z"


def test_other_hashes_of_the_record_are_kept(clinic: SmallClinic) -> None:
    """R10: the memory of the patient's own fields is shared, and none of it is lost."""
    clinic.link("7", fields={"firstname": "aaaaaaaaaaaa"}, row_hash="h", refs={"patient": "7"})
    clinic.run()
    record = clinic.record("7")
    assert record.fields["firstname"] == "aaaaaaaaaaaa"
    assert "cliniko_has_upcoming" in record.fields
    assert (record.row_hash, record.state) == ("h", "linked")


def test_a_rebuilt_memory_writes_nothing_that_stands_there(clinic: SmallClinic) -> None:
    """R85: after a lost database the contacts are read, and equal values are only remembered."""
    clinic.link("7")
    clinic.run()
    clinic.change("7", fields={}, rule="rebuilt")
    chain = Chain(clinic.executor, is_chained=True)
    clinic.run(chain)
    assert clinic.hubspot.writes == []
    assert "cliniko_has_upcoming" in clinic.record("7").fields


def test_restating_asserts_every_value(clinic: SmallClinic) -> None:
    """R4: a value that somebody changed in HubSpot stays until the record is synced on request."""
    clinic.link("7")
    clinic.run()
    clinic.hubspot.contacts["57"]["cliniko_patient_stage"] = "active"
    clinic.run()
    assert clinic.hubspot.writes == []
    clinic.run(restate=frozenset({"7"}))
    assert clinic.written == {"57": {"cliniko_patient_stage": "enquiry"}}


@pytest.mark.parametrize(
    ("stage", "after"),
    [("", "customer"), ("lead", "customer"), ("opportunity", "customer"), ("evangelist", "evangelist")],
)
def test_lifecycle_only_moves_forward(clinic: SmallClinic, stage: str, after: str) -> None:
    """Schema §1: customer after the first attended visit, once, and never back."""
    clinic.settings["contacts.lifecycle"] = True
    clinic.link("7")
    clinic.hubspot.contacts["57"]["lifecyclestage"] = stage
    clinic.sees(visit("1", "7", 1))
    clinic.run()
    assert clinic.hubspot.contacts["57"]["lifecyclestage"] == stage
    clinic.clock.passes(2 * 86_400)
    clinic.run()
    assert clinic.hubspot.contacts["57"]["lifecyclestage"] == after
    clinic.hubspot.contacts["57"]["lifecyclestage"] = "lead"
    clinic.sees(visit("2", "7", 9))
    clinic.run()
    assert clinic.hubspot.contacts["57"]["lifecyclestage"] == "lead"


def test_the_owner_is_the_main_practitioners(clinic: SmallClinic) -> None:
    """R26, schema §1: set where there is none, follows the main practitioner while it is ours, and an owner
    set by a person stays."""
    clinic.settings["contacts.owner"] = True
    clinic.link("7")
    clinic.link("8")
    clinic.hubspot.contacts["58"]["hubspot_owner_id"] = "333"
    clinic.sees(visit("1", "7", -3), visit("2", "8", -3))
    clinic.run()
    assert clinic.hubspot.contacts["57"]["hubspot_owner_id"] == "901"
    assert clinic.hubspot.contacts["58"]["hubspot_owner_id"] == "333"
    clinic.sees(*[visit(str(10 + n), "7", -1, practitioner_id="2") for n in range(2)])
    clinic.run()
    assert clinic.hubspot.contacts["57"]["hubspot_owner_id"] == "902"
    clinic.hubspot.contacts["57"]["hubspot_owner_id"] = "444"
    clinic.sees(*[visit(str(20 + n), "7", -0.5, practitioner_id="1") for n in range(3)])
    clinic.run()
    assert clinic.hubspot.contacts["57"]["hubspot_owner_id"] == "444"
    clinic.run()
    assert clinic.hubspot.reads == clinic.hubspot.writes == []


def test_an_answer_that_is_lost_is_settled(clinic: SmallClinic) -> None:
    """I1, I3, I12: what was written before the crash is read back, in the journal, and not sent again."""
    clinic.link("7")
    clinic.hubspot.is_cut_off = True
    with pytest.raises(ConnectionAbortedError):
        clinic.run()
    assert clinic.store.due() == ["7"]
    clinic.hubspot.is_cut_off = False
    clinic.run()
    assert clinic.hubspot.writes == []
    assert clinic.store.due() == clinic.store.open_intents() == []
    assert {entry.source for entry in clinic.store.journal_of_record("patient", "7")} == {"rollup"}
