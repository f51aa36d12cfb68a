"""The audit of deals: ids, stages, amounts, what Cliniko says now, and the contact they hang on (R83)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation

from app.domain.hubspot_text import to_cents
from app.domain.ids import Kind
from app.domain.records import Record
from app.domain.visits import status_of
from app.errors import BadInput
from app.schema.catalogue import CATALOGUE, KEY_OF
from app.streams.billing_reading import parse_invoice
from app.streams.visit_reading import parse_appointment
from app.sync import direct
from app.sync.appointment_line import HIDDEN_OF, RESOURCE
from app.sync.appointments import AppointmentDrafts
from app.sync.fetch import rows_by_id
from app.sync.findings import Findings, replaced
from app.sync.invoice_line import HIDDEN
from app.sync.lists import Lists
from app.sync.made import load
from app.sync.ports import Contact
from app.sync.questions import ask
from app.sync.run import Run
from app.sync.traces import DEAL_NAMES

OWN = CATALOGUE.owned_names("deals") | {"amount"}
PIPELINE = {"appointment": "cliniko_appointments", "invoice": "cliniko_invoices"}
STAGES = {
    "appointment": {
        stage.status: stage.id
        for p in CATALOGUE.pipelines
        if p.stream == "appointments"
        for stage in p.stages
    },
    "invoice": {
        stage.status: stage.id for p in CATALOGUE.pipelines if p.stream == "invoices" for stage in p.stages
    },
}


def audit_deals(run: Run, kind: Kind, records: Sequence[Record], findings: Findings) -> None:
    """Compare one page of linked deals with both services."""
    names = DEAL_NAMES & set(run.readable["deals"])
    shown = direct.read(run, "deals", [r.hubspot_id or "" for r in records], names)
    for record in records:
        deal = shown.get(record.hubspot_id or "")
        if deal is None:
            findings.add(record, "The deal no longer exists in HubSpot.")
        else:
            _check_deal(run, record, deal, findings)
    present = [record for record in records if record.hubspot_id in shown]
    _check_contacts(run, kind, present, findings)
    if kind == "appointment":
        _check_visits(run, present, findings)
    else:
        _check_sums(run, present, shown, findings)


def _check_deal(run: Run, record: Record, deal: Contact, findings: Findings) -> None:
    key = KEY_OF[record.kind]
    if deal.properties.get(key, "") != record.cliniko_id:
        findings.add(record, "The key on the deal is not this record's.")
    props = direct.PROPS["deals"]
    names = frozenset((OWN & run.names.get("deals", frozenset())) - {key})
    wrong = replaced(record, deal.properties, names, props, run.salt)
    findings.foreign += sum(1 for name in wrong if name != "amount" and deal.properties.get(name))
    for name in wrong:
        findings.add(record, f"‘{props[name].label}’ of the deal does not show what was written last.")
    ids = load(run).ids
    pipeline = PIPELINE[record.kind]
    if deal.properties.get("pipeline") != ids.get(pipeline, pipeline):
        return  # A user moved it to a pipeline of their own (R27).
    stage = STAGES[record.kind].get(record.status, "")
    if stage and deal.properties.get("dealstage") != ids.get(stage, stage):
        findings.add(record, f"The deal is not in the stage for ‘{record.status.replace('_', ' ')}’.")


# whom a deal hangs on


def _check_contacts(run: Run, kind: Kind, records: Sequence[Record], findings: Findings) -> None:
    patients = run.store.records("patient", {r.refs.get("patient", "") for r in records} - {""})
    on = (
        run.hubspot.associations("deals", "contacts", [r.hubspot_id or "" for r in records])
        if records
        else {}
    )
    for record in records:
        patient = patients.get(record.refs.get("patient", ""))
        if patient is None or not patient.hubspot_id or patient.state != "linked":
            continue
        contacts = on.get(record.hubspot_id or "", ())
        if patient.hubspot_id in contacts:
            continue
        if not contacts:
            findings.add(record, "The deal hangs on no contact.")
            continue
        findings.add(record, "The deal hangs on another contact than its patient's.")
        people = run.store.people("patient", [patient.cliniko_id])
        owners = run.store.records_on("patient", contacts)
        others = run.store.people("patient", [owner.cliniko_id for owner in owners.values()])
        findings.questions.append(
            ask(
                "deal_on_wrong_contact",
                kind,
                record.cliniko_id,
                candidates=contacts,
                details={"deal": record.hubspot_id, "contact": patient.hubspot_id},
                fingerprint=",".join(sorted(contacts)),
                person=people[patient.cliniko_id].name if patient.cliniko_id in people else "",
                other=next((person.name for person in others.values()), ""),
            )
        )


# what Cliniko says now


def _check_visits(run: Run, records: Sequence[Record], findings: Findings) -> None:
    """The state of single appointments as Cliniko tells it, at the moment of the last run."""
    single = {record.cliniko_id: record for record in records if record.cliniko_id.isdigit()}
    floor = run.store.cursor(RESOURCE).floor
    if floor is None or not single:
        return
    rows = rows_by_id(run.cliniko, RESOURCE, HIDDEN_OF[RESOURCE], list(single))
    known = {str(row.get("id")) for row in rows}
    for key in single.keys() - known:
        if single[key].status != "removed":
            findings.add(single[key], "Cliniko no longer has this appointment.")
    parsed = []
    for row in rows:
        try:
            parsed.append(parse_appointment(row))
        except BadInput:
            continue
    tick = run.settings.flag("appointments.require_arrival_tick")
    for visit in AppointmentDrafts(run, Lists(run)).with_attendees(parsed):
        record = single.get(visit.key)
        if record is None or visit.updated_at is None or visit.updated_at >= floor:
            continue
        possible = {status_of(visit, moment, tick) for moment in (floor, run.now())}
        if record.status not in possible:
            findings.add(record, "Cliniko says another state than the deal.")


def _check_sums(
    run: Run, records: Sequence[Record], shown: Mapping[str, Contact], findings: Findings
) -> None:
    """What the deals of one invoice add up to, and its state."""
    of_invoice: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        invoice_id = record.cliniko_id.partition("-")[0]
        if invoice_id.isdigit():
            of_invoice[invoice_id].append(record)
    floor = run.store.cursor("invoices").floor
    if floor is None or not of_invoice:
        return
    per_item = run.settings.flag("invoices.deal_per_item")
    for row in rows_by_id(run.cliniko, "invoices", HIDDEN, list(of_invoice)):
        try:
            invoice = parse_invoice(row)
        except BadInput:
            continue
        mine = of_invoice.get(invoice.id, [])
        if not mine or _is_later(invoice.updated_at, floor):
            continue
        if mine[0].status != invoice.state:
            findings.add(mine[0], "Cliniko says another status than the deal.")
        if per_item and len(mine) < len(run.store.records_below("invoice", invoice.id)):
            continue  # Some of its deals stand on another page, or were left out.
        total = _sum(shown[record.hubspot_id or ""].properties.get("amount", "") for record in mine)
        if invoice.amount is not None and invoice.state != "removed" and total != to_cents(invoice.amount):
            findings.add(mine[0], "The amounts in HubSpot do not add up to the invoice's total.")


def _is_later(updated_at: datetime | None, floor: datetime) -> bool:
    return updated_at is None or updated_at >= floor


def _sum(texts: Iterable[str]) -> Decimal:
    total = Decimal(0)
    for text in texts:
        try:
            total += Decimal(text or "0")
        except InvalidOperation:
            continue
    return total
