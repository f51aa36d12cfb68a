"""What repairing a wrong pairing comes to: the values that came from the wrong record, and its deals. Pure (R52)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.ids import Kind
from app.domain.records import JournalEntry, Record
from app.schema.catalogue import CATALOGUE
from app.streams.custom_fields import PREFIX
from app.sync.direct import CHANGED, PROPS
from app.sync.ports import Contact
from app.sync.sides import KEYS
from app.sync.storage import Storage
from app.sync.traces import Trace, entries_on, same_value, targets_of, traces

SEPARATED = "cliniko_not_patient_ids"
RECORD_KIND = "cliniko_record_kind"

NEVER = frozenset(
    {
        SEPARATED,
        "cliniko_sync_hold",
        "lifecyclestage",
        *(row.name for row in CATALOGUE.triggers),
    }
)
"""Not restored: what a person says through them, and a stage that HubSpot only lets go forward."""

IDENTITY = ("firstname", "lastname", "email")
KEPT, DEALS_STAY = "still_this_person", "deals_stay"


@dataclass(frozen=True)
class Repair:
    """What is done to the contact that a record leaves. `changes` name → (shown now, shown then), `stays` name →
    why, `deals` the records of its deals."""

    record: Record
    contact_id: str
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    stays: Mapping[str, str] = field(default_factory=dict)
    deals: tuple[Record, ...] = ()


def plan_repair(
    record: Record,
    contact: Contact,
    entries: Sequence[JournalEntry],
    deals: Iterable[Record],
    other_kind: Kind | None,
    names: frozenset[str],
) -> Repair:
    """The repair of one contact. `entries` are what was written to it for this record, newest first; `other_kind`
    is the kind of person that stays on it, `names` the properties that exist in HubSpot."""
    props = PROPS["contacts"]
    changes: dict[str, tuple[str, str]] = {}
    stays: dict[str, str] = {}
    found = traces(entries, props)
    kept = is_whole(record, contact, found)
    for name, trace in found.items():
        if name in NEVER or name in KEYS[record.kind] or name not in names or trace.is_cleared:
            continue
        if other_kind is not None and (name in SHARED or is_of(other_kind, name)):
            continue
        now, then = contact.properties.get(name, ""), trace.before or ""
        if not same_value(name, now, trace.ours, props):
            stays[name] = CHANGED
        elif kept and not trace.is_own:
            stays[name] = KEPT
        elif not same_value(name, now, then, props):
            changes[name] = (now, then)
    changes |= key_changes(record, contact, names)
    if other_kind is not None and contact.properties.get(RECORD_KIND) == "both":
        changes[RECORD_KIND] = ("both", other_kind)
    return Repair(record, contact.id, changes, stays, tuple(deals))


SHARED = frozenset(row.name for row in CATALOGUE.owned if row.group == "cliniko_sync")


def is_of(kind: Kind, name: str) -> bool:
    row = CATALOGUE.named("contacts", name)
    group = {"patient": ("cliniko_patient", "cliniko_activity"), "contact": ("cliniko_contact",)}
    if row is None:
        return kind == "patient" and name.startswith(PREFIX)
    return row.group in group.get(kind, ())


def key_changes(record: Record, contact: Contact, names: frozenset[str]) -> dict[str, tuple[str, str]]:
    """Key, id and address of the record taken off, and for a patient the note that outlives a lost database."""
    key = contact.properties.get(KEYS[record.kind][0], "")
    mine = key in ("", record.cliniko_id)
    changes = {
        name: (contact.properties[name], "")
        for name in KEYS[record.kind]
        if mine and name in names and contact.properties.get(name)
    }
    if record.kind == "patient" and SEPARATED in names:
        noted = contact.properties.get(SEPARATED, "")
        ids = [part for part in noted.split(";") if part]
        if record.cliniko_id not in ids:
            changes[SEPARATED] = (noted, ";".join([*ids, record.cliniko_id]))
    return changes


def is_whole(record: Record, contact: Contact, found: Mapping[str, Trace]) -> bool:
    """Whether the contact was made for this record and still is this person by name and address: then nothing
    on it came from somebody wrong, and its name and address stay."""
    if record.rule != "created":
        return False
    props = PROPS["contacts"]
    return all(
        same_value(name, contact.properties.get(name, ""), found[name].ours, props)
        for name in IDENTITY
        if name in found
    )


def deals_of(store: Storage, patient_id: str, contact_ids: Iterable[str]) -> list[Record]:
    """The deals made for one patient that hang on these contacts, as we remember them."""
    wanted = set(contact_ids)
    return [
        record
        for kind in DEAL_KINDS
        for record in store.records_where_ref(kind, "patient", patient_id)
        if record.hubspot_id and record.refs.get("contact") in wanted
    ]


DEAL_KINDS: tuple[Kind, ...] = ("appointment", "invoice")


@dataclass(frozen=True)
class Leftover:
    """What an unlinking left on a contact: the properties by name, and how many deals."""

    contact_id: str
    properties: tuple[str, ...]
    deals: tuple[str, ...]


def leftovers(store: Storage, kind: Kind, cliniko_id: str) -> list[Leftover]:
    """What is left to clean up on contacts this record was separated from, by our own memory (R50)."""
    apart = store.separations(kind, [cliniko_id]).get(cliniko_id, frozenset())
    found: list[Leftover] = []
    for contact_id in targets_of(store, kind, cliniko_id) if apart else ():
        if contact_id not in apart:
            continue
        entries = entries_on(store, kind, cliniko_id, [contact_id])
        left = traces(entries, PROPS["contacts"]).values()
        names = tuple(sorted(t.field for t in left if t.field not in NEVER and not t.is_cleared))
        deals = deals_of(store, cliniko_id, [contact_id]) if kind == "patient" else []
        if names or deals:
            found.append(Leftover(contact_id, names, tuple(d.cliniko_id for d in deals)))
    return found


def as_rows(repair: Repair) -> list[dict[str, Any]]:
    """The lines of a preview, for the window and the command line."""
    props = PROPS["contacts"]
    rows = [
        {
            "type": repair.record.kind,
            "cliniko_id": repair.record.cliniko_id,
            "hubspot_id": repair.contact_id,
            "field": name,
            "label": props[name].label if name in props else name,
            "now": now,
            "again": then,
            "note": "",
            "undone": True,
        }
        for name, (now, then) in repair.changes.items()
    ]
    rows += [
        {
            "type": repair.record.kind,
            "cliniko_id": repair.record.cliniko_id,
            "hubspot_id": repair.contact_id,
            "field": name,
            "label": props[name].label if name in props else name,
            "now": "",
            "again": "",
            "note": why,
            "undone": False,
        }
        for name, why in repair.stays.items()
    ]
    return rows
