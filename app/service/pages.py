"""What the window's pages read of the local data: numbers for Home, the journal, who is left out, web addresses.

Everything here only reads, page by page, and asks neither service.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Final, Protocol

from app.clock import Clock
from app.domain.conflicts import Conflict
from app.domain.ids import KIND_OF_STREAM, STREAM_ORDER, Kind
from app.domain.records import JournalEntry, Person, Record
from app.service.stream_numbers import StreamNumbers, stream_numbers
from app.settings import Settings
from app.wording import Words, reason_words

HUBSPOT_A_DAY: Final = 250_000
CLINIKO_A_MINUTE: Final = 200
SEARCHED_RUNS: Final = 400
"""As many runs as are looked through for today's calls; further ones cannot be of today."""


class PagesStore(Protocol):
    """The part of the local database that the pages look at."""

    def fact(self, key: str) -> str | None: ...
    def settings(self) -> dict[str, Any]: ...
    def executions(self, limit: int = 50, before: int | None = None) -> list[Mapping[str, Any]]: ...
    def runs_by_day(
        self, days: int = 14, zone: tzinfo = UTC, now: datetime | None = None
    ) -> list[Mapping[str, Any]]: ...
    def record(self, kind: Kind, cliniko_id: str) -> Record | None: ...
    def records(self, kind: Kind, cliniko_ids: Iterable[str]) -> dict[str, Record]: ...
    def people(self, kind: Kind, cliniko_ids: Iterable[str]) -> dict[str, Person]: ...
    def search_people(
        self, text: str, limit: int = 50, offset: int = 0, kind: Kind | None = None
    ) -> list[Person]: ...
    def journal_page(
        self,
        *,
        run_id: int | None = None,
        record: tuple[Kind, str] | None = None,
        text: str = "",
        before_id: int | None = None,
        limit: int = 100,
    ) -> list[JournalEntry]: ...
    def left_out(
        self, reason: str | None = None, limit: int = 100, offset: int = 0, kind: Kind | None = None
    ) -> list[tuple[Record, Person | None]]: ...
    def left_out_counts(self, kind: Kind | None = None) -> dict[str, int]: ...


@dataclass(frozen=True)
class DayNumbers:
    """One day of this computer: records written, and problems."""

    day: date
    items: int
    problems: int


@dataclass(frozen=True)
class HomeNumbers:
    """What Home shows besides the state. `calls` are today's by service, `busiest_minute` is the most that went to
    Cliniko in one minute of today."""

    streams: tuple[StreamNumbers, ...]
    days: tuple[DayNumbers, ...]
    calls: Mapping[str, int]
    hubspot_a_day: int = HUBSPOT_A_DAY
    cliniko_a_minute: int = CLINIKO_A_MINUTE
    busiest_minute: int = 0


@dataclass(frozen=True)
class PersonLine:
    """A patient or Cliniko contact as a list shows them."""

    kind: Kind
    cliniko_id: str
    name: str
    status: str
    state: str
    rule: str
    hubspot_id: str
    reason: Words
    changed_at: datetime | None
    on_hold: bool


@dataclass(frozen=True)
class LeftOutLine:
    """Somebody or something that is not in HubSpot, and the one reason."""

    kind: Kind
    cliniko_id: str
    name: str
    reason: Words
    slug: str


@dataclass(frozen=True)
class JournalLine:
    """One changed field, with the name of whom it concerns."""

    entry: JournalEntry
    name: str


