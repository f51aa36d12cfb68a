"""Past appointments from a file: deals once, whoever else makes them, and questions where it is unclear (R71)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.imported import RowResult
from app.errors import ClinicBridgeError
from app.review.answers import record_answer
from tests.journeys.rig import Rig
from tests.journeys.test_import_patients import bring as bring_any
from tests.journeys.test_import_patients import outcomes

ALL = frozenset({"patients", "contacts", "appointments"})
HEADINGS = (
    "Appointment ID",
    "Start Time",
    "End Time",
    "Practitioner",
    "Practitioner ID",
    "Patient ID(s)",
    "Patient",
    "Appointment Type",
    "Did Not Arrive",
    "Cancellation Time",
    "Maximum Number of Patients",
)


@pytest.fixture
def clinic(rig: Rig) -> Rig:
    """A clinic in Melbourne with one practitioner, one type and two patients in HubSpot."""
    rig.ari = rig.cliniko.add_practitioner(
        first_name="Ari",
        last_name="Novak",
        display_name="Ari Novak",
        user_id=rig.cliniko.add_user(email="ari@example.test"),
    )
    rig.place = rig.cliniko.add_business(business_name="Harbour", time_zone_identifier="Australia/Melbourne")
    rig.kind = rig.cliniko.add_appointment_type("Standard 45", 45, category="Physiotherapy")
    rig.ines = rig.cliniko.add_patient(first_name="Ines", last_name="Okafor", email="ines@example.test")
    rig.bo = rig.cliniko.add_patient(first_name="Bo", last_name="Dam", email="bo@example.test")
    return rig


def row(
    rig: Rig,
    appointment: str = "",
    start: str = "2021-04-03 09:00:00",
    patient: str | None = None,
    name: str = "",
    missed: str = "",
    cancelled: str = "",
    room: str = "1",
    kind: str = "Standard 45",
    practitioner: str = "Ari Novak",
) -> tuple[str, ...]:
    end = start.replace(":00:00", ":45:00")
    who = rig.ines if patient is None else patient
    return (appointment, start, end, practitioner, "", who, name, kind, missed, cancelled, room)


def bring(rig: Rig, *rows: tuple[str, ...], dry_run: bool = False) -> list[RowResult]:
    return bring_any(rig, rows, HEADINGS, "appointments", dry_run)[1]


def deals(rig: Rig) -> dict[str, dict[str, str]]:
    """Key → deal."""
    return {deal["cliniko_appointment_key"]: dict(deal) for deal in rig.hubspot.deals().values()}


def test_past_visits_become_deals(clinic: Rig) -> None:
    """R71: stages by state, at the clinic's time, on the patient's contact; the patient is synced first (R20)."""
    results = bring(
        clinic,
        row(clinic, "9001"),
        row(clinic, "9002", "2021-04-04 09:00:00", missed="true"),
        row(clinic, "9003", "2021-04-05 09:00:00", cancelled="2021-04-04 08:00:00"),
        row(clinic, "9004", "2021-04-06 09:00:00", patient="", room="0", kind="Lunch"),
        row(clinic, "9005", "2021-04-07 09:00:00", patient=f"{clinic.ines}, {clinic.bo}", room="8"),
        row(clinic, "9006", "2041-04-07 09:00:00"),
    )
    assert outcomes(results) == [
        (2, "done", "created"),
        (3, "done", "created"),
        (4, "done", "created"),
        (5, "unchanged", ""),
        (6, "unchanged", ""),
        (7, "unchanged", ""),
    ]
    found = deals(clinic)
    stages = {key: deal["dealstage"].removeprefix("cliniko_appt_") for key, deal in found.items()}
    assert stages == {"9001": "attended", "9002": "did_not_arrive", "9003": "cancelled"}
    visit = found["9001"]
    assert visit["cliniko_appointment_start"].startswith("2021-04-02T22:00:00")
    assert visit["cliniko_practitioner"] == "Ari Novak"
    assert visit["cliniko_practitioner_id"] == clinic.ari
    assert visit["cliniko_appointment_type_id"] == clinic.kind
    contact = clinic.contact_of(clinic.ines)
    assert len(clinic.hubspot.deals_of(contact["hs_object_id"])) == 3


def test_the_same_file_again_changes_nothing(clinic: Rig) -> None:
    """R72: with ids and without."""
    rows = [
        row(clinic, "9001"),
        row(clinic, "", "2021-04-04 09:00:00"),
        row(clinic, "", "2021-04-05 09:00:00", kind="Gone", practitioner="Dr Gone"),
    ]
    first = bring(clinic, *rows)
    assert [result.what for result in first] == ["created"] * 3
    clinic.forget_calls()
    assert outcomes(bring(clinic, *rows)) == [
        (2, "unchanged", ""),
        (3, "unchanged", ""),
        (4, "unchanged", ""),
    ]
    assert clinic.hubspot_writes() == 0
    assert set(deals(clinic)) == {
        "9001",
        f"p{clinic.ines}-2021-04-03T23:00:00Z-{clinic.ari}",
        f"p{clinic.ines}-2021-04-04T23:00:00Z-dr_gone",
    }


@pytest.mark.parametrize("sort_id", ["sorted", "refused"])
def test_a_row_without_an_id_takes_that_of_clinikos_appointment(clinic: Rig, sort_id: str) -> None:
    """R71: patient, start and practitioner name it; also where Cliniko refuses the order by id (R3)."""
    if sort_id == "refused":
        clinic.cliniko.switches.sort_id = "refused"
    start = datetime(2021, 4, 2, 22, 0, tzinfo=UTC)
    visit = clinic.cliniko.add_appointment(
        clinic.ines,
        start,
        practitioner_id=clinic.ari,
        business_id=clinic.place,
        appointment_type_id=clinic.kind,
    )
    bring(clinic, row(clinic, ""))
    assert set(deals(clinic)) == {visit}


def test_a_later_row_with_the_id_adopts_the_deal(clinic: Rig) -> None:
    """R71, I1: one deal, which gets the id's key."""
    bring(clinic, row(clinic, ""))
    before = list(clinic.hubspot.deals())
    results = bring(clinic, row(clinic, "9001"))
    assert outcomes(results) == [(2, "done", "updated")]
    assert list(clinic.hubspot.deals()) == before
    assert set(deals(clinic)) == {"9001"}
    assert deals(clinic)["9001"]["cliniko_appointment_id"] == "9001"
    clinic.forget_calls()
    assert outcomes(bring(clinic, row(clinic, "9001"))) == [(2, "unchanged", "")]
    assert outcomes(bring(clinic, row(clinic, ""))) == [(2, "unchanged", "")]
    assert clinic.hubspot_writes() == 0


