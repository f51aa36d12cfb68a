"""Items of invoices: a list of its own in Cliniko, whose changes need not move the invoice's date (R31)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from app.domain.actions import PlannedWrite
from app.domain.billing import Invoice, InvoiceItem, InvoiceView
from app.domain.records import Cursor, Record
from app.errors import BadInput, RequestRefused, RightsMissing
from app.streams.invoices import invoice_values, parse_invoice_item
from app.sync.deals import Deals
from app.sync.fetch import PassReader, utc_text
from app.sync.fields import field_hash
from app.sync.ports import Json
from app.sync.run import Run

STREAM: Final = "invoices"
ITEMS: Final = "invoice_items"
HIDDEN: Final = ("archived_at:*", "deleted_at:*")
BATCH: Final = 100

COUNT: Final = "cliniko_invoice_item_count"
DETAILS: Final = frozenset(
    {"cliniko_invoice_item_codes", "cliniko_invoice_item_names", "cliniko_invoice_concession"}
)
ITEM_NAMES: Final = DETAILS | {COUNT}
"""Properties that follow from the items alone; they are compared apart from the invoice."""

SHORT: Final = 2_000
"""Items that are read before the first deals, so that these are complete at once."""
FIRST_PAGES: Final = 20
"""Pages of a first read, or batches of what it adds, in an execution that no other follows at once."""
FILLED: Final = "invoice_items_filled"
REFUSED: Final = "invoice_items_refused"
NOTE: Final = "no_invoice_items"
FRESH: Final = "fresh"
"""In a deal's refs: the invoice was made since the list of items is read, so all its items were met there."""

