"""Settings, This PC: whether a newer version is there, when that was asked last, and asking at once."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.service.updates import UpdateFacts
from ui.bridge import Asking
from ui.language import moment, say_error, tr
from ui.widgets.parts import SPACE, button, card, label
from ui.widgets.update_notice import UpdateNotice, read_facts

_CONTEXT = "Updates"


class UpdatesCard(QFrame):
    """The card of updates."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("updates")
        self.asking = asking
        self.words = label("", "updates_words")
        self.check = button(tr(_CONTEXT, "Check now"), "check_updates_now", self._on_check, "sync")
        self.notice = UpdateNotice("settings_update", asking)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.words, 1)
        row.addWidget(self.check)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card("updates_card", row, self.notice, title=tr(_CONTEXT, "Updates")))

    def look(self) -> None:
        """Show what is known, without asking anybody."""
        self.asking.read(read_facts, self.on_facts, lambda error: None, topic="updates")

    def on_facts(self, facts: UpdateFacts) -> None:
        """Show them."""
        self.check.setEnabled(facts.can_ask)
        self.words.setText(words_of(facts))
        self.notice.on_facts(facts)

    @Slot()
    def _on_check(self) -> None:
        self.check.setEnabled(False)
        self.words.setText(tr(_CONTEXT, "Asking…"))
        self.asking.read(
            lambda program: program.updates.check_now(),
            self.on_facts,
            self.on_trouble,
            is_remote=True,
        )

    def on_trouble(self, error: BaseException) -> None:
        """Say to who asked by hand that nothing was learned."""
        self.check.setEnabled(True)
        self.words.setText(" ".join(say_error(error)))


def words_of(facts: UpdateFacts) -> str:
    """What is known, in a sentence or two."""
    if not facts.can_ask:
        return tr(_CONTEXT, "This copy was not given an address to ask, so it never looks for updates.")
    parts = []
    if not facts.is_on:
        parts.append(tr(_CONTEXT, "Nothing is asked by itself."))
    if facts.asked_at is None:
        parts.append(tr(_CONTEXT, "Not asked yet."))
    else:
        parts.append(tr(_CONTEXT, "Last asked: {at}.", at=moment(facts.asked_at)))
        if facts.newer is None:
            parts.append(tr(_CONTEXT, "No newer version than {version} is known.", version=facts.version))
    return " ".join(parts)
