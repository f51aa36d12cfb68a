"""Who owns a deal in HubSpot: practitioner → user → e-mail → owner, with a table by hand and a fallback (R26)."""

from __future__ import annotations

from dataclasses import replace

from app.domain.conflicts import Conflict
from app.errors import RightsMissing
from app.sync.accounts import CATALOGUE_AGE
from app.sync.lists import Lists
from app.sync.questions import ask
from app.sync.run import Run

CACHED = "hubspot_owners"


IGNORED = "owners.ignored"
"""Side rows: practitioners whose deals a person leaves without any owner."""


def run_ignored(run: Run) -> frozenset[str]:
    """The practitioners of `IGNORED`, looked up once a chain."""
    kept: list[frozenset[str]] = run.chain.gathered.setdefault(IGNORED, [])
    if not kept:
        kept.append(frozenset(run.store.side_ids(IGNORED, 10_000)))
    return kept[0]


class Owners:
    """Owner ids for one execution; HubSpot's owners are cached and read afresh daily and on an unknown address."""

    def __init__(self, run: Run, lists: Lists) -> None:
        self._run = run
        self._lists = lists

    def owner_of(self, practitioner_id: str, contact_owner: str = "") -> str:
        """The HubSpot owner id of a deal, "" for none. `contact_owner` is the contact's own owner."""
        settings = self._run.settings
        way = settings.text("deals.owner")
        fallback = settings.text("deals.fallback_owner")
        if way == "none":
            return ""
        if way == "fixed":
            return settings.text("deals.fixed_owner") or fallback
        if way == "contact_owner":
            return contact_owner or fallback
        by_hand = settings.table("deals.owner_table").get(practitioner_id)
        if by_hand:
            return by_hand
        email = self._lists.practitioner_email(practitioner_id)
        owner = self._owner(email) if email else ""
        if email and not owner:
            if practitioner_id in run_ignored(self._run):
                return ""
            self._ask(practitioner_id)
        return owner or fallback

    def _owner(self, email: str) -> str:
        known = self._owners()
        if email not in known:
            if not self._run.chain.owners_read:
                known = self._read(known)
            if email not in known:
                # Noted as unknown, so that the list is asked for once a day and not at every execution.
                known[email] = ""
                kept = self._run.store.cached(CACHED)
                self._run.store.set_cached(CACHED, known, kept[1] if kept else self._run.now())
        return known[email]

    def _owners(self) -> dict[str, str]:
        """Address to owner id, "" where HubSpot has no such user; one look-up per chain of executions."""
        run = self._run
        if run.chain.owners is None:
            kept = run.store.cached(CACHED)
            if kept is None or run.now() - kept[1] >= CATALOGUE_AGE:
                return self._read({})
            run.chain.owners = dict(kept[0])
        return run.chain.owners

    def _read(self, before: dict[str, str]) -> dict[str, str]:
        """HubSpot's owners afresh; addresses that were unknown before stay noted as such."""
        run = self._run
        run.chain.owners_read = True
        try:
            read = {o.email: o.id for o in run.hubspot.owners() if o.email and not o.archived}
        except RightsMissing:
            run.note_once(
                "no_owners", "The HubSpot key may not read owners; deals get no owner.", "appointments"
            )
            read = {}
        owners = {**{email: "" for email, owner in before.items() if not owner}, **read}
        run.store.set_cached(CACHED, owners, run.now())
        run.chain.owners = owners
        return owners

    def _ask(self, practitioner_id: str) -> None:
        """Open one question for a practitioner without a HubSpot user; it holds nothing back."""
        run = self._run
        if f"owner:{practitioner_id}" in run.chain.notes:
            return
        run.chain.notes.add(f"owner:{practitioner_id}")
        past = run.store.remembered("practitioner", [practitioner_id])
        practitioner = self._lists.practitioner(practitioner_id)
        conflict: Conflict = ask(
            "owner_missing",
            "practitioner",
            practitioner_id,
            person=practitioner.name if practitioner else "",
            practitioner=practitioner.name if practitioner else "",
        )
        if not any(answer.kind == "owner_missing" for answer in past):
            run.store.open_conflict(replace(conflict, opened_at=run.now()))
