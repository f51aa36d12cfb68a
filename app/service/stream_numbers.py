"""What Home shows of one stream: its last run, taken together with the runs that it went on from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from app.domain.ids import KIND_OF_STREAM
from app.settings import Settings

SUMMED: Final = ("created", "updated", "unchanged", "held", "failed")
CHAINED_WITHIN: Final = timedelta(seconds=20)
"""Runs of one catch-up follow each other at once; a scheduled one comes minutes later."""


@dataclass(frozen=True)
class StreamNumbers:
    """One stream's counters of the last execution that worked it, over the whole catch-up it ended."""

    stream: str
    is_on: bool
    last_run: datetime | None
    numbers: Mapping[str, int]


def stream_numbers(name: str, settings: Settings, runs: Sequence[Mapping[str, Any]]) -> StreamNumbers:
    """A stream's numbers from the runs, newest first: of its last run for real and of those it went on from (R2)."""
    is_on = (
        settings.flag(f"streams.{name}") if name in KIND_OF_STREAM else settings.flag("write_back.enabled")
    )
    is_on = is_on or name == "unlink"
    last: Mapping[str, Any] | None = None
    ended: datetime | None = None
    numbers: dict[str, int] = {}
    for run in runs:
        found = ((run.get("summary") or {}).get("streams") or {}).get(name)
        if run["dry_run"] or found is None or (run["status"] == "failed" and not any(found.values())):
            # A run that could not begin with a stream says nothing of it: what was held before still is.
            continue
        if last is None:
            last, ended, numbers = run, run.get("finished_at"), dict(found)
        elif _goes_on(run, last):
            last = run
            numbers |= {one: numbers.get(one, 0) + found.get(one, 0) for one in SUMMED}
        else:
            break
    return StreamNumbers(name, is_on, ended, numbers)


def _goes_on(run: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether the run `after` took up at once what this one had left waiting, in one chain (R2)."""
    ended = run.get("finished_at")
    streams = (run.get("summary") or {}).get("streams") or {}
    waits = any(numbers.get("waiting") for numbers in streams.values())
    return waits and ended is not None and after["started_at"] - ended < CHAINED_WITHIN
