"""Import: patients or appointments from a CSV file, with a rehearsal before anything is written."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.bridge import Asking
from ui.language import tr
from ui.pages.page import Page
from ui.widgets.empty_state import EmptyState

_CONTEXT = "Import"


class ImportPage(Page):
    """See the module."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__("import", tr(_CONTEXT, "Import"), asking, parent)
        self.empty = EmptyState(
            tr(_CONTEXT, "Nothing to import here"),
            tr(
                _CONTEXT,
                "Patients and appointments come from Cliniko by themselves; this version reads no files.",
            ),
        )
        self.body.addWidget(self.empty, 1)
