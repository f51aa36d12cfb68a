"""A run with nothing changed: no write to a service, and nothing local but its history row and the cursors."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import Any

from tests.journeys.rig import Rig

MAY_CHANGE = {"executions", "cursors", "cached"}
"""The history, how far was read, and small lists that are read again once a day."""


def content(rig: Rig) -> dict[str, list[tuple[Any, ...]]]:
    """Every table that must stay as it is."""
    with sqlite3.connect(rig.folder / "clinicbridge.sqlite") as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(database.execute(f"SELECT * FROM {name}").fetchall(), key=repr)  # noqa: S608
            for name in names
            if name not in MAY_CHANGE and not name.startswith("sqlite_")
        }


def test_a_quiet_run_changes_nothing_here_or_there(rig: Rig) -> None:
    """I13, R6: with every stream on, open questions, people left out, unlinked, waiting requests and groups."""
    for key, value in (
        ("streams.invoices", True),
        ("appointments.groups", True),
        ("privacy.level", "detailed"),
    ):
        rig.settings = rig.settings.replaced(key, value)
    rig.restart()
    user = rig.cliniko.add_user(email="ari@example.test", first_name="Ari", last_name="Novak")
    ari = rig.cliniko.add_practitioner(first_name="Ari", last_name="Novak", user_id=user)
    place = rig.cliniko.add_business(time_zone_identifier="Australia/Melbourne")
    kind = rig.cliniko.add_appointment_type("Standard 45", 45)
    rig.cliniko.add_type_item(kind, rig.cliniko.add_billable_item("Consultation", "100.0"))
    people = [
        rig.cliniko.add_patient(
            first_name=f"P{n}", last_name="Roe", email=f"p{n % 4}@example.test", date_of_birth=f"198{n}-01-01"
        )
        for n in range(6)
    ]
    rig.cliniko.add_patient(first_name="Noth", last_name="Ing")
    rig.hubspot.add_contact(firstname="P", lastname="Roe", email="p3@example.test")
    doctor = rig.cliniko.add_contact(first_name="Mo", last_name="Kim", email="kim@example.test")
    slot = {"practitioner_id": ari, "business_id": place, "appointment_type_id": kind}
    for n, who in enumerate(people):
        case = rig.cliniko.add_case(who, "Knee", max_sessions=5)
        visit = rig.cliniko.add_appointment(
            who, rig.clock.now() + timedelta(days=n - 2), patient_case_id=case, **slot
        )
        rig.cliniko.add_invoice(who, appointment_id=visit)
    rig.cliniko.add_group_appointment(rig.clock.now() + timedelta(days=2), people[:3], **slot)
    rig.clock.passes(900)
    rig.engine.run_until_caught_up()
    rig.hubspot.edit_contact(rig.contact_of(people[0])["hs_object_id"], unlink_cliniko_patient="yes")
    rig.hubspot.edit_contact(rig.contact_of(people[1])["hs_object_id"], cliniko_sync_hold="true")
    rig.hubspot.edit_contact(
        rig.contact_of(doctor, "cliniko_contact_key")["hs_object_id"], unlink_cliniko_contact="yes"
    )
    rig.cliniko.edit_patient(people[1], city="Colac")
    for _ in range(3):
        rig.clock.passes(900)
        rig.engine.run()
    assert rig.questions()
    before = content(rig)
    for minutes in (15, 15, 1):
        rig.clock.passes(minutes * 60)
        rig.forget_calls()
        report = rig.engine.run()
        assert rig.hubspot_writes() == 0
        assert report.problems == []
        now = content(rig)
        changed = {
            name: [row for row in now[name] if row not in before[name]]
            + [row for row in before[name] if row not in now[name]]
            for name in now
            if now[name] != before[name]
        }
        assert changed == {}
    rig.restart()
    rig.clock.passes(900)
    rig.engine.run()
    assert content(rig) == before
