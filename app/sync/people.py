"""The line for people: one batch of patients or Cliniko contacts from rows to a plan (map → match → plan)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.actions import Settled
from app.domain.people import Household
from app.domain.records import Record
from app.errors import BadInput
from app.matching.decisions import Ask, Remembered
from app.sync.forgotten import FORGOTTEN
from app.sync.households import Inboxes, settle_inboxes
from app.sync.match import FORCED, match_batch
from app.sync.people_plan import Plan, contact_of, is_linked
from app.sync.people_records import PersonPlanner
from app.sync.portal import Portal
from app.sync.ports import Json
from app.sync.renamed import want_by_names
from app.sync.run import Run
from app.sync.sides import Draft, Side


class PeoplePlanner:
    """Plans batches of one side. Nothing is written to a service here."""

    def __init__(self, run: Run, side: Side, portal: Portal) -> None:
        self._run = run
        self._side = side
        self._portal = portal
        self._records = PersonPlanner(run, side, portal)

    def plan(
        self,
        rows: Sequence[Json],
        taken: Mapping[str, str],
        evaluate: frozenset[str] = frozenset(),
        restate: frozenset[str] = frozenset(),
    ) -> Plan:
        """The plan for these rows. `evaluate` ids are looked at even where nothing changed, `restate` ids have
        every field asserted (R4); `taken` maps contacts already promised in this chain to who got them."""
        run, side = self._run, self._side
        plan = Plan()
        drafts = self._drafts(rows, plan)
        plan.people = {cliniko_id: draft.person for cliniko_id, draft in drafts.items()}
        if side.kind == "contact":
            want_by_names(run, plan.people)
        records = run.store.records(side.kind, drafts)
        active = self._set_aside(drafts, records, plan)
        unlinked = [draft for draft in active if not is_linked(records.get(draft.cliniko_id))]
        remembered = self._remembered(unlinked, records)
        matches = match_batch(run, self._portal, side.kind, unlinked, remembered, taken)
        links = {
            draft.cliniko_id: hubspot_id
            for draft in active
            if (
                hubspot_id := contact_of(
                    records.get(draft.cliniko_id), matches.decisions.get(draft.cliniko_id)
                )
            )
        }
        leaving = frozenset(drafts) - {draft.cliniko_id for draft in active}
        holders = [d for d in active if not isinstance(matches.decisions.get(d.cliniko_id), Ask)]
        if side.has_households:
            inboxes = settle_inboxes(run, holders, records, links, leaving)
        else:
            inboxes = self._third_party_inboxes(holders, links)
        side.prepare(active)
        plan.touches = dict(inboxes.touched)
        plan.members = inboxes.members
        for conflict in inboxes.questions:
            plan.questions.append(conflict)
        for subject in inboxes.asked_about:
            plan.raised.setdefault(subject, set()).add("shared_email")
        linked = [draft for draft in active if is_linked(records.get(draft.cliniko_id))]
        self._records.plan_linked(linked, records, inboxes, evaluate, restate, plan)
        for draft in unlinked:
            self._records.plan_unlinked(draft, records.get(draft.cliniko_id), matches, inboxes, restate, plan)
        return plan

    def _drafts(self, rows: Sequence[Json], plan: Plan) -> dict[str, Draft]:
        drafts: dict[str, Draft] = {}
        for row in rows:
            try:
                draft = self._side.draft(row)
            except BadInput:
                cliniko_id = str(row.get("id") or "?")
                plan.order.append(cliniko_id)
                plan.settled[cliniko_id] = Settled(
                    Record(self._side.kind, cliniko_id, "failed", reason="unreadable"), None, "failed"
                )
                self._run.problem(
                    "unreadable", "A record from Cliniko could not be read.", self._side.stream, cliniko_id
                )
                continue
            if draft.cliniko_id not in drafts:
                plan.order.append(draft.cliniko_id)
            drafts[draft.cliniko_id] = draft
        return drafts

    def _set_aside(
        self, drafts: Mapping[str, Draft], records: Mapping[str, Record], plan: Plan
    ) -> list[Draft]:
        """Settle those that are left out, each with its one reason; the others go on (R13, R17)."""
        going_on: list[Draft] = []
        self._side.look_up(list(drafts.values()))
        for cliniko_id, draft in drafts.items():
            record = records.get(cliniko_id)
            reason = self._reason(draft, record)
            if reason is None:
                going_on.append(draft)
                continue
            plan.evaluated.add(cliniko_id)
            before = record or Record(self._side.kind, cliniko_id, "left_out")
            left = replace(before, state="left_out", reason=reason, status=draft.status, row_hash="")
            plan.settled[cliniko_id] = Settled(left, None if reason == FORGOTTEN else draft.person)
            if reason == FORGOTTEN:
                plan.people.pop(cliniko_id, None)
        return going_on

    def _reason(self, draft: Draft, record: Record | None) -> str | None:
        if record is not None and record.reason in ("leave_out", FORGOTTEN):
            return record.reason
        if record is not None and record.on_hold:
            return "on_hold"
        has_contact = is_linked(record)
        if draft.status != "active" and not has_contact:
            return draft.status
        if draft.status != "active":
            return None
        return self._side.left_out(draft)

    def _remembered(self, drafts: Sequence[Draft], records: Mapping[str, Record]) -> dict[str, Remembered]:
        """What a person answered before, as far as it is not kept as a separation."""
        found: dict[str, Remembered] = {}
        ids = [draft.cliniko_id for draft in drafts]
        both = {
            conflict.subject_id: conflict.answer
            for conflict in reversed(self._run.store.remembered(self._side.kind, ids))
            if conflict.kind == "patient_and_referrer"
        }
        for draft in drafts:
            record = records.get(draft.cliniko_id)
            link_to = record.refs.get(FORCED, "") if record else ""
            answer = both.get(draft.cliniko_id)
            if link_to or answer:
                found[draft.cliniko_id] = Remembered(
                    link_to=link_to, one_contact=answer == "one", two_contacts=answer == "two"
                )
        return found

    def _third_party_inboxes(self, drafts: Sequence[Draft], links: Mapping[str, str]) -> Inboxes:
        """A third party gets an address only where no other contact carries it; nobody is asked."""
        inboxes = Inboxes()
        hashes = {draft.person.email_hash for draft in drafts if draft.person.email_hash}
        carriers = self._run.store.find_portal("email", hashes)
        given: dict[str, str] = {}
        for draft in drafts:
            mark = draft.person.email_hash
            own = links.get(draft.cliniko_id)
            free = all(contact == own for contact in carriers.get(mark, ()))
            if draft.email and (
                not mark or not free or given.get(mark, draft.cliniko_id) != draft.cliniko_id
            ):
                inboxes.households[draft.cliniko_id] = Household(has_address=False)
            elif mark:
                given[mark] = draft.cliniko_id
        return inboxes
