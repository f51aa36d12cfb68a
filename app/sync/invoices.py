"""Invoices to deals: from Cliniko's row to drafts, one for the invoice or one for each of its items (R30, R31).

Where each item is a deal, the deals' keys are `invoice id-item id`; an item taken off the invoice moves its deal to
Removed. When the setting is switched, the deals of the other kind move to Removed and come back when it is
switched back; an invoice without any item keeps one deal under its own id, so that nothing is missing in a sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from app.domain.billing import Invoice, InvoiceItem, InvoiceView
from app.domain.hubspot_text import to_cents
from app.domain.ids import id_order
from app.domain.normalise import fold_name, keyed_hash
from app.domain.records import Bill, Person, Record
from app.streams.invoices import invoice_values
from app.sync.deals import DealDraft
from app.sync.forgotten import FORGOTTEN
from app.sync.holding import held
from app.sync.invoice_items import FRESH, ITEM_NAMES, InvoiceItems, unpack
from app.sync.invoice_visits import InvoiceVisits, VisitOf
from app.sync.lists import Lists
from app.sync.made import load
from app.sync.owners import Owners
from app.sync.run import Run

STYLES: Final = "invoice_deal_styles"
"""The fact that tells which kinds of deals were ever made: whole, item."""


@dataclass(frozen=True)
class Known:
    """An invoice with what is remembered: the records of its deals by key, its items (None while some may be
    missing), and whether one of them changed lately."""

    invoice: Invoice
    records: Mapping[str, Record]
    items: tuple[InvoiceItem, ...] | None = None
    has_changed_items: bool = False

    @property
    def linked(self) -> dict[str, Record]:
        """The deals it has."""
        return {key: record for key, record in self.records.items() if record.hubspot_id}

    @property
    def record(self) -> Record | None:
        """The invoice's own record."""
        return self.records.get(self.invoice.id)


def bill_of(invoice: Invoice) -> Bill:
    """The invoice as the roll-ups see it (R16)."""
    amount = invoice.amount
    return Bill(
        id=invoice.id,
        patient_id=invoice.patient_id,
        issued_on=invoice.issue_date,
        status=invoice.state,
        total_cents=int(to_cents(amount) * 100) if amount is not None else 0,
    )


