"""Rows of a patients file to patients, or the reason why not (R70)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, Final

from app.domain.clinic_time import zone_named
from app.domain.countries import country_code
from app.domain.hubspot_text import clean
from app.domain.imported import FileFacts, PatientRow
from app.domain.people import Patient, Phone
from app.imports.cells import Order, Unreadable, read_day, read_flag, read_id, read_moment
from app.imports.columns import Columns
from app.imports.reader import Row, Sheet

_PHONES: Final = (
    ("mobile_phone", "Mobile"),
    ("home_phone", "Home"),
    ("work_phone", "Work"),
    ("fax", "Fax"),
    ("other_phone", "Other"),
    ("phone", "Other"),
)
_TEXTS: Final = (
    "first_name",
    "last_name",
    "preferred_first_name",
    "title",
    "sex",
    "gender_identity",
    "pronouns",
    "address_1",
    "address_2",
    "address_3",
    "city",
    "state",
    "post_code",
    "time_zone",
    "occupation",
    "old_reference_id",
)
_FLAGS: Final = (
    "receives_confirmation_emails",
    "accepted_privacy_policy",
    "accepted_email_marketing",
    "accepted_sms_marketing",
)
_TIMES: Final = ("created_at", "updated_at", "archived_at", "deleted_at")
_REMINDERS: Final = {
    "none": "None",
    "sms": "SMS",
    "email": "Email",
    "e-mail": "Email",
    "sms & email": "SMS & Email",
    "sms and email": "SMS & Email",
    "email & sms": "SMS & Email",
}
_NUMBERS: Final = re.compile(r"[\r\n;,|]+")
_DIGIT: Final = re.compile(r"\d")
_LABEL: Final = re.compile(r"\(?\b(mobile|home|work|fax|other)\b\)?\s*:?", re.IGNORECASE)
_LOST_LETTER: Final = "\ufffd"
SOME_TIME: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for a time that is only known to be past, where a column says no more than yes."""
_STANDS_FOR: Final = {
    "full_name": ("first_name", "last_name"),
    "unsubscribed_email_marketing": ("accepted_email_marketing",),
    "unsubscribed_sms_marketing": ("accepted_sms_marketing",),
    "country": ("country_code",),
    "country_code": ("country",),
}


def present_fields(columns: Columns) -> frozenset[str]:
    """The fields of a patient that the file tells something about (a missing column never blanks anything)."""
    named = set(columns.places)
    for name in columns.places:
        named.update(_STANDS_FOR.get(name, ()))
    if "address_1" in named and "address_2" not in named:
        # Several lines of an address may stand in the one cell.
        named |= {"address_2", "address_3"}
    return frozenset(named)


def facts_of(columns: Columns, facts: FileFacts) -> FileFacts:
    """What reading needs to know, with the zone that a person named in place of the clinic's (R71)."""
    named = zone_named(columns.time_zone)
    return facts if named is None else FileFacts(named)


