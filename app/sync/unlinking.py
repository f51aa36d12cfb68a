"""The unlink request: the pair is taken apart here and in HubSpot, and never matched again (R50, R51)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.domain.ids import Kind
from app.domain.records import JournalEntry, Record, Separation
from app.sync.portal import Portal
from app.sync.ports import Contact, Input
from app.sync.requests import let_wait, wait_no_longer
from app.sync.run import Run
from app.sync.sides import KEYS

TRIGGER: Mapping[Kind, str] = {"patient": "unlink_cliniko_patient", "contact": "unlink_cliniko_contact"}
STREAM = "unlink"


def work_unlink(run: Run, portal: Portal) -> None:
    """Carry out every unlink request among the triggered contacts."""
    asked = [
        c for c in run.triggered.values() if any(c.properties.get(name) == "yes" for name in TRIGGER.values())
    ]
    if not asked:
        return
    read = portal.read([contact.id for contact in asked], fresh=True)
    for contact in {contact.id: contact for contact in read.found.values()}.values():
        run.check_stop()
        for kind, trigger in TRIGGER.items():
            if contact.properties.get(trigger) == "yes":
                _unlink(run, portal, kind, contact)


def _unlink(run: Run, portal: Portal, kind: Kind, contact: Contact) -> None:
    """Here first, then there: should the program stop between, the request still stands and is repeated."""
    record = run.store.records_on(kind, [contact.id]).get(contact.id)
    if record is None:
        record = _by_key(run, kind, contact)
    if contact.properties.get("cliniko_sync_hold") == "true" or (record is not None and record.on_hold):
        run.counters(STREAM).held += 1
        let_wait(run, contact)
        return
    wait_no_longer(run, contact.id)
    if record is not None:
        forget_pair(run, record, contact.id)
    changes = unlink_changes(run, kind, contact, record.cliniko_id if record else "")
    changes[TRIGGER[kind]] = "no"
    written = run.hubspot.batch_update("contacts", [Input(f"unlink-{contact.id}", contact.id, changes)])
    counters = run.counters(STREAM)
    if any(answer.refusal or answer.unknown for answer in written):
        counters.failed += 1
        run.problem(
            "refused", "HubSpot did not accept the unlinking.", STREAM, record.cliniko_id if record else ""
        )
        return
    run.store.write_journal(
        [
            JournalEntry(
                run.run_id,
                kind,
                record.cliniko_id if record else "",
                "hubspot",
                contact.id,
                name,
                contact.properties.get(name) or "",
                value,
                "unlink",
                run.now(),
            )
            for name, value in changes.items()
        ]
    )
    portal.wrote([(contact.id, {**contact.properties, **changes}, written[0].updated_at or "")])
    counters.updated += 1
    _tell_other(run, kind, contact.id)


def _tell_other(run: Run, kind: Kind, contact_id: str) -> None:
    """A record of the other kind that stays on the contact writes the standard properties and the kind now."""
    other: Kind = "contact" if kind == "patient" else "patient"
    for record in run.store.records_on(other, [contact_id]).values():
        run.want("contacts" if other == "contact" else "patients", [record.cliniko_id])


def _by_key(run: Run, kind: Kind, contact: Contact) -> Record | None:
    key = contact.properties.get(KEYS[kind][0]) or ""
    if not key:
        return None
    known = run.store.record(kind, key)
    if known is not None and known.hubspot_id not in (None, contact.id):
        return None
    return known or Record(kind, key, "unlinked")


def forget_pair(run: Run, record: Record, contact_id: str) -> None:
    """Remove the link here and remember that the two never belong together again."""
    loose = replace(
        record,
        state="unlinked",
        hubspot_id=None,
        reason="unlinked",
        row_hash="",
        fields={},
        rule=None,
        refs={**record.refs, "was_on": contact_id},
    )
    with run.store.write():
        run.store.save_records([loose])
        run.store.save_separations([Separation(record.kind, record.cliniko_id, contact_id)])


def unlink_changes(run: Run, kind: Kind, contact: Contact, cliniko_id: str) -> dict[str, str]:
    """What is cleared on the contact, and the note that outlives a lost database."""
    names = run.names["contacts"]
    changes = {name: "" for name in KEYS[kind] if name in names and contact.properties.get(name)}
    noted = "cliniko_not_patient_ids"
    if kind == "patient" and cliniko_id and noted in names:
        ids = [part for part in (contact.properties.get(noted) or "").split(";") if part]
        if cliniko_id not in ids:
            changes[noted] = ";".join([*ids, cliniko_id])
    return changes
