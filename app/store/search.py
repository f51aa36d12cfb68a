"""Finding people and what was done to them by whatever a person types: part of a name, or an id (desktop, People)."""

from __future__ import annotations

from typing import Final

from app.domain.ids import Kind
from app.domain.normalise import fold_name
from app.domain.records import Person
from app.store.database import Database, Row
from app.store.packing import clean
from app.store.people import PEOPLE_COLUMNS, person_of

_KEY: Final = "kind, cliniko_id"
_LEAST_ID: Final = 3
"""An id is looked for from this many characters on; fewer would match everybody."""


class Search:
    """Finds people. Part of `Store`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def search_people(
        self, text: str, limit: int = 50, offset: int = 0, kind: Kind | None = None
    ) -> list[Person]:
        """One page of people, by name: each word typed stands somewhere in the name, case and accents aside,
        or the id (Cliniko's or HubSpot's) begins with, respectively is, what was typed. "" finds everybody."""
        keys = self._by_id(clean(text.strip()), kind) if offset == 0 else []
        rest = self._by_name(text, kind, limit, offset)
        keys = [*keys, *(key for key in rest if key not in keys)][:limit]
        people = {(row[0], row[1]): person_of(row) for row in self._rows(keys)}
        return [people[key] for key in keys if key in people]

    def _by_id(self, text: str, kind: Kind | None) -> list[tuple[str, str]]:
        if len(text) < _LEAST_ID or not text.isalnum():
            return []
        kinds = [kind] if kind else ["patient", "contact"]
        found: list[Row] = []
        for each in kinds:
            found += self._db.rows(
                f"SELECT {_KEY} FROM people WHERE kind = ? AND cliniko_id >= ? AND cliniko_id < ? "
                "ORDER BY cliniko_id LIMIT 20",
                (each, text, text + "\U0010ffff"),
            )
            found += self._db.rows(
                f"SELECT {_KEY} FROM records WHERE kind = ? AND hubspot_id = ?", (each, text)
            )
        return list(dict.fromkeys((row[0], row[1]) for row in found))

    def _by_name(self, text: str, kind: Kind | None, limit: int, offset: int) -> list[tuple[str, str]]:
        words = fold_name(clean(text)).split()
        if text.strip() and not words:
            return []
        # Comparing bytes inside an index of names only: 100,000 of them take some ten milliseconds.
        position = "instr" if self._db.is_sqlite else "strpos"
        where = [f"{position}(sought, ?) > 0" for _ in words]
        params: list[object] = list(words)
        if kind:
            where.append("kind = ?")
            params.append(kind)
        condition = f"WHERE {' AND '.join(where)}" if where else ""
        rows = self._db.rows(
            f"SELECT {_KEY} FROM people {condition} ORDER BY sought, kind, cliniko_id LIMIT ? OFFSET ?",
            (*params, limit, offset),
        )
        return [(row[0], row[1]) for row in rows]

    def _rows(self, keys: list[tuple[str, str]]) -> list[Row]:
        rows: list[Row] = []
        for kind in sorted({kind for kind, _ in keys}):
            rows += self._db.look_up(
                f"SELECT {', '.join(PEOPLE_COLUMNS)} FROM people WHERE kind = ? AND cliniko_id IN",
                [cliniko_id for each, cliniko_id in keys if each == kind],
                kind,
            )
        return rows
