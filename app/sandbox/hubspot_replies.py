"""How HubSpot says no: the error envelope in its several shapes, for whole calls and inside a 207."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.sandbox.messages import Reply, Request

Json = dict[str, Any]

# Which fields may be missing, by how often they are when the simulator is told to forget.
_FORGETTABLE = ("status", "category", "subCategory", "correlationId", "errors", "context", "links", "in")


@dataclass(frozen=True)
class Problem:
    """One property value that is not accepted."""

    name: str
    code: str
    message: str


class Refusal(Exception):
    """A call, or one input of a batch, that is not accepted; becomes an error body with this status."""

    def __init__(
        self,
        status: int,
        message: str,
        category: str | None = "VALIDATION_ERROR",
        sub_category: str | None = None,
        errors: Sequence[Json] = (),
        context: Mapping[str, Sequence[str]] | None = None,
        more: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.category = category
        self.sub_category = sub_category
        self.errors = [dict(error) for error in errors]
        self.context = {name: list(values) for name, values in (context or {}).items()}
        self.more = dict(more or {})
        self.headers = dict(headers or {})

    def entry(self, trace: str | None = None) -> Json:
        """The error as one of several inside a 207, tied to its input by the trace id."""
        body: Json = {"status": "error", "message": self.message}
        if self.category is not None:
            body["category"] = self.category
        if self.sub_category is not None:
            body["subCategory"] = self.sub_category
        if self.errors:
            body["errors"] = self.errors
        context = {**self.context, **({"objectWriteTraceId": [trace]} if trace else {})}
        if context:
            body["context"] = context
        return body


class Forgetful:
    """Leaves optional error fields out at random, or not at all."""

    def __init__(self, seed: int | None) -> None:
        self._dice = None if seed is None else random.Random(f"forget:{seed}")

    def coin(self) -> bool:
        """True about every other time, never when nothing is to be forgotten."""
        return self._dice is not None and self._dice.random() < 0.5

    def thinned(self, body: Json) -> Json:
        """The error body without some of its optional fields."""
        if self._dice is None:
            return body
        kept = {name: value for name, value in body.items() if name not in _FORGETTABLE or self.coin()}
        errors = kept.get("errors")
        if isinstance(errors, list) and len(errors) > 1 and self.coin():
            kept["errors"] = errors[:-1]
        return kept


def not_valid(problems: Sequence[Problem], portal_id: int) -> Refusal:
    """Property values that are wrong: each named both in the text, as JSON, and in `errors`."""
    listed = [
        {
            "isValid": False,
            "message": problem.message,
            "error": problem.code,
            "name": problem.name,
            "localizedErrorMessage": problem.message,
            "portalId": portal_id,
        }
        for problem in problems
    ]
    errors = [
        {
            "message": problem.message,
            "code": problem.code,
            "context": {"propertyName": [problem.name]},
        }
        for problem in problems
    ]
    return Refusal(400, f"Property values were not valid: {json.dumps(listed)}", errors=errors)


def contact_exists(existing_id: str | None) -> Refusal:
    """The address belongs to another contact, in the older of two shapes; without an id it names nobody."""
    if existing_id is None:
        return Refusal(409, "Contact already exists", "CONFLICT")
    message = f"Contact already exists. Existing ID: {existing_id}"
    return Refusal(409, message, "CONFLICT", context={"existingId": [existing_id]})


def value_taken(portal_id: int, legacy: str, name: str, value: str, own_id: str, owner_id: str) -> Refusal:
    """A unique value belongs to another record; the first id is a half-made record, the second the owner."""
    coordinates = (
        f"PropertyValueCoordinates{{portalId={portal_id}, "
        f"objectTypeId=ObjectTypeId{{legacyObjectType={legacy}}}, propertyName={name}, value={value}}}"
    )
    return Refusal(400, f"Cannot set {coordinates} on {own_id}. {owner_id} already has that value.")


def not_found(message: str = "resource not found") -> Refusal:
    """Nothing (any more) under this id or name."""
    return Refusal(404, message, "OBJECT_NOT_FOUND")


def missing_ids(legacy: str, ids: Sequence[str]) -> Refusal:
    """Ids of a batch that lead nowhere; an entry of a 207."""
    message = (
        f"Could not get some {legacy} objects, they may be deleted or not exist. Check that ids are valid."
    )
    return Refusal(207, message, "OBJECT_NOT_FOUND", context={"ids": ids})


def duplicate_ids(ids: Sequence[str]) -> Refusal:
    """The same id more than once in a batch."""
    message = f"Duplicate IDs found in batch input: [{', '.join(ids)}]. IDs must be unique"
    return Refusal(400, message, context={"ids": ids})


def body_of(request: Request) -> Json:
    """The JSON object that was sent; raises Refusal (400, without a category) for anything else."""
    try:
        parsed = json.loads(request.body or b"")
    except json.JSONDecodeError as error:
        text = f"Invalid input JSON on line {error.lineno}, column {error.colno}: {error.msg}"
        raise Refusal(400, text, category=None) from error
    except UnicodeDecodeError as error:
        raise Refusal(400, "Invalid input JSON on line 1, column 1: not UTF-8", category=None) from error
    if not isinstance(parsed, dict):
        raise Refusal(400, "Invalid input JSON on line 1, column 1: not an object", category=None)
    return parsed


def flag(request: Request, name: str) -> bool:
    """A yes-or-no part of the query; anything but `true` is no."""
    return query(request, name) == "true"


def query(request: Request, name: str) -> str | None:
    """The last value of one part of the query."""
    found = None
    for key, value in request.query:
        if key == name:
            found = value
    return found


def listed(request: Request, name: str) -> list[str] | None:
    """A list in the query, repeated or with commas; None when it is not there."""
    parts = [value for key, value in request.query if key in (name, f"{name}[]")]
    if not parts:
        return None
    return [item for part in parts for item in part.split(",") if item]


def number(request: Request, name: str, default: int, highest: int) -> int:
    """A count in the query, at least 1; raises Refusal (400) when it is none or above `highest`."""
    text = query(request, name)
    if text is None or text == "":
        return default
    if not text.isdigit() or not 1 <= int(text) <= highest:
        raise Refusal(400, f"{name} must be between 1 and {highest}: {text}")
    return int(text)


def ok(body: Json, status: int = 200) -> Reply:
    """An accepted call."""
    return Reply(status, body)
