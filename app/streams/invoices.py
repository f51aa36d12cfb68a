"""Invoice to deal: pipeline, stages, properties, and how each value is made (R30, R31)."""

from __future__ import annotations

from app.domain.billing import STATES, InvoiceItem, InvoiceView, item_amounts
from app.domain.clinic_time import english_day, local_day, noon
from app.domain.hubspot_text import day_text, flag_text, moment_text, money_text, whole_text
from app.domain.normalise import fold_name
from app.domain.stream import Group, Pipeline, Property, Stage
from app.streams.billing_reading import parse_invoice, parse_invoice_item
from app.streams.rows import Rows, values_of

__all__ = [
    "INVOICE_GROUP",
    "INVOICE_PIPELINE",
    "INVOICE_PROPERTIES",
    "deal_key",
    "invoice_values",
    "parse_invoice",
    "parse_invoice_item",
]

INVOICE_GROUP = Group("cliniko_invoice", "Cliniko invoice", "deals")

INVOICE_PIPELINE = Pipeline(
    "cliniko_invoices",
    "Cliniko invoices",
    (
        Stage("cliniko_inv_open", "Open", "0.8", "open"),
        Stage("cliniko_inv_paid", "Paid", "1.0", "paid"),
        Stage("cliniko_inv_closed", "Closed", "0.0", "closed"),
        Stage("cliniko_inv_credit", "Credit", "0.5", "open_credit"),
        Stage("cliniko_inv_removed", "Removed", "0.0", "removed"),
    ),
    "invoices",
)
_STAGE_OF = {stage.status: stage.id for stage in INVOICE_PIPELINE.stages}


def deal_key(view: InvoiceView) -> str:
    """What the deal is upserted on: the invoice's id, with the item's where each item is a deal (R31)."""
    return f"{view.invoice.id}-{view.item.id}" if view.item else view.invoice.id


def _state(view: InvoiceView) -> str:
    """The invoice's state; an item taken off it is removed by itself."""
    return "removed" if view.item and view.item.is_removed else view.invoice.state


def _stage(view: InvoiceView) -> str:
    """The stage as HubSpot calls it, which may not be the id we asked for."""
    wanted = _STAGE_OF[_state(view)]
    return view.ids.get(wanted, wanted)


def _pipeline(view: InvoiceView) -> str:
    return view.ids.get(INVOICE_PIPELINE.id, INVOICE_PIPELINE.id)


def _deal_name(view: InvoiceView) -> str:
    """Number and day; initials from standard up, the full name only at detailed (schema §7)."""
    invoice = view.invoice
    number = "" if invoice.number is None else f" {invoice.number}"
    position = _position(view)
    day = english_day(invoice.issue_date) if invoice.issue_date else ""
    return " – ".join(part for part in (f"Invoice{number}{position}", day, _patient(view)) if part)


def _patient(view: InvoiceView) -> str:
    """As much of the patient's name as the privacy level lets out."""
    names = [name for name in (view.patient_first_name, view.patient_last_name) if name]
    if view.level == "detailed":
        return " ".join(names)
    return "" if view.level == "minimal" else "".join(name[0].upper() for name in names)


def _position(view: InvoiceView) -> str:
    """Which item of how many, as ` (1 of 3)`."""
    if view.item is None or not view.items:
        return ""
    standing = _standing(view)
    if view.item.id not in [item.id for item in standing]:
        return ""
    return f" ({[item.id for item in standing].index(view.item.id) + 1} of {len(standing)})"


def _standing(view: InvoiceView) -> list[InvoiceItem]:
    """The items that are still on the invoice."""
    return [item for item in view.items or () if not item.is_removed]


def _amount(view: InvoiceView) -> str:
    """The total, a credit negative; an item's share of it where each item is a deal (R30, R31)."""
    if view.item is None:
        return money_text(view.invoice.amount)
    if view.item.is_removed:
        return money_text(view.item.total)
    items = view.items or (view.item,)
    return money_text(item_amounts(view.invoice, items).get(view.item.id, view.item.total))


