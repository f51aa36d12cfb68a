"""What one execution carries along the line, and what a chain of executions keeps between them."""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.clock import Clock
from app.domain.records import Cursor
from app.domain.reports import Counters, Problem, Report
from app.domain.stream import Property
from app.errors import Cancelled, RightsMissing
from app.matching.stop_list import NO_STOPS, StopList
from app.settings import Settings
from app.streams.custom_fields import OwnField
from app.sync.ahead import Ahead
from app.sync.fetch import PassReader
from app.sync.ports import ClinikoPort, Contact, HubSpotPort
from app.sync.storage import Storage

WANTED = "wanted."
"""Before a stream's name: where the records that are to be read afresh are kept."""


@dataclass(frozen=True)
class Clinic:
    """What the clinic says of itself. `zone` is where its days begin; `web_url` has no trailing slash."""

    account_id: str
    name: str = ""
    country_code: str = ""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    web_url: str = ""
    stops: StopList = NO_STOPS
    own_fields: tuple[OwnField, ...] = ()
    """The patient fields that the clinic defined itself."""


class PortalCache:
    """Contacts just listed, compressed, so that a first load need not read its candidates again."""

    MOST_SECONDS = 300.0

    def __init__(self) -> None:
        self._rows: dict[str, bytes] = {}
        self._filled_at = 0.0

    def put(self, contact: Contact, at: float) -> None:
        """Keep one listed contact; `at` is the clock's monotonic time."""
        self.put_written(contact)
        self._filled_at = at

    def begin(self, at: float) -> None:
        """A list is read from now on."""
        self._filled_at = at

    def put_written(self, contact: Contact) -> None:
        """Keep one as we left it ourselves, for as long as the list is kept."""
        properties = {name: value for name, value in contact.properties.items() if value}
        self._rows[contact.id] = zlib.compress(json.dumps([properties, contact.updated_at]).encode(), 1)

    def get(self, hubspot_id: str, at: float) -> Contact | None:
        """The contact, unless it was never listed, changed since, or the list is too old."""
        if at - self._filled_at > self.MOST_SECONDS:
            self._rows.clear()
        packed = self._rows.get(hubspot_id)
        if packed is None:
            return None
        properties, updated_at = json.loads(zlib.decompress(packed))
        return Contact(hubspot_id, properties, updated_at)

    def forget(self, hubspot_id: str) -> None:
        """Drop one that changed."""
        self._rows.pop(hubspot_id, None)


@dataclass
class Chain:
    """What lives from one execution to the next while they follow each other in one process."""

    executor: ThreadPoolExecutor
    is_chained: bool = False
    """Whether more executions follow at once, so that work may be gathered across them."""
    executions: int = 0
    calls_before: tuple[int, int] | None = None
    """Calls of both clients when the last execution ended."""
    ahead: Ahead = field(default_factory=Ahead)
    begun: dict[str, PassReader] = field(default_factory=dict)
    """Lists whose first page was asked for at the start, until somebody reads them."""
    readers: dict[str, PassReader] = field(default_factory=dict)
    finished_passes: set[str] = field(default_factory=set)
    portal_cache: PortalCache = field(default_factory=PortalCache)
    refreshed_at: float | None = None
    side_lists_read_at: float | None = None
    triggered: dict[str, Contact] = field(default_factory=dict)
    """Contacts whose request could not be answered yet; looked at again in the next execution of the chain."""
    gathered: dict[str, list[Any]] = field(default_factory=dict)
    schema_checked: bool = False
    names: Any = None
    """Names, properties, readable names and paused streams, as the first execution found them."""
    inexact: frozenset[str] = frozenset()
    """Ids on contacts that another tool keeps as numbers, which lose the last digits of long ones."""
    left_before: int | None = None
    owners: dict[str, str] | None = None
    """HubSpot's owners by address, as last read or remembered."""
    owners_read: bool = False
    """Whether they were read afresh in this chain."""
    notes: set[str] = field(default_factory=set)
    """Problems already told once in this chain (I11)."""
    denied: dict[str, RightsMissing] = field(default_factory=dict)
    """Streams that a key may not work; the others go on, and the chain ends with the first of these (I11)."""

    @property
    def first_denied(self) -> RightsMissing | None:
        """What this chain has to end with, None where every right was there."""
        return next(iter(self.denied.values()), None)


