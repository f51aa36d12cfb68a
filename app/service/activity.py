"""What past executions did."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol

from app.domain.ids import STREAM_ORDER, Kind
from app.domain.reports import Counters, stamp
from app.sync.storage import Storage
from app.wording import undo_words


class UndoEngine(Protocol):
    """What takes executions back."""

    def undo(
        self, run_id: int, dry_run: bool = False, record: tuple[Kind, str] | None = None
    ) -> dict[str, Any]: ...


class Activity:
    """Reads the history, newest first."""

    def __init__(
        self,
        store: Callable[[], Storage],
        is_syncing: Callable[[], bool],
        engine: Callable[[], UndoEngine],
        lock: Callable[[], AbstractContextManager[object]],
    ) -> None:
        """`is_syncing` tells whether some copy is syncing with this data folder now; `engine` raises NotSetUp
        without keys; `lock` is held while anything is written."""
        self._store, self._is_syncing, self._engine, self._lock = store, is_syncing, engine, lock

    def undo(
        self, run_id: int, dry_run: bool = False, record: tuple[Kind, str] | None = None
    ) -> dict[str, Any]:
        """Take one execution back, or its part of one record: `changes` holds each line, with the reason where it
        stays (R81). Raises BadInput for an unknown run."""
        engine = self._engine()
        with nullcontext() if dry_run else self._lock():
            answer = engine.undo(run_id, dry_run, record)
        return {**answer, "changes": [{**r, "note": str(undo_words(r["note"]))} for r in answer["changes"]]}

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
