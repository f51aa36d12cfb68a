"""The program between the two simulated services, as a new process would have it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, Final

from app.clients.cliniko import ClinikoClient
from app.clients.hubspot import HubSpotClient
from app.clients.pacing import Limit
from app.clock import SystemClock
from app.settings import Settings
from app.store.store import Store, open_store
from app.sync.execution import Engine
from tests.benchmarks.services import Pace, Services

EVERYTHING: Final[dict[str, Any]] = {
    "streams.invoices": True,
    "write_back.enabled": True,
    "sync.limit_share_percent": 100,
}


class Measured:
    """An engine, its local database and its two clients. Close it when done."""

    def __init__(self, services: Services, pace: Pace, folder: Path, **settings: Any) -> None:
        clock = SystemClock()
        self.stop = threading.Event()
        self.settings = Settings({**EVERYTHING, **settings})
        share = self.settings.number("sync.limit_share_percent")
        self.store: Store = open_store(f"sqlite:///{folder / 'clinicbridge.sqlite'}", clock)
        wide = Limit(1_000_000, 60.0)
        self.cliniko = ClinikoClient(
            services.cliniko_key,
            clock,
            contact_email="desk@clinic.example.test",
            base_url=services.cliniko_url,
            share_percent=share,
            stop=self.stop,
            limit=Limit(200, pace.cliniko_window_s) if pace.cliniko_window_s else wide,
        )
        self.hubspot = HubSpotClient(
            services.hubspot_key,
            clock,
            base_url=services.hubspot_url,
            share_percent=share,
            stop=self.stop,
            limit=Limit(100, pace.hubspot_window_s) if pace.hubspot_window_s else wide,
        )
        self.engine = Engine(
            self.store, self.cliniko, self.hubspot, self.settings, clock, lambda event: None, self.stop
        )

    def close(self) -> None:
        """Close database and connections."""
        self.cliniko.transport.close()
        self.hubspot.transport.close()
        self.store.close()
