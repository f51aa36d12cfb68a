"""Who owns a deal in HubSpot: practitioner → user → e-mail → owner, with a table by hand and a fallback (R26)."""

from __future__ import annotations

from dataclasses import replace

from app.domain.conflicts import Conflict
from app.errors import RightsMissing
from app.sync.accounts import CATALOGUE_AGE
from app.sync.lists import Lists
from app.sync.questions import ask
from app.sync.run import Run


class Owners:
    """Owner ids for one execution; HubSpot's owners are cached and read afresh daily and on an unknown address."""

    def __init__(self, run: Run, lists: Lists) -> None:
        self._run = run
        self._lists = lists
        self._by_email: dict[str, str] | None = None
        self._refreshed = False

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
            self._ask(practitioner_id)
        return owner or fallback

    def _owner(self, email: str) -> str:
        known = self._owners(False)
        if email not in known and not self._refreshed:
            # Noted as unknown, so that the list is asked for once a day and not at every execution.
            known = {email: "", **self._owners(True)}
            self._run.store.set_cached("hubspot_owners", known, self._run.now())
            self._by_email = known
        return known.get(email, "")

    def _owners(self, refresh: bool) -> dict[str, str]:
        run = self._run
        if self._by_email is not None and not refresh:
            return self._by_email
        kept = run.store.cached("hubspot_owners")
        if kept is not None and not refresh and run.now() - kept[1] < CATALOGUE_AGE:
            self._by_email = dict(kept[0])
            return self._by_email
        self._refreshed = True
        try:
            owners = {o.email: o.id for o in run.hubspot.owners() if o.email and not o.archived}
        except RightsMissing:
            run.note_once(
                "no_owners", "The HubSpot key may not read owners; deals get no owner.", "appointments"
            )
            owners = {}
        run.store.set_cached("hubspot_owners", owners, run.now())
        self._by_email = owners
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
