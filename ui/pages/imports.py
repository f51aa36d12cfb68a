"""Import: patients or appointments from a CSV file, step by step. Nothing is written before the rehearsal was seen."""

from __future__ import annotations

import threading
import zoneinfo
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QWidget

from app.errors import BadInput, Cancelled, DateOrderOpen, HeadingsUnknown
from ui import theme
from ui.bridge import Asking
from ui.dialogs.load_history import HistoryDialog
from ui.language import say_error, tr
from ui.pages.import_columns import ColumnsStep, Opened
from ui.pages.import_file import FileStep
from ui.pages.import_result import ResultStep
from ui.pages.import_running import RunningStep
from ui.pages.page import Page
from ui.widgets.parts import label

if TYPE_CHECKING:
    from app.service.imports import Going, Imported, Inspection

_CONTEXT = "Import"
LOOK_MS = 300
"""How often a run that goes on is asked where it stands."""


class ImportPage(Page):
    """Leads through the steps; each step only shows and asks."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__("import", tr(_CONTEXT, "Import"), asking, parent)
        self.opened: Opened | None = None
        self._unusable = ""
        """The file that was tried last and could not be opened."""
        self._looking = threading.Event()
        """Ends the look through a file that goes on."""
        self._running = threading.Event()
        """Ends the rehearsal or the import that goes on."""
        self.is_running = False
        self._is_rehearsal = False
        self.file = FileStep()
        self.columns = ColumnsStep()
        self.running = RunningStep()
        self.result = ResultStep(asking)
        self.steps = QStackedWidget()
        self.steps.setObjectName("import_steps")
        for step in (self.file, self.columns, self.running, self.result):
            self.steps.addWidget(step)
        self.way = self._way()
        self.body.addWidget(self.steps, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._ask_how_far)
        self._connect()
        self._show(self.file)

    def _connect(self) -> None:
        self.file.chosen.connect(self.open_file)
        self.file.kind_changed.connect(self._on_kind)
        self.file.history_wanted.connect(self._on_history)
        self.columns.changed.connect(self._on_changed)
        self.columns.rehearse_wanted.connect(self.rehearse)
        self.columns.other_wanted.connect(self.start_anew)
        self.running.pause_wanted.connect(self._on_pause)
        self.running.cancel_wanted.connect(self._on_cancel)
        self.result.import_wanted.connect(self.import_now)
        self.result.columns_wanted.connect(self._on_back)
        self.result.other_wanted.connect(self.start_anew)

    def _way(self) -> list[QLabel]:
        """The four steps in a line; the one that is up is marked."""
        titles = (
            tr(_CONTEXT, "1  File"),
            tr(_CONTEXT, "2  Columns"),
            tr(_CONTEXT, "3  Rehearsal"),
            tr(_CONTEXT, "4  Import"),
        )
        labels = [label(title, f"import_way_{n}", wraps=False) for n, title in enumerate(titles, 1)]
        row = QHBoxLayout()
        row.setSpacing(18)
        for part in labels:
            row.addWidget(part)
        row.addStretch(1)
        self.body.addLayout(row)
        return labels

    def _show(self, step: FileStep | ColumnsStep | RunningStep | ResultStep) -> None:
        """Bring a step up, with the keyboard at its main control, and let a screen reader hear of it."""
        self.steps.setCurrentWidget(step)
        place = {self.file: 0, self.columns: 1}.get(step, 2 if self._is_rehearsal else 3)
        for n, part in enumerate(self.way):
            theme.mark(part, quiet=n != place, strong=n == place)
        if self.isVisible():
            step.main_control().setFocus()
            QAccessible.updateAccessibility(QAccessibleEvent(step.title, QAccessible.Event.Alert))

    # the file

    @Slot(str)
    def open_file(self, name: str) -> None:
        """Look at a file: its type, its encoding, and how its columns are understood."""
        file, kind = Path(name), self.file.kind.currentData()
        self.opened, self._unusable = None, name
        self.file.say_looking(file)
        self._look_at(file, kind, None)

    @Slot()
    def _on_kind(self) -> None:
        """The type was chosen: a file whose headings told none may be understood now."""
        if self._unusable:
            self.open_file(self._unusable)

    @Slot()
    def _on_changed(self) -> None:
        if self.opened is not None:
            self._look_at(self.opened.file, self.opened.preview.kind, self.columns.wishes())

    def _look_at(self, file: Path, kind: str | None, wishes: Mapping[str, str] | None) -> None:
        self._looking.set()
        self.columns.let_go(False)
        self.asking.read(
            lambda program: read_file(program, file, kind, wishes),
            self.on_opened,
            self._on_unusable,
            topic="import file",
        )

    def on_opened(self, opened: Opened) -> None:
        """Show how the file is understood, and look through all of it meanwhile."""
        self.opened, self._unusable = opened, ""
        self.file.say("")
        self.columns.show_file(opened)
        if self.steps.currentWidget() is not self.columns:
            self._show(self.columns)
        if not opened.preview.problem:
            self._look_through(opened)

    def _look_through(self, opened: Opened) -> None:
        looking = self._looking = threading.Event()
        wishes = opened.preview.columns.as_wishes()
        self.asking.work(
            lambda program: look_through(program, opened, wishes, looking),
            lambda seen: self.on_look(seen, looking),
            lambda error: self._on_look_ended(error, looking),
            is_long=True,
        )

    def on_look(self, seen: Inspection, looking: threading.Event) -> None:
        """The whole file was looked through."""
        if looking is self._looking and not looking.is_set():
            self.columns.show_look(seen)

    def _on_look_ended(self, error: BaseException, looking: threading.Event) -> None:
        """It cannot be imported as it is, or nobody needs the look any more."""
        if looking is not self._looking or looking.is_set() or isinstance(error, Cancelled):
            return
        self._say_why_not(error)

    def _say_why_not(self, error: BaseException) -> None:
        if isinstance(error, DateOrderOpen):
            self.columns.ask_order()
        else:
            self.columns.say(" ".join(say_error(error)), "bad")
            self.columns.let_go(False)

    def _on_unusable(self, error: BaseException) -> None:
        """The file cannot be opened, or a choice does not fit."""
        if self.steps.currentWidget() is self.columns:
            self.columns.say(" ".join(say_error(error)), "bad")
        elif isinstance(error, HeadingsUnknown):
            helps = tr(_CONTEXT, "If they are headings of your own, choose the type of file below.")
            self.file.say_trouble(f"{say_error(error)[0]} {helps}")
        else:
            self.file.say_trouble(" ".join(say_error(error)))

    @Slot()
    def start_anew(self) -> None:
        """Back to the first step."""
        self._looking.set()
        self.opened, self._unusable = None, ""
        self.file.say("")
        self._show(self.file)

    @Slot()
    def _on_back(self) -> None:
        if self.opened is not None:
            self._show(self.columns)
            self._on_changed()

    @Slot()
    def _on_history(self) -> None:
        HistoryDialog(self.asking, self).open()

    # running

    @Slot()
    def rehearse(self) -> None:
        """Say what the import would do."""
        self._run(is_rehearsal=True)

    @Slot()
    def import_now(self) -> None:
        """Import the file that was rehearsed."""
        self._run(is_rehearsal=False)

    def _run(self, is_rehearsal: bool) -> None:
        opened = self.opened
        if opened is None or self.is_running:
            return
        self._looking.set()
        cancel = self._running = threading.Event()
        wishes = self.columns.wishes()
        self.is_running, self._is_rehearsal = True, is_rehearsal
        self.running.begin(opened.file.name, is_rehearsal)
        self._show(self.running)
        self._timer.start()
        self.asking.work(
            lambda program: run_file(program, opened, wishes, is_rehearsal, cancel),
            self.on_done,
            self.on_trouble,
            is_long=True,
        )

    def on_done(self, done: Imported) -> None:
        """Show what the file did, or would do."""
        self._end_run()
        assert self.opened is not None
        self.result.show_result(done, self.opened.file.name, self._is_rehearsal)
        self._show(self.result)

    def on_trouble(self, error: BaseException) -> None:
        """It did not come to its end: say so where the columns are, since that is where one goes on."""
        self._end_run()
        self._show(self.columns)
        self.columns.let_go(True)
        if isinstance(error, Cancelled):
            self.columns.say(tr(_CONTEXT, "Stopped before anything was written."))
        elif isinstance(error, BadInput):
            self._say_why_not(error)
        else:
            self.columns.say(" ".join(say_error(error)), "bad")

    def _end_run(self) -> None:
        self.is_running = False
        self._timer.stop()

    @Slot()
    def _ask_how_far(self) -> None:
        self.asking.read(lambda program: program.imports.going, self._on_going, ignore, topic="import going")

    def _on_going(self, going: Going) -> None:
        if self.is_running:
            self.running.show_going(going)

    @Slot(bool)
    def _on_pause(self, pauses: bool) -> None:
        self.asking.read(
            lambda program: program.imports.pause() if pauses else program.imports.resume(), ignore
        )

    @Slot()
    def _on_cancel(self) -> None:
        self._running.set()


def read_file(program: Any, file: Path, kind: Any, wishes: Mapping[str, str] | None) -> Opened:
    """The beginning of a file, and what its columns can be taken for; runs on the reader's thread."""
    imports = program.imports
    preview = imports.preview(file, kind, wishes)
    zones = sorted(zoneinfo.available_timezones()) if preview.asks_zone else []
    return Opened(
        file,
        preview,
        imports.fields(preview.kind),
        imports.usual_order(),
        [name for name in zones if "/" in name and not name.startswith("Etc/")],
    )


def look_through(
    program: Any, opened: Opened, wishes: Mapping[str, str], looking: threading.Event
) -> Inspection:
    """Look through a whole file; runs beside the window, and ends at once where nobody needs it any more."""
    _, seen = program.imports.check(opened.file, opened.preview.kind, wishes, looking)
    found: Inspection = seen
    return found


def run_file(
    program: Any, opened: Opened, wishes: Mapping[str, str], is_rehearsal: bool, cancel: threading.Event
) -> Imported:
    """Rehearse or import; runs beside the window, after whatever run is going on."""
    done: Imported = program.imports.run(
        opened.file, opened.preview.kind, wishes, is_rehearsal, waits=True, cancel=cancel
    )
    return done


def ignore(answer: object) -> None:
    """Nothing is to be shown."""
