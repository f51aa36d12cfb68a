"""Roll-ups from the local table to contacts (R16): who is written, how often, and what is left alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.domain.records import Bill, Cursor, PortalContact, Record, Visit
from app.domain.reports import Report
from app.errors import Cancelled
from app.schema.catalogue import CATALOGUE
from app.schema.levels import allowed_names
from app.settings import Settings
from app.store import Store, open_store
from app.sync.lists import Lists
from app.sync.open_cases import keep_open_cases
from app.sync.portal import Portal, readable_names
from app.sync.ports import Contact, Emitted, Input, Owner, Page, Read, Refusal, Written
from app.sync.rollup_line import RollUps
from app.sync.run import Chain, Clinic, Run
from tests.app.owned_clock import OwnedClock

ZONE = ZoneInfo("Australia/Sydney")
NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
ALL = frozenset({"patients", "contacts", "appointments", "invoices"})
LISTS: dict[str, list[dict[str, Any]]] = {
    "practitioners": [
        {"id": "1", "label": "Dr Ada Vale", "user": {"links": {"self": "https://x.test/v1/users/11"}}},
        {"id": "2", "label": "Dr Bo Winter", "user": {"links": {"self": "https://x.test/v1/users/12"}}},
    ],
    "users": [{"id": "11", "email": "ada@example.test"}, {"id": "12", "email": "bo@example.test"}],
    "businesses": [{"id": "5", "business_name": "Harbour Clinic"}],
    "appointment_types": [
        {"id": "3", "name": "Initial visit", "category": "Physio"},
        {"id": "4", "name": "Tag", "category": "Admin"},
    ],
}


class SmallCliniko:
    """The clinic's small lists, counted."""

    def __init__(self) -> None:
        self.calls = 0

    def list_page(self, resource: str, filters: Sequence[str] = (), after: str | None = None) -> Page:
        self.calls += 1
        rows = tuple(LISTS.get(resource, []))
        return Page(rows, len(rows), False, NOW)


class SmallHubSpot:
    """Contacts by id with what was written; remembers each call. `refuse` maps a property to its refusal."""

    def __init__(self) -> None:
        self.contacts: dict[str, dict[str, str]] = {}
        self.merged: dict[str, str] = {}
        self.reads: list[list[str]] = []
        self.writes: list[list[Input]] = []
        self.refuse: dict[str, str] = {}
        self.calls = 0

    def batch_read(
        self, kind: str, ids: Sequence[str], properties: Sequence[str], id_property: str | None = None
    ) -> Read:
        self.reads.append(list(ids))
        found = {}
        for asked in ids:
            real = self.merged.get(asked, asked)
            if real in self.contacts:
                shown = {name: self.contacts[real].get(name, "") for name in properties}
                found[asked] = Contact(real, shown, "2026-11-20T00:00:00.000Z")
        return Read(found, frozenset(set(ids) - set(found)))

    def batch_update(self, kind: str, inputs: Sequence[Input]) -> list[Written]:
        self.writes.append(list(inputs))
        return [self._update(item) for item in reversed(inputs)]

    def _update(self, item: Input) -> Written:
        real = self.merged.get(item.id, item.id)
        if real not in self.contacts:
            return Written(item.trace, refusal=Refusal("not_found"))
        for name in item.properties:
            if name in self.refuse:
                return Written(item.trace, refusal=Refusal(self.refuse[name], (name,)))
        self.contacts[real].update(item.properties)
        return Written(item.trace, real, updated_at=f"2026-11-20T01:00:{len(self.writes):02}.000Z")

    def owners(self) -> tuple[Owner, ...]:
        return (Owner("901", "ada@example.test", "Ada"), Owner("902", "bo@example.test", "Bo"))


