"""Creating somebody in Cliniko on request: looked for first, capped per day, and never twice (R43, I1)."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from app.domain.ids import Kind
from app.domain.normalise import canonical_email, fold_name, keyed_hash, phone_key, read_birth_date
from app.domain.records import Intent
from app.errors import OutcomeUnknown, RequestRefused
from app.streams.cliniko_json import read_moment
from app.sync.fetch import rows_by_id, whole_list
from app.sync.ports import Contact, Json
from app.sync.questions import ask, hubspot_card
from app.sync.run import Run
from app.sync.write_back_fields import Wish

COUNT_FACT = "creations"
TOLERANCE = timedelta(minutes=2)


@dataclass(frozen=True)
class Created:
    """The record that was made, or found to have been made by a call whose answer was lost."""

    row: Json


class Creator:
    """Creates patients or Cliniko contacts."""

    def __init__(self, run: Run, resource: str, kind: Kind) -> None:
        self._run = run
        self._resource = resource
        self._kind = kind

    def create(self, contact: Contact, wish: Wish) -> Created | Literal["asked", "tomorrow"]:
        """Create from this contact. `asked`: somebody like that exists; `tomorrow`: the daily limit is reached."""
        lost = self._lost_intent(contact)
        hits, served_at = self._look(contact, wish)
        if lost is not None:
            made = [row for row in hits if _is_ours(row, wish, lost)]
            if made:
                self._run.store.close_intents([lost.id])
                return Created(made[0])
            self._run.store.close_intents([lost.id])
        if hits and not self._was_told_new(contact):
            self._ask(contact, hits)
            return "asked"
        if self._made_today() >= self._run.settings.number("write_back.max_creations_per_day"):
            return "tomorrow"
        return Created(self._post(contact, wish, served_at))

    def _post(self, contact: Contact, wish: Wish, served_at: datetime) -> Json:
        run = self._run
        [intent_id] = run.store.save_intents(
            [
                Intent(
                    run.run_id,
                    "cliniko",
                    f"create_{self._kind}",
                    self._kind,
                    "",
                    contact.id,
                    {"after": served_at.isoformat()},
                    run.now(),
                )
            ]
        )
        try:
            row = run.cliniko.create(self._resource, wish.body)
        except OutcomeUnknown:
            raise
        except RequestRefused:
            run.store.close_intents([intent_id])
            raise
        self._count()
        run.store.close_intents([intent_id])
        return row

    # looking first

    def _look(self, contact: Contact, wish: Wish) -> tuple[list[Json], datetime]:
        """Everybody in Cliniko who may be this person: by e-mail, by name (with the birthday, where both are
        known), and by phone through the local index."""
        run = self._run
        hidden = ("archived_at:*",)
        last_name, first_name = str(wish.body["last_name"]), str(wish.body["first_name"])
        named = (f"last_name:={last_name}", *hidden)
        page = run.cliniko.list_page(self._resource, named, None, sort="")
        everybody = whole_list(run.cliniko, self._resource, named) if page.has_next else page.rows
        rows = [row for row in everybody if self._same_person(row, first_name, wish)]
        email = canonical_email(str(wish.body.get("email") or ""))
        if email:
            rows += run.cliniko.list_page(self._resource, (f"email:={email}", *hidden), None, sort="").rows
        ids = self._by_phone(contact)
        rows += rows_by_id(
            run.cliniko, self._resource, hidden, sorted(ids - {str(row["id"]) for row in rows})
        )
        unique = {str(row["id"]): row for row in rows if not row.get("archived_at")}
        return list(unique.values()), page.served_at

    def _same_person(self, row: Json, first_name: str, wish: Wish) -> bool:
        if fold_name(str(row.get("first_name") or "")) != fold_name(first_name):
            return False
        ours, theirs = wish.body.get("date_of_birth"), row.get("date_of_birth")
        return not ours or not theirs or _day(str(ours), self._run) == _day(str(theirs), self._run)

    def _by_phone(self, contact: Contact) -> set[str]:
        """People of the same name with one of these numbers; a number alone is a family's."""

        run = self._run
        country = run.clinic.country_code
        keys = {
            phone_key(contact.properties.get(name) or "", country)
            for name in ("mobilephone", "cliniko_home_phone", "phone", "cliniko_mobile_phone")
        } - {""}
        hashes = {keyed_hash(run.salt, "phone", key) for key in keys}
        found = run.store.people_by_hash(self._kind, "phone", hashes)
        last_name = fold_name(contact.properties.get("lastname") or "")
        first_name = fold_name(contact.properties.get("firstname") or "")
        name_hash = keyed_hash(run.salt, "name", first_name, last_name)
        people = {person.cliniko_id: person for listed in found.values() for person in listed}
        return {
            key
            for key, person in people.items()
            if person.name_hash == name_hash and person.status == "active"
        }

    def _ask(self, contact: Contact, hits: list[Json]) -> None:
        names = [f"{row.get('first_name') or ''} {row.get('last_name') or ''}".strip() for row in hits]
        run = self._run
        conflict = ask(
            "would_duplicate_patient",
            "hubspot",
            contact.id,
            candidates=[contact.id],
            suggested="update",
            details={
                "hubspot": [hubspot_card(contact)],
                "patients": [str(row["id"]) for row in hits],
                "names": names,
                "record": self._kind,
            },
            person=names[0],
        )
        run.store.open_conflict(replace(conflict, opened_at=run.now()))

    def _was_told_new(self, contact: Contact) -> bool:
        """Whether a person said that this one is really new."""
        past = self._run.store.remembered("hubspot", [contact.id])
        return any(c.kind == "would_duplicate_patient" and c.answer == "create" for c in past)

    # a create whose answer was lost

    def _lost_intent(self, contact: Contact) -> Intent | None:
        for intent in self._run.store.open_intents():
            if (
                intent.service == "cliniko"
                and intent.act == f"create_{self._kind}"
                and intent.target_id == contact.id
            ):
                return intent
        return None

    # the daily limit

    def _made_today(self) -> int:
        kept: dict[str, Any] = json.loads(self._run.store.fact(COUNT_FACT) or "{}")
        return int(kept.get("count", 0)) if kept.get("day") == self._run.today().isoformat() else 0

    def _count(self) -> None:
        day = self._run.today().isoformat()
        self._run.store.set_fact(COUNT_FACT, json.dumps({"day": day, "count": self._made_today() + 1}))


def _is_ours(row: Json, wish: Wish, intent: Intent) -> bool:
    """Whether a record is the one that a lost call made: the same in all that was sent, and made since."""
    created = read_moment(str(row.get("created_at") or ""))
    after = datetime.fromisoformat(str(intent.payload["after"])) - TOLERANCE
    if created is None or created < after:
        return False
    return all(_equal(row.get(name), value) for name, value in wish.body.items() if isinstance(value, str))


def _equal(one: Any, other: Any) -> bool:
    return str(one or "").strip().casefold() == str(other or "").strip().casefold()


def _day(text: str, run: Run) -> date | None:
    return read_birth_date(text, run.clinic.country_code)
