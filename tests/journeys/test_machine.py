"""Any edits on both sides, faults, restarts and executions, in any order: what must always hold (I1, I2, I3, I13)."""

from __future__ import annotations

import collections
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.errors import ClinicBridgeError
from app.sandbox.hubspot_replies import Refusal
from tests.journeys.rig import PEOPLE, Rig

ALL = PEOPLE | {"appointments", "write_back", "unlink"}
FIRST = st.sampled_from(["Anna", "Bea", "Robert", "Bob", "Mia"])
LAST = st.sampled_from(["Lee", "Nguyen", "Smith"])
EMAIL = st.sampled_from(["", "lee@example.test", "anna@example.test", "rob@example.test"])
BORN = st.sampled_from([None, "1980-01-01", "1990-05-05", "2018-03-03"])
CITY = st.sampled_from(["Sale", "Colac", ""])
KINDS = ("reset", "lost", "500", "503", "429", "html", "truncated")


class Clinic(RuleBasedStateMachine):
    """Front desk and HubSpot users at work while the program runs, is disturbed and restarted."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.rig = Rig(self.folder, **{"sync.items_per_execution": 1})
        self.separated: set[tuple[str, str]] = set()
        self.count = 0

    def teardown(self) -> None:
        if hasattr(self, "rig"):
            self.settle_down()
            self.rig.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    # what people do

    @rule(first=FIRST, last=LAST, email=EMAIL, born=BORN)
    def a_patient_comes(self, first: str, last: str, email: str, born: str | None) -> None:
        self.rig.cliniko.add_patient(first_name=first, last_name=last, email=email, date_of_birth=born)

    @rule(first=FIRST, last=LAST, email=EMAIL, born=BORN)
    def a_lead_comes(self, first: str, last: str, email: str, born: str | None) -> None:
        values = {"firstname": first, "lastname": last, "email": email, "date_of_birth": born or ""}
        try:
            self.rig.hubspot.add_contact(**{name: value for name, value in values.items() if value})
        except Refusal:
            return

    @rule(index=st.integers(0, 20), city=CITY, email=st.none() | EMAIL)
    def a_patient_changes(self, index: int, city: str, email: str | None) -> None:
        rows = [row for row in self.rig.cliniko.patients() if not row.get("archived_at")]
        if rows:
            self.count += 1
            fields = {"city": city, "state": f"S{self.count}"} | ({} if email is None else {"email": email})
            self.rig.cliniko.edit_patient(rows[index % len(rows)]["id"], **fields)

    @rule(index=st.integers(0, 20), city=CITY)
    def a_contact_changes(self, index: int, city: str) -> None:
        ids = sorted(self.rig.hubspot.contacts())
        if ids:
            self.rig.hubspot.edit_contact(ids[index % len(ids)], city=city)

    @rule(index=st.integers(0, 20), days=st.integers(-5, 50))
    def somebody_books(self, index: int, days: int) -> None:
        rows = [row for row in self.rig.cliniko.patients() if not row.get("archived_at")]
        if rows:
            at = self.rig.clock.now() + timedelta(days=days)
            self.rig.cliniko.add_appointment(rows[index % len(rows)]["id"], at)

    @rule(index=st.integers(0, 20))
    def a_patient_is_archived(self, index: int) -> None:
        rows = [row for row in self.rig.cliniko.patients() if not row.get("archived_at")]
        if rows:
            self.rig.cliniko.archive_patient(rows[index % len(rows)]["id"])

    @rule(index=st.integers(0, 20))
    def somebody_unlinks(self, index: int) -> None:
        linked = [c for c in self.rig.hubspot.contacts().values() if c.get("cliniko_patient_key")]
        if linked:
            contact = linked[index % len(linked)]
            self.separated.add((contact["cliniko_patient_key"], contact["hs_object_id"]))
            self.rig.hubspot.edit_contact(contact["hs_object_id"], unlink_cliniko_patient="yes")

    @rule(action=st.sampled_from(["link", "separate"]))
    def a_question_is_answered(self, action: str) -> None:
        for conflict in self.rig.store.open_conflicts():
            if conflict.kind in ("same_person", "weak_match"):
                self.rig.answer(conflict.kind, action)
                if action == "separate":
                    self.separated.update((conflict.subject_id, one) for one in conflict.candidates)
                return

    # what happens to the program

    @rule(seed=st.integers(0, 1000))
    def trouble(self, seed: int) -> None:
        self.rig.disturb(seed, 0.2, KINDS)

    @rule()
    def calm(self) -> None:
        self.rig.calm()

    @rule()
    def restart(self) -> None:
        self.rig.restart()

    @rule()
    def sync(self) -> None:
        try:
            self.rig.sync(ALL)
        except ClinicBridgeError:
            self.rig.restart()

    # what always holds

    @invariant()
    def nobody_is_on_two_contacts(self) -> None:
        if not hasattr(self, "rig"):
            return
        keys = collections.Counter(
            contact["cliniko_patient_key"]
            for contact in self.rig.hubspot.contacts().values()
            if contact.get("cliniko_patient_key")
        )
        assert not [key for key, count in keys.items() if count > 1]

    @invariant()
    def no_appointment_has_two_deals(self) -> None:
        if not hasattr(self, "rig"):
            return
        keys = collections.Counter(
            deal["cliniko_appointment_key"] for deal in self.rig.hubspot.deals().values()
        )
        assert not [key for key, count in keys.items() if count > 1]

    def nothing_was_lost(self) -> None:
        """Every patient in use is on one contact that says what Cliniko says, or is held by a question (I3).

        `state` is never edited in HubSpot, so both sides have to agree on it."""
        asked = {c.subject_id for c in self.rig.store.open_conflicts(limit=10_000) if c.blocking}
        for row in self.rig.cliniko.patients():
            if row.get("archived_at") or row["id"] in asked:
                continue
            if not row.get("email") and not row.get("date_of_birth"):
                continue
            contact = self.rig.contact_of(row["id"])
            assert (contact.get("state") or "") == (row.get("state") or "")
            assert contact["lastname"] == row["last_name"]

    def settle_down(self) -> None:
        """After calm the program comes to rest: nothing was lost, a further run writes nothing, and no separated
        pair is joined, not even by the patient's next change."""
        self.rig.calm()
        self.rig.restart()
        self.rig.catch_up(ALL)
        for patient, _ in self.separated:
            self.rig.cliniko.edit_patient(patient, state="next")
        for _ in range(3):
            self.rig.restart()
            self.rig.catch_up(ALL)
        self.nothing_was_lost()
        joined = {
            (contact.get("cliniko_patient_key") or "", contact["hs_object_id"])
            for contact in self.rig.hubspot.contacts().values()
        }
        assert not joined & self.separated
        self.rig.forget_calls()
        self.rig.sync(ALL)
        assert self.rig.hubspot_writes() == 0
        assert self.rig.store.open_intents() == []


TestClinic = Clinic.TestCase
TestClinic.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
