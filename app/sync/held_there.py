"""A hold as HubSpot shows it: `cliniko_sync_hold` says the same there as is remembered here (R84, schema §5).

A hold or release given here is written to the contact at once, or by the next execution where HubSpot could not be
reached; what a person lifts there is lifted here. So a hold outlives a lost database, and everybody sees it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.ids import Kind
from app.domain.records import JournalEntry, Record
from app.sync import direct
from app.sync.holding import SOURCE, TO_SHOW, release
from app.sync.ports import Contact, Input
from app.sync.run import Run

HOLD = "cliniko_sync_hold"
SHOWN = "hold_shown"
"""In a record's refs: the contact that says of it that it is on hold."""

PEOPLE: tuple[Kind, ...] = ("patient", "contact")
BATCH = 100


def show_holds(run: Run) -> None:
    """Write to the contacts what was decided here and is not known there yet. Costs nothing where there is nothing.

    Raises what the client raises; whatever was not answered is looked at again by the next execution (I3)."""
    if run.is_rehearsal:
        return
    while ids := run.store.side_ids(TO_SHOW, BATCH):
        if HOLD not in run.readable.get("contacts", ()):
            # The plan had no room for it: the hold stands here alone.
            run.store.drop_side_rows(TO_SHOW, ids)
            continue
        _show(run, ids)


def _show(run: Run, ids: Sequence[str]) -> None:
    store = run.store
    found = direct.read(run, "contacts", ids, [HOLD])
    contacts = {asked: contact for asked, contact in found.items() if contact.id == asked}
    rows = store.side_rows(TO_SHOW, contacts)
    wish = {asked: "true" if _records(run, asked, True) else "false" for asked in contacts}
    differing = {asked: contacts[asked] for asked in contacts if _says(contacts[asked]) != wish[asked]}
    # What is about to be replaced, so that the journal has it whenever the answer comes (I12).
    before = {
        key: {**rows[key], "old": contact.properties.get(HOLD) or ""} for key, contact in differing.items()
    }
    store.save_side_rows(TO_SHOW, before)
    rows |= before
    refused = set()
    if differing:
        inputs = [Input(f"hold-{key}", key, {HOLD: wish[key]}) for key in differing]
        for answer in run.hubspot.batch_update("contacts", inputs):
            if answer.refusal is not None or answer.unknown:
                refused.add(answer.trace.removeprefix("hold-"))
    if refused:
        run.problem("refused", "HubSpot did not accept that a contact is shown as on hold.", "patients")
    for key in set(contacts) - refused:
        _note(run, key, wish[key], rows[key])
    store.drop_side_rows(TO_SHOW, ids)


def _note(run: Run, contact_id: str, value: str, row: Mapping[str, Any]) -> None:
    run.chain.portal_cache.forget(contact_id)
    with run.store.write():
        shown = {SHOWN: contact_id} if value == "true" else {}
        run.store.save_records(
            [
                replace(record, refs={n: v for n, v in record.refs.items() if n != SHOWN} | shown)
                for record in _records(run, contact_id, None)
            ]
        )
        if "old" in row:
            run.store.write_journal(
                [
                    JournalEntry(
                        run.run_id,
                        str(row["kind"]),
                        str(row["cliniko_id"]),
                        "hubspot",
                        contact_id,
                        HOLD,
                        str(row["old"]),
                        value,
                        SOURCE,
                        run.now(),
                    )
                ]
            )


def _records(run: Run, contact_id: str, on_hold: bool | None) -> list[Record]:
    """The people on this contact; only those that are (not) on hold here where that is asked."""
    found = [run.store.records_on(kind, [contact_id]).get(contact_id) for kind in PEOPLE]
    return [one for one in found if one is not None and on_hold in (None, one.on_hold)]


def _says(contact: Contact) -> str:
    return "true" if contact.properties.get(HOLD) == "true" else "false"


def lift(run: Run, changed: Sequence[Contact]) -> None:
    """Contacts on which a person lifted a hold: one given there ends, and one given here that they showed is
    released here too; the record is read afresh by this execution."""
    free = [row for row in changed if _says(row) == "false"]
    for kind in PEOPLE:
        for contact_id, record in run.store.records_on(kind, [row.id for row in free]).items():
            if record.reason == "hubspot_hold":
                run.want("patients" if kind == "patient" else "contacts", [record.cliniko_id])
            elif record.on_hold and record.refs.get(SHOWN) == contact_id:
                if run.store.side_rows(TO_SHOW, [contact_id]):
                    continue
                release(run.store, run.run_id, run.now(), record, is_lifted_there=True)
