"""What only this computer knows of itself: which database it works with. A small file beside the data, since no
database can tell where it is (R86). It never holds a password."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit, urlunsplit

from app.errors import DatabaseUnusable

_DATABASE: Final = "database"


class ThisPC:
    """Reads and writes the file. A missing file means: the database file in the data folder."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def database(self) -> str:
        """The address of the shared database, without password; "" for this computer's own.

        Raises DatabaseUnusable for a file that cannot be read: to go on with another database than meant would be
        to sync beside the other computers."""
        return str(self._read().get(_DATABASE) or "")

    def set_database(self, address: str) -> None:
        """Keep it; "" goes back to this computer's own. Raises DatabaseUnusable."""
        kept: dict[str, Any] = {}
        with suppress(DatabaseUnusable):  # What is damaged is written anew.
            kept = self._read()
        kept[_DATABASE] = address
        part = self._file.with_name(f"{self._file.name}.part")
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(kept, file)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._file)
        except OSError as error:
            raise _unusable(error.strerror or type(error).__name__) from None

    def _read(self) -> dict[str, Any]:
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise _unusable(error.strerror or type(error).__name__) from None
        except ValueError:
            raise _unusable("it is damaged") from None
        if not isinstance(kept, dict) or not isinstance(kept.get(_DATABASE, ""), str):
            raise _unusable("it is damaged")
        return kept


def with_password(address: str, password: str) -> str:
    """The address with this password in it, for opening; never for showing or keeping."""
    parts = urlsplit(address)
    user, _, place = parts.netloc.rpartition("@")
    if not password:
        return address
    return urlunsplit(parts._replace(netloc=f"{user}:{quote(password, safe='')}@{place}"))


def _unusable(why: str) -> DatabaseUnusable:
    return DatabaseUnusable(
        f"pc.json: {why}",
        sentence="The file pc.json in the data folder, which says where the data is, cannot be used.",
        next_step="Delete it to work with the data on this computer, or set the shared database anew.",
    )
