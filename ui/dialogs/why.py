"""Why a record is where it is, or the one reason that it is not in HubSpot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.dialogs.dialog import Dialog
from ui.language import moment, retold, tr
from ui.record_words import rule_words
from ui.widgets.parts import SPACE, WIDE, button, heading, label, quiet_label

_CONTEXT = "Why"


class WhyDialog(Dialog):
    """Shows what `why` tells."""

    def __init__(self, name: str, found: Mapping[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("why_dialog")
        self.setWindowTitle(tr(_CONTEXT, "Why"))
        self.setAccessibleName(tr(_CONTEXT, "Why"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setVerticalSpacing(6)
        for place, (key, title, text) in enumerate(why_lines(found)):
            grid.addWidget(quiet_label(title, f"why_{key}_title"), place, 0)
            grid.addWidget(label(text, f"why_{key}"), place, 1)
        feet = QHBoxLayout()
        feet.addStretch(1)
        feet.addWidget(button(tr(_CONTEXT, "Close"), "why_close", self.accept, main=True))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        layout.setSpacing(SPACE)
        layout.addWidget(heading(name or str(found.get("cliniko_id") or ""), "why_name"))
        layout.addLayout(grid)
        layout.addLayout(feet)


def why_lines(found: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The rows: key, title and text of each that is known."""
    from_text = found.get("last_changed_at")
    changed = datetime.fromisoformat(from_text.replace("Z", "+00:00")) if isinstance(from_text, str) else None
    states = {
        "linked": tr(_CONTEXT, "It is in HubSpot."),
        "held": tr(_CONTEXT, "It waits for your answer to a question."),
        "waiting": tr(_CONTEXT, "It waits for the next run."),
        "left_out": tr(_CONTEXT, "It is left out."),
        "unknown": tr(_CONTEXT, "It was not met yet."),
    }
    rules = rule_words(str(found.get("rule") or ""))
    rows = [
        ("state", tr(_CONTEXT, "State"), states.get(str(found.get("state")), str(found.get("state") or ""))),
        ("rule", tr(_CONTEXT, "Rule"), rules),
        ("reason", tr(_CONTEXT, "Reason"), retold(str(found.get("reason") or ""))),
        ("cliniko_id", tr(_CONTEXT, "Cliniko ID"), str(found.get("cliniko_id") or "")),
        ("hubspot_id", tr(_CONTEXT, "HubSpot ID"), str(found.get("hubspot_id") or "")),
        ("changed", tr(_CONTEXT, "Last change"), moment(changed) if changed else ""),
    ]
    return [row for row in rows if row[2]]
