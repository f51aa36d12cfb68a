"""The audit: both sides read again by id, and every difference named; nothing is written to a service (R83).

It trusts neither our memory nor the last run: HubSpot is compared with what we wrote last and with what Cliniko
says now. What changed in Cliniko since the last pass is the next run's work and no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from app.domain.conflicts import Conflict
from app.domain.ids import Kind
from app.domain.records import Record
from app.sync.audit_deals import audit_deals
from app.sync.audit_people import audit_people
from app.sync.findings import Findings
from app.sync.questions import ask
from app.sync.run import Run

PAGE = 500
KINDS: tuple[Kind, ...] = ("patient", "contact", "appointment", "invoice")
SECOND_WRITER = "second_writer"
MANY = 2
"""Values of ours, replaced by values that nobody types, from which on it is another program."""


def audit(run: Run) -> dict[str, Any]:
    """Look at every linked record: `checked` counts them, `differences` names what is wrong with which.

    Questions that the differences call for are opened, those whose cause is gone are closed."""
    findings = Findings()
    for kind in KINDS:
        for page in _pages(run, kind):
            run.check_stop()
            findings.checked += len(page)
            if kind in ("patient", "contact"):
                audit_people(run, kind, page, findings)
            else:
                audit_deals(run, kind, page, findings)
    _ask(run, findings)
    return findings.as_json()


def _pages(run: Run, kind: Kind) -> Iterable[Sequence[Record]]:
    """The linked records of one kind that are ours to keep true."""
    after = ""
    while ids := run.store.ids_in_state(kind, "linked", PAGE, after):
        after = ids[-1]
        records = run.store.records(kind, ids)
        yield [records[key] for key in ids if key in records and records[key].hubspot_id]


def _ask(run: Run, findings: Findings) -> None:
    """Open what a person has to decide, unless it was decided before; close what is right again."""
    questions = list(findings.questions)
    if findings.foreign >= MANY:
        questions.append(ask(SECOND_WRITER, "portal", run.portal_id, fingerprint="values"))
    asked = {(one.kind, one.subject_id) for one in questions}
    for conflict in questions:
        if not _was_answered(run, conflict):
            run.store.open_conflict(replace(conflict, opened_at=run.now()))
    for kind in ("deal_on_wrong_contact",):
        for old in run.store.open_conflicts(kind, 10_000):
            if (old.kind, old.subject_id) not in asked:
                run.store.close_conflict(old.id, "itself", run.now())


def _was_answered(run: Run, conflict: Conflict) -> bool:
    return any(
        past.kind == conflict.kind and past.fingerprint == conflict.fingerprint
        for past in run.store.remembered(conflict.subject_type, [conflict.subject_id])
    )
