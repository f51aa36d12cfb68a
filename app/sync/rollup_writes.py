"""Writing roll-ups to contacts: read where an old value is needed, one update per hundred, every outcome kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.actions import PlannedWrite
from app.domain.records import Record
from app.schema.catalogue import KEY_OF
from app.sync.apply import BATCH, BrokenOutcomes, Outcomes, UnknownOutcomes, send
from app.sync.fields import plan_fields
from app.sync.portal import Portal
from app.sync.ports import Contact, Refusal, Written
from app.sync.record import Recorder
from app.sync.run import Run

LIFECYCLE, OWNER = "lifecyclestage", "hubspot_owner_id"
CUSTOMER = "customer"
BEFORE_CUSTOMER = frozenset(
    {"", "subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity"}
)
"""The stages from which a person becomes a customer; any other one stays."""

CUSTOMER_REF, OWNER_REF = "customer_on", "owner_on"
"""In a patient's refs: the contact whose stage was settled; the contact and the owner that was offered to it."""

STAMP = "cliniko_last_synced_at"
HOLD = "cliniko_sync_hold"
MARK = "cliniko_has_upcoming"
"""The roll-up of every contact. A patient whose record lacks it is due as soon as it is linked (again)."""

KNOWN_BEFORE = frozenset({"rebuilt", "adopted", "id", "imported"})
"""Rules by which a contact was linked that may show roll-ups already."""


@dataclass(frozen=True)
class Rolled:
    """One patient's roll-ups as they should be. `owner` and `is_customer` ask for HubSpot's own properties to be
    looked at, `restate` that everything is asserted."""

    record: Record
    values: Mapping[str, str] = field(default_factory=dict)
    owner: str = ""
    is_customer: bool = False
    restate: bool = False

    @property
    def hubspot_id(self) -> str:
        """The contact."""
        return self.record.hubspot_id or ""


def owner_mark(record: Record, owner: str) -> str:
    """What is remembered once an owner was offered to a contact."""
    return f"{record.hubspot_id}:{owner}"


def unmarked(record: Record) -> Record:
    """The record as one whose roll-ups have to be looked at when it is linked again."""
    return replace(record, fields={name: mark for name, mark in record.fields.items() if name != MARK})


