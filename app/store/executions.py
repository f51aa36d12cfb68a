"""The history of executions and their counters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any, Final

from app.store.database import Database, Row
from app.store.packing import from_json, some_moment, to_json, to_micros, to_moment
from app.store.tables import EXECUTION_COLUMNS, Executions

_COLUMNS: Final = tuple(getattr(Executions.c, name) for name in EXECUTION_COLUMNS)


class ExecutionRows:
    """Reads and writes the history. Part of `Store`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def start_execution(self, at: datetime, dry_run: bool) -> int:
        """Note that an execution begins; returns its number. Its status is `running` until it is finished."""
        with self._db.write():
            last = self._db.first("SELECT MAX(run_id) FROM executions")
            run_id = int((last[0] if last else None) or 0) + 1
            self._db.change(
                "INSERT INTO executions (run_id, status, started_at, dry_run, items, problems, summary) "
                "VALUES (?, 'running', ?, ?, 0, 0, '{}')",
                (run_id, to_micros(at), int(dry_run)),
            )
        return run_id

    def finish_execution(self, run_id: int, status: str, at: datetime, summary: Mapping[str, Any]) -> None:
        """Note how an execution ended; `summary` as `sync --json` prints it."""
        streams = summary.get("streams") or {}
        items = sum(int(each.get("created", 0)) + int(each.get("updated", 0)) for each in streams.values())
        values = (
            status,
            to_micros(at),
            items,
            len(summary.get("problems") or ()),
            to_json(dict(summary)),
            run_id,
        )
        # Also by whoever lost the lease: it is its own execution, and must not look as if it went on for ever (I8).
        with self._db.fenced(None):
            self._db.change(
                "UPDATE executions SET status = ?, finished_at = ?, items = ?, problems = ?, summary = ? "
                "WHERE run_id = ?",
                values,
            )

    def executions(self, limit: int = 50, before: int | None = None) -> list[Mapping[str, Any]]:
        """Newest first: run_id, status, started_at, finished_at (datetimes), dry_run, summary."""
        query = Executions.select(*_COLUMNS)
        if before is not None:
            query = query.where(Executions.c.run_id < before)
        return [
            _execution(row) for row in self._db.rows(query.order_by(Executions.c.run_id.desc()).limit(limit))
        ]

    def last_execution(self) -> Mapping[str, Any] | None:
        """The newest, None before the first."""
        newest = self.executions(limit=1)
        return newest[0] if newest else None

    def runs_by_day(
        self, days: int = 14, zone: tzinfo = UTC, now: datetime | None = None
    ) -> list[Mapping[str, Any]]:
        """For each of the last `days` days of this zone, oldest first and empty ones too: `day` (date),
        `runs`, `items` (created and updated), `problems`. Rehearsals do not count."""
        today = (now or datetime.now(UTC)).astimezone(zone).date()
        first = today - timedelta(days=days - 1)
        since = datetime.combine(first, time(), zone).astimezone(UTC)
        found: dict[Any, dict[str, Any]] = {
            day: {"day": day, "runs": 0, "items": 0, "problems": 0}
            for day in (first + timedelta(days=number) for number in range(days))
        }
        rows = self._db.rows(
            "SELECT started_at, items, problems FROM executions WHERE started_at >= ? AND dry_run = 0",
            (to_micros(since),),
        )
        for started_at, items, problems in rows:
            entry = found.get(some_moment(started_at).astimezone(zone).date())
            if entry is not None:
                entry["runs"] += 1
                entry["items"] += int(items)
                entry["problems"] += int(problems)
        return list(found.values())


def _execution(row: Row) -> Mapping[str, Any]:
    return {
        "run_id": row[0],
        "status": row[1],
        "started_at": some_moment(row[2]),
        "finished_at": to_moment(row[3]),
        "dry_run": bool(row[4]),
        "summary": from_json(row[7]),
    }
