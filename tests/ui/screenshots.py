"""Pictures of every page, light and dark, from a made-up clinic; run by hand:

    python3 tests/ui/screenshots.py [FOLDER] [--scale 2] [--size 1180x720] [--dark] [--language de] [--all]

Without a folder the light pictures of the guide are made anew. No real path, name or key is on any of them.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("home", "needs_you", "activity", "people", "left_out", "import", "hubspot_setup", "settings", "help")


def main() -> int:
    """Make the pictures; returns the exit code."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("folder", nargs="?", default=str(ROOT / "resources" / "guide"))
    words.add_argument("--scale", default="1")
    words.add_argument("--size", default="1180x720")
    words.add_argument("--dark", action="store_true")
    words.add_argument("--all", action="store_true", help="the sections of the settings and the set-up too")
    words.add_argument("--language", default="en_AU")
    asked = words.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = asked.scale
    sys.path.insert(0, str(ROOT))
    from PySide6.QtCore import QLocale

    from app import __version__
    from app.assembly import assemble
    from app.paths import DataFolder
    from app.sandbox.demo import start_demo
    from app.service.local_data import LocalFacts
    from ui import application, late, theme

    QLocale.setDefault(QLocale(asked.language))
    app = application.new_application(QLocale(asked.language))
    if asked.dark:
        theme.set_scheme(app, dark=True)
    folder = Path(asked.folder)
    folder.mkdir(parents=True, exist_ok=True)

    def wait(fact: Callable[[], bool], seconds: float = 60.0) -> None:
        end = time.monotonic() + seconds
        while not fact() and time.monotonic() < end:
            app.processEvents()
            time.sleep(0.01)
        for _ in range(20):
            app.processEvents()
            time.sleep(0.01)

    with tempfile.TemporaryDirectory() as root, start_demo(Path(root), patients=120, contacts=60) as demo:
        demo.a_nickname_comes_in()
        demo.a_shared_inbox_appears()
        program = assemble(demo.environ(), folder=DataFolder(Path(root)))
        program.syncing.run(until_caught_up=True)
        demo.a_patient_is_registered()
        program.setup.set_setting("patients.only_with_email", "true")
        program.syncing.run(until_caught_up=True)
        facts = LocalFacts("ClinicBridge", None, __version__)
        program.local.facts = lambda: facts  # type: ignore[method-assign]
        late.assembly().demo = lambda: program  # type: ignore[attr-defined]
        window = application.Window(app, None)
        width, height = (int(part) for part in asked.size.split("x"))
        window.main.resize(width, height)
        window.start()
        wait(lambda: window.program is not None and not window.bridge.state.is_syncing)
        wait(lambda: window.bridge.state.last_finished_at is not None, 20)
        wait(lambda: not window.bridge.state.is_syncing)
        demo.a_patient_is_registered()
        demo.a_patient_is_edited()
        demo.a_visit_is_booked()
        before = window.bridge.state.last_finished_at
        window.sync_now()
        wait(lambda: window.bridge.state.last_finished_at != before and not window.bridge.state.is_syncing)
        suffix = "_dark" if asked.dark else ""
        for name in PAGES:
            window.main.open_page(name)
            wait(lambda: False, 1.0)
            window.main.grab().save(str(folder / f"{'window' if name == 'home' else name}{suffix}.png"))
            if name == "settings" and asked.all:
                for place in range(window.main.current.tabs.count()):  # type: ignore[attr-defined]
                    window.main.current.tabs.setCurrentIndex(place)  # type: ignore[attr-defined]
                    wait(lambda: False, 0.3)
                    window.main.grab().save(str(folder / f"settings_{place}{suffix}.png"))
        window.show_wizard()
        assert window.wizard is not None
        for place, step in enumerate(window.wizard.steps if asked.all else window.wizard.steps[:1]):
            window.wizard._show(place)
            wait(lambda: False, 0.8)
            window.wizard.grab().save(str(folder / f"wizard_{step.name}{suffix}.png"))
        window.quit()
        wait(window._stopped.is_set, 6)
        window.bridge.stop(0.3)
        program.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
