"""Bringing a database to the tables this program knows: numbered steps, each in one transaction with its number
kept in a table row. A copy is made before an existing database is touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.errors import DatabaseTooNew, DatabaseUnusable
from app.store.database import Database
from app.store.steps import POSTGRES_WORDS, SQLITE_WORDS, STEPS

Steps = Sequence[Sequence[str]]


def migrate(database: Database, copy_first: Callable[[int], None], steps: Steps = STEPS) -> int:
    """Run the steps that are missing; returns how many that were.

    `copy_first` is called with the present number before the first step on a database that has one. Raises
    DatabaseTooNew when the number is beyond the known steps, and DatabaseUnusable for a database that is
    not ours.
    """
    present = step_number(database)
    if present > len(steps):
        raise DatabaseTooNew(f"database at step {present}, this program knows {len(steps)}")
    if present == len(steps):
        return 0
    # Looked at again: another process may have made our tables in between.
    if present == 0 and foreign_tables(database) and not step_number(database):
        raise DatabaseUnusable(
            "the database holds tables of another program",
            sentence="The file or database given belongs to another program. Nothing in it was changed.",
            next_step="Choose another data folder, or another database.",
        )
    if present:
        copy_first(present)
    done = 0
    for number in range(present + 1, len(steps) + 1):
        done += _run_step(database, number, steps[number - 1])
    return done


def step_number(database: Database) -> int:
    """The number of the last step this database has seen, 0 for an empty one."""
    if not _exists(database, "schema_version"):
        return 0
    row = database.first("SELECT number FROM schema_version")
    return int(row[0]) if row else 0


def _run_step(database: Database, number: int, statements: Sequence[str]) -> int:
    words = SQLITE_WORDS if database.is_sqlite else POSTGRES_WORDS
    with database.write():
        # Another process may have been faster; the transaction makes one of both wait here.
        if step_number(database) >= number:
            return 0
        for statement in statements:
            database.change(statement.format_map(words))
        if number == 1:
            database.change("CREATE TABLE schema_version (number INTEGER NOT NULL)")
            database.change("INSERT INTO schema_version (number) VALUES (0)")
        database.change("UPDATE schema_version SET number = ?", (number,))
    return 1


def _exists(database: Database, table: str) -> bool:
    if database.is_sqlite:
        return bool(database.rows("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)))
    return bool(
        database.rows(
            "SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename = ?",
            (table,),
        )
    )


def foreign_tables(database: Database) -> bool:
    """Whether a database that has seen none of our steps holds tables nevertheless: another program's."""
    if database.is_sqlite:
        return bool(database.rows("SELECT 1 FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' LIMIT 1"))
    return bool(
        database.rows("SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = current_schema() LIMIT 1")
    )
