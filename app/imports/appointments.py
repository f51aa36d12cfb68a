"""Rows of an appointments file to visits, groups and blocks, or the reason why not (R71)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Final

from app.domain.hubspot_text import clean
from app.domain.imported import FileFacts, VisitRow, VisitShape
from app.domain.visits import Appointment
from app.imports.cells import (
    Unreadable,
    has_clock,
    is_blank,
    read_flag,
    read_id,
    read_ids,
    read_moment,
    read_whole,
)
from app.imports.columns import Columns
from app.imports.patients import SOME_TIME, facts_of
from app.imports.reader import Row, Sheet

_REASONS: Final = {
    "feeling better": 10,
    "condition worse": 20,
    "sick": 30,
    "covid-19 related": 31,
    "away": 40,
    "other": 50,
    "work": 60,
}
_NUMBERS_OF_REASONS: Final = frozenset(map(str, _REASONS.values()))
_LONGEST: Final = timedelta(hours=24)


class Appointments:
    """The appointments of a file."""

    def __init__(self, sheet: Sheet, columns: Columns) -> None:
        self._sheet = sheet
        self._columns = columns
        self._places = columns.places
        self._order = columns.order_of("starts_at")
        self.present = frozenset(columns.places)

    def rows(
        self, facts: FileFacts, check: Callable[[], None] = lambda: None, after: int = 0
    ) -> Iterator[VisitRow]:
        """Every row beyond number `after`. An appointment met again is marked as repeated; a group may stand in
        as many rows as it has people."""
        seen: set[int] = set()
        facts = facts_of(self._columns, facts)
        for row in self._sheet.rows(check):
            read = self._read(row, facts)
            if read.appointment is not None and read.appointment.id:
                mark = hash((read.appointment.id, read.patient_ids, read.patient_name))
                if mark in seen:
                    read = VisitRow(row.number, read.appointment, read.shape, repeats=True)
                seen.add(mark)
            if row.number > after:
                yield read

    def span(self, facts: FileFacts, check: Callable[[], None]) -> tuple[datetime, datetime] | None:
        """First and last start of the rows that have no appointment id; None where every row has one."""
        first = last = None
        for read in self.rows(facts, check):
            place = read.appointment
            if place is None or place.id or read.shape == "block":
                continue
            first = place.starts_at if first is None else min(first, place.starts_at)
            last = place.starts_at if last is None else max(last, place.starts_at)
        return None if first is None or last is None else (first, last)

    def _read(self, row: Row, facts: FileFacts) -> VisitRow:
        if row.problem:
            return VisitRow(row.number, None, reason=row.problem)
        if self._sheet.is_cut_off(row):
            return VisitRow(row.number, None, reason="the file breaks off within this row")
        try:
            return self._visit(row, facts)
        except Unreadable as why:
            return VisitRow(row.number, None, reason=str(why))

    def _visit(self, row: Row, facts: FileFacts) -> VisitRow:
        cells = row.cells
        patients = self._patients(cells)
        name = self._name(cells)
        shape = self._shape(cells, patients, name)
        zone = facts.zones.get(self._text(cells, "business").lower()) or facts.zones.get(
            self._text(cells, "business_id"), facts.zone
        )
        return VisitRow(
            row.number,
            self._appointment(cells, zone, shape),
            shape,
            patient_ids=patients,
            patient_name=name,
            patient_email=self._text(cells, "patient_email").lower(),
            practitioner=self._text(cells, "practitioner"),
            business=self._text(cells, "business"),
            type_name=self._text(cells, "appointment_type"),
            category=self._text(cells, "appointment_category"),
        )

    def _patients(self, cells: Sequence[str]) -> tuple[str, ...]:
        place = self._places.get("patient_ids")
        return () if place is None else read_ids(cells[place])

    def _name(self, cells: Sequence[str]) -> str:
        name = self._text(cells, "patient_name")
        parts = (self._text(cells, "patient_first_name"), self._text(cells, "patient_last_name"))
        return "" if is_blank(name) and not any(parts) else name or " ".join(filter(None, parts))

    def _shape(self, cells: Sequence[str], patients: Sequence[str], name: str) -> VisitShape:
        """A block has nobody and room for nobody; a group has room for several, or several people."""
        room = read_whole(self._cell(cells, "most_patients"))
        if (room or 0) > 1 or len(patients) > 1:
            return "group"
        if not patients and not name and not room:
            return "block"
        if not patients and not name:
            raise Unreadable("it names no patient")
        return "visit"

    def _appointment(self, cells: Sequence[str], zone: tzinfo, shape: VisitShape) -> Appointment:
        starts_at = self._start(cells, zone)
        ends_at = self._time(cells, "ends_at", zone)
        minutes = read_whole(self._cell(cells, "duration"))
        if ends_at is None and minutes:
            ends_at = starts_at + timedelta(minutes=minutes)
        if ends_at is not None and not starts_at <= ends_at <= starts_at + _LONGEST:
            ends_at = None
        updated_at = self._time(cells, "updated_at", zone)
        attendance = self._text(cells, "attendance").lower()
        cancelled_at = self._cancelled(cells, zone, updated_at or starts_at)
        if cancelled_at is None and "cancel" in attendance:
            cancelled_at = updated_at or starts_at
        missed = read_flag(self._cell(cells, "did_not_arrive"))
        if (
            missed is None
            and attendance
            and any(word in attendance for word in ("did not", "dna", "no show"))
        ):
            missed = True
        arrived = read_flag(self._cell(cells, "patient_arrived"))
        if arrived is None and attendance in ("arrived", "attended", "completed"):
            arrived = True
        reminders = [read_flag(self._cell(cells, f"{kind}_reminder_sent")) for kind in ("email", "sms")]
        return Appointment(
            id=read_id(self._cell(cells, "id")),
            starts_at=starts_at,
            ends_at=ends_at,
            is_group=shape == "group",
            practitioner_id=read_id(self._cell(cells, "practitioner_id")),
            business_id=read_id(self._cell(cells, "business_id")),
            appointment_type_id=read_id(self._cell(cells, "appointment_type_id")),
            max_attendees=read_whole(self._cell(cells, "most_patients")),
            patient_arrived=arrived,
            did_not_arrive=missed,
            cancelled_at=cancelled_at,
            cancellation_reason=self._reason(cells),
            reminder_sent=None if set(reminders) <= {None} else any(reminders),
            created_at=self._time(cells, "created_at", zone),
            updated_at=updated_at,
            archived_at=self._gone(cells, "archived_at", zone),
            deleted_at=self._gone(cells, "deleted_at", zone),
        )

    def _start(self, cells: Sequence[str], zone: tzinfo) -> datetime:
        """When it starts; a day and a time of day may stand in two columns."""
        start, day = self._cell(cells, "starts_at"), self._cell(cells, "date")
        is_clock = ":" in start and len(start) <= 11
        if day and (is_blank(start) or is_clock) and not has_clock(day, self._order):
            start = f"{day} {start}".strip()
        found = read_moment(start or day, self._order, zone)
        if found is None:
            raise Unreadable("it does not tell when the appointment starts")
        return found

    def _time(self, cells: Sequence[str], name: str, zone: tzinfo) -> datetime | None:
        """A further time, unknown where it cannot be read."""
        try:
            return read_moment(self._cell(cells, name), self._columns.order_of(name), zone)
        except Unreadable:
            return None

    def _cancelled(self, cells: Sequence[str], zone: tzinfo, usual: datetime) -> datetime | None:
        """When it was cancelled; `usual` where the cell says no more than yes. Anything else must be a time."""
        cell = self._cell(cells, "cancelled_at")
        said = read_flag(cell)
        if said is not None:
            return usual if said else None
        return read_moment(cell, self._columns.order_of("cancelled_at"), zone)

    def _gone(self, cells: Sequence[str], name: str, zone: tzinfo) -> datetime | None:
        said = read_flag(self._cell(cells, name))
        return self._time(cells, name, zone) if said is None else (SOME_TIME if said else None)

    def _reason(self, cells: Sequence[str]) -> int | None:
        word = self._text(cells, "cancellation_reason").lower()
        return int(word) if word in _NUMBERS_OF_REASONS else _REASONS.get(word)

    def _cell(self, cells: Sequence[str], name: str) -> str:
        place = self._places.get(name)
        return "" if place is None else cells[place].strip()

    def _text(self, cells: Sequence[str], name: str) -> str:
        return clean(self._cell(cells, name))
