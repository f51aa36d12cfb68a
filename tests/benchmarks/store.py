"""The local database through the program's own layer: links saved and looked up a second.

python -m tests.benchmarks.store             20,000 links, 100,000 look-ups
python -m tests.benchmarks.store 1000000     the same beside so many links that are there already
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from app.clock import SystemClock
from app.domain.records import Intent, JournalEntry, Record
from app.store.store import open_store

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
FIRST = 1390710863102480000
NAMES = [f"cliniko_property_{number}" for number in range(20)]
T = TypeVar("T")
LINKS, LOOK_UPS, BATCH = 20_000, 100_000, 100


def main(words: list[str]) -> int:
    """Measure with as many links in the database as the first word says."""
    before = int(words[0]) if words else 0
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'clinicbridge.sqlite'}", SystemClock())
        for start in range(0, before, 5_000):
            store.save_records(
                [link_of(LINKS + start + number) for number in range(min(5_000, before - start))]
            )
        links = [link_of(number) for number in range(LINKS)]
        print(f"local database, {before:,} links there already")
        took = _seconds(lambda: [store.save_records(part) for part in _parts(links, BATCH)])
        _line("links saved", LINKS / took, 20_000, "a second")
        took = _seconds(lambda: [store.save_records(part) for part in _parts(links, BATCH)])
        _line("links saved that stand there already", LINKS / took, 20_000, "a second")
        ids = [record.cliniko_id for record in links]

        def look_up() -> None:
            for _ in range(LOOK_UPS // LINKS):
                for start in range(0, LINKS, 500):
                    store.records("appointment", ids[start : start + 500])

        _line(f"{LOOK_UPS:,} look-ups", 1.5 / _seconds(look_up), 1, "of the seconds allowed")
        intents = [_intent(number) for number in range(LINKS)]
        kept: list[int] = []

        def note() -> None:
            for part in _parts(intents, BATCH):
                kept.extend(store.save_intents(part))

        _line("intents noted", LINKS / _seconds(note), 10_000, "a second")
        took = _seconds(lambda: [store.close_intents(part) for part in _parts(kept, BATCH)])
        _line("intents closed", LINKS / took, 10_000, "a second")
        entries = [_entry(number // 20, NAMES[number % 20]) for number in range(20 * LINKS)]
        took = _seconds(lambda: [store.write_journal(part) for part in _parts(entries, 20 * BATCH)])
        _line("journal, acts of twenty fields", LINKS / took, 5_000, "a second")
        store.close()
    return 0


def _parts(rows: list[T], size: int) -> Iterator[list[T]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _seconds(work: Callable[[], object]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def _line(what: str, measured: float, goal: float, unit: str) -> None:
    ratio = measured / goal
    print(f"{'ok' if ratio >= 1 else 'SLOW':4} {what}: {measured:,.4g} {unit}, {ratio:.2f} times the goal")


def link_of(number: int) -> Record:
    fields = {name: f"{(number * 7919 + place) % 2**48:012x}" for place, name in enumerate(NAMES)}
    return Record(
        "appointment",
        str(FIRST + number),
        "linked",
        str(50_000_000_000 + number),
        "created",
        row_hash=f"{number:024x}",
        fields=fields,
        changed_at=NOW,
        cliniko_updated_at=NOW,
        status="booked",
        refs={"patient": str(FIRST + number // 5), "starts_at": "2026-11-22T01:00:00Z"},
    )


def _intent(number: int) -> Intent:
    payload = {"write": dict.fromkeys(NAMES, f"value {number}")}
    return Intent(1, "hubspot", "upsert", "appointment", str(FIRST + number), "", payload, NOW)


def _entry(number: int, name: str) -> JournalEntry:
    return JournalEntry(
        1, "appointment", str(FIRST + number), "hubspot", str(number), name, None, "a value", "sync", NOW
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
