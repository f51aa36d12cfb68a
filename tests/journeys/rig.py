"""A whole program between two simulated services over real HTTP, with a clock that a test owns."""

from __future__ import annotations

import collections
import threading
from pathlib import Path
from typing import Any

from app.clients.cliniko import ClinikoClient
from app.clients.hubspot import HubSpotClient
from app.clients.pacing import Limit
from app.domain.reports import Report
from app.review.answers import record_answer
from app.sandbox.cliniko import Cliniko
from app.sandbox.faults import Faults
from app.sandbox.hubspot import HubSpot
from app.sandbox.server import serve
from app.settings import Settings
from app.store.store import Store, open_store
from app.sync.execution import Engine
from tests.app.owned_clock import OwnedClock

WIDE = Limit(1_000_000, 60.0)
PEOPLE = frozenset({"patients", "contacts"})


class Rig:
    """Both services, a data folder and an engine. Close it when done; `restart` is a new process."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.clock = OwnedClock()
        self.cliniko = Cliniko(self.clock.now)
        self.cliniko.switches.rate_limit = None
        self.hubspot = HubSpot(self.clock.now)
        self.hubspot.switches.burst = None
        self.hubspot.switches.search_per_s = None
        self.cliniko_faults, self.hubspot_faults = Faults(), Faults()
        self._clinic = serve(self.cliniko, self.cliniko_faults)
        self._portal = serve(self.hubspot, self.hubspot_faults)
        self.folder = folder
        self.settings = Settings(settings)
        self.events: list[object] = []
        self.store: Store
        self.engine: Engine
        self.restart()

    def restart(self) -> None:
        """A new process on the same data folder."""
        if hasattr(self, "store"):
            self.store.close()
        self.stop = threading.Event()
        self.store = open_store(f"sqlite:///{self.folder / 'clinicbridge.sqlite'}", self.clock)
        cliniko = ClinikoClient(
            self.cliniko.key,
            self.clock,
            contact_email="desk@clinic.example.test",
            base_url=f"{self._clinic.base_url}/v1",
            stop=self.stop,
            limit=WIDE,
        )
        hubspot = HubSpotClient(
            self.hubspot.token, self.clock, base_url=self._portal.base_url, stop=self.stop, limit=WIDE
        )
        self.engine = Engine(
            self.store, cliniko, hubspot, self.settings, self.clock, self.events.append, self.stop
        )

    def lose_database(self) -> None:
        """The local data is gone; only the services remember (R85)."""
        self.store.close()
        for file in self.folder.iterdir():
            file.unlink()
        self.restart()

    def set(self, key: str, value: Any) -> None:
        """Change a setting, as the window would; the engine is made anew."""
        self.settings = self.settings.replaced(key, value)
        self.restart()

    def close(self) -> None:
        """End everything."""
        self.store.close()
        self._clinic.close()
        self._portal.close()

    def disturb(self, seed: int, rate: float, kinds: tuple[str, ...]) -> None:
        """From now on so many of the calls to both services meet trouble."""
        self._clinic.faults = Faults.random(seed, rate, kinds)
        self._portal.faults = Faults.random(seed + 1000, rate, kinds)

    def calm(self) -> None:
        """The trouble is over."""
        self._clinic.faults, self._portal.faults = Faults(), Faults()

    # running

    def sync(self, only: frozenset[str] = PEOPLE, minutes: float = 15) -> Report:
        """One execution, so many minutes after the last."""
        self.clock.passes(minutes * 60)
        return self.engine.run(only)

    def catch_up(self, only: frozenset[str] = PEOPLE, minutes: float = 15) -> Report:
        """Executions until nothing waits."""
        self.clock.passes(minutes * 60)
        return self.engine.run_until_caught_up(only)

    # looking

    def forget_calls(self) -> None:
        """Count from here."""
        self._clinic.forget_calls()
        self._portal.forget_calls()

    def cliniko_calls(self) -> collections.Counter[str]:
        """Path → calls since `forget_calls`."""
        return collections.Counter(call.path.removeprefix("/v1/") for call in self._clinic.calls)

    def hubspot_calls(self) -> collections.Counter[str]:
        """Method and path → calls since `forget_calls`."""
        return collections.Counter(f"{call.method} {call.path}" for call in self._portal.calls)

    def hubspot_writes(self) -> int:
        """Calls since `forget_calls` that change records."""
        acts = (
            "/batch/upsert",
            "/batch/update",
            "/batch/create",
            "/merge",
            "/batch/archive",
            "associate/default",
        )
        return sum(count for path, count in self.hubspot_calls().items() if path.endswith(acts))

    def contact_of(self, patient_id: str, key: str = "cliniko_patient_key") -> dict[str, str]:
        """The one contact that carries a patient's key."""
        found = self.hubspot.having("contacts", key, patient_id)
        assert len(found) == 1, f"{len(found)} contacts carry the key {patient_id}"
        return dict(found[0])

    def has_contact(self, patient_id: str, key: str = "cliniko_patient_key") -> bool:
        """Whether any contact carries the key."""
        return bool(self.hubspot.having("contacts", key, patient_id))

    def questions(self) -> list[str]:
        """The kinds of open questions."""
        return [conflict.kind for conflict in self.store.open_conflicts()]

    def answer(self, kind: str, action: str, **args: str) -> None:
        """Answer the first open question of a kind."""
        conflict = next(c for c in self.store.open_conflicts() if c.kind == kind)
        record_answer(self.store, self.clock.now(), conflict.id, action, **args)
