"""What staff do with appointments, attendees and cases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from app.sandbox.cliniko_data import plain
from app.sandbox.cliniko_filters import Row
from app.sandbox.cliniko_people import full_name
from app.sandbox.cliniko_practice_desk import PracticeDesk


class VisitsDesk(PracticeDesk):
    """Front-desk actions on visits."""

    def add_appointment(
        self,
        patient_id: str,
        starts_at: datetime | str,
        *,
        practitioner_id: str | None = None,
        business_id: str | None = None,
        appointment_type_id: str | None = None,
        **fields: Any,
    ) -> str:
        """Book one patient; its attendee comes with it. What is left out is the first the practice has."""
        slot = self._slot(starts_at, practitioner_id, business_id, appointment_type_id, fields)
        patient = self.row("patients", patient_id)
        made = self.made(fields)
        case_id = slot.get("patient_case_id")
        with self.lock:
            booking = self.add(
                "individual_appointments",
                patient_id=patient_id,
                patient_name=full_name(patient),
                patient_arrived=False,
                **slot,
            )
            attendee: Row = {"booking_id": booking, "patient_id": patient_id, **made}
            if case_id is not None:
                attendee["patient_case_id"] = case_id
            self.add("attendees", **attendee)
        return booking

    def _slot(
        self,
        starts_at: datetime | str,
        practitioner_id: str | None,
        business_id: str | None,
        appointment_type_id: str | None,
        fields: dict[str, Any],
    ) -> dict[str, Any]:
        kind = self.row("appointment_types", appointment_type_id or self.some_appointment_type())
        begins = self.stamp(starts_at) if isinstance(starts_at, datetime) else starts_at.removesuffix("Z")
        slot: dict[str, Any] = {
            **fields,
            "starts_at": begins,
            "practitioner_id": practitioner_id or self.some_practitioner(),
            "business_id": business_id or self.some_business(),
            "appointment_type_id": kind["id"],
        }
        if slot.get("ends_at") is None:
            slot["ends_at"] = later(begins, kind.get("duration_in_minutes", 30))
        return slot

    def edit_appointment(self, appointment_id: str, **fields: Any) -> None:
        """Change an appointment; moving its start moves its end along unless an end is given."""
        row = self.row("individual_appointments", appointment_id)
        self.edit("individual_appointments", appointment_id, **self._moved(row, fields))
        followed = {name: fields[name] for name in ("patient_id", "patient_case_id") if name in fields}
        if followed:
            self.edit("attendees", self.attendee_of(appointment_id), **followed)

    def _moved(self, row: Row, fields: dict[str, Any]) -> dict[str, Any]:
        if isinstance(fields.get("starts_at"), datetime) and "ends_at" not in fields:
            length = datetime.fromisoformat(row["ends_at"]) - datetime.fromisoformat(row["starts_at"])
            return {**fields, "ends_at": fields["starts_at"] + length}
        return fields

    def cancel_appointment(self, appointment_id: str, reason: int = 50, note: str | None = None) -> None:
        """Cancel with one of the service's reasons; the attendee is cancelled with it."""
        self._cancel("individual_appointments", appointment_id, reason, note)
        self._cancel("attendees", self.attendee_of(appointment_id), reason, note)

    def cancel_attendee(self, attendee_id: str, reason: int = 50, note: str | None = None) -> None:
        """Take one person out of a group appointment."""
        self._cancel("attendees", attendee_id, reason, note)

    def _cancel(self, table: str, record_id: str, reason: int, note: str | None) -> None:
        self.edit(
            table,
            record_id,
            cancelled_at=self.now(),
            cancellation_reason=reason,
            cancellation_note=note,
        )

    def archive_appointment(self, appointment_id: str) -> None:
        """Archive an appointment and its attendee."""
        self.archive("individual_appointments", appointment_id)
        self.archive("attendees", self.attendee_of(appointment_id))

    def delete_appointment(self, appointment_id: str) -> None:
        """Mark an appointment deleted, and its attendee."""
        self.edit("individual_appointments", appointment_id, deleted_at=self.now())
        self.edit("attendees", self.attendee_of(appointment_id), deleted_at=self.now())

    def mark_arrived(self, appointment_id: str) -> None:
        """Tick a person as arrived."""
        self.mark(self.attendee_of(appointment_id), True)

    def mark_did_not_arrive(self, appointment_id: str) -> None:
        """Note that a person did not come."""
        self.mark(self.attendee_of(appointment_id), False)

    def unmark(self, appointment_id: str) -> None:
        """Take back either mark."""
        self.mark(self.attendee_of(appointment_id), None)

    def mark(self, attendee_id: str, arrived: bool | None) -> None:
        """Set an attendee's arrival; a switch says whether the appointment counts as edited by that."""
        with self.lock:
            self.edit("attendees", attendee_id, arrived=arrived)
            booking = self.row("attendees", attendee_id)["booking_id"]
            if self.tables["individual_appointments"].get(booking) is not None:
                flags = {"patient_arrived": arrived is True, "did_not_arrive": arrived is False}
                bump = self.switches.attendee_bumps_appointment
                self.change("individual_appointments", booking, flags, bump)

    def attendee_of(self, appointment_id: str) -> str:
        """The id of an individual appointment's attendee."""
        return str(self.tables["attendees"].where("booking_id", int(appointment_id))[0]["id"])

    def add_group_appointment(
        self,
        starts_at: datetime | str,
        patient_ids: Iterable[str] = (),
        *,
        practitioner_id: str | None = None,
        business_id: str | None = None,
        appointment_type_id: str | None = None,
        max_attendees: int = 8,
        **fields: Any,
    ) -> str:
        """A class; `patient_ids` become its attendees."""
        slot = self._slot(starts_at, practitioner_id, business_id, appointment_type_id, fields)
        booking = self.add("group_appointments", max_attendees=max_attendees, patient_ids=[], **slot)
        made = self.made(fields)
        for patient_id in patient_ids:
            self.add_attendee(booking, patient_id, **made)
        return booking

    def edit_group_appointment(self, appointment_id: str, **fields: Any) -> None:
        """Change a class; its attendees keep their `updated_at`."""
        row = self.row("group_appointments", appointment_id)
        self.edit("group_appointments", appointment_id, **self._moved(row, fields))

    def archive_group_appointment(self, appointment_id: str) -> None:
        """Archive a class; its attendees stay as they are."""
        self.archive("group_appointments", appointment_id)

    def add_attendee(self, booking_id: str, patient_id: str, **fields: Any) -> str:
        """Put a person into a class."""
        with self.lock:
            group = self.tables["group_appointments"].get(int(booking_id))
            if group is not None:
                ids = [*(group.get("patient_ids") or ()), int(patient_id)]
                self.change("group_appointments", group["id"], {"patient_ids": ids}, bump=not fields)
            return self.add("attendees", booking_id=booking_id, patient_id=patient_id, **fields)

    def add_unavailable_block(self, starts_at: datetime, minutes: int = 60, **fields: Any) -> str:
        """Time at which a practitioner cannot be booked."""
        begins = self.stamp(starts_at)
        return self.add(
            "unavailable_blocks",
            starts_at=begins,
            ends_at=later(begins, minutes),
            practitioner_id=self.some_practitioner(),
            business_id=self.some_business(),
            **fields,
        )

    def add_case(self, patient_id: str, name: str = "Left knee", **fields: Any) -> str:
        """A new case of a patient."""
        return self.add("patient_cases", patient_id=patient_id, name=name, **fields)

    def edit_case(self, case_id: str, **fields: Any) -> None:
        """Change a case."""
        self.edit("patient_cases", case_id, **fields)

    def close_case(self, case_id: str) -> None:
        """Close a case."""
        self.edit("patient_cases", case_id, closed_at=self.now())

    def archive_case(self, case_id: str) -> None:
        """Archive a case."""
        self.archive("patient_cases", case_id)

    def appointments(self) -> list[dict[str, Any]]:
        """Plain copies of all individual appointments."""
        return self.snapshot("individual_appointments")

    def appointment(self, appointment_id: str) -> dict[str, Any]:
        """A plain copy of one individual appointment."""
        return plain(self.row("individual_appointments", appointment_id))

    def attendees(self) -> list[dict[str, Any]]:
        """Plain copies of all attendees."""
        return self.snapshot("attendees")


def later(moment: str, minutes: int) -> str:
    """A kept time some minutes later."""
    return (datetime.fromisoformat(moment) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%S")
