"""Files for the import tests: written the ways that Cliniko, Excel and people write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from app.domain.imported import FileFacts, PatientRow, VisitRow
from app.imports.appointments import Appointments
from app.imports.columns import check_complete, understand, with_orders, with_wishes
from app.imports.patients import Patients
from app.imports.reader import open_sheet

MELBOURNE = ZoneInfo("Australia/Melbourne")


def csv_text(rows: Sequence[Sequence[str]], delimiter: str = ",", newline: str = "\r\n") -> str:
    """Rows as a spreadsheet would write them."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator=newline, quoting=csv.QUOTE_ALL).writerows(rows)
    return buffer.getvalue()


def put(folder: Path, content: str | bytes, name: str = "export.csv") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def patients_of(path: Path, wishes: dict[str, str] | None = None) -> list[PatientRow]:
    """All rows of a patients file."""
    sheet = open_sheet(path)
    columns = with_wishes(understand(sheet.headings, "patients", bool(wishes)), wishes or {})
    check_complete(columns)
    columns = with_orders(columns, sheet.rows())
    return list(Patients(sheet, columns).rows(FileFacts(MELBOURNE)))


def visits_of(
    path: Path, wishes: dict[str, str] | None = None, zones: dict[str, tzinfo] | None = None
) -> list[VisitRow]:
    """All rows of an appointments file."""
    sheet = open_sheet(path)
    columns = with_wishes(understand(sheet.headings, "appointments", bool(wishes)), wishes or {})
    check_complete(columns)
    columns = with_orders(columns, sheet.rows())
    return list(Appointments(sheet, columns).rows(FileFacts(MELBOURNE, zones or {})))
