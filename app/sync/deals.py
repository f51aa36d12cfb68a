"""The line for deals: drafts of appointments or invoices to writes, then apply, associate and record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.actions import PlannedWrite, Settled
from app.domain.ids import Kind
from app.domain.records import Intent, Record
from app.sync.apply import BrokenOutcomes, Outcomes, UnknownOutcomes, send
from app.sync.fields import field_hash, plan_fields, row_hash
from app.sync.ports import Contact, Refusal, Written
from app.sync.record import Recorder
from app.sync.refinding import find_again, record_of
from app.sync.run import Run
from app.sync.withdrawing import note_back

PAIRS = 1000
"""Associations in one call."""

OWNER = "hubspot_owner_id"
CONTACT, MOVED, LEAVES = "contact", "moved", "leaves"
"""In a deal's refs: the contact it hangs on, that a user moved it away, the contact it must come off."""

STAGE_NAMES = ("pipeline", "dealstage")
ROUNDS = 4


@dataclass(frozen=True)
class DealDraft:
    """One deal as it should be. `key` is the unique key's value, `refs` the small facts remembered with it
    (patient, case, starts_at ...), `frozen` properties that are not rewritten once they were written (R24),
    `contact_id` the HubSpot contact it belongs to, `deal_links` further deals to associate (wished as pairs)."""

    key: str
    values: Mapping[str, str]
    status: str
    refs: Mapping[str, str]
    contact_id: str = ""
    frozen: tuple[str, ...] = ()
    deal_links: tuple[str, ...] = ()


@dataclass
class DealPlan:
    """Writes and settled records of one batch, in the order of the drafts."""

    writes: list[PlannedWrite] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)


