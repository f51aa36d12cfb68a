"""Single records: where they are or why not; repair, hold, forget; searching people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import Any, Protocol

from app.domain.ids import Kind
from app.domain.records import Person
from app.errors import KeysRefused, NotSetUp, RightsMissing, TryLater
from app.schema.catalogue import CATALOGUE
from app.service.contact_search import ContactClient, FoundContacts, LinkStore, find_contacts
from app.wording import note_words, reason_words, undo_words

MOST_NAMED = 12
"""Properties that one sentence names; further ones are counted."""


class PeopleStore(LinkStore, Protocol):
    """Finding people by whatever is typed."""

    def search_people(
        self, text: str, limit: int = 50, offset: int = 0, kind: Kind | None = None
    ) -> list[Person]: ...
    def backup(self, folder: Path, keep: int = 7) -> Path | None: ...


class PeopleEngine(Protocol):
    """What works on single records."""

    def why(self, kind: Kind, cliniko_id: str, ask_cliniko: bool = False) -> dict[str, Any]: ...
    def unlink(
        self, kind: Kind, cliniko_id: str, move_deals: bool = True, dry_run: bool = False
    ) -> dict[str, Any]: ...
    def relink(
        self, kind: Kind, cliniko_id: str, hubspot_id: str, dry_run: bool = False
    ) -> dict[str, Any]: ...
    def hold(self, kind: Kind, cliniko_id: str, dry_run: bool = False) -> dict[str, Any]: ...
    def release(self, kind: Kind, cliniko_id: str, dry_run: bool = False) -> dict[str, Any]: ...
    def forget(self, kind: Kind, cliniko_id: str, dry_run: bool = False) -> dict[str, Any]: ...


class People:
    """Answers for single records. `memory` gives an engine that needs neither keys nor network, `engine` the real
    one (raises NotSetUp without keys); `lock` is held while anything is written; `hubspot` searches there.
    `copies` is the folder of the copies of the local data."""

    def __init__(
        self,
        memory: Callable[[], PeopleEngine],
        store: Callable[[], PeopleStore],
        engine: Callable[[], PeopleEngine],
        lock: Callable[[], AbstractContextManager[object]],
        hubspot: Callable[[], ContactClient],
        copies: Path | None = None,
    ) -> None:
        self._copies = copies
        self._hubspot = hubspot
        self._memory, self._store, self._engine, self._lock = memory, store, engine, lock

    def why(self, kind: Kind, cliniko_id: str) -> dict[str, Any]:
        """The object of `why --json`, its reason as plain sentences (R82). One that was never met is looked up in
        Cliniko where the keys are set."""
        found = dict(self._memory().why(kind, cliniko_id))
        if found["state"] == "unknown":
            # Why must not need the network: what was never met stays unknown then.
            with suppress(NotSetUp, TryLater, KeysRefused, RightsMissing):
                found = dict(self._engine().why(kind, cliniko_id, ask_cliniko=True))
        notes = found.pop("notes", [])
        words = [str(reason_words(str(found.get("reason") or ""), kind, str(found.get("state") or "")))]
        words += [_note(note) for note in notes]
        found["reason"] = " ".join(filter(None, words)) or None
        return found

    def search(self, text: str, limit: int = 50, offset: int = 0, kind: Kind | None = None) -> list[Person]:
        """One page of people whose name or id fits."""
        return self._store().search_people(text, limit, offset, kind)

    def find_contacts(self, text: str) -> FoundContacts:
        """HubSpot contacts by name, e-mail, phone, id or web address, with who is linked to each. One call to HubSpot.
        Raises BadInput for too little, NotSetUp, KeysRefused, RightsMissing, TryLater."""
        return find_contacts(self._hubspot(), self._store(), text)

    # repair (R52): all raise BadInput for an unknown id; the answers hold `changes` as lines of a preview

    def unlink(
        self, kind: Kind, cliniko_id: str, move_deals: bool = True, dry_run: bool = False
    ) -> dict[str, Any]:
        """Take a wrong pairing apart and repair it; with `dry_run` only what would be done."""
        engine = self._engine()
        with self._held(dry_run):
            return _worded(engine.unlink(kind, cliniko_id, move_deals, dry_run))

    def relink(self, kind: Kind, cliniko_id: str, hubspot_id: str, dry_run: bool = False) -> dict[str, Any]:
        """The same, with an existing contact instead of a new one."""
        engine = self._engine()
        with self._held(dry_run):
            return _worded(engine.relink(kind, cliniko_id, hubspot_id, dry_run))

    def hold(self, kind: Kind, cliniko_id: str, dry_run: bool = False) -> dict[str, Any]:
        """Stop all writing to a record, and to its deals, until it is released (R84)."""
        with self._held(dry_run):
            return _worded(self._engine_or_memory().hold(kind, cliniko_id, dry_run))

    def release(self, kind: Kind, cliniko_id: str, dry_run: bool = False) -> dict[str, Any]:
        """Sync it again; the next run brings what was missed."""
        with self._held(dry_run):
            return _worded(self._engine_or_memory().release(kind, cliniko_id, dry_run))

    def forget(self, kind: Kind, cliniko_id: str, dry_run: bool = False) -> dict[str, Any]:
        """Remove our values in HubSpot and here, the copies of the local data included. Cannot be taken back."""
        engine = self._engine()
        with self._held(dry_run):
            answer = _worded(engine.forget(kind, cliniko_id, dry_run))
            if not dry_run and self._copies is not None:
                # A copy from before would bring everything back when it is restored: only a new one stays.
                self._store().backup(self._copies, keep=1)
            return answer

    def _held(self, dry_run: bool) -> AbstractContextManager[object]:
        """The lock, which a mere look does not need."""
        return nullcontext() if dry_run else self._lock()

    def _engine_or_memory(self) -> PeopleEngine:
        """What is only noted here needs no keys."""
        try:
            return self._engine()
        except NotSetUp:
            return self._memory()


def _worded(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The answer with its notes as sentences."""
    rows = [{**row, "note": str(undo_words(row["note"]))} for row in answer.get("changes", [])]
    stays = {
        label_of(name): str(undo_words(str(why))) for name, why in dict(answer.get("stays") or {}).items()
    }
    return {**answer, "changes": rows, **({"stays": stays} if "stays" in answer else {})}


def _note(note: Mapping[str, Any]) -> str:
    values = dict(note)
    if note["code"] == "left_to_clean":
        values["what"] = _leftover_words(note["properties"], note["deals"])
    return str(note_words(str(note["code"]), values))


def _leftover_words(properties: Sequence[str], deals: Sequence[str]) -> str:
    labels = [label_of(name) for name in properties]
    parts = labels[:MOST_NAMED]
    if len(labels) > MOST_NAMED:
        parts.append(f"{len(labels) - MOST_NAMED} more values")
    if deals:
        parts.append(f"{len(deals)} deal" + ("s" if len(deals) > 1 else ""))
    return ", ".join(parts)


def label_of(name: str) -> str:
    """What HubSpot calls one of our properties, its name where it is none."""
    row = CATALOGUE.named("contacts", name) or CATALOGUE.named("deals", name)
    return row.label if row is not None else name
