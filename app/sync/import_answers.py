"""What a person said about an unclear row of an imported file, applied by the next execution (R71)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.domain.conflicts import Conflict
from app.sync.import_rows import NAME, unpack_row
from app.sync.import_visits import ImportVisits
from app.sync.import_who import QUESTION
from app.sync.lists import Lists
from app.sync.portal import Portal
from app.sync.run import Run

Act = Callable[[Run, Portal, Conflict], bool]


def pick_patient(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """The row is that patient's: its deal is made now. False where that has to wait for another execution."""
    kept = run.store.side_rows(NAME, [conflict.subject_id]).get(conflict.subject_id)
    if kept is None:
        return True
    if not run.names.get("deals") or "appointments" in run.paused:
        return False
    row, present = unpack_row(kept)
    line = ImportVisits(run, portal, Lists(run), present)
    line.work_rows([row])
    line.finish()
    run.store.drop_side_rows(NAME, [conflict.subject_id])
    return True


def skip_row(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """Nothing is done with the row; the answer is remembered for every file that has it."""
    run.store.drop_side_rows(NAME, [conflict.subject_id])
    return True


IMPORT_ACTS: Mapping[tuple[str, str], Act] = {
    (QUESTION, "pick"): pick_patient,
    (QUESTION, "skip"): skip_row,
}
