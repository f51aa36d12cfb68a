"""The store: one object that answers for all subjects, each kept in a file of its own."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

from app.domain.ids import Kind
from app.domain.records import Record
from app.store import backup as copies
from app.store.conflicts import ConflictRows
from app.store.cursors import CursorRows
from app.store.database import Database
from app.store.drivers import BUSY_MS
from app.store.executions import ExecutionRows
from app.store.intents import IntentRows
from app.store.journal import JournalRows
from app.store.lease import LeaseRows, Now
from app.store.migrations import Steps, migrate
from app.store.names import Names
from app.store.people import PeopleRows
from app.store.portal import PortalRows, SeparationRows
from app.store.records import RecordRows
from app.store.scratch import remove, scratch_of
from app.store.search import Search
from app.store.settings import SettingRows
from app.store.steps import STEPS
from app.store.visits import VisitRows


class Store(
    RecordRows,
    PeopleRows,
    VisitRows,
    PortalRows,
    SeparationRows,
    CursorRows,
    IntentRows,
    JournalRows,
    ConflictRows,
    ExecutionRows,
    SettingRows,
    LeaseRows,
    Search,
):
    """The local database. Fulfils `app.sync.storage.Storage`, and answers the pages besides.

    Safe on any thread, each of which has a connection of its own. Every method may raise DatabaseUnusable.
    """

    def __init__(self, database: Database, clock: Now) -> None:
        self._db = database
        self._clock = clock
        self._names = Names(database)
        self._search = Search(database)
        self._salt = None
        self._gone: weakref.finalize[..., Store] | None = None

    @property
    def url(self) -> str:
        """The address it was opened by. It may hold a password: not for showing."""
        return self._db.url

    def write(self) -> AbstractContextManager[None]:
        """One immediate transaction; inner ones join the outer. Never hold it across a network call."""
        return self._db.write()

    @contextmanager
    def reader(self) -> Iterator[Store]:
        """The same store, read-only, on connections of its own that are closed at the end: for pages.

        Writing through it raises Bug. A database in memory lends its one connection instead."""
        if self._db.file is None and self._db.is_sqlite:
            yield self
            return
        database = Database(self._db.url, read_only=True, busy_ms=self._db.busy_ms)
        try:
            yield Store(database, self._clock)
        finally:
            database.close()

    def scratch_copy(self) -> Store:
        """A throw-away copy of everything, for a rehearsal; gone when it is closed, or no longer used."""
        copy, folder = scratch_of(self._db)
        store = Store(copy, self._clock)
        store._gone = weakref.finalize(store, remove, copy, folder)
        return store

    def close(self) -> None:
        """Close the connections of all threads."""
        self._db.close()
        if self._gone is not None:
            self._gone()

    def health(self) -> str:
        """ "" when the database is sound, else what is wrong in technical words. Reads all of it."""
        return copies.health(self._db)

    def save_records(self, records: Sequence[Record]) -> None:
        """See `RecordRows.save_records`; a patient newly on a contact is due for its roll-ups (R16)."""
        if not records:
            return
        with self.write():
            super().save_records(records)
            self.mark_newly_linked(records)

    def runs_by_day(
        self, days: int = 14, zone: tzinfo = UTC, now: datetime | None = None
    ) -> list[Mapping[str, Any]]:
        """See `ExecutionRows.runs_by_day`; the present is the store's own clock's."""
        return super().runs_by_day(days, zone, now or self._clock.now())

    def backup(self, folder: Path, keep: int = 7) -> Path | None:
        """A copy of the database in `folder`, of which the newest `keep` stay; None for a shared one."""
        return copies.nightly(self._db, folder, self._clock.now(), keep)

    def forget(self, kind: Kind, cliniko_id: str) -> None:
        """Remove the name and every value kept of one person (R84). That the record is on hold, what it is
        linked to and from whom it was separated stays, or it would come back."""
        with self.write():
            self.forget_person(kind, cliniko_id)
            if kind == "patient":
                self.forget_visits(cliniko_id)
            self.forget_journal(kind, cliniko_id)
            self.forget_conflicts(kind, cliniko_id)


def open_store(url: str, clock: Now, *, busy_ms: int = BUSY_MS, steps: Steps = STEPS) -> Store:
    """Open the database at a peewee address (`sqlite:///…`, `postgresql://…`, `sqlite:///:memory:`), make it
    when it is not there, bring it up to date when it is older (after a copy), and return the store.

    Raises BadInput for an address that cannot be used, DatabaseTooNew, DatabaseUnusable.
    """
    database = Database(url, busy_ms=busy_ms)
    try:
        migrate(database, copies.before_migration(database, clock.now()), steps)
        store = Store(database, clock)
        # Made before any transaction, so that none can take it back.
        store.secret_salt()
    except BaseException:
        database.close()
        raise
    return store


def backup(store: Store, folder: Path, keep: int = 7) -> Path | None:
    """See `Store.backup`."""
    return store.backup(folder, keep)
