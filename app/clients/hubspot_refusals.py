"""Why HubSpot refused something: its many error bodies read as one `Refusal`. Pure, and silent about values.

Decided by code first, then category, then status; text only yields an id or a name, or helps where HubSpot left
every machine-readable field out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.sync.ports import Refusal

Json = dict[str, Any]

PRECEDENCE = (
    "unknown_property",
    "invalid_stage",
    "email_conflict",
    "unique_conflict",
    "blocklisted",
    "invalid_email",
    "read_only",
    "invalid_option",
    "invalid_value",
    "not_found",
    "validation",
    "other",
)
"""When one body tells several reasons, the first of these is the refusal's code."""

OF_ONE_VALUE = frozenset({"invalid_email", "read_only", "invalid_option", "invalid_value", "validation"})
"""Refusals that leaving the named properties out would cure: their properties are named together."""

_CODES = {
    "PROPERTY_DOESNT_EXIST": "unknown_property",
    "PROPERTY_NOT_FOUND": "unknown_property",
    "INVALID_EMAIL": "invalid_email",
    "INVALID_OPTION": "invalid_option",
    "INVALID_BOOLEAN_OPTION": "invalid_option",
    "READ_ONLY_VALUE": "read_only",
    "CONFLICTING_UNIQUE_VALUE": "unique_conflict",
    "CONFLICT": "unique_conflict",
    "OBJECT_ALREADY_EXISTS": "unique_conflict",
    "OBJECT_NOT_FOUND": "not_found",
    "MISSING_CONDITIONAL_REQUIRED_PROPERTY": "validation",
    "MISSING_REQUIRED_PROPERTY": "validation",
    "VALIDATION_ERROR": "validation",
}

_OWNER = (
    re.compile(r"\.\s*(\d+) already has that value"),
    re.compile(r"Existing ID:\s*(\d+)", re.IGNORECASE),
)
_NOT_UNIQUE = re.compile(r"non-unique \S+ property ([a-z][a-z0-9_]*)")
_HALF_MADE = re.compile(r"\bon (\d+)\.\s*\d+ already has that value")
_COORDINATES = re.compile(r"propertyName=([A-Za-z0-9_]+)")
_NO_PROPERTY = re.compile(r"[Pp]roperty \W?([a-z][a-z0-9_]*)\W? does(?: not|n't) exist")
_BLOCKED = re.compile(r"\b(?:blocklist|blacklist|GDPR)", re.IGNORECASE)
_ADDRESS = re.compile(r"\S*@\S*")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,99}")
_QUOTED_CODE = re.compile(r"\"(?:error|code)\"\s*:\s*\"([A-Z_]+)\"")
_QUOTED_NAME = re.compile(r"\"(?:name|propertyName)\"\s*:\s*\"([a-z][a-z0-9_]*)\"")
_CORRELATION = re.compile(r"[A-Za-z0-9-]{1,64}")


@dataclass(frozen=True)
class _Reason:
    """One reason found somewhere in a body."""

    code: str
    names: tuple[str, ...]
    owner_id: str | None


def classify(body: object, status: int | None = None, kind: str = "contacts") -> Refusal:
    """Read an error body, or one entry of a batch's `errors`.

    `status` is the HTTP status where there is one; `kind` the object type written, since a conflict that names
    nothing is about the e-mail of a contact but about the key of a deal.
    """
    reasons = [
        reason for entry in _entries(body) if (reason := _reason(entry, kind, is_alone=False)) is not None
    ]
    if not reasons:
        top = body if isinstance(body, dict) else {}
        fallback = _reason(top, kind, is_alone=True)
        reasons = [fallback or _Reason(_code_of_status(status, kind), (), _owner(top))]
    code = min((reason.code for reason in reasons), key=PRECEDENCE.index)
    cured = OF_ONE_VALUE if code in OF_ONE_VALUE else {code}
    names = tuple(sorted({name for reason in reasons if reason.code in cured for name in reason.names}))
    owner = next((reason.owner_id for reason in reasons if reason.code == code and reason.owner_id), None)
    return Refusal(code, names, owner, _detail(body, status, code, names))


def culprit_ids(entry: object) -> tuple[frozenset[str], frozenset[str]]:
    """Whom an error is about: trace ids and record ids, wherever they are named."""
    traces: set[str] = set()
    ids: set[str] = set()
    for context in _contexts(entry):
        for name in ("objectWriteTraceId", "objectWriteTraceIds", "traceId"):
            traces.update(_texts(context.get(name)))
        for name in ("ids", "id", "objectId", "objectIds"):
            ids.update(_texts(context.get(name)))
    half_made = _HALF_MADE.search(_message(entry))
    if half_made:
        ids.add(half_made.group(1))
    return frozenset(traces), frozenset(ids)


def names_of(entry: object) -> tuple[str, ...]:
    """The names of properties or groups an error of the schema endpoints is about."""
    found: set[str] = set()
    for each in _entries(entry):
        found.update(_property_names(each))
    return tuple(sorted(found))


def is_existing(body: object) -> bool:
    """Whether the error only says that what was to be created is there already."""
    found = {
        str(each.get(name, "")) for each in _entries(body) for name in ("category", "subCategory", "code")
    }
    return any("ALREADY_EXISTS" in each or "WITH_NAME_EXISTS" in each for each in found)


# reading a body


