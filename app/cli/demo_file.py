"""The demo's export: some patients of the made-up clinic as the CSV file that Cliniko would give."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

NAME: Final = "Patients-Cliniko-20261123.csv"
COLUMNS: Final[Mapping[str, str]] = {
    "First Name": "first_name",
    "Last Name": "last_name",
    "Date of Birth": "date_of_birth",
    "Email": "email",
    "Address 1": "address_1",
    "City": "city",
    "State": "state",
    "Post Code": "post_code",
    "Country": "country",
}
"""Heading → field of the patient's record."""


def write_export(file: Path, patients: Iterable[Mapping[str, Any]]) -> None:
    """Write these records of Cliniko as an export: ids wrapped as Cliniko does, so that Excel keeps their digits."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["Patient ID", *COLUMNS, "Mobile Phone"])
        for patient in patients:
            cells = [patient.get(name) or "" for name in COLUMNS.values()]
            writer.writerow([f'="{patient["id"]}"', *cells, _mobile(patient)])


def _mobile(patient: Mapping[str, Any]) -> str:
    phones = patient.get("patient_phone_numbers") or []
    found = [str(phone["number"]) for phone in phones if phone.get("phone_type") == "Mobile"]
    return found[0] if found else ""
