"""Attendees and cases: lists of their own in Cliniko, whose changes need not move the appointment's date (R4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.domain.visits import Attendee, Case
from app.errors import BadInput, RequestRefused, RightsMissing
from app.streams.visit_reading import parse_attendee, parse_case
from app.sync.case_sessions import SESSIONS, note_sessions
from app.sync.fetch import PassReader
from app.sync.invoice_cases import want_invoices_of
from app.sync.open_cases import keep_open_cases
from app.sync.ports import Json
from app.sync.run import Run

ATTENDEES = "attendees"
CASES = "patient_cases"
HIDDEN: Mapping[str, tuple[str, ...]] = {
    ATTENDEES: ("archived_at:*", "cancelled_at:*", "deleted_at:*"),
    CASES: ("archived_at:*",),
}
FIRST_PAGES = 20
"""Pages of a first read that one execution takes when no other follows at once."""


def read_attendees(run: Run, reader: PassReader) -> None:
    """Keep what changed by booking, and mark linked appointments that it changes."""
    _read(run, reader, ATTENDEES, _keep_attendees)


def read_cases(run: Run, reader: PassReader) -> None:
    """Keep what changed, and mark the linked appointments of a changed case."""
    _read(run, reader, CASES, _keep_cases)


def _read(run: Run, reader: PassReader, name: str, keep: Callable[[Run, list[Json]], None]) -> None:
    is_first = reader.cursor.floor is None
    pages = 0
    try:
        while rows := reader.take(100):
            run.check_stop()
            reader.read_ahead()
            keep(run, rows)
            pages += 1
            if not reader.is_done:
                run.store.save_cursor(reader.placed(str(rows[-1].get("id")), ""))
            if is_first and pages >= FIRST_PAGES and not run.chain.is_chained:
                return
    except RightsMissing:
        run.note_once(
            f"no_{name}", f"The Cliniko key may not read {name}; what they add stays blank.", "appointments"
        )
        return
    except RequestRefused as error:
        if error.status != 404:
            raise
        return
    finished = reader.finished("")
    if finished != run.store.cursor(name):
        run.store.save_cursor(finished)


def _keep_attendees(run: Run, rows: list[Json]) -> None:
    parsed: list[Attendee] = []
    for row in rows:
        try:
            parsed.append(parse_attendee(row))
        except BadInput:
            continue
    bookings = {attendee.booking_id for attendee in parsed if attendee.booking_id}
    before = {key: dict(value) for key, value in run.store.side_rows(ATTENDEES, bookings).items()}
    changed: dict[str, dict[str, Any]] = {}
    for attendee in parsed:
        if not attendee.booking_id:
            continue
        packed = _pack(vars(attendee))
        row = changed.get(attendee.booking_id) or before.get(attendee.booking_id) or {}
        if row.get(attendee.id) != packed:
            changed[attendee.booking_id] = {**row, attendee.id: packed}
    if not changed:
        return
    records = run.store.records("appointment", changed)
    left = {key: str(one.get("case_id") or "") for row in before.values() for key, one in row.items()}
    sessions = note_sessions(run, parsed, left)
    with run.store.write():
        run.store.save_side_rows(ATTENDEES, changed)
        run.store.save_side_rows(SESSIONS, sessions)
        run.want(
            "appointments",
            [k for k, record in records.items() if record.hubspot_id and _adds(changed[k], record.refs)],
        )
        if "cliniko_case_sessions_used" in run.names.get("deals", ()):
            run.want("appointments", _linked_to(run, sessions))
    want_invoices_of(run, [key for key, row in changed.items() if _cases(row) != _cases(before.get(key, {}))])
    if run.settings.flag("appointments.groups"):
        # One person alone may be a class too: whatever is no single appointment that we know is looked up.
        were_read = run.store.cursor("group_appointments").floor is not None
        maybe = [b for b, row in changed.items() if len(row) > 1 or (were_read and b not in records)]
        run.want("group_appointments", maybe)


def _cases(row: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {(key, str(one["case_id"])) for key, one in row.items() if one.get("case_id")}


def _linked_to(run: Run, case_ids: Iterable[str]) -> list[str]:
    """The appointments of these cases that have a deal."""
    return [
        record.cliniko_id
        for case_id in case_ids
        for record in run.store.records_where_ref("appointment", "case", case_id)
        if record.hubspot_id
    ]


def _adds(row: Mapping[str, Any], refs: Mapping[str, str]) -> bool:
    """Whether the attendees of a single appointment say something that its deal does not know yet."""
    return any(
        mark_of(unpack_attendee(packed)) != refs.get("attendee", mark_of(None)) for packed in row.values()
    )


def mark_of(attendee: Attendee | None) -> str:
    """What an attendee may add to an appointment, as one short text to compare."""
    if attendee is None:
        return "--"
    arrived = {True: "y", False: "n", None: "-"}[attendee.arrived]
    return f"{arrived}{attendee.case_id or '-'}{'x' if attendee.cancelled_at else ''}"


def _keep_cases(run: Run, rows: list[Json]) -> None:
    fresh: dict[str, dict[str, Any]] = {}
    for row in rows:
        try:
            case = parse_case(row)
        except BadInput:
            continue
        fresh[case.id] = _pack(asdict(case))
    before = run.store.side_rows(CASES, fresh)
    changed = {key: row for key, row in fresh.items() if before.get(key) != row}
    if not changed:
        return
    with run.store.write():
        run.store.save_side_rows(CASES, changed)
        run.want("appointments", _linked_to(run, changed))
    known = {case_id: before[case_id] for case_id in changed if case_id in before}
    run.store.mark_due(keep_open_cases(run.store, known, changed))


def attendees_of(run: Run, booking_ids: Sequence[str]) -> dict[str, list[Attendee]]:
    """The attendees of these bookings, as far as they were read."""
    rows = run.store.side_rows(ATTENDEES, booking_ids)
    return {key: [unpack_attendee(packed) for packed in row.values()] for key, row in rows.items()}


def cases_of(run: Run, case_ids: Sequence[str]) -> dict[str, Case]:
    """These cases, as far as they were read."""
    return {key: unpack_case(row) for key, row in run.store.side_rows(CASES, case_ids).items()}


def unpack_attendee(packed: Mapping[str, Any]) -> Attendee:
    """An attendee from what was kept."""
    return Attendee(**_unpack(packed, Attendee))


def unpack_case(packed: Mapping[str, Any]) -> Case:
    """A case from what was kept."""
    return Case(**_unpack(packed, Case))


def _pack(values: Mapping[str, Any]) -> dict[str, Any]:
    """Only what is set, in JSON's own types."""
    packed: dict[str, Any] = {}
    for name, value in values.items():
        if value in (None, "", False) and name != "arrived":
            continue
        if value is None:
            continue
        if isinstance(value, datetime | date):
            packed[name] = value.isoformat()
        elif isinstance(value, Decimal):
            packed[name] = str(value)
        else:
            packed[name] = value
    return packed


MOMENTS = frozenset({"cancelled_at", "created_at", "updated_at", "archived_at", "deleted_at", "closed_at"})
DAYS = frozenset({"issue_date", "expiry_date"})


def _unpack(packed: Mapping[str, Any], kind: type) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in packed.items():
        if name not in kind.__dataclass_fields__:  # type: ignore[attr-defined]
            continue
        if name in MOMENTS:
            values[name] = datetime.fromisoformat(value)
        elif name in DAYS:
            values[name] = date.fromisoformat(value)
        elif name == "max_amount":
            values[name] = Decimal(value)
        else:
            values[name] = value
    return values
