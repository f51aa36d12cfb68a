"""Repairs, undoings and forgettings that were interrupted are gone on with before anything new (I1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.domain.records import Intent
from app.sync import forgetting, repair, undo
from app.sync.portal import Portal
from app.sync.run import Run

GO_ON: Mapping[str, Callable[[Run, Portal, Intent, bool], dict[str, Any]]] = {
    repair.ACT: repair.carry_out,
    forgetting.ACT: forgetting.carry_out,
    undo.ACT: undo.carry_out,
}


def finish_interrupted(run: Run, portal: Portal) -> None:
    """Carry out what is still open, under the number of the run that began it."""
    if run.is_rehearsal:
        return
    for intent in run.store.open_intents():
        go_on = GO_ON.get(intent.act)
        if go_on is not None:
            go_on(run, portal, intent, True)
