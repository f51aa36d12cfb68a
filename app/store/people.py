"""The local index of patients and Cliniko contacts: names for a person to look at, keyed hashes to compare (I6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from app.domain.ids import Kind, id_order
from app.domain.normalise import fold_name
from app.domain.records import Person
from app.store.database import Database, Row
from app.store.packing import clean, from_json, to_day, to_json
from app.store.tables import INBOXES, PEOPLE, PERSON_PHONES

PEOPLE_COLUMNS: Final = PEOPLE.columns[:-1]
"""All but the folded name that is searched in."""

_SELECT: Final = f"SELECT {', '.join(PEOPLE_COLUMNS)} FROM people"
_HASHES: Final = {
    "email": "email_hash",
    "name_hash": "name_hash",
    "name_dob_hash": "name_dob_hash",
    "last_dob_hash": "last_dob_hash",
}
_PHONES: Final = (
    f"SELECT {', '.join('p.' + name for name in PEOPLE_COLUMNS)}, h.phone_hash FROM person_phones h "
    "JOIN people p ON p.kind = h.kind AND p.cliniko_id = h.cliniko_id "
    "WHERE h.kind = ? AND h.phone_hash IN"
)


class PeopleRows:
    """Reads and writes people. Part of `Store`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def people(self, kind: Kind, cliniko_ids: Iterable[str]) -> dict[str, Person]:
        """Those known among these ids, by id."""
        rows = self._db.look_up(f"{_SELECT} WHERE kind = ? AND cliniko_id IN", cliniko_ids, kind)
        return {row[1]: person_of(row) for row in rows}

    def save_people(self, people: Sequence[Person]) -> None:
        """Insert or bring up to date; a row that stands there already is not written again (I13)."""
        if not people:
            return
        rows = {(row[0], row[1]): row for row in map(_row, people)}
        with self._db.write():
            self._save_phones(rows)
            self._db.upsert(PEOPLE, list(rows.values()))

    def _save_phones(self, rows: dict[tuple[str, str], Row]) -> None:
        """Bring the index of phones up to date, for those whose phones differ from what stands there."""
        before: dict[tuple[str, str], str] = {}
        for kind in {kind for kind, _ in rows}:
            ids = [cliniko_id for each, cliniko_id in rows if each == kind]
            known = self._db.look_up(
                "SELECT cliniko_id, phone_hashes FROM people WHERE kind = ? AND cliniko_id IN", ids, kind
            )
            before.update({(kind, row[0]): row[1] for row in known})
        new: list[Row] = []
        for key, row in rows.items():
            old, now = _hashes(before.get(key, "")), _hashes(row[7])
            for gone in set(old) - set(now):
                self._db.change(
                    "DELETE FROM person_phones WHERE phone_hash = ? AND kind = ? AND cliniko_id = ?",
                    (gone, *key),
                )
            new.extend((phone, *key) for phone in set(now) - set(old))
        self._db.upsert(PERSON_PHONES, new)

    def people_by_email(self, kind: Kind, email_hashes: Iterable[str]) -> dict[str, tuple[Person, ...]]:
        """All people (any status) by e-mail hash, each list in the order of their ids."""
        return self._by_column(kind, "email_hash", email_hashes)

    def people_by_hash(self, kind: Kind, column: str, hashes: Iterable[str]) -> dict[str, tuple[Person, ...]]:
        """All people by one of `name_hash`, `name_dob_hash`, `last_dob_hash` or `phone`."""
        if column == "phone":
            wanted = [mark for mark in hashes if mark]
            return _grouped(self._db.look_up(_PHONES, wanted, kind), len(PEOPLE_COLUMNS))
        return self._by_column(kind, _HASHES[column], hashes)

    def _by_column(self, kind: Kind, column: str, hashes: Iterable[str]) -> dict[str, tuple[Person, ...]]:
        # The literal condition lets the database use the index, which leaves out the empty ones.
        sql = f"{_SELECT} WHERE {column} <> '' AND kind = ? AND {column} IN"
        return _grouped(self._db.look_up(sql, hashes, kind), PEOPLE_COLUMNS.index(column))

    def adults_between(self, kind: Kind, after: date, until: date) -> list[Person]:
        """People whose 18th birthday lies in (after, until], by that day and id."""
        rows = self._db.rows(
            f"{_SELECT} WHERE kind = ? AND adult_on > ? AND adult_on <= ? ORDER BY adult_on, cliniko_id",
            (kind, after.isoformat(), until.isoformat()),
        )
        return [person_of(row) for row in rows]

    def forget_person(self, kind: Kind, cliniko_id: str) -> None:
        """Remove a person from the index (R84)."""
        key = (kind, clean(cliniko_id))
        with self._db.write():
            self._db.change("DELETE FROM person_phones WHERE kind = ? AND cliniko_id = ?", key)
            self._db.change("DELETE FROM people WHERE kind = ? AND cliniko_id = ?", key)

    # shared inboxes

    def inbox_choices(self, email_hashes: Iterable[str]) -> dict[str, str]:
        """What a person chose for a shared inbox: a patient id, `nobody`, or `keep:<patient id>`."""
        rows = self._db.look_up(
            "SELECT email_hash, choice FROM inbox_choices WHERE email_hash IN", email_hashes
        )
        return {row[0]: row[1] for row in rows}

    def set_inbox_choice(self, email_hash: str, choice: str) -> None:
        """Remember what a person chose."""
        self._db.upsert(INBOXES, [(clean(email_hash), clean(choice))])


def person_of(row: Row) -> Person:
    """A person from a row of `PEOPLE_COLUMNS`."""
    return Person(
        kind=row[0],
        cliniko_id=row[1],
        name=row[2],
        email_hash=row[3],
        name_hash=row[4],
        name_dob_hash=row[5],
        last_dob_hash=row[6],
        phone_hashes=_hashes(row[7]),
        adult_on=to_day(row[8]),
        status=row[9],
    )


def _row(person: Person) -> Row:
    return (
        person.kind,
        clean(person.cliniko_id),
        clean(person.name),
        clean(person.email_hash),
        clean(person.name_hash),
        clean(person.name_dob_hash),
        clean(person.last_dob_hash),
        to_json([clean(mark) for mark in person.phone_hashes]) if person.phone_hashes else "",
        person.adult_on.isoformat() if person.adult_on else None,
        clean(person.status),
        fold_name(clean(person.name)),
    )


def _hashes(packed: str) -> tuple[str, ...]:
    return tuple(from_json(packed)) if packed else ()


def _grouped(rows: Iterable[Row], column: int) -> dict[str, tuple[Person, ...]]:
    found: defaultdict[str, list[Person]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(person_of(row))
    return {
        mark: tuple(sorted(group, key=lambda person: id_order(person.cliniko_id)))
        for mark, group in found.items()
    }
