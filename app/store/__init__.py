"""The local database: links, people, questions, journal, history, settings. Behind this door stands peewee."""

from __future__ import annotations

from app.store.backup import backups, restore
from app.store.store import Store, backup, open_store

__all__ = ["Store", "backup", "backups", "open_store", "restore"]
