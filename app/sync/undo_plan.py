"""One execution's journal as what would take it back. Pure (R81).

A property goes back to what stood there before the execution's first write of it, and only while the service
still shows the execution's last. What was made by it (a contact, a deal, a patient) is never deleted, only told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.domain.ids import Kind
from app.domain.records import JournalEntry
from app.domain.stream import ObjectKind
from app.schema.catalogue import CATALOGUE, KEY_OF, OBJECT_OF
from app.streams.custom_fields import PREFIX
from app.sync.traces import CONTACT_NAMES, DEAL_NAMES

HERE = "clinicbridge"
STAMP = "cliniko_last_synced_at"
OF_PERSONS = frozenset({"repair", "undo"})
"""Sources of what a person did by hand: those values go back whole, stamps included."""

CREATED, FORGOTTEN, NOT_UNDOABLE = "created_stays", "forgotten", "not_undoable"
NAMES = {"contacts": CONTACT_NAMES, "deals": DEAL_NAMES}

Pair = tuple[str, str]
"""(what the service must still show, what it is to show again)."""


@dataclass(frozen=True)
class Owner:
    """Whose values stand on a HubSpot record: kind and id in Cliniko."""

    kind: Kind
    cliniko_id: str


@dataclass
class Undoing:
    """What taking one execution back comes to."""

    hubspot: dict[ObjectKind, dict[str, dict[str, Pair]]] = field(
        default_factory=lambda: {"contacts": {}, "deals": {}}
    )
    owners: dict[str, Owner] = field(default_factory=dict)
    """HubSpot id → whose record it is."""
    cliniko: dict[Owner, dict[str, Pair]] = field(default_factory=dict)
    moved: list[JournalEntry] = field(default_factory=list)
    here: list[JournalEntry] = field(default_factory=list)
    """Separations, holds and answers in our own memory, newest first."""
    stays: list[tuple[JournalEntry, str]] = field(default_factory=list)


def plan_undo(entries: Sequence[JournalEntry]) -> Undoing:
    """The plan for one execution's entries, oldest first."""
    result = Undoing()
    made = _made(entries)
    left_for = {entry.target_id for entry in entries if _is_here(entry, "link") and entry.new}
    born = {Owner(e.kind, e.cliniko_id) for e in entries if _is_birth(e)}  # type: ignore[arg-type]
    told: set[tuple[str, str]] = set()
    for entry in entries:
        if entry.service == HERE:
            if entry.field == "answer" and entry.new in ("merge", "remove"):
                result.stays.append((entry, NOT_UNDOABLE))
            elif entry.field != "link":
                result.here.insert(0, entry)
            continue
        if entry.new is None:
            result.stays.append((entry, FORGOTTEN))
        elif entry.service == "cliniko":
            _add_cliniko(result, entry, born, told)
        elif entry.kind not in OBJECT_OF:
            result.stays.append((entry, NOT_UNDOABLE))
        elif entry.field == "contact" and entry.kind in ("appointment", "invoice"):
            result.moved.append(entry)
        elif entry.target_id in made and entry.target_id not in left_for:
            if (entry.target_id, "made") not in told:
                told.add((entry.target_id, "made"))
                result.stays.append((entry, CREATED))
        else:
            _add_hubspot(result, entry, entry.target_id in made, born)
    return result


def _made(entries: Iterable[JournalEntry]) -> set[str]:
    """HubSpot records that this execution made: their key was written where nothing had been read before."""
    return {
        entry.target_id
        for entry in entries
        if entry.service == "hubspot"
        and entry.kind in KEY_OF
        and entry.field == KEY_OF[entry.kind]
        and entry.old is None
        and entry.source not in OF_PERSONS
    }


def _is_here(entry: JournalEntry, name: str) -> bool:
    return entry.service == HERE and entry.field == name


def _is_birth(entry: JournalEntry) -> bool:
    """Whether this line is of a record that was made in Cliniko: it had no name before."""
    return entry.service == "cliniko" and entry.field == "first_name" and entry.old is None


def _add_cliniko(result: Undoing, entry: JournalEntry, born: set[Owner], told: set[tuple[str, str]]) -> None:
    owner = Owner(entry.kind, entry.cliniko_id)  # type: ignore[arg-type]
    if owner in born:
        if (entry.cliniko_id, "born") not in told:
            told.add((entry.cliniko_id, "born"))
            result.stays.append((entry, CREATED))
    elif entry.field == "referral_source":
        result.stays.append((entry, NOT_UNDOABLE))
    else:
        fields = result.cliniko.setdefault(owner, {})
        before = fields[entry.field][1] if entry.field in fields else entry.old or ""
        fields[entry.field] = (entry.new or "", before)


def _add_hubspot(result: Undoing, entry: JournalEntry, was_made: bool, born: set[Owner]) -> None:
    kind = OBJECT_OF[entry.kind]  # type: ignore[index]
    owner = Owner(entry.kind, entry.cliniko_id)  # type: ignore[arg-type]
    name = entry.field
    is_known = name in NAMES[kind] or name.startswith(PREFIX)
    if not is_known or (name == STAMP and entry.source not in OF_PERSONS and not was_made):
        return
    if owner in born and name.startswith(f"cliniko_{entry.kind}_"):
        # The record it was made for stays in Cliniko, so the two stay linked.
        return
    row = CATALOGUE.named(kind, name)
    if row is not None and row.trigger:
        return
    if was_made and not (name == "email" or (row is not None and not row.standard)):
        return
    changes = result.hubspot[kind].setdefault(entry.target_id, {})
    before = changes[name][1] if name in changes else entry.old or ""
    changes[name] = (entry.new or "", before)
    result.owners[entry.target_id] = owner
