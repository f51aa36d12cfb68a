"""Opening the program behind the window, and what can be done while its database cannot be used."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.errors import ClinicBridgeError, DatabaseUnreachable, DatabaseUnusable
from ui import language, late
from ui.language import tr

if TYPE_CHECKING:
    from app.settings import Settings
    from app.state import State
    from ui.bridge import Bridge
    from ui.main_window import MainWindow

OPEN_AGAIN_MS = 15 * 1000
"""A shared database may not answer yet when the computer has just started (R86)."""


@dataclass(frozen=True)
class Opened:
    """The program, ready behind the window."""

    program: Any
    state: State
    settings: Settings
    clinic: dict[str, str]
    is_demo: bool


@dataclass(frozen=True)
class Failed:
    """Why it could not be opened; `shared` knows where the data is, None where that cannot be what is wrong."""

    error: BaseException
    shared: Any = None


class Opening(QObject):
    """Opens off the window's thread. While a shared database does not answer it tries again, and lets somebody
    correct its address or go back to this computer's own data (R86)."""

    opened = Signal(object)
    """The program, once it is ready."""
    _ended = Signal(object)

    def __init__(
        self, bridge: Bridge, main: MainWindow, is_demo: bool, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._main, self._is_demo = bridge, main, is_demo
        self._is_under_way = self._is_over = self._is_wanted_again = False
        self.dialog: Any = None
        self._ended.connect(self._on_ended)

    @Slot()
    def begin(self) -> None:
        """Open, unless that is under way or done."""
        if self._is_over:
            return
        if self._is_under_way:
            self._is_wanted_again = True
            return
        self._is_under_way, self._is_wanted_again = True, False
        threading.Thread(target=self._open, name="opening", daemon=True).start()

    def stop(self) -> None:
        """The window ends: open nothing any more."""
        self._is_over = True
        if self.dialog is not None:
            self.dialog.reject()

    def _open(self) -> None:
        shared = None
        try:
            assembly = late.assembly()
            program = assembly.demo() if self._is_demo else assembly.assemble()
            shared = program.shared
            program.live.listen(self._bridge.emit_event)
            state = program.care.state()
            program.live.start_from(state)
            late.memory().settle()
            clinic = program.pages.clinic()
            ended: object = Opened(program, state, program.setup.settings(), clinic, self._is_demo)
        except ClinicBridgeError as error:
            can_change = (
                isinstance(error, DatabaseUnusable) and not self._is_demo and may_be_elsewhere(shared)
            )
            ended = Failed(error, shared if can_change else None)
        except Exception as error:  # told in the window; there is nobody else to tell
            late.log(__name__).exception("opening failed")
            ended = Failed(error)
        self._ended.emit(ended)

    @Slot(object)
    def _on_ended(self, ended: object) -> None:
        self._is_under_way = False
        if self._is_over:
            if isinstance(ended, Opened):
                ended.program.close()
            return
        if isinstance(ended, Failed):
            self._on_failed(ended)
            return
        self._is_over = True
        self._main.notice.hide()
        if self.dialog is not None:
            self.dialog.reject()
        self.opened.emit(ended)

    def _on_failed(self, failed: Failed) -> None:
        sentence, next_step = language.say_error(failed.error)
        self._main.home.line.show_trouble(sentence, next_step)
        notice, words = self._main.notice, f"{sentence} {next_step}"
        # Said once, and not aloud again each time that it is tried in vain.
        if self.dialog is None and (notice.isHidden() or notice.words.text() != words):
            act = tr("SharedDatabase", "Shared database…") if failed.shared is not None else ""
            notice.say(words, "bad", act, lambda: self._change(failed.shared))
        if self._is_wanted_again:
            self.begin()
        elif isinstance(failed.error, DatabaseUnreachable):
            QTimer.singleShot(OPEN_AGAIN_MS, self, self.begin)

    def _change(self, shared: Any) -> None:
        """Let somebody say where the data is, then open it from there."""
        self.dialog = late.database_dialog_class()(shared, self._main)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    @Slot(int)
    def _on_closed(self, result: int) -> None:
        is_kept, dialog = bool(result), self.dialog
        self.dialog = None
        dialog.deleteLater()
        if not self._is_over:
            self._main.notice.show()
        if is_kept:
            self._main.notice.hide()
            self._main.home.line.show_opening()
            self.begin()


def may_be_elsewhere(shared: Any) -> bool:
    """Whether the data is, or may be meant to be, in a database that several computers share."""
    try:
        return shared is not None and bool(shared.address())
    except DatabaseUnusable:
        return True  # The file that says so cannot be read, and is written anew.
