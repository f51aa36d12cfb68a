"""Rows to patients and visits, or the reason why not (R70, R71)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.people import Phone
from app.errors import BadInput
from app.imports.cells import Unreadable, read_day, read_flag, read_id, read_ids, read_moment
from tests.app.imports.files import MELBOURNE, csv_text, patients_of, put, visits_of


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("1558354464010660000", "1558354464010660000"),
        (" 55 ", "55"),
        ("'55", "55"),
        ("=55", "55"),
        ("55.0", "55"),
        ("", ""),
        ("n/a", ""),
    ],
)
def test_ids(cell: str, read: str) -> None:
    """R70: ids are text, whatever a spreadsheet put around them."""
    assert read_id(cell) == read


@pytest.mark.parametrize("cell", ["1.55835E+18", "1,55835E+18", "1E5", "1.5e18"])
def test_ids_in_scientific_notation(cell: str) -> None:
    """R70: digits are lost, so the row is refused with that reason."""
    with pytest.raises(Unreadable, match="scientific"):
        read_id(cell)


@pytest.mark.parametrize("cell", ["12a", "-5", "1.5", "x" * 100, "9" * 30])
def test_what_is_no_id(cell: str) -> None:
    """R70: anything else is refused."""
    with pytest.raises(Unreadable):
        read_id(cell)


@pytest.mark.parametrize("cell", ["1,2", "1;2", "1|2", "1\n2", "1 2", "[1, 2]", "1, 2, 1", '="1", ="2"'])
def test_several_ids(cell: str) -> None:
    """R71: the separator of several patients is not known, so each is understood."""
    assert read_ids(cell) == ("1", "2")


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("true", True),
        ("Yes", True),
        ("1", True),
        ("FALSE", False),
        ("no", False),
        ("0", False),
        ("", None),
        ("?", None),
    ],
)
def test_flags(cell: str, read: bool | None) -> None:
    """R15: blank is unknown, not no."""
    assert read_flag(cell) is read


@pytest.mark.parametrize(
    ("cell", "utc"),
    [
        ("2024-04-03 14:30:00", "2024-04-03T03:30"),
        ("2024-04-03 14:30:00 +1000", "2024-04-03T04:30"),
        ("2024-04-03 14:30:00 UTC", "2024-04-03T14:30"),
        ("2024-04-03 14:30:00 AEST", "2024-04-03T04:30"),
        ("2024-04-03T14:30:00Z", "2024-04-03T14:30"),
        ("2024-04-03 14:30:00 Australia/Perth", "2024-04-03T06:30"),
        ("13/04/2024 2:30 PM", "2024-04-13T04:30"),
        ("13/4/24 14:30", "2024-04-13T04:30"),
        ("13/04/2024 12:05 am", "2024-04-12T14:05"),
        ("3 Apr 2024, 14:30", "2024-04-03T03:30"),
        ("Wed, April 3, 2024 2pm", "2024-04-03T03:00"),
        ("13/04/2024", "2024-04-12T14:00"),
    ],
)
def test_times(cell: str, utc: str) -> None:
    """R71: an offset in the text counts, else the zone that was named; daylight saving by its date."""
    assert read_moment(cell, None, MELBOURNE) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "cell",
    [
        "31/02/2024",
        "yesterday",
        "2024-13-01",
        "2024-04-03 25:00",
        "1/2/2024",
        "2024-04-03 10:00 EST",
        "0/0/0",
    ],
)
def test_what_is_no_time(cell: str) -> None:
    """R70: nothing is guessed; the reason is told."""
    with pytest.raises(Unreadable):
        read_moment(cell, None, MELBOURNE)


def test_two_digits_of_a_birth_year_are_refused() -> None:
    """R70: born in 1924 or in 2024 cannot be told."""
    with pytest.raises(Unreadable, match="two digits"):
        read_day("13/4/24", "day_first")


@given(st.text(max_size=40), st.sampled_from([None, "day_first", "month_first"]))
def test_any_cell_is_read_or_unreadable(cell: str, order: object) -> None:
    """Reliability: no cell brings anything else than a value or the reason."""
    for read in (
        lambda: read_id(cell),
        lambda: read_ids(cell),
        lambda: read_day(cell, order),  # type: ignore[arg-type]
        lambda: read_moment(cell, order, MELBOURNE),  # type: ignore[arg-type]
    ):
        try:
            read()
        except Unreadable as why:
            assert str(why)


def test_a_patient_with_everything(tmp_path: Path) -> None:
    """R70: each column becomes the field it means."""
    path = put(
        tmp_path,
        csv_text(
            [
                ["Patient ID", "First Name", "Surname", "Known as", "DOB", "Gender", "Email", "Mobile", "Home Phone",
                 "Address", "Suburb", "Postcode", "Country", "Reference Number", "Accepted SMS Marketing",
                 "Accepted Email Marketing", "Reminder Type", "Referral Source", "Updated At", "Account Credit"],
                ['="1558354464010660000"', " Mia ", "Lee", "Mimi", "13/02/1980", "Female", "Mia@Example.test",
                 "0400 000 001", "", "1 High St\nFlat 2", "Carlton", "3053", "AU", "R-7", "No", "", "sms & email",
                 "Google", "2024-04-03 14:30:00 +1000", "10.00"],
            ]
        ),
    )  # fmt: skip
    row = patients_of(path)[0]
    patient = row.patient
    assert patient is not None
    assert (patient.id, patient.first_name, patient.last_name) == ("1558354464010660000", "Mia", "Lee")
    assert patient.preferred_first_name == "Mimi"
    assert patient.date_of_birth == date(1980, 2, 13)
    assert (patient.gender_identity, patient.email) == ("Female", "mia@example.test")
    assert patient.phones == (Phone("Mobile", "0400 000 001"),)
    assert (patient.address_1, patient.address_2, patient.city) == ("1 High St", "Flat 2", "Carlton")
    assert (patient.country, patient.country_code) == ("", "AU")
    assert patient.accepted_sms_marketing is False
    assert patient.accepted_email_marketing is None
    assert patient.reminder_type == "SMS & Email"
    assert patient.updated_at == datetime(2024, 4, 3, 4, 30, tzinfo=UTC)
    assert row.referral == "Google"


def test_phones_in_one_column(tmp_path: Path) -> None:
    """R70: several numbers in one cell, with or without their type."""
    path = put(
        tmp_path,
        'Patient ID,Name,Phone Numbers\n1,"Lee, Mia","Mobile: 0400 1\nHome 03 2; 03 3"\n2,Bo van Dam,\n',
    )
    first, second = (row.patient for row in patients_of(path))
    assert first is not None
    assert second is not None
    assert first.phones == (Phone("Mobile", "0400 1"), Phone("Home", "03 2"), Phone("Other", "03 3"))
    assert (first.first_name, first.last_name) == ("Mia", "Lee")
    assert (second.first_name, second.last_name) == ("Bo", "van Dam")


def test_refused_rows_keep_their_number(tmp_path: Path) -> None:
    """R72: each refused row has its number and its reason; the others go on. A repeated patient is marked."""
    path = put(
        tmp_path,
        "Patient ID,First Name,Last Name,DOB\n"
        "1.55835E+18,a,b,\n,c,d,\n3,e,f,31/02/1980\n4,g,h,1980-02-03\n4,g,h,1980-02-03\n5,i,j,k,l\n6,Zo\ufffd,m,\n",
    )
    rows = patients_of(path)
    assert [row.number for row in rows] == [2, 3, 4, 5, 6, 7, 8]
    assert [bool(row.reason) for row in rows] == [True, True, True, False, False, True, True]
    assert [row.repeats for row in rows] == [False] * 4 + [True, False, False]
    assert "scientific" in rows[0].reason


APPOINTMENTS = (
    "Start Time,End Time,Practitioner,Practitioner ID,PatientID(s),Appointment Type,Patient Arrived,Did Not Arrive,"
    "Cancellation Time,Number of Patients,Maximum Number of Patients\n"
)


def test_shapes_of_bookings(tmp_path: Path) -> None:
    """R71: visits, groups, blocks, cancelled and did-not-arrive rows are told apart."""
    path = put(
        tmp_path,
        APPOINTMENTS
        + "2024-04-03 09:00:00,2024-04-03 09:30:00,Dr A,7,55,Initial,true,false,,1,1\n"
        + "2024-04-03 10:00:00,,Dr A,7,56,Initial,,true,,1,1\n"
        + "2024-04-03 11:00:00,,Dr A,7,57,Initial,,,2024-04-02 08:00:00,0,1\n"
        + '2024-04-03 12:00:00,,Dr A,7,"58, 59",Class,,,n/a,2,8\n'
        + "2024-04-03 13:00:00,,Dr A,7,,Lunch,,,,0,0\n"
        + "2024-04-03 14:00:00,,Dr A,7,,Initial,,,,0,1\n"
        + "2024-04-03 15:00:00,,Dr A,7,60,Initial,,,maybe,0,1\n",
    )
    visit, missed, cancelled, group, block, nobody, odd = visits_of(path)
    assert visit.appointment is not None
    assert visit.appointment.starts_at == datetime(2024, 4, 2, 22, 0, tzinfo=UTC)
    assert visit.appointment.minutes == 30
    assert visit.appointment.patient_arrived is True
    assert (visit.patient_ids, visit.practitioner, visit.type_name) == (("55",), "Dr A", "Initial")
    assert missed.appointment is not None
    assert missed.appointment.did_not_arrive is True
    assert cancelled.appointment is not None
    assert cancelled.appointment.cancelled_at == datetime(2024, 4, 1, 21, 0, tzinfo=UTC)
    assert (group.shape, group.patient_ids) == ("group", ("58", "59"))
    assert group.appointment is not None
    assert group.appointment.cancelled_at is None
    assert block.shape == "block"
    assert nobody.reason
    assert odd.reason


def test_zone_by_location_or_by_word(tmp_path: Path) -> None:
    """R71: a location's own zone counts before the clinic's; the day may stand apart from the time."""
    path = put(
        tmp_path,
        "Date,Time,Start,Patient ID,Location\n13/04/2024,x,9:00 AM,5,Perth\n13/04/2024,x,9:00,6,Elsewhere\n",
    )
    first, second = visits_of(path, zones={"perth": ZoneInfo("Australia/Perth")})
    assert first.appointment is not None
    assert second.appointment is not None
    assert first.appointment.starts_at == datetime(2024, 4, 13, 1, tzinfo=UTC)
    assert second.appointment.starts_at == datetime(2024, 4, 12, 23, tzinfo=UTC)


def test_the_order_of_start_times_is_asked(tmp_path: Path) -> None:
    """R71: a wrong guess would move a visit by months."""
    path = put(tmp_path, "Appointment ID,Start Time,Patient ID\n1,1/2/2024 9:00,5\n")
    with pytest.raises(BadInput, match="date order"):
        visits_of(path)
    row = visits_of(path, {"date_order": "day_first"})[0]
    assert row.appointment is not None
    assert row.appointment.starts_at == datetime(2024, 1, 31, 22, tzinfo=UTC)