class Deals:
    """Plans and writes the deals of one stream."""

    def __init__(
        self,
        run: Run,
        stream: str,
        kind: Kind,
        key: str,
        pipeline_id: str,
        recorder: Recorder,
        volatile: frozenset[str] = frozenset(),
    ) -> None:
        self._run = run
        self._stream = stream
        self._kind = kind
        self._key = key
        self._pipeline = pipeline_id
        self._recorder = recorder
        self._volatile = volatile
        self._names = run.names.get("deals", frozenset())
        self._props = run.props.get("deals", {})

    # planning

    def plan(
        self,
        drafts: Sequence[DealDraft],
        evaluate: bool = False,
        restate: bool = False,
        evaluated: frozenset[str] = frozenset(),
    ) -> DealPlan:
        """The plan for these drafts. Unchanged ones come back settled, at no cost (R2)."""
        run = self._run
        plan = DealPlan()
        records = run.store.records(self._kind, [draft.key for draft in drafts])
        changed: list[tuple[DealDraft, Record, dict[str, str], str]] = []
        again = find_again(run, self._key, [d.key for d in drafts if not _is_known(records.get(d.key))])
        deals: dict[str, Contact] = {one.deal.id: one.deal for one in again.values()}
        for draft in drafts:
            record = records.get(draft.key)
            if draft.key in again:
                frozen, contact, one = draft.frozen, draft.contact_id, again[draft.key]
                record = record_of(run, self._kind, draft.key, one, frozen, contact, self._props)
            values = {name: value for name, value in draft.values.items() if name in self._names}
            apart = self._volatile | set(draft.frozen)
            mark = row_hash(run.salt, {name: value for name, value in values.items() if name not in apart})
            if record is None or not record.hubspot_id:
                plan.writes.append(self._create(draft, record, values, mark))
            elif (
                record.row_hash == mark
                and record.state == "linked"
                and not (evaluate or restate or draft.key in evaluated)
            ):
                plan.settled.append(Settled(record))
            else:
                changed.append((draft, record, values, mark))
        ids = [record.hubspot_id or "" for _, record, _, _ in changed if record.hubspot_id not in deals]
        if ids:
            deals.update(run.hubspot.batch_read("deals", ids, run.readable["deals"]).found)
        for draft, record, values, mark in changed:
            deal = deals.get(record.hubspot_id or "")
            self._update(draft, record, values, mark, deal, restate, plan)
        return plan

    def _create(
        self, draft: DealDraft, record: Record | None, values: dict[str, str], mark: str
    ) -> PlannedWrite:
        fields = plan_fields(self._props, values, {}, None, self._run.salt)
        before = record or Record(self._kind, draft.key, "waiting")
        after = replace(
            before,
            state="linked",
            hubspot_id=None,
            rule="created",
            reason=None,
            row_hash=mark,
            status=draft.status,
            fields={},
            refs=dict(draft.refs),
        )
        return PlannedWrite(
            record=after,
            changes=fields.changes,
            fields=fields.fields,
            counts_as="created",
            associate_to=self._associations(draft),
        )

    def _associations(self, draft: DealDraft) -> tuple[tuple[str, str], ...]:
        contacts = (("contacts", draft.contact_id),) if draft.contact_id else ()
        return contacts + tuple(("deals", deal_id) for deal_id in draft.deal_links)

    def _update(
        self,
        draft: DealDraft,
        record: Record,
        values: dict[str, str],
        mark: str,
        deal: Contact | None,
        restate: bool,
        plan: DealPlan,
    ) -> None:
        if deal is None:
            # A user deleted the deal: it is never re-created by itself.
            gone = replace(
                record, state="left_out", reason="deal_deleted", hubspot_id=None, row_hash="", fields={}
            )
            plan.settled.append(Settled(gone))
            return
        note_back(self._run, record)
        refs = {**record.refs, **draft.refs}
        if deal.properties.get("pipeline") not in (None, "", self._pipeline):
            values = {name: value for name, value in values.items() if name not in STAGE_NAMES}
            refs[MOVED] = "yes"
            if record.refs.get(MOVED) != "yes":
                self._run.problem(
                    "deal_moved",
                    "A deal was moved to another pipeline; it keeps its data and gets no stage any more.",
                    self._stream,
                    draft.key,
                )
        else:
            refs.pop(MOVED, None)
        self._keep_owner(values, record, deal)
        for name in draft.frozen:
            if name in record.fields and values.get(name):
                values.pop(name, None)
        fields = plan_fields(self._props, values, record.fields, deal.properties, self._run.salt, restate)
        links = self._new_links(draft, record)
        old = self._left_contact(draft, record)
        if old:
            # The patient's file was merged: the deal goes over to the survivor's contact (R13).
            links = (("contacts", draft.contact_id), *links)
            refs[LEAVES] = old
        after = replace(
            record,
            state="linked",
            reason=None,
            hubspot_id=deal.id,
            row_hash=mark,
            status=draft.status,
            refs=refs,
        )
        if not fields.changes and not links:
            plan.settled.append(Settled(replace(after, fields=dict(fields.fields))))
            return
        plan.writes.append(
            PlannedWrite(
                record=after,
                changes=fields.changes,
                fields=fields.fields,
                target_id=deal.id,
                known=deal.properties,
                associate_to=links,
            )
        )

    def _keep_owner(self, values: dict[str, str], record: Record, deal: Contact) -> None:
        """An owner set by a person stays, and an empty one of ours never erases it (R26)."""
        current = deal.properties.get(OWNER) or ""
        if OWNER not in values:
            return
        ours = record.fields.get(OWNER) == field_hash(self._run.salt, OWNER, current, "enumeration")
        if not values[OWNER] or (current and not ours and current != values[OWNER]):
            values.pop(OWNER)

    def _left_contact(self, draft: DealDraft, record: Record) -> str:
        """The contact that a deal leaves because its record names another patient now, "" where it stays."""
        on, patient = record.refs.get(CONTACT, ""), record.refs.get("patient", "")
        moved = patient and draft.refs.get("patient", patient) != patient
        return on if moved and on and draft.contact_id and draft.contact_id != on else ""

    def _new_links(self, draft: DealDraft, record: Record) -> tuple[tuple[str, str], ...]:
        linked = set(record.refs.get("links", "").split(","))
        contacts: tuple[tuple[str, str], ...] = ()
        if draft.contact_id and CONTACT not in record.refs:
            contacts = (("contacts", draft.contact_id),)
        return contacts + tuple(("deals", deal) for deal in draft.deal_links if deal not in linked)

    # writing

    def write(self, writes: Sequence[PlannedWrite]) -> None:
        """Carry out; what HubSpot refuses is left out of a second attempt, or told and tried next time."""
        queue = list(writes)
        for _ in range(ROUNDS):
            if not queue:
                return
            only_links = [w for w in queue if not w.changes and w.target_id]
            sent = [w for w in queue if w.changes]
            self._record_links_only(only_links)
            if not sent:
                return
            try:
                outcomes = send(self._run, "deals", self._key, sent)
            except (UnknownOutcomes, BrokenOutcomes) as error:
                self._keep(error.outcomes)
                raise
            self._keep(outcomes)
            queue = [again for write, refusal in outcomes.refused if (again := self._again(write, refusal))]

    def _record_links_only(self, writes: Sequence[PlannedWrite]) -> None:
        """Deals that only need a further link: the act is the association itself."""
        if not writes:
            return
        outcomes = Outcomes(done=[(write, Written(write.trace, write.target_id)) for write in writes])
        self._keep(outcomes)

    def _keep(self, outcomes: Outcomes) -> None:
        self._recorder.done(outcomes)
        for write in outcomes.missing:
            gone = replace(
                write.record, state="left_out", reason="deal_deleted", hubspot_id=None, row_hash=""
            )
            self._recorder.settled([Settled(replace(gone, fields={}))])
        self._waiting_pairs += sum(1 for write, _ in [*outcomes.done, *outcomes.moved] if write.associate_to)
        if self._waiting_pairs >= PAIRS:
            self.associate()

    def _again(self, write: PlannedWrite, refusal: Refusal) -> PlannedWrite | None:
        named = tuple(name for name in refusal.properties if name in write.changes and name != self._key)
        if named == (OWNER,):
            # An owner who left HubSpot: the deal goes without one.
            return write.without(OWNER)
        if named and not set(named) & set(STAGE_NAMES):
            labels = ", ".join(self._props[name].label for name in named if name in self._props)
            self._run.problem(
                "refused", f"HubSpot did not accept: {labels}.", self._stream, write.record.cliniko_id
            )
            return write.without(*named)
        before = write.record
        failed = replace(
            before, state="failed", reason="refused", hubspot_id=write.target_id, attempts=before.attempts + 1
        )
        self._recorder.settled([Settled(replace(failed, row_hash=""), None, "failed")])
        self._run.problem("refused", "HubSpot did not accept this record.", self._stream, before.cliniko_id)
        return None

    # associations: the intent first, full calls, then remembered on the record

    def finish(self) -> None:
        """Associate what is still waiting; within a chain only full calls, until all lists of deals are read."""
        run = self._run
        readers = {"appointments": "individual_appointments", "invoices": "invoices"}
        others_read = any(
            name in run.chain.readers and stream not in run.chain.finished_passes
            for stream, name in readers.items()
            if stream not in run.paused
        )
        if not run.chain.is_chained or not others_read:
            self.associate()

    def associate(self) -> None:
        """Carry out the associations noted so far."""
        if self._waiting_pairs:
            associate_open(self._run)
            self._waiting_pairs = 0

    @property
    def _waiting_pairs(self) -> int:
        queue: list[int] = self._run.chain.gathered.setdefault("pairs", [0])
        return queue[0]

    @_waiting_pairs.setter
    def _waiting_pairs(self, count: int) -> None:
        self._run.chain.gathered["pairs"] = [count]


