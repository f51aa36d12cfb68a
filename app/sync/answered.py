"""Applying answers: most change only what we remember, so that the line then decides anew (matching §3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.domain.conflicts import Conflict
from app.domain.ids import Kind
from app.domain.records import JournalEntry, Record, Separation
from app.errors import RequestRefused
from app.matching.families import KEEP, NOBODY
from app.sync.answer_notes import before_answer, note_answer
from app.sync.answered_requests import REQUEST_ACTS
from app.sync.answered_trust import TRUST_ACTS
from app.sync.import_answers import IMPORT_ACTS
from app.sync.match import FORCED
from app.sync.portal import Portal
from app.sync.ports import Input
from app.sync.questions import ask
from app.sync.rehanging import note_lost_contact
from app.sync.run import Run
from app.sync.sides import KEYS

STREAM_OF: Mapping[str, str] = {"patient": "patients", "contact": "contacts"}


def apply_answers(run: Run, portal: Portal) -> None:
    """Apply every answer not yet applied, oldest first. One that cannot be applied yet stays; one that was taken back
    since is left alone."""
    for conflict in run.store.answered():
        run.check_stop()
        if not run.store.begin_answer(conflict.id):
            continue
        act = ACTS.get((conflict.kind, conflict.answer or ""), _just_close)
        before = before_answer(run, conflict)
        if act(run, portal, conflict):
            run.store.close_conflict(conflict.id, "answer", run.now())
            # Whatever the answer was, the contact must no longer say that a question waits.
            _look_again(run, conflict)
            note_answer(run, conflict, before)
        else:
            run.store.leave_answer(conflict.id)


Act = Callable[[Run, Portal, Conflict], bool]


def _just_close(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """The answer is the memory itself: the same question is not asked again."""
    _look_again(run, conflict)
    return True


def _look_again(run: Run, conflict: Conflict, *ids: str) -> None:
    stream = STREAM_OF.get(conflict.subject_type)
    if stream:
        run.want(stream, {conflict.subject_id, *ids})


def _kind(conflict: Conflict) -> Kind:
    return "contact" if conflict.subject_type == "contact" else "patient"


def _record(run: Run, conflict: Conflict) -> Record:
    kind = _kind(conflict)
    return run.store.record(kind, conflict.subject_id) or Record(kind, conflict.subject_id, "waiting")


def _link(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """Link to the contact a person chose, unless it belongs to somebody else: then that is the question."""
    target = conflict.answer_args.get("contact") or (conflict.candidates[0] if conflict.candidates else "")
    record = _record(run, conflict)
    owner = run.store.records_on(record.kind, [target]).get(target)
    if owner is not None and owner.cliniko_id != record.cliniko_id and owner.state != "unlinked":
        _contact_taken(run, conflict, target, owner)
        return True
    if record.hubspot_id and record.hubspot_id != target:
        clear_keys(run, portal, record)
    if conflict.kind == "contact_vanished":
        note_lost_contact(run, record)
    freed = replace(
        record,
        state="waiting",
        hubspot_id=None,
        reason=None,
        row_hash="",
        fields={},
        refs={**record.refs, FORCED: target},
    )
    with run.store.write():
        run.store.drop_separation(Separation(record.kind, record.cliniko_id, target))
        run.store.save_records([freed])
    _look_again(run, conflict)
    return True


def clear_keys(run: Run, portal: Portal, record: Record) -> None:
    """Take our key, id and address off a contact that no longer is this record's (R50)."""
    if run.is_rehearsal or record.hubspot_id is None:
        return
    contact = portal.read([record.hubspot_id], fresh=True).found.get(record.hubspot_id)
    if contact is None:
        return
    names = run.names.get("contacts", frozenset())
    wipe = {name: "" for name in KEYS.get(record.kind, ()) if name in names and contact.properties.get(name)}
    if not wipe:
        return
    run.hubspot.batch_update("contacts", [Input(f"clear-{contact.id}", contact.id, wipe)])
    run.store.write_journal(
        [
            JournalEntry(
                run.run_id,
                record.kind,
                record.cliniko_id,
                "hubspot",
                contact.id,
                name,
                contact.properties.get(name),
                "",
                "unlink",
                run.now(),
            )
            for name in wipe
        ]
    )
    run.store.drop_portal_contacts([contact.id])


def _contact_taken(run: Run, conflict: Conflict, target: str, owner: Record) -> None:
    people = run.store.people(owner.kind, [owner.cliniko_id, conflict.subject_id])
    names = {key: person.name for key, person in people.items()}
    question = ask(
        "contact_taken",
        conflict.subject_type,
        conflict.subject_id,
        candidates=[target],
        details={**conflict.details, "other": owner.cliniko_id},
        person=names.get(conflict.subject_id, ""),
        other=names.get(owner.cliniko_id, ""),
    )
    run.store.open_conflict(replace(question, opened_at=run.now()))


