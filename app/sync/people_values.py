"""The values of one person's contact: what is sent, what its hash covers, and whether its address may go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.conflicts import Conflict
from app.domain.records import Record
from app.sync.fields import field_hash, row_hash
from app.sync.households import Inboxes
from app.sync.people_plan import Plan, is_linked
from app.sync.ports import Contact
from app.sync.questions import ask, cliniko_card
from app.sync.run import Run
from app.sync.sides import VOLATILE, Draft, Side

NO_MARKETING = "stop_marketing"
"""In a record's refs: a person said that HubSpot is told no while the file is archived or deleted."""

MARKETING = ("cliniko_email_marketing", "cliniko_sms_marketing")

DISPUTED = "disputed"
"""In a record's refs: properties that both sides changed, until a person said which one counts."""


class PersonValues:
    """Makes the values of one side's drafts."""

    def __init__(self, run: Run, side: Side) -> None:
        self._run = run
        self._side = side
        self._names = run.names["contacts"]

    def values(self, draft: Draft, is_both: bool) -> dict[str, str]:
        values = {n: v for n, v in self._side.values(draft, is_both).items() if n in self._names}
        if not draft.email_usable:
            values.pop("email", None)
        return values

    def without_disputed(self, values: dict[str, str], record: Record) -> dict[str, str]:
        """Less the properties about which a person is asked because both sides changed them (R44)."""
        disputed = set(record.refs.get(DISPUTED, "").split(","))
        if record.refs.get(NO_MARKETING) and values.get(self._side.status_property) in (
            "archived",
            "deleted",
        ):
            values = values | {name: "no" for name in MARKETING if name in values}
        return {name: value for name, value in values.items() if name not in disputed}

    def row_hash(self, draft: Draft, values: Mapping[str, str]) -> str:
        """The hash of what the row itself says; its address counts whoever holds the inbox."""
        stable = {name: value for name, value in values.items() if name not in VOLATILE}
        return row_hash(self._run.salt, {**stable, "email": draft.email})

    def extras(self, record: Record, contact: Contact | None, raised: set[str]) -> dict[str, str]:
        """What the contact says of the sync itself (schema §5)."""
        other = contact.id in self.third_kind_on([contact.id]) if contact else False
        values = {
            "cliniko_account_id": self._run.clinic.account_id,
            "cliniko_record_kind": "both" if other else self._side.kind,
            "cliniko_link_rule": record.rule or "",
            "cliniko_review_needed": "true" if raised else "false",
        }
        if not raised and (contact is None or not contact.properties.get("cliniko_review_needed")):
            del values["cliniko_review_needed"]
        return {name: value for name, value in values.items() if name in self._names}

    def stamped(
        self, changes: Mapping[str, tuple[str | None, str]], known: Mapping[str, str]
    ) -> dict[str, tuple[str | None, str]]:
        """The changes with the moment of syncing, which is only ever written together with another change."""
        result = dict(changes)
        if result and "cliniko_last_synced_at" in self._names:
            moment = self._run.now().strftime("%Y-%m-%dT%H:%M:%S.000Z")
            result["cliniko_last_synced_at"] = (known.get("cliniko_last_synced_at"), moment)
        return result

    def third_kind_on(self, hubspot_ids: Sequence[str]) -> frozenset[str]:
        """Which of these contacts also carry a record of the other kind of person."""
        other = "contact" if self._side.kind == "patient" else "patient"
        wanted = [hubspot_id for hubspot_id in hubspot_ids if hubspot_id]
        return frozenset(self._run.store.records_on(other, wanted))  # type: ignore[arg-type]

    def with_email(self, draft: Draft, record: Record, inboxes: Inboxes, plan: Plan) -> Draft:
        """Whether the address may be sent at all: HubSpot refused it before, or another contact has it."""
        raw = str(getattr(draft.parsed, "email", ""))
        if raw and not draft.email:
            self.refused_address(draft, plan)
            return replace(draft, email_usable=False)
        mark = draft.person.email_hash or "none"
        if record.refs.get("email_refused") == mark:
            plan.raised.setdefault(draft.cliniko_id, set()).add("email_refused")
            return replace(draft, email_usable=False)
        if record.refs.get("keep_old_email") == mark:
            return replace(draft, email_usable=False, household=replace(draft.household, has_address=True))
        elsewhere = inboxes.elsewhere.get(draft.cliniko_id, ())
        is_new_address = (
            is_linked(record)
            and "email" in record.fields
            and (record.fields["email"] != field_hash(self._run.salt, "email", draft.email, "string"))
        )
        has_question = (
            any(
                c.kind == "email_in_use"
                for c in self._run.store.conflicts_of(self._side.kind, [draft.cliniko_id])
            )
            if elsewhere and is_linked(record)
            else False
        )
        if elsewhere and not draft.household.holder_id and (is_new_address or has_question):
            conflict = ask(
                "email_in_use",
                self._side.kind,
                draft.cliniko_id,
                candidates=elsewhere,
                details={"cliniko": cliniko_card(draft.parsed), "email_hash": mark},
                fingerprint=mark,
                person=draft.person.name,
                address=draft.email,
            )
            if not self.was_answered(conflict):
                plan.raise_question(conflict)
                plan.questions.append(conflict)
                return replace(draft, email_usable=False)
        return draft

    def refused_address(self, draft: Draft, plan: Plan) -> None:
        conflict = ask(
            "email_refused",
            self._side.kind,
            draft.cliniko_id,
            details={"cliniko": cliniko_card(draft.parsed)},
            fingerprint=draft.parsed.email,
            person=draft.person.name,
            address=draft.parsed.email,
        )
        if not self.was_answered(conflict):
            plan.raise_question(conflict)
            plan.questions.append(conflict)

    def was_answered(self, conflict: Conflict) -> bool:
        """Whether a person already answered the same question for good (principle 4)."""
        return any(
            past.kind == conflict.kind and past.fingerprint == conflict.fingerprint
            for past in self._run.store.remembered(conflict.subject_type, [conflict.subject_id])
        )