def _is_known(record: Record | None) -> bool:
    return record is not None and bool(record.hubspot_id)


def associate_open(run: Run) -> None:
    """Carry out every open association, a thousand pairs a call; idempotent, so also after a crash (I1)."""
    if run.is_rehearsal:
        return
    intents = [intent for intent in run.store.open_intents() if intent.act == "associate"]
    for start in range(0, len(intents), PAIRS):
        run.check_stop()
        part = intents[start : start + PAIRS]
        by_kind: dict[str, list[tuple[str, str]]] = {}
        for intent in part:
            for to_kind, to_id in _pairs(intent):
                by_kind.setdefault(to_kind, []).append((intent.target_id, to_id))
        refused: set[tuple[str, str]] = set()
        for to_kind, pairs in by_kind.items():
            refused.update(run.hubspot.associate("deals", to_kind, pairs))
        _come_off(run, part, refused)
        _remember_pairs(run, part, refused)


def _come_off(run: Run, intents: Sequence[Intent], refused: set[tuple[str, str]]) -> None:
    """Take deals off the contact they left, once they hang on the new one."""
    pairs: list[tuple[str, str]] = []
    known = {
        kind: run.store.records(kind, [one.cliniko_id for one in intents if one.kind == kind])  # type: ignore[arg-type]
        for kind in {intent.kind for intent in intents}
    }
    for intent in intents:
        record = known[intent.kind].get(intent.cliniko_id)
        leaves = record.refs.get(LEAVES, "") if record else ""
        new = [to_id for to_kind, to_id in _pairs(intent) if to_kind == "contacts"]
        if leaves and new and leaves not in new and (intent.target_id, new[0]) not in refused:
            pairs.append((intent.target_id, leaves))
    if pairs:
        run.hubspot.dissociate("deals", "contacts", pairs)


def _pairs(intent: Intent) -> list[tuple[str, str]]:
    listed = intent.payload.get("to")
    return [(str(pair[0]), str(pair[1])) for pair in listed] if isinstance(listed, list) else []


def _remember_pairs(run: Run, intents: Sequence[Intent], refused: set[tuple[str, str]]) -> None:
    by_kind: dict[Kind, list[Intent]] = {}
    for intent in intents:
        by_kind.setdefault(intent.kind, []).append(intent)  # type: ignore[arg-type]
    with run.store.write():
        for kind, part in by_kind.items():
            records = run.store.records(kind, [intent.cliniko_id for intent in part])
            changed: list[Record] = []
            for intent in part:
                record = records.get(intent.cliniko_id)
                if record is None:
                    continue
                refs = {name: value for name, value in record.refs.items() if name != LEAVES}
                for to_kind, to_id in _pairs(intent):
                    if (intent.target_id, to_id) in refused:
                        continue
                    if to_kind == "contacts":
                        refs[CONTACT] = to_id
                    else:
                        refs["links"] = ",".join(filter(None, [refs.get("links", ""), to_id]))
                changed.append(replace(record, refs=refs))
            run.store.save_records(changed)
        run.store.close_intents([intent.id for intent in intents])
    if refused:
        run.problem("refused", "HubSpot did not link some deals to their contacts.", "appointments")
