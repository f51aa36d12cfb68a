"""Reading HubSpot records: listing, searching, and by id or key in batches, merged ones followed to their survivor."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from app.clients.hubspot_wire import (
    MOST_INPUTS,
    SERVICE,
    HubSpotWire,
    contact_of,
    errors_of,
    next_after,
    objects_path,
    portions,
    read_right,
    results_of,
    strings,
)
from app.errors import RequestRefused, ServiceUnavailable
from app.sync.ports import Contact, Filter, Json, Read, SearchPage

MERGED_IDS = ("hs_merged_object_ids", "hs_calculated_merged_vids")
"""Where a survivor tells which records it was merged from."""

MOST_QUERY = 6000
"""Longest list of property names in an address; beyond it the values are read by a batch call instead."""

MOST_SEARCH_BODY = 2900
"""Longest body of a search (HubSpot stops at 3,000 characters)."""

MOST_LIST_PAGE, MOST_SEARCH_PAGE = 100, 200


class RecordReads(HubSpotWire):
    """Lists, searches and batch reads of contacts and deals."""

    def list_page(
        self, kind: str, properties: Sequence[str], after: str | None = None, limit: int = MOST_LIST_PAGE
    ) -> tuple[tuple[Contact, ...], str | None]:
        """One page of all records that are not archived, and where the next begins (None at the end)."""
        names = ",".join(dict.fromkeys(properties))
        fits = len(names) <= MOST_QUERY
        query = [("limit", str(max(1, min(MOST_LIST_PAGE, limit))))]
        if after is not None:
            query.append(("after", after))
        query.append(("properties", names if fits and names else "hs_object_id"))
        body = self._get(objects_path(kind), query, read_right(kind))
        rows = [contact_of(each) for each in results_of(body, f"GET {kind}")]
        return tuple(rows if fits else self._filled(kind, rows, properties)), next_after(body)

    def search(
        self,
        kind: str,
        groups: Sequence[Sequence[Filter]],
        properties: Sequence[str],
        sort: str | None = None,
        after: str | None = None,
        limit: int = MOST_SEARCH_PAGE,
    ) -> SearchPage:
        """One page of a search. `groups` are joined by OR, the filters of one by AND; `sort` is ascending, or
        descending with a leading `-`. At most 10,000 hits can be paged through, and the index lags by seconds."""
        request: Json = {
            "filterGroups": [{"filters": [_filter(each) for each in group]} for group in groups],
            "properties": list(dict.fromkeys(properties)),
            "limit": max(1, min(MOST_SEARCH_PAGE, limit)),
        }
        if sort:
            direction = "DESCENDING" if sort.startswith("-") else "ASCENDING"
            request["sorts"] = [{"propertyName": sort.removeprefix("-"), "direction": direction}]
        if after is not None:
            request["after"] = after
        fits = len(json.dumps(request)) <= MOST_SEARCH_BODY
        if not fits:
            request["properties"] = ["hs_object_id"]
        body = self._post(objects_path(kind, "search"), request, read_right(kind), is_search=True).body
        rows = [contact_of(each) for each in results_of(body, f"search {kind}")]
        total = body.get("total")
        return SearchPage(
            total if isinstance(total, int) else len(rows),
            tuple(rows if fits else self._filled(kind, rows, properties)),
            next_after(body),
        )

    def _filled(self, kind: str, rows: Sequence[Contact], properties: Sequence[str]) -> list[Contact]:
        """The same records with their values; those that went away meanwhile are left out."""
        found = self.batch_read(kind, [row.id for row in rows], properties).found
        return [found[row.id] for row in rows if row.id in found]

    def batch_read(
        self, kind: str, ids: Sequence[str], properties: Sequence[str], id_property: str | None = None
    ) -> Read:
        """Any number of records by id, or by the unique property `id_property`.

        `found` is keyed by what was asked for, so that two ids merged into one record both lead to it (its
        `Contact.id` then differs from the key).
        """
        asked = list(dict.fromkeys(each for each in ids if each))
        found: dict[str, Contact] = {}
        for portion in portions(asked, MOST_INPUTS):
            found.update(self._read_portion(kind, portion, properties, id_property))
        return Read(found, frozenset(each for each in ids if each not in found))

    def _read_portion(
        self, kind: str, ids: Sequence[str], properties: Sequence[str], id_property: str | None
    ) -> dict[str, Contact]:
        more = MERGED_IDS if id_property is None else (id_property,)
        if id_property == "email":
            more = ("email", "hs_additional_emails")
        request: dict[str, Any] = {
            "inputs": [{"id": each} for each in ids],
            "properties": list(dict.fromkeys([*properties, *more])),
        }
        if id_property is not None:
            request["idProperty"] = id_property
        try:
            body = self._post(objects_path(kind, "batch", "read"), request, read_right(kind)).body
        except RequestRefused as error:
            if error.status != 404:
                raise
            return self._read_halves(kind, ids, properties, id_property)
        rows = [contact_of(each) for each in results_of(body, f"batch read {kind}")]
        found = _by_id(ids, rows) if id_property is None else _by_value(ids, rows, id_property)
        missing = _missing_ids(errors_of(body), kind)
        unexplained = [each for each in ids if each not in found and each not in missing]
        claimed = {contact.id for contact in found.values()}
        strays = [row for row in rows if row.id not in claimed]
        if not unexplained or (id_property is not None and not strays):
            return found
        if len(ids) == 1:
            # One id, one record: it is the answer, whatever its own id has become.
            return {ids[0]: strays[0]} if len({row.id for row in strays}) == 1 else found
        if len(unexplained) < len(ids):
            # Without the others, a record merged into one of them has to answer under its survivor's id.
            return found | self._read_portion(kind, unexplained, properties, id_property)
        return self._read_halves(kind, ids, properties, id_property) if strays else found

    def _read_halves(
        self, kind: str, ids: Sequence[str], properties: Sequence[str], id_property: str | None
    ) -> dict[str, Contact]:
        """The same in two calls, where one answer could not be told apart (a 404, records under other ids)."""
        if len(ids) == 1:
            return {}
        middle = len(ids) // 2
        return self._read_portion(kind, ids[:middle], properties, id_property) | self._read_portion(
            kind, ids[middle:], properties, id_property
        )


def _missing_ids(errors: Sequence[Json], kind: str) -> set[str]:
    """The ids the errors of a batch read name as missing. Raises ServiceUnavailable for errors of another kind."""
    missing: set[str] = set()
    for error in errors:
        if error.get("category") not in (None, "OBJECT_NOT_FOUND"):
            raise ServiceUnavailable(SERVICE, f"{SERVICE} could not read all of a batch of {kind}")
        context = error.get("context")
        if isinstance(context, dict):
            missing.update(strings(context.get("ids")), strings(context.get("id")))
    return missing


def _by_id(ids: Sequence[str], rows: Sequence[Contact]) -> dict[str, Contact]:
    """Each asked id with its record, or with the record it was merged into."""
    asked = set(ids)
    found = {row.id: row for row in rows if row.id in asked}
    for row in rows:
        for old in merged_ids(row):
            if old in asked:
                found.setdefault(old, row)
    return found


def merged_ids(contact: Contact) -> frozenset[str]:
    """The ids of the records that were merged into this one, as far as it tells."""
    found: set[str] = set()
    for name in MERGED_IDS:
        for part in contact.properties.get(name, "").replace(",", ";").split(";"):
            # The older property writes id:moment.
            number = part.strip().partition(":")[0]
            if number.isdigit():
                found.add(number)
    return frozenset(found)


def _by_value(values: Sequence[str], rows: Sequence[Contact], name: str) -> dict[str, Contact]:
    """Each asked value with the record that holds it; HubSpot keeps addresses in lower case."""
    holders: dict[str, Contact] = {}
    for row in rows:
        held: Iterable[str] = [row.properties.get(name, "")]
        if name == "email":
            held = [*held, *row.properties.get("hs_additional_emails", "").split(";")]
        for value in held:
            holders.setdefault(value.strip().casefold(), row)
    return {value: holders[key] for value in values if (key := value.strip().casefold()) in holders}


def _filter(wanted: Filter) -> Json:
    shown: Json = {"propertyName": wanted.name, "operator": wanted.operator}
    if wanted.values:
        shown["values"] = list(wanted.values)
    elif wanted.value is not None:
        shown["value"] = wanted.value
    return shown
