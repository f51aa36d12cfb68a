"""A clinic whose patients are linked already, with a HubSpot of contacts only: what roll-ups are tried on."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.records import PortalContact, Record, Visit
from app.domain.reports import Report
from app.schema.catalogue import CATALOGUE
from app.schema.levels import allowed_names
from app.settings import Settings
from app.store import Store, open_store
from app.sync.lists import Lists
from app.sync.portal import Portal, readable_names
from app.sync.ports import Contact, Emitted, Input, Owner, Page, Read, Refusal, Written
from app.sync.rollup_line import RollUps
from app.sync.run import Chain, Clinic, Run
from app.sync.settle import settle
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
    """Contacts by id with what was written; remembers each call.

    `refuse` maps a property to its refusal; `is_cut_off` lets every answer to a write be lost."""

    def __init__(self) -> None:
        self.contacts: dict[str, dict[str, str]] = {}
        self.merged: dict[str, str] = {}
        self.reads: list[list[str]] = []
        self.writes: list[list[Input]] = []
        self.refuse: dict[str, str] = {}
        self.is_cut_off = False
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
        answers = [self._update(item) for item in reversed(inputs)]
        if self.is_cut_off:
            raise ConnectionAbortedError
        return answers

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


class SmallClinic:
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
        if self.store.open_intents():
            settle(run)
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


def visit(visit_id: str, patient_id: str, days: float, **more: Any) -> Visit:
    """A visit of half an hour so many days from NOW."""
    begin = NOW + timedelta(days=days)
    kept = {"practitioner_id": "1", "business_id": "5", "type_id": "3"} | more
    return Visit(visit_id, patient_id, begin, begin + timedelta(minutes=30), **kept)