def _close_date(view: InvoiceView) -> str:
    """When it was paid, else the issue date; a day without a time is its noon at the business (schema §7)."""
    invoice = view.invoice
    if invoice.status == 20 and invoice.closed_at:
        return moment_text(invoice.closed_at)
    day = (invoice.closed_on if invoice.status == 20 else None) or invoice.issue_date
    return moment_text(noon(day, view.zone)) if day else ""


def _closed_at(view: InvoiceView) -> str:
    invoice = view.invoice
    if invoice.closed_at is None and invoice.closed_on:
        return moment_text(noon(invoice.closed_on, view.zone))
    return moment_text(invoice.closed_at)


def _days_to_pay(view: InvoiceView) -> str:
    """From issue to payment in days of the business; blank where it was not paid."""
    invoice = view.invoice
    closed_on = local_day(invoice.closed_at, view.zone) if invoice.closed_at else invoice.closed_on
    if invoice.status != 20 or closed_on is None or invoice.issue_date is None:
        return ""
    return whole_text(max(0, (closed_on - invoice.issue_date).days))


def _third_party(view: InvoiceView) -> str:
    """Whether it is addressed to somebody else than the patient; who that is stays in Cliniko."""
    first_line = view.invoice.invoice_to.splitlines()[0] if view.invoice.invoice_to else ""
    if not first_line:
        return "false"
    addressed = set(fold_name(first_line).split())
    last = set(fold_name(view.patient_last_name).split())
    firsts = [set(fold_name(name).split()) for name in (view.patient_first_name, view.patient_preferred_name)]
    if not last and not any(firsts):
        return ""
    same_last = last <= addressed
    same_first = not any(firsts) or any(first and first <= addressed for first in firsts)
    return flag_text(not (same_last and same_first))


def _item_count(view: InvoiceView) -> str:
    return "" if view.items is None else whole_text(len(_standing(view)))


def _joined(texts: list[str]) -> str:
    """Each text once, in order."""
    return "; ".join(dict.fromkeys(text for text in texts if text))


_DEAL: Rows[InvoiceView] = Rows("dealinformation", "deals", standard=True)
_I: Rows[InvoiceView] = Rows(INVOICE_GROUP.name, "deals")