def test_what_live_sync_made_is_left_alone(clinic: Rig) -> None:
    """R6: a deal that Cliniko itself told of is never rewritten from a file."""
    start = clinic.clock.now().replace(microsecond=0) - timedelta(days=2)
    visit = clinic.cliniko.add_appointment(
        clinic.ines,
        start,
        practitioner_id=clinic.ari,
        business_id=clinic.place,
        appointment_type_id=clinic.kind,
    )
    clinic.sync(ALL)
    assert set(deals(clinic)) == {visit}
    clinic.forget_calls()
    stamp = start.strftime("%Y-%m-%d %H:%M:%S UTC")
    results = bring(clinic, row(clinic, visit, stamp, missed="true"), row(clinic, "", stamp))
    assert outcomes(results) == [(2, "unchanged", ""), (3, "unchanged", "")]
    assert clinic.hubspot_writes() == 0


def test_an_unclear_patient_is_asked_about(clinic: Rig) -> None:
    """R71: an id or name that nobody has, and a name that two have; the answer counts the next time."""
    clinic.cliniko.add_patient(first_name="Bo", last_name="Dam", email="other@example.test")
    clinic.sync()
    rows = [
        row(clinic, "9001", patient="", name="Ines Okafor"),
        row(clinic, "9002", patient="", name="J. Lee"),
        row(clinic, "9003", patient="", name="Bo Dam"),
        row(clinic, "9004", patient="777000777"),
    ]
    assert [result.outcome for result in bring(clinic, *rows)] == ["done", "held", "held", "held"]
    questions = clinic.store.open_conflicts("import_row_unclear")
    assert len(questions) == 3
    assert "J. Lee, 3/4/2021" in questions[0].message
    record_answer(clinic.store, clinic.clock.now(), questions[0].id, "skip")
    record_answer(clinic.store, clinic.clock.now(), questions[1].id, "pick", patient=clinic.bo)
    clinic.sync()
    assert [result.outcome for result in bring(clinic, *rows)] == [
        "unchanged",
        "unchanged",
        "unchanged",
        "held",
    ]
    assert deals(clinic)["9003"]["cliniko_deal_patient_id"] == clinic.bo
    assert len(clinic.store.open_conflicts("import_row_unclear")) == 1


