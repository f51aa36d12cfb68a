"""Answers about people who left, consent, deals on the wrong person, owners, other programs, and referrers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.domain.conflicts import Conflict
from app.domain.ids import STREAM_ORDER, Kind
from app.domain.records import JournalEntry, Separation
from app.errors import RequestRefused
from app.sync.owners import IGNORED
from app.sync.people_values import NO_MARKETING
from app.sync.portal import Portal
from app.sync.questions import ask
from app.sync.repair import begin, carry_out, moved_entry, plan
from app.sync.repair_plan import SEPARATED
from app.sync.run import Run

Act = Callable[[Run, Portal, Conflict], bool]

PAUSED = "paused_for_second_writer"
"""The fact that a person wants everything to wait until another program was looked at."""


def pause_if_asked(run: Run) -> None:
    """Let every stream wait while a person looks for the other program (R64)."""
    if not run.store.fact(PAUSED):
        return
    run.paused |= dict.fromkeys(STREAM_ORDER, "second_writer")
    run.problem("second_writer", "Everything waits until the question about another program is answered.", "")


# people who were archived or deleted in Cliniko


def _stop_marketing(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """HubSpot is told no to both kinds of marketing, as long as the file is not in use."""
    record = run.store.record(_kind(conflict), conflict.subject_id)
    if record is not None:
        refs = {**record.refs, NO_MARKETING: "yes"}
        run.store.save_records([replace(record, refs=refs, row_hash="")])
        _want(run, conflict)
    return True


def _remove(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """The contact goes to HubSpot's recycle bin, because a person said so; the file coming back makes a new one."""
    record = run.store.record(_kind(conflict), conflict.subject_id)
    if run.is_rehearsal or record is None or not record.hubspot_id:
        return True
    run.hubspot.archive("contacts", [record.hubspot_id])
    gone = replace(
        record,
        state="left_out",
        reason=record.status or "archived",
        hubspot_id=None,
        row_hash="",
        fields={},
        rule=None,
    )
    with run.store.write():
        run.store.save_records([gone])
        run.store.drop_portal_contacts([record.hubspot_id])
        run.store.write_journal(
            [
                JournalEntry(
                    run.run_id,
                    record.kind,
                    record.cliniko_id,
                    "hubspot",
                    record.hubspot_id,
                    "archived",
                    "no",
                    "yes",
                    "answer",
                    run.now(),
                )
            ]
        )
    return True


# consent


