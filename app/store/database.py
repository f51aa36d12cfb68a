"""One database as the rest of this folder uses it: statements, look-ups by list, upserts, one write context.

Works on any thread; each has a connection of its own. Nothing here knows what the tables mean.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final

import peewee

from app.errors import Bug, DatabaseUnusable
from app.store.drivers import (
    BUSY_MS,
    MEMORY,
    Connections,
    driver_for,
    prepare_file,
)
from app.store.packing import clean
from app.store.tables import Bulk
from app.store.troubles import DRIVER_ERRORS, is_busy, locked, translated

Row = tuple[Any, ...]

_LOCKED: Final = (5, 6)
"""SQLite's codes for locked by another connection, and by this one."""

LIST_SIZE: Final = 500
"""Ids asked for in one statement: beyond it the gain is gone, and old SQLite stops at 999 parameters."""

_WRITERS: Final = 0x436C6E42
"""The advisory lock by which writers of one PostgreSQL take turns, as SQLite's do by themselves."""


class Database:
    """A database, opened by its peewee address; `read_only` refuses every change, and one that is not lasting
    need not survive a crash."""

    def __init__(
        self, url: str, read_only: bool = False, busy_ms: int = BUSY_MS, is_lasting: bool = True
    ) -> None:
        self.url = url
        self.read_only = read_only
        self.busy_ms = busy_ms
        self.after_rollback: list[Callable[[], None]] = []
        # Any: peewee's own annotations leave most of its calls open.
        self._driver: Any = driver_for(url, read_only, busy_ms, is_lasting)
        self._connections = Connections()
        self._is_memory = self._driver.database == MEMORY
        self._turn = threading.RLock()
        self._local = threading.local()
        if self.is_sqlite and not self._is_memory and not read_only:
            prepare_file(str(self._driver.database))

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite; else it is PostgreSQL."""
        return isinstance(self._driver, peewee.SqliteDatabase)

    @property
    def file(self) -> str | None:
        """The path of the database file, None for memory and for a server."""
        return str(self._driver.database) if self.is_sqlite and not self._is_memory else None

    @property
    def is_writing(self) -> bool:
        """Whether this thread is inside `write`."""
        return bool(getattr(self._local, "depth", 0))

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._one_at_a_time():
            self._connections.close_all()
            self._driver.dispose()

    # statements

    def rows(self, query: Any, params: Sequence[Any] = ()) -> list[Row]:
        """All rows of a peewee query, or of plain SQL with `?` for each parameter."""
        with self._one_at_a_time():
            return self._fetch(self._run(query, params))

    def parts(self, query: Any, size: int) -> Iterator[list[Row]]:
        """All rows of a query, `size` at a time."""
        with self._one_at_a_time():
            cursor = self._run(query)
            while part := self._fetch(cursor, size):
                yield part

    def first(self, query: Any, params: Sequence[Any] = ()) -> Row | None:
        """The first row, or None."""
        with self._one_at_a_time():
            found = self._fetch(self._run(query, params), 1)
        return tuple(found[0]) if found else None

    def change(self, query: Any, params: Sequence[Any] = ()) -> int:
        """Run one statement that changes rows, in a transaction of its own unless inside `write`.

        Returns how many rows it changed."""
        with self.write():
            return int(self._run(query, params).rowcount)

    def change_many(self, sql: str, rows: Sequence[Row]) -> None:
        """Run one statement for each of these rows, in one transaction."""
        with self.write():
            if self.is_sqlite:
                self._run_many(sql, rows)
                return
            for row in rows:
                self._run(sql, row)

    def insert(self, table: str, id_column: str, values: Mapping[str, Any]) -> int:
        """Insert one row whose id the database gives; returns it."""
        marks = ", ".join("?" * len(values))
        sql = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})"
        with self.write():
            if self.is_sqlite:
                return int(self._run(sql, tuple(values.values())).lastrowid)
            return int(self._run(f"{sql} RETURNING {id_column}", tuple(values.values())).fetchone()[0])

    def insert_all(
        self, table: str, id_column: str, columns: Sequence[str], rows: Sequence[Row]
    ) -> list[int]:
        """Insert rows whose ids the database gives; returns these in the order of the rows."""
        if not rows:
            return []
        with self.write():
            first = self.insert(table, id_column, dict(zip(columns, rows[0], strict=True)))
            if not self.is_sqlite:
                others = (dict(zip(columns, row, strict=True)) for row in rows[1:])
                return [first, *(self.insert(table, id_column, values) for values in others)]
            # Nobody else writes within this transaction, so the next ids are free; SQLite counts on from them.
            ids = range(first, first + len(rows))
            marks = ", ".join("?" * (len(columns) + 1))
            sql = f"INSERT INTO {table} ({id_column}, {', '.join(columns)}) VALUES ({marks})"
            self._run_many(sql, [(key, *row) for key, row in zip(ids[1:], rows[1:], strict=True)])
            return list(ids)

    def look_up(self, sql: str, ids: Iterable[str], *params: Any) -> list[Row]:
        """Rows of a SELECT that ends in `IN`, for any number of ids, in lists of 500.

        `params` stand before the list. Built by hand: peewee needs three times as long for a long list."""
        wanted = list(dict.fromkeys(map(clean, ids)))
        found: list[Row] = []
        for start in range(0, len(wanted), LIST_SIZE):
            part = wanted[start : start + LIST_SIZE]
            found.extend(self.rows(f"{sql} ({', '.join('?' * len(part))})", (*params, *part)))
        return found

    def change_listed(self, sql: str, ids: Iterable[Any], *params: Any) -> None:
        """Run an UPDATE or DELETE that ends in `IN` for any number of ids, in lists of 500."""
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return
        with self.write():
            for start in range(0, len(wanted), LIST_SIZE):
                part = wanted[start : start + LIST_SIZE]
                self._run(f"{sql} ({', '.join('?' * len(part))})", (*params, *part))

    def upsert(self, bulk: Bulk, rows: Sequence[Row]) -> None:
        """Insert rows or bring them up to date; a row that stands there already is not written again (I13).

        Of two rows with one key the last counts."""
        if not rows:
            return
        unique = {row[: bulk.key_size]: row for row in rows}
        with self.write():
            if self.is_sqlite:
                self._run_many(bulk.upsert("IS NOT"), list(unique.values()))
                return
            rest = list(unique.values())
            for start in range(0, len(rest), LIST_SIZE):
                part = rest[start : start + LIST_SIZE]
                sql = bulk.upsert("IS DISTINCT FROM", len(part))
                self._run(sql, [value for row in part for value in row])

    # transactions

    @contextmanager
    def write(self) -> Iterator[None]:
        """One immediate transaction; an inner one joins the outer, and alone is undone when it fails.

        Raises DatabaseUnusable when another writer does not let go in time."""
        if self.read_only:
            raise Bug("a read-only connection was asked to write")
        if not self._turn.acquire(timeout=max(30.0, self.busy_ms / 500)):
            raise locked()
        try:
            depth: int = getattr(self._local, "depth", 0)
            with self._savepoint(depth) if depth else self._transaction():
                self._local.depth = depth + 1
                try:
                    yield
                finally:
                    self._local.depth = depth
        finally:
            self._turn.release()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            if self.is_sqlite:
                # Immediate: a lock taken at the first write instead cannot be waited for once others wrote
                # in between, and fails at once whatever the time-out.
                self._run("BEGIN IMMEDIATE")
            else:
                self._run("BEGIN")
                self._run("SELECT pg_advisory_xact_lock(?)", (_WRITERS,))
            fence: Callable[[], None] | None = getattr(self._local, "fence", None)
            if fence is not None:
                # After the lock: whoever wrote before has committed, so what is read here is the last word.
                fence()
            yield
            self._run("COMMIT")
        except BaseException:
            self._undo("ROLLBACK")
            raise

    @contextmanager
    def fenced(self, fence: Callable[[], None] | None) -> Iterator[None]:
        """While this lasts, each transaction of this thread begins by calling `fence`, which raises where nothing may
        be written any more; None lifts a fence from further out."""
        before = getattr(self._local, "fence", None)
        self._local.fence = fence
        try:
            yield
        finally:
            self._local.fence = before

    @contextmanager
    def _savepoint(self, depth: int) -> Iterator[None]:
        name = f"inner_{depth}"
        self._run(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException:
            self._undo(f"ROLLBACK TO SAVEPOINT {name}")
            raise
        self._run(f"RELEASE SAVEPOINT {name}")

    def _undo(self, sql: str) -> None:
        """Take back, unless SQLite has done so by itself (on a full disk); when even that fails, start afresh."""
        try:
            if not self._is_over():
                self._driver.execute_sql(sql)
        except DRIVER_ERRORS:
            self._drop_connection()
        for forget in self.after_rollback:
            forget()

    def _is_over(self) -> bool:
        """Whether the transaction this thread is in has already ended without its doing."""
        if self._driver.is_closed():
            return True
        return self.is_sqlite and not self._driver.connection().in_transaction

    # the driver

    def _run(self, query: Any, params: Sequence[Any] = ()) -> Any:
        try:
            self._connect()
            if not isinstance(query, str):
                return self._driver.execute(query)
            if not self.is_sqlite:
                query = query.replace("?", "%s")
            return self._driver.execute_sql(query, params)
        except DRIVER_ERRORS as error:
            if not self._driver.is_closed() and getattr(self._driver.connection(), "closed", False):
                # The server went away; the next statement tries to reach it afresh.
                self._drop_connection()
            # The driver's text may quote a row; it does not travel on with the error.
            raise translated(error) from None

    def _fetch(self, cursor: Any, size: int | None = None) -> list[Row]:
        """Rows of a cursor: SQLite reads them, and may stumble, only now."""
        try:
            return list(cursor.fetchall() if size is None else cursor.fetchmany(size))
        except DRIVER_ERRORS as error:
            raise translated(error) from None

    def _run_many(self, sql: str, rows: Sequence[Row]) -> None:
        try:
            self._connect()
            self._driver.cursor().executemany(sql, rows)
        except DRIVER_ERRORS as error:
            raise translated(error) from None

    def _connect(self) -> None:
        if not self.is_writing:
            if self._driver.is_closed():
                self._open()
            return
        # A full disk makes SQLite end the whole transaction by itself. What follows in the same context
        # would be committed statement by statement, so it is refused instead.
        if self._is_over():
            raise DatabaseUnusable("the transaction was already taken back by the database")

    def _open(self) -> None:
        until = time.monotonic() + self.busy_ms / 1000
        while True:
            try:
                self._driver.connect()
                break
            except DRIVER_ERRORS as error:
                # While another process opens or closes the file for the first or last time, SQLite says that
                # it is locked without having waited.
                if not is_busy(error) or time.monotonic() > until:
                    raise
                time.sleep(0.02)
        self._connections.add(self._driver.connection())

    def _drop_connection(self) -> None:
        if not self._is_memory:
            with suppress(*DRIVER_ERRORS):  # It is already useless; the next statement opens another.
                self._driver.close()

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """Memory is one connection for all threads: whoever uses it does so alone."""
        if not self._is_memory:
            yield
            return
        with self._turn:
            yield

    def copy_into(self, target: sqlite3.Connection) -> None:
        """Copy all of an SQLite database, as committed, over another; writers elsewhere go on meanwhile.

        Raises DatabaseUnusable when either is locked for too long or the disk fails."""
        if self.is_writing:
            raise Bug("a database was to be copied within a transaction")
        until = time.monotonic() + max(30.0, self.busy_ms / 500)

        def watch(status: int, remaining: int, total: int) -> None:
            # Without this a locked database is tried again for ever.
            if status in _LOCKED and time.monotonic() > until:
                raise locked()

        with self._one_at_a_time():
            self._run("SELECT 1")
            try:
                self._driver.connection().backup(target, progress=watch)
            except DRIVER_ERRORS as error:
                raise translated(error) from None

    @contextmanager
    def alone(self) -> Iterator[Any]:
        """This thread's own driver connection, for copying a whole database into it."""
        with self._one_at_a_time():
            self._run("SELECT 1")
            yield self._driver.connection()