def test_a_visit_settles_who_of_two_is_meant(clinic: Rig) -> None:
    """R71: two patients of one name, one of whom was there."""
    twin = clinic.cliniko.add_patient(first_name="Bo", last_name="Dam", email="other@example.test")
    visit = clinic.cliniko.add_appointment(
        twin, datetime(2021, 4, 2, 22, 0, tzinfo=UTC), practitioner_id=clinic.ari, business_id=clinic.place
    )
    clinic.sync()
    results = bring(clinic, row(clinic, "", patient="", name="Bo Dam"))
    assert [result.outcome for result in results] == ["done"]
    assert deals(clinic)[visit]["cliniko_deal_patient_id"] == twin


def test_groups_when_switched_on(clinic: Rig) -> None:
    """R71: one deal a person, by attendee where Cliniko tells it."""
    clinic.set("appointments.groups", True)
    booking = clinic.cliniko.add_group_appointment(
        datetime(2021, 4, 2, 22, 0, tzinfo=UTC), practitioner_id=clinic.ari
    )
    seat = clinic.cliniko.add_attendee(booking, clinic.ines)
    rows = [row(clinic, booking, patient=f"{clinic.ines} {clinic.bo}", room="8")]
    assert outcomes(bring(clinic, *rows)) == [(2, "done", "created")]
    assert set(deals(clinic)) == {
        f"{booking}-{seat}",
        f"p{clinic.bo}-2021-04-02T22:00:00Z-{clinic.ari}",
    }
    clinic.forget_calls()
    assert outcomes(bring(clinic, *rows)) == [(2, "unchanged", "")]
    assert clinic.hubspot_writes() == 0


def test_a_rehearsal_of_visits_writes_nowhere(clinic: Rig) -> None:
    """R72: what each row would do, and nothing done."""
    clinic.forget_calls()
    results = bring(clinic, row(clinic, "9001"), row(clinic, ""), dry_run=True)
    assert [result.what for result in results] == ["created", "created"]
    assert {result.cliniko_id for result in results} == {"9001"}
    assert clinic.hubspot_writes() == 0
    assert clinic.store.record("appointment", "9001") is None


def test_history_after_an_import_is_not_doubled(clinic: Rig) -> None:
    """I1: live sync over the same appointments makes no second deal and writes nothing when nothing changed."""
    visit = clinic.cliniko.add_appointment(
        clinic.ines,
        datetime(2021, 4, 2, 22, 0, tzinfo=UTC),
        practitioner_id=clinic.ari,
        business_id=clinic.place,
        appointment_type_id=clinic.kind,
    )
    bring(clinic, row(clinic, visit))
    clinic.catch_up(ALL)
    assert set(deals(clinic)) == {visit}
    clinic.cliniko.mark_did_not_arrive(visit)
    clinic.catch_up(ALL)
    assert deals(clinic)[visit]["dealstage"] == "cliniko_appt_did_not_arrive"
    assert len(clinic.hubspot.deals()) == 1


def test_the_next_execution_applies_an_answer(clinic: Rig) -> None:
    """R71: the deal is made from what the row said, without the file."""
    bring(clinic, row(clinic, "9003", patient="", name="Bo D"), row(clinic, "9004", patient="", name="B. D"))
    first, second = clinic.store.open_conflicts("import_row_unclear")
    record_answer(clinic.store, clinic.clock.now(), first.id, "pick", patient=clinic.bo)
    record_answer(clinic.store, clinic.clock.now(), second.id, "skip")
    clinic.sync(ALL)
    assert set(deals(clinic)) == {"9003"}
    assert deals(clinic)["9003"]["cliniko_deal_patient_id"] == clinic.bo
    assert not clinic.store.open_conflicts("import_row_unclear")
    results = bring(
        clinic, row(clinic, "9003", patient="", name="Bo D"), row(clinic, "9004", patient="", name="B. D")
    )
    assert outcomes(results) == [(2, "unchanged", ""), (3, "unchanged", "")]