class Clinic1:
    """A clinic with linked patients, run by run."""

    def __init__(self, executor: ThreadPoolExecutor) -> None:
        self.clock = OwnedClock(NOW)
        self.store: Store = open_store("sqlite:///:memory:", self.clock)
        self.hubspot, self.cliniko = SmallHubSpot(), SmallCliniko()
        self.settings: dict[str, Any] = {}
        self.executor = executor
        self.emitted = Emitted()
        self.stop = threading.Event()
        self.store.set_fact("visits_complete", "yes")

    def link(self, patient_id: str, hubspot_id: str = "", **more: Any) -> None:
        """A patient on a contact, as its stream leaves it."""
        hubspot_id = hubspot_id or f"5{patient_id}"
        self.hubspot.contacts[hubspot_id] = {"cliniko_patient_key": patient_id}
        self.store.save_records([Record("patient", patient_id, "linked", hubspot_id, "created", **more)])
        self.store.save_portal_contacts([PortalContact(hubspot_id, "before", patient_id)])

    def sees(self, *visits: Visit) -> None:
        """What the stream of appointments does with visits."""
        self.store.mark_due(self.store.save_visits(visits))

    def run(self, chain: Chain | None = None, restate: frozenset[str] = frozenset(), waiting: int = 0) -> Run:
        """One execution's roll-ups."""
        report = Report(self.store.start_execution(self.clock.now(), False), self.clock.now())
        report.streams["patients"].waiting = waiting
        settings = Settings(self.settings)
        level = settings.text("privacy.level")
        allowed = allowed_names("contacts", level, "full", ALL)
        rows = [row for row in CATALOGUE.properties if row.object == "contacts" and row.name in allowed]
        run = Run(
            store=self.store,
            cliniko=self.cliniko,  # type: ignore[arg-type]
            hubspot=self.hubspot,  # type: ignore[arg-type]
            settings=settings,
            clock=self.clock,
            emit=self.emitted,
            stop=self.stop,
            report=report,
            chain=chain or Chain(self.executor),
            clinic=Clinic("77", zone=ZONE),
            portal_id="1",
            salt=self.store.secret_salt(),
            names={"contacts": allowed},
            props={"contacts": {row.name: row for row in rows}},
            readable={"contacts": readable_names([row.name for row in rows] + ["lastmodifieddate"], rows)},
        )
        self.hubspot.reads, self.hubspot.writes = [], []
        RollUps(run, Portal(run), Lists(run)).work(restate)
        return run

    @property
    def written(self) -> dict[str, Mapping[str, str]]:
        """By contact, what the last run wrote, without the stamp."""
        return {
            item.id: {name: value for name, value in item.properties.items() if "last_synced" not in name}
            for batch in self.hubspot.writes
            for item in batch
        }

    def record(self, patient_id: str) -> Record:
        found = self.store.record("patient", patient_id)
        assert found is not None
        return found

    def change(self, patient_id: str, **more: Any) -> None:
        self.store.save_records([replace(self.record(patient_id), **more)])

    def snapshot(self) -> list[Any]:
        """All that is kept, but for history and cursors (I13)."""
        store = self.store
        people = [str(number) for number in range(400)]
        return [
            store.records("patient", people),
            store.due(),
            store.journal_of_run(1),
            store.open_intents(),
            store.portal_contacts([f"5{number}" for number in people]),
        ]


@pytest.fixture
def clinic() -> Iterator[Clinic1]:
    with ThreadPoolExecutor(1) as executor:
        made = Clinic1(executor)
        yield made
        made.store.close()


def visit(visit_id: str, patient_id: str, days: float, **more: Any) -> Visit:
    """A visit of half an hour so many days from NOW."""
    begin = NOW + timedelta(days=days)
    kept = {"practitioner_id": "1", "business_id": "5", "type_id": "3"} | more
    return Visit(visit_id, patient_id, begin, begin + timedelta(minutes=30), **kept)


def test_every_linked_patient_gets_roll_ups(clinic: Clinic1) -> None:
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


def test_a_quiet_run_does_nothing(clinic: Clinic1) -> None:
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


def test_only_what_moved_is_written_with_its_old_value(clinic: Clinic1) -> None:
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


def test_time_alone_moves_a_visit_from_next_to_last(clinic: Clinic1) -> None:
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


def test_bands_move_at_the_clinics_midnight(clinic: Clinic1) -> None:
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


def test_until_the_history_is_read_only_what_needs_none(clinic: Clinic1) -> None:
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


def test_privacy_decides_what_is_worked_out(clinic: Clinic1) -> None:
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


def test_excluded_categories_follow_the_setting(clinic: Clinic1) -> None:
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


def test_invoices_count_while_their_stream_is_on_and_read(clinic: Clinic1) -> None:
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


def test_open_cases_by_patient(clinic: Clinic1) -> None:
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


