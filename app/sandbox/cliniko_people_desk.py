"""What staff do with patients, contacts and referral sources."""

from __future__ import annotations

from typing import Any

from app.sandbox.cliniko_data import plain
from app.sandbox.cliniko_desk import Desk

_MOVED_BY_MERGE = (
    "individual_appointments",
    "attendees",
    "patient_cases",
    "invoices",
)


class PeopleDesk(Desk):
    """Front-desk actions on people."""

    def add_patient(self, **fields: Any) -> str:
        """A new patient; names default to something, everything else to empty."""
        return self.add("patients", **{"first_name": "Kim", "last_name": "Example", **fields})

    def edit_patient(self, patient_id: str, **fields: Any) -> None:
        """Change a patient's fields; phones are replaced whole."""
        self.edit("patients", patient_id, **fields)
        renamed = fields.keys() & {"first_name", "last_name"}
        row = self.row("patients", patient_id)
        for visit in self.tables["individual_appointments"].where("patient_id", row["id"]) if renamed else ():
            name = " ".join(part for part in (row.get("first_name"), row.get("last_name")) if part)
            bump = self.switches.rename_bumps_appointments
            self.change("individual_appointments", visit["id"], {"patient_name": name}, bump)

    def archive_patient(self, patient_id: str) -> None:
        """Archive: gone from plain lists, can come back."""
        self.archive("patients", patient_id)

    def unarchive_patient(self, patient_id: str) -> None:
        """Bring an archived patient back."""
        self.edit("patients", patient_id, archived_at=None)

    def delete_patient(self, patient_id: str, trace: bool = False) -> None:
        """Delete for good; with `trace` the record stays, archived and marked deleted."""
        if trace:
            self.edit("patients", patient_id, archived_at=self.now(), deleted_at=self.now())
            return
        with self.lock:
            for referral in self.tables["referral_sources"].where("patient_id", int(patient_id)):
                self.tables["referral_sources"].remove(referral["id"])
            self.vanish("patients", patient_id)

    def merge_patients(self, loser: str, winner: str) -> None:
        """Fold one patient into another: archived and marked, with visits, cases and invoices going over."""
        with self.lock:
            target = self.row("patients", winner)["id"]
            now = self.now()
            self.edit("patients", loser, archived_at=now, merged_at=now, merged_with_patient_id=winner)
            for table in _MOVED_BY_MERGE:
                for row in self.tables[table].where("patient_id", int(loser)):
                    self.change(table, row["id"], {"patient_id": target}, self.switches.merge_bumps_children)
            for row in self.tables["group_appointments"].rows.values():
                if int(loser) in (row.get("patient_ids") or ()):
                    ids = [target if one == int(loser) else one for one in row["patient_ids"]]
                    self.change("group_appointments", row["id"], {"patient_ids": ids})

    def patients(self) -> list[dict[str, Any]]:
        """Plain copies of all patients, archived ones as well."""
        return self.snapshot("patients")

    def patient(self, patient_id: str) -> dict[str, Any]:
        """A plain copy of one patient."""
        return plain(self.row("patients", patient_id))

    def add_contact(self, **fields: Any) -> str:
        """A new contact: a doctor (type 1), a payer (2), or any other third party (0)."""
        return self.add("contacts", **fields)

    def edit_contact(self, contact_id: str, **fields: Any) -> None:
        """Change a contact's fields."""
        self.edit("contacts", contact_id, **fields)

    def archive_contact(self, contact_id: str) -> None:
        """Archive a contact; there is no way back through the API."""
        self.archive("contacts", contact_id)

    def delete_contact(self, contact_id: str) -> None:
        """Mark a contact deleted."""
        self.edit("contacts", contact_id, deleted_at=self.now())

    def contacts(self) -> list[dict[str, Any]]:
        """Plain copies of all contacts."""
        return self.snapshot("contacts")

    def add_referral_source_type(
        self, name: str, referrer_type: str | None = None, subcategories: list[str] | None = None
    ) -> str:
        """A new kind of referral; `referrer_type` is Patient, Contact or none."""
        return self.add(
            "referral_source_types", name=name, referrer_type=referrer_type, subcategories=subcategories
        )

    def set_referral_source(
        self,
        patient_id: str,
        type_id: str,
        referrer_id: str | None = None,
        subcategory: str | None = None,
        notes: str | None = None,
    ) -> str:
        """Say where a patient comes from; replaces what was said before. Returns the referral source's id."""
        kind = self.row("referral_source_types", type_id).get("referrer_type")
        fields: dict[str, Any] = {
            "referral_source_type_id": type_id,
            "referrer_id": referrer_id,
            "referrer_type": kind,
            "subcategory": subcategory,
            "notes": notes,
        }
        with self.lock:
            held = self.tables["referral_sources"].where("patient_id", int(patient_id))
            if self.switches.referral_bumps_patient:
                self.touch("patients", patient_id)
            if held:
                found = str(held[0]["id"])
                self.edit("referral_sources", found, **fields)
                return found
            return self.add("referral_sources", patient_id=patient_id, **fields)

    def clear_referral_source(self, patient_id: str) -> None:
        """Say no more where a patient comes from; nothing of it is left."""
        with self.lock:
            for held in self.tables["referral_sources"].where("patient_id", int(patient_id)):
                self.tables["referral_sources"].remove(held["id"])

    def referral_sources(self) -> list[dict[str, Any]]:
        """Plain copies of all referral sources, one a patient."""
        return self.snapshot("referral_sources")

    def add_concession_type(self, name: str) -> str:
        """A new concession such as Student."""
        return self.add("concession_types", name=name)
