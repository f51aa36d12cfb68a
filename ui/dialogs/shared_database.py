"""Where the data is, while it cannot be opened: the shared database's address and password, or this computer."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.bridge import Bridge
from ui.dialogs.dialog import Dialog
from ui.language import tr
from ui.pages.shared_database import SharedDatabaseCard
from ui.widgets.parts import SPACE, WIDE, button, scrolled

_CONTEXT = "SharedDatabase"


class SharedDatabaseDialog(Dialog):
    """Accepted once another address, another password or this computer's own data is kept."""

    def __init__(self, shared: Any, parent: QWidget | None = None) -> None:
        """`shared` is the service of a program whose database is not open."""
        super().__init__(parent)
        title = tr(_CONTEXT, "Shared database")
        self.setObjectName("shared_database_dialog")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        # The window's own way to the services waits for an open database.
        self.asking = Bridge(self)
        self.asking.serve(SimpleNamespace(shared=shared))
        self.asking.start()
        self.card = SharedDatabaseCard(self.asking, is_open=False)
        self.card.kept.connect(self.accept)
        self.shut = button(tr(_CONTEXT, "Close"), "shared_database_close", self.reject)
        feet = QHBoxLayout()
        feet.addStretch(1)
        feet.addWidget(self.shut)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        layout.setSpacing(SPACE)
        layout.addWidget(scrolled(content), 1)
        layout.addLayout(feet)
        self.resize(640, 480)
        self.card.look()

    def done(self, result: int) -> None:
        """Close, and let what is still asked go."""
        self.asking.stop(0)
        super().done(result)
