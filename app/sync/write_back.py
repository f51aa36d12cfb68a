"""Requests from HubSpot to Cliniko: read afresh on both sides, push what differs, answer the request (R40 to R44)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.domain.ids import Kind
from app.domain.records import Intent, JournalEntry, Record
from app.errors import RequestRefused
from app.sync.answered_requests import PUSH, UPDATE_FROM
from app.sync.creating import Created, Creator
from app.sync.fields import field_hash
from app.sync.people import PeoplePlanner
from app.sync.people_values import DISPUTED
from app.sync.people_writes import PeopleWriter
from app.sync.portal import Portal
from app.sync.ports import Contact, Input, Json
from app.sync.questions import ask
from app.sync.record import Recorder
from app.sync.requests import let_wait, wait_no_longer
from app.sync.run import Run
from app.sync.sides import ContactSide, PatientSide, Side
from app.sync.write_back_fields import Wish, wish_of
from app.sync.write_back_words import WATCHED, push_referral, reason_of, referral_name, settle_questions

STREAM = "write_back"
TRIGGER: Mapping[Kind, str] = {"patient": "update_cliniko_patient", "contact": "update_cliniko_contact"}


class WriteBack:
    """Works the requests of one execution."""

    def __init__(self, run: Run, portal: Portal) -> None:
        self._run = run
        self._portal = portal
        self._sides: dict[Kind, Side] = {"patient": PatientSide(run), "contact": ContactSide(run)}

    def work(self) -> None:
        """Every contact whose request says yes, one after the other; one refusal spoils only itself."""
        run = self._run
        asked = [
            c for c in run.triggered.values() if any(c.properties.get(t) == "yes" for t in TRIGGER.values())
        ]
        self._push_wanted()
        if not asked:
            return
        run.chain.triggered.clear()
        read = self._portal.read([contact.id for contact in asked], fresh=True)
        for contact in {contact.id: contact for contact in read.found.values()}.values():
            for kind, trigger in TRIGGER.items():
                run.check_stop()
                if contact.properties.get(trigger) == "yes":
                    self._request(kind, contact)

    def _push_wanted(self) -> None:
        """Records that an answer wants pushed, though their contacts do not ask any more."""
        run = self._run
        for kind, name in PUSH.items():
            ids = run.wanted(name)
            records = run.store.records(kind, ids)
            on = {r.hubspot_id: r for r in records.values() if r.hubspot_id and not r.on_hold}
            read = self._portal.read(on, fresh=True)
            for hubspot_id, record in on.items():
                contact = read.found.get(hubspot_id)
                if contact is not None:
                    self._update(record.kind, contact, record)
            run.worked(name, ids)

    def _request(self, kind: Kind, contact: Contact) -> None:
        run = self._run
        meant = run.store.side_rows(UPDATE_FROM, [contact.id]).get(contact.id)
        if meant is not None:
            self._update_meant(kind, contact, str(meant["record"]))
            run.store.drop_side_rows(UPDATE_FROM, [contact.id])
            return
        record = run.store.records_on(kind, [contact.id]).get(contact.id)
        key = contact.properties.get(self._sides[kind].key) or ""
        if record is None and key:
            record = run.store.record(kind, key)
        if self._is_held(kind, contact, record):
            run.counters(STREAM).held += 1
            let_wait(run, contact)
            return
        wait_no_longer(run, contact.id)
        if record is not None:
            self._update(kind, contact, record)
        else:
            self._create(kind, contact)

    def _is_held(self, kind: Kind, contact: Contact, record: Record | None) -> bool:
        """A question about this very request is open, or a person said do not touch."""
        subject = ("hubspot", contact.id) if record is None else (kind, record.cliniko_id)
        kinds = {"would_duplicate_patient"}
        is_asked = any(c.kind in kinds for c in self._run.store.conflicts_of(subject[0], [subject[1]]))
        return (
            is_asked
            or contact.properties.get("cliniko_sync_hold") == "true"
            or bool(record and record.on_hold)
        )

    def _update_meant(self, kind: Kind, contact: Contact, cliniko_id: str) -> None:
        """Push a contact's values to a record that has, or has not yet, a contact of its own."""
        run, side = self._run, self._sides[kind]
        record = run.store.record(kind, cliniko_id)
        if record is None or not record.hubspot_id:
            before = record or Record(kind, cliniko_id, "linked")
            linked = replace(
                before, state="linked", hubspot_id=contact.id, rule="manual", reason=None, fields={}
            )
            run.store.save_records([linked])
            self._update(kind, contact, linked)
            return
        row = run.cliniko.get(f"{side.resource}/{cliniko_id}")
        if row is None:
            self._refuse(kind, contact, cliniko_id, "Cliniko no longer has this record.", "")
            return
        wish = self._wish(kind, contact, row, None)
        try:
            if wish.body:
                run.cliniko.update(f"{side.resource}/{cliniko_id}", wish.body)
            if wish.referral:
                push_referral(self._run, cliniko_id, wish.referral)
        except RequestRefused as error:
            self._refuse(kind, contact, cliniko_id, *reason_of(error))
            return
        self._journal(kind, cliniko_id, wish)
        self._set(contact, {TRIGGER[kind]: "no"}, kind, cliniko_id)
        run.want("patients" if kind == "patient" else "contacts", [cliniko_id])
        run.counters(STREAM).updated += 1

    # a linked record

    def _update(self, kind: Kind, contact: Contact, record: Record) -> None:
        run, side = self._run, self._sides[kind]
        path = f"{side.resource}/{record.cliniko_id}"
        row = run.cliniko.get(path)
        if row is None:
            self._refuse(kind, contact, record.cliniko_id, "Cliniko no longer has this record.", "")
            return
        wish = self._wish(kind, contact, row, record)
        self._ask_both(kind, contact, record, wish)
        if wish.is_empty:
            self._answered(kind, contact, row, record, wish)
            return
        try:
            if wish.body:
                self._intend(kind, record.cliniko_id, contact, "update_" + kind, wish)
                row = run.cliniko.update(path, wish.body)
            if wish.referral:
                push_referral(self._run, record.cliniko_id, wish.referral)
        except RequestRefused as error:
            self._close_intents(kind, record.cliniko_id)
            self._refuse(kind, contact, record.cliniko_id, *reason_of(error))
            return
        self._journal(kind, record.cliniko_id, wish)
        self._answered(kind, contact, row, record, wish)

    def _wish(self, kind: Kind, contact: Contact, row: Json | None, record: Record | None) -> Wish:
        run = self._run
        parsed = self._sides[kind].draft(row).parsed if row is not None else None
        enabled = set(run.settings.items("write_back.fields"))
        if kind == "contact":
            enabled -= {"gender_identity", "date_of_birth", "referral_source"}
        referral = ""
        if record is not None and kind == "patient" and "referral_source" in enabled:
            referral = referral_name(self._run, record.cliniko_id)
        return wish_of(
            contact.properties,
            parsed,
            record.fields if record else {},
            run.salt,
            enabled=enabled,
            country=run.clinic.country_code,
            first_name_is_preferred=run.settings.text("patients.preferred_first_name") == "first_name",
            referral_now=referral,
            for_sure=(record.refs.get("push", "").split(",") if record else ()),
            never=(record.refs.get("no_push", "").split(",") if record else ()),
        )

    def _ask_both(self, kind: Kind, contact: Contact, record: Record, wish: Wish) -> None:
        """Per field: a question, and the other fields go through (R44). Neither side is written meanwhile."""
        for name, (cliniko, hubspot) in wish.both.items():
            label = self._run.props["contacts"][name].label if name in self._run.props["contacts"] else name
            self._run.store.open_conflict(
                replace(
                    ask(
                        "both_changed",
                        kind,
                        record.cliniko_id,
                        candidates=[contact.id],
                        details={"property": name, "cliniko_value": cliniko, "hubspot_value": hubspot},
                        fingerprint=name,
                        field=label,
                        person=self._name(kind, record.cliniko_id),
                    ),
                    opened_at=self._run.now(),
                )
            )

    def _answered(self, kind: Kind, contact: Contact, row: Json, record: Record, wish: Wish) -> None:
        """Bring the contact up to date with what Cliniko now says, and set the request to no: but only if the
        contact still is what was read; an edit made meanwhile keeps its yes (R42)."""
        run, side = self._run, self._sides[kind]
        marks = {
            name: field_hash(run.salt, name, text, run.props["contacts"][name].type)
            for name, text in wish.pushed.items()
            if name in run.props["contacts"]
        }
        refs = {name: value for name, value in record.refs.items() if name not in ("push", "no_push")}
        refs.pop(DISPUTED, None)
        if wish.both:
            refs[DISPUTED] = ",".join(sorted(wish.both))
        with run.store.write():
            run.store.save_records(
                [replace(record, fields={**record.fields, **marks}, refs=refs, row_hash="")]
            )
            run.store.close_intents(self._intents(kind, record.cliniko_id))
        settle_questions(run, (kind, record.cliniko_id), contact.id, wish.both)
        again = self._portal.read([contact.id], fresh=True).found.get(contact.id)
        edited = again is None or any(
            (again.properties.get(name) or "") != (contact.properties.get(name) or "")
            for name in (*wish.pushed, *[f for f in WATCHED if f in contact.properties])
        )
        planner = PeoplePlanner(run, side, self._portal)
        recorder = Recorder(run, STREAM)
        plan = planner.plan([row], {}, frozenset({record.cliniko_id}))
        write = plan.writes.get(record.cliniko_id)
        answer: dict[str, tuple[str | None, str]] = {} if edited else {TRIGGER[kind]: ("yes", "no")}
        if again is not None and again.properties.get("cliniko_last_error"):
            answer["cliniko_last_error"] = (again.properties["cliniko_last_error"], "")
        if write is not None:
            write = replace(
                write, changes={**write.changes, **answer}, source="write_back", counts_as="updated"
            )
            PeopleWriter(run, side, self._portal, recorder).write([write])
        else:
            recorder.settled([plan.settled[key] for key in plan.settled if key == record.cliniko_id])
            counters = run.counters(STREAM)
            counters.unchanged = max(0, counters.unchanged - 1)
            self._set(contact, {name: new for name, (_, new) in answer.items()}, kind, record.cliniko_id)
            counters.updated += 1
        if edited and again is not None:
            run.counters(STREAM).waiting += 1
            run.chain.triggered[contact.id] = again

    # a new record

    def _create(self, kind: Kind, contact: Contact) -> None:
        run, side = self._run, self._sides[kind]
        if not run.settings.flag("write_back.create"):
            self._refuse(kind, contact, "", "New records are not created from HubSpot (setting).", "")
            return
        wish = self._wish(kind, contact, None, None)
        if not (wish.body.get("first_name") and wish.body.get("last_name")):
            self._refuse(kind, contact, "", "Cliniko needs a first and a last name.", "first_name")
            return
        creator = Creator(run, side.resource, kind)
        try:
            result = creator.create(contact, wish)
        except RequestRefused as error:
            self._refuse(kind, contact, "", *reason_of(error))
            return
        if isinstance(result, Created):
            self._link_created(kind, contact, result.row, wish)
        elif result == "tomorrow":
            let_wait(run, contact)
            run.counters(STREAM).waiting += 1
            run.report.postponed += 1
            run.chain.triggered[contact.id] = contact
        else:
            run.counters(STREAM).held += 1
            let_wait(run, contact)

    def _link_created(self, kind: Kind, contact: Contact, row: Json, wish: Wish) -> None:
        run = self._run
        cliniko_id = str(row["id"])
        record = Record(
            kind, cliniko_id, "linked", hubspot_id=contact.id, rule="created", found_by="write_back"
        )
        with run.store.write():
            run.store.save_records([record])
            run.store.save_people([self._sides[kind].draft(row).person])
        if wish.referral:
            push_referral(self._run, cliniko_id, wish.referral)
        self._journal(kind, cliniko_id, wish)
        counters = run.counters(STREAM)
        self._answered(kind, contact, row, record, wish)
        counters.updated -= 1
        counters.created += 1

    # answering a request

    def _refuse(self, kind: Kind, contact: Contact, cliniko_id: str, reason: str, field: str) -> None:
        """No, with the reason in plain words on the contact and a question here (R42)."""
        run = self._run
        changes = {TRIGGER[kind]: "no"}
        if "cliniko_last_error" in run.names["contacts"]:
            changes["cliniko_last_error"] = reason[:500]
        if "cliniko_review_needed" in run.names["contacts"]:
            changes["cliniko_review_needed"] = "true"
        self._set(contact, changes, kind, cliniko_id)
        run.counters(STREAM).failed += 1
        run.problem("refused", "Cliniko did not accept a change requested in HubSpot.", STREAM, cliniko_id)
        subject = (kind, cliniko_id) if cliniko_id else ("hubspot", contact.id)
        run.store.open_conflict(
            replace(
                ask(
                    "cliniko_refused",
                    *subject,
                    candidates=[contact.id],
                    details={"field": field, "reason": reason, "record": kind},
                    person=self._name(kind, cliniko_id),
                    reason=reason,
                ),
                opened_at=run.now(),
            )
        )

    def _set(self, contact: Contact, changes: Mapping[str, str], kind: Kind, cliniko_id: str) -> None:
        if not changes:
            return
        run = self._run
        written = run.hubspot.batch_update("contacts", [Input(f"request-{contact.id}", contact.id, changes)])
        if any(answer.refusal or answer.unknown for answer in written):
            run.problem("refused", "HubSpot did not accept the answer to a request.", STREAM, cliniko_id)
            return
        run.store.write_journal(
            [
                JournalEntry(
                    run.run_id,
                    kind,
                    cliniko_id,
                    "hubspot",
                    contact.id,
                    name,
                    contact.properties.get(name) or None,
                    value,
                    "write_back",
                    run.now(),
                )
                for name, value in changes.items()
            ]
        )
        if written[0].updated_at:
            self._portal.wrote([(contact.id, {**contact.properties, **changes}, written[0].updated_at)])

    # memory

    def _intend(self, kind: Kind, cliniko_id: str, contact: Contact, act: str, wish: Wish) -> None:
        self._run.store.save_intents(
            [
                Intent(
                    self._run.run_id,
                    "cliniko",
                    act,
                    kind,
                    cliniko_id,
                    contact.id,
                    {"changes": {name: list(pair) for name, pair in wish.changes.items()}},
                    self._run.now(),
                )
            ]
        )

    def _intents(self, kind: Kind, cliniko_id: str) -> list[int]:
        return [
            intent.id
            for intent in self._run.store.open_intents()
            if intent.service == "cliniko" and intent.kind == kind and intent.cliniko_id == cliniko_id
        ]

    def _close_intents(self, kind: Kind, cliniko_id: str) -> None:
        self._run.store.close_intents(self._intents(kind, cliniko_id))

    def _journal(self, kind: Kind, cliniko_id: str, wish: Wish) -> None:
        run = self._run
        run.store.write_journal(
            [
                JournalEntry(
                    run.run_id,
                    kind,
                    cliniko_id,
                    "cliniko",
                    cliniko_id,
                    name,
                    old or None,
                    new,
                    "write_back",
                    run.now(),
                )
                for name, (old, new) in wish.changes.items()
            ]
        )

    def _name(self, kind: Kind, cliniko_id: str) -> str:
        person = self._run.store.people(kind, [cliniko_id]).get(cliniko_id) if cliniko_id else None
        return person.name if person else ""
