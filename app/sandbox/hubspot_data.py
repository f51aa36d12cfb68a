"""One HubSpot account: everything it keeps, and the one place through which records are written."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.sandbox.hubspot_definitions import Definition, Definitions
from app.sandbox.hubspot_kinds import KINDS, Kind, millis, moment
from app.sandbox.hubspot_links import Links
from app.sandbox.hubspot_owners import Owners
from app.sandbox.hubspot_pipelines import Pipelines
from app.sandbox.hubspot_records import Event, Record, Records, Values
from app.sandbox.hubspot_replies import Forgetful
from app.sandbox.hubspot_standard import standard_definitions
from app.sandbox.hubspot_switches import PLANS, Plan, Switches
from app.sandbox.messages import Now

UI = "CRM_UI"
MERGE = "MERGE_OBJECTS"
API = "INTEGRATION"


@dataclass(frozen=True)
class Account:
    """What the account tells about itself; `app_id` stands as the source of what is written by the API."""

    portal_id: int = 7_654_321
    kind: str = "STANDARD"
    time_zone: str = "Australia/Sydney"
    currency: str = "AUD"
    ui_domain: str = "app-ap1.hubspot.com"
    hosting: str = "ap1"
    app_id: str = "24681357"


@dataclass(frozen=True)
class Write:
    """One property as one accepted write left it; "" where there is no value. `source` tells UI from API."""

    object: str
    id: str
    property: str
    old: str
    new: str
    at: datetime
    source: str


@dataclass(frozen=True)
class Act:
    """Something other than a property write that was done to a record: archive, restore, merge or erase."""

    what: str
    object: str
    id: str
    at: datetime
    source: str


class PortalData:
    """The account's state. Methods that write expect the caller to hold `lock`."""

    def __init__(
        self, now: Now, plan: str | Plan, switches: Switches | None, account: Account | None
    ) -> None:
        self.now = now
        self.switches = switches or Switches()
        self.plan = PLANS[plan] if isinstance(plan, str) else plan
        self.account = account or Account()
        self.lock = threading.RLock()
        self.dice = random.Random(f"hubspot:{self.switches.seed}")
        self.forgetful = Forgetful(self.switches.forget_seed)
        began = self.now_ms()
        self.definitions: dict[str, Definitions] = {name: standard_definitions(name, began) for name in KINDS}
        self.records = {name: Records(kind, self.switches.seed) for name, kind in KINDS.items()}
        self.pipelines = Pipelines()
        self.owners = Owners()
        self.links = Links()
        self.log: list[Event] = []
        self.acts: list[Act] = []

    def now_ms(self) -> int:
        """The present in milliseconds."""
        return millis(self.now())

    def lag_ms(self) -> int:
        """How long search will not see the next write."""
        lag = self.switches.search_lag_s
        seconds = self.dice.uniform(*lag) if isinstance(lag, tuple) else lag
        return round(seconds * 1000)

    def definition(self, kind: Kind, name: str) -> Definition | None:
        """An active property, None where there is none."""
        return self.definitions[kind.name].active.get(name)

    def of(self, kind: Kind) -> Records:
        """The records of a kind."""
        return self.records[kind.name]

    def insert(self, kind: Kind, values: Values, source: str, at: int, number: int | None = None) -> Record:
        """A new record with these values, all of them checked before."""
        records = self.of(kind)
        record = Record(number or records.next_number(), at, source)
        records.add(record, self.lag_ms())
        self.write(kind, record, values, source, at)
        return record

    def write(self, kind: Kind, record: Record, changes: Values, source: str, at: int) -> None:
        """Write values ("" clears), all of them checked before, and remember it."""
        records = self.of(kind)
        before, after = records.change(record, changes, at, self.lag_ms())
        if self.switches.keep_history:
            names = records.shape(changes)
            self.remember(Event(kind.name, record.id, at, source, before, after, names), record)

    def note(self, what: str, kind: Kind, record_id: str, source: str) -> None:
        """Remember that something was done to a record as a whole."""
        self.acts.append(Act(what, kind.name, record_id, self.now(), source))

    def remember(self, event: Event, record: Record) -> None:
        """Add a write to the history of the record and to the log of the account."""
        self.log.append(event)
        if record.events is None:
            record.events = []
        record.events.append(event)

    def writes(self, object_name: str | None = None, record_id: str | None = None) -> Iterator[Write]:
        """Every accepted property write so far, oldest first, also those that left a value as it was."""
        for event in self.log:
            if object_name in (None, event.kind) and record_id in (None, event.id):
                at = moment(event.at)
                for name in event.names:
                    old, new = event.before.get(name, ""), event.after.get(name, "")
                    yield Write(event.kind, event.id, name, old, new, at, event.source)
