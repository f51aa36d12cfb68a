"""The clinic's own patient fields that it chose to send, each as a property (schema §2, detailed level only)."""

from __future__ import annotations

import json

from app.domain.stream import Property
from app.errors import RightsMissing
from app.schema.levels import Sizes
from app.streams.custom_fields import OwnField, defined_fields, own_field_properties
from app.sync.accounts import CATALOGUE_AGE
from app.sync.run import Run

CHOSEN = "patients.custom_fields"
CACHED = "own_fields"
OWN_FIELD_NAMES = "own_field_names"
"""The fact that holds, by token, name and kind of the chosen fields as last seen."""


def own_rows(run: Run, sizes: Sizes) -> tuple[Property, ...]:
    """A property for each chosen field; none below the detailed level or where the plan is small."""
    chosen = run.settings.items(CHOSEN)
    if not chosen or run.settings.text("privacy.level") != "detailed" or sizes.contacts != "full":
        return ()
    if not run.settings.flag("streams.patients"):
        return ()
    known = {field.token: field for field in _defined(run, chosen)}
    _keep_names(run, [known[token] for token in chosen if token in known])
    return own_field_properties([known.get(token) or OwnField(token, token) for token in chosen], chosen)


def _keep_names(run: Run, fields: list[OwnField]) -> None:
    """Remember what they are called, for lists that ask no service."""
    text = json.dumps({field.token: [field.name, field.kind] for field in fields}, sort_keys=True)
    if fields and not run.is_rehearsal and run.store.fact(OWN_FIELD_NAMES) != text:
        run.store.set_fact(OWN_FIELD_NAMES, text)


def _defined(run: Run, chosen: tuple[str, ...]) -> tuple[OwnField, ...]:
    """The fields the clinic defined: from its public settings, else from those for administrators, once a day."""
    public = run.clinic.own_fields
    if {field.token for field in public} >= set(chosen):
        return public
    kept = run.store.cached(CACHED)
    if kept is not None and run.now() - kept[1] < CATALOGUE_AGE:
        return (*public, *(OwnField(*row) for row in kept[0]))
    try:
        found = defined_fields(run.cliniko.get("settings"))
    except RightsMissing:
        # What the fields are called is then not known; their tokens stand in for it.
        found = ()
    run.store.set_cached(CACHED, [[one.token, one.name, one.kind] for one in found], run.now())
    return (*public, *found)
