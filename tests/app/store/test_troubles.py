"""What a driver says, in the program's own words (I6, I11)."""

from __future__ import annotations

import errno
import sqlite3

import peewee
import pytest

from app.errors import Bug, DatabaseUnusable
from app.store.troubles import ConstraintBroken, disk_trouble, translated


def sqlite_error(name: str) -> peewee.OperationalError:
    cause = sqlite3.OperationalError("some text of the library")
    cause.sqlite_errorname = name
    return peewee.OperationalError(cause, *cause.args)


class ServerSays(Exception):
    """A driver's error as psycopg2 (pgcode) and psycopg (sqlstate) give it; its text quotes a row."""

    def __init__(self, **codes: str) -> None:
        super().__init__("DETAIL: Key (name)=(Mia Lee) already exists")
        for name, code in codes.items():
            setattr(self, name, code)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("SQLITE_FULL", "disk is full"),
        ("SQLITE_BUSY", "Another program"),
        ("SQLITE_BUSY_SNAPSHOT", "Another program"),
        ("SQLITE_LOCKED", "Another program"),
        ("SQLITE_CORRUPT_INDEX", "damaged"),
        ("SQLITE_NOTADB", "damaged"),
        ("SQLITE_READONLY_DBMOVED", "may not open or change"),
        ("SQLITE_CANTOPEN", "may not open or change"),
        ("SQLITE_IOERR_WRITE", "reports an error"),
        ("SQLITE_ERROR", "cannot be used"),
    ],
)
def test_sqlite_s_names(name: str, words: str) -> None:
    """Each cause has a sentence and a next step; SQLite's own text names no value."""
    error = translated(sqlite_error(name))
    assert isinstance(error, DatabaseUnusable)
    assert words in error.sentence
    assert error.next_step
    assert str(error).startswith(name)


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ({"pgcode": "53100"}, "disk is full"),
        ({"sqlstate": "55P03"}, "Another program"),
        ({"pgcode": "57P01"}, "cannot be reached"),
        ({"pgcode": "42501"}, "may not open or change"),
        ({"pgcode": "XX001"}, "damaged"),
        ({"pgcode": "42P01"}, "cannot be used"),
        ({}, "cannot be reached"),
    ],
)
def test_postgres_s_codes(codes: dict[str, str], words: str) -> None:
    """The same for a shared database, whose texts quote rows and are never repeated."""
    cause = ServerSays(**codes)
    error = translated(peewee.OperationalError(cause, *cause.args))
    assert isinstance(error, DatabaseUnusable)
    assert words in error.sentence
    assert "Mia" not in f"{error} {error.sentence} {error.next_step}"


def test_what_is_our_own_mistake() -> None:
    """A forbidden row and a bad statement are told apart from a bad disk."""
    cause = ServerSays(pgcode="23505")
    assert isinstance(translated(peewee.IntegrityError(cause, *cause.args)), ConstraintBroken)
    wrong = translated(sqlite3.ProgrammingError("wrong number of bindings"))
    assert isinstance(wrong, Bug)
    assert not isinstance(wrong, DatabaseUnusable)


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "may not open"), (errno.EIO, "reports an error")],
)
def test_the_system_s_refusals(number: int, words: str) -> None:
    """A file or folder that the system refuses; its path stays out of the text (it may name a person)."""
    error = disk_trouble(OSError(number, "No luck", "/home/mia.lee/clinicbridge.db"), "writing")
    assert words in error.sentence
    assert "mia" not in str(error)
