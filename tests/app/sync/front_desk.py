"""A clinic and a portal on loopback, with the whole engine between them and a clock that the test moves."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from app.clients.cliniko import ClinikoClient
from app.clients.hubspot import HubSpotClient
from app.domain.reports import Counters, Report
from app.sandbox.cliniko import Cliniko
from app.sandbox.hubspot import HubSpot
from app.sandbox.server import RunningServer, serve
from app.settings import Settings
from app.store import Store, open_store
from app.sync.execution import Engine
from app.sync.ports import Emitted
from tests.app.owned_clock import OwnedClock

START = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
PIPELINE = "cliniko_invoices"


class FrontDesk:
    """Both services and one database; `sync` runs one execution, `catch_up` as many as are needed."""

    def __init__(self, clinic: RunningServer, portal: RunningServer, clock: OwnedClock) -> None:
        self.clock = clock
        self.cliniko: Cliniko = clinic.service  # type: ignore[assignment]
        self.hubspot: HubSpot = portal.service  # type: ignore[assignment]
        self.clinic, self.portal = clinic, portal
        self.store: Store = open_store("sqlite:///:memory:", clock)
        self.settings: dict[str, Any] = {"streams.invoices": True, "deals.owner": "none"}
        self.reports: list[Report] = []
        self.emitted = Emitted()

    # running

    def engine(self) -> Engine:
        """A fresh engine on the kept database, as after a start of the program."""
        stop = threading.Event()
        cliniko = ClinikoClient(
            self.cliniko.key,
            self.clock,
            contact_email="front-desk@example.test",
            base_url=f"{self.clinic.base_url}/v1",
            stop=stop,
        )
        hubspot = HubSpotClient(
            self.hubspot.token,
            self.clock,
            base_url=self.portal.base_url,
            contact_email="front-desk@example.test",
            stop=stop,
        )
        return Engine(self.store, cliniko, hubspot, Settings(self.settings), self.clock, self.emitted, stop)

    def sync(self, dry_run: bool = False, after_s: float = 300) -> Counters:
        """One execution after so many seconds; returns the numbers of invoices."""
        self.clock.passes(after_s)
        report = self.engine().run(dry_run=dry_run)
        self.reports.append(report)
        return report.streams["invoices"]

    def catch_up(self) -> Counters:
        """Executions until nothing waits."""
        self.clock.passes(300)
        report = self.engine().run_until_caught_up()
        self.reports.append(report)
        return report.streams["invoices"]

    def sync_invoice(self, invoice_id: str) -> None:
        """Sync one invoice now."""
        self.clock.passes(300)
        self.engine().sync_record("invoice", invoice_id)

    def kept(self) -> dict[str, list[Any]]:
        """Everything in the database but history and cursors."""
        database = self.store._db
        tables = [row[0] for row in database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: sorted(map(repr, database.rows(f"SELECT * FROM {table}")))
            for table in tables
            if table not in ("executions", "cursors")
        }

    # the clinic

    def days_ago(self, days: float) -> datetime:
        """A moment before now."""
        return self.clock.now() - timedelta(days=days)

    def patient(self, **fields: Any) -> str:
        """A patient with a name, an address and a birthday."""
        number = len(self.cliniko.patients()) + 1
        return self.cliniko.add_patient(
            **{
                "first_name": "Kim",
                "last_name": f"Marlow{number}",
                "email": f"kim{number}@example.test",
                "date_of_birth": f"1980-01-{number % 28 + 1:02}",
                **fields,
            }
        )

    def invoice(self, patient_id: str, *prices: str, age_days: float = 0, **fields: Any) -> str:
        """An invoice with one item for each price, made and issued so many days ago."""
        made = self.days_ago(age_days)
        items = [
            {"name": f"Visit {i}", "code": f"C{i}", "unit_price": price} for i, price in enumerate(prices, 1)
        ]
        times = {"created_at": made, "updated_at": made, "issue_date": made.date()}
        return self.cliniko.add_invoice(patient_id, items, **{**times, **fields})

    def items_of(self, invoice_id: str) -> list[str]:
        """The ids of an invoice's items, in order."""
        rows = self.cliniko.invoice_items()
        return [str(row["id"]) for row in rows if str(row["invoice_id"]) == invoice_id]

    # the portal

    def deal(self, key: str) -> dict[str, str]:
        """The one deal of an invoice or item."""
        found = self.hubspot.having("deals", "cliniko_invoice_key", key)
        assert len(found) == 1, (key, len(found))
        return dict(found[0])

    def deals(self) -> dict[str, dict[str, str]]:
        """All deals of invoices by key."""
        return {
            deal["cliniko_invoice_key"]: dict(deal)
            for deal in self.hubspot.deals().values()
            if "cliniko_invoice_key" in deal
        }

    def standing_sum(self, invoice_id: str) -> Decimal:
        """What the deals of an invoice that are not removed add up to."""
        return sum(
            (
                Decimal(deal["amount"])
                for deal in self.deals().values()
                if deal["cliniko_invoice_id"] == invoice_id and deal["cliniko_invoice_state"] != "removed"
            ),
            Decimal(0),
        )

    def contact_of(self, patient_id: str) -> str:
        """The contact a patient stands on."""
        record = self.store.record("patient", patient_id)
        assert record is not None and record.hubspot_id
        return record.hubspot_id

    def deal_id(self, key: str) -> str:
        """The deal's id as HubSpot has it."""
        ids = [k for k, deal in self.hubspot.deals().items() if deal.get("cliniko_invoice_key") == key]
        assert len(ids) == 1
        return ids[0]

    # calls

    def forget_calls(self) -> None:
        """Count calls from here on."""
        self.clinic.forget_calls()
        self.portal.forget_calls()

    def lists(self, resource: str) -> int:
        """How many calls read this list."""
        return sum(call.path.endswith(f"/{resource}") for call in self.clinic.calls)

    def writes(self) -> int:
        """How many calls could have changed the portal."""
        return sum(
            call.method in ("POST", "PATCH", "PUT", "DELETE")
            and not call.path.endswith(("/read", "/search", "access-token-info"))
            for call in self.portal.calls
        )


@contextmanager
def front_desk() -> Iterator[FrontDesk]:
    """Both services, until the block ends; no call may have broken a simulator."""
    clock = OwnedClock(START)
    cliniko, hubspot = Cliniko(clock.now), HubSpot(clock.now)
    with serve(cliniko) as clinic, serve(hubspot) as portal:
        desk = FrontDesk(clinic, portal, clock)
        yield desk
        desk.store.close()
        assert clinic.failures == [] and portal.failures == []
