"""The window's beginning and end: style, language, first paint, then the program behind it, and an orderly end."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLockFile, QObject, QProcess, QSettings, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from app import __version__
from app.paths import data_folder
from ui import language, late, theme
from ui.bridge import Bridge
from ui.language import tr
from ui.main_window import MainWindow
from ui.opening import Opened, Opening
from ui.pages.home import HomePage
from ui.pauses import forget_pause, keep_pause, kept_pause

if TYPE_CHECKING:
    from PySide6.QtCore import QLocale

    from app.settings import Settings
    from app.state import State

STOP_WITHIN_S = 4.5
WRITING_STEPS = ("trial", "go_live")
"""A run that was noted while the set-up stands here was its own trial; before, nothing of it writes."""
LOOK_AGAIN_MS = 10 * 60 * 1000
MAIN = Path(__file__).resolve().parents[1] / "main.py"


def run(argv: Sequence[str]) -> int:
    """Open the window and stay until it ends; returns the exit code. `--demo` opens on a made-up clinic,
    `--tray` begins in the tray."""
    app = new_application()
    is_demo = "--demo" in argv
    folder = None if is_demo else data_folder()
    lock = None
    if folder is not None:
        folder.prepare()
        lock = QLockFile(str(folder.root / "window.lock"))
        lock.setStaleLockTime(0)
        if not lock.tryLock(0) and lock.error() == QLockFile.LockError.LockFailedError:
            return 0 if late.ring(folder.root) else 6
    late.memory().keep_small()
    window = Window(app, folder.root if folder else None, starts_hidden="--tray" in argv)
    window.start()
    code = app.exec()
    window.end()
    if lock is not None:
        lock.unlock()
    return code


def titles() -> dict[str, str]:
    """The pages' names in the order of the navigation."""
    return {name: tr(context, title) for name, context, title in late.PAGE_TITLES}


