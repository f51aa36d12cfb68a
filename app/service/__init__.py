"""The program: a bundle of the services below, which is all that a face may ask."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from app.service.activity import Activity
from app.service.care import Care
from app.service.connections import Connections
from app.service.imports import Imports
from app.service.live_state import LiveState
from app.service.local_data import LocalData
from app.service.pages import Pages
from app.service.people import People
from app.service.review import Review
from app.service.setup import Setup
from app.service.shared import SharedDatabase
from app.service.syncing import Syncing
from app.service.trying import Trying
from app.service.updates import Updates


@dataclass(frozen=True)
class Program:
    """A program that runs. `live` is told every event and tells whoever listens; `stop` asks whatever works in
    the foreground to end after its batch; `close` ends what is open."""

    syncing: Syncing
    review: Review
    people: People
    activity: Activity
    setup: Setup
    shared: SharedDatabase
    care: Care
    pages: Pages
    connections: Connections
    imports: Imports
    trying: Trying
    updates: Updates
    local: LocalData
    live: LiveState
    stop: Event
    close: Callable[[], None]

    def end_now(self, exit_code: int) -> None:
        """End the process without waiting for a call in flight; its intent is settled at the next start."""
        self.close()
        os._exit(exit_code)
