"""What people do in HubSpot's window, and looks at the account that no program gets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from app.sandbox.hubspot_associations import Associations
from app.sandbox.hubspot_data import UI, Account, PortalData
from app.sandbox.hubspot_kinds import CONTACTS, DEALS, Kind, kind_of, millis
from app.sandbox.hubspot_merging import Merging
from app.sandbox.hubspot_objects import Objects
from app.sandbox.hubspot_records import Record, Values
from app.sandbox.hubspot_schema import Schema
from app.sandbox.hubspot_shown import full
from app.sandbox.hubspot_switches import Plan, Switches
from app.sandbox.hubspot_writes import Claims, Writes
from app.sandbox.messages import Now


class HubSpotDesk(PortalData):
    """A user at work. Ids are text; unknown ones raise KeyError, values HubSpot refuses raise Refusal.

    Unlike a program, the user may also set what is read-only for programs, such as `hs_email_optout`.
    """

    def __init__(
        self,
        now: Now,
        plan: str | Plan = "professional",
        switches: Switches | None = None,
        account: Account | None = None,
    ) -> None:
        super().__init__(now, plan, switches, account)
        self._writes = Writes(self)
        self._objects = Objects(self, self._writes)
        self._merging = Merging(self, self._objects)
        self._schema = Schema(self)
        self._associations = Associations(self, self._objects)

    # Records

    def add_contact(self, *, created_at: datetime | None = None, **properties: str) -> str:
        """A new contact; returns its id. `created_at` backdates it and its last change."""
        return self._add(CONTACTS, properties, created_at)

    def add_deal(
        self, *, contact: str | None = None, created_at: datetime | None = None, **properties: str
    ) -> str:
        """A new deal, linked to a contact where one is named; returns its id."""
        with self.lock:
            holder = None if contact is None else self.record(CONTACTS, contact)
            deal_id = self._add(DEALS, properties, created_at)
            if holder is not None:
                self.link(deal_id, holder.id)
            return deal_id

    def edit_contact(self, contact_id: str, **properties: str) -> None:
        """Type other values into a contact ("" empties a field)."""
        self._edit(CONTACTS, contact_id, properties)

    def edit_deal(self, deal_id: str, **properties: str) -> None:
        """Type other values into a deal ("" empties a field)."""
        self._edit(DEALS, deal_id, properties)

    def move_deal(self, deal_id: str, pipeline: str, stage: str) -> None:
        """Drag a deal to a stage."""
        self._edit(DEALS, deal_id, {"pipeline": pipeline, "dealstage": stage})

    def delete_contact(self, contact_id: str) -> None:
        """Put a contact into the recycle bin."""
        self._delete(CONTACTS, contact_id)

    def delete_deal(self, deal_id: str) -> None:
        """Put a deal into the recycle bin."""
        self._delete(DEALS, deal_id)

    def restore(self, contact_id: str, kind: str = "contacts") -> None:
        """Take a record out of the recycle bin; ValueError when a unique value is taken meanwhile."""
        with self.lock:
            records = self.records[kind_of(kind).name]
            records.unshelve(records.archived[contact_id], self.now_ms(), self.lag_ms())
            self.note("restore", kind_of(kind), contact_id, UI)

    def erase_contact(self, contact_id: str) -> None:
        """Delete a contact for ever, as data protection demands; its addresses are blocked."""
        with self.lock:
            self._merging.forget(self.record(CONTACTS, contact_id), UI)

    def merge_contacts(self, primary_id: str, other_id: str) -> str:
        """Merge two contacts; returns the id of the survivor."""
        with self.lock:
            return self._merging.merge(CONTACTS, primary_id, other_id, UI).id

    def merge_deals(self, primary_id: str, other_id: str) -> str:
        """Merge two deals; returns the id of the survivor."""
        with self.lock:
            return self._merging.merge(DEALS, primary_id, other_id, UI).id

    def link(self, deal_id: str, contact_id: str) -> None:
        """Put a deal on a contact as well."""
        with self.lock:
            self.links.join(
                DEALS, self.record(DEALS, deal_id).id, CONTACTS, self.record(CONTACTS, contact_id).id
            )

    def unlink(self, deal_id: str, contact_id: str) -> None:
        """Take a deal off a contact."""
        with self.lock:
            self.links.part(DEALS, deal_id, CONTACTS, contact_id)

    def bulk_touch(self, at: datetime, ids: Iterable[str] | None = None, kind: str = "contacts") -> None:
        """A job of HubSpot's own that stamps many records (all, unless named) with one time."""
        with self.lock:
            records = self.records[kind_of(kind).name]
            chosen = list(records.active.values()) if ids is None else [records.active[one] for one in ids]
            records.stamp_all(chosen, millis(at), self.lag_ms())

    # Looking

    def record(self, kind: Kind, record_id: str) -> Record:
        """The active record behind an id, old ids included."""
        found = self.of(kind).get(record_id)
        if found is None:
            raise KeyError(record_id)
        return found

    def contacts(self) -> dict[str, Values]:
        """Every active contact's properties, without what is empty, by id."""
        return self._all(CONTACTS)

    def deals(self) -> dict[str, Values]:
        """Every active deal's properties, without what is empty, by id."""
        return self._all(DEALS)

    def contact(self, contact_id: str) -> Values:
        """One contact's properties, without what is empty; after a merge the survivor's."""
        with self.lock:
            return full(self, CONTACTS, self.record(CONTACTS, contact_id))

    def deal(self, deal_id: str) -> Values:
        """One deal's properties, without what is empty."""
        with self.lock:
            return full(self, DEALS, self.record(DEALS, deal_id))

    def by_email(self, address: str) -> Values | None:
        """The contact with this address, main or further, if there is one."""
        with self.lock:
            record = self.of(CONTACTS).holder("email", address.strip().lower())
            return full(self, CONTACTS, record) if record else None

    def having(self, kind: str, name: str, value: str) -> list[Values]:
        """The active records with this stored value."""
        of = kind_of(kind)
        with self.lock:
            return [
                full(self, of, record)
                for record in self.of(of).active.values()
                if record.values.get(name) == value
            ]

    def deals_of(self, contact_id: str) -> list[str]:
        """The active deals on a contact, by id."""
        with self.lock:
            linked = self.links.of(CONTACTS, self.record(CONTACTS, contact_id).id, DEALS)
            return sorted((one for one in linked if one in self.of(DEALS).active), key=int)

    def contacts_of(self, deal_id: str) -> list[str]:
        """The active contacts of a deal, by id."""
        with self.lock:
            linked = self.links.of(DEALS, self.record(DEALS, deal_id).id, CONTACTS)
            return sorted((one for one in linked if one in self.of(CONTACTS).active), key=int)

    # Ground

    def _add(self, kind: Kind, properties: Mapping[str, str], created_at: datetime | None) -> str:
        with self.lock:
            draft = self._writes.draft(
                kind, None, properties, Claims(self, kind), self.switches.versions[0], by_user=True
            )
            if created_at is None:
                return self._writes.do(kind, draft, UI).id
            return self.insert(kind, draft.changes, UI, millis(created_at)).id

    def _edit(self, kind: Kind, record_id: str, properties: Mapping[str, str]) -> None:
        with self.lock:
            record = self.record(kind, record_id)
            claims = Claims(self, kind)
            version = self.switches.versions[0]
            draft = self._writes.draft(kind, record, properties, claims, version, by_user=True)
            self._writes.do(kind, draft, UI)

    def _delete(self, kind: Kind, record_id: str) -> None:
        with self.lock:
            self._objects.shelve(kind, self.record(kind, record_id), UI)

    def _all(self, kind: Kind) -> dict[str, Values]:
        with self.lock:
            return {record.id: full(self, kind, record) for record in self.of(kind).active.values()}