def _entries(body: object, depth: int = 0) -> Iterator[Json]:
    """The body, its errors, and what is hidden as JSON in their messages; outermost first."""
    if not isinstance(body, dict) or depth > 4:
        return
    yield body
    errors = body.get("errors")
    for entry in errors if isinstance(errors, list) else []:
        yield from _entries(entry, depth + 1)
    for entry in _inside_message(_message(body)):
        yield from _entries(entry, depth + 1)


def _inside_message(message: str) -> list[Json]:
    for opening in ("[", "{"):
        at = message.find(opening)
        while at >= 0:
            try:
                read, _ = json.JSONDecoder().raw_decode(message[at:])
            except (ValueError, RecursionError):
                at = message.find(opening, at + 1)
                continue
            found = read if isinstance(read, list) else [read]
            entries = [each for each in found if isinstance(each, dict)]
            if entries:
                return entries
            at = message.find(opening, at + 1)
    return []


def _contexts(entry: object) -> Iterator[Mapping[str, Any]]:
    for each in _entries(entry):
        context = each.get("context")
        if isinstance(context, dict):
            yield context
        yield {name: each[name] for name in ("objectWriteTraceId",) if name in each}


def _reason(entry: Json, kind: str, is_alone: bool) -> _Reason | None:
    """What one entry says; None when it says nothing of its own. `is_alone`: nothing else in the body did."""
    message = _message(entry)
    names = _property_names(entry)
    code = _code(entry, message, is_alone)
    if code is None:
        return None
    if code == "unique_conflict" and _is_about_email(message, names, kind):
        names = names or ("email",)
        code = "email_conflict"
    if code == "invalid_email" and not names:
        names = ("email",)
    if code == "invalid_option" and ("pipeline stage" in message or set(names) & {"dealstage", "pipeline"}):
        names = names or ("dealstage",)
        code = "invalid_stage"
    return _Reason(code, names, _owner(entry))


def _code(entry: Json, message: str, is_alone: bool) -> str | None:
    words = [str(entry.get(name) or "") for name in ("code", "error", "subCategory", "errorType")]
    category = str(entry.get("category") or "")
    if _OWNER[0].search(message) or _OWNER[1].search(message):
        return "unique_conflict"
    if category == "CONFLICT" or "contact already exists" in message.lower():
        return "unique_conflict"
    if _BLOCKED.search(_ADDRESS.sub("", message)):
        return "blocklisted"
    if _NOT_UNIQUE.search(message):
        # A key that is no longer unique is as useless as one that is gone.
        return "unknown_property"
    for word in words:
        known = _CODES.get(word) or _CODES.get(word.rpartition(".")[2])
        if known:
            return known
        if word.startswith("INVALID_"):
            return "invalid_value"
    if _NO_PROPERTY.search(message):
        return "unknown_property"
    quoted = _QUOTED_CODE.search(message)
    if quoted and not _inside_message(message):
        return _CODES.get(quoted.group(1)) or "invalid_value"
    if any(words) and _property_names(entry):
        return "validation"
    if category == "OBJECT_NOT_FOUND" or message.startswith("Could not get some"):
        return "not_found"
    return _CODES.get(category) if is_alone else None


def _code_of_status(status: int | None, kind: str) -> str:
    if status == 409:
        return "email_conflict" if kind == "contacts" else "unique_conflict"
    return {400: "validation", 404: "not_found"}.get(status or 0, "other")


def _is_about_email(message: str, names: tuple[str, ...], kind: str) -> bool:
    if names:
        return bool(set(names) & {"email", "hs_additional_emails"})
    return kind == "contacts"


def _property_names(entry: Json) -> tuple[str, ...]:
    found: set[str] = set()
    context = entry.get("context")
    for source in (entry, context if isinstance(context, dict) else {}):
        for name in ("name", "propertyName", "propertyNames", "properties"):
            found.update(text for text in _texts(source.get(name)) if _NAME.fullmatch(text))
    message = _message(entry)
    found.update(_COORDINATES.findall(message))
    found.update(_NO_PROPERTY.findall(message))
    found.update(_NOT_UNIQUE.findall(message))
    if not found and not _inside_message(message):
        found.update(_QUOTED_NAME.findall(message))
    return tuple(sorted(found))


def _owner(entry: Json) -> str | None:
    context = entry.get("context")
    if isinstance(context, dict):
        for text in _texts(context.get("existingId")):
            if text.isdigit():
                return text
    for pattern in _OWNER:
        match = pattern.search(_message(entry))
        if match:
            return match.group(1)
    return None


def _message(entry: object) -> str:
    message = entry.get("message") if isinstance(entry, dict) else None
    return message if isinstance(message, str) else ""


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [str(each) for each in values if isinstance(each, str | int) and not isinstance(each, bool)]


def _detail(body: object, status: int | None, code: str, names: tuple[str, ...]) -> str:
    """A sentence for the log: code, property names and the service's own codes; never a value (I6)."""
    said = []
    for entry in _entries(body):
        for name in ("category", "code", "error", "subCategory"):
            word = entry.get(name)
            if isinstance(word, str) and re.fullmatch(r"[A-Za-z_.]{1,80}", word) and word != "error":
                said.append(word)
    request = body.get("correlationId") if isinstance(body, dict) else None
    parts = [
        "HubSpot refused a record" + (f" with {status}" if status else "") + f": {code}",
        f"properties {', '.join(names)}" if names else "",
        f"it said {', '.join(dict.fromkeys(said))}" if said else "",
        f"request {request}" if isinstance(request, str) and _CORRELATION.fullmatch(request) else "",
    ]
    return "; ".join(part for part in parts if part)
