"""Trying an address before it is kept: does a database answer there that this program may use? (R86)"""

from __future__ import annotations

from app.errors import DatabaseTooNew, DatabaseUnusable
from app.store.database import Database
from app.store.migrations import foreign_tables, step_number
from app.store.steps import STEPS


def try_database(url: str) -> bool:
    """Connect and look; nothing is made or changed. True where the database is in use by ClinicBridge already.

    Raises BadInput for an address that cannot be used, DatabaseUnusable for a server that does not answer, does not
    let us in or gives us no right to make tables, and for a database of another program; DatabaseTooNew.
    """
    database = Database(url, read_only=True)
    try:
        present = step_number(database)
        if present > len(STEPS):
            raise DatabaseTooNew(f"database at step {present}, this program knows {len(STEPS)}")
        if not present and foreign_tables(database):
            raise DatabaseUnusable(
                "the database holds tables of another program",
                sentence="The database given belongs to another program. Nothing in it was changed.",
                next_step="Let a database of its own be made for ClinicBridge.",
            )
        if not database.is_sqlite and not _may_make_tables(database):
            raise DatabaseUnusable(
                "no right to create tables in the schema",
                sentence="The database's user may not make tables there.",
                next_step="Let it own the database, or be given the right CREATE on its schema.",
            )
    finally:
        database.close()
    return bool(present)


def _may_make_tables(database: Database) -> bool:
    row = database.first("SELECT has_schema_privilege(current_schema(), 'CREATE')")
    return bool(row and row[0])