class RollUpWriter:
    """Writes roll-ups within one execution. Nothing here counts in the numbers of a stream (R2)."""

    def __init__(self, run: Run, portal: Portal) -> None:
        self._run = run
        self._portal = portal
        self._recorder = Recorder(run, "patients")
        self._props = run.props.get("contacts", {})

    def write(self, rolled: Sequence[Rolled], only_full: bool) -> list[Rolled]:
        """Write these in batches and take them off the list of who is due. Returns what is left over because
        it fills no batch yet."""
        rest = list(rolled)
        while len(rest) >= BATCH or (rest and not only_full):
            self._run.check_stop()
            part, rest = rest[:BATCH], rest[BATCH:]
            self._batch(part)
            self._run.store.unmark_due([each.record.cliniko_id for each in part])
        return rest

    def _batch(self, part: Sequence[Rolled]) -> None:
        asked = [each.hubspot_id for each in part if self._needs_reading(each)]
        read = self._portal.read(asked) if asked else None
        writes: list[PlannedWrite] = []
        quiet: list[Record] = []
        for each in part:
            contact: Contact | None = None
            if read is not None and each.hubspot_id in asked:
                contact = read.found.get(each.hubspot_id)
                if self._left_to_patients(each.record, contact):
                    continue
            write = self._planned(each, contact)
            if write.changes:
                writes.append(write)
            else:
                quiet.append(replace(write.record, fields=dict(write.fields)))
        self._run.store.save_records(quiet)
        if writes:
            self._send(writes)

    def _needs_reading(self, rolled: Rolled) -> bool:
        """Within a first load a contact that never had roll-ups is written unread; else the value that is
        replaced is wanted for the journal (I12), and whether somebody asked to leave the contact alone."""
        record = rolled.record
        if rolled.owner or rolled.is_customer or rolled.restate or record.rule in KNOWN_BEFORE:
            return True
        return not self._run.chain.is_chained or any(name in record.fields for name in rolled.values)

    def _planned(self, rolled: Rolled, contact: Contact | None) -> PlannedWrite:
        run, record = self._run, rolled.record
        current = contact.properties if contact else None
        plan = plan_fields(self._props, rolled.values, record.fields, current, run.salt, rolled.restate)
        changes = dict(plan.changes)
        refs = dict(record.refs)
        known = current or {}
        if rolled.is_customer:
            refs[CUSTOMER_REF] = rolled.hubspot_id
            stage = known.get(LIFECYCLE) or ""
            if stage in BEFORE_CUSTOMER:
                changes[LIFECYCLE] = (stage, CUSTOMER)
        if rolled.owner:
            before = refs.get(OWNER_REF, "")
            refs[OWNER_REF] = owner_mark(record, rolled.owner)
            owner = known.get(OWNER) or ""
            is_ours = not owner or before == owner_mark(record, owner)
            if is_ours and owner != rolled.owner:
                changes[OWNER] = (owner, rolled.owner)
        if changes and STAMP in run.names["contacts"]:
            moment = run.now().strftime("%Y-%m-%dT%H:%M:%S.000Z")
            changes[STAMP] = (known.get(STAMP), moment)
        return PlannedWrite(
            record=replace(record, refs=refs),
            changes=changes,
            fields=plan.fields,
            target_id=record.hubspot_id,
            known=known,
            source="rollup",
            counts_as="none",
        )

    # what becomes of them

    def _send(self, writes: Sequence[PlannedWrite]) -> None:
        again = self._attempt(writes)
        if again:
            self._attempt(again, is_last=True)

    def _attempt(self, writes: Sequence[PlannedWrite], is_last: bool = False) -> list[PlannedWrite]:
        """Send; returns what is worth a second try without what HubSpot did not accept."""
        try:
            outcomes = send(self._run, "contacts", KEY_OF["patient"], writes)
        except (UnknownOutcomes, BrokenOutcomes) as error:
            self._keep(error.outcomes)
            raise
        self._keep(outcomes)
        retries = [self._second_try(write, refusal) for write, refusal in outcomes.refused]
        return [] if is_last else [write for write in retries if write is not None]

    def _second_try(self, write: PlannedWrite, refusal: Refusal) -> PlannedWrite | None:
        named = tuple(name for name in refusal.properties if name in write.changes)
        about = ", ".join(self._props[name].label for name in named if name in self._props)
        message = f"HubSpot did not accept: {about}." if about else "HubSpot did not accept this record."
        self._run.problem("refused", message, "patients", write.record.cliniko_id)
        rest = write.without(*named)
        return rest if named and set(rest.changes) - {STAMP} else None

    def _keep(self, outcomes: Outcomes) -> None:
        taken = self._taken_over(outcomes.moved)
        moved = [pair for pair in outcomes.moved if pair[0].record.cliniko_id not in taken]
        self._recorder.done(replace(outcomes, moved=moved))
        lost = [write.record for write, _ in outcomes.moved if write.record.cliniko_id in taken]
        self._hand_over([*lost, *(write.record for write in outcomes.missing)])
        self._note_written([*outcomes.done, *moved])

    def _taken_over(self, moved: Sequence[tuple[PlannedWrite, Written]]) -> set[str]:
        """Patients whose contact was merged into one that another patient stands on."""
        targets = {answer.hubspot_id or "": write.record.cliniko_id for write, answer in moved}
        others = self._run.store.records_on("patient", targets) if targets else {}
        return {
            write.record.cliniko_id
            for write, answer in moved
            if answer.hubspot_id in others or targets[answer.hubspot_id or ""] != write.record.cliniko_id
        }

    def _note_written(self, finished: Sequence[tuple[PlannedWrite, Written]]) -> None:
        """Tell the index of contacts, so that our own values coming back are no news (R6)."""
        run = self._run
        when = {answer.hubspot_id or write.target_id or "": answer.updated_at for write, answer in finished}
        rows = run.store.portal_contacts(when).items()
        run.store.save_portal_contacts(
            [replace(row, modified=when[key] or row.modified) for key, row in rows]
        )
        for hubspot_id in when:
            run.chain.portal_cache.forget(hubspot_id)
        self._portal.count_own_writes(len(finished), max((at or "" for at in when.values()), default=""))

    # contacts that are not ours to write now

    def _left_to_patients(self, record: Record, contact: Contact | None) -> bool:
        """Whether the contact is gone, was merged or is to be left alone: then the patients' stream decides."""
        if contact is None or contact.id != record.hubspot_id:
            self._hand_over([record])
        elif contact.properties.get(HOLD) == "true":
            held = replace(unmarked(record), state="left_out", reason="hubspot_hold", row_hash="")
            self._run.store.save_records([held])
        else:
            return False
        return True

    def _hand_over(self, records: Sequence[Record]) -> None:
        """What a deleted or merged contact means is decided where the patient is read afresh, next (R14)."""
        if not records:
            return
        run = self._run
        with run.store.write():
            run.store.save_records([unmarked(record) for record in records])
            run.want("patients", [record.cliniko_id for record in records])
        run.counters("patients").waiting += len(records)
