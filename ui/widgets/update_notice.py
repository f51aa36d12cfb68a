"""A calm line that a newer version is there, with the page to open. Nothing is ever fetched or replaced."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.domain.releases import Release
from app.service.updates import UpdateFacts
from ui.bridge import Asking
from ui.language import day, tr
from ui.widgets.parts import button, label

_CONTEXT = "Updates"


class UpdateNotice(QFrame):
    """Hidden until there is a newer version. `name` begins its objectNames; with `can_wait` it can be put aside,
    and stays away where looking for updates is switched off."""

    def __init__(
        self, name: str, asking: Asking, can_wait: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.asking, self.can_wait = asking, can_wait
        self.release: Release | None = None
        self.setObjectName(name)
        self.setProperty("card", can_wait)
        self.words = label("", f"{name}_words")
        self.open = button(tr(_CONTEXT, "Open the page"), f"{name}_open", self._on_open, "open")
        self.later = button(tr(_CONTEXT, "Not now"), f"{name}_later", self._on_later)
        self.later.setVisible(can_wait)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*((16, 8, 8, 8) if can_wait else (0, 0, 0, 0)))
        layout.addWidget(self.words, 1)
        layout.addWidget(self.open)
        layout.addWidget(self.later)
        self.hide()

    def look(self) -> None:
        """Show what is known, without asking anybody."""
        self.asking.read(read_facts, self.on_facts, lambda error: None, topic=self.objectName())

    def check(self) -> None:
        """Ask for news if that is due, then show what is known."""
        self.asking.read(
            lambda program: program.updates.check_if_due(),
            self.on_facts,
            lambda error: None,
            is_remote=True,
        )

    def on_facts(self, facts: UpdateFacts) -> None:
        """Show them."""
        self.release = facts.newer
        is_unwanted = self.can_wait and (facts.is_hidden or not facts.is_on)
        if facts.newer is None or is_unwanted:
            self.hide()
            return
        parts = [
            tr(
                _CONTEXT,
                "Version {version} of {day} can be had; this is {own}.",
                version=facts.newer.version,
                day=day(facts.newer.published),
                own=facts.version,
            ),
            facts.newer.notes,
        ]
        self.words.setText(" ".join(filter(None, parts)))
        self.show()

    def _on_open(self) -> None:
        if self.release is not None:
            QDesktopServices.openUrl(QUrl(self.release.page))

    def _on_later(self) -> None:
        if self.release is not None:
            version = self.release.version
            self.asking.work(lambda program: program.updates.hide(version), lambda done: None)
        self.hide()


def read_facts(program: Any) -> UpdateFacts:
    """What is known about updates; runs on the reader's thread."""
    found: UpdateFacts = program.updates.facts()
    return found
