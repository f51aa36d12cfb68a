"""Answers about requests from HubSpot: pushed after all, pushed elsewhere, or dropped (matching §3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.domain.conflicts import Conflict
from app.domain.ids import Kind
from app.domain.records import Record
from app.sync.people_values import DISPUTED
from app.sync.portal import Portal
from app.sync.ports import Input
from app.sync.run import Run
from app.sync.write_back_fields import FIELDS

UPDATE_FROM = "update_from"
"""Side rows: a contact whose request is meant for this record."""

PUSH: Mapping[Kind, str] = {"patient": "push.patient", "contact": "push.contact"}
"""What is to be pushed though its contact does not ask any more, in the list of what is wanted."""

TRIGGERS: Mapping[str, str] = {"patient": "update_cliniko_patient", "contact": "update_cliniko_contact"}

Act = Callable[[Run, Portal, Conflict], bool]


def _kind(conflict: Conflict) -> Kind:
    named = str(conflict.details.get("record") or conflict.subject_type)
    return "contact" if named == "contact" else "patient"


def _keep_cliniko(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """Cliniko's value goes to HubSpot: our memory of the field is dropped, so that it is asserted again."""
    name = str(conflict.details.get("property") or conflict.fingerprint)
    record = run.store.record(_kind(conflict), conflict.subject_id)
    if record is not None:
        fields = {field: mark for field, mark in record.fields.items() if field != name}
        settled = _settled(record, name)
        run.store.save_records([replace(settled, fields=fields, row_hash="")])
        run.want("contacts" if _kind(conflict) == "contact" else "patients", [conflict.subject_id])
    return True


def _keep_hubspot(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """HubSpot's value is pushed whatever Cliniko said meanwhile."""
    name = str(conflict.details.get("property") or conflict.fingerprint)
    record = run.store.record(_kind(conflict), conflict.subject_id)
    if record is not None:
        run.store.save_records([_settled(record, name)])
    return _push(run, conflict, "push", name)


def _settled(record: Record, name: str) -> Record:
    """The record once a person said which value of a disputed property counts."""
    left = [part for part in record.refs.get(DISPUTED, "").split(",") if part and part != name]
    refs = {key: value for key, value in record.refs.items() if key != DISPUTED}
    return replace(record, refs=refs | ({DISPUTED: ",".join(left)} if left else {}))


def _push(run: Run, conflict: Conflict, ref: str, name: str) -> bool:
    kind = _kind(conflict)
    record = run.store.record(kind, conflict.subject_id)
    if record is not None:
        names = ",".join(filter(None, [record.refs.get(ref, ""), name]))
        run.store.save_records([replace(record, refs={**record.refs, ref: names})])
        run.want(PUSH[kind], [conflict.subject_id])
    return True


def _retry(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """The request is carried out once more, with what the contact says now."""
    if conflict.subject_type == "hubspot":
        return _ask(run, conflict, "yes")
    run.want(PUSH[_kind(conflict)], [conflict.subject_id])
    return True


def _drop_field(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """Once more, less the field that Cliniko refused."""
    if conflict.subject_type == "hubspot":
        return _ask(run, conflict, "yes")
    refused = str(conflict.details.get("field") or "")
    names = [row.property for row in FIELDS if refused in (row.name, row.attribute)]
    return _push(run, conflict, "no_push", ",".join(names))


def _discard(run: Run, portal: Portal, conflict: Conflict) -> bool:
    return _ask(run, conflict, "no") if conflict.subject_type == "hubspot" else True


def _ask(run: Run, conflict: Conflict, value: str) -> bool:
    """Set the request on the contact itself."""
    contact_id = conflict.candidates[0] if conflict.candidates else conflict.subject_id
    if not run.is_rehearsal:
        change = {TRIGGERS[_kind(conflict)]: value}
        run.hubspot.batch_update("contacts", [Input(f"request-{contact_id}", contact_id, change)])
        if value == "no":
            run.triggered.pop(contact_id, None)
    return True


def _update_that_one(run: Run, portal: Portal, conflict: Conflict) -> bool:
    """The request is meant for a record that Cliniko has already."""
    row = {"record": conflict.answer_args["patient"]}
    run.store.save_side_rows(UPDATE_FROM, {conflict.subject_id: row})
    return True


REQUEST_ACTS: Mapping[tuple[str, str], Act] = {
    ("both_changed", "cliniko"): _keep_cliniko,
    ("both_changed", "hubspot"): _keep_hubspot,
    ("cliniko_refused", "retry"): _retry,
    ("cliniko_refused", "drop_field"): _drop_field,
    ("cliniko_refused", "discard"): _discard,
    ("would_duplicate_patient", "update"): _update_that_one,
    ("would_duplicate_patient", "discard"): _discard,
}
