"""Questions about linked people that are still open, though looking at their row alone does not find them again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.domain.conflicts import Conflict
from app.domain.records import Record
from app.domain.stream import Property
from app.sync.fields import comparable
from app.sync.people_plan import DERIVED, Plan
from app.sync.people_values import DISPUTED
from app.sync.ports import Contact
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


def settle_disputes(
    run: Run, record: Record, contact: Contact, values: Mapping[str, str], plan: Plan
) -> Record:
    """The record less the disputed properties on which both sides agree by now; their questions close themselves
    (R44)."""
    props = run.props["contacts"]
    disputed = [name for name in record.refs.get(DISPUTED, "").split(",") if name]
    left = [
        name
        for name in disputed
        if name not in values or not _agree(props[name], values[name], contact.properties.get(name) or "")
    ]
    open_now = [c for c in run.store.conflicts_of(record.kind, [record.cliniko_id]) if c.answer is None]
    for conflict in open_now:
        if conflict.kind == "both_changed" and conflict.fingerprint not in left:
            run.store.close_conflict(conflict.id, "itself", run.now())
    if not left:
        plan.raised.get(record.cliniko_id, set()).discard("both_changed")
    refs = {name: value for name, value in record.refs.items() if name != DISPUTED}
    return replace(record, refs=refs | ({DISPUTED: ",".join(left)} if left else {}))


def _agree(prop: Property, one: str, other: str) -> bool:
    return comparable(one, prop.type) == comparable(other, prop.type)


def _shares_address(run: Run, draft: Draft, conflict: Conflict) -> bool:
    mark = draft.person.email_hash
    carriers = run.store.find_portal("email", [mark]).get(mark, ()) if mark else ()
    return bool(set(carriers) & set(conflict.candidates))


def want_askers(run: Run, changed: Iterable[str], raised: Mapping[str, set[str]]) -> None:
    """A patient whose row changed may have been somebody's double, or have shared an inbox: who was asked about is
    looked at again, so that a question whose cause is gone closes itself."""
    ids = set(changed)
    if not ids:
        return
    asked = {
        conflict.subject_id
        for kind in ("duplicate_in_cliniko", "shared_email")
        for conflict in run.store.open_conflicts(kind)
        if ids & _concerned(conflict) and kind not in raised.get(conflict.subject_id, ())
    }
    run.want("patients", asked)


def _concerned(conflict: Conflict) -> set[str]:
    """The others whom a question is about."""
    return {str(conflict.details.get("other", "")), *members_of(conflict)}


def members_of(conflict: Conflict) -> set[str]:
    """The patients who share the inbox that a question is about."""
    members = conflict.details.get("members")
    return {str(member) for member in members} if isinstance(members, list | tuple) else set()