# fmt: off
# A table: as few lines a row as fit.
_STANDARD: tuple[Property, ...] = (
    _DEAL.row("string", "dealname", "M*", "number, issue_date, patient", "Name of the deal", _deal_name,
        "Deal name"),
    _DEAL.row("enumeration", "pipeline", "M*", "kind of record", "Pipeline of the invoices", _pipeline,
        "Pipeline"),
    _DEAL.row("enumeration", "dealstage", "M*", "status", "Stage by the invoice's status", _stage,
        "Deal stage"),
    _DEAL.row("datetime", "closedate", "M*", "closed_at if paid, else issue_date",
        "When it was paid or issued", _close_date, "Close date"),
    _DEAL.row("number", "amount", "M*", "total_amount", "Total; credits are negative", _amount, "Amount"),
    _DEAL.row("enumeration", "hubspot_owner_id", "M*", "practitioner, by setting", "Owner of the deal",
        lambda v: v.owner_id, "Deal owner"),
)
_OWN: tuple[Property, ...] = (
    _I.key("cliniko_invoice_key", "id, with the item's where each is a deal",
        "Unique key of the invoice; never edit it", deal_key, "Cliniko invoice key"),
    _I.row("string", "cliniko_invoice_id", "M*", "id", "Cliniko's id of the invoice", lambda v: v.invoice.id,
        "Cliniko invoice ID"),
    _I.row("number", "cliniko_invoice_number", "M*", "number", "Number printed on the invoice",
        lambda v: whole_text(v.invoice.number), "Invoice number"),
    _I.row("string", "cliniko_invoice_url", "S", "web address and id", "Opens the invoice in Cliniko",
        lambda v: f"{v.web_url}/invoices/{v.invoice.id}" if v.web_url else "", "Cliniko invoice URL"),
    _I.row("string", "cliniko_invoice_patient_id", "M*", "patient", "Patient of the invoice",
        lambda v: v.invoice.patient_id, "Patient ID"),
    _I.row("date", "cliniko_invoice_issue_date", "M*", "issue_date", "Day of issue",
        lambda v: day_text(v.invoice.issue_date), "Issue date"),
    _I.row("datetime", "cliniko_invoice_closed_at", "S", "closed_at", "When it was paid or closed",
        _closed_at, "Closed at"),
    _I.row("enumeration", "cliniko_invoice_state", "M*", "status, deleted_at, archived_at",
        "State of the invoice", _state, "Invoice status", STATES),
    _I.row("number", "cliniko_invoice_total", "M*", "total_amount", "Total with tax",
        lambda v: money_text(v.invoice.total), "Total"),
    _I.row("number", "cliniko_invoice_net", "S", "net_amount", "Total before tax",
        lambda v: money_text(v.invoice.net), "Net"),
    _I.row("number", "cliniko_invoice_tax", "S", "tax_amount", "Tax", lambda v: money_text(v.invoice.tax),
        "Tax"),
    _I.row("number", "cliniko_invoice_discount", "S", "discounted_amount", "Discount",
        lambda v: money_text(v.invoice.discount), "Discount"),
    _I.row("string", "cliniko_invoice_appointment_id", "S", "appointment", "Appointment it is for",
        lambda v: v.invoice.appointment_id, "Appointment ID"),
    _I.row("string", "cliniko_invoice_case_id", "D", "case of the appointment or attendee",
        "Case it belongs to", lambda v: v.case_id, "Case ID"),
    _I.row("string", "cliniko_invoice_practitioner_id", "S", "practitioner", "Number of the practitioner",
        lambda v: v.invoice.practitioner_id, "Practitioner ID"),
    _I.row("string", "cliniko_invoice_practitioner", "S", "practitioner", "Who treated",
        lambda v: v.practitioner, "Practitioner"),
    _I.row("string", "cliniko_invoice_business_id", "S", "business", "Number of the location",
        lambda v: v.invoice.business_id, "Location ID"),
    _I.row("string", "cliniko_invoice_business", "S", "business", "Location", lambda v: v.business,
        "Location"),
    _I.row("number", "cliniko_invoice_item_count", "S", "invoice items", "How many items", _item_count,
        "Items"),
    _I.row("string", "cliniko_invoice_item_codes", "D", "invoice items, code", "Codes of the items",
        lambda v: _joined([item.code for item in _shown(v)]), "Item codes"),
    _I.row("string", "cliniko_invoice_item_names", "D", "invoice items, name", "Names of the items",
        lambda v: _joined([item.name for item in _shown(v)]), "Item names"),
    _I.row("string", "cliniko_invoice_concession", "D", "invoice items, concession_type_name",
        "Concession that was given", lambda v: _joined([item.concession for item in _shown(v)]),
        "Concession used"),
    _I.row("bool", "cliniko_invoice_third_party", "S", "invoice_to compared with the patient",
        "Addressed to somebody else", _third_party, "Billed to third party"),
    _I.row("number", "cliniko_invoice_days_to_pay", "S", "closed_at, issue_date",
        "Days from issue to payment", _days_to_pay, "Days to pay"),
    _I.row("datetime", "cliniko_invoice_created_at", "S", "created_at", "When it was made",
        lambda v: moment_text(v.invoice.created_at), "Created in Cliniko"),
    _I.row("datetime", "cliniko_invoice_updated_at", "S", "updated_at", "When it was last changed",
        lambda v: moment_text(v.invoice.updated_at), "Updated in Cliniko"),
)
# fmt: on

INVOICE_PROPERTIES: tuple[Property, ...] = _STANDARD + _OWN
"""Everything an invoice brings: HubSpot's own deal properties, then ours."""


def _shown(view: InvoiceView) -> list[InvoiceItem]:
    """The items this deal speaks of: its own, or all that stand."""
    return [view.item] if view.item else _standing(view)


def invoice_values(view: InvoiceView) -> dict[str, str]:
    """Property name to value at every privacy level; "" means blank (R30, R31)."""
    return values_of(INVOICE_PROPERTIES, view)