@dataclass
class Run:
    """One execution. Everything it touches is here; nothing is global."""

    store: Storage
    cliniko: ClinikoPort
    hubspot: HubSpotPort
    settings: Settings
    clock: Clock
    emit: Callable[[object], None]
    stop: threading.Event
    report: Report
    chain: Chain
    clinic: Clinic
    portal_id: str
    salt: bytes
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Per object (contacts, deals): the properties that exist and may be written at this privacy level."""
    props: Mapping[str, Mapping[str, Property]] = field(default_factory=dict)
    """Per object: name to property, for what is in `names`."""
    readable: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Per object: the properties worth reading, all existing."""
    paused: dict[str, str] = field(default_factory=dict)
    """Stream name to why it pauses (drift, mass change)."""
    triggered: dict[str, Contact] = field(default_factory=dict)
    """Contacts whose request properties say yes, from the portal search."""
    portal_changed: set[str] = field(default_factory=set)
    """Contacts that changed in a way that may settle an open question."""
    renamed_on: set[str] = field(default_factory=set)
    """Patients whose contact names somebody who is called otherwise since this execution."""
    lists: Any = None
    """The clinic's small lists, looked up once per execution."""

    @property
    def run_id(self) -> int:
        """The execution's number."""
        return self.report.run_id

    @property
    def is_rehearsal(self) -> bool:
        """Whether nothing is written to either service."""
        return self.report.dry_run

    def counters(self, stream: str) -> Counters:
        """The running numbers of one stream."""
        return self.report.streams[stream]

    def today(self) -> date:
        """The clinic's local day."""
        return self.clock.now().astimezone(self.clinic.zone).date()

    def now(self) -> datetime:
        """Aware UTC."""
        return self.clock.now()

    def check_stop(self) -> None:
        """Raise Cancelled once a person or the system asked to stop."""
        if self.stop.is_set():
            raise Cancelled

    def reader(
        self, resource: str, hidden: Sequence[str], cursor: Cursor, extra: Sequence[str] = ()
    ) -> PassReader:
        """A reader of this list from `cursor` on: the one that was begun at the start, if it reads the same."""
        begun = self.chain.begun.pop(resource, None)
        if begun is not None and not extra and begun.reads_from(cursor):
            begun.cursor = cursor
            return begun
        return PassReader(self.cliniko, resource, hidden, cursor, self.chain.executor, extra)

    def want(self, stream: str, ids: Iterable[str]) -> None:
        """Remember records to be read afresh, whatever their age; kept until they were worked (I3)."""
        rows: dict[str, dict[str, str]] = {cliniko_id: {} for cliniko_id in ids}
        if rows:
            self.store.save_side_rows(WANTED + stream, rows)

    def wanted(self, stream: str) -> list[str]:
        """What is wanted of a stream, ordered by id text."""
        return self.store.side_ids(WANTED + stream, 10_000)

    def worked(self, stream: str, ids: Iterable[str]) -> None:
        """These were read afresh and recorded."""
        self.store.drop_side_rows(WANTED + stream, ids)

    def problem(self, code: str, message: str, stream: str = "", cliniko_id: str = "") -> None:
        """Note a problem once per execution."""
        entry = Problem(code, message, stream, cliniko_id)
        if entry not in self.report.problems:
            self.report.problems.append(entry)

    def note_once(self, code: str, message: str, stream: str = "") -> None:
        """Note something once per chain that is worth knowing but asks for nothing."""
        if code + stream not in self.chain.notes:
            self.chain.notes.add(code + stream)
            self.problem(code, message, stream)
