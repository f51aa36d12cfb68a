"""Patients from a file: they join the line at *map* and share everything after it with live sync (R70).

What is different: only what the file tells counts (a missing column or a blank cell never blanks anything), and
what Cliniko itself said later is never taken back by an older file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.domain.actions import PlannedWrite, Settled
from app.domain.imported import IMPORTED, PatientRow, RowResult
from app.domain.mailbox import usable_email
from app.domain.people import Patient, Referral
from app.domain.records import Person, Record
from app.matching.signs import person_of, signs_of_patient
from app.sync.people import PeoplePlanner
from app.sync.people_line import PeopleLine
from app.sync.people_plan import Plan, is_linked
from app.sync.portal import Portal
from app.sync.ports import Json
from app.sync.run import Run
from app.sync.sides import Draft, PatientSide

ROW: Final = "file_row"

_ALWAYS: Final = frozenset({"cliniko_patient_key", "cliniko_patient_id", "cliniko_patient_url"})
_PHONE: Final = frozenset({"phone"})
NEEDS: Final[Mapping[str, frozenset[str]]] = {
    "firstname": frozenset({"first_name"}),
    "lastname": frozenset({"last_name"}),
    "email": frozenset({"email"}),
    "mobilephone": _PHONE | {"mobile_phone"},
    "phone": _PHONE | {"home_phone"},
    "address": frozenset({"address_1"}),
    "city": frozenset({"city"}),
    "state": frozenset({"state"}),
    "zip": frozenset({"post_code"}),
    "country": frozenset({"country"}),
    "salutation": frozenset({"title"}),
    "cliniko_preferred_first_name": frozenset({"preferred_first_name"}),
    "cliniko_title": frozenset({"title"}),
    "cliniko_date_of_birth": frozenset({"date_of_birth"}),
    "cliniko_is_minor": frozenset({"date_of_birth"}),
    "cliniko_gender_identity": frozenset({"gender_identity"}),
    "cliniko_sex": frozenset({"sex"}),
    "cliniko_pronouns": frozenset({"pronouns"}),
    "cliniko_home_phone": _PHONE | {"home_phone"},
    "cliniko_mobile_phone": _PHONE | {"mobile_phone"},
    "cliniko_other_phones": _PHONE | {"work_phone", "fax", "other_phone"},
    "cliniko_address_line_1": frozenset({"address_1"}),
    "cliniko_address_line_2": frozenset({"address_2"}),
    "cliniko_address_line_3": frozenset({"address_3"}),
    "cliniko_country_code": frozenset({"country_code"}),
    "cliniko_time_zone": frozenset({"time_zone"}),
    "cliniko_occupation": frozenset({"occupation"}),
    "cliniko_referral_source": frozenset({"referral_source"}),
    "cliniko_referring_doctor": frozenset({"referring_doctor"}),
    "cliniko_concession_type": frozenset({"concession_type"}),
    "cliniko_email_marketing": frozenset({"accepted_email_marketing"}),
    "cliniko_sms_marketing": frozenset({"accepted_sms_marketing"}),
    "cliniko_privacy_policy": frozenset({"accepted_privacy_policy"}),
    "cliniko_reminder_type": frozenset({"reminder_type"}),
    "cliniko_receives_confirmations": frozenset({"receives_confirmation_emails"}),
    "cliniko_shared_email": frozenset({"email"}),
    "cliniko_email_holder": frozenset({"email"}),
    "cliniko_household_size": frozenset({"email"}),
    "cliniko_patient_status": frozenset({"archived_at", "deleted_at"}),
    "cliniko_patient_created_at": frozenset({"created_at"}),
    "cliniko_patient_updated_at": frozenset({"updated_at"}),
    "cliniko_old_reference_id": frozenset({"old_reference_id"}),
}
"""Property → the columns it can come from. What is worked out from other records never comes from a file."""

_ANSWERS: Final = {
    "cliniko_email_marketing": "accepted_email_marketing",
    "cliniko_sms_marketing": "accepted_sms_marketing",
    "cliniko_privacy_policy": "accepted_privacy_policy",
}
_BY_BLANKS: Final = frozenset({"no_name", "no_email", "too_little", "privacy_policy"})
_MOVES: Final = frozenset({"email", "cliniko_shared_email"})
"""A blank here is a decision about the inbox, not a blank cell."""
_FOR_NEW: Final = frozenset({"phone", "cliniko_patient_status"})
"""What a new contact may get although its own column is missing."""


class ImportedSide(PatientSide):
    """Patients as a file tells them."""

    def __init__(self, run: Run, present: frozenset[str]) -> None:
        super().__init__(run)
        self._present = present
        self._rows: dict[str, PatientRow] = {}
        self.linked: frozenset[str] = frozenset()

    def draft(self, row: Json) -> Draft:
        """The draft of a row that was wrapped by `wrapped`; any other is one that Cliniko sent."""
        source = row.get(ROW)
        if not isinstance(source, PatientRow) or source.patient is None:
            return super().draft(row)
        self._rows[source.patient.id] = source
        # Names stand in for the ids that a file does not have.
        patient = replace(
            source.patient, referring_doctor_id=source.doctor, concession_type_id=source.concession
        )
        country, stops = self._run.clinic.country_code, self._run.clinic.stops
        return Draft(
            cliniko_id=patient.id,
            parsed=patient,
            signs=signs_of_patient(patient, country, stops),
            person=person_of(patient, self._run.salt, country, stops),
            email=usable_email(patient.email),
            status=patient.status,
        )

    def left_out(self, draft: Draft) -> str | None:
        """As in live sync (R17); but what a file does not tell never takes out somebody who is in HubSpot."""
        reason = super().left_out(draft)
        return None if reason in _BY_BLANKS and draft.cliniko_id in self.linked else reason

    def prepare(self, drafts: Sequence[Draft]) -> None:
        """Names come from the file itself; nothing is looked up."""
        rows = [self._rows[draft.cliniko_id] for draft in drafts if draft.cliniko_id in self._rows]
        self._referrals = {row.patient.id: Referral(type_name=row.referral) for row in rows if row.patient}
        self._doctors = {row.doctor: row.doctor for row in rows}
        self._concessions = {row.concession: row.concession for row in rows}

    def values(self, draft: Draft, is_both: bool) -> dict[str, str]:
        """Only what the file tells of this patient."""
        values = super().values(draft, is_both)
        is_new = draft.cliniko_id not in self.linked
        return {
            name: value for name, value in values.items() if self._is_told(name, value, draft.parsed, is_new)
        }

    def _is_told(self, name: str, value: str, patient: Patient, is_new: bool) -> bool:
        if name in _ALWAYS:
            return True
        has_column = not self._present.isdisjoint(NEEDS.get(name, frozenset()))
        if name in _ANSWERS:
            # Nobody who said yes or no is made to have said nothing by a blank cell (R15).
            return has_column and (is_new or getattr(patient, _ANSWERS[name]) is not None)
        if not value:
            return has_column and name in _MOVES and bool(patient.email)
        return has_column or (is_new and name in _FOR_NEW)


class ImportPlanner(PeoplePlanner):
    """The plan of a batch of rows, with the marks of an import on it; `plan_made` is the last one."""

    def __init__(self, run: Run, side: ImportedSide, portal: Portal, present: frozenset[str]) -> None:
        super().__init__(run, side, portal)
        self._imported = side
        self._present = present
        self.plan_made = Plan()
        self.newer: set[str] = set()

    def plan(
        self,
        rows: Sequence[Json],
        taken: Mapping[str, str],
        evaluate: frozenset[str] = frozenset(),
        restate: frozenset[str] = frozenset(),
    ) -> Plan:
        """Plan the rows, but for those of which Cliniko itself told something newer."""
        store = self._run.store
        ids = [str(row["id"]) for row in rows]
        records = store.records("patient", ids)
        self.newer = {
            str(row["id"]) for row in rows if knows_newer(records.get(str(row["id"])), _patient(row))
        }
        self._imported.linked = frozenset(key for key, record in records.items() if is_linked(record))
        plan = super().plan(
            [row for row in rows if str(row["id"]) not in self.newer], taken, evaluate, restate
        )
        known = store.people("patient", ids)
        for key, write in plan.writes.items():
            plan.writes[key] = self._marked(write, records.get(key), known.get(key))
        for key, item in plan.settled.items():
            plan.settled[key] = self._settled(item, records.get(key), known.get(key))
        for key in self.newer:
            plan.order.append(key)
            plan.settled[key] = Settled(records[key])
        self.plan_made = plan
        return plan

    def _marked(self, write: PlannedWrite, before: Record | None, known: Person | None) -> PlannedWrite:
        record = self._with_mark(write.record, before)
        changes = dict(write.changes)
        if not is_linked(before) and write.target_id is not None:
            # A contact made here stays `created`: who holds an inbox depends on whether it was there before us.
            record = replace(record, rule="imported", found_by=record.found_by or record.rule or "")
            name = "cliniko_link_rule"
            if name in self._run.names["contacts"]:
                changes[name] = (write.known.get(name), "imported")
        person = self._merged(write.person, known)
        return replace(write, record=record, changes=changes, person=person, source="import")

    def _settled(self, item: Settled, before: Record | None, known: Person | None) -> Settled:
        if item.record == before:
            return replace(item, person=self._merged(item.person, known))
        record = self._with_mark(item.record, before)
        return replace(item, record=record, person=self._merged(item.person, known))

    def _with_mark(self, record: Record, before: Record | None) -> Record:
        told = record.cliniko_updated_at or (before.cliniko_updated_at if before else None)
        return replace(
            record,
            cliniko_updated_at=told,
            refs={**record.refs, IMPORTED: record.row_hash or "-"},
        )

    def _merged(self, person: Person | None, known: Person | None) -> Person | None:
        """The person as the index keeps it: what has no column stays as it was known."""
        if person is None or known is None:
            return person
        kept: dict[str, object] = {}
        if "email" not in self._present:
            kept["email_hash"] = known.email_hash
        if not {"first_name", "last_name"} <= self._present:
            kept |= {"name": known.name, "name_hash": known.name_hash}
        if "date_of_birth" not in self._present:
            kept |= {
                "name_dob_hash": known.name_dob_hash,
                "last_dob_hash": known.last_dob_hash,
                "adult_on": known.adult_on,
            }
        if self._present.isdisjoint({"mobile_phone", "home_phone", "work_phone", "other_phone", "phone"}):
            kept["phone_hashes"] = known.phone_hashes
        if self._present.isdisjoint({"archived_at", "deleted_at"}):
            kept["status"] = known.status
        return replace(person, **kept)  # type: ignore[arg-type]


class ImportPeople(PeopleLine):
    """Works the rows of a patients file, batch after batch; the cap does not count here."""

    def __init__(self, run: Run, portal: Portal, present: frozenset[str]) -> None:
        side = ImportedSide(run, present)
        super().__init__(run, side, portal)
        self._planned = ImportPlanner(run, side, portal, present)
        self._planner = self._planned
        self._cap = 10**9

    def work_rows(self, rows: Sequence[PatientRow]) -> list[RowResult]:
        """Bring these patients; returns what became of each row, in their order."""
        run = self._run
        counters = run.counters("patients")
        wanted = [row for row in rows if row.patient is not None and not row.repeats]
        before = run.store.records("patient", [row.patient.id for row in wanted if row.patient])
        self._batch(
            [{"id": row.patient.id, ROW: row} for row in wanted if row.patient],
            None,
            frozenset(),
            frozenset(),
        )
        self._writer.grant_wishes()
        counters.failed += sum(row.patient is None for row in rows)
        after = run.store.records("patient", [row.patient.id for row in wanted if row.patient])
        return [self._result(row, before, after) for row in rows]

    def _result(
        self, row: PatientRow, before: Mapping[str, Record], after: Mapping[str, Record]
    ) -> RowResult:
        if row.patient is None:
            return RowResult(row.number, "refused", reason=row.reason)
        key, plan = row.patient.id, self._planned.plan_made
        if row.repeats:
            return RowResult(row.number, "unchanged", key, reason="the patient stands in an earlier row")
        record = after.get(key)
        if record is None or record.state == "failed":
            return RowResult(row.number, "refused", key, reason="HubSpot did not accept it")
        if record.state == "held":
            return RowResult(row.number, "held", key, reason=f"a question is open: {record.reason}")
        if key in self._planned.newer:
            return RowResult(row.number, "unchanged", key, reason="Cliniko has told something newer")
        if record.state == "left_out":
            return RowResult(row.number, "unchanged", key, reason=f"left out: {record.reason}")
        if key in plan.writes:
            write, known = plan.writes[key], before.get(key)
            linked = "created" if write.target_id is None else "linked"
            return RowResult(row.number, "done", key, "updated" if is_linked(known) else linked)
        return RowResult(row.number, "unchanged", key)


def knows_newer(record: Record | None, patient: Patient | None) -> bool:
    """Whether live sync knows a later state of this patient than the file (a file is never fresher than that).

    A row that was written by an import last is compared by date only; one that Cliniko told last gives way only
    to a row that says it is newer."""
    if record is None or patient is None:
        return False
    by_import = record.refs.get(IMPORTED) == (record.row_hash or "-")
    if record.state == "left_out":
        return record.status in ("archived", "deleted", "merged") and not by_import
    told = record.cliniko_updated_at
    if told is None or record.state not in ("linked", "unlinked"):
        return False
    if by_import:
        return patient.updated_at is not None and patient.updated_at < told
    return patient.updated_at is None or patient.updated_at <= told


def _patient(row: Json) -> Patient | None:
    source = row.get(ROW)
    return source.patient if isinstance(source, PatientRow) else None
