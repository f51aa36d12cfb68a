"""The local database: links, people, questions, journal, history, settings. Behind this door stands peewee."""

from __future__ import annotations

import sys

# peewee reads every driver that is installed, each time. They cost 80 ms and 17 MB, and with a database file none is
# used: it does not find them, and `postgres.py` reads the one it needs.
_UNREAD = [name for name in ("psycopg", "psycopg2", "psycopg2cffi", "pymysql") if name not in sys.modules]
sys.modules.update(dict.fromkeys(_UNREAD))  # type: ignore[arg-type] # None is the documented way to hide a module
try:
    import peewee  # noqa: F401
    import playhouse.db_url  # noqa: F401
finally:
    for _name in _UNREAD:
        del sys.modules[_name]

from app.store.backup import backups, restore  # noqa: E402
from app.store.store import Store, backup, open_store  # noqa: E402

__all__ = ["Store", "backup", "backups", "open_store", "restore"]
