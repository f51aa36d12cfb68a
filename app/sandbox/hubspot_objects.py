"""The calls for one record at a time: create, read, list, change, archive."""

from __future__ import annotations

from typing import Any

from app.sandbox.hubspot_data import API, PortalData
from app.sandbox.hubspot_kinds import Kind, kind_of
from app.sandbox.hubspot_links import DEFAULT_TYPES, HUBSPOT_DEFINED, Types
from app.sandbox.hubspot_records import EMAIL, Record
from app.sandbox.hubspot_replies import (
    Json,
    Refusal,
    body_of,
    flag,
    listed,
    not_found,
    number,
    ok,
    query,
)
from app.sandbox.hubspot_shown import show, show_written
from app.sandbox.hubspot_writes import Claims, Draft, Writes
from app.sandbox.messages import Reply, Request

_LONGEST_PAGE = 100
_LONGEST_PAGE_WITH_HISTORY = 50


class Objects:
    """What `/crm/objects/{version}/{kind}` answers for single records."""

    def __init__(self, data: PortalData, writes: Writes) -> None:
        self._data = data
        self._writes = writes

    def create(self, request: Request, kind: Kind, version: str) -> Reply:
        """POST of a new record, with links where they are given."""
        body = body_of(request)
        draft = self.new_draft(kind, body, Claims(self._data, kind), version)
        record = self._writes.do(kind, draft, API)
        return ok(show_written(self._data, kind, record, draft.written), 201)

    def new_draft(self, kind: Kind, body: Json, claims: Claims, version: str) -> Draft:
        """A new record as described, links included; raises Refusal."""
        links = self._links(kind, body.get("associations"))
        draft = self._writes.draft(kind, None, properties_of(body), claims, version)
        draft.links = links
        return draft

    def _links(self, kind: Kind, rows: Any) -> list[tuple[Kind, str, Types]]:
        """Links to records that exist, by types that fit the two kinds; raises Refusal."""
        links: list[tuple[Kind, str, Types]] = []
        for row in rows or ():
            if not isinstance(row, dict) or not isinstance(row.get("types"), list) or not row["types"]:
                raise Refusal(400, "associations need `to` and `types`", category=None)
            to_id = str((row.get("to") or {}).get("id", ""))
            other, labels = self.types_of(kind, row["types"])
            target = self._data.of(other).get(to_id)
            if target is None:
                raise Refusal(
                    400,
                    f"One or more associations are not valid: {other.legacy} {to_id} does not exist.",
                    sub_category="INVALID_ASSOCIATIONS",
                    context={"ids": [to_id]},
                )
            links.append((other, target.id, labels))
        return links

    def types_of(self, kind: Kind, rows: list[Any], to_kind: Kind | None = None) -> tuple[Kind, Types]:
        """The far kind that association types stand for, and the labels among them; raises Refusal."""
        known = {
            (HUBSPOT_DEFINED, type_id): (to_name, False)
            for (from_name, to_name), type_id in DEFAULT_TYPES.items()
            if from_name == kind.name
        }
        for label in self._data.links.labels:
            if label.from_kind == kind.name:
                known["USER_DEFINED", label.type_id] = (label.to_kind, True)
            if label.to_kind == kind.name:
                known["USER_DEFINED", label.type_id + 1] = (label.from_kind, True)
        far: set[str] = set()
        labels: set[tuple[str, int]] = set()
        for row in rows:
            pair = (str(row.get("associationCategory")), row.get("associationTypeId"))
            if pair not in known or (to_kind is not None and known[pair][0] != to_kind.name):
                text = f"association type {pair[1]} ({pair[0]}) is not valid from {kind.legacy}"
                raise Refusal(400, text, sub_category="INVALID_ASSOCIATION_TYPE")
            far.add(known[pair][0])
            if known[pair][1]:
                labels.add(pair)
        if len(far) != 1:
            raise Refusal(400, "types of one association must lead to one kind of object")
        return kind_of(far.pop()), frozenset(labels)

    def find(self, kind: Kind, key: str, id_property: str | None, archived: bool = False) -> Record | None:
        """The record under an id, old ids included, or under a unique value; raises Refusal for other keys."""
        records = self._data.of(kind)
        if id_property in (None, "", "hs_object_id"):
            return records.archived.get(key) if archived else records.get(key)
        assert id_property is not None
        self.check_key(kind, id_property)
        value = key.strip().lower() if id_property == EMAIL else key
        if archived:
            found = (one for one in records.archived.values() if one.values.get(id_property) == value)
            return next(found, None)
        record = records.holder(id_property, value)
        return record if record is not None and record.archived is None else None

    def check_key(self, kind: Kind, name: str, email_allowed: bool = True) -> None:
        """Raise Refusal unless records can be told apart by this property."""
        if name not in self._data.of(kind).unique or (name == EMAIL and not email_allowed):
            raise Refusal(
                400, f"Unable to perform update/upsert by non-unique {kind.type_id} property {name}"
            )

    def read(self, request: Request, kind: Kind, key: str) -> Reply:
        """GET of one record."""
        record = self.find(kind, key, query(request, "idProperty"), flag(request, "archived"))
        if record is None:
            raise not_found()
        linked = [kind_of(name) for name in listed(request, "associations") or ()]
        history = listed(request, "propertiesWithHistory") or ()
        names = listed(request, "properties")
        return ok(show(self._data, kind, record, names, history, linked))

    def list(self, request: Request, kind: Kind) -> Reply:
        """GET of a page, by id; `after` is the id it goes on behind."""
        history = listed(request, "propertiesWithHistory") or []
        highest = _LONGEST_PAGE_WITH_HISTORY if history else _LONGEST_PAGE
        size = number(request, "limit", 10, highest)
        after = query(request, "after") or "0"
        if not after.isdigit():
            raise Refusal(400, f"after is not valid: {after}")
        archived = flag(request, "archived")
        linked = [kind_of(name) for name in listed(request, "associations") or ()]
        names = listed(request, "properties")
        records, more = self._data.of(kind).page(int(after), size, archived)
        rows = [show(self._data, kind, record, names, history, linked) for record in records]
        body: Json = {"results": rows}
        if more:
            last = records[-1].id
            body["paging"] = {"next": {"after": last, "link": f"{request.path}?after={last}&limit={size}"}}
        return ok(body)

    def update(self, request: Request, kind: Kind, key: str, version: str) -> Reply:
        """PATCH of one record."""
        record = self.find(kind, key, query(request, "idProperty"))
        if record is None or (record.id != key and self.old_id_refused(kind, key)):
            raise not_found()
        claims = Claims(self._data, kind)
        draft = self._writes.draft(kind, record, properties_of(body_of(request)), claims, version)
        self._writes.do(kind, draft, API)
        return ok(show_written(self._data, kind, record, draft.written))

    def old_id_refused(self, kind: Kind, key: str) -> bool:
        """Whether the key is an id from before a merge and such ids do not reach the survivor for writing."""
        return key in self._data.of(kind).moved and not self._data.switches.old_ids_writable

    def archive(self, kind: Kind, key: str) -> Reply:
        """DELETE of one record into the recycle bin; one that is gone already is no error."""
        record = self._data.of(kind).get(key)
        if record is not None:
            self.shelve(kind, record, API)
        return Reply(204)

    def shelve(self, kind: Kind, record: Record, source: str) -> None:
        """Move a record into the recycle bin; its links stay for the day it is restored."""
        data = self._data
        keep = data.switches.archived_blocks_unique
        data.note("archive", kind, record.id, source)
        data.of(kind).shelve(record, data.now_ms(), data.lag_ms(), keep)


def properties_of(body: Json) -> Json:
    """The `properties` of a write; raises Refusal when they are not an object."""
    properties = body.get("properties")
    if not isinstance(properties, dict):
        raise Refusal(
            400, "Invalid input JSON on line 1, column 1: properties must be an object", category=None
        )
    return properties
