"""The audit of patients and Cliniko contacts: ids, keys, status, values, doubles and consent (R83)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.ids import Kind
from app.domain.records import Record
from app.errors import BadInput
from app.schema.catalogue import CATALOGUE, KEY_OF
from app.sync import direct
from app.sync.consent import OPT_OUT, consent_question
from app.sync.fetch import rows_by_id
from app.sync.findings import Findings, behind, replaced
from app.sync.ports import Contact, Json
from app.sync.rollups import BILL_VALUES, NEEDS_NO_HISTORY, VISIT_VALUES
from app.sync.run import Run
from app.sync.sides import HOUSEHOLD, VOLATILE, ContactSide, Draft, PatientSide, Side
from app.sync.traces import CONTACT_NAMES
from app.sync.write_back_fields import FIELDS

SYNC_STATE = frozenset(row.name for row in CATALOGUE.owned if row.group == "cliniko_sync")
TRIGGERS = frozenset(row.name for row in CATALOGUE.triggers)
OWN = CATALOGUE.owned_names("contacts") - TRIGGERS - SYNC_STATE

TYPED = frozenset({*(row.property for row in FIELDS), "cliniko_shared_email"})
"""Properties that a person may fill in HubSpot, to have them pushed to Cliniko."""

ROLLED = frozenset({*VISIT_VALUES, *BILL_VALUES, *NEEDS_NO_HISTORY, "cliniko_open_cases"})


def audit_people(run: Run, kind: Kind, records: Sequence[Record], findings: Findings) -> None:
    """Compare one page of linked people with both services."""
    side: Side = PatientSide(run) if kind == "patient" else ContactSide(run)
    names = (CONTACT_NAMES & set(run.readable["contacts"])) | {OPT_OUT}
    shown = direct.read(run, "contacts", [r.hubspot_id or "" for r in records], names)
    rows = _drafts(side, rows_by_id(run.cliniko, side.resource, side.hidden, [r.cliniko_id for r in records]))
    side.prepare(list(rows.values()))
    for record in records:
        contact = shown.get(record.hubspot_id or "")
        if contact is None:
            findings.add(record, "The HubSpot contact no longer exists.")
            continue
        if contact.id != record.hubspot_id:
            findings.add(record, "The HubSpot contact was merged into another one.")
        _check_key(side, record, contact, findings)
        draft = rows.get(record.cliniko_id)
        if draft is None:
            if record.status not in ("deleted", "merged"):
                findings.add(record, "Cliniko no longer has this record.")
            continue
        _check_values(run, side, record, contact, draft, findings)
        conflict = consent_question(kind, draft, contact) if kind == "patient" else None
        if conflict is not None:
            findings.questions.append(conflict)
            findings.add(record, "Unsubscribed in HubSpot, while Cliniko says yes to e-mail.")
    _check_doubles(run, kind, records, findings)


def _drafts(side: Side, rows: Iterable[Json]) -> dict[str, Draft]:
    found: dict[str, Draft] = {}
    for row in rows:
        try:
            draft = side.draft(row)
        except BadInput:
            continue
        found[draft.cliniko_id] = draft
    return found


def _check_key(side: Side, record: Record, contact: Contact, findings: Findings) -> None:
    for name in (side.key, side.id_property):
        if contact.properties.get(name, "") != record.cliniko_id:
            findings.add(record, f"‘{_label(name)}’ on the contact is not this record's.")


def _check_values(
    run: Run, side: Side, record: Record, contact: Contact, draft: Draft, findings: Findings
) -> None:
    props, shown = direct.PROPS["contacts"], contact.properties
    names = (OWN & run.names["contacts"]) - {side.key, side.id_property}
    wrong = replaced(record, shown, names, props, run.salt)
    foreign = [name for name in wrong if name not in TYPED and shown.get(name)]
    findings.foreign += len(foreign)
    for name in wrong:
        findings.add(record, f"‘{_label(name)}’ does not show what was written last.")
    if shown.get("cliniko_sync_hold") == "true" or _is_news(run, side, draft):
        return
    both = side.kind == "contact" and bool(run.store.records_on("patient", [contact.id]))
    apart = {*HOUSEHOLD, *VOLATILE, *ROLLED, *wrong, *record.refs.get("disputed", "").split(",")}
    later = behind(side.values(draft, both), shown, frozenset(names - apart), props)
    for name in later:
        findings.add(record, f"‘{_label(name)}’ does not show what Cliniko says.")


def _is_news(run: Run, side: Side, draft: Draft) -> bool:
    """Whether Cliniko changed it since the last pass: the next run brings it."""
    floor = run.store.cursor(side.stream).floor
    updated_at = draft.parsed.updated_at
    return floor is None or updated_at is None or updated_at >= floor


def _check_doubles(run: Run, kind: Kind, records: Sequence[Record], findings: Findings) -> None:
    """Another contact that says it is the same record."""
    column = "patient_key" if kind == "patient" else "contact_key"
    mine = {record.cliniko_id: record for record in records}
    hits = run.store.find_portal(column, [*mine, *(f"~{key}" for key in mine)])
    others = {
        hubspot_id: mine[key.removeprefix("~")]
        for key, ids in hits.items()
        for hubspot_id in ids
        if hubspot_id != mine[key.removeprefix("~")].hubspot_id
    }
    names = [KEY_OF[kind], "cliniko_patient_id" if kind == "patient" else "cliniko_contact_id"]
    for hubspot_id, contact in direct.read(run, "contacts", others, names).items():
        record = others[hubspot_id]
        if contact.id != record.hubspot_id and record.cliniko_id in contact.properties.values():
            findings.add(record, f"The contact {contact.id} carries the same Cliniko ID.")


def _label(name: str) -> str:
    row = CATALOGUE.named("contacts", name)
    return row.label if row is not None else name