def test_the_next_execution_applies_an_answer_to_a_row_without_an_id(clinic: Rig) -> None:
    """R71: what was kept of such a row is enough for its deal, under the key made of patient, start and who treats."""
    bring(clinic, row(clinic, patient="", name="B. D"))
    clinic.answer("import_row_unclear", "pick", patient=clinic.bo)
    clinic.sync(ALL)
    (key,) = deals(clinic)
    assert key.startswith(f"p{clinic.bo}-")
    assert deals(clinic)[key]["cliniko_deal_patient_id"] == clinic.bo
    assert not clinic.store.open_conflicts("import_row_unclear")


def test_visits_of_a_merged_patient_are_the_survivors(clinic: Rig) -> None:
    """R13: the file is older than the merge."""
    clinic.sync(ALL)
    clinic.cliniko.merge_patients(clinic.bo, clinic.ines)
    clinic.sync(ALL)
    assert outcomes(bring(clinic, row(clinic, "9003", patient=clinic.bo))) == [(2, "done", "created")]
    assert deals(clinic)["9003"]["cliniko_deal_patient_id"] == clinic.ines


def test_live_sync_adopts_a_deal_made_without_an_id(clinic: Rig) -> None:
    """R71, I1: the appointment turns up in Cliniko after the import; its deal is the one that is there."""
    start = clinic.clock.now().replace(microsecond=0, second=0) - timedelta(days=2)
    bring(clinic, row(clinic, "", start.strftime("%Y-%m-%d %H:%M:%S UTC")))
    before = list(clinic.hubspot.deals())
    visit = clinic.cliniko.add_appointment(
        clinic.ines,
        start,
        practitioner_id=clinic.ari,
        business_id=clinic.place,
        appointment_type_id=clinic.kind,
    )
    clinic.catch_up(ALL)
    assert list(clinic.hubspot.deals()) == before
    assert set(deals(clinic)) == {visit}
    assert deals(clinic)[visit]["cliniko_appointment_id"] == visit


def test_a_visit_waits_for_its_patient(clinic: Rig) -> None:
    """R71: held while a question about the patient is open; the answer brings the deal by itself."""
    clinic.hubspot.add_contact(firstname="Robert", lastname="Marsh", email="bob@example.test")
    bob = clinic.cliniko.add_patient(first_name="Bob", last_name="Marsh", email="bob@example.test")
    visit = clinic.cliniko.add_appointment(
        bob, datetime(2021, 4, 2, 22, 0, tzinfo=UTC), practitioner_id=clinic.ari, business_id=clinic.place
    )
    assert outcomes(bring(clinic, row(clinic, visit, patient=bob))) == [(2, "held", "")]
    assert deals(clinic) == {}
    clinic.answer("same_person", "link")
    clinic.catch_up(ALL)
    clinic.catch_up(ALL)
    assert set(deals(clinic)) == {visit}


@pytest.mark.parametrize("seed", range(6))
def test_an_import_in_bad_weather_doubles_nothing(clinic: Rig, seed: int) -> None:
    """I1, I3: broken off at random and run again until it is through, each row has one deal on its contact."""
    rows = [row(clinic, str(9100 + n) if n % 2 else "", f"2021-05-{n:02} 09:00:00") for n in range(1, 29)]
    clinic.disturb(seed, 0.15, ("lost", "reset", "500", "truncated"))
    for _ in range(30):
        try:
            bring(clinic, *rows)
            break
        except ClinicBridgeError:
            clinic.restart()
    clinic.calm()
    clinic.restart()
    results = bring(clinic, *rows)
    assert {result.outcome for result in results} <= {"done", "unchanged"}
    assert len(clinic.hubspot.deals()) == len(deals(clinic)) == 28
    contact = clinic.contact_of(clinic.ines)
    assert len(clinic.hubspot.deals_of(contact["hs_object_id"])) == 28
    clinic.forget_calls()
    bring(clinic, *rows)
    assert clinic.hubspot_writes() == 0
