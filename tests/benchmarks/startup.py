"""From the start of the process to the first word (against a bare import of what talks and stores) and to the first
paint (against a bare window), in the same run.

    python -m tests.benchmarks.startup             an empty data folder
    python -m tests.benchmarks.startup 1000000     one with so many links

Each is started several times, alternately, and the best of each counts. What is seen is a window on a screen
(DISPLAY, Xvfb does); without one both paint off screen, where a bare window has less to do than anywhere else.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from app.clock import SystemClock
from app.paths import DATA_DIR_VARIABLE, data_folder
from app.store.store import open_store
from tests.benchmarks.store import link_of

ROUNDS = 7
ROOT = Path(__file__).resolve().parents[2]

WATCH: Final = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv[:1])

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            print(time.time() - float(os.environ["BEGUN"]), flush=True)
            os._exit(0)
        return False

watch = Watch()
app.installEventFilter(watch)
"""

BARE: Final = (
    WATCH
    + """
window = QWidget()
window.resize(900, 600)
window.show()
app.exec()
"""
)

PROGRAM: Final = (
    WATCH
    + """
import main
main.main([])
"""
)


def main(words: list[str]) -> int:
    """Measure; the first word is how many links there are."""
    links = int(words[0]) if words else 0
    with TemporaryDirectory() as folder:
        environ = {**os.environ, DATA_DIR_VARIABLE: folder, "QT_QPA_PLATFORM": _platform()}
        if links:
            _fill(environ, links)
        print(f"start, {links:,} links in the data folder")
        python = [sys.executable, "-c"]
        _compare(
            "a word",
            [sys.executable, "main.py", "--version"],
            [*python, "import peewee, requests"],
            environ,
            2.0,
        )
        _compare("first paint", [*python, PROGRAM], [*python, BARE], environ, 2.0)
    return 0


def _platform() -> str:
    return os.environ.get("QT_QPA_PLATFORM") or ("xcb" if os.environ.get("DISPLAY") else "offscreen")


def _fill(environ: dict[str, str], links: int) -> None:
    folder = data_folder(environ)
    folder.prepare()
    store = open_store(folder.database_url, SystemClock())
    for start in range(0, links, 5_000):
        store.save_records([link_of(start + number) for number in range(min(5_000, links - start))])
    store.close()


def _compare(what: str, ours: list[str], bare: list[str], environ: dict[str, str], goal: float) -> None:
    took: dict[str, list[float]] = {"ours": [], "bare": []}
    for _ in range(ROUNDS):
        took["bare"].append(_once(bare, environ))
        took["ours"].append(_once(ours, environ))
    ours_s, bare_s = min(took["ours"]), min(took["bare"])
    ratio = ours_s / bare_s
    spread = statistics.median(took["ours"]) / statistics.median(took["bare"])
    verdict = "ok" if ratio <= goal else "SLOW"
    print(
        f"{verdict:4} {what}: {ours_s * 1000:.0f} ms against {bare_s * 1000:.0f} ms, ratio {ratio:.2f} "
        f"(of the medians {spread:.2f}; goal {goal:g})"
    )


def _once(command: list[str], environ: dict[str, str]) -> float:
    begun = time.time()
    done = subprocess.run(
        command,
        env={**environ, "BEGUN": repr(begun)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    shown = done.stdout.strip().splitlines()
    try:
        return float(shown[-1])
    except (IndexError, ValueError):
        return time.time() - begun


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