_CENT: Final = Decimal("0.01")
_GONE: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for the moment an item was taken off, which nobody needs to know."""


@dataclass(frozen=True)
class Kept:
    """What is kept of one invoice's items. `whole`: all of them were asked for at once; `listed`: one of them
    changed since the stream was switched on."""

    items: Mapping[str, Mapping[str, Any]]
    whole: bool = False
    listed: bool = False

    def packed(self) -> dict[str, Any]:
        """As JSON."""
        flags = {name: True for name in ("whole", "listed") if getattr(self, name)}
        return {"items": dict(self.items), **flags}


class InvoiceItems:
    """The items as far as they were read. `since` is from when on the list is read."""

    def __init__(self, run: Run, since: datetime, per_item: bool) -> None:
        self._run = run
        self._since = since
        self._per_item = per_item
        self._names = run.names.get("deals", frozenset())
        self._detailed = bool(DETAILS & self._names)

    # the list

    @property
    def is_read(self) -> bool:
        """Whether the list was read to its end at least once."""
        return self._run.store.cursor(ITEMS).floor is not None

    @property
    def is_refused(self) -> bool:
        """Whether the key was found not to read items."""
        return NOTE + STREAM in self._run.chain.notes

    def read_ahead(self) -> None:
        """Begin with the list in the background, where it was read before."""
        if self.is_read and ITEMS not in self._run.chain.finished_passes and not self.is_refused:
            self._reader().read_ahead()

    def is_due_first(self) -> bool:
        """Whether the list is read before the invoices: its changes always, a first reading where it is short
        or where the items decide which deals there are."""
        if self.is_read or self._per_item or self.is_refused:
            return True
        reader = self._reader()
        try:
            reader.peek()
        except (RightsMissing, RequestRefused):
            return True
        return reader.waiting <= SHORT

    def read(self) -> None:
        """Read on to the end, or as far as one execution goes in a first reading."""
        run = self._run
        if ITEMS in run.chain.finished_passes or self.is_refused:
            return
        reader = self._reader()
        try:
            is_done = self._read_pages(reader)
        except RightsMissing:
            self._note_refusal()
            return
        except RequestRefused as error:
            if error.status != 404 or self._per_item:
                raise
            self._note_refusal()
            return
        if is_done:
            finished = reader.finished("")
            if finished != run.store.cursor(ITEMS):
                run.store.save_cursor(finished)
            run.chain.finished_passes.add(ITEMS)
            run.chain.readers.pop(ITEMS, None)
            if run.store.fact(REFUSED) == "yes":
                # What changed while items could not be read is not known: every deal is looked at again.
                run.store.set_fact(REFUSED, "no")
                run.store.set_fact("invoices_restate", "linked|")

    def _reader(self) -> PassReader:
        run = self._run
        kept = run.chain.readers.get(ITEMS)
        if kept is None:
            cursor = run.store.cursor(ITEMS)
            extra = () if cursor.floor else (f"updated_at:>={utc_text(self._since)}",)
            kept = run.reader(ITEMS, HIDDEN, cursor, extra)
            run.chain.readers[ITEMS] = kept
        return kept

    def _read_pages(self, reader: PassReader) -> bool:
        run = self._run
        is_first = reader.cursor.floor is None
        pages = 0
        while rows := reader.take(BATCH):
            run.check_stop()
            reader.read_ahead()
            self._keep(rows, is_first)
            pages += 1
            if not reader.is_done:
                run.store.save_cursor(reader.placed(str(rows[-1].get("id")), ""))
            if is_first and pages >= FIRST_PAGES and not run.chain.is_chained and not reader.is_done:
                return False
        return True

    def _note_refusal(self) -> None:
        run = self._run
        run.chain.readers.pop(ITEMS, None)
        if self._per_item:
            raise RightsMissing("Cliniko", (ITEMS,))
        if run.store.fact(REFUSED) != "yes":
            run.store.set_fact(REFUSED, "yes")
        run.note_once(
            NOTE, "The Cliniko key may not read invoice items; what they add to deals stays blank.", STREAM
        )

    def _keep(self, rows: Sequence[Json], is_first: bool) -> None:
        """Keep what changed, and have the invoices concerned read afresh: their sums need not say that they
        changed. Within a first reading only what changed after the invoices were read."""
        run = self._run
        parsed = _by_invoice(rows)
        before = self._rows(parsed)
        invoices_read = run.store.cursor(STREAM).floor
        changed: dict[str, Kept] = {}
        wanted: list[str] = []
        for invoice_id, items in parsed.items():
            old = before.get(invoice_id, Kept({}))
            new = Kept({**old.items, **self._packed(items)}, old.whole, True)
            if new != old:
                changed[invoice_id] = new
                if not is_first or (invoices_read and _newest(items) >= invoices_read):
                    wanted.append(invoice_id)
        if changed:
            with run.store.write():
                self._save(changed)
                run.want(STREAM, wanted)

    # what is known

    def known(self, invoice_ids: Iterable[str]) -> dict[str, Kept]:
        """What is kept of these invoices' items."""
        return self._rows(invoice_ids)

    def of(self, invoices: Sequence[Invoice], afresh: bool = False) -> dict[str, tuple[InvoiceItem, ...]]:
        """All items of these invoices, asked for where some may be missing; without invoices whose items
        are not known. `afresh` asks whatever is known (R4)."""
        rows = self._rows([invoice.id for invoice in invoices])
        missing = [one for one in invoices if afresh or not self._is_whole(one, rows.get(one.id))]
        if missing and (self.is_read or self._per_item or afresh) and not self.is_refused:
            rows.update(self._ask([invoice.id for invoice in missing]))
            missing = [one for one in missing if one.id not in rows or not rows[one.id].whole]
        unknown = {invoice.id for invoice in missing}
        self._strip({key: kept for key, kept in rows.items() if key not in unknown})
        return {key: unpack(key, kept) for key, kept in rows.items() if key not in unknown}

    def _is_whole(self, invoice: Invoice, kept: Kept | None) -> bool:
        if kept is None or not self._has_details(kept):
            return False
        return kept.whole or (self.is_fresh(invoice) and (not self._per_item or _adds_up(invoice, kept)))

    def is_fresh(self, invoice: Invoice) -> bool:
        """Whether the invoice was made since the list is read, so that none of its items is older."""
        return invoice.created_at is not None and invoice.created_at >= self._since

    def _has_details(self, kept: Kept) -> bool:
        return not self._detailed or all("name" in packed for packed in kept.items.values())

    def _ask(self, invoice_ids: Sequence[str]) -> dict[str, Kept]:
        """All items of these invoices, a hundred invoices a call."""
        run = self._run
        found: dict[str, Kept] = {}
        for start in range(0, len(invoice_ids), BATCH):
            run.check_stop()
            part = invoice_ids[start : start + BATCH]
            extra = (f"invoice_id:={','.join(part)}",)
            reader = PassReader(run.cliniko, ITEMS, HIDDEN, Cursor(ITEMS + ".asked"), None, extra)
            rows: list[Json] = []
            try:
                while page := reader.take(BATCH):
                    rows.extend(page)
            except RightsMissing:
                self._note_refusal()
                return found
            parsed = _by_invoice(rows)
            before = self._rows(part)
            fresh = {
                key: Kept(
                    self._packed(parsed.get(key, [])), True, before[key].listed if key in before else False
                )
                for key in part
            }
            self._save({key: kept for key, kept in fresh.items() if before.get(key) != kept})
            found.update(fresh)
        return found

    def _strip(self, rows: Mapping[str, Kept]) -> None:
        """Forget names and codes that the privacy level no longer lets out."""
        if self._detailed:
            return
        words = ("name", "code", "concession")
        self._save(
            {
                key: Kept(
                    {
                        one: {k: v for k, v in packed.items() if k not in words}
                        for one, packed in kept.items.items()
                    },
                    kept.whole,
                    kept.listed,
                )
                for key, kept in rows.items()
                if any("name" in packed for packed in kept.items.values())
            }
        )

    def _rows(self, invoice_ids: Iterable[str]) -> dict[str, Kept]:
        rows = self._run.store.side_rows(ITEMS, invoice_ids)
        return {
            key: Kept(row.get("items", {}), bool(row.get("whole")), bool(row.get("listed")))
            for key, row in rows.items()
        }

    def _save(self, kept: Mapping[str, Kept]) -> None:
        if kept:
            self._run.store.save_side_rows(ITEMS, {key: one.packed() for key, one in kept.items()})

    def _packed(self, items: Iterable[tuple[InvoiceItem, Json]]) -> dict[str, dict[str, Any]]:
        return {item.id: self._pack(item, row) for item, row in items}

    def _pack(self, item: InvoiceItem, row: Json) -> dict[str, Any]:
        """Sums always; words only where the privacy level sends them."""
        packed: dict[str, Any] = {"total": _plain(item.total)}
        if item.is_removed:
            packed["gone"] = True
        rest = "/".join(str(row.get(name) or "") for name in ("net_price", "discounted_amount"))
        if rest != "/":
            packed["rest"] = rest
        if self._detailed:
            packed |= {"name": item.name, "code": item.code, "concession": item.concession}
        return packed

    # deals that were made before the items were known

    def fill(self, deals: Deals) -> None:
        """Once the list was read: what items add to the deals made before, in full batches (R2 counts them not)."""
        run = self._run
        if self._per_item or not self.is_read or not ITEM_NAMES & self._names:
            return
        place = run.store.fact(FILLED) or ""
        batches = 0
        while place != "yes":
            run.check_stop()
            ids = run.store.ids_in_state("invoice", "linked", limit=BATCH, after=place)
            bare = [record for record in run.store.records("invoice", ids).values() if _is_bare(record)]
            if bare:
                deals.write(self._fillings(bare))
                batches += 1
            place = ids[-1] if ids else "yes"
            if place == "yes" or bare:
                run.store.set_fact(FILLED, place)
            if batches >= FIRST_PAGES and not run.chain.is_chained:
                return

    def _fillings(self, records: Sequence[Record]) -> list[PlannedWrite]:
        stand_ins = [
            Invoice(id=record.cliniko_id, created_at=self._since if FRESH in record.refs else None)
            for record in records
        ]
        items = self.of(stand_ins)
        props, salt = self._run.props.get("deals", {}), self._run.salt
        writes = []
        for record, invoice in zip(records, stand_ins, strict=True):
            if invoice.id not in items:
                continue
            made = invoice_values(InvoiceView(invoice, items=items[invoice.id]))
            values = {name: made[name] for name in ITEM_NAMES & self._names if made[name]}
            marks = {name: field_hash(salt, name, value, props[name].type) for name, value in values.items()}
            writes.append(
                PlannedWrite(
                    record=record,
                    changes={name: (None, value) for name, value in values.items()},
                    fields={**record.fields, **marks},
                    target_id=record.hubspot_id,
                    counts_as="none",
                )
            )
        return writes


