"""Settings as kept, and the small facts a database holds: whose it is, and its own secret."""

from __future__ import annotations

import secrets
from typing import Any, Final

from app.store.database import Database
from app.store.packing import clean, from_json, to_json
from app.store.tables import FACTS, SETTINGS

_SALT: Final = "hash_key"
_SALT_SIZE: Final = 32


class SettingRows:
    """Reads and writes settings and facts. Part of `Store`."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._salt: bytes | None = None

    def settings(self) -> dict[str, Any]:
        """Every setting that differs from its default, or once did."""
        return {row[0]: from_json(row[1]) for row in self._db.rows("SELECT name, value FROM settings")}

    def set_setting(self, key: str, value: Any) -> None:
        """Keep one setting (a JSON value)."""
        self._db.upsert(SETTINGS, [(key, to_json(value))])

    def fact(self, key: str) -> str | None:
        """A small fact, None when it was never set."""
        row = self._db.first("SELECT value FROM facts WHERE name = ?", (key,))
        return None if row is None else str(row[0])

    def set_fact(self, key: str, value: str) -> None:
        """Keep a small fact."""
        self._db.upsert(FACTS, [(key, clean(value))])

    def secret_salt(self) -> bytes:
        """32 random bytes made once per database: the key of all keyed hashes (I6)."""
        if self._salt is None:
            if self.fact(_SALT) is None:
                self._db.change(
                    "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                    (_SALT, secrets.token_bytes(_SALT_SIZE).hex()),
                )
            self._salt = bytes.fromhex(self.fact(_SALT) or "")
        return self._salt
