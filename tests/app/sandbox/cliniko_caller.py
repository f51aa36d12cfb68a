"""A caller of the simulated Cliniko that speaks plain `requests`, and a clock that the test moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import requests

from app.sandbox.cliniko import Cliniko
from app.sandbox.server import RunningServer

AGENT = "Clinic check (front-desk@example.test)"
START = datetime(2026, 3, 2, 1, 0, 0, tzinfo=UTC)


class MovableClock:
    """Stands still until told to move."""

    def __init__(self, start: datetime = START) -> None:
        self.time = start

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **passed: float) -> None:
        """Let time pass, in the words of timedelta."""
        self.time += timedelta(**passed)


class Caller:
    """Signed in with the first key."""

    def __init__(self, clinic: Cliniko, server: RunningServer, clock: MovableClock) -> None:
        self.clinic, self.server, self.clock = clinic, server, clock
        self.base = f"{server.base_url}/v1"
        self.session = requests.Session()
        self.session.auth = (clinic.key, "")
        self.session.headers.update({"Accept": "application/json", "User-Agent": AGENT})

    def send(self, method: str, path: str, **arguments: Any) -> requests.Response:
        """One call to a path below the version."""
        return self.session.request(method, f"{self.base}/{path}", timeout=5, **arguments)

    def get(self, path: str, *filters: str, **query: Any) -> requests.Response:
        """One read, with `q[]` conditions and other query parts."""
        pairs = [*(("q[]", one) for one in filters), *query.items()]
        return self.send("GET", path, params=pairs)

    def rows(self, path: str, *filters: str, **query: Any) -> list[dict[str, Any]]:
        """The records of a list that must be answered."""
        answer = self.get(path, *filters, **query)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()[
            path.split("/")[-1] if path.count("/") != 1 else _kind(path)
        ]
        return found

    def ids(self, path: str, *filters: str, **query: Any) -> list[str]:
        """The ids of a list that must be answered."""
        return [row["id"] for row in self.rows(path, *filters, **query)]

    def message(self, path: str, *filters: str, **query: Any) -> str:
        """The words of a 400."""
        answer = self.get(path, *filters, **query)
        assert answer.status_code == 400, answer.text
        return str(answer.json()["message"])


def _kind(path: str) -> str:
    return path.split("/")[0]
