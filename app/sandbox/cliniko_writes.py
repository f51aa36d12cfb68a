"""Writing calls: what a body may say, what is refused, and what then happens to the record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.sandbox.cliniko_billing_desk import BillingDesk
from app.sandbox.cliniko_checks import BLANK, MUST_EXIST, NOT_LISTED, Refused
from app.sandbox.cliniko_filters import Row
from app.sandbox.cliniko_resource import Resource
from app.sandbox.cliniko_visits import CANCELLATIONS
from app.sandbox.cliniko_visits_desk import later
from app.sandbox.messages import Reply, Request

_ATTENDEE_EDITS = ("arrived", "notes", "patient_case_id")
_REASONS_SENT = frozenset(CANCELLATIONS) - {31}


class Rejected(Exception):
    """The write is refused with this answer."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(str(reply.status))
        self.reply = reply


def invalid(errors: Mapping[str, str]) -> Rejected:
    """The refusal that names fields."""
    return Rejected(Reply(422, {"message": "Validation Failed", "errors": dict(errors)}))


def body_of(request: Request) -> dict[str, Any]:
    """The object a call carries; without a JSON content type the body is not read. May raise Rejected."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" or not request.body.strip():
        return {}
    try:
        found = json.loads(request.body)
    except ValueError:
        raise Rejected(Reply(400, {"message": "Malformed JSON in the request body."})) from None
    if not isinstance(found, dict):
        raise Rejected(Reply(422, {"message": "must be an object"}))
    return found


class Writes:
    """Carries out creates, updates and cancellations; the caller holds the clinic's lock."""

    def __init__(self, desk: BillingDesk) -> None:
        self._desk = desk

    def checked(self, resource: Resource, body: Mapping[str, Any], creating: bool) -> Row:
        """The fields of a body as rows keep them, less unknown and read-only ones. May raise Rejected."""
        fields: Row = {}
        errors: dict[str, str] = {}
        wanted = dict(body)
        if creating:
            wanted = {**dict.fromkeys(resource.required), **wanted}
        for name, value in wanted.items():
            check = resource.writes.get(name)
            if check is None:
                continue
            try:
                fields[name] = check(self._desk, value)
            except Refused as refusal:
                errors[refusal.field or name] = refusal.message
                continue
            if name in resource.required and fields.get(name) in (None, ""):
                errors[name.removesuffix("_id")] = BLANK
        if errors:
            raise invalid(errors)
        return fields

    def create(self, resource: Resource, body: Mapping[str, Any]) -> int:
        """A new record; returns its id. May raise Rejected."""
        fields = self.checked(resource, body, creating=True)
        self._special(resource, fields)
        match resource.name:
            case "individual_appointments":
                self._check_case(fields)
                return int(self._desk.add_appointment(**_texts(fields)))
            case "group_appointments":
                return int(self._desk.add_group_appointment(**_texts(fields)))
            case "attendees":
                self._check_case(fields)
                return int(self._desk.add_attendee(**_texts(fields)))
            case "patient_cases":
                return self._create_case(fields)
            case _:
                return int(self._desk.add(resource.name, **fields))

    def update(self, resource: Resource, row: Row, body: Mapping[str, Any]) -> None:
        """Write into a record; what is the same already changes nothing. May raise Rejected."""
        if resource.name == "attendees":
            body = {name: value for name, value in body.items() if name in _ATTENDEE_EDITS}
        fields = self.checked(resource, body, creating=False)
        if resource.name in ("individual_appointments", "attendees"):
            self._check_case(fields)
        if resource.name == "appointment_type_billable_items":
            fields.pop("appointment_type_id", None)
        self._special(resource, fields)
        self._default_end(row, fields)
        attendee_ids = fields.pop("attendee_ids", None) if resource.name == "patient_cases" else None
        self._put_into_case(row["id"], attendee_ids)
        changed = {name: value for name, value in fields.items() if row.get(name) != value}
        if not changed and not self._desk.switches.same_write_bumps:
            return
        if resource.name == "patients":
            self._desk.edit_patient(str(row["id"]), **fields)
        elif "arrived" in changed:
            self._desk.edit("attendees", str(row["id"]), **fields)
            self._desk.mark(str(row["id"]), fields["arrived"])
        else:
            self._desk.edit(resource.name, str(row["id"]), **fields)

    def _special(self, resource: Resource, fields: Row) -> None:
        """Fields that are kept otherwise than they are sent."""
        if resource.name == "patients" and fields.pop("unsubscribe_sms_marketing", None) is True:
            fields["accepted_sms_marketing"] = False
        if resource.name == "taxes" and "amount" in fields:
            amount = fields.pop("amount")
            fields.setdefault("rate", amount)
        if resource.name == "patient_cases" and "closed" in fields:
            fields["closed_at"] = self._desk.stamp() if fields.pop("closed") else None

    def _check_case(self, fields: Row) -> None:
        case = self._desk.tables["patient_cases"].get(fields.get("patient_case_id") or 0)
        if case is not None and case.get("archived_at") is not None:
            raise invalid({"base": "Case has been archived."})

    def _default_end(self, row: Row, fields: Row) -> None:
        if "ends_at" in fields and fields["ends_at"] is None:
            slot: Row = {**row, **fields}
            kind = self._desk.row("appointment_types", slot["appointment_type_id"])
            fields["ends_at"] = later(slot["starts_at"], kind["duration_in_minutes"])

    def _create_case(self, fields: Row) -> int:
        attendee_ids = fields.pop("attendee_ids", None)
        case_id = int(self._desk.add("patient_cases", **fields))
        self._put_into_case(case_id, attendee_ids)
        return case_id

    def _put_into_case(self, case_id: int, attendee_ids: list[int] | None) -> None:
        if attendee_ids is None:
            return
        for row in list(self._desk.tables["attendees"].rows.values()):
            wanted = case_id if row["id"] in attendee_ids else None
            if (row.get("patient_case_id") == case_id) != (wanted == case_id):
                self._desk.change("attendees", row["id"], {"patient_case_id": wanted})

    def cancel(self, resource: Resource, row: Row, body: Mapping[str, Any]) -> None:
        """Cancel an individual appointment, or an attendee of a group. May raise Rejected."""
        reason = body.get("cancellation_reason")
        if reason is None:
            raise invalid({"cancellation_reason": BLANK})
        if isinstance(reason, bool) or reason not in _REASONS_SENT:
            raise invalid({"cancellation_reason": NOT_LISTED})
        if resource.name == "attendees":
            if self._desk.tables["group_appointments"].get(row["booking_id"]) is None:
                raise invalid({"base": "Only attendees of group appointments can be cancelled."})
            self._desk.cancel_attendee(str(row["id"]), reason, body.get("cancellation_note"))
        else:
            self._desk.cancel_appointment(str(row["id"]), reason, body.get("cancellation_note"))

    def set_referral(self, patient: Row, resource: Resource, body: Mapping[str, Any]) -> None:
        """Say where a patient comes from; type, referrer and subcategory have to fit. May raise Rejected."""
        fields = self.checked(resource, body, creating=False)
        held = self._desk.tables["referral_sources"].where("patient_id", patient["id"])
        before = held[0] if held else {}
        type_id = fields.get("referral_source_type_id", before.get("referral_source_type_id"))
        if type_id is None:
            raise invalid({"referral_source_type": BLANK})
        same_type = type_id == before.get("referral_source_type_id")
        kind = self._desk.row("referral_source_types", type_id)
        referrer = fields.get("referrer_id", before.get("referrer_id") if same_type else None)
        subcategory = fields.get("subcategory", before.get("subcategory") if same_type else None)
        referrer_id = self._referrer(kind, referrer)
        if subcategory and subcategory not in (kind.get("subcategories") or ()):
            raise invalid({"subcategory": NOT_LISTED})
        notes = fields.get("notes", before.get("notes"))
        new = {
            "referral_source_type_id": type_id,
            "referrer_id": referrer_id,
            "subcategory": subcategory or None,
            "notes": notes,
        }
        if before and all(before.get(name) == value for name, value in new.items()):
            return
        self._desk.set_referral_source(
            str(patient["id"]),
            str(type_id),
            None if referrer_id is None else str(referrer_id),
            subcategory or None,
            notes,
        )

    def _referrer(self, kind: Row, referrer: Any) -> int | None:
        wanted = kind.get("referrer_type")
        if wanted is None or referrer in (None, ""):
            return None
        table = "contacts" if wanted == "Contact" else "patients"
        text = str(referrer)
        if not text.isdigit() or self._desk.tables[table].get(int(text)) is None:
            raise invalid({"referrer": MUST_EXIST})
        return int(text)


def _texts(fields: Row) -> dict[str, Any]:
    """Ids as text, as the desk takes them."""
    return {
        name: str(value) if name.endswith("_id") and value is not None else value
        for name, value in fields.items()
    }
