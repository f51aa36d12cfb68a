"""A database for each test: an SQLite file, memory, and a PostgreSQL where one is given."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store import Store, open_store
from tests.app.owned_clock import OwnedClock

POSTGRES = os.environ.get("CLINICBRIDGE_TEST_POSTGRES", "")


@pytest.fixture
def clock() -> OwnedClock:
    return OwnedClock()


@pytest.fixture
def file_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data/clinicbridge.db"


@pytest.fixture(params=["file", "memory", "postgres"])
def url(request: pytest.FixtureRequest, file_url: str) -> Iterator[str]:
    """The address of an empty database of each sort."""
    if request.param == "file":
        yield file_url
    elif request.param == "memory":
        yield "sqlite:///:memory:"
    elif not POSTGRES:
        pytest.skip("CLINICBRIDGE_TEST_POSTGRES names no database")
    else:
        with postgres_schema() as address:
            yield address


@pytest.fixture
def store(url: str, clock: OwnedClock) -> Iterator[Store]:
    opened = open_store(url, clock)
    yield opened
    opened.close()


@pytest.fixture
def file_store(file_url: str, clock: OwnedClock) -> Iterator[Store]:
    opened = open_store(file_url, clock)
    yield opened
    opened.close()


class postgres_schema:
    """A schema of its own in the server's database, gone afterwards."""

    def __enter__(self) -> str:
        from app.store.database import Database

        self.name = f"test_{secrets.token_hex(6)}"
        self.admin = Database(POSTGRES)
        self.admin.change(f"CREATE SCHEMA {self.name}")
        joint = "&" if "?" in POSTGRES else "?"
        return f"{POSTGRES}{joint}options=-csearch_path%3D{self.name}"

    def __exit__(self, *_: object) -> None:
        self.admin.change(f"DROP SCHEMA {self.name} CASCADE")
        self.admin.close()