class Patients:
    """The patients of a file. Only the fields that have a column count; the others stay untouched."""

    def __init__(self, sheet: Sheet, columns: Columns) -> None:
        self._sheet = sheet
        self._columns = columns
        self._places = columns.places
        self._texts = [(name, self._places[name]) for name in _TEXTS if name in self._places]
        self._flags = [(name, self._places[name]) for name in _FLAGS if name in self._places]
        self._phones = [(kind, self._places[name]) for name, kind in _PHONES if name in self._places]
        self._times = [
            (name, self._places[name], columns.order_of(name)) for name in _TIMES if name in self._places
        ]
        self._unsubscribes = any(name.startswith("unsubscribed") for name in self._places)
        self._birth_order = columns.order_of("date_of_birth")
        self.present = present_fields(columns)

    def rows(
        self, facts: FileFacts, check: Callable[[], None] = lambda: None, after: int = 0
    ) -> Iterator[PatientRow]:
        """Every row beyond number `after`, as a patient or with the reason why it is refused. A patient met again
        is marked as repeated: the first row of a file counts."""
        seen: set[int] = set()
        zone = facts_of(self._columns, facts).zone
        for row in self._sheet.rows(check):
            read = self._read(row, zone)
            if read.patient is not None:
                number = int(read.patient.id)
                if number in seen:
                    read = PatientRow(row.number, read.patient, repeats=True)
                seen.add(number)
            if row.number > after:
                yield read

    def _read(self, row: Row, zone: tzinfo) -> PatientRow:
        if row.problem:
            return PatientRow(row.number, None, row.problem)
        if self._sheet.is_cut_off(row):
            return PatientRow(row.number, None, "the file breaks off within this row")
        try:
            return PatientRow(
                row.number,
                self._patient(row.cells, zone),
                referral=self._text(row.cells, "referral_source"),
                doctor=self._text(row.cells, "referring_doctor"),
                concession=self._text(row.cells, "concession_type"),
            )
        except Unreadable as why:
            return PatientRow(row.number, None, str(why))

    def _patient(self, cells: Sequence[str], zone: tzinfo) -> Patient:
        patient_id = read_id(cells[self._places["id"]])
        if not patient_id:
            raise Unreadable("it has no patient id")
        texts = {name: clean(cells[place]) for name, place in self._texts if cells[place]}
        self._full_name(cells, texts)
        self._address(cells, texts)
        if _LOST_LETTER in "".join(texts.values()):
            raise Unreadable("letters in it were lost when the file was saved")
        country, code = self._country(cells)
        born = self._places.get("date_of_birth")
        flags = {name: read_flag(cells[place]) for name, place in self._flags}
        fields: dict[str, Any] = texts | flags
        if self._unsubscribes:
            fields |= self._unsubscribed(cells, flags)
        fields |= {name: self._moment(cells[place], order, name, zone) for name, place, order in self._times}
        return Patient(
            id=patient_id,
            date_of_birth=None if born is None else read_day(cells[born], self._birth_order),
            email=self._text(cells, "email").lower(),
            phones=tuple(self._all_phones(cells)),
            country=country,
            country_code=code,
            reminder_type=_REMINDERS.get(self._text(cells, "reminder_type").lower(), ""),
            **fields,
        )

    def _text(self, cells: Sequence[str], name: str) -> str:
        place = self._places.get(name)
        return clean(cells[place]) if place is not None and cells[place] else ""

    def _moment(self, cell: str, order: Order | None, name: str, zone: tzinfo) -> datetime | None:
        """A time stamp; one that cannot be read counts as unknown, since nothing is decided by it alone."""
        if name in ("archived_at", "deleted_at") and read_flag(cell) is not None:
            return SOME_TIME if read_flag(cell) else None
        try:
            return read_moment(cell, order, zone)
        except Unreadable:
            return None

    def _full_name(self, cells: Sequence[str], texts: dict[str, str]) -> None:
        """First and last name from one column, where the file has no two."""
        whole = self._text(cells, "full_name")
        if not whole or "first_name" in texts or "last_name" in texts:
            return
        last, comma, first = whole.partition(",")
        if not comma:
            first, _, last = whole.partition(" ")
        texts |= {"first_name": first.strip(), "last_name": last.strip()}

    def _address(self, cells: Sequence[str], texts: dict[str, str]) -> None:
        """An address of several lines in one cell becomes as many lines."""
        place = self._places.get("address_1")
        if place is None or "address_2" in self._places:
            return
        lines = [clean(line) for line in cells[place].splitlines() if line.strip()]
        if len(lines) > 1:
            texts |= {"address_1": lines[0], "address_2": lines[1], "address_3": ", ".join(lines[2:])}

    def _country(self, cells: Sequence[str]) -> tuple[str, str]:
        typed, code = self._text(cells, "country"), self._text(cells, "country_code").upper()
        if not code and len(typed) == 2:
            return "", country_code(typed)
        return typed, code

    def _unsubscribed(self, cells: Sequence[str], flags: Mapping[str, bool | None]) -> dict[str, bool | None]:
        """Who unsubscribed said no; who did not unsubscribe said nothing (R15)."""
        found: dict[str, bool | None] = {}
        for kind in ("email", "sms"):
            place = self._places.get(f"unsubscribed_{kind}_marketing")
            name = f"accepted_{kind}_marketing"
            if place is not None and name not in flags and read_flag(cells[place]):
                found[name] = False
        return found

    def _all_phones(self, cells: Sequence[str]) -> Iterator[Phone]:
        for kind, place in self._phones:
            if not cells[place]:
                continue
            for part in _NUMBERS.split(cells[place]):
                label = _LABEL.search(part) if kind == "Other" else None
                number = clean(part.replace(label.group(0), "") if label else part)
                if _DIGIT.search(number):
                    yield Phone(label.group(1).capitalize() if label else kind, number)
