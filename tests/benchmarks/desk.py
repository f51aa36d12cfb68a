"""The real window on simulated services in another process, with a heart that beats on its thread."""

from __future__ import annotations

import os
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

from app.clock import SystemClock  # noqa: E402
from app.domain.conflicts import Conflict  # noqa: E402
from app.domain.records import JournalEntry, Person  # noqa: E402
from app.paths import DATA_DIR_VARIABLE, data_folder  # noqa: E402
from app.store.store import open_store  # noqa: E402
from tests.benchmarks.services import Pace, Services, Size  # noqa: E402
from tests.benchmarks.store import NAMES, link_of  # noqa: E402
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


def opened(desk: Desk, name: str, is_there: Callable[[Any], object]) -> Any:
    """Open a page and tell how long it took until its rows stood there."""
    begun = time.monotonic()
    page = desk.page(name)
    shown = time.monotonic() - begun
    desk.until(lambda: bool(is_there(page)), 60)
    print(
        f"     {name}: shown after {shown * 1000:.0f} ms (goal 100), rows after {(time.monotonic() - begun) * 1000:.0f} ms"
    )
    return page


def type_into(desk: Desk, field: Any, word: str) -> None:
    """Type a word letter by letter as a person does, let the answer come, and clear it again."""
    field.setFocus()
    for letter in word:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.sendEvent(field, event)
        desk.wait(0.12)
    desk.wait(1.5)
    field.clear()
    desk.wait(0.5)


def one_cycle(desk: Desk) -> None:
    state = desk.window.bridge.state
    last = state.last_finished_at if state is not None else None
    desk.window.sync_now()
    desk.until(lambda: desk.is_settled and desk.window.bridge.state.last_finished_at != last, 60)


def fill(folder: Path, links: int, entries: int = 0, questions: int = 0) -> None:
    """Put so many links (a fifth of them patients), journal entries and open questions into a fresh database."""
    os.environ[DATA_DIR_VARIABLE] = str(folder)
    made = data_folder()
    made.prepare()
    store = open_store(made.database_url, SystemClock())
    now = SystemClock().now()
    for start in range(0, links, 5_000):
        batch = [link_of(start + number) for number in range(min(5_000, links - start))]
        store.save_records(
            [replace(one, kind="patient") if n % 5 == 0 else one for n, one in enumerate(batch)]
        )
        store.save_people(
            [
                Person("patient", one.cliniko_id, f"Kim {start + n} Ash-{n % 97}")
                for n, one in enumerate(batch)
                if n % 5 == 0
            ]
        )
    for start in range(0, entries, 10_000):
        store.write_journal(
            [
                JournalEntry(
                    1,
                    "patient",
                    link_of(number // 20 * 5).cliniko_id,
                    "hubspot",
                    str(number),
                    NAMES[number % 20],
                    "before",
                    f"after {number}",
                    "sync",
                    now,
                )
                for number in range(start, min(start + 10_000, entries))
            ]
        )
    for number in range(questions):
        link = link_of(number * 5)
        store.open_conflict(
            Conflict(
                "same_person",
                "patient",
                link.cliniko_id,
                (link.hubspot_id or "1",),
                f"Cliniko knows Kim {number}. HubSpot has a contact that may be the same: Kim {number}. Is it?",
                {"facts": {"person": f"Kim {number}", "contact": f"Kim {number}"}},
                blocking=True,
                opened_at=now,
            )
        )
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
