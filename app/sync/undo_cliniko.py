"""Taking back what a request from HubSpot changed in Cliniko: only where Cliniko still shows it (R81, R41)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.domain.people import Phone
from app.domain.records import JournalEntry
from app.errors import RequestRefused
from app.sync.direct import CHANGED, GONE, PROPS, REFUSED
from app.sync.fields import field_hash
from app.sync.run import Run
from app.sync.sides import ContactSide, PatientSide, Side
from app.sync.undo_plan import Owner, Pair
from app.sync.write_back_fields import FIELDS, PHONES, current_value, same_field

CONSENT = "accepted_email_marketing"
ROWS = {row.name: row for row in FIELDS}
PROPERTY = {row.name: row.property for row in FIELDS} | {CONSENT: "cliniko_email_marketing"}


def undo_cliniko(run: Run, owner: Owner, fields: Mapping[str, Pair], resumed: bool) -> dict[str, str]:
    """Put these fields back; returns field → why it stays ("" where it goes back). One call to read, one to write."""
    side: Side = PatientSide(run) if owner.kind == "patient" else ContactSide(run)
    path = f"{side.resource}/{owner.cliniko_id}"
    row = run.cliniko.get(path)
    if row is None:
        return dict.fromkeys(fields, GONE)
    person = side.draft(row).parsed
    verdicts: dict[str, str] = {}
    body: dict[str, Any] = {}
    phones: list[Phone] = list(person.phones)
    for name, (seen, then) in fields.items():
        if name == CONSENT:
            verdicts[name] = _consent(row, seen, then, body, resumed)
            continue
        known = ROWS[name]
        now = current_value(known, person)
        if not same_field(known, seen, now):
            verdicts[name] = "" if resumed and same_field(known, then, now) else CHANGED
            continue
        verdicts[name] = ""
        if name in PHONES:
            phones = [phone for phone in phones if phone.type != known.attribute or phone.number != now]
            phones += [Phone(known.attribute, then)] if then else []
        else:
            body[known.attribute] = then or None
    if phones != list(person.phones):
        key = "phone_numbers" if owner.kind == "contact" else "patient_phone_numbers"
        body[key] = [{"phone_type": phone.type, "number": phone.number} for phone in phones]
    if body and not run.is_rehearsal:
        try:
            run.cliniko.update(path, body)
        except RequestRefused:
            return {name: why or REFUSED for name, why in verdicts.items()}
    return verdicts


def _consent(row: Mapping[str, Any], seen: str, then: str, body: dict[str, Any], resumed: bool) -> str:
    """An answer about e-mail marketing that was recorded for a person in HubSpot."""
    now = str(row.get(CONSENT)).lower()
    if now != seen:
        return "" if resumed and now == then else CHANGED
    body[CONSENT] = then == "true"
    return ""


def note_undone(run: Run, owner: Owner, fields: Mapping[str, Pair], source: str) -> None:
    """Journal what went back, and remember Cliniko's value as seen: only its next change is sent (R81)."""
    record = run.store.record(owner.kind, owner.cliniko_id)
    marks = {
        PROPERTY[name]: field_hash(run.salt, PROPERTY[name], then, PROPS["contacts"][PROPERTY[name]].type)
        for name, (_, then) in fields.items()
        if name != CONSENT
    }
    noted = {
        entry.field
        for entry in run.store.journal_of_target("cliniko", owner.cliniko_id, 100)
        if entry.run_id == run.run_id
    }
    with run.store.write():
        if record is not None:
            run.store.save_records([replace(record, fields={**record.fields, **marks})])
        run.store.write_journal(
            [
                JournalEntry(
                    run.run_id,
                    owner.kind,
                    owner.cliniko_id,
                    "cliniko",
                    owner.cliniko_id,
                    name,
                    seen,
                    then,
                    source,
                    run.now(),
                )
                for name, (seen, then) in fields.items()
                if name not in noted
            ]
        )
