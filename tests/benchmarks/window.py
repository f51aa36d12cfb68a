"""What the person at the desk feels: whether the window answers while the program works behind it.

    python -m tests.benchmarks.window load [PATIENTS]    a first load at both services' real limits
    python -m tests.benchmarks.window plan [ROWS]        preview and rehearsal of a patients file
    python -m tests.benchmarks.window filter [LINKS]     typing into People's filter, a fifth of them people
    python -m tests.benchmarks.window journal [ROWS]     searching Activity, and 500 open questions
    python -m tests.benchmarks.window quit               quitting in the middle of a run
    python -m tests.benchmarks.window idle [CYCLES]      memory and processor time of quiet cycles, hidden

A timer on the window's thread beats every 5 ms; what is told is how late its beats came. The simulators run in
another process, as the services do. Without a screen the window paints off screen.
"""

from __future__ import annotations

import csv
import gc
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from app.clients.pacing import Limit
from tests.benchmarks.desk import (
    REAL,
    UNPACED,
    Heart,
    a_desk,
    fill,
    memory_mb,
    one_cycle,
    opened,
    peak_mb,
    type_into,
)
from tests.benchmarks.services import Services, Size


def load(patients: int) -> None:
    """A first load, while somebody goes from page to page."""
    with a_desk(Size(patients, 0, 0, patients), REAL) as (desk, services):
        heart, begun = Heart(), time.monotonic()
        desk.window.start()
        desk.until(lambda: desk.window.program is not None)
        desk.wait(1)
        pages = ("home", "people", "activity", "home", "left_out", "needs_you")
        for name in pages:  # built once before: the first look at a page is told apart
            first = Heart()
            first.start()
            desk.page(name)
            desk.wait(0.5)
            if name != "home":
                print(f"     first look at {name}: {first.stop()[-1] * 1000:.0f} ms (goal 100)")
        done = threading.Event()
        threading.Thread(target=_watch, args=(services, patients, done), daemon=True).start()
        heart.start()
        count = 0
        while not (done.is_set() and desk.is_settled):
            desk.page(pages[count % len(pages)])
            count += 1
            desk.wait(2)
        heart.tell(f"first load of {patients:,} patients in {time.monotonic() - begun:.0f} s")
        print(f"     peak memory {peak_mb():.0f} MB")
        desk.end()


def _watch(services: Services, patients: int, done: threading.Event) -> None:
    while services.counts()["contacts"] < patients:
        time.sleep(1)
    done.set()


def plan(rows: int) -> None:
    """Choose a file, rehearse it."""
    with a_desk(Size(50, 0, 0, 0), UNPACED) as (desk, _), TemporaryDirectory() as place:
        file = Path(place) / "patients.csv"
        with file.open("w", newline="", encoding="utf-8") as sheet:
            writer = csv.writer(sheet)
            writer.writerow(("ID", "First Name", "Last Name", "Email", "Date of Birth"))
            for number in range(rows):
                address = f"p{number}@mail.example.test"
                born = f"{1 + number % 28}/{1 + number // 28 % 12}/{1940 + number // 336 % 70}"
                writer.writerow((9_000_000 + number, f"Kim{number}", f"Ash-{number % 997}", address, born))
        heart = Heart()
        desk.window.start()
        desk.until(lambda: desk.is_settled)
        page = desk.page("import")
        desk.wait(0.5)
        heart.start()
        begun = time.monotonic()
        page.open_file(str(file))
        desk.until(
            lambda: f"{rows:,}" in page.columns.found.text() or str(rows) in page.columns.found.text(), 120
        )
        print(f"     preview after {time.monotonic() - begun:.2f} s")
        begun = time.monotonic()
        page.rehearse()
        desk.until(lambda: page.result.isVisible(), 600)
        desk.wait(1)
        heart.tell(f"plan of {rows:,} rows, {time.monotonic() - begun:.1f} s")
        desk.end()


def filter_links(links: int) -> None:
    """Type a name into People's filter, letter by letter."""
    with a_desk(Size(5, 0, 0, 0), UNPACED, lambda folder: fill(folder, links)) as (desk, _):
        desk.window.start()
        desk.until(lambda: desk.is_settled)
        page = opened(desk, "people", lambda page: page.table.model.size)
        heart = Heart()
        heart.start()
        for word in ("kim", "ash 77", "zzz", "9000"):
            type_into(desk, page.table.filter, word)
        heart.tell(f"filter over {links:,} links")
        desk.end()


def journal(rows: int) -> None:
    """Search what was done, and look at 500 questions."""
    with a_desk(Size(5, 0, 0, 0), UNPACED, lambda folder: fill(folder, 100_000, rows, 500)) as (desk, _):
        desk.window.start()
        desk.until(lambda: desk.is_settled)
        heart = Heart()
        heart.start()
        page = opened(desk, "activity", lambda page: page.runs.model.size)
        for word in ("kim 7", "zzz", "139071086310"):
            type_into(desk, page.journal.filter, word)
        page = opened(desk, "needs_you", lambda page: page.table.model.size)
        type_into(desk, page.table.filter, "kim 4")
        heart.tell(f"{rows:,} journal rows, 500 questions")
        desk.end()


def quit_in_a_run(_: int) -> None:
    """Quit while a first load writes; what a person waits for."""
    with a_desk(Size(20_000, 0, 0, 3000), REAL) as (desk, services):
        desk.window.start()
        desk.until(lambda: services.counts()["contacts"] > 300)
        heart, begun = Heart(), time.monotonic()
        heart.start()
        desk.end()
        took = time.monotonic() - begun
        print(f"{'ok' if took <= 5 else 'SLOW':4} quit during a run: {took:.2f} s (goal 5)")
        heart.tell("quit during a run")


def idle(cycles: int) -> None:
    """Quiet cycles one after another with the window hidden, as fast as they go: no limit to keep to."""
    Limit.shared = lambda limit, percent: replace(limit, calls=1_000_000)  # type: ignore[method-assign]
    with a_desk(Size(2000, 500, 0, 500), UNPACED) as (desk, _):
        desk.window.start()
        desk.until(lambda: desk.is_settled)
        desk.window.main.hide()
        for _ in range(20):
            one_cycle(desk)
        desk.rest(2)
        before, cpu = memory_mb(), time.process_time()
        print(
            f"{'ok' if before <= 110 else 'OVER':4} idle after the first load: {before:.0f} MB (goal 110)",
            flush=True,
        )
        begun = time.monotonic()
        desk.rest(30)
        share = (time.process_time() - cpu) / (time.monotonic() - begun) * 100
        print(f"{'ok' if share <= 0.2 else 'OVER':4} idle: {share:.2f} % of a processor (goal 0.2)")
        for number in range(cycles):
            one_cycle(desk)
            if number + 1 in (10, 100, cycles // 2):
                print(f"     after {number + 1} cycles {memory_mb():.1f} MB", flush=True)
        gc.collect()
        grown = memory_mb() - before
        print(f"{'ok' if grown < 5 else 'OVER':4} grown over {cycles} quiet cycles: {grown:.1f} MB (goal 5)")
        desk.end()


WORDS: Final[dict[str, tuple[Callable[[int], None], int]]] = {
    "load": (load, 20_000),
    "plan": (plan, 100_000),
    "filter": (filter_links, 1_000_000),
    "journal": (journal, 1_000_000),
    "quit": (quit_in_a_run, 0),
    "idle": (idle, 1000),
}


def main(words: list[str]) -> int:
    """Measure what the first word names; the second is its size."""
    measure, size = WORDS[words[0]]
    measure(int(words[1]) if len(words) > 1 else size)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
