"""Patients who came of age: what follows from their age is worked out again, once a clinic day."""

from __future__ import annotations

from dataclasses import replace

from app.sync.run import Run


def note_birthdays(run: Run) -> None:
    """Patients who came of age since the last look are evaluated again (daily)."""
    today = run.today()
    cursor = run.store.cursor("birthdays")
    if cursor.checked_on == today:
        return
    if cursor.checked_on is not None:
        grown = run.store.adults_between("patient", cursor.checked_on, today)
        run.want("patients", [person.cliniko_id for person in grown])
    run.store.save_cursor(replace(cursor, checked_on=today))
