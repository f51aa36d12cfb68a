"""What past executions did."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from app.domain.ids import STREAM_ORDER
from app.domain.reports import Counters, stamp
from app.sync.storage import Storage


class Activity:
    """Reads the history, newest first."""

    def __init__(self, store: Callable[[], Storage], is_syncing: Callable[[], bool]) -> None:
        """`is_syncing` tells whether some copy is syncing with this data folder now."""
        self._store, self._is_syncing = store, is_syncing

    def executions(self, limit: int = 50, before: int | None = None) -> list[Mapping[str, Any]]:
        """One page: run_id, status, started_at, finished_at (aware UTC), dry_run, summary."""
        return [self._settled(row) for row in self._store().executions(limit, before)]

    def _settled(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """One that never ended is running still, or else it failed: a computer was switched off under it."""
        if row["finished_at"] is None and not self._is_syncing():
            return {**row, "status": "failed"}
        return row

    def every_execution(self) -> Iterator[Mapping[str, Any]]:
        """All of them, read page by page."""
        before: int | None = None
        while page := self.executions(500, before):
            yield from page
            before = int(page[-1]["run_id"])


def execution_json(row: Mapping[str, Any]) -> dict[str, Any]:
    """One entry of `history --json`; the streams of one that never ended are all zero."""
    summary = row.get("summary") or {}
    finished_at = row.get("finished_at")
    zeros = {name: Counters().as_json() for name in STREAM_ORDER}
    return {
        "run_id": row["run_id"],
        "status": row["status"],
        "started_at": stamp(row["started_at"]),
        "finished_at": stamp(finished_at) if finished_at else None,
        "dry_run": bool(row["dry_run"]),
        "streams": zeros | dict(summary.get("streams") or {}),
    }
