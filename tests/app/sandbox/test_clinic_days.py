"""Life in the made-up clinic: seeded, at the present, never stuck."""

from __future__ import annotations

from app.sandbox.clinic import build_clinic
from app.sandbox.clinic_days import Days
from app.sandbox.cliniko import Cliniko
from tests.app.sandbox.cliniko_caller import START, MovableClock


def test_the_same_seed_lives_the_same_life() -> None:
    """Reliability: random days can be played again, and every kind of deed occurs."""

    def life(seed: int) -> tuple[list[str], list[object]]:
        clock = MovableClock()
        clinic = Cliniko(clock)
        build_clinic(clinic, patients=40)
        days = Days(clinic, seed)
        done = []
        for _ in range(20):
            clock.forward(hours=8)
            done += [deed.what for deed in days.live(15)]
        return done, [clinic.snapshot(name) for name in clinic.tables]

    assert life(1) == life(1)
    deeds, _ = life(2)
    assert {"patient registered", "appointment moved", "invoice paid", "patient brought back"} <= set(deeds)
    assert len(set(deeds)) >= 14


def test_what_is_done_counts_as_edited_now() -> None:
    """R3: deeds of a later hour are found behind the floor of that hour."""
    clock = MovableClock()
    clinic = Cliniko(clock)
    build_clinic(clinic, patients=30)
    clock.forward(hours=1)
    later = clinic.stamp()
    deeds = Days(clinic).live(30)
    edited = [
        row for table in clinic.tables.values() for row in table.rows.values() if row["updated_at"] == later
    ]
    assert len(edited) >= len(deeds) // 2
    assert clinic.stamp(START) < later


def test_an_empty_clinic_can_be_lived_in() -> None:
    """Command line: `--patients 0` has a life, too."""
    clinic = Cliniko(MovableClock())
    assert Days(clinic).live(40)
