"""Drafts to decisions: candidates from the local index, read afresh, judged by the ladder (R12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from app.domain.ids import Kind
from app.matching.decisions import Ask, Candidate, Create, Decision, Known, Link, Remembered, candidate_of
from app.matching.ladder import decide, decide_contact
from app.matching.rivals import settle_rivals
from app.matching.signs import LookUp, look_up_of
from app.sync.portal import Portal
from app.sync.ports import Contact
from app.sync.run import Run
from app.sync.sides import Draft

FORCED = "link_to"
"""In a record's refs: the contact a person chose for it."""


class Matches:
    """Decisions for one batch, with the contacts they were made from."""

    def __init__(self) -> None:
        self.decisions: dict[str, Decision] = {}
        self.contacts: dict[str, Contact] = {}
        self.namesakes: dict[str, tuple[str, ...]] = {}


def match_batch(
    run: Run,
    portal: Portal,
    kind: Kind,
    drafts: Sequence[Draft],
    remembered: Mapping[str, Remembered],
    taken: Mapping[str, str],
) -> Matches:
    """Decide for each unlinked draft. `taken` maps contacts promised in this chain to who got them."""
    result = Matches()
    if not drafts:
        return result
    looks = {draft.cliniko_id: look_up_of(kind, draft.cliniko_id, draft.signs, run.salt) for draft in drafts}
    hits, result.namesakes = _find(run, looks)
    wanted = {hubspot_id for ids in hits.values() for hubspot_id in ids}
    wanted |= {answer.link_to for answer in remembered.values() if answer.link_to}
    read = portal.read(wanted)
    result.contacts = dict(read.found)
    candidates = _candidates(run, read.found, taken)
    separated = run.store.separations(kind, looks)
    inbox = _others(run, kind, "email", {draft.cliniko_id: draft.person.email_hash for draft in drafts})
    twins = _others(
        run, kind, "last_dob_hash", {draft.cliniko_id: draft.person.last_dob_hash for draft in drafts}
    )
    known = _known(run, kind)
    for draft in drafts:
        key = draft.cliniko_id
        answer = remembered.get(key, Remembered())
        ids = list(dict.fromkeys([*hits.get(key, ()), *([answer.link_to] if answer.link_to else [])]))
        mine = [candidates[hubspot_id] for hubspot_id in ids if hubspot_id in candidates]
        if kind == "patient":
            decision = decide(
                draft.signs,
                key,
                mine,
                others_on_inbox=inbox.get(key, 0),
                others_same_last_dob=twins.get(key, 0),
                separated=separated.get(key, frozenset()),
                known=known,
                weak_auto=run.settings.flag("matching.weak_auto"),
                remembered=answer,
            )
        else:
            decision = decide_contact(
                draft.signs,
                key,
                mine,
                separated=separated.get(key, frozenset()),
                known=known,
                remembered=answer,
            )
        result.decisions[key] = decision
    result.decisions = dict(settle_rivals(result.decisions))
    return result


def _find(run: Run, looks: Mapping[str, LookUp]) -> tuple[dict[str, list[str]], dict[str, tuple[str, ...]]]:
    """Draft id to contact ids worth reading. A shared name alone is only worth a note, so it is left to Why;
    a name together with a phone is a weak match."""
    by_column: dict[str, set[str]] = defaultdict(set)
    for look in looks.values():
        for column, keys in look.columns().items():
            by_column[column].update(keys)
    found = {column: run.store.find_portal(column, keys) for column, keys in by_column.items()}
    hits: dict[str, list[str]] = {}
    namesakes: dict[str, tuple[str, ...]] = {}
    for draft_id, look in looks.items():
        ids: dict[str, None] = {}
        for column in ("patient_key", "contact_key", "email", "name_dob"):
            for key in getattr(look, column):
                ids.update(dict.fromkeys(found.get(column, {}).get(key, ())))
        same_name = {hit for key in look.name for hit in found.get("name", {}).get(key, ())}
        same_phone = {hit for key in look.phone for hit in found.get("phone", {}).get(key, ())}
        ids.update(dict.fromkeys(sorted(same_name & same_phone)))
        hits[draft_id] = list(ids)[:50]
        namesakes[draft_id] = tuple(sorted(same_name - set(ids)))
    return hits, namesakes


def _candidates(run: Run, found: Mapping[str, Contact], taken: Mapping[str, str]) -> dict[str, Candidate]:
    ids = {contact.id for contact in found.values()}
    patients = run.store.records_on("patient", ids)
    contacts = run.store.records_on("contact", ids)
    made: dict[str, Candidate] = {}
    for asked, contact in found.items():
        patient, third = patients.get(contact.id), contacts.get(contact.id)
        made[asked] = candidate_of(
            contact.id,
            contact.properties,
            run.clinic.country_code,
            linked_to=patient.cliniko_id if patient else taken.get(contact.id),
            contact_linked_to=third.cliniko_id if third else None,
            stops=run.clinic.stops,
        )
    return made


def _others(run: Run, kind: Kind, column: str, keys: Mapping[str, str]) -> dict[str, int]:
    """How many other people of this kind in use share a hash with each of these."""
    hashes = {value for value in keys.values() if value}
    if column == "email":
        found = run.store.people_by_email(kind, hashes)
    else:
        found = run.store.people_by_hash(kind, column, hashes)
    batch: dict[str, set[str]] = defaultdict(set)
    for cliniko_id, value in keys.items():
        if value:
            batch[value].add(cliniko_id)
    counts: dict[str, int] = {}
    for cliniko_id, value in keys.items():
        stored = {
            p.cliniko_id for p in found.get(value, ()) if p.status == "active" and p.cliniko_id not in keys
        }
        counts[cliniko_id] = len((stored | batch.get(value, set())) - {cliniko_id}) if value else 0
    return counts


def _known(run: Run, kind: Kind) -> Known:
    """Whether an id that stands on a contact is one of Cliniko's: from memory, else asked of Cliniko once."""
    answers: dict[str, bool] = {}
    resource = "patients" if kind == "patient" else "contacts"

    def known(cliniko_id: str) -> bool:
        if cliniko_id not in answers:
            in_memory = bool(run.store.people(kind, [cliniko_id]))
            answers[cliniko_id] = in_memory or (
                cliniko_id.isdigit() and run.cliniko.get(f"{resource}/{cliniko_id}") is not None
            )
        return answers[cliniko_id]

    return known


def linked_contact(decision: Decision) -> str | None:
    """The contact a decision links to, if it does."""
    return decision.hubspot_id if isinstance(decision, Link) else None


__all__ = ["FORCED", "Ask", "Create", "Matches", "linked_contact", "match_batch"]
