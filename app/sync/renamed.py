"""Concessions, doctors and referrers that are called otherwise now: whom they are named on is read afresh, though no
patient changed (R4). Costs nothing below the detailed level, where none of these names is sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from app.domain.people import Patient
from app.domain.records import Person
from app.sync.accounts import cached_list
from app.sync.referrals import REFERRED
from app.sync.run import Run

POINTS = "points_to"
"""Side rows by patient: the ids of the concession and the doctor that are named on the contact."""

CONCESSIONS = "concession_types"
CONCESSION, DOCTOR, REFERRER = "cliniko_concession_type", "cliniko_referring_doctor", "cliniko_referrer_name"
SEEN = "concessions_seen"
"""The fact that tells what concessions were called last, as short marks by id."""

PAGE = 1000


def concession_names(run: Run) -> dict[str, str]:
    """What the clinic's concessions are called, by id; read once a day."""
    rows = cached_list(run.store, run.cliniko, run.clock, CONCESSIONS, ("archived_at:*",))
    return {str(row.get("id")): str(row.get("name") or "") for row in rows}


def note_pointers(run: Run, patients: Iterable[Patient]) -> None:
    """Remember what these patients name, as far as it is sent."""
    names = run.names["contacts"]
    if not names & {CONCESSION, DOCTOR}:
        return
    rows = {
        patient.id: {
            "concession": patient.concession_type_id if CONCESSION in names else "",
            "doctor": patient.referring_doctor_id if DOCTOR in names else "",
        }
        for patient in patients
    }
    before = run.store.side_rows(POINTS, rows)
    changed = {
        key: row for key, row in rows.items() if row != before.get(key, {"concession": "", "doctor": ""})
    }
    if changed:
        run.store.save_side_rows(POINTS, {key: row for key, row in changed.items() if any(row.values())})
        run.store.drop_side_rows(POINTS, [key for key, row in changed.items() if not any(row.values())])


def want_by_concessions(run: Run) -> None:
    """Have patients read again whose concession is called otherwise now."""
    store = run.store
    if CONCESSION not in run.names["contacts"] or store.cached(CONCESSIONS) is None:
        return
    now = {
        key: hashlib.blake2b(name.encode(), digest_size=6).hexdigest()
        for key, name in concession_names(run).items()
    }
    kept, text = store.fact(SEEN), json.dumps(now, sort_keys=True)
    if kept == text:
        return
    before: dict[str, str] = json.loads(kept) if kept else now
    changed = {key for key in {*before, *now} if before.get(key) != now.get(key)}
    with store.write():
        run.want("patients", _pointing(run, "concession", changed))
        store.set_fact(SEEN, text)


def want_by_names(run: Run, people: Mapping[str, Person]) -> None:
    """Have patients read again who name one of these Cliniko contacts, where its name is another than remembered.
    To be called before the new names are."""
    sent = run.names["contacts"] & {DOCTOR, REFERRER}
    if not sent:
        return
    known = run.store.people("contact", people)
    changed = {key for key, person in known.items() if people[key].name != person.name}
    if not changed:
        return
    wanted = _pointing(run, "doctor", changed) if DOCTOR in sent else set()
    if REFERRER in sent:
        for row in run.store.side_rows(REFERRED, changed).values():
            wanted.update(row)
    linked = {key for key, record in run.store.records("patient", wanted).items() if record.hubspot_id}
    run.want("patients", linked)
    run.renamed_on |= linked


def _pointing(run: Run, what: str, ids: set[str]) -> set[str]:
    """The patients who name one of these."""
    found: set[str] = set()
    after = ""
    while ids and (page := run.store.side_ids(POINTS, PAGE, after)):
        after = page[-1]
        found.update(key for key, row in run.store.side_rows(POINTS, page).items() if row.get(what) in ids)
    return found
