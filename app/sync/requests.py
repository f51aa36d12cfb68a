"""Requests in HubSpot between executions: whether anybody asks for something that can be answered now (R40)."""

from __future__ import annotations

import json
from collections.abc import Collection

from app.sync.ports import Contact, Filter
from app.sync.run import Run

UPDATES = ("update_cliniko_patient", "update_cliniko_contact")
UNLINKS = ("unlink_cliniko_patient", "unlink_cliniko_contact")
TRIGGERS = (*UPDATES, *UNLINKS)
MODIFIED = "lastmodifieddate"
MOST = 100

WAITING = "requests_waiting"
"""The fact that names contacts whose request has to wait (for a person, another day, the end of a hold), each with
its last change: only a further change makes them worth an execution of their own (I7)."""


def is_any_new(run: Run, existing: Collection[str]) -> bool:
    """One search call for all requests that are switched on: whether there is one that does not wait anyway."""
    wished = TRIGGERS if run.settings.flag("write_back.enabled") else UNLINKS
    names = [name for name in wished if name in existing]
    if not names:
        return False
    groups = [[Filter(name, "EQ", "yes")] for name in names]
    page = run.hubspot.search("contacts", groups, [*names, MODIFIED], limit=MOST)
    waiting = _waiting(run)
    return page.after is not None or any(waiting.get(row.id) != _modified(row) for row in page.rows)


def let_wait(run: Run, contact: Contact) -> None:
    """Remember that this contact's request cannot be answered now."""
    _save(run, {**_waiting(run), contact.id: _modified(contact)})


def wait_no_longer(run: Run, contact_id: str) -> None:
    """Forget it once the request was worked."""
    waiting = _waiting(run)
    if waiting.pop(contact_id, None) is not None:
        _save(run, waiting)


def _waiting(run: Run) -> dict[str, str]:
    return dict(json.loads(run.store.fact(WAITING) or "{}"))


def _save(run: Run, waiting: dict[str, str]) -> None:
    text = json.dumps(waiting, sort_keys=True)
    if text != run.store.fact(WAITING):
        run.store.set_fact(WAITING, text)


def _modified(contact: Contact) -> str:
    return contact.properties.get(MODIFIED) or contact.updated_at