def new_application(locale: QLocale | None = None) -> QApplication:
    """The QApplication with its names, style and language (None: this computer's)."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("ClinicBridge")
    app.setApplicationDisplayName("ClinicBridge")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("clinicbridge")
    app.setQuitOnLastWindowClosed(False)
    # The window waits for its turn at almost every call of Qt, and by itself Python lets it wait long each time.
    sys.setswitchinterval(0.00005)
    language.install(app, locale)
    theme.apply(app)
    app.styleHints().colorSchemeChanged.connect(lambda scheme: theme.refresh(app))
    return app


class Window(QObject):
    """Everything between the QApplication and the services: made once, ended once."""

    def __init__(self, app: QApplication, folder: Path | None, starts_hidden: bool = False) -> None:
        """`folder` is the data folder; without one a made-up clinic is opened."""
        super().__init__()
        self.app, self.folder, self.starts_hidden = app, folder, starts_hidden
        self.is_demo = folder is None
        self.program: Any = None
        self.settings: Settings | None = None
        self.tray: Any = None
        self.wizard: Any = None
        self._doorbell: Any = None
        self._signals: Any = None
        self._is_quitting = False
        self._runs = False
        self._stopped = threading.Event()
        self.kept = self._kept_state()
        self.bridge = Bridge(self)
        home = HomePage(self.bridge)
        self.main = MainWindow(home, titles(), self._build, self.kept)
        self.bridge.state_changed.connect(self.main.on_state)
        self.bridge.state_changed.connect(self._on_state)
        self.bridge.failed.connect(self.main.notice.say_error)
        self.opening = Opening(self.bridge, self.main, self.is_demo, self)
        self.opening.opened.connect(self._on_opened)
        self.main.close_wanted.connect(self._on_close)
        self.main.quit_wanted.connect(self.quit)
        for asker in (self.main, home):
            asker.sync_wanted.connect(self.sync_now)
        home.pause_wanted.connect(self.pause)
        home.resume_wanted.connect(self.resume)
        app.commitDataRequest.connect(self.quit, Qt.ConnectionType.DirectConnection)
        sys.excepthook = self._on_crash

    def _kept_state(self) -> QSettings | None:
        """Where the window stood and how far the wizard came: beside the data, not in the user's profile."""
        if self.folder is None:
            return None
        return QSettings(str(self.folder / "window.ini"), QSettings.Format.IniFormat)

    # beginning

    def start(self) -> None:
        """Paint first; whatever takes time comes after, off this thread."""
        if not self.starts_hidden:
            self.main.show()
        self.bridge.start()
        QTimer.singleShot(0, self._open_behind)

    @Slot()
    def _open_behind(self) -> None:
        language.settle_locale()
        self._signals = late.system_signals()(self)
        self._signals.asked_to_end.connect(self.quit)
        if self.folder is not None:
            self._doorbell = late.doorbell_class()(self.folder, self)
            self._doorbell.rang.connect(self.main.come_up)
        self.opening.begin()

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        self.program, self.settings = opened.program, opened.settings
        language.use_terms({"patient": opened.clinic.get("patient_word") or "patient"})
        self._make_tray()
        # Time alone may turn a good state into a stale one (R83).
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_AGAIN_MS)
        self._clock.timeout.connect(self._look_again)
        self._clock.start()
        self.bridge.begin(opened.state, opened.program)
        self.main.open()
        self._on_state(opened.state)
        if self._is_live(opened.state):
            self._go_live()
        else:
            self.bridge.read(has_given_keys, self._on_keys_known)
            self.show_wizard()

    def _on_keys_known(self, are_given: bool) -> None:
        state = self.bridge.state
        if are_given and state is not None and not state.is_set_up:
            self.bridge.set_state(replace(state, is_set_up=True))

    def _is_live(self, state: State) -> bool:
        """Whether runs may begin by themselves: the wizard came to its end, or somebody synced without it."""
        if self.is_demo:
            return True
        assert self.kept is not None
        step = self.kept.value("wizard/step")
        return step == "live" or (step not in WRITING_STEPS and state.is_set_up)

    def _make_tray(self) -> None:
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.tray = late.tray_class()(self)
            self.tray.on_settings(self.settings)
            self.tray.open_wanted.connect(self.main.come_up)
            self.tray.page_wanted.connect(self._open_page)
            self.tray.sync_wanted.connect(self.sync_now)
            self.tray.pause_wanted.connect(self.pause)
            self.tray.resume_wanted.connect(self.resume)
            self.tray.quit_wanted.connect(self.quit)
            self.tray.show()
        elif self.starts_hidden:
            self.main.showMinimized()
        if self.settings is not None:
            self._follow_settings(self.settings)

    def _follow_settings(self, settings: Settings) -> None:
        self.settings = settings
        self.main.stays_open = settings.flag("pc.close_to_tray")
        if self.tray is not None:
            self.tray.on_settings(settings)

    def _build(self, name: str) -> Any:
        page = late.page_class(name)(self.bridge)
        if name == "settings":
            page.kept_changed.connect(self._follow_settings)
            page.computer.deleted.connect(self.quit)
        if name == "help":
            page.wizard_wanted.connect(self.show_wizard)
        return page

    @Slot()
    def show_wizard(self) -> None:
        """Open the set-up, where it was left."""
        if self.wizard is None:
            self.wizard = late.wizard_class()(self.bridge, self.kept, self.main)
            self.wizard.live_wanted.connect(self._go_live)
            self.wizard.demo_wanted.connect(start_demo)
            self.bridge.state_changed.connect(self.wizard.on_state)
        self.wizard.resume()
        self.wizard.show()
        self.wizard.raise_()
        self.wizard.activateWindow()

    @Slot()
    def _go_live(self) -> None:
        if not self._runs:
            self._runs = True
            is_paused, until = kept_pause(self.kept, datetime.now(UTC))
            if is_paused:
                self.bridge.act(lambda program: program.syncing.pause(until))
            self.bridge.act(lambda program: program.syncing.start())
        self.main.open_page("home")

    # what is asked for

    @Slot()
    def sync_now(self) -> None:
        """Queue an execution; pressed during one, exactly one more (R5). Before the set-up has come to its end
        only keys from the environment begin to work at once: nothing else may write before the trial."""
        if self.program is None:
            return
        if self._runs:
            self.bridge.act(lambda program: program.syncing.sync_now())
        else:
            self.bridge.read(has_given_keys, self._on_given_keys)

    def _on_given_keys(self, are_given: bool) -> None:
        if are_given:
            if self.kept is not None:
                self.kept.setValue("wizard/step", "live")
            if self.wizard is not None:
                self.wizard.hide()
            self._go_live()
        else:
            self.show_wizard()

    @Slot(object)
    def pause(self, until: Any) -> None:
        """Pause until then, or until it is resumed."""
        if self.program is not None:
            keep_pause(self.kept, until)
            self.bridge.act(lambda program: program.syncing.pause(until))

    @Slot()
    def resume(self) -> None:
        """End the pause."""
        if self.program is not None:
            forget_pause(self.kept)
            self.bridge.act(lambda program: program.syncing.resume())

    @Slot(str)
    def _open_page(self, name: str) -> None:
        self.main.come_up()
        self.main.open_page(name)

    @Slot()
    def _look_again(self) -> None:
        state = self.bridge.state
        if state is not None:
            self.main.home.on_state(state)
            self._on_state(state)

    @Slot(object)
    def _on_state(self, state: State) -> None:
        if self.tray is not None:
            self.tray.show_state(state)

    # ending

    @Slot()
    def _on_close(self) -> None:
        """The window was closed: go on in the tray, or minimised where there is none."""
        if self.tray is None:
            self.main.showMinimized()
            return
        self.main.hide()
        if self.kept is not None and not self.kept.value("window/told_of_tray"):
            self.kept.setValue("window/told_of_tray", "yes")
            self.tray.say_hidden()

    @Slot()
    def quit(self) -> None:
        """Finish the batch in flight and end within five seconds; the window says so meanwhile."""
        if self._is_quitting:
            return
        self._is_quitting = True
        self.main.remember()
        self.opening.stop()
        if self.program is None:
            self.app.exit(0)
            return
        threading.Thread(target=self._stop_behind, name="ending", daemon=True).start()
        self._poll = QTimer(self)
        self._poll.timeout.connect(self._on_poll)
        self._poll.start(50)

    def _stop_behind(self) -> None:
        try:
            self.program.syncing.stop(STOP_WITHIN_S)
        finally:
            # Whatever happened, nobody is kept from leaving.
            self._stopped.set()

    @Slot()
    def _on_poll(self) -> None:
        if self._stopped.is_set():
            self._poll.stop()
            self.app.exit(0)

    def end(self) -> None:
        """After the last event: stop the threads, then close what is open."""
        sys.excepthook = sys.__excepthook__
        if self.tray is not None:
            self.tray.hide()
        self.bridge.stop(0.3)
        if self._doorbell is not None:
            self._doorbell.close()
        if self.program is not None:
            is_busy = self.program.syncing.worker.is_busy
            if is_busy:
                self.program.end_now(0)
            self.program.close()
        if self._signals is not None:
            self._signals.close()

    def _on_crash(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """A mistake of ours on the window's thread: logged, and said in plain words; the window stays."""
        late.log(__name__).error("crash in the window", exc_info=(kind, error, trace))
        self.main.notice.say(tr("Wording", late.wording().CRASH), "bad")


def start_demo() -> bool:
    """Open another window, on the made-up clinic; whether it could be started."""
    words = ["--demo"] if getattr(sys, "frozen", False) else [str(MAIN), "--demo"]
    return bool(QProcess.startDetached(sys.executable, words))


def has_given_keys(program: Any) -> bool:
    """Whether both keys come from the environment, for unattended use."""
    return all(connection.source == "environment" for connection in program.connections.all())