class Pages:
    """Reads for the pages. `store` gives the database on the thread that asks."""

    def __init__(self, store: Callable[[], PagesStore], clock: Clock) -> None:
        self._store, self._clock = store, clock

    # Home

    def home(self) -> HomeNumbers:
        """The streams' last numbers, two weeks, and today's calls."""
        store = self._store()
        settings, runs = Settings(store.settings()), store.executions(SEARCHED_RUNS)
        zone = datetime.now().astimezone().tzinfo or UTC
        days = tuple(
            DayNumbers(one["day"], int(one["items"]), int(one["problems"]))
            for one in store.runs_by_day(14, zone, self._clock.now())
        )
        today = [
            run
            for run in runs
            if run["started_at"].astimezone(zone).date() == self._clock.now().astimezone(zone).date()
        ]
        return HomeNumbers(
            tuple(stream_numbers(name, settings, runs) for name in STREAM_ORDER),
            days,
            {service: sum(calls_of(run, service) for run in today) for service in ("cliniko", "hubspot")},
            busiest_minute=min(busiest_minute(today, "cliniko"), CLINIKO_A_MINUTE),
        )

    # people

    def people(
        self, text: str, limit: int = 100, offset: int = 0, kind: Kind | None = None
    ) -> list[PersonLine]:
        """One page of people whose name or id fits, with where they are."""
        found = self._store().search_people(text, limit, offset, kind)
        return self._lines(found)

    def _lines(self, found: Sequence[Person]) -> list[PersonLine]:
        store = self._store()
        records: dict[tuple[Kind, str], Record] = {}
        kinds: tuple[Kind, ...] = ("patient", "contact")
        for kind in kinds:
            ids = [person.cliniko_id for person in found if person.kind == kind]
            records |= {(kind, one): record for one, record in store.records(kind, ids).items()}
        return [_person_line(person, records.get((person.kind, person.cliniko_id))) for person in found]

    def person(self, kind: Kind, cliniko_id: str) -> PersonLine | None:
        """One of them again, None when unknown."""
        found = self._store().people(kind, [cliniko_id])
        lines = self._lines(list(found.values()))
        return lines[0] if lines else None

    # left out

    def left_out(
        self, reason: str | None = None, limit: int = 200, offset: int = 0, kind: Kind | None = None
    ) -> list[LeftOutLine]:
        """One page of what is not in HubSpot, by reason."""
        return [
            LeftOutLine(
                record.kind,
                record.cliniko_id,
                person.name if person else "",
                reason_words(record.reason or "", record.kind, record.state),
                record.reason or "",
            )
            for record, person in self._store().left_out(reason, limit, offset, kind)
        ]

    def left_out_counts(self, kind: Kind | None = None) -> list[tuple[str, Words, int]]:
        """Slug, words and number for each reason, most first (R17)."""
        counts = self._store().left_out_counts(kind)
        return [(slug, reason_words(slug, kind or ""), number) for slug, number in counts.items()]

    # journal

    def journal(
        self,
        run_id: int | None = None,
        record: tuple[Kind, str] | None = None,
        text: str = "",
        before_id: int | None = None,
        limit: int = 200,
    ) -> list[JournalLine]:
        """One page of changed fields, newest first (R81)."""
        store = self._store()
        entries = store.journal_page(
            run_id=run_id, record=record, text=text, before_id=before_id, limit=limit
        )
        names: dict[tuple[str, str], str] = {}
        kinds: tuple[Kind, ...] = ("patient", "contact")
        for kind in kinds:
            ids = {entry.cliniko_id for entry in entries if entry.kind == kind}
            names |= {(kind, one): person.name for one, person in store.people(kind, ids).items()}
        return [JournalLine(entry, names.get((entry.kind, entry.cliniko_id), "")) for entry in entries]

    # web addresses and the clinic's own facts

    def addresses(self, kind: str, cliniko_id: str, hubspot_id: str = "") -> dict[str, str]:
        """Where a browser finds a record: `cliniko` and `hubspot`, where the address is known."""
        store = self._store()
        found = {}
        web = store.fact("clinic_web_url")
        paths = {
            "patient": "patients",
            "contact": "contacts",
            "appointment": "appointments",
            "invoice": "invoices",
        }
        if web and kind in paths and cliniko_id:
            found["cliniko"] = f"{web}/{paths[kind]}/{cliniko_id}"
        portal, domain = store.fact("portal_id"), store.fact("portal_ui_domain")
        if portal and domain and hubspot_id:
            type_id = "0-1" if kind in ("patient", "contact") else "0-3"
            found["hubspot"] = f"https://{domain}/contacts/{portal}/record/{type_id}/{hubspot_id}"
        return found

    def addresses_of(self, conflict: Conflict) -> dict[str, str]:
        """The same for what a question is about: its record, and its first candidate or linked contact."""
        hubspot_id = conflict.candidates[0] if conflict.candidates else ""
        if not hubspot_id and conflict.subject_type in KIND_OF_STREAM.values():
            kind: Any = conflict.subject_type
            record = self._store().record(kind, conflict.subject_id)
            hubspot_id = (record.hubspot_id if record else None) or ""
        return self.addresses(conflict.subject_type, conflict.subject_id, hubspot_id)

    def clinic(self) -> dict[str, str]:
        """The clinic's name and its word for a patient, and the portal, as last read; "" where unknown."""
        store = self._store()
        names = ("clinic_name", "patient_word", "portal_id", "portal_ui_domain")
        return {name: store.fact(name) or "" for name in names}


def _person_line(person: Person, record: Record | None) -> PersonLine:
    if record is None:
        return PersonLine(
            person.kind,
            person.cliniko_id,
            person.name,
            person.status,
            "unknown",
            "",
            "",
            Words(""),
            None,
            False,
        )
    reason = "on_hold" if record.on_hold else record.reason or ""
    return PersonLine(
        person.kind,
        person.cliniko_id,
        person.name,
        person.status,
        record.state,
        record.rule or "",
        record.hubspot_id or "",
        reason_words(reason, record.kind, record.state) if reason else Words(""),
        record.changed_at,
        record.on_hold,
    )


def calls_of(run: Mapping[str, Any], service: str) -> int:
    """How often an execution called a service."""
    return int(((run.get("summary") or {}).get("api_calls") or {}).get(service, 0))


def busiest_minute(runs: Sequence[Mapping[str, Any]], service: str) -> int:
    """The most calls of these executions that went to a service within one minute, each execution's calls spread
    evenly over the minutes it took."""
    minutes: Counter[int] = Counter()
    for run in runs:
        first = int(run["started_at"].timestamp() // 60)
        last = int((run.get("finished_at") or run["started_at"]).timestamp() // 60)
        for minute in range(first, last + 1):
            minutes[minute] += round(calls_of(run, service) / (last - first + 1))
    return max(minutes.values(), default=0)
