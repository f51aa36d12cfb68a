"""A believable clinic from a seed: the same seed and time make the same clinic."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.sandbox.clinic_people import People, Population
from app.sandbox.clinic_practice import Practice, set_up
from app.sandbox.clinic_visits import Diary
from app.sandbox.cliniko import Cliniko

YEARS_OPEN = 5
SHORT_ID_SHARE = 0.4
ARCHIVED_SHARE = 0.04
MERGED_SHARE = 0.005


@dataclass(frozen=True)
class Clinic:
    """What was made: ids of the practice's parts and of its people."""

    practice: Practice
    people: People


def build_clinic(
    cliniko: Cliniko,
    seed: int = 1,
    patients: int = 200,
    contacts: int | None = None,
    appointments_per_patient: float = 5.0,
    start: datetime | None = None,
    with_invoices: bool = True,
) -> Clinic:
    """Fill an empty Cliniko with a practice, its people and their visits up to `start` (default: its now).

    About one patient in twelve shares a family's inbox; one in twenty has no address; some are archived or
    merged. `contacts` (default: one for 20 patients) are doctors, payers and employers. 20,000 patients take a
    few seconds.
    """
    dice = random.Random(seed)
    now = (start or cliniko.now()).astimezone(UTC).replace(microsecond=0)
    opened = now - timedelta(days=365 * YEARS_OPEN)
    for table in ("patients", "contacts", "individual_appointments", "invoices", "attendees"):
        cliniko.ids.short_left[table] = round(patients * SHORT_ID_SHARE)
    practice = set_up(cliniko, opened)
    population = Population(cliniko, dice, practice, now.date())
    population.add_contacts(max(5, patients // 20) if contacts is None else contacts, opened)
    moments = _moments(dice, patients, opened, now)
    population.add_patients(moments)
    population.add_referrals(moments)
    diary = Diary(cliniko, dice, practice, population.people, now)
    diary.fill(appointments_per_patient, with_invoices)
    if patients >= 10:
        diary.add_classes(max(2, patients // 40) if appointments_per_patient > 0 else 0)
        _archive_some(cliniko, dice, population.people, now)
        _merge_some(cliniko, dice, population.people)
    return Clinic(practice, population.people)


def _moments(dice: random.Random, count: int, opened: datetime, now: datetime) -> list[datetime]:
    """When each patient first came, in order; most of them long ago."""
    seconds = int((now - opened).total_seconds())
    return sorted(opened + timedelta(seconds=int(dice.random() * (seconds - 60))) for _ in range(count))


def _archive_some(cliniko: Cliniko, dice: random.Random, people: People, now: datetime) -> None:
    spoken_for = {one for family in people.families for one in family}
    free = [one for one in people.patients if one not in spoken_for]
    for patient_id in dice.sample(free, round(len(free) * ARCHIVED_SHARE)):
        stamp = cliniko.stamp(now - timedelta(minutes=dice.randint(1, 60 * 24 * 300)))
        made = cliniko.row("patients", patient_id)["created_at"]
        gone = max(made, stamp)
        cliniko.change("patients", int(patient_id), {"archived_at": gone, "updated_at": gone}, bump=False)
        people.archived.append(patient_id)


def _merge_some(cliniko: Cliniko, dice: random.Random, people: People) -> None:
    spoken_for = {one for family in people.families for one in family} | set(people.archived)
    free = [one for one in people.patients if one not in spoken_for]
    pairs = max(1, round(len(people.patients) * MERGED_SHARE))
    chosen = dice.sample(free, min(len(free) // 2 * 2, pairs * 2))
    for loser, winner in zip(chosen[::2], chosen[1::2], strict=True):
        row = cliniko.row("patients", winner)
        same = {name: row.get(name) for name in ("first_name", "last_name", "date_of_birth")}
        cliniko.change("patients", int(loser), same, bump=False)
        cliniko.merge_patients(loser, winner)
        people.merged.append((loser, winner))
