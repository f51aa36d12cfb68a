"""Forget a person: our values removed in HubSpot and here, and never synced again. Cannot be taken back (R84)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.ids import Kind
from app.domain.records import Intent, JournalEntry, Record
from app.schema.catalogue import CATALOGUE
from app.streams.custom_fields import PREFIX
from app.sync import direct
from app.sync.before import forget_before
from app.sync.forgotten import FORGOTTEN
from app.sync.made import load
from app.sync.open_cases import OF_PATIENT
from app.sync.portal import Portal
from app.sync.ports import Contact
from app.sync.referrals import SIDE as REFERRALS
from app.sync.repair import OTHER, index_afresh, replace_run
from app.sync.repair_plan import DEAL_KINDS, NEVER, SEPARATED, SHARED, is_of
from app.sync.run import Run
from app.sync.traces import DEAL_NAMES, contact_names, entries_on, same_value, targets_of, traces

ACT = "forget"
SOURCE = "repair"
NEUTRAL_NAME = "Removed"
STAGE = {"appointment": "cliniko_appt_removed", "invoice": "cliniko_inv_removed"}
PIPELINE = {"appointment": "cliniko_appointments", "invoice": "cliniko_invoices"}
OWN = {kind: CATALOGUE.owned_names(kind) for kind in ("contacts", "deals")}

Wanted = dict[str, dict[str, tuple[str, str]]]
"""HubSpot id → property → (shown now, shown then)."""


@dataclass
class Forgetting:
    """What is removed in HubSpot: on contacts, on deals, and which deals leave which contact."""

    record: Record
    contacts: Wanted = field(default_factory=dict)
    deals: Wanted = field(default_factory=dict)
    deal_records: list[Record] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)


# planning


def plan(run: Run, record: Record) -> Forgetting:
    """Everything of ours about this record, as HubSpot shows it now."""
    result = Forgetting(record)
    store, kind = run.store, record.kind
    ids = {*targets_of(store, kind, record.cliniko_id), *filter(None, [record.hubspot_id])}
    names = contact_names(run.readable["contacts"])
    for asked, contact in direct.read(run, "contacts", ids, names).items():
        is_current = asked == record.hubspot_id
        owner = store.records_on(kind, [contact.id]).get(contact.id)
        if owner is not None and owner.cliniko_id != record.cliniko_id:
            continue
        entries = entries_on(store, kind, record.cliniko_id, [asked, contact.id])
        other = store.records_on(OTHER[kind], [contact.id]).get(contact.id)
        changes = _contact_changes(record, contact, entries, other.kind if other else None, is_current)
        if changes:
            result.contacts[contact.id] = changes
    if kind == "patient":
        _plan_deals(run, record, result)
    return result


def _contact_changes(
    record: Record,
    contact: Contact,
    entries: Sequence[JournalEntry],
    other: Kind | None,
    is_current: bool,
) -> dict[str, tuple[str, str]]:
    props = direct.PROPS["contacts"]
    changes: dict[str, tuple[str, str]] = {}
    for name, trace in traces(entries, props).items():
        now = contact.properties.get(name, "")
        then = "" if trace.is_own else trace.before or ""
        is_ours = same_value(name, now, trace.ours, props) and not trace.is_cleared
        if now and is_ours and name not in NEVER and not same_value(name, now, then, props):
            changes[name] = (now, then)
    if is_current:
        shown = {name: value for name, value in contact.properties.items() if value and name not in NEVER}
        own = {name for name in shown if name in OWN["contacts"] or name.startswith(PREFIX)}
        changes |= {name: (shown[name], "") for name in own}
    if other is not None:
        kept = {name for name in changes if name in SHARED or is_of(other, name)}
        changes = {name: pair for name, pair in changes.items() if name not in kept}
    noted = contact.properties.get(SEPARATED, "")
    ids = [part for part in noted.split(";") if part]
    if record.kind == "patient" and record.cliniko_id in ids:
        changes[SEPARATED] = (noted, ";".join(part for part in ids if part != record.cliniko_id))
    return changes


def _plan_deals(run: Run, record: Record, result: Forgetting) -> None:
    store = run.store
    for kind in DEAL_KINDS:
        result.deal_records += store.records_where_ref(kind, "patient", record.cliniko_id)
    ids = [deal.hubspot_id for deal in result.deal_records if deal.hubspot_id]
    found = direct.read(run, "deals", ids, DEAL_NAMES & set(run.readable["deals"]))
    made = load(run).ids
    for deal in result.deal_records:
        shown = found.get(deal.hubspot_id or "")
        if shown is None:
            continue
        entries = entries_on(store, deal.kind, deal.cliniko_id, [deal.hubspot_id or ""])
        result.deals[shown.id] = _deal_changes(deal, shown, entries, made)
    on = run.hubspot.associations("deals", "contacts", list(result.deals)) if result.deals else {}
    mine = {*result.contacts, *filter(None, [record.hubspot_id])}
    result.pairs = [
        (deal, contact) for deal, contacts in on.items() for contact in contacts if contact in mine
    ]


def _deal_changes(
    deal: Record, shown: Contact, entries: Sequence[JournalEntry], made: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """Own properties blank, the deal in the stage Removed of our pipeline, its name and amount gone if ours."""
    props = direct.PROPS["deals"]
    ours = traces(entries, props, "deals")
    changes: dict[str, tuple[str, str]] = {
        name: (value, "") for name, value in shown.properties.items() if name in OWN["deals"] and value
    }
    for name, then in (("dealname", NEUTRAL_NAME), ("amount", ""), ("closedate", "")):
        now = shown.properties.get(name, "")
        if now and name in ours and same_value(name, now, ours[name].ours, props):
            changes[name] = (now, then)
    pipeline, stage = PIPELINE[deal.kind], STAGE[deal.kind]
    if shown.properties.get("pipeline") == made.get(pipeline, pipeline):
        changes["dealstage"] = (shown.properties.get("dealstage", ""), made.get(stage, stage))
    return changes


def preview(planned: Forgetting) -> list[dict[str, Any]]:
    """The lines of what would be removed; values stay unsaid, they are about to be forgotten."""
    rows: list[dict[str, Any]] = []
    mine = {deal.hubspot_id: deal for deal in planned.deal_records}
    for object_kind, wanted in (("contacts", planned.contacts), ("deals", planned.deals)):
        for hubspot_id, changes in wanted.items():
            record = mine.get(hubspot_id, planned.record)
            rows += [_row(record, hubspot_id, name, object_kind, pair) for name, pair in changes.items()]
    rows.append(_row(planned.record, None, "name", "contacts", ("", "")) | {"note": "removed_here"})
    return rows


def _row(
    record: Record, hubspot_id: str | None, name: str, object_kind: str, pair: tuple[str, str]
) -> dict[str, Any]:
    known = direct.PROPS[object_kind].get(name)
    return {
        "type": record.kind,
        "cliniko_id": record.cliniko_id,
        "hubspot_id": hubspot_id,
        "field": name,
        "label": known.label if known else name,
        "now": pair[0],
        "again": pair[1],
        "note": "",
        "undone": True,
    }


# acting


def begin(run: Run, planned: Forgetting) -> Intent:
    """Sync it no more from now on, and note what is to be removed before anything is written."""
    record = planned.record
    payload: dict[str, object] = {
        "contacts": _packed(planned.contacts),
        "deals": _packed(planned.deals),
        "pairs": [list(pair) for pair in planned.pairs],
    }
    intent = Intent(
        run.run_id,
        "hubspot",
        ACT,
        record.kind,
        record.cliniko_id,
        record.hubspot_id or "",
        payload,
        run.now(),
    )
    with run.store.write():
        run.store.save_records([replace(record, state="left_out", reason=FORGOTTEN, on_hold=False)])
        [number] = run.store.save_intents([intent])
    return replace(intent, id=number)


def _packed(wanted: Wanted) -> dict[str, dict[str, list[str]]]:
    return {key: {name: list(pair) for name, pair in changes.items()} for key, changes in wanted.items()}


def carry_out(run: Run, portal: Portal, intent: Intent, resumed: bool = False) -> dict[str, Any]:
    """Remove there, then here; returns what stays in HubSpot, with the reason."""
    here = replace_run(run, intent.run_id)
    payload: Mapping[str, Any] = intent.payload
    stays: dict[str, str] = {}
    for object_kind in ("deals", "contacts"):
        wanted = {
            key: {name: (pair[0], pair[1]) for name, pair in changes.items()}
            for key, changes in payload[object_kind].items()
        }
        for key, result in direct.change(here, object_kind, wanted, resumed).items():
            stays |= {name: why for name, why in result.stays.items() if why != direct.GONE}
            _journal(here, intent, key, result.done)
    here.hubspot.dissociate("deals", "contacts", [(pair[0], pair[1]) for pair in payload["pairs"]])
    index_afresh(here, portal, list(payload["contacts"]))
    _forget_here(here, intent.kind, intent.cliniko_id)  # type: ignore[arg-type]
    here.store.close_intents([intent.id])
    return {"stays": stays, "hubspot_id": None}


def _journal(run: Run, intent: Intent, target: str, names: Iterable[str]) -> None:
    """That something was removed, without the values: they are what is to be forgotten."""
    run.store.write_journal(
        [
            JournalEntry(
                run.run_id,
                intent.kind,
                intent.cliniko_id,
                "hubspot",
                target,
                name,
                None,
                None,
                SOURCE,
                run.now(),
            )
            for name in names
        ]
    )


def _forget_here(run: Run, kind: Kind, cliniko_id: str) -> None:
    """Names, values, visits, questions; what stays is that this id is never synced again."""
    store = run.store
    deals: list[Record] = []
    if kind == "patient":
        for deal_kind in DEAL_KINDS:
            deals += store.records_where_ref(deal_kind, "patient", cliniko_id)
    record = store.record(kind, cliniko_id)
    with store.write():
        store.save_records([_bare(one) for one in [*deals, *([record] if record else [])]])
        for one in deals:
            store.forget(one.kind, one.cliniko_id)
            forget_before(store, one.kind, one.cliniko_id)
        store.forget(kind, cliniko_id)
        forget_before(store, kind, cliniko_id)
        for conflict in store.conflicts_of(kind, [cliniko_id]):
            store.close_conflict(conflict.id, "itself", run.now())
        if kind == "patient":
            for side in (REFERRALS, OF_PATIENT):
                store.drop_side_rows(side, [cliniko_id])


def _bare(record: Record) -> Record:
    """A record of which nothing is known but whose it was and that it was forgotten."""
    refs = {name: value for name, value in record.refs.items() if name == "patient"}
    return Record(record.kind, record.cliniko_id, "left_out", reason=FORGOTTEN, refs=refs)
