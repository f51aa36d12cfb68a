"""The portal's contacts as candidates: keyed hashes and our own keys, never the values (matching §1, I6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from app.domain.ids import id_order
from app.domain.records import PortalContact, Separation
from app.store.database import Database, Row
from app.store.packing import clean, from_json, to_json
from app.store.tables import PORTAL, PORTAL_KEYS, SEPARATIONS

_SORTS: Final = {"email": 1, "name": 2, "name_dob": 3, "phone": 4, "patient_key": 5, "contact_key": 6}
_Keys = set[tuple[int, str]]


class PortalRows:
    """Reads and writes the index of candidates. Part of `Store`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def portal_contacts(self, hubspot_ids: Iterable[str]) -> dict[str, PortalContact]:
        """Those known among these ids, by id."""
        return {hubspot_id: _contact(hubspot_id, packed) for hubspot_id, packed in self._packed(hubspot_ids)}

    def save_portal_contacts(self, contacts: Sequence[PortalContact]) -> None:
        """Insert or bring up to date; a contact that stands there already is not written again (I13)."""
        rows = {clean(contact.hubspot_id): _pack(contact) for contact in contacts}
        if not rows:
            return
        with self._db.write():
            before = dict(self._packed(rows))
            changed = {key: packed for key, packed in rows.items() if before.get(key) != packed}
            new: list[Row] = []
            for key, packed in changed.items():
                old, now = _keys(before[key]) if key in before else set(), _keys(packed)
                self._drop_keys(key, old - now)
                new.extend((sort, value, key) for sort, value in now - old)
            self._db.upsert(PORTAL_KEYS, new)
            self._db.upsert(PORTAL, list(changed.items()))

    def drop_portal_contacts(self, hubspot_ids: Iterable[str]) -> None:
        """Take contacts that are gone out of the index."""
        with self._db.write():
            known = self._packed(hubspot_ids)
            for key, packed in known:
                self._drop_keys(key, _keys(packed))
            self._db.change_listed(
                "DELETE FROM portal_contacts WHERE hubspot_id IN", [key for key, _ in known]
            )

    def find_portal(self, column: str, hashes: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """HubSpot ids by hash or key, each list in the order of the ids.

        `column`: email, name, name_dob, phone, patient_key or contact_key."""
        wanted = [mark for mark in hashes if mark]
        rows = self._db.look_up(
            "SELECT value, hubspot_id FROM portal_keys WHERE sort = ? AND value IN", wanted, _SORTS[column]
        )
        found: defaultdict[str, list[str]] = defaultdict(list)
        for value, hubspot_id in rows:
            found[value].append(hubspot_id)
        return {value: tuple(sorted(ids, key=id_order)) for value, ids in found.items()}

    def portal_size(self) -> int:
        """How many contacts the index holds."""
        row = self._db.first("SELECT COUNT(*) FROM portal_contacts")
        return int(row[0]) if row else 0

    def clear_portal(self) -> None:
        """Forget the index, before it is listed anew."""
        if self.portal_size():
            with self._db.write():
                self._db.change("DELETE FROM portal_keys")
                self._db.change("DELETE FROM portal_contacts")

    def _packed(self, hubspot_ids: Iterable[str]) -> list[tuple[str, str]]:
        rows = self._db.look_up(
            "SELECT hubspot_id, packed FROM portal_contacts WHERE hubspot_id IN", hubspot_ids
        )
        return [(row[0], row[1]) for row in rows]

    def _drop_keys(self, hubspot_id: str, keys: _Keys) -> None:
        for sort, value in keys:
            self._db.change(
                "DELETE FROM portal_keys WHERE sort = ? AND value = ? AND hubspot_id = ?",
                (sort, value, hubspot_id),
            )


class SeparationRows:
    """Pairs that are never matched again by any rule (R51). Part of `Store`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def separations(self, kind: str, cliniko_ids: Iterable[str]) -> dict[str, frozenset[str]]:
        """The contacts each of these was separated from, by Cliniko id; without those that have none."""
        rows = self._db.look_up(
            "SELECT cliniko_id, hubspot_id FROM separations WHERE kind = ? AND cliniko_id IN",
            cliniko_ids,
            kind,
        )
        found: defaultdict[str, set[str]] = defaultdict(set)
        for cliniko_id, hubspot_id in rows:
            found[cliniko_id].add(hubspot_id)
        return {cliniko_id: frozenset(ids) for cliniko_id, ids in found.items()}

    def save_separations(self, pairs: Sequence[Separation]) -> None:
        """Remember pairs; those already known cost nothing."""
        self._db.upsert(
            SEPARATIONS, [(pair.kind, clean(pair.cliniko_id), clean(pair.hubspot_id)) for pair in pairs]
        )

    def drop_separation(self, pair: Separation) -> None:
        """A person joined the two again."""
        self._db.change(
            "DELETE FROM separations WHERE kind = ? AND cliniko_id = ? AND hubspot_id = ?",
            (pair.kind, clean(pair.cliniko_id), clean(pair.hubspot_id)),
        )


def _pack(contact: PortalContact) -> str:
    """All but the id, as a list in a fixed order."""
    values: list[Any] = [
        clean(contact.modified),
        clean(contact.patient_key),
        clean(contact.contact_key),
        *(
            [clean(value) for value in marks]
            for marks in (
                contact.email_hashes,
                contact.name_hashes,
                contact.name_dob_hashes,
                contact.phone_hashes,
                contact.separated,
            )
        ),
        clean(contact.name_email_hash),
        int(contact.has_primary_email),
    ]
    return to_json(values)


def _contact(hubspot_id: str, packed: str) -> PortalContact:
    modified, patient, contact, emails, names, births, phones, separated, name_email, primary = from_json(
        packed
    )
    return PortalContact(
        hubspot_id=hubspot_id,
        modified=modified,
        patient_key=patient,
        contact_key=contact,
        email_hashes=tuple(emails),
        has_primary_email=bool(primary),
        name_hashes=tuple(names),
        name_dob_hashes=tuple(births),
        phone_hashes=tuple(phones),
        name_email_hash=name_email,
        separated=tuple(separated),
    )


def _keys(packed: str) -> _Keys:
    """By what a packed contact is found: (sort, hash or key)."""
    _, patient, contact, emails, names, births, phones, *_ = from_json(packed)
    lists = {"email": emails, "name": names, "name_dob": births, "phone": phones}
    keys = {(_SORTS[column], value) for column, values in lists.items() for value in values}
    keys |= {(_SORTS["patient_key"], patient), (_SORTS["contact_key"], contact)}
    return {(sort, value) for sort, value in keys if value}
