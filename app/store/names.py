"""Property names as small numbers: rows that name thirty properties keep two bytes for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.errors import DatabaseUnusable
from app.store.database import Database
from app.store.packing import clean


class Names(dict[int, str]):
    """The table of names, code to name, read when a code is met that is not known yet.

    Codes are given once and never change. A dict, since unpacking asks it millions of times."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._db = database
        self._codes: dict[str, int] = {}
        database.after_rollback.append(self._forget)

    def codes(self, names: Iterable[str]) -> Mapping[str, int]:
        """A code for each of these names at least, given now where there was none. Call inside `write`."""
        new = self._unknown(names)
        if new:
            self._read()
            new = self._unknown(new)
        for name in sorted(new):
            self._db.change(
                "INSERT INTO names (name) VALUES (?) ON CONFLICT (name) DO NOTHING", (clean(name),)
            )
        if new:
            self._read()
            self._codes.update({name: self._codes[clean(name)] for name in new})
        return self._codes

    def __missing__(self, code: int) -> str:
        # Another process, or another computer on a shared database, has added it since.
        self._read()
        found = self.get(code)
        if found is None:
            raise DatabaseUnusable(f"no property name has the number {code}")
        return found

    def _unknown(self, names: Iterable[str]) -> set[str]:
        return {name for name in names if name not in self._codes}

    def _read(self) -> None:
        for code, name in self._db.rows("SELECT code, name FROM names"):
            self._codes[name] = code
            self[code] = name

    def _forget(self) -> None:
        """A transaction was taken back, and maybe a code with it."""
        self._codes = {}
        self.clear()
