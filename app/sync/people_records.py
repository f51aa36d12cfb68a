"""Planning one person at a time: linked ones field by field, new ones linked, created or asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.actions import PlannedWrite, Settled
from app.domain.conflicts import Conflict
from app.domain.records import Record
from app.matching.decisions import Ask, Create, Link
from app.matching.doubles import doubles_of
from app.sync.consent import consent_question, gone_question
from app.sync.fields import FieldPlan, plan_fields
from app.sync.households import Inboxes, refs_of, settled_draft, want_left_behind
from app.sync.match import FORCED, Matches
from app.sync.people_plan import Plan
from app.sync.people_values import DISPUTED, PersonValues
from app.sync.portal import Portal
from app.sync.ports import Contact
from app.sync.questions import ask, cliniko_card, hubspot_card
from app.sync.run import Run
from app.sync.sides import Draft, Side
from app.sync.standing import settle_disputes, still_standing, want_askers
from app.sync.withdrawing import note_back


class PersonPlanner:
    """Plans what becomes of each draft of one batch. Nothing is written to a service here."""

    def __init__(self, run: Run, side: Side, portal: Portal) -> None:
        self._run = run
        self._side = side
        self._portal = portal
        self._of = PersonValues(run, side)
        self._props = run.props["contacts"]
        self._names = run.names["contacts"]

    # linked records

    def plan_linked(
        self,
        drafts: Sequence[Draft],
        records: Mapping[str, Record],
        inboxes: Inboxes,
        evaluate: frozenset[str],
        restate: frozenset[str],
        plan: Plan,
    ) -> None:
        changed: list[tuple[Draft, dict[str, str], str]] = []
        others = self._of.third_kind_on([records[d.cliniko_id].hubspot_id or "" for d in drafts])
        for bare in drafts:
            record = records[bare.cliniko_id]
            draft = self._of.with_email(settled_draft(bare, inboxes), record, inboxes, plan)
            values = self._of.values(draft, (record.hubspot_id or "") in others)
            values = self._of.without_disputed(values, record)
            mark = self._of.row_hash(draft, values)
            same = record.state == "linked" and record.row_hash == mark
            same = same and (not self._side.has_households or _same_household(record, draft))
            if same and draft.cliniko_id not in evaluate | restate:
                plan.settled[draft.cliniko_id] = Settled(record, draft.person)
            else:
                changed.append((draft, values, mark))
        for key, kinds in still_standing(self._run, self._side, [d for d, _, _ in changed]).items():
            plan.raised.setdefault(key, set()).update(kinds)
        if self._side.kind == "patient":
            news = {d.cliniko_id for d, _, _ in changed} - evaluate - restate
            want_askers(self._run, news, plan.raised)
            want_left_behind(self._run, [(records[d.cliniko_id], d.person) for d, _, _ in changed])
        read = self._portal.read([records[d.cliniko_id].hubspot_id or "" for d, _, _ in changed])
        for draft, values, mark in changed:
            record = records[draft.cliniko_id]
            plan.evaluated.add(draft.cliniko_id)
            contact = read.found.get(record.hubspot_id or "")
            self._plan_known(draft, values, mark, record, contact, draft.cliniko_id in restate, plan)

    def _plan_known(
        self,
        draft: Draft,
        values: dict[str, str],
        mark: str,
        record: Record,
        contact: Contact | None,
        restate: bool,
        plan: Plan,
    ) -> None:
        if contact is None:
            card = {"cliniko": cliniko_card(draft.parsed)}
            name = draft.person.name
            gone = ask("contact_vanished", self._side.kind, draft.cliniko_id, details=card, person=name)
            self._hold(draft, record, plan, gone)
            return
        if contact.id != record.hubspot_id:
            other = self._run.store.records_on(self._side.kind, [contact.id]).get(contact.id)
            first = plan.claimed.setdefault(contact.id, draft.cliniko_id)
            owner = other.cliniko_id if other is not None else first
            if owner != draft.cliniko_id:
                self._hold(draft, record, plan, self._taken(draft, contact, owner))
                return
        self._note_doubles(draft, plan)
        if record.refs.get(DISPUTED):
            full = self._of.values(draft, contact.id in self._of.third_kind_on([contact.id]))
            record = settle_disputes(self._run, record, contact, full, plan)
            values = self._of.without_disputed(full, record)
            mark = self._of.row_hash(draft, values)
        self._write_known(draft, values, mark, record, contact, restate, plan)

    def _taken(self, draft: Draft, contact: Contact, other: str) -> Conflict:
        owner = self._run.store.people(self._side.kind, [other]).get(other)
        return ask(
            "contact_taken",
            self._side.kind,
            draft.cliniko_id,
            candidates=[contact.id],
            person=draft.person.name,
            other=owner.name if owner else "",
            details={
                "cliniko": cliniko_card(draft.parsed),
                "hubspot": [hubspot_card(contact)],
                "other": other,
            },
        )

    def _write_known(
        self,
        draft: Draft,
        values: dict[str, str],
        mark: str,
        record: Record,
        contact: Contact,
        restate: bool,
        plan: Plan,
    ) -> None:
        if contact.properties.get("cliniko_sync_hold") == "true":
            held = replace(record, state="left_out", reason="hubspot_hold", row_hash="")
            plan.settled[draft.cliniko_id] = Settled(held, draft.person)
            return
        note_back(self._run, record)
        self._ask_about(draft, contact, plan)
        is_first = not record.fields
        fields = plan_fields(self._props, values, record.fields, contact.properties, self._run.salt, restate)
        fields = self._assert_key(draft, contact, fields)
        refs = {name: value for name, value in record.refs.items() if name != FORCED}
        after = replace(
            record,
            state="linked",
            hubspot_id=contact.id,
            reason=None,
            row_hash=mark,
            status=draft.status,
            refs=refs
            | (
                refs_of(draft.household, draft.person.email_hash)
                if self._side.has_households and draft.person.email_hash
                else {}
            ),
            cliniko_updated_at=draft.parsed.updated_at,
        )
        extras = self._of.extras(after, contact, plan.raised.get(draft.cliniko_id, set()))
        state = plan_fields(self._props, extras, {}, contact.properties, self._run.salt)
        if not fields.changes and not state.changes:
            plan.settled[draft.cliniko_id] = Settled(replace(after, fields=dict(fields.fields)), draft.person)
            return
        plan.writes[draft.cliniko_id] = PlannedWrite(
            record=after,
            changes=self._of.stamped({**fields.changes, **state.changes}, contact.properties),
            fields=fields.fields,
            target_id=contact.id,
            known=contact.properties,
            person=draft.person,
            source="linking" if is_first else "sync",
            conflicts=tuple(c for c in plan.questions if c.subject_id == draft.cliniko_id),
        )

    def _ask_about(self, draft: Draft, contact: Contact, plan: Plan) -> None:
        """What a linked contact gives to decide, though nothing waits for it."""
        for conflict in (
            consent_question(self._side.kind, draft, contact),
            gone_question(self._side.kind, draft, contact),
        ):
            if conflict is not None and not self._of.was_answered(conflict):
                plan.raise_question(conflict)
                plan.questions.append(conflict)

    def _assert_key(self, draft: Draft, contact: Contact, fields: FieldPlan) -> FieldPlan:
        """Our key always stands on a linked contact, whoever cleared or changed it (I1)."""
        changes = dict(fields.changes)
        for name in (self._side.key, self._side.id_property):
            old = contact.properties.get(name) or ""
            if name in self._names and old != draft.cliniko_id:
                changes[name] = (old, draft.cliniko_id)
        return FieldPlan(changes, fields.fields)

    def plan_unlinked(
        self,
        bare: Draft,
        record: Record | None,
        matches: Matches,
        inboxes: Inboxes,
        restate: frozenset[str],
        plan: Plan,
    ) -> None:
        if (
            record is not None
            and record.state == "unlinked"
            and not self._changed_since(bare, record, restate)
        ):
            plan.settled[bare.cliniko_id] = Settled(record, bare.person)
            return
        plan.evaluated.add(bare.cliniko_id)
        decision = matches.decisions[bare.cliniko_id]
        before = record or Record(self._side.kind, bare.cliniko_id, "waiting")
        draft = self._of.with_email(settled_draft(bare, inboxes), before, inboxes, plan)
        if isinstance(decision, Ask):
            self._hold(draft, before, plan, self._question(draft, decision, matches.contacts))
            return
        self._note_doubles(draft, plan)
        if decision.ask:
            self._ask_beside(draft, decision.ask, decision.address_on, matches.contacts, plan)
        if isinstance(decision, Create):
            self._create(draft, before, decision, matches, plan)
        else:
            self._link(draft, before, decision, matches.contacts[decision.hubspot_id], plan)

    def _changed_since(self, draft: Draft, record: Record, restate: frozenset[str]) -> bool:
        """An unlinked record gets a new contact with its next change in Cliniko, or when it is asked for (R50)."""
        if draft.cliniko_id in restate or record.cliniko_updated_at is None:
            return True
        updated_at = draft.parsed.updated_at
        return updated_at is None or updated_at > record.cliniko_updated_at

    def _link(self, draft: Draft, before: Record, decision: Link, contact: Contact, plan: Plan) -> None:
        rule = decision.link_rule
        if rule == "id" and decision.rule_number == 1 and not before.hubspot_id:
            rule = "rebuilt"
        record = replace(before, hubspot_id=contact.id, rule=rule, found_by=decision.found_by, fields={})
        both = contact.id in self._of.third_kind_on([contact.id])
        values = self._of.values(draft, both)
        self._write_known(draft, values, self._of.row_hash(draft, values), record, contact, False, plan)

    def _create(self, draft: Draft, before: Record, decision: Create, matches: Matches, plan: Plan) -> None:
        values = self._of.values(draft, False)
        mark = self._of.row_hash(draft, values)
        fields = plan_fields(self._props, values, {}, None, self._run.salt)
        namesakes = decision.note_namesakes or matches.namesakes.get(draft.cliniko_id, ())
        note = f"namesakes:{','.join(namesakes[:10])}" if namesakes else ""
        after = replace(
            before,
            state="linked",
            hubspot_id=None,
            rule="created",
            reason=None,
            row_hash=mark,
            found_by=note,
            status=draft.status,
            fields={},
            refs={
                **{name: value for name, value in before.refs.items() if name != FORCED},
                **(
                    refs_of(draft.household, draft.person.email_hash)
                    if self._side.has_households and draft.person.email_hash
                    else {}
                ),
            },
            cliniko_updated_at=draft.parsed.updated_at,
        )
        extras = self._of.extras(after, None, plan.raised.get(draft.cliniko_id, set()))
        state = plan_fields(self._props, extras, {}, None, self._run.salt)
        plan.writes[draft.cliniko_id] = PlannedWrite(
            record=after,
            changes=self._of.stamped({**fields.changes, **state.changes}, {}),
            fields=fields.fields,
            person=draft.person,
            counts_as="created",
            conflicts=tuple(c for c in plan.questions if c.subject_id == draft.cliniko_id),
        )

    def _hold(self, draft: Draft, record: Record, plan: Plan, conflict: Conflict) -> None:
        plan.raise_question(conflict)
        held = replace(record, state="held", reason=conflict.kind, status=draft.status, row_hash="")
        plan.settled[draft.cliniko_id] = Settled(held, draft.person, "held", (conflict,))

    def _question(self, draft: Draft, decision: Ask, contacts: Mapping[str, Contact]) -> Conflict:
        cards = [hubspot_card(contacts[c]) for c in decision.candidates if c in contacts]
        return ask(
            decision.kind,
            self._side.kind,
            draft.cliniko_id,
            candidates=decision.candidates,
            suggested=decision.suggested,
            details={"cliniko": cliniko_card(draft.parsed), "hubspot": cards},
            person=draft.person.name,
            contact=cards[0]["name"] if cards else "",
            other=cards[0]["name"] if cards else "",
            count=str(len(decision.candidates)),
            patient_id=draft.cliniko_id,
            address=draft.email,
        )

    def _ask_beside(
        self, draft: Draft, kind: str, candidates: Sequence[str], contacts: Mapping[str, Contact], plan: Plan
    ) -> None:
        conflict = ask(
            kind,
            self._side.kind,
            draft.cliniko_id,
            candidates=candidates,
            details={
                "cliniko": cliniko_card(draft.parsed),
                "hubspot": [hubspot_card(contacts[c]) for c in candidates if c in contacts],
            },
            person=draft.person.name,
            address=draft.email,
        )
        if not self._of.was_answered(conflict):
            plan.raise_question(conflict)
            plan.questions.append(conflict)

    def _note_doubles(self, draft: Draft, plan: Plan) -> None:
        """Two Cliniko files of one person: each keeps a contact, and somebody is told once."""
        if self._side.kind != "patient" or draft.status != "active" or not draft.person.name_dob_hash:
            return
        found = self._run.store.people_by_hash("patient", "name_dob_hash", [draft.person.name_dob_hash])
        known = {person.cliniko_id: person for person in found.get(draft.person.name_dob_hash, ())}
        twins = doubles_of(draft.person, (known | plan.people).values())
        if not twins:
            return
        pair = ",".join(sorted([draft.cliniko_id, twins[0]]))
        conflict = ask(
            "duplicate_in_cliniko",
            "patient",
            draft.cliniko_id,
            details={"cliniko": cliniko_card(draft.parsed), "other": twins[0]},
            fingerprint=pair,
            person=draft.person.name,
        )
        others = [*self._run.store.conflicts_of("patient", [twins[0]]), *plan.questions]
        if self._of.was_answered(conflict) or any(c.fingerprint == pair for c in others):
            return
        plan.raise_question(conflict)
        plan.questions.append(conflict)


def _same_household(record: Record, draft: Draft) -> bool:
    return (
        not draft.person.email_hash
        or refs_of(draft.household, draft.person.email_hash).items() <= record.refs.items()
    )
