"""Questions about linked people that are still open, though looking at their row alone does not find them again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.domain.conflicts import Conflict
from app.sync.people_plan import DERIVED
from app.sync.run import Run
from app.sync.sides import Draft, Side


def still_standing(run: Run, side: Side, drafts: Sequence[Draft]) -> dict[str, set[str]]:
    """Subject to the kinds that stand: what only a person settles, and a patient who is also a Cliniko contact as
    long as both have the address. They keep `cliniko_review_needed` true (schema §5)."""
    by_id = {draft.cliniko_id: draft for draft in drafts}
    found: dict[str, set[str]] = {}
    for conflict in run.store.conflicts_of(side.kind, by_id):
        stands = conflict.kind not in DERIVED
        if conflict.kind == "patient_and_referrer":
            stands = _shares_address(run, by_id[conflict.subject_id], conflict)
        if stands and conflict.answer is None:
            found.setdefault(conflict.subject_id, set()).add(conflict.kind)
    return found


def _shares_address(run: Run, draft: Draft, conflict: Conflict) -> bool:
    mark = draft.person.email_hash
    carriers = run.store.find_portal("email", [mark]).get(mark, ()) if mark else ()
    return bool(set(carriers) & set(conflict.candidates))


def want_askers(run: Run, changed: Iterable[str], raised: Mapping[str, set[str]]) -> None:
    """A patient whose row changed may have been somebody's double: who was asked about is looked at again, so that
    a question whose cause is gone closes itself."""
    ids = set(changed)
    if not ids:
        return
    asked = {
        conflict.subject_id
        for conflict in run.store.open_conflicts("duplicate_in_cliniko")
        if conflict.details.get("other") in ids and conflict.subject_id not in raised
    }
    run.want("patients", asked)
