"""The set-up: step by step from two keys to a sync that runs by itself. It can be left and taken up again."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from app.state import State
from ui import theme
from ui.bridge import Asking
from ui.language import tr
from ui.widgets.mnemonics import give_letters, relabel
from ui.widgets.parts import SPACE, WIDE, button, label, quiet_label, scrolled
from ui.wizard.choices_step import DealsStep, PeopleStep
from ui.wizard.keys_step import KeyStep
from ui.wizard.live_step import LiveStep
from ui.wizard.rehearsal_step import RehearsalStep, TrialStep
from ui.wizard.step import Step
from ui.wizard.welcome_step import WelcomeStep

_CONTEXT = "Wizard"
LIVE = "live"


class Wizard(QDialog):
    """Shows one step at a time; a step says itself when it is done."""

    live_wanted = Signal()
    demo_wanted = Signal()

    def __init__(self, asking: Asking, kept: QSettings | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asking = asking
        self._kept = kept
        self._was_ready = True
        self.setObjectName("wizard")
        self.setWindowTitle(tr(_CONTEXT, "Set up ClinicBridge"))
        self.setWindowIcon(theme.app_icon())
        self.setAccessibleName(self.windowTitle())
        self.setModal(False)
        self.steps: list[Step] = [
            WelcomeStep(asking),
            KeyStep(asking, "cliniko"),
            KeyStep(asking, "hubspot"),
            PeopleStep(asking),
            DealsStep(asking),
            RehearsalStep(asking),
            TrialStep(asking),
            LiveStep(asking),
        ]
        self.stack = QStackedWidget()
        for step in self.steps:
            self.stack.addWidget(scrolled(step))
            step.changed.connect(self._refresh)
        welcome = self.steps[0]
        assert isinstance(welcome, WelcomeStep)
        welcome.demo_wanted.connect(self.demo_wanted)
        self.place = quiet_label("", "wizard_place")
        self.title = label("", "wizard_title", 1.5, bold=True)
        self.bar = QProgressBar()
        self.bar.setObjectName("wizard_progress")
        self.bar.setAccessibleName(tr(_CONTEXT, "Steps done"))
        self.bar.setTextVisible(False)
        self.bar.setRange(0, len(self.steps))
        self.back = button(tr(_CONTEXT, "Back"), "wizard_back", self._on_back)
        self.next = button(tr(_CONTEXT, "Next"), "wizard_next", self._on_next, main=True)
        self.later = button(tr(_CONTEXT, "Finish later"), "wizard_later", self.reject)
        self._lay_out()
        room = self.screen().availableGeometry()
        self.resize(min(820, room.width() - 60), min(640, room.height() - 80))
        self._show(0, keep=False)

    def _lay_out(self) -> None:
        feet = QHBoxLayout()
        feet.addWidget(self.later)
        feet.addStretch(1)
        feet.addWidget(self.back)
        feet.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE + 4, WIDE, WIDE + 4, WIDE)
        layout.setSpacing(SPACE)
        layout.addWidget(self.place)
        layout.addWidget(self.title)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        layout.addLayout(feet)

    # where it stands

    @property
    def step(self) -> Step:
        """The step that is up."""
        return self.steps[self.stack.currentIndex()]

    def resume(self) -> None:
        """Go on at the step that was left."""
        name = str(self._kept.value("wizard/step") or "") if self._kept else ""
        places = {step.name: place for place, step in enumerate(self.steps)}
        self._show(places.get(name, self.stack.currentIndex()))

    def _show(self, place: int, keep: bool = True) -> None:
        self.stack.setCurrentIndex(place)
        self.place.setText(tr(_CONTEXT, "Step {place} of {all}", place=place + 1, all=len(self.steps)))
        self.title.setText(self.step.title)
        self.bar.setValue(place)
        self.step.begin()
        self._refresh()
        give_letters(self)
        self.next.setFocus()
        if keep and self._kept is not None and self._kept.value("wizard/step") != LIVE:
            self._kept.setValue("wizard/step", self.step.name)

    @Slot()
    def _refresh(self) -> None:
        is_last = self.stack.currentIndex() == len(self.steps) - 1
        words = self.step.next_words or (tr(_CONTEXT, "Finish") if is_last else tr(_CONTEXT, "Next"))
        relabel(self.next, words)
        self.next.setEnabled(self.step.is_done)
        self.back.setEnabled(self.stack.currentIndex() > 0 and not self.step.is_busy)
        self.later.setEnabled(not self.step.is_busy)
        is_ready = self.step.is_done and not self.step.is_busy
        if is_ready and not self._was_ready:
            # What was pressed is disabled meanwhile, which would leave the keyboard at whatever stands next.
            self.next.setFocus()
        self._was_ready = is_ready

    @Slot()
    def _on_back(self) -> None:
        self._show(max(0, self.stack.currentIndex() - 1))

    @Slot()
    def _on_next(self) -> None:
        if not self.step.is_done:
            return
        place = self.stack.currentIndex() + 1
        if place < len(self.steps):
            self._show(place)
            return
        if self._kept is not None:
            self._kept.setValue("wizard/step", LIVE)
        self.accept()
        self.live_wanted.emit()

    @Slot(object)
    def on_state(self, state: State) -> None:
        """Steps that run something show how far it is."""
        self.step.on_state(state)
