"""The counters of an execution and its problems: what `sync --json`, Home and the history show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain.ids import STREAM_ORDER

COUNTERS = ("created", "updated", "unchanged", "held", "failed", "waiting")


@dataclass
class Counters:
    """One stream's numbers. `read` is always the sum of the other six (contract of `sync --json`)."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    held: int = 0
    failed: int = 0
    waiting: int = 0

    @property
    def read(self) -> int:
        """Each record known of, once."""
        return self.created + self.updated + self.unchanged + self.held + self.failed + self.waiting

    def as_json(self) -> dict[str, int]:
        """The seven counters, `read` first."""
        return {"read": self.read} | {name: getattr(self, name) for name in COUNTERS}


@dataclass(frozen=True)
class Problem:
    """Something that went wrong, in plain words without personal data (I11)."""

    code: str
    message: str
    stream: str = ""
    cliniko_id: str = ""

    def as_json(self) -> dict[str, str]:
        """The four fields of the contract."""
        return {
            "code": self.code,
            "message": self.message,
            "stream": self.stream,
            "cliniko_id": self.cliniko_id,
        }


@dataclass
class Report:
    """What one execution did. `status`: ok, attention or failed."""

    run_id: int
    started_at: datetime
    dry_run: bool = False
    status: str = "ok"
    exit_code: int = 0
    finished_at: datetime | None = None
    streams: dict[str, Counters] = field(default_factory=lambda: {name: Counters() for name in STREAM_ORDER})
    calls: dict[str, int] = field(default_factory=lambda: {"cliniko": 0, "hubspot": 0})
    problems: list[Problem] = field(default_factory=list)
    samples: list[dict[str, Any]] = field(default_factory=list)
    """Before → after of a rehearsal, for the window only."""
    executions: int = 1
    postponed: int = 0
    """Of what waits, what only another day can bring (R43)."""

    @property
    def waiting(self) -> int:
        """What the cap left for the next execution, over all streams."""
        return sum(counters.waiting for counters in self.streams.values())

    def as_json(self) -> dict[str, Any]:
        """The object of `sync --json`."""
        return {
            "run_id": self.run_id,
            "status": self.status,
            "dry_run": self.dry_run,
            "started_at": stamp(self.started_at),
            "finished_at": stamp(self.finished_at) if self.finished_at else None,
            "streams": {name: counters.as_json() for name, counters in self.streams.items()},
            "api_calls": dict(self.calls),
            "problems": [problem.as_json() for problem in self.problems],
        }


def stamp(moment: datetime) -> str:
    """An aware UTC moment as `YYYY-MM-DDTHH:MM:SSZ`."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
