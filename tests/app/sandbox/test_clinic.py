"""The made-up clinic: the same from the same seed, and as mixed as a real one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.sandbox.clinic import Clinic, build_clinic
from app.sandbox.cliniko import Cliniko
from tests.app.sandbox.cliniko_caller import START


@pytest.fixture(scope="module")
def clinic() -> Cliniko:
    """A simulated service of 400 patients."""
    return Cliniko(lambda: START)


@pytest.fixture(scope="module")
def built(clinic: Cliniko) -> Clinic:
    """What was made in it."""
    return build_clinic(clinic, seed=3, patients=400)


def test_the_same_seed_makes_the_same_clinic() -> None:
    """Command line: `sandbox --seed` can be played again."""

    def tables(seed: int) -> list[object]:
        clinic = Cliniko(lambda: START)
        build_clinic(clinic, seed, patients=40)
        return [clinic.snapshot(name) for name in clinic.tables]

    assert tables(1) == tables(1)
    assert tables(1) != tables(2)


def test_families_share_an_inbox(clinic: Cliniko, built: Clinic) -> None:
    """R12: about one patient in twelve shares an inbox and phone with relatives of the same last name."""
    members = [one for family in built.people.families for one in family]
    assert 0.05 < len(members) / 400 < 0.12
    for family in built.people.families:
        rows = [clinic.patient(one) for one in family]
        assert len({row["email"] for row in rows}) == 1
        assert len({row["last_name"] for row in rows}) == 1


def test_twins_share_a_birthday(clinic: Cliniko, built: Clinic) -> None:
    """R12: same last name, same birthday, same inbox, and yet two people."""
    assert built.people.twins
    for pair in built.people.twins:
        one, other = (clinic.patient(twin) for twin in pair)
        assert one["date_of_birth"] == other["date_of_birth"]
        assert one["first_name"] != "" != other["first_name"]


def test_the_mix_of_people(clinic: Cliniko, built: Clinic) -> None:
    """R10 to R17: missing addresses, minors, nicknames, alphabets, both lengths of ids, three-valued consent."""
    rows = clinic.patients()
    people = built.people
    assert len(rows) == 400
    assert 0.02 < len(people.without_email) / 400 < 0.09
    assert people.minors
    assert sum(1 for row in rows if row["preferred_first_name"]) > 20
    names = " ".join(f"{row['first_name']} {row['last_name']}" for row in rows)
    for alphabet in ("ễ", "م", "王", "O’", "-"):
        assert alphabet in names
    assert {len(row["id"]) for row in rows} >= {9, 19}
    assert {row["accepted_privacy_policy"] for row in rows} == {True, False, None}
    assert {"", None} <= {row["email"] for row in rows}
    assert len(people.archived) > 5
    loser, winner = people.merged[0]
    assert clinic.patient(loser)["merged_with_patient_id"] == winner


def test_third_parties_and_sources(clinic: Cliniko, built: Clinic) -> None:
    """R10: doctors, payers and employers; patients come from all kinds of sources."""
    assert built.people.doctors
    assert built.people.payers
    assert built.people.others
    sources = clinic.referral_sources()
    assert 150 < len(sources) < 400
    assert {row.get("referrer_type") for row in sources} == {None, "Patient", "Contact"}
    assert any(row.get("subcategory") for row in sources)


def test_visits_of_every_kind(clinic: Cliniko, built: Clinic) -> None:
    """R20 to R25: past and to come, cancelled, missed, kept and unmarked, with cases and groups."""
    visits, attendees = clinic.appointments(), clinic.attendees()
    now = clinic.stamp() + "Z"
    assert 1200 < len(visits) < 3000
    assert any(row["starts_at"] > now for row in visits)
    assert any(row.get("cancelled_at") for row in visits)
    assert any(row["did_not_arrive"] for row in visits)
    assert any(row.get("patient_case_id") for row in visits)
    assert {row.get("arrived") for row in attendees} == {True, False, None}
    assert len(attendees) > len(visits)
    assert len(clinic.tables["group_appointments"]) >= 2


def test_invoices_name_their_visits(clinic: Cliniko, built: Clinic) -> None:
    """R30: one item each, the sums fit, in several states."""
    invoices = clinic.invoices()
    totals = {row["id"]: row["total_amount"] for row in invoices}
    assert {row["status"] for row in invoices} == {10, 20, 30}
    for item in clinic.invoice_items():
        assert totals[item["invoice_id"]] == item["total_including_tax"]


def test_nothing_lies_in_the_future(clinic: Cliniko, built: Clinic) -> None:
    """R3: no record was made or edited after now, nor edited before it was made."""
    now = clinic.stamp()
    for table in clinic.tables.values():
        for row in table.rows.values():
            assert row["created_at"] <= row["updated_at"] <= now, (table.name, row["id"])


def test_small_clinics_and_an_earlier_start() -> None:
    """Command line: `--patients` may be small, even none."""
    start = START - timedelta(days=100)
    for count in (0, 1, 5, 12):
        clinic = Cliniko(lambda: START)
        build_clinic(clinic, patients=count, start=start)
        assert len(clinic.patients()) == count
        assert all(row["updated_at"] <= "2026-03-02T01:00:00Z" for row in clinic.appointments())
