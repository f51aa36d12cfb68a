"""Headings to fields, the type of file, and which of day and month comes first (R70)."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import BadInput
from app.imports.columns import (
    check_complete,
    date_order_needed,
    heading_key,
    understand,
    with_orders,
    with_wishes,
)
from app.imports.headings import normal_heading
from app.imports.reader import Row, open_sheet
from tests.app.imports.files import put

CLINIKO_APPOINTMENTS = [
    "Start Time",
    "End Time",
    "Practitioner",
    "Practitioner ID",
    "PatientID(s)",
    "Appointment Type",
    "Appointment Category",
    "Patient Arrived",
    "Did Not Arrive",
    "Cancellation Time",
    "Treatment Notes Status",
    "Number of Patients",
    "Maximum Number of Patients",
    "Number of Cancellations",
]
CLIENT_APPOINTMENTS = [
    "Appointment ID",
    "Start Time",
    "End Time",
    "Practitioner",
    "Practitioner ID",
    "Client",
    "ClientID",
    "Client Email",
    "Appointment Type",
    "Appointment Notes",
    "Did Not Arrive",
    "Client Arrived",
    "SMS Reminder Sent",
    "Email Reminder Sent",
    "Cancellation Time",
    "Cancellation Reason",
    "Cancellation Note",
    "Created At",
    "Updated At",
    "Invoice ID",
    "Maximum Number of Clients",
]
CLIENTS = [
    "Client ID",
    "Created Date",
    "Updated Date",
    "Title",
    "First Name",
    "Surname",
    "Date of birth",
    "Gender",
    "Address",
    "Suburb",
    "State",
    "Postcode",
    "Country",
    "Mobile Phone",
    "Home Phone",
    "Work Phone",
    "Email",
    "Notes",
    "Medicare Number",
    "Reminder Type",
    "Invoice To",
]


@pytest.mark.parametrize(
    ("heading", "normal"),
    [
        ("PatientID(s)", "patientid s"),
        ("Patient ID(s)", "patient id s"),
        ("\ufeffPatient ID", "patient id"),
        ("  Date_of-Birth ", "date of birth"),
        ("Client  First Name", "patient first name"),
        ("Surname", "last name"),
        ("Suburb", "city"),
        ("Zip", "post code"),
        ("Phone (Mobile)", "mobile phone"),
        ("Mobile Number", "mobile phone"),
    ],
)
def test_headings_are_compared_in_one_form(heading: str, normal: str) -> None:
    """R70: case, signs and the wording of clients do not matter."""
    assert normal_heading(heading) == normal


def test_a_cliniko_appointments_file_is_understood() -> None:
    """R71: the headings of a real export are all known."""
    columns = understand(CLINIKO_APPOINTMENTS)
    assert columns.kind == "appointments"
    assert columns.unused == ()
    check_complete(columns)


def test_client_wording_is_understood() -> None:
    """R70: older exports speak of clients."""
    columns = understand(CLIENT_APPOINTMENTS)
    assert columns.kind == "appointments"
    assert columns.unused == ()
    assert columns.heading_of("patient_ids") == "ClientID"
    people = understand(CLIENTS)
    assert people.kind == "patients"
    assert people.unused == ("Notes", "Medicare Number", "Invoice To")
    assert people.heading_of("last_name") == "Surname"


def test_the_wrong_type_of_file_is_named() -> None:
    """R70: patients are not imported as appointments, nor the reverse; invoices not at all."""
    with pytest.raises(BadInput, match="appointments"):
        understand(CLIENT_APPOINTMENTS, "patients")
    with pytest.raises(BadInput, match="patients"):
        understand(CLIENTS, "appointments")
    with pytest.raises(BadInput, match="invoices"):
        understand(["Issue Date", "Practitioner", "Invoice Amount"])


@pytest.mark.parametrize("headings", [["1001", "Mia", "Lee"], ["Foo", "Bar"], [""]])
@pytest.mark.parametrize("kind", ["patients", "appointments", None])
def test_a_file_without_headings(headings: list[str], kind: object) -> None:
    """Reliability: data in the first row is not taken for headings."""
    with pytest.raises(BadInput) as caught:
        check_complete(understand(headings, kind))  # type: ignore[arg-type]
    assert "headings" in caught.value.sentence


@pytest.mark.parametrize(
    "wishes",
    [
        {"Nummer": "id", "Rufname": "First name"},
        {"nummer": "Patient ID", "Rufname": "first_name"},
        {"id": "Nummer", "first_name": "Rufname"},
    ],
)
def test_a_mapping_names_columns(wishes: dict[str, str]) -> None:
    """R70: heading to field, in any spelling and also the other way round."""
    columns = with_wishes(understand(["Nummer", "Rufname", "Email"], "patients", trust=True), wishes)
    assert columns.places == {"id": 0, "first_name": 1, "email": 2}


def test_a_mapping_leaves_columns_out_and_moves_fields() -> None:
    """R70: a guess can be changed; as JSON it is understood again."""
    columns = understand(["Patient ID", "First Name", "Known as", "Email", "Phone"])
    changed = with_wishes(
        columns,
        {
            "Email": "",
            "Known as": "first_name",
            "Phone": "ignore",
            "date_order": "day_first",
            "time_zone": "Europe/London",
        },
    )
    assert changed.places == {"id": 0, "first_name": 2}
    assert (changed.date_order, changed.time_zone) == ("day_first", "Europe/London")
    again = with_wishes(understand(changed.headings), changed.as_wishes())
    assert again.places == changed.places
    assert (again.date_order, again.time_zone) == ("day_first", "Europe/London")


@pytest.mark.parametrize(
    "wishes",
    [
        {"No such heading": "id"},
        {"Email": "no_such_field"},
        {"date_order": "sideways"},
        {"time_zone": "Mars/Olympus"},
        {"Email": 5},
        {"Email": ["id"]},
    ],
)
def test_a_mapping_that_is_not_understood(wishes: dict[str, object]) -> None:
    """R70: nothing in a mapping is passed over in silence."""
    with pytest.raises(BadInput):
        with_wishes(understand(["Patient ID", "First Name", "Email"]), wishes)


def test_a_choice_is_remembered_by_the_set_of_headings() -> None:
    """R70: the order of the columns does not matter, another set of headings does."""
    assert heading_key(["Patient ID", "Email"]) == heading_key(["email", "patient_id"])
    assert heading_key(["Patient ID", "Email"]) != heading_key(["Patient ID", "Email", "Sex"])


def _orders(cells: list[str], order: str = "") -> object:
    columns = understand(["Patient ID", "First Name", "Date of birth"])
    if order:
        columns = with_wishes(columns, {"date_order": order})
    rows = [Row(number, [str(number), "A", cell]) for number, cell in enumerate(cells, 2)]
    return with_orders(columns, rows).order_of("date_of_birth")


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["1/2/1980", "13/2/1980"], "day_first"),
        (["1/2/1980", "2/13/1980"], "month_first"),
        (["1980-02-01", "", "3 Feb 1980"], None),
        (["2/2/1980", "5/5/1990"], None),
    ],
)
def test_the_column_settles_the_order(cells: list[str], order: str | None) -> None:
    """R70: a part above 12 settles it; where nothing is open, nothing is asked."""
    assert _orders(cells) == order


@pytest.mark.parametrize("cells", [["1/2/1980"], ["1/2/1980", "2/2/1980"], ["13/2/1980", "2/13/1980"]])
def test_an_open_order_is_asked(cells: list[str]) -> None:
    """R70: never guessed; the answer is given in the mapping. Dates that contradict each other are open too."""
    with pytest.raises(BadInput) as caught:
        _orders(cells)
    assert "date_order" in caught.value.next_step
    assert _orders(cells, "month_first") == "month_first"


def test_the_usual_order_of_the_country_is_offered() -> None:
    """R70: the default offered is the country's."""
    assert "day_first" in date_order_needed("day_first").sentence


def test_an_unclear_stamp_is_not_asked_about(tmp_path: Path) -> None:
    """Only the birth date of patients is worth a question; an unclear time stamp counts as unknown."""
    sheet = open_sheet(put(tmp_path, "Patient ID,First Name,Updated At\n1,a,1/2/2024 10:00\n"))
    assert with_orders(understand(sheet.headings), sheet.rows()).order_of("updated_at") is None