def _record_opt_out(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """Cliniko says no to e-mail marketing too."""
    if run.is_rehearsal:
        return True
    path = f"patients/{conflict.subject_id}"
    row = run.cliniko.get(path)
    if row is None or row.get("accepted_email_marketing") is not True:
        _want(run, conflict)
        return True
    try:
        run.cliniko.update(path, {"accepted_email_marketing": False})
    except RequestRefused as error:
        words = f"Cliniko did not take the answer about consent ({error.status})."
        run.problem("refused", words, "patients", conflict.subject_id)
        return False
    run.store.write_journal(
        [
            JournalEntry(
                run.run_id,
                "patient",
                conflict.subject_id,
                "cliniko",
                conflict.subject_id,
                "accepted_email_marketing",
                "true",
                "false",
                "answer",
                run.now(),
            )
        ]
    )
    _want(run, conflict)
    return True


# deals


def _move_deal(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """The deal hangs on its patient's contact, and no longer on those it was found on."""
    kind: Kind = "invoice" if conflict.subject_type == "invoice" else "appointment"
    record = run.store.record(kind, conflict.subject_id)
    patient = run.store.record("patient", record.refs.get("patient", "")) if record else None
    if run.is_rehearsal or record is None or not record.hubspot_id or patient is None:
        return True
    if not patient.hubspot_id:
        return False
    deal = record.hubspot_id
    if run.hubspot.associate("deals", "contacts", [(deal, patient.hubspot_id)]):
        run.problem("refused", "HubSpot did not move a deal.", "appointments", conflict.subject_id)
        return False
    wrong = [one for one in conflict.candidates if one != patient.hubspot_id]
    run.hubspot.dissociate("deals", "contacts", [(deal, one) for one in wrong])
    with run.store.write():
        run.store.save_records([replace(record, refs={**record.refs, "contact": patient.hubspot_id})])
        run.store.write_journal(
            [moved_entry(run, record, one, patient.hubspot_id, "answer") for one in wrong[:1]]
        )
    return True


# owners


def _choose_owner(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """The practitioner's owner stands in the table by hand; linked deals are brought up to date (R26)."""
    table = {**run.settings.table("deals.owner_table"), conflict.subject_id: conflict.answer_args["owner"]}
    run.store.set_setting("deals.owner_table", table)
    run.settings = run.settings.replaced("deals.owner_table", table)
    return True


def _ignore_owner(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """Deals of this practitioner get no owner, not the fallback either."""
    run.store.save_side_rows(IGNORED, {conflict.subject_id: {}})
    run.chain.gathered.pop(IGNORED, None)
    return True


# another program


def _pause(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """Everything waits; the question stands again, so that a person can let it go on."""
    run.store.set_fact(PAUSED, "yes")
    run.store.close_conflict(conflict.id, "answer", run.now())
    again = ask(
        "second_writer", conflict.subject_type, conflict.subject_id, suggested="fine", fingerprint="paused"
    )
    run.store.open_conflict(replace(again, opened_at=run.now()))
    return True


def _fine(run: Run, portal: Portal, conflict: Conflict) -> bool:
    run.store.set_fact(PAUSED, "")
    return True


# a contact that two want


def _move_contact(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """The contact goes over to this record. Whoever had it is unlinked and repaired: what came from that record is
    taken back, it gets a contact of its own, and its deals go with it (R52)."""
    kind, target = _kind(conflict), conflict.candidates[0] if conflict.candidates else ""
    record = run.store.record(kind, conflict.subject_id)
    if run.is_rehearsal or record is None or not target:
        return True
    owner = run.store.records_on(kind, [target]).get(target)
    if owner is not None and owner.cliniko_id != record.cliniko_id:
        carry_out(run, portal, begin(run, plan(run, owner, target)))
    linked = replace(
        record, state="linked", hubspot_id=target, rule="manual", reason=None, row_hash="", fields={}
    )
    with run.store.write():
        run.store.drop_separation(Separation(kind, record.cliniko_id, target))
        run.store.save_records([linked])
    _want(run, conflict)
    return True


# a patient who also is a referrer


def _one_contact(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """Both records on one contact: the one that was asked about moves to the other's, with its deals (R12)."""
    record = run.store.record(_kind(conflict), conflict.subject_id)
    target = _other_contact(run, conflict)
    if run.is_rehearsal or record is None or not target or record.hubspot_id == target:
        _want(run, conflict)
        return True
    if run.store.records_on(record.kind, [target]):
        return True
    planned = plan(run, record, record.hubspot_id or "")
    changes = {name: pair for name, pair in planned.changes.items() if name != SEPARATED}
    planned = replace(planned, changes=changes)
    carry_out(run, portal, begin(run, planned, target, separate=False))
    other: Kind = "contact" if record.kind == "patient" else "patient"
    for beside in run.store.records_on(other, [target]).values():
        run.store.save_records([replace(beside, row_hash="")])
        run.want("contacts" if other == "contact" else "patients", [beside.cliniko_id])
    return True


def _other_contact(run: Run, conflict: Conflict) -> str:
    """The contact the other record stands on: the candidate that carries one of the other kind."""
    other: Kind = "contact" if _kind(conflict) == "patient" else "patient"
    taken = run.store.records_on(other, conflict.candidates)
    return next((one for one in conflict.candidates if one in taken), "")


def _kind(conflict: Conflict) -> Kind:
    return "contact" if conflict.subject_type == "contact" else "patient"


def _want(run: Run, conflict: Conflict) -> None:
    run.want("contacts" if conflict.subject_type == "contact" else "patients", [conflict.subject_id])


TRUST_ACTS: Mapping[tuple[str, str], Act] = {
    ("archived_in_cliniko", "stop_marketing"): _stop_marketing,
    ("archived_in_cliniko", "remove"): _remove,
    ("consent_disagrees", "record_opt_out"): _record_opt_out,
    ("deal_on_wrong_contact", "move"): _move_deal,
    ("owner_missing", "choose"): _choose_owner,
    ("owner_missing", "ignore"): _ignore_owner,
    ("second_writer", "pause"): _pause,
    ("second_writer", "fine"): _fine,
    ("contact_taken", "move"): _move_contact,
    ("patient_and_referrer", "one"): _one_contact,
}