def unpack(invoice_id: str, kept: Kept) -> tuple[InvoiceItem, ...]:
    """The items from what was kept."""
    return tuple(
        InvoiceItem(
            id=item_id,
            invoice_id=invoice_id,
            name=packed.get("name", ""),
            code=packed.get("code", ""),
            concession=packed.get("concession", ""),
            total=Decimal(packed["total"]) if packed.get("total") else None,
            deleted_at=_GONE if packed.get("gone") else None,
        )
        for item_id, packed in kept.items.items()
    )


def _adds_up(invoice: Invoice, kept: Kept) -> bool:
    """Whether the items make the invoice's sum, give or take what rounding each of them can do."""
    totals = [
        Decimal(one["total"]) for one in kept.items.values() if one.get("total") and not one.get("gone")
    ]
    if invoice.total is None or not totals:
        return False
    return abs(abs(sum(totals, Decimal(0))) - abs(invoice.total)) <= _CENT * len(totals)


def _is_bare(record: Record) -> bool:
    return bool(record.hubspot_id) and COUNT not in record.fields and "-" not in record.cliniko_id


def _by_invoice(rows: Sequence[Json]) -> dict[str, list[tuple[InvoiceItem, Json]]]:
    """Readable items with their rows, by invoice."""
    found: dict[str, list[tuple[InvoiceItem, Json]]] = {}
    for row in rows:
        try:
            item = parse_invoice_item(row)
        except BadInput:
            continue
        if item.invoice_id:
            found.setdefault(item.invoice_id, []).append((item, row))
    return found


def _newest(items: Sequence[tuple[InvoiceItem, Json]]) -> datetime:
    return max((item.updated_at for item, _ in items if item.updated_at), default=_GONE)


def _plain(number: Decimal | None) -> str:
    """The number without trailing zeros, so that `99.0` and `99.00` are the same."""
    return "" if number is None else format(number.normalize(), "f")