def test_one_update_for_a_hundred_contacts(clinic: Clinic1) -> None:
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


def test_within_a_chain_the_other_streams_come_first(clinic: Clinic1) -> None:
    """R16: nothing is written while something waits that the chain still does; its last execution writes."""
    clinic.link("7")
    chain = Chain(clinic.executor, is_chained=True)
    clinic.run(chain, waiting=3)
    assert clinic.hubspot.writes == []
    chain.left_before = 3
    clinic.run(chain, waiting=3)  # nothing was done and as much is left: no further execution comes
    assert set(clinic.written) == {"57"}


@pytest.mark.parametrize(
    "aside",
    [
        {"state": "held", "reason": "same_person"},
        {"state": "left_out", "reason": "no_email"},
        {"on_hold": True},
    ],
)
def test_what_was_missed_comes_once_the_patient_is_back(clinic: Clinic1, aside: dict[str, Any]) -> None:
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


def test_a_contact_on_hold_in_hubspot_is_left_alone(clinic: Clinic1) -> None:
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


def test_a_deleted_contact_is_the_patients_streams_question(clinic: Clinic1) -> None:
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


def test_a_merged_contact_is_followed_by_the_patients_stream(clinic: Clinic1) -> None:
    """R14, I2: nothing is written to the survivor before it is known whose contact it is."""
    clinic.link("7")
    clinic.link("8")
    clinic.run()
    clinic.hubspot.merged["57"] = "58"
    clinic.sees(visit("1", "7", 5))
    run = clinic.run()
    assert clinic.hubspot.writes == []
    assert run.wanted("patients") == ["7"]


def test_a_merge_met_while_writing_is_handed_over(clinic: Clinic1) -> None:
    """R14: within a first load contacts are not read first, so the answer tells."""
    clinic.link("7")
    clinic.link("8")
    clinic.hubspot.merged["57"] = "58"
    run = clinic.run(Chain(clinic.executor, is_chained=True))
    assert run.wanted("patients") == ["7"]
    assert clinic.record("7").hubspot_id == "57"
    assert clinic.store.open_intents() == []


def test_one_refused_property_spoils_only_itself(clinic: Clinic1) -> None:
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


def test_own_values_coming_back_are_no_news(clinic: Clinic1) -> None:
    """R6: the index of contacts knows when we wrote."""
    clinic.link("7")
    clinic.run()
    assert clinic.store.portal_contacts(["57"])["57"].modified == "2026-11-20T01:00:01.000Z"


def test_other_hashes_of_the_record_are_kept(clinic: Clinic1) -> None:
    """R10: the memory of the patient's own fields is shared, and none of it is lost."""
    clinic.link("7", fields={"firstname": "aaaaaaaaaaaa"}, row_hash="h", refs={"patient": "7"})
    clinic.run()
    record = clinic.record("7")
    assert record.fields["firstname"] == "aaaaaaaaaaaa"
    assert "cliniko_has_upcoming" in record.fields
    assert (record.row_hash, record.state) == ("h", "linked")


def test_a_rebuilt_memory_writes_nothing_that_stands_there(clinic: Clinic1) -> None:
    """R85: after a lost database the contacts are read, and equal values are only remembered."""
    clinic.link("7")
    clinic.run()
    clinic.change("7", fields={}, rule="rebuilt")
    chain = Chain(clinic.executor, is_chained=True)
    clinic.run(chain)
    assert clinic.hubspot.writes == []
    assert "cliniko_has_upcoming" in clinic.record("7").fields


def test_restating_asserts_every_value(clinic: Clinic1) -> None:
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
def test_lifecycle_only_moves_forward(clinic: Clinic1, stage: str, after: str) -> None:
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


def test_the_owner_is_the_main_practitioners(clinic: Clinic1) -> None:
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


def test_a_stop_loses_nothing(clinic: Clinic1) -> None:
    """I3: whoever is due stays due."""
    clinic.link("7")
    clinic.stop.set()
    with pytest.raises(Cancelled):
        clinic.run()
    assert clinic.hubspot.writes == []
    clinic.stop.clear()
    clinic.run()
    assert set(clinic.written) == {"57"}


def test_a_clock_set_back_is_noticed(clinic: Clinic1) -> None:
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
