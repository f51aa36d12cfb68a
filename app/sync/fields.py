"""What to do with one field: the whole table of decisions between both sides, in one pure function.

Values are HubSpot texts; "" is blank. The memory of our last write is a short keyed hash per field, enough to
see change and never the value itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from app.domain.stream import Property


def comparable(value: str, type_: str) -> str:
    """The text in a form that is equal when HubSpot means the same value (numbers, moments, booleans)."""
    text = value.strip()
    if not text:
        return ""
    if type_ == "number":
        try:
            number = Decimal(text)
        except InvalidOperation:
            return text
        return format(number.normalize(), "f")
    if type_ in ("datetime", "date"):
        return _moment(text, type_)
    if type_ == "bool":
        return text.lower()
    return text.replace("\r\n", "\n")


def _moment(text: str, type_: str) -> str:
    if text.lstrip("-").isdigit() and len(text) > 8:
        parsed = datetime.fromtimestamp(int(text) / 1000, UTC)
    else:
        try:
            parsed = datetime.fromisoformat(text.replace("Z", "+00:00"))
        except ValueError:
            return text
        parsed = parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    if type_ == "date":
        return parsed.date().isoformat()
    return parsed.isoformat(timespec="milliseconds")


def field_hash(salt: bytes, name: str, value: str, type_: str) -> str:
    """Twelve hex characters that stand for one written value."""
    text = f"{name}\0{comparable(value, type_)}"
    return hashlib.blake2b(text.encode(), digest_size=6, key=salt[:64]).hexdigest()


def row_hash(salt: bytes, values: Mapping[str, str]) -> str:
    """One hash over all values of a draft: an unchanged row has an unchanged hash (R2, R3)."""
    digest = hashlib.blake2b(digest_size=12, key=salt[:64])
    for name in sorted(values):
        digest.update(f"{name}\0{values[name]}\0".encode())
    return digest.hexdigest()


@dataclass(frozen=True)
class FieldFacts:
    """What is known of one field. `last` is the hash of our last write (None: never written by us),
    `current` HubSpot's present text (None: there is no record yet), `restate` that every field is asserted."""

    new: str
    last: str | None
    current: str | None
    restate: bool = False


def should_write(prop: Property, facts: FieldFacts, salt: bytes) -> bool:
    """Whether HubSpot is sent `facts.new` (R6, R10).

    * first meeting: own properties are written where they differ; a standard one only with a value
    * only Cliniko changed, or both changed: written; a blank clears an own property, and a standard one only
      where HubSpot still shows what we filled
    * only HubSpot changed, or neither: left
    """
    same_now = facts.current is not None and (
        comparable(facts.current, prop.type) == comparable(facts.new, prop.type)
    )
    if same_now or (facts.current is None and facts.new == ""):
        return False
    if facts.last is None:
        return bool(facts.new) or not prop.standard
    clinic_changed = field_hash(salt, prop.name, facts.new, prop.type) != facts.last
    if not clinic_changed:
        return facts.restate and (bool(facts.new) or not prop.standard)
    if facts.new or not prop.standard:
        return True
    return field_hash(salt, prop.name, facts.current or "", prop.type) == facts.last


@dataclass(frozen=True)
class FieldPlan:
    """The outcome for one record: `changes` name → (old, new) to be sent, `fields` the hashes to remember
    once that is done (of written and of already equal fields)."""

    changes: Mapping[str, tuple[str | None, str]]
    fields: Mapping[str, str]


def _additional_addresses(current: Mapping[str, str] | None) -> set[str]:
    text = (current or {}).get("hs_additional_emails") or ""
    return {address.strip().lower() for address in text.split(";")}


def plan_fields(
    props: Mapping[str, Property],
    values: Mapping[str, str],
    last: Mapping[str, str],
    current: Mapping[str, str] | None,
    salt: bytes,
    restate: bool = False,
) -> FieldPlan:
    """Decide every field of one draft. Fields in `last` that have no value here keep their hash. An address
    that is already one of the contact's additional ones is not sent: its primary stays (R10)."""
    changes: dict[str, tuple[str | None, str]] = {}
    fields = dict(last)
    for name, new in values.items():
        if name == "email" and new and new in _additional_addresses(current):
            continue
        prop = props[name]
        old = None if current is None else current.get(name, "") or ""
        facts = FieldFacts(new=new, last=last.get(name), current=old, restate=restate)
        if should_write(prop, facts, salt):
            changes[name] = (old, new)
            fields[name] = field_hash(salt, name, new, prop.type)
        elif old is not None and comparable(old, prop.type) == comparable(new, prop.type):
            if new or name in last:
                fields[name] = field_hash(salt, name, new, prop.type)
        elif not new and current is None:
            fields.pop(name, None)
        elif new and name in last:
            # A person's edit stays; what Cliniko says now is remembered, so that only its next change is sent.
            fields[name] = field_hash(salt, name, new, prop.type)
    return FieldPlan(changes, fields)
