"""How far each list has been read, and the small lists and side rows read on the way (R3, R4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from app.domain.records import Cursor
from app.store.database import Database
from app.store.packing import clean, from_json, some_moment, to_day, to_json, to_micros, to_moment
from app.store.tables import CACHED, CURSORS, SIDE_ROWS


class CursorRows:
    """Reads and writes cursors, cached lists and side rows. Part of `Store`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def cursor(self, name: str) -> Cursor:
        """Where reading this list stands; the beginning when it was never read."""
        row = self._db.first(f"SELECT {CURSORS.listed} FROM cursors WHERE name = ?", (name,))
        if row is None:
            return Cursor(name)
        return Cursor(
            name=row[0],
            floor=to_moment(row[1]),
            place=row[2],
            pass_floor=to_moment(row[3]),
            fingerprint=row[4],
            checked_on=to_day(row[5]),
        )

    def save_cursor(self, cursor: Cursor) -> None:
        """Move a cursor. Its caller has recorded everything before it (I4)."""
        self._db.upsert(
            CURSORS,
            [
                (
                    cursor.name,
                    to_micros(cursor.floor),
                    clean(cursor.place),
                    to_micros(cursor.pass_floor),
                    clean(cursor.fingerprint),
                    cursor.checked_on.isoformat() if cursor.checked_on else None,
                )
            ],
        )

    def cached(self, name: str) -> tuple[Any, datetime] | None:
        """A small list kept as JSON, with when it was read; None when it never was."""
        row = self._db.first("SELECT value, read_at FROM cached WHERE name = ?", (name,))
        return None if row is None else (from_json(row[0]), some_moment(row[1]))

    def set_cached(self, name: str, value: Any, at: datetime) -> None:
        """Keep a small list."""
        self._db.upsert(CACHED, [(name, to_json(value), to_micros(at))])

    def side_rows(self, name: str, ids: Iterable[str]) -> dict[str, Mapping[str, Any]]:
        """Those known among these ids, by id."""
        rows = self._db.look_up("SELECT id, value FROM side_rows WHERE name = ? AND id IN", ids, name)
        return {row[0]: from_json(row[1]) for row in rows}

    def side_ids(self, name: str, limit: int = 1000, after: str = "") -> list[str]:
        """Ids that have a row, ordered by id text beyond `after`."""
        rows = self._db.rows(
            "SELECT id FROM side_rows WHERE name = ? AND id > ? ORDER BY id LIMIT ?", (name, after, limit)
        )
        return [row[0] for row in rows]

    def save_side_rows(self, name: str, rows: Mapping[str, Mapping[str, Any]]) -> None:
        """Insert or bring up to date; a row that stands there already is not written again (I13)."""
        self._db.upsert(SIDE_ROWS, [(name, clean(key), to_json(value)) for key, value in rows.items()])

    def drop_side_rows(self, name: str, ids: Iterable[str]) -> None:
        """Forget these rows."""
        self._db.change_listed("DELETE FROM side_rows WHERE name = ? AND id IN", map(clean, ids), name)
