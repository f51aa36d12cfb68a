"""The calls for links between records: one by one, in batches, read, removed, and their labels."""

from __future__ import annotations

from typing import Any

from app.sandbox.hubspot_batches import batch_reply, inputs_of
from app.sandbox.hubspot_data import PortalData
from app.sandbox.hubspot_kinds import Kind, kind_of
from app.sandbox.hubspot_links import HUBSPOT_DEFINED, Label, Types
from app.sandbox.hubspot_objects import Objects
from app.sandbox.hubspot_records import Record
from app.sandbox.hubspot_replies import Json, Refusal, body_of, number, ok, query
from app.sandbox.messages import Reply, Request

MOST_READ = 1_000
MOST_WRITTEN = 2_000
_PAGE = 500


class Associations:
    """What the two families of association addresses answer."""

    def __init__(self, data: PortalData, objects: Objects) -> None:
        self._data = data
        self._objects = objects

    def batch(self, request: Request, near: Kind, far: Kind, what: list[str]) -> Reply | None:
        """`/crm/associations/{version}/{near}/{far}/...`; None when there is no such address."""
        match request.method, what:
            case "POST", ["batch", "associate", "default"]:
                return self._default(body_of(request), near, far)
            case "POST", ["batch", "create"]:
                return self._create(body_of(request), near, far)
            case "POST", ["batch", "read"]:
                return self._read(body_of(request), near, far)
            case "POST", ["batch", "archive"]:
                return self._archive(body_of(request), near, far)
            case "POST", ["batch", "labels", "archive"]:
                return self._archive_labels(body_of(request), near, far)
            case "GET", ["labels"]:
                return ok({"results": self._labels(near, far)})
            case _:
                return None

    def of_record(self, request: Request, near: Kind, near_id: str, rest: list[str]) -> Reply | None:
        """`/crm/objects/{version}/{near}/{id}/associations/...`; None when there is no such address."""
        match request.method, rest:
            case "PUT", ["default", to_name, to_id]:
                far = kind_of(to_name)
                rows = self._join(near, near_id, far, to_id, frozenset())
                return batch_reply(self._data, rows, [], 200)
            case "PUT", [to_name, to_id]:
                return self._label(request, near, near_id, kind_of(to_name), to_id)
            case "DELETE", [to_name, to_id]:
                far = kind_of(to_name)
                self._data.links.part(near, self._id(near, near_id), far, self._id(far, to_id))
                return Reply(204)
            case "GET", [to_name]:
                return self._list(request, near, near_id, kind_of(to_name))
            case _:
                return None

    def _id(self, kind: Kind, record_id: str) -> str:
        return self._data.of(kind).current_id(record_id)

    def _record(self, kind: Kind, record_id: str) -> Record:
        record = self._data.of(kind).get(record_id)
        if record is None:
            message = f"Could not find {kind.legacy} {record_id}"
            raise Refusal(404, message, "OBJECT_NOT_FOUND", context={"ids": [record_id]})
        return record

    def _join(self, near: Kind, near_id: str, far: Kind, far_id: str, labels: Types) -> list[Json]:
        """Link two records and tell both directions; raises Refusal when one does not exist."""
        one, other = self._record(near, near_id), self._record(far, far_id)
        self._data.links.join(near, one.id, far, other.id, labels)
        rows = []
        for from_kind, from_id, to_kind, to_id in (
            (near, one.id, far, other.id),
            (far, other.id, near, one.id),
        ):
            ((category, type_id),) = self._data.links.default(from_kind, to_kind)
            spec = {"associationCategory": category, "associationTypeId": type_id}
            rows.append({"from": {"id": from_id}, "to": {"id": to_id}, "associationSpec": spec})
        return rows

    def _default(self, body: Json, near: Kind, far: Kind) -> Reply:
        results: list[Json] = []
        errors: list[Json] = []
        for one in inputs_of(body, MOST_WRITTEN):
            try:
                results += self._join(near, _end(one, "from"), far, _end(one, "to"), frozenset())
            except Refusal as refusal:
                errors.append(refusal.entry())
        reply = batch_reply(self._data, results, errors, 200)
        # Unlike elsewhere, partial success is told under a plain 200.
        return Reply(200, reply.body)

    def _create(self, body: Json, near: Kind, far: Kind) -> Reply:
        results: list[Json] = []
        errors: list[Json] = []
        for one in inputs_of(body, MOST_WRITTEN):
            near_id, far_id = _end(one, "from"), _end(one, "to")
            try:
                labels = self._types(near, far, one.get("types"))
                self._join(near, near_id, far, far_id, labels)
            except Refusal as refusal:
                errors.append(refusal.entry())
                continue
            results.append(self._pair(near, near_id, far, far_id))
        return batch_reply(self._data, results, errors, 201)

    def _types(self, near: Kind, far: Kind, rows: Any) -> Types:
        if not isinstance(rows, list) or not rows:
            raise Refusal(400, "types are required", category=None)
        return self._objects.types_of(near, rows, far)[1]

    def _pair(self, near: Kind, near_id: str, far: Kind, far_id: str) -> Json:
        types = self._data.links.of(near, self._id(near, near_id), far)[self._id(far, far_id)]
        return {
            "fromObjectTypeId": near.type_id,
            "fromObjectId": near_id,
            "toObjectTypeId": far.type_id,
            "toObjectId": far_id,
            "labels": [name for name in (self._label_name(*one) for one in types) if name],
        }

    def _label_name(self, category: str, type_id: int) -> str | None:
        if category == HUBSPOT_DEFINED:
            return None
        for label in self._data.links.labels:
            if type_id in (label.type_id, label.type_id + 1):
                return label.name
        return None

    def _row(self, far_id: str, types: Types) -> Json:
        told = [
            {"category": category, "typeId": type_id, "label": self._label_name(category, type_id)}
            for category, type_id in sorted(types)
        ]
        return {"toObjectId": far_id, "associationTypes": told}

    def _read(self, body: Json, near: Kind, far: Kind) -> Reply:
        results: list[Json] = []
        errors: list[Json] = []
        for one in inputs_of(body, MOST_READ):
            near_id, after = str(one.get("id", "")), str(one.get("after") or "0")
            rows, next_after = self._page(near, near_id, far, after, _PAGE)
            if not rows:
                message = f"No {far.legacy} is associated with {near.legacy} {near_id}."
                refusal = Refusal(
                    207,
                    message,
                    "OBJECT_NOT_FOUND",
                    "crm.associations.NO_ASSOCIATIONS_FOUND",
                    context={"fromObjectId": [near_id]},
                )
                errors.append(self._data.forgetful.thinned(refusal.entry()))
                continue
            told: Json = {"from": {"id": near_id}, "to": rows}
            if next_after:
                told["paging"] = {"next": {"after": next_after, "link": f"?after={next_after}"}}
            results.append(told)
        return batch_reply(self._data, results, errors, 200)

    def _page(
        self, near: Kind, near_id: str, far: Kind, after: str, size: int
    ) -> tuple[list[Json], str | None]:
        """Active records at the far end by id, and where to go on."""
        start = int(after) if after.isdigit() else 0
        active = self._data.of(far).active
        linked = self._data.links.of(near, self._id(near, near_id), far)
        ids = sorted(int(far_id) for far_id in linked if far_id in active and int(far_id) > start)
        rows = [self._row(str(far_id), linked[str(far_id)]) for far_id in ids[:size]]
        return rows, str(ids[size - 1]) if len(ids) > size else None

    def _list(self, request: Request, near: Kind, near_id: str, far: Kind) -> Reply:
        self._record(near, near_id)
        size = number(request, "limit", _PAGE, _PAGE)
        rows, next_after = self._page(near, near_id, far, query(request, "after") or "0", size)
        told: Json = {"results": rows}
        if next_after:
            told["paging"] = {"next": {"after": next_after, "link": f"?after={next_after}"}}
        return ok(told)

    def _label(self, request: Request, near: Kind, near_id: str, far: Kind, far_id: str) -> Reply:
        """PUT with types as a bare list: sets the labels of one pair."""
        types = self._types(near, far, _list_of(request))
        self._join(near, near_id, far, far_id, types)
        return ok(self._pair(near, near_id, far, far_id), 201)

    def _archive(self, body: Json, near: Kind, far: Kind) -> Reply:
        for one in inputs_of(body, MOST_WRITTEN):
            near_id = self._id(near, _end(one, "from"))
            for target in one.get("to") or ():
                self._data.links.part(near, near_id, far, self._id(far, str(target.get("id", ""))))
        return Reply(204)

    def _archive_labels(self, body: Json, near: Kind, far: Kind) -> Reply:
        """Remove given types of a pair; without the unlabelled one nothing of the pair remains."""
        links = self._data.links
        for one in inputs_of(body, MOST_WRITTEN):
            near_id, far_id = self._id(near, _end(one, "from")), self._id(far, _end(one, "to"))
            gone = {
                (str(row.get("associationCategory")), row.get("associationTypeId"))
                for row in one.get("types") or ()
            }
            held = links.of(near, near_id, far).get(far_id)
            if held is None:
                continue
            links.part(near, near_id, far, far_id)
            if not gone & links.default(near, far):
                links.join(near, near_id, far, far_id, held - links.default(near, far) - gone)
        return Reply(204)

    def _labels(self, near: Kind, far: Kind) -> list[Json]:
        ((category, type_id),) = self._data.links.default(near, far)
        rows: list[Json] = [{"category": category, "typeId": type_id, "label": None}]
        for label in self._data.links.labels:
            if (label.from_kind, label.to_kind) == (near.name, far.name):
                rows.append({"category": "USER_DEFINED", "typeId": label.type_id, "label": label.name})
            elif (label.to_kind, label.from_kind) == (near.name, far.name):
                rows.append({"category": "USER_DEFINED", "typeId": label.type_id + 1, "label": label.name})
        return rows

    def add_label(self, name: str, near: Kind, far: Kind) -> int:
        """A label as a user makes it in the settings; returns its type id from near to far."""
        type_id = 201 + 2 * len(self._data.links.labels)
        self._data.links.labels.append(Label(name, type_id, near.name, far.name))
        return type_id


def _end(one: Json, name: str) -> str:
    end = one.get(name)
    if not isinstance(end, dict) or not end.get("id"):
        raise Refusal(400, f"Invalid input JSON on line 1, column 1: {name}.id is required", category=None)
    return str(end["id"])


def _list_of(request: Request) -> Any:
    """The bare JSON list that was sent."""
    wrapped = Request(request.method, request.path, body=b'{"rows":' + (request.body or b"null") + b"}")
    return body_of(wrapped)["rows"]
