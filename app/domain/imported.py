"""Rows of an imported file once they are understood: the same people and visits that live sync knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Final, Literal, Protocol

from app.domain.people import Patient
from app.domain.visits import Appointment

FileKind = Literal["patients", "appointments"]

RowOutcome = Literal["done", "unchanged", "held", "refused", "waiting"]
"""What became of a row (R72). `waiting` is only seen where an import was stopped before it came to the row."""

IMPORTED: Final = "import"
"""In a record's refs: the row hash that the last import left. Another hash means that live sync came after it."""

VisitShape = Literal["visit", "group", "block"]


@dataclass(frozen=True)
class PatientRow:
    """One row of a patients file. `patient` is None where `reason` says why the row is refused; `repeats` marks
    a patient who stood in an earlier row. `referral`, `doctor` and `concession` are names as the file has them."""

    number: int
    patient: Patient | None
    reason: str = ""
    repeats: bool = False
    referral: str = ""
    doctor: str = ""
    concession: str = ""


@dataclass(frozen=True)
class VisitRow:
    """One row of an appointments file: a person's visit, a group with several, or a block without anyone.

    `appointment.id` may be "" and its patient is not set; `patient_ids` are those the row names, else
    `patient_name` and `patient_email` are all there is. Names stand beside ids that the file may not have.
    """

    number: int
    appointment: Appointment | None
    shape: VisitShape = "visit"
    reason: str = ""
    repeats: bool = False
    patient_ids: tuple[str, ...] = ()
    patient_name: str = ""
    patient_email: str = ""
    practitioner: str = ""
    business: str = ""
    type_name: str = ""
    category: str = ""


@dataclass(frozen=True)
class FileFacts:
    """What reading a file needs to know of the clinic: its zone and the zones of its locations by name (in lower
    case) and by id."""

    zone: tzinfo
    zones: Mapping[str, tzinfo] = field(default_factory=dict)


class PatientFile(Protocol):
    """A patients file ready to be imported. `present` are the patient's fields that the file has columns for."""

    present: frozenset[str]

    def rows(self, facts: FileFacts, check: Callable[[], None], after: int) -> Iterator[PatientRow]:
        """Rows with a number above `after`. BadInput where the file cannot be read any further."""
        ...


class VisitFile(Protocol):
    """An appointments file ready to be imported."""

    present: frozenset[str]

    def span(self, facts: FileFacts, check: Callable[[], None]) -> tuple[datetime, datetime] | None:
        """First and last start of the rows that have no appointment id; None where every row has one."""
        ...

    def rows(self, facts: FileFacts, check: Callable[[], None], after: int) -> Iterator[VisitRow]:
        """Rows with a number above `after`. BadInput where the file cannot be read any further."""
        ...


@dataclass(frozen=True)
class RowResult:
    """What became of one row: `what` is created, linked, updated or "" and `reason` why it is not done, in words."""

    number: int
    outcome: RowOutcome
    cliniko_id: str = ""
    what: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ImportJob:
    """One import: `kind` is patients or appointments, `file` the file as `PatientFile` or `VisitFile`.

    Rows up to number `after` were done before. `told` is called with the results of each batch, once they are
    safe in both places; `wait` is called before each batch and returns when work may go on."""

    kind: FileKind
    file: PatientFile | VisitFile
    told: Callable[[list[RowResult]], None]
    wait: Callable[[], None]
    after: int = 0
    total: int = 0
    """How many rows the file has, for the progress that is shown; 0 where unknown."""
