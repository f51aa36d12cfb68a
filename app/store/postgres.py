"""A shared PostgreSQL as peewee opens it (R86): its driver is read only here, and only once such a database is used."""

from __future__ import annotations

from typing import Any, Final

import peewee

from app.errors import BadInput

KEEP_ALIVE: Final = {
    "connect_timeout": 5,
    "application_name": "ClinicBridge",
    # A server that vanished without a word is noticed within half a minute instead of two hours.
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}


class _Psycopg(peewee.Psycopg3Adapter):
    """peewee's own way to psycopg 3, for a peewee that did not read it. Raises BadInput where it is not installed."""

    def __init__(self) -> None:
        try:
            import psycopg
            from psycopg.pq import TransactionStatus
        except ImportError:
            raise driver_missing() from None
        super().__init__()
        self._psycopg: Any = psycopg
        self.txn_idle = TransactionStatus.IDLE
        self.txn_inerror = TransactionStatus.INERROR
        self.txn_unknown = TransactionStatus.UNKNOWN

    def check_driver(self) -> None:
        """It is there, or this would not be."""

    def get_binary_type(self) -> Any:
        """What bytes are wrapped in."""
        return self._psycopg.Binary

    def connect(self, db: Any, **params: Any) -> Any:
        """A connection to the database of that name."""
        return self._psycopg.connect(dbname=db.database, **params)


class _Postgres(peewee.PostgresqlDatabase):
    psycopg2_adapter = psycopg3_adapter = _Psycopg


def postgres(options: dict[str, Any], read_only: bool, busy_ms: int) -> peewee.PostgresqlDatabase:
    """The database that these options of an address name, not connected yet. Raises BadInput without the driver."""
    session = [
        f"-c lock_timeout={busy_ms}",
        "-c client_min_messages=warning",
        f"-c default_transaction_read_only={'on' if read_only else 'off'}",
        str(options.pop("options", "")),
    ]
    database = options.pop("database")
    return _Postgres(database, autoconnect=False, **{**KEEP_ALIVE, **options, "options": " ".join(session)})


def driver_missing() -> BadInput:
    """The error for a PostgreSQL address on a computer without the package that speaks to it."""
    return BadInput(
        "the package psycopg is not installed",
        sentence="A shared database needs the Python package psycopg, which is not on this computer.",
        next_step="Install psycopg[binary], or use the database of this computer.",
    )
