"""One batch of invoices: rows to drafts, plan, writes and records, as far as the cap reaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.domain.actions import PlannedWrite, Settled
from app.domain.billing import Invoice
from app.domain.records import Record
from app.errors import BadInput
from app.streams.invoices import parse_invoice
from app.sync.contact_owners import with_owners
from app.sync.deals import Deals
from app.sync.forgotten import forgotten_among
from app.sync.invoice_items import STREAM
from app.sync.invoices import InvoiceDrafts, Known, bill_of, without_contact
from app.sync.people_line import PeopleLine
from app.sync.portal import Portal
from app.sync.ports import Json
from app.sync.record import Recorder
from app.sync.run import Run
from app.sync.sides import PatientSide

NO_CONTACT: Final = "invoices.no_contact"
"""Side rows: patients without a contact, for whom invoices are held or left out."""


class InvoiceBatches:
    """Works the batches of one execution and counts what it used of the cap."""

    def __init__(
        self, run: Run, portal: Portal, drafts: InvoiceDrafts, deals: Deals, recorder: Recorder
    ) -> None:
        self._run = run
        self._drafts = drafts
        self._deals = deals
        self._recorder = recorder
        self._portal = portal
        self._patients = PeopleLine(run, PatientSide(run), portal)
        self._cap = run.settings.number("sync.items_per_execution")
        self._used = 0

    @property
    def room(self) -> int:
        """How many more writes this execution may do (R2)."""
        return max(0, self._cap - self._used)

    @property
    def has_room(self) -> bool:
        """Whether there is any."""
        return self.room > 0

    def parse(self, rows: Sequence[Json]) -> list[Invoice]:
        """The invoices of these rows. One without a readable id cannot be remembered; it is counted and told."""
        parsed: list[Invoice] = []
        for row in rows:
            try:
                parsed.append(parse_invoice(row))
            except BadInput:
                self._run.counters(STREAM).failed += 1
                self._run.problem("unreadable", "An invoice from Cliniko could not be read.", STREAM)
        return parsed

    def _remembered(self, parsed: Sequence[Invoice]) -> list[Invoice]:
        """Less those of patients who were forgotten: nothing of them is kept again (R84)."""
        forgotten = forgotten_among(self._run.store, [one.patient_id for one in parsed])
        return [one for one in parsed if one.patient_id not in forgotten]

    def save_bills(self, invoices: Sequence[Invoice]) -> None:
        store = self._run.store
        kept = self._remembered(invoices)
        with store.write():
            store.mark_due(store.save_bills([bill_of(one) for one in kept if one.patient_id]))

    def work(
        self,
        rows: list[Json],
        evaluate: bool = False,
        restate: bool = False,
        evaluated: frozenset[str] = frozenset(),
    ) -> list[Json]:
        """Work these rows as far as the cap reaches; returns those left for the next execution.

        `evaluate` looks at every deal though its row did not change, `evaluated` at those of these invoices;
        `restate` asserts every field (R4)."""
        parsed = self.parse(rows)
        invoices = self._remembered(parsed)
        self._run.counters(STREAM).unchanged += len(parsed) - len(invoices)
        self.save_bills(invoices)
        settled: dict[str, list[Settled]] = {}
        wanted: list[Known] = []
        for known in self._drafts.known(invoices):
            reason = self._drafts.left_out(known)
            if reason is None:
                wanted.append(known)
            else:
                settled[known.invoice.id] = _left_out(known, reason)
        wanted = self._drafts.with_items(wanted, afresh=restate)
        patients = self._patients_of(wanted)
        linked = {key: record for key, record in patients.items() if has_contact(record)}
        contacts = with_owners(self._run, self._portal, linked)
        drafts = self._drafts.drafts(wanted, contacts)
        ready = []
        for known in wanted:
            mine = drafts[known.invoice.id]
            self._let_go(known, {draft.key for draft in mine})
            settled[known.invoice.id] = []
            for draft in mine:
                if draft.contact_id or draft.key in known.linked:
                    ready.append(draft)
                    continue
                patient = patients.get(known.invoice.patient_id)
                record = without_contact(known.records.get(draft.key), patient, draft)
                settled[known.invoice.id].append(
                    Settled(record, None, "held" if record.state == "held" else "unchanged")
                )
                self._run.store.save_side_rows(NO_CONTACT, {known.invoice.patient_id: {}})
        keys = frozenset(draft.key for draft in ready if _invoice_of(draft.key) in evaluated)
        plan = self._deals.plan(ready, evaluate, restate, keys)
        for item in plan.settled:
            settled.setdefault(_invoice_of(item.record.cliniko_id), []).append(item)
        writes: dict[str, list[PlannedWrite]] = {}
        for write in plan.writes:
            writes.setdefault(_invoice_of(write.record.cliniko_id), []).append(write)
        return self._carry_out(rows, writes, settled, restate)

    def _carry_out(
        self,
        rows: list[Json],
        writes: Mapping[str, list[PlannedWrite]],
        settled: Mapping[str, list[Settled]],
        restate: bool,
    ) -> list[Json]:
        """Row by row until the cap is reached: what comes after the last that fits is left untouched."""
        room = 10**9 if restate else self.room
        now: list[PlannedWrite] = []
        calm: list[Settled] = []
        left: list[Json] = []
        for place, row in enumerate(rows):
            mine = writes.get(str(row.get("id")), [])
            space = room - len(now)
            now.extend(mine[:space])
            if len(mine) > space:
                # Deals of its items that were written now are unchanged next time; the rest follows then.
                left = rows[place:]
                break
            calm.extend(settled.get(str(row.get("id")), []))
        self._settle(calm)
        self._deals.write(now)
        self._used += len(now)
        return left

    def _settle(self, items: Sequence[Settled]) -> None:
        """Save what needs no write. Unchanged rows are counted and otherwise left alone (I13)."""
        known = self._run.store.records("invoice", [item.record.cliniko_id for item in items])
        news = [
            item
            for item in items
            if item.outcome != "unchanged"
            or (known.get(item.record.cliniko_id) != item.record and item.record.reason != "too_old")
        ]
        self._run.counters(STREAM).unchanged += len(items) - len(news)
        self._recorder.settled(news)

    def _patients_of(self, wanted: Sequence[Known]) -> dict[str, Record]:
        """The patients' records; those never met are synced first, in this execution, outside the cap (R2)."""
        run = self._run
        ids = {known.invoice.patient_id for known in wanted} - {""}
        known = run.store.records("patient", ids)
        unmet = sorted(ids - set(known))
        if unmet and run.settings.flag("streams.patients") and "patients" not in run.paused:
            self._patients.bring(unmet)
            known = run.store.records("patient", ids)
        return known

    def _let_go(self, known: Known, keys: set[str]) -> None:
        """Where its items have the deals, nothing waits under the invoice's own id any more."""
        record = known.record
        if record is None or record.hubspot_id or record.cliniko_id in keys or record.state == "unlinked":
            return
        self._run.store.save_records([replace(record, state="unlinked", reason=None, row_hash="")])


def has_contact(record: Record) -> bool:
    """Whether a patient's record stands on a HubSpot contact."""
    return bool(record.hubspot_id) and record.state == "linked"


def _left_out(known: Known, reason: str) -> list[Settled]:
    """The records of an invoice that has no deal, or whose deals are let alone."""
    refs = {"patient": known.invoice.patient_id} if known.invoice.patient_id else {}
    fresh = Record("invoice", known.invoice.id, "left_out", status=known.invoice.state, refs=refs)
    records = list(known.records.values()) or [fresh]
    return [Settled(replace(record, state="left_out", reason=reason, row_hash="")) for record in records]


def _invoice_of(key: str) -> str:
    """The invoice of a deal's key, which may name an item behind it."""
    return key.partition("-")[0]
