"""What the person at the desk feels: whether the window answers while the program works behind it.

    python -m tests.benchmarks.window load [PATIENTS]    a first load at both services' real limits
    python -m tests.benchmarks.window plan [ROWS]        preview and rehearsal of a patients file
    python -m tests.benchmarks.window filter [LINKS]     typing into People's filter
    python -m tests.benchmarks.window quit               quitting in the middle of a run
    python -m tests.benchmarks.window idle [CYCLES]      memory and processor time of quiet cycles, hidden

A timer on the window's thread beats every 5 ms; what is told is how late its beats came. The simulators run in
another process, as the services do. Without a screen the window paints off screen.
"""

from __future__ import annotations

import csv
import gc
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

os.environ.setdefault("QT_QPA_PLATFORM", "xcb" if os.environ.get("DISPLAY") else "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt, QTimer  # noqa: E402
from PySide6.QtGui import QKeyEvent  # noqa: E402

from app.clients.pacing import Limit  # noqa: E402
from app.clock import SystemClock  # noqa: E402
from app.paths import DATA_DIR_VARIABLE, data_folder  # noqa: E402
from app.store.store import open_store  # noqa: E402
from tests.benchmarks.services import Pace, Services, Size  # noqa: E402
from tests.benchmarks.store import link_of  # noqa: E402
from ui.application import Window, new_application  # noqa: E402

BEAT_MS: Final = 5
REAL: Final = Pace(cliniko_window_s=60.0, hubspot_window_s=10.0, latency_s=0.1)
UNPACED: Final = Pace(cliniko_window_s=None, hubspot_window_s=None, latency_s=0.0)


class Heart:
    """Beats on the window's thread."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._last = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to count, from nothing."""
        self.late = []
        self._last = time.perf_counter()
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, now - self._last - BEAT_MS / 1000))
        self._last = now

    def stop(self) -> list[float]:
        """Stop; how late each beat was, in seconds, the latest last."""
        self._timer.stop()
        return sorted(self.late) or [0.0]

    def tell(self, what: str) -> None:
        """Stop, and print how late the beats were."""
        late = self.stop()
        p99, worst = late[int(len(late) * 0.99)] * 1000, late[-1] * 1000
        verdict = "ok" if p99 <= 16 and worst <= 50 else "SLOW"
        print(
            f"{verdict:4} {what}: {len(late):,} beats, late by p99 {p99:.1f} ms (goal 16), worst {worst:.1f} ms "
            f"(goal 50), over 16 ms {sum(each > 0.016 for each in late)}",
            flush=True,
        )


class Desk:
    """The real window on simulated services, in a folder of its own."""

    def __init__(self, services: Services, folder: Path) -> None:
        os.environ.update(
            {
                DATA_DIR_VARIABLE: str(folder),
                "CLINIKO_BASE_URL": services.cliniko_url,
                "CLINIKO_API_KEY": services.cliniko_key,
                "HUBSPOT_BASE_URL": services.hubspot_url,
                "HUBSPOT_ACCESS_TOKEN": services.hubspot_key,
            }
        )
        data_folder().prepare()
        QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat).setValue("wizard/step", "live")
        self.app = new_application()
        self.window = Window(self.app, folder)

    def until(self, is_so: Callable[[], bool], within_s: float = 1800.0) -> bool:
        """Let the window live until then; whether it came so."""
        end = time.monotonic() + within_s
        while not is_so():
            if time.monotonic() > end:
                return False
            self.app.processEvents()
            QCoreApplication.processEvents()
            time.sleep(0.0005)
        return True

    def wait(self, seconds: float) -> None:
        """Let the window live for so long."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end)

    def rest(self, seconds: float) -> None:
        """Let the window live as it does by itself, so that its own share is what is measured."""
        QTimer.singleShot(int(seconds * 1000), self.app.quit)
        self.app.exec()

    def page(self, name: str) -> Any:
        """Open a page."""
        self.window.main.open_page(name)
        return self.window.main.current

    @property
    def is_settled(self) -> bool:
        """Whether a run has ended and none is under way."""
        state = self.window.bridge.state
        return state is not None and state.last_finished_at is not None and not state.is_syncing

    def end(self) -> None:
        """Quit as a person does."""
        self.window.quit()
        self.until(self.window._stopped.is_set, 20)
        self.window.end()


@contextmanager
def a_desk(
    size: Size, pace: Pace, fill: Callable[[Path], None] | None = None
) -> Iterator[tuple[Desk, Services]]:
    services = Services(size)
    services.pace(pace)
    with TemporaryDirectory() as folder:
        if fill is not None:
            fill(Path(folder))
        desk = Desk(services, Path(folder))
        try:
            yield desk, services
        finally:
            services.close()


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
                writer.writerow(
                    (9_000_000 + number, f"Kim{number}", "Ash", address, f"{1 + number % 28}/12/1980")
                )
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
        heart = Heart()
        desk.window.start()
        desk.until(lambda: desk.is_settled)
        begun = time.monotonic()
        page = desk.page("people")
        desk.until(lambda: page.table.model.size > 0, 60)
        print(f"     People opened within {(time.monotonic() - begun) * 1000:.0f} ms, rows included")
        heart.start()
        for word in ("kim", "ash 77", "zzz", "9000"):
            page.table.filter.setFocus()
            for letter in word:
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                    QCoreApplication.sendEvent(page.table.filter, event)
                desk.wait(0.12)
            desk.wait(1.5)
            page.table.filter.clear()
        heart.tell(f"filter over {links:,} links")
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


def one_cycle(desk: Desk) -> None:
    state = desk.window.bridge.state
    last = state.last_finished_at if state is not None else None
    desk.window.sync_now()
    desk.until(lambda: desk.is_settled and desk.window.bridge.state.last_finished_at != last, 60)


def fill(folder: Path, links: int) -> None:
    """Put so many links into a fresh database."""
    os.environ[DATA_DIR_VARIABLE] = str(folder)
    made = data_folder()
    made.prepare()
    store = open_store(made.database_url, SystemClock())
    for start in range(0, links, 5_000):
        store.save_records([link_of(start + number) for number in range(min(5_000, links - start))])
    store.close()


def memory_mb() -> float:
    """What this process holds now."""
    return _status_mb("VmRSS")


def peak_mb() -> float:
    """The most this process ever held."""
    return _status_mb("VmHWM")


def _status_mb(name: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


WORDS: Final[dict[str, tuple[Callable[[int], None], int]]] = {
    "load": (load, 20_000),
    "plan": (plan, 100_000),
    "filter": (filter_links, 1_000_000),
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
