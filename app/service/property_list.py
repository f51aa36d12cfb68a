"""The list of every property the program owns in HubSpot (R63). Needs neither keys nor data;
with the data it knows more."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Protocol

from app.schema import listing
from app.schema.catalogue import CATALOGUE
from app.settings import Settings
from app.streams import GROUPS, PIPELINES
from app.streams.custom_fields import OwnField, own_field_properties
from app.sync.fields import field_hash
from app.sync.own_fields import OWN_FIELD_NAMES


class OwnStore(Protocol):
    """What the list tells of this clinic."""

    def settings(self) -> dict[str, Any]: ...
    def fact(self, key: str) -> str | None: ...
    def secret_salt(self) -> bytes: ...
    def filled_counts(self, blank: Mapping[str, str]) -> dict[str, int]: ...


def property_rows(store: OwnStore | None = None) -> list[dict[str, Any]]:
    """One row for each property: name, label, object, group, type, meaning, source, privacy level, compact, filled.

    With the local data also the clinic's own fields that were chosen, and on how many records each is filled in."""
    if store is None:
        return [dict(row) for row in listing.rows()]
    chosen = Settings(store.settings()).items("patients.custom_fields")
    named = json.loads(store.fact(OWN_FIELD_NAMES) or "{}")
    own = own_field_properties([OwnField(token, *named.get(token, (token,))) for token in chosen], chosen)
    salt = store.secret_salt()
    blank = {row.name: field_hash(salt, row.name, "", row.type) for row in (*CATALOGUE.owned, *own)}
    return [dict(row) for row in listing.rows(own, store.filled_counts(blank))]


def property_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """The same as CSV, safe to open in a spreadsheet."""
    return listing.csv_text(rows)


def owned_rows(listed: Sequence[Mapping[str, Any]] | None = None) -> list[dict[str, Any]]:
    """Everything the program owns in HubSpot: groups, pipelines, stages and properties, each with `kind`, `label`,
    `name`, `object`, `level` and `meaning` ("" where there is none), properties also with `filled`. `listed`: the rows
    of `property_rows`."""
    rows = [_row("group", group.label, group.name, group.object) for group in GROUPS]
    for pipeline in PIPELINES:
        rows.append(_row("pipeline", pipeline.label, pipeline.id, "deals"))
        rows += [_row("stage", stage.label, stage.id, "deals") for stage in pipeline.stages]
    for row in property_rows() if listed is None else listed:
        rows.append(_row("property", str(row["label"]), str(row["name"]), str(row["object"])))
        rows[-1] |= {"level": row["level"], "meaning": row["meaning"], "filled": row["filled"]}
    return rows


def choice_label(name: str, value: str) -> str:
    """What HubSpot calls a choice, a stage or a pipeline of one of our properties; "" where it is none."""
    return _choices().get(name, {}).get(value, "")


def every_label() -> tuple[str, ...]:
    """What HubSpot calls the properties we write, HubSpot's own included, each once."""
    return tuple(dict.fromkeys(row.label for row in CATALOGUE.properties))


def every_choice() -> tuple[str, ...]:
    """What HubSpot calls the choices of those properties, each once."""
    return tuple(dict.fromkeys(label for choices in _choices().values() for label in choices.values()))


@cache
def _choices() -> dict[str, dict[str, str]]:
    """By property, its choices by value; a label stands for itself."""
    found: dict[str, dict[str, str]] = {
        "pipeline": {pipeline.id: pipeline.label for pipeline in PIPELINES},
        "dealstage": {stage.id: stage.label for pipeline in PIPELINES for stage in pipeline.stages},
    }
    for row in CATALOGUE.properties:
        if row.type == "bool":
            found[row.name] = {"true": "Yes", "false": "No", "Yes": "Yes", "No": "No"}
        elif row.options:
            labels = dict(row.options)
            found[row.name] = {**{label: label for label in labels.values()}, **labels}
    return found


def _row(kind: str, label: str, name: str, object_kind: str) -> dict[str, Any]:
    return {"kind": kind, "label": label, "name": name, "object": object_kind, "level": "", "meaning": ""}
