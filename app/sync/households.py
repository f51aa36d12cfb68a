"""Who keeps a shared inbox, for one batch: members of a household are seen whole, wherever they were read (R12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.conflicts import Conflict
from app.domain.ids import id_order
from app.domain.people import Household
from app.domain.records import Person, Record
from app.matching.families import Holding, Member, household_of, inbox_holder
from app.sync.fields import field_hash
from app.sync.questions import ask
from app.sync.run import Run
from app.sync.sides import Draft

SIZE, HOLDER, HAS = "household_size", "household_holder", "household_has"
"""In a record's refs: what was last written of its household."""

INBOX = "inbox"
"""In a record's refs: the hash of the address under which it came into its household."""

LEFT = frozenset({"left_out", "unlinked"})


@dataclass
class Inboxes:
    """The outcome for one batch: a household per draft, what changed for members read earlier, questions."""

    households: dict[str, Household] = field(default_factory=dict)
    touched: dict[str, tuple[Household, str]] = field(default_factory=dict)
    """Member not in the batch → its new household and the address."""
    members: set[str] = field(default_factory=set)
    """Everybody whose household was looked at, changed or not."""
    questions: list[Conflict] = field(default_factory=list)
    asked_about: set[str] = field(default_factory=set)
    """Subjects for whom a shared-inbox question still stands."""
    elsewhere: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Draft → contacts outside the household that carry its address."""


@dataclass(frozen=True)
class Inbox:
    """Everything known of one address."""

    address: str
    email_hash: str
    members: Mapping[str, Person]
    records: Mapping[str, Record]
    contacts: tuple[str, ...]
    """HubSpot contacts that carry the address."""


def settle_inboxes(
    run: Run,
    drafts: Sequence[Draft],
    records: Mapping[str, Record],
    links: Mapping[str, str],
    leaving: frozenset[str],
) -> Inboxes:
    """Decide every inbox that a draft of this batch uses. `links` maps drafts to the contacts they are linked
    to now, `leaving` are drafts of this batch that are left out, merged or gone."""
    result = Inboxes()
    hashes = {draft.person.email_hash for draft in drafts if draft.person.email_hash}
    stored = run.store.people_by_email("patient", hashes)
    stored_ids = {person.cliniko_id for people in stored.values() for person in people}
    everyone = {**run.store.records("patient", stored_ids), **records}
    carriers = run.store.find_portal("email", hashes)
    owners = run.store.records_on("patient", {hit for ids in carriers.values() for hit in ids})
    owner_people = run.store.people("patient", [record.cliniko_id for record in owners.values()])
    owner_people |= {draft.cliniko_id: draft.person for draft in drafts}
    choices = run.store.inbox_choices(hashes)
    batch = {draft.cliniko_id: draft for draft in drafts}
    for email_hash in sorted(hashes):
        address = next(draft.email for draft in drafts if draft.person.email_hash == email_hash)
        members = {
            person.cliniko_id: person
            for person in stored.get(email_hash, ())
            if person.cliniko_id not in batch
            and person.cliniko_id not in leaving
            and _belongs(person, everyone.get(person.cliniko_id))
        }
        members |= {
            draft.cliniko_id: draft.person for draft in drafts if draft.person.email_hash == email_hash
        }
        staying = {
            contact
            for contact, record in owners.items()
            if not _gives_up(run, record, owner_people.get(record.cliniko_id), address, email_hash)
        }
        contacts = tuple(c for c in carriers.get(email_hash, ()) if c not in owners or c in staying)
        inbox = Inbox(address, email_hash, members, everyone, contacts)
        _settle_one(run, inbox, batch, links, choices.get(email_hash), result)
    for draft in drafts:
        if draft.email and not draft.person.email_hash:
            result.households[draft.cliniko_id] = Household(size=1, holder_id="", has_address=False)
    return result


def _settle_one(
    run: Run,
    inbox: Inbox,
    batch: Mapping[str, Draft],
    links: Mapping[str, str],
    choice: str | None,
    result: Inboxes,
) -> None:
    contact_of = {
        member: links.get(member) or _contact_id(inbox.records.get(member)) for member in inbox.members
    }
    member_of = {contact: member for member, contact in contact_of.items() if contact}
    current = next((member_of[contact] for contact in inbox.contacts if contact in member_of), None)
    elsewhere = tuple(contact for contact in inbox.contacts if contact not in member_of)
    members = [_member(inbox, member, contact_of[member], current) for member in inbox.members]
    holding = inbox_holder(
        members,
        today=run.today(),
        current_holder=current,
        choice=choice,
        address_elsewhere=bool(elsewhere) and current is None,
        came_in=any(_is_new(inbox, member, member in batch) for member in inbox.members),
    )
    if holding.ask:
        _ask(run, inbox, holding, result)
    if holding.reminder:
        run.note_once(
            "came_of_age",
            "Somebody who shares an inbox came of age; nothing changes by itself.",
            "patients",
        )
    result.members.update(inbox.members)
    for member in inbox.members:
        household = household_of(member, members, holding)
        if member in batch:
            result.households[member] = household
            if elsewhere:
                result.elsewhere[member] = elsewhere
        elif inbox.members[member].status == "active" and _differs(inbox.records.get(member), household):
            result.touched[member] = (household, inbox.address)


def _member(inbox: Inbox, member: str, contact: str | None, current: str | None) -> Member:
    record = inbox.records.get(member)
    held_before = member == current and contact is not None and (record is None or record.rule != "created")
    return Member(
        cliniko_id=member,
        adult_on=inbox.members[member].adult_on,
        linked_contact=contact,
        held_before_us=held_before,
        status=inbox.members[member].status,
    )


def _ask(run: Run, inbox: Inbox, holding: Holding, result: Inboxes) -> None:
    ordered = sorted(inbox.members, key=id_order)
    result.asked_about.update(ordered)
    existing = [c for c in run.store.conflicts_of("patient", ordered) if c.kind == "shared_email"]
    subject = existing[0].subject_id if existing else holding.holder_id or ordered[0]
    records = [inbox.records.get(member) for member in ordered]
    names = [inbox.members[member].name for member in ordered]
    result.questions.append(
        ask(
            "shared_email",
            "patient",
            subject,
            candidates=[record.hubspot_id for record in records if record and record.hubspot_id],
            suggested="keep",
            details={
                "address": inbox.address,
                "email_hash": inbox.email_hash,
                "members": ordered,
                "names": names,
                "holder": holding.holder_id,
            },
            fingerprint=inbox.email_hash,
            people=names,
            address=inbox.address,
        )
    )


def _is_new(inbox: Inbox, member: str, is_in_batch: bool) -> bool:
    """Whether this member comes into the household now, rather than being looked at again; somebody planned before
    and not written yet is still coming."""
    record = inbox.records.get(member)
    if is_in_batch:
        return record is None or not record.hubspot_id or record.refs.get(INBOX) != inbox.email_hash
    return record is not None and (
        record.state == "waiting" or (record.state == "linked" and INBOX not in record.refs)
    )


def _belongs(person: Person, record: Record | None) -> bool:
    """Whether somebody read earlier shares the inbox: in use, or archived while their contact may hold it."""
    if person.status == "merged" or (record is not None and record.state in LEFT):
        return False
    return person.status == "active" or (record is not None and bool(record.hubspot_id))


def _contact_id(record: Record | None) -> str | None:
    return record.hubspot_id if record is not None and record.state not in LEFT else None


def _gives_up(run: Run, owner: Record, person: Person | None, address: str, email_hash: str) -> bool:
    """Whether a contact carries the address only because we once wrote it for a patient who moved on."""
    if person is None or person.email_hash == email_hash:
        return False
    return owner.fields.get("email") == field_hash(run.salt, "email", address, "string")


def _differs(record: Record | None, household: Household) -> bool:
    if record is None or not record.hubspot_id:
        return False
    return refs_of(household).items() - record.refs.items() != set()


def refs_of(household: Household, email_hash: str = "") -> dict[str, str]:
    """A household as it is remembered on a record."""
    inbox = {INBOX: email_hash} if email_hash else {}
    return inbox | {
        SIZE: str(household.size),
        HOLDER: household.holder_id,
        HAS: "yes" if household.has_address else "no",
    }


def want_left_behind(run: Run, evaluated: Sequence[tuple[Record, Person]]) -> None:
    """Have those looked at again who stay at an inbox that one of these people has just left (R12)."""
    left = {
        record.refs[INBOX]
        for record, person in evaluated
        if record.refs.get(INBOX) and record.refs[INBOX] != person.email_hash
    }
    if not left:
        return
    gone = {record.cliniko_id for record, _ in evaluated}
    behind = {
        one.cliniko_id for people in run.store.people_by_email("patient", left).values() for one in people
    }
    known = run.store.records("patient", behind - gone)
    run.want("patients", [key for key, record in known.items() if record.state == "linked"])


def household_values(household: Household, address: str) -> dict[str, str]:
    """The properties that follow from a household alone, for a member whose row is not at hand."""
    return {
        "email": address if household.has_address else "",
        "cliniko_shared_email": "" if household.has_address else address,
        "cliniko_email_holder": household.holder_id,
        "cliniko_household_size": str(household.size),
    }


def settled_draft(draft: Draft, inboxes: Inboxes) -> Draft:
    """The draft with its household."""
    household = inboxes.households.get(draft.cliniko_id)
    return draft if household is None else replace(draft, household=household)