def _separate(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """None of the candidates: kept as never-match here and in HubSpot, then a contact of its own (R51)."""
    kind = _kind(conflict)
    pairs = [Separation(kind, conflict.subject_id, candidate) for candidate in conflict.candidates]
    run.store.save_separations(pairs)
    if kind == "patient":
        note_separations(run, portal, conflict.subject_id, conflict.candidates)
    record = _record(run, conflict)
    if conflict.kind == "contact_taken" and _was_merged_into(portal, record, conflict.candidates):
        note_lost_contact(run, record, conflict.candidates[0])
        record = replace(record, hubspot_id=None, rule=None, fields={})
    run.store.save_records([replace(record, state="waiting", reason=None, row_hash="")])
    _look_again(run, conflict)
    return True


def _was_merged_into(portal: Portal, record: Record, candidates: tuple[str, ...]) -> bool:
    """Whether the record's own contact was merged in HubSpot into one that somebody else keeps."""
    if not record.hubspot_id:
        return False
    contact = portal.read([record.hubspot_id], fresh=True).found.get(record.hubspot_id)
    return contact is None or contact.id in candidates


def note_separations(run: Run, portal: Portal, patient_id: str, contact_ids: tuple[str, ...]) -> None:
    """Write the patient's id into `cliniko_not_patient_ids` of these contacts, so that a lost database does not
    forget it (R51)."""
    name = "cliniko_not_patient_ids"
    if name not in run.names.get("contacts", frozenset()) or run.is_rehearsal:
        return
    read = portal.read(contact_ids, fresh=True)
    inputs: list[Input] = []
    entries: list[JournalEntry] = []
    for contact in {contact.id: contact for contact in read.found.values()}.values():
        old = contact.properties.get(name) or ""
        ids = [part for part in old.split(";") if part]
        if patient_id in ids:
            continue
        new = ";".join([*ids, patient_id])
        inputs.append(Input(f"separate-{contact.id}", contact.id, {name: new}))
        entries.append(
            JournalEntry(
                run.run_id, "patient", patient_id, "hubspot", contact.id, name, old, new, "answer", run.now()
            )
        )
    if inputs:
        run.hubspot.batch_update("contacts", inputs)
        run.store.write_journal(entries)


def _holder(run: Run, portal: Portal, conflict: Conflict) -> bool:
    return _choose(run, conflict, conflict.answer_args["patient"])


def _nobody(run: Run, portal: Portal, conflict: Conflict) -> bool:
    return _choose(run, conflict, NOBODY)


def _keep(run: Run, portal: Portal, conflict: Conflict) -> bool:
    return _choose(run, conflict, KEEP + str(conflict.details.get("holder") or ""))


def _same_people(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """They are one person: the inbox stays as it is, and Cliniko's two files become the question."""
    members = [str(member) for member in _listed(conflict, "members")]
    others = [member for member in members if member != conflict.subject_id]
    people = run.store.people("patient", [conflict.subject_id])
    name = people[conflict.subject_id].name if conflict.subject_id in people else ""
    question = ask(
        "duplicate_in_cliniko",
        "patient",
        conflict.subject_id,
        details={**conflict.details, "other": others[0] if others else ""},
        fingerprint=",".join(sorted(members)),
        person=name,
    )
    run.store.open_conflict(replace(question, opened_at=run.now()))
    return _choose(run, conflict, KEEP + str(conflict.details.get("holder") or ""), look=False)


def _choose(run: Run, conflict: Conflict, choice: str, look: bool = True) -> bool:
    email_hash = str(conflict.details.get("email_hash") or "")
    if email_hash:
        run.store.set_inbox_choice(email_hash, choice)
    if look:
        _look_again(run, conflict, *[str(member) for member in _listed(conflict, "members")])
    return True


def _listed(conflict: Conflict, name: str) -> list[object]:
    value = conflict.details.get(name)
    return list(value) if isinstance(value, list) else []


def _create_again(run: Run, portal: Portal, conflict: Conflict) -> bool:
    record = _record(run, conflict)
    note_lost_contact(run, record)
    fresh = replace(record, state="waiting", hubspot_id=None, reason=None, row_hash="", fields={}, rule=None)
    run.store.save_records([fresh])
    _look_again(run, conflict)
    return True


def _leave_out(run: Run, portal: Portal, conflict: Conflict) -> bool:
    record = _record(run, conflict)
    run.store.save_records(
        [replace(record, state="left_out", reason="leave_out", hubspot_id=None, row_hash="", fields={})]
    )
    return True


def _keep_old_email(run: Run, portal: Portal, conflict: Conflict) -> bool:
    record = _record(run, conflict)
    mark = str(conflict.details.get("email_hash") or conflict.fingerprint)
    run.store.save_records([replace(record, refs={**record.refs, "keep_old_email": mark}, row_hash="")])
    _look_again(run, conflict)
    return True


def _move_email(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """Take the address off the other contact, so that the line can set it on this one."""
    if run.is_rehearsal:
        return True
    read = portal.read(conflict.candidates, fresh=True)
    for contact in {contact.id: contact for contact in read.found.values()}.values():
        old = contact.properties.get("email") or ""
        if not old:
            continue
        written = run.hubspot.batch_update(
            "contacts", [Input(f"move-{contact.id}", contact.id, {"email": ""})]
        )
        if any(answer.refusal or answer.unknown for answer in written):
            run.problem("refused", "HubSpot did not let go of the address.", "patients", conflict.subject_id)
            return False
        run.store.write_journal(
            [
                JournalEntry(
                    run.run_id,
                    conflict.subject_type,
                    conflict.subject_id,
                    "hubspot",
                    contact.id,
                    "email",
                    old,
                    "",
                    "answer",
                    run.now(),
                )
            ]
        )
        portal.wrote([(contact.id, {**contact.properties, "email": ""}, written[0].updated_at or "")])
    record = _record(run, conflict)
    run.store.save_records([replace(record, row_hash="")])
    _look_again(run, conflict)
    return True


def _merge(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """Merge the two HubSpot contacts, the survivor's as primary. Cannot be undone, so only when asked."""
    if run.is_rehearsal or len(conflict.candidates) < 2:
        return True
    loser_contact, survivor_contact = conflict.candidates[0], conflict.candidates[1]
    survivor_id = str(conflict.details.get("survivor") or "")
    loser = run.store.record("patient", conflict.subject_id)
    survivor = run.store.record("patient", survivor_id)
    try:
        merged = run.hubspot.merge_contacts(survivor_contact, loser_contact)
    except RequestRefused as error:
        run.problem("refused", f"HubSpot did not merge the two contacts ({error.status}).", "patients")
        return False
    with run.store.write():
        if loser is not None:
            run.store.save_records(
                [replace(loser, state="left_out", reason="merged", hubspot_id=None, row_hash="", fields={})]
            )
        if survivor is not None:
            run.store.save_records([replace(survivor, hubspot_id=merged, row_hash="")])
        run.store.drop_portal_contacts([loser_contact, survivor_contact])
    run.want("patients", [survivor_id])
    return True


def _unlink_stranger(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """The id on the contact is wrong: it is taken off, and the record gets a contact of its own."""
    for candidate in conflict.candidates:
        clear_keys(
            run, portal, Record(_kind(conflict), conflict.subject_id, "unlinked", hubspot_id=candidate)
        )
    return _separate(run, portal, conflict)


def _proceed(run: Run, portal: Portal, conflict: Conflict) -> bool:
    run.store.set_fact(f"mass_change_ok:{conflict.subject_id}", "yes")
    return True


def _without_email(run: Run, portal: Portal, conflict: Conflict) -> bool:
    _look_again(run, conflict)
    return True


ACTS: Mapping[tuple[str, str], Act] = {
    **REQUEST_ACTS,
    **IMPORT_ACTS,
    **TRUST_ACTS,
    ("shared_email", "holder"): _holder,
    ("shared_email", "nobody"): _nobody,
    ("shared_email", "keep"): _keep,
    ("shared_email", "same"): _same_people,
    ("same_person", "link"): _link,
    ("same_person", "separate"): _separate,
    ("several_candidates", "link"): _link,
    ("several_candidates", "separate"): _separate,
    ("weak_match", "link"): _link,
    ("weak_match", "separate"): _separate,
    ("contact_taken", "keep"): _separate,
    ("email_in_use", "link"): _link,
    ("email_in_use", "keep_old"): _keep_old_email,
    ("email_in_use", "move"): _move_email,
    ("contact_vanished", "create"): _create_again,
    ("contact_vanished", "link"): _link,
    ("contact_vanished", "leave_out"): _leave_out,
    ("merged_in_cliniko", "merge"): _merge,
    ("id_mismatch", "unlink"): _unlink_stranger,
    ("id_mismatch", "correct"): _link,
    ("id_mismatch", "keep"): _leave_out,
    ("mass_change", "proceed"): _proceed,
    ("email_refused", "without_email"): _without_email,
}
"""What each answer does; an answer not listed is only remembered."""