class InvoiceDrafts:
    """Makes drafts for one execution. `since` is from when on changes count, `issued_from` issue dates."""

    def __init__(
        self, run: Run, lists: Lists, items: InvoiceItems, since: datetime, issued_from: date
    ) -> None:
        self._run = run
        self._lists = lists
        self._items = items
        self._since = since
        self._issued_from = issued_from
        self._visits = InvoiceVisits(run)
        self._owners = Owners(run, lists)
        self._ids = load(run).ids
        self._credits = run.settings.flag("invoices.include_credits")
        self._per_item = run.settings.flag("invoices.deal_per_item")
        self._has_items = self._note_style()

    def _note_style(self) -> bool:
        """Remember which kind of deals is made; returns whether deals of items may exist."""
        store = self._run.store
        styles = set(filter(None, (store.fact(STYLES) or "").split(",")))
        style = "item" if self._per_item else "whole"
        if style not in styles:
            store.set_fact(STYLES, ",".join(sorted({*styles, style})))
        return self._per_item or "item" in styles

    # what is remembered

    def known(self, invoices: Sequence[Invoice]) -> list[Known]:
        """These invoices with the records of their deals; items as far as they are kept."""
        kept = self._items.known([invoice.id for invoice in invoices])
        keys = {invoice.id for invoice in invoices}
        if self._has_items:
            keys.update(f"{key}-{item_id}" for key, one in kept.items() for item_id in one.items)
        records = self._by_invoice(self._run.store.records("invoice", keys).values())
        return [
            Known(
                invoice,
                records.get(invoice.id, {}),
                has_changed_items=invoice.id in kept and kept[invoice.id].listed,
            )
            for invoice in invoices
        ]

    def with_items(self, known: Sequence[Known], afresh: bool) -> list[Known]:
        """The same with all their items, asked for where some may be missing."""
        items = self._items.of([one.invoice for one in known], afresh)
        if not self._has_items:
            return [replace(one, items=items.get(one.invoice.id)) for one in known]
        kept = self._items.known([one.invoice.id for one in known if one.invoice.id not in items])
        partly = {key: unpack(key, row) for key, row in kept.items()}
        keys = {f"{key}-{item.id}" for key, listed in {**partly, **items}.items() for item in listed}
        records = self._by_invoice(self._run.store.records("invoice", keys).values())
        return [
            replace(
                one,
                items=items.get(one.invoice.id),
                records={**one.records, **records.get(one.invoice.id, {})},
            )
            for one in known
        ]

    def _by_invoice(self, records: Iterable[Record]) -> dict[str, dict[str, Record]]:
        found: dict[str, dict[str, Record]] = {}
        for record in records:
            found.setdefault(record.cliniko_id.partition("-")[0], {})[record.cliniko_id] = record
        return found

    # who is left out

    def left_out(self, known: Known) -> str | None:
        """The slug of the one reason why this invoice has no deal, or None (R30)."""
        invoice, record = known.invoice, known.record
        if any(one.reason == FORGOTTEN for one in known.records.values()):
            return FORGOTTEN
        if any(one.on_hold for one in known.records.values()):
            return "on_hold"
        if known.linked:
            return None
        if record is not None and record.reason == "deal_deleted":
            return "deal_deleted"
        if not self.is_recent(known):
            return "too_old"
        if invoice.state == "removed":
            return "removed"
        if invoice.is_credit and not self._credits:
            return "credit"
        return None if invoice.patient_id else "no_patient"

    def is_recent(self, known: Known) -> bool:
        """Whether it was issued, or changed, since the stream counts invoices."""
        invoice = known.invoice
        return (
            known.has_changed_items
            or invoice.updated_at is None
            or invoice.updated_at >= self._since
            or (invoice.issue_date is not None and invoice.issue_date >= self._issued_from)
        )

    # drafts

    def drafts(self, known: Sequence[Known], contacts: Mapping[str, Record]) -> dict[str, list[DealDraft]]:
        """By invoice id; `contacts` are the patients' linked records. An item's deal that a user deleted is
        not made again."""
        invoices = [one.invoice for one in known]
        people = self._run.store.people("patient", {invoice.patient_id for invoice in invoices} - {""})
        visits = self._visits.of(invoices)
        found: dict[str, list[DealDraft]] = {}
        for one in known:
            patient = contacts.get(one.invoice.patient_id)
            visit = visits[one.invoice.id]
            view = self._view(one, people.get(one.invoice.patient_id), patient, visit)
            found[one.invoice.id] = [
                self._draft(view_of_deal, patient, visit)
                for view_of_deal in self._deals_of(one, view)
                if not self._is_deleted(one, view_of_deal)
            ]
        return found

    def _deals_of(self, known: Known, view: InvoiceView) -> list[InvoiceView]:
        """One view for each deal the invoice should have, then those it should no longer have."""
        items = sorted(known.items or (), key=lambda item: id_order(item.id))
        standing = [item for item in items if not item.is_removed]
        split: Sequence[InvoiceItem | None] = standing if self._per_item and standing else [None]
        wished = [replace(view, item=item) for item in split]
        if known.invoice.state == "removed":
            wished = [one for one in wished if _key(one) in known.linked]
        keys = {_key(one) for one in wished}
        gone = replace(view, invoice=replace(view.invoice, archived_at=self._run.now()))
        others = [replace(gone, item=item) for item in [None, *items]]
        return wished + [one for one in others if _key(one) in known.linked and _key(one) not in keys]

    def _is_deleted(self, known: Known, view: InvoiceView) -> bool:
        record = known.records.get(_key(view))
        return record is not None and not record.hubspot_id and record.reason == "deal_deleted"

    def _view(
        self, known: Known, person: Person | None, patient: Record | None, visit: VisitOf
    ) -> InvoiceView:
        invoice = known.invoice
        business = self._lists.business(invoice.business_id)
        practitioner = self._lists.practitioner(invoice.practitioner_id)
        first, last = names_of(person, self._run.salt) if person else ("", "")
        return InvoiceView(
            invoice=invoice,
            zone=self._lists.zone(invoice.business_id),
            level=self._run.settings.text("privacy.level"),
            web_url=self._run.clinic.web_url,
            items=known.items,
            patient_first_name=first,
            patient_last_name=last,
            practitioner=practitioner.name if practitioner else "",
            business=business.name if business else "",
            case_id=visit.case_id,
            owner_id=self._owners.owner_of(
                invoice.practitioner_id, patient.refs.get("owner", "") if patient else ""
            ),
            ids=self._ids,
        )

    def _draft(self, view: InvoiceView, patient: Record | None, visit: VisitOf) -> DealDraft:
        values = invoice_values(view)
        if view.items is None:
            values = {name: value for name, value in values.items() if name not in ITEM_NAMES}
        refs = {"patient": view.invoice.patient_id, **visit.refs}
        if self._items.is_fresh(view.invoice):
            refs[FRESH] = "yes"
        return DealDraft(
            key=_key(view),
            values=values,
            status=values["cliniko_invoice_state"],
            refs={name: value for name, value in refs.items() if value},
            contact_id=(patient.hubspot_id or "") if patient else "",
            deal_links=(visit.deal_id,) if visit.deal_id else (),
        )


def _key(view: InvoiceView) -> str:
    return f"{view.invoice.id}-{view.item.id}" if view.item else view.invoice.id


def deal_keys(run: Run, invoice_id: str) -> list[str]:
    """Every key under which an invoice may have a deal: its own id, then one for each item ever met."""
    kept = InvoiceItems(run, run.now(), False).known([invoice_id]).get(invoice_id)
    return [invoice_id, *(f"{invoice_id}-{item_id}" for item_id in (kept.items if kept else ()))]


def names_of(person: Person, salt: bytes) -> tuple[str, str]:
    """First and last name of a patient of the local index, which keeps them as one text: parted where the hash
    of the name says so, else at the last blank."""
    words = person.name.split(" ")
    for cut in range(1, len(words)):
        first, last = " ".join(words[:cut]), " ".join(words[cut:])
        if keyed_hash(salt, "name", fold_name(first), fold_name(last)) == person.name_hash:
            return first, last
    return " ".join(words[:-1]), words[-1]


def without_contact(record: Record | None, patient: Record | None, draft: DealDraft) -> Record:
    """A deal whose patient has no contact: held while a question about the patient is open, else left out like
    the patient."""
    is_held = patient is not None and patient.state in ("held", "waiting", "failed")
    if patient is not None and patient.on_hold:
        waits = replace(
            record or Record("invoice", draft.key, "held"), status=draft.status, refs=dict(draft.refs)
        )
        return held(waits)
    return replace(
        record or Record("invoice", draft.key, "held"),
        state="held" if is_held else "left_out",
        reason="patient_not_linked" if is_held else "no_patient",
        status=draft.status,
        refs=dict(draft.refs),
        row_hash="",
    )
