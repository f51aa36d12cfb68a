"""Roll-ups from the local table (R16): who is due, when, and what is told."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from app.domain.records import Bill, Cursor
from app.errors import Cancelled
from app.sync.open_cases import keep_open_cases
from app.sync.run import Chain
from tests.app.sync.small_clinic import NOW, SmallClinic, visit


@pytest.fixture
def clinic() -> Iterator[SmallClinic]:
    with ThreadPoolExecutor(1) as executor:
        made = SmallClinic(executor)
        yield made
        made.store.close()


def test_every_linked_patient_gets_roll_ups(clinic: SmallClinic) -> None:
    """R16: also a patient without any visit; values, source and stamp as declared."""
    clinic.link("7")
    clinic.link("8")
    clinic.sees(visit("1", "7", -10), visit("2", "7", 3, practitioner_id="2"))
    run = clinic.run()
    assert clinic.written["57"]["cliniko_last_practitioner"] == "Dr Ada Vale"
    assert clinic.written["57"]["cliniko_next_practitioner"] == "Dr Bo Winter"
    assert clinic.written["57"]["cliniko_visits_total"] == "1"
    assert clinic.written["57"]["cliniko_next_location"] == "Harbour Clinic"
    assert clinic.written["58"]["cliniko_patient_stage"] == "enquiry"
    assert "cliniko_first_appointment" not in clinic.written["58"]
    assert clinic.hubspot.contacts["58"]["cliniko_last_synced_at"] == "2026-11-20T01:00:00.000Z"
    journal = clinic.store.journal_of_run(run.run_id)
    assert {entry.source for entry in journal} == {"rollup"}
    assert {(entry.kind, entry.service) for entry in journal} == {("patient", "hubspot")}
    assert clinic.store.due() == clinic.store.open_intents() == []
    assert run.report.as_json()["streams"]["patients"]["read"] == 0


def test_a_quiet_run_does_nothing(clinic: SmallClinic) -> None:
    """I13: no call, no write, nothing local changes."""
    clinic.link("7")
    clinic.sees(visit("1", "7", -10))
    clinic.run()
    before, calls = clinic.snapshot(), clinic.cliniko.calls
    clinic.clock.passes(900)
    clinic.run()
    assert clinic.hubspot.reads == clinic.hubspot.writes == []
    assert clinic.cliniko.calls == calls
    assert clinic.snapshot() == before


def test_only_what_moved_is_written_with_its_old_value(clinic: SmallClinic) -> None:
    """I12: the value that is replaced stands in the journal; the others are not sent again."""
    clinic.link("7")
    clinic.sees(visit("1", "7", 5))
    clinic.run()
    clinic.sees(visit("1", "7", 6))
    run = clinic.run()
    assert clinic.written == {"57": {"cliniko_next_appointment": "2026-11-26T01:00:00.000Z"}}
    old = {entry.field: entry.old for entry in clinic.store.journal_of_run(run.run_id)}
    assert old == {
        "cliniko_next_appointment": "2026-11-25T01:00:00.000Z",
        "cliniko_last_synced_at": "2026-11-20T01:00:00.000Z",
    }


def test_time_alone_moves_a_visit_from_next_to_last(clinic: SmallClinic) -> None:
    """R16, R23: a visit that ends without any change in Cliniko is seen in the next execution."""
    clinic.link("7")
    clinic.sees(visit("1", "7", 0.1))
    clinic.run()
    assert clinic.written["57"]["cliniko_patient_stage"] == "first_booked"
    clinic.clock.passes(0.11 * 86_400)
    clinic.run()  # it began: nothing comes next, but it is not over
    assert clinic.written == {
        "57": {
            "cliniko_next_appointment": "",
            "cliniko_has_upcoming": "false",
            "cliniko_next_practitioner": "",
            "cliniko_next_location": "",
        }
    }
    clinic.clock.passes(1800)
    clinic.run()
    assert clinic.written["57"]["cliniko_visits_total"] == "1"
    assert clinic.written["57"]["cliniko_patient_stage"] == "new"
    clinic.clock.passes(900)
    clinic.run()
    assert clinic.hubspot.writes == []


def test_bands_move_at_the_clinics_midnight(clinic: SmallClinic) -> None:
    """Schema §3: recomputed on each clinic day, and never twice on one day."""
    clinic.link("7")
    clinic.sees(visit("1", "7", -6))
    clinic.run()
    assert clinic.written["57"]["cliniko_lapse_band"] == "0-6d"
    clinic.clock.passes(11 * 3600)  # 23:00 in Sydney
    clinic.run()
    assert clinic.written == {}
    clinic.clock.passes(3600 + 60)
    clinic.run()
    assert clinic.written == {"57": {"cliniko_lapse_band": "7-13d"}}
    clinic.run()
    assert clinic.written == {}


def test_until_the_history_is_read_only_what_needs_none(clinic: SmallClinic) -> None:
    """R16: counts wait for the whole history, what comes next does not; that nothing comes is not claimed."""
    clinic.store.set_fact("visits_complete", "")
    clinic.link("7")
    clinic.link("8")
    clinic.sees(visit("1", "7", 3), visit("2", "8", -3))
    clinic.run()
    assert set(clinic.written) == {"57"}
    assert set(clinic.written["57"]) == {
        "cliniko_next_appointment",
        "cliniko_has_upcoming",
        "cliniko_next_practitioner",
        "cliniko_next_location",
    }
    clinic.sees(visit("1", "7", 3, cancelled_at=NOW))
    clinic.run()
    assert clinic.written["57"]["cliniko_has_upcoming"] == "false"
    clinic.store.set_fact("visits_complete", "yes")
    clinic.run()
    assert clinic.written["57"]["cliniko_cancellations"] == "1"
    assert clinic.written["58"]["cliniko_visits_total"] == "1"
    assert clinic.written["58"]["cliniko_has_upcoming"] == "false"


def test_privacy_decides_what_is_worked_out(clinic: SmallClinic) -> None:
    """R84: at minimal only four dates and flags; raising the level brings the rest at once."""
    clinic.settings["privacy.level"] = "minimal"
    clinic.link("7")
    clinic.sees(visit("1", "7", -3), visit("2", "7", 3))
    clinic.run()
    assert set(clinic.written["57"]) == {
        "cliniko_last_appointment",
        "cliniko_next_appointment",
        "cliniko_has_upcoming",
    }
    assert clinic.cliniko.calls == 1  # the kinds of visits, to know which count
    clinic.settings["privacy.level"] = "detailed"
    clinic.settings["appointments.aliases"] = {"3": "First look"}
    clinic.run()
    assert clinic.written["57"]["cliniko_last_appointment_type"] == "First look"
    assert "cliniko_next_appointment" not in clinic.written["57"]


def test_excluded_categories_follow_the_setting(clinic: SmallClinic) -> None:
    """Schema §3: visits of an excluded category stop and start to count with the setting."""
    clinic.link("7")
    clinic.sees(visit("1", "7", -3, type_id="4"), visit("2", "7", -9))
    clinic.run()
    assert clinic.written["57"]["cliniko_visits_total"] == "2"
    clinic.settings["appointments.excluded_categories"] = ["Admin"]
    clinic.run()
    assert clinic.written["57"]["cliniko_visits_total"] == "1"
    assert clinic.written["57"]["cliniko_lapse_band"] == "7-13d"
    clinic.settings["appointments.excluded_categories"] = []
    clinic.run()
    assert clinic.written["57"]["cliniko_visits_total"] == "2"


def test_invoices_count_while_their_stream_is_on_and_read(clinic: SmallClinic) -> None:
    """R16, schema §3: blank while the stream is off or its invoices are not all read."""
    clinic.link("7")
    bill = Bill("1", "7", date(2026, 11, 2), "open", 12_000)
    clinic.store.mark_due(clinic.store.save_bills([bill]))
    clinic.run()
    assert "cliniko_invoiced_total" not in clinic.written["57"]
    clinic.settings["streams.invoices"] = True
    clinic.run()
    assert clinic.written == {}
    clinic.store.set_fact("bills_complete", "yes")
    clinic.run()
    assert clinic.written["57"]["cliniko_invoiced_total"] == "120.00"
    assert clinic.written["57"]["cliniko_open_invoices"] == "1"
    clinic.store.mark_due(clinic.store.save_bills([replace(bill, status="paid")]))
    clinic.run()
    assert clinic.written["57"] == {"cliniko_paid_total": "120.00", "cliniko_open_invoices": "0"}
    clinic.settings["streams.invoices"] = False
    clinic.run()
    assert clinic.written == {}


def test_open_cases_by_patient(clinic: SmallClinic) -> None:
    """Schema §3: cases neither closed nor archived, at the detailed level, once cases were read."""
    clinic.settings["privacy.level"] = "detailed"
    clinic.link("7")
    clinic.link("8")
    one, two = {"patient_id": "7"}, {"patient_id": "7", "closed_at": "2026-01-01T00:00:00+00:00"}
    assert keep_open_cases(clinic.store, {}, {"91": one, "92": two}) == {"7"}
    clinic.run()
    assert "cliniko_open_cases" not in clinic.written["57"]
    clinic.store.save_cursor(Cursor("patient_cases", floor=NOW))
    clinic.run()
    assert clinic.written["57"]["cliniko_open_cases"] == "1"
    assert clinic.written["58"]["cliniko_open_cases"] == "0"
    moved = keep_open_cases(clinic.store, {"91": one}, {"91": {"patient_id": "8"}})
    assert moved == {"7", "8"}
    clinic.store.mark_due(moved)
    clinic.run()
    assert clinic.written == {"57": {"cliniko_open_cases": "0"}, "58": {"cliniko_open_cases": "1"}}


def test_one_update_for_a_hundred_contacts(clinic: SmallClinic) -> None:
    """R2, I1: full batches, unread within a first load, whatever the cap; and unchanged ones cost nothing."""
    clinic.settings["sync.items_per_execution"] = 10
    for number in range(100, 350):
        clinic.link(str(number))
    run = clinic.run(Chain(clinic.executor, is_chained=True))
    assert [len(batch) for batch in clinic.hubspot.writes] == [100, 100, 50]
    assert clinic.hubspot.reads == []
    assert run.report.waiting == 0
    clinic.sees(*[visit(str(number), str(number), 2) for number in range(100, 210)])
    clinic.run(Chain(clinic.executor, is_chained=True))
    assert [len(batch) for batch in clinic.hubspot.writes] == [100, 10]
    assert [len(ids) for ids in clinic.hubspot.reads] == [100, 10]


def test_within_a_chain_the_other_streams_come_first(clinic: SmallClinic) -> None:
    """R16: nothing is written while something waits that the chain still does; its last execution writes."""
    clinic.link("7")
    chain = Chain(clinic.executor, is_chained=True)
    clinic.run(chain, waiting=3)
    assert clinic.hubspot.writes == []
    chain.left_before = 3
    clinic.run(chain, waiting=3)  # nothing was done and as much is left: no further execution comes
    assert set(clinic.written) == {"57"}


def test_a_stop_loses_nothing(clinic: SmallClinic) -> None:
    """I3: whoever is due stays due."""
    clinic.link("7")
    clinic.stop.set()
    with pytest.raises(Cancelled):
        clinic.run()
    assert clinic.hubspot.writes == []
    clinic.stop.clear()
    clinic.run()
    assert set(clinic.written) == {"57"}


def test_a_clock_set_back_is_noticed(clinic: SmallClinic) -> None:
    """Reliability, clock jumps: what was taken for past becomes next again."""
    clinic.link("7")
    clinic.sees(visit("1", "7", 0.1))
    clinic.clock.is_set(0.2 * 86_400)
    clinic.run()
    assert clinic.hubspot.contacts["57"]["cliniko_visits_total"] == "1"
    clinic.clock.is_set(-0.2 * 86_400)
    clinic.run()
    assert clinic.hubspot.contacts["57"]["cliniko_visits_total"] == "0"
    assert clinic.hubspot.contacts["57"]["cliniko_has_upcoming"] == "true"
