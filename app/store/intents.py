"""What is about to be done, noted before it is, so that a crash is settled before anything new (I1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from app.domain.records import Intent
from app.store.database import Database
from app.store.packing import clean, from_json, some_moment, to_json, to_micros
from app.store.tables import INTENT_COLUMNS

_COLUMNS: Final = ("run_id", "service", "act", "kind", "cliniko_id", "target_id", "payload", "at")


class IntentRows:
    """Reads and writes intents. Part of `Store`."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def open_intents(self) -> list[Intent]:
        """Those whose outcome is not recorded, oldest first."""
        rows = self._db.rows(f"SELECT {', '.join(INTENT_COLUMNS)} FROM intents ORDER BY id")
        return [
            Intent(
                id=row[0],
                run_id=row[1],
                service=row[2],
                act=row[3],
                kind=row[4],
                cliniko_id=row[5],
                target_id=row[6],
                payload=from_json(row[7]),
                at=some_moment(row[8]),
            )
            for row in rows
        ]

    def save_intents(self, intents: Sequence[Intent]) -> list[int]:
        """Note intents; returns their ids in the same order. On the disk when it returns, or when the
        transaction around it ends."""
        if not intents:
            return []
        rows = [
            (
                intent.run_id,
                intent.service,
                intent.act,
                intent.kind,
                clean(intent.cliniko_id),
                clean(intent.target_id),
                to_json(dict(intent.payload)),
                to_micros(intent.at),
            )
            for intent in intents
        ]
        return self._db.insert_all("intents", "id", _COLUMNS, rows)

    def close_intents(self, intent_ids: Iterable[int]) -> None:
        """The outcomes are recorded: forget these intents, and the values they held (I6)."""
        self._db.change_listed("DELETE FROM intents WHERE id IN", intent_ids)
