"""Carrying out the plan for people: batches, refusals dealt with one by one, addresses tried again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.actions import PlannedWrite, Settled
from app.domain.people import Household
from app.matching.signs import email_hash
from app.sync.apply import BrokenOutcomes, Outcomes, UnknownOutcomes, send
from app.sync.fields import field_hash, plan_fields
from app.sync.households import HAS, household_values, refs_of
from app.sync.portal import Portal
from app.sync.ports import Refusal, Written
from app.sync.questions import ask
from app.sync.record import Recorder
from app.sync.run import Run
from app.sync.sides import Side

EMAIL_CONFLICTS = frozenset({"email_conflict", "unique_conflict"})
BAD_ADDRESS = frozenset({"invalid_email", "blocklisted"})
STAMPS = frozenset({"cliniko_last_synced_at", "cliniko_review_needed"})
ROUNDS = 6


class PeopleWriter:
    """Writes contacts for one side within one execution."""

    def __init__(self, run: Run, side: Side, portal: Portal, recorder: Recorder) -> None:
        self._run = run
        self._side = side
        self._portal = portal
        self._recorder = recorder
        self._wishes: list[PlannedWrite] = []
        self.raised: dict[str, set[str]] = {}
        """Subject → kinds of question that came up while writing."""

    def write(self, writes: Sequence[PlannedWrite]) -> None:
        """Carry out these writes. An address that another record still holds is wished for and tried again by
        `grant_wishes`; everything else HubSpot refuses is left out of a second attempt, and told."""
        for part in _addresses_given_up_first(writes):
            queue = list(part)
            for _ in range(ROUNDS):
                if not queue:
                    break
                queue = self._attempt(queue)

    def _attempt(self, queue: Sequence[PlannedWrite]) -> list[PlannedWrite]:
        try:
            outcomes = send(self._run, "contacts", self._side.key, queue)
        except (UnknownOutcomes, BrokenOutcomes) as error:
            self._keep(error.outcomes)
            raise
        self._keep(outcomes)
        return [again for write, refusal in outcomes.refused if (again := self._second_try(write, refusal))]

    def _without_taken(self, outcomes: Outcomes) -> Outcomes:
        """Less the writes that a merge in HubSpot led to somebody else's contact: both are looked at afresh, and
        whoever stands there asserts its values again (I1, I2)."""
        run, kind = self._run, self._side.kind
        owners = run.store.records_on(kind, [answer.hubspot_id or "" for _, answer in outcomes.moved])
        taken = {contact: record.cliniko_id for contact, record in owners.items()}
        moved: list[tuple[PlannedWrite, Written]] = []
        for write, answer in outcomes.moved:
            owner = taken.setdefault(answer.hubspot_id or "", write.record.cliniko_id)
            if owner == write.record.cliniko_id:
                moved.append((write, answer))
                continue
            lost = replace(write.record, state="waiting", hubspot_id=write.target_id, row_hash="", fields={})
            self._recorder.settled([Settled(lost, write.person, "waiting")])
            record = owners.get(answer.hubspot_id or "")
            if record is not None:
                run.store.save_records([replace(record, row_hash="", fields={})])
            run.want(self._side.stream, [lost.cliniko_id, owner])
        return replace(outcomes, moved=moved)

    def _keep(self, outcomes: Outcomes) -> None:
        if outcomes.moved:
            outcomes = self._without_taken(outcomes)
        self._recorder.done(outcomes)
        for write in outcomes.missing:
            gone = ask("contact_vanished", self._side.kind, write.record.cliniko_id, person=_name(write))
            self.raised.setdefault(gone.subject_id, set()).add(gone.kind)
            held = replace(write.record, state="held", reason="contact_vanished", hubspot_id=write.target_id)
            self._recorder.settled([Settled(replace(held, row_hash=""), write.person, "held", (gone,))])
        finished = [*outcomes.done, *outcomes.moved]
        if not finished:
            return
        self._portal.wrote(
            [
                (answer.hubspot_id or write.target_id or "", _known_after(write), answer.updated_at or "")
                for write, answer in finished
            ]
        )
        newest = max((answer.updated_at or "" for _, answer in finished), default="")
        self._portal.count_own_writes(len(finished), newest)
        for write, answer in finished:
            if write.wish:
                self._wishes.append(_wish(self._run.salt, write, answer))

    def _second_try(self, write: PlannedWrite, refusal: Refusal) -> PlannedWrite | None:
        """The write to try once more without what was refused, or None when nothing is left of it."""
        address = write.payload.get("email", "")
        about_email = not refusal.properties or "email" in refusal.properties
        if refusal.code in EMAIL_CONFLICTS and address and about_email:
            return self._or_settle(replace(write.without("email"), wish=address))
        if refusal.code in BAD_ADDRESS and address:
            return self._or_settle(self._without_bad_address(write, refusal.code == "blocklisted"))
        named = tuple(name for name in refusal.properties if name in write.changes and name != self._side.key)
        if named:
            labels = ", ".join(self._run.props["contacts"][name].label for name in named)
            self._run.problem(
                "refused", f"HubSpot did not accept: {labels}.", self._side.stream, write.record.cliniko_id
            )
            return self._or_settle(write.without(*named))
        self._fail(write)
        return None

    def _without_bad_address(self, write: PlannedWrite, is_quiet: bool) -> PlannedWrite:
        mark = email_hash(write.payload["email"], self._run.salt) or "none"
        record = replace(write.record, refs={**write.record.refs, "email_refused": mark})
        question = ask(
            "email_refused",
            self._side.kind,
            record.cliniko_id,
            fingerprint=mark,
            person=_name(write),
            address=write.payload["email"],
        )
        if not is_quiet:
            self.raised.setdefault(record.cliniko_id, set()).add(question.kind)
        conflicts = write.conflicts if is_quiet else (*write.conflicts, question)
        return replace(write.without("email"), record=record, conflicts=conflicts)

    def _or_settle(self, write: PlannedWrite) -> PlannedWrite | None:
        """The write, or None once nothing but stamps is left of an update: then only the memory is saved."""
        if write.target_id is None or set(write.changes) - STAMPS:
            return write
        record = replace(write.record, state="linked", hubspot_id=write.target_id, fields=dict(write.fields))
        self._recorder.settled([Settled(record, write.person, "unchanged", write.conflicts)])
        if write.wish:
            self._wishes.append(_wish(self._run.salt, write, Written(write.trace, write.target_id)))
        return None

    def _fail(self, write: PlannedWrite) -> None:
        before = write.record
        failed = replace(
            before,
            state="failed",
            reason="refused",
            hubspot_id=write.target_id,
            attempts=before.attempts + 1,
            row_hash="",
        )
        self._recorder.settled([Settled(failed, write.person, "failed")])
        self._run.problem(
            "refused", "HubSpot did not accept this record.", self._side.stream, before.cliniko_id
        )

    # addresses that were taken

    def grant_wishes(self) -> None:
        """Try the refused addresses again while a pass makes progress; a ring of people who exchange addresses
        is opened by taking one off first. What is left becomes a question (email_in_use)."""
        wishes, self._wishes = self._wishes, []
        while wishes:
            outcomes = send(self._run, "contacts", self._side.key, wishes)
            self._keep(outcomes)
            left = [(write, refusal) for write, refusal in outcomes.refused]
            if not outcomes.done and not self._open_ring(left):
                for write, refusal in left:
                    self._address_in_use(write, refusal)
                return
            wishes = [write for write, _ in left]

    def _open_ring(self, left: Sequence[tuple[PlannedWrite, Refusal]]) -> bool:
        """Take the address off one contact that itself waits for another one."""
        waiting = {write.target_id: write for write, _ in left}
        for _, refusal in left:
            holder = waiting.get(refusal.owner_id)
            if holder is None:
                continue
            old = refusal.owner_id and holder.known.get("email", "")
            off = replace(holder, changes={"email": (old or None, "")}, counts_as="none", wish="")
            fields = {name: mark for name, mark in holder.fields.items() if name != "email"}
            outcomes = send(self._run, "contacts", self._side.key, [replace(off, fields=fields)])
            self._keep(outcomes)
            return bool(outcomes.done)
        return False

    def _address_in_use(self, write: PlannedWrite, refusal: Refusal) -> None:
        mark = write.person.email_hash if write.person else ""
        conflict = ask(
            "email_in_use",
            self._side.kind,
            write.record.cliniko_id,
            candidates=[refusal.owner_id] if refusal.owner_id else [],
            fingerprint=mark,
            details={"email_hash": mark},
            person=_name(write),
            address=write.payload.get("email", ""),
        )
        answered = any(
            past.kind == "email_in_use" and past.fingerprint == mark
            for past in self._run.store.remembered(self._side.kind, [write.record.cliniko_id])
        )
        if not answered:
            self._run.store.open_conflict(replace(conflict, opened_at=self._run.now()))

    # households

    def plan_touches(self, touches: dict[str, tuple[Household, str]]) -> list[PlannedWrite]:
        """Writes for members of a household that were read earlier: size, holder and who has the address."""
        run = self._run
        records = run.store.records("patient", touches)
        linked = {
            key: record for key, record in records.items() if record.hubspot_id and record.state == "linked"
        }
        read = self._portal.read([record.hubspot_id or "" for record in linked.values()])
        people = run.store.people("patient", linked)
        writes: list[PlannedWrite] = []
        for cliniko_id, record in linked.items():
            contact = read.found.get(record.hubspot_id or "")
            if contact is None or contact.properties.get("cliniko_sync_hold") == "true":
                continue
            household, address = touches[cliniko_id]
            values = {
                n: v for n, v in household_values(household, address).items() if n in run.names["contacts"]
            }
            if "email_refused" in record.refs or "keep_old_email" in record.refs:
                values.pop("email", None)
            fields = plan_fields(run.props["contacts"], values, record.fields, contact.properties, run.salt)
            refs = refs_of(household, email_hash(address, run.salt))
            after = replace(record, refs={**record.refs, **refs}, hubspot_id=contact.id)
            if not fields.changes:
                run.store.save_records([replace(after, fields=dict(fields.fields))])
                continue
            writes.append(
                PlannedWrite(
                    record=after,
                    changes=fields.changes,
                    fields=fields.fields,
                    target_id=contact.id,
                    known=contact.properties,
                    person=people.get(cliniko_id),
                    counts_as="none",
                )
            )
        return writes

    def gives_up_address(self, cliniko_id: str, household: Household) -> bool:
        """Whether a touched member has to hand the address over before somebody else can have it."""
        record = self._run.store.record("patient", cliniko_id)
        return record is not None and record.refs.get(HAS) == "yes" and not household.has_address


def _addresses_given_up_first(writes: Sequence[PlannedWrite]) -> list[list[PlannedWrite]]:
    """Two parts where one contact must lose an address before another gets it, else one."""
    wanted = {write.payload["email"] for write in writes if write.payload.get("email")}
    first = [
        write
        for write in writes
        if "email" in write.changes and write.changes["email"][0] in wanted and write.target_id
    ]
    if not first:
        return [list(writes)]
    rest = [write for write in writes if write not in first]
    return [first, rest]


def _wish(salt: bytes, write: PlannedWrite, answer: Written) -> PlannedWrite:
    """The write that gives a contact the address it could not have yet."""
    target = answer.hubspot_id or write.target_id
    known = _known_after(write)
    record = replace(write.record, state="linked", hubspot_id=target, fields=dict(write.fields))
    return replace(
        write,
        record=record,
        target_id=target,
        changes={"email": (known.get("email") or None, write.wish)},
        fields={**write.fields, "email": field_hash(salt, "email", write.wish, "string")},
        known=known,
        counts_as="none",
        wish="",
        conflicts=(),
    )


def _known_after(write: PlannedWrite) -> dict[str, str]:
    """The contact's properties as they stand once this was written."""
    return {**write.known, **write.payload}


def _name(write: PlannedWrite) -> str:
    return write.person.name if write.person else ""
